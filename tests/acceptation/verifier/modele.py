"""A feature without fault, from which every bad one is made."""

BON = """\
# language: fr
@guide
Fonctionnalité: Vérifier l'identifiant d'une formation
  Afin de ne pas créer deux formations de même identifiant.

  Contexte:
    Étant donné que je gère un catalogue

  @etape_7
  Scénario: Un identifiant déjà utilisé est signalé
    Étant donné la formation « Clea_1 »
    Quand je vérifie l'identifiant « Clea_1 »
    Alors je lis « L'identifiant « Clea_1 » est déjà utilisé. »

  @etape_6
  Plan du scénario: Un identifiant <genre> est refusé
    Quand je saisis « <valeur> » comme identifiant
    Alors je lis « <message> »

    Exemples:
      | genre | valeur | message          |
      | vide  |        | Saisissez-le     |
      | long  | aaaaaa | Raccourcissez-le |

  @etape_9 @reconstitue
  Règle: L'objectif est obligatoire

    Scénario: Sans objectif, la formation reste un brouillon
      Quand j'enregistre ce texte :
        \"\"\"
        Un texte  \t entre guillemets.
        \"\"\"
      Alors ces formations sont des brouillons :
        | Clea_1 |
        | Clea_2 |
"""
