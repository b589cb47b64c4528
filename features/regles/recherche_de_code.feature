# language: fr
@regles
Fonctionnalité: Je retrouve un code que je ne connais pas
  Sous « Je ne connais pas mon code d'identification, comment l'obtenir ? » s'ouvre une recherche dans le registre
  local. Choisir un résultat remplit le code, comme si je l'avais saisi.

  Contexte:
    Étant donné que nous sommes le 23 novembre 2026
    Et que je gère le catalogue de mon organisme
    Et que je suis sur la page « Nouvelle offre de formation »
    Et que je sélectionne « Formation certifiante »
    Et que je demande comment obtenir mon code d'identification

  Règle: On cherche un titre, un certificateur ou un code

    Scénario: L'aide retrouve un code par l'intitulé de la certification
      Quand je cherche « voltaire » dans l'aide
      Alors l'aide propose, dans cet ordre :
        | RS7113 |
        | RS313  |

    Plan du scénario: « <texte> » ne trouve que <code>
      Quand je cherche « <texte> » dans l'aide
      Alors l'aide propose la certification « <code> »
      Et l'aide annonce « 1 certification. »

      Exemples:
        | texte                  | code      |
        | woonoz                 | RS7113    |
        | developpeur web mobile | RNCP37674 |
        | DÉVELOPPEUR WEB MOB    | RNCP37674 |
        | RNCP 37674             | RNCP37674 |
        | 6894                   | RS6894    |

    Scénario: Les certifications actives viennent d'abord, les autres disent leur fin et ce qui les remplace
      Quand je cherche « blockchain » dans l'aide
      Alors l'aide propose, dans cet ordre :
        | RS6604 |
        | RS5000 |
      Et l'aide annonce « 2 certifications. »
      Et je lis « son enregistrement a pris fin le 24 mai 2024. Elle est remplacée par RS6604 – Exploiter »

    Scénario: De ce qui n'a pas d'échéance connue, l'aide dit quand une source l'a vu actif
      Quand je cherche « cléa numérique » dans l'aide
      Alors je lis « Active au 15 mai 2026, échéance inconnue »

    Scénario: Une certification dont l'effet est à venir se trouve par son intitulé
      Étant donné que France compétences publie la certification « RS90291 », qui prend effet le 1er février 2027
      Quand je cherche « certification rs90291 » dans l'aide
      Alors l'aide propose la certification « RS90291 »
      Et je lis « La certification RS90291 n'est pas encore active : elle prend effet le 1er février 2027. »

    Scénario: Vingt résultats au plus, et l'aide dit qu'il y en a d'autres
      Quand je cherche « r » dans l'aide
      Alors l'aide annonce « 20 premières certifications sur plus de 20. »

    Scénario: Si rien ne correspond, l'aide l'annonce
      Quand je cherche « astronaute » dans l'aide
      Alors l'aide annonce « Aucune certification du registre local ne correspond. »
      Et l'aide ne propose aucune certification

    Scénario: La catégorie de permis sans code connu est expliquée par l'aide comme par l'étape 1/2
      Quand je cherche « B96 » dans l'aide
      Alors l'aide annonce « La catégorie B96, ouverte depuis le 12 janvier 2024, ne se choisit pas ici : son code n'est pas connu de ce registre. »

    Scénario: Chercher de nouveau remplace les résultats
      Étant donné que je cherche « voltaire » dans l'aide
      Quand je cherche « pix » dans l'aide
      Alors l'aide propose la certification « RS6894 »

    Scénario: À la date du guide, l'aide ne connaît que ce que le guide connaît
      Étant donné que nous sommes le 28 novembre 2019
      Et que je suis sur la page « Nouvelle offre de formation »
      Et que je sélectionne « Formation certifiante »
      Et que je demande comment obtenir mon code d'identification
      Quand je cherche « voltaire » dans l'aide
      Alors l'aide propose la certification « RS313 »

  Règle: Choisir un résultat remplit le code

    Scénario: Je choisis une certification et je continue
      Étant donné que je cherche « voltaire » dans l'aide
      Quand je choisis la certification « RS7113 » dans l'aide
      Alors l'aide est fermée
      Et « Répertoire spécifique » est sélectionné
      Et le champ « Code » contient « 7113 »
      Et la certification visée est « Certificat Voltaire »
      Et le message s'affiche :
        """
        La certification « Certificat Voltaire » est sélectionnée : ses informations sont importées.
        """
      Et le bouton « Suivant » est actif

    Scénario: Un résultat remplace le code que j'avais saisi
      Étant donné que je sélectionne « Répertoire spécifique »
      Et que je saisis « 5000 » dans le champ « Code »
      Et que je cherche « concepteur » dans l'aide
      Quand je choisis la certification « RNCP37873 » dans l'aide
      Alors « RNCP » est sélectionné
      Et le champ « Code » contient « 37873 »
      Et la certification visée est « Concepteur développeur d'applications »

    Scénario: Une certification qui n'est plus active est refusée, même choisie dans l'aide
      Étant donné que je cherche « RS5000 » dans l'aide
      Quand je choisis la certification « RS5000 » dans l'aide
      Alors l'alerte « La certification RS5000 n'est plus active » s'affiche

    Scénario: La certification qui remplace celle que j'ai choisie se prend en un clic
      Étant donné que je cherche « RS5000 » dans l'aide
      Et que je choisis la certification « RS5000 » dans l'aide
      Quand je clique sur « Utiliser RS6604 »
      Alors la certification visée est « Exploiter la blockchain dans le développement d'applications »

    Scénario: Sous « Cléa », un résultat CléA sélectionne la certification
      Étant donné que je sélectionne « Cléa »
      Et que je demande comment obtenir mon code d'identification
      Et que je cherche « management » dans l'aide
      Quand je choisis la certification « RS6269 » dans l'aide
      Alors « Cléa » est sélectionné
      Et « Socle de connaissances et de compétences professionnelles du management (CléA Management) » est sélectionné
      Et le bouton « Suivant » est actif

  Règle: La recherche se ferme sans rien changer

    Scénario: Je ferme la recherche
      Étant donné que je cherche « voltaire » dans l'aide
      Quand je clique sur « Fermer la recherche »
      Alors l'aide est fermée
      Et le bouton « Suivant » est inactif

    Scénario: Le lien qui l'a ouverte la ferme
      Étant donné que je cherche « voltaire » dans l'aide
      Quand je clique sur « Je ne connais pas mon code d'identification, comment l'obtenir ? »
      Alors l'aide est fermée

  @clavier
  Règle: La recherche se fait au clavier seul

    Scénario: La recherche attend ma saisie dès qu'elle s'ouvre
      Étant donné que je sélectionne « Cléa »
      Quand je demande comment obtenir mon code d'identification
      Alors le champ « Rechercher un titre, un certificateur ou un code » attend ma saisie

    Scénario: La flèche bas mène de la recherche au premier résultat
      Étant donné que je cherche « voltaire » dans l'aide
      Quand j'appuie sur la touche « Flèche bas »
      Alors l'aide annonce « 2 certifications. »
      Et le clavier est sur « RS7113 – Certificat Voltaire Active au 15 mai 2026, échéance inconnue · Certificateur : WOONOZ »

    Scénario: La touche « Entrée » choisit le résultat où je suis
      Étant donné que je cherche « voltaire » dans l'aide
      Et que j'appuie sur la touche « Flèche bas »
      Quand j'appuie sur la touche « Entrée »
      Alors la certification visée est « Certificat Voltaire »
      Et l'aide est fermée
      Et le clavier est sur « Suivant »

    Scénario: La flèche haut ramène des résultats à la recherche
      Étant donné que je cherche « voltaire » dans l'aide
      Et que j'appuie sur la touche « Flèche bas »
      Quand j'appuie sur la touche « Flèche haut »
      Alors le champ « Rechercher un titre, un certificateur ou un code » attend ma saisie

    Scénario: « Entrée » dans la recherche ne quitte pas l'étape 1/2
      Étant donné que je cherche « woonoz » dans l'aide
      Quand j'appuie sur la touche « Entrée »
      Alors l'aide propose la certification « RS7113 »
      Et je lis « Étape 1/2 »

    Plan du scénario: « Échap » ferme la recherche <d'où>
      Étant donné que je cherche « voltaire » dans l'aide
      Et que j'appuie sur la touche « <touche> »
      Quand j'appuie sur la touche « Échap »
      Alors l'aide est fermée
      Et le clavier est sur « Je ne connais pas mon code d'identification, comment l'obtenir ? »

      Exemples:
        | d'où               | touche      |
        | depuis un résultat | Flèche bas  |
        | depuis son champ   | Flèche haut |

  @reseau
  Règle: Une panne de la recherche se dit

    Scénario: Une panne se dit à la place des résultats
      Étant donné que survient la panne « erreur du serveur »
      Quand je cherche « woonoz » dans l'aide
      Alors l'alerte « Une erreur est survenue » s'affiche

    Scénario: La recherche reprend où la panne l'a laissée
      Étant donné que survient la panne « erreur du serveur »
      Et que je cherche « woonoz » dans l'aide
      Et que la panne prend fin
      Quand je clique sur « Réessayer »
      Alors l'aide propose la certification « RS7113 »
