# language: fr
@regles @mobile
Fonctionnalité: Tout tient sur un écran de téléphone
  Sur un écran de 320 points de large, au doigt, rien ne déborde et tout reste à portée.

  Contexte:
    Étant donné que nous sommes le 28 novembre 2019
    Et que je gère le catalogue de mon organisme

  Scénario: Je crée et je valide une formation « Cléa » sur un téléphone
    Étant donné que je suis sur la page « Catalogue »
    Quand je clique sur « Ajouter une formation »
    Et que je sélectionne « Cléa »
    Et que je sélectionne « Socle de connaissances et de compétences professionnelles (CléA) »
    Et que je clique sur « Suivant »
    Et que je remplis tous les champs
    Et que je clique sur « Valider »
    Et que je clique sur « Voir dans le catalogue »
    Alors la formation « Clea_Essai » est au statut « Validée » dans le catalogue
    Et rien ne déborde de l'écran

  Scénario: La certification choisie tient à l'écran
    Étant donné que je suis sur la page « Nouvelle offre de formation »
    Et que je sélectionne « Cléa »
    Quand je sélectionne « Socle de connaissances et de compétences professionnelles (CléA) »
    Alors rien ne déborde de l'écran

  Scénario: L'étape 2/2 tient à l'écran, et le message d'une vérification aussi
    Étant donné que j'ouvre la saisie d'une formation « Cléa »
    Quand je vérifie l'identifiant « Clea_Mobile »
    Alors le message « L'identifiant « Clea_Mobile » est disponible. » s'affiche
    Et rien ne déborde de l'écran

  Plan du scénario: La page « <page> » ne déborde pas
    Quand j'ouvre la page « <page> »
    Alors rien ne déborde de l'écran

    Exemples:
      | page                        |
      | Catalogue                   |
      | Nouvelle offre de formation |
      | Mode d'emploi               |

  Scénario: Les opérations d'une formation tiennent à l'écran
    Étant donné que mon catalogue contient la formation « Clea_1 »
    Et que je suis sur la page « Catalogue »
    Quand j'ouvre les opérations de la formation « Clea_1 »
    Alors chaque opération proposée tient à l'écran
    Et rien ne déborde de l'écran

  Scénario: Un titre très long ne fait pas déborder le catalogue
    Étant donné que mon catalogue contient une formation dont le titre compte 255 lettres sans espace
    Quand j'ouvre la page « Catalogue »
    Alors rien ne déborde de l'écran

  Scénario: Les deux versions d'une formation tiennent à l'écran
    Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
    Et que j'ouvre la formation « Clea_1 »
    Et que je saisis « Mon texte » dans le champ « Les points forts de la formation »
    Et que Claude Durand enregistre « Son texte » dans « Les points forts de la formation » de « Clea_1 »
    Quand je clique sur « Enregistrer les modifications »
    Alors l'encadré « Deux versions de cette formation » montre « Mon texte » et « Son texte »
    Et rien ne déborde de l'écran

  Scénario: La recherche d'un code tient à l'écran
    Étant donné que nous sommes le 23 novembre 2026
    Et que je suis sur la page « Nouvelle offre de formation »
    Et que je sélectionne « Formation certifiante »
    Et que je demande comment obtenir mon code d'identification
    Quand je cherche « amiante » dans l'aide
    Alors l'aide propose, dans cet ordre :
      | RS7485 |
      | RS6232 |
    Et rien ne déborde de l'écran

  Scénario: Un résultat de la recherche se choisit du doigt
    Étant donné que nous sommes le 23 novembre 2026
    Et que je suis sur la page « Nouvelle offre de formation »
    Et que je sélectionne « Formation certifiante »
    Et que je demande comment obtenir mon code d'identification
    Et que je cherche « amiante » dans l'aide
    Quand je choisis la certification « RS7485 » dans l'aide
    Alors le bouton « Suivant » est actif
    Et rien ne déborde de l'écran

  Scénario: La barre du bas dit où j'en suis
    Étant donné que j'ouvre la saisie d'une formation « Cléa »
    Quand je saisis « Petits groupes » dans le champ « Les points forts de la formation »
    Alors je lis « 3 sur 8 »
    Et rien ne déborde de l'écran
