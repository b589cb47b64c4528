"""Faults of étape 1/2 and of what it brings to étape 2/2 (guide steps 0 to 5)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from webapp.banc_essai.fautes.pose import Pose, Recueil
from webapp.domain import nomenclatures, prerempli
from webapp.domain.certifications import Certification
from webapp.domain.codes import code_inconnu
from webapp.domain.fiche import FicheFormation
from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.prerempli import Prerempli
from webapp.registre import amorce
from webapp.services import identification, registre
from webapp.services.identification import Identification
from webapp.web import etape_1, etape_2
from webapp.web.etape_1 import Choix
from webapp.web.http import contexte
from webapp.web.http.reponses import SUCCES

FAUTES = Recueil()


# ------------------------------------------------------------------------------------------------ étape 0


@FAUTES.faute("Les certifications CléA sont proposées dans l'autre ordre.", "etape_0")
def ordre_des_certifications(pose: Pose) -> None:
    pose.resultat(registre, "offertes", lambda trouvees: trouvees[::-1])


@FAUTES.faute("Les certifications expirées, ou pas encore connues, sont proposées quand même.", "etape_0")
def certifications_de_toute_date(pose: Pose) -> None:
    pose.attribut(registre, "offertes", lambda lecture, t, _le: registre.de_la_famille(lecture, t))


@FAUTES.faute("La date de référence est oubliée : l'application vit à la date réelle.", "etape_0")
def date_de_reference_oubliee(pose: Pose) -> None:
    pose.resultat(contexte, "VisiteEnCours", lambda visite: replace(visite, date_fixee=None))


@FAUTES.faute("Le code 313 est inconnu.", "etape_0")
def code_313_inconnu(pose: Pose) -> None:
    inconnu = Identification(None, "RS313", code_inconnu("RS313"))
    pose.autour(identification, "identifier", lambda vrai, *a: inconnu if "313" in a[2] else vrai(*a))


# ------------------------------------------------------------------------------------------------ étapes 1 et 2


@FAUTES.faute("Le catalogue ne propose plus « Ajouter une formation ».", "etape_1")
def ajouter_disparu(pose: Pose) -> None:
    pose.motif(r'<a class="btn btn-primary" href="/formations/nouvelle">.*?</a>', "")


@FAUTES.faute("La première page annonce « Étape 1/3 ».", "etape_1")
def etape_1_sur_3(pose: Pose) -> None:
    pose.page("Étape 1/2", "Étape 1/3")


@FAUTES.faute("Le type « VAE » n'est plus proposé.", "etape_2")
def type_manquant(pose: Pose) -> None:
    types = tuple(t for t in TypeFormation if t is not TypeFormation.VAE)
    pose.resultat(etape_1, "contexte_choix", lambda contexte: {**contexte, "types": types})


@FAUTES.faute("Le type « Permis de conduire » s'appelle « Permis ».", "etape_2")
def type_renomme(pose: Pose) -> None:
    pose.resultat(TypeFormation, "libelle", lambda libelle: libelle.removesuffix(" de conduire"))


@FAUTES.faute("Les types de formation sont rangés par ordre alphabétique.", "etape_2")
def types_tries(pose: Pose) -> None:
    types = tuple(sorted(TypeFormation, key=lambda t: t.libelle))
    pose.resultat(etape_1, "contexte_choix", lambda contexte: {**contexte, "types": types})


@FAUTES.faute("Sélectionner « Cléa » ne fait rien apparaître.", "etape_2")
def type_sans_suite(pose: Pose) -> None:
    pose.page(' hx-get="/formations/nouvelle/type"', "")


# ------------------------------------------------------------------------------------------------ étapes 3 et 4


@FAUTES.faute("Aucun message ne confirme la certification sélectionnée.", "etape_3")
def confirmation_absente(pose: Pose) -> None:
    def rendre(vrai: Any, nom: str, fragments: Any, donnees: dict[str, Any], **options: Any) -> Any:
        toasts = [toast for toast in donnees["toasts"] if toast[0] != SUCCES]
        return vrai(nom, fragments, {**donnees, "toasts": toasts}, **options)

    pose.autour(etape_1, "rendre", rendre)


@FAUTES.faute("Le champ « Code » répète le préfixe : « RS2203 » au lieu de « 2203 ».", "etape_3")
def code_avec_prefixe(pose: Pose) -> None:
    pose.attribut(Certification, "numero", property(lambda soi: soi.code))


@FAUTES.faute("Le type de code de la certification sélectionnée n'est pas coché.", "etape_3")
def type_de_code_non_coche(pose: Pose) -> None:
    pose.motif(r'(id="type-code-RS"[^>]*?) checked', r"\1")


@FAUTES.faute("Le type de code « Certif Info » n'est plus proposé.", "Le bloc « Code d'identification »")
def type_de_code_manquant(pose: Pose) -> None:
    types = tuple(t for t in nomenclatures.TypeCode if t is not nomenclatures.TypeCode.CERTIF_INFO)
    pose.resultat(etape_1, "contexte_choix", lambda contexte: {**contexte, "types_code": types})


@FAUTES.faute("L'aide « Je ne connais pas mon code d'identification » a disparu.", "Le bloc « Code d'identification »")
def aide_du_code_absente(pose: Pose) -> None:
    pose.motif(r'<a href="/aide/code-d-identification[^>]*>.*?</a>', "")


@FAUTES.faute("L'explication du code d'identification est tronquée.", "Le bloc « Code d'identification »")
def explication_du_code_tronquee(pose: Pose) -> None:
    pose.page(" Cela importera automatiquement les informations liées à la certification.", "")


@FAUTES.faute(
    "L'intitulé de la certification visée ne s'affiche pas.", "L'intitulé de la certification visée", "etape_4"
)
def certification_visee_absente(pose: Pose) -> None:
    pose.motif(r"(certification visée\s:) <strong>[^<]*</strong>", r"\1 <strong></strong>")


@FAUTES.faute("« Suivant » s'appelle « Continuer ».", "« Suivant » reste inactif", "etape_4")
def suivant_renomme(pose: Pose) -> None:
    pose.page(">Suivant</button>", ">Continuer</button>")


@FAUTES.faute("« Suivant » est actif avant tout choix de certification.", "« Suivant » reste inactif", "etape_4")
def suivant_toujours_actif(pose: Pose) -> None:
    pose.attribut(Choix, "complet", property(lambda _soi: True))


@FAUTES.faute("« Suivant » reste inactif, certification choisie ou non.", "VOLTAIRE", "etape_0")
def suivant_jamais_actif(pose: Pose) -> None:
    pose.attribut(Choix, "complet", property(lambda _soi: False))


@FAUTES.faute("La seconde page annonce encore « Étape 1/2 ».", "Je passe à l'étape suivante", "etape_4")
def etape_2_mal_annoncee(pose: Pose) -> None:
    pose.page("Étape 2/2", "Étape 1/2")


@FAUTES.faute("Le titre de la seconde page oublie la certification.", "Je passe à l'étape suivante", "etape_4")
def titre_sans_certification(pose: Pose) -> None:
    pose.motif(r'(<h2 id="certification-titre">Préparation à la certification) [^<]*', r"\1")


@FAUTES.faute("La seconde page reprend toujours la première certification CléA.", "Les informations de CléA Numérique")
def premiere_certification_toujours(pose: Pose) -> None:
    premiere = amorce.CERTIFICATIONS[0]
    pose.autour(FicheFormation, "preremplie", lambda vrai, t, c: vrai(t, premiere if c.famille else c))


# ------------------------------------------------------------------------------------------------ étape 5


@FAUTES.faute("Le code FORMACODE prérempli est 15040 au lieu de 15041.", "etape_5")
def formacode_faux(pose: Pose) -> None:
    pose.resultat(etape_2, "preremplis", lambda lignes: (replace(lignes[0], valeur="15040"), *lignes[1:]))


@FAUTES.faute("La ligne « Niveau d'entrée » manque aux informations préremplies.", "etape_5")
def ligne_preremplie_manquante(pose: Pose) -> None:
    pose.resultat(etape_2, "preremplis", lambda lignes: [ligne for ligne in lignes if ligne.nom != "niveau_entree"])


@FAUTES.faute("Une information inconnue n'affiche rien, au lieu de « Pas de donnée ».", "etape_5")
def pas_de_donnee_muet(pose: Pose) -> None:
    pose.attribut(prerempli, "PAS_DE_DONNEE", "")


@FAUTES.faute("Le code FORMACODE prérempli peut être modifié.", "etape_5")
def prerempli_modifiable(pose: Pose) -> None:
    pose.motif(
        r'(<span class="prerempli-texte">[^<]*<strong>([^<]*)</strong></span>)',
        r'\1 <input type="text" aria-label="Préremplie" value="\2">',
    )


@FAUTES.faute("L'explication du code FORMACODE est celle du code NSF.", "etape_5")
def explications_melangees(pose: Pose) -> None:
    def melanger(formacode: Prerempli, nsf: Prerempli, *reste: Prerempli) -> list[Prerempli]:
        return [replace(formacode, explication=nsf.explication), nsf, *reste]

    pose.resultat(etape_2, "preremplis", lambda lignes: melanger(*lignes))


@FAUTES.faute("L'information « Niveau d'entrée » n'a plus d'explication.", "L'information « Niveau d'entrée »")
def explication_absente(pose: Pose) -> None:
    pose.motif(r'<button class="info" type="button" popovertarget="info-niveau_entree".*?</button>', "")
