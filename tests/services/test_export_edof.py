"""The portal's file of a catalogue, on both databases: what goes out, what stays out and why, always the same bytes."""

from uuid import UUID

import pytest
from click.testing import CliRunner
from lxml import etree
from sqlalchemy import update

from tests.builders import une_fiche
from tests.builders_arbre import LE, AtelierArbre, une_session
from webapp import cli_edof
from webapp.cli import principal
from webapp.domain.champs import Niveau
from webapp.domain.dates import date_longue
from webapp.domain.imports import Trace
from webapp.domain.statuts import Operation, Statut
from webapp.domain.textes import dire, fr
from webapp.edof.ecriture import CaractereHorsDuJeuError, ecrire_formation
from webapp.edof.lecture import formations
from webapp.edof.verification import verifier_formation
from webapp.persistence import comptes as comptes_gardes
from webapp.persistence import suivi_edof, tables_arbre, traces_edof
from webapp.services import export_edof

INSECABLE = "\N{NO-BREAK SPACE}"
VALIDEE, BROUILLON = Statut.VALIDEE, Statut.BROUILLON


@pytest.fixture
def atelier(base):
    return AtelierArbre(base)


def une_formation(atelier, statut, identifiant, **textes):
    fiche = une_fiche(identifiant=identifiant, **textes)
    return atelier.atelier.formation(atelier.auteur, fiche, statut)


@pytest.fixture
def publiable(atelier):
    """Make a formation that can be published, with as many sessions as asked, and what is said of its texts."""

    def publiable(identifiant: str, nombre: int = 1, **textes: str):
        formation = une_formation(atelier, VALIDEE, identifiant, **textes)
        action = atelier.action(formation.id, VALIDEE)
        for rang in range(nombre):
            atelier.session(action.id, VALIDEE, numero=f"S{rang}", debut=f"2027-03-{rang + 1:02}", fin="2027-04-30")
        return formation, action

    return publiable


def examiner(base, atelier, le=LE):
    with base.lecture() as cnx:
        return export_edof.examiner(cnx, atelier.organisme, le)


def produire(base, atelier, acceptes=None, le=LE):
    with base.lecture() as cnx:
        return b"".join(export_edof.produire(cnx, atelier.organisme, le, acceptes or {}))


def lues(octets):
    return list(formations(etree.fromstring(octets)))


@pytest.fixture
def au_guide(atelier):
    """The date at which the certification of the builders is known active."""
    return atelier.acte.le


def test_what_can_be_published_goes_out_and_is_valid(base, atelier, publiable, au_guide):
    publiable("Un", 1)
    publiable("Trois", 3)
    bilan = examiner(base, atelier, au_guide)
    assert (bilan.formations, bilan.actions, bilan.sessions, bilan.ecartees) == (2, 2, 4, [])
    sorties = lues(produire(base, atelier, le=au_guide))
    assert [element.get("numero") for element in sorties] == ["Trois", "Un"]
    assert [len(element.findall(".//{*}session")) for element in sorties] == [3, 1]
    assert [verifier_formation(element) for element in sorties] == [(), ()]
    assert {e.text for element in sorties for e in element.findall(".//{*}SIRET")} == {atelier.organisme.siret}


def test_what_cannot_stays_out_with_its_reasons(base, atelier, publiable, au_guide):
    publiable("Bonne")
    seule = une_formation(atelier, VALIDEE, "Seule")
    brouillon = une_formation(atelier, BROUILLON, "Brouillon")
    bilan = examiner(base, atelier, au_guide)
    assert {une.id for une in bilan.ecartees} == {seule.id, brouillon.id}
    assert all(une.raisons for une in bilan.ecartees)
    assert "Aucune action" in " ".join(next(u.raisons for u in bilan.ecartees if u.id == seule.id))
    assert [e.get("numero") for e in lues(produire(base, atelier, le=au_guide))] == ["Bonne"]


def test_drafts_archived_and_empty_actions_stay_out_of_a_formation_that_goes(base, atelier, publiable, au_guide):
    formation, action = publiable("F", 1)
    atelier.session(action.id, BROUILLON, numero="Brouillon", debut="2027-05-01")
    partie = atelier.session(action.id, VALIDEE, numero="Partie", debut="2027-06-01", fin="2027-06-02")
    atelier.archiver(partie)
    atelier.action(formation.id, VALIDEE, numero="Vide", duree="60")
    atelier.action(formation.id, BROUILLON, numero="Brouillon")
    (element,) = lues(produire(base, atelier, le=au_guide))
    assert [e.get("numero") for e in element.findall("{*}action")] == ["A1"]
    assert [e.get("numero") for e in element.findall(".//{*}session")] == ["S0"]


