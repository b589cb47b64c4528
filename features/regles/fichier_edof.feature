# language: fr
@regles
Fonctionnalité: Je fais le fichier de mon catalogue pour EDOF
  Le portail prend un catalogue sous la forme d'un fichier XML. L'écran montre d'abord ce qui sortira, ce qui restera
  dehors et pourquoi, et chaque caractère que ce fichier ne peut pas porter. Le fichier se fait ensuite, et se vérifie.

  Contexte:
    Étant donné que nous sommes le 28 novembre 2019
    Et que je gère le catalogue de mon organisme

  Règle: Rien ne sort avant que j'aie vu ce qui sortira

    Scénario: Ce qui reste hors du fichier est nommé, avec sa raison
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
        | Nantes | Validée | Avril   | Brouillon            |
      Et que mon catalogue contient la formation « Clea_2 » au statut « Validée »
      Et que mon catalogue contient le brouillon complet « Clea_4 »
      Et que je suis sur la page « Fichier EDOF »
      Quand je demande à voir ce qui sortira
      Alors je lis « 1 formation, 1 action, 1 session. »
      Et la liste « Ce qui reste hors du fichier » nomme :
        | Clea_2                          |
        | Clea_4                          |
        | La formation n'est pas validée. |
      Et la liste « Ce qui reste hors d'une formation qui sort » nomme :
        | La session « Avril » est un brouillon. |

    Scénario: Le fichier contient ce qui est publiable, et rien d'autre
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que la formation « Clea_1 » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Validée   | Mars    | Validée              |
        | Brest  | Brouillon | Avril   | Brouillon            |
      Et que mon catalogue contient le brouillon complet « Clea_2 »
      Quand je fais le fichier EDOF de mon catalogue
      Et que je télécharge le fichier EDOF
      Alors le fichier téléchargé contient, dans cet ordre :
        | Clea_1 |
      Et dans le fichier téléchargé, « formation » de « Clea_1 » contient, dans cet ordre :
        | intitule-formation                |
        | objectif-formation                |
        | resultats-attendus                |
        | contenu-formation                 |
        | parcours-de-formation             |
        | objectif-general-formation        |
        | certification                     |
        | action                            |
        | organisme-formation-responsable   |
        | formation                         |

    Scénario: Une sélection ne contient que ce que j'ai choisi
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Et que mon catalogue contient la formation « Clea_2 » au statut « Validée »
      Et que la formation « Clea_2 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Et que je suis sur la page « Choisir des formations »
      Et que je coche la formation « Clea_2 »
      Quand je clique sur « Exporter pour EDOF »
      Et que je demande à voir ce qui sortira
      Et que je clique sur « Faire le fichier »
      Et que je télécharge le fichier EDOF
      Alors le fichier téléchargé contient, dans cet ordre :
        | Clea_2 |

  Règle: Le fichier est celui que le portail attend

    Scénario: Les éléments d'une action suivent l'ordre du portail
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
        | Nantes | Validée | Avril   | Validée              |
      Quand je fais le fichier EDOF de mon catalogue
      Et que je télécharge le fichier EDOF
      Alors dans le fichier téléchargé, « action » de « Clea_1 » contient, dans cet ordre :
        | niveau-entree-obligatoire  |
        | modalites-enseignement     |
        | lieu-de-formation          |
        | modalites-entrees-sorties  |
        | session                    |
        | session                    |
        | acces-handicapes           |
        | langue-formation           |
        | action                     |

    Scénario: Aucune information complémentaire d'une action ne se perd
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Quand je fais le fichier EDOF de mon catalogue
      Et que je télécharge le fichier EDOF
      Alors dans le fichier téléchargé, les informations complémentaires de l'action de « Clea_1 » sont :
        | contact-information       |
        | codes-modalites-admission |
        | duree-apprentissage       |
        | codes-rythme-formation    |
        | frais-pedagogiques        |
        | existence-prerequis       |

    Scénario: Le fichier est en ISO-8859-1, accents compris
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Et que Claude Durand enregistre « Être à l'aise à l'écrit » dans « Objectif de la formation » de « Clea_1 »
      Quand je fais le fichier EDOF de mon catalogue
      Et que je télécharge le fichier EDOF
      Alors le fichier téléchargé est en ISO-8859-1, sans référence numérique
      Et dans le fichier téléchargé, « objectif-formation » de « Clea_1 » est « Être à l'aise à l'écrit »

    Scénario: Une formation garde sa propre date, quel que soit le jour de l'export
      Étant donné que mon catalogue contient les formations :
        | identifiant | intitulé | statut  | modifiée le   |
        | Clea_1      | Cléa 1   | Validée | 12 mars 2019  |
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Quand je fais le fichier EDOF de mon catalogue
      Et que je télécharge le fichier EDOF
      Alors dans le fichier téléchargé, « Clea_1 » est datée du 12/03/2019

    Scénario: Le même catalogue donne le même fichier
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Quand je fais le fichier EDOF de mon catalogue
      Et que je télécharge le fichier EDOF
      Et que je fais le fichier EDOF de mon catalogue
      Et que je télécharge le fichier EDOF
      Alors les deux fichiers téléchargés sont les mêmes, octet pour octet

  Règle: Aucun caractère ne change sans que je l'aie accepté

    Scénario: Un caractère que le fichier ne peut pas porter est montré avec ce qui en tiendra lieu
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Et que Claude Durand enregistre « Le cœur du métier » dans « Objectif de la formation » de « Clea_1 »
      Et que je suis sur la page « Fichier EDOF »
      Quand je demande à voir ce qui sortira
      Alors le caractère « œ » est montré une fois, remplacé par « oe »

    Scénario: Un remplacement accepté se fait dans le fichier, et pas dans mon texte
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Et que Claude Durand enregistre « Le cœur du métier » dans « Objectif de la formation » de « Clea_1 »
      Et que je suis sur la page « Fichier EDOF »
      Et que je demande à voir ce qui sortira
      Quand je clique sur « Accepter ces remplacements et faire le fichier »
      Et que je télécharge le fichier EDOF
      Alors dans le fichier téléchargé, « objectif-formation » de « Clea_1 » est « Le coeur du métier »
      Et le caractère « œ » est montré une fois, remplacé par « oe »
      Et « Objectif de la formation » de « Clea_1 » est « Le cœur du métier »

    Scénario: Un caractère que rien ne remplace garde sa formation dehors
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Et que Claude Durand enregistre « Bravo 😀 » dans « Objectif de la formation » de « Clea_1 »
      Et que je suis sur la page « Fichier EDOF »
      Quand je demande à voir ce qui sortira
      Alors je lis « Caractères que rien ne remplace »
      Et la liste « Ce qui reste hors du fichier » nomme :
        | Clea_1  |
        | U+1F600 |
      Et je lis « Aucune formation ne peut sortir »

  Règle: Ce qui retient une offre hors du fichier se dit avant, et par son nom

    Scénario: Des espaces seuls dans un champ facultatif ne retiennent rien
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Et que j'ouvre la formation « Clea_1 »
      Et que je clique sur le lien « Modifier » de l'action « Nantes »
      Et que je saisis 3 espaces dans le champ « Restauration »
      Et que je clique sur « Enregistrer »
      Quand je fais le fichier EDOF de mon catalogue
      Et que je télécharge le fichier EDOF
      Alors le fichier téléchargé contient, dans cet ordre :
        | Clea_1 |

    Scénario: Un numéro que le fichier ne peut pas porter se dit avant l'export
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Sœurs   | Validée              |
      Quand j'ouvre la formation « Clea_1 »
      Alors je lis « Dans un numéro, rien ne remplace le caractère »

    Scénario: Ce qui reste dehors pour un numéro mène à ce numéro
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Sœurs   | Validée              |
      Et que je suis sur la page « Fichier EDOF »
      Quand je demande à voir ce qui sortira
      Alors la liste « Ce qui reste hors du fichier » nomme :
        | Clea_1                                  |
        | Numéro de la session, Session « Sœurs » |

  Règle: Je sais ce qui changera sur EDOF

    Scénario: Rien n'a changé depuis le fichier déposé, et l'écran le dit
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Et que je fais le fichier EDOF de mon catalogue
      Et que je clique sur « Marquer comme déposé sur EDOF »
      Quand j'ouvre la page « Ce qui changera sur EDOF »
      Alors je lis « Rien n'a changé depuis. »

    Scénario: Ce qui a changé depuis le fichier déposé se dit offre par offre
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Et que je fais le fichier EDOF de mon catalogue
      Et que je clique sur « Marquer comme déposé sur EDOF »
      Et que Claude Durand enregistre « Savoir négocier » dans « Objectif de la formation » de « Clea_1 »
      Et que mon catalogue contient la formation « Clea_2 » au statut « Validée »
      Et que la formation « Clea_2 » a les actions :
        | action | statut  | session | statut de la session |
        | Brest  | Validée | Juin    | Validée              |
      Quand j'ouvre la page « Ce qui changera sur EDOF »
      Alors ce qui changera sur EDOF pour « Clea_1 » comprend :
        | Objectif de la formation : « Savoir prendre la parole dans une situation de travail. » → « Savoir négocier » |
      Et ce qui changera sur EDOF pour « Clea_2 » comprend :
        | Nouvelle sur EDOF. |

    Scénario: La carte dit quand la formation est sortie
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Et que je fais le fichier EDOF de mon catalogue
      Quand j'ouvre le catalogue
      Alors la carte « Formation Clea_1 » indique :
        | Exportée le 28 novembre 2019 |
      Et je ne lis pas « modifiée depuis »

    Scénario: La carte dit que la formation a changé depuis sa sortie
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Et que je fais le fichier EDOF de mon catalogue
      Et que Claude Durand enregistre « Neuf » dans « Les points forts de la formation » de « Clea_1 »
      Quand j'ouvre le catalogue
      Alors la carte « Formation Clea_1 » indique :
        | Exportée le 28 novembre 2019, modifiée depuis |

    Scénario: Un contact qui change se voit sur les cartes des formations qui le citent
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Et que je fais le fichier EDOF de mon catalogue
      Et que je clique sur « Marquer comme déposé sur EDOF »
      Et que je suis sur la page « Contacts »
      Et que je clique sur « Nadia Roussel »
      Et que je saisis « 0561999999 » dans le champ « Téléphone »
      Et que je clique sur « Enregistrer »
      Quand j'ouvre le catalogue
      Alors la carte « Formation Clea_1 » indique :
        | Exportée le 28 novembre 2019, modifiée depuis |

    Scénario: Un contact qui change est de ce qui changera sur EDOF
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Et que je fais le fichier EDOF de mon catalogue
      Et que je clique sur « Marquer comme déposé sur EDOF »
      Et que je suis sur la page « Contacts »
      Et que je clique sur « Nadia Roussel »
      Et que je saisis « 0561999999 » dans le champ « Téléphone »
      Et que je clique sur « Enregistrer »
      Quand j'ouvre la page « Ce qui changera sur EDOF »
      Alors ce qui changera sur EDOF pour « Clea_1 » comprend :
        | Action « Nantes » : Contact pour s'informer, Téléphone : « 05 36 49 12 30 » → « 05 61 99 99 99 » |

  Règle: Ce que le portail répond mène au champ à corriger

    Scénario: Un code connu mène à son champ, un code inconnu est gardé
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Et que je suis sur la page « Compte-rendu d'intégration »
      Et que je saisis dans le champ « Texte du compte-rendu » :
        """
        Clea_1 ; Nantes ; 30017 ; contact incomplet
        Clea_1 ; 41999 ; refus
        """
      Quand je clique sur « Lire ce compte-rendu »
      Alors je lis « Code inconnu »
      Et le code « 30017 » mène au champ « Contact pour s'informer »

  Règle: Un lecteur télécharge le fichier, et ne marque rien

    Scénario: Un lecteur ne fait pas de fichier
      Étant donné que je deviens lecteur du catalogue
      Quand j'ouvre la page « Fichier EDOF »
      Alors « Voir ce qui sortira » n'est pas proposé

    Scénario: Un lecteur télécharge le fichier qu'un gestionnaire a fait
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Et que je fais le fichier EDOF de mon catalogue
      Et que je deviens lecteur du catalogue
      Et que je suis sur la page « Fichier EDOF »
      Quand je clique sur « Exporter pour EDOF : tout le catalogue »
      Et que je télécharge le fichier EDOF
      Alors le fichier téléchargé contient, dans cet ordre :
        | Clea_1 |
      Et « Marquer comme déposé sur EDOF » n'est pas proposé

  Règle: Tout se fait sans JavaScript

    @sans_js
    Scénario: Je fais et je télécharge le fichier sans JavaScript
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Et que je suis sur la page « Fichier EDOF »
      Quand je demande à voir ce qui sortira
      Et que je clique sur « Faire le fichier »
      Et que je télécharge le fichier EDOF
      Alors le fichier téléchargé contient, dans cet ordre :
        | Clea_1 |

    @sans_js
    Scénario: Je dis sans JavaScript que le fichier est déposé
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Et que je fais le fichier EDOF de mon catalogue
      Quand je clique sur « Marquer comme déposé sur EDOF »
      Alors je lis « C'est noté : ce fichier a été déposé sur EDOF. »
