"""The bytes of a file that somebody sends: their encoding, found before anything is parsed; then its formations.

A file may say ISO-8859-1 and hold UTF-8, or the reverse, or be of Windows: parsed as it says, « é » would be « Ã© » in
a catalogue. Which it is, is found from the bytes and told; a person chooses. No document type, no entity, nothing from
outside; what one formation may weigh is bounded, so that memory is.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, NamedTuple, cast

from lxml import etree

from webapp.domain.refus import RefusMetier
from webapp.domain.sortes_de_fichiers import sorte
from webapp.domain.textes import couper, dire, fr
from webapp.edof.formats import ACTUEL, ESPACES_ANCIENS, RETIRES
from webapp.edof.reperes import Reperes
from webapp.registre.flux import TAMPON, Compte
from webapp.registre.xml_v4 import oublier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

FORMATION_MAX = 32 << 20
"""Bytes between the ends of two formations: one of 200 actions of 50 sessions takes about seventeen millions."""
BALISES_MAX = 2_000_000
"""Marks and attributes within as many bytes: each takes a hundred bytes of memory, whatever its own length."""
_PROLOGUE_MAX = 1 << 16

_DECLARATION = re.compile(rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_HAUTS = re.compile(rb"[\x80-\xff]")
# What Windows has there and ISO-8859-1 has not: its quotes, its dashes, « œ », « € ».
_DE_WINDOWS = re.compile(rb"[\x80-\x9f]")
WINDOWS, UTF_8, LATIN_1 = "windows-1252", "utf-8", "iso-8859-1"
_DE_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, "<".encode("utf-16-le"), "<".encode("utf-16-be"))
_DE_UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_MARQUE_FAUSSE = fr(
    "Ce fichier commence par la marque d'UTF-8 (BOM), et n'est pas en UTF-8 : enregistrez-le de nouveau en "
    "ISO-8859-1 ou en UTF-8."
)
_PAS_DU_XML = fr("Ce fichier n'est pas du XML : choisissez le catalogue que le portail ou votre outil a exporté.")
_TYPE_DE_DOCUMENT = fr("Ce fichier déclare un type de document (DTD) : il est refusé.")
_PAGE_WEB = re.compile(rb"(?is)(?:\xef\xbb\xbf)?(?:\s|<!--.*?-->)*<(?:!doctype\s+html\b|html\b)")
_AUTRE = "Ce fichier n'est pas du XML, c'est {sorte} : choisissez le catalogue, tel qu'il a été exporté."
_CONNUS = frozenset({WINDOWS, UTF_8, LATIN_1, "ascii"})


class FichierRefuse(RefusMetier):
    """Nothing can be read of the file, or it is not the portal's; the message is a French sentence."""


@dataclass(frozen=True, slots=True)
class Encodage:
    """The encoding that a file says, and the one that its bytes are of (the same, when it says true)."""

    declare: str
    reel: str

    @property
    def dit_vrai(self) -> bool:
        """Whether it may be read as it says."""
        return self.declare == self.reel

    @property
    def explication(self) -> str:
        """Say what was found, for the person who is to choose; empty when there is nothing to choose."""
        if self.dit_vrai:
            return ""
        modele = "Ce fichier se dit en {declare}, et est en {reel} : lu comme il le dit, ses accents seraient faux."
        return dire(modele, declare=_NOMS[self.declare], reel=_NOMS[self.reel])


_NOMS = {WINDOWS: "Windows-1252", UTF_8: "UTF-8", LATIN_1: "ISO-8859-1", "ascii": "ASCII"}


