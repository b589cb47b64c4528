"""Two thousand files that something has mangled: each is read, or refused by a French sentence, and nothing else."""

import io
import random

import pytest
from lxml import etree

from tests.edof.test_schema import EXEMPLE
from webapp.edof.fichier import FichierRefuse, encodage, parcourir
from webapp.edof.lecture import lire_formation

COMBIEN = 2_000
_BOUTS = (
    b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?x", b"?>", b"<formation>", b"</formation>", b"<formation ", b"<offres>",
    b"</offres>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"\x00", b"&", b"<", b">", b"'", b'"', b"\xef\xbb\xbf", b"\r",
    b"\xff\xfe", b"\xe9", b"&#233;", b"&e;", b":",
)  # fmt: skip
_ENCODAGES = ("utf-8", "utf-16", "utf-8-sig", "utf-32")


def tronquer(octets, hasard):
    return octets[: hasard.randrange(len(octets) + 1)]


def couper_au_milieu(octets, hasard):
    de, a = sorted(hasard.randrange(len(octets)) for _ in range(2))
    return octets[:de] + octets[a:]


def repeter(octets, hasard):
    de, a = sorted(hasard.randrange(len(octets)) for _ in range(2))
    return octets[:a] + octets[de:]


def echanger(octets, hasard):
    change = bytearray(octets)
    for _ in range(hasard.randrange(1, 6)):
        un, autre = (hasard.randrange(len(change)) for _ in range(2))
        change[un], change[autre] = change[autre], change[un]
    return bytes(change)


def alterer(octets, hasard):
    change = bytearray(octets)
    for _ in range(hasard.randrange(1, 6)):
        change[hasard.randrange(len(change))] = hasard.randrange(256)
    return bytes(change)


def inserer(octets, hasard):
    ou = hasard.randrange(len(octets))
    return octets[:ou] + hasard.choice(_BOUTS) + octets[ou:]


def creuser(octets, hasard):
    ou = hasard.randrange(len(octets))
    return octets[:ou] + b"<a>" * hasard.choice((10, 300, 3_000)) + octets[ou:]


def mentir(octets, hasard):
    return octets.replace(b"ISO-8859-1", hasard.choice((b"UTF-8", b"utf-16", b"cp1252", b"ISO-8859-15", b"xx", b"")), 1)


def recoder(octets, hasard):
    return octets.decode("iso-8859-1").encode(hasard.choice(_ENCODAGES))


@pytest.mark.parametrize(
    "abimer",
    [tronquer, couper_au_milieu, repeter, echanger, alterer, inserer, creuser, mentir, recoder],
    ids=lambda abimer: abimer.__name__,
)
def test_a_mangled_file_is_read_or_refused_by_a_sentence(abimer):
    hasard = random.Random(abimer.__name__)  # noqa: S311 - chance, not a secret
    sains = [EXEMPLE.encode("iso-8859-1"), EXEMPLE.replace("ISO-8859-1", "UTF-8", 1).encode()]
    lus, dits = 0, set[str]()
    for _ in range(COMBIEN // 9 + 1):
        octets = abimer(hasard.choice(sains), hasard)
        if hasard.random() < 0.2:
            octets = alterer(octets or b"x", hasard)
        try:
            dit = encodage(io.BytesIO(octets))
            for lu_en in {dit.declare, dit.reel}:
                # As they are cut, each is looked at by itself only once the whole file has been read.
                lues = [(lue, lue.ligne_de("{*}action")) for lue in parcourir(io.BytesIO(octets), lu_en)]
                for lue, _ in lues:
                    lire_formation(etree.fromstring(lue.xml), [])
                lus += len(lues)
        except FichierRefuse as refus:
            dits.add(refus.message)
    assert all(message.endswith(".") for message in dits)
    assert lus or abimer in {tronquer, creuser, recoder}
