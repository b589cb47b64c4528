# language: fr
@regles
Fonctionnalité: Ce que j'ai saisi sans l'enregistrer m'est proposé de nouveau
  Recharger, revenir en arrière, changer de page : ce que j'ai tapé et pas encore enregistré reste dans mon onglet.
  L'écran me propose de le reprendre, en disant à quelle heure je l'ai saisi. Rien ne change tant que je ne
  le demande pas, et personne d'autre ne le voit.

  Contexte:
    Étant donné que je gère le catalogue de mon organisme

  Règle: Une saisie que je n'ai pas enregistrée m'est proposée

    Scénario: La page rechargée me propose ma saisie, et ne la reprend pas d'elle-même
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Quand je recharge la page
      Alors l'écran me propose de reprendre ma saisie
      Et le champ « Les points forts de la formation » est vide

    Scénario: Recharger la page ne perd pas ma saisie
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Et que je recharge la page
      Quand je reprends ma saisie
      Alors le champ « Les points forts de la formation » contient « Petits groupes »
      Et sous le champ « Les points forts de la formation », je lis « 14 / 255 Caractères »

    Scénario: Quitter la page puis y revenir ne perd pas ma saisie
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Quand je clique sur « Catalogue » dans le menu
      Et que je reviens à la page précédente
      Et que je reprends ma saisie
      Alors le champ « Contenu de la formation » contient « Mon texte »
      Et la formation « Clea_1 » n'a pas changé

    Scénario: Revenir en arrière puis avancer ne perd pas ma saisie
      Étant donné que je suis sur la page « Nouvelle offre de formation »
      Et que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Quand je reviens à la page précédente
      Et que j'avance à la page suivante
      Et que je reprends ma saisie
      Alors le champ « Les points forts de la formation » contient « Petits groupes »

    Scénario: Changer de date ne perd pas ma saisie
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Quand je clique sur « Passer à aujourd'hui »
      Et que je reprends ma saisie
      Alors le champ « Contenu de la formation » contient « Mon texte »

    Scénario: La page d'une formation supprimée par un collègue me propose ma saisie
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Et que Claude Durand supprime la formation « Clea_1 »
      Quand je recharge la page
      Alors l'écran me propose de reprendre ma saisie

    Scénario: Ma saisie reprise, l'écran dit que la formation a été supprimée
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Et que Claude Durand supprime la formation « Clea_1 »
      Et que je recharge la page
      Quand je reprends ma saisie
      Alors l'alerte « Cette formation n'existe plus dans votre catalogue » s'affiche

    Scénario: Une formation supprimée par un collègue se crée de nouveau avec ma saisie reprise
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Et que Claude Durand supprime la formation « Clea_1 »
      Et que je recharge la page
      Et que je reprends ma saisie
      Quand je clique sur « Créer une formation avec cette saisie »
      Et que je clique sur « Enregistrer les modifications »
      Alors l'écran dit à quelle heure ma saisie est enregistrée
      Et « Contenu de la formation » de « Clea_1 » est « Mon texte »

    Scénario: La page d'une formation archivée par un collègue me propose ma saisie
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Et que Claude Durand archive la formation « Clea_1 »
      Quand je recharge la page
      Et que je reprends ma saisie
      Alors l'alerte « Cette formation a été archivée par Claude Durand » s'affiche
      Et le champ « Contenu de la formation » contient « Mon texte »

    Scénario: Une saisie reprise s'enregistre
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Et que je recharge la page
      Et que je reprends ma saisie
      Quand je clique sur « Enregistrer les modifications »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_1 » est au statut « Brouillon » dans le catalogue
      Et « Contenu de la formation » de « Clea_1 » est « Mon texte »

    Scénario: Le texte d'un collègue n'est pas écrasé par une saisie reprise
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Et que Claude Durand enregistre « Son texte » dans « Contenu de la formation » de « Clea_1 »
      Et que je recharge la page
      Et que je reprends ma saisie
      Quand je clique sur « Enregistrer les modifications »
      Alors l'encadré « Deux versions de cette formation » montre « Mon texte » et « Son texte »
      Et « Contenu de la formation » de « Clea_1 » est « Son texte »

    Scénario: Ce que je saisis après un changement de type m'est proposé si je recharge la page
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je clique sur « Changer de type ou de certification »
      Et que je sélectionne « Bilan de compétences »
      Et que je clique sur « Suivant »
      Et que je saisis « 20 » dans le champ « Durée totale, en heures »
      Quand je recharge la page
      Et que je reprends ma saisie
      Alors le champ « Durée totale, en heures » contient « 20 »
      Et la formation « Clea_1 » n'a pas changé

    Scénario: Revenir en arrière après un changement de type ne perd rien
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Et que je clique sur « Changer de type ou de certification »
      Et que je sélectionne « Bilan de compétences »
      Et que je clique sur « Suivant »
      Et que je reviens à la page précédente
      Quand je clique sur « Suivant »
      Alors le champ « Contenu de la formation » contient « Mon texte »

  Règle: Une saisie enregistrée ou abandonnée ne m'est plus proposée

    Scénario: Ce que j'enregistre ne m'est plus proposé
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Quand j'ouvre la formation « Clea_1 »
      Alors l'écran ne me propose de reprendre aucune saisie

    Scénario: Ce que j'abandonne ne m'est plus proposé
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Et que je recharge la page
      Et que je clique sur « L'abandonner »
      Quand je recharge la page
      Alors l'écran ne me propose de reprendre aucune saisie
      Et le champ « Les points forts de la formation » est vide

    Scénario: « Annuler » abandonne ma saisie
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Et que je clique sur « Annuler »
      Et que je clique sur « Quitter sans enregistrer »
      Quand j'ouvre la saisie d'une formation « Cléa »
      Alors l'écran ne me propose de reprendre aucune saisie

  Règle: Ma saisie n'est qu'à moi

    Scénario: Me déconnecter efface ma saisie
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Et que je clique sur « Se déconnecter »
      Et que je me reconnecte dans un autre onglet
      Quand j'ouvre la saisie d'une formation « Cléa »
      Alors l'écran ne me propose de reprendre aucune saisie

    Scénario: La saisie d'une formation n'est pas proposée pour une autre
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que mon catalogue contient le brouillon complet « Clea_2 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Quand j'ouvre la formation « Clea_2 »
      Alors l'écran ne me propose de reprendre aucune saisie

    @sans_js
    Scénario: Sans JavaScript, rien n'est gardé et rien n'est promis
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Quand je recharge la page
      Alors l'écran ne me propose de reprendre aucune saisie
