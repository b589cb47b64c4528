# language: fr
@regles
Fonctionnalité: Ce qui est refusé est dit au-dessus du formulaire
  Une liste mène à chaque champ à corriger, et le clavier y va. Chaque point s'en va dès que son champ est bon ;
  la liste part avec le dernier.

  Contexte:
    Étant donné que je gère le catalogue de mon organisme
    Et que mon catalogue contient la formation « Clea_1 »

  Règle: La liste se voit, et mène à chaque champ

    Scénario: Un refus se voit au-dessus du formulaire, et le clavier y est
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Quand je clique sur « Enregistrer les modifications »
      Alors l'alerte « La formation n'est pas enregistrée : 1 point à revoir » s'affiche
      Et la liste des refus, au-dessus du formulaire, mène à :
        | Votre identifiant interne de formation |
      Et le clavier est sur la liste des refus
      Et le titre de l'onglet commence par « Erreur : »
      Et sous le champ « Votre identifiant interne de formation », je lis « est déjà utilisé par une autre formation »

    Scénario: Un refus mène à son champ
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que je clique sur « Enregistrer les modifications »
      Quand je clique sur « Votre identifiant interne de formation » dans la liste des refus
      Alors le champ « Votre identifiant interne de formation » attend ma saisie

    @sans_js
    Scénario: Sans JavaScript aussi, la liste vient d'abord
      Étant donné que mon catalogue contient le brouillon « Clea_2 », complet sauf « Contenu de la formation »
      Et que j'ouvre la formation « Clea_2 »
      Quand je clique sur « Valider »
      Alors l'alerte « La formation n'est pas validée : 1 point à revoir » s'affiche
      Et la liste des refus, au-dessus du formulaire, mène à :
        | Contenu de la formation |
      Et le titre de l'onglet commence par « Erreur : »

    @sans_js
    Scénario: Sans JavaScript aussi, un refus mène à son champ
      Étant donné que mon catalogue contient le brouillon « Clea_2 », complet sauf « Contenu de la formation »
      Et que j'ouvre la formation « Clea_2 »
      Et que je clique sur « Valider »
      Quand je clique sur « Contenu de la formation » dans la liste des refus
      Alors le champ « Contenu de la formation » attend ma saisie

    Scénario: Deux versions d'une formation sont annoncées au même endroit
      Étant donné que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Les points forts de la formation »
      Et que Claude Durand enregistre « Son texte » dans « Les points forts de la formation » de « Clea_1 »
      Quand je clique sur « Enregistrer les modifications »
      Alors la liste des refus, au-dessus du formulaire, mène à :
        | Comparer les deux textes |
      Et le clavier est sur la liste des refus
      Et le titre de l'onglet commence par « Erreur : »

    Scénario: Une version choisie, plus rien n'est refusé
      Étant donné que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Les points forts de la formation »
      Et que Claude Durand enregistre « Son texte » dans « Les points forts de la formation » de « Clea_1 »
      Et que je clique sur « Enregistrer les modifications »
      Quand je clique sur « Enregistrer les modifications »
      Alors aucun refus n'est affiché
      Et le titre de l'onglet ne dit pas « Erreur »

  Règle: Un point s'en va dès que son champ est bon

    Scénario: Un point corrigé quitte la liste, les autres restent
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que je saisis 2551 caractères dans le champ « Les points forts de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Quand je saisis « Clea_2 » dans le champ « Votre identifiant interne de formation »
      Alors la liste des refus, au-dessus du formulaire, mène à :
        | Les points forts de la formation |
      Et le titre de l'onglet commence par « Erreur : »

    Scénario: La liste part avec son dernier point, et je continue ma saisie
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que je saisis 2551 caractères dans le champ « Les points forts de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Et que je saisis « Clea_2 » dans le champ « Votre identifiant interne de formation »
      Quand je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Alors aucun refus n'est affiché
      Et le titre de l'onglet ne dit pas « Erreur »
      Et le champ « Les points forts de la formation » attend ma saisie

    Scénario: Une fois enregistrée, plus rien n'est refusé
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que je clique sur « Enregistrer les modifications »
      Et que je saisis « Clea_2 » dans le champ « Votre identifiant interne de formation »
      Quand je clique sur « Enregistrer les modifications »
      Alors l'écran dit à quelle heure ma saisie est enregistrée
      Et aucun refus n'est affiché
      Et le titre de l'onglet ne dit pas « Erreur »
