# language: fr
@regles
Fonctionnalité: Je décris une action de formation, puis ses sessions
  Une action se saisit dans les quatre groupes de la page officielle, une session se saisit sous son action.
  Un brouillon s'enregistre toujours ; ce qui manque est dit près de chaque groupe et dans « Pour valider ».

  Contexte:
    Étant donné que nous sommes le 23 novembre 2026
    Et que je gère le catalogue de mon organisme
    Et que mon catalogue contient le brouillon complet « Clea_1 »
    Et que la formation « Clea_1 » a les actions :
      | action | statut    | session | statut de la session |
      | Nantes | Brouillon |         |                      |
    Et que j'ouvre la formation « Clea_1 »

  Règle: Quand un lieu et un contact existent, une action ordinaire se saisit vite

    Scénario: Je crée et je valide une action de formation
      Étant donné que je clique sur « Créer une action de formation »
      Et que je saisis « Brest » dans le champ « Numéro de l'action de formation »
      Et que je sélectionne « Formation entièrement présentielle » dans la liste « Modalités d'enseignement »
      Et que je sélectionne « Site Garonne » dans la liste « Lieu de formation »
      Et que je saisis « 35 h » dans le champ « Durée totale, en heures »
      Et que je sélectionne « En journée »
      Et que je sélectionne « Non » dans la liste « Conditions spécifiques ou prérequis à l'inscription »
      Et que je sélectionne « Après entretien »
      Et que je sélectionne « 20 % » dans la liste « Taux de TVA »
      Et que je saisis « 1 000 € » dans le champ « Frais pédagogiques hors taxes »
      Et que je sélectionne « Nadia Roussel » dans la liste « Contact pour s'informer »
      Et que je saisis « Ascenseur. » dans le champ « Accès handicapés »
      Quand je clique sur « Valider »
      Et que je clique sur « Voir la formation »
      Alors l'action « Brest » indique :
        | Validée                                                    |
        | Formation entièrement présentielle · 35 h · 1 200,00 € TTC |

    Scénario: Le prix toutes taxes comprises se calcule à l'enregistrement
      Étant donné que je clique sur « Créer une action de formation »
      Et que je sélectionne « 20 % » dans la liste « Taux de TVA »
      Et que je saisis « 500 » dans le champ « Frais pédagogiques hors taxes »
      Quand je clique sur « Enregistrer »
      Alors le champ « Frais pédagogiques toutes taxes comprises » contient « 600,00 »

    Scénario: La touche « Entrée » dans une case ne presse aucun bouton
      Étant donné que je clique sur « Créer une action de formation »
      Et que je sélectionne « En journée »
      Quand j'appuie sur la touche « Entrée »
      Et que je saisis « Brest » dans le champ « Numéro de l'action de formation »
      Alors la page « Nouvelle action de formation » s'affiche
      Et le champ « Numéro de l'action de formation » contient « Brest »

    Scénario: Une nouvelle action ne reprend d'office rien de la dernière
      Quand je clique sur « Créer une action de formation »
      Alors le champ « Durée totale, en heures » est vide

    Scénario: Ma dernière action peut servir de modèle
      Étant donné que je clique sur « Créer une action de formation »
      Quand je clique sur « partir de ses valeurs »
      Alors le champ « Durée totale, en heures » contient « 24 »
      Et le champ « Numéro de l'action de formation » est vide

    Scénario: Une valeur reprise de ma dernière action se dit proposée
      Étant donné que je clique sur « Créer une action de formation »
      Quand je clique sur « partir de ses valeurs »
      Alors sous le champ « Durée totale, en heures », je lis « Proposé : comme dans votre dernière action. »

    Scénario: Une valeur proposée que je change est la mienne
      Étant donné que je clique sur « Créer une action de formation »
      Et que je clique sur « partir de ses valeurs »
      Quand je saisis « 35 » dans le champ « Durée totale, en heures »
      Alors sous le champ « Durée totale, en heures », je ne lis plus « Proposé : comme dans votre dernière action. »

    Scénario: Le prix que le taux donne est annoncé avant l'enregistrement
      Étant donné que je clique sur « Créer une action de formation »
      Et que je sélectionne « 5,5 % » dans la liste « Taux de TVA »
      Quand je saisis « 211 » dans le champ « Frais pédagogiques toutes taxes comprises »
      Alors sous le champ « Frais pédagogiques hors taxes », je lis « À l'enregistrement : 200,00 €, calculés. »

    Scénario: Le récapitulatif dit où en est chaque groupe, avant de valider
      Étant donné que je clique sur « Créer une action de formation »
      Quand je sélectionne « Net de TVA » dans la liste « Taux de TVA »
      Et que je saisis « 900 » dans le champ « Frais pédagogiques hors taxes »
      Alors le récapitulatif indique :
        | Organisation 5 points à compléter                     |
        | Prérequis et admission 2 points à compléter           |
        | Prix Complet                                          |
        | Informations pratiques 2 points à compléter           |
        | Net de TVA · Frais pédagogiques hors taxes : 900,00 € |

    Scénario: Des frais additionnels demandent s'ils paient la certification
      Étant donné que je clique sur « Créer une action de formation »
      Quand je saisis « 35 » dans le champ « Frais additionnels non pris en charge »
      Alors sous le champ « Frais de certification inclus dans les frais additionnels », je lis « Dites si les frais additionnels comprennent le passage de la certification. »

    Scénario: Le lieu qui manque s'ajoute sans perdre ce qui est saisi
      Étant donné que je clique sur « Créer une action de formation »
      Et que je saisis « Brest » dans le champ « Numéro de l'action de formation »
      Et que je clique sur « Enregistrer et ajouter un lieu »
      Et que je saisis « Salle Loire » dans le champ « Nom du lieu »
      Et que je clique sur « Enregistrer »
      Quand je clique sur « Revenir à la saisie »
      Et que je sélectionne « Salle Loire » dans la liste « Lieu de formation »
      Alors le champ « Numéro de l'action de formation » contient « Brest »

    Scénario: Une action commencée et non enregistrée m'est proposée de nouveau
      Étant donné que je clique sur « Créer une action de formation »
      Et que je saisis « Brest » dans le champ « Numéro de l'action de formation »
      Et que je sélectionne « En journée »
      Quand je recharge la page
      Et que je reprends ma saisie
      Alors le champ « Numéro de l'action de formation » contient « Brest »
      Et « En journée » est sélectionné

    @mobile
    Scénario: Sur un écran étroit, le formulaire d'une action tient dans la largeur
      Étant donné que je clique sur « Créer une action de formation »
      Quand je clique sur « partir de ses valeurs »
      Alors rien ne déborde de l'écran

    @sans_js
    Scénario: Sans JavaScript, le lieu qui manque s'ajoute aussi
      Étant donné que je clique sur « Créer une action de formation »
      Et que je saisis « Brest » dans le champ « Numéro de l'action de formation »
      Quand je clique sur « Enregistrer et ajouter un lieu »
      Et que je saisis « Salle Loire » dans le champ « Nom du lieu »
      Et que je clique sur « Enregistrer »
      Et que je clique sur « Revenir à la saisie »
      Alors le champ « Numéro de l'action de formation » contient « Brest »

  Règle: Un brouillon s'enregistre toujours, et dit ce qui manque

    Scénario: Une action incomplète s'enregistre en brouillon, et son formulaire reste
      Étant donné que je clique sur « Créer une action de formation »
      Quand je saisis « Brest » dans le champ « Numéro de l'action de formation »
      Et que je clique sur « Enregistrer »
      Alors la page « Modifier l'action de formation » s'affiche
      Et l'écran dit à quelle heure ma saisie est enregistrée
      Et le bouton « Valider » est inactif
      Et je lis « Prix 3 points à compléter »

    @sans_js
    Scénario: Sans JavaScript, valider une action incomplète est refusé, avec ce qui manque
      Étant donné que je clique sur « Créer une action de formation »
      Quand je saisis « Brest » dans le champ « Numéro de l'action de formation »
      Et que je clique sur « Valider »
      Alors je lis « L'action n'est pas validée »
      Et le champ « Numéro de l'action de formation » contient « Brest »

  Règle: Une session se saisit sous son action

    Scénario: Je crée et je valide une session
      Étant donné que je clique sur le lien « Créer une session » de l'action « Nantes »
      Et que je saisis « Mars » dans le champ « Numéro de la session »
      Et que je saisis « 1/3/2027 » dans le champ « Date de début »
      Et que je saisis « 5 mars 2027 » dans le champ « Date de fin »
      Quand je clique sur « Valider »
      Et que je clique sur « Voir la formation »
      Alors l'action « Nantes » montre les sessions :
        | Session « Mars » Validée du 1er mars 2027 au 5 mars 2027 · Ouvert |

    @clavier
    Scénario: Au clavier seul, je crée une session
      Étant donné que je clique sur le lien « Créer une session » de l'action « Nantes »
      Quand je saisis « Mars » dans le champ « Numéro de la session »
      Et que je saisis « 01/03/2027 » dans le champ « Date de début »
      Et que je saisis « 05/03/2027 » dans le champ « Date de fin »
      Et que je clique sur « Valider »
      Alors le message « La session « Mars » est validée. » s'affiche

    Scénario: Une session trop proche est signalée, et se valide quand même
      Étant donné que je clique sur le lien « Créer une session » de l'action « Nantes »
      Et que je saisis « Décembre » dans le champ « Numéro de la session »
      Et que je saisis « 24/11/2026 » dans le champ « Date de début »
      Quand je saisis « 27/11/2026 » dans le champ « Date de fin »
      Alors je lis « Ils n'empêchent rien. »
      Et le bouton « Valider » est actif

    Scénario: Une session commencée dont le recrutement reste ouvert est signalée
      Étant donné que je clique sur le lien « Créer une session » de l'action « Nantes »
      Et que je saisis « Automne » dans le champ « Numéro de la session »
      Et que je saisis « 02/11/2026 » dans le champ « Date de début »
      Quand je saisis « 27/11/2026 » dans le champ « Date de fin »
      Alors je lis « Session commencée le 2 novembre 2026, encore ouverte. »

    Scénario: Deux jours fériés d'Alsace et de Moselle retardent la première date possible
      Étant donné que nous sommes le 12 décembre 2019
      Et que je suis sur la page « Mon organisme »
      Et que je sélectionne « Nous formons en Alsace ou en Moselle »
      Et que je clique sur « Enregistrer »
      Et que j'ouvre la formation « Clea_1 »
      Et que je clique sur le lien « Créer une session » de l'action « Nantes »
      Quand je saisis « 30/12/2019 » dans le champ « Date de début »
      Alors je lis « Première date possible : 31 décembre 2019. »

    Scénario: Une session commencée et non enregistrée m'est proposée de nouveau
      Étant donné que je clique sur le lien « Créer une session » de l'action « Nantes »
      Et que je saisis « Mars » dans le champ « Numéro de la session »
      Quand je recharge la page
      Et que je reprends ma saisie
      Alors le champ « Numéro de la session » contient « Mars »

  Règle: Deux personnes travaillent à deux niveaux du même arbre

    Scénario: Ma saisie d'une action n'efface pas celle d'un collègue sur sa formation
      Étant donné que je clique sur le lien « Modifier » de l'action « Nantes »
      Et que je saisis « 35 » dans le champ « Durée totale, en heures »
      Et que Claude Durand enregistre « Petits groupes » dans « Les points forts de la formation » de « Clea_1 »
      Et que je clique sur « Enregistrer »
      Quand j'ouvre la formation « Clea_1 »
      Alors le champ « Les points forts de la formation » contient « Petits groupes »

    Scénario: Ma saisie d'une action s'enregistre après celle d'un collègue sur sa formation
      Étant donné que je clique sur le lien « Modifier » de l'action « Nantes »
      Et que je saisis « 35 » dans le champ « Durée totale, en heures »
      Et que Claude Durand enregistre « Petits groupes » dans « Les points forts de la formation » de « Clea_1 »
      Quand je clique sur « Enregistrer »
      Alors l'écran dit à quelle heure ma saisie est enregistrée

    Scénario: La saisie d'un collègue sur la formation n'efface pas la mienne sur son action
      Étant donné que je clique sur le lien « Modifier » de l'action « Nantes »
      Et que je saisis « 35 » dans le champ « Durée totale, en heures »
      Et que Claude Durand enregistre « Petits groupes » dans « Les points forts de la formation » de « Clea_1 »
      Et que je clique sur « Enregistrer »
      Et que j'ouvre la formation « Clea_1 »
      Quand je clique sur le lien « Modifier » de l'action « Nantes »
      Alors le champ « Durée totale, en heures » contient « 35 »

    Scénario: Une formation archivée pendant que je saisis son action ne me fait rien perdre
      Étant donné que je clique sur le lien « Modifier » de l'action « Nantes »
      Et que je saisis « 35 » dans le champ « Durée totale, en heures »
      Et que Claude Durand archive la formation « Clea_1 »
      Quand je clique sur « Enregistrer »
      Alors l'alerte « Cette formation est archivée : restaurez-la d'abord. » s'affiche
      Et le champ « Durée totale, en heures » contient « 35 »

    Scénario: Une action supprimée pendant que je saisis sa session me laisse mon texte
      Étant donné que je clique sur le lien « Créer une session » de l'action « Nantes »
      Et que j'ouvre un deuxième onglet
      Et que j'ouvre la formation « Clea_1 »
      Et que je déplie l'action « Nantes »
      Et que je clique sur « Supprimer l'action Nantes »
      Et que je clique sur « Supprimer définitivement »
      Et que je reviens au premier onglet
      Et que je saisis « Mars » dans le champ « Numéro de la session »
      Quand je clique sur « Enregistrer »
      Alors l'alerte « L'action de cette session a été supprimée avec ses sessions » s'affiche
      Et le champ « Numéro de la session » contient « Mars »
      Et le lien « Voir la formation dans un nouvel onglet » est proposé

    @sans_js
    Scénario: Sans JavaScript non plus, une formation supprimée n'emporte pas l'action que je saisis
      Étant donné que je clique sur « Créer une action de formation »
      Et que je saisis « Brest » dans le champ « Numéro de l'action de formation »
      Et que Claude Durand supprime la formation « Clea_1 »
      Quand je clique sur « Enregistrer »
      Alors l'alerte « La formation de cette action a été supprimée avec ses actions et ses sessions » s'affiche
      Et le champ « Numéro de l'action de formation » contient « Brest »

  Règle: Une action qui change nomme les sessions validées qu'elle laisse à revoir

    Scénario: Une session validée que son action laisse sans dates est nommée
      Étant donné que je clique sur le lien « Modifier » de l'action « Nantes »
      Et que je sélectionne « Permanentes (sans dates fixes) » dans la liste « Modalités d'entrées et de sorties »
      Et que je clique sur « Valider »
      Et que je clique sur « Créer une session »
      Et que je saisis « Annuelle » dans le champ « Numéro de la session »
      Et que je clique sur « Valider »
      Et que j'ouvre la formation « Clea_1 »
      Et que je clique sur le lien « Modifier » de l'action « Nantes »
      Et que je sélectionne « À dates fixes » dans la liste « Modalités d'entrées et de sorties »
      Quand je clique sur « Valider »
      Alors l'alerte « À revoir dans cette action : la session « Annuelle ». » s'affiche
      Et je lis « elle garde son statut, mais ne pourrait plus être validée ainsi »
      Et le lien « Session « Annuelle », Date de début » est proposé

  Règle: Un lecteur lit une action sans pouvoir la modifier

    Scénario: Un lecteur lit une action
      Étant donné que je deviens lecteur du catalogue
      Et que j'ouvre la formation « Clea_1 »
      Quand je clique sur le lien « Consulter » de l'action « Nantes »
      Alors la page « Action « Nantes » » s'affiche
      Et « Enregistrer » n'est pas proposé
