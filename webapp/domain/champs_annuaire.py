"""The fields of what an organisation keeps once and its actions and sessions refer to: contacts and places.

They are the portal's « coordonnees » and « adresse ». Lengths: official schema; 32 for the name of a way: its import.
Never is anything put there in place of a person: a telephone or an address that nobody gave is a fault in the file.
"""

import re
from types import MappingProxyType

from webapp.domain.champs import Champ, Nature, Niveau
from webapp.domain.nomenclatures_arbre import NATURES_VOIE, OUI_OU_NON
from webapp.domain.textes import fr


def _champ(  # noqa: PLR0913, PLR0917 - a row of the table
    niveau: Niveau, nom: str, libelle: str, element: str, aide: str, longueur_max: int, /, *,
    nature: Nature = Nature.TEXTE, schema: bool = False, obligatoire: bool | None = None,
    motif: re.Pattern[str] | None = None, message: str = "", suggestions: dict[str, str] | None = None,
    multiligne: bool = False, parfois: bool = False,
) -> Champ:  # fmt: skip
    choix = MappingProxyType(OUI_OU_NON) if nature is Nature.OUI_NON else None
    return Champ(
        nom, fr(libelle), None, element, longueur_max=longueur_max, niveau=niveau, nature=nature, choix=choix,
        aide=fr(aide), obligatoire=schema if obligatoire is None else obligatoire, exige_schema=schema, motif=motif,
        message=fr(message), suggestions=None if suggestions is None else MappingProxyType(suggestions),
        multiligne=multiligne, parfois=parfois,
    )  # fmt: skip


NOM = _champ(Niveau.CONTACT, "nom", "Nom", "nom", "Le nom de famille.", 50, schema=True)
PRENOM = _champ(Niveau.CONTACT, "prenom", "Prénom", "prenom", "Le prénom usuel.", 50, schema=True)
FONCTION = _champ(Niveau.CONTACT, "fonction", "Fonction", "fonction", "Par exemple : référente pédagogique.", 250)
TELEPHONE = _champ(
    Niveau.CONTACT, "telephone", "Téléphone", "telfixe/numtel", "Par exemple 01 23 45 67 89 ou +33 1 23 45 67 89.", 15,
    nature=Nature.TELEPHONE, schema=True,
)  # fmt: skip
PORTABLE = _champ(
    Niveau.CONTACT, "portable", "Téléphone portable", "portable/numtel", "Par exemple 06 12 34 56 78.", 15,
    nature=Nature.TELEPHONE,
)  # fmt: skip
COURRIEL = _champ(
    Niveau.CONTACT, "courriel", "Adresse électronique", "courriel", "Par exemple inscription@exemple.fr.", 160,
    nature=Nature.COURRIEL, schema=True,
)  # fmt: skip

CHAMPS_CONTACT: tuple[Champ, ...] = (NOM, PRENOM, FONCTION, TELEPHONE, PORTABLE, COURRIEL)

