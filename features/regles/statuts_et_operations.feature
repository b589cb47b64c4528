# language: fr
@regles
Fonctionnalité: Le statut d'une formation décide de ce que je peux en faire
  Une formation est « Brouillon », « Validée » ou « Archivée ». Chaque opération n'est proposée que là où
  elle a un sens, et dit dans quel statut elle laisse la formation.

  Contexte:
    Étant donné que je gère le catalogue de mon organisme

  Règle: Seules les opérations permises par le statut sont proposées

    Scénario: Un brouillon se modifie, se duplique, s'archive ou se supprime
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Brouillon »
      Et que je suis sur la page « Catalogue »
      Quand j'ouvre les opérations de la formation « Clea_1 »
      Alors les opérations proposées sont :
        | Modifier  |
        | Dupliquer |
        | Archiver  |
        | Supprimer |

    Scénario: Une formation validée se modifie, se duplique ou s'archive, mais ne se supprime pas
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que je suis sur la page « Catalogue »
      Quand j'ouvre les opérations de la formation « Clea_1 »
      Alors les opérations proposées sont :
        | Modifier  |
        | Dupliquer |
        | Archiver  |

    Scénario: Une formation archivée se consulte, se duplique, se restaure ou se supprime
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Archivée »
      Et que je suis sur la page « Catalogue »
      Et que je filtre par « Archivées »
      Quand j'ouvre les opérations de la formation « Clea_1 »
      Alors les opérations proposées sont :
        | Consulter |
        | Dupliquer |
        | Restaurer |
        | Supprimer |

    Scénario: L'opération « Modifier » ouvre la formation
      Étant donné que mon catalogue contient la formation « Clea_1 »
      Et que mon catalogue contient la formation « Clea_2 »
      Et que je suis sur la page « Catalogue »
      Quand je choisis l'opération « Modifier » de la formation « Clea_1 »
      Alors la page « Formation Clea_1 » s'affiche
      Et le champ « Votre identifiant interne de formation » contient « Clea_1 »

    Scénario: L'opération « Consulter » montre une formation archivée
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Archivée »
      Et que je suis sur la page « Catalogue »
      Et que je filtre par « Archivées »
      Quand je choisis l'opération « Consulter » de la formation « Clea_1 »
      Alors la page « Formation Clea_1 » s'affiche

  Règle: Enregistrer ne valide jamais ; valider ne garde que ce qui est complet

    Scénario: Enregistrer un brouillon complet ne le valide pas
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Quand je clique sur « Enregistrer les modifications »
      Alors le message « au statut « Brouillon » » s'affiche
      Et la formation « Clea_1 » est enregistrée au statut « Brouillon »

    Scénario: Valider un brouillon complet le fait passer au statut « Validée »
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Quand je clique sur « Valider »
      Alors le message « est validée : elle est conforme à vos critères de publication » s'affiche
      Et je lis « cette formation est validée et le restera »
      Et la formation « Clea_1 » est enregistrée au statut « Validée »

    Scénario: Une formation validée le reste tant qu'elle est complète
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Quand je clique sur « Enregistrer les modifications »
      Alors le message « au statut « Validée » » s'affiche
      Et la formation « Clea_1 » est enregistrée au statut « Validée »

    Scénario: Une formation validée qui devient incomplète revient au statut « Brouillon »
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que j'ouvre la formation « Clea_1 »
      Et que je vide le champ « Les points forts de la formation »
      Quand je clique sur « Enregistrer les modifications »
      Alors le message « est revenue au statut « Brouillon » » s'affiche
      Et la formation « Clea_1 » est enregistrée au statut « Brouillon »

    Scénario: Une modification porte la date du jour
      Étant donné que nous sommes le 28 novembre 2019
      Et que mon catalogue contient les formations :
        | identifiant | intitulé         | statut    | modifiée le       |
        | Clea_1      | Compétences Cléa | Brouillon | 23 septembre 2019 |
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Quand je clique sur « Enregistrer les modifications »
      Et que je clique sur « Voir dans le catalogue »
      Alors la carte « Compétences Cléa » indique :
        | Dernière modification : 28 novembre 2019 |

  Règle: Dupliquer fait un brouillon, et laisse l'original comme il est

    Scénario: La copie est un brouillon qui reprend les textes
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que je suis sur la page « Catalogue »
      Quand je duplique la formation « Clea_1 » sous l'identifiant « Clea_Copie »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_Copie » est au statut « Brouillon » dans le catalogue
      Et la formation « Clea_1 » est au statut « Validée » dans le catalogue
      Et la formation « Clea_Copie » reprend les textes de la formation « Clea_1 »

    Scénario: La copie s'ouvre aussitôt, et attend son propre identifiant
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que je suis sur la page « Catalogue »
      Quand je choisis l'opération « Dupliquer » de la formation « Clea_1 »
      Alors la page « Formation Clea_1 (copie) » s'affiche
      Et le message « est créée, sans actions ni sessions : donnez-lui son propre identifiant. » s'affiche
      Et les champs contiennent :
        | Votre identifiant interne de formation |                          |
        | Intitulé de la formation               | Formation Clea_1 (copie) |

    Scénario: La copie ne peut pas prendre un identifiant déjà utilisé
      Étant donné que mon catalogue contient la formation « Clea_1 »
      Et que je suis sur la page « Catalogue »
      Quand je duplique la formation « Clea_1 » sous l'identifiant « CLEA_1 »
      Alors l'alerte « La formation n'est pas enregistrée » s'affiche
      Et sous le champ « Votre identifiant interne de formation », je lis « est déjà utilisé par une autre formation »

    Scénario: La copie d'une formation archivée est un brouillon
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Archivée »
      Et que je suis sur la page « Catalogue »
      Et que je filtre par « Archivées »
      Quand je duplique la formation « Clea_1 » sous l'identifiant « Clea_Copie »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_Copie » est au statut « Brouillon » dans le catalogue

  Règle: Archiver se défait

    Plan du scénario: Archiver une formation au statut <statut>
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « <statut> »
      Et que je suis sur la page « Catalogue »
      Quand je choisis l'opération « Archiver » de la formation « Clea_1 »
      Alors le message « est archivée. » s'affiche
      Et le catalogue ne montre pas la formation « Clea_1 »
      Et la formation « Clea_1 » est au statut « Archivée » dans le catalogue

      Exemples:
        | statut    |
        | Brouillon |
        | Validée   |

    Plan du scénario: Restaurer une formation archivée lui rend le statut <statut> qu'elle avait
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « <statut> »
      Et que j'archive la formation « Clea_1 »
      Et que je filtre par « Archivées »
      Quand je choisis l'opération « Restaurer » de la formation « Clea_1 »
      Alors le message « est restaurée au statut « <statut> ». » s'affiche
      Et la formation « Clea_1 » est au statut « <statut> » dans le catalogue

      Exemples:
        | statut    |
        | Brouillon |
        | Validée   |

    Scénario: Restaurée, une formation validée dont la certification a expiré revient en brouillon, et l'écran le dit
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que j'archive la formation « Clea_1 »
      Et que nous sommes le 20 novembre 2026
      Et que je filtre par « Archivées »
      Quand je choisis l'opération « Restaurer » de la formation « Clea_1 »
      Alors le message « est restaurée au statut « Brouillon », et non « Validée » comme avant son archivage. » s'affiche
      Et la formation « Clea_1 » est au statut « Brouillon » dans le catalogue

    Scénario: Archiver ne change ni la date de la dernière modification, ni celle de la validation
      Étant donné que nous sommes le 28 novembre 2019
      Et que mon catalogue contient les formations :
        | identifiant | intitulé         | statut  | modifiée le       |
        | Clea_1      | Compétences Cléa | Validée | 23 septembre 2019 |
      Et que j'archive la formation « Clea_1 »
      Et que je filtre par « Archivées »
      Quand je choisis l'opération « Consulter » de la formation « Clea_1 »
      Alors je lis « Dernière modification : 23 septembre 2019, par Claude Durand »
      Et je lis « Validation : 23 septembre 2019 »
      Et je lis « Archivage : 28 novembre 2019, par Camille Essai (statut d'avant : « Validée ») »

    Scénario: Restaurer ne change pas la date de la dernière modification
      Étant donné que mon catalogue contient les formations :
        | identifiant | intitulé         | statut   | modifiée le       |
        | Clea_1      | Compétences Cléa | Archivée | 23 septembre 2019 |
      Et que je suis sur la page « Catalogue »
      Et que je filtre par « Archivées »
      Quand je choisis l'opération « Restaurer » de la formation « Clea_1 »
      Alors la formation « Clea_1 » est au statut « Brouillon » dans le catalogue
      Et la carte « Compétences Cléa » indique :
        | Dernière modification : 23 septembre 2019 |

    Scénario: L'archivage s'annule depuis son message
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que je suis sur la page « Catalogue »
      Et que je choisis l'opération « Archiver » de la formation « Clea_1 »
      Quand je clique sur « Annuler »
      Alors le message « est annulé : elle est de nouveau au statut « Validée ». » s'affiche
      Et la formation « Clea_1 » est au statut « Validée » dans le catalogue
      Et « Annuler » n'est pas proposé

    Scénario: La restauration s'annule depuis son message
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Archivée »
      Et que je suis sur la page « Catalogue »
      Et que je filtre par « Archivées »
      Et que je choisis l'opération « Restaurer » de la formation « Clea_1 »
      Quand je clique sur « Annuler »
      Alors le message « est annulée : elle est de nouveau archivée. » s'affiche
      Et la formation « Clea_1 » est au statut « Archivée » dans le catalogue

    Scénario: Une formation enregistrée telle quelle après sa restauration en brouillon reste un brouillon
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que j'archive la formation « Clea_1 »
      Et que nous sommes le 20 novembre 2026
      Et que je filtre par « Archivées »
      Et que je choisis l'opération « Restaurer » de la formation « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je clique sur « Enregistrer les modifications »
      Et que j'archive la formation « Clea_1 »
      Et que je filtre par « Archivées »
      Quand je choisis l'opération « Consulter » de la formation « Clea_1 »
      Alors je lis « (statut d'avant : « Brouillon ») »

    Scénario: Une formation archivée se lit mais ne se modifie pas
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Archivée »
      Quand j'ouvre la formation « Clea_1 »
      Alors la page « Formation Clea_1 » s'affiche
      Et aucun champ n'est modifiable

  Règle: Supprimer se confirme

    Scénario: Supprimer un brouillon demande une confirmation
      Étant donné que mon catalogue contient la formation « Clea_1 »
      Et que je suis sur la page « Catalogue »
      Quand je choisis l'opération « Supprimer » de la formation « Clea_1 »
      Alors la question « Supprimer la formation « Formation Clea_1 » ? » s'affiche
      Et mon catalogue contient 1 formation

    Scénario: Renoncer à supprimer garde la formation
      Étant donné que mon catalogue contient la formation « Clea_1 »
      Et que je suis sur la page « Catalogue »
      Et que je choisis l'opération « Supprimer » de la formation « Clea_1 »
      Quand je clique sur « Annuler »
      Alors la formation « Clea_1 » est au statut « Brouillon » dans le catalogue

    Scénario: Un brouillon supprimé disparaît du catalogue
      Étant donné que mon catalogue contient la formation « Clea_1 »
      Et que mon catalogue contient la formation « Clea_2 »
      Et que je suis sur la page « Catalogue »
      Et que je choisis l'opération « Supprimer » de la formation « Clea_1 »
      Quand je clique sur « Supprimer définitivement »
      Alors le message « est supprimée. » s'affiche
      Et le catalogue affiche seulement « Formation Clea_2 »
      Et mon catalogue contient 1 formation

    Scénario: Une formation archivée se supprime pour de bon
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que j'archive la formation « Clea_1 »
      Et que je filtre par « Archivées »
      Et que je choisis l'opération « Supprimer » de la formation « Clea_1 »
      Quand je clique sur « Supprimer définitivement »
      Alors le message « est supprimée. » s'affiche
      Et mon catalogue est vide

  Règle: Une opération porte sur ce que j'ai vu

    Plan du scénario: L'opération « <opération> » ne se fait pas sur ce qu'un collègue a enregistré entre-temps
      Étant donné que mon catalogue contient la formation « Clea_1 »
      Et que je suis sur la page « Catalogue »
      Et que Claude Durand enregistre « Son texte » dans « Les points forts de la formation » de « Clea_1 »
      Quand je choisis l'opération « <opération> » de la formation « Clea_1 »
      Alors l'alerte « Rien n'est fait : la formation « Formation Clea_1 » a été modifiée entre-temps par Claude Durand » s'affiche
      Et la formation « Clea_1 » est au statut « Brouillon » dans le catalogue
      Et mon catalogue contient 1 formation

      Exemples:
        | opération |
        | Archiver  |
        | Dupliquer |
        | Supprimer |

    Scénario: Ce qu'un collègue enregistre pendant que l'on me pose la question n'est pas supprimé
      Étant donné que mon catalogue contient la formation « Clea_1 »
      Et que je suis sur la page « Catalogue »
      Et que je choisis l'opération « Supprimer » de la formation « Clea_1 »
      Et que Claude Durand enregistre « Son texte » dans « Les points forts de la formation » de « Clea_1 »
      Quand je clique sur « Supprimer définitivement »
      Alors l'alerte « Rien n'est fait : la formation « Formation Clea_1 » a été modifiée entre-temps par Claude Durand » s'affiche
      Et « Les points forts de la formation » de « Clea_1 » est « Son texte »

    Scénario: Refusée une fois, l'opération se fait sur la carte mise à jour
      Étant donné que mon catalogue contient la formation « Clea_1 »
      Et que je suis sur la page « Catalogue »
      Et que Claude Durand enregistre « Son texte » dans « Les points forts de la formation » de « Clea_1 »
      Et que je choisis l'opération « Archiver » de la formation « Clea_1 »
      Quand je choisis l'opération « Archiver » de la formation « Clea_1 »
      Alors le message « est archivée. » s'affiche
      Et la formation « Clea_1 » est au statut « Archivée » dans le catalogue

  Règle: Une opération me laisse où je suis

    Scénario: La page ne défile pas, et le clavier passe à la carte suivante
      Étant donné que mon catalogue contient 20 formations
      Et que je suis sur la page « Catalogue »
      Quand je choisis l'opération « Archiver » de la formation « Clea_010 »
      Alors la page n'a pas défilé
      Et le clavier est sur les opérations de la formation « Clea_009 »

    Scénario: La dernière carte archivée, le clavier passe à celle d'avant
      Étant donné que mon catalogue contient 3 formations
      Et que je suis sur la page « Catalogue »
      Quand je choisis l'opération « Archiver » de la formation « Clea_001 »
      Alors le clavier est sur les opérations de la formation « Clea_002 »

    Scénario: L'archivage annulé, le clavier revient à la carte
      Étant donné que mon catalogue contient 3 formations
      Et que je suis sur la page « Catalogue »
      Et que je choisis l'opération « Archiver » de la formation « Clea_002 »
      Quand je clique sur « Annuler »
      Alors le clavier est sur les opérations de la formation « Clea_002 »

    Scénario: Une carte supprimée, le clavier passe à sa voisine
      Étant donné que mon catalogue contient 3 formations
      Et que je suis sur la page « Catalogue »
      Et que je choisis l'opération « Supprimer » de la formation « Clea_002 »
      Quand je clique sur « Supprimer définitivement »
      Alors le clavier est sur les opérations de la formation « Clea_001 »
