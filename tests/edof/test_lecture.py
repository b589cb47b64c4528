"""Files come in all shapes: what can be understood is, what has no field is kept, what does not come in is told."""

import io
import re
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from lxml import etree

from webapp.domain import champs, champs_action, champs_annuaire, champs_session
from webapp.domain.textes import fr
from webapp.edof.canonique import SANS_TEXTE, canonique, differences
from webapp.edof.ecriture import ecrire
from webapp.edof.fichier import parcourir
from webapp.edof.lecture import SANS_DATE, Remarque, formations, lire_formation
from webapp.edof.objets import Objet
from webapp.edof.ordre import BLOCS_MODIFIABLES

EXEMPLE = Path(__file__).with_name("exemple.xml").read_bytes().decode("iso-8859-1")


def lire(texte: str) -> tuple[list[Objet], list[Remarque]]:
    remarques: list[Remarque] = []
    racine = etree.fromstring(texte.encode("iso-8859-1"))
    return [lire_formation(element, remarques) for element in formations(racine)], remarques


def premiere(texte: str) -> Objet:
    return lire(texte)[0][0]


def action(texte: str) -> Objet:
    return premiere(texte).enfants[0]


def test_the_sample_goes_out_as_it_came_in():
    objets, remarques = lire(EXEMPLE)
    assert remarques == []
    assert b"".join(ecrire(objets)).decode("iso-8859-1") == EXEMPLE


def test_what_the_file_codes_is_what_the_domain_stores():
    formation, _, _, vae = lire(EXEMPLE)[0]
    assert formation.valeurs[champs.TYPE_PARCOURS] == "96213"
    assert formation.valeurs[champs.BLOCS] == "RNCP40344BC01\nRNCP40344BC02"
    assert formation.valeurs[BLOCS_MODIFIABLES] == "oui"
    assert vae.valeurs[champs.CATEGORISATION] == "120"
    siens = formation.enfants[0].valeurs
    assert siens[champs_action.PREREQUIS] == "oui"
    assert siens[champs_action.DATES_INFORMATION] == "2026-12-01\n2026-12-08"
    assert siens[champs_action.RYTHME] == "1\n5"
    lieu = formation.enfants[0].references[champs_action.LIEU]
    assert (lieu.numero, lieu.numero_adresse) == ("C1", "LIEU1")
    assert lieu.valeurs[champs_annuaire.VILLE] == "Toulouse"
    assert lieu.valeurs[champs_annuaire.COURRIEL] == "durand@organisme.example"
    contact = formation.enfants[0].references[champs_action.CONTACT]
    assert contact.valeurs[champs_annuaire.FONCTION] == "Référente pédagogique"


def test_each_field_says_its_line():
    lu = action(EXEMPLE)
    lignes = EXEMPLE.splitlines()
    assert "<transport>" in lignes[lu.lignes["transport"] - 1]
    assert "<numtel>" in lignes[lu.lignes["contact/telephone"] - 1]
    assert 'session numero="S2"' in lignes[lu.enfants[1].ligne - 1]


@pytest.mark.parametrize(
    ("avant", "apres", "champ", "valeur"),
    [
        (">0561000000<", ">05 61 00 00 00<", champs_annuaire.TELEPHONE, "0561000000"),
        (">0561000000<", ">+33 (0)5.61.00.00.00<", champs_annuaire.TELEPHONE, "+33561000000"),
        (">1000.00<", ">1000<", champs_action.FRAIS_HT, "1000.00"),
        (">1000.00<", ">1 000,00<", champs_action.FRAIS_HT, "1000.00"),
        (">20.0<", ">20<", champs_action.TVA, "20.0"),
        (">1000.00<", ">gratuit<", champs_action.FRAIS_HT, "gratuit"),
        (">3</code-perimetre", ">0</code-perimetre", champs_action.PERIMETRE, "0"),
        (">24<", ">24 heures<", champs_action.DUREE, "24"),
        (">20270104<", ">20260231<", champs_session.DEBUT, "20260231"),
    ],
)
def test_a_value_is_read_as_people_and_tools_write_it_and_kept_when_it_is_not_understood(avant, apres, champ, valeur):
    lu = action(EXEMPLE.replace(avant, apres, 1))
    trouvees = [
        valeurs[champ]
        for valeurs in (
            lu.valeurs, lu.enfants[0].valeurs, *(ref.valeurs for ref in lu.references.values()),
        )
        if champ in valeurs
    ]  # fmt: skip
    assert valeur in trouvees