# The three lines of an address, the first of which is needed: it is also the name under which the place is chosen.
DENOMINATION = _champ(
    Niveau.LIEU, "denomination", "Nom du lieu", "adresse/ligne", "Première ligne de l'adresse : le nom de l'organisme, "
    "du bâtiment ou de la salle.", 50, schema=True,
)  # fmt: skip
COMPLEMENT = _champ(
    Niveau.LIEU, "complement", "Complément d'adresse", "adresse/ligne", "Étage, escalier, entrée.", 50,
)  # fmt: skip
COMPLEMENT_SUITE = _champ(
    Niveau.LIEU, "complement_suite", "Complément d'adresse (suite)", "adresse/ligne", "S'il en faut un second.", 50,
)  # fmt: skip
NUMERO_VOIE = _champ(
    Niveau.LIEU, "numero_voie", "Numéro dans la voie", "adresse/numero-voie", "Par exemple 12 ou 12 bis.", 10,
    parfois=True,
)  # fmt: skip
NATURE_VOIE = _champ(
    Niveau.LIEU, "nature_voie", "Nature de la voie", "adresse/code-nature-voie", "Par exemple RUE, AV ou BD.", 10,
    parfois=True,
    motif=re.compile(r"[A-Z]{2,5}", re.ASCII), message="Saisissez le code de la nature de la voie, par exemple RUE.",
    suggestions=NATURES_VOIE,
)  # fmt: skip
LIBELLE_VOIE = _champ(
    Niveau.LIEU, "libelle_voie", "Libellé de la voie", "adresse/libelle-voie", "Sans son numéro ni sa nature.", 32,
    parfois=True,
)  # fmt: skip
LIGNE_5 = _champ(
    Niveau.LIEU, "ligne_5", "5e ligne de l'adresse", "adresse/ligne5-adresse",
    "Lieu-dit, boîte postale : à la place de la voie, s'il n'y en a pas.", 50,
    parfois=True,
)  # fmt: skip
# Official schema: `codepostal` has five characters, in any country.
EN_FRANCE = "Saisissez un code postal de cinq chiffres, par exemple 31000"
QUATRE_CHIFFRES = fr(
    "Un code postal français compte cinq chiffres, par exemple 31000. À l'étranger, indiquez le pays, et complétez le "
    "code à cinq caractères, que le fichier du portail exige : par exemple B1000 pour 1000 en Belgique."
)
CODE_POSTAL = _champ(
    Niveau.LIEU, "code_postal", "Code postal", "adresse/codepostal", "Cinq chiffres en France ; ailleurs, cinq "
    "caractères, car le fichier du portail n'en accepte ni plus ni moins.", 5, obligatoire=True,
    motif=re.compile(r"[0-9A-Z]{5}", re.ASCII), message=f"{EN_FRANCE} ; hors de France, de cinq caractères, car le "
    "fichier du portail n'en accepte ni plus ni moins.",
)  # fmt: skip
VILLE = _champ(Niveau.LIEU, "ville", "Ville", "adresse/ville", "La commune.", 50, obligatoire=True)
PAYS = _champ(
    Niveau.LIEU, "pays", "Pays", "adresse/pays", "Deux lettres, par exemple BE. Laissez vide pour la France.", 2,
    motif=re.compile(r"[A-Z]{2}", re.ASCII), message="Saisissez le code du pays en deux lettres, par exemple BE.",
)  # fmt: skip
_DEGRES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,20})?", re.ASCII)
LATITUDE = _champ(
    Niveau.LIEU, "latitude", "Latitude", "adresse/geolocalisation/latitude", "En degrés, par exemple 43.6045.", 30,
    motif=_DEGRES, message="Saisissez des degrés avec un point, par exemple 43.6045.",
)  # fmt: skip
LONGITUDE = _champ(
    Niveau.LIEU, "longitude", "Longitude", "adresse/geolocalisation/longitude", "En degrés, par exemple 1.4442.", 30,
    motif=_DEGRES, message="Saisissez des degrés avec un point, par exemple 1.4442.",
)  # fmt: skip
ACCESSIBILITE = _champ(
    Niveau.LIEU, "accessibilite", "Accessibilité du bâtiment", "adresse/accessibilite-batimentaire",
    "Rampe d'accès, ascenseur…", 250, multiligne=True,
)  # fmt: skip
CONFORMITE = _champ(
    Niveau.LIEU, "conformite", "Conforme à la réglementation sur l'accessibilité", "adresse/conformite-reglementaire",
    "Si le bâtiment l'est.", 20, nature=Nature.OUI_NON,
)  # fmt: skip
CONTACT_DU_LIEU = _champ(
    Niveau.LIEU, "contact", "Contact sur place", "coordonnees/nom", "Le fichier demande un nom, un téléphone et une "
    "adresse électronique pour chaque lieu.", 36, nature=Nature.CONTACT, schema=True,
)  # fmt: skip

CHAMPS_LIEU: tuple[Champ, ...] = (
    DENOMINATION, CONTACT_DU_LIEU, NUMERO_VOIE, NATURE_VOIE, LIBELLE_VOIE, LIGNE_5, COMPLEMENT, COMPLEMENT_SUITE,
    CODE_POSTAL, VILLE, PAYS, LATITUDE, LONGITUDE, ACCESSIBILITE, CONFORMITE,
)  # fmt: skip

ADRESSE: tuple[Champ, ...] = tuple(champ for champ in CHAMPS_LIEU if champ is not CONTACT_DU_LIEU)
"""What makes a place the same place as another, for the portal: its whole address."""
