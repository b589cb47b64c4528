"""From what an export says of one fiche, whatever its format, to an `FicheExportee`.

Both readers gather the same raw texts (`FicheBrute`); what they mean is decided here, once.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from webapp.domain.certifications import Certification
from webapp.domain.registre import Bloc, FicheExportee, Habilitation, Partenaire, famille_de, source_de_l_export
from webapp.domain.textes import dire, fr
from webapp.registre import carnet, valeurs

SOI = fr("cette fiche se dit remplacée par elle-même")
HABILITATION_ACTIVE = "Actif"
RETIREE = "Supprimé"
# The same for every fiche of an export.
_source = lru_cache(maxsize=2)(source_de_l_export)


@dataclass(slots=True)
class FicheBrute:
    """One fiche as its export writes it; `ligne` is where it begins."""

    ligne: int
    numero: str
    intitule: str = ""
    actif: str = ""
    niveau: str = ""
    fin: str = ""
    decision: str = ""
    effet: str = ""
    jo: str = ""
    certificateurs: list[str] = field(default_factory=list)
    formacodes: list[str] = field(default_factory=list)
    nsf: list[str] = field(default_factory=list)
    rome: list[str] = field(default_factory=list)
    blocs: list[tuple[str, str]] = field(default_factory=list)
    anciennes: list[str] = field(default_factory=list)
    nouvelles: list[str] = field(default_factory=list)
    partenaires: list[tuple[str, str, str]] = field(default_factory=list)
    """SIRET, habilitation, state of the habilitation."""
    nomme: bool = False
    """Whether it names any partner."""
    suivi: list[tuple[str, ...]] = field(default_factory=list)
    """What a registry that was carried here knew beyond an export; see `carnet`."""
    autres_codes: list[tuple[str, str]] = field(default_factory=list)
    faute: str = ""
    """Why its reader could not read it: nothing of it can be used."""


PIECES_MAX = 5_000
LETTRES_MAX = 200_000


def tient(brute: FicheBrute) -> bool:
    """Say whether a fiche has no more than PIECES_MAX codes and names, and LETTRES_MAX characters in all.

    The fullest of the real exports have a few hundred, and ten thousand characters.
    """
    codes = (*brute.certificateurs, *brute.formacodes, *brute.nsf, *brute.rome, *brute.anciennes, *brute.nouvelles)
    if len(codes) + len(brute.blocs) + len(brute.partenaires) > PIECES_MAX:
        return False
    lettres = len(brute.numero) + len(brute.intitule) + sum(map(len, codes))
    return lettres + sum(len(code) + len(libelle) for code, libelle in brute.blocs) <= LETTRES_MAX


def comprendre(brute: FicheBrute, export_le: date, remarquer: Callable[[str], None] = lambda _: None) -> FicheExportee:
    """Say what a fiche means. Raises ValueError with a French sentence when it cannot be used.

    A fiche cannot be used without its number, its title, its state and readable dates. Another code that cannot be
    read is left out, and `remarquer` is told of it.
    """
    if brute.faute:
        raise ValueError(brute.faute)
    code = valeurs.code(brute.numero)
    active = valeurs.actif(brute.actif)
    fin = valeurs.jour(brute.fin)
    effet = valeurs.jour(brute.effet)
    debuts = [jour for jour in (*map(valeurs.jour, (brute.decision, brute.jo)), effet) if jour is not None]
    # A fiche without a date is known on the day of the export, and no earlier; on its last day if that is past.
    connue = min([*debuts, export_le, fin or export_le])
    # A decision comes before what it decides: the registration counts from its effect, be it past or still ahead.
    if effet is not None and (effet > export_le or fin is None or effet <= fin):
        connue = effet
    nouvelles, anciennes = (_autres(code, siens, remarquer) for siens in (brute.nouvelles, brute.anciennes))
    titres = {bloc.strip(): titre for bloc, titre in brute.blocs}
    partenaires = []
    for brut in brute.partenaires:
        try:
            partenaires.append(_partenaire(brut))
        except ValueError as raison:
            remarquer(str(raison))
    certification = Certification(
        code=code,
        intitule=valeurs.intitule(brute.intitule),
        connue_active_le=connue,
        fin_enregistrement=fin,
        # « Inactive » before its end, or without one: that is all the export says, and from when it says it.
        inactive_constatee_le=export_le if not active and (fin is None or fin >= export_le) else None,
        remplacee_par=nouvelles,
        famille=famille_de(code),
        certificateurs=_lus(valeurs.libelle, brute.certificateurs, remarquer),
        formacodes=_lus(valeurs.formacode, brute.formacodes, remarquer),
        nsf=_lus(valeurs.nsf, brute.nsf, remarquer),
        rome=_lus(valeurs.rome, brute.rome, remarquer),
        niveau_sortie=valeurs.niveau(brute.niveau),
        source=_source(export_le),
        remplace=anciennes,
        effet_le=effet,
        vue_active_le=export_le if active else None,
        faits_le=export_le,
    )
    codes = _lus(valeurs.code_de_bloc, titres, remarquer)
    blocs = tuple([Bloc(bloc, valeurs.libelle(titres.get(bloc, ""))) for bloc in codes])
    # Of a partner of ours whose habilitation is not understood, no verdict would be true.
    compris = len(partenaires) == len(brute.partenaires)
    lue = FicheExportee(certification, blocs, _les_plus_jeunes(partenaires), brute.nomme and compris, export_le)
    return carnet.reprendre(lue, brute.suivi[0], brute.autres_codes) if brute.suivi else lue


def _les_plus_jeunes(partenaires: Collection[Partenaire]) -> tuple[Partenaire, ...]:
    """Keep of a partner named twice for the same thing what was said last: the readers put the youngest state there."""
    return tuple({(p.siret, p.habilitation): p for p in partenaires}.values())


def _autres(code: str, textes: Collection[str], remarquer: Callable[[str], None]) -> tuple[str, ...]:
    """Read the codes of what comes before or after a fiche; it is neither to itself."""
    lus = _lus(valeurs.code, textes, remarquer)
    if code not in lus:
        return lus
    remarquer(SOI)
    return tuple(autre for autre in lus if autre != code)


def _lus(lire: Callable[[str], str], textes: Collection[str], remarquer: Callable[[str], None]) -> tuple[str, ...]:
    """Read each text, without repeats; those that cannot be read are left out, and told."""
    if not textes:
        return ()
    try:
        trouves = [lire(texte) for texte in textes]
    except ValueError:
        trouves = list(_lisibles(lire, textes, remarquer))
    return tuple(dict.fromkeys(trouves if all(trouves) else filter(None, trouves)))


def _lisibles(lire: Callable[[str], str], textes: Collection[str], remarquer: Callable[[str], None]) -> Iterator[str]:
    for texte in textes:
        try:
            yield lire(texte)
        except ValueError as raison:
            remarquer(str(raison))


def _partenaire(brut: tuple[str, str, str]) -> Partenaire:
    siret, habilitation, etat = brut
    try:
        lue = Habilitation(habilitation.strip())
    except ValueError:
        raise ValueError(dire("l'habilitation « {x} » est inconnue", x=habilitation.strip())) from None
    return Partenaire(siret, lue, etat.strip() in {"", HABILITATION_ACTIVE})
