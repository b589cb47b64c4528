# language: fr
@regles
Fonctionnalité: Chaque type de formation a sa première page, ses champs et ses règles
  Six types de formation sont éligibles au CPF. Une formation certifiante et Cléa préparent une certification ;
  les quatre autres sont des actions, et chacune porte son propre code.

  Contexte:
    Étant donné que je gère le catalogue de mon organisme

  Règle: La première page demande ce qu'il faut pour ce type, et rien d'autre

    Plan du scénario: « <type> » a un seul code, que personne ne saisit
      Étant donné que je suis sur la page « Nouvelle offre de formation »
      Quand je sélectionne « <type> »
      Alors je lis « Code d'identification : <code> »
      Et le bouton « Suivant » est actif

      Exemples:
        | type                                              | code   |
        | Bilan de compétences                              | CPF202 |
        | VAE                                               | CPF200 |
        | Accompagnement à la création/reprise d'entreprise | CPF203 |

    Scénario: « Permis de conduire » demande la catégorie
      Étant donné que je suis sur la page « Nouvelle offre de formation »
      Quand je sélectionne « Permis de conduire »
      Alors « Catégorie de permis » propose, dans cet ordre :
        | B   |
        | C1  |
        | C1E |
        | C   |
        | CE  |
        | D1  |
        | D1E |
        | D   |
        | DE  |
      Et le bouton « Suivant » est inactif
      Et je ne lis nulle part « B96 »

    Scénario: Quatre catégories de permis s'ajoutent le 12 janvier 2024
      Étant donné que nous sommes le 12 janvier 2024
      Et que je suis sur la page « Nouvelle offre de formation »
      Quand je sélectionne « Permis de conduire »
      Alors « Catégorie de permis » propose, dans cet ordre :
        | A1  |
        | A2  |
        | B1  |
        | B   |
        | BE  |
        | C1  |
        | C1E |
        | C   |
        | CE  |
        | D1  |
        | D1E |
        | D   |
        | DE  |

    Scénario: L'écran dit quelle catégorie de permis ne se choisit pas ici, et pourquoi
      Étant donné que nous sommes le 12 janvier 2024
      Et que je suis sur la page « Nouvelle offre de formation »
      Quand je sélectionne « Permis de conduire »
      Alors je lis « La catégorie B96, ouverte depuis le 12 janvier 2024, ne se choisit pas ici : son code n'est pas connu de ce registre. »

    Scénario: La catégorie de permis choisie donne son code
      Étant donné que je suis sur la page « Nouvelle offre de formation »
      Et que je sélectionne « Permis de conduire »
      Quand je sélectionne « C1E »
      Alors je lis « Code d'identification : CPF212 »
      Et le bouton « Suivant » est actif

    Scénario: L'accompagnement à la création/reprise d'entreprise n'a plus de code en 2026
      Étant donné que nous sommes le 23 novembre 2026
      Et que je suis sur la page « Nouvelle offre de formation »
      Quand je sélectionne « Accompagnement à la création/reprise d'entreprise »
      Alors je lis « Le code CPF203 n'est plus proposé au 23 novembre 2026. »
      Et le bouton « Suivant » est inactif

  Règle: Chaque type a ses informations préremplies

    Plan du scénario: « <type> » affiche « <information> : <valeur> »
      Quand j'ouvre la saisie d'une formation « <type> »
      Alors les informations préremplies contiennent :
        | <information> | <valeur> |
      Et aucune information préremplie n'est modifiable

      Exemples:
        | type                                              | information       | valeur                 |
        | Bilan de compétences                              | Code de l'action  | CPF202                 |
        | Bilan de compétences                              | Code NSF          | 315                    |
        | Bilan de compétences                              | Certification     | Action non certifiante |
        | Bilan de compétences                              | Durée maximale    | 24 heures              |
        | Permis de conduire                                | Catégorie         | B                      |
        | Permis de conduire                                | Code FORMACODE    | Pas de donnée          |
        | VAE                                               | Code de l'action  | CPF200                 |
        | Accompagnement à la création/reprise d'entreprise | Code de l'action  | CPF203                 |

    Plan du scénario: L'objectif général d'une formation « <type> » est « <objectif> »
      Quand j'ouvre la saisie d'une formation « <type> »
      Alors la liste « Objectif général de la formation » propose, dans cet ordre :
        | <objectif> |
      Et la liste « Objectif général de la formation » indique « <objectif> »

      Exemples:
        | type                                              | objectif                                                       |
        | Bilan de compétences                              | (Re)mobilisation, aide à l'élaboration de projet professionnel |
        | Permis de conduire                                | Préparation à la qualification                                 |
        | Accompagnement à la création/reprise d'entreprise | Création d'entreprise                                          |

    Scénario: L'objectif général d'une VAE se choisit
      Étant donné que j'ouvre la saisie d'une formation « VAE »
      Quand je sélectionne « Professionnalisation » dans la liste « Objectif général de la formation »
      Alors la liste « Objectif général de la formation » indique « Professionnalisation »

  Règle: Chaque type se décrit, se valide et se retrouve au catalogue

    Plan du scénario: Je valide une formation « <type> »
      Étant donné que j'ouvre la saisie d'une formation « <type> »
      Et que je remplis tous les champs
      Quand je clique sur « Valider »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « <identifiant> » est au statut « Validée » dans le catalogue
      Et la carte « <intitulé> » indique :
        | Action proposée : <action> |

      Exemples:
        | type                                              | identifiant    | intitulé                        | action                                            |
        | Bilan de compétences                              | Bilan_Essai    | Faire le point sur son parcours | Bilan de compétences                              |
        | Permis de conduire                                | Permis_Essai   | Permis B en vingt heures        | Permis de conduire, catégorie B                   |
        | VAE                                               | Vae_Essai      | Faire valider son expérience    | Validation des acquis de l'expérience             |
        | Accompagnement à la création/reprise d'entreprise | Creation_Essai | Créer son entreprise            | Accompagnement à la création/reprise d'entreprise |

    Plan du scénario: Sans « <champ> », une formation « <type> » ne se valide pas
      Étant donné que j'ouvre la saisie d'une formation « <type> »
      Quand je remplis tous les champs sauf « <champ> »
      Alors le bouton « Valider » est inactif
      Et la liste « Pour valider » demande seulement « <champ> »

      Exemples:
        | type                 | champ                         |
        | Bilan de compétences | Durée totale, en heures       |
        | Permis de conduire   | Numéro d'agrément préfectoral |
        | VAE                  | Catégorisation de l'offre     |

  Règle: Un bilan de compétences dure 24 heures au plus

    Plan du scénario: Une durée de « <durée> » laisse « Valider » <état>
      Étant donné que j'ouvre la saisie d'une formation « Bilan de compétences »
      Et que je remplis tous les champs
      Quand je saisis « <durée> » dans le champ « Durée totale, en heures »
      Alors le bouton « Valider » est <état>

      Exemples:
        | durée     | état    |
        | 1         | actif   |
        | 24        | actif   |
        | 24 h      | actif   |
        | 24 heures | actif   |
        | 25        | inactif |
        | 25 h      | inactif |
        | 0         | inactif |
        | 12,5      | inactif |

    Scénario: L'écran dit quelle durée est acceptée
      Étant donné que j'ouvre la saisie d'une formation « Bilan de compétences »
      Quand je saisis « 25 » dans le champ « Durée totale, en heures »
      Alors sous le champ « Durée totale, en heures », je lis « Saisissez un nombre d'heures de 1 à 24. »

    Plan du scénario: Le minimum de 13 heures est une règle de 2026 : le <date>, 10 heures <suite>
      Étant donné que nous sommes le <date>
      Et que j'ouvre la saisie d'une formation « Bilan de compétences »
      Et que je remplis tous les champs
      Quand je saisis « 10 » dans le champ « Durée totale, en heures »
      Alors le bouton « Valider » est actif
      Et je <lecture> « Un bilan de compétences dure de 13 à 24 heures. »

      Exemples:
        | date             | suite               | lecture        |
        | 28 novembre 2019 | ne disent rien      | ne lis nulle part |
        | 23 novembre 2026 | reçoivent un conseil | lis            |

  Règle: L'objectif d'un permis de conduire cite le numéro d'agrément préfectoral

    Scénario: Un objectif qui ne cite pas le numéro empêche de valider
      Étant donné que j'ouvre la saisie d'une formation « Permis de conduire »
      Et que je remplis tous les champs
      Quand je saisis « Conduire seul en sécurité. » dans le champ « Objectif de la formation »
      Alors sous le champ « Objectif de la formation », je lis « Citez-y le numéro d'agrément »
      Et le bouton « Valider » est inactif

    Scénario: Le numéro est reconnu avec ou sans espaces
      Étant donné que j'ouvre la saisie d'une formation « Permis de conduire »
      Et que je remplis tous les champs
      Quand je saisis « Conduire seul. Agrément e0207512340. » dans le champ « Objectif de la formation »
      Alors le bouton « Valider » est actif

  Règle: Une seule offre de VAE par catégorie

    Scénario: La catégorie d'une VAE déjà validée est refusée à la suivante
      Étant donné que j'ouvre la saisie d'une formation « VAE »
      Et que je remplis tous les champs
      Et que je clique sur « Valider »
      Et que j'ouvre la saisie d'une formation « VAE »
      Quand je saisis « 152 » dans le champ « Catégorisation de l'offre »
      Alors je lis « La catégorisation 152 est celle de la formation « Vae_Essai » »
      Et le bouton « Valider » est inactif

    Scénario: La catégorie d'une autre VAE convient
      Étant donné que j'ouvre la saisie d'une formation « VAE »
      Et que je remplis tous les champs
      Et que je clique sur « Valider »
      Et que j'ouvre la saisie d'une formation « VAE »
      Et que je remplis tous les champs sauf « Votre identifiant interne de formation »
      Et que je saisis « Vae_Physique » dans le champ « Votre identifiant interne de formation »
      Quand je saisis « 114 » dans le champ « Catégorisation de l'offre »
      Alors le bouton « Valider » est actif

    Plan du scénario: « <saisie> » laisse « Valider » <état>
      Étant donné que j'ouvre la saisie d'une formation « VAE »
      Et que je remplis tous les champs
      Quand je saisis « <saisie> » dans le champ « Catégorisation de l'offre »
      Alors le bouton « Valider » est <état>

      Exemples:
        | saisie        | état    |
        | 152 Langues   | actif   |
        | 152 - langues | actif   |
        | 152 Droit     | inactif |

    Scénario: La catégorisation s'écrit en trois chiffres
      Étant donné que j'ouvre la saisie d'une formation « VAE »
      Quand je saisis « 15 » dans le champ « Catégorisation de l'offre »
      Alors sous le champ « Catégorisation de l'offre », je lis « Saisissez un code de trois chiffres »

  Règle: Le RNCP demande les blocs de compétences depuis le 11 juin 2026, le Répertoire spécifique jamais

    Scénario: Sans bloc, une formation du RNCP ne se valide pas
      Étant donné que nous sommes le 23 novembre 2026
      Et que j'ouvre la saisie d'une formation sur la certification « RNCP37873 »
      Quand je remplis tous les champs
      Alors la liste « Pour valider » demande seulement « Blocs de compétences visés »
      Et je lis « Indiquez les blocs de compétences visés. »

    Scénario: Avant cette date, le RNCP ne demande aucun bloc
      Étant donné que nous sommes le 10 juin 2026
      Et que j'ouvre la saisie d'une formation sur la certification « RNCP37275 »
      Quand je remplis tous les champs
      Alors le bouton « Valider » est actif

    Scénario: Un bloc coché suffit
      Étant donné que nous sommes le 23 novembre 2026
      Et que j'ouvre la saisie d'une formation sur la certification « RNCP37873 »
      Et que je remplis tous les champs
      Quand je sélectionne « RNCP37873BC01 – Développer une application sécurisée »
      Alors le bouton « Valider » est actif

    Scénario: Les blocs cochés se retrouvent en rouvrant la formation
      Étant donné que nous sommes le 23 novembre 2026
      Et que j'ouvre la saisie d'une formation sur la certification « RNCP37873 »
      Et que je remplis tous les champs
      Et que je sélectionne « RNCP37873BC03 – Préparer le déploiement d'une application sécurisée »
      Et que je clique sur « Valider »
      Quand j'ouvre la formation « Certif_Essai »
      Alors « RNCP37873BC03 – Préparer le déploiement d'une application sécurisée » est sélectionné

    Scénario: Quand le registre ne connaît pas les blocs, leurs codes se saisissent
      Étant donné que nous sommes le 23 novembre 2026
      Et que j'ouvre la saisie d'une formation sur la certification « RNCP37275 »
      Et que je remplis tous les champs
      Quand je saisis « RNCP37275BC01 » dans le champ « Blocs de compétences visés »
      Alors le bouton « Valider » est actif

    Plan du scénario: Les blocs « <blocs> » sont refusés
      Étant donné que nous sommes le 23 novembre 2026
      Et que j'ouvre la saisie d'une formation sur la certification « RNCP37275 »
      Quand je saisis « <blocs> » dans le champ « Blocs de compétences visés »
      Alors sous le champ « Blocs de compétences visés », je lis « <raison> »

      Exemples:
        | blocs                       | raison                                                               |
        | RNCP37275BC01 RNCP37275BC01 | Le bloc RNCP37275BC01 est indiqué deux fois.                         |
        | RNCP37674BC01               | Le bloc RNCP37674BC01 n'appartient pas à la certification RNCP37275. |

    Scénario: Le Répertoire spécifique ne demande pas de bloc
      Étant donné que nous sommes le 23 novembre 2026
      Et que j'ouvre la saisie d'une formation sur la certification « RS7113 »
      Quand je remplis tous les champs
      Alors le bouton « Valider » est actif
