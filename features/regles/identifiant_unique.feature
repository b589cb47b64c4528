# language: fr
@regles
Fonctionnalité: L'identifiant interne est unique dans mon catalogue
  L'identifiant interne est le code produit de mon organisme. Il désigne une formation et une seule :
  deux formations de mon catalogue ne peuvent pas porter le même, archivées comprises. Un brouillon peut
  attendre le sien.

  Contexte:
    Étant donné que je gère le catalogue de mon organisme

  Règle: La vérification dit si l'identifiant est disponible

    Scénario: Un identifiant que personne n'utilise est disponible
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Quand je vérifie l'identifiant « Clea_Nouveau »
      Alors le message « L'identifiant « Clea_Nouveau » est disponible. » s'affiche

    Plan du scénario: L'identifiant d'une formation au statut <statut> est déjà utilisé
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « <statut> »
      Et que j'ouvre la saisie d'une formation « Cléa »
      Quand je vérifie l'identifiant « Clea_1 »
      Alors l'alerte « L'identifiant « Clea_1 » est déjà utilisé » s'affiche
      Et aucun message n'annonce que l'identifiant « Clea_1 » est disponible

      Exemples:
        | statut    |
        | Brouillon |
        | Validée   |
        | Archivée  |

    Plan du scénario: « <saisie> » et « Clea_1 » sont le même identifiant
      Étant donné que mon catalogue contient la formation « Clea_1 »
      Et que j'ouvre la saisie d'une formation « Cléa »
      Quand je vérifie l'identifiant « <saisie> »
      Alors l'alerte « L'identifiant « <saisie> » est déjà utilisé » s'affiche

      Exemples:
        | saisie |
        | CLEA_1 |
        | clea_1 |

    Scénario: Les espaces autour d'un identifiant ne comptent pas
      Étant donné que mon catalogue contient la formation « Clea_1 »
      Et que j'ouvre la saisie d'une formation « Cléa »
      Quand je vérifie l'identifiant « Clea_1 » entouré d'espaces
      Alors l'alerte « L'identifiant « Clea_1 » est déjà utilisé » s'affiche

    Scénario: Un identifiant libre est proposé à la place de celui qui est pris
      Étant donné que mon catalogue contient la formation « Clea_1 »
      Et que mon catalogue contient la formation « Clea_2 »
      Et que j'ouvre la saisie d'une formation « Cléa »
      Quand je vérifie l'identifiant « Clea_1 »
      Alors l'alerte « L'identifiant « Clea_3 » est disponible. » s'affiche

    Scénario: L'identifiant proposé se met dans le champ d'un clic
      Étant donné que mon catalogue contient la formation « Clea_1 »
      Et que j'ouvre la saisie d'une formation « Cléa »
      Et que je vérifie l'identifiant « Clea_1 »
      Quand je clique sur « Utiliser « Clea_2 » »
      Alors le champ « Votre identifiant interne de formation » contient « Clea_2 »
      Et je ne lis plus « L'identifiant « Clea_1 » est déjà utilisé »

    Plan du scénario: À la place de « <pris> », l'écran propose « <proposé> »
      Étant donné que mon catalogue contient la formation « <pris> »
      Et que j'ouvre la saisie d'une formation « Cléa »
      Quand je vérifie l'identifiant « <pris> »
      Alors l'alerte « L'identifiant « <proposé> » est disponible. » s'affiche

      Exemples:
        | pris       | proposé      |
        | F_99       | F_100        |
        | Cle-001    | Cle-002      |
        | Excel_2026 | Excel_2026_2 |

    Scénario: La formation qui porte déjà l'identifiant est nommée
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Archivée »
      Et que j'ouvre la saisie d'une formation « Cléa »
      Quand je vérifie l'identifiant « Clea_1 »
      Alors l'alerte « C'est celui de la formation « Formation Clea_1 », archivée. » s'affiche

    Scénario: Un identifiant vérifié reste dit disponible tant qu'il ne change pas
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je vérifie l'identifiant « Clea_Nouveau »
      Quand je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Alors sous le champ « Votre identifiant interne de formation », je lis « L'identifiant « Clea_Nouveau » est disponible. »
      Et le message « L'identifiant « Clea_Nouveau » est disponible. » s'affiche

    Scénario: Un identifiant vérifié n'est plus dit disponible dès qu'il change
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je vérifie l'identifiant « Clea_Nouveau »
      Quand je saisis « Clea_Autre » dans le champ « Votre identifiant interne de formation »
      Alors je ne lis plus « L'identifiant « Clea_Nouveau » est disponible. »

    Scénario: L'identifiant de la formation que je modifie reste disponible pour elle
      Étant donné que mon catalogue contient la formation « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Quand je clique sur « Vérifier »
      Alors le message « L'identifiant « Clea_1 » est disponible. » s'affiche

    Scénario: L'identifiant d'une autre formation n'est pas disponible pour celle que je modifie
      Étant donné que mon catalogue contient la formation « Clea_1 »
      Et que mon catalogue contient la formation « Clea_2 »
      Et que j'ouvre la formation « Clea_2 »
      Quand je vérifie l'identifiant « Clea_1 »
      Alors l'alerte « L'identifiant « Clea_1 » est déjà utilisé » s'affiche

    Scénario: L'identifiant d'un brouillon supprimé redevient disponible
      Étant donné que mon catalogue contient la formation « Clea_1 »
      Et que je supprime la formation « Clea_1 »
      Et que j'ouvre la saisie d'une formation « Cléa »
      Quand je vérifie l'identifiant « Clea_1 »
      Alors le message « L'identifiant « Clea_1 » est disponible. » s'affiche

    Scénario: Le même identifiant dans un autre organisme ne me gêne pas
      Étant donné que l'organisme « Formation Voisine » a la formation « Clea_1 » dans son catalogue
      Et que j'ouvre la saisie d'une formation « Cléa »
      Quand je vérifie l'identifiant « Clea_1 »
      Alors le message « L'identifiant « Clea_1 » est disponible. » s'affiche

  Règle: Un identifiant tient en 30 caractères, sans accent ni espace

    Scénario: Le champ de l'identifiant dit ce qu'il attend
      Quand j'ouvre la saisie d'une formation « Cléa »
      Alors sous le champ « Votre identifiant interne de formation », je lis « Le code produit »
      Et sous le champ « Votre identifiant interne de formation », je lis « 30 caractères au plus »

    Plan du scénario: L'identifiant « <saisie> » est refusé avec sa raison
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Quand je vérifie l'identifiant « <saisie> »
      Alors l'alerte « <raison> » s'affiche
      Et le champ « Votre identifiant interne de formation » contient « <saisie> »

      Exemples:
        | saisie                          | raison                                                                            |
        |                                 | Saisissez un identifiant interne.                                                 |
        | Cléa_1                          | Utilisez uniquement des lettres sans accent, des chiffres, « _ », « - » ou « . ». |
        | Clea 1                          | Utilisez uniquement des lettres sans accent, des chiffres, « _ », « - » ou « . ». |
        | Clea_Identifiant_de_31_lettres_ | Trop long : raccourcissez de 1 caractère (30 au plus).                            |

    Plan du scénario: L'identifiant « <saisie> » est accepté
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Quand je vérifie l'identifiant « <saisie> »
      Alors le message « L'identifiant « <saisie> » est disponible. » s'affiche

      Exemples:
        | saisie                         |
        | 2019-11.Clea_1                 |
        | Clea_Identifiant_de_30_lettres |

  Règle: Un brouillon peut attendre son identifiant

    Scénario: Sans identifiant, ma saisie s'enregistre et la carte dit qu'il reste à saisir
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Compétences Cléa » dans le champ « Intitulé de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Quand j'ouvre le catalogue
      Alors la carte « Compétences Cléa » indique :
        | Brouillon     |
        | ID : à saisir |
      Et mon catalogue contient 1 formation

    Scénario: Deux brouillons peuvent attendre leur identifiant en même temps
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Premier brouillon » dans le champ « Intitulé de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Et que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Deuxième brouillon » dans le champ « Intitulé de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Quand j'ouvre le catalogue
      Alors la carte « Premier brouillon » indique :
        | ID : à saisir |
      Et la carte « Deuxième brouillon » indique :
        | ID : à saisir |

    Scénario: Un identifiant mal formé s'enregistre, et empêche seulement de valider
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Cléa 1 » dans le champ « Votre identifiant interne de formation »
      Quand je clique sur « Enregistrer les modifications »
      Et que j'ouvre la formation « Cléa 1 »
      Alors le champ « Votre identifiant interne de formation » contient « Cléa 1 »
      Et le bouton « Valider » est inactif
      Et la liste « Pour valider » demande seulement « Votre identifiant interne de formation »
      Et la formation « Cléa 1 » est enregistrée au statut « Brouillon »

  Règle: L'enregistrement garantit l'unicité, même sans vérification

    Plan du scénario: Enregistrer sous « <saisie> », déjà pris au statut <statut>, est refusé et garde mon texte
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « <statut> »
      Et que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Et que je saisis « <saisie> » dans le champ « Votre identifiant interne de formation »
      Quand je clique sur « Enregistrer les modifications »
      Alors l'alerte « La formation n'est pas enregistrée » s'affiche
      Et sous le champ « Votre identifiant interne de formation », je lis « est déjà utilisé par une autre formation »
      Et le champ « Les points forts de la formation » contient « Petits groupes »
      Et mon catalogue contient 1 formation

      Exemples:
        | saisie | statut    |
        | Clea_1 | Brouillon |
        | CLEA_1 | Validée   |
        | clea_1 | Archivée  |

    Scénario: Un identifiant déjà pris ne se valide pas
      Étant donné que mon catalogue contient la formation « Clea_1 »
      Et que j'ouvre la saisie d'une formation « Cléa »
      Et que je remplis tous les champs
      Quand je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Alors le bouton « Valider » est inactif
      Et sous le champ « Votre identifiant interne de formation », je lis « est déjà utilisé par une autre formation »

    Scénario: De deux onglets qui prennent le même identifiant, le premier enregistré l'emporte
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que je saisis « Premier onglet » dans le champ « Intitulé de la formation »
      Et que j'ouvre un deuxième onglet
      Et que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que je saisis « Deuxième onglet » dans le champ « Intitulé de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Et que je reviens au premier onglet
      Quand je clique sur « Enregistrer les modifications »
      Alors l'alerte « La formation n'est pas enregistrée » s'affiche
      Et le champ « Intitulé de la formation » contient « Premier onglet »
      Et « Intitulé de la formation » de « clea_1 » est « Deuxième onglet »
      Et mon catalogue contient 1 formation

    Scénario: Le même identifiant s'enregistre dans deux organismes
      Étant donné que l'organisme « Formation Voisine » a la formation « Clea_1 » dans son catalogue
      Et que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Quand je clique sur « Enregistrer les modifications »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_1 » est au statut « Brouillon » dans le catalogue
      Et mon catalogue contient 1 formation