def test_a_contact_written_twice_says_its_own_line_each_time():
    telephones = [rang for rang, ligne in enumerate(EXEMPLE.splitlines(), 1) if "<numtel>" in ligne]
    etranger = "<inconnu>rien</inconnu></coordonnees>"
    un, remarques = lire(EXEMPLE.replace("</coordonnees>", etranger))
    lignes = EXEMPLE.replace("</coordonnees>", etranger).splitlines()
    dites = [une.ligne for une in remarques if une.nom == "inconnu"]
    assert len(dites) == EXEMPLE.count("</coordonnees>")
    assert len(set(dites)) == len(dites)
    assert all("<inconnu>" in lignes[ligne - 1] for ligne in dites)
    du_contact = [
        noeud.lignes[nom] for formation in un for action in formation.enfants for noeud in (action, *action.enfants)
        for nom in noeud.lignes if nom.endswith("/telephone")
    ]  # fmt: skip
    assert sorted(du_contact) == [ligne for ligne in telephones if ligne in du_contact]


def test_permanent_entries_have_no_period():
    debut, fin = EXEMPLE.index("          <periode>"), EXEMPLE.index("          <adresse-inscription>")
    premiere_seance, seconde = action(EXEMPLE[:debut] + EXEMPLE[fin:]).enfants
    assert champs_session.DEBUT not in premiere_seance.valeurs
    assert seconde.valeurs[champs_session.DEBUT] == "2027-02-01"
    ecrit = b"".join(ecrire([premiere(EXEMPLE[:debut] + EXEMPLE[fin:])]))
    assert ecrit.count(b"<periode>") == 1


def test_extras_in_another_order_say_the_same():
    ligne = '          <extra info="existence-prerequis">1</extra>\n'
    ailleurs = EXEMPLE.replace(ligne, "", 1).replace('<extras info="action">\n', f'<extras info="action">\n{ligne}', 1)
    assert ailleurs != EXEMPLE
    assert lire(ailleurs)[0] == lire(EXEMPLE)[0]


INCONNU = '<extra info="label-qualite" numero="7">Qualité <b>+</b> &amp; suivi</extra>'


@pytest.mark.parametrize(
    "apres", ['<extra info="garantie">1</extra>', '<extras info="adresse">', '<extras info="action">']
)
def test_an_unknown_extra_is_kept_and_given_back_where_it_stood(apres):
    texte = EXEMPLE.replace(apres, f"{apres}\n{INCONNU}", 1)
    objets, remarques = lire(texte)
    assert remarques == []
    sortie = b"".join(ecrire(objets))
    memes = zip(
        formations(etree.fromstring(texte.encode("iso-8859-1"))), formations(etree.fromstring(sortie)), strict=True
    )
    assert [list(differences(canonique(un), canonique(deux))) for un, deux in memes] == [[]] * 4
    # Twice through, it is still there once.
    encore = lire(sortie.decode("iso-8859-1"))[0]
    assert encore == objets
    assert b"".join(ecrire(encore)) == sortie


ZUT, FLUTE = '<extra info="zut">x</extra>', '<extra info="flute">y</extra>'
CODES = [f'<extra info="code-modalites-admission">{code}</extra>' for code in ("92002", "92003", "92005")]


@pytest.mark.parametrize("ordre", sorted(set(permutations("CCCzf"))), ids="".join)
def test_what_stands_among_codes_comes_back_among_them(ordre):
    codes = iter(CODES)
    ecrits = {"z": ZUT, "f": FLUTE}
    bloc = "".join([ecrits.get(un) or next(codes) for un in ordre])
    texte, fois = re.subn(
        '(<extras info="codes-modalites-admission">).*?(</extras>)',
        rf"\g<1>{bloc}\g<2>",
        EXEMPLE,
        count=1,
        flags=re.DOTALL,
    )
    assert fois == 1
    sortie = b"".join(ecrire(lire(texte)[0])).decode("iso-8859-1")
    assert bloc in re.sub(r">\s+<", "><", sortie)
    assert lire(sortie)[0] == lire(texte)[0]


