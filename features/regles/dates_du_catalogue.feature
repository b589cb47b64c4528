# language: fr
@regles
Fonctionnalité: La date d'une carte dit quand sa formation a changé
  « Dernière modification » est la date du dernier enregistrement, écrite comme on la dit. Regarder une formation,
  la copier ou renoncer à la modifier ne la change pas.

  Contexte:
    Étant donné que je gère le catalogue de mon organisme

  Règle: La date s'écrit comme on la dit

    Plan du scénario: Une modification du <jour> s'écrit en toutes lettres
      Étant donné que mon catalogue contient les formations :
        | identifiant | intitulé         | statut    | modifiée le |
        | Clea_1      | Compétences Cléa | Brouillon | <jour>      |
      Quand j'ouvre le catalogue
      Alors la carte « Compétences Cléa » indique :
        | Dernière modification : <jour> |

      Exemples:
        | jour            |
        | 5 novembre 2019 |
        | 1er juin 2019   |
        | 11 février 2018 |
        | 9 août 2019     |

  Règle: Ce qui change une formation change sa date, et la met en tête

    Scénario: Une ancienne formation que je modifie passe en tête du catalogue
      Étant donné que mon catalogue contient les formations :
        | identifiant | intitulé | statut    | modifiée le       |
        | Clea_1      | Première | Brouillon | 2 septembre 2019  |
        | Clea_2      | Deuxième | Brouillon | 15 octobre 2019   |
        | Clea_3      | Dernière | Brouillon | 27 novembre 2019  |
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Quand j'ouvre le catalogue
      Alors le catalogue affiche, dans cet ordre :
        | Première |
        | Dernière |
        | Deuxième |

    Scénario: Valider une formation lui donne la date du jour
      Étant donné que mon catalogue contient les formations :
        | identifiant | intitulé         | statut    | modifiée le       |
        | Clea_1      | Compétences Cléa | Brouillon | 23 septembre 2019 |
      Et que j'ouvre la formation « Clea_1 »
      Et que je remplis tous les champs
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que je saisis « Compétences Cléa » dans le champ « Intitulé de la formation »
      Et que je clique sur « Valider »
      Quand j'ouvre le catalogue
      Alors la carte « Compétences Cléa » indique :
        | Validée                                  |
        | Dernière modification : 28 novembre 2019 |

    Scénario: La copie d'une ancienne formation porte la date du jour
      Étant donné que mon catalogue contient les formations :
        | identifiant | intitulé         | statut    | modifiée le       |
        | Clea_1      | Compétences Cléa | Brouillon | 23 septembre 2019 |
      Et que je suis sur la page « Catalogue »
      Et que je choisis l'opération « Dupliquer » de la formation « Clea_1 »
      Quand j'ouvre le catalogue
      Alors la carte « Compétences Cléa (copie) » indique :
        | Dernière modification : 28 novembre 2019 |

  Règle: Ce qui ne change pas une formation ne change pas sa date

    Scénario: Copier une formation ne change pas sa date
      Étant donné que mon catalogue contient les formations :
        | identifiant | intitulé         | statut    | modifiée le       |
        | Clea_1      | Compétences Cléa | Brouillon | 23 septembre 2019 |
      Et que je suis sur la page « Catalogue »
      Et que je choisis l'opération « Dupliquer » de la formation « Clea_1 »
      Quand j'ouvre le catalogue
      Alors la carte « Compétences Cléa » indique :
        | Dernière modification : 23 septembre 2019 |

    Scénario: Renoncer à modifier une formation ne change pas sa date
      Étant donné que mon catalogue contient les formations :
        | identifiant | intitulé         | statut    | modifiée le       |
        | Clea_1      | Compétences Cléa | Brouillon | 23 septembre 2019 |
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Et que je clique sur « Annuler »
      Quand je clique sur « Quitter sans enregistrer »
      Alors la carte « Compétences Cléa » indique :
        | Dernière modification : 23 septembre 2019 |

    Scénario: Vérifier un identifiant ne change pas la date de la formation
      Étant donné que mon catalogue contient les formations :
        | identifiant | intitulé         | statut    | modifiée le       |
        | Clea_1      | Compétences Cléa | Brouillon | 23 septembre 2019 |
      Et que j'ouvre la formation « Clea_1 »
      Et que je clique sur « Vérifier »
      Quand j'ouvre le catalogue
      Alors la carte « Compétences Cléa » indique :
        | Dernière modification : 23 septembre 2019 |
