"""Faults of the six types of formation, of their rules, and of a formation that changes its type; of codes too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from flask import request

from webapp.banc_essai.fautes.pose import Pose, Recueil
from webapp.domain import champs, regles_formation
from webapp.domain.certifications import Certification, EtatCertification
from webapp.domain.codes import CodeRefuse
from webapp.domain.diagnostic import Anomalie, Code
from webapp.domain.fiche import FicheFormation
from webapp.domain.nomenclatures import OBJECTIFS_GENERAUX
from webapp.domain.registre import Bloc
from webapp.domain.regles_par_champ import REGLES_PAR_CHAMP
from webapp.domain.successions import Succession
from webapp.domain.types_formation import REGLES, RegleType
from webapp.persistence import formations as formations_gardees
from webapp.services import identification, recherche_registre, registre, suivi
from webapp.web import changement, recherche_code
from webapp.web.etape_1 import Choix
from webapp.web.http import depot

if TYPE_CHECKING:
    from uuid import UUID

    from webapp.domain.formation import Envoi

FAUTES = Recueil()


# ------------------------------------------------------------------------------------------------ les règles des types


@FAUTES.faute("Un bilan de compétences de 30 heures se valide.", "Une durée de")
def bilan_de_30_heures(pose: Pose) -> None:
    pose.attribut(champs.DUREE_HEURES, "bornes", (1, 30))


@FAUTES.faute("L'objectif général d'un bilan de compétences se choisit.", "L'objectif général d'une formation")
def objectif_du_bilan_au_choix(pose: Pose) -> None:
    pose.attribut(REGLES["bilan"], "objectifs", tuple(OBJECTIFS_GENERAUX))


@FAUTES.faute("L'objectif d'un permis n'a plus à citer l'agrément.", "Un objectif qui ne cite pas")
def agrement_non_cite(pose: Pose) -> None:
    pose.cle(REGLES_PAR_CHAMP, champs.OBJECTIF.nom, lambda _fiche, _le, _blocs: iter(()))


@FAUTES.faute("Le numéro d'agrément n'est reconnu qu'écrit de la même façon.", "Le numéro est reconnu avec ou sans")
def agrement_a_la_lettre(pose: Pose) -> None:
    vraie = REGLES_PAR_CHAMP[champs.OBJECTIF.nom]

    def a_la_lettre(lue: FicheFormation, le: date, blocs: tuple[Bloc, ...]) -> Iterator[Anomalie]:
        cite = not lue.objectif or lue.numero_agrement in lue.objectif
        return vraie(lue if cite else lue.avec(objectif="Sans numéro."), le, blocs)

    pose.cle(REGLES_PAR_CHAMP, champs.OBJECTIF.nom, a_la_lettre)


@FAUTES.faute("Le numéro d'agrément n'est plus demandé.", "une formation « Permis de conduire » ne se valide pas")
def agrement_facultatif(pose: Pose) -> None:
    pose.attribut(champs.NUMERO_AGREMENT, "obligatoire", valeur=False)


@FAUTES.faute("Deux VAE validées peuvent avoir la même catégorie.", "La catégorie d'une VAE déjà validée")
def categorie_en_double(pose: Pose) -> None:
    pose.resultat(formations_gardees, "titulaire_de_la_categorisation", lambda _titulaire: None)


@FAUTES.faute("Une durée écrite avec son unité n'est pas lue.", "Une durée de")
def unite_illisible(pose: Pose) -> None:
    pose.attribut(champs.DUREE_HEURES, "avec_unite", None)


@FAUTES.faute("Une catégorisation écrite avec son intitulé n'est pas lue.", "152 Langues", "laisse « Valider »")
def intitule_de_categorie_illisible(pose: Pose) -> None:
    pose.attribut(champs.CATEGORISATION, "avec_unite", None)


@FAUTES.faute("Une catégorisation de deux chiffres convient.", "La catégorisation s'écrit en trois chiffres")
def categorisation_libre(pose: Pose) -> None:
    pose.attribut(champs.CATEGORISATION, "motif", None)


@FAUTES.faute("Une catégorie de permis sans code connu n'est pas dite.", "quelle catégorie de permis ne se choisit pas")
def categorie_tue(pose: Pose) -> None:
    pose.resultat(RegleType, "sans_code_le", lambda _: ())


@FAUTES.faute("L'aide tait la catégorie de permis sans code.", "La catégorie de permis sans code connu est expliquée")
def aide_sans_b96(pose: Pose) -> None:
    pose.attribut(recherche_code, "permis_sans_code", lambda _texte, _le: "")


@FAUTES.faute("Le RNCP ne demande plus de blocs de compétences.", "Sans bloc, une formation du RNCP")
def blocs_facultatifs(pose: Pose) -> None:
    pose.attribut(champs, "BLOCS_EXIGES_LE", date.max)


@FAUTES.faute("Le RNCP demande des blocs avant la date de la règle.", "Avant cette date, le RNCP ne demande")
def blocs_exiges_trop_tot(pose: Pose) -> None:
    pose.attribut(champs, "BLOCS_EXIGES_LE", date.min)


@FAUTES.faute("Une règle de 2026 est dite en 2019.", "Le minimum de 13 heures est une règle de 2026")
def loi_dite_trop_tot(pose: Pose) -> None:
    pose.attribut(regles_formation, "LOI_DE_FINANCES_2026", date.min)


@FAUTES.faute("Les blocs d'une autre certification sont acceptés.", "Les blocs «")
def blocs_d_ailleurs(pose: Pose) -> None:
    vraie = REGLES_PAR_CHAMP[champs.BLOCS.nom]
    accepter = partial(filter, lambda anomalie: anomalie.code is not Code.BLOC_INCONNU)
    pose.cle(REGLES_PAR_CHAMP, champs.BLOCS.nom, lambda fiche, le, blocs: accepter(vraie(fiche, le, blocs)))


@FAUTES.faute("Les blocs de compétences ne sont jamais proposés.", "Un bloc coché suffit")
def blocs_inconnus(pose: Pose) -> None:
    pose.attribut(registre, "blocs", lambda _lecture, _code: ())


@FAUTES.faute("Une seule catégorie de permis est proposée.", "« Permis de conduire » demande la catégorie")
def une_categorie_de_permis(pose: Pose) -> None:
    pose.resultat(registre, "offertes", lambda trouvees: trouvees[:1])


@FAUTES.faute("Le code CPF203 se choisit encore en 2026.", "n'a plus de code en 2026")
def creation_toujours_proposee(pose: Pose) -> None:
    pose.autour(Certification, "avis_le", lambda vrai, soi, le: "" if soi.code == "CPF203" else vrai(soi, le))


@FAUTES.faute("La carte d'un bilan annonce une certification préparée.", "Je valide une formation «")
def carte_de_certification(pose: Pose) -> None:
    pose.page("Action proposée :", "Certification préparée :")


@FAUTES.faute("La durée maximale du bilan n'est plus annoncée.", "Durée maximale")
def duree_maximale_absente(pose: Pose) -> None:
    pose.motif(r'<li><span class="prerempli-texte">Durée maximale.*?</li>', "")


# ------------------------------------------------------------------------------------------------ changer de type


@FAUTES.faute("Changer de type efface le contenu.", "devient un bilan de compétences", "les textes suivent aussi")
def contenu_perdu(pose: Pose) -> None:
    pose.resultat(changement, "changer", lambda change: replace(change, fiche=change.fiche.avec(contenu="")))


@FAUTES.faute("Changer de type ne dit pas ce qui change.", "L'écran dit ce qui change")
def ecarts_muets(pose: Pose) -> None:
    pose.resultat(changement, "changer", lambda change: replace(change, ecarts=()))


@FAUTES.faute("Un texte qui n'a plus de place disparaît sans être annoncé.", "n'a plus de place est annoncé")
def perte_muette(pose: Pose) -> None:
    pose.resultat(changement, "changer", lambda change: replace(change, sans_place=()))


@FAUTES.faute("Une page d'un changement de type ne se montre qu'une fois.", "Revenir en arrière après un changement")
def changement_d_une_fois(pose: Pose) -> None:
    montrees = set[str]()

    def une_fois(vrai: Callable[[UUID], Envoi | None], id: UUID) -> Envoi | None:
        deja = request.full_path in montrees
        montrees.add(request.full_path)
        return None if deja else vrai(id)

    pose.autour(depot, "retrouver", une_fois)


@FAUTES.faute("Changer de type, session finie, quitte la page.", "Le changement de type que je demandais")
def changement_hors_de_la_page(pose: Pose) -> None:
    pose.motif(r'(formaction="[^"]*/changement") hx-post="[^"]*"', r"\1")


@FAUTES.faute("La certification qui remplace n'est pas proposée.", "se prend en un clic")
def successeur_absent(pose: Pose) -> None:
    pose.resultat(suivi, "suivre", lambda dit: replace(dit, suite=Succession()))


# ------------------------------------------------------------------------------------------------ codes et recherche


@FAUTES.faute("Un code recopié avec ce qui l'entoure n'est pas lu.", "Recopié comme on le lit")
def code_seul_lu(pose: Pose) -> None:
    def refuser(vrai: Callable[..., str], type_code: object, saisie: str) -> str:
        lu = vrai(type_code, saisie)
        if len(saisie) > len("Fiche RNCP37674"):
            raise CodeRefuse("Saisissez le code de la certification.")
        return lu

    pose.autour(identification, "lire_code", refuser)


@FAUTES.faute("Le code d'un bloc est pris pour celui de sa certification.", "n'est pas le code d'une certification")
def bloc_pris_pour_sa_certification(pose: Pose) -> None:
    pose.autour(identification, "lire_code", lambda vrai, type_code, saisie: vrai(type_code, saisie.partition("BC")[0]))


@FAUTES.faute("Le code compris n'est pas dit.", "est compris comme")
def code_compris_tu(pose: Pose) -> None:
    pose.attribut(Choix, "code_compris", property(lambda _soi: ""))


@FAUTES.faute("L'échéance d'une certification n'est pas dite.", "prend fin dans", "La formation dit quand")
def echeance_tue(pose: Pose) -> None:
    pose.resultat(suivi, "suivre", lambda dit: replace(dit, echeance=None))


@FAUTES.faute("La recherche range les certifications terminées en tête.", "Les certifications actives viennent d'abord")
def terminees_d_abord(pose: Pose) -> None:
    pose.resultat(recherche_registre, "chercher", lambda trouve: replace(trouve, trouvees=trouve.trouvees[::-1]))


@FAUTES.faute("Des catégories de permis s'offrent avant leur ouverture.", "« Permis de conduire » demande la catégorie")
def permis_avant_l_ouverture(pose: Pose) -> None:
    pose.autour(
        registre, "offertes", lambda vrai, lecture, type_formation, _le: vrai(lecture, type_formation, date(2024, 6, 1))
    )


@FAUTES.faute("La recherche ne trouve jamais rien.", "L'aide retrouve un code")
def recherche_vide(pose: Pose) -> None:
    pose.autour(recherche_registre, "chercher", lambda vrai, lecture, _texte, le: vrai(lecture, "", le))


@FAUTES.faute("L'effet à venir d'une certification n'est pas dit.", "Une certification dont l'effet est à venir")
def effet_tu(pose: Pose) -> None:
    pose.resultat(Certification, "prend_effet_apres", lambda _: False)


@FAUTES.faute("Une certification se prend avant son effet.", "Une certification dont l'effet est à venir")
def effet_devance(pose: Pose) -> None:
    pose.resultat(Certification, "etat_le", lambda _: EtatCertification.ACTIVE)
