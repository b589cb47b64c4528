# language: fr
@regles
Fonctionnalité: Annuler ne demande confirmation que si quelque chose serait perdu
  Sans rien à perdre, « Annuler » ramène au catalogue. Sinon, l'écran demande, et c'est moi qui décide.

  Contexte:
    Étant donné que je gère le catalogue de mon organisme

  Scénario: Sans rien avoir saisi, je reviens au catalogue
    Étant donné que j'ouvre la saisie d'une formation « Cléa »
    Quand je clique sur « Annuler »
    Alors la page « Catalogue » s'affiche
    Et mon catalogue est vide

  Scénario: Sans avoir rien changé à une formation, je reviens au catalogue
    Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
    Et que j'ouvre la formation « Clea_1 »
    Quand je clique sur « Annuler »
    Alors la page « Catalogue » s'affiche
    Et la formation « Clea_1 » n'a pas changé

  Scénario: Sans rien à perdre, un texte remis comme avant ne pose pas de question
    Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
    Et que j'ouvre la formation « Clea_1 »
    Et que je saisis « Autre chose » dans le champ « Intitulé de la formation »
    Et que je saisis « Formation Clea_1 » dans le champ « Intitulé de la formation »
    Quand je clique sur « Annuler »
    Alors la page « Catalogue » s'affiche

  Scénario: Avant de perdre ce que j'ai saisi, l'écran me pose la question
    Étant donné que j'ouvre la saisie d'une formation « Cléa »
    Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
    Quand je clique sur « Annuler »
    Alors la question « Quitter sans enregistrer ? » s'affiche

  Scénario: Quitter la page sans enregistrer m'avertit aussi
    Étant donné que j'ouvre la saisie d'une formation « Cléa »
    Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
    Quand je clique sur « Catalogue » dans le menu
    Alors le navigateur m'a averti que ma saisie serait perdue

  Scénario: Je continue la saisie sans rien avoir perdu
    Étant donné que j'ouvre la saisie d'une formation « Cléa »
    Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
    Et que je clique sur « Annuler »
    Quand je clique sur « Continuer la saisie »
    Et que je saisis « Écouter » dans le champ « Contenu de la formation »
    Alors sous le champ « Contenu de la formation », je lis « 7 / 3000 Caractères »
    Et la question « Quitter sans enregistrer ? » n'est plus affichée
    Et le champ « Les points forts de la formation » contient « Petits groupes »

  Scénario: Quitter sans enregistrer laisse la formation comme elle était
    Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
    Et que j'ouvre la formation « Clea_1 »
    Et que je saisis « Autre chose » dans le champ « Intitulé de la formation »
    Et que je clique sur « Annuler »
    Quand je clique sur « Quitter sans enregistrer »
    Alors la page « Catalogue » s'affiche
    Et la formation « Clea_1 » n'a pas changé
