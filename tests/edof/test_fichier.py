"""A file is read in the encoding that it is of, formation by formation; what is no catalogue is refused in words."""

import codecs
import io
import re
from pathlib import Path
from random import Random
from typing import cast

import pytest
from lxml import etree

from webapp.domain.textes import fr
from webapp.edof import fichier
from webapp.edof.canonique import canonique
from webapp.edof.ecriture import PIED, ecrire_formation, entete
from webapp.edof.fichier import (
    FORMATION_MAX,
    LATIN_1,
    UTF_8,
    WINDOWS,
    Alentours,
    FichierRefuse,
    encodage,
    parcourir,
)
from webapp.edof.lecture import Remarque, lire_formation
from webapp.edof.objets import Objet
from webapp.registre.flux import TAMPON

OCTETS = Path(__file__).with_name("exemple.xml").read_bytes()
TEXTE = OCTETS.decode("iso-8859-1")


def lire(octets: bytes, lu_en: str = LATIN_1) -> list[Objet]:
    remarques: list[Remarque] = []
    return [lire_formation(lue.element, remarques) for lue in parcourir(io.BytesIO(octets), lu_en)]


def declare(nom: str, octets: bytes) -> bytes:
    return octets.replace(b'encoding="ISO-8859-1"', f'encoding="{nom}"'.encode())


@pytest.mark.parametrize(
    ("octets", "dit", "reel"),
    [
        (OCTETS, LATIN_1, LATIN_1),
        (declare("latin1", OCTETS), LATIN_1, LATIN_1),
        (declare("UTF-8", TEXTE.encode()), UTF_8, UTF_8),
        (declare("UTF-8", b"\xef\xbb\xbf" + TEXTE.encode()), UTF_8, UTF_8),
        (OCTETS.replace(b' encoding="ISO-8859-1"', b""), UTF_8, LATIN_1),
        (TEXTE.encode(), LATIN_1, UTF_8),
        (declare("UTF-8", OCTETS), UTF_8, LATIN_1),
        (TEXTE.replace("Écouter", "L\u2019écoute").encode("cp1252"), LATIN_1, WINDOWS),
        (declare("windows-1252", OCTETS), WINDOWS, WINDOWS),
        (TEXTE.encode("ascii", "ignore"), LATIN_1, LATIN_1),
    ],
)
def test_the_encoding_is_found_from_the_bytes(octets, dit, reel):
    flux = io.BytesIO(octets)
    trouve = encodage(flux)
    assert (trouve.declare, trouve.reel) == (dit, reel)
    assert bool(trouve.explication) == (dit != reel)
    assert flux.tell() == 0


@pytest.mark.parametrize("taille", [65_535, 65_536, 65_537])
def test_a_letter_cut_between_two_readings_is_still_one(taille):
    octets = b'<?xml version="1.0"?><!--' + b"x" * (taille - 25) + "é".encode() + b"--><lheo/>"
    assert encodage(io.BytesIO(octets)).reel == UTF_8


def test_read_as_it_is_the_words_are_right_and_read_as_it_says_they_are_not():
    tort = TEXTE.encode()
    assert lire(tort, encodage(io.BytesIO(tort)).reel) == lire(OCTETS)
    assert "Ã" in str(lire(tort))


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (b"", "vide"),
        (b" \n", "vide"),
        (codecs.BOM_UTF8 + b" \n", "vide"),
        (TEXTE.encode("utf-16"), "UTF-16"),
        (TEXTE.encode("utf-16-le"), "UTF-16"),
        (b"PK\x03\x04 an archive", "pas du XML.*ZIP"),
        (b"\x1f\x8b\x08\x00 a catalogue", "pas du XML.*archive"),
        (b"%PDF-1.7 a guide", "pas du XML.*PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "pas du XML.*image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "pas du XML.*image"),
        (b"\0\0\0\x18ftypmp42", "pas du XML"),
        (b"numero;intitule\n", "pas du XML"),
        (OCTETS.decode("iso-8859-1").encode("utf-32"), "UTF-32"),
        (codecs.BOM_UTF8 + OCTETS, "marque d’UTF-8"),
        (declare("EBCDIC-FR", OCTETS), "encodage"),
        (declare("klingon", OCTETS), "encodage"),
        (OCTETS.replace(b"<lheo", b'<!DOCTYPE lheo SYSTEM "file:///etc/passwd"><lheo', 1), "DTD"),
        (OCTETS.replace(b"<lheo", b'<!DOCTYPE lheo [<!ENTITY a "b">]><lheo', 1), "DTD"),
        (b"<!doctype html><html><head><title>Catalogue</title></head></html>", "c’est une page web"),
        (b'\n<HTML lang="fr"><body>Catalogue</body></HTML>', "c’est une page web"),
        (b"<!-- of a tool --><html>", "c’est une page web"),
    ],
)
def test_what_cannot_be_read_at_all_is_refused_before_it_is_parsed(octets, dit):
    with pytest.raises(FichierRefuse, match=dit) as refus:
        encodage(io.BytesIO(octets))
    assert refus.value.message == fr(refus.value.message)


