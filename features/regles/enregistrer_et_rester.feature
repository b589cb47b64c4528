# language: fr
@regles
Fonctionnalité: Enregistrer me laisse là où j'écris
  La page reste, dit à quelle heure ma saisie est enregistrée, et je continue. Ce qui est enregistré n'est plus à
  perdre : ni question, ni avertissement, ni saisie à reprendre.

  Contexte:
    Étant donné que je gère le catalogue de mon organisme

  Règle: La page reste, et dit à quelle heure ma saisie est enregistrée

    Scénario: L'heure reste affichée pendant que je continue
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que je clique sur « Enregistrer les modifications »
      Quand je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Alors sous le champ « Les points forts de la formation », je lis « 14 / 255 Caractères »
      Et l'écran dit à quelle heure ma saisie est enregistrée
      Et la page « Socle de connaissances et de compétences professionnelles (CléA) » s'affiche

    Scénario: L'adresse de la page devient celle de la formation
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Quand je clique sur « Enregistrer les modifications »
      Alors l'écran dit à quelle heure ma saisie est enregistrée
      Et l'adresse de la page est celle de la formation « Clea_1 »

    Scénario: Rechargée, la page montre la formation enregistrée
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que je clique sur « Enregistrer les modifications »
      Quand je recharge la page
      Alors le champ « Votre identifiant interne de formation » contient « Clea_1 »

    Scénario: Le statut affiché suit ce qui est enregistré
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que j'ouvre la formation « Clea_1 »
      Et que je vide le champ « Les points forts de la formation »
      Quand je clique sur « Enregistrer les modifications »
      Alors le message « est revenue au statut « Brouillon » » s'affiche
      Et je lis « Il reste 1 champ à compléter pour valider. »
      Et je ne lis plus « Validée »

    Scénario: « Voir dans le catalogue » mène à la carte, où qu'elle soit
      Étant donné que mon catalogue contient 45 formations
      Et que j'ouvre la formation « Clea_001 »
      Quand je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_001 » est au statut « Brouillon » dans le catalogue

    Scénario: De la carte où qu'elle soit, je reviens au début du catalogue
      Étant donné que mon catalogue contient 45 formations
      Et que j'ouvre la formation « Clea_001 »
      Et que je clique sur « Voir dans le catalogue »
      Quand je clique sur « Revenir au début »
      Alors le catalogue affiche 20 formations

  Règle: Enregistrer encore met à jour la même formation

    Scénario: Deux enregistrements de suite ne font ni deux formations ni un conflit
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que je clique sur « Enregistrer les modifications »
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Quand je clique sur « Enregistrer les modifications »
      Alors l'écran dit à quelle heure ma saisie est enregistrée
      Et aucun refus n'est affiché
      Et « Les points forts de la formation » de « Clea_1 » est « Petits groupes »
      Et mon catalogue contient 1 formation

    @reseau
    Scénario: Une réponse perdue, puis un autre texte : l'écran dit ce qui était déjà enregistré
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que survient la panne « réponse perdue après l'enregistrement »
      Et que je clique sur « Enregistrer les modifications »
      Et que la panne prend fin
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Quand je clique sur « Enregistrer les modifications »
      Alors l'alerte « Vous avez déjà enregistré cette formation » s'affiche
      Et mon catalogue contient 1 formation

    @reseau
    Scénario: Une réponse perdue, puis un autre texte : enregistrer de nouveau garde cet autre texte, sans doublon
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que survient la panne « réponse perdue après l'enregistrement »
      Et que je clique sur « Enregistrer les modifications »
      Et que la panne prend fin
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Quand je clique sur « Enregistrer les modifications »
      Alors l'écran dit à quelle heure ma saisie est enregistrée
      Et « Les points forts de la formation » de « Clea_1 » est « Petits groupes »
      Et mon catalogue contient 1 formation

    @reseau
    Scénario: Une réponse perdue, puis une saisie reprise, ne font pas deux formations
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Premier brouillon » dans le champ « Intitulé de la formation »
      Et que survient la panne « réponse perdue après l'enregistrement »
      Et que je clique sur « Enregistrer les modifications »
      Et que la panne prend fin
      Et que je recharge la page
      Et que je reprends ma saisie
      Quand je clique sur « Enregistrer les modifications »
      Alors l'écran dit à quelle heure ma saisie est enregistrée
      Et mon catalogue contient 1 formation

  Règle: Ce qui est enregistré n'est plus à perdre

    Scénario: Quitter la page après avoir enregistré n'avertit de rien
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que je clique sur « Enregistrer les modifications »
      Quand je clique sur « Catalogue » dans le menu
      Alors la page « Catalogue » s'affiche
      Et le navigateur ne m'a averti de rien

    Scénario: Une saisie enregistrée n'est plus proposée quand je recharge la page
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que je clique sur « Enregistrer les modifications »
      Quand je recharge la page
      Alors l'écran ne me propose de reprendre aucune saisie

    Scénario: Une saisie enregistrée n'est pas proposée à la formation suivante
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que je clique sur « Enregistrer les modifications »
      Quand j'ouvre la saisie d'une formation « Cléa »
      Alors l'écran ne me propose de reprendre aucune saisie

    Scénario: « Annuler » n'abandonne que ce qui suit l'enregistrement
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Et que je saisis « Autre chose » dans le champ « Contenu de la formation »
      Et que je clique sur « Annuler »
      Quand je clique sur « Quitter sans enregistrer »
      Alors la page « Catalogue » s'affiche
      Et « Contenu de la formation » de « Clea_1 » est « Mon texte »

    Scénario: Sans rien saisir après l'enregistrement, « Annuler » ne demande rien
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que je clique sur « Enregistrer les modifications »
      Quand je clique sur « Annuler »
      Alors la page « Catalogue » s'affiche
      Et la formation « Clea_1 » est au statut « Brouillon » dans le catalogue

    Scénario: Ce que je saisis après l'enregistrement est gardé à son tour
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que je clique sur « Enregistrer les modifications »
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Quand je recharge la page
      Et que je reprends ma saisie
      Alors le champ « Les points forts de la formation » contient « Petits groupes »
      Et le champ « Votre identifiant interne de formation » contient « Clea_1 »

  Règle: Ce qu'une autre personne fait de la formation m'est dit, et mon texte reste

    Scénario: Une personne qui porte mon nom n'est pas moi
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Et qu'une personne qui porte mon nom enregistre « Son texte » dans « Contenu de la formation » de « Clea_1 »
      Quand je clique sur « Enregistrer les modifications »
      Alors l'alerte « Cette formation a été modifiée par » s'affiche
      Et je ne lis nulle part « Vous avez déjà enregistré »

    Scénario: Une formation supprimée pendant que je la modifie le dit, et mon texte reste
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que Claude Durand supprime la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Quand je clique sur « Enregistrer les modifications »
      Alors l'alerte « Cette formation n'existe plus dans votre catalogue » s'affiche
      Et le champ « Contenu de la formation » contient « Mon texte »

    Scénario: Une formation supprimée pendant que je la modifie se crée de nouveau avec ma saisie
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que Claude Durand supprime la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Quand je clique sur « Créer une formation avec cette saisie »
      Et que je clique sur « Enregistrer les modifications »
      Alors l'écran dit à quelle heure ma saisie est enregistrée
      Et « Contenu de la formation » de « Clea_1 » est « Mon texte »

    Scénario: Une formation archivée pendant que je la modifie le dit, et par qui
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que Claude Durand archive la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Quand je clique sur « Enregistrer les modifications »
      Alors l'alerte « Cette formation a été archivée par Claude Durand » s'affiche
      Et le champ « Contenu de la formation » contient « Mon texte »

    @sans_js
    Scénario: Sans JavaScript, une formation supprimée se crée de nouveau avec ma saisie
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Et que Claude Durand supprime la formation « Clea_1 »
      Et que je clique sur « Enregistrer les modifications »
      Quand je clique sur « Créer une formation avec cette saisie »
      Et que je clique sur « Enregistrer les modifications »
      Alors « Contenu de la formation » de « Clea_1 » est « Mon texte »

  Règle: Sans JavaScript, enregistrer ramène au formulaire

    @sans_js
    Scénario: Sans JavaScript, enregistrer revient au formulaire et le dit d'abord
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Quand je clique sur « Enregistrer les modifications »
      Alors l'écran dit à quelle heure ma saisie est enregistrée
      Et l'adresse de la page est celle de la formation « Clea_1 »
      Et la formation « Clea_1 » est enregistrée au statut « Brouillon »
