"""What is told of the objects of a file that is brought in: why one is refused, what changes, what is not taken."""

import re
from collections.abc import Sequence
from dataclasses import replace

from webapp.domain import champs
from webapp.domain.champs import Champ, Niveau
from webapp.domain.champs_session import DEBUT, FIN
from webapp.domain.dates import date_longue
from webapp.domain.diagnostic import Diagnostic, Portee
from webapp.domain.fiche import NOMS, FicheFormation
from webapp.domain.formation import Formation
from webapp.domain.imports import Difference, Trace
from webapp.domain.niveaux import CHAMPS, PAR_NOM
from webapp.domain.noeud import Noeud
from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.saisies import lire_jour, montrer_dates, montrer_en_ligne
from webapp.domain.textes import caracteres_caches, couper, dire, enumerer, est_vide, fr
from webapp.edof.comparaison import Comparaison
from webapp.edof.lecture import Remarque
from webapp.edof.objets import Objet

NUMERO_DIT = 60
"""Characters of a number that are shown: a file may have any text there."""

LIGNES_DITES = 5
"""Lines of a file that are named for one formation."""

APPEL_DIT = 120
"""Characters of a title that are shown beside its number; the portal takes 255."""

SANS_NUMERO = fr("Sans numéro (« @numero ») : rien ne dit laquelle c'est.")
SANS_SIRET = fr("Sans SIRET : rien ne dit à quel organisme elle est.")
EN_DOUBLE = fr("Porte le même numéro qu'une autre, plus haut dans le fichier.")
DIT_AUTREMENT = fr("Porte le même numéro qu'une autre, plus haut dans le fichier, et n'en dit pas la même chose.")
ARCHIVE = fr("Archivée ici : restaurez-la d'abord.")
SOUS_REFUS = {
    Niveau.ACTION: fr("Sa formation est refusée."),
    Niveau.SESSION: fr("Son action, ou sa formation, est refusée."),
}
SANS_CERTIFICATION = fr("Aucun code de certification (RNCP, RS ou CPF).")
PLUSIEURS = "Plusieurs codes de certification ({codes}) : une formation n'en a qu'un."
INCONNUE = "La certification {code} n'est pas dans le registre : importez le registre, ou corrigez le code."
DATE_CREATION = fr("Date de création dans le fichier")
DATE_MISE_A_JOUR = fr("Date de mise à jour dans le fichier")
HORS_CHAMPS = fr("Ce que le fichier dit et qui n'a pas de champ ici")


def numero(objet: Objet) -> str:
    """Give how an object is named by its number."""
    return "sans numéro" if est_vide(objet.numero) else couper(" ".join(objet.numero.split()), NUMERO_DIT)


def appel(objet: Objet) -> str:
    """Give what a person calls an object by, as the file has it: its title, or its dates; empty when it says none."""
    if objet.niveau == Niveau.SESSION:
        return montrer_dates(
            couper(objet.valeurs.get(DEBUT, ""), NUMERO_DIT), couper(objet.valeurs.get(FIN, ""), NUMERO_DIT)
        )
    return couper(objet.valeurs.get(champs.INTITULE, ""), APPEL_DIT)


def reste(comparee: Comparaison) -> tuple[tuple[str, str, str], ...]:
    """Give what the file says and no field does, as it is kept."""
    return tuple((un.chemin, un.apres, un.xml) for un in comparee.resultat.reste)


def dater(
    trace: Trace, notre: Objet, gardee: Trace | None, *, touchee: bool, change: bool
) -> tuple[Trace, tuple[Difference, ...]]:
    """Give what an object that was here keeps of a file with the dates that it now has, and say which are others.

    One that a file has brought was made when its file says; it was changed then too, until it is changed here. Others
    have their own. `touchee`: what it says changes; `change`: or what no field of it says.
    """
    tenue = gardee is not None and gardee.version == trace.version
    cree_le = (trace.cree_le if gardee is not None else "") or notre.cree_le
    modifie_le = trace.modifie_le if change or tenue else ""
    if not (modifie_le or touchee):
        modifie_le = notre.modifie_le
    dites = [(DATE_CREATION, notre.cree_le, cree_le)]
    if not change:
        # Of what changes otherwise, it goes without saying.
        dites.append((DATE_MISE_A_JOUR, notre.modifie_le, modifie_le))
    datee = replace(trace, cree_le=cree_le, modifie_le=modifie_le)
    if gardee is not None and not (change or tenue):
        # Changed here since, it stays so.
        datee = replace(datee, version=gardee.version, modifie_le=gardee.modifie_le)
    return datee, tuple(Difference(nom, _jour(un), _jour(deux)) for nom, un, deux in dites if un != deux)


