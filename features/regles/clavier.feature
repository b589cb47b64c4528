# language: fr
@regles @clavier
Fonctionnalité: Tout se fait au clavier
  Dans ces scénarios, aucun geste ne se fait à la souris : je me déplace avec la touche de tabulation, je choisis
  avec les flèches et j'agis avec la touche « Entrée » ou la barre d'espace.

  Contexte:
    Étant donné que nous sommes le 28 novembre 2019
    Et que je gère le catalogue de mon organisme

  Scénario: Je crée et je valide une formation « Cléa » sans souris
    Étant donné que je suis sur la page « Catalogue »
    Quand je clique sur « Ajouter une formation »
    Et que je sélectionne « Cléa »
    Et que je sélectionne « Socle de connaissances et de compétences professionnelles (CléA) »
    Et que je clique sur « Suivant »
    Et que je saisis « Clea_Clavier » dans le champ « Votre identifiant interne de formation »
    Et que je clique sur « Vérifier »
    Et que je saisis « Compétences Cléa - expression orale » dans le champ « Intitulé de la formation »
    Et que je saisis « Communiquer en français à l'oral » dans le champ « Objectif de la formation »
    Et que je saisis « Écouter, reformuler, argumenter » dans le champ « Contenu de la formation »
    Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
    Et que je saisis « Oser prendre la parole » dans le champ « Résultats attendus de la formation »
    Et que je sélectionne « 96214 - Mixte » dans la liste « Type de parcours de formation »
    Et que je clique sur « Valider »
    Et que je clique sur « Voir dans le catalogue »
    Alors la formation « Clea_Clavier » est au statut « Validée » dans le catalogue

  Scénario: Je retrouve une formation VOLTAIRE par son code sans souris
    Étant donné que je suis sur la page « Nouvelle offre de formation »
    Quand je sélectionne « Formation certifiante »
    Et que je sélectionne « Répertoire spécifique »
    Et que je saisis « 313 » dans le champ « Code »
    Et que je clique sur « Appliquer »
    Alors la certification visée est « Certificat Voltaire »

  Scénario: Vérifier ne me fait pas perdre ma place
    Étant donné que j'ouvre la saisie d'une formation « Cléa »
    Et que je saisis « Clea_Clavier » dans le champ « Votre identifiant interne de formation »
    Quand je clique sur « Vérifier »
    Alors le message « L'identifiant « Clea_Clavier » est disponible. » s'affiche
    Et le clavier est sur « Vérifier »

  Scénario: Le bouton « Valider » inactif se rejoint et dit ce qui manque
    Étant donné que j'ouvre la saisie d'une formation « Cléa »
    Quand je me déplace jusqu'au bouton « Valider »
    Alors le bouton « Valider » est inactif
    Et le bouton « Valider » dit ce qui manque

  Scénario: Une explication se lit au clavier
    Étant donné que j'ouvre la saisie d'une formation « Cléa »
    Quand je clique sur « Explication : Code NSF »
    Alors je lis « Groupe de la nomenclature des spécialités de formation. Repris de la certification. »

  Scénario: Une explication se referme avec « Échap »
    Étant donné que j'ouvre la saisie d'une formation « Cléa »
    Et que je clique sur « Explication : Code NSF »
    Quand j'appuie sur la touche « Échap »
    Alors je ne lis plus « Groupe de la nomenclature des spécialités de formation. »

  Scénario: Je supprime un brouillon sans souris
    Étant donné que mon catalogue contient la formation « Clea_1 »
    Et que je suis sur la page « Catalogue »
    Quand je choisis l'opération « Supprimer » de la formation « Clea_1 »
    Et que je clique sur « Supprimer définitivement »
    Alors le message « est supprimée. » s'affiche
    Et mon catalogue est vide

  Scénario: La touche « Échap » renonce à supprimer
    Étant donné que mon catalogue contient la formation « Clea_1 »
    Et que je suis sur la page « Catalogue »
    Et que je choisis l'opération « Supprimer » de la formation « Clea_1 »
    Quand j'appuie sur la touche « Échap »
    Alors la question « Supprimer la formation « Formation Clea_1 » ? » n'est plus affichée
    Et mon catalogue contient 1 formation

  Scénario: Je saute directement au contenu de la page
    Étant donné que je suis sur la page « Catalogue »
    Quand j'appuie sur la touche « Tabulation »
    Et que j'appuie sur la touche « Entrée »
    Et que j'appuie sur la touche « Tabulation »
    Alors le clavier est sur « Ajouter une formation »
