# language: fr
@regles
Fonctionnalité: Je retrouve mes formations dans mon catalogue
  Chaque formation a sa carte. Je cherche par le titre, l'identifiant ou la certification, je filtre par statut ;
  les nombres annoncés sont ceux des formations affichées.

  Règle: Un catalogue vide dit quoi faire

    Scénario: Un catalogue vide propose d'ajouter une formation
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue est vide
      Quand j'ouvre le catalogue
      Alors je lis « Votre catalogue est vide. »
      Et le lien « Ajouter une formation » est proposé

    Scénario: Devant un catalogue vide, un lecteur ne se voit pas proposer d'ajouter
      Étant donné que je lis le catalogue de mon organisme
      Quand j'ouvre le catalogue
      Alors je lis « Votre catalogue est vide. »
      Et « Ajouter une formation » n'est pas proposé

  Règle: La carte d'une formation dit l'essentiel

    Plan du scénario: La carte d'une formation au statut « <statut> » dit l'essentiel
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

    Scénario: La carte d'une formation archivée dit l'essentiel, parmi les archivées
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient les formations :
        | identifiant | intitulé                            | statut   | modifiée le  |
        | Clea_Oral   | Compétences Cléa - expression orale | Archivée | 31 août 2019 |
      Et que j'ouvre le catalogue
      Quand je filtre par « Archivées »
      Alors la carte « Compétences Cléa - expression orale » indique :
        | Archivée                             |
        | Dernière modification : 31 août 2019 |
        | ID : Clea_Oral                       |

    Scénario: La carte nomme la certification de sa formation
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient le brouillon complet « Voltaire_1 » sur la certification « RS313 »
      Quand j'ouvre le catalogue
      Alors la carte « Formation Voltaire_1 » indique :
        | Certification préparée : Certificat Voltaire |

    Scénario: Un titre s'affiche signe pour signe
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient les formations :
        | identifiant | intitulé                            | statut    | modifiée le       |
        | Web_1       | HTML & CSS : de <h1> à <p>, d'abord | Brouillon | 23 septembre 2019 |
      Quand j'ouvre le catalogue
      Alors le catalogue affiche seulement « HTML & CSS : de <h1> à <p>, d'abord »

  Règle: Ce qui est enregistré en dernier vient en premier

    Scénario: La formation modifiée en dernier vient en premier
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient les formations :
        | identifiant | intitulé | statut    | modifiée le      |
        | Clea_1      | Ancienne | Brouillon | 2 septembre 2019 |
        | Clea_2      | Récente  | Validée   | 27 novembre 2019 |
        | Clea_3      | Médiane  | Brouillon | 15 octobre 2019  |
      Quand j'ouvre le catalogue
      Alors le catalogue affiche, dans cet ordre :
        | Récente  |
        | Médiane  |
        | Ancienne |

    Scénario: Enregistrer sans rien changer ne fait pas monter la formation
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient les formations :
        | identifiant | intitulé | statut    | modifiée le      |
        | Clea_1      | Ancienne | Brouillon | 2 septembre 2019 |
        | Clea_2      | Récente  | Brouillon | 3 septembre 2019 |
      Et que j'ouvre la formation « Clea_1 »
      Et que je clique sur « Enregistrer les modifications »
      Quand j'ouvre le catalogue
      Alors le catalogue affiche, dans cet ordre :
        | Récente  |
        | Ancienne |

    Scénario: Ce qui est enregistré en dernier vient en premier, même si la date de référence recule
      Étant donné que je gère le catalogue de mon organisme
      Et que nous sommes le 28 novembre 2019
      Et que mon catalogue contient les formations :
        | identifiant | intitulé | statut    | modifiée le      |
        | Clea_1      | Reprise  | Brouillon | 2 septembre 2019 |
        | Clea_2      | Récente  | Brouillon | 27 novembre 2019 |
      Et que nous sommes le 10 octobre 2019
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Quand j'ouvre le catalogue
      Alors le catalogue affiche, dans cet ordre :
        | Reprise |
        | Récente |

  Règle: La recherche porte sur le titre, l'identifiant et la certification

    Plan du scénario: Rechercher « <recherche> » trouve « <trouvée> »
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient les formations :
        | identifiant | intitulé                           | statut    | modifiée le       |
        | Clea_Oral   | Expression orale                   | Brouillon | 23 septembre 2019 |
        | Clea_Num    | Compétences numériques             | Validée   | 24 septembre 2019 |
        | Secours_1   | Cœur et gestes de premiers secours | Brouillon | 25 septembre 2019 |
        | CV_1        | Rédiger son curriculum vitæ        | Brouillon | 26 septembre 2019 |
      Et que j'ouvre le catalogue
      Quand je recherche « <recherche> »
      Alors le catalogue affiche seulement « <trouvée> »

      Exemples:
        | recherche   | trouvée                            |
        | orale       | Expression orale                   |
        | NUMÉRIQUES  | Compétences numériques             |
        | numeriques  | Compétences numériques             |
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
        | 5      | 3          | 2        | 1         |

      Exemples:
        | filtre     | combien      |
        | Toutes     | 5 formations |
        | Brouillons | 3 formations |
        | Validées   | 2 formations |
        | Archivées  | 1 formation  |

    Plan du scénario: Les nombres suivent l'opération « <opération> »
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient la formation « Clea_1 » au statut « <avant> »
      Et que mon catalogue contient la formation « Clea_2 » au statut « Validée »
      Et que j'ouvre le catalogue
      Et que je filtre par « <filtre> »
      Quand je choisis l'opération « <opération> » de la formation « Clea_1 »
      Alors les filtres comptent :
        | Toutes   | Brouillons   | Validées | Archivées   |
        | <toutes> | <brouillons> | 1        | <archivées> |

      Exemples:
        | opération | avant     | filtre    | toutes | brouillons | archivées |
        | Archiver  | Brouillon | Toutes    | 1      | 0          | 1         |
        | Archiver  | Validée   | Toutes    | 1      | 0          | 1         |
        | Restaurer | Archivée  | Archivées | 2      | 1          | 0         |

    Scénario: Les nombres suivent une validation
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Quand je clique sur « Valider »
      Et que je clique sur « Voir dans le catalogue »
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

    Scénario: Une formation archivée n'est plus parmi « Toutes »
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient la formation « Clea_1 »
      Et que mon catalogue contient la formation « Clea_2 » au statut « Archivée »
      Quand j'ouvre le catalogue
      Alors le catalogue affiche seulement « Formation Clea_1 »
      Et le filtre « Toutes » compte 1 formation

    Scénario: Un catalogue dont tout est archivé le dit
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient la formation « Clea_1 » au statut « Archivée »
      Quand j'ouvre le catalogue
      Alors je lis « Toutes vos formations sont archivées. »

    Scénario: Un catalogue dont tout est archivé mène aux archivées
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient la formation « Clea_1 » au statut « Archivée »
      Et que j'ouvre le catalogue
      Quand je clique sur « Voir les formations archivées »
      Alors le catalogue affiche seulement « Formation Clea_1 »
      Et le filtre « Archivées » est choisi

    Scénario: La recherche dit que des formations archivées correspondent aussi
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient les formations :
        | identifiant | intitulé         | statut    | modifiée le       |
        | Clea_1      | Expression orale | Brouillon | 23 septembre 2019 |
        | Clea_2      | Aisance orale    | Archivée  | 24 septembre 2019 |
        | Clea_3      | Écrit            | Archivée  | 25 septembre 2019 |
      Et que j'ouvre le catalogue
      Quand je recherche « orale »
      Alors le catalogue affiche seulement « Expression orale »
      Et je lis « 1 formation archivée correspond aussi à cette recherche. »

    Scénario: Les formations archivées qui correspondent sont à un clic
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient les formations :
        | identifiant | intitulé         | statut    | modifiée le       |
        | Clea_1      | Expression orale | Brouillon | 23 septembre 2019 |
        | Clea_2      | Aisance orale    | Archivée  | 24 septembre 2019 |
        | Clea_3      | Écrit            | Archivée  | 25 septembre 2019 |
      Et que j'ouvre le catalogue
      Et que je recherche « orale »
      Quand je clique sur « Voir parmi les archivées »
      Alors le catalogue affiche seulement « Aisance orale »

  Règle: Le catalogue se feuillette par pages de 20

    Scénario: Jusqu'à 20 formations, une seule page suffit
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

  Règle: Le catalogue s'imprime tel que je le cherche

    Scénario: Le catalogue s'imprime en entier, au-delà de la page montrée
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient 23 formations
      Et que j'ouvre le catalogue
      Quand je clique sur « Imprimer »
      Alors je lis « 23 formations au »

    Scénario: Ce que je cherche s'imprime seul
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient la formation « Clea_1 »
      Et que mon catalogue contient la formation « Autre_1 »
      Et que j'ouvre le catalogue
      Et que je recherche « Clea_1 »
      Quand je clique sur « Imprimer »
      Alors je lis « Formation Clea_1 »
      Et je ne lis pas « Formation Autre_1 »

    Scénario: La fiche du catalogue garde l'alerte que porte la carte
      Étant donné que nous sommes le 23 novembre 2026
      Et que je gère le catalogue de mon organisme
      Et que mon catalogue contient le brouillon complet « Blockchain » sur la certification « RS5000 »
      Et que j'ouvre le catalogue
      Quand je clique sur « Imprimer »
      Alors je lis « Certification expirée »

    Scénario: Une formation dont la certification a pris fin s'imprime avec le nom de celle qui remplace
      Étant donné que nous sommes le 23 novembre 2026
      Et que je gère le catalogue de mon organisme
      Et que mon catalogue contient le brouillon complet « Blockchain » sur la certification « RS5000 »
      Et que j'ouvre la formation « Blockchain »
      Quand je clique sur « Imprimer la formation »
      Alors je lis « La certification RS5000 n'est plus active »
      Et je lis « RS5000 est remplacée par RS6604 – Exploiter la blockchain dans le développement d'applications. »

    Scénario: Une formation s'imprime avec ses actions et ses sessions dépliées
      Étant donné que je gère le catalogue de mon organisme
      Et que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Validée   | Mars    | Brouillon            |
      Et que j'ouvre la formation « Clea_1 »
      Quand je clique sur « Imprimer la formation »
      Alors je lis « imprimé le »
      Et je lis « Action « Nantes » »
      Et je lis « du 1er mars 2027 au 5 mars 2027 »
