# language: fr
@regles @sans_js
Fonctionnalité: Tout se fait aussi sans JavaScript
  Si le navigateur n'exécute pas de JavaScript, chaque bouton recharge la page. Les compteurs ne suivent plus
  la saisie, l'écran le dit ; tout le reste fonctionne de la même façon.

  Contexte:
    Étant donné que nous sommes le 28 novembre 2019
    Et que je gère le catalogue de mon organisme

  Scénario: Je crée et je valide une formation « Cléa » sans JavaScript
    Étant donné que je suis sur la page « Catalogue »
    Quand je clique sur « Ajouter une formation »
    Et que je sélectionne « Cléa »
    Et que je clique sur « Afficher »
    Et que je sélectionne « Socle de connaissances et de compétences professionnelles (CléA) »
    Et que je clique sur « Suivant »
    Et que je saisis « Clea_Simple » dans le champ « Votre identifiant interne de formation »
    Et que je clique sur « Vérifier »
    Et que je saisis « Compétences Cléa - expression orale » dans le champ « Intitulé de la formation »
    Et que je saisis « Communiquer en français à l'oral » dans le champ « Objectif de la formation »
    Et que je saisis « Écouter, reformuler, argumenter » dans le champ « Contenu de la formation »
    Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
    Et que je saisis « Oser prendre la parole » dans le champ « Résultats attendus de la formation »
    Et que je sélectionne « 96214 - Mixte » dans la liste « Type de parcours de formation »
    Et que je clique sur « Valider »
    Alors la page « Compétences Cléa - expression orale » s'affiche
    Et le message « conforme à vos critères de publication » s'affiche
    Et la formation « Clea_Simple » est enregistrée au statut « Validée »

  Scénario: Ce qui manque à l'étape 1/2 est dit au-dessus
    Étant donné que je suis sur la page « Nouvelle offre de formation »
    Et que je sélectionne « Cléa »
    Et que je clique sur « Afficher »
    Quand je clique sur « Suivant »
    Alors l'alerte « Choisissez une certification. » s'affiche
    Et le titre de l'onglet commence par « Erreur : »

  Scénario: Ce qui manque à l'étape 1/2 mène où choisir
    Étant donné que je suis sur la page « Nouvelle offre de formation »
    Et que je sélectionne « Cléa »
    Et que je clique sur « Afficher »
    Et que je clique sur « Suivant »
    Quand je clique sur « Certifications »
    Et que je sélectionne « Socle de connaissances et de compétences professionnelles (CléA) »
    Et que je clique sur « Suivant »
    Alors je lis « Étape 2/2 »
    Et le titre de l'onglet ne dit pas « Erreur »

  Scénario: L'écran dit que les compteurs ne suivent pas la saisie
    Quand j'ouvre la saisie d'une formation « Cléa »
    Alors je lis « Sans JavaScript, les compteurs et les messages ne suivent pas la saisie »

  Scénario: Une formation VOLTAIRE se retrouve par son code sans JavaScript
    Étant donné que je suis sur la page « Nouvelle offre de formation »
    Et que je sélectionne « Formation certifiante »
    Et que je clique sur « Afficher »
    Et que je sélectionne « Répertoire spécifique »
    Et que je saisis « 313 » dans le champ « Code »
    Quand je clique sur « Appliquer »
    Alors la certification visée est « Certificat Voltaire »

  Scénario: L'aide trouve un code dans une page à elle, et ramène à l'étape 1/2
    Étant donné que je suis sur la page « Nouvelle offre de formation »
    Et que je sélectionne « Formation certifiante »
    Et que je clique sur « Afficher »
    Et que je demande comment obtenir mon code d'identification
    Et que je cherche « voltaire » dans l'aide
    Quand je choisis la certification « RS313 » dans l'aide
    Alors la page « Nouvelle offre de formation » s'affiche
    Et le champ « Code » contient « 313 »
    Et la certification visée est « Certificat Voltaire »

  Scénario: Vérifier un identifiant libre le dit disponible
    Étant donné que j'ouvre la saisie d'une formation « Cléa »
    Quand je vérifie l'identifiant « Clea_Simple »
    Alors le message « L'identifiant « Clea_Simple » est disponible. » s'affiche

  Scénario: Vérifier un identifiant déjà utilisé garde ma saisie
    Étant donné que mon catalogue contient la formation « Clea_1 »
    Et que j'ouvre la saisie d'une formation « Cléa »
    Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
    Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
    Quand je clique sur « Vérifier »
    Alors l'alerte « L'identifiant « Clea_1 » est déjà utilisé » s'affiche
    Et le champ « Les points forts de la formation » contient « Petits groupes »

  Scénario: Valider une formation incomplète est refusé, et l'écran dit ce qui manque
    Étant donné que mon catalogue contient le brouillon « Clea_1 », complet sauf « Contenu de la formation »
    Et que j'ouvre la formation « Clea_1 »
    Quand je clique sur « Valider »
    Alors l'alerte « La formation n'est pas validée » s'affiche
    Et la liste « Pour valider » demande seulement « Contenu de la formation »
    Et la formation « Clea_1 » est enregistrée au statut « Brouillon »

  Plan du scénario: <nombre> <sorte> sont <verdict> comme avec JavaScript
    Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
    Et que j'ouvre la formation « Clea_1 »
    Et que je saisis <nombre> <sorte> dans le champ « Les points forts de la formation »
    Quand je clique sur « Enregistrer les modifications »
    Alors je lis « <dit> »
    Et « Les points forts de la formation » de « Clea_1 » compte <gardés> caractères

    Exemples:
      | nombre | sorte               | verdict   | dit                                | gardés |
      | 255    | caractères          | acceptés  | Enregistré à                       | 255    |
      | 256    | caractères          | acceptés  | Enregistré à                       | 256    |
      | 2551   | caractères          | refusés   | La formation n'est pas enregistrée | 44     |
      | 127    | lignes d'une lettre | acceptées | Enregistré à                       | 254    |

  Scénario: Une formation modifiée par un collègue n'est pas écrasée
    Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
    Et que j'ouvre la formation « Clea_1 »
    Et que je saisis « Mon texte » dans le champ « Les points forts de la formation »
    Et que Claude Durand enregistre « Son texte » dans « Les points forts de la formation » de « Clea_1 »
    Quand je clique sur « Enregistrer les modifications »
    Alors l'alerte « Cette formation a été modifiée par Claude Durand » s'affiche
    Et l'encadré « Deux versions de cette formation » montre « Mon texte » et « Son texte »
    Et « Les points forts de la formation » de « Clea_1 » est « Son texte »

  Scénario: Annuler demande confirmation si quelque chose serait perdu, même une seconde fois
    Étant donné que j'ouvre la saisie d'une formation « Cléa »
    Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
    Et que je clique sur « Annuler »
    Et que je clique sur « Continuer la saisie »
    Quand je clique sur « Annuler »
    Alors la question « Quitter sans enregistrer ? » s'affiche

  Scénario: Continuer la saisie rend ce que j'avais saisi
    Étant donné que j'ouvre la saisie d'une formation « Cléa »
    Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
    Et que je clique sur « Annuler »
    Quand je clique sur « Continuer la saisie »
    Alors le champ « Les points forts de la formation » contient « Petits groupes »

  Scénario: Je duplique une formation sans JavaScript
    Étant donné que mon catalogue contient la formation « Clea_1 »
    Et que je suis sur la page « Catalogue »
    Quand je duplique la formation « Clea_1 » sous l'identifiant « Clea_Copie »
    Et que je clique sur « Voir dans le catalogue »
    Alors la formation « Clea_Copie » est au statut « Brouillon » dans le catalogue

  Scénario: J'archive une formation sans JavaScript
    Étant donné que mon catalogue contient la formation « Clea_1 »
    Et que je suis sur la page « Catalogue »
    Quand je choisis l'opération « Archiver » de la formation « Clea_1 »
    Alors le message « est archivée. » s'affiche
    Et la formation « Clea_1 » est au statut « Archivée » dans le catalogue

  Scénario: Je supprime une formation sans JavaScript
    Étant donné que mon catalogue contient la formation « Clea_1 »
    Et que mon catalogue contient la formation « Clea_2 »
    Et que je suis sur la page « Catalogue »
    Et que je choisis l'opération « Supprimer » de la formation « Clea_1 »
    Quand je clique sur « Supprimer définitivement »
    Alors le catalogue affiche seulement « Formation Clea_2 »
    Et mon catalogue contient 1 formation

  Scénario: L'archivage s'annule depuis son message, sans JavaScript
    Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
    Et que je suis sur la page « Catalogue »
    Et que je choisis l'opération « Archiver » de la formation « Clea_1 »
    Quand je clique sur « Annuler »
    Alors le message « est annulé : elle est de nouveau au statut « Validée ». » s'affiche
    Et la formation « Clea_1 » est au statut « Validée » dans le catalogue

  Scénario: Sans JavaScript non plus, ce qu'un collègue a enregistré n'est pas supprimé
    Étant donné que mon catalogue contient la formation « Clea_1 »
    Et que je suis sur la page « Catalogue »
    Et que je choisis l'opération « Supprimer » de la formation « Clea_1 »
    Et que Claude Durand enregistre « Son texte » dans « Les points forts de la formation » de « Clea_1 »
    Quand je clique sur « Supprimer définitivement »
    Alors l'alerte « Rien n'est fait : la formation « Formation Clea_1 » a été modifiée entre-temps par Claude Durand » s'affiche
    Et mon catalogue contient 1 formation

  Scénario: Une session expirée ne perd pas mon texte
    Étant donné que j'ouvre la saisie d'une formation « Cléa »
    Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
    Et que ma session expire
    Quand je clique sur « Enregistrer les modifications »
    Alors je lis « Votre session a expiré »
    Et mon catalogue est vide
