"""What the formations of the demonstration say. Texts only: how they are kept is `demonstration`'s business."""

from dataclasses import dataclass
from datetime import date

from webapp.domain.nomenclatures import CODES_CPF, TypeFormation
from webapp.domain.registre import CODES_CLEA
from webapp.domain.statuts import Statut
from webapp.domain.textes import fr
from webapp.domain.types_formation import REGLES


@dataclass(frozen=True)
class FormationDemo:
    """A formation of the demonstration: its texts by field, the day it was last changed, what was done with it."""

    modifiee_le: date
    statut_voulu: Statut
    fiche: dict[str, str]


def _formation(
    identifiant: str, intitule: str, certification: str, modifiee_le: date, statut_voulu: Statut, **textes: str
) -> FormationDemo:
    type_formation = TypeFormation.CLEA if certification in CODES_CLEA else TypeFormation.CERTIFIANTE
    if certification in CODES_CPF:
        type_formation = CODES_CPF[certification][1]
    fiche = {
        "type_formation": type_formation.value,
        "certification": certification,
        "identifiant": identifiant,
        "objectif_general": REGLES[type_formation.value].objectifs[0],
        "intitule": fr(intitule),
        **{nom: fr(texte) for nom, texte in textes.items()},
    }
    return FormationDemo(modifiee_le, statut_voulu, fiche)


