# language: fr
@regles @externe
Fonctionnalité: Je sais ce qu'une nouvelle édition d'un guide change
  Un guide change de version. Avant de toucher à un scénario, je colle le nouveau texte à côté de celui que les scénarios
  suivent : chaque différence est dite une fois, avec ce qu'elle demande de revoir.

  Contexte:
    Étant donné que je suis sur la page « Mode d'emploi »
    Et que je clique sur « Nouvelle édition »
    Et que je clique sur « Partir du texte actuel »

  Scénario: Le texte actuel n'a aucune différence avec lui-même
    Quand je clique sur « Comparer »
    Alors je lis « Rien ne change : les 71 phrases comparées sont les mêmes, dans le même ordre. »

  Scénario: Un nombre changé se lit dans sa phrase et mène au scénario à revoir
    Étant donné que je remplace « 255 » par « 300 » dans le champ « Texte de la nouvelle édition »
    Quand je clique sur « Comparer »
    Alors je lis « 1 différence : 1 changement. 70 phrases identiques. »
    Et je lis « retiré : 255 »
    Et je lis « ajouté : 300 »
    Et le lien « phrase 11.3 » est proposé
    Et le lien « Le champ « Les points forts de la formation » dit ce qu'il attend » est proposé

  Scénario: Un libellé renommé partout est une seule différence, et nul écran ne l'a
    Étant donné que je remplace « Suivant » par « Poursuivre » dans le champ « Texte de la nouvelle édition »
    Quand je clique sur « Comparer »
    Alors je lis « 1 différence : 1 changement. »
    Et je lis « « Suivant » devient « Poursuivre » dans 2 phrases »
    Et je lis « Aucun écran n'a de libellé « Poursuivre ». »

  Scénario: Une édition qui change de numéro et de date est une seule différence
    Étant donné que je remplace « V2 du 28/11/2019 » par « V3 du 12/01/2027 » dans le champ « Texte de la nouvelle édition »
    Quand je clique sur « Comparer »
    Alors je lis « 1 différence : 1 changement. 70 phrases identiques. »
    Et le lien « phrase 0.5 » est proposé

  Scénario: Une phrase retirée est dite disparue
    Étant donné que je remplace « Sélectionnez le type de parcours adapté à votre offre. » par « » dans le champ « Texte de la nouvelle édition »
    Quand je clique sur « Comparer »
    Alors je lis « 1 différence : 1 disparition. »
    Et je lis « Scénario à retirer ou à garder »
    Et le lien « Je sélectionne le type de parcours adapté à mon offre » est proposé

  Scénario: Une phrase ajoutée est dite nouvelle, avec l'étape de scénario la plus proche
    Étant donné que je remplace « Votre formation sera au statut » par « Cliquez sur le bouton « Dupliquer ». Votre formation sera au statut » dans le champ « Texte de la nouvelle édition »
    Quand je clique sur « Comparer »
    Alors je lis « 1 passage nouveau »
    Et je lis « « Dupliquer » est un libellé de nos écrans »

  Scénario: Une phrase qui change de place est une seule différence
    Étant donné que je remplace « Vous pouvez modifier le contenu de ce champ. » par « » dans le champ « Texte de la nouvelle édition »
    Et que je remplace « Saisissez votre identifiant interne » par « Vous pouvez modifier le contenu de ce champ. Saisissez votre identifiant interne » dans le champ « Texte de la nouvelle édition »
    Quand je clique sur « Comparer »
    Alors je lis « 1 différence : 1 déplacement. »
    Et je lis « Se trouve maintenant après »

  Scénario: Le texte d'un autre guide est reconnu
    Étant donné que je sélectionne « Créer une session » dans la liste « Guide auquel le comparer »
    Quand je clique sur « Comparer »
    Alors je lis « Ce texte n'a presque rien de commun avec le guide « Créer une session ». »
    Et je lis « Ce texte ressemble davantage au guide « Créer une formation « Cléa » » »

  @sans_js
  Scénario: Sans texte, on me le demande
    Étant donné que je vide le champ « Texte de la nouvelle édition »
    Quand je clique sur « Comparer »
    Alors je lis « Collez d'abord le texte de la nouvelle édition. »
