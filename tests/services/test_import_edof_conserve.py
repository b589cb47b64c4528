"""What a file holds and no field does: given back by the export where the portal takes it, told as lost where not."""

import json
import os
import re
from pathlib import Path

import pytest
from lxml import etree

from tests.builders_arbre import LE as LE_2026
from tests.builders_arbre import AtelierArbre
from tests.builders_import import TERMINEE, AtelierImport
from tests.services.test_import_edof_bizarre import publie
from tests.services.test_import_edof_d_ailleurs import EXEMPLE, de, dit, lues, remplacer
from webapp.edof.canonique import canonique
from webapp.edof.ecriture import ecrire_formation
from webapp.services import export_edof

OFFICIEL = os.environ.get("EDOF_OFFICIEL", "")


@pytest.fixture
def atelier(base_sqlite):
    return AtelierImport(base_sqlite, AtelierArbre(base_sqlite), LE_2026)


@pytest.fixture
def exemple(atelier):
    """Our sample without the formation that is a draft."""
    bilan = rb'    <formation numero="BILAN_1".*?</formation>\n'
    return remplacer(de(atelier, EXEMPLE), bilan, b"")


def entres(atelier, octets):
    """Bring a file in; give what is told of it, what an export then gives, and why the rest stays out."""
    tache = atelier.importer(octets)
    assert tache.etat is TERMINEE, tache.raison
    sorties, raisons = publie(atelier)
    return dit(atelier, tache), sorties, raisons


def tenir_l_officiel(elements):
    """Have the official schema take what goes out, where it is."""
    if OFFICIEL:
        schema = etree.XMLSchema(etree.parse(next(Path(OFFICIEL).glob("*.xsd"))))
        for element in elements.values():
            assert schema.validate(element.getroottree()), schema.error_log


BIDULE = b'<extra info="bidule">x</extra>'
INCONNUS = {
    "formation": (rb'(<extras info="formation">)', BIDULE),
    "formation, un bloc": (rb'(<extras info="formation">)', b'<extras info="truc" numero="1">' + BIDULE + b"</extras>"),
    "formation, deux": (rb'(<extra info="resume-contenu">[^<]*</extra>)', BIDULE + BIDULE.replace(b">x<", b">y<")),
    "action, en tete": (rb'(<extras info="action">)', BIDULE),
    "action, en queue": (rb'(<extra info="existence-prerequis">[^<]*</extra>)', BIDULE),
    "action, les frais": (rb'(<extra info="frais-ttc">[^<]*</extra>)', BIDULE),
    "session": (rb'(<extra info="garantie">[^<]*</extra>)', b'<extra info="nombre-places">12</extra>'),
    "adresse": (rb'(<extra info="libelle-voie">[^<]*</extra>)', BIDULE),
    "sans nom": (rb'(<extra info="garantie">[^<]*</extra>)', b"<extra>x</extra>"),
    "nom libre": (rb'(<extra info="garantie">[^<]*</extra>)', b'<extra info="Une info">x</extra>'),
    "retire ailleurs": (rb'(<extra info="garantie">[^<]*</extra>)', b'<extra info="frais-anpec">10.00</extra>'),
    "coordonnees": (rb"(<courriel>durand@[^<]*</courriel>)", b'<extras info="badge">' + BIDULE + b"</extras>"),
    "lieu-de-formation": (rb"(</coordonnees>)(?=\s*</lieu-de-formation>)", b"<extras>" + BIDULE + b"</extras>"),
}


@pytest.mark.parametrize("cas", INCONNUS)
def test_what_is_kept_of_a_file_goes_out_again_as_it_came(atelier, exemple, cas):
    apres, ajout = INCONNUS[cas]
    avec = remplacer(exemple, apres, rb"\g<1>" + ajout)
    paroles, sorties, raisons = entres(atelier, avec)
    assert raisons == []
    assert not paroles
    attendues = {e.get("numero"): canonique(e) for e in lues(avec)}
    assert {numero: canonique(e) for numero, e in sorties.items()} == attendues
    tenir_l_officiel(sorties)


def test_what_a_contact_does_keeps_its_own_extras_beside_it(atelier, exemple):
    avec = remplacer(exemple, rb'(<extra info="fonction">[^<]*</extra>)', rb"\g<1>" + BIDULE)
    paroles, sorties, raisons = entres(atelier, avec)
    assert (paroles, raisons) == ("", [])
    assert {n: canonique(e) for n, e in sorties.items()} == {e.get("numero"): canonique(e) for e in lues(avec)}