FORMATIONS_ALPHA = (
    _formation(
        "Clea_Apprendre", "CléA - apprendre à apprendre tout au long de la vie", "RS2203", date(2019, 11, 26),
        Statut.BROUILLON,
    ),
    _formation(
        "Clea_Num_Securite", "CléA Numérique - se protéger en ligne", "RS3936", date(2019, 11, 18),
        Statut.BROUILLON,
        objectif=(
            "À l'issue de la formation, le titulaire saura choisir des mots de passe sûrs, reconnaître un message "
            "frauduleux, régler la confidentialité de ses comptes et sauvegarder ses fichiers."
        ),
        contenu=(
            "1. Mes comptes et mes mots de passe\n"
            "2. Les courriels et les sites douteux : indices et bons réflexes\n"
            "3. Mes traces sur internet et mes droits\n"
            "4. Sauvegarder et retrouver ses documents"
        ),
        type_parcours="96213",
    ),
    _formation(
        "Clea_Num_Bureau", "CléA Numérique : les outils du bureau au quotidien", "RS3936", date(2019, 11, 12),
        Statut.VALIDEE,
        objectif=(
            "Le titulaire saura s'orienter sur un poste de travail, écrire et mettre en forme un document, tenir un "
            "tableau simple, échanger des messages et partager un agenda avec son équipe."
        ),
        contenu=(
            "Module 1 : mon environnement de travail (fichiers, dossiers, impression)\n"
            "Module 2 : rechercher, vérifier et trier une information\n"
            "Module 3 : créer un document et un tableau\n"
            "Module 4 : travailler à plusieurs (messagerie, agenda, partage)\n"
            "Évaluation : mise en situation devant un jury de professionnels"
        ),
        points_forts=(
            "Un poste par personne, six stagiaires au plus, des exercices tirés de votre métier. "
            "Aucune connaissance informatique n'est demandée."
        ),
        resultats_attendus=(
            "Gagner en autonomie devant un ordinateur, préparer la certification CléA Numérique et faire reconnaître "
            "ses compétences auprès d'un employeur."
        ),
        type_parcours="96214",
    ),
    _formation(
        "Clea_Parcours_Complet", "Socle CléA : parcours complet en sept domaines", "RS2203", date(2019, 10, 28),
        Statut.VALIDEE,
        objectif=(
            "Le titulaire saura communiquer en français, calculer, utiliser les outils numériques, travailler en "
            "équipe, s'organiser seul, apprendre à apprendre et respecter les règles de sécurité et d'environnement."
        ),
        contenu=(
            "Évaluation préalable de trois heures, puis un parcours adapté :\n"
            "- s'exprimer en français à l'oral et à l'écrit ;\n"
            "- utiliser les règles de base de calcul et du raisonnement mathématique ;\n"
            "- utiliser les techniques usuelles de l'information et de la communication numérique ;\n"
            "- travailler dans le cadre de règles définies d'un travail en équipe ;\n"
            "- travailler en autonomie et réaliser un objectif individuel ;\n"
            "- apprendre à apprendre tout au long de la vie ;\n"
            "- maîtriser les gestes et postures, et respecter les règles d'hygiène, de sécurité et environnementales."
        ),
        points_forts=(
            "Vous ne suivez que les modules dont vous avez besoin. Un formateur référent vous accompagne jusqu'au "
            "passage devant le jury."
        ),
        resultats_attendus=(
            "Obtenir le certificat CléA, reconnu dans tous les secteurs, pour accéder à un emploi, préparer une "
            "formation qualifiante ou évoluer dans son entreprise."
        ),
        type_parcours="96211",
    ),
    _formation(
        "Bilan_24h", "Bilan de compétences : faire le point et construire son projet", "CPF202", date(2019, 10, 21),
        Statut.VALIDEE,
        duree_heures="24",
        objectif=(
            "Le bénéficiaire saura nommer ses compétences, ses aptitudes et ses motivations, et définir un projet "
            "professionnel réaliste avec les étapes pour y parvenir."
        ),
        contenu=(
            "Phase préliminaire : analyser la demande, convenir du déroulement\n"
            "Phase d'investigation : parcours, tests, enquêtes auprès de professionnels\n"
            "Phase de conclusions : synthèse, plan d'action, entretien de suivi à six mois"
        ),
        points_forts="Huit entretiens individuels de deux heures, et du travail personnel entre les séances.",
        resultats_attendus=(
            "Repartir avec un document de synthèse confidentiel, un projet validé et les premières démarches engagées."
        ),
        type_parcours="96211",
    ),
    _formation(
        "Permis_B_Accelere", "Permis B : conduite accélérée", "CPF206", date(2019, 10, 15), Statut.BROUILLON,
        objectif="Le titulaire saura circuler seul, en sécurité, sur tout type de route.",
        contenu="Code de la route, vingt heures de conduite, examen blanc.",
        type_parcours="96211",
    ),
    _formation(
        "Vae_Langues", "Accompagnement à la VAE : diplômes de langues", "CPF200", date(2019, 10, 10),
        Statut.VALIDEE,
        categorisation="152",
        objectif="Le candidat saura choisir son diplôme, décrire son expérience et la défendre devant un jury.",
        contenu=(
            "Choisir le diplôme visé et vérifier sa recevabilité\n"
            "Décrire ses activités et en tirer les compétences\n"
            "Préparer l'entretien avec le jury"
        ),
        points_forts="Un accompagnateur unique, à distance ou sur place, du dossier de recevabilité au jury.",
        resultats_attendus="Obtenir tout ou partie d'un diplôme par la reconnaissance de son expérience.",
        type_parcours="96211",
    ),
    _formation(
        "Voltaire_Ecrits_Pro", "Certificat Voltaire : soigner ses écrits professionnels", "RS313", date(2019, 10, 7),
        Statut.VALIDEE,
        objectif=(
            "Le titulaire saura éviter les difficultés les plus fréquentes de l'orthographe et de la grammaire, et "
            "relire ses courriels, comptes rendus et courriers avec méthode."
        ),
        contenu=(
            "Accords et participes passés\n"
            "Homophones et confusions courantes\n"
            "Conjugaison, ponctuation, majuscules\n"
            "Structurer un message clair\n"
            "Deux examens blancs et leur correction commentée"
        ),
        points_forts="Test de positionnement, entraînement entre les séances, relecture de vos propres écrits.",
        resultats_attendus=(
            "Écrire avec assurance, gagner du temps à la relecture et attester de son niveau d'orthographe sur un "
            "curriculum vitae."
        ),
        type_parcours="96212",
    ),
    _formation(
        "Blockchain_Dev", "Développer une application sur une chaîne de blocs", "RS5000", date(2019, 9, 30),
        Statut.VALIDEE,
        objectif=(
            "Le titulaire saura choisir une chaîne de blocs adaptée à un besoin, écrire et tester un contrat "
            "intelligent, et l'appeler depuis une application web."
        ),
        contenu=(
            "Principes : registre distribué, consensus, clés\n"
            "Écrire un contrat intelligent et ses tests\n"
            "Relier le contrat à une interface web\n"
            "Déployer, surveiller, corriger\n"
            "Projet final en binôme"
        ),
        points_forts="Un projet complet présenté à un jury de professionnels. Un an de programmation web est demandé.",
        resultats_attendus=(
            "Ajouter une compétence recherchée à son métier de développeur et conduire un premier projet en entreprise."
        ),
        type_parcours="96213",
    ),
    # The card of the guide's last picture; its « ID » stays free for the person who follows the guide.
    _formation(
        "Clea_Expression_Orale", "Compétences Cléa - expression orale", "RS2203", date(2019, 9, 23),
        Statut.BROUILLON,
        objectif=(
            "Le titulaire saura prendre la parole devant un groupe, exposer un point de vue, écouter et reformuler, "
            "et demander des précisions dans une situation de travail."
        ),
        contenu=(
            "Se présenter et présenter son métier\n"
            "Comprendre une consigne et la transmettre\n"
            "Exposer, argumenter, répondre à une objection"
        ),
    ),
    _formation(
        "ChefProjet_Agro", "Chef de projet commercial en agroalimentaire", "RNCP22094", date(2019, 9, 16),
        Statut.BROUILLON,
        objectif=(
            "Le titulaire saura bâtir une offre commerciale pour les produits alimentaires, négocier avec une "
            "centrale d'achat et animer une équipe de vente."
        ),
        type_parcours="96214",
    ),
    _formation(
        "Clea_Soiree_2018", "Socle CléA - remise à niveau en soirée", "RS2203", date(2019, 9, 5), Statut.ARCHIVEE,
        objectif="Le titulaire saura lire, écrire et calculer avec aisance dans les situations courantes du travail.",
        contenu=(
            "Lire et comprendre un document de travail\n"
            "Écrire un message court\n"
            "Calculer une quantité, une durée, un pourcentage"
        ),
        points_forts="Deux soirées par semaine, en petit groupe, près de la gare.",
        resultats_attendus="Reprendre confiance et préparer l'évaluation du socle CléA.",
        type_parcours="96213",
    ),
)  # fmt: skip

FORMATIONS_BETA = (
    _formation(
        "BETA-CLEA-01", "CléA en entreprise", "RS2203", date(2019, 11, 4), Statut.VALIDEE,
        objectif="Le titulaire saura mettre en valeur les compétences de base qu'il utilise déjà à son poste.",
        contenu=(
            "Entretien et évaluation préalable sur le lieu de travail\n"
            "Ateliers courts, choisis selon l'évaluation\n"
            "Préparation de l'entretien avec le jury"
        ),
        points_forts="Des séances d'une demi-journée, dans vos locaux, sans arrêter l'activité.",
        resultats_attendus="Obtenir le certificat CléA et préparer la suite de son parcours dans l'entreprise.",
        type_parcours="96211",
    ),
    _formation(
        "BETA-NUM-01", "CléA Numérique - découverte", "RS3936", date(2019, 10, 14), Statut.BROUILLON,
        contenu="Découvrir son espace de travail numérique, pas à pas.",
        type_parcours="96212",
    ),
)  # fmt: skip