def test_the_same_catalogue_gives_the_same_bytes_and_a_change_moves_its_own_date_alone(
    base, atelier, publiable, au_guide
):
    formation, action = publiable("F", 1)
    avant = produire(base, atelier, le=au_guide)
    assert produire(base, atelier, le=au_guide) == avant
    seance = atelier.session(action.id, VALIDEE, numero="Z", debut="2027-05-01", fin="2027-05-02")
    plus_longue = une_session(numero="Z", debut="2027-05-01", fin="2027-05-09")
    atelier.soumettre(plus_longue, action.id, Operation.VALIDER, seance.id, seance.version)
    (un,), (deux,) = lues(avant), lues(produire(base, atelier, le=au_guide))
    assert un.attrib == deux.attrib
    assert formation.version == 1


def test_a_character_that_the_file_cannot_carry_is_told_and_accepted_or_keeps_its_offer_out(
    base, atelier, publiable, au_guide
):
    publiable("Coeur", objectif="Le cœur du métier.")
    publiable("Sourire", objectif="Bravo \U0001f600")
    bilan = examiner(base, atelier, au_guide)
    assert [r.caractere for r in bilan.a_accepter({})] == ["œ"]
    (ecartee,) = bilan.ecartees
    assert (ecartee.identifiant, bilan.formations) == ("Sourire", 1)
    assert "U+1F600" in ecartee.raisons[0]
    with pytest.raises(CaractereHorsDuJeuError):
        produire(base, atelier, le=au_guide)
    (element,) = lues(produire(base, atelier, {"œ": "oe"}, au_guide))
    assert element.findtext("{*}objectif-formation") == "Le coeur du métier."


def test_what_nobody_looked_at_and_the_file_cannot_carry_keeps_its_offer_out_with_the_reason(
    base, atelier, publiable, au_guide
):
    """A day that another program has written in the base: no field shows it."""
    perdue, _ = publiable("Perdue")
    publiable("Autre")
    with base.ecriture() as cnx:
        trace = Trace(perdue.version, 1, "20190101\u2192", "20190101")
        traces_edof.poser(cnx, atelier.organisme.id, [(Niveau.FORMATION, perdue.id, perdue.id, trace)], ())
    assert [e.get("numero") for e in lues(produire(base, atelier, le=au_guide))] == ["Autre"]
    bilan = examiner(base, atelier, au_guide)
    (une,) = bilan.ecartees
    (motif,) = une.motifs
    assert (une.id, bilan.formations, motif.niveau, motif.id) == (perdue.id, 1, Niveau.FORMATION, perdue.id)
    assert "U+2192" in motif.message


def ecartee(base, atelier, le):
    (une,) = examiner(base, atelier, le).ecartees
    return une


@pytest.mark.parametrize("caractere", ["œ", "\U0001f600"])
def test_a_number_that_the_file_cannot_carry_leads_to_itself(base, atelier, au_guide, caractere):
    formation = une_formation(atelier, VALIDEE, "F")
    action = atelier.action(formation.id, VALIDEE, numero=f"A{caractere}")
    session = atelier.session(action.id, VALIDEE, numero=f"S{caractere}")
    une = ecartee(base, atelier, au_guide)
    assert [(m.niveau, m.id, m.champ) for m in une.motifs] == [
        (Niveau.ACTION, action.id, "numero"), (Niveau.SESSION, session.id, "numero"),
    ]  # fmt: skip
    assert une.motifs[1].nom == dire("Numéro de la session, Session « {x} »", x=f"S{caractere}")
    assert all("rien ne le remplace" in raison for raison in une.raisons)


def test_an_address_of_the_internet_that_the_file_cannot_carry_is_never_replaced(base, atelier, au_guide):
    """« frœse@… » would be written to somebody else: its offer stays out until it is corrected."""
    contact = atelier.contact(courriel="frœse@essai.example")
    formation = une_formation(atelier, VALIDEE, "F")
    action = atelier.action(formation.id, VALIDEE, contact=contact, url="https://www.mœn.example")
    atelier.session(action.id, VALIDEE)
    une = ecartee(base, atelier, au_guide)
    assert {(m.niveau, str(m.id), m.champ) for m in une.motifs} == {
        (Niveau.ACTION, str(action.id), "url"), (Niveau.CONTACT, contact, "courriel"),
    }  # fmt: skip
    assert all("rien ne le remplace" in raison for raison in une.raisons)
    assert "œ" not in examiner(base, atelier, au_guide).releve.par_caractere