def test_what_stood_after_codes_that_are_there_no_more_stands_after_those_that_are_left():
    bloc = "".join([*CODES[:2], ZUT, CODES[2], FLUTE])
    texte = re.sub('(<extra info="code-modalites-admission">.*?)(?=</extras>)', bloc, EXEMPLE, count=1, flags=re.DOTALL)
    formation = premiere(texte)
    une = formation.enfants[0]
    une = replace(une, valeurs={**une.valeurs, champs_action.ADMISSION: "92007"})
    sortie = b"".join(ecrire([replace(formation, enfants=(une,))])).decode("iso-8859-1")
    assert CODES[0].replace("92002", "92007") + ZUT + FLUTE in re.sub(r">\s+<", "><", sortie)


def test_what_stands_between_a_person_and_what_she_does_or_after_comes_back_there():
    debut, contact = EXEMPLE.split('<extra info="contact-information">', 1)
    autour = '(?s)(</coordonnees>)(.*?<extras info="coordonnees">.*?</extras>)'
    entre = re.sub(autour, rf"\g<1>{ZUT}\g<2>{FLUTE}", contact, count=1)
    texte = f'{debut}<extra info="contact-information">{entre}'
    sortie = b"".join(ecrire(lire(texte)[0])).decode("iso-8859-1")
    assert re.sub(r">\s+<", "><", sortie) == re.sub(r">\s+<", "><", texte)


@pytest.mark.parametrize("nom", ["action", "session", "formation"])
@pytest.mark.parametrize("dans", ["formation", "action", "session"])
def test_what_an_extra_holds_is_no_object_whatever_it_is_called(nom, dans):
    extra = f'<extra info="libre"><{nom} numero="X"><session numero="Y"/></{nom}></extra>'
    (avec, *autres), remarques = lire(EXEMPLE.replace(f'<extras info="{dans}">', f'<extras info="{dans}">{extra}', 1))
    assert remarques == []
    assert len(autres) == 3
    assert [(un.numero, [deux.numero for deux in un.enfants]) for un in avec.enfants] == [("A1", ["S1", "S2"])]
    assert extra in re.sub(r">\s+<", "><", b"".join(ecrire([avec])).decode("iso-8859-1"))


@pytest.mark.parametrize(
    ("avant", "apres", "nom", "raison"),
    [
        ("<parcours-de-formation>", "<domaine-formation/><parcours-de-formation>",
         "domaine-formation", "certification"),
        ("<parcours-de-formation>", "<individuelle-collective>1</individuelle-collective><parcours-de-formation>",
         "individuelle-collective", "parcours"),
        ("<code-RNCP>", "<code-CERTIFINFO>83899</code-CERTIFINFO><code-RNCP>", "code-CERTIFINFO", "8 septembre 2022"),
        ('<extra info="garantie">', '<extra info="code-modele-economique">2</extra><extra info="garantie">',
         "code-modele-economique", "2022"),
        ("<transport>", "<vestiaire>Oui</vestiaire><transport>", "vestiaire", "inconnu"),
        ("<transport>", "<transport>Deux fois</transport><transport>", "transport", "deux fois"),
    ],
)  # fmt: skip
def test_what_does_not_come_in_is_told_with_its_line(avant, apres, nom, raison):
    texte = EXEMPLE.replace(avant, apres, 1)
    (remarque,) = lire(texte)[1]
    assert remarque.nom == nom
    assert raison in remarque.raison
    assert remarque.raison == fr(remarque.raison)
    assert nom in texte.splitlines()[remarque.ligne - 1]


def test_what_does_not_come_back_is_a_difference():
    texte = EXEMPLE.replace("<transport>", "<vestiaire>Oui</vestiaire><transport>", 1)
    element = next(formations(etree.fromstring(texte.encode("iso-8859-1"))))
    retour = next(formations(etree.fromstring(b"".join(ecrire([premiere(texte)])))))
    assert [(e.chemin, e.nom, e.avant, e.apres) for e in differences(canonique(element), canonique(retour))] == [
        (("formation", fr("action « A1 »"), "vestiaire"), "vestiaire", "Oui", "")
    ]