def test_an_unknown_extra_that_no_import_has_kept_is_still_refused(atelier, exemple, monkeypatch):
    """The check passes over what was kept, and over nothing else that looks like it."""
    avec = remplacer(exemple, rb'(<extra info="garantie">[^<]*</extra>)', rb"\g<1>" + BIDULE)
    _, sorties, raisons = entres(atelier, avec)
    assert sorties
    assert raisons == []

    def ecrire_de_trop(objet):
        return ecrire_formation(objet).replace(b'<extra info="bidule">x<', b'<extra info="bidule">y<')

    monkeypatch.setattr(export_edof, "ecrire_formation", ecrire_de_trop)
    sorties, raisons = publie(atelier)
    assert sorties == {}
    assert "bidule" in raisons[0]


CONTACT = (
    b'<extra info="contact-information"><coordonnees numero="Z"><nom>DUPUIS</nom><prenom>Claire</prenom>'
    b"<telfixe><numtel>0299123456</numtel></telfixe><courriel>contact@alpha.example</courriel></coordonnees></extra>"
)
RESUME = rb'(<extra info="resume-contenu">[^<]*</extra>)'
DOUBLES = {
    "un extra d'action": (
        rb'(<extra info="duree-apprentissage">[^<]*</extra>)', b'<extra info="duree-apprentissage">70</extra>',
        "duree-apprentissage",
    ),
    "un extra de formation": (RESUME, b'<extra info="resume-contenu">Autre</extra>', "resume-contenu"),
    "un extra de session": (
        rb'(<extra info="garantie">[^<]*</extra>)', b'<extra info="garantie">0</extra>', "garantie",
    ),
    "un extra d'adresse": (
        rb'(<extra info="libelle-voie">[^<]*</extra>)', b'<extra info="libelle-voie">de Trop</extra>', "libelle-voie",
    ),
    "un contact": (
        rb'(<extra info="existence-prerequis">)', CONTACT, "contact-information",
    ),
    "les extras d'une formation": (
        rb"(</extras>)(?=\s*</formation>)",
        b'<extras info="formation"><extra info="resume-contenu">Autre</extra></extras>',
        "formation",
    ),
    "les extras d'une action": (
        rb"(</extras>)(?=\s*</action>)", b'<extras info="action"><extra info="existence-prerequis">0</extra></extras>',
        "action",
    ),
    "un bloc sans nom": (rb"(</extras>)(?=\s*</session>)", b"<extras>" + BIDULE + b"</extras>", "extras"),
    "un bloc d'un autre nom": (
        rb"(</extras>)(?=\s*</session>)", b'<extras info="truc">' + BIDULE + b"</extras>", "truc",
    ),
    "deux blocs de coordonnees": (
        rb"(<courriel>durand@[^<]*</courriel>)", b'<extras info="un">' + BIDULE + b'</extras><extras info="deux"/>',
        "deux",
    ),
    "les frais": (
        rb'(<extra info="frais-ttc">[^<]*</extra>\s*</extras>)',
        b'<extras info="frais-pedagogiques"><extra info="frais-ht">1.00</extra></extras>', "frais-pedagogiques",
    ),
    "un element parmi les extras": (rb'(<extra info="garantie">[^<]*</extra>)', b"<machin>x</machin>", "machin"),
    "un bloc mal fait": (
        rb'(<extra info="garantie">[^<]*</extra>)', b'<extras info="truc"><machin>x</machin></extras>', "truc",
    ),
}  # fmt: skip


@pytest.mark.parametrize("cas", DOUBLES)
def test_what_the_portal_would_refuse_is_told_as_lost_and_shuts_nothing_out(atelier, exemple, cas):
    motif, ajout, nom = DOUBLES[cas]
    avec = remplacer(exemple, motif, ajout + rb"\g<1>" if cas == "un contact" else rb"\g<1>" + ajout)
    paroles, sorties, raisons = entres(atelier, avec)
    assert raisons == []
    assert sorties.keys() == {e.get("numero") for e in lues(exemple)}
    assert re.search(rf"Ligne \d+, «\s{nom}\s»\s: élément inconnu, ou donné deux fois", paroles), paroles
    tenir_l_officiel(sorties)
    # Whole files come again: nothing of them changes.
    assert set(atelier.sorts(atelier.deposer(avec)).values()) == {"inchange"}


