# language: fr
@regles
Fonctionnalité: Un texte collé depuis un autre logiciel se lit comme il a été écrit
  Word, PowerPoint et les pages du web laissent dans ce qu'on copie leurs puces, leurs fins de ligne et des signes
  que personne ne voit. Ce qui a un sens est gardé, le reste s'en va ; ce qui ferait mentir le texte est refusé
  à sa place, et se retire d'un clic.

  Contexte:
    Étant donné que je gère le catalogue de mon organisme
    Et que mon catalogue contient le brouillon complet « Clea_1 »
    Et que j'ouvre la formation « Clea_1 »

  Règle: Les puces et les fins de ligne deviennent du texte

    Scénario: Une liste à puces devient une liste à tirets
      Étant donné que je colle une liste à puces de Word dans le champ « Contenu de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Quand j'ouvre la formation « Clea_1 »
      Alors le champ « Contenu de la formation » contient :
        """
        Au programme :
        - Écouter
          - Reformuler
        - Argumenter
        """

    Scénario: Des lignes de PowerPoint restent des lignes
      Étant donné que je colle deux lignes de PowerPoint dans le champ « Contenu de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Quand j'ouvre la formation « Clea_1 »
      Alors le champ « Contenu de la formation » contient :
        """
        Écouter
        Reformuler
        """

    Scénario: Dans un champ d'une ligne, une fin de ligne de PowerPoint est une espace
      Étant donné que je colle deux lignes de PowerPoint dans le champ « Intitulé de la formation »
      Quand je clique sur « Enregistrer les modifications »
      Alors « Intitulé de la formation » de « Clea_1 » est « Écouter Reformuler »

  Règle: Ce qui ne se voit pas ne compte pas

    Plan du scénario: Le compteur de <collage> annonce <nombre> caractères
      Quand je colle <collage> dans le champ « Les points forts de la formation »
      Alors sous le champ « Les points forts de la formation », je lis « <nombre> / 255 Caractères »

      Exemples:
        | collage                               | nombre |
        | un mot aux césures invisibles         | 11     |
        | un mot entouré d'espaces sans largeur | 7      |
        | un émoji fait de deux signes          | 3      |

    Plan du scénario: Enregistré, <collage> compte <nombre> caractères
      Étant donné que je colle <collage> dans le champ « Les points forts de la formation »
      Quand je clique sur « Enregistrer les modifications »
      Alors « Les points forts de la formation » de « Clea_1 » compte <nombre> caractères

      Exemples:
        | collage                               | nombre |
        | un mot aux césures invisibles         | 11     |
        | un mot entouré d'espaces sans largeur | 7      |
        | un émoji fait de deux signes          | 3      |

  Règle: Ce qui est refusé l'est à sa place, et se retire

    Scénario: Un signe qui retourne le texte est montré à sa place, et empêche de valider
      Quand je colle un signe qui retourne le texte dans le champ « Contenu de la formation »
      Alors sous le champ « Contenu de la formation », je lis « ligne 3, caractère 13, dans « Communiquer ▯à l'oral ». »
      Et le bouton « Valider » est inactif

    Scénario: Un signe qui retourne le texte se retire d'un clic
      Étant donné que je colle un signe qui retourne le texte dans le champ « Contenu de la formation »
      Quand je clique sur « Retirer »
      Alors le message « 1 caractère refusé est retiré du champ « Contenu de la formation ». » s'affiche
      Et le champ « Contenu de la formation » contient :
        """
        Écouter
        Reformuler
        Communiquer à l'oral
        """
      Et le champ « Contenu de la formation » attend ma saisie
      Et sous le champ « Contenu de la formation », je ne lis plus « caractère invisible »
      Et le bouton « Valider » est actif

    Scénario: Retirer ne change rien d'autre, et n'enregistre rien
      Étant donné que je saisis « Petits groupes » dans le champ « Les points forts de la formation »
      Et que je colle un signe qui retourne le texte dans le champ « Objectif de la formation »
      Quand je clique sur « Retirer »
      Alors le champ « Les points forts de la formation » contient « Petits groupes »
      Et la formation « Clea_1 » n'a pas changé

    @sans_js
    Scénario: Sans JavaScript, un signe refusé se retire de la même façon
      Étant donné que je colle un signe qui retourne le texte dans le champ « Contenu de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Quand je clique sur « Retirer »
      Alors le message « 1 caractère refusé est retiré du champ « Contenu de la formation ». » s'affiche

    @sans_js
    Scénario: Sans JavaScript, le texte s'enregistre une fois le signe retiré
      Étant donné que je colle un signe qui retourne le texte dans le champ « Contenu de la formation »
      Et que je clique sur « Enregistrer les modifications »
      Et que je clique sur « Retirer »
      Quand je clique sur « Enregistrer les modifications »
      Alors « Contenu de la formation » de « Clea_1 » compte 39 caractères
