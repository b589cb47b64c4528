# language: fr
@regles
Fonctionnalité: Tous les champs obligatoires sont remplis avant de valider
  Une formation incomplète s'enregistre au statut « Brouillon ». Pour la valider, il ne doit rien manquer :
  l'écran dit ce qui manque, champ par champ, et le bouton « Valider » s'active dès que tout est rempli.

  Contexte:
    Étant donné que je gère le catalogue de mon organisme

  Règle: Un seul champ manquant suffit à empêcher la validation

    Plan du scénario: Sans « <champ> », rien d'autre ne manque, et « Valider » est inactif
      Étant donné que mon catalogue contient le brouillon « Clea_1 », complet sauf « <champ> »
      Quand j'ouvre la formation « Clea_1 »
      Alors le bouton « Valider » est inactif
      Et la liste « Pour valider » demande seulement « <champ> »
      Et sous le champ « <champ> », je lis « Ce champ est obligatoire pour valider votre formation. »

      Exemples:
        | champ                              |
        | Intitulé de la formation           |
        | Objectif de la formation           |
        | Contenu de la formation            |
        | Les points forts de la formation   |
        | Résultats attendus de la formation |
        | Type de parcours de formation      |
        | Objectif général de la formation   |

    Scénario: L'identifiant manque aussi tant qu'il n'est pas saisi
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Quand je remplis tous les champs sauf « Votre identifiant interne de formation »
      Alors le bouton « Valider » est inactif
      Et la liste « Pour valider » demande seulement « Votre identifiant interne de formation »

    Scénario: L'écran compte ce qu'il reste à compléter
      Étant donné que mon catalogue contient le brouillon « Clea_1 », complet sauf « Contenu de la formation »
      Quand j'ouvre la formation « Clea_1 »
      Alors je lis « Il reste 1 champ à compléter pour valider. »

    Scénario: L'objectif général est déjà celui d'une certification
      Quand j'ouvre la saisie d'une formation « Cléa »
      Alors la liste « Objectif général de la formation » indique « Certification »

    Scénario: Des espaces ne remplissent pas un champ
      Étant donné que mon catalogue contient le brouillon « Clea_1 », complet sauf « Contenu de la formation »
      Et que j'ouvre la formation « Clea_1 »
      Quand je saisis 12 espaces dans le champ « Contenu de la formation »
      Alors sous le champ « Contenu de la formation », je lis « 12 / 3000 Caractères »
      Et le bouton « Valider » est inactif

  Règle: Le bouton « Valider » s'active dès que tout est rempli

    Plan du scénario: Remplir « <champ> », le dernier champ manquant, active « Valider »
      Étant donné que mon catalogue contient le brouillon « Clea_1 », complet sauf « <champ> »
      Et que j'ouvre la formation « Clea_1 »
      Quand je remplis le champ « <champ> »
      Alors le bouton « Valider » est actif
      Et je lis « Tout est rempli : vous pouvez valider la formation. »

      Exemples:
        | champ                              |
        | Intitulé de la formation           |
        | Objectif de la formation           |
        | Contenu de la formation            |
        | Les points forts de la formation   |
        | Résultats attendus de la formation |
        | Type de parcours de formation      |
        | Objectif général de la formation   |

    Plan du scénario: Vider « <champ> » rend « Valider » inactif
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Quand je vide le champ « <champ> »
      Alors le bouton « Valider » est inactif
      Et la liste « Pour valider » demande seulement « <champ> »

      Exemples:
        | champ                                  |
        | Votre identifiant interne de formation |
        | Intitulé de la formation               |
        | Les points forts de la formation       |
        | Type de parcours de formation          |

    Scénario: Cliquer sur « Valider » inactif ne valide rien
      Étant donné que mon catalogue contient le brouillon « Clea_1 », complet sauf « Contenu de la formation »
      Et que j'ouvre la formation « Clea_1 »
      Quand j'insiste sur le bouton inactif « Valider »
      Alors la formation « Clea_1 » n'a pas changé
      Et le bouton « Valider » dit ce qui manque

    Scénario: Cliquer sur « Valider » inactif mène à la première chose à faire
      Étant donné que mon catalogue contient le brouillon « Clea_1 », complet sauf « Contenu de la formation »
      Et que j'ouvre la formation « Clea_1 »
      Quand j'insiste sur le bouton inactif « Valider »
      Alors le champ « Contenu de la formation » attend ma saisie

    Scénario: Cliquer sur « Valider » aussitôt après ma dernière saisie valide
      Étant donné que mon catalogue contient le brouillon « Clea_1 », complet sauf « Contenu de la formation »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis « Écouter, reformuler, argumenter » dans le champ « Contenu de la formation »
      Quand j'insiste sur le bouton inactif « Valider »
      Alors le message « est validée » s'affiche
      Et la formation « Clea_1 » est enregistrée au statut « Validée »

    Scénario: Ce qui manque mène au champ à remplir
      Étant donné que mon catalogue contient le brouillon « Clea_1 », complet sauf « Contenu de la formation »
      Et que j'ouvre la formation « Clea_1 »
      Quand je clique sur « Contenu de la formation » dans la liste « Pour valider »
      Alors le champ « Contenu de la formation » attend ma saisie

  Règle: Une formation validée dit d'avance ce que l'enregistrement en fera

    Scénario: Une formation validée et complète se dit validée, et non à valider
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Quand j'ouvre la formation « Clea_1 »
      Alors je lis « Tout est rempli : cette formation est validée et le restera. »

    Scénario: Une formation validée où il manque un texte dit d'avance qu'elle redeviendra un brouillon
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que j'ouvre la formation « Clea_1 »
      Quand je vide le champ « Les points forts de la formation »
      Alors je lis « Cette formation est validée : enregistrée ainsi, elle redeviendra un brouillon. »

    Scénario: Une formation validée dont un texte est trop long dit d'avance qu'elle redeviendra un brouillon
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que j'ouvre la formation « Clea_1 »
      Quand je saisis 256 caractères dans le champ « Les points forts de la formation »
      Alors je lis « Cette formation est validée : enregistrée ainsi, elle redeviendra un brouillon. »

    Scénario: Ce qui empêche d'enregistrer une formation validée n'annonce aucun brouillon
      Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Validée »
      Et que j'ouvre la formation « Clea_1 »
      Quand je saisis 2551 caractères dans le champ « Les points forts de la formation »
      Alors je lis « Il reste 1 champ à compléter pour valider. »
      Et je ne lis pas « elle redeviendra un brouillon »

  Règle: Une saisie incomplète s'enregistre quand même

    Scénario: Rien n'est exigé pour enregistrer un brouillon
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je vide le champ « Intitulé de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Quand j'ouvre le catalogue
      Alors la carte « (sans intitulé) » indique :
        | Brouillon     |
        | ID : à saisir |

    Scénario: Ce que j'ai saisi se retrouve quand je rouvre la formation
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je remplis tous les champs sauf « Les points forts de la formation »
      Et que je saisis « Clea_1 » dans le champ « Votre identifiant interne de formation »
      Et que je saisis « Écouter, reformuler : l'essentiel » dans le champ « Contenu de la formation »
      Et que je sélectionne « 96212 - Modulaire » dans la liste « Type de parcours de formation »
      Et que je clique sur « Enregistrer les modifications »
      Quand j'ouvre la formation « Clea_1 »
      Alors les champs contiennent :
        | Votre identifiant interne de formation | Clea_1                            |
        | Contenu de la formation                | Écouter, reformuler : l'essentiel |
        | Les points forts de la formation       |                                   |
      Et la liste « Type de parcours de formation » indique « 96212 - Modulaire »
      Et la liste « Objectif général de la formation » indique « Certification »

    Scénario: Les retours à la ligne et les caractères spéciaux sont gardés
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Et que je saisis dans le champ « Contenu de la formation » :
        """
        Jour 1 : écouter & reformuler
        Jour 2 : argumenter (3 < 5, « oui » > « non »)

        « L'œuvre » à 50 € – suite…
        """
      Et que je clique sur « Enregistrer les modifications »
      Quand j'ouvre la formation « Clea_1 »
      Alors le champ « Contenu de la formation » contient :
        """
        Jour 1 : écouter & reformuler
        Jour 2 : argumenter (3 < 5, « oui » > « non »)

        « L'œuvre » à 50 € – suite…
        """