def encodage(flux: IO[bytes]) -> Encodage:
    """Find how a file is written, and stand again at its beginning. One reading, in memory that does not grow.

    Raises FichierRefuse: empty, UTF-16, an encoding that is none of those known, a document type.
    """
    debut = flux.read(_PROLOGUE_MAX)
    _refuser_le_debut(debut)
    reperes = Reperes()
    _chercher_la_racine(reperes, debut)
    declare = _declare(debut)
    hauts = windows = False
    lecteur = codecs.getincrementaldecoder("utf-8")("strict")
    en_utf_8 = True
    bloc = debut
    while bloc:
        hauts = hauts or _HAUTS.search(bloc) is not None
        windows = windows or _DE_WINDOWS.search(bloc) is not None
        en_utf_8 = en_utf_8 and _decode(lecteur, bloc)
        bloc = flux.read(TAMPON)
        _chercher_la_racine(reperes, bloc)
    flux.seek(0)
    if not hauts:
        return Encodage(declare, declare)
    if en_utf_8 and _decode(lecteur, b"", final=True):
        return Encodage(declare, UTF_8)
    if debut.startswith(codecs.BOM_UTF8):
        raise FichierRefuse(_MARQUE_FAUSSE)
    return Encodage(declare, WINDOWS if windows or declare == WINDOWS else LATIN_1)


def _decode(lecteur: codecs.IncrementalDecoder, bloc: bytes, *, final: bool = False) -> bool:
    try:
        lecteur.decode(bloc, final)
    except UnicodeDecodeError:
        return False
    return True


def _refuser_le_debut(debut: bytes) -> None:
    if not debut.removeprefix(codecs.BOM_UTF8).strip():
        raise FichierRefuse("Ce fichier est vide.")
    if debut.startswith(_DE_UTF_32):
        raise FichierRefuse(fr("Ce fichier est en UTF-32 : enregistrez-le en ISO-8859-1 ou en UTF-8."))
    if debut.startswith(_DE_UTF_16):
        raise FichierRefuse(fr("Ce fichier est en UTF-16 : enregistrez-le en ISO-8859-1 ou en UTF-8."))
    if not debut.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
        autre = sorte(debut)
        raise FichierRefuse(dire(_AUTRE, sorte=autre) if autre else _PAS_DU_XML)
    if _PAGE_WEB.match(debut):
        raise FichierRefuse(dire(_AUTRE, sorte="une page web"))


def _chercher_la_racine(reperes: Reperes, bloc: bytes) -> None:
    """Refuse what declares a document type, before anybody parses it: one may stand before the first element alone."""
    if not reperes.racine:
        reperes.ajouter(bloc)
    if reperes.type_de_document:
        raise FichierRefuse(_TYPE_DE_DOCUMENT)


def _declare(debut: bytes) -> str:
    lu = _DECLARATION.search(debut[:200])
    if lu is None:
        return UTF_8
    try:
        nom = codecs.lookup(lu[1].decode("ascii")).name
    except LookupError:
        nom = ""
    connu = {"iso8859-1": LATIN_1, "cp1252": WINDOWS, "utf-8": UTF_8, "ascii": "ascii"}.get(nom)
    if connu is None:
        modele = (
            "Ce fichier se dit en « {nom} », un encodage que le portail ne connaît pas : enregistrez-le en ISO-8859-1 "
            "ou en UTF-8."
        )
        raise FichierRefuse(dire(modele, nom=lu[1].decode("ascii")))
    return connu


class _Bornee(Compte):
    """A stream that refuses a formation without end, before anybody holds it in memory whole."""

    def __init__(self, flux: IO[bytes], avancer: Callable[[int], None]) -> None:
        super().__init__(flux, avancer)
        self.reperes = Reperes()
        self._octets = self._balises = 0

    def lue(self) -> None:
        """Say that a formation has ended."""
        self._octets = self._balises = 0

    def read(self, taille: int = -1) -> bytes:
        lus = super().read(TAMPON if taille < 0 else min(taille, TAMPON)) or b""
        self._octets += len(lus)
        self._balises += lus.count(b"<") + lus.count(b"=")
        if self._octets > FORMATION_MAX or self._balises > BALISES_MAX:
            raise FichierRefuse(fr("Une formation de ce fichier pèse des dizaines de mégaoctets : il est abîmé."))
        self.reperes.ajouter(lus)
        if self.reperes.type_de_document:
            raise FichierRefuse(_TYPE_DE_DOCUMENT)
        return lus


def _rien(_lus: int) -> None:
    """Count nothing."""


class Ecarte(NamedTuple):
    """Something that stands around the formations, which nothing of ours holds: its line, its name, what it says."""

    ligne: int
    nom: str
    texte: str


