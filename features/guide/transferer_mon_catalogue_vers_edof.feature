# language: fr
@guide @hors_source
Fonctionnalité: Transférer mon catalogue vers EDOF
  Ce guide est le nôtre : aucune fiche publique du portail sur ce transfert n'a été trouvée. Il suit l'ordre et les mots
  de ce produit.

  Le portail prend un catalogue sous la forme d'un fichier XML. Vous le faites ici, vous le déposez sur EDOF, puis vous
  revenez dire ce que le portail en a pensé.

  D'abord : Créer une session.

  Contexte:
    Étant donné que nous sommes le 28 novembre 2019
    Et que je gère le catalogue de mon organisme
    Et que mon catalogue contient les formations :
      | identifiant      | intitulé                            | statut  |
      | Clea_Identifiant | Compétences Cléa - expression orale | Validée |
    Et que la formation « Clea_Identifiant » a les actions, à partir du 13/01/2020 :
      | action   | statut  | session | statut de la session |
      | Toulouse | Validée | Janvier | Validée              |
    Et que mon catalogue contient le brouillon complet « Clea_Brouillon »

  Règle: Voici les étapes à suivre :

    @visite
    Scénario: Je fais le fichier, je le dépose et je lis la réponse du portail en suivant le guide
      Étant donné que Claude Durand enregistre « Le cœur du métier » dans « Objectif de la formation » de « Clea_Identifiant »
      Et que je suis sur la page « Catalogue »
      Quand je clique sur « Exporter pour EDOF »
      Et que je demande à voir ce qui sortira
      Alors je lis « 1 formation, 1 action, 1 session. »
      Quand je clique sur « Accepter ces remplacements et faire le fichier »
      Alors je lis « Gardé jusqu'au 28 décembre 2019. »
      Quand je télécharge le fichier EDOF
      Et que je clique sur « Marquer comme déposé sur EDOF »
      Alors le message « C'est noté : ce fichier a été déposé sur EDOF. » s'affiche
      Quand je clique sur « Fichier EDOF »
      Et que je clique sur « Ce qui changera sur EDOF »
      Alors je lis « Rien n'a changé depuis. »
      Quand je clique sur « Fichier EDOF »
      Et que je clique sur « Compte-rendu d'intégration »
      Et que je saisis « Clea_Identifiant ; Toulouse ; 30017 ; contact incomplet » dans le champ « Texte du compte-rendu »
      Et que je clique sur « Lire ce compte-rendu »
      Alors le code « 30017 » mène au champ « Contact pour s'informer »

  Règle: Étape 1 - Cliquez sur « Exporter pour EDOF » et dites ce qu'il faut exporter
    Depuis le catalogue. Tout le catalogue, une sélection, ou seulement ce qui a changé depuis le dernier fichier déposé.
    Rien n'est encore fait.

    @illustre
    Scénario: J'ouvre l'export depuis le catalogue
      Étant donné que je suis sur la page « Catalogue »
      Quand je clique sur « Exporter pour EDOF »
      Alors la page « Fichier EDOF » s'affiche
      Et « Tout le catalogue » est sélectionné

  Règle: Étape 2 - Lisez ce qui sortira et ce qui restera dehors
    Seules les formations publiables sortent. Chaque raison mène au champ à corriger ; corrigez, puis recommencez.

    @illustre
    Scénario: Je lis ce qui reste hors du fichier
      Étant donné que je suis sur la page « Fichier EDOF »
      Quand je demande à voir ce qui sortira
      Alors je lis « 1 formation, 1 action, 1 session. »
      Et la liste « Ce qui reste hors du fichier » nomme :
        | Clea_Brouillon                  |
        | La formation n'est pas validée. |

  Règle: Étape 3 - Acceptez les caractères remplacés, et faites le fichier
    Le fichier du portail ne peut porter ni « œ » ni « € ». Ce qui en tiendra lieu est montré, et accepté une fois pour
    toutes ; vos textes, eux, ne changent pas.

    @illustre
    Scénario: Je vois ce qui tiendra lieu de « œ »
      Étant donné que Claude Durand enregistre « Le cœur du métier » dans « Objectif de la formation » de « Clea_Identifiant »
      Et que je suis sur la page « Fichier EDOF »
      Quand je demande à voir ce qui sortira
      Alors le caractère « œ » est montré une fois, remplacé par « oe »

    @illustre
    Scénario: J'accepte les remplacements
      Étant donné que Claude Durand enregistre « Le cœur du métier » dans « Objectif de la formation » de « Clea_Identifiant »
      Et que je suis sur la page « Fichier EDOF »
      Et que je demande à voir ce qui sortira
      Quand je clique sur « Accepter ces remplacements et faire le fichier »
      Alors je lis « Gardé jusqu'au 28 décembre 2019. »

  Règle: Étape 4 - Téléchargez le fichier et déposez-le sur EDOF
    Dans EDOF, le dépôt se fait à la page « Transfert XML ». Un lecteur du catalogue peut aussi télécharger le fichier.

    @illustre
    Scénario: Je télécharge le fichier
      Étant donné que je fais le fichier EDOF de mon catalogue
      Quand je télécharge le fichier EDOF
      Alors le fichier téléchargé contient, dans cet ordre :
        | Clea_Identifiant |

  Règle: Étape 5 - Dites que vous l'avez déposé
    C'est ce qui permet de savoir ensuite ce qui a changé. Vous pouvez revenir sur cette réponse.

    @illustre
    Scénario: Je marque le fichier comme déposé
      Étant donné que je fais le fichier EDOF de mon catalogue
      Quand je clique sur « Marquer comme déposé sur EDOF »
      Alors le message « C'est noté : ce fichier a été déposé sur EDOF. » s'affiche

  Règle: Étape 6 - Voyez ce qui changera au prochain dépôt
    Offre par offre, action par action. Si rien n'a changé, la page le dit.

    @illustre
    Scénario: Je vois ce qui a changé depuis le dépôt
      Étant donné que je fais le fichier EDOF de mon catalogue
      Et que je clique sur « Marquer comme déposé sur EDOF »
      Et que Claude Durand enregistre « Savoir négocier » dans « Objectif de la formation » de « Clea_Identifiant »
      Et que je suis sur la page « Fichier EDOF »
      Quand je clique sur « Ce qui changera sur EDOF »
      Alors ce qui changera sur EDOF pour « Clea_Identifiant » comprend :
        | Objectif de la formation : « Savoir prendre la parole dans une situation de travail. » → « Savoir négocier » |

  Règle: Étape 7 - Collez le compte-rendu d'intégration du portail
    Chaque code connu mène au champ à corriger. Les autres sont gardés tels quels.

    @illustre
    Scénario: Je corrige ce que le portail a refusé
      Étant donné que je suis sur la page « Compte-rendu d'intégration »
      Quand je saisis « Clea_Identifiant ; Toulouse ; 30017 ; contact incomplet » dans le champ « Texte du compte-rendu »
      Et que je clique sur « Lire ce compte-rendu »
      Alors le code « 30017 » mène au champ « Contact pour s'informer »
