"""What one scenario starts from and owns: its organisation, its people, its formations, those of its neighbours.

Arranged through the test door, read back through it too: « mon catalogue contient 1 formation » is what is stored, not
what is shown. Knows the words of the screen for fields and statuses, and none of the rules.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from steps.gherkin.dates import lire_date
from steps.donnees.preparateur import TEXTES_COMPLETS, Organisme, Personne, Preparateur
from steps.ecrans.libelles import CHAMPS, STATUTS
from steps.gherkin.typographie import dire

PREMIERE_SESSION = date(2027, 3, 1)
CINQ_JOURS = timedelta(days=4)
"""From a Monday to its Friday."""
DATE_DU_GUIDE_ECRITE = "28 novembre 2019"
COLONNES = {"identifiant": "identifiant", "intitulé": "intitule", "statut": "statut", "modifiée le": "modifiee_le"}


def lire_tableau(tableau: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    """Give the formations of a table whose columns are named as on the screen, each fact by the name of the door."""
    entetes, *lignes = tableau
    return [dict(zip((COLONNES[entete] for entete in entetes), ligne, strict=True)) for ligne in lignes]


class Donnees:
    """The data of one scenario. Everything made here is removed when it ends.

    `nom` is that of the organisation; empty, the product gives one.
    """

    def __init__(self, preparateur: Preparateur, nom: str = "") -> None:
        self._preparateur = preparateur
        self._nom = nom
        self._date = lire_date(DATE_DU_GUIDE_ECRITE).isoformat()
        self._organisme: Organisme | None = None
        self._personne: Personne | None = None
        self._voisins: dict[str, Organisme] = {}
        self._depart: dict[str, dict[str, Any]] = {}

    @property
    def organisme(self) -> Organisme:
        """The organisation of the person of the scenario; made when first needed."""
        if self._organisme is None:
            self._creer()
        assert self._organisme is not None
        return self._organisme

    @property
    def personne(self) -> Personne:
        """The person of the scenario."""
        if self._personne is None:
            self._creer()
        assert self._personne is not None
        return self._personne

    def creer_personne(self, role: str, mot_de_passe: str = "") -> None:
        """Make the organisation and the person, with this role."""
        self._creer({"role": role, "nom": "Camille Essai", "mot_de_passe": mot_de_passe})

    def situer(self, date_longue: str) -> None:
        """Place the scenario at a date, before or after the organisation exists."""
        self._date = lire_date(date_longue).isoformat()
        if self._organisme is not None:
            self._preparateur.changer_date(self._organisme, self._date)

    def ouvrir_session(self, personne: Personne | None = None) -> dict[str, str]:
        """Give the cookie of a session of the person."""
        return self._preparateur.ouvrir_session(personne or self.personne)

    def expirer_session(self) -> None:
        """End the person's sessions, on the server only."""
        self._preparateur.expirer_sessions(self.personne)

    def lecteur_du_meme_organisme(self) -> Personne:
        """Give the reader who was made along with the person."""
        return next(personne for personne in self.organisme.personnes if personne.role == "lecteur")

    def ajouter(self, identifiant: str, statut: str = "Brouillon", **textes: str) -> None:
        """Add a formation; « Formation {identifiant} » unless a title is given."""
        self._ajouter([self._formation(identifiant, statut, textes)])

    def ajouter_complet(self, identifiant: str, *, sauf: str = "", certification: str = "RS2203") -> None:
        """Add a draft to which nothing is missing, but one field if it is named."""
        textes = {**TEXTES_COMPLETS, "certification": certification}
        if sauf:
            textes[CHAMPS[sauf]] = ""
        self.ajouter(identifiant, **textes)

    def ajouter_tableau(self, tableau: Sequence[Sequence[str]]) -> None:
        """Add the formations of a table whose columns are named as on the screen; what it does not say is as alone."""
        formations = []
        for faits in lire_tableau(tableau):
            if "modifiee_le" in faits:
                faits["modifiee_le"] = lire_date(faits["modifiee_le"]).isoformat()
            formations.append(self._formation(faits.pop("identifiant"), faits.pop("statut", "Brouillon"), faits))
        self._ajouter(formations)

    def ajouter_plusieurs(self, nombre: int) -> None:
        """Add that many drafts."""
        self._ajouter([self._formation(f"Clea_{rang:03d}", "Brouillon", {}) for rang in range(1, nombre + 1)])

    def ajouter_chez(self, voisin: str, identifiant: str) -> None:
        """Add a formation to the catalogue of another organisation, made when first named."""
        if voisin not in self._voisins:
            self._voisins[voisin] = self._preparateur.creer_organisme(nom=voisin)
        formation = self._formation(identifiant, "Brouillon", {})
        self._preparateur.ajouter_formations(self._voisins[voisin], [formation])

    def modifier_en_collegue(self, identifiant: str, champ: str, texte: str) -> None:
        """Let Claude Durand save another text over a formation."""
        self._preparateur.modifier_en_collegue(self.organisme, identifiant, {CHAMPS[champ]: texte})

    def modifier_en_homonyme(self, identifiant: str, champ: str, texte: str) -> None:
        """Let somebody who has the person's name save another text over a formation."""
        textes = {CHAMPS[champ]: texte}
        self._preparateur.modifier_en_collegue(self.organisme, identifiant, textes, self.personne.nom)

    def operer_en_collegue(self, identifiant: str, operation: str) -> None:
        """Let Claude Durand « archiver » or « supprimer » a formation."""
        self._preparateur.operer_en_collegue(self.organisme, identifiant, operation)

    def publier_habilitation(self, certification: str, droits: str) -> None:
        """Have the registry say what the organisation may do for a certification."""
        self._preparateur.publier_habilitation(self.organisme, certification, droits)

    def publier_certification(self, certification: str, effet: str, remplace: str = "") -> None:
        """Have the registry hold a record whose registration counts from a day only; `remplace`: what it replaces."""
        self._preparateur.publier_certification(self.organisme, certification, lire_date(effet).isoformat(), remplace)

    def ajouter_actions(
        self, identifiant: str, tableau: Sequence[Sequence[str]], a_partir: date = PREMIERE_SESSION
    ) -> None:
        """Give a formation the actions and sessions of a table; those of an action begin a week apart, from a day."""
        _, *lignes = tableau
        actions: dict[str, dict[str, Any]] = {}
        for numero, statut, session, statut_session in lignes:
            action = actions.setdefault(numero, {"numero": numero, "statut": STATUTS[statut], "sessions": []})
            if session:
                debut = a_partir + timedelta(weeks=len(action["sessions"]))
                dates = {"debut": debut.isoformat(), "fin": (debut + CINQ_JOURS).isoformat()}
                action["sessions"].append({"numero": session, "statut": STATUTS[statut_session], **dates})
        self._preparateur.planter_arbre(self.organisme, identifiant, list(actions.values()))

    def debuts(self, identifiant: str) -> list[str]:
        """Give the first day of each session stored of a formation, as people write it, in order."""
        actions = self._preparateur.arbre(self.organisme, identifiant)
        jours = sorted(session["debut"] for action in actions for session in action["sessions"])
        return [f"{date.fromisoformat(jour):%d/%m/%Y}" for jour in jours]

    def verifier_la_suite(self, identifiant: str, nombre: int, premier: str) -> None:
        """Fail unless so many sessions follow each other week after week from a day written « 08/03/2027 »."""
        jour, mois, an = map(int, premier.split("/"))
        attendus = [date(an, mois, jour) + timedelta(weeks=rang) for rang in range(nombre)]
        assert self.debuts(identifiant) == [f"{attendu:%d/%m/%Y}" for attendu in attendus]

    def prix(self, identifiant: str, numero: str) -> str:
        """Give the price stored of an action, with its tax; fails, in French, when there is no such action."""
        prix = {action["numero"]: action["frais_ttc"] for action in self._preparateur.arbre(self.organisme, identifiant)}
        message = "« {x} » n'est pas une action de « {identifiant} » ; actions présentes : {presentes}"
        presentes = ", ".join(prix) or "aucune"
        assert numero in prix, dire(message, x=numero, identifiant=identifiant, presentes=presentes)
        return str(prix[numero]).replace(".", ",")

    def numero(self, identifiant: str, voisin: str = "") -> str:
        """Give the number by which a formation is addressed."""
        organisme = self._voisins[voisin] if voisin else self.organisme
        return str(self._preparateur.formation(organisme, identifiant)["id"])

    def nombre(self, voisin: str = "") -> int:
        """Count the formations stored."""
        return len(self._preparateur.formations(self._voisins[voisin] if voisin else self.organisme))

    def texte(self, identifiant: str, champ: str) -> str:
        """Give what is stored of a field."""
        return str(self._preparateur.formation(self.organisme, identifiant)[CHAMPS[champ]])

    def statut(self, identifiant: str) -> str:
        """Give the status stored, in the words of the screen."""
        garde = self._preparateur.formation(self.organisme, identifiant)["statut"]
        return next(libelle for libelle, nom in STATUTS.items() if nom == garde)

    def verifier_inchangee(self, identifiant: str) -> None:
        """Fail unless what is stored is exactly what the scenario started from."""
        actuelle = self._preparateur.formation(self.organisme, identifiant)
        ecarts = {
            nom: (avant, actuelle[nom]) for nom, avant in self._depart[identifiant].items() if actuelle[nom] != avant
        }
        assert not ecarts, dire("« {x} » a changé : {ecarts}", x=identifiant, ecarts=ecarts)

    def verifier_copie(self, copie: str, original: str) -> None:
        """Fail unless a copy holds the texts of its original, under a title that says so."""
        faite, modele = (self._preparateur.formation(self.organisme, identifiant) for identifiant in (copie, original))
        attendus = {**modele, "intitule": f"{modele['intitule']} (copie)", "identifiant": copie}
        for nom in ("type_formation", "certification", *CHAMPS.values()):
            assert faite[nom] == attendus[nom], nom

    def fermer(self) -> None:
        """Remove every organisation that was made."""
        for organisme in (self._organisme, *self._voisins.values()):
            if organisme is not None:
                self._preparateur.supprimer_organisme(organisme)

    def _creer(self, personne: Mapping[str, str] | None = None) -> None:
        assert self._organisme is None, dire("le scénario fait deux fois son organisme")
        voulue = dict(personne or {"role": "gestionnaire_catalogue", "nom": "Camille Essai"})
        # Whoever signs in by the screen may have a colleague who does too.
        collegue = {"role": "lecteur", "nom": "Louise Essai", "mot_de_passe": voulue.get("mot_de_passe", "")}
        voulues = [{nom: valeur for nom, valeur in une.items() if valeur} for une in (voulue, collegue)]
        self._organisme = self._preparateur.creer_organisme(nom=self._nom, date_reference=self._date, personnes=voulues)
        self._personne = self._organisme.personnes[0]

    def _ajouter(self, formations: Sequence[Mapping[str, str]]) -> None:
        self._preparateur.ajouter_formations(self.organisme, formations)
        self._depart = {fait["identifiant"]: fait for fait in self._preparateur.formations(self.organisme)}

    @staticmethod
    def _formation(identifiant: str, statut: str, textes: Mapping[str, str]) -> dict[str, str]:
        return {"identifiant": identifiant, "intitule": f"Formation {identifiant}", "statut": STATUTS[statut], **textes}
