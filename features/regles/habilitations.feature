# language: fr
@regles
Fonctionnalité: Ma liste d'habilitations EDOF dit à quoi je peux former
  EDOF exporte la liste de mes habilitations à former. Importée ici, elle passe avant ce que publie
  France compétences : le contrôle dit ce qu'elle ne contient pas, et ce qui finit après elle. Rien n'est importé
  avant que j'aie vu ce qui change.

  Contexte:
    Étant donné que nous sommes le 28 novembre 2019
    Et que je gère le catalogue de mon organisme
    Et que mon catalogue contient la formation « Clea_1 » au statut « Validée »

  Règle: Rien n'est importé avant que j'aie vu ce que la liste change

    Scénario: Lire une liste montre ce qu'elle change
      Étant donné que je suis sur la page « Mon organisme »
      Et que je choisis la liste d'habilitations « liste.csv » :
        | Code certification | Intitulé certification | Etat de l'habilitation | Date fin habilitation |
        | RS2203             | CléA                   | Active                 | 31/12/2027            |
        | ?                  | Sans code              | Active                 |                       |
      Quand je clique sur « Lire la liste »
      Alors la page « Importer cette liste ? » s'affiche
      Et je lis « C'est votre première liste. »
      Et je lis « jusqu'au 31 décembre 2027 »
      Et je lis « Ligne 3 : « ? » n'est pas un code de certification. »

    Scénario: Une liste lue peut n'être pas importée
      Étant donné que je suis sur la page « Mon organisme »
      Et que je choisis la liste d'habilitations « liste.csv » :
        | Code certification | Intitulé certification | Etat de l'habilitation | Date fin habilitation |
        | RS2203             | CléA                   | Active                 | 31/12/2027            |
        | ?                  | Sans code              | Active                 |                       |
      Et que je clique sur « Lire la liste »
      Quand je clique sur « Ne rien importer »
      Alors je lis « Aucune liste importée »

    Scénario: La liste importée dit d'où elle vient, et qui l'a importée
      Étant donné que je suis sur la page « Mon organisme »
      Et que je choisis la liste d'habilitations « liste.csv » :
        | Code certification | Etat de l'habilitation |
        | RS2203             | Active                 |
      Et que je clique sur « Lire la liste »
      Quand je clique sur « Importer cette liste »
      Alors le message « Votre liste d'habilitations est importée : 1 certification. » s'affiche
      Et je lis « Liste EDOF du 28 novembre 2019 : 1 certification. »
      Et je lis « par Camille »

    Scénario: La liste suivante dit ce qu'elle change à celle qu'elle remplace
      Étant donné que je suis sur la page « Mon organisme »
      Et que je choisis la liste d'habilitations « liste.csv » :
        | Code certification | Etat de l'habilitation |
        | RS2203             | Active                 |
        | RS3936             | Active                 |
      Et que je clique sur « Lire la liste »
      Et que je clique sur « Importer cette liste »
      Et que je choisis la liste d'habilitations « suite.csv » :
        | Code certification | Etat de l'habilitation |
        | RS2203             | Inactive               |
        | RS313              | Active                 |
      Quand je clique sur « Lire la liste »
      Alors je lis « 1 nouvelle, 1 changée, 1 retirée, 0 inchangée. »

    Scénario: Le choix du fichier se dit en français
      Quand j'ouvre la page « Mon organisme »
      Alors je lis « Choisir un fichier »
      Et je lis « Aucun fichier choisi »

    Scénario: Le fichier que j'ai choisi est nommé
      Étant donné que je suis sur la page « Mon organisme »
      Quand je choisis la liste d'habilitations « liste.csv » :
        | Code certification |
        | RS2203             |
      Alors je lis « liste.csv »
      Et je ne lis plus « Aucun fichier choisi »

    @sans_js
    Scénario: Un classeur n'est pas une liste, et le champ dit quoi faire
      Étant donné que je suis sur la page « Mon organisme »
      Et que je choisis le classeur « liste.xlsx » comme liste d'habilitations
      Quand je clique sur « Lire la liste »
      Alors je lis « enregistrez la liste au format CSV »

    Scénario: La liste d'un autre organisme est refusée
      Étant donné que je suis sur la page « Mon organisme »
      Et que je choisis la liste d'habilitations « 35600000000048_AU_23112019.csv » :
        | Code certification | Etat de l'habilitation |
        | RS2203             | Active                 |
      Quand je clique sur « Lire la liste »
      Alors l'alerte « Cette liste est celle du SIRET 35600000000048 » s'affiche

  Règle: Le contrôle sait ce que dit la liste

    Scénario: Une certification absente de la liste est signalée
      Étant donné que je suis sur la page « Mon organisme »
      Et que je choisis la liste d'habilitations « liste.csv » :
        | Code certification | Etat de l'habilitation |
        | RS3936             | Active                 |
      Et que je clique sur « Lire la liste »
      Et que je clique sur « Importer cette liste »
      Quand j'ouvre la page « Contrôle du catalogue »
      Alors je lis « RS2203 : absent de votre liste d'habilitations EDOF du 28 novembre 2019. »

    Scénario: La formation dont la certification est absente de la liste est à un clic, et le dit
      Étant donné que je suis sur la page « Mon organisme »
      Et que je choisis la liste d'habilitations « liste.csv » :
        | Code certification | Etat de l'habilitation |
        | RS3936             | Active                 |
      Et que je clique sur « Lire la liste »
      Et que je clique sur « Importer cette liste »
      Et que je suis sur la page « Contrôle du catalogue »
      Quand je clique sur « Certification préparée »
      Alors la page « Formation Clea_1 » s'affiche
      Et je lis « RS2203 : absent de votre liste d'habilitations EDOF du 28 novembre 2019. »

    Scénario: Une habilitation sans effet est signalée avec les mots du portail
      Étant donné que je suis sur la page « Mon organisme »
      Et que je choisis la liste d'habilitations « liste.csv » :
        | Code certification | Etat de l'habilitation |
        | RS2203             | Suspendue              |
      Et que je clique sur « Lire la liste »
      Et que je clique sur « Importer cette liste »
      Quand j'ouvre la formation « Clea_1 »
      Alors je lis « RS2203 : habilitation « Suspendue » dans votre liste EDOF du 28 novembre 2019. »

    Scénario: Qui peut évaluer sans former en est averti sur la fiche
      Étant donné que mon catalogue contient le brouillon complet « Clea_2 » sur la certification « RS3936 »
      Et que France compétences publie que mon organisme peut seulement évaluer pour « RS3936 »
      Quand j'ouvre la formation « Clea_2 »
      Alors je lis « Votre organisme n'est habilité qu'à organiser l'évaluation : il ne peut pas former. »

    Scénario: Qui peut évaluer sans former en est averti au contrôle du catalogue
      Étant donné que mon catalogue contient le brouillon complet « Clea_2 » sur la certification « RS3936 »
      Et que France compétences publie que mon organisme peut seulement évaluer pour « RS3936 »
      Quand j'ouvre la page « Contrôle du catalogue »
      Alors je lis « Votre organisme n'est habilité qu'à organiser l'évaluation : il ne peut pas former. »

    Plan du scénario: Une fiche qui ne nomme aucun partenaire ne dit rien de mon habilitation <où>
      Étant donné que mon catalogue contient le brouillon complet « Clea_2 » sur la certification « RS2203 »
      Quand <geste>
      Alors la page « <page> » s'affiche
      Et je ne lis nulle part « habilité »

      Exemples:
        | où            | geste                                   | page                  |
        | sur la fiche  | j'ouvre la formation « Clea_2 »         | Formation Clea_2      |
        | au contrôle   | j'ouvre la page « Contrôle du catalogue » | Contrôle du catalogue |

    Scénario: Une session qui finit après l'habilitation est signalée
      Étant donné que la formation « Clea_1 » a les actions :
        | action | statut  | session | statut de la session |
        | Nantes | Validée | Mars    | Validée              |
      Et que je suis sur la page « Mon organisme »
      Et que je choisis la liste d'habilitations « liste.csv » :
        | Code certification | Etat de l'habilitation | Date fin habilitation |
        | RS2203             | Active                 | 03/03/2027            |
      Et que je clique sur « Lire la liste »
      Et que je clique sur « Importer cette liste »
      Quand j'ouvre la formation « Clea_1 »
      Alors je lis « La session finit après votre habilitation, qui va jusqu'au 3 mars 2027. »

    Scénario: Un lecteur voit la liste et n'importe rien
      Étant donné que je deviens lecteur du catalogue
      Quand j'ouvre la page « Mon organisme »
      Alors je lis « Aucune liste importée »
      Et « Lire la liste » n'est pas proposé
