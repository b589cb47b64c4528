# language: fr
@regles @droits
Fonctionnalité: Chacun voit et fait ce que son rôle lui permet, dans son organisme
  Le catalogue d'un organisme n'appartient qu'à lui. Un lecteur lit, un gestionnaire modifie,
  une personne qui n'est pas connectée ne voit rien.

  Règle: Je ne vois que le catalogue de mon organisme

    Scénario: Les formations d'un autre organisme n'apparaissent pas dans mon catalogue
      Étant donné que je gère le catalogue de mon organisme
      Et que l'organisme « Formation Voisine » a la formation « Voisine_1 » dans son catalogue
      Et que mon catalogue contient la formation « Clea_1 »
      Quand j'ouvre le catalogue
      Alors le catalogue affiche seulement « Formation Clea_1 »
      Et le filtre « Toutes » compte 1 formation

    Scénario: La recherche ne trouve pas les formations d'un autre organisme
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient la formation « Clea_1 »
      Et que l'organisme « Formation Voisine » a la formation « Voisine_1 » dans son catalogue
      Et que j'ouvre le catalogue
      Quand je recherche « Voisine »
      Alors je lis « Aucune formation ne correspond. »

    Scénario: La formation d'un autre organisme est introuvable
      Étant donné que je gère le catalogue de mon organisme
      Et que l'organisme « Formation Voisine » a la formation « Voisine_1 » dans son catalogue
      Quand j'ouvre l'adresse de la formation « Voisine_1 » de « Formation Voisine »
      Alors la page « Page introuvable » s'affiche
      Et je ne lis nulle part « Voisine_1 »

    Scénario: Une formation qui n'a jamais existé est introuvable de la même façon
      Étant donné que je gère le catalogue de mon organisme
      Quand j'ouvre l'adresse d'une formation qui n'existe pas
      Alors la page « Page introuvable » s'affiche
      Et le lien « Revenir au catalogue » est proposé

    Scénario: De la page introuvable, la recherche mène à ma formation
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient la formation « Clea_1 »
      Quand j'ouvre l'adresse d'une formation qui n'existe pas
      Et que je recherche « Clea_1 »
      Alors le catalogue affiche seulement « Formation Clea_1 »

    Scénario: La formation d'un autre organisme ne se supprime pas
      Étant donné que je gère le catalogue de mon organisme
      Et que l'organisme « Formation Voisine » a la formation « Voisine_1 » dans son catalogue
      Quand j'ouvre l'adresse de suppression de la formation « Voisine_1 » de « Formation Voisine »
      Alors la page « Page introuvable » s'affiche
      Et le catalogue de « Formation Voisine » contient 1 formation

  Règle: Un lecteur lit sans modifier

    Scénario: Un lecteur voit le catalogue sans pouvoir y ajouter de formation
      Étant donné que je lis le catalogue de mon organisme
      Et que mon catalogue contient la formation « Clea_1 »
      Quand j'ouvre le catalogue
      Alors le catalogue affiche seulement « Formation Clea_1 »
      Et « Ajouter une formation » n'est pas proposé
      Et « Opérations » n'est pas proposé

    Scénario: Un lecteur lit une formation sans pouvoir la modifier
      Étant donné que je lis le catalogue de mon organisme
      Et que mon catalogue contient le brouillon complet « Clea_1 »
      Quand j'ouvre la formation « Clea_1 »
      Alors la page « Formation Clea_1 » s'affiche
      Et je lis « Clea_1 »
      Et aucun champ n'est modifiable
      Et « Valider » n'est pas proposé

    Scénario: Un lecteur lit ce qui remplace une certification qui a pris fin
      Étant donné que nous sommes le 23 novembre 2026
      Et que je lis le catalogue de mon organisme
      Et que mon catalogue contient le brouillon complet « Blockchain » sur la certification « RS5000 »
      Quand j'ouvre la formation « Blockchain »
      Alors je lis « La certification RS5000 n'est plus active »
      Et je lis « RS5000 est remplacée par RS6604 – Exploiter la blockchain dans le développement d'applications. »

    Scénario: Un lecteur lit les certifications Cléa à vérifier quand rien ne dit ce qui remplace la sienne
      Étant donné que nous sommes le 23 novembre 2026
      Et que je lis le catalogue de mon organisme
      Et que mon catalogue contient le brouillon complet « Clea_1 »
      Quand j'ouvre la formation « Clea_1 »
      Alors je lis « Aucune source ne dit ce qui remplace RS2203. »
      Et je lis « RS5616 – Socle de connaissances et de compétences professionnelles numérique (CléA Numérique) : à vérifier (active au 15 mai 2026, échéance inconnue). »

    Scénario: Un lecteur lit chaque texte d'une formation
      Étant donné que je lis le catalogue de mon organisme
      Et que mon catalogue contient le brouillon complet « Clea_1 »
      Quand j'ouvre la formation « Clea_1 »
      Alors je lis « Prendre la parole avec aisance dans une situation de travail »
      Et je lis « Écouter, reformuler, exposer un point de vue, argumenter »
      Et je lis « Petits groupes et mises en situation filmées »
      Et je lis « Oser prendre la parole et se faire comprendre »
      Et je lis « 96214 - Mixte »
      Et je lis « Socle de connaissances et de compétences professionnelles (CléA) »

    Scénario: Un lecteur ne peut pas créer de formation
      Étant donné que je lis le catalogue de mon organisme
      Quand j'ouvre l'adresse d'une nouvelle formation
      Alors la page « Accès refusé » s'affiche
      Et le lien « Revenir au catalogue » est proposé

    Scénario: « Accès refusé » dit avec quel rôle je suis là, et à qui m'adresser
      Étant donné que je lis le catalogue de mon organisme
      Quand j'ouvre l'adresse d'une nouvelle formation
      Alors je lis « Vous utilisez le compte de »
      Et je lis « adressez-vous à une personne de votre organisme qui a le rôle « Gestionnaire catalogue » »

    Scénario: Un lecteur ne peut pas supprimer de formation
      Étant donné que je lis le catalogue de mon organisme
      Et que mon catalogue contient la formation « Clea_1 »
      Quand j'ouvre l'adresse de suppression de la formation « Clea_1 »
      Alors la page « Accès refusé » s'affiche
      Et mon catalogue contient 1 formation

    Scénario: Un lecteur ne peut pas enregistrer, même depuis une page qu'une gestionnaire avait ouverte
      Étant donné que je gère le catalogue de mon organisme
      Et que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que je deviens lecteur du catalogue
      Quand je clique sur « Enregistrer les modifications »
      Alors la question « Se reconnecter » s'affiche
      Et mon catalogue est vide

  Règle: Un gestionnaire EDOF peut tout ce que peut un gestionnaire de catalogue

    Scénario: Un gestionnaire EDOF ajoute une formation
      Étant donné que j'administre le compte de mon organisme
      Et que je suis sur la page « Catalogue »
      Quand je clique sur « Ajouter une formation »
      Alors la page « Nouvelle offre de formation » s'affiche

  Règle: Il faut être connecté

    Scénario: Sans connexion, le catalogue demande de se connecter
      Étant donné que je ne suis pas connecté
      Quand j'ouvre le catalogue
      Alors la page « Se connecter » s'affiche

    Scénario: Sans connexion, une formation ne s'ouvre pas
      Étant donné que l'organisme « Formation Voisine » a la formation « Voisine_1 » dans son catalogue
      Et que je ne suis pas connecté
      Quand j'ouvre l'adresse de la formation « Voisine_1 » de « Formation Voisine »
      Alors la page « Se connecter » s'affiche
      Et je ne lis nulle part « Voisine_1 »
