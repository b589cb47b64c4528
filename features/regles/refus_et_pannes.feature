# language: fr
@regles @reseau
Fonctionnalité: Une panne se voit, et je ne perds rien de ce que j'ai saisi
  Réseau coupé, serveur en erreur, session expirée, collègue qui passe avant moi : l'écran le dit en français,
  mon texte reste là, et je peux réessayer sans rien enregistrer deux fois.

  Contexte:
    Étant donné que je gère le catalogue de mon organisme

  Règle: Ce qu'une panne empêche d'enregistrer reste à l'écran, et s'enregistre une seule fois ensuite

    Plan du scénario: La panne « <panne> » empêche d'enregistrer et ne perd pas mon texte
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Et que survient la panne « <panne> »
      Quand je clique sur « Enregistrer les modifications »
      Alors l'alerte « <message> » s'affiche
      Et le bouton « Réessayer » est actif
      Et le champ « Les points forts de la formation » contient « Petits groupes »
      Et mon catalogue est vide

      Exemples:
        | panne                 | message                  |
        | réseau coupé          | Le serveur ne répond pas |
        | connexion interrompue | Le serveur ne répond pas |
        | erreur du serveur     | Une erreur est survenue  |
        | réponse d'un relais   | Une erreur est survenue  |

    Plan du scénario: Après la panne « <panne> », réessayer enregistre une seule fois
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que survient la panne « <panne> »
      Et que je clique sur « Enregistrer les modifications »
      Et que la panne prend fin
      Quand je clique sur « Réessayer »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_1 » est au statut « Brouillon » dans le catalogue
      Et mon catalogue contient 1 formation

      Exemples:
        | panne                                 |
        | réseau coupé                          |
        | erreur du serveur                     |
        | réponse perdue après l'enregistrement |

    Scénario: Une modification enregistrée dont la réponse s'est perdue ne se heurte pas à elle-même
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Et que survient la panne « réponse perdue après l'enregistrement »
      Et que je clique sur « Enregistrer les modifications »
      Et que la panne prend fin
      Quand je clique sur « Réessayer »
      Alors l'écran dit à quelle heure ma saisie est enregistrée
      Et « Les points forts de la formation » de « Clea_1 » est « Petits groupes »

    Scénario: Une validation dont la réponse s'est perdue n'est pas refaite
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que survient la panne « réponse perdue après l'enregistrement »
      Et que je clique sur « Valider »
      Et que la panne prend fin
      Quand je clique sur « Réessayer »
      Alors le message « est validée » s'affiche
      Et la formation « Clea_1 » est enregistrée au statut « Validée »
      Et mon catalogue contient 1 formation

    Scénario: Un double clic n'enregistre qu'une fois
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Quand je double-clique sur « Enregistrer les modifications »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_1 » est au statut « Brouillon » dans le catalogue
      Et mon catalogue contient 1 formation

  Règle: Pendant une panne, chaque geste dit qu'il n'a pas abouti

    Plan du scénario: Vérifier un identifiant pendant la panne « <panne> »
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que survient la panne « <panne> »
      Quand je clique sur « Vérifier »
      Alors l'alerte « <message> » s'affiche
      Et aucun message n'annonce que l'identifiant « Clea_1 » est disponible
      Et le champ « Votre identifiant interne de formation » contient « Clea_1 »

      Exemples:
        | panne               | message                  |
        | réseau coupé        | Le serveur ne répond pas |
        | erreur du serveur   | Une erreur est survenue  |
        | réponse d'un relais | Une erreur est survenue  |

    Scénario: Pendant une panne, le type que je choisis reste choisi, et l'écran dit l'erreur
      Étant donné que je suis sur la page « Nouvelle offre de formation »
      Et que survient la panne « erreur du serveur »
      Quand je sélectionne « Cléa »
      Alors l'alerte « Une erreur est survenue » s'affiche
      Et « Cléa » est sélectionné

    @hors_ligne
    Scénario: Hors ligne, je continue de saisir, et l'écran dit que le serveur ne répond pas
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Quand je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Alors sous le champ « Les points forts de la formation », je lis « 14 / 255 Caractères »
      Et l'alerte « Le serveur ne répond pas » s'affiche
      Et le champ « Les points forts de la formation » contient « Petits groupes »

    @hors_ligne
    Scénario: Hors ligne, vérifier l'identifiant ne perd rien, et l'écran dit que le serveur ne répond pas
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Quand je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que je clique sur « Vérifier »
      Alors l'alerte « Le serveur ne répond pas » s'affiche
      Et le champ « Votre identifiant interne de formation » contient « Clea_1 »

    @hors_ligne
    Scénario: Hors ligne, aucun de mes gestes ne perd mon texte
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Quand je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que je clique sur « Vérifier »
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Alors l'alerte « Le serveur ne répond pas » s'affiche
      Et le champ « Votre identifiant interne de formation » contient « Clea_1 »
      Et le champ « Les points forts de la formation » contient « Petits groupes »
      Et mon catalogue est vide

    Scénario: Pendant une panne, une formation que j'archive ne change pas, et l'écran dit l'erreur
      Étant donné que mon catalogue contient la formation « Clea_1 »
      Et que je suis sur la page « Catalogue »
      Et que survient la panne « erreur du serveur »
      Quand je choisis l'opération « Archiver » de la formation « Clea_1 »
      Alors l'alerte « Une erreur est survenue » s'affiche
      Et la formation « Clea_1 » n'a pas changé

  Règle: Sur un réseau lent, rien ne se fait deux fois et rien n'est en retard

    @lent
    Scénario: Un double clic n'enregistre qu'une fois, même si la réponse se fait attendre
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Quand je double-clique sur « Enregistrer les modifications »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_1 » est au statut « Brouillon » dans le catalogue
      Et mon catalogue contient 1 formation

    @lent
    Scénario: Un champ vidé rend « Valider » inactif, même si la réponse se fait attendre
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je remplis tous les champs
      Quand je vide le champ « Les points forts de la formation »
      Alors le bouton « Valider » est inactif

    @lent
    Scénario: « Valider » suit ma dernière saisie, même si la réponse se fait attendre
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je remplis tous les champs
      Et que je vide le champ « Les points forts de la formation »
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Quand je clique sur « Valider »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_Essai » est au statut « Validée » dans le catalogue

  Règle: Deux collègues modifient la même formation

    Scénario: Rien n'est écrasé, et les deux textes sont montrés
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Les points forts de la formation »
      Et que Claude Durand enregistre « Son texte » dans « Les points forts de la formation » de « Clea_1 »
      Quand je clique sur « Enregistrer les modifications »
      Alors l'alerte « Cette formation a été modifiée par Claude Durand » s'affiche
      Et l'encadré « Deux versions de cette formation » montre « Mon texte » et « Son texte »
      Et le champ « Les points forts de la formation » contient « Mon texte »
      Et « Les points forts de la formation » de « Clea_1 » est « Son texte »

    Scénario: Valider une version dépassée ne valide rien
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que Claude Durand enregistre « Son texte » dans « Les points forts de la formation » de « Clea_1 »
      Quand je clique sur « Valider »
      Alors l'alerte « Cette formation a été modifiée par Claude Durand » s'affiche
      Et la formation « Clea_1 » est enregistrée au statut « Brouillon »

    Scénario: Enregistrer de nouveau, en connaissance de cause, remplace l'autre texte
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Les points forts de la formation »
      Et que Claude Durand enregistre « Son texte » dans « Les points forts de la formation » de « Clea_1 »
      Et que je clique sur « Enregistrer les modifications »
      Quand je clique sur « Enregistrer les modifications »
      Alors l'écran dit à quelle heure ma saisie est enregistrée
      Et « Les points forts de la formation » de « Clea_1 » est « Mon texte »

    Scénario: La formation que je modifie a été archivée entre-temps
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que j'ouvre un deuxième onglet
      Et que j'archive la formation « Clea_1 »
      Et que je reviens au premier onglet
      Et que je saisis « Mon texte » dans le champ « Les points forts de la formation »
      Quand je clique sur « Enregistrer les modifications »
      Alors l'alerte « Cette formation a été archivée par Camille Essai » s'affiche
      Et le champ « Les points forts de la formation » contient « Mon texte »
      Et la formation « Clea_1 » est enregistrée au statut « Archivée »
