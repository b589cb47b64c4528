# language: fr
@regles
Fonctionnalité: Le code d'identification est compris comme on l'écrit
  On recopie un code comme on l'a reçu : avec ou sans son préfixe, en minuscules, avec des espaces. L'écran dit ce
  qu'il a compris ; si le code est celui d'autre chose que ce qui est choisi, il y conduit en un clic.

  Contexte:
    Étant donné que nous sommes le 23 novembre 2026
    Et que je gère le catalogue de mon organisme

  Règle: L'écran dit le code qu'il a compris

    Plan du scénario: « <saisie> », du type « <type> », est compris comme <code>
      Quand je cherche le code « <saisie> » du type « <type> »
      Alors je lis « Code compris : <code> »
      Et le bouton « Suivant » est actif

      Exemples:
        | type                  | saisie        | code      |
        | Répertoire spécifique | 6604          | RS6604    |
        | Répertoire spécifique | rs 6604       | RS6604    |
        | Répertoire spécifique | ＲＳ ６６０４ | RS6604    |
        | Répertoire spécifique | RS-06604      | RS6604    |
        | RNCP                  | 37 674        | RNCP37674 |

    Plan du scénario: Recopié comme on le lit, « <saisie> » est compris comme RNCP37674
      Quand je cherche le code « <saisie> » du type « RNCP »
      Alors je lis « Code compris : RNCP37674 »
      Et le bouton « Suivant » est actif

      Exemples:
        | saisie                                                 |
        | RNCP n°37674                                           |
        | RNCP : 37674                                           |
        | RNCP37674/                                             |
        | RNCP–37674                                             |
        | Fiche RNCP37674                                        |
        | n° 37674 - Développeur web                             |
        | RNCP37674 - Développeur web et web mobile              |
        | https://www.francecompetences.fr/recherche/rncp/37674/ |

    Plan du scénario: « <saisie> » n'est pas le code d'une certification, et c'est dit
      Quand je cherche le code « <saisie> » du type « RNCP »
      Alors je lis « « <saisie> » <raison> »
      Et le bouton « Suivant » est inactif

      Exemples:
        | saisie               | raison                                                                                    |
        | RNCP37674BC01        | est un bloc de compétences : saisissez le code de sa certification, RNCP37674.            |
        | RNCP37674 et RS6604  | contient plusieurs codes : saisissez celui d'une seule certification.                     |
        | RNCP37674, RNCP37873 | contient plusieurs codes : saisissez celui d'une seule certification.                     |
        | CQP37674             | n'est pas un code RNCP : saisissez par exemple 37674 ou RNCP37674.                        |

    Scénario: Le code d'un bloc conduit à sa certification en un clic
      Étant donné que je cherche le code « RNCP37674BC01 » du type « RNCP »
      Quand je clique sur « Utiliser RNCP37674 »
      Alors la certification visée est « Développeur web et web mobile »

    Scénario: Un code écrit en entier n'a pas besoin d'être redit
      Quand je cherche le code « RS6604 » du type « Répertoire spécifique »
      Alors la certification visée est « Exploiter la blockchain dans le développement d'applications »
      Et je ne lis pas « Code compris »

    Scénario: Certif Info 84482 désigne la certification CléA du guide
      Étant donné que nous sommes le 28 novembre 2019
      Quand je cherche le code « 84482 » du type « Certif Info »
      Alors je lis « Code compris : RS2203 »
      Et la certification visée est « Socle de connaissances et de compétences professionnelles (CléA) »

  Règle: Le préfixe d'un code dit son type

    Plan du scénario: Sans type choisi, « <saisie> » sélectionne le type « <type> »
      Quand je cherche le code « <saisie> » sans choisir de type
      Alors « <type> » est sélectionné
      Et la certification visée est « <intitulé> »
      Et le bouton « Suivant » est actif

      Exemples:
        | saisie     | type                  | intitulé                      |
        | RNCP37674  | RNCP                  | Développeur web et web mobile |
        | rs 7113    | Répertoire spécifique | Certificat Voltaire           |

    Scénario: Sans type choisi, un numéro seul ne suffit pas
      Quand je cherche le code « 7113 » sans choisir de type
      Alors l'alerte « Choisissez un type de code. » s'affiche
      Et le bouton « Suivant » est inactif

    Scénario: Un code d'un autre type se prend en un clic
      Étant donné que je cherche le code « RNCP37674 » du type « Répertoire spécifique »
      Quand je clique sur « Utiliser RNCP37674 »
      Alors « RNCP » est sélectionné
      Et la certification visée est « Développeur web et web mobile »
      Et le bouton « Suivant » est actif

  Règle: Un code CPF désigne une action d'un autre type

    Plan du scénario: <code> désigne une action du type « <type> »
      Quand je cherche le code « <code> » du type « <type de code> »
      Alors je lis « Le code <code> désigne « <action> » : choisissez le type de formation « <type> ». »
      Et le bouton « Suivant » est inactif

      Exemples:
        | code   | type de code          | action                                | type                 |
        | CPF202 | CPF                   | Bilan de compétences                  | Bilan de compétences |
        | CPF200 | Répertoire spécifique | Validation des acquis de l'expérience | VAE                  |
        | CPF206 | RNCP                  | Permis de conduire, catégorie B       | Permis de conduire   |

    Plan du scénario: <code> conduit au type « <type> » en un clic
      Étant donné que je cherche le code « <code> » du type « CPF »
      Quand je clique sur « Choisir « <type> » »
      Alors « <type> » est sélectionné

      Exemples:
        | code   | type                 |
        | CPF202 | Bilan de compétences |
        | CPF200 | VAE                  |
        | CPF206 | Permis de conduire   |

  Règle: Ce qui prend fin est dit, et n'empêche rien

    Plan du scénario: <code> prend fin <délai>
      Quand je cherche le code « <code> » sans choisir de type
      Alors je lis « L'enregistrement prend fin le <fin> (<délai>). »
      Et le message « est sélectionnée : ses informations sont importées. » s'affiche
      Et le bouton « Suivant » est actif

      Exemples:
        | code      | fin              | délai          |
        | RS6931    | 28 novembre 2026 | dans 5 jours   |
        | RNCP39848 | 28 novembre 2026 | dans 5 jours   |
        | RS5719    | 31 décembre 2026 | dans 38 jours  |
        | RS6547    | 27 mars 2027     | dans 124 jours |

    Scénario: Le dernier jour, la certification se choisit encore
      Étant donné que nous sommes le 31 décembre 2026
      Quand je cherche le code « 5719 » du type « Répertoire spécifique »
      Alors je lis « L'enregistrement prend fin le 31 décembre 2026 (c'est son dernier jour). »
      Et le bouton « Suivant » est actif

    Scénario: Le lendemain, elle est refusée
      Étant donné que nous sommes le 1er janvier 2027
      Quand je cherche le code « 5719 » du type « Répertoire spécifique »
      Alors je lis « La certification RS5719 n'est plus active : son enregistrement a pris fin le 31 décembre 2026. »
      Et le bouton « Suivant » est inactif

    Scénario: Une échéance lointaine n'est pas dite
      Quand je cherche le code « 6604 » du type « Répertoire spécifique »
      Alors le bouton « Suivant » est actif
      Et je ne lis pas « L'enregistrement prend fin »

    Scénario: Une échéance inconnue est à vérifier
      Quand je cherche le code « 7113 » du type « Répertoire spécifique »
      Alors je lis « Date d'échéance inconnue : à vérifier sur France compétences. »
      Et le bouton « Suivant » est actif

    Plan du scénario: À la date du guide, <certification> s'affiche comme sur ses images
      Étant donné que nous sommes le 28 novembre 2019
      Quand je cherche le code « <code> » du type « Répertoire spécifique »
      Alors le bouton « Suivant » est actif
      Et je ne lis pas « échéance »

      Exemples:
        | certification  | code |
        | VOLTAIRE       | 313  |
        | CléA           | 2203 |
        | CléA Numérique | 3936 |

    Scénario: Une certification encore active mais remplacée dit celle qui lui succède
      Étant donné que nous sommes le 28 novembre 2019
      Quand je cherche le code « 28155 » du type « RNCP »
      Alors je lis « RNCP28155 est remplacée par RNCP30271 »

    Scénario: La certification qui succède à une autre, encore active, se prend en un clic
      Étant donné que nous sommes le 28 novembre 2019
      Et que je cherche le code « 28155 » du type « RNCP »
      Quand je clique sur « Utiliser RNCP30271 »
      Alors je lis « Code compris : RNCP30271 »
      Et le bouton « Suivant » est actif