def test_a_text_that_its_replacements_make_too_long_is_told_by_its_field(base, atelier, publiable, au_guide):
    formation, _ = publiable("F", points_forts="x" * 254 + "…")
    (motif,) = ecartee(base, atelier, au_guide).motifs
    assert (motif.niveau, motif.id, motif.champ) == (Niveau.FORMATION, formation.id, "points_forts")
    assert motif.message == fr("Une fois remplacé, ce texte compterait 257 caractères : 255 au plus.")
    assert motif.nom == dire("Les points forts de la formation, Formation « F »")


def test_a_text_of_a_contact_or_a_place_is_corrected_there_and_counts_once(base, atelier, au_guide):
    sur_place, contact = atelier.contact(nom="Cœur"), atelier.contact(fonction="Œuvres œ")
    lieu = atelier.lieu(sur_place, denomination="Sœurs", accessibilite="œœœ \U0001f600")
    for identifiant in ("F", "G"):
        formation = une_formation(atelier, VALIDEE, identifiant)
        for numero, duree in (("A1", "24"), ("A2", "48")):
            action = atelier.action(
                formation.id, VALIDEE, numero=numero, duree=duree, lieu=lieu, contact=contact, adresse_information=lieu
            )  # fmt: skip
            atelier.session(action.id, VALIDEE, adresse_inscription=lieu)
    bilan = examiner(base, atelier, au_guide)
    oe = bilan.releve.par_caractere["œ"]
    assert (oe.fois, oe.champs) == (1 + 1 + 1 + 3, 4)
    assert {(un.niveau, un.entree, un.champ.nom) for un in oe.lieux} == {
        ("contact", sur_place, "nom"), ("contact", contact, "fonction"),
        ("lieu", lieu, "denomination"), ("lieu", lieu, "accessibilite"),
    }  # fmt: skip
    assert {un.numero for un in oe.lieux} == {"Sœurs", "Camille Cœur", "Camille Martin"}
    assert len(bilan.ecartees) == 2
    for une in bilan.ecartees:
        (motif,) = une.motifs
        assert (motif.niveau, str(motif.id), motif.champ) == (Niveau.LIEU, lieu, "accessibilite")
        assert motif.nom == dire("Accessibilité du bâtiment, Lieu « Sœurs »")


def test_what_the_schema_refuses_is_told_by_its_field(base, atelier, publiable, au_guide, monkeypatch):
    formation, action = publiable("F", 2)

    def changer(avant, apres):
        monkeypatch.setattr(
            export_edof, "ecrire_formation", lambda objet: ecrire_formation(objet).replace(avant, apres)
        )
        return ecartee(base, atelier, au_guide).motifs[0]

    lieu = atelier.relire(action).fiche.valeur("lieu")
    for avant, apres, cle, fin in (
        (b"<ligne>Salle Garonne<", b"<ligne> <", (Niveau.LIEU, lieu, "denomination"), "« Nom du lieu » est vide."),
        (b"20270301", b"20270231", (Niveau.SESSION, None, "debut"),
         "dans « Date de début », « 20270231 » n'est pas une date du calendrier (AAAAMMJJ)."),
        (b">Ascenseur.<", b">  <", (Niveau.ACTION, str(action.id), "acces_handicapes"), ""),
        (b"<intitule-formation>", b"<intitule-formation>" + b"x" * 300,
         (Niveau.FORMATION, str(formation.id), "intitule"), "caractères : 255 au plus."),
    ):  # fmt: skip
        motif = changer(avant, apres)
        assert (motif.niveau, motif.champ) == (cle[0], cle[2])
        assert cle[1] in {None, str(motif.id)}
        assert motif.message.startswith("Le portail refuserait ce champ")
        assert motif.message.endswith(fr(fin))
    # What is about no field is told of the formation, by the names of the file.
    motif = changer(b"</action>", b"<inconnu>x</inconnu></action>")
    assert (motif.niveau, motif.id, motif.champ) == (Niveau.FORMATION, formation.id, "")
    assert "inconnu" in motif.message


def test_a_session_without_a_number_is_told_as_such(base, atelier, publiable, au_guide):
    _, action = publiable("F", 1)
    atelier.session(action.id, BROUILLON, numero="", debut="2027-05-01")
    with base.lecture() as cnx:
        (offre,) = export_edof.offrir(cnx, atelier.organisme, au_guide)
    assert [motif.message for motif in offre.dehors] == [fr("La session sans numéro est un brouillon.")]