def test_what_an_import_of_before_kept_and_the_portal_refuses_shuts_nothing_out(atelier, exemple):
    atelier.importer(exemple)
    trop = '<extra info="garantie">0</extra>'
    with atelier.base.ecriture() as cnx:
        contenu = json.dumps({"reste": [["session", "garantie", trop]], "valeurs": {}, "numeros": {}})
        cnx.exec_driver_sql("UPDATE edof_session_formation SET contenu = ?", (contenu,))
    sorties, raisons = publie(atelier)
    assert raisons == []
    assert len(sorties) == len(lues(exemple))


@pytest.mark.parametrize(
    ("quoi", "ecrit"),
    [
        ("adresse", None), ("coordonnees", None), ("adresse", b""), ("adresse", b"  "), ("coordonnees", b"  "),
        ("adresse", b"1&#10;2"), ("adresse", b"9" * 200), ("coordonnees", b"9" * 200), ("adresse", b"&#339;uf"),
        ("coordonnees", b"&#339;uf"),
    ],
)  # fmt: skip
def test_a_contact_or_an_address_whose_number_the_portal_refuses_has_ours_and_goes_out(atelier, exemple, quoi, ecrit):
    par = b"" if ecrit is None else b' numero="' + ecrit + b'"'
    avec = remplacer(exemple, rf'<{quoi} numero="[^"]*"'.encode(), f"<{quoi}".encode() + par)
    paroles, sorties, raisons = entres(atelier, avec)
    assert raisons == []
    assert sorties.keys() == {e.get("numero") for e in lues(exemple)}
    assert re.search(rf"Ligne \d+, «\s{quoi} @numero\s»\s: .*le nôtre", paroles), paroles
    numeros = {un.get("numero") for e in sorties.values() for un in e.iter(f"{{*}}{quoi}")}
    assert all(re.fullmatch("[0-9A-F]{12}", numero) for numero in numeros)
    tenir_l_officiel(sorties)
    assert set(atelier.sorts(atelier.deposer(avec)).values()) == {"inchange"}


def test_what_was_kept_with_quotes_of_a_word_processor_goes_out_once_they_are_replaced(atelier, exemple):
    """Within an attribute, what stands for “ would end it."""
    outil = b'<extra info="outil" libelle="dit &#8220;oui&#8221;">l&#8217;&#8220;outil&#8221;</extra>'
    avec = remplacer(exemple, rb'(<extra info="garantie">[^<]*</extra>)', rb"\g<1>" + outil)
    atelier.importer(avec)
    with atelier.base.lecture() as cnx:
        bilan = export_edof.examiner(cnx, atelier.organisme, LE_2026)
        acceptes = {r.caractere: r.remplacement or "" for r in bilan.releve.par_caractere.values()}
        octets = b"".join(export_edof.produire(cnx, atelier.organisme, LE_2026, acceptes))
    assert set(acceptes) == {"\u2019", "\u201c", "\u201d"}
    assert bilan.ecartees == []
    rendus = [un for e in lues(octets) for un in e.iter("{*}extra") if un.get("info") == "outil"]
    assert rendus
    assert {(un.get("libelle"), un.text) for un in rendus} == {('dit "oui"', 'l\'"outil"')}


@pytest.mark.parametrize("seul", ["un", "deux", "trois"])
def test_what_was_kept_and_a_new_file_does_not_say_is_kept_still(atelier, exemple, seul):
    tous = {nom: b'<extra info="%s">x</extra>' % nom.encode() for nom in ("un", "deux", "trois")}
    dans = rb'(<extra info="garantie">[^<]*</extra>)'
    entres(atelier, remplacer(exemple, dans, rb"\g<1>" + b"".join(tous.values())))
    avant, _ = publie(atelier)
    autre = remplacer(remplacer(exemple, dans, rb"\g<1>" + tous[seul]), rb"<transport>[^<]*", b"<transport>Tramway")
    _, sorties, raisons = entres(atelier, autre)
    assert raisons == []
    assert {n: canonique(e) for n, e in sorties.items()} != {n: canonique(e) for n, e in avant.items()}
    trouves = [un.get("info") for e in sorties.values() for un in e.iter("{*}extra") if un.get("info") in tous]
    assert trouves
    assert trouves == [un.get("info") for e in avant.values() for un in e.iter("{*}extra") if un.get("info") in tous]
