# language: fr
@regles
Fonctionnalité: La visite guidée
  « Montre-moi » ouvre un guide sur mes propres écrans : la visite éclaire où agir, dit la phrase du guide, donne un
  exemple, et attend que j'aie fait le geste. Elle n'écrit rien à ma place.

  Contexte:
    Étant donné que nous sommes le 28 novembre 2019
    Et que je gère le catalogue de mon organisme

  Règle: Qui ne sait que ce que montre la visite arrive au bout

    Scénario: La visite mène d'un catalogue vide à une formation validée
      Étant donné que je suis sur la page « Catalogue »
      Et que je clique sur « Montre-moi »
      Quand je suis la visite jusqu'au bout
      Alors la visite est finie
      Et la formation « Clea_Identifiant » est enregistrée au statut « Validée »
      Et « Intitulé de la formation » de « Clea_Identifiant » est « Compétences Cléa - expression orale »
      Et « Contenu de la formation » de « Clea_Identifiant » est « Écouter, reformuler, argumenter »
      Et « Résultats attendus de la formation » de « Clea_Identifiant » est « Oser prendre la parole »

    @clavier
    Scénario: La visite se suit au clavier seul
      Étant donné que je commence la visite « Créer une formation « Cléa » »
      Quand je suis la visite jusqu'au bout
      Alors la formation « Clea_Identifiant » est enregistrée au statut « Validée »

    @mobile
    Scénario: La visite se suit sur un écran étroit
      Étant donné que je commence la visite « Créer une formation « Cléa » »
      Quand je suis la visite jusqu'au bout
      Alors la formation « Clea_Identifiant » est enregistrée au statut « Validée »

    Scénario: La visite mène à une action validée
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_Identifiant » dans le champ « Votre identifiant interne de formation »
      Et que je clique sur « Enregistrer les modifications »
      Et que je commence la visite « Créer une action de formation »
      Quand je suis la visite jusqu'au bout
      Alors le message « L'action « Toulouse » est validée. Vous pouvez ensuite créer des sessions. » s'affiche

    Scénario: La visite mène à une session dupliquée
      Étant donné que mon catalogue contient la formation « Clea_Identifiant » au statut « Validée »
      Et que la formation « Clea_Identifiant » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Et que je commence la visite « Créer une session »
      Quand je suis la visite jusqu'au bout
      Alors la page « Modifier la session » s'affiche
      Et le champ « Date de début » contient « 10/02/2020 »

    Scénario: La visite mène au fichier déposé et au compte-rendu
      Étant donné que mon catalogue contient la formation « Clea_Identifiant » au statut « Validée »
      Et que la formation « Clea_Identifiant » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Et que je commence la visite « Transférer mon catalogue vers EDOF »
      Quand je suis la visite jusqu'au bout
      Alors la visite est finie

  Règle: La visite montre le bon endroit, et attend le geste

    Scénario: La visite éclaire ce que le guide nomme, avec son exemple
      Étant donné que je commence la visite « Créer une formation « Cléa » »
      Quand je suis la visite jusqu'à « Remplissez « Votre identifiant interne de formation » »
      Alors la visite éclaire « Votre identifiant interne de formation »
      Et la visite donne en exemple « Clea_Identifiant »
      Et je lis « Il s'agit du code produit que vous utilisez en interne pour cette prestation »

    Scénario: Aucune étape de la fiche ne manque à la visite
      Étant donné que je commence la visite « Créer une formation « Cléa » »
      Et que je suis la visite jusqu'à « Remplissez « Les points forts de la formation » »
      Quand je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Et que je suis la visite jusqu'à « Remplissez « Résultats attendus de la formation » »
      Alors la visite éclaire « Résultats attendus de la formation »

    Scénario: La visite ne continue pas sans le geste
      Étant donné que je commence la visite « Créer une formation « Cléa » »
      Et que je suis la visite jusqu'à « Remplissez « Objectif de la formation » »
      Quand je saisis « Écouter » dans le champ « Contenu de la formation »
      Et que j'appuie sur la touche « Tabulation »
      Alors la visite demande « Remplissez « Objectif de la formation » »
      Et « Continuer » n'est pas proposé

  Règle: Rien de ce que je fais autrement ne l'arrête

    Scénario: Une étape faite dans un autre ordre n'est pas redemandée
      Étant donné que je commence la visite « Créer une formation « Cléa » »
      Et que je suis la visite jusqu'à « Remplissez « Intitulé de la formation » »
      Et que je saisis « Écouter, reformuler » dans le champ « Contenu de la formation »
      Et que je suis la visite jusqu'à « Remplissez « Les points forts de la formation » »
      Quand je suis la visite jusqu'au bout
      Alors la formation « Clea_Identifiant » est enregistrée au statut « Validée »
      Et « Contenu de la formation » de « Clea_Identifiant » est « Écouter, reformuler »

    Scénario: Un identifiant déjà pris n'arrête pas la visite
      Étant donné que mon catalogue contient la formation « Clea_Identifiant »
      Et que je commence la visite « Créer une formation « Cléa » »
      Et que je suis la visite jusqu'à « Cliquez sur « Vérifier » »
      Et que je clique sur « Vérifier »
      Alors la visite dit « L'écran signale un point à revoir »
      Quand je saisis « Clea_Bis » dans le champ « Votre identifiant interne de formation »
      Et que je suis la visite jusqu'au bout
      Alors la formation « Clea_Bis » est enregistrée au statut « Validée »

    Scénario: Quand la certification de l'exemple n'est plus proposée, une autre convient
      Étant donné que nous sommes le 23 novembre 2026
      Et que je commence la visite « Créer une formation « Cléa » »
      Et que je suis la visite jusqu'à « Sélectionnez l'une des réponses proposées »
      Quand je suis la visite jusqu'au bout
      Alors la formation « Clea_Identifiant » est enregistrée au statut « Validée »

    Scénario: Ce qui manque pour continuer est dit, et se fait d'abord
      Étant donné que mon catalogue contient la formation « Clea_Identifiant » au statut « Validée »
      Et que je commence la visite « Créer une session »
      Quand je clique sur « Formation Clea_Identifiant »
      Alors la visite demande « Dépliez « Action « … » » »
      Et la visite dit « Suivez d'abord : Créer une action de formation »

    Scénario: Je recharge la page, et la visite reprend où elle en était
      Étant donné que je commence la visite « Créer une formation « Cléa » »
      Et que je suis la visite jusqu'à « Remplissez « Votre identifiant interne de formation » »
      Quand je recharge la page
      Alors la visite demande « Remplissez « Votre identifiant interne de formation » »

    Scénario: Je quitte la visite
      Étant donné que je commence la visite « Créer une formation « Cléa » »
      Et que je suis la visite jusqu'à « Remplissez « Votre identifiant interne de formation » »
      Quand dans la visite, je clique sur « Quitter la visite »
      Alors aucune visite n'est en cours

    Scénario: Je reprends la visite que j'ai quittée
      Étant donné que je commence la visite « Créer une formation « Cléa » »
      Et que je suis la visite jusqu'à « Remplissez « Votre identifiant interne de formation » »
      Et que dans la visite, je clique sur « Quitter la visite »
      Quand j'ouvre la page « Mode d'emploi »
      Et que je clique sur « Montre-moi : Créer une formation « Cléa » »
      Et que je suis la visite jusqu'au bout
      Alors la formation « Clea_Identifiant » est enregistrée au statut « Validée »

    Scénario: Dans la visite, je reviens sur mes pas
      Étant donné que je commence la visite « Créer une formation « Cléa » »
      Et que je suis la visite jusqu'à « Remplissez « Objectif de la formation » »
      Quand dans la visite, je clique sur « Revenir »
      Alors la visite demande « Remplissez « Intitulé de la formation » »
      Et la visite dit « C'est déjà fait »

    Scénario: Dans la visite, je passe un geste déjà fait, puis un autre
      Étant donné que je commence la visite « Créer une formation « Cléa » »
      Et que je suis la visite jusqu'à « Remplissez « Objectif de la formation » »
      Et que dans la visite, je clique sur « Revenir »
      Quand dans la visite, je clique sur « Passer »
      Et que dans la visite, je clique sur « Passer »
      Alors la visite demande « Remplissez « Contenu de la formation » »

  Règle: Le guide s'ouvre là où je saisis

    Scénario: Le « ? » d'un champ ouvre son étape sans quitter l'écran
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Quand je clique sur « Mode d'emploi : Objectif de la formation »
      Alors la question « Objectif de la formation » s'affiche
      Et je lis « Complétez le champ « Objectif de la formation » »

    @sans_js
    Scénario: Sans JavaScript, le « ? » mène à l'étape du guide
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Quand je clique sur « Mode d'emploi : Objectif de la formation »
      Alors la page « Créer une formation « Cléa » » s'affiche
      Et je lis « Complétez le champ « Objectif de la formation » »

    @sans_js
    Scénario: Sans JavaScript, la visite se lit geste par geste
      Étant donné que je suis sur la page « Mode d'emploi »
      Quand je clique sur « Montre-moi : Créer une formation « Cléa » »
      Alors la page « Créer une formation « Cléa » : la visite guidée » s'affiche
      Et je lis « Remplissez « Votre identifiant interne de formation » »
      Et je lis « Par exemple : Clea_Identifiant »
