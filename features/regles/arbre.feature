# language: fr
@regles
Fonctionnalité: Une formation montre ses actions et leurs sessions
  Sous la formation, chaque action dit son statut et compte ses sessions. Je la déplie pour les voir.

  Règle: Chaque action dit où elle en est

    Scénario: Une formation sans action le dit
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient le brouillon complet « Clea_1 »
      Quand j'ouvre la formation « Clea_1 »
      Alors je lis « Aucune action de formation. »

    Scénario: Chaque action dit son statut et compte ses sessions
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Validée   | Mars    | Validée              |
        | Nantes | Validée   | Avril   | Brouillon            |
        | Nantes | Validée   | Mai     | Brouillon            |
        | Brest  | Brouillon |         |                      |
      Quand j'ouvre la formation « Clea_1 »
      Alors l'action « Nantes » indique :
        | Validée                              |
        | 3 sessions : 2 brouillons, 1 validée |
      Et l'action « Brest » indique :
        | Brouillon      |
        | Aucune session |
      Et je lis « 2 actions de formation : 1 brouillon, 1 validée. »

    Scénario: Les sessions archivées d'une action sont comptées à part
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Brouillon | Mars    | Archivée             |
        | Nantes | Brouillon | Avril   | Brouillon            |
      Quand j'ouvre la formation « Clea_1 »
      Alors l'action « Nantes » indique :
        | 2 sessions : 1 brouillon, 1 archivée |

    Scénario: Au-delà de vingt, les actions se montrent par pages
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a les actions :
        | action | statut    | session | statut de la session |
        | A01    | Brouillon |         |                      |
        | A02    | Brouillon |         |                      |
        | A03    | Brouillon |         |                      |
        | A04    | Brouillon |         |                      |
        | A05    | Brouillon |         |                      |
        | A06    | Brouillon |         |                      |
        | A07    | Brouillon |         |                      |
        | A08    | Brouillon |         |                      |
        | A09    | Brouillon |         |                      |
        | A10    | Brouillon |         |                      |
        | A11    | Brouillon |         |                      |
        | A12    | Brouillon |         |                      |
        | A13    | Brouillon |         |                      |
        | A14    | Brouillon |         |                      |
        | A15    | Brouillon |         |                      |
        | A16    | Brouillon |         |                      |
        | A17    | Brouillon |         |                      |
        | A18    | Brouillon |         |                      |
        | A19    | Brouillon |         |                      |
        | A20    | Brouillon |         |                      |
        | A21    | Brouillon |         |                      |
      Et que j'ouvre la formation « Clea_1 »
      Quand je clique sur « Actions suivantes »
      Alors je lis « Actions 21 à 21 sur 21 »
      Et je ne lis plus « Action « A01 » »

  Règle: Une action dépliée montre ses sessions

    Scénario: Je déplie une action pour voir ses sessions
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Brouillon | Mars    | Validée              |
        | Nantes | Brouillon | Avril   | Brouillon            |
        | Brest  | Brouillon | Été     | Brouillon            |
      Et que j'ouvre la formation « Clea_1 »
      Quand je déplie l'action « Nantes »
      Alors l'action « Nantes » montre les sessions :
        | Session « Mars » Validée du 1er mars 2027 au 5 mars 2027 · Ouvert   |
        | Session « Avril » Brouillon du 8 mars 2027 au 12 mars 2027 · Ouvert |

    Scénario: Un lecteur voit les actions et leurs sessions
      Étant donné que je lis le catalogue de mon organisme
      Et que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Brouillon | Mars    | Brouillon            |
      Et que j'ouvre la formation « Clea_1 »
      Quand je déplie l'action « Nantes »
      Alors l'action « Nantes » montre les sessions :
        | Session « Mars » Brouillon du 1er mars 2027 au 5 mars 2027 · Ouvert |

    @sans_js
    Scénario: Sans JavaScript, un lien mène aux sessions d'une action
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Brouillon | Mars    | Brouillon            |
      Et que j'ouvre la formation « Clea_1 »
      Quand je clique sur le lien « Voir les sessions » de l'action « Nantes »
      Alors l'action « Nantes » montre les sessions :
        | Session « Mars » Brouillon du 1er mars 2027 au 5 mars 2027 · Ouvert |

  Règle: Ce qui est fait depuis l'arbre se voit aussitôt

    Contexte:
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Brouillon | Mars    | Brouillon            |
      Et que j'ouvre la formation « Clea_1 »
      Et que je déplie l'action « Nantes »

    Scénario: Archiver une action se voit dans l'arbre
      Quand je clique sur « Archiver l'action Nantes »
      Alors le message « L'action « Nantes » est archivée. » s'affiche
      Et l'action « Nantes » indique :
        | Archivée |

    Scénario: Une action archivée se restaure depuis sa page
      Étant donné que je clique sur « Archiver l'action Nantes »
      Et que je clique sur « Consulter l'action Nantes »
      Quand je clique sur « Restaurer l'action »
      Alors la page « Modifier l'action de formation » s'affiche
      Et le message « L'action « Nantes » est restaurée au statut « Brouillon ». » s'affiche

    Scénario: Créer une session sous une formation archivée entre-temps mène à sa restauration
      Étant donné que Claude Durand archive la formation « Clea_1 »
      Et que je clique sur « Créer une session de l'action Nantes »
      Et que je clique sur « Ouvrir la formation archivée »
      Quand je clique sur « Restaurer la formation »
      Alors le message « est restaurée au statut « Brouillon » » s'affiche

    Scénario: Une action archivée masque ses sessions
      Quand je clique sur « Archiver l'action Nantes »
      Alors l'action « Nantes » indique :
        | 1 session masquée avec elle |
      Et je ne lis plus « Session « Mars » »

    Scénario: Archiver une session garde ce que je suis en train de saisir
      Étant donné que je saisis « Titre en cours » dans le champ « Intitulé de la formation »
      Quand je clique sur « Archiver la session Mars »
      Alors l'action « Nantes » montre les sessions :
        | Session « Mars » Archivée |
      Et le champ « Intitulé de la formation » contient « Titre en cours »

    Scénario: Supprimer une action nomme ce qui part avec elle
      Étant donné que je clique sur « Supprimer l'action Nantes »
      Quand je clique sur « Supprimer définitivement »
      Alors le message « et avec elle : la session « Mars » » s'affiche
      Et je lis « Aucune action de formation. »

    Scénario: Une session créée pendant que l'on me pose la question n'est pas supprimée
      Étant donné que je clique sur « Supprimer l'action Nantes »
      Et que j'ouvre un deuxième onglet
      Et que j'ouvre la formation « Clea_1 »
      Et que je déplie l'action « Nantes »
      Et que je clique sur « Dupliquer la session Mars »
      Et que je clique sur « Dupliquer »
      Et que je reviens au premier onglet
      Quand je clique sur « Supprimer définitivement »
      Alors l'alerte « Ce qui partirait avec elle a changé depuis votre question : rien n'est supprimé. » s'affiche
      Et je lis « la session « sans numéro » »

    Scénario: Supprimer une formation nomme ce qui part avec elle
      Étant donné que j'ouvre le catalogue
      Quand je choisis l'opération « Supprimer » de la formation « Clea_1 »
      Alors je lis « l'action « Nantes » et sa session »

    @mobile
    Scénario: Sur un écran étroit, une action dépliée tient dans la largeur
      Étant donné que je recharge la page
      Quand je déplie l'action « Nantes »
      Alors rien ne déborde de l'écran

    @sans_js
    Scénario: Sans JavaScript, archiver une session se voit aussi
      Étant donné que je clique sur « Voir les sessions de cette action »
      Quand je clique sur « Archiver la session Mars »
      Alors l'action « Nantes » indique :
        | 1 session : 1 archivée |

    Scénario: Dupliquer une session décale ses dates
      Étant donné que je clique sur « Dupliquer la session Mars »
      Et que je saisis « 2 » dans le champ « Décaler ses dates, en semaines »
      Quand je clique sur « Dupliquer »
      Alors la page « Modifier la session » s'affiche
      Et le champ « Date de début » contient « 15/03/2027 »
      Et le champ « Date de fin » contient « 19/03/2027 »

    Scénario: La touche « Entrée » duplique la session du nombre de semaines saisi
      Étant donné que je clique sur « Dupliquer la session Mars »
      Et que je saisis « 2 » dans le champ « Décaler ses dates, en semaines »
      Quand j'appuie sur la touche « Entrée »
      Alors la page « Modifier la session » s'affiche
      Et le champ « Date de début » contient « 15/03/2027 »

    Scénario: Un nombre de semaines refusé se corrige là où il est saisi
      Étant donné que je clique sur « Dupliquer la session Mars »
      Et que je saisis « deux » dans le champ « Décaler ses dates, en semaines »
      Quand je clique sur « Dupliquer »
      Alors le clavier est dans le champ « Décaler ses dates, en semaines »
      Et je lis « Saisissez un nombre entier de semaines »
