# language: fr
@regles
Fonctionnalité: Je retrouve mes formations dans mon catalogue
  Chaque formation a sa carte. Je cherche par le titre ou l'identifiant, je filtre par statut ;
  les nombres annoncés sont ceux des formations affichées.

  Règle: Un catalogue vide dit quoi faire

    Scénario: Un catalogue vide propose d'ajouter une formation
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue est vide
      Quand j'ouvre le catalogue
      Alors je lis « Votre catalogue est vide. »
      Et le lien « Ajouter une formation » est proposé

    Scénario: Un lecteur devant un catalogue vide ne se voit rien proposer d'impossible
      Étant donné que je lis le catalogue de mon organisme
      Quand j'ouvre le catalogue
      Alors je lis « Votre catalogue est vide. »
      Et « Ajouter une formation » n'est pas proposé

  Règle: La carte d'une formation dit l'essentiel

    Plan du scénario: La carte d'une formation au statut « <statut> »
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient les formations :
        | identifiant | intitulé                            | statut   | modifiée le   |
        | Clea_Oral   | Compétences Cléa - expression orale | <statut> | <modifiée le> |
      Quand j'ouvre le catalogue
      Alors la carte « Compétences Cléa - expression orale » indique :
        | <statut>                                                                                  |
        | Certification préparée : Socle de connaissances et de compétences professionnelles (CléA) |
        | Dernière modification : <modifiée le>                                                     |
        | ID : Clea_Oral                                                                            |

      Exemples:
        | statut    | modifiée le       |
        | Brouillon | 23 septembre 2019 |
        | Validée   | 1er octobre 2019  |
        | Archivée  | 31 août 2019      |

    Scénario: La carte nomme la certification de sa formation
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient le brouillon complet « Voltaire_1 » sur la certification « RS313 »
      Quand j'ouvre le catalogue
      Alors la carte « Formation Voltaire_1 » indique :
        | Certification préparée : Certificat Voltaire |

    Scénario: Un titre qui ressemble à du code s'affiche tel quel
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient une formation dont le titre imite du code
      Quand j'ouvre le catalogue
      Alors ce titre s'affiche tel quel

    Scénario: La formation modifiée en dernier vient en premier
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient les formations :
        | identifiant | intitulé | statut    | modifiée le      |
        | Clea_1      | Ancienne | Brouillon | 2 septembre 2019 |
        | Clea_2      | Récente  | Validée   | 27 novembre 2019 |
        | Clea_3      | Médiane  | Archivée  | 15 octobre 2019  |
      Quand j'ouvre le catalogue
      Alors le catalogue affiche, dans cet ordre :
        | Récente  |
        | Médiane  |
        | Ancienne |

  Règle: La recherche porte sur le titre et l'identifiant

    Plan du scénario: Rechercher « <recherche> » trouve « <trouvée> »
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient les formations :
        | identifiant | intitulé                           | statut    | modifiée le       |
        | Clea_Oral   | Expression orale                   | Brouillon | 23 septembre 2019 |
        | Clea_Num    | Compétences numériques             | Validée   | 24 septembre 2019 |
        | Secours_1   | Cœur et gestes de premiers secours | Archivée  | 25 septembre 2019 |
        | CV_1        | Rédiger son curriculum vitæ        | Brouillon | 26 septembre 2019 |
      Et que j'ouvre le catalogue
      Quand je recherche « <recherche> »
      Alors le catalogue affiche seulement « <trouvée> »

      Exemples:
        | recherche   | trouvée                            |
        | orale       | Expression orale                   |
        | NUMÉRIQUES  | Compétences numériques             |
        | competences | Compétences numériques             |
        | coeur       | Cœur et gestes de premiers secours |
        | VITAE       | Rédiger son curriculum vitæ        |
        | clea_num    | Compétences numériques             |
        | Secours_1   | Cœur et gestes de premiers secours |

    Scénario: Une recherche sans résultat le dit et s'efface
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient la formation « Clea_1 »
      Et que j'ouvre le catalogue
      Et que je recherche « introuvable »
      Quand je clique sur « Effacer la recherche »
      Alors le catalogue affiche seulement « Formation Clea_1 »

    Scénario: La recherche reste dans le filtre choisi
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient les formations :
        | identifiant | intitulé         | statut    | modifiée le       |
        | Clea_1      | Expression orale | Brouillon | 23 septembre 2019 |
        | Clea_2      | Aisance orale    | Validée   | 24 septembre 2019 |
        | Clea_3      | Écrit            | Validée   | 25 septembre 2019 |
      Et que j'ouvre le catalogue
      Et que je filtre par « Validées »
      Quand je recherche « orale »
      Alors le catalogue affiche seulement « Aisance orale »
      Et le filtre « Validées » est choisi

    Scénario: Le filtre garde la recherche
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient les formations :
        | identifiant | intitulé         | statut    | modifiée le       |
        | Clea_1      | Expression orale | Brouillon | 23 septembre 2019 |
        | Clea_2      | Aisance orale    | Validée   | 24 septembre 2019 |
        | Clea_3      | Écrit            | Validée   | 25 septembre 2019 |
      Et que j'ouvre le catalogue
      Et que je recherche « orale »
      Quand je filtre par « Validées »
      Alors le catalogue affiche seulement « Aisance orale »

    Scénario: Les signes d'une recherche n'ont pas de sens caché
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient la formation « Clea_1 »
      Et que j'ouvre le catalogue
      Quand je recherche « % »
      Alors je lis « Aucune formation ne correspond. »

  Règle: Les filtres comptent juste

    Plan du scénario: Le filtre « <filtre> » affiche ses formations
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient les formations :
        | identifiant | intitulé  | statut    | modifiée le       |
        | Clea_1      | Première  | Brouillon | 20 septembre 2019 |
        | Clea_2      | Deuxième  | Brouillon | 21 septembre 2019 |
        | Clea_3      | Troisième | Brouillon | 22 septembre 2019 |
        | Clea_4      | Quatrième | Validée   | 23 septembre 2019 |
        | Clea_5      | Cinquième | Validée   | 24 septembre 2019 |
        | Clea_6      | Sixième   | Archivée  | 25 septembre 2019 |
      Et que j'ouvre le catalogue
      Quand je filtre par « <filtre> »
      Alors le catalogue affiche <combien>
      Et le filtre « <filtre> » est choisi
      Et les filtres comptent :
        | Toutes | Brouillons | Validées | Archivées |
        | 6      | 3          | 2        | 1         |

      Exemples:
        | filtre     | combien      |
        | Toutes     | 6 formations |
        | Brouillons | 3 formations |
        | Validées   | 2 formations |
        | Archivées  | 1 formation  |

    Plan du scénario: Les nombres suivent l'opération « <opération> »
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient la formation « Clea_1 » au statut « <avant> »
      Et que mon catalogue contient la formation « Clea_2 » au statut « Validée »
      Et que j'ouvre le catalogue
      Quand je choisis l'opération « <opération> » de la formation « Clea_1 »
      Alors les filtres comptent :
        | Toutes | Brouillons   | Validées   | Archivées   |
        | 2      | <brouillons> | <validées> | <archivées> |

      Exemples:
        | opération | avant     | brouillons | validées | archivées |
        | Archiver  | Brouillon | 0          | 1        | 1         |
        | Archiver  | Validée   | 0          | 1        | 1         |
        | Restaurer | Archivée  | 1          | 1        | 0         |

    Scénario: Les nombres suivent une validation
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Quand je clique sur « Valider »
      Alors les filtres comptent :
        | Toutes | Brouillons | Validées | Archivées |
        | 1      | 0          | 1        | 0         |

    Scénario: Un filtre sans formation dit qu'aucune ne correspond
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue est vide
      Et que mon catalogue contient la formation « Clea_1 »
      Et que j'ouvre le catalogue
      Quand je filtre par « Archivées »
      Alors je lis « Aucune formation ne correspond. »

  Règle: Le catalogue se feuillette par pages de 20

    Scénario: Jusqu'à 20 formations, une seule page
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient 20 formations
      Quand j'ouvre le catalogue
      Alors le catalogue affiche 20 formations
      Et « Formations suivantes » n'est pas proposé

    Scénario: Au-delà, je passe aux formations suivantes sans en manquer ni en revoir une
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient 45 formations
      Et que j'ouvre le catalogue
      Quand je feuillette tout le catalogue
      Alors j'ai vu 3 pages de 20, 20 et 5 formations, toutes différentes
      Et le lien « Revenir au début » est proposé

    Scénario: Le filtre choisi reste quand je passe aux formations suivantes
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient 22 formations
      Et que mon catalogue contient la formation « Clea_Validee » au statut « Validée »
      Et que j'ouvre le catalogue
      Et que je filtre par « Brouillons »
      Quand je clique sur « Formations suivantes »
      Alors le catalogue affiche 2 formations
      Et le filtre « Brouillons » est choisi
