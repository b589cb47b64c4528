"""What is said to people, word for word: each sentence of the rules, with the values that it names."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from tests.builders import CLEA, LE, juger, une_certification, une_fiche, une_fiche_de
from tests.builders_arbre import CONTACT_ID, un_contact, un_contexte, un_lieu, une_action, une_session
from webapp.domain.champs import PAR_NOM, Nature, Niveau
from webapp.domain.champs_action import CONTACT, LIEU
from webapp.domain.codes import CodeRefuse, lire_code
from webapp.domain.comptes import MotDePasseRefuse, Role, exiger_mot_de_passe
from webapp.domain.controle import categorisation_prise, controler, message_deja_utilise
from webapp.domain.controle_arbre import conseiller_formation, controler_action, controler_entree, controler_session
from webapp.domain.controle_valeurs import controler_valeur, controler_valeurs, reference_inconnue
from webapp.domain.diagnostic import Code, Portee
from webapp.domain.habilitations import Droits, HabilitationEdof
from webapp.domain.lots import Changement, ChangementRefuse
from webapp.domain.niveaux import CHAMPS
from webapp.domain.nomenclatures import TypeCode, TypeFormation
from webapp.domain.registre import Habilitation, Partenaire, regle_habilitation
from webapp.domain.regles_action import ActionsVoisines
from webapp.domain.regles_formation import LONGUEUR_RETENUE, SIRET
from webapp.domain.regles_session import SessionsVoisines
from webapp.domain.regles_texte import coordonnees, hors_latin_1, promotion
from webapp.domain.successions import Succession
from webapp.domain.types_formation import REGLES

LE_2026 = date(2026, 11, 26)
JOINDRE = {champ.nom: champ for champ in CHAMPS[Niveau.CONTACT]} | {
    "web": next(champ for champ in CHAMPS[Niveau.ACTION] if champ.nature is Nature.ADRESSE_WEB)
}


def plat(texte):
    return texte.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ").replace("’", "'")


def dits(diagnostic, nom=None):
    anomalies = getattr(diagnostic, "anomalies", diagnostic)
    return [plat(a.message) for a in anomalies if nom is None or a.champ == nom]


def action(contexte=None, **textes):
    return controler_action(une_action(**textes), contexte or un_contexte())


def session(contexte=None, son_action=None, **textes):
    return controler_session(une_session(**textes), son_action or une_action(), contexte or un_contexte())


# ------------------------------------------------------------------ one value by itself


@pytest.mark.parametrize(
    ("champ", "texte", "message"),
    [
        ("intitule", "deux\nlignes", "Ce champ tient sur une seule ligne."),
        ("identifiant", "à", "Utilisez uniquement des lettres sans accent, des chiffres, « _ », « - » ou « . »."),
        ("identifiant", "", "Saisissez un identifiant interne."),
        ("intitule", "a" * 257, "Trop long : raccourcissez de 2 caractères (255 au plus)."),
        (
            "intitule", "a" * 2551,
            "Trop long pour être gardé : raccourcissez de 1 caractère (2550 au plus).",
        ),
        ("type_parcours", "x", "Choisissez une valeur de la liste « {} »."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_text_of_a_formation(champ, texte, message):
    assert [plat(a.message) for a in juger(PAR_NOM[champ], texte)] == [message.format(plat(PAR_NOM[champ].libelle))]


def test_what_is_invisible_is_named_with_its_place():
    def message(champ, texte):
        [anomalie] = juger(PAR_NOM[champ], texte)
        return plat(anomalie.message)

    un = message("objectif", "Un mot.\nUn m\u202eot de trop.")
    assert un.startswith("Ce texte contient un caractère invisible qui n'est pas accepté (")
    assert "U+202E" in un
    assert " : ligne 2, caractère 5, dans « " in un
    assert un.endswith(" ».")
    plusieurs = message("objectif", "Un m\u202eot.\nUn m\u202eot de trop.")
    assert plusieurs.startswith("Ce texte contient des caractères invisibles qui ne sont pas acceptés (")
    assert "), dont le premier : ligne 1, caractère 5, dans « " in plusieurs
    assert ") : caractère 3, dans « " in message("intitule", "Un\u202e titre")


APRES_INDICATIF = "Un numéro français compte dix chiffres, dont le 0 remplacé par +33 : vérifiez celui-ci."


@pytest.mark.parametrize(
    ("champ", "texte", "messages"),
    [
        ("web", "exemple.fr", ["Saisissez une adresse qui commence par https:// ou http://."]),
        ("web", "exemple. fr", ["Saisissez une adresse qui commence par https:// ou http://."]),
        ("web", "https://", ["Saisissez l'adresse entière : après https://, il manque le nom du site."]),
        ("web", "http:///inscription", ["Saisissez l'adresse entière : après http://, il manque le nom du site."]),
        ("web", "https:// ?", ["Saisissez l'adresse entière : après https://, il manque le nom du site."]),
        ("web", "https://mon site.fr", ["Une adresse web ne contient pas d'espace : retirez ceux de celle-ci."]),
        ("web", "https:// exemple.fr", ["Une adresse web ne contient pas d'espace : retirez ceux de celle-ci."]),
        ("web", "HTTPS://exemple.fr", []),
        (
            "telephone", "douze",
            ["Saisissez un numéro de téléphone, par exemple 01 23 45 67 89 ou +33 1 23 45 67 89."],
        ),
        ("telephone", "12", ["Un numéro de téléphone compte au moins six chiffres : vérifiez celui-ci."]),
        ("telephone", "0000000000", ["Ce numéro ne répète qu'un chiffre : saisissez le vrai numéro."]),
        ("telephone", "9999999999", ["Ce numéro ne répète qu'un chiffre : saisissez le vrai numéro."]),
        ("telephone", "+33000000000", ["Ce numéro ne répète qu'un chiffre : saisissez le vrai numéro."]),
        ("telephone", "+33333333333", []),
        ("telephone", "3949", ["Ce numéro court est celui d'un service : vérifiez qu'il mène bien à ce contact."]),
        ("telephone", "012345678", ["Un numéro français compte dix chiffres : vérifiez celui-ci."]),
        ("telephone", "+3361234567", [APRES_INDICATIF]),
        ("telephone", "0033184175970", []),
        ("telephone", "+3225551234", []),
        ("telephone", "01 23 45 67 89 / 06 11", ["Saisissez un seul numéro de téléphone dans cette case."]),
        ("telephone", "01234567890611223344", ["Saisissez un seul numéro de téléphone dans cette case."]),
        ("telephone", "+33123456789 +33611223344", ["Saisissez un seul numéro de téléphone dans cette case."]),
        ("telephone", "1234567890123456", ["Un numéro de téléphone compte 15 chiffres au plus : celui-ci en a 16."]),
        ("telephone", "+1234567890123456", ["Un numéro de téléphone compte 15 chiffres au plus : celui-ci en a 16."]),
        (
            "courriel", "Contact@organisme.fr",
            ["Cette adresse est celle qu'un éditeur de fichiers met à la place de la vraie : vérifiez-la."],
        ),
        ("courriel", "contact@organisme.example", []),
        ("courriel", "a@b", ["Saisissez une adresse électronique, par exemple inscription@exemple.fr."]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_ways_to_join_somebody(champ, texte, messages):
    trouvees = list(controler_valeur(JOINDRE[champ], texte))
    assert [plat(a.message) for a in trouvees] == messages
    # What may be right is only advised.
    sures = [a for a in trouvees if "vérifiez" not in a.message or "six chiffres" in a.message]
    assert [a for a in trouvees if a.portee is Portee.VALIDATION] == sures


SANS_DEPARTEMENT = "Aucun code postal français ne commence par 00 ni par 99 : vérifiez celui-ci."


@pytest.mark.parametrize(
    ("textes", "attendus"),
    [
        ({"latitude": "90", "longitude": "-180"}, {}),
        ({"latitude": "91", "longitude": "1.4"}, {"latitude": "Saisissez une latitude de -90 à 90 degrés."}),
        ({"latitude": "43.6", "longitude": "-180.5"}, {"longitude": "Saisissez une longitude de -180 à 180 degrés."}),
        ({"latitude": "43.6"}, {"longitude": "Saisissez aussi la longitude : l'une ne va pas sans l'autre."}),
        ({"longitude": "1.4"}, {"latitude": "Saisissez aussi la latitude : l'une ne va pas sans l'autre."}),
        ({"latitude": "x", "longitude": "1"}, {"latitude": "Saisissez des degrés avec un point, par exemple 43.6045."}),
        ({"code_postal": "00000"}, {"code_postal": SANS_DEPARTEMENT}),
        ({"code_postal": "99999"}, {"code_postal": SANS_DEPARTEMENT}),
        ({"code_postal": "99123", "pays": "BE"}, {}),
    ],
)  # fmt: skip
def test_what_no_place_on_earth_has_is_said_beside_its_field(textes, attendus):
    diagnostic = controler_entree(un_lieu(**textes), un_contexte())
    trouvees = {a.champ: plat(a.message) for a in diagnostic.anomalies if a.champ in {"latitude", "longitude", *textes}}
    assert trouvees == attendus
    assert {a.portee for a in diagnostic.du_champ("code_postal")} <= {Portee.CONSEIL}


@pytest.mark.parametrize(
    ("fiche", "champ", "messages"),
    [
        (
            une_action(frais_ht="cher"), "frais_ht",
            ["Saisissez un montant en euros, par exemple 1200,50 ; saisissez 0 pour un prix nul."],
        ),
        (une_session(debut="bientôt"), "debut", ["« bientôt » n'est pas une date : saisissez par exemple 05/01/2027."]),
        (une_action(langue="QQ"), "langue", ["Choisissez une valeur de la liste « Langue »."]),
        (une_action(rythmes="1\n99"), "rythmes", ["Choisissez une valeur de la liste « Rythme de la formation »."]),
        (une_action(rythmes="1\n2"), "rythmes", []),
        (une_action(langue="FR\nEN"), "langue", ["Choisissez une valeur de la liste « Langue »."]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_value_of_an_action_or_a_session(fiche, champ, messages):
    libelles = {c.nom: plat(c.libelle) for c in fiche.champs}
    attendus = [
        f"Choisissez une valeur de la liste « {libelles[champ]} »." if m.startswith("Choisissez") else m
        for m in messages
    ]
    assert [plat(a.message) for a in controler_valeurs(fiche) if a.champ == champ] == attendus


def test_a_reference_to_nothing_here_says_what_to_choose():
    assert reference_inconnue(CONTACT).message == "Choisissez un contact de votre organisme."
    assert reference_inconnue(LIEU).message == "Choisissez un lieu de votre organisme."


# ------------------------------------------------------------------------- a formation


def test_a_taken_identifier_and_a_taken_category_are_named():
    dit = "L'identifiant « F1 » est déjà utilisé par une autre formation de votre catalogue."
    assert plat(message_deja_utilise("F1")) == dit
    suite = ": une seule offre de VAE par catégorie."
    nommee, autre = categorisation_prise("152", "F1"), categorisation_prise("152")
    assert plat(nommee.message) == f"La catégorisation 152 est celle de la formation « F1 » {suite}"
    assert plat(autre.message) == f"La catégorisation 152 est celle d'une autre formation {suite}"
    assert (nommee.champ, nommee.regle, nommee.numero_edof) == ("categorisation", "F20", 30077)


def test_without_a_certification_it_is_said_what_to_choose():
    for type_formation in TypeFormation:
        fiche = une_fiche_de(type_formation, certification="")
        a_choisir = REGLES[type_formation].a_choisir
        assert plat(a_choisir) in dits(controler(fiche, None, LE))
    inconnu = controler(une_fiche(type_formation="x", certification=""), None, LE)
    assert dits(inconnu)[:2] == ["Choisissez un type de formation de la liste.", "Choisissez une certification."]
    inconnue = "Cette certification est inconnue du registre local : choisissez-en une autre."
    assert dits(controler(une_fiche(), None, LE)) == [inconnue]
    hors = controler(une_fiche(), une_certification(code="RS313"), LE)
    libelle = plat(TypeFormation.CLEA.libelle)
    assert f"RS313 ne convient pas au type « {libelle} »." in dits(hors)


def test_what_a_permis_and_its_blocs_lack_is_said_with_its_number():
    permis = une_fiche_de(TypeFormation.PERMIS, numero_agrement=" E 02 075 1234 0 ", objectif="Conduire seul.")
    cite = "Citez-y le numéro d'agrément préfectoral E 02 075 1234 0."
    assert cite in dits(controler(permis, None, LE), "objectif")
    rncp = une_fiche_de(
        TypeFormation.CERTIFIANTE, certification="RNCP37948", blocs="RNCP37948BC01\nRNCP37948BC01\nRNCP5BC02"
    )
    lus = [
        (plat(a.message), a.regle, a.numero_edof)
        for a in controler(rncp, une_certification(code="RNCP37948"), LE_2026).anomalies
        if a.champ == "blocs"
    ]
    assert ("Le bloc RNCP37948BC01 est indiqué deux fois.", "F19", 30070) in lus
    assert any(m == "Le bloc RNCP5BC02 n'appartient pas à la certification RNCP37948." for m, _, _ in lus)


RIEN_NE_LE_REMPLACE = (
    "Rien ne remplace le caractère « ♥ » à l'export : retirez-le, sans quoi l'offre restera hors du fichier."
)
RIEN_NE_LES_REMPLACE = (
    "Rien ne remplace les caractères « ♥, U+FE0F » à l'export : retirez-les, sans quoi l'offre restera hors du fichier."
)


@pytest.mark.parametrize(
    ("texte", "message"),
    [
        ("Un → là", ["Le caractère « → » sera remplacé à l'export."]),
        ("→ œ →", ["Les caractères « →, œ » seront remplacés à l'export."]),
        (
            "→ ♥",
            [
                "Le caractère « → » sera remplacé à l'export.",
                RIEN_NE_LE_REMPLACE,
            ],
        ),
        (
            "♥\ufe0f",
            [RIEN_NE_LES_REMPLACE],
        ),
        ("a\u202fb", ["Le caractère « U+202F » sera remplacé à l'export."]),
        ("déjà", []),
    ],
)
def test_what_the_file_of_the_portal_cannot_carry_is_named(texte, message):
    assert [plat(dit) for _, dit in hors_latin_1("objectif", texte)] == message


def test_what_replaces_a_certification_is_named_with_its_day():
    avenir = une_certification(code="RS7003", intitule="CléA", connue_active_le=date(2027, 1, 1))
    attend = "RS1 sera remplacée par RS7003 – CléA, qui prend effet le 1er janvier 2027."
    inconnu = "RS1 est remplacée par RS9, que ce registre ne connaît pas encore."
    assert plat(Succession(a_venir=(avenir,), ancienne="RS1").reserves) == attend
    assert plat(Succession(inconnues=("RS9",), ancienne="RS1").reserves) == inconnu
    suite = Succession((CLEA,), (avenir,), ("RS9",), ancienne="RS1")
    ensemble = f"{attend.replace('sera', 'sera aussi')} {inconnu.replace('est', 'est aussi', 1)}"
    assert plat(suite.reserves) == ensemble
    assert plat(suite.apres_un_avis()) == f"Elle est remplacée par RS2203. {ensemble}"
    [(phrase, une)] = suite.remplacements
    assert (plat(phrase), une) == (f"RS1 est remplacée par RS2203 – {CLEA.intitule}.", CLEA)
    assert plat(Succession((CLEA,), ancienne="RS1").apres_un_avis(titres=True)) == (
        f"Elle est remplacée par RS2203 – {CLEA.intitule}."
    )
    assert plat(Succession(a_venir=(avenir,), ancienne="RS1").apres_un_avis()) == attend.replace("RS1", "Elle")
    assert (suite.premiere, suite.vide) == (CLEA, False)
    assert (Succession().premiere, Succession().vide, Succession().apres_un_avis()) == (None, True, "")
    finie = une_certification(code="RS7003", intitule="CléA", fin_enregistrement=date(2025, 8, 31))
    sans_date = une_certification(code="RS7003", intitule="CléA", fin_enregistrement=None)
    debut = "Elle a été remplacée par RS7003 – CléA, "
    assert plat(Succession(finies=(finie,)).apres_un_avis()) == (
        f"{debut}dont l'enregistrement a pris fin le 31 août 2025."
    )
    assert plat(Succession(finies=(sans_date,)).apres_un_avis()) == f"{debut}qui n'est plus active non plus."
    # Inactive before the end that it announced: that end is not told as past.
    avant = replace(finie, fin_enregistrement=date(2030, 1, 1), inactive_constatee_le=date(2026, 11, 20))
    assert plat(Succession(finies=(avant,)).apres_un_avis()) == f"{debut}qui n'est plus active non plus."
    assert (Succession(finies=(finie,)).vide, Succession((CLEA,), finies=(finie,)).reserves) == (True, "")
    assert plat(Succession(inconnues=("RS9",), finies=(finie,), ancienne="RS1").reserves) == inconnu


def test_the_end_of_what_replaces_and_what_comes_next_are_said_with_it():
    avenir = une_certification(code="RS7003", intitule="CléA", connue_active_le=date(2027, 1, 1))
    ensuite = (Succession(a_venir=(avenir,), ancienne="RS2203"),)
    suite = Succession((CLEA,), ancienne="RS1", fins={"RS2203": "30 novembre 2026"}, ensuite=ensuite)
    fin = ", dont l'enregistrement prend fin le 30 novembre 2026."
    plus_tard = "RS2203 sera remplacée par RS7003 – CléA, qui prend effet le 1er janvier 2027."
    assert plat(suite.remplacements[0][0]) == f"RS1 est remplacée par RS2203 – {CLEA.intitule}{fin}"
    assert plat(suite.reserves) == plus_tard
    assert plat(suite.apres_un_avis()) == f"Elle est remplacée par RS2203{fin} {plus_tard}"


def test_several_that_replace_one_certification_are_said_in_one_sentence():
    trois = tuple(une_certification(code=f"RS{n}", intitule=f"Titre {n}") for n in (2, 3, 4))
    suite = Succession(trois, ancienne="RS1")
    assert plat(suite.apres_un_avis()) == "Elle est remplacée par RS2, RS3 et RS4."
    assert plat(Succession(trois[:2], ancienne="RS1").apres_un_avis(titres=True)) == (
        "Elle est remplacée par RS2 – Titre 2 et par RS3 – Titre 3."
    )
    # Each beside its own button.
    assert [plat(phrase) for phrase, _ in suite.remplacements] == [
        "RS1 est remplacée par RS2 – Titre 2.",
        "RS1 est aussi remplacée par RS3 – Titre 3.",
        "RS1 est aussi remplacée par RS4 – Titre 4.",
    ]
    assert plat(replace(suite, actives=trois[:2], fins={"RS2": "30 mars 2027"}).apres_un_avis()) == (
        "Elle est remplacée par RS2, dont l'enregistrement prend fin le 30 mars 2027. RS1 est aussi remplacée par RS3."
    )
    assert plat(Succession(inconnues=("RS8", "RS9"), ancienne="RS1").apres_un_avis()) == (
        "Elle est remplacée par RS8 et RS9, que ce registre ne connaît pas encore."
    )
    finies = tuple(replace(une, fin_enregistrement=date(2025, 8, 31)) for une in trois[:2])
    assert plat(Succession(finies=finies, ancienne="RS1").apres_un_avis()) == (
        "Elle a été remplacée par RS2 – Titre 2, dont l'enregistrement a pris fin le 31 août 2025. RS1 a aussi été "
        "remplacée par RS3 – Titre 3, dont l'enregistrement a pris fin le 31 août 2025."
    )


def test_records_that_replace_each_other_are_said_in_words():
    deux = Succession(boucle=("RS2",), ancienne="RS1")
    assert deux.vide
    assert plat(deux.reserves) == (
        "Les fiches RS1 et RS2 se désignent l'une l'autre pour la suite : aucune date ne dit laquelle remplace l'autre."
    )
    assert plat(Succession(boucle=("RS10", "RS1"), ancienne="RS2").apres_un_avis()) == (
        "Les fiches RS1, RS2 et RS10 se désignent les unes les autres pour la suite : aucune date ne dit laquelle "
        "remplace les autres."
    )


@pytest.mark.parametrize(
    ("habilitation", "libelle", "regle"),
    [
        (Habilitation.FORMER, "former", ""),
        (Habilitation.ORGANISER, "organiser l'évaluation", "H03"),
        (Habilitation.FORMER_ET_ORGANISER, "former et organiser l'évaluation", ""),
    ],
)
def test_an_habilitation_is_called_by_its_words_and_leads_to_its_rule(habilitation, libelle, regle):
    assert plat(habilitation.libelle) == libelle
    partenaire = Partenaire("99999999800019", habilitation)
    assert regle_habilitation([partenaire]) == regle


def test_nobody_listed_is_under_the_first_rule():
    assert regle_habilitation([]) == "H01"


def test_roles_have_the_words_of_the_portal():
    assert [role.libelle for role in Role] == ["Gestionnaire EDOF", "Gestionnaire catalogue", "Lecteur EDOF"]


# ---------------------------------------------------------------- an action, a session


def test_what_an_action_lacks_is_said():
    assert "Le TTC ne correspond pas au HT et au taux." in dits(action(frais_ttc="1300"), "frais_ttc")
    dit = "Décrivez les conditions spécifiques ou prérequis annoncés."
    assert dits(action(prerequis="oui"), "conditions_specifiques") == [dit]
    dit = "Dites si les frais additionnels comprennent le passage de la certification."
    assert dits(action(frais_annexes="10"), "frais_certification_inclus") == [dit]


def test_an_action_like_another_is_told_which():
    contexte = un_contexte()
    voisines = ActionsVoisines(contexte, [(UUID(int=7), une_action(numero="A0"))])
    dit = "Identique à l'action « A0 » de cette formation : le portail n'en accepte qu'une."
    assert dit in dits(controler_action(une_action(), contexte, voisines, UUID(int=8)), "numero")


def test_what_a_contact_or_a_place_lacks_is_said_of_what_refers_to_it():
    def avec(contact=None, lieu=None):
        return action(un_contexte(
            contacts={CONTACT_ID: contact or un_contact()},
            lieux={une_action().valeur("lieu"): lieu or un_lieu()},
        ))  # fmt: skip

    assert "Le contact « Camille Martin » est à compléter : téléphone." in dits(
        avec(un_contact(telephone="")), "contact"
    )
    assert "Le contact « sans nom » est à compléter : nom, prénom." in dits(
        avec(un_contact(nom="", prenom="")), "contact"
    )
    assert "Le lieu « Salle Garonne » est à compléter : ville." in dits(avec(lieu=un_lieu(ville="")), "lieu")
    sans_nom = "Le lieu « sans nom » n'a ni libellé de voie ni 5e ligne d'adresse : le portail l'exige."
    sans_voie = {"libelle_voie": "", "nature_voie": "", "numero_voie": ""}
    assert sans_nom in dits(avec(lieu=un_lieu(denomination="", **sans_voie)), "lieu")
    assert sans_nom.replace("sans nom", "Salle Garonne") in dits(avec(lieu=un_lieu(**sans_voie)), "lieu")


def test_what_is_wrong_in_a_contact_or_a_place_is_not_told_missing():
    def lus(champ, **autour):
        return dits(action(un_contexte(**autour)), champ)

    lieu_id = une_action().valeur("lieu")
    assert lus("contact", contacts={CONTACT_ID: un_contact(fonction="x" * 300, telephone="", portable="non")}) == [
        "Le contact « Camille Martin » est à compléter : téléphone.",
        (
            "Le contact « Camille Martin » est à corriger, au champ « Fonction ». Trop long : raccourcissez de 50 "
            "caractères (250 au plus)."
        ),
        (
            "Le contact « Camille Martin » est à corriger, au champ « Téléphone portable ». Saisissez un numéro de "
            "téléphone, par exemple 01 23 45 67 89 ou +33 1 23 45 67 89."
        ),
    ]
    assert lus("lieu", lieux={lieu_id: un_lieu(latitude="43.6045")}) == [
        "Le lieu « Salle Garonne » est à compléter : longitude."
    ]
    assert lus("lieu", lieux={lieu_id: un_lieu(code_postal="B1000")}) == [
        (
            "Le lieu « Salle Garonne » est à corriger, au champ « Code postal ». Saisissez un code postal de cinq "
            "chiffres, par exemple 31000."
        )
    ]


def test_what_a_session_lacks_is_said():
    fixe = "Saisissez la date de {} : les entrées de cette action sont à dates fixes."
    assert dits(session(debut="", fin=""), "debut") == [fixe.format("début")]
    assert dits(session(debut="", fin=""), "fin") == [fixe.format("fin")]
    meme = SessionsVoisines([(UUID(int=7), une_session(numero="S0"))])
    jumelle = controler_session(une_session(), une_action(), un_contexte(), meme, UUID(int=8))
    assert dits(jumelle, "debut") == ["La session « S0 » de cette action a les mêmes dates."]
    assert dits(session(debut="2026-11-30"), "debut") == ["Première date possible : 11 décembre 2026."]
    apres = "La session finit après la certification RS2203, dont l'enregistrement prend fin le 31 décembre 2028."
    assert dits(session(fin="2029-01-02"), "fin") == [apres]
    passee = session(debut="2026-11-02", fin="2026-11-06")
    assert dits(passee, "etat_recrutement") == ["Session passée encore ouverte."]
    sans = session(son_action=une_action(contact="", lieu=""))
    assert dits(sans, "contact_inscription") == [
        "Choisissez un contact d'inscription : l'action n'a pas encore le sien."
    ]
    assert dits(sans, "adresse_inscription") == [
        "Choisissez une adresse d'inscription : l'action n'a pas encore de lieu."
    ]


@pytest.mark.parametrize(("fin", "dit"), [("2027-03-04", True), ("2027-03-05", False), ("2027-03-06", False)])
def test_a_session_after_the_end_of_the_habilitation_is_told_its_day(fin, dit):
    sienne = HabilitationEdof("RS2203", "CléA", "Active", date(2024, 1, 1), date.fromisoformat(fin))
    juge = session(un_contexte(droits=Droits("RS2203", LE_2026, sienne, None)))
    jour = "4 mars 2027"
    attendu = [f"La session finit après votre habilitation, qui va jusqu'au {jour}."] if dit else []
    assert dits(juge, "fin") == attendu


def test_the_rules_of_values_carry_the_number_of_the_portal():
    lus = {(a.champ, a.regle, a.numero_edof) for a in controler_valeurs(une_action(contact="", duree="", lieu=""))}
    assert {champ for champ, _, _ in lus} >= {"contact", "duree", "lieu"}
    assert dits(controler_entree(un_lieu(code_postal="3100"), un_contexte()), "code_postal")


# ------------------------------------------------------------------ codes and passwords


@pytest.mark.parametrize(
    ("type_code", "saisie", "message"),
    [
        (None, "bonjour", "« bonjour » n'est pas un code : saisissez par exemple RS2203 ou RNCP37674."),
        (
            None, "RS1 et RS2",
            "« RS1 et RS2 » contient plusieurs codes : saisissez celui d'une seule certification.",
        ),
        (
            None, "RNCP37948BC01",
            "« RNCP37948BC01 » est un bloc de compétences : saisissez le code de sa certification, RNCP37948.",
        ),
    ],
)  # fmt: skip
def test_what_is_no_code_says_what_to_type(type_code, saisie, message):
    with pytest.raises(CodeRefuse) as refus:
        lire_code(type_code, saisie)
    assert plat(str(refus.value)) == message


@pytest.mark.parametrize(
    ("type_code", "complement"),
    [(TypeCode.RS, "du Répertoire spécifique"), (TypeCode.RNCP, "RNCP"), (TypeCode.CERTIF_INFO, "Certif Info")],
)
def test_a_type_of_code_is_called_by_its_words(type_code, complement):
    assert type_code.complement == complement
    with pytest.raises(CodeRefuse) as refus:
        lire_code(type_code, "bonjour")
    assert plat(str(refus.value)).startswith(f"« bonjour » n'est pas un code {complement} : saisissez par exemple ")


@pytest.mark.parametrize(
    ("mot", "message"),
    [
        ("a" * 11, "Choisissez un mot de passe d'au moins 12 caractères."),
        ("ab cd" * 41, "Choisissez un mot de passe d'au plus 200 caractères."),
        ("abcabcabcabc", "Ce mot de passe est trop facile à deviner : choisissez-en un autre."),
        ("abcdabcdabcd", ""),
    ],
)
def test_a_weak_password_says_why(mot, message):
    if not message:
        exiger_mot_de_passe(mot, "camille@exemple.example")
        return
    with pytest.raises(MotDePasseRefuse) as refus:
        exiger_mot_de_passe(mot, "camille@exemple.example")
    assert plat(str(refus.value)) == message


# ------------------------------------------------------------------------------ advice


def test_what_is_advised_of_a_text_is_said():
    assert [plat(dit) for _, dit in coordonnees("objectif", "Voir https://exemple.example")] == [
        "Évitez adresses web, courriels et numéros de téléphone dans ce texte."
    ]
    crie = "A" * 7 + "b" * 13
    assert [plat(dit) for _, dit in promotion("objectif", crie)] == ["Formulation promotionnelle : à reformuler."]
    # Under twenty letters, capitals are those of a name; at 30 % they are not many.
    assert list(promotion("objectif", crie[1:])) == []
    assert list(promotion("objectif", "A" * 6 + "b" * 14)) == []


def test_what_is_advised_of_a_formation_names_what_it_speaks_of():
    texte = "Savoir prendre la parole dans une situation de travail, devant plusieurs personnes."
    fiche = une_fiche(intitule="Autre chose", objectif=texte, contenu=texte, resultats_attendus=texte)
    contexte = un_contexte()
    assert "L'intitulé ne mentionne pas la certification." in dits(conseiller_formation(fiche, contexte), "intitule")
    premier = plat(PAR_NOM["objectif"].libelle)
    for nom in ("contenu", "resultats_attendus"):
        dit = f"Ce texte est le même que celui de « {premier} »."
        assert dit in dits(conseiller_formation(fiche, contexte), nom)
    court = une_fiche(objectif="Savoir parler.")
    assert "Texte très court." in dits(conseiller_formation(court, contexte), "objectif")
    trouve = "Évitez adresses web, courriels et numéros de téléphone dans ce texte."
    for longueur in (0, LONGUEUR_RETENUE):
        long = une_fiche(objectif=texte + " " * longueur + "https://exemple.example")
        assert trouve in dits(conseiller_formation(long, contexte), "objectif")


def test_what_is_advised_of_a_place_and_of_hours_is_said():
    loin = action(modalites_enseignement="2")
    assert "Formation entièrement à distance : vérifiez que « Salle Garonne » est bien le lieu à indiquer." in dits(
        loin, "lieu"
    )
    trop = action(duree="24", heures_centre="20", heures_entreprise="5")
    dit = "En centre et en entreprise, 25 heures : plus que la durée totale (24)."
    assert dits(trop, "heures_centre") == [dit]


# ------------------------------------------------------------- which of two things is said


def codes_de(fiche, champ):
    return [a.code for a in controler_valeurs(fiche) if a.champ == champ]


def test_a_text_that_is_only_too_long_is_told_so():
    assert codes_de(un_contact(nom="a" * 300), "nom") == [Code.TROP_LONG]


def test_of_a_code_that_is_not_of_the_list_one_thing_is_said():
    assert codes_de(une_action(langue="QQ"), "langue") == [Code.CODE_INCONNU]
    assert codes_de(une_action(langue="Q" * 300), "langue") in ([Code.TROP_LONG], [Code.CODE_INCONNU])
    assert codes_de(une_action(langue=""), "langue") == [Code.OBLIGATOIRE]


def test_what_is_no_date_and_what_is_out_of_its_bounds_are_told_apart():
    assert codes_de(une_session(debut="bientôt"), "debut") == [Code.FORME]
    assert codes_de(une_session(debut="2350-01-01"), "debut") == [Code.HORS_BORNES]


def test_a_missing_contact_is_under_its_rule_and_its_number():
    lus = [(a.regle, a.numero_edof) for a in controler_valeurs(une_action(contact="")) if a.champ == "contact"]
    assert lus == [("A08", 30017)]


def test_a_place_is_named_where_what_it_lacks_is_told():
    def lieu(textes, **contacts):
        contexte = un_contexte(lieux={une_action().valeur("lieu"): un_lieu(**textes)}, **contacts)
        return dits(action(contexte), "lieu")

    assert lieu({"ville": ""}) == ["Le lieu « Salle Garonne » est à compléter : ville."]
    incomplet = {"contacts": {CONTACT_ID: un_contact(telephone="")}}
    attendu = "Lieu « Salle Garonne ». Le contact « Camille Martin » est à compléter : téléphone."
    assert attendu in lieu({}, **incomplet)


def test_the_blocs_that_are_to_be_given_are_asked_for():
    fiche = une_fiche_de(TypeFormation.CERTIFIANTE, certification="RNCP37948", blocs="")
    lus = dits(controler(fiche, une_certification(code="RNCP37948"), LE_2026), "blocs")
    assert lus == ["Indiquez les blocs de compétences visés."]


def test_of_dates_there_are_so_many_at_most():
    champ = next(champ for champ in CHAMPS[Niveau.ACTION] if champ.nature is Nature.DATE and champ.plusieurs > 1)
    jours = [f"2027-01-{jour:02}" for jour in range(1, 32)] + [f"2027-03-{jour:02}" for jour in range(1, 32)]
    assert dits(controler_valeur(champ, "\n".join(jours[: champ.plusieurs]))) == []
    trop = dits(controler_valeur(champ, "\n".join(jours[: champ.plusieurs + 1])))
    assert trop == [f"Au plus {champ.plusieurs} dates."]


def test_a_price_of_nothing_is_asked_about():
    assert dits(action(frais_ht="0", frais_ttc="0"), "frais_ttc") == ["Prix nul : est-ce voulu ?"]


def test_a_place_without_a_way_is_told_what_the_portal_wants():
    attendu = "Saisissez le libellé de la voie ou, à défaut, la 5e ligne de l'adresse : le portail l'exige."
    assert dits(controler_entree(un_lieu(libelle_voie=""), un_contexte()), "libelle_voie") == [attendu]


def test_a_siret_that_fails_its_key_is_told_so():
    assert dits(conseiller_formation(une_fiche(), un_contexte(siret_valide=False)), SIRET) == [
        "SIRET invalide (clé de contrôle)."
    ]


def test_an_habilitation_is_judged_at_the_day_of_the_reading():
    sienne = HabilitationEdof("RS2203", "CléA", "Active", date(2024, 1, 1), LE_2026)
    connus = Droits("RS2203", LE_2026, sienne, None)

    def de_la_certification(le):
        return dits(conseiller_formation(une_fiche(), un_contexte(le=le, droits=connus)), "certification")

    assert de_la_certification(LE_2026) == []
    assert de_la_certification(date(2026, 11, 27)) == [
        "Habilitation finie le 26 novembre 2026, d'après votre liste EDOF du 26 novembre 2026."
    ]


@pytest.mark.parametrize(
    ("type_formation", "intitule", "dit"),
    [("clea", "Anglais", True), ("clea", "", False), ("bilan", "Anglais", False)],
)
def test_only_a_title_that_is_there_of_a_certifying_type_should_name_the_certification(type_formation, intitule, dit):
    fiche = une_fiche(type_formation=type_formation, intitule=intitule)
    lus = dits(conseiller_formation(fiche, un_contexte()), "intitule")
    assert ("L'intitulé ne mentionne pas la certification." in lus) is dit


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("-5", "Un montant ne peut pas être négatif : saisissez 0 pour un prix nul."),
        ("− 5,50 €", "Un montant ne peut pas être négatif : saisissez 0 pour un prix nul."),
        ("1 200,505", "Un montant a deux décimales au plus : saisissez par exemple 1200,50."),
        ("12,3456", "Un montant a deux décimales au plus : saisissez par exemple 1200,50."),
        ("0,505", "Un montant a deux décimales au plus : saisissez par exemple 1200,50."),
        ("1.200", "« 1.200 » peut se lire de deux façons : saisissez 1200 ou 1,20."),
        ("1,200 €", "« 1,200 € » peut se lire de deux façons : saisissez 1200 ou 1,20."),
        ("10 000 000 000", "Saisissez un montant de 9 999 999 999,99 € au plus."),
        ("gratuit", "Saisissez un montant en euros, par exemple 1200,50 ; saisissez 0 pour un prix nul."),
        ("- cher", "Saisissez un montant en euros, par exemple 1200,50 ; saisissez 0 pour un prix nul."),
        ("1.20.3", "Saisissez un montant en euros, par exemple 1200,50 ; saisissez 0 pour un prix nul."),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_told_by_what_is_wrong_with_it(typed, message):
    """The same sentence in the form of an action and where many prices are changed."""
    diagnostic = controler_action(une_action(frais_ht=typed, frais_ttc=""), un_contexte())
    assert [plat(a.message) for a in diagnostic.du_champ("frais_ht")] == [message]
    with pytest.raises(ChangementRefuse) as refus:
        Changement.lire("prix", "", {"ttc": typed})
    assert plat(refus.value.message) == message


PARTOUT = (
    "Saisissez un code postal de cinq chiffres, par exemple 31000 ; hors de France, de cinq caractères, car le fichier "
    "du portail n'en accepte ni plus ni moins."
)


@pytest.mark.parametrize(
    ("textes", "attendus"),
    [
        ({"code_postal": "100", "pays": "BE"}, [PARTOUT]),
        ({"code_postal": "W1A1A", "pays": "GB"}, []),
        ({"code_postal": "W1A1A"}, ["Saisissez un code postal de cinq chiffres, par exemple 31000."]),
        ({"code_postal": "75001 cedex"}, ["Saisissez le code seul : « CEDEX » s'écrit après le nom de la ville."]),
        ({"code_postal": "75001 CEDEX 05"}, ["Saisissez le code seul : « CEDEX » s'écrit après le nom de la ville."]),
    ],
)  # fmt: skip
def test_a_postal_code_is_told_as_its_help_says_it(textes, attendus):
    diagnostic = controler_entree(un_lieu(**textes), un_contexte())
    assert [plat(a.message) for a in diagnostic.du_champ("code_postal")] == attendus


@pytest.mark.parametrize(
    ("numero", "dit"), [("12", False), ("12 bis", False), ("B4", False), ("-1", True), ("?", True)]
)
def test_a_number_in_a_way_that_is_none_is_only_advised(numero, dit):
    diagnostic = controler_entree(un_lieu(numero_voie=numero), un_contexte())
    assert [a.portee for a in diagnostic.du_champ("numero_voie")] == [Portee.CONSEIL] * dit
    assert diagnostic.validable


@pytest.mark.parametrize(
    ("courriel", "lu", "admis"),
    [
        ("<a@b.fr>", "a@b.fr", True), ("mailto:a@b.fr", "a@b.fr", True), ("a<@b.fr", "a<@b.fr", False),
        ("Camille <a@b.fr>", "Camille <a@b.fr>", False), ("a@b.fr, c@d.fr", "a@b.fr, c@d.fr", False),
        ("a;c@d.fr", "a;c@d.fr", False),
    ],
)  # fmt: skip
def test_an_address_is_taken_out_of_its_brackets_and_holds_none(courriel, lu, admis):
    contact = un_contact(courriel=courriel)
    assert contact.valeur("courriel") == lu
    assert controler_entree(contact, un_contexte()).validable is admis


def test_a_price_whose_tax_makes_it_too_large_is_told_beside_it():
    action = une_action(frais_ht="9999999999,99", frais_ttc="", taux_tva="20")
    [anomalie] = controler_action(action, un_contexte()).du_champ("frais_ht")
    assert (
        plat(anomalie.message) == "TVA comprise, ce prix dépasse 9 999 999 999,99 € : saisissez un montant plus petit."
    )
    assert anomalie.portee is Portee.VALIDATION
    for autre in ({"taux_tva": "0"}, {"frais_ht": "8333333333,32"}, {"taux_tva": ""}):
        fiche = une_action(**({"frais_ht": "9999999999,99", "frais_ttc": "", "taux_tva": "20"} | autre))
        assert controler_action(fiche, un_contexte()).du_champ("frais_ht") == ()


@pytest.mark.parametrize(
    ("textes", "champ"),
    [
        ({"modalites_admission": "92002\n99999"}, "modalites_admission"),
        ({"modalites_admission": "99999"}, ""),
        ({"modalites_admission": "92002\n92005"}, ""),
        ({"prerequis": "non", "niveau_entree_obligatoire": "oui"}, "prerequis"),
        ({"prerequis": "non", "conditions_specifiques": "Niveau bac."}, "prerequis"),
        ({"prerequis": "oui", "niveau_entree_obligatoire": "oui", "conditions_specifiques": "Bac."}, ""),
    ],
)  # fmt: skip
def test_answers_of_an_action_that_contradict_each_other_are_only_advised(textes, champ):
    diagnostic = controler_action(une_action(**textes), un_contexte())
    assert [a.champ for a in diagnostic.conseils if a.champ in {"modalites_admission", "prerequis"}] == [champ] * bool(
        champ
    )
    assert diagnostic.validable


@pytest.mark.parametrize(
    ("entrees", "debut", "dit"), [("1", "2027-03-01", True), ("1", "", False), ("0", "2027-03-01", False)]
)
def test_dates_of_a_session_that_anyone_may_enter_at_any_time_are_only_advised(entrees, debut, dit):
    session = une_session(debut=debut, fin="2027-03-05" if debut else "")
    diagnostic = controler_session(session, une_action(entrees_sorties=entrees), un_contexte())
    assert [a.champ for a in diagnostic.conseils] == ["debut"] * dit
    assert diagnostic.validable
