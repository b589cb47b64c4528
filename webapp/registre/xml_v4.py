"""The XML export V4.1, RNCP or RS: one fiche after the other, never the whole file in memory.

Any document type is refused before a fiche is read: the format has none, and one could make the reader fetch files or
swell without end.
"""

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date
from itertools import pairwise
from operator import itemgetter
from typing import IO, Any

from lxml import etree

from webapp.domain.textes import dire, fr
from webapp.registre import valeurs
from webapp.registre.erreurs import ExportRefuse
from webapp.registre.faits import FicheBrute
from webapp.registre.flux import DEBUT_DE_FICHE, Fiches
from webapp.registre.lignes_csv import CODAGE, CONTROLE

VERSIONS = frozenset({"4.0", "4.1"})
RACINE = "FICHES"
_TEXTES = {
    "NUMERO_FICHE": "numero", "INTITULE": "intitule", "ACTIF": "actif", "DATE_FIN_ENREGISTREMENT": "fin",
    "DATE_DECISION": "decision", "DATE_EFFET": "effet", "DATE_DERNIER_JO": "jo",
}  # fmt: skip
# Groups of elements of which one text each is kept.
_LISTES = {
    "FORMACODES": ("formacodes", "CODE"),
    "CODES_NSF": ("nsf", "CODE"),
    "CODES_ROME": ("rome", "CODE"),
    "ANCIENNES_CERTIFICATIONS": ("anciennes", "ID_FICHE_ANCIENNE_CERTIFICATION"),
    "NOUVELLES_CERTIFICATIONS": ("nouvelles", "ID_FICHE_NOUVELLE_CERTIFICATION"),
}
_DEBUT = re.compile(rb"<FICHES[\s>]")
_FIN = re.compile(rb"(?:</FICHES\s*>|<FICHES\s*/>)(?:\s|<!--.*?-->)*\Z", re.DOTALL)
_NUMERO = re.compile(rb"<NUMERO_FICHE>\s*((?:RNCP|RS)\d{1,6})\s*<")
_CONTROLE = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ETATS_RETENUS = frozenset({"", "Actif"})


def lire(
    flux: IO[bytes], fichier: str, sirets: Collection[str], avancer: Callable[[int], None]
) -> Iterator[FicheBrute]:
    """Give the fiches of an export. In: its bytes, its name for messages, the SIRETs whose habilitations are kept.

    One that cannot be read comes with its fault: it costs itself alone. `avancer` is told the number of bytes read.
    Raises ExportRefuse when it is not a whole export of this format.
    """
    morceaux = Fiches(flux, avancer)
    debut = morceaux.debut()
    lecture = _Lecture(_verifier_le_debut(debut, fichier), sirets)
    ligne = 1 + debut.count(b"\n")
    for morceau in morceaux:
        yield from lecture.lire(morceau, ligne)
        ligne += morceau.count(b"\n")
    reste = morceaux.fin()
    fin = _FIN.search(reste)
    if fin is None and not _FIN.search(debut):
        raise ExportRefuse(_abime(fichier, ligne + reste.count(b"\n")))
    if fin is not None:
        yield from lecture.lire(reste[: fin.start()], ligne)


def _verifier_le_debut(debut: bytes, fichier: str) -> str:
    """Judge what stands before the first fiche, and give the encoding it tells. Raises ExportRefuse."""
    if b"<!DOCTYPE" in debut:
        raise ExportRefuse(dire("« {x} » déclare un type de document (DTD) : il est refusé.", x=fichier))
    fermee = debut if _FIN.search(debut) else debut + f"</{RACINE}>".encode()
    try:
        racine = etree.fromstring(fermee, _analyseur())
    except etree.XMLSyntaxError as erreur:
        if _DEBUT.search(debut):
            raise ExportRefuse(_abime(fichier, erreur.lineno or 1)) from erreur
        racine = None
    if racine is None or racine.tag != RACINE:
        raise ExportRefuse(dire("« {x} » n'est pas un export de France compétences.", x=fichier))
    version = racine.findtext("VERSION_FLUX")
    if version is not None and version.strip() not in VERSIONS:
        raise ExportRefuse(dire("« {x} » est au format {y}, et non 4.1.", x=fichier, y=version.strip()))
    return str(racine.getroottree().docinfo.encoding or "UTF-8")


