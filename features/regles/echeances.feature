# language: fr
@regles
Fonctionnalité: Ce qui prend fin se voit à temps
  Une certification est enregistrée pour quelques années. Le catalogue dit celles qui prennent fin
  dans les 180 jours ; l'échéancier les range et propose celle qui remplace.

  Contexte:
    Étant donné que nous sommes le 23 novembre 2026
    Et que je gère le catalogue de mon organisme

  Scénario: La carte dit dans combien de jours la certification expire
    Étant donné que mon catalogue contient le brouillon complet « Secours » sur la certification « RS5719 »
    Quand j'ouvre le catalogue
    Alors je lis « Expire dans 38 jours »

  Scénario: L'échéancier range ce qui prend fin
    Étant donné que mon catalogue contient le brouillon complet « Secours » sur la certification « RS5719 »
    Et que je suis sur la page « Catalogue »
    Quand je clique sur « Échéancier »
    Alors la page « Échéancier » s'affiche
    Et le titre « Dans les 90 jours » s'affiche
    Et je lis « prend fin le 31 décembre 2026 »

  Scénario: L'échéancier propose la certification qui remplace
    Étant donné que mon catalogue contient le brouillon complet « Blockchain » sur la certification « RS5000 »
    Et que je suis sur la page « Catalogue »
    Et que je clique sur « Échéancier »
    Quand je clique sur « Créer une formation qui prépare RS6604 »
    Alors la certification visée est « Exploiter la blockchain dans le développement d'applications »

  Scénario: Quand celle qui remplace prend fin bientôt elle aussi, je le sais avant de choisir
    Étant donné que nous sommes le 1er avril 2029
    Et que mon catalogue contient le brouillon complet « Blockchain » sur la certification « RS5000 »
    Et que je suis sur la page « Catalogue »
    Quand je clique sur « Échéancier »
    Alors je lis « RS5000 est remplacée par RS6604 »
    Et je lis « dont l'enregistrement prend fin le 26 avril 2029 (dans 25 jours). »

  Scénario: L'échéancier remplace la certification dans la formation, et les textes restent
    Étant donné que mon catalogue contient le brouillon complet « Blockchain » sur la certification « RS5000 »
    Et que je suis sur la page « Catalogue »
    Et que je clique sur « Échéancier »
    Quand je clique sur « Remplacer dans cette formation »
    Alors le titre « Ce que change votre choix » s'affiche
    Et le bouton « Valider » est actif

  Scénario: Une certification remplacée par une autre que le registre ne connaît pas la nomme quand même
    Étant donné que mon catalogue contient le brouillon complet « Finition » sur la certification « RNCP35809 »
    Et que je suis sur la page « Catalogue »
    Quand je clique sur « Échéancier »
    Alors je lis « RNCP35809 est remplacée par RNCP41827, que ce registre ne connaît pas encore. »

  Scénario: Sans succession attestée, les certifications Cléa connues sont à vérifier
    Étant donné que mon catalogue contient le brouillon complet « Clea_1 » sur la certification « RS2203 »
    Et que je suis sur la page « Catalogue »
    Quand je clique sur « Échéancier »
    Alors je lis « Aucune source ne dit ce qui remplace RS2203. »
    Et je lis « RS5616 – Socle de connaissances et de compétences professionnelles numérique (CléA Numérique) : à vérifier (active au 15 mai 2026, échéance inconnue). »

  Scénario: Ce qui est à vérifier se prend depuis l'échéancier comme depuis la formation
    Étant donné que mon catalogue contient le brouillon complet « Clea_1 » sur la certification « RS2203 »
    Et que je suis sur la page « Échéancier »
    Quand je clique sur « Remplacer par RS7003 dans cette formation »
    Alors le titre « Ce que change votre choix » s'affiche
    Et le bouton « Valider » est actif

  Scénario: Sans échéance, l'échéancier le dit
    Étant donné que mon catalogue contient la formation « Clea_1 » au statut « Archivée »
    Et que je suis sur la page « Catalogue »
    Quand je clique sur « Échéancier »
    Alors je lis « Aucune échéance dans les 180 jours »

  Scénario: L'échéancier archive une formation d'un clic
    Étant donné que mon catalogue contient le brouillon complet « Blockchain » sur la certification « RS5000 »
    Et que je suis sur la page « Catalogue »
    Et que je clique sur « Échéancier »
    Quand je clique sur « Archiver Formation Blockchain »
    Alors le message « est archivée » s'affiche
    Et la page « Échéancier » s'affiche
    Et la formation « Blockchain » est enregistrée au statut « Archivée »

  Scénario: L'échéancier mène aux formations à changer ensemble
    Étant donné que mon catalogue contient le brouillon complet « Blockchain » sur la certification « RS5000 »
    Et que mon catalogue contient le brouillon complet « Chaine_2 » sur la certification « RS5000 »
    Et que mon catalogue contient la formation « Clea_1 »
    Et que je suis sur la page « Catalogue »
    Et que je clique sur « Échéancier »
    Quand je clique sur « Choisir parmi les formations qui préparent RS5000, pour agir sur plusieurs à la fois »
    Alors je lis « Formation Blockchain »
    Et je ne lis pas « Formation Clea_1 »
    Et je lis « Formations qui préparent RS5000 – Exploiter la blockchain dans le développement d'applications »

  Scénario: Le filtre par certification se lève là où l'on choisit, et le choix reste
    Étant donné que mon catalogue contient le brouillon complet « Blockchain » sur la certification « RS5000 »
    Et que mon catalogue contient le brouillon complet « Chaine_2 » sur la certification « RS5000 »
    Et que mon catalogue contient la formation « Clea_1 »
    Et que je suis sur la page « Échéancier »
    Et que je clique sur « Choisir parmi les formations qui préparent RS5000, pour agir sur plusieurs à la fois »
    Et que je coche « Formation Blockchain Brouillon ID : Blockchain »
    Quand je clique sur « Lever ce filtre : Formations qui préparent RS5000 – Exploiter la blockchain dans le développement d'applications »
    Alors je lis « Formation Clea_1 »
    Et je ne lis pas « Formations qui préparent RS5000 »
    Et je lis « Choix : 1 formation. »

  Scénario: Avant de remplacer une certification, l'échéancier montre ce qui va changer
    Étant donné que mon catalogue contient le brouillon complet « Chaine_1 » sur la certification « RS5000 »
    Et que mon catalogue contient le brouillon complet « Chaine_2 » sur la certification « RS5000 »
    Et que mon catalogue contient le brouillon complet « Chaine_3 » sur la certification « RS5000 »
    Et que je suis sur la page « Échéancier »
    Et que je coche « Choisir Formation Chaine_1 »
    Et que je coche « Choisir Formation Chaine_3 »
    Quand je clique sur « Remplacer par RS6604 »
    Alors la page « Remplacer la certification des formations par RS6604 » s'affiche
    Et la liste « Ce qui va changer » compte 2 éléments, dont :
      | Formation Chaine_1 RS5000 → RS6604 |
      | Formation Chaine_3 RS5000 → RS6604 |

  Scénario: L'échéancier remplace la certification des formations cochées, et d'elles seules
    Étant donné que mon catalogue contient le brouillon complet « Chaine_1 » sur la certification « RS5000 »
    Et que mon catalogue contient le brouillon complet « Chaine_2 » sur la certification « RS5000 »
    Et que je suis sur la page « Échéancier »
    Et que je coche « Choisir Formation Chaine_1 »
    Et que je clique sur « Remplacer par RS6604 »
    Quand je clique sur « Lancer »
    Et que la tâche se termine
    Alors la liste « Ce qui a changé » compte 1 élément, dont :
      | Formation Chaine_1 |

  Scénario: L'échéancier archive plusieurs formations à la fois, après un aperçu
    Étant donné que mon catalogue contient le brouillon complet « Chaine_1 » sur la certification « RS5000 »
    Et que mon catalogue contient le brouillon complet « Chaine_2 » sur la certification « RS5000 »
    Et que je suis sur la page « Échéancier »
    Et que je coche « Choisir Formation Chaine_2 »
    Quand je clique sur « Archiver les formations cochées »
    Alors la page « Archiver des formations » s'affiche
    Et je lis « Formation Chaine_2 »
    Et je ne lis nulle part « Formation Chaine_1 »
    Et la formation « Chaine_2 » est enregistrée au statut « Brouillon »

  Scénario: Sans rien cocher, l'échéancier demande de cocher
    Étant donné que mon catalogue contient le brouillon complet « Chaine_1 » sur la certification « RS5000 »
    Et que je suis sur la page « Échéancier »
    Quand je clique sur « Archiver les formations cochées »
    Alors l'alerte « Cochez d'abord les formations à changer. » s'affiche
