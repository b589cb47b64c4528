"""The words of a text that was pasted, whatever the copy made of its lines, its numbers and its signs.

What makes two words the same is said here once, for the guide and for what is compared with it: letters and digits, the
case and the accents kept; no sign, no space. Knows nothing of guides.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from steps.gherkin.typographie import aplanir

# ① to ⑳, ⓪ and beyond, ❶, ➀: of a step or of a page wherever they stand.
_CERCLES = "\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3251-\u325f"
_MOT = re.compile(rf"[^\W{_CERCLES}]+|[{_CERCLES}]")
# A digit in a box is a digit and these two.
_TOUCHE = dict.fromkeys(map(ord, "\ufe0f\u20e3"))
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})
_TIRETS = dict.fromkeys(map(ord, "\u2010\u2011"), "-")
_DOUBLES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})
# Shown at the end of a line only: there it cuts a word, elsewhere it says where one might.
_CESURE_POSSIBLE = re.compile(r"\u00ad(?=\S)")
# What a mail puts before each line that it quotes; the hollow bullet of a word processor, copied as a letter.
_EN_TETE = re.compile(r"^(?:[ \t]*>)*[ \t]*(?P<puce>o[ \t]+(?=\S))?", re.MULTILINE)
_CITATION = re.compile(r"[“\"„]\s*([^“”\"„\n]{1,80}?)\s*[”\"]")
_COUPURE = re.compile(r"(?<![^\W\d_])(?P<avant>[^\W\d_]+)(?P<tiret>-?)[ \t]*\n[ \t]*(?P<apres>[^\W\d_]+)")
# « Étape 3 - », « 3. », « 3 » alone on its line or before a capital, « Page 3 / 8 »: the number of a step or of a page.
_NUMERO = re.compile(
    r"^[ \t]*(?:[-*•–—][ \t]+)?(?:"
    r"(?:[ÉEée]tape|[ÉE]TAPE)[ \t]*(?:\n[ \t]*)?\d{1,2}\b(?![ \t]*/)"
    r"|(?:[Pp]age[ \t]+)?\d{1,2}[ \t]*(?:/|sur)[ \t]*\d{1,2}[ \t]*$"
    r"|[Pp]age[ \t]+\d{1,2}[ \t]*$"
    r"|\d{1,2}(?=[ \t]*[-–—.):]?[ \t]*$|[ \t]*[-–—.):][ \t]+\S)"
    r")"
    # A copy may have lost its lines.
    r"|(?<=\s)(?:[ÉEée]tape|[ÉE]TAPE)[ \t]*\d{1,2}(?=[ \t]*[-–—:.][ \t])"
    r"|(?<!\S)\d{1,2}(?=(?:[ \t]*[-–—.):])?\s+[A-ZÀ-Ý«])"
    rf"|[{_CERCLES}]",
    re.MULTILINE,
)
# « Page 3 », « 3 / 8 », « 3 sur 8 », « – 3 – », and « – 3 » where something stands before.
_FOLIO = r"(?:[Pp]age[ \t]+)?(?P<{0}>\d{{1,3}})[ \t]*(?:/|sur)[ \t]*\d{{1,3}}|[Pp]age[ \t]+(?P<{0}_seul>\d{{1,3}})"
_PAGE = re.compile(
    rf"[ \t]*(?:(?P<titre>(?![Pp]age[ \t]+\d)\S.*?)[ \t]+)?"
    rf"(?:{_FOLIO.format('fin')}|[-–—·|][ \t]*(?P<tiret>\d{{1,3}})(?P<ferme>[ \t]*[-–—·|])?)[ \t]*"
    rf"|[ \t]*(?:{_FOLIO.format('debut')})[ \t]+(?P<suite>\S.*?)[ \t]*"
)
_LIGNE_MAX = 300
"""Characters of a line beyond which it stands on no page by itself."""
_FIN = re.compile(r"[.!?…:;](?=\s|$)|\n[ \t]*\n|\n[ \t]*[-*•–—▲➤][ \t]")
_MARGE = re.compile(r"\s*(?:[-*•–—▲➤]\s+)*")


@dataclass(frozen=True)
class MotLu:
    """A word and where it stands. `coupe`: something ends before it, a sentence or an item of a list.

    `ligne`: it begins a line. `numero`: it may be the number of a step or of a page, which counts for nothing.
    """

    cle: str
    debut: int
    fin: int
    coupe: bool = False
    ligne: bool = False
    numero: bool = False

    @property
    def capitale(self) -> bool:
        """Whether it begins with a capital."""
        return self.cle[:1].isupper()


def cles(texte: str) -> tuple[str, ...]:
    """Give the words of a sentence, as they are compared."""
    return tuple(_MOT.findall(aplanir(texte)))


def sans_accents(texte: str) -> str:
    """Give a text as it is written without accents."""
    lettres = unicodedata.normalize("NFD", texte.translate(_DOUBLES))
    return aplanir("".join(lettre for lettre in lettres if not unicodedata.combining(lettre)))


def nettoyer(texte: str, connus: frozenset[str]) -> str:
    """Give a pasted text with plain signs, the words that the end of a line cuts put together again.

    `connus` are the words of the guide: of « c'est-à- » and « dire », as of « forma- » and « tion », they say which is
    one word; where they say nothing, a hyphen at the end of a line is a cut.
    """
    plat = aplanir(texte.replace("\r\n", "\n").translate(_LIGATURES | _TIRETS | _TOUCHE))
    plat = _EN_TETE.sub(lambda lu: "• " if lu["puce"] else "", plat)
    plat = _CITATION.sub(r"« \1 »", sans_titres_courants(_CESURE_POSSIBLE.sub("", plat).replace("\u00ad", "-")))

    def recoller(lu: re.Match[str]) -> str:
        avant, apres = lu["avant"], lu["apres"]
        entiers = avant in connus and apres in connus
        if avant + apres in connus and not entiers:
            return avant + apres
        if not lu["tiret"] or entiers or not apres[0].islower():
            return lu[0]
        return avant + apres

    # A word may be cut twice, and a line may hold one word only: what one pass has put together, the next looks at.
    fait = _COUPURE.sub(recoller, plat)
    return fait if fait == plat else _COUPURE.sub(recoller, fait)


def sans_titres_courants(plat: str) -> str:
    """Leave out the lines that stand again on each page with its number, or beside it: no sentence of a guide.

    They say the same, page after page, and the number grows.
    """
    lignes = plat.split("\n")
    vus: dict[tuple[str, tuple[str, ...]], list[tuple[int, int]]] = {}
    seules = 0
    for rang, ligne in enumerate(lignes):
        page = _PAGE.fullmatch(ligne) if len(ligne) <= _LIGNE_MAX else None
        if page is None:
            continue
        numero = int(next(n for n in page.group("fin", "fin_seul", "tiret", "debut", "debut_seul") if n))
        titre = page["titre"] or page["suite"]
        if titre:
            vus.setdefault(("", cles(titre)), []).append((rang, numero))
        elif not page["tiret"] or page["ferme"]:
            seules += 1
            for cote, autres in (("avant", range(rang - 1, -1, -1)), ("après", range(rang + 1, len(lignes)))):
                voisine = next((autre for autre in autres if lignes[autre].strip()), None)
                if voisine is not None and not _PAGE.fullmatch(lignes[voisine]):
                    vus.setdefault((cote, cles(lignes[voisine])), []).append((voisine, numero))
    courants = {
        rang
        for (cote, _), places in vus.items()
        if _grandit([numero for _, numero in places]) and (not cote or len(places) == seules)
        for rang, _ in places
    }
    return "\n".join(ligne for rang, ligne in enumerate(lignes) if rang not in courants)


def _grandit(numeros: list[int]) -> bool:
    return len(numeros) > 1 and all(un < autre for un, autre in pairwise(numeros))


def lire(plat: str) -> tuple[MotLu, ...]:
    """Give the words of a text that was cleaned, in order."""
    numeros = [lu.span() for lu in _NUMERO.finditer(plat)]
    mots: list[MotLu] = []
    fin, rang = 0, 0
    for lu in _MOT.finditer(plat):
        while rang < len(numeros) and numeros[rang][1] <= lu.start():
            rang += 1
        est_numero = rang < len(numeros) and numeros[rang][0] <= lu.start()
        entre = plat[fin : lu.start()]
        mots.append(
            MotLu(lu[0], lu.start(), lu.end(), _FIN.search(entre) is not None or not mots, "\n" in entre, est_numero)
        )
        fin = lu.end()
    return tuple(mots)


def extrait(plat: str, mots: tuple[MotLu, ...]) -> str:
    """Give a piece of a text as one line, from a word to another, with the signs that hold them."""
    if not mots:
        return ""
    debut, fin = mots[0].debut, mots[-1].fin
    while debut and plat[debut - 1] in "«([ ▲" and plat[max(0, debut - 2) : debut].strip():
        debut -= 1
    while fin < len(plat) and plat[fin] in " »)]!?.:;…" and plat[fin : fin + 2].strip():
        fin += 1
    return " ".join(plat[debut:fin].split())