LIGNE = OCTETS[: OCTETS.index(b"Ascenseur")].count(b"\n") + 1


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (b"<catalogue/>", "lheo"),
        (b"<a><b/></a>", "lheo"),
        (
            OCTETS.replace(b"https://www.of.moncompteformation.gouv.fr", b"http://www.lheo.org/2.2"),
            "2019.*v5r2.*CERTIFINFO",
        ),
        (OCTETS.replace(b"https://www.of.moncompteformation.gouv.fr", b"urn:autre"), "espace de noms"),
        (OCTETS[: len(OCTETS) // 2], "abîmé"),
        (OCTETS.replace(b"</transport>", b"</transports>", 1), "abîmé"),
        (OCTETS.replace(b"Ascenseur", b"&eacute;", 1), f"abîmé.*ligne {LIGNE}.*&eacute;"),
        (OCTETS.replace(b"Ascenseur", b"R & D", 1), f"abîmé.*ligne {LIGNE}.*«.&.».*&amp;"),
        (OCTETS.replace(b"Ascenseur", b"R&D, etc.", 1), f"abîmé.*ligne {LIGNE}.*«.&.».*&amp;"),
        (OCTETS.replace(b"Ascenseur", b"moins de < 10", 1), f"abîmé.*ligne {LIGNE}.*«.<.».*&lt;"),
        (OCTETS.replace(b"Ascenseur", b"a\x01b", 1), f"abîmé.*ligne {LIGNE}.*caractère de contrôle"),
        (OCTETS.replace(b"Ascenseur", b"a&#1;b", 1), f"abîmé.*ligne {LIGNE}.*caractère de contrôle"),
        (OCTETS.replace(b"Ascenseur", b"a\0b", 1), f"abîmé.*ligne {LIGNE}.*caractère de contrôle"),
        (
            OCTETS.replace(b"Ascenseur", b"Ascenseur</b>", 1),
            f"abîmé.*ligne {LIGNE}.*ouvert à la ligne .*fermé par «.b.»",
        ),
        (OCTETS + b"<lheo/>", "abîmé.*suit la fin du catalogue"),
        (b"\n" + OCTETS, "abîmé.*ligne 2.*commencer le fichier"),
        (b"<lheo>" + b"<a>" * 400, "abîmé.*emboît"),
        (b"<lheo>" + b"<a>" * 3000 + b"</a>" * 3000 + b"</lheo>", "abîmé.*emboît.*255 niveaux"),
        (b'<lheo><!DOCTYPE a [<!ENTITY a "b">]></lheo>', "abîmé"),
    ],
)
def test_what_is_no_catalogue_or_is_broken_is_refused_in_words(octets, dit):
    with pytest.raises(FichierRefuse, match=dit) as refus:
        lire(octets)
    assert refus.value.message == fr(refus.value.message)


def test_a_formation_without_end_is_refused_before_it_fills_the_memory():
    debut = entete() + b'<formation numero="A">'

    class SansFin(io.RawIOBase):
        lus = 0

        def readable(self) -> bool:
            return True

        def readinto(self, place) -> int:
            donne = (debut + b"<extra>x</extra>" * len(place))[: len(place)] if not self.lus else b"x" * len(place)
            place[:] = donne
            self.lus += len(place)
            return len(place)

    with pytest.raises(FichierRefuse, match="mégaoctets"):
        list(parcourir(io.BufferedReader(SansFin()), LATIN_1))
    assert SansFin.lus <= FORMATION_MAX