def _jour(ecrit: str) -> str:
    jour = lire_jour(ecrit)
    return ecrit if jour is None else date_longue(jour)


def hors_champs(gardee: Trace | None, trace: Trace) -> tuple[Difference, ...]:
    """Say what changes of what has no field."""
    restes = ((), trace.reste) if gardee is None else (gardee.reste, trace.reste)
    valeurs = ({}, dict(trace.valeurs)) if gardee is None else (dict(gardee.valeurs), dict(trace.valeurs))
    if restes[0] == restes[1] and valeurs[0] == valeurs[1]:
        return ()
    dits = ["\n".join([*(xml for _, _, xml in rs), *vs.values()]) for rs, vs in zip(restes, valeurs, strict=True)]
    return (Difference(HORS_CHAMPS, *dits),)


TYPE = fr("Type de formation")


def perdus(avant: FicheFormation, apres: FicheFormation, comparee: Comparaison) -> tuple[Difference, ...]:
    """Name what another certification takes from a formation though no file says so: its type, fields of that type."""
    dits = {changement.champ for changement in comparee.changements}
    vides = [c for c in avant.champs if avant[c] and not apres.valeur(c.nom) and c not in dits]
    types = [TypeFormation(fiche.type_formation).libelle for fiche in (avant, apres)]
    return (
        *([Difference(TYPE, *types)] if types[0] != types[1] else []),
        *(Difference(champ.libelle, montrer_en_ligne(champ, avant[champ]), "") for champ in vides),
    )


def changements(comparee: Comparaison) -> tuple[Difference, ...]:
    """Name what a file changes of an object."""
    return tuple(
        Difference(
            c.champ.libelle if c.dans is None else f"{c.dans.libelle} › {c.champ.libelle}",
            montrer_en_ligne(c.champ, c.avant), montrer_en_ligne(c.champ, c.apres),
        )
        for c in comparee.changements
    )  # fmt: skip


def deduit(champ: Champ, valeur: str, lu: Objet) -> Remarque:
    """Say that a field has its value from elsewhere in the file, which has no place for it."""
    d_ou = "la durée de ses actions" if champ is champs.DUREE_HEURES else "son objectif"
    return Remarque(lu.ligne, champ.libelle, dire("{x}, d'après {d_ou} ; le fichier n'a pas d'élément pour ce champ.",
                                                  x=valeur, d_ou=d_ou))  # fmt: skip


def regroupee(lu: Objet, lignes: Sequence[int]) -> Remarque:
    """Say that a formation stood in several places of the file, whose lines are given."""
    montrees = enumerer([*map(str, lignes[:LIGNES_DITES]), *(["d'autres"] if len(lignes) > LIGNES_DITES else [])])
    raison = "donnée en {combien} fois (lignes {lignes}) : ce que chacune contient est réuni, par numéro."
    return Remarque(lu.ligne, lu.numero, dire(raison, combien=str(len(lignes)), lignes=montrees))


def mal_lues(xml: bytes, lu: Objet) -> list[Remarque]:
    """Say that letters were badly read before the file was written (« Ã© » for « é »), which no encoding of it mends.

    In: a formation as it came, in UTF-8.
    """
    trouve = _MAL_LUE.search(xml)
    autour = xml[max(0, trouve.start() - _AUTOUR) : trouve.end() + _AUTOUR].decode("utf-8", "ignore") if trouve else ""
    mot = _MOT_MAL_LU.search(autour)
    if mot is None or trouve is None:
        return []
    import ftfy  # noqa: PLC0415 - long to import, for files that ask for it

    raison = (
        "des lettres semblent mal lues, au lieu de « {juste} ». Corrigez-les dans l'outil d'où vient le fichier, ou "
        "ici une fois l'import fait."
    )
    return [Remarque(_ligne_dans(xml, trouve.start(), lu), mot[0], dire(raison, juste=ftfy.fix_encoding(mot[0])))]


