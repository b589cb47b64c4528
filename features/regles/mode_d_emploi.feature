# language: fr
@regles
Fonctionnalité: Le mode d'emploi montre les étapes du guide
  Les étapes affichées dans l'application sont celles de ces scénarios : la même phrase sert à lire et à vérifier.

  @externe
  Scénario: Le mode d'emploi propose le guide « Créer une formation « Cléa » »
    Étant donné que je suis sur la page « Mode d'emploi »
    Quand je clique sur « Créer une formation « Cléa » »
    Alors la page « Créer une formation « Cléa » » s'affiche
    Et les étapes 1 à 13 sont présentées dans l'ordre

  @externe
  Scénario: Chaque étape porte la phrase de la fiche
    Étant donné que je suis sur la page « Mode d'emploi »
    Quand je clique sur « Créer une formation « Cléa » »
    Alors je lis « Si l'identifiant saisi est disponible, un message s'affiche en haut à droite de votre écran »
    Et je lis « Vous pouvez modifier le contenu de ce champ. »

  @externe
  Scénario: Les étapes reconstituées sont signalées
    Étant donné que je suis sur la page « Mode d'emploi »
    Quand je clique sur « Créer une formation « Cléa » »
    Alors l'étape 9 est signalée comme reconstituée
    Et l'étape 10 est signalée comme reconstituée
    Et l'étape 4 n'est pas signalée comme reconstituée

  Scénario: Le mode d'emploi est à un clic de toutes les pages
    Étant donné que je gère le catalogue de mon organisme
    Et que j'ouvre la saisie d'une formation « Cléa »
    Quand je clique sur « Mode d'emploi » dans le menu
    Alors la page « Mode d'emploi » s'affiche

  Scénario: Ce que chaque champ devient dans le fichier d'EDOF se lit, et qui le demande
    Étant donné que je suis sur la page « Mode d'emploi »
    Quand je clique sur « Correspondance avec le fichier EDOF »
    Alors la page « Correspondance avec le fichier EDOF » s'affiche
    Et je lis « formation › objectif-formation »
    Et je lis « Numéro d'agrément préfectoral »