ECARTES_NOMMES = 20
_ECARTE_DIT = 80
_DU_SCHEMA = "{http://www.w3.org/2001/XMLSchema-instance}"


@dataclass(slots=True)
class Alentours:
    """What stands around the formations of a file, under `lheo` and `offres`: the first are named, all are counted."""

    nombre: int = 0
    nommes: list[Ecarte] = field(default_factory=list)

    def devant(self, formation: etree._Element) -> None:
        """Look at what stands between a formation and the one before it, which is the last that is still there."""
        for frere in formation.itersiblings(preceding=True):
            self._un(frere, "formation")

    def dans(self, bloc: etree._Element, attendu: str) -> None:
        """Look at what is left of `lheo` or `offres`, at its end: what it holds besides what is expected, and says."""
        for nom, valeur in bloc.items():
            if not str(nom).startswith(_DU_SCHEMA):
                self._noter(bloc, f"@{nom!s}", [str(valeur)])
        self._texte(bloc, bloc.text)
        for fils in bloc:
            self._un(fils, attendu)

    def _un(self, element: etree._Element, attendu: str) -> None:
        if etree.QName(element).localname != attendu:
            self._noter(element, element.get("info") or etree.QName(element).localname, element.itertext())
        parent = element.getparent()
        if parent is not None:
            self._texte(parent, element.tail)

    def _texte(self, bloc: etree._Element, texte: str | None) -> None:
        if texte and not texte.isspace():
            self._noter(bloc, etree.QName(bloc).localname, [texte])

    def _noter(self, element: etree._Element, nom: str, textes: Iterable[object]) -> None:
        self.nombre += 1
        if len(self.nommes) < ECARTES_NOMMES:
            ligne = cast("int | None", element.sourceline) or 0
            texte = " ".join(" ".join(map(str, textes)).split())
            self.nommes.append(Ecarte(ligne, couper(nom, _ECARTE_DIT), couper(texte, _ECARTE_DIT)))


class FormationLue(NamedTuple):
    """A formation of a file: its element, forgotten after its turn, its line, its XML.

    In its XML, read by itself, each element has its line in the file, from that of the formation.
    """

    element: etree._Element
    ligne: int
    xml: bytes

    def ligne_de(self, chemin: str) -> int:
        """Give the line in the file of the first element to which a path leads; its own when there is none."""
        # What is wrong in it may be told at the end of its file alone.
        trouve = etree.fromstring(self.xml, etree.XMLParser(recover=True, resolve_entities=False)).find(chemin)
        return self.ligne if trouve is None else self.ligne - 1 + (cast("int | None", trouve.sourceline) or 1)