FACULTATIFS = ("conditions_specifiques", "restauration", "hebergement")


@pytest.mark.parametrize("blancs", [" ", "\u3000"])
def test_blanks_alone_in_what_nothing_asks_for_are_not_in_the_file(base, atelier, au_guide, blancs):
    formation = une_formation(atelier, VALIDEE, "F")
    lieu = atelier.lieu(complement=blancs, accessibilite=blancs)
    action = atelier.action(formation.id, VALIDEE, lieu=lieu, **dict.fromkeys(FACULTATIFS, blancs))
    session = atelier.session(action.id, VALIDEE, modalites_particulieres=blancs)
    avant = produire(base, atelier, le=au_guide)
    assert [element.get("numero") for element in lues(avant)] == ["F"]
    # As they were kept before they were nothing.
    with base.ecriture() as cnx:
        for table, noms, id_ in (
            (tables_arbre.action, FACULTATIFS, action.id),
            (tables_arbre.session, ["modalites_particulieres"], session.id),
            (tables_arbre.lieu, ["complement", "accessibilite"], UUID(lieu)),
        ):
            cnx.execute(update(table).where(table.c.id == id_).values(dict.fromkeys(noms, blancs)))
    assert examiner(base, atelier, au_guide).ecartees == []
    assert produire(base, atelier, le=au_guide) == avant


def test_another_organisation_is_never_in_the_file(base, atelier, publiable, au_guide):
    publiable("Mienne")
    autre = AtelierArbre(base)
    formation = une_formation(autre, VALIDEE, "Autre")
    autre.session(autre.action(formation.id, VALIDEE).id, VALIDEE)
    assert [e.get("numero") for e in lues(produire(base, atelier, le=au_guide))] == ["Mienne"]


def lancer(url, siret, sortie, *options):
    commande = ["exporter-edof", "--siret", siret, "--sortie", str(sortie), *options]
    return CliRunner().invoke(principal, commande, env={"DATABASE_URL": url})


def test_the_command_writes_the_file_and_says_what_stays_out(
    base, url_base, atelier, publiable, au_guide, tmp_path, monkeypatch
):
    with base.ecriture() as cnx:
        comptes_gardes.changer_date_reference(cnx, atelier.organisme.id, au_guide)
    publiable("Coeur", objectif="Le cœur du métier.")
    une_formation(atelier, BROUILLON, "Brouillon")
    sortie = tmp_path / "catalogue.xml"
    siret = atelier.organisme.siret
    refus = lancer(url_base, siret, sortie)
    assert refus.exit_code == 1
    assert not sortie.exists()
    assert "œ" in refus.stdout
    assert "U+0153" in refus.stdout
    # Nor would it be written once that is accepted: nobody accepts for nothing.
    assert "Brouillon" in refus.stdout
    assert "--accepter-les-remplacements" in refus.stderr
    # What somebody accepted on screen is accepted here; how far it is, is said beside.
    monkeypatch.setattr(cli_edof, "PAS", 1)
    with base.ecriture() as cnx:
        suivi_edof.accepter(cnx, atelier.organisme.id, {"œ": "oe"}, atelier.acte.maintenant, "Camille")
    faite = lancer(url_base, siret, sortie)
    assert faite.exit_code == 0
    # Never is a text changed in silence.
    assert "Caractères remplacés, ce qui a déjà été accepté" in faite.stdout
    assert "« œ » (U+0153, œ minuscule, e dans l’o) → « oe », 1 fois" in faite.stdout.replace("\xa0", " ")
    assert [ligne for ligne in faite.stderr.splitlines() if ligne.endswith("…")] == [
        "1\u00a0formation examinée…", "2\u00a0formations examinées…", "1\u00a0formation écrite…",
    ]  # fmt: skip
    with base.ecriture() as cnx:
        suivi_edof.accepter(cnx, atelier.organisme.id, {"œ": "o"}, atelier.acte.maintenant, "Camille")
    assert lancer(url_base, siret, sortie).exit_code == 1
    fait = lancer(url_base, siret, sortie, "--accepter-les-remplacements")
    assert fait.exit_code == 0, fait.stderr
    assert sortie.read_bytes() == produire(base, atelier, {"œ": "oe"}, au_guide)
    assert "1 formation, 1 action, 1 session, au format v5r2" in fait.stdout.replace("\xa0", " ")
    assert "Brouillon" in fait.stdout


