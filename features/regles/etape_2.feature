# language: fr
@regles
Fonctionnalité: L'étape 2/2 montre d'un coup d'œil où j'en suis
  Le premier champ est à l'écran, la liste de ce qui est demandé se coche d'elle-même, et l'aperçu montre ce que lira
  la personne qui cherche une formation.

  Contexte:
    Étant donné que nous sommes le 28 novembre 2019
    Et que je gère le catalogue de mon organisme

  Scénario: Une nouvelle formation s'ouvre prête à recevoir ma saisie
    Quand j'ouvre la saisie d'une formation « Cléa »
    Alors le clavier est dans le champ « Votre identifiant interne de formation »

  Scénario: L'aperçu suit ma saisie
    Étant donné que j'ouvre la saisie d'une formation « Cléa »
    Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
    Quand je sélectionne « 96214 - Mixte » dans la liste « Type de parcours de formation »
    Alors l'encadré « Aperçu » montre « Petits groupes » et « Mixte »

  Scénario: L'aperçu d'une formation enregistrée est complet dès l'ouverture
    Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
    Quand j'ouvre la formation « Clea_1 »
    Alors l'encadré « Aperçu » montre « Formation Clea_1 » et « Mixte »

  Scénario: Une formation enregistrée porte son titre, et sa certification tient en une ligne
    Étant donné que mon catalogue contient la formation « Clea_1 »
    Quand j'ouvre la formation « Clea_1 »
    Alors la page « Formation Clea_1 » s'affiche
    Et je lis « CléA · RS2203 · FORMACODE 15041 · NSF 100 »
    Et je ne lis pas « Préparation à la certification »
    Et le titre de l'onglet commence par « Formation Clea_1 »

  Scénario: « Pour valider » compte les champs qui manquent
    Étant donné que j'ouvre la saisie d'une formation « Cléa »
    Quand je saisis « Petits groupes » dans le champ « Les points forts de la formation »
    Alors je lis « Il reste 5 champs à compléter pour valider. »
