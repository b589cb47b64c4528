# language: fr
@regles @reseau
Fonctionnalité: Je me reconnecte sans quitter ce que je faisais
  Ma session expire : l'écran me demande de me reconnecter par-dessus la page, puis ce que j'avais demandé se
  poursuit de lui-même. Une autre personne qui se connecte à ma place ne voit rien de ma saisie, et n'envoie rien.

  Contexte:
    Étant donné que j'ai un compte avec le mot de passe « une phrase assez longue »
    Et que je suis connecté
    Et que mon catalogue contient le brouillon complet « Clea_1 »

  Règle: Une fois reconnecté, ce que j'avais demandé se poursuit

    Scénario: Ma session expirée, l'écran me demande de me reconnecter avant d'enregistrer
      Étant donné que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Les points forts de la formation »
      Et que ma session expire
      Quand je clique sur « Enregistrer les modifications »
      Alors la question « Se reconnecter » s'affiche
      Et le champ « Adresse électronique » contient mon adresse
      Et la formation « Clea_1 » n'a pas changé

    Scénario: Ce que j'enregistrais s'enregistre, sans que je recommence
      Étant donné que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Les points forts de la formation »
      Et que ma session expire
      Et que je clique sur « Enregistrer les modifications »
      Quand je me connecte avec le mot de passe « une phrase assez longue »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_1 » est au statut « Brouillon » dans le catalogue
      Et « Les points forts de la formation » de « Clea_1 » est « Mon texte »

    Scénario: Ce que je validais se valide
      Étant donné que j'ouvre la formation « Clea_1 »
      Et que ma session expire
      Et que je clique sur « Valider »
      Quand je me connecte avec le mot de passe « une phrase assez longue »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_1 » est au statut « Validée » dans le catalogue

    Scénario: Le changement de type que je demandais se poursuit, avec mon texte
      Étant donné que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Et que ma session expire
      Et que je clique sur « Changer de type ou de certification »
      Quand je me connecte avec le mot de passe « une phrase assez longue »
      Et que je sélectionne « Bilan de compétences »
      Et que je clique sur « Suivant »
      Alors le champ « Contenu de la formation » contient « Mon texte »

    Scénario: L'identifiant que je vérifie n'est pas dit disponible avant que je me reconnecte
      Étant donné que j'ouvre la formation « Clea_1 »
      Et que je saisis « Clea_2 » dans le champ « Votre identifiant interne de formation »
      Et que ma session expire
      Quand je clique sur « Vérifier »
      Alors la question « Se reconnecter » s'affiche
      Et aucun message n'annonce que l'identifiant « Clea_2 » est disponible

    Scénario: L'identifiant que je vérifiais est vérifié
      Étant donné que j'ouvre la formation « Clea_1 »
      Et que je saisis « Clea_2 » dans le champ « Votre identifiant interne de formation »
      Et que ma session expire
      Et que je clique sur « Vérifier »
      Quand je me connecte avec le mot de passe « une phrase assez longue »
      Alors la question « Se reconnecter » n'est plus affichée
      Et le message « L'identifiant « Clea_2 » est disponible » s'affiche

    Scénario: La suppression que je confirmais se fait
      Étant donné que je suis sur la page « Catalogue »
      Et que je choisis l'opération « Supprimer » de la formation « Clea_1 »
      Et que ma session expire
      Et que je clique sur « Supprimer définitivement »
      Quand je me connecte avec le mot de passe « une phrase assez longue »
      Alors le catalogue affiche 0 formation
      Et mon catalogue est vide

    Scénario: L'archivage que je demandais se fait une seule fois
      Étant donné que je suis sur la page « Catalogue »
      Et que ma session expire
      Et que je choisis l'opération « Archiver » de la formation « Clea_1 »
      Quand je me connecte avec le mot de passe « une phrase assez longue »
      Alors le message « archivée » s'affiche
      Et la formation « Clea_1 » est enregistrée au statut « Archivée »

    Scénario: Reconnecté dans un autre onglet, je continue sans rien recommencer
      Étant donné que j'ouvre la formation « Clea_1 »
      Et que ma session expire
      Et que je me reconnecte dans un autre onglet
      Et que je saisis « Mon texte » dans le champ « Les points forts de la formation »
      Quand je clique sur « Enregistrer les modifications »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_1 » est au statut « Brouillon » dans le catalogue
      Et « Les points forts de la formation » de « Clea_1 » est « Mon texte »

    Scénario: Une question ouverte avant de me reconnecter dans un autre onglet reçoit sa réponse
      Étant donné que je suis sur la page « Catalogue »
      Et que je choisis l'opération « Supprimer » de la formation « Clea_1 »
      Et que ma session expire
      Et que je me reconnecte dans un autre onglet
      Quand je clique sur « Supprimer définitivement »
      Alors le catalogue affiche 0 formation
      Et mon catalogue est vide

  Règle: Tant que je ne suis pas reconnecté, rien n'est envoyé et rien n'est perdu

    Scénario: Un mot de passe refusé l'est sur place
      Étant donné que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Les points forts de la formation »
      Et que ma session expire
      Et que je clique sur « Enregistrer les modifications »
      Quand je me connecte avec le mot de passe « une phrase assez courte »
      Alors l'alerte « Adresse électronique ou mot de passe incorrect. » s'affiche
      Et la question « Se reconnecter » s'affiche
      Et la formation « Clea_1 » n'a pas changé

    Scénario: Après un mot de passe refusé, mon texte est encore là et s'enregistre
      Étant donné que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Les points forts de la formation »
      Et que ma session expire
      Et que je clique sur « Enregistrer les modifications »
      Et que je me connecte avec le mot de passe « une phrase assez courte »
      Quand je me connecte avec le mot de passe « une phrase assez longue »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_1 » est au statut « Brouillon » dans le catalogue
      Et « Les points forts de la formation » de « Clea_1 » est « Mon texte »

    Scénario: Trop de tentatives se dit sur place, avec la durée
      Étant donné que j'ouvre la formation « Clea_1 »
      Et que ma session expire
      Et que je clique sur « Enregistrer les modifications »
      Et que je me trompe 10 fois de mot de passe
      Quand je me connecte avec le mot de passe « une phrase assez longue »
      Alors l'alerte « Trop de tentatives : réessayez dans » s'affiche
      Et la question « Se reconnecter » s'affiche

    Scénario: La question se remet à plus tard, et l'écran dit que je ne suis plus connecté
      Étant donné que j'ouvre la formation « Clea_1 »
      Et que ma session expire
      Et que je saisis « Mon texte » dans le champ « Les points forts de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Quand je clique sur « Plus tard »
      Alors l'alerte « Vous n'êtes plus connecté » s'affiche

    Scénario: Remise à plus tard, la question ne revient pas à chaque frappe
      Étant donné que j'ouvre la formation « Clea_1 »
      Et que ma session expire
      Et que je saisis « Mon texte » dans le champ « Les points forts de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Et que je clique sur « Plus tard »
      Quand je saisis « Mon texte, encore » dans le champ « Les points forts de la formation »
      Et que j'appuie sur la touche « Tabulation »
      Alors la question « Se reconnecter » n'est plus affichée
      Et le champ « Les points forts de la formation » contient « Mon texte, encore »

    Scénario: Ce que j'ai saisi après avoir remis la question à plus tard s'enregistre
      Étant donné que j'ouvre la formation « Clea_1 »
      Et que ma session expire
      Et que je saisis « Mon texte » dans le champ « Les points forts de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Et que je clique sur « Plus tard »
      Et que je saisis « Mon texte, encore » dans le champ « Les points forts de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Quand je me connecte avec le mot de passe « une phrase assez longue »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_1 » est au statut « Brouillon » dans le catalogue
      Et « Les points forts de la formation » de « Clea_1 » est « Mon texte, encore »

  Règle: Une autre personne qui se connecte à ma place ne poursuit rien

    Scénario: Ma saisie n'est ni envoyée ni montrée
      Étant donné que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Et que ma session expire
      Et que je clique sur « Enregistrer les modifications »
      Quand une collègue se connecte à ma place avec le mot de passe « une phrase assez longue »
      Alors l'alerte « Vous êtes connecté en tant que Louise Essai » s'affiche
      Et je ne lis nulle part « Mon texte »
      Et la formation « Clea_1 » n'a pas changé

    Scénario: Ma saisie me reste
      Étant donné que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Et que ma session expire
      Et que je clique sur « Enregistrer les modifications »
      Et qu'une collègue se connecte à ma place avec le mot de passe « une phrase assez longue »
      Et que je me reconnecte dans un autre onglet
      Et que j'ouvre la formation « Clea_1 »
      Quand je reprends ma saisie
      Alors le champ « Contenu de la formation » contient « Mon texte »

    Scénario: Ma page n'enregistre rien en son nom, même remise à plus tard
      Étant donné que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Et que je deviens lecteur du catalogue
      Et que je clique sur « Enregistrer les modifications »
      Et que je clique sur « Plus tard »
      Quand je clique sur « Enregistrer les modifications »
      Alors la question « Se reconnecter » s'affiche
      Et la formation « Clea_1 » n'a pas changé

    Scénario: Ma page enregistre en mon nom dès que je me reconnecte
      Étant donné que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Et que je deviens lecteur du catalogue
      Et que je clique sur « Enregistrer les modifications »
      Et que je clique sur « Plus tard »
      Et que je clique sur « Enregistrer les modifications »
      Quand je me connecte avec le mot de passe « une phrase assez longue »
      Et que je clique sur « Voir dans le catalogue »
      Alors la formation « Clea_1 » est au statut « Brouillon » dans le catalogue
      Et « Contenu de la formation » de « Clea_1 » est « Mon texte »

    @sans_js
    Scénario: Sans JavaScript, mon texte n'est pas montré à qui s'est connecté depuis
      Étant donné que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Et que je deviens lecteur du catalogue
      Quand je clique sur « Enregistrer les modifications »
      Alors la page « Opération impossible » s'affiche
      Et je ne lis nulle part « Mon texte »
      Et la formation « Clea_1 » n'a pas changé

    @sans_js
    Scénario: Sans JavaScript non plus, ma saisie n'est ni envoyée ni montrée
      Étant donné que j'ouvre la formation « Clea_1 »
      Et que je saisis « Mon texte » dans le champ « Contenu de la formation »
      Et que ma session expire
      Et que je clique sur « Enregistrer les modifications »
      Quand une collègue se connecte à ma place avec le mot de passe « une phrase assez longue »
      Alors l'alerte « Vous êtes connecté en tant que Louise Essai » s'affiche
      Et je ne lis nulle part « Mon texte »
      Et la formation « Clea_1 » n'a pas changé
