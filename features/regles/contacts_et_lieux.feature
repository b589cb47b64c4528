# language: fr
@regles
Fonctionnalité: Mes contacts et mes lieux sont saisis une fois
  Un contact ou un lieu se choisit ensuite dans une liste, et se modifie à un seul endroit.

  Contexte:
    Étant donné que je gère le catalogue de mon organisme

  Règle: Un contact et un lieu s'enregistrent, même incomplets

    Scénario: Les lieux s'ouvrent par le menu
      Étant donné que je suis sur la page « Catalogue »
      Quand je clique sur « Lieux » dans le menu
      Alors la page « Lieux » s'affiche

    Scénario: J'ajoute un contact
      Étant donné que je suis sur la page « Contacts »
      Quand je clique sur « Ajouter un contact »
      Et que je saisis « Martin » dans le champ « Nom »
      Et que je saisis « Camille » dans le champ « Prénom »
      Et que je saisis « 05.61.00.00.00 » dans le champ « Téléphone »
      Et que je saisis « camille@exemple.example » dans le champ « Adresse électronique »
      Et que je clique sur « Enregistrer »
      Et que je clique sur « Voir les contacts »
      Alors la page « Contacts » s'affiche
      Et je lis « 05 61 00 00 00 »
      Et je lis « camille@exemple.example »
      Et je lis « Jamais utilisé »

    Scénario: Un contact sans téléphone s'enregistre, et le dit
      Étant donné que je suis sur la page « Contacts »
      Et que je clique sur « Ajouter un contact »
      Quand je saisis « Martin » dans le champ « Nom »
      Et que je clique sur « Enregistrer »
      Alors la page « Modifier le contact » s'affiche
      Et je lis « Il reste 3 points à compléter : ce qui renvoie à ce contact en a besoin. »

    Scénario: Deux téléphones dans une case ne deviennent pas un seul numéro
      Étant donné que je suis sur la page « Contacts »
      Et que je clique sur « Ajouter un contact »
      Quand je saisis « 01 23 45 67 89 / 06 11 » dans le champ « Téléphone »
      Et que je clique sur « Enregistrer »
      Alors je lis « Saisissez un seul numéro de téléphone dans cette case. »
      Et le champ « Téléphone » contient « 01 23 45 67 89 / 06 11 »

    Scénario: J'ajoute un lieu avec son contact
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Brouillon |         |                      |
      Et que je suis sur la page « Lieux »
      Quand je clique sur « Ajouter un lieu »
      Et que je saisis « Salle Loire » dans le champ « Nom du lieu »
      Et que je sélectionne « Nadia Roussel » dans la liste « Contact sur place »
      Et que je clique sur « Enregistrer »
      Et que je clique sur « Voir les lieux »
      Alors la page « Lieux » s'affiche
      Et je lis « Salle Loire »

    Scénario: Un contact commencé et non enregistré m'est proposé de nouveau
      Étant donné que je suis sur la page « Contacts »
      Et que je clique sur « Ajouter un contact »
      Et que je saisis « Martin » dans le champ « Nom »
      Quand je recharge la page
      Et que je reprends ma saisie
      Alors le champ « Nom » contient « Martin »

    Scénario: Un lecteur lit un lieu sans pouvoir le modifier
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Brouillon |         |                      |
      Et que je deviens lecteur du catalogue
      Et que je suis sur la page « Lieux »
      Quand je clique sur « Site Garonne »
      Alors la page « Lieu « Site Garonne » » s'affiche
      Et je lis « Nadia Roussel »
      Et « Enregistrer » n'est pas proposé

  Règle: Ce qui est utilisé ne se supprime pas

    Scénario: Un contact utilisé ne se supprime pas, et dit où il sert
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a les actions :
        | action | statut    | session | statut de la session |
        | Nantes | Brouillon |         |                      |
      Et que je suis sur la page « Contacts »
      Quand je clique sur « Supprimer Nadia Roussel »
      Alors le lien « Action « Nantes » » est proposé
      Et le lien « Lieu « Site Garonne » » est proposé
      Et « Supprimer définitivement » n'est pas proposé

    Scénario: Un contact que rien n'utilise se supprime
      Étant donné que je suis sur la page « Contacts »
      Et que je clique sur « Ajouter un contact »
      Et que je saisis « Martin » dans le champ « Nom »
      Et que je clique sur « Enregistrer »
      Et que je suis sur la page « Contacts »
      Quand je clique sur « Supprimer Martin »
      Et que je clique sur « Supprimer définitivement »
      Alors le message « Le contact « Martin » est supprimé. » s'affiche
      Et je lis « Vous n'avez encore aucun contact. »

    Scénario: Un contact supprimé pendant que je le modifie le dit, et garde ma saisie
      Étant donné que je suis sur la page « Contacts »
      Et que je clique sur « Ajouter un contact »
      Et que je saisis « Martin » dans le champ « Nom »
      Et que je clique sur « Enregistrer »
      Et que j'ouvre un deuxième onglet
      Et que je suis sur la page « Contacts »
      Et que je clique sur « Supprimer Martin »
      Et que je clique sur « Supprimer définitivement »
      Et que je reviens au premier onglet
      Et que je saisis « Directrice » dans le champ « Fonction »
      Quand je clique sur « Enregistrer »
      Alors l'alerte « Ce contact a été supprimé depuis l'ouverture de votre page : il n'existe plus. » s'affiche
      Et le champ « Fonction » contient « Directrice »

    Scénario: Un contact supprimé pendant que je le modifie se crée de nouveau avec ma saisie
      Étant donné que je suis sur la page « Contacts »
      Et que je clique sur « Ajouter un contact »
      Et que je saisis « Martin » dans le champ « Nom »
      Et que je clique sur « Enregistrer »
      Et que j'ouvre un deuxième onglet
      Et que je suis sur la page « Contacts »
      Et que je clique sur « Supprimer Martin »
      Et que je clique sur « Supprimer définitivement »
      Et que je reviens au premier onglet
      Et que je saisis « Directrice » dans le champ « Fonction »
      Et que je clique sur « Enregistrer »
      Quand je clique sur « Créer un contact avec cette saisie »
      Alors la page « Nouveau contact » s'affiche
      Et le champ « Fonction » contient « Directrice »

    Scénario: Un contact créé de nouveau s'enregistre
      Étant donné que je suis sur la page « Contacts »
      Et que je clique sur « Ajouter un contact »
      Et que je saisis « Martin » dans le champ « Nom »
      Et que je clique sur « Enregistrer »
      Et que j'ouvre un deuxième onglet
      Et que je suis sur la page « Contacts »
      Et que je clique sur « Supprimer Martin »
      Et que je clique sur « Supprimer définitivement »
      Et que je reviens au premier onglet
      Et que je saisis « Directrice » dans le champ « Fonction »
      Et que je clique sur « Enregistrer »
      Et que je clique sur « Créer un contact avec cette saisie »
      Quand je clique sur « Enregistrer »
      Et que je clique sur « Voir les contacts »
      Alors je lis « Directrice »

  Règle: Un contact ou un lieu qui change nomme ce qu'il laisse à revoir

    Scénario: Un contact que je prive de son adresse nomme ce qu'il laisse à revoir
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Et que je suis sur la page « Contacts »
      Et que je clique sur « Nadia Roussel »
      Et que je vide le champ « Adresse électronique »
      Quand je clique sur « Enregistrer »
      Alors l'alerte « À revoir à cause de ce contact : l'action « Nantes », la session « Mars ». » s'affiche
      Et je lis « Utilisé par 1 action et 1 lieu : ce que vous changez ici y change aussi. »
      Et je lis « À cause de ce contact, 1 action validée et 1 session validée sont à revoir »
      Et le lien « l'action « Nantes » » est proposé
      Et le lien « Action « Nantes », Lieu de formation » est proposé

    Scénario: Enregistrer un lieu et ajouter un contact ne tait pas ce qui est à revoir
      Étant donné que mon catalogue contient le brouillon complet « Clea_1 »
      Et que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Et que je suis sur la page « Lieux »
      Et que je clique sur « Site Garonne »
      Et que je vide le champ « Ville »
      Quand je clique sur « Enregistrer et ajouter un contact »
      Alors la page « Nouveau contact » s'affiche
      Et l'alerte « À revoir à cause du lieu « Site Garonne » : l'action « Nantes », la session « Mars ». » s'affiche
