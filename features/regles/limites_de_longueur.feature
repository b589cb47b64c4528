# language: fr
@regles
Fonctionnalité: La longueur des textes est limitée, et rien n'est coupé
  Un intitulé et des points forts tiennent en 255 caractères ; un objectif, un contenu et des résultats en 3000.
  Le compteur, l'enregistrement et la validation comptent de la même façon. Un brouillon garde tout entier un
  texte trop long, jusqu'à dix fois sa limite : je choisis moi-même ce que je raccourcis avant de valider.

  Contexte:
    Étant donné que je gère le catalogue de mon organisme

  Règle: Le compteur suit la saisie

    Plan du scénario: Le compteur de « <champ> » annonce « <compteur> »
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Quand je saisis <nombre> caractères dans le champ « <champ> »
      Alors sous le champ « <champ> », je lis « <compteur> »

      Exemples:
        | champ                              | nombre | compteur                                                  |
        | Intitulé de la formation           | 256    | Trop long : raccourcissez de 1 caractère (255 au plus).   |
        | Objectif de la formation           | 3001   | Trop long : raccourcissez de 1 caractère (3000 au plus).  |
        | Contenu de la formation            | 3002   | Trop long : raccourcissez de 2 caractères (3000 au plus). |
        | Les points forts de la formation   | 255    | 255 / 255 Caractères                                      |
        | Les points forts de la formation   | 256    | Trop long : raccourcissez de 1 caractère (255 au plus).   |
        | Résultats attendus de la formation | 3000   | 3000 / 3000 Caractères                                    |

    Plan du scénario: Le compteur de <nombre> <sorte> annonce « <compte> »
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Quand je saisis <nombre> <sorte> dans le champ « Les points forts de la formation »
      Alors sous le champ « Les points forts de la formation », je lis « <compte> »

      Exemples:
        | nombre | sorte                          | compte                                                  |
        | 255    | lettres accentuées décomposées | 255 / 255 Caractères                                    |
        | 255    | émojis                         | 255 / 255 Caractères                                    |
        | 128    | lignes d'une lettre            | Trop long : raccourcissez de 1 caractère (255 au plus). |

    Scénario: Le compteur d'un texte enregistré est celui de la saisie
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Écouter à l'œuvre, émerveillé » dans le champ « Contenu de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Quand j'ouvre la formation « Clea_1 »
      Alors sous le champ « Contenu de la formation », je lis « 29 / 3000 Caractères »

  Règle: Un texte à la limite est enregistré tout entier

    Plan du scénario: « <champ> » accepte <nombre> caractères
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis <nombre> caractères dans le champ « <champ> »
      Quand je clique sur « Valider »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_1 » est au statut « Validée » dans le catalogue
      Et « <champ> » de « Clea_1 » compte <nombre> caractères

      Exemples:
        | champ                              | nombre |
        | Intitulé de la formation           | 255    |
        | Objectif de la formation           | 3000   |
        | Contenu de la formation            | 3000   |
        | Les points forts de la formation   | 254    |
        | Les points forts de la formation   | 255    |
        | Résultats attendus de la formation | 2999   |
        | Résultats attendus de la formation | 3000   |

    Plan du scénario: « Les points forts de la formation » accepte <nombre> <sorte>
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis <nombre> <sorte> dans le champ « Les points forts de la formation »
      Quand je clique sur « Enregistrer les modifications »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_1 » est au statut « Brouillon » dans le catalogue
      Et « Les points forts de la formation » de « Clea_1 » compte <compte> caractères

      Exemples:
        | nombre | sorte                          | compte |
        | 255    | lettres accentuées décomposées | 255    |
        | 127    | lignes d'une lettre            | 254    |

  Règle: Un texte trop long est gardé tout entier dans un brouillon, et ne se valide pas

    Plan du scénario: « <champ> » enregistre <nombre> caractères et les garde tous
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis <nombre> caractères dans le champ « <champ> »
      Quand je clique sur « Enregistrer les modifications »
      Alors le message « « <champ> » dépasse sa limite : tout le texte est gardé » s'affiche
      Et sous le champ « <champ> », je lis « <message> »
      Et le bouton « Valider » est inactif
      Et « <champ> » de « Clea_1 » compte <nombre> caractères

      Exemples:
        | champ                              | nombre | message                                                       |
        | Intitulé de la formation           | 256    | Trop long : raccourcissez de 1 caractère (255 au plus).       |
        | Objectif de la formation           | 3001   | Trop long : raccourcissez de 1 caractère (3000 au plus).      |
        | Contenu de la formation            | 30000  | Trop long : raccourcissez de 27000 caractères (3000 au plus). |
        | Les points forts de la formation   | 256    | Trop long : raccourcissez de 1 caractère (255 au plus).       |
        | Les points forts de la formation   | 2550   | Trop long : raccourcissez de 2295 caractères (255 au plus).   |
        | Résultats attendus de la formation | 3001   | Trop long : raccourcissez de 1 caractère (3000 au plus).      |

    Scénario: Deux textes trop longs sont gardés tous les deux
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis 256 caractères dans le champ « Intitulé de la formation »
      Et que je saisis 300 caractères dans le champ « Les points forts de la formation »
      Quand je clique sur « Enregistrer les modifications »
      Alors le message « 2 textes dépassent leur limite » s'affiche
      Et « Intitulé de la formation » de « Clea_1 » compte 256 caractères
      Et « Les points forts de la formation » de « Clea_1 » compte 300 caractères

    Scénario: Une formation validée dont un texte devient trop long revient au statut « Brouillon »
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis 256 caractères dans le champ « Les points forts de la formation »
      Quand je clique sur « Enregistrer les modifications »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_1 » est au statut « Brouillon » dans le catalogue
      Et « Les points forts de la formation » de « Clea_1 » compte 256 caractères

    Scénario: Une fois raccourci, le texte se valide
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis 256 caractères dans le champ « Les points forts de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis 255 caractères dans le champ « Les points forts de la formation »
      Quand je clique sur « Valider »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_1 » est au statut « Validée » dans le catalogue
      Et « Les points forts de la formation » de « Clea_1 » compte 255 caractères

  Règle: Un texte de plus de dix fois sa limite n'est ni enregistré ni coupé

    Plan du scénario: « <champ> » refuse <nombre> caractères et les garde à l'écran
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis <nombre> caractères dans le champ « <champ> »
      Quand je clique sur « Enregistrer les modifications »
      Alors l'alerte « La formation n'est pas enregistrée » s'affiche
      Et sous le champ « <champ> », je lis « <message> »
      Et le champ « <champ> » contient <nombre> caractères
      Et le bouton « Valider » est inactif
      Et la formation « Clea_1 » n'a pas changé

      Exemples:
        | champ                            | nombre | message                                                                     |
        | Intitulé de la formation         | 2551   | Trop long pour être gardé : raccourcissez de 1 caractère (2550 au plus).    |
        | Contenu de la formation          | 30001  | Trop long pour être gardé : raccourcissez de 1 caractère (30000 au plus).   |
        | Les points forts de la formation | 2560   | Trop long pour être gardé : raccourcissez de 10 caractères (2550 au plus).  |
