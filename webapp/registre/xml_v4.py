"""The XML export V4.1, RNCP or RS: one fiche after the other, never the whole file in memory.

Any document type is refused before a fiche is read: the format has none, and one could make the reader fetch files or
swell without end.
"""

from collections.abc import Callable, Container, Iterator
from typing import IO, Any

from lxml import etree

from webapp.domain.textes import fr
from webapp.registre.erreurs import ExportRefuse
from webapp.registre.faits import FicheBrute

VERSIONS = frozenset({"4.0", "4.1"})
RACINE = "FICHES"
_BLOCS = "BLOCS_COMPETENCES/BLOC_COMPETENCES"
_ANCIENNES = "ANCIENNES_CERTIFICATIONS/ANCIENNE_CERTIFICATION/ID_FICHE_ANCIENNE_CERTIFICATION"
_NOUVELLES = "NOUVELLES_CERTIFICATIONS/NOUVELLE_CERTIFICATION/ID_FICHE_NOUVELLE_CERTIFICATION"
_TEXTES = {
    "INTITULE": "intitule", "ACTIF": "actif", "DATE_FIN_ENREGISTREMENT": "fin", "DATE_DECISION": "decision",
    "DATE_EFFET": "effet", "DATE_DERNIER_JO": "jo",
}  # fmt: skip


def lire(flux: IO[bytes], fichier: str, sirets: Container[str], avancer: Callable[[int], None]) -> Iterator[FicheBrute]:
    """Give the fiches of an export. In: its bytes, its name for messages, the SIRETs whose habilitations are kept.

    `avancer` is told the number of bytes read. Raises ExportRefuse when it is not a whole export of this format.
    """
    analyse = etree.iterparse(
        _Compte(flux, avancer), events=("start", "end"), tag=(RACINE, "VERSION_FLUX", "FICHE"), resolve_entities=False,
        no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
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
                _oublier(element)
    except etree.XMLSyntaxError as erreur:
        raise ExportRefuse(_abime(fichier, erreur)) from erreur
    if not ouverte:
        raise ExportRefuse(fr(f"« {fichier} » est vide."))


def _verifier_le_debut(element: Any, fichier: str) -> None:
    if element.getroottree().docinfo.doctype:
        raise ExportRefuse(fr(f"« {fichier} » déclare un type de document (DTD) : il est refusé."))
    if element.tag != RACINE:
        raise ExportRefuse(fr(f"« {fichier} » n'est pas un export de France compétences."))


def _fiche(element: Any, sirets: Container[str]) -> FicheBrute:
    brute = FicheBrute(element.sourceline or 0, _texte(element, "NUMERO_FICHE"))
    for balise, nom in _TEXTES.items():
        setattr(brute, nom, _texte(element, balise))
    brute.niveau = _texte(element, "NOMENCLATURE_EUROPE/NIVEAU")
    brute.certificateurs = [
        _texte(certificateur, "NOM_CERTIFICATEUR")
        for certificateur in element.iterfind("CERTIFICATEURS/CERTIFICATEUR")
        if _texte(certificateur, "ETAT_CERTIFICATEUR") in {"", "Actif"}
    ]
    brute.formacodes = _textes(element, "FORMACODES/FORMACODE/CODE")
    brute.nsf = _textes(element, "CODES_NSF/NSF/CODE")
    brute.rome = _textes(element, "CODES_ROME/ROME/CODE")
    brute.blocs = [(_texte(bloc, "CODE"), _texte(bloc, "LIBELLE")) for bloc in element.iterfind(_BLOCS)]
    brute.anciennes = _textes(element, _ANCIENNES)
    brute.nouvelles = _textes(element, _NOUVELLES)
    for siret in element.iterfind("PARTENAIRES/PARTENAIRE/SIRET_PARTENAIRE"):
        if (lu := (siret.text or "").strip()) in sirets:
            partenaire = siret.getparent()
            etat = _texte(partenaire, "ETAT_HABILITATION")
            brute.partenaires.append((lu, _texte(partenaire, "HABILITATION_PARTENAIRE"), etat))
    return brute


def _texte(element: Any, chemin: str) -> str:
    return str(element.findtext(chemin) or "").strip()


def _textes(element: Any, chemin: str) -> list[str]:
    return [lu for e in element.iterfind(chemin) if (lu := (e.text or "").strip())]


def _oublier(element: Any) -> None:
    """Free a fiche, and what is left of those before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _abime(fichier: str, erreur: etree.XMLSyntaxError) -> str:
    return fr(f"« {fichier} » est abîmé ou incomplet : le XML s'arrête de se lire à la ligne {erreur.lineno}.")


class _Compte:
    """Bytes to read, counted as they go."""

    def __init__(self, flux: IO[bytes], avancer: Callable[[int], None]) -> None:
        self._flux = flux
        self._avancer = avancer

    def read(self, taille: int) -> bytes:
        """Give the next bytes."""
        lus = self._flux.read(taille)
        self._avancer(len(lus))
        return lus
