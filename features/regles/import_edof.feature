# language: fr
@regles
Fonctionnalité: J'importe un fichier EDOF après avoir vu ce qu'il change
  Le fichier XML d'EDOF entre dans le catalogue d'un bloc, ou pas du tout. Avant, l'écran montre ce que devient chaque
  élément ; ce que le fichier ne dit pas n'est pas changé, et ce qui n'a pas de champ ici est gardé et rendu.

  Contexte:
    Étant donné que je gère le catalogue de mon organisme

  Règle: Rien n'est écrit avant que j'aie vu ce qui changerait

    Scénario: Avant l'import, un fichier est montré élément par élément
      Étant donné que je suis sur la page « Importer un fichier EDOF »
      Et que je choisis le fichier EDOF de la formation « Clea_1 », intitulée « Écouter, puis parler »
      Quand je clique sur « Voir ce qui changerait »
      Alors la page « Importer « catalogue.xml » » s'affiche
      Et je lis « Rien n'est encore écrit »
      Et l'aperçu dit :
        | Formation Clea_1         | Créée |
        | Action Clea_1 › A1       | Créée |
        | Session Clea_1 › A1 › S1 | Créée |
      Et je lis « Écouter, puis parler »
      Et mon catalogue est vide

    Scénario: Ce qui a été montré est importé
      Étant donné que je suis sur la page « Importer un fichier EDOF »
      Et que je choisis le fichier EDOF de la formation « Clea_1 », intitulée « Écouter, puis parler »
      Et que je clique sur « Voir ce qui changerait »
      Quand je clique sur « Importer »
      Et que la tâche se termine
      Alors mon catalogue contient 1 formation
      Et la formation « Clea_1 » est enregistrée au statut « Validée »

    Scénario: Ce qui est modifié est montré avant et après
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que je suis sur la page « Importer un fichier EDOF »
      Et que je choisis le fichier EDOF de la formation « Clea_1 », intitulée « Écouter, puis parler »
      Quand je clique sur « Voir ce qui changerait »
      Alors l'aperçu dit :
        | Formation Clea_1   | Modifiée |
        | Action Clea_1 › A1 | Créée    |
      Et je lis « Formation Clea_1 Écouter, puis parler »

    Scénario: Ce qui change entre l'aperçu et l'import est montré de nouveau
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que je suis sur la page « Importer un fichier EDOF »
      Et que je choisis le fichier EDOF de la formation « Clea_1 », intitulée « Écouter, puis parler »
      Et que je clique sur « Voir ce qui changerait »
      Et que Claude Durand enregistre « Neuf » dans « Les points forts de la formation » de « Clea_1 »
      Quand je clique sur « Importer »
      Alors je lis « Le catalogue a changé depuis l'aperçu »
      Et je lis « Neuf »

  Règle: Un fichier est lu comme il est, ou refusé

    Scénario: Un fichier qui se trompe sur son encodage est signalé
      Étant donné que je suis sur la page « Importer un fichier EDOF »
      Et que je choisis le fichier EDOF de la formation « Clea_1 », intitulée « Écouter, puis parler », avec l'UTF-8 pour encodage véritable
      Quand je clique sur « Voir ce qui changerait »
      Alors je lis « Ce fichier se dit en ISO-8859-1, et est en UTF-8 »

    Scénario: Un fichier qui se trompe sur son encodage se lit comme il est
      Étant donné que je suis sur la page « Importer un fichier EDOF »
      Et que je choisis le fichier EDOF de la formation « Clea_1 », intitulée « Écouter, puis parler », avec l'UTF-8 pour encodage véritable
      Et que je clique sur « Voir ce qui changerait »
      Quand je clique sur « Le lire comme il est (UTF-8) »
      Et que je clique sur « Importer »
      Et que la tâche se termine
      Et que j'ouvre la page « Catalogue »
      Alors je lis « Écouter, puis parler »

    Scénario: Le fichier d'un autre organisme est refusé, et son SIRET montré
      Étant donné que je suis sur la page « Importer un fichier EDOF »
      Et que je choisis le fichier EDOF de la formation « Clea_1 », intitulée « Écouter », avec le SIRET d'un autre organisme
      Quand je clique sur « Voir ce qui changerait »
      Alors je lis « Ce fichier est d'un autre organisme : son SIRET est 12345678200010 »
      Et mon catalogue est vide

    Scénario: Une certification que le registre ne connaît pas refuse sa formation, et est nommée
      Étant donné que je suis sur la page « Importer un fichier EDOF »
      Et que je choisis le fichier EDOF de la formation « Clea_1 », intitulée « Écouter », avec une certification inconnue
      Quand je clique sur « Voir ce qui changerait »
      Alors l'aperçu dit :
        | Formation Clea_1 | Refusée |
      Et je lis « La certification RS999999 n'est pas dans le registre »
      Et « Importer » n'est pas proposé

    Scénario: Une formation donnée une fois par session est réunie
      Étant donné que je suis sur la page « Importer un fichier EDOF »
      Et que je choisis le fichier EDOF de la formation « Clea_1 », intitulée « Écouter », avec une rangée par session
      Quand je clique sur « Voir ce qui changerait »
      Alors l'aperçu dit :
        | Formation Clea_1         | Créée |
        | Action Clea_1 › A1       | Créée |
        | Session Clea_1 › A1 › S1 | Créée |
        | Session Clea_1 › A1 › S2 | Créée |
      Et je lis « donnée en 2 fois »

  Règle: Ce qui entre revient

    Scénario: Un fichier entier reviendra comme il est
      Étant donné que je suis sur la page « Importer un fichier EDOF »
      Et que je choisis le fichier EDOF de la formation « Clea_1 », intitulée « Écouter », avec une information inconnue
      Quand je clique sur « Voir ce qui changerait »
      Alors je lis « Rien n'est perdu de ce que dit le fichier : à l'export, ce qui est validé, et que le fichier peut porter, ressort comme il est entré. »

    Scénario: Importé de nouveau, un fichier ne change rien
      Étant donné que je suis sur la page « Importer un fichier EDOF »
      Et que je choisis le fichier EDOF de la formation « Clea_1 », intitulée « Écouter », avec une information inconnue
      Et que je clique sur « Voir ce qui changerait »
      Et que je clique sur « Importer »
      Et que la tâche se termine
      Quand j'ouvre la page « Importer un fichier EDOF »
      Et que je choisis le fichier EDOF de la formation « Clea_1 », intitulée « Écouter », avec une information inconnue
      Et que je clique sur « Voir ce qui changerait »
      Alors je lis « Rien ne changera. »
      Et l'aperçu dit :
        | Formation Clea_1 | Inchangée |

    Scénario: Ce qu'un import a conservé se lit, et se retire
      Étant donné que je suis sur la page « Importer un fichier EDOF »
      Et que je choisis le fichier EDOF de la formation « Clea_1 », intitulée « Écouter », avec une information inconnue
      Et que je clique sur « Voir ce qui changerait »
      Et que je clique sur « Importer »
      Et que la tâche se termine
      Et que j'ouvre la formation « Clea_1 »
      Et que je déplie « Ce qu'un import a conservé : 1 information »
      Et que je clique sur « Ne plus conserver « code-de-mon-logiciel » »
      Quand je clique sur « Ne plus conserver »
      Alors le message « « code-de-mon-logiciel » n'est plus conservé : l'export ne l'écrira plus. » s'affiche
      Et je ne lis plus « Ce qu'un import a conservé »

    Scénario: Un import s'annule
      Étant donné que je suis sur la page « Importer un fichier EDOF »
      Et que je choisis le fichier EDOF de la formation « Clea_1 », intitulée « Écouter »
      Et que je clique sur « Voir ce qui changerait »
      Et que je clique sur « Importer »
      Et que la tâche se termine
      Quand je clique sur « Annuler cet import »
      Et que la tâche se termine
      Alors mon catalogue est vide

    Scénario: Annulé, un import ne vide pas ce que quelqu'un a modifié depuis
      Étant donné que je suis sur la page « Importer un fichier EDOF »
      Et que je choisis le fichier EDOF de la formation « Clea_1 », intitulée « Écouter »
      Et que je clique sur « Voir ce qui changerait »
      Et que je clique sur « Importer »
      Et que la tâche se termine
      Et que Claude Durand enregistre « Neuf » dans « Les points forts de la formation » de « Clea_1 »
      Quand je clique sur « Annuler cet import »
      Et que la tâche se termine
      Alors mon catalogue contient 1 formation
      Et je lis « Gardée avec sa formation, qui a changé depuis cette tâche. »

  Règle: Un lecteur n'importe rien

    Scénario: Un lecteur ne se voit pas proposer d'importer
      Étant donné que je deviens lecteur du catalogue
      Quand j'ouvre la page « Catalogue »
      Alors « Fichier EDOF » n'est pas proposé

    Scénario: Un lecteur n'ouvre pas la page d'import
      Étant donné que je deviens lecteur du catalogue
      Quand j'ouvre l'adresse de l'import d'un fichier EDOF
      Alors la page « Accès refusé » s'affiche
