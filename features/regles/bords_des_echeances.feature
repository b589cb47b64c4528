# language: fr
@regles
Fonctionnalité: Une échéance se compte au jour près
  L'enregistrement de RS5719 prend fin le 31 décembre 2026. Le dernier jour compte encore ; 30, 90 et 180 jours
  comptent dans leur période.

  Règle: Chaque échéance est dans la première période qui la contient

    Plan du scénario: Le <date>, l'échéance est « <période> »
      Étant donné que nous sommes le <date>
      Et que je gère le catalogue de mon organisme
      Et que mon catalogue contient le brouillon complet « Secours » sur la certification « RS5719 »
      Et que je suis sur la page « Catalogue »
      Quand je clique sur « Échéancier »
      Alors le titre « <période> » s'affiche
      Et je lis « <délai> »

      Exemples:
        | date              | période            | délai                          |
        | 4 juillet 2026    | Dans les 180 jours | il reste 180 jours             |
        | 1er octobre 2026  | Dans les 180 jours | il reste 91 jours              |
        | 2 octobre 2026    | Dans les 90 jours  | il reste 90 jours              |
        | 30 novembre 2026  | Dans les 90 jours  | il reste 31 jours              |
        | 1er décembre 2026 | Dans les 30 jours  | il reste 30 jours              |
        | 30 décembre 2026  | Dans les 30 jours  | il reste 1 jour                |
        | 31 décembre 2026  | Dans les 30 jours  | c'est son dernier jour         |
        | 1er janvier 2027  | Déjà terminées     | a pris fin le 31 décembre 2026 |

    Scénario: À 181 jours, rien ne presse encore
      Étant donné que nous sommes le 3 juillet 2026
      Et que je gère le catalogue de mon organisme
      Et que mon catalogue contient le brouillon complet « Secours » sur la certification « RS5719 »
      Et que je suis sur la page « Catalogue »
      Quand je clique sur « Échéancier »
      Alors je lis « Aucune échéance dans les 180 jours »

  Règle: La carte le dit au jour près aussi

    Plan du scénario: Le <date>, la carte dit « <badge> »
      Étant donné que nous sommes le <date>
      Et que je gère le catalogue de mon organisme
      Et que mon catalogue contient le brouillon complet « Secours » sur la certification « RS5719 »
      Quand j'ouvre le catalogue
      Alors la carte « Formation Secours » indique :
        | <badge> |

      Exemples:
        | date             | badge                  |
        | 4 juillet 2026   | Expire dans 180 jours  |
        | 30 décembre 2026 | Expire dans 1 jour     |
        | 31 décembre 2026 | Expire aujourd'hui     |
        | 1er janvier 2027 | Certification expirée  |

    Scénario: À 181 jours, la carte ne dit rien
      Étant donné que nous sommes le 3 juillet 2026
      Et que je gère le catalogue de mon organisme
      Et que mon catalogue contient le brouillon complet « Secours » sur la certification « RS5719 »
      Quand j'ouvre le catalogue
      Alors la carte « Formation Secours » n'indique pas « Expire dans 181 jours »

  Règle: Les échéances sont celles de mon organisme

    Scénario: Les formations d'un autre organisme ne sont pas dans mon échéancier
      Étant donné que nous sommes le 23 novembre 2026
      Et que je gère le catalogue de mon organisme
      Et que l'organisme « Formation Voisine » a la formation « Voisine_1 » dans son catalogue
      Et que mon catalogue contient la formation « Clea_1 » au statut « Archivée »
      Et que je suis sur la page « Catalogue »
      Quand je clique sur « Échéancier »
      Alors je lis « Aucune échéance dans les 180 jours »