def test_the_file_comes_out_of_the_command_alone(base, url_base, atelier, publiable, au_guide, tmp_path, monkeypatch):
    with base.ecriture() as cnx:
        comptes_gardes.changer_date_reference(cnx, atelier.organisme.id, au_guide)
    publiable("Coeur", objectif="Le cœur du métier.")
    une_formation(atelier, BROUILLON, "Brouillon")
    monkeypatch.chdir(tmp_path)
    refus = lancer(url_base, atelier.organisme.siret, "-")
    assert (refus.exit_code, refus.stdout_bytes) == (1, b"")
    fait = lancer(url_base, atelier.organisme.siret, "-", "--accepter-les-remplacements")
    assert fait.stdout_bytes == produire(base, atelier, {"œ": "oe"}, au_guide)
    assert "1 formation, 1 action, 1 session, au format v5r2" in fait.stderr.replace("\xa0", " ")
    assert "Brouillon" in fait.stderr
    assert not (tmp_path / "-").exists()


@pytest.mark.parametrize(
    ("env", "dite"),
    [
        ({"MODE": "demonstration"}, "28 novembre 2019"),
        ({"MODE": "demonstration", "DATE_REFERENCE": "2020-02-03"}, "3 février 2020"),
        ({"MODE": "demonstration", "DATE_REFERENCE": "aujourd'hui"}, ""), ({}, ""),
    ],
)  # fmt: skip
def test_the_command_counts_at_the_date_of_the_pages_and_says_which(
    url_base, atelier, tmp_path, env, dite, monkeypatch
):
    vus = []
    vrai = export_edof.examiner

    def examiner(cnx, organisme, le, avancer):
        vus.append(le)
        return vrai(cnx, organisme, le, avancer)

    monkeypatch.setattr(export_edof, "examiner", examiner)
    commande = ["exporter-edof", "--siret", atelier.organisme.siret, "--sortie", str(tmp_path / "f.xml")]
    fait = CliRunner().invoke(principal, commande, env={"MODE": None, "DATABASE_URL": url_base} | env)
    assert fait.exit_code == 0, fait.stderr
    (le,) = vus
    dit = fait.stdout.replace(INSECABLE, " ")
    assert [ligne for ligne in dit.splitlines() if "référence" in ligne] == (
        [f"Date de référence : le {dite}."] if dite else []
    )  # fmt: skip
    assert (date_longue(le).replace(INSECABLE, " ") == dite) == bool(dite)


def test_the_command_refuses_a_date_in_production(url_base, atelier, tmp_path):
    commande = ["exporter-edof", "--siret", atelier.organisme.siret, "--sortie", str(tmp_path / "f.xml")]
    refus = CliRunner().invoke(
        principal, commande, env={"MODE": "production", "DATABASE_URL": url_base, "DATE_REFERENCE": "2020-02-03"}
    )
    assert refus.exit_code == 1
    assert "DATE_REFERENCE" in refus.stderr


def test_the_command_names_the_fields_to_correct(base, url_base, atelier, publiable, au_guide, tmp_path):
    with base.ecriture() as cnx:
        comptes_gardes.changer_date_reference(cnx, atelier.organisme.id, au_guide)
    _, action = publiable("F")
    publiable("G", points_forts="x" * 254 + "…")
    contact = UUID(atelier.relire(action).fiche.valeur("contact"))
    with base.ecriture() as cnx:
        cnx.execute(update(tables_arbre.contact).where(tables_arbre.contact.c.id == contact).values(telephone=""))
    fait = lancer(url_base, atelier.organisme.siret, tmp_path / "f.xml", "--accepter-les-remplacements")
    dit = " ".join(fait.stdout.replace(INSECABLE, " ").split())
    assert "la plus proche est « A1 ». À corriger : Lieu de formation, Contact pour s’informer." in dit
    assert "la plus proche est « S0 », de l’action « A1 ». À corriger : Contact d’inscription." in dit
    assert "255 au plus. (Les points forts de la formation, Formation « G »)" in dit


@pytest.mark.parametrize("siret", ["12345678200010", "12345678200099", "abc"])
def test_the_command_says_that_nobody_has_a_siret(url_base, siret, tmp_path):
    refus = lancer(url_base, siret, tmp_path / "catalogue.xml")
    assert refus.exit_code == 1
    assert "SIRET" in refus.stderr
    assert "Traceback" not in refus.stderr
