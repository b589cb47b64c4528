# language: fr
@regles
Fonctionnalité: Une formation prépare une certification active à la date de référence
  Le registre local garde, pour chaque certification, les dates où elle est connue comme active.
  Un code se saisit comme on l'écrit ; s'il ne convient pas, l'écran dit pourquoi et quoi faire.

  Contexte:
    Étant donné que je gère le catalogue de mon organisme

  Règle: « Cléa » propose les certifications actives à la date de référence

    Scénario: En novembre 2019, deux certifications CléA sont actives
      Étant donné que nous sommes le 28 novembre 2019
      Et que je suis sur la page « Nouvelle offre de formation »
      Quand je sélectionne « Cléa »
      Alors « Certifications » propose, dans cet ordre :
        | Socle de connaissances et de compétences professionnelles (CléA)                     |
        | Socle de connaissances et de compétences professionnelles numérique (CléA Numérique) |

    Scénario: En novembre 2026, trois autres certifications CléA sont actives
      Étant donné que nous sommes le 23 novembre 2026
      Et que je suis sur la page « Nouvelle offre de formation »
      Quand je sélectionne « Cléa »
      Alors « Certifications » propose, dans cet ordre :
        | Certification socle de compétences et de connaissances professionnelles (CléA)            |
        | Socle de connaissances et de compétences professionnelles numérique (CléA Numérique)      |
        | Socle de connaissances et de compétences professionnelles du management (CléA Management) |

    Plan du scénario: En novembre 2026, <certification> porte le code RS<numéro>
      Étant donné que nous sommes le 23 novembre 2026
      Et que je suis sur la page « Nouvelle offre de formation »
      Et que je sélectionne « Cléa »
      Quand je sélectionne « <intitulé> »
      Alors le champ « Code » contient « <numéro> »

      Exemples:
        | certification   | numéro | intitulé                                                                                  |
        | CléA            | 7003   | Certification socle de compétences et de connaissances professionnelles (CléA)            |
        | CléA Numérique  | 5616   | Socle de connaissances et de compétences professionnelles numérique (CléA Numérique)      |
        | CléA Management | 6269   | Socle de connaissances et de compétences professionnelles du management (CléA Management) |

    Scénario: Les informations de CléA Numérique sont préremplies quand c'est elle que j'ai sélectionnée
      Étant donné que nous sommes le 28 novembre 2019
      Et que je suis sur la page « Nouvelle offre de formation »
      Et que je sélectionne « Cléa »
      Et que je sélectionne « Socle de connaissances et de compétences professionnelles numérique (CléA Numérique) »
      Quand je clique sur « Suivant »
      Alors les champs contiennent :
        | Intitulé de la formation | Socle de connaissances et de compétences professionnelles numérique (CléA Numérique) |
      Et les informations préremplies contiennent :
        | Code FORMACODE | Pas de donnée |
        | Code NSF       | Pas de donnée |

    Plan du scénario: L'information « <information> » a son explication
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Quand je clique sur « Explication : <information> »
      Alors je lis « <explication> Repris de la certification. »

      Exemples:
        | information                        | explication                                                                 |
        | Code FORMACODE                     | Domaine de la formation dans le thésaurus FORMACODE.                        |
        | Code NSF                           | Groupe de la nomenclature des spécialités de formation.                     |
        | Code ROME                          | Métiers visés, dans le répertoire opérationnel des métiers et des emplois.  |
        | Organisme certificateur            | Organisme qui délivre la certification.                                     |
        | Niveau d'entrée                    | Niveau demandé pour entrer en formation.                                    |
        | Niveau à la sortie de la formation | Niveau reconnu à l'issue de la formation.                                   |

  Règle: Un code se saisit comme on l'écrit

    Plan du scénario: Le code « <code> » du type « <type> » désigne « <intitulé> »
      Étant donné que nous sommes le <date>
      Quand je cherche le code « <code> » du type « <type> »
      Alors la certification visée est « <intitulé> »
      Et le bouton « Suivant » est actif

      Exemples:
        | date             | type                  | code       | intitulé                                                         |
        | 28 novembre 2019 | Répertoire spécifique | 313        | Certificat Voltaire                                              |
        | 28 novembre 2019 | Répertoire spécifique | rs 313     | Certificat Voltaire                                              |
        | 28 novembre 2019 | Répertoire spécifique | 0313       | Certificat Voltaire                                              |
        | 28 novembre 2019 | Certif Info           | 84482      | Socle de connaissances et de compétences professionnelles (CléA) |
        | 23 novembre 2026 | Répertoire spécifique | 7113       | Certificat Voltaire                                              |
        | 23 novembre 2026 | RNCP                  | RNCP 37674 | Développeur web et web mobile                                    |

    Scénario: Une formation VOLTAIRE se crée et se valide sous sa propre certification
      Étant donné que nous sommes le 28 novembre 2019
      Et que je cherche le code « 313 » du type « Répertoire spécifique »
      Et que je clique sur « Suivant »
      Et que je remplis tous les champs
      Et que je saisis « Voltaire_1 » dans le champ « Votre identifiant interne de formation »
      Quand je clique sur « Valider »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « Voltaire_1 » est au statut « Validée » dans le catalogue
      Et je lis « Certification préparée : Certificat Voltaire »

    Scénario: Les informations d'une certification du RNCP sont préremplies
      Étant donné que nous sommes le 23 novembre 2026
      Et que je cherche le code « 37674 » du type « RNCP »
      Quand je clique sur « Suivant »
      Alors le titre « Préparation à la certification Développeur web et web mobile » s'affiche
      Et les informations préremplies contiennent :
        | Code FORMACODE | 31090 |
        | Code NSF       | 326t  |
        | Code ROME      | M1805 |

  Règle: Un code qui ne convient pas est refusé avec sa raison

    Plan du scénario: Le code « <code> » du type « <type> » est refusé
      Étant donné que nous sommes le 23 novembre 2026
      Quand je cherche le code « <code> » du type « <type> »
      Alors je lis « <raison> »
      Et le bouton « Suivant » est inactif

      Exemples:
        | type                  | code      | raison                                                                                                       |
        | Répertoire spécifique |           | Saisissez le code de la certification.                                                                       |
        | Répertoire spécifique | ABC       | « ABC » n'est pas un code du Répertoire spécifique : saisissez par exemple 2203 ou RS2203.                   |
        | Répertoire spécifique | RNCP37674 | « RNCP37674 » est un code RNCP : choisissez ce type de code.                                                 |
        | RNCP                  | RS7113    | « RS7113 » est un code du Répertoire spécifique : choisissez ce type de code.                                |
        | Répertoire spécifique | 99999     | Le code RS99999 est inconnu du registre local. Vérifiez le type de code et le numéro.                        |
        | CPF                   | 202       | Le code CPF202 désigne « Bilan de compétences » : choisissez le type de formation « Bilan de compétences ».  |
        | CPF                   | 999       | Le code CPF999 est inconnu du registre local. Vérifiez le type de code et le numéro.                         |
        | Certif Info           | 99999     | Le code Certif Info 99999 est inconnu du registre local, et le fichier XML officiel n'accepte plus ces codes |

    Scénario: Une certification remplacée propose celle qui lui succède
      Étant donné que nous sommes le 23 novembre 2026
      Quand je cherche le code « 5000 » du type « Répertoire spécifique »
      Alors je lis « La certification RS5000 n'est plus active : son enregistrement a pris fin le 24 mai 2024. »
      Et je lis « RS6604 »
      Et le bouton « Suivant » est inactif

    Scénario: Je prends la certification qui succède à celle que je cherchais
      Étant donné que nous sommes le 23 novembre 2026
      Et que je cherche le code « 5000 » du type « Répertoire spécifique »
      Quand je clique sur « Utiliser RS6604 »
      Alors la certification visée est « Exploiter la blockchain dans le développement d'applications »
      Et le bouton « Suivant » est actif

    Scénario: Quand la certification qui succède a pris fin elle aussi, je l'apprends
      Étant donné que nous sommes le 23 novembre 2026
      Quand je cherche le code « 22094 » du type « RNCP »
      Alors je lis « Elle a été remplacée par RNCP30271 »
      Et je lis « dont l'enregistrement a pris fin le 21 avril 2022. »
      Et le bouton « Suivant » est inactif

    Scénario: La suite d'une certification va jusqu'à celle que rien ne remplace
      Étant donné que nous sommes le 23 novembre 2026
      Et que France compétences publie la certification « RS90281 », qui prend effet le 1er février 2020
      Et que France compétences publie la certification « RS90282 », qui remplace « RS90281 » depuis le 1er février 2023
      Et que France compétences publie la certification « RS90283 », qui remplace « RS90282 » depuis le 1er février 2026
      Quand je cherche le code « 90281 » du type « Répertoire spécifique »
      Alors je lis « RS90281 est remplacée par RS90283 – Certification RS90283. Utiliser RS90283 »
      Et je lis « RS90281 a d'abord été remplacée par RS90282 – Certification RS90282, encore active mais remplacée à son tour. »
      Et je ne lis pas « Utiliser RS90282 »

    Scénario: Une certification remplacée par deux autres propose les deux
      Étant donné que nous sommes le 23 novembre 2026
      Et que France compétences publie la certification « RS90284 », qui prend effet le 1er février 2020
      Et que France compétences publie la certification « RS90285 », qui remplace « RS90284 » depuis le 1er février 2023
      Et que France compétences publie la certification « RS90286 », qui remplace « RS90284 » depuis le 1er février 2023
      Quand je cherche le code « 90284 » du type « Répertoire spécifique »
      Alors je lis « RS90284 est remplacée par RS90285 – Certification RS90285. Utiliser RS90285 »
      Et je lis « RS90284 est aussi remplacée par RS90286 – Certification RS90286. Utiliser RS90286 »

    Scénario: Une certification pas encore attestée à la date de référence est refusée
      Étant donné que nous sommes le 28 novembre 2019
      Quand je cherche le code « 7003 » du type « Répertoire spécifique »
      Alors je lis « La certification RS7003 n'est pas connue comme active au 28 novembre 2019 »
      Et le bouton « Suivant » est inactif

    Scénario: Une certification dont l'effet est à venir le dit, et ne se prend pas encore
      Étant donné que nous sommes le 23 novembre 2026
      Et que France compétences publie la certification « RS90271 », qui prend effet le 1er février 2027
      Quand je cherche le code « 90271 » du type « Répertoire spécifique »
      Alors je lis « La certification RS90271 n'est pas encore active : elle prend effet le 1er février 2027. »
      Et le bouton « Suivant » est inactif

    Scénario: Le jour de son effet, la certification se prend
      Étant donné que nous sommes le 1er février 2027
      Et que France compétences publie la certification « RS90272 », qui prend effet le 1er février 2027
      Quand je cherche le code « 90272 » du type « Répertoire spécifique »
      Alors la certification visée est « Certification RS90272 »
      Et le bouton « Suivant » est actif

    Scénario: La certification CléA du guide n'est plus active en novembre 2026
      Étant donné que nous sommes le 23 novembre 2026
      Quand je cherche le code « 2203 » du type « Répertoire spécifique »
      Alors je lis « La certification RS2203 n'est plus active au 23 novembre 2026. »
      Et le bouton « Suivant » est inactif

    Scénario: Un code changé après « Appliquer » n'est pas pris pour celui qui a été appliqué
      Étant donné que nous sommes le 28 novembre 2019
      Et que je cherche le code « 313 » du type « Répertoire spécifique »
      Et que je saisis « 2203 » dans le champ « Code »
      Quand je clique sur « Suivant »
      Alors l'alerte « Le code a changé depuis « Appliquer » » s'affiche
      Et je lis « Étape 1/2 »

    Scénario: Un nouveau code appliqué remplace le précédent
      Étant donné que nous sommes le 28 novembre 2019
      Et que je cherche le code « 313 » du type « Répertoire spécifique »
      Et que je saisis « 2203 » dans le champ « Code »
      Quand je clique sur « Appliquer »
      Alors la certification visée est « Socle de connaissances et de compétences professionnelles (CléA) »

  Règle: Une certification expirée empêche de valider, pas d'enregistrer

    Scénario: L'écran dit depuis quand la certification n'est plus active
      Étant donné que mon catalogue contient le brouillon complet « Chaines_1 » sur la certification « RS5000 »
      Et que nous sommes le 23 novembre 2026
      Quand j'ouvre la formation « Chaines_1 »
      Alors je lis « La certification RS5000 n'est plus active : son enregistrement a pris fin le 24 mai 2024. »
      Et le bouton « Valider » est inactif

    Plan du scénario: RS5719, enregistrée jusqu'au 31 décembre 2026, laisse « Valider » <état> le <date>
      Étant donné que mon catalogue contient le brouillon complet « Secours_1 » sur la certification « RS5719 »
      Et que nous sommes le <date>
      Quand j'ouvre la formation « Secours_1 »
      Alors le bouton « Valider » est <état>

      Exemples:
        | date             | état    |
        | 31 décembre 2026 | actif   |
        | 1er janvier 2027 | inactif |

    Scénario: Une formation dont la certification a expiré s'enregistre encore
      Étant donné que mon catalogue contient le brouillon complet « Chaines_1 » sur la certification « RS5000 »
      Et que nous sommes le 23 novembre 2026
      Et que j'ouvre la formation « Chaines_1 »
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Quand je clique sur « Enregistrer les modifications »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « Chaines_1 » est au statut « Brouillon » dans le catalogue
      Et « Les points forts de la formation » de « Chaines_1 » est « Petits groupes »

    Scénario: Une formation validée garde son statut quand sa certification expire, et la carte le dit
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que nous sommes le 23 novembre 2026
      Quand j'ouvre le catalogue
      Alors la carte « Formation Clea_1 » indique :
        | Validée               |
        | Certification expirée |

    Scénario: Une formation validée sur une certification active ne porte pas la mention « Certification expirée »
      Étant donné que nous sommes le 28 novembre 2019
      Et que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Quand j'ouvre le catalogue
      Alors la carte « Formation Clea_1 » n'indique pas « Certification expirée »

    Scénario: Modifier une formation validée dont la certification a expiré la ramène au statut « Brouillon »
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que nous sommes le 23 novembre 2026
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Quand je clique sur « Enregistrer les modifications »
      Alors le message « est revenue au statut « Brouillon » » s'affiche
      Et la formation « Clea_1 » est enregistrée au statut « Brouillon »
