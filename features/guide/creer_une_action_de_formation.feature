# language: fr
@guide @hors_source
Fonctionnalité: Créer une action de formation
  Ce guide est le nôtre : aucune fiche publique du portail sur cette saisie n'a été trouvée. Il suit les quatre groupes
  de la page officielle, l'ordre et les mots de ce produit.

  Une action dit où, comment, à quel prix et avec qui votre formation se donne. Elle se saisit sous la formation, et
  ses sessions se saisissent ensuite sous elle. Un brouillon s'enregistre à tout moment.

  D'abord : Créer une formation « Cléa ».

  Contexte:
    Étant donné que nous sommes le 28 novembre 2019
    Et que je gère le catalogue de mon organisme

  Règle: Voici les étapes à suivre :

    @visite
    Scénario: Je crée et je valide une action de formation en suivant le guide
      Étant donné que j'ouvre la saisie d'une formation « Cléa »
      Et que je saisis « Clea_Identifiant » dans le champ « Votre identifiant interne de formation »
      Et que je saisis « Compétences Cléa - expression orale » dans le champ « Intitulé de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Et que je suis sur la page « Catalogue »
      Quand je clique sur « Contacts » dans le menu
      Et que je clique sur « Ajouter un contact »
      Et que je saisis « Roussel » dans le champ « Nom »
      Et que je saisis « Nadia » dans le champ « Prénom »
      Et que je saisis « 05 36 49 12 30 » dans le champ « Téléphone »
      Et que je saisis « nadia.roussel@alpha.example » dans le champ « Adresse électronique »
      Et que je clique sur « Enregistrer »
      Alors la page « Modifier le contact » s'affiche
      Quand je clique sur « Lieux » dans le menu
      Et que je clique sur « Ajouter un lieu »
      Et que je saisis « Site Garonne » dans le champ « Nom du lieu »
      Et que je sélectionne « Nadia Roussel » dans la liste « Contact sur place »
      Et que je saisis « des Essais » dans le champ « Libellé de la voie »
      Et que je saisis « 31000 » dans le champ « Code postal »
      Et que je saisis « Toulouse » dans le champ « Ville »
      Et que je clique sur « Enregistrer »
      Alors je lis « Tout est rempli. »
      Quand je clique sur « Catalogue » dans le menu
      Et que je clique sur « Compétences Cléa - expression orale »
      Et que je clique sur « Créer une action de formation »
      Alors la page « Nouvelle action de formation » s'affiche
      Quand je saisis « Toulouse » dans le champ « Numéro de l'action de formation »
      Et que je sélectionne « Formation entièrement présentielle » dans la liste « Modalités d'enseignement »
      Et que je sélectionne « Site Garonne » dans la liste « Lieu de formation »
      Et que je saisis « 35 h » dans le champ « Durée totale, en heures »
      Et que je sélectionne « En journée »
      Et que je sélectionne « Non » dans la liste « Conditions spécifiques ou prérequis à l'inscription »
      Et que je sélectionne « Après entretien »
      Et que je sélectionne « 20 % » dans la liste « Taux de TVA »
      Et que je saisis « 1 000 € » dans le champ « Frais pédagogiques hors taxes »
      Et que je sélectionne « Nadia Roussel » dans la liste « Contact pour s'informer »
      Et que je saisis « Ascenseur, référente handicap sur place. » dans le champ « Accès handicapés »
      Alors le récapitulatif indique :
        | Organisation Complet           |
        | Prérequis et admission Complet |
        | Prix Complet                   |
        | Informations pratiques Complet |
      Quand je clique sur « Valider »
      Alors le message « L'action « Toulouse » est validée. Vous pouvez ensuite créer des sessions. » s'affiche

  Règle: Étape 1 - Saisissez vos contacts et vos lieux, une fois
    Dans le menu, « Contacts » et « Lieux » gardent les personnes à joindre et les adresses. Vous les choisissez ensuite
    dans une liste, et vous les modifiez à un seul endroit.

    @illustre
    Scénario: J'ajoute un contact pour mes actions
      Étant donné que je suis sur la page « Catalogue »
      Quand je clique sur « Contacts » dans le menu
      Et que je clique sur « Ajouter un contact »
      Et que je saisis « Roussel » dans le champ « Nom »
      Et que je saisis « Nadia » dans le champ « Prénom »
      Et que je saisis « 05 36 49 12 30 » dans le champ « Téléphone »
      Et que je saisis « nadia.roussel@alpha.example » dans le champ « Adresse électronique »
      Et que je clique sur « Enregistrer »
      Alors la page « Modifier le contact » s'affiche
      Et je lis « Tout est rempli. »

    @illustre
    Scénario: J'ajoute un lieu, avec la personne à joindre sur place
      Étant donné que je suis sur la page « Contacts »
      Et que je clique sur « Ajouter un contact »
      Et que je saisis « Roussel » dans le champ « Nom »
      Et que je saisis « Nadia » dans le champ « Prénom »
      Et que je saisis « 05 36 49 12 30 » dans le champ « Téléphone »
      Et que je saisis « nadia.roussel@alpha.example » dans le champ « Adresse électronique »
      Et que je clique sur « Enregistrer »
      Et que je suis sur la page « Lieux »
      Quand je clique sur « Ajouter un lieu »
      Et que je saisis « Site Garonne » dans le champ « Nom du lieu »
      Et que je sélectionne « Nadia Roussel » dans la liste « Contact sur place »
      Et que je saisis « des Essais » dans le champ « Libellé de la voie »
      Et que je saisis « 31000 » dans le champ « Code postal »
      Et que je saisis « Toulouse » dans le champ « Ville »
      Et que je clique sur « Enregistrer »
      Alors je lis « Tout est rempli. »

  Règle: Étape 2 - Ouvrez votre formation et cliquez sur « Créer une action de formation »
    Les actions d'une formation se trouvent au bas de sa page, sous « Actions et sessions ».

    @illustre
    Scénario: J'ouvre une nouvelle action de formation
      Étant donné que mon catalogue contient les formations :
        | identifiant      | intitulé                            | statut  |
        | Clea_Identifiant | Compétences Cléa - expression orale | Validée |
      Et que j'ouvre la formation « Clea_Identifiant »
      Quand je clique sur « Créer une action de formation »
      Alors la page « Nouvelle action de formation » s'affiche
      Et le récapitulatif indique :
        | Organisation 5 points à compléter           |
        | Prérequis et admission 2 points à compléter |
        | Prix 3 points à compléter                   |
        | Informations pratiques 2 points à compléter |

  Règle: Étape 3 - Remplissez « Organisation »
    Le numéro est votre code interne. Dites ensuite où et comment la formation se donne, sa durée et son rythme. Deux choix sont déjà
    faits, le français et les dates fixes : changez-les si besoin.

    @illustre
    Scénario: Je dis où et comment la formation se donne
      Étant donné que mon catalogue contient les formations :
        | identifiant      | intitulé                            | statut  |
        | Clea_Identifiant | Compétences Cléa - expression orale | Validée |
      Et que la formation « Clea_Identifiant » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Brouillon |         |                      |
      Et que j'ouvre la formation « Clea_Identifiant »
      Et que je clique sur « Créer une action de formation »
      Quand je saisis « Toulouse » dans le champ « Numéro de l'action de formation »
      Et que je sélectionne « Formation entièrement présentielle » dans la liste « Modalités d'enseignement »
      Et que je sélectionne « Site Garonne » dans la liste « Lieu de formation »
      Et que je sélectionne « En journée »
      Et que je saisis « 35 h » dans le champ « Durée totale, en heures »
      Alors le récapitulatif indique :
        | Organisation Complet |

    Scénario: Il me manque un lieu
      Étant donné que mon catalogue contient les formations :
        | identifiant      | intitulé                            | statut  |
        | Clea_Identifiant | Compétences Cléa - expression orale | Validée |
      Et que j'ouvre la formation « Clea_Identifiant »
      Et que je clique sur « Créer une action de formation »
      Et que je saisis « Toulouse » dans le champ « Numéro de l'action de formation »
      Quand je clique sur « Enregistrer et ajouter un lieu »
      Alors la page « Nouveau lieu » s'affiche
      Et le lien « Revenir à la saisie » est proposé

  Règle: Étape 4 - Remplissez « Prérequis et admission »
    Dites s'il y a des prérequis, et comment les personnes sont admises. Aucun niveau d'entrée n'est exigé, sauf si vous
    le dites.

    @illustre
    Scénario: Je dis comment les personnes sont admises
      Étant donné que mon catalogue contient les formations :
        | identifiant      | intitulé                            | statut  |
        | Clea_Identifiant | Compétences Cléa - expression orale | Validée |
      Et que j'ouvre la formation « Clea_Identifiant »
      Et que je clique sur « Créer une action de formation »
      Quand je sélectionne « Après entretien »
      Et que je sélectionne « Non » dans la liste « Conditions spécifiques ou prérequis à l'inscription »
      Alors le récapitulatif indique :
        | Prérequis et admission Complet |

    Scénario: Des prérequis annoncés se décrivent
      Étant donné que mon catalogue contient les formations :
        | identifiant      | intitulé                            | statut  |
        | Clea_Identifiant | Compétences Cléa - expression orale | Validée |
      Et que j'ouvre la formation « Clea_Identifiant »
      Et que je clique sur « Créer une action de formation »
      Quand je sélectionne « Oui » dans la liste « Conditions spécifiques ou prérequis à l'inscription »
      Alors sous le champ « Conditions spécifiques », je lis « Décrivez les conditions spécifiques ou prérequis annoncés. »

  Règle: Étape 5 - Remplissez « Prix »
    Choisissez le taux de TVA, puis saisissez le prix hors taxes ou le prix toutes taxes comprises : l'autre se calcule,
    au centime.

    @illustre
    Scénario: Le prix toutes taxes comprises se calcule
      Étant donné que mon catalogue contient les formations :
        | identifiant      | intitulé                            | statut  |
        | Clea_Identifiant | Compétences Cléa - expression orale | Validée |
      Et que j'ouvre la formation « Clea_Identifiant »
      Et que je clique sur « Créer une action de formation »
      Quand je sélectionne « 20 % » dans la liste « Taux de TVA »
      Et que je saisis « 1 000 € » dans le champ « Frais pédagogiques hors taxes »
      Alors sous le champ « Frais pédagogiques toutes taxes comprises », je lis « À l'enregistrement : 1 200,00 €, calculés. »
      Et le récapitulatif indique :
        | Prix Complet |

  Règle: Étape 6 - Remplissez « Informations pratiques »
    Choisissez la personne que joint un titulaire qui se renseigne, et dites comment une personne en situation de handicap
    accède à la formation. Le reste est facultatif.

    @illustre
    Scénario: Je dis qui joindre et comment accéder
      Étant donné que mon catalogue contient les formations :
        | identifiant      | intitulé                            | statut  |
        | Clea_Identifiant | Compétences Cléa - expression orale | Validée |
      Et que la formation « Clea_Identifiant » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Brouillon |         |                      |
      Et que j'ouvre la formation « Clea_Identifiant »
      Et que je clique sur « Créer une action de formation »
      Quand je sélectionne « Nadia Roussel » dans la liste « Contact pour s'informer »
      Et que je saisis « Ascenseur, référente handicap sur place. » dans le champ « Accès handicapés »
      Alors le récapitulatif indique :
        | Informations pratiques Complet |

  Règle: Étape 7 - Lisez le récapitulatif, puis cliquez sur « Valider »
    Le récapitulatif, au bas de la page, dit où en est chaque groupe et ce qui y est saisi. « Valider » devient actif quand
    rien ne manque ; « Enregistrer » garde un brouillon à tout moment.

    @illustre
    Scénario: Je valide mon action
      Étant donné que mon catalogue contient les formations :
        | identifiant      | intitulé                            | statut  |
        | Clea_Identifiant | Compétences Cléa - expression orale | Validée |
      Et que la formation « Clea_Identifiant » a les actions :
        | action   | statut    | session | statut de la session |
        | Toulouse | Brouillon |         |                      |
      Et que j'ouvre la formation « Clea_Identifiant »
      Et que je clique sur le lien « Modifier » de l'action « Toulouse »
      Quand je clique sur « Valider »
      Alors le message « L'action « Toulouse » est validée. Vous pouvez ensuite créer des sessions. » s'affiche

    Scénario: De mon action validée, je passe à une session
      Étant donné que mon catalogue contient les formations :
        | identifiant      | intitulé                            | statut  |
        | Clea_Identifiant | Compétences Cléa - expression orale | Validée |
      Et que la formation « Clea_Identifiant » a les actions :
        | action   | statut    | session | statut de la session |
        | Toulouse | Brouillon |         |                      |
      Et que j'ouvre la formation « Clea_Identifiant »
      Et que je clique sur le lien « Modifier » de l'action « Toulouse »
      Et que je clique sur « Valider »
      Quand je clique sur « Créer une session »
      Alors la page « Nouvelle session » s'affiche