def invisibles(xml: bytes, lu: Objet) -> list[Remarque]:
    """Say which signs that nobody sees are not kept.

    In: a formation as it came, in UTF-8.
    """
    signes = caracteres_caches(xml.decode())
    ou = {signe: xml.find(chr(int(signe.removeprefix("U+"), 16)).encode()) for signe in signes}
    return [Remarque(_ligne_dans(xml, ou[signe], lu), signe, INVISIBLE) for signe in signes]


def _ligne_dans(xml: bytes, octet: int, lu: Objet) -> int:
    """Give the line of a byte of a formation, as those of its elements are counted."""
    return lu.ligne + xml.count(b"\n", 0, octet)


INVISIBLE = fr("signe que personne ne voit : il n'est pas repris, et l'export ne le rendra pas.")
# « Ã » or « Â » before what follows neither in any French word: two bytes of UTF-8 read apart. Looked for in the bytes.
_MAL_LUE = re.compile(rb"\xc3[\x82\x83]\xc2[\x80-\xbf]")
_MOT_MAL_LU = re.compile("[\\w'-]*[\xc2\xc3][\x80-\xbf](?:[\\w'-]|[\x80-\xbf])*")
_AUTOUR = 40
"""Bytes that are shown on either side."""


def remarque(une: Remarque, ligne: int) -> str:
    """Say what is not taken as it is written, with its line."""
    return dire("Ligne {ligne}, « {nom} » : {raison}", ligne=str(ligne), nom=une.nom, raison=une.raison)


def dites(diagnostic: Diagnostic, niveau: Niveau) -> tuple[str, ...]:
    """Say why an object of a level is a draft: each reason after the name of its field."""
    return tuple(dire(_POURQUOI, nom=_libelle(niveau, a.champ), message=a.message) for a in diagnostic.bloquantes)


def raisons(diagnostic: Diagnostic, niveau: Niveau) -> str:
    """Say why an object of a level is refused; what refuses it may be a contact or a place that it writes."""
    refus = diagnostic.contre(Portee.ENREGISTREMENT) or diagnostic.bloquantes
    return " ".join(dire(_POURQUOI, nom=_libelle(niveau, a.champ), message=a.message) for a in refus)


_POURQUOI = "{nom} : {message}"


def _libelle(niveau: Niveau, nom: str) -> str:
    champ = PAR_NOM[niveau].get(nom)
    return _LIBELLES.get(nom, nom) if champ is None else champ.libelle


_LIBELLES = {champ.nom: champ.libelle for siens in reversed(list(CHAMPS.values())) for champ in siens} | {
    champs.CERTIFICATION: "Certification",
    champs.TYPE_FORMATION: "Type de formation",
}


def pour_defaire(avant: Formation | Noeud, trace: Trace | None) -> dict[str, object]:
    """Give what it takes to give back an object as it was, its dates included, and what it had kept of a file.

    `tenue`: whether the dates that it had kept were still its own, nothing having changed it here since.
    """
    fiche = avant.fiche
    textes = {champ.nom: fiche[champ] for champ in fiche.champs}
    if isinstance(fiche, FicheFormation):
        textes |= {nom: fiche.valeur(nom) for nom in NOMS}
    gardee = None
    if trace is not None:
        gardee = {
            "version": trace.version, "rang": trace.rang, "dates": [trace.cree_le, trace.modifie_le],
            "contenu": trace.contenu(), "tenue": trace.version == avant.version_saisie,
        }  # fmt: skip
    moments = {
        "modifiee_le": avant.modifiee_le.isoformat(), "modifiee_par": avant.modifiee_par,
        "validee_le": None if avant.validee_le is None else avant.validee_le.isoformat(),
    }  # fmt: skip
    if isinstance(avant, Formation) and avant.modifiee_par_id is not None:
        moments["modifiee_par_id"] = str(avant.modifiee_par_id)
    return {"champs": textes, "statut": avant.statut.value, "trace": gardee, "moments": moments}
