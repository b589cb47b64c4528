"""The XML export V4.1, RNCP or RS: one fiche after the other, never the whole file in memory.

Any document type is refused before a fiche is read: the format has none, and one could make the reader fetch files or
swell without end.
"""

from collections.abc import Callable, Container, Iterator
from datetime import date
from operator import itemgetter
from typing import IO, Any

from lxml import etree

from webapp.domain.textes import fr
from webapp.registre import valeurs
from webapp.registre.erreurs import ExportRefuse
from webapp.registre.faits import FicheBrute
from webapp.registre.flux import Fiches

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
_ETATS_RETENUS = frozenset({"", "Actif"})


def lire(flux: IO[bytes], fichier: str, sirets: Container[str], avancer: Callable[[int], None]) -> Iterator[FicheBrute]:
    """Give the fiches of an export. In: its bytes, its name for messages, the SIRETs whose habilitations are kept.

    `avancer` is told the number of bytes read. Raises ExportRefuse when it is not a whole export of this format.
    """
    octets = Fiches(flux, avancer)
    analyse = etree.iterparse(
        octets, events=("start", "end"), tag=(RACINE, "VERSION_FLUX", "FICHE"),
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    ouverte = False
    try:
        for evenement, element in analyse:
            if not ouverte:
                _verifier_le_debut(element, fichier)
                ouverte = True
            if evenement == "start":
                continue
            if element.tag == "VERSION_FLUX" and (element.text or "").strip() not in VERSIONS:
                message = f"« {fichier} » est au format {(element.text or '').strip()}, et non 4.1."
                raise ExportRefuse(fr(message))
            if element.tag == "FICHE":
                yield _fiche(element, sirets)
                oublier(element)
                octets.fiche_lue()
    except etree.XMLSyntaxError as erreur:
        raise ExportRefuse(_abime(fichier, erreur)) from erreur
    if not ouverte:
        raise ExportRefuse(fr(f"« {fichier} » n'est pas un export de France compétences."))


def _verifier_le_debut(element: Any, fichier: str) -> None:
    if element.getroottree().docinfo.doctype:
        raise ExportRefuse(fr(f"« {fichier} » déclare un type de document (DTD) : il est refusé."))
    if element.tag != RACINE:
        raise ExportRefuse(fr(f"« {fichier} » n'est pas un export de France compétences."))


def _fiche(element: Any, sirets: Container[str]) -> FicheBrute:
    """Read one fiche, each of its children once: looking for them one by one by their paths takes longer."""
    brute = FicheBrute(element.sourceline or 0, "")
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


def _partenaires(element: Any, sirets: Container[str]) -> list[tuple[str, str, str]]:
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
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _abime(fichier: str, erreur: etree.XMLSyntaxError) -> str:
    return fr(f"« {fichier} » est abîmé ou incomplet : le XML s'arrête de se lire à la ligne {erreur.lineno}.")
