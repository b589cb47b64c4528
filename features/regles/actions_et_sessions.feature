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
      Quand je saisis « Brest » dans le champ « Numéro de l'action de formation »
      Et que je sélectionne « Formation entièrement présentielle » dans la liste « Modalités d'enseignement »
      Et que je sélectionne « Salle d'essai » dans la liste « Lieu de formation »
      Et que je saisis « 35 h » dans le champ « Durée totale, en heures »
      Et que je sélectionne « En journée »
      Et que je sélectionne « Non » dans la liste « Conditions spécifiques ou prérequis à l'inscription »
      Et que je sélectionne « Après entretien »
      Et que je sélectionne « 20 % » dans la liste « Taux de TVA »
      Et que je saisis « 1 000 € » dans le champ « Frais pédagogiques hors taxes »
      Et que je sélectionne « Camille Essai » dans la liste « Contact pour s'informer »
      Et que je saisis « Ascenseur. » dans le champ « Accès handicapés »
      Et que je clique sur « Valider »
      Alors le message « L'action « Brest » est validée. Vous pouvez ensuite créer des sessions. » s'affiche
      Quand je clique sur « Voir la formation »
      Alors l'action « Brest » indique :
        | Validée                                                   |
        | Formation entièrement présentielle · 35 h · 1 200,00 € TTC |

    Scénario: Le prix toutes taxes comprises se calcule à l'enregistrement
      Étant donné que je clique sur « Créer une action de formation »
      Et que je sélectionne « 20 % » dans la liste « Taux de TVA »
      Et que je saisis « 500 » dans le champ « Frais pédagogiques hors taxes »
      Quand je clique sur « Enregistrer »
      Alors le champ « Frais pédagogiques toutes taxes comprises » contient « 600,00 »

    Scénario: Une nouvelle action ne reprend rien de la dernière d'office
      Quand je clique sur « Créer une action de formation »
      Alors le champ « Durée totale, en heures » est vide

    Scénario: Ma dernière action peut servir de modèle
      Étant donné que je clique sur « Créer une action de formation »
      Quand je clique sur « partir de ses valeurs »
      Alors le champ « Durée totale, en heures » contient « 24 »
      Et le champ « Numéro de l'action de formation » est vide

  Règle: Un brouillon s'enregistre toujours, et dit ce qui manque

    Scénario: Une action incomplète s'enregistre en brouillon, et son formulaire reste
      Étant donné que je clique sur « Créer une action de formation »
      Quand je saisis « Brest » dans le champ « Numéro de l'action de formation »
      Et que je clique sur « Enregistrer »
      Alors la page « Modifier l'action de formation » s'affiche
      Et l'écran dit à quelle heure ma saisie est enregistrée
      Et le bouton « Valider » est inactif
      Et je lis « 3 points à compléter »

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
      Quand je saisis « Mars » dans le champ « Numéro de la session »
      Et que je saisis « 1/3/2027 » dans le champ « Date de début »
      Et que je saisis « 5 mars 2027 » dans le champ « Date de fin »
      Et que je clique sur « Valider »
      Alors le message « La session « Mars » est validée. » s'affiche
      Quand je clique sur « Voir la formation »
      Alors l'action « Nantes » montre les sessions :
        | Session « Mars » Validée du 1er mars 2027 au 5 mars 2027 · Ouvert |

    Scénario: Une session trop proche est conseillée, et se valide quand même
      Étant donné que je clique sur le lien « Créer une session » de l'action « Nantes »
      Et que je saisis « Décembre » dans le champ « Numéro de la session »
      Et que je saisis « 24/11/2026 » dans le champ « Date de début »
      Quand je saisis « 27/11/2026 » dans le champ « Date de fin »
      Alors je lis « Ils n'empêchent rien. »
      Et le bouton « Valider » est actif

  Règle: Un lecteur lit une action sans pouvoir la modifier

    Scénario: Un lecteur lit une action
      Étant donné que je deviens lecteur du catalogue
      Et que j'ouvre la formation « Clea_1 »
      Quand je clique sur le lien « Consulter » de l'action « Nantes »
      Alors la page « Action « Nantes » » s'affiche
      Et « Enregistrer » n'est pas proposé
