# language: fr
@regles @externe
Fonctionnalité: J'écris un scénario avec les phrases que l'outil connaît
  Le livre de phrases dit tout ce qu'un scénario peut dire. Avant de demander à quelqu'un de jouer le mien,
  je le colle dans une page qui me dit ce qu'il y a à y changer.

  Scénario: Le mode d'emploi mène aux phrases des scénarios
    Étant donné que je suis sur la page « Mode d'emploi »
    Quand je clique sur « Les phrases des scénarios »
    Alors la page « Les phrases des scénarios » s'affiche
    Et le titre « Préparer » s'affiche
    Et je ne lis pas « Clique sur le bouton ou le lien qui porte exactement ce libellé. »

  Scénario: Le sommaire des phrases ouvre le chapitre où il mène
    Étant donné que je suis sur la page « Mode d'emploi »
    Et que je clique sur « Les phrases des scénarios »
    Quand je clique sur « Agir sur l'écran »
    Alors je lis « Clique sur le bouton ou le lien qui porte exactement ce libellé. »

  Scénario: Une phrase se retrouve par ses mots, sans accent ni majuscule
    Étant donné que je suis sur la page « Mode d'emploi »
    Et que je clique sur « Les phrases des scénarios »
    Quand je cherche « CHAQUE OPERATION PROPOSEE » parmi les phrases
    Alors je lis « 1 phrase trouvée »
    Et le titre « chaque opération proposée tient à l'écran » s'affiche

  Scénario: Une recherche sans résultat le dit
    Étant donné que je suis sur la page « Mode d'emploi »
    Et que je clique sur « Les phrases des scénarios »
    Quand je cherche « introuvable » parmi les phrases
    Alors je lis « Aucune phrase ne correspond. »
    Et le lien « Voir toutes les phrases » est proposé

  Scénario: Un scénario dont toutes les étapes sont connues n'a rien à changer
    Étant donné que je suis sur la page « Mode d'emploi »
    Et que je clique sur « Essayer un scénario »
    Quand je saisis dans le champ « Votre scénario » :
      """
      Scénario: Je renonce
        Étant donné que j'ouvre la saisie d'une formation « Cléa »
        Quand je clique sur « Annuler »
        Alors la page « Catalogue » s'affiche
      """
    Alors je lis « 3 étapes : tout est connu. »

  Scénario: Une étape inconnue est signalée avec la phrase la plus proche
    Étant donné que je suis sur la page « Mode d'emploi »
    Et que je clique sur « Essayer un scénario »
    Quand je saisis dans le champ « Votre scénario » :
      """
      Quand je cliques sur le bouton « Suivant »
      Alors le titre « Étape 2/2 » s'affiche
      """
    Alors je lis « 2 étapes, dont 1 prête. 1 ligne à revoir. »
    Et je lis « Au lieu de « cliques », écrivez « clique ». Retirez « le bouton ». »

  Scénario: Un mot-clé mal écrit est signalé, et l'étape est lue quand même
    Étant donné que je suis sur la page « Mode d'emploi »
    Et que je clique sur « Essayer un scénario »
    Quand je saisis dans le champ « Votre scénario » :
      """
      Quant je clique sur « Suivant »
      Alors le titre « Étape 2/2 » s'affiche
      """
    Alors je lis « « Quant » n'est pas un mot-clé de Gherkin : écrivez « Quand ». »
    Et le lien « je clique sur » est proposé

  @sans_js
  Scénario: Sans JavaScript, un bouton fait la même chose et mon texte est gardé
    Étant donné que je suis sur la page « Mode d'emploi »
    Et que je clique sur « Essayer un scénario »
    Et que je saisis « Et que je clique sur « Suivant » » dans le champ « Votre scénario »
    Quand je clique sur « Essayer »
    Alors je lis « « Et que » n'a rien à prolonger »
    Et le champ « Votre scénario » contient « Et que je clique sur « Suivant » »
