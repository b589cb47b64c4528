# language: fr
@regles
Fonctionnalité: Je me connecte avec mon adresse et mon mot de passe
  Mon catalogue ne s'ouvre qu'à moi et à mon organisme. Un refus ne dit pas si l'adresse existe, trop de refus font
  attendre, et la page que je demandais s'ouvre une fois que je suis entré.

  Règle: Mon adresse et mon mot de passe ouvrent mon catalogue, et rien d'autre ne l'ouvre

    Scénario: Avec la bonne adresse et le bon mot de passe, j'arrive dans mon catalogue
      Étant donné que j'ai un compte avec le mot de passe « une phrase assez longue »
      Et que je suis sur la page « Se connecter »
      Quand je me connecte avec le mot de passe « une phrase assez longue »
      Alors la page « Catalogue » s'affiche
      Et mon nom est affiché

    Plan du scénario: Le mot de passe « <mot de passe> » est refusé
      Étant donné que j'ai un compte avec le mot de passe « une phrase assez longue »
      Et que je suis sur la page « Se connecter »
      Quand je me connecte avec le mot de passe « <mot de passe> »
      Alors l'alerte « Adresse électronique ou mot de passe incorrect. » s'affiche
      Et je n'ai pas accès au catalogue

      Exemples:
        | mot de passe            |
        | une phrase assez courte |
        | UNE PHRASE ASSEZ LONGUE |

    Scénario: Une adresse inconnue est refusée dans les mêmes termes
      Étant donné que je suis sur la page « Se connecter »
      Quand je me connecte avec l'adresse « inconnue@organisme.example »
      Alors l'alerte « Adresse électronique ou mot de passe incorrect. » s'affiche
      Et je n'ai pas accès au catalogue

    Scénario: La casse de mon adresse ne compte pas
      Étant donné que j'ai un compte avec le mot de passe « une phrase assez longue »
      Et que je suis sur la page « Se connecter »
      Quand je me connecte avec mon adresse en majuscules et le mot de passe « une phrase assez longue »
      Alors la page « Catalogue » s'affiche

    Scénario: Trop de tentatives ferment la porte un moment, même au bon mot de passe
      Étant donné que j'ai un compte avec le mot de passe « une phrase assez longue »
      Et que je me suis trompé 10 fois de mot de passe
      Quand je me connecte avec le mot de passe « une phrase assez longue »
      Alors l'alerte « Trop de tentatives : réessayez dans » s'affiche
      Et je n'ai pas accès au catalogue

    Scénario: Des inconnus qui se trompent ne ferment pas la porte au navigateur où je me suis déjà connecté
      Étant donné que j'ai un compte avec le mot de passe « une phrase assez longue »
      Et que je suis sur la page « Se connecter »
      Et que je me connecte avec le mot de passe « une phrase assez longue »
      Et que je clique sur « Se déconnecter »
      Et que des inconnus se trompent 10 fois de mot de passe pour mon compte
      Quand je me connecte avec le mot de passe « une phrase assez longue »
      Alors la page « Catalogue » s'affiche

    Scénario: Dans ce navigateur, mes propres erreurs se comptent, et l'écran dit combien de temps attendre
      Étant donné que j'ai un compte avec le mot de passe « une phrase assez longue »
      Et que je suis sur la page « Se connecter »
      Et que je me connecte avec le mot de passe « une phrase assez longue »
      Et que je clique sur « Se déconnecter »
      Et que je me trompe 10 fois de mot de passe
      Quand je me connecte avec le mot de passe « une phrase assez longue »
      Alors l'alerte « Trop de tentatives : réessayez dans 15 minutes. » s'affiche
      Et je n'ai pas accès au catalogue

    Scénario: Après la connexion, j'arrive sur la page que je demandais
      Étant donné que j'ai un compte avec le mot de passe « une phrase assez longue »
      Et que mon catalogue contient le brouillon complet « Clea_1 »
      Et que j'ouvre la formation « Clea_1 »
      Quand je me connecte avec le mot de passe « une phrase assez longue »
      Alors le champ « Votre identifiant interne de formation » contient « Clea_1 »

    Scénario: Le curseur est d'emblée là où je tape mon adresse
      Quand j'ouvre la page « Se connecter »
      Alors le clavier est dans le champ « Adresse électronique »

    Scénario: Après un refus, le curseur est au mot de passe
      Étant donné que j'ai un compte avec le mot de passe « une phrase assez longue »
      Et que je suis sur la page « Se connecter »
      Quand je me connecte avec le mot de passe « une phrase assez courte »
      Alors le clavier est dans le champ « Mot de passe »

    Scénario: La touche « Entrée » me connecte
      Étant donné que j'ai un compte avec le mot de passe « une phrase assez longue »
      Et que je suis sur la page « Se connecter »
      Et que je saisis mon adresse et le mot de passe « une phrase assez longue »
      Quand j'appuie sur la touche « Entrée »
      Alors la page « Catalogue » s'affiche

    @externe
    Scénario: La démonstration montre ses comptes et laisse entrer
      Étant donné que je suis sur la page « Se connecter »
      Quand je me connecte avec le compte de démonstration « gestionnaire@alpha.example »
      Alors la page « Catalogue » s'affiche
      Et la carte « Compétences Cléa - expression orale » indique :
        | Brouillon                                                                                 |
        | Certification préparée : Socle de connaissances et de compétences professionnelles (CléA) |
        | Dernière modification : 23 septembre 2019                                                 |

    @externe
    Scénario: Un compte de la démonstration s'ouvre d'un clic, sans rien saisir
      Étant donné que je suis sur la page « Se connecter »
      Quand j'entre par le bouton du compte de démonstration « lecteur@alpha.example »
      Alors la page « Catalogue » s'affiche
      Et je lis « Lecteur »

    @externe
    Scénario: La démonstration propose une visite à qui vient pour la première fois
      Étant donné que je suis sur la page « Se connecter »
      Quand je me connecte avec le compte de démonstration « gestionnaire@alpha.example »
      Alors je lis « C'est la première fois que vous venez ? »

    @externe
    Scénario: J'écarte la visite que propose la démonstration
      Étant donné que je suis sur la page « Se connecter »
      Et que je me connecte avec le compte de démonstration « gestionnaire@alpha.example »
      Quand je clique sur « Non merci »
      Alors je ne lis plus « C'est la première fois que vous venez ? »

    @externe
    Scénario: La visite que j'ai écartée ne m'est plus proposée
      Étant donné que je suis sur la page « Se connecter »
      Et que je me connecte avec le compte de démonstration « gestionnaire@alpha.example »
      Et que je clique sur « Non merci »
      Quand je recharge la page
      Alors je ne lis plus « C'est la première fois que vous venez ? »

    @externe
    Scénario: À côté d'une recherche, la démonstration ne propose pas la visite
      Étant donné que je suis sur la page « Se connecter »
      Et que je me connecte avec le compte de démonstration « gestionnaire@alpha.example »
      Quand je recherche « Voltaire »
      Alors je ne lis plus « C'est la première fois que vous venez ? »

  Règle: Une session fermée ou expirée n'ouvre plus rien

    Scénario: Une fois déconnecté, je n'ai plus accès au catalogue
      Étant donné que je gère le catalogue de mon organisme
      Et que je suis sur la page « Catalogue »
      Quand je clique sur « Se déconnecter »
      Alors la page « Se connecter » s'affiche
      Et je n'ai pas accès au catalogue

    Scénario: Une session expirée demande de se connecter, puis rend la page demandée
      Étant donné que j'ai un compte avec le mot de passe « une phrase assez longue »
      Et que je suis connecté
      Et que ma session expire
      Et que j'ouvre l'adresse d'une nouvelle formation
      Quand je me connecte avec le mot de passe « une phrase assez longue »
      Alors la page « Nouvelle offre de formation » s'affiche
