# language: fr
@regles
Fonctionnalité: Chaque mot d'une recherche compte
  Plusieurs mots cherchent ensemble : une formation est trouvée quand elle les a tous, dans son titre, son identifiant
  ou sa certification, et dans n'importe quel ordre.

  Contexte:
    Étant donné que je gère le catalogue de mon organisme
    Et que mon catalogue contient les formations :
      | identifiant | intitulé                            | statut    | modifiée le       |
      | Clea_Oral   | Compétences Cléa - expression orale | Brouillon | 23 septembre 2019 |
      | Clea_Ecrit  | Compétences Cléa - expression écrite | Validée  | 24 septembre 2019 |
      | Anglais_1   | Anglais oral                        | Brouillon | 25 septembre 2019 |
    Et que j'ouvre le catalogue

  Plan du scénario: Rechercher « <recherche> » ne garde que la formation qui a tous les mots
    Quand je recherche « <recherche> »
    Alors le catalogue affiche seulement « <trouvée> »

    Exemples:
      | recherche             | trouvée                              |
      | expression orale      | Compétences Cléa - expression orale  |
      | écrite compétences    | Compétences Cléa - expression écrite |
      | compétences clea_oral | Compétences Cléa - expression orale  |
      | anglais oral          | Anglais oral                         |

  Scénario: Une recherche dont un mot ne se trouve nulle part ne trouve rien
    Quand je recherche « anglais écrite »
    Alors je lis « Aucune formation ne correspond. »
