"""The same guide as we publish it: its sentences in the order of its page, and what publication says around them.

Several forms, for the list of the steps stands before what announces it on a screen, after it in the source of the page
and on paper, where a table is read by its cells or by its lines. What is around is a sentence like another
when a text is read, and nothing is ever found about it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from steps.gherkin.typographie import aplanir
from webapp.mode_emploi import cadre
from webapp.mode_emploi.edition_mots import cles
from webapp.mode_emploi.edition_phrases import Reference, couper, nom_de

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from webapp.mode_emploi.fiche import Fiche, Section
    from webapp.mode_emploi.guide import Etape

_PROCHE = 0.5
_APPORT = "Publication"


@dataclass(frozen=True)
class _Dite:
    """A sentence of the page: of a step, of what stands before them all, or around the guide."""

    texte: str
    etape: Etape | None = None
    apport: bool = False


def formes(fiche: Fiche, source: Sequence[Reference]) -> tuple[tuple[Reference, ...], ...]:
    """Give the guide as a screen shows it, as the source of its page has it, then as it is printed.

    `source` is what it follows.
    """
    restent = [phrase for phrase in source if not phrase.image]
    lues = (_page(fiche), _source(fiche), _imprimee(fiche), _imprimee(fiche, par_lignes=True))
    return tuple(tuple(_referer(dites, list(restent))) for dites in lues)


def _page(fiche: Fiche) -> Iterator[_Dite]:
    yield from _ouverture(fiche)
    yield from _autour(*(section.etape.titre for groupe in fiche.groupes for section in groupe))
    for groupe in fiche.groupes:
        for section in groupe:
            yield from _section(section)
    yield from _autour(cadre.MENTION)


def _source(fiche: Fiche) -> Iterator[_Dite]:
    """Give what `edition_copie` keeps of it: the list that is printed, not the one that a screen goes by."""
    yield from _ouverture(fiche)
    yield from _corps(fiche)
    yield from _autour(cadre.MENTION)


def _imprimee(fiche: Fiche, *, par_lignes: bool = False) -> Iterator[_Dite]:
    yield from _tete(fiche)
    yield from _corps(fiche, par_lignes=par_lignes)


def _ouverture(fiche: Fiche) -> Iterator[_Dite]:
    yield from _autour(cadre.FIL)
    yield from _tete(fiche)
    yield from _autour(cadre.TELECHARGER, cadre.MONTRE_MOI, cadre.TRACABILITE)


def _corps(fiche: Fiche, *, par_lignes: bool = False) -> Iterator[_Dite]:
    liste = fiche.resume
    for groupe in fiche.groupes:
        for section in groupe:
            yield from _section(section, par_lignes=par_lignes)
            if section is fiche.annonce:
                yield from _autour(*(numerotee.etape.titre for numerotee in liste))


def _tete(fiche: Fiche) -> Iterator[_Dite]:
    yield _Dite(fiche.guide.titre)
    if fiche.guide.hors_source:
        yield from _autour(cadre.HORS_SOURCE)
    yield from map(_Dite, couper(fiche.guide.texte))
    yield from _autour(f"{cadre.VERIFIE_LE} {cadre.TOUT_EXECUTE}.")


def _section(section: Section, *, par_lignes: bool = False) -> Iterator[_Dite]:
    etape = section.etape
    yield _Dite(etape.titre, etape)
    if etape.reconstitue:
        yield from _autour(cadre.RECONSTITUEE)
    for bloc in section.blocs:
        yield from (_Dite(phrase, etape) for phrase in couper((bloc.paragraphe,)) if phrase)
        if bloc.certifications:
            yield from _autour(" ".join(cadre.CERTIFICATIONS))
        for certification in bloc.certifications:
            yield _Dite(f"{certification.code} - {certification.intitule}", etape)
            suite = (certification.certificateur, certification.etat)
            yield from (_Dite(texte, etape) for texte in (reversed(suite) if par_lignes else suite))


def _autour(*textes: str) -> Iterator[_Dite]:
    yield from (_Dite(texte, apport=True) for texte in textes)


def _referer(dites: Iterable[_Dite], source: list[Reference]) -> Iterator[Reference]:
    for dite in dites:
        if dite.apport:
            yield Reference("", "", dite.texte, _APPORT, "", (), apport=True)
            continue
        connue = _connue(dite, source)
        place, ancre = nom_de(dite.etape), dite.etape.ancre if dite.etape else ""
        if connue is None:
            exemples = dite.etape.exemples if dite.etape else ()
            numero = (dite.etape.numero if dite.etape else None) or 0
            yield Reference(str(numero), place, dite.texte, place, ancre, exemples)
        else:
            yield replace(connue, texte=dite.texte, section=place, absente=False)


def _connue(dite: _Dite, source: list[Reference]) -> Reference | None:
    """Give the sentence of what the guide follows that this one is, or is nearest to in its step."""
    mots = cles(dite.texte)
    siennes = [phrase for phrase in source if dite.etape is None or phrase.ancre == dite.etape.ancre]
    notes = [(SequenceMatcher(None, mots, phrase.mots, autojunk=False).ratio(), phrase) for phrase in siennes]
    note, phrase = max(notes, key=lambda n: n[0], default=(0.0, None))
    if phrase is None or note < _PROCHE:
        return None
    if note == 1:
        source.remove(phrase)
    return phrase


def _expression(texte: str) -> str:
    """Give what finds a sentence wherever its lines end, its {values} whatever numbers they are."""
    mots = (re.escape(mot) for mot in aplanir(texte).split())
    return r"\s+".join(re.sub(r"\\\{\w+\\\}", lambda _: r"\d{1,4}", mot) for mot in mots)


_BILANS = "|".join(map(_expression, (cadre.TOUTES_TENUES, cadre.UNE_TENUE, cadre.RESTENT)))
_TENUES = "|".join(map(_expression, (cadre.TENUE, cadre.A_TENIR)))
_MARQUE = rf"(?:{_TENUES}|\b\d+\s+\w+(?:{_BILANS}))"
_PREUVES = re.compile(rf"(?<!\S){_expression(cadre.PREUVES)}\s+(?:\S+\s+){{0,80}}?{_MARQUE}(?:.*{_MARQUE})?", re.DOTALL)
"""The proof, from its title to the last thing that it proves, counted or marked."""


def sans_cadre(plat: str, titre: str) -> str:
    """Leave out of a cleaned text the foot of our prints, and the proof that ends what we publish."""
    pied = _expression(cadre.PIED.format(titre=titre, page="{page}", pages="{pages}"))
    return _PREUVES.sub("\n\n", re.sub(pied, "\n", plat))