def parcourir(
    flux: IO[bytes], lu_en: str, avancer: Callable[[int], None] = _rien, alentours: Alentours | None = None
) -> Iterator[FormationLue]:
    """Give the formations of a file one after the other, read in the encoding chosen; each is forgotten after its turn.

    A formation is one where a catalogue has its offers; what bears that name elsewhere, as in an extra, is text there.

    `avancer` is told the number of bytes read, `alentours` what stands around them. Raises FichierRefuse: not the
    portal's file, broken, a document type.
    """
    autour = Alentours() if alentours is None else alentours
    octets = _Bornee(flux, avancer)
    analyse = etree.iterparse(
        octets, events=("start", "end"), tag=("{*}lheo", "{*}offres", "{*}formation"), encoding=lu_en,
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    ouverte = False
    # What fails is told from what this very parse has met.
    etree.clear_error_log()
    try:
        for evenement, element in analyse:
            if not ouverte:
                _verifier_la_racine(element)
                ouverte = True
            nom = etree.QName(element).localname
            a_sa_place = _a_sa_place(element, nom)
            if evenement == "start":
                if nom == "formation":
                    octets.reperes.ouvrir(offre=a_sa_place)
            elif not a_sa_place:
                continue
            elif nom == "formation":
                autour.devant(element)
                yield FormationLue(element, *octets.reperes.fermer(element))
                oublier(element)
                octets.lue()
            else:
                autour.dans(element, "formation" if nom == "offres" else "offres")
    except etree.XMLSyntaxError as erreur:
        raise FichierRefuse(_abime(erreur)) from erreur
    if not ouverte:
        raise FichierRefuse(_AUTRE_CHOSE)


_AU_DESSUS = {"lheo": (), "offres": ("lheo",), "formation": ("offres", "lheo")}


def _a_sa_place(element: etree._Element, nom: str) -> bool:
    """Say whether an element stands where a catalogue has those of its name: an extra may hold anything."""
    return tuple([etree.QName(un).localname for un in element.iterancestors()]) == _AU_DESSUS[nom]


_AUTRE_CHOSE = fr("Ce fichier n'est pas un catalogue du portail : son premier élément devrait être « lheo ».")


def _verifier_la_racine(element: etree._Element) -> None:
    if cast("Any", element.getroottree()).docinfo.doctype:
        raise FichierRefuse(_TYPE_DE_DOCUMENT)
    nom = etree.QName(element)
    if nom.localname != "lheo":
        raise FichierRefuse(_AUTRE_CHOSE)
    if nom.namespace in ESPACES_ANCIENS:
        annee = ESPACES_ANCIENS[nom.namespace]
        retires = ", ".join(dire("« {x} » ({raison})", x=balise, raison=raison) for balise, raison in RETIRES.items())
        modele = (
            "Ce fichier est au format de {annee}, que le portail ne prend plus : exportez de nouveau votre catalogue, "
            "au format {version}. Depuis, en ont été retirés {retires}."
        )
        raise FichierRefuse(dire(modele, annee=annee, version=ACTUEL.version, retires=retires))
    if nom.namespace not in {ACTUEL.espace, None}:
        raise FichierRefuse(fr("Ce fichier n'est pas un catalogue du portail : son espace de noms est inconnu."))


_NOM = "([^ ']{1,40})"
_FAUTES = (
    (f"Entity '{_NOM}' not defined",
     fr("« &{0}; » n'est pas du XML, écrivez le caractère lui-même")),
    ("xmlParseEntityRef: no name|EntityRef: expecting ';'",
     fr("un « & » y est écrit seul, écrivez « &amp; »")),
    ("StartTag: invalid element name|Unescaped '<' not allowed",
     fr("un « < » y est écrit seul, écrivez « &lt; »")),
    ("PCDATA invalid Char|Invalid character|xmlParseCharRef: invalid|invalid character in attribute",
     fr("un caractère de contrôle y est, que le XML n'accepte pas : ôtez-le")),
    (f"Opening and ending tag mismatch: {_NOM} line ([0-9]+) and {_NOM}",
     fr("« {0} », ouvert à la ligne {1}, y est fermé par « {2} »")),
    (f"Attribute {_NOM} redefined",
     fr("« {0} » y est donné deux fois")),
    ("Extra content at the end",
     fr("quelque chose y suit la fin du catalogue")),
    ("Excessive depth in document",
     fr("ses éléments s'y emboîtent sur plus de 255 niveaux")),
    ("XML declaration allowed only",
     fr("la déclaration « <?xml … ?> » doit commencer le fichier, sans rien devant")),
)  # fmt: skip
"""What libxml says, in English, of the faults that are met most, and what is said of each."""


def _abime(erreur: etree.XMLSyntaxError) -> str:
    """Say where a file is broken, and how: after its first complaint lxml goes on, and its error may be another."""
    premiere = next(iter(cast("Any", erreur.error_log)), None)
    if premiere is None:
        return dire(_ABIME, ligne=str(erreur.lineno or 0))
    for motif, faute in _FAUTES:
        if lu := re.match(motif, premiere.message):
            return dire(_ABIME_PAR, ligne=str(premiere.line), faute=faute.format(*lu.groups()))
    return dire(_ABIME, ligne=str(premiere.line))


_ABIME = "Ce fichier XML est abîmé ou incomplet à la ligne {ligne} : rien n'en a été lu."
_ABIME_PAR = "Ce fichier XML est abîmé à la ligne {ligne} : {faute}. Rien n'en a été lu."