def test_a_formation_is_forgotten_once_it_has_been_read():
    objet = lire(OCTETS)[0]
    octets = entete() + ecrire_formation(objet) * 50 + PIED
    vus = []
    for lue in parcourir(io.BytesIO(octets), LATIN_1):
        parent = lue.element.getparent()
        assert parent is not None
        vus.append(len(parent))
    assert len(vus) == 50
    # No more than what the parser reads at once.
    assert max(vus) <= TAMPON // len(ecrire_formation(objet)) + 2


def test_mangled_files_are_read_or_refused_in_words_and_nothing_else():
    hasard = Random(20261126)  # noqa: S311 - faults drawn, the same at each run
    refuses = []
    for _ in range(400):
        octets = bytearray(OCTETS[:14_000] + OCTETS[-60:])
        for _ in range(hasard.choice([1, 1, 3, 20])):
            debut = hasard.randrange(len(octets))
            geste = hasard.randrange(4)
            if geste == 0:
                octets[debut] = hasard.randrange(256)
            elif geste == 1:
                del octets[debut : debut + hasard.randrange(1, 200)]
            elif geste == 2:
                octets[debut:debut] = octets[hasard.randrange(len(octets)) :][: hasard.randrange(1, 200)]
            else:
                autre = hasard.randrange(len(octets))
                octets[debut], octets[autre] = octets[autre], octets[debut]
        try:
            lire(bytes(octets), encodage(io.BytesIO(octets)).reel)
        except FichierRefuse as refus:
            refuses.append(refus.message)
    assert len(refuses) > 100
    assert all(message.endswith(".") for message in refuses)


COMMENTEE = """<lheo>
<!-- of a tool,
<!DOCTYPE lheo [<!ENTITY a "b">]>
<formation> -->
<offres>
  <formation numero="A"
    datecrea="20260101"
    datemaj="20260101"><!-- three
      lines <formation>
      --><intitule-formation
      >Un</intitule-formation
    >
    <objectif-formation>a&#10;b
c</objectif-formation> <resultats-attendus>x</resultats-attendus>
    <?outil un
      deux?><contenu-formation><![CDATA[<formation>
      </formation> & <!-- -->]]></contenu-formation>
    <action numero="1"/><action
      numero="2" > <session
  numero=">"/> </action>
    <extras info="formation"><extra info="a"><formation numero="B"/><b/></extra></extras>
  </formation>
  <!-- </formation> -->
  <l:formation xmlns:l="urn:autre" numero="C"><extras/>
    <extras/></l:formation>
</offres>
</lheo>
"""


@pytest.mark.parametrize("fin", ["\n", "\r\n"])
@pytest.mark.parametrize("avant", [0, 65_520, 70_000, 200_000])
def test_each_element_of_a_formation_is_told_at_the_line_where_its_mark_begins(fin, avant):
    texte = COMMENTEE.replace("<offres>", "\n" * avant + "<offres>").replace("\n", fin)
    attendues = [
        [texte[: lu.start()].count("\n") + 1 for lu in re.finditer(rf"<(?={marques})", texte)]
        for marques in (
            r"formation numero=\"A|intitule|objectif|resultats|contenu|action|session|extra(?!s/)|formation num.*B|b/",
            r"l:formation|extras/",
        )
    ]
    trouvees = []
    for lue in parcourir(io.BytesIO(texte.encode()), UTF_8):
        relue = etree.fromstring(lue.xml)
        assert canonique(relue) == canonique(lue.element)
        lignes = [(un, cast("int", un.sourceline)) for un in relue.iter(etree.Element)]
        trouvees.append([lue.ligne + relative - 1 for _, relative in lignes])
        numero = next((relative for un, relative in lignes if un.tag == "session"), 1)
        assert lue.ligne_de(".//session") == lue.ligne + numero - 1
    assert trouvees == attendues


@pytest.mark.parametrize("taille", [1, 2, 3, 7, 64, TAMPON])
def test_the_lines_are_the_same_however_the_bytes_come(taille, monkeypatch):
    attendues = [(lue.ligne, lue.xml) for lue in parcourir(io.BytesIO(COMMENTEE.encode()), UTF_8)]
    monkeypatch.setattr(fichier, "TAMPON", taille)
    assert [(lue.ligne, lue.xml) for lue in parcourir(io.BytesIO(COMMENTEE.encode()), UTF_8)] == attendues


