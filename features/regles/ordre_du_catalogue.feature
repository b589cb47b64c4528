# language: fr
@regles
Fonctionnalité: Le catalogue se trie, se filtre et dit où en est chaque formation
  Je trie par date, titre, échéance ou statut ; je filtre par type et par certification. Les nombres annoncés
  sont ceux de ce que je cherche, et l'adresse de la page garde tout : je reviens où j'étais.

  Contexte:
    Étant donné que nous sommes le 23 novembre 2026
    Et que je gère le catalogue de mon organisme
    Et que mon catalogue contient le brouillon complet « Secours » sur la certification « RS5719 »
    Et que mon catalogue contient le brouillon complet « Blockchain » sur la certification « RS5000 »
    Et que mon catalogue contient la formation « Clea_9 » au statut « Validée »
    Et que mon catalogue contient la formation « Clea_10 »

  Règle: Quatre ordres, de page en page

    Plan du scénario: Trié par « <tri> »
      Étant donné que j'ouvre le catalogue
      Quand je clique sur « <tri> »
      Alors le catalogue affiche, dans cet ordre :
        | Formation <un>     |
        | Formation <deux>   |
        | Formation <trois>  |
        | Formation <quatre> |

      Exemples:
        | tri          | un         | deux       | trois      | quatre     |
        | Titre        | Blockchain | Clea_9     | Clea_10    | Secours    |
        | Échéance     | Blockchain | Clea_10    | Clea_9     | Secours    |
        | Statut       | Clea_10    | Blockchain | Secours    | Clea_9     |
        | Modification | Clea_10    | Clea_9     | Blockchain | Secours    |

    Scénario: La recherche garde l'ordre choisi
      Étant donné que j'ouvre le catalogue
      Et que je clique sur « Titre »
      Quand je recherche « formation »
      Alors le catalogue affiche, dans cet ordre :
        | Formation Blockchain |
        | Formation Clea_9     |
        | Formation Clea_10    |
        | Formation Secours    |

    Scénario: Tout un catalogue trié par titre se feuillette sans perte ni répétition
      Étant donné que mon catalogue contient 41 formations
      Et que j'ouvre le catalogue
      Et que je clique sur « Titre »
      Quand je feuillette tout le catalogue
      Alors j'ai vu 3 pages de 20, 20 et 5 formations, toutes différentes

  Règle: Les filtres ne laissent que ce qui est demandé, et les nombres les suivent

    Scénario: Je filtre par type
      Étant donné que j'ouvre le catalogue
      Quand je sélectionne « Cléa » dans la liste « Type »
      Et que je clique sur « Rechercher »
      Alors le catalogue affiche, dans cet ordre :
        | Formation Clea_10 |
        | Formation Clea_9  |
      Et les filtres comptent :
        | Toutes | Brouillons | Validées | Archivées |
        | 2      | 1          | 1        | 0         |
      Et la liste « Type » indique « Cléa »

    Scénario: Je filtre par certification
      Étant donné que j'ouvre le catalogue
      Quand je sélectionne « RS5000 – Exploiter la blockchain dans le développement d'applications » dans la liste « Certification »
      Et que je clique sur « Rechercher »
      Alors le catalogue affiche seulement « Formation Blockchain »
      Et les filtres comptent :
        | Toutes | Brouillons | Validées | Archivées |
        | 1      | 1          | 0        | 0         |

    Scénario: Les nombres suivent la recherche
      Étant donné que j'ouvre le catalogue
      Quand je recherche « clea »
      Alors les filtres comptent :
        | Toutes | Brouillons | Validées | Archivées |
        | 2      | 1          | 1        | 0         |

    Scénario: Trier et choisir un statut gardent le filtre
      Étant donné que j'ouvre le catalogue
      Et que je sélectionne « Cléa » dans la liste « Type »
      Et que je clique sur « Rechercher »
      Et que je clique sur « Titre »
      Quand je filtre par « Brouillons »
      Alors le catalogue affiche seulement « Formation Clea_10 »
      Et la liste « Type » indique « Cléa »

  Règle: L'adresse garde l'état de la page

    @parcours
    Scénario: Je reviens à la page précédente, puis j'avance, et je retrouve ma recherche, mon filtre et mon ordre
      Étant donné que j'ouvre le catalogue
      Et que je sélectionne « Cléa » dans la liste « Type »
      Et que je clique sur « Rechercher »
      Et que je clique sur « Titre »
      Et que j'ouvre la formation « Clea_9 »
      Quand je reviens à la page précédente
      Alors le catalogue affiche, dans cet ordre :
        | Formation Clea_9  |
        | Formation Clea_10 |
      Et la liste « Type » indique « Cléa »
      Quand je reviens à la page précédente
      Alors le catalogue affiche, dans cet ordre :
        | Formation Clea_10 |
        | Formation Clea_9  |
      Quand j'avance à la page suivante
      Alors le catalogue affiche, dans cet ordre :
        | Formation Clea_9  |
        | Formation Clea_10 |

    Scénario: Archiver une formation garde l'ordre et le filtre
      Étant donné que j'ouvre le catalogue
      Et que je sélectionne « Formation certifiante » dans la liste « Type »
      Et que je clique sur « Rechercher »
      Et que je clique sur « Titre »
      Quand je choisis l'opération « Archiver » de la formation « Secours »
      Alors le catalogue affiche seulement « Formation Blockchain »
      Et les filtres comptent :
        | Toutes | Brouillons | Validées | Archivées |
        | 1      | 1          | 0        | 1         |

  Règle: Chaque carte dit où en est la formation

    Scénario: Un brouillon dit combien de points une validation trouverait remplis
      Étant donné que nous sommes le 28 novembre 2019
      Et que mon catalogue contient le brouillon « Clea_11 », complet sauf « Contenu de la formation »
      Et que mon catalogue contient le brouillon complet « Clea_12 »
      Quand j'ouvre le catalogue
      Alors la carte « Formation Clea_11 » indique :
        | Pour valider : 7 sur 8 |
      Et la carte « Formation Clea_12 » indique :
        | Prête à valider |

    Scénario: Une formation validée dit ce qui manque pour être publiable
      Étant donné que mon catalogue contient la formation « Clea_13 » au statut « Validée »
      Quand j'ouvre le catalogue
      Alors la carte « Formation Clea_13 » indique :
        | Pas encore publiable : formation à corriger |
      Et la carte « Formation Clea_13 » n'indique pas « Pour valider »
