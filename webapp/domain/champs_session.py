"""The fields of a session, in the order of the form. Dates are calendar days, both included."""

from types import MappingProxyType

from webapp.domain.champs import Champ, Nature, Niveau
from webapp.domain.nomenclatures_arbre import ETATS_RECRUTEMENT, OUI_OU_NON, OUVERT
from webapp.domain.textes import fr

NUMERO = Champ(
    "numero", "Numéro de la session", None, "@numero", longueur_max=30, niveau=Niveau.SESSION, exige_schema=True,
    aide=fr("Votre code interne pour cette session, propre à elle dans l'action."), compteur=True,
)  # fmt: skip
# The schema lets both out, and the import asks for them where entries are at fixed dates (rule S01).
DEBUT = Champ(
    "debut", "Date de début", None, "periode/debut", longueur_max=20, niveau=Niveau.SESSION, nature=Nature.DATE,
    obligatoire=False, parfois=True, aide=fr("Par exemple 05/01/2027. Sans objet si les entrées sont permanentes."),
)  # fmt: skip
FIN = Champ(
    "fin", "Date de fin", None, "periode/fin", longueur_max=20, niveau=Niveau.SESSION, nature=Nature.DATE,
    obligatoire=False, parfois=True, aide="Le dernier jour, compris.",
)  # fmt: skip
ETAT_RECRUTEMENT = Champ(
    "etat_recrutement", "État du recrutement", None, "etat-recrutement", longueur_max=20, niveau=Niveau.SESSION,
    nature=Nature.CHOIX, choix=MappingProxyType(ETATS_RECRUTEMENT), exige_schema=True, defaut=OUVERT,
    aide=fr("« Fermé » dès que vous ne prenez plus d'inscription."),
)  # fmt: skip
# Empty, it is the action's place: the file always carries one.
ADRESSE_INSCRIPTION = Champ(
    "adresse_inscription", fr("Adresse d'inscription"), None, "adresse-inscription/adresse", longueur_max=36,
    niveau=Niveau.SESSION, nature=Nature.LIEU, exige_schema=True, obligatoire=False, parfois=True,
    aide=fr("Laissez vide si c'est le lieu de formation de l'action."),
)  # fmt: skip
# Empty, it is the action's contact.
CONTACT_INSCRIPTION = Champ(
    "contact_inscription", fr("Contact d'inscription"), None, "contact-inscription/coordonnees", longueur_max=36,
    niveau=Niveau.SESSION, nature=Nature.CONTACT, exige_cdc=True, obligatoire=False, parfois=True,
    aide=fr("La personne qui reçoit les demandes d'inscription. Laissez vide si c'est le contact de l'action."),
)  # fmt: skip
GARANTIE = Champ(
    "garantie", "Session garantie", None, "garantie", longueur_max=20, niveau=Niveau.SESSION, nature=Nature.OUI_NON,
    choix=MappingProxyType(OUI_OU_NON), obligatoire=False,
    aide=fr("Si la session a lieu quel que soit le nombre d'inscrits."),
)  # fmt: skip
MODALITES_PARTICULIERES = Champ(
    "modalites_particulieres", "Modalités particulières", None, "modalites-particulieres", longueur_max=3000,
    niveau=Niveau.SESSION, multiligne=True, obligatoire=False, compteur=True,
    aide="Ce que cette session a de différent des autres.",
)  # fmt: skip

CHAMPS: tuple[Champ, ...] = (
    NUMERO, DEBUT, FIN, ETAT_RECRUTEMENT, ADRESSE_INSCRIPTION, CONTACT_INSCRIPTION, GARANTIE, MODALITES_PARTICULIERES,
)  # fmt: skip