def test_a_name_longer_than_any_costs_its_lines_alone():
    nom = b"p" * 300
    octets = OCTETS.replace(b"<formation ", b'<%s:formation xmlns:%s="urn:x" ' % (nom, nom), 1)
    octets = octets.replace(b"</formation>", b"</%s:formation>" % nom, 1)
    assert len([lue for lue in parcourir(io.BytesIO(octets), LATIN_1) if lue.xml]) == 4


def test_a_formation_that_loses_no_line_is_kept_as_it_is_written():
    lue = next(parcourir(io.BytesIO(OCTETS), LATIN_1))
    assert lue.xml == etree.tostring(lue.element, encoding="utf-8", with_tail=False)
    assert lue.ligne == OCTETS[: OCTETS.index(b"<formation ")].count(b"\n") + 1


DEDANS = b'<formation numero="B"><action numero="2"/></formation>'


@pytest.mark.parametrize(
    "ajout",
    [DEDANS, b"<offres>" + DEDANS + b"</offres>", b"<lheo><offres>" + DEDANS + b"</offres></lheo>"],
    ids=["a formation", "offers", "a catalogue"],
)
@pytest.mark.parametrize("dans", ["formation", "session", "around", "after"])
def test_what_an_extra_holds_is_no_offer_whatever_it_is_called(ajout, dans):
    extra = b'<extra info="libre">' + ajout + b"</extra>"
    ou = {"around": b"<offres>", "after": b"</offres>"}.get(dans, b'<extras info="%s">' % dans.encode())
    assert ou in OCTETS
    alentours = Alentours()
    avec = OCTETS.replace(ou, ou + extra, 1)
    lues = [
        (lue.element.get("numero"), ajout in lue.xml)
        for lue in parcourir(io.BytesIO(avec), LATIN_1, alentours=alentours)
    ]
    assert [numero for numero, _ in lues] == [objet.numero for objet in lire(OCTETS)]
    dehors = dans in {"around", "after"}
    assert [tenu for _, tenu in lues].count(True) == (not dehors)
    assert [un.nom for un in alentours.nommes] == ["libre"] * dehors


LONG = b"<!-- " + b"x" * 70_000 + b" -->"
DTD = b'<!DOCTYPE lheo [<!ENTITY a "b"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    "avant", [b"", b"<!-- a > -->", b"<?un deux?>\n", LONG, b"<?un" + LONG[4:-3] + b"?>", b"\n" * 70_000]
)
@pytest.mark.parametrize("ecrit", [DTD, DTD.replace(b"lheo", b"html"), b"<!DOCTYPE\nlheo>", b'<!ENTITY a "b">'])
@pytest.mark.parametrize("lu_en", [LATIN_1, WINDOWS, UTF_8])
def test_a_document_type_is_refused_before_anything_is_parsed_wherever_it_stands(avant, ecrit, lu_en, monkeypatch):
    octets = OCTETS.replace(b"<lheo", avant + ecrit + b"<lheo", 1)
    with pytest.raises(FichierRefuse, match="DTD"):
        encodage(io.BytesIO(octets))
    vus: list[object] = []
    monkeypatch.setattr(fichier, "_verifier_la_racine", vus.append)
    with pytest.raises(FichierRefuse, match="DTD"):
        lire(octets, lu_en)
    assert vus == []


@pytest.mark.parametrize("ecrit", [b"<!DOCTYPE html><p>x</p>", b'<!ENTITY a "b">'])
@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        (b"<transport><![CDATA[", b"]]>"),
        (b"<transport><!-- ", b" -->"),
        (b"<transport><?outil ", b"?>"),
        (b"<!-- ", b" --><lheo"),
        (b"<?outil ", b"?><lheo"),
    ],
)
def test_what_speaks_of_a_document_type_and_declares_none_is_read(ecrit, avant, apres):
    octets = OCTETS.replace(b"<lheo" if apres.endswith(b"<lheo") else b"<transport>", avant + ecrit + apres, 1)
    assert encodage(io.BytesIO(octets)).dit_vrai
    assert len(lire(octets)) == 4
