# language: fr
@regles
Fonctionnalité: Changer de type ou de certification sans perdre ses textes
  Une formation déjà décrite peut changer de type ou de certification : les textes qui ont encore une place suivent,
  l'écran dit ce qui change, et rien n'est enregistré tant qu'on ne le demande pas.

  Contexte:
    Étant donné que je gère le catalogue de mon organisme

  Règle: Tous les textes qui ont encore une place suivent

    Scénario: Une formation Cléa devient un bilan de compétences
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je remplis tous les champs
      Et que je clique sur « Changer de type ou de certification »
      Et que je sélectionne « Bilan de compétences »
      Quand je clique sur « Suivant »
      Alors le titre « Bilan de compétences » s'affiche
      Et les champs contiennent :
        | Votre identifiant interne de formation | Clea_Essai                           |
        | Intitulé de la formation               | Compétences Cléa - expression orale  |
        | Objectif de la formation               | Communiquer en français à l'oral     |
        | Contenu de la formation                | Écouter, reformuler, argumenter      |
        | Les points forts de la formation       | Petits groupes                       |
        | Résultats attendus de la formation     | Oser prendre la parole               |
      Et la liste « Type de parcours de formation » indique « 96214 - Mixte »

    Scénario: L'écran dit ce qui change
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je clique sur « Changer de type ou de certification »
      Et que je sélectionne « Bilan de compétences »
      Quand je clique sur « Suivant »
      Alors le titre « Ce que change votre choix » s'affiche
      Et je lis « Type de formation : « Cléa » devient « Bilan de compétences » »
      Et je lis :
        """
        Objectif général de la formation : « Certification » devient
        « (Re)mobilisation, aide à l'élaboration de projet professionnel »
        """

    Scénario: Un titre laissé tel que prérempli suit la certification
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je clique sur « Changer de type ou de certification »
      Et que je sélectionne « Socle de connaissances et de compétences professionnelles numérique (CléA Numérique) »
      Quand je clique sur « Suivant »
      Alors les champs contiennent :
        | Intitulé de la formation | Socle de connaissances et de compétences professionnelles numérique (CléA Numérique) |

    Scénario: Un texte qui n'a plus de place est annoncé
      Étant donné que j'ouvre la saisie d'une formation « Permis de conduire »
      Et que je remplis le champ « Numéro d'agrément préfectoral »
      Et que je clique sur « Changer de type ou de certification »
      Et que je sélectionne « Cléa »
      Et que je sélectionne « Socle de connaissances et de compétences professionnelles (CléA) »
      Quand je clique sur « Suivant »
      Alors je lis « Numéro d'agrément préfectoral : « E 02 075 1234 0 » n'a plus de place et ne sera pas gardé. »

    Scénario: La certification qui remplace se prend en un clic
      Étant donné que mon catalogue contient le brouillon complet « Chaines_1 » sur la certification « RS5000 »
      Et que nous sommes le 23 novembre 2026
      Et que j'ouvre la formation « Chaines_1 »
      Quand je clique sur « Remplacer dans cette formation »
      Alors le titre « Ce que change votre choix » s'affiche
      Et le bouton « Valider » est actif

    Scénario: La formation dit quand sa certification prend fin
      Étant donné que mon catalogue contient le brouillon complet « Secours_1 » sur la certification « RS5719 »
      Et que nous sommes le 23 novembre 2026
      Quand j'ouvre la formation « Secours_1 »
      Alors je lis « L'enregistrement prend fin le 31 décembre 2026 (dans 38 jours). »
      Et le bouton « Valider » est actif

  Règle: Rien n'est enregistré tant qu'on ne le demande pas

    Scénario: Renoncer rend la formation comme elle était saisie
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je remplis tous les champs
      Et que je clique sur « Changer de type ou de certification »
      Et que je sélectionne « VAE »
      Quand je clique sur « Revenir sans rien changer »
      Alors je ne lis pas « Ce que change votre choix »
      Et la liste « Objectif général de la formation » indique « Certification »
      Et le champ « Contenu de la formation » contient « Écouter, reformuler, argumenter »

    Scénario: La formation du catalogue ne change pas avant l'enregistrement
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je clique sur « Changer de type ou de certification »
      Et que je sélectionne « Bilan de compétences »
      Quand je clique sur « Suivant »
      Alors la formation « Clea_1 » n'a pas changé

    Scénario: La formation enregistrée change de type
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je clique sur « Changer de type ou de certification »
      Et que je sélectionne « Bilan de compétences »
      Et que je clique sur « Suivant »
      Quand je clique sur « Enregistrer les modifications »
      Et que je clique sur « Voir dans le catalogue »
      Alors la carte « Formation Clea_1 » indique :
        | Action proposée : Bilan de compétences |

    Scénario: Une formation validée qui n'est plus complète redevient un brouillon
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que j'ouvre la formation « Clea_1 »
      Et que je clique sur « Changer de type ou de certification »
      Et que je sélectionne « Bilan de compétences »
      Et que je clique sur « Suivant »
      Quand je clique sur « Enregistrer les modifications »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_1 » est au statut « Brouillon » dans le catalogue

    @sans_js
    Scénario: Sans JavaScript, les textes suivent aussi
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je remplis tous les champs
      Et que je clique sur « Changer de type ou de certification »
      Et que je sélectionne « Bilan de compétences »
      Et que je clique sur « Afficher »
      Quand je clique sur « Suivant »
      Alors le champ « Contenu de la formation » contient « Écouter, reformuler, argumenter »
