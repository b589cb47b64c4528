# language: fr
# Chaque règle porte le numéro d'une étape de la fiche et, mot pour mot, les phrases de la fiche. Les scénarios disent ce
# que je fais et ce que je vois. Ceux qui sont marqués « reconstitué » remplacent une étape absente de la transcription de
# la fiche, ou un texte qui se trouvait dans une image perdue.
@guide
Fonctionnalité: Créer une formation « Cléa »
  Fiche pratique, V2 du 28/11/2019. Cette fiche vient en complément du guide EDOF « Créer et gérer une formation ».
  Nous vous invitons à consulter ce guide en préalable.

  Contexte:
    Étant donné que nous sommes le 28 novembre 2019
    Et que je gère le catalogue de mon organisme

  # « Tout autre formation » : la fiche l'écrit ainsi, et sa phrase est reprise telle quelle.
  @etape_0
  Règle: Étape 0 - Votre attention est nécessaire !
    Ce mode opératoire de saisie est UNIQUEMENT dédié aux organismes de formation formant et certifiant sur
    les deux certifications CLEA enregistrées au REPERTOIRE SPECIFIQUE de France Compétences :

    Tout autre formation ou certification similaire (exemple : VOLTAIRE) doit être enregistrée dans EDOF
    en indiquant le N° de fiche de certification de ladite certification. Comme dans l'exemple ci-dessous :

    Scénario: Les deux certifications CléA sont les seules à se saisir sous « Cléa »
      Fiche : Ce mode opératoire de saisie est UNIQUEMENT dédié aux organismes de formation formant et certifiant sur
      les deux certifications CLEA enregistrées au REPERTOIRE SPECIFIQUE de France Compétences :

      Étant donné que je suis sur la page « Nouvelle offre de formation »
      Quand je sélectionne « Cléa »
      Alors « Certifications » propose, dans cet ordre :
        | Socle de connaissances et de compétences professionnelles (CléA)                     |
        | Socle de connaissances et de compétences professionnelles numérique (CléA Numérique) |

    Plan du scénario: <code> est active à la date de la fiche
      Fiche : RS2203 - Socle de connaissances et de compétences professionnelles (CléA) Active
      Fiche : RS3936 - Socle de connaissances et de compétences professionnelles numérique (CléA Numérique) Active

      Étant donné que je suis sur la page « Nouvelle offre de formation »
      Et que je sélectionne « Cléa »
      Et que je demande comment obtenir mon code d'identification
      Quand je cherche « <code> » dans l'aide
      Alors l'aide propose la certification « <code> »
      Et je lis « <code> – <intitulé> »
      Et je lis « Active · Certificateur : Pas de donnée »

      Exemples:
        | code   | intitulé                                                                             |
        | RS2203 | Socle de connaissances et de compétences professionnelles (CléA)                     |
        | RS3936 | Socle de connaissances et de compétences professionnelles numérique (CléA Numérique) |

    Scénario: L'exemple de la fiche part du menu « Catalogue »
      Fiche : Catégorie > Ajouter une formation
      Fiche : Nouvelle offre de formation Étape 1/2
      Fiche : Quel type de formation éligible au CPF voulez-vous créer ?
      Fiche : Formation certifiante, Diplôme de compétences, Permis de conduire, VAE, Accompagnement à la
      création/reprise d'entreprise, Cléa

      Étant donné que je suis sur la page « Mode d'emploi »
      Quand je clique sur « Catalogue » dans le menu
      Et que je clique sur « Ajouter une formation »
      Alors la page « Nouvelle offre de formation » s'affiche
      Et je lis « Étape 1/2 »
      Et « Quel type de formation éligible au CPF voulez-vous créer ? » propose, dans cet ordre :
        | Formation certifiante                             |
        | Bilan de compétences                              |
        | Permis de conduire                                |
        | VAE                                               |
        | Accompagnement à la création/reprise d'entreprise |
        | Cléa                                              |

    Scénario: L'exemple de la fiche demande le code d'identification
      Fiche : Code d'identification
      Fiche : Pour que votre offre de formation figure dans le catalogue, vous devez saisir le code d'identification
      de la certification à laquelle votre offre est rattachée. Cela importera automatiquement les informations liées
      à la certification.
      Fiche : Je ne connais pas mon code d'identification, comment l'obtenir ?
      Fiche : Type de code : CPF, RNCP, Répertoire spécifique, Certif info

      Étant donné que je suis sur la page « Nouvelle offre de formation »
      Quand je sélectionne « Formation certifiante »
      Alors « Code d'identification » s'affiche
      Et je lis :
        """
        Pour que votre offre de formation figure dans le catalogue, vous devez saisir le code d'identification de la certification à laquelle votre offre est rattachée. Cela importera automatiquement les informations liées à la certification.
        """
      Et le lien « Je ne connais pas mon code d'identification, comment l'obtenir ? » est proposé
      Et « Type de code » propose, dans cet ordre :
        | CPF                   |
        | RNCP                  |
        | Répertoire spécifique |
        | Certif Info           |

    @illustre
    Scénario: Une formation VOLTAIRE se saisit avec le numéro de sa propre certification
      Fiche : Tout autre formation ou certification similaire (exemple : VOLTAIRE) doit être enregistrée dans EDOF en
      indiquant le N° de fiche de certification de ladite certification.
      Fiche : Code : 313 [Appliquer]
      Fiche : Intitulé de la certification visée :

      Étant donné que je suis sur la page « Nouvelle offre de formation »
      Quand je sélectionne « Formation certifiante »
      Et que je sélectionne « Répertoire spécifique »
      Et que je saisis « 313 » dans le champ « Code »
      Et que je clique sur « Appliquer »
      Alors la certification visée est « Certificat Voltaire »
      Et le bouton « Suivant » est actif

  @etape_13
  Règle: Pour ajouter une formation Cléa, voici les étapes à suivre :

    @illustre
    @visite
    Scénario: Je crée et je valide une formation « Cléa » en suivant la fiche
      Fiche : Pour ajouter une formation Cléa, voici les étapes à suivre :

      Étant donné que je suis sur la page « Catalogue »
      # Étape 1
      Quand je clique sur « Ajouter une formation »
      Alors la page « Nouvelle offre de formation » s'affiche
      Et je lis « Étape 1/2 »
      # Étape 2
      Quand je sélectionne « Cléa »
      # Étape 3
      Et que je sélectionne « Socle de connaissances et de compétences professionnelles (CléA) »
      Alors le message s'affiche :
        """
        La certification « Socle de connaissances et de compétences professionnelles (CléA) » est sélectionnée : ses informations sont importées.
        """
      # Étape 4
      Et la certification visée est « Socle de connaissances et de compétences professionnelles (CléA) »
      Quand je clique sur « Suivant »
      # Étape 5
      Alors le titre s'affiche :
        """
        Préparation à la certification Socle de connaissances et de compétences professionnelles (CléA)
        """
      Et les informations préremplies sont :
        | Code FORMACODE                     | 15041                  |
        | Code NSF                           | 100                    |
        | Code ROME                          | Pas de donnée          |
        | Organisme certificateur            | Pas de donnée          |
        | Niveau d'entrée                    | Pas de donnée          |
        | Niveau à la sortie de la formation | Sans niveau spécifique |
      # Étape 6
      Quand je saisis « Clea_Identifiant » dans le champ « Votre identifiant interne de formation »
      # Étape 7
      Et que je clique sur « Vérifier »
      Alors le message « L'identifiant « Clea_Identifiant » est disponible. » s'affiche
      Et le message se trouve en haut à droite de l'écran
      # Étape 8
      Et les champs contiennent :
        | Intitulé de la formation | Socle de connaissances et de compétences professionnelles (CléA) |
      Quand je saisis « Compétences Cléa - expression orale » dans le champ « Intitulé de la formation »
      # Étape 9
      Et que je saisis « Communiquer en français à l'oral » dans le champ « Objectif de la formation »
      # Étape 10
      Et que je saisis « Écouter, reformuler, argumenter » dans le champ « Contenu de la formation »
      # Étape 11
      Et que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Alors le bouton « Valider » est inactif
      Quand je saisis « Oser prendre la parole » dans le champ « Résultats attendus de la formation »
      # Étape 12
      Et que je sélectionne « 96214 - Mixte » dans la liste « Type de parcours de formation »
      # Étape 13
      Alors le bouton « Valider » est actif
      Quand je clique sur « Enregistrer les modifications »
      Alors l'écran dit à quelle heure ma saisie est enregistrée
      Quand je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_Identifiant » est au statut « Brouillon » dans le catalogue
      Quand je clique sur « Compétences Cléa - expression orale »
      Et que je clique sur « Valider »
      Alors la page « Compétences Cléa - expression orale » s'affiche
      Et le message s'affiche :
        """
        Vous pouvez ensuite modifier cette offre, créer des actions de formation puis des sessions.
        """
      Quand je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_Identifiant » est au statut « Validée » dans le catalogue

  @etape_1
  Règle: Étape 1 - Dans le menu « Catalogue », cliquez sur « Ajouter une formation »

    Scénario: J'ajoute une formation depuis le menu « Catalogue »
      Fiche : Dans le menu « Catalogue », cliquez sur « Ajouter une formation » :

      Étant donné que je suis sur la page « Mode d'emploi »
      Quand je clique sur « Catalogue » dans le menu
      Et que je clique sur « Ajouter une formation »
      Alors la page « Nouvelle offre de formation » s'affiche
      Et je lis « Étape 1/2 »

  @etape_2
  Règle: Étape 2 - Sélectionnez « Cléa »

    Scénario: Six types de formation éligible au CPF me sont proposés
      Fiche : Quel type de formation éligible au CPF voulez-vous créer ?
      Fiche : Formation certifiante, Bilan de compétences, Permis de conduire, VAE, Accompagnement à la
      création/reprise d'entreprise, Cléa

      Étant donné que je suis sur la page « Catalogue »
      Quand je clique sur « Ajouter une formation »
      Alors « Quel type de formation éligible au CPF voulez-vous créer ? » propose, dans cet ordre :
        | Formation certifiante                             |
        | Bilan de compétences                              |
        | Permis de conduire                                |
        | VAE                                               |
        | Accompagnement à la création/reprise d'entreprise |
        | Cléa                                              |

    Scénario: Le choix de « Cléa » fait apparaître les certifications
      Fiche : Sélectionnez « Cléa »

      Étant donné que je suis sur la page « Nouvelle offre de formation »
      Quand je sélectionne « Cléa »
      Alors « Cléa » est sélectionné
      Et « Certifications » s'affiche

  @etape_3
  Règle: Étape 3 - Sélectionnez la certification concernée par cette formation parmi les 2 existantes
    Un message de validation s'affiche :

    @reconstitue
    Plan du scénario: Un message confirme que <certification> est sélectionnée
      Fiche : Sélectionnez la certification concernée par cette formation parmi les 2 existantes :
      Fiche : Un message de validation s'affiche :

      Étant donné que je suis sur la page « Nouvelle offre de formation »
      Et que je sélectionne « Cléa »
      Quand je sélectionne « <intitulé> »
      Alors le message s'affiche :
        """
        La certification « <intitulé> » est sélectionnée : ses informations sont importées.
        """
      Et « Répertoire spécifique » est sélectionné
      Et le champ « Code » contient « <code> »

      Exemples: La première
        | certification | code | intitulé                                                         |
        | CléA          | 2203 | Socle de connaissances et de compétences professionnelles (CléA) |

      Exemples: La seconde
        | certification  | code | intitulé                                                                             |
        | CléA Numérique | 3936 | Socle de connaissances et de compétences professionnelles numérique (CléA Numérique) |

    Scénario: Les deux certifications existantes me sont proposées
      Fiche : Certifications : Socle de connaissances et de compétences professionnelles (CléA), Socle de
      connaissances et de compétences professionnelles numérique (CléA Numérique)

      Étant donné que je suis sur la page « Nouvelle offre de formation »
      Quand je sélectionne « Cléa »
      Alors « Certifications » propose, dans cet ordre :
        | Socle de connaissances et de compétences professionnelles (CléA)                     |
        | Socle de connaissances et de compétences professionnelles numérique (CléA Numérique) |

    Scénario: Le bloc « Code d'identification » dit à quoi sert le code
      Fiche : Code d'identification
      Fiche : Pour que votre offre de formation figure dans le catalogue, vous devez saisir le code d'identification
      de la certification à laquelle votre offre est rattachée. Cela importera automatiquement les informations liées
      à la certification.
      Fiche : Je ne connais pas mon code d'identification, comment l'obtenir ?
      Fiche : Type de code : CPF, RNCP, Répertoire spécifique, Certif Info
      Fiche : Code
      Fiche : Intitulé de la certification visée :

      Étant donné que je suis sur la page « Nouvelle offre de formation »
      Quand je sélectionne « Cléa »
      Alors « Code d'identification » s'affiche
      Et je lis :
        """
        Pour que votre offre de formation figure dans le catalogue, vous devez saisir le code d'identification de la certification à laquelle votre offre est rattachée. Cela importera automatiquement les informations liées à la certification.
        """
      Et le lien « Je ne connais pas mon code d'identification, comment l'obtenir ? » est proposé
      Et « Type de code » propose, dans cet ordre :
        | CPF                   |
        | RNCP                  |
        | Répertoire spécifique |
        | Certif Info           |
      Et le champ « Code » est vide
      Et je lis « Intitulé de la certification visée : »

  @etape_4
  Règle: Étape 4 - Cliquez sur le bouton « Suivant »

    Scénario: L'intitulé de la certification visée est celui que j'ai sélectionné
      Fiche : Intitulé de la certification visée : Socle de connaissances et de compétences professionnelles (CléA)

      Étant donné que je suis sur la page « Nouvelle offre de formation »
      Et que je sélectionne « Cléa »
      Quand je sélectionne « Socle de connaissances et de compétences professionnelles (CléA) »
      Alors la certification visée est « Socle de connaissances et de compétences professionnelles (CléA) »

    Scénario: « Suivant » reste inactif tant qu'aucune certification n'est sélectionnée
      Étant donné que je suis sur la page « Nouvelle offre de formation »
      Quand je sélectionne « Cléa »
      Alors le bouton « Suivant » est inactif

    Scénario: Je passe à l'étape suivante
      Fiche : Cliquez sur le bouton « Suivant » :
      Fiche : Suivant

      Étant donné que je suis sur la page « Nouvelle offre de formation »
      Et que je sélectionne « Cléa »
      Et que je sélectionne « Socle de connaissances et de compétences professionnelles (CléA) »
      Quand je clique sur « Suivant »
      Alors je lis « Étape 2/2 »
      Et le titre s'affiche :
        """
        Préparation à la certification Socle de connaissances et de compétences professionnelles (CléA)
        """

  @etape_5
  Règle: Étape 5 - D'autres informations sont également préremplies
    Sur la page suivante, d'autres informations sont également préremplies : code FORMACODE, code NSF,
    code ROME, Organisme certificateur, Niveau d'entrée, Niveau à la sortie de la formation.

    Scénario: Les informations de la certification sont préremplies
      Fiche : Sur la page suivante, d'autres informations sont également préremplies : code FORMACODE, code NSF, code
      ROME, Organisme certificateur, Niveau d'entrée, Niveau à la sortie de la formation.
      Fiche : Préparation à la certification Socle de connaissances et de compétences professionnelles (CléA)
      Fiche : i Code FORMACODE : 15041, i Organisme certificateur : Pas de donnée, i Code NSF : 100, i Niveau d'entrée :
      Pas de donnée, i Code ROME : Pas de donnée, i Niveau à la sortie de la formation : Sans niveau spécifique

      Étant donné que je suis sur la page « Nouvelle offre de formation »
      Et que je sélectionne « Cléa »
      Et que je sélectionne « Socle de connaissances et de compétences professionnelles (CléA) »
      Quand je clique sur « Suivant »
      Alors le titre s'affiche :
        """
        Préparation à la certification Socle de connaissances et de compétences professionnelles (CléA)
        """
      Et les informations préremplies sont :
        | Code FORMACODE                     | 15041                  |
        | Code NSF                           | 100                    |
        | Code ROME                          | Pas de donnée          |
        | Organisme certificateur            | Pas de donnée          |
        | Niveau d'entrée                    | Pas de donnée          |
        | Niveau à la sortie de la formation | Sans niveau spécifique |
      Et aucune information préremplie n'est modifiable

    Scénario: Chaque information préremplie a son explication
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Quand je clique sur « Explication : Code FORMACODE »
      Alors je lis « Domaine de la formation dans le thésaurus FORMACODE. Repris de la certification. »

  @etape_6
  Règle: Étape 6 - Saisissez votre identifiant interne de formation
    Il s'agit du code produit que vous utilisez en interne pour cette prestation, dans le cadre de votre propre
    nomenclature de catalogue de formation.

    Scénario: Je saisis mon identifiant interne de formation
      Fiche : Saisissez votre identifiant interne de formation.
      Fiche : Il s'agit du code produit que vous utilisez en interne pour cette prestation, dans le cadre de votre
      propre nomenclature de catalogue de formation.
      Fiche : Votre identifiant interne de formation : Clea_Identifiant [Vérifier]

      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Quand je saisis « Clea_Identifiant » dans le champ « Votre identifiant interne de formation »
      Alors le champ « Votre identifiant interne de formation » contient « Clea_Identifiant »
      Et le bouton « Vérifier » est actif

  @etape_7
  Règle: Étape 7 - Cliquez sur le bouton « Vérifier »
    Si l'identifiant saisi est disponible, un message s'affiche en haut à droite de votre écran :

    Dans le cas contraire, le message suivant s'affiche :

    @reconstitue
    Scénario: Un message en haut à droite dit que l'identifiant saisi est disponible
      Fiche : Cliquez sur le bouton « Vérifier » :
      Fiche : Votre identifiant interne de formation
      Fiche : Si l'identifiant saisi est disponible, un message s'affiche en haut à droite de votre écran :

      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_Identifiant » dans le champ « Votre identifiant interne de formation »
      Quand je clique sur « Vérifier »
      Alors le message « L'identifiant « Clea_Identifiant » est disponible. » s'affiche
      Et le message se trouve en haut à droite de l'écran

    @illustre @reconstitue
    Scénario: Un autre message dit que l'identifiant saisi est déjà utilisé
      Fiche : Dans le cas contraire, le message suivant s'affiche :

      Étant donné que mon catalogue contient les formations :
        | identifiant      | intitulé                            |
        | Clea_Identifiant | Compétences Cléa - expression orale |
      Et que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_Identifiant » dans le champ « Votre identifiant interne de formation »
      Quand je clique sur « Vérifier »
      Alors l'alerte s'affiche :
        """
        L'identifiant « Clea_Identifiant » est déjà utilisé par une autre formation de votre catalogue.
        """
      Et l'alerte se trouve en haut à droite de l'écran
      Et aucun message n'annonce que l'identifiant « Clea_Identifiant » est disponible

  @etape_8
  Règle: Étape 8 - Le champ « Intitulé de la formation » est prérempli et reprend l'intitulé de la certification
    Vous pouvez modifier le contenu de ce champ.

    Scénario: L'intitulé de la formation reprend celui de la certification
      Fiche : Le champ « Intitulé de la formation » est prérempli et reprend l'intitulé de la certification.
      Fiche : Intitulé de la formation

      Étant donné que je suis sur la page « Nouvelle offre de formation »
      Et que je sélectionne « Cléa »
      Et que je sélectionne « Socle de connaissances et de compétences professionnelles (CléA) »
      Quand je clique sur « Suivant »
      Alors les champs contiennent :
        | Intitulé de la formation | Socle de connaissances et de compétences professionnelles (CléA) |

    Scénario: Je modifie l'intitulé prérempli
      Fiche : Vous pouvez modifier le contenu de ce champ.

      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_Identifiant » dans le champ « Votre identifiant interne de formation »
      Quand je saisis « Compétences Cléa - expression orale » dans le champ « Intitulé de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_Identifiant » a pour titre « Compétences Cléa - expression orale » dans le catalogue

  # Étape absente de la transcription de la fiche : reconstituée d'après le fichier XML du catalogue,
  # qui exige l'objectif juste après l'intitulé.
  @etape_9 @reconstitue
  Règle: Étape 9 - Complétez le champ « Objectif de la formation »

    Scénario: L'objectif de la formation est à compléter
      Quand j'ouvre la saisie d'une formation « Cléa »
      Alors le champ « Objectif de la formation » est vide
      Et sous le champ « Objectif de la formation », je lis « ▲ Ce champ est obligatoire pour valider votre formation. »
      Et sous le champ « Objectif de la formation », je lis « 0 / 3000 Caractères »

    Scénario: Je complète l'objectif de la formation
      Fiche : Complétez le champ « Objectif de la formation ».

      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Quand je saisis « Communiquer en français à l'oral » dans le champ « Objectif de la formation »
      Alors sous le champ « Objectif de la formation », je lis « 32 / 3000 Caractères »
      Et sous le champ « Objectif de la formation », je ne lis plus « Ce champ est obligatoire »

  # Étape absente de la transcription de la fiche : reconstituée d'après le fichier XML du catalogue,
  # qui exige le contenu.
  @etape_10 @reconstitue
  Règle: Étape 10 - Complétez le champ « Contenu de la formation »

    Scénario: Le contenu de la formation est à compléter
      Quand j'ouvre la saisie d'une formation « Cléa »
      Alors le champ « Contenu de la formation » est vide
      Et sous le champ « Contenu de la formation », je lis « ▲ Ce champ est obligatoire pour valider votre formation. »
      Et sous le champ « Contenu de la formation », je lis « 0 / 3000 Caractères »

    Scénario: Je complète le contenu de la formation
      Fiche : Complétez le champ « Contenu de la formation ».

      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Quand je saisis « Écouter, reformuler, argumenter » dans le champ « Contenu de la formation »
      Alors sous le champ « Contenu de la formation », je lis « 31 / 3000 Caractères »
      Et sous le champ « Contenu de la formation », je ne lis plus « Ce champ est obligatoire »

  @etape_11
  Règle: Étape 11 - Complétez les champs suivants : les points forts de votre formation, les résultats attendus

    Plan du scénario: Le champ « <champ> » dit ce qu'il attend
      Fiche : Les points forts de la formation : Résumé du contenu à présenter au titulaire
      Fiche : ▲ Ce champ est obligatoire pour valider votre formation. 0 / 255 Caractères
      Fiche : Résultats attendus de la formation : Expliquer ce que la formation apporte au titulaire
      Fiche : ▲ Ce champ est obligatoire pour valider votre formation. 0 / 3000 Caractères

      Quand j'ouvre la saisie d'une formation « Cléa »
      Alors le champ « <champ> » est vide
      Et le champ « <champ> » invite à « <invite> »
      Et sous le champ « <champ> », je lis « ▲ Ce champ est obligatoire pour valider votre formation. »
      Et sous le champ « <champ> », je lis « <compteur> »

      Exemples:
        | champ                              | invite                                             | compteur            |
        | Les points forts de la formation   | Résumé du contenu à présenter au titulaire         | 0 / 255 Caractères  |
        | Résultats attendus de la formation | Expliquer ce que la formation apporte au titulaire | 0 / 3000 Caractères |

    Scénario: Je complète les points forts de ma formation
      Fiche : Complétez les champs suivants : les points forts de votre formation, les résultats attendus

      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Quand je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Alors sous le champ « Les points forts de la formation », je lis « 14 / 255 Caractères »
      Et sous le champ « Les points forts de la formation », je ne lis plus « Ce champ est obligatoire »

    Scénario: Je complète les résultats attendus
      Fiche : Complétez les champs suivants : les points forts de votre formation, les résultats attendus

      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Quand je saisis « Oser prendre la parole » dans le champ « Résultats attendus de la formation »
      Alors sous le champ « Résultats attendus de la formation », je lis « 22 / 3000 Caractères »
      Et sous le champ « Résultats attendus de la formation », je ne lis plus « Ce champ est obligatoire »

  @etape_12
  Règle: Étape 12 - Sélectionnez le type de parcours adapté à votre offre

    Scénario: Quatre types de parcours me sont proposés
      Fiche : 96211 - Individualisé, 96212 - Modulaire, 96213 - Collectif, 96214 - Mixte

      Quand j'ouvre la saisie d'une formation « Cléa »
      Alors la liste « Type de parcours de formation » propose, dans cet ordre :
        | 96211 - Individualisé |
        | 96212 - Modulaire     |
        | 96213 - Collectif     |
        | 96214 - Mixte         |

    Scénario: Je sélectionne le type de parcours adapté à mon offre
      Fiche : Sélectionnez le type de parcours adapté à votre offre.
      Fiche : Type de parcours de formation : 96214 - Mixte

      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Quand je sélectionne « 96214 - Mixte » dans la liste « Type de parcours de formation »
      Alors la liste « Type de parcours de formation » indique « 96214 - Mixte »

  @etape_13
  Règle: Étape 13 - Enregistrez ou validez votre saisie
    Même si vous n'avez pas rempli tous les champs, vous pourrez enregistrer votre saisie en cliquant sur le
    bouton « Enregistrer les modifications ». Si des champs obligatoires pour valider la formation ne sont pas
    remplis, le bouton « Valider » reste inactif.

    Votre formation sera au statut « brouillon » dans votre catalogue.

    Si tous les champs obligatoires pour valider la formation sont remplis, le bouton « Valider » s'active :

    En cliquant sur le bouton « Valider », votre formation sera au statut « validée », c'est-à-dire conforme à vos
    critères de publication.

    Scénario: Trois boutons terminent la saisie
      Fiche : Enregistrez ou validez votre saisie
      Fiche : Annuler, Enregistrer les modifications, Valider

      Quand j'ouvre la saisie d'une formation « Cléa »
      Alors les boutons suivants sont proposés, dans cet ordre :
        | Annuler                       |
        | Enregistrer les modifications |
        | Valider                       |

    @parcours
    Scénario: J'enregistre ma saisie sans avoir rempli tous les champs
      Fiche : Même si vous n'avez pas rempli tous les champs, vous pourrez enregistrer votre saisie en cliquant sur le
      bouton « Enregistrer les modifications ».
      Fiche : Votre formation sera au statut « brouillon » dans votre catalogue.

      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_Identifiant » dans le champ « Votre identifiant interne de formation »
      Quand je clique sur « Enregistrer les modifications »
      Alors l'écran dit à quelle heure ma saisie est enregistrée
      Quand je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_Identifiant » est au statut « Brouillon » dans le catalogue

    Scénario: Le bouton « Valider » reste inactif tant qu'un champ obligatoire n'est pas rempli
      Fiche : Si des champs obligatoires pour valider la formation ne sont pas remplis, le bouton « Valider » reste
      inactif.

      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je remplis tous les champs sauf « Résultats attendus de la formation »
      Quand je saisis « Clea_Identifiant » dans le champ « Votre identifiant interne de formation »
      Alors le bouton « Valider » est inactif
      Et la liste « Pour valider » demande seulement « Résultats attendus de la formation »

    Scénario: Le bouton « Valider » s'active quand tous les champs obligatoires sont remplis
      Fiche : Si tous les champs obligatoires pour valider la formation sont remplis, le bouton « Valider » s'active :

      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je remplis tous les champs sauf « Résultats attendus de la formation »
      Quand je saisis « Oser prendre la parole » dans le champ « Résultats attendus de la formation »
      Alors le bouton « Valider » est actif

    @parcours
    Scénario: Je valide ma formation
      Fiche : En cliquant sur le bouton « Valider », votre formation sera au statut « validée », c'est-à-dire conforme
      à vos critères de publication.

      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je remplis tous les champs
      Et que je saisis « Clea_Identifiant » dans le champ « Votre identifiant interne de formation »
      Quand je clique sur « Valider »
      Alors je lis « cette formation est validée et le restera »
      Quand je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_Identifiant » est au statut « Validée » dans le catalogue

    @illustre
    Scénario: La carte de ma formation dit l'essentiel
      Fiche : Compétences Cléa - expression orale, Brouillon. Certification préparée : Socle de connaissances et de
      compétences professionnelles (CléA). Dernière modification : 23 septembre 2019. ID : Clea_Identifiant.
      Opérations.

      Étant donné que mon catalogue contient les formations :
        | identifiant      | intitulé                            | statut    | modifiée le       |
        | Clea_Identifiant | Compétences Cléa - expression orale | Brouillon | 23 septembre 2019 |
      Quand j'ouvre le catalogue
      Alors la carte « Compétences Cléa - expression orale » indique :
        | Brouillon                                                                                 |
        | Certification préparée : Socle de connaissances et de compétences professionnelles (CléA) |
        | Dernière modification : 23 septembre 2019                                                 |
        | ID : Clea_Identifiant                                                                     |
        | Opérations                                                                                |

  @etape_13
  Règle: Vous pouvez ensuite : modifier cette offre, créer des actions de formation puis des sessions
    Pour cela, consultez nos autres guides disponibles dans le menu « Mode d'emploi » !

    @reconstitue
    Scénario: Le message de validation dit ce que je peux faire ensuite
      Fiche : Vous pouvez ensuite : modifier cette offre, créer des actions de formation puis des sessions.

      Étant donné que mon catalogue contient le brouillon complet « Clea_Identifiant »
      Et que j'ouvre la formation « Clea_Identifiant »
      Quand je clique sur « Valider »
      Alors le message « conforme à vos critères de publication » s'affiche
      Et le message s'affiche :
        """
        Vous pouvez ensuite modifier cette offre, créer des actions de formation puis des sessions.
        """

    Scénario: Je crée une action de formation, puis une session
      Fiche : Vous pouvez ensuite : modifier cette offre, créer des actions de formation puis des sessions.

      Étant donné que mon catalogue contient la formation « Clea_Identifiant » au statut « Validée »
      Et que j'ouvre la formation « Clea_Identifiant »
      Quand je clique sur « Créer une action de formation »
      Et que je saisis « Toulouse » dans le champ « Numéro de l'action de formation »
      Et que je clique sur « Enregistrer »
      Et que je clique sur « Créer une session »
      Alors la page « Nouvelle session » s'affiche

    Scénario: Je modifie l'offre que j'ai validée
      Étant donné que mon catalogue contient la formation « Clea_Identifiant » au statut « Validée »
      Et que j'ouvre la formation « Clea_Identifiant »
      Et que je saisis « Petits groupes de six personnes » dans le champ « Les points forts de la formation »
      Quand je clique sur « Enregistrer les modifications »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_Identifiant » est au statut « Validée » dans le catalogue
      Et « Les points forts de la formation » de « Clea_Identifiant » est « Petits groupes de six personnes »

    Scénario: Je consulte les autres guides
      Fiche : Pour cela, consultez nos autres guides disponibles dans le menu « Mode d'emploi » !

      Étant donné que je suis sur la page « Catalogue »
      Quand je clique sur « Mode d'emploi » dans le menu
      Alors la page « Mode d'emploi » s'affiche
      Et le lien « Créer une formation « Cléa » » est proposé
      Et le lien « Créer une action de formation » est proposé
      Et le lien « Créer une session » est proposé
