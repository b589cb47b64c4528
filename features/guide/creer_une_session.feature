# language: fr
@guide @hors_source
Fonctionnalité: Créer une session
  Ce guide est le nôtre : aucune fiche publique du portail sur cette saisie n'a été trouvée. Il suit l'ordre et les mots
  de ce produit.

  Une session dit quand une action de formation se donne, et si l'on peut s'y inscrire. Elle se saisit sous son action.

  D'abord : Créer une action de formation.

  Contexte:
    Étant donné que nous sommes le 28 novembre 2019
    Et que je gère le catalogue de mon organisme
    Et que mon catalogue contient les formations :
      | identifiant      | intitulé                            | statut  |
      | Clea_Identifiant | Compétences Cléa - expression orale | Validée |

  Règle: Voici les étapes à suivre :

    @visite
    Scénario: Je crée, je valide et je duplique une session en suivant le guide
      Étant donné que la formation « Clea_Identifiant » a les actions :
        | action   | statut  | session | statut de la session |
        | Toulouse | Validée |         |                      |
      Et que je suis sur la page « Catalogue »
      Quand je clique sur « Compétences Cléa - expression orale »
      Et que je déplie l'action « Toulouse »
      Et que je clique sur « Créer une session de l'action Toulouse »
      Alors la page « Nouvelle session » s'affiche
      Quand je saisis « Janvier » dans le champ « Numéro de la session »
      Et que je saisis « 13/01/2020 » dans le champ « Date de début »
      Et que je saisis « 17/01/2020 » dans le champ « Date de fin »
      Et que je sélectionne « Ouvert » dans la liste « État du recrutement »
      Et que je clique sur « Valider »
      Alors le message « La session « Janvier » est validée. » s'affiche
      Quand je clique sur « Voir la formation »
      Et que je clique sur « Dupliquer la session Janvier »
      Et que je saisis « 4 » dans le champ « Décaler ses dates, en semaines »
      Et que je clique sur « Dupliquer »
      Alors la page « Modifier la session » s'affiche
      Et le champ « Date de début » contient « 10/02/2020 »

  Règle: Étape 1 - Dépliez l'action et cliquez sur « Créer une session »
    Sous « Actions et sessions », chaque action se déplie et montre ses sessions.

    @illustre
    Scénario: J'ouvre une nouvelle session
      Étant donné que la formation « Clea_Identifiant » a les actions :
        | action   | statut  | session | statut de la session |
        | Toulouse | Validée |         |                      |
      Et que j'ouvre la formation « Clea_Identifiant »
      Quand je déplie l'action « Toulouse »
      Et que je clique sur « Créer une session de l'action Toulouse »
      Alors la page « Nouvelle session » s'affiche

  Règle: Étape 2 - Saisissez son numéro et ses dates
    Le numéro est votre code interne. Si les entrées de l'action sont à dates fixes, la session a un début et une fin. Une
    date trop proche est signalée : onze jours ouvrés séparent la publication du début.

    @illustre
    Scénario: Je saisis le numéro et les dates
      Étant donné que la formation « Clea_Identifiant » a les actions :
        | action   | statut  | session | statut de la session |
        | Toulouse | Validée |         |                      |
      Et que j'ouvre la formation « Clea_Identifiant »
      Et que je clique sur le lien « Créer une session » de l'action « Toulouse »
      Quand je saisis « Janvier » dans le champ « Numéro de la session »
      Et que je saisis « 13/01/2020 » dans le champ « Date de début »
      Et que je saisis « 17/01/2020 » dans le champ « Date de fin »
      Alors le bouton « Valider » est actif

    Scénario: Une date trop proche est signalée, sans rien empêcher
      Étant donné que la formation « Clea_Identifiant » a les actions :
        | action   | statut  | session | statut de la session |
        | Toulouse | Validée |         |                      |
      Et que j'ouvre la formation « Clea_Identifiant »
      Et que je clique sur le lien « Créer une session » de l'action « Toulouse »
      Et que je saisis « Décembre » dans le champ « Numéro de la session »
      Quand je saisis « 02/12/2019 » dans le champ « Date de début »
      Et que je saisis « 06/12/2019 » dans le champ « Date de fin »
      Alors je lis « Première date possible : 13 décembre 2019. »
      Et le bouton « Valider » est actif

    Scénario: Une fin avant le début est refusée
      Étant donné que la formation « Clea_Identifiant » a les actions :
        | action   | statut  | session | statut de la session |
        | Toulouse | Validée |         |                      |
      Et que j'ouvre la formation « Clea_Identifiant »
      Et que je clique sur le lien « Créer une session » de l'action « Toulouse »
      Quand je saisis « 13/01/2020 » dans le champ « Date de début »
      Et que je saisis « 10/01/2020 » dans le champ « Date de fin »
      Alors sous le champ « Date de fin », je lis « La session finit avant d'avoir commencé, le 13 janvier 2020. »

  Règle: Étape 3 - Dites si l'on peut s'y inscrire, et auprès de qui
    Une nouvelle session est ouverte aux inscriptions. Laissez vides l'adresse et le contact d'inscription s'ils sont ceux
    de l'action.

    @illustre
    Scénario: Je ferme le recrutement d'une session complète
      Étant donné que la formation « Clea_Identifiant » a les actions, à partir du 13/01/2020 :
        | action   | statut  | session | statut de la session |
        | Toulouse | Validée | Janvier | Validée              |
      Et que j'ouvre la formation « Clea_Identifiant »
      Et que je déplie l'action « Toulouse »
      Et que je clique sur « Session « Janvier » »
      Quand je sélectionne « Fermé » dans la liste « État du recrutement »
      Et que je clique sur « Enregistrer »
      Alors l'écran dit à quelle heure ma saisie est enregistrée

  Règle: Étape 4 - Cliquez sur « Valider »
    « Valider » devient actif quand rien ne manque. La session apparaît aussitôt sous son action.

    @illustre
    Scénario: Je valide ma session
      Étant donné que la formation « Clea_Identifiant » a les actions :
        | action   | statut  | session | statut de la session |
        | Toulouse | Validée |         |                      |
      Et que j'ouvre la formation « Clea_Identifiant »
      Et que je clique sur le lien « Créer une session » de l'action « Toulouse »
      Et que je saisis « Janvier » dans le champ « Numéro de la session »
      Et que je saisis « 13/01/2020 » dans le champ « Date de début »
      Et que je saisis « 17/01/2020 » dans le champ « Date de fin »
      Quand je clique sur « Valider »
      Alors le message « La session « Janvier » est validée. » s'affiche

    Scénario: Ma session validée se lit sous son action
      Étant donné que la formation « Clea_Identifiant » a les actions :
        | action   | statut  | session | statut de la session |
        | Toulouse | Validée |         |                      |
      Et que j'ouvre la formation « Clea_Identifiant »
      Et que je clique sur le lien « Créer une session » de l'action « Toulouse »
      Et que je saisis « Janvier » dans le champ « Numéro de la session »
      Et que je saisis « 13/01/2020 » dans le champ « Date de début »
      Et que je saisis « 17/01/2020 » dans le champ « Date de fin »
      Et que je clique sur « Valider »
      Quand je clique sur « Voir la formation »
      Alors l'action « Toulouse » montre les sessions :
        | Session « Janvier » Validée du 13 janvier 2020 au 17 janvier 2020 · Ouvert |

  Règle: Étape 5 - Programmez-la de nouveau quelques semaines plus tard
    « Dupliquer » copie une session en brouillon, ses dates décalées du nombre de semaines que vous dites.

    @illustre
    Scénario: Je duplique une session quatre semaines plus tard
      Étant donné que la formation « Clea_Identifiant » a les actions, à partir du 13/01/2020 :
        | action   | statut  | session | statut de la session |
        | Toulouse | Validée | Janvier | Validée              |
      Et que j'ouvre la formation « Clea_Identifiant »
      Et que je déplie l'action « Toulouse »
      Quand je clique sur « Dupliquer la session Janvier »
      Et que je saisis « 4 » dans le champ « Décaler ses dates, en semaines »
      Et que je clique sur « Dupliquer »
      Alors la page « Modifier la session » s'affiche
      Et le champ « Date de début » contient « 10/02/2020 »