@pytest.mark.parametrize(
    ("avant", "apres", "ecarts"),
    [
        ("<c>1</c><c>2</c><c>3</c>", "<c>1</c><c>3</c>", [("c", "2", "")]),
        ("<c>1</c><c/>", "<c>1</c>", [("c", SANS_TEXTE, "")]),
        ("<c>1</c><c>1</c>", "<c>1</c>", [("c (2)", "1", "")]),
        ("<c>1</c><c>2</c>", "<c>2</c><c>1</c>", [("", fr("c « 1 », c « 2 »"), fr("c « 2 », c « 1 »"))]),
        ("<c>1</c>", "<c>2</c>", [("c", "1", "2")]),
    ],
)
def test_of_several_leaves_of_one_name_the_one_that_is_lost_is_told(avant, apres, ecarts):
    un, deux = (canonique(etree.fromstring(f"<f>{lu}</f>")) for lu in (avant, apres))
    assert [(" › ".join(e.chemin[1:]), e.avant, e.apres) for e in differences(un, deux)] == ecarts


def test_many_attributes_are_compared_at_once():
    """In a time that grows with them: one file of twenty thousand kept all others waiting for a minute."""
    attributs = [f"a{n}='{n}'" for n in range(20_000)]
    un, deux = (canonique(etree.fromstring(f"<f {' '.join(siens)}/>")) for siens in (attributs, attributs[:1]))
    assert len(list(differences(un, deux))) == 19_999


@pytest.mark.parametrize("ou", ['<extra info="conformite', '<extra info="resume-contenu', "<ville", "<transport"])
def test_a_name_with_an_accent_is_read_as_any_other_wherever_it_stands(ou):
    """Of a contact or a place too, which is read once for all that write it."""
    assert ou in EXEMPLE
    for mauvais in (ou.replace("info=", "infé="), ou.replace("<", "<é", 1)):
        texte = EXEMPLE.replace(ou, mauvais, 1)
        if mauvais.startswith("<é"):
            debut, _, fin = texte.partition(mauvais)
            nom = ou.partition(" ")[0][1:]
            texte = debut + mauvais + fin.replace(f"</{nom}>", f"</é{nom}>", 1)
        octets = texte.encode("iso-8859-1")
        for lu in parcourir(io.BytesIO(octets), "iso-8859-1"):
            lire_formation(etree.fromstring(lu.xml), [])


def test_actions_in_another_order_are_compared_by_their_numbers():
    une, autre = (f'<action numero="{numero}"><acces>{numero}</acces></action>' for numero in ("A1", "A2"))
    avant, apres = (
        canonique(etree.fromstring(f"<formation>{actions}<adresse/><adresse>{actions}</adresse></formation>"))
        for actions in (une + autre, autre + une.replace(">A1<", ">B1<"))
    )
    a1, a2 = fr("action « A1 »"), fr("action « A2 »")
    assert [(e.chemin[1:], e.avant, e.apres) for e in differences(avant, apres)] == [
        ((a1, "acces"), "A1", "B1"),
        (("adresse (2)", a1, "acces"), "A1", "B1"),
        (("adresse (2)",), f"{a1}, {a2}", f"{a2}, {a1}"),
        ((), f"{a1}, {a2}, adresse, adresse (2)", f"{a2}, {a1}, adresse, adresse (2)"),
    ]


@pytest.mark.parametrize("blancs", ["", "\n", " \n ", "&#x3000;"])
def test_blanks_alone_say_nothing(blancs):
    sans = action(EXEMPLE)
    lu = action(re.sub("(<restauration>).*?(</restauration>)", rf"\g<1>{blancs}\2", EXEMPLE, count=1))
    assert champs_action.RESTAURATION in sans.valeurs
    assert champs_action.RESTAURATION not in lu.valeurs


@pytest.mark.parametrize("niveau", ["formation", "action", "session"])
@pytest.mark.parametrize("nom", ["datecrea", "datemaj"])
@pytest.mark.parametrize("ecrit", ['{}=""', '{}="  "', ""], ids=["empty", "blank", "missing"])
def test_a_date_that_is_not_there_is_told_of_its_object_as_one_that_is_none(niveau, nom, ecrit):
    sans, fois = re.subn(
        rf'(<{niveau} [^>]*?){nom}="[0-9]*"', lambda lu: lu[1] + ecrit.format(nom), EXEMPLE, count=1
    )  # fmt: skip
    assert fois == 1
    ligne = EXEMPLE[: EXEMPLE.index(f"<{niveau} ")].count("\n") + 1
    assert lire(sans)[1] == [Remarque(ligne, f"@{nom}", SANS_DATE)]
