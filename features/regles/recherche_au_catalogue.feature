# language: fr
@regles
Fonctionnalité: Une formation se retrouve par son titre, son identifiant et sa certification
  Le début d'un mot suffit. D'un identifiant, un morceau suffit, même au milieu. Le code et le titre de la
  certification préparée comptent comme le titre de la formation.

  Contexte:
    Étant donné que je gère le catalogue de mon organisme
    Et que mon catalogue contient la formation « Bur2026Excel_07 »
    Et que mon catalogue contient le brouillon complet « Num_1 » sur la certification « RS3936 »
    Et que j'ouvre le catalogue

  Scénario: Le début d'un mot du titre suffit
    Quand je recherche « form bur »
    Alors le catalogue affiche seulement « Formation Bur2026Excel_07 »

  Scénario: Le milieu d'un mot du titre ne suffit pas
    Quand je recherche « ormation »
    Alors je lis « Aucune formation ne correspond. »

  Plan du scénario: Rechercher « <recherche> » trouve une formation par sa certification
    Quand je recherche « <recherche> »
    Alors le catalogue affiche seulement « Formation Num_1 »

    Exemples:
      | recherche     |
      | rs3936        |
      | RS 3936       |
      | 3936          |
      | cléa numér    |

  Plan du scénario: Rechercher « <recherche> » trouve une formation par un morceau de son identifiant
    Quand je recherche « <recherche> »
    Alors le catalogue affiche seulement « Formation Bur2026Excel_07 »

    Exemples:
      | recherche       |
      | bur2026         |
      | 2026            |
      | excel_07        |
      | EXCEL07         |
      | Bur2026Excel_07 |
