# language: fr
@regles
Fonctionnalité: La démonstration se place à la date du guide, et le dit
  Le guide date du 28 novembre 2019. La démonstration s'ouvre à cette date ; un clic la fait passer
  à aujourd'hui, un autre la ramène à la date du guide.

  Contexte:
    Étant donné que je gère le catalogue de mon organisme
    Et que je suis sur la page « Catalogue »

  Scénario: Le bandeau de la démonstration annonce la date du guide
    Quand j'ouvre le catalogue
    Alors le bandeau annonce « Date de référence : 28 novembre 2019 »

  Scénario: Un clic fait passer à aujourd'hui
    Quand je clique sur « Passer à aujourd'hui »
    Alors le bandeau annonce la date d'aujourd'hui
    Et la page « Catalogue » s'affiche

  Scénario: Un autre clic revient à la date du guide
    Étant donné que la démonstration est à la date d'aujourd'hui
    Quand je clique sur « Revenir au 28 novembre 2019 »
    Alors le bandeau annonce « Date de référence : 28 novembre 2019 »

  Scénario: Passer à aujourd'hui change les certifications proposées
    Étant donné que la démonstration est à la date d'aujourd'hui
    Et que je clique sur « Ajouter une formation »
    Quand je sélectionne « Cléa »
    Alors « Certifications » propose « Certification socle de compétences et de connaissances professionnelles (CléA) »
    Et « Certifications » ne propose pas « Socle de connaissances et de compétences professionnelles (CléA) »

  Scénario: La date choisie ne vaut que pour ma session
    Étant donné que la démonstration est à la date d'aujourd'hui
    Quand je me connecte sur un autre appareil
    Alors le bandeau annonce « Date de référence : 28 novembre 2019 »

  Scénario: Le pied de page dit que ce n'est pas un site officiel
    Quand j'ouvre le catalogue
    Alors je lis « Démonstrateur non officiel, sans lien avec la Caisse des Dépôts »