def _analyseur(codage: str | None = None) -> etree.XMLParser:
    return etree.XMLParser(
        encoding=codage, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


class _Lecture:
    """Reads the pieces of one file, each alone."""

    def __init__(self, codage: str, sirets: Collection[str]) -> None:
        self._analyseur = _analyseur(codage)
        self._sirets = sirets

    def lire(self, morceau: bytes, ligne: int) -> Iterator[FicheBrute]:
        """Give the fiches of a piece that begins at a line: one, unless the end of another was lost."""
        try:
            yield from self._fiches(morceau, ligne)
        except etree.XMLSyntaxError as erreur:
            places = [trouve.start() for trouve in DEBUT_DE_FICHE.finditer(morceau)]
            if len(places) < 2:  # noqa: PLR2004 - the only one is the bad one
                yield _illisible(morceau, ligne, erreur)
                return
            for debut, fin in pairwise((0, *places[1:], len(morceau))):
                seule = morceau[debut:fin]
                sienne = ligne + morceau.count(b"\n", 0, debut)
                try:
                    yield from self._fiches(seule, sienne)
                except etree.XMLSyntaxError as faute:
                    yield _illisible(seule, sienne, faute)

    def _fiches(self, morceau: bytes, ligne: int) -> list[FicheBrute]:
        racine = etree.fromstring(b"<FICHES>" + morceau + b"</FICHES>", self._analyseur)
        return [_fiche(element, self._sirets, ligne) for element in racine.iterchildren("FICHE")]


def _illisible(morceau: bytes, ligne: int, erreur: etree.XMLSyntaxError) -> FicheBrute:
    """Give a fiche of which nothing is read but its number, and why."""
    numero = _NUMERO.search(morceau)
    controle = _CONTROLE.search(morceau)
    if controle:
        lignes_avant = morceau.count(b"\n", 0, controle.start())
        faute = f"{CONTROLE}, à la ligne {ligne + lignes_avant}"
    elif erreur.code == etree.ErrorTypes.ERR_INVALID_ENCODING:  # type: ignore[attr-defined]  # not in its stubs
        faute = f"{CODAGE}, à la ligne {ligne + (erreur.lineno or 1) - 1}"
    else:
        faute = f"le XML de la fiche s'arrête de se lire à la ligne {ligne + (erreur.lineno or 1) - 1}"
    debut = DEBUT_DE_FICHE.search(morceau)
    ligne += morceau.count(b"\n", 0, debut.start()) if debut else 0
    return FicheBrute(ligne, numero[1].decode() if numero else "", faute=fr(faute))


def _fiche(element: Any, sirets: Collection[str], ligne: int) -> FicheBrute:
    """Read one fiche, each of its children once: looking for them one by one by their paths takes longer."""
    brute = FicheBrute(ligne + (element.sourceline or 1) - 1, "")
    for enfant in element:
        balise = enfant.tag
        if nom := _TEXTES.get(balise):
            # The first counts, should there be two.
            setattr(brute, nom, getattr(brute, nom) or (enfant.text or "").strip())
        elif balise in _LISTES:
            nom, feuille = _LISTES[balise]
            getattr(brute, nom).extend([lu for e in enfant.iter(feuille) if (lu := (e.text or "").strip())])
        elif balise == "NOMENCLATURE_EUROPE":
            brute.niveau = _texte(enfant, "NIVEAU")
        elif balise == "BLOCS_COMPETENCES":
            brute.blocs += [(_texte(bloc, "CODE"), _texte(bloc, "LIBELLE")) for bloc in enfant.iter("BLOC_COMPETENCES")]
        elif balise == "CERTIFICATEURS":
            brute.certificateurs += [
                _texte(certificateur, "NOM_CERTIFICATEUR")
                for certificateur in enfant.iter("CERTIFICATEUR")
                if _texte(certificateur, "ETAT_CERTIFICATEUR") in _ETATS_RETENUS
            ]
        elif balise == "PARTENAIRES":
            brute.partenaires += _partenaires(enfant, sirets)
            brute.nomme = brute.nomme or enfant.find("PARTENAIRE") is not None
    return brute


def _partenaires(element: Any, sirets: Collection[str]) -> list[tuple[str, str, str]]:
    """Keep the few partners that are organisations we serve, the one whose state is the youngest last."""
    retenus = []
    for siret in element.iter("SIRET_PARTENAIRE"):
        if (lu := (siret.text or "").strip()) in sirets:
            partenaire = siret.getparent()
            etat = _texte(partenaire, "ETAT_HABILITATION")
            retenus.append((_depuis(partenaire), (lu, _texte(partenaire, "HABILITATION_PARTENAIRE"), etat)))
    return [dit for _, dit in sorted(retenus, key=itemgetter(0))]


def _depuis(partenaire: Any) -> date:
    """Give the day since when a partner is in the state that is said; the first of all when no readable one is."""
    try:
        jour = valeurs.jour(_texte(partenaire, "DATE_DERNIERE_MODIFICATION_ETAT"))
    except ValueError:
        jour = None
    return jour or date.min


def _texte(element: Any, balise: str) -> str:
    return str(element.findtext(balise) or "").strip()


def oublier(element: Any) -> None:
    """Free an element that was read, and what is left of those before it: memory does not grow with the file."""
    # What follows it, which the parser may have read already, is another's; it goes with it at the next.
    element.clear(keep_tail=True)
    while element.getprevious() is not None:
        del element.getparent()[0]


def _abime(fichier: str, ligne: int) -> str:
    modele = "« {x} » est abîmé ou incomplet : le XML s'arrête de se lire à la ligne {ligne}."
    return dire(modele, x=fichier, ligne=ligne)
