# language: fr
@regles
Fonctionnalité: « Contrôle » dit ce qui bloque, ce qui est conseillé, et ce qui manque pour publier
  Une formation est publiable quand elle est validée avec une action valide qui a une session valide.
  Chaque point mène à son champ. Un conseil n'empêche rien, et rien n'est noté.

  Contexte:
    Étant donné que nous sommes le 28 novembre 2019
    Et que je gère le catalogue de mon organisme
    Et que mon catalogue contient la formation « Clea_1 » au statut « Validée »

  Règle: Ce qui manque pour publier est dit jusqu'au champ

    Scénario: Une formation validée sans action n'est pas encore publiable
      Quand j'ouvre la formation « Clea_1 »
      Alors je lis « Pas encore publiable : »
      Et je lis « Aucune action de formation. »

    Scénario: Une formation validée avec une action et une session valides est publiable
      Étant donné que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Quand j'ouvre la formation « Clea_1 »
      Alors je lis « Elle est validée, avec au moins une action et une session valides. »

    Scénario: L'action la plus proche du but est nommée
      Étant donné que la formation « Clea_1 » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Brouillon | Mars    | Brouillon            |
      Quand j'ouvre la formation « Clea_1 »
      Alors je lis « Aucune de ses actions n'est validée ; la plus proche est « Nantes ». »

  Règle: Chaque point mène à son champ

    Scénario: Ce qui bloque dans une action mène à son champ
      Étant donné que la formation « Clea_1 » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Brouillon | Mars    | Brouillon            |
      Et que j'ouvre la formation « Clea_1 »
      Et que je clique sur le lien « Modifier » de l'action « Nantes »
      Et que je vide le champ « Durée totale, en heures »
      Et que je clique sur « Enregistrer »
      Et que j'ouvre la formation « Clea_1 »
      Quand je clique sur « Action « Nantes », Durée totale, en heures »
      Alors le champ « Durée totale, en heures » attend ma saisie

    Scénario: Un lecteur voit le contrôle sans pouvoir rien changer
      Étant donné que je deviens lecteur du catalogue
      Quand j'ouvre la formation « Clea_1 »
      Alors je lis « Pas encore publiable : »
      Et « Créer une action de formation » n'est pas proposé

  Règle: Tout le catalogue se contrôle en une fois

    Scénario: Le contrôle du catalogue montre chaque formation qui a quelque chose à dire
      Étant donné que mon catalogue contient le brouillon « Clea_3 », complet sauf « Objectif de la formation »
      Et que j'ouvre le catalogue
      Quand je clique sur « Contrôle » dans le menu
      Alors la page « Contrôle du catalogue » s'affiche
      Et je lis « 2 formations contrôlées sur cette page »
      Et le titre « Formation Clea_3 » s'affiche
      Et le titre « Formation Clea_1 » s'affiche

    Scénario: Je ne garde que ce qui bloque
      Étant donné que mon catalogue contient le brouillon « Clea_2 », complet sauf « Objectif de la formation »
      Et que je suis sur la page « Contrôle du catalogue »
      Et que je sélectionne « Ce qui bloque » dans la liste « Montrer »
      Quand je clique sur « Filtrer »
      Alors le titre « Formation Clea_2 » s'affiche
      Et je ne lis plus « Formation Clea_1 »

    @sans_js
    Scénario: Sans JavaScript, je ne garde qu'une règle
      Étant donné que mon catalogue contient le brouillon « Clea_2 », complet sauf « Objectif de la formation »
      Et que je suis sur la page « Contrôle du catalogue »
      Et que je sélectionne « Champ obligatoire » dans la liste « Règle »
      Quand je clique sur « Filtrer »
      Alors je lis « Ce champ est obligatoire pour valider votre formation. »
      Et je ne lis plus « Formation Clea_1 »

    Scénario: Le catalogue d'un autre organisme n'est pas contrôlé avec le mien
      Étant donné que l'organisme « Formation Voisine » a la formation « Voisine_1 » dans son catalogue
      Quand j'ouvre la page « Contrôle du catalogue »
      Alors je lis « 1 formation contrôlée sur cette page »
      Et je ne lis nulle part « Voisine_1 »

  Règle: La carte d'une formation validée dit si elle est publiable

    Scénario: La carte dit en quelques mots ce qui manque
      Quand j'ouvre le catalogue
      Alors la carte « Formation Clea_1 » indique :
        | Pas encore publiable : aucune action de formation |

    Scénario: La carte d'une formation publiable le dit
      Étant donné que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Quand j'ouvre le catalogue
      Alors la carte « Formation Clea_1 » indique :
        | Publiable |

  Règle: L'étape 2/2 conseille sans rien empêcher

    Scénario: Un texte promotionnel est déconseillé, et la formation se valide quand même
      Étant donné que mon catalogue contient le brouillon complet « Clea_2 »
      Et que j'ouvre la formation « Clea_2 »
      Quand je saisis « Une tablette offerte à chaque personne » dans le champ « Les points forts de la formation »
      Alors je lis « Formulation promotionnelle : à reformuler. »
      Et le bouton « Valider » est actif

    Scénario: Un conseil s'en va dès que son texte est reformulé
      Étant donné que mon catalogue contient le brouillon complet « Clea_2 »
      Et que j'ouvre la formation « Clea_2 »
      Et que je saisis « Une tablette offerte à chaque personne » dans le champ « Les points forts de la formation »
      Quand je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Alors je ne lis plus « Formulation promotionnelle : à reformuler. »
