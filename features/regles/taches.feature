# language: fr
@regles
Fonctionnalité: Beaucoup de formations, d'actions ou de sessions changent à la fois
  Je choisis, page après page ou par un filtre, ce qui doit changer. L'écran montre d'abord ce qui va changer,
  ce qui ne le peut pas, et pourquoi ; une tâche le fait ensuite, et peut tout annuler.

  Contexte:
    Étant donné que je gère le catalogue de mon organisme

  Règle: Rien ne change avant que j'aie vu ce qui va changer

    Scénario: Décaler les dates montre d'abord les sessions concernées
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Brouillon | Mars    | Brouillon            |
        | Nantes | Brouillon | Avril   | Brouillon            |
      Et que je suis sur la page « Choisir des formations »
      Et que je coche la formation « Clea_1 »
      Et que je clique sur « Changer ce qui est choisi »
      Et que je sélectionne « Décaler les dates des sessions »
      Et que je saisis « 2 » dans le champ « Nombre de semaines »
      Quand je clique sur « Voir ce qui va changer »
      Alors la page « Décaler les dates des sessions de 2 semaines plus tard » s'affiche
      Et la liste « Ce qui va changer » compte 2 éléments, dont :
        | Clea_1 › Nantes › Mars 01/03/2027 – 05/03/2027 → 15/03/2027 – 19/03/2027  |
        | Clea_1 › Nantes › Avril 08/03/2027 – 12/03/2027 → 22/03/2027 – 26/03/2027 |
      Et les sessions de « Clea_1 » commencent :
        | 01/03/2027 |
        | 08/03/2027 |

    Scénario: Ce qui ne peut pas changer est nommé, avec sa raison
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Validée   | Mars    | Validée              |
        | Nantes | Validée   | Avril   | Brouillon            |
      Et que je suis sur la page « Choisir des formations »
      Et que je coche la formation « Clea_1 »
      Et que je clique sur « Changer ce qui est choisi »
      Et que je sélectionne « Valider les sessions »
      Quand je clique sur « Voir ce qui va changer »
      Alors la liste « Ce qui va changer » compte 1 élément, dont :
        | Clea_1 › Nantes › Avril |
      Et la liste « Ce qui ne peut pas changer » compte 1 élément, dont :
        | Clea_1 › Nantes › Mars Déjà validée. |

    Scénario: Archiver dit ce qui sera masqué avec chaque formation
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Brouillon | Mars    | Brouillon            |
        | Nantes | Brouillon | Avril   | Brouillon            |
        | Nantes | Brouillon | Mai     | Archivée             |
      Et que je suis sur la page « Choisir des formations »
      Et que je coche la formation « Clea_1 »
      Et que je clique sur « Changer ce qui est choisi »
      Et que je sélectionne « Archiver les formations »
      Quand je clique sur « Voir ce qui va changer »
      Alors la liste « Ce qui va changer » compte 1 élément, dont :
        | Formation Clea_1 Masque 1 action et 2 sessions. |

    Scénario: Ce que le contrôle refuse n'est jamais validé
      Étant donné que mon catalogue contient le brouillon « Clea_1 », complet sauf « Objectif de la formation »
      Et que mon catalogue contient le brouillon complet « Clea_2 »
      Et que je suis sur la page « Choisir des formations »
      Et que je change tout ce que montre le filtre
      Et que je sélectionne « Valider les formations »
      Et que je clique sur « Voir ce qui va changer »
      Quand je clique sur « Lancer »
      Et que la tâche se termine
      Alors la formation « Clea_1 » est enregistrée au statut « Brouillon »
      Et la formation « Clea_2 » est enregistrée au statut « Validée »

    Scénario: Un nombre de semaines qui n'en est pas un est refusé à sa place
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que je suis sur la page « Choisir des formations »
      Et que je coche la formation « Clea_1 »
      Et que je clique sur « Changer ce qui est choisi »
      Et que je sélectionne « Décaler les dates des sessions »
      Et que je saisis « bientôt » dans le champ « Nombre de semaines »
      Quand je clique sur « Voir ce qui va changer »
      Alors l'alerte « Saisissez un nombre de semaines, de 1 à 520 » s'affiche
      Et le champ « Nombre de semaines » contient « bientôt »

  Règle: Le choix se garde de page en page

    Scénario: Le choix se compte au-delà de ce que montre la recherche
      Étant donné que mon catalogue contient le brouillon complet « Anglais_1 »
      Et que mon catalogue contient le brouillon complet « Bureau_1 »
      Et que je suis sur la page « Choisir des formations »
      Et que je coche la formation « Anglais_1 »
      Et que je recherche « bureau »
      Quand je coche la formation « Bureau_1 »
      Alors je lis « Choix : 2 formations. Sur cette page : 1. »

    Scénario: Une recherche n'efface pas ce qui est déjà choisi
      Étant donné que mon catalogue contient le brouillon complet « Anglais_1 »
      Et que mon catalogue contient le brouillon complet « Bureau_1 »
      Et que je suis sur la page « Choisir des formations »
      Et que je coche la formation « Anglais_1 »
      Et que je recherche « bureau »
      Et que je coche la formation « Bureau_1 »
      Quand je recherche « anglais »
      Alors la formation « Anglais_1 » est cochée

    Scénario: Je choisis des actions et des sessions dans leur formation
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Brouillon | Mars    | Brouillon            |
        | Nantes | Brouillon | Avril   | Brouillon            |
        | Brest  | Brouillon | Juin    | Brouillon            |
      Et que j'ouvre la formation « Clea_1 »
      Quand je clique sur « Choisir plusieurs actions ou sessions »
      Et que je coche « Action « Brest » »
      Et que je clique sur « Choisir parmi ses sessions : action Nantes »
      Et que je coche « Session « Avril » »
      Alors je lis « Choix : 1 action, 1 session. »

    Scénario: Un filtre qui ne montre rien ne propose pas de tout changer
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que je suis sur la page « Choisir des formations »
      Quand je recherche « introuvable »
      Alors « Changer tout ce que montre ce filtre » n'est pas proposé

    Scénario: Un choix repris n'attend plus d'être lancé
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Brouillon | Mars    | Brouillon            |
      Et que j'ouvre la formation « Clea_1 »
      Et que je clique sur « Choisir plusieurs actions ou sessions »
      Et que je coche « Action « Nantes » »
      Et que je clique sur « Changer ce qui est choisi »
      Et que je sélectionne « Archiver les actions »
      Et que je clique sur « Voir ce qui va changer »
      Et que je clique sur « Reprendre ce choix »
      Quand je suis sur la page « Tâches »
      Alors la tâche « Archiver des actions » est « Interrompue »

  Règle: Une tâche fait ce qui a été montré

    Scénario: Les dates des sessions sont décalées
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a une action de 3 sessions
      Et que je suis sur la page « Choisir des formations »
      Et que je coche la formation « Clea_1 »
      Et que je clique sur « Changer ce qui est choisi »
      Et que je sélectionne « Décaler les dates des sessions »
      Et que je saisis « 1 » dans le champ « Nombre de semaines »
      Et que je clique sur « Voir ce qui va changer »
      Quand je clique sur « Lancer »
      Et que la tâche se termine
      Alors les 3 sessions de « Clea_1 » commencent de semaine en semaine à partir du 08/03/2027

    Scénario: Une longue tâche avance seule, et se dit terminée
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a une action de 130 sessions
      Et que je suis sur la page « Choisir des formations »
      Et que je coche la formation « Clea_1 »
      Et que je clique sur « Changer ce qui est choisi »
      Et que je sélectionne « Archiver les sessions »
      Et que je clique sur « Voir ce qui va changer »
      Quand je clique sur « Lancer »
      Et que la tâche se termine
      Alors je lis « Ce qui a changé : 130 »

    Scénario: Un prix change pour toutes les actions d'une formation
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Brouillon |         |                      |
        | Brest  | Brouillon |         |                      |
      Et que je suis sur la page « Choisir des formations »
      Et que je coche la formation « Clea_1 »
      Et que je clique sur « Changer ce qui est choisi »
      Et que je sélectionne « Changer le prix des actions »
      Et que je saisis « 1 350 » dans le champ « Nouveau prix, toutes taxes comprises, en euros »
      Et que je clique sur « Voir ce qui va changer »
      Quand je clique sur « Lancer »
      Et que la tâche se termine
      Alors le prix de l'action « Nantes » de « Clea_1 » est « 1350,00 »
      Et le prix de l'action « Brest » de « Clea_1 » est « 1350,00 »

    Scénario: Changer un contact montre celui d'avant et celui d'après
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Brouillon |         |                      |
        | Brest  | Brouillon |         |                      |
      Et que je suis sur la page « Contacts »
      Et que je clique sur « Ajouter un contact »
      Et que je saisis « Nouvelle » dans le champ « Nom »
      Et que je saisis « Zoé » dans le champ « Prénom »
      Et que je clique sur « Enregistrer »
      Et que je suis sur la page « Choisir des formations »
      Et que je coche la formation « Clea_1 »
      Et que je clique sur « Changer ce qui est choisi »
      Et que je sélectionne « Changer le contact des actions »
      Et que je sélectionne « Zoé Nouvelle » dans la liste « Nouveau contact »
      Quand je clique sur « Voir ce qui va changer »
      Alors la liste « Ce qui va changer » compte 2 éléments, dont :
        | Clea_1 › Nantes Nadia Roussel → Zoé Nouvelle |

    Scénario: Un contact change pour toutes les actions d'une formation
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Brouillon |         |                      |
        | Brest  | Brouillon |         |                      |
      Et que je suis sur la page « Contacts »
      Et que je clique sur « Ajouter un contact »
      Et que je saisis « Nouvelle » dans le champ « Nom »
      Et que je saisis « Zoé » dans le champ « Prénom »
      Et que je clique sur « Enregistrer »
      Et que je suis sur la page « Choisir des formations »
      Et que je coche la formation « Clea_1 »
      Et que je clique sur « Changer ce qui est choisi »
      Et que je sélectionne « Changer le contact des actions »
      Et que je sélectionne « Zoé Nouvelle » dans la liste « Nouveau contact »
      Et que je clique sur « Voir ce qui va changer »
      Quand je clique sur « Lancer »
      Et que la tâche se termine
      Et que j'ouvre la page « Contacts »
      Alors je lis « Utilisé par 2 actions »

    Scénario: Les modalités d'enseignement changent pour toutes les actions d'une formation
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Brouillon |         |                      |
        | Brest  | Brouillon |         |                      |
      Et que je suis sur la page « Choisir des formations »
      Et que je coche la formation « Clea_1 »
      Et que je clique sur « Changer ce qui est choisi »
      Et que je sélectionne « Changer les modalités d'enseignement des actions »
      Et que je sélectionne « Formation entièrement à distance » dans la liste « Nouvelles modalités »
      Et que je clique sur « Voir ce qui va changer »
      Quand je clique sur « Lancer »
      Et que la tâche se termine
      Et que j'ouvre la formation « Clea_1 »
      Et que je clique sur le lien « Modifier » de l'action « Nantes »
      Alors la liste « Modalités d'enseignement » indique « Formation entièrement à distance »

    Scénario: Tout ce que montre un filtre est archivé, et rien d'autre
      Étant donné que mon catalogue contient le brouillon complet « Anglais_1 »
      Et que mon catalogue contient le brouillon complet « Bureau_1 »
      Et que je suis sur la page « Choisir des formations »
      Et que je recherche « bureau »
      Et que je change tout ce que montre le filtre
      Et que je sélectionne « Archiver les formations »
      Et que je clique sur « Voir ce qui va changer »
      Quand je clique sur « Lancer »
      Et que la tâche se termine
      Alors la formation « Bureau_1 » est enregistrée au statut « Archivée »
      Et la formation « Anglais_1 » est enregistrée au statut « Brouillon »

    Scénario: Ce qu'un collègue a changé depuis l'aperçu est laissé et nommé
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que mon catalogue contient le brouillon complet « Clea_2 »
      Et que je suis sur la page « Choisir des formations »
      Et que je change tout ce que montre le filtre
      Et que je sélectionne « Archiver les formations »
      Et que je clique sur « Voir ce qui va changer »
      Et que Claude Durand enregistre « Neuf » dans « Les points forts de la formation » de « Clea_1 »
      Quand je clique sur « Lancer »
      Et que la tâche se termine
      Alors la liste « Ce qui a été laissé tel quel » compte 1 élément, dont :
        | A changé depuis l'aperçu. |
      Et la formation « Clea_1 » est enregistrée au statut « Brouillon »
      Et la formation « Clea_2 » est enregistrée au statut « Archivée »

  Règle: Ce qui a été fait s'annule

    Scénario: Annuler rend aux sessions leurs dates
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a une action de 3 sessions
      Et que je suis sur la page « Choisir des formations »
      Et que je coche la formation « Clea_1 »
      Et que je clique sur « Changer ce qui est choisi »
      Et que je sélectionne « Décaler les dates des sessions »
      Et que je saisis « 4 » dans le champ « Nombre de semaines »
      Et que je clique sur « Voir ce qui va changer »
      Et que je clique sur « Lancer »
      Et que la tâche se termine
      Quand je clique sur « Annuler ces changements »
      Et que la tâche se termine
      Alors les 3 sessions de « Clea_1 » commencent de semaine en semaine à partir du 01/03/2027
      Et la liste « Ce qui est revenu » compte 3 éléments, dont :
        | Clea_1 › A1 › S3 |

    Scénario: Annuler laisse ce qui a changé depuis
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que mon catalogue contient le brouillon complet « Clea_2 »
      Et que je suis sur la page « Choisir des formations »
      Et que je change tout ce que montre le filtre
      Et que je sélectionne « Valider les formations »
      Et que je clique sur « Voir ce qui va changer »
      Et que je clique sur « Lancer »
      Et que la tâche se termine
      Et que Claude Durand enregistre « Neuf » dans « Les points forts de la formation » de « Clea_1 »
      Quand je clique sur « Annuler ces changements »
      Et que la tâche se termine
      Alors la liste « Ce qui a été laissé tel quel » compte 1 élément, dont :
        | A changé depuis cette tâche. |
      Et la formation « Clea_2 » est enregistrée au statut « Brouillon »

  Règle: Chacun voit les tâches de son organisme

    Scénario: Un lecteur voit où en est chaque tâche
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que je suis sur la page « Choisir des formations »
      Et que je change tout ce que montre le filtre
      Et que je sélectionne « Archiver les formations »
      Et que je clique sur « Voir ce qui va changer »
      Et que je deviens lecteur du catalogue
      Quand j'ouvre la page « Tâches »
      Alors la tâche « Archiver des formations » est « À lancer »

    Scénario: Un lecteur voit ce que fera une tâche, et ne peut pas la lancer
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que je suis sur la page « Choisir des formations »
      Et que je change tout ce que montre le filtre
      Et que je sélectionne « Archiver les formations »
      Et que je clique sur « Voir ce qui va changer »
      Et que je deviens lecteur du catalogue
      Et que je suis sur la page « Tâches »
      Quand je clique sur « Archiver des formations »
      Alors je lis « Ce qui va changer : 1 »
      Et je ne lis pas « Lancer »

  Règle: Tout se fait sans JavaScript

    @sans_js
    Scénario: Sans JavaScript, mon choix se garde pendant que je cherche
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que mon catalogue contient le brouillon complet « Clea_2 »
      Et que je suis sur la page « Choisir des formations »
      Et que je coche la formation « Clea_1 »
      Quand je recherche « Clea_2 »
      Alors je lis « Choix : 1 formation. »

    @sans_js
    Scénario: Sans JavaScript, une tâche se lance et dit ce qu'elle a changé
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que mon catalogue contient le brouillon complet « Clea_2 »
      Et que je suis sur la page « Choisir des formations »
      Et que je coche la formation « Clea_1 »
      Et que je recherche « Clea_2 »
      Et que je clique sur « Changer ce qui est choisi »
      Et que je sélectionne « Archiver les formations »
      Et que je clique sur « Voir ce qui va changer »
      Quand je clique sur « Lancer »
      Alors la liste « Ce qui a changé » compte 1 élément, dont :
        | Formation Clea_1 |
      Et la formation « Clea_1 » est enregistrée au statut « Archivée »

    @sans_js
    Scénario: Sans JavaScript, ce qu'une tâche a fait s'annule
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que mon catalogue contient le brouillon complet « Clea_3 »
      Et que je suis sur la page « Choisir des formations »
      Et que je coche la formation « Clea_1 »
      Et que je clique sur « Changer ce qui est choisi »
      Et que je sélectionne « Archiver les formations »
      Et que je clique sur « Voir ce qui va changer »
      Et que je clique sur « Lancer »
      Quand je clique sur « Annuler ces changements »
      Alors la formation « Clea_1 » est enregistrée au statut « Brouillon »
