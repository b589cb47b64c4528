"""Look after the words by which formations are found: say whether the search finds what it should, make it so again."""

from dataclasses import dataclass

from sqlalchemy import Connection

from webapp.persistence import mots


@dataclass(frozen=True, slots=True)
class EtatDeLaRecherche:
    """What a check has found: formations that are not kept by their words, and whether the index holds what is kept."""

    ecarts: int
    index_fidele: bool

    @property
    def juste(self) -> bool:
        """Whether every formation is found by its words, and by no other."""
        return self.index_fidele and not self.ecarts


def verifier(cnx: Connection) -> EtatDeLaRecherche:
    """Compare the words that are kept with those of the formations, and the index with the words.

    In: a connection that writes, which the check of SQLite's index asks for; nothing is changed.
    """
    return EtatDeLaRecherche(mots.sans_leurs_mots(cnx), mots.index_fidele(cnx))


def reconstruire(cnx: Connection) -> int:
    """Make the words of every formation again, and their index; give the number of formations."""
    return mots.reconstruire(cnx)
