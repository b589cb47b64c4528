"""The rows of a CSV file, by lots: a bad line costs that line, and is told; an empty one says nothing.

Nearly all lots have nothing bad: they are read whole, at the speed of the standard library. The others are read again,
row by row. A row whose quotes are lost would swallow those that follow: the reading begins again at its second line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from webapp.domain.registre import LigneRefusee
from webapp.domain.sortes_de_fichiers import CASE_MAX
from webapp.domain.textes import dire, fr, pluriel
from webapp.registre.erreurs import ExportRefuse
from webapp.registre.flux import LIGNE_MAX, LIGNE_SANS_FIN, TAMPON
from webapp.registre.grain import SUR, Ecarter, trop_de_fautes

LIGNES_MAX = 3_000_000
"""Lines of one file: six times the longest of the real exports."""

Rangees = tuple[Sequence[int], Sequence[list[str]]]
"""Rows, and with each the number of its first line in the file."""

CONTROLE = fr("un caractère de contrôle")
CODAGE = fr("des octets qui ne sont pas de l'UTF-8")
_GUILLEMETS = fr("les guillemets ne se referment pas")
_CONTROLES = bytes(code for code in range(32) if code not in b"\t\n\r") + b"\x7f"
_INTERDIT = re.compile(f"[{re.escape(_CONTROLES.decode())}\udc80-\udcff]")
_NUMERO = re.compile(r"(?:RNCP|RS)\d{1,6}")

csv.field_size_limit(CASE_MAX)


class LignesCsv:
    """One file, from which rows are read. `entete` is its first row, `octets` how many bytes the last lot took."""

    def __init__(self, flux: io.RawIOBase, nom: str, ecarter: Ecarter) -> None:
        """Read the first row of a stream. In: its name for messages, and what is told of each bad line."""
        self._flux = flux
        self._nom = nom
        self._ecarter = ecarter
        self._reste = b""
        self._attente: list[str] = []
        self._fini = False
        self._lues = self.mauvaises = 0
        self._propre = True
        # A whole file in another encoding is not what it says; one line may be damaged.
        self._mal_codees = self._accents = 0
        self.entete: list[str] = []
        self._largeur = 0
        self.octets = 0
        self._lire_l_entete()

    def lots(self) -> Iterator[Rangees]:
        """Give the rows after the first, by lots. Raises ExportRefuse when too many are bad, or the end is cut."""
        while not self._fini or self._attente:
            lignes = self._attente or self._lire()
            self._attente = []
            yield self._rapides(lignes) or self._une_a_une(lignes)
            if self._attente and not self._fini:
                # A row that goes on with the next lines.
                if sum(map(len, self._attente)) > LIGNE_MAX:
                    raise ExportRefuse(LIGNE_SANS_FIN)
                propre = self._propre
                self._attente += self._lire()
                self._propre &= propre
            if self.mauvaises > LIGNES_MAX // SUR or self._lues > LIGNES_MAX:
                self._refuser_tout()
        if self._mal_codees and not self._accents:
            raise ExportRefuse(dire("« {nom} » n'est pas en UTF-8.", nom=self._nom))
        if trop_de_fautes(self.mauvaises, self._lues):
            self._refuser_tout()

    def ecarter(self, ligne: int, code: str, raison: str) -> None:
        """Tell of a line that is passed over, and count it."""
        self._dire(ligne, (code,), raison)

    def _dire(self, ligne: int, valeurs: Iterable[str], raison: str) -> None:
        """Tell of a bad line by the first of its values that is the number of a fiche: it may stand anywhere."""
        self.mauvaises += 1
        lus = (_NUMERO.fullmatch(valeur.strip(' \t"')) for valeur in valeurs)
        self._ecarter(LigneRefusee(self._nom, ligne, next((lu[0] for lu in lus if lu), ""), raison))

    def _refuser_tout(self) -> None:
        if self._lues > LIGNES_MAX:
            raise ExportRefuse(fr(f"Ce fichier CSV a plus de {LIGNES_MAX} lignes : c'est trop pour un export."))
        compte = f"{pluriel(self.mauvaises, 'ligne')} sur {self._lues}"
        raise ExportRefuse(dire("« {nom} » est abîmé : {compte} ne se lisent pas.", nom=self._nom, compte=compte))

    def _lire_l_entete(self) -> None:
        lignes = self._lire()
        if lignes:
            lignes[0] = lignes[0].removeprefix("\ufeff")
        lecteur = csv.reader(lignes, delimiter=";", strict=True)
        try:
            self.entete = [nom.strip().removeprefix("\ufeff") for nom in next(lecteur, [])]
        except csv.Error as erreur:
            raise ExportRefuse(self._abime()) from erreur
        self._largeur = len(self.entete)
        self._attente = lignes[lecteur.line_num :]
        self._lues = lecteur.line_num

    def _abime(self) -> str:
        return dire("« {nom} » est abîmé ou incomplet : le CSV s'arrête de se lire.", nom=self._nom)

    def _lire(self) -> list[str]:
        """Give the next lines, ends included; remember when they are the last, and whether they are clean."""
        octets = self._flux.read(TAMPON) or b""
        if not octets:
            self._fini = True
            octets, self._reste = self._reste, b""
        else:
            octets = self._reste + octets
            fin = max(octets.rfind(b"\n"), octets.rfind(b"\r", 0, len(octets) - 1)) + 1
            octets, self._reste = octets[:fin], octets[fin:]
        self.octets = len(octets)
        return list(io.StringIO(self._decoder(octets), newline=""))

    def _decoder(self, octets: bytes) -> str:
        self._propre = len(octets.translate(None, _CONTROLES)) == len(octets)
        try:
            texte = octets.decode("utf-8")
        except UnicodeDecodeError:
            # What could not be read stands as half of a pair, by which the line is known.
            self._propre = False
            return octets.decode("utf-8", "surrogateescape")
        self._accents += not octets.isascii()
        return texte

    def _rapides(self, lignes: list[str]) -> Rangees | None:
        """Give the rows of lines that have nothing bad nor empty, one row a line; None for all others."""
        if not self._propre:
            return None
        try:
            rangees = list(csv.reader(lignes, delimiter=";", strict=True))
        except csv.Error:
            return None
        if len(rangees) != len(lignes) or not {self._largeur}.issuperset(map(len, rangees)):
            return None
        if "" in map(itemgetter(0), rangees):
            # An empty row begins so.
            return None
        debut = self._lues + 1
        self._lues += len(lignes)
        return range(debut, self._lues + 1), rangees

    def _une_a_une(self, lignes: list[str]) -> Rangees:
        numeros, rangees = [], []
        for debut, fin, valeurs in self._rangees(lignes):
            texte = "".join(lignes[debut:fin])
            if not texte.strip(' \t\r\n";'):
                continue
            numero = self._lues + debut + 1
            if interdit := _INTERDIT.search(texte):
                mal_code = not interdit[0].isascii()
                self._mal_codees += mal_code
                self._dire(numero, valeurs, CODAGE if mal_code else CONTROLE)
            elif len(valeurs) != self._largeur:
                if len(valeurs) < self._largeur and self._est_coupee(lignes, fin):
                    raise ExportRefuse(self._abime())
                colonnes = pluriel(len(valeurs), "colonne")
                self._dire(numero, valeurs, f"{colonnes} au lieu de {self._largeur}")
            else:
                self._accents += not texte.isascii()
                numeros.append(numero)
                rangees.append(valeurs)
        self._lues += len(lignes) - len(self._attente)
        return numeros, rangees

    def _rangees(self, lignes: list[str]) -> Iterator[tuple[int, int, list[str]]]:
        """Give each row with the ranks of its first line and of the one after its last; an unended row is kept."""
        fin, nombre = 0, len(lignes)
        while fin < nombre:
            depart = fin
            lecteur = csv.reader(map(lignes.__getitem__, range(depart, nombre)), delimiter=";", strict=True)
            try:
                for valeurs in lecteur:
                    debut, fin = fin, depart + lecteur.line_num
                    yield debut, fin, valeurs or [""]
            except csv.Error as erreur:
                if depart + lecteur.line_num == nombre:
                    if not self._fini:
                        self._attente = lignes[fin:]
                        return
                    if self._est_coupee(lignes, nombre):
                        raise ExportRefuse(self._abime()) from erreur
                self._dire(self._lues + fin + 1, lignes[fin].split(";"), _GUILLEMETS)
                fin += 1

    def _est_coupee(self, lignes: list[str], fin: int) -> bool:
        """Say whether a row that ends at a rank ends the file too, without a line end: a download that stopped."""
        return self._fini and fin == len(lignes) and not lignes[-1].endswith(("\n", "\r"))
