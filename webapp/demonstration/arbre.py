"""What the formations of the demonstration hold: contacts, places, actions and sessions. Texts only.

People, telephones and addresses are fictional: the numbers are among those that nobody is given (01 99 00, 02 61 91,
05 36 49), the addresses end in « .example ».
"""

from dataclasses import dataclass, field

from webapp.domain.nomenclatures_arbre import A_DISTANCE, FERME, MIXTE, NON, OUI, PERMANENTES, PRESENTIEL
from webapp.domain.statuts import Statut
from webapp.domain.textes import fr

Textes = dict[str, str]


@dataclass(frozen=True)
class SessionDemo:
    """A session: what was done with it, and its texts by field."""

    statut_voulu: Statut
    fiche: Textes


@dataclass(frozen=True)
class ActionDemo:
    """An action, under the identifier of its formation; its texts name the contact and the places by their keys."""

    formation: str
    statut_voulu: Statut
    fiche: Textes
    sessions: tuple[SessionDemo, ...] = ()


@dataclass(frozen=True)
class ArbreDemo:
    """What an organisation keeps once, by keys of this file alone, and its actions."""

    contacts: dict[str, Textes] = field(default_factory=dict)
    lieux: dict[str, Textes] = field(default_factory=dict)
    actions: tuple[ActionDemo, ...] = ()


_PAR_DEFAUT = {
    "entrees_sorties": "0", "langue": "FR", "niveau_entree_obligatoire": NON, "prerequis": NON,
    "modalites_admission": "92005",
}  # fmt: skip


def _action(formation: str, statut: Statut, *sessions: SessionDemo, **textes: str) -> ActionDemo:
    fiche = _PAR_DEFAUT | {nom: fr(texte) for nom, texte in textes.items()}
    return ActionDemo(formation, statut, fiche, sessions)


def _session(numero: str, debut: str, fin: str, statut: Statut = Statut.VALIDEE, **textes: str) -> SessionDemo:
    fiche = {"numero": numero, "debut": debut, "fin": fin, "etat_recrutement": "1"}
    return SessionDemo(statut, fiche | {nom: fr(texte) for nom, texte in textes.items()})


ARBRE_ALPHA = ArbreDemo(
    contacts={
        "nadia": {
            "nom": "Roussel", "prenom": "Nadia", "fonction": fr("Référente pédagogique"),
            "telephone": "05 36 49 12 30", "courriel": "nadia.roussel@alpha.example",
        },
        "tom": {
            "nom": "Leroy", "prenom": "Tom", "fonction": fr("Chargé d'accueil et d'inscription"),
            "telephone": "05 36 49 12 31", "portable": "06 39 98 40 12", "courriel": "inscription@alpha.example",
        },
        "ines": {
            "nom": "Garnier", "prenom": "Inès", "fonction": "Formatrice, antenne de Nantes",
            "telephone": "02 61 91 54 07", "courriel": "nantes@alpha.example",
        },
        "hugo": {"nom": "Moreau", "prenom": "Hugo", "fonction": "Animateur des ateliers du soir"},
    },
    lieux={
        "toulouse": {
            "denomination": "Formation Alpha, site Garonne", "contact": "tom", "numero_voie": "12",
            "nature_voie": "RUE", "libelle_voie": "des Essais", "complement": fr("Bâtiment B, 2e étage"),
            "code_postal": "31000", "ville": "Toulouse",
            "accessibilite": fr("Ascenseur, places réservées devant l'entrée."),
            "conformite": OUI,
        },
        "nantes": {
            "denomination": "Formation Alpha, antenne de Nantes", "contact": "ines", "numero_voie": "4 bis",
            "nature_voie": "QUAI", "libelle_voie": fr("de l'Exemple"), "code_postal": "44000", "ville": "Nantes",
            "accessibilite": "Rez-de-chaussée, boucle magnétique.", "conformite": OUI,
        },
        "classe": {
            "denomination": fr("Classe virtuelle, à distance"), "contact": "nadia", "ligne_5": "BP 12",
            "code_postal": "31000", "ville": "Toulouse",
        },
        "albi": {"denomination": "Salle des ateliers", "code_postal": "81000", "ville": "Albi"},
    },
    actions=(
        _action(
            "Clea_Parcours_Complet", Statut.VALIDEE,
            _session("CPC-TLS-2019-10", "2019-10-07", "2019-11-22", etat_recrutement=FERME),
            _session("CPC-TLS-2020-01", "2020-01-06", "2020-02-28", garantie=OUI),
            _session("CPC-TLS-2020-03", "2020-03-16", "2020-05-07"),
            _session("CPC-TLS-2020-09", "2020-09-07", "2020-10-30", Statut.BROUILLON),
            numero="CPC-TLS", modalites_enseignement=PRESENTIEL, lieu="toulouse", duree="150", heures_centre="140",
            heures_entreprise="10", rythmes="1\n3\n6", type_horaires="1",
            modalites_pedagogiques="Ateliers en petits groupes, mises en situation, entretiens individuels.",
            info_admission="Entretien d'une heure, puis évaluation préalable des acquis.", taux_tva="0.0",
            frais_ht="2250", frais_ttc="2250", contact="tom",
            acces_handicapes="Ascenseur, salles de plain-pied, référente handicap sur place.",
            modalites_handicap="Supports agrandis, rythme aménagé, temps majoré aux évaluations.",
            restauration="Restaurant interentreprises à 200 m.", transport="Métro B et bus 27, arrêt « Exemple ».",
        ),
        _action(
            "Clea_Parcours_Complet", Statut.VALIDEE,
            _session("CPC-NTE-2020-02", "2020-02-03", "2020-04-10"),
            _session("CPC-NTE-2020-06", "2020-06-08", "2020-07-31", Statut.BROUILLON, modalites_particulieres=(
                "Groupe de six personnes au plus, pendant les vacances scolaires."
            )),
            numero="CPC-NTE", modalites_enseignement=MIXTE, lieu="nantes", duree="120", heures_centre="84",
            rythmes="1\n6", type_horaires="3", modalites_pedagogiques="Trois jours en salle, deux à distance.",
            taux_tva="0.0", frais_ht="1980", frais_ttc="1980", contact="ines",
            acces_handicapes="Locaux de plain-pied, boucle magnétique.",
            hebergement="Foyer de jeunes travailleurs à dix minutes.",
        ),
        _action(
            "Clea_Parcours_Complet", Statut.ARCHIVEE,
            _session("CPC-SOIR-2019-03", "2019-03-04", "2019-06-28", etat_recrutement=FERME),
            numero="CPC-SOIR", modalites_enseignement=PRESENTIEL, lieu="toulouse", duree="90", rythmes="2",
            taux_tva="0.0", frais_ht="1350", frais_ttc="1350", contact="tom", acces_handicapes="Ascenseur.",
        ),
        _action(
            "Clea_Num_Bureau", Statut.VALIDEE,
            _session("NUM-JAN", "2020-01-13", "2020-01-24"),
            _session("NUM-MARS", "2020-03-09", "2020-03-20"),
            _session("NUM-MAI", "2020-05-11", "2020-05-25", Statut.BROUILLON),
            numero="NUM-TLS", modalites_enseignement=PRESENTIEL, lieu="toulouse", duree="56", rythmes="1\n3\n5",
            type_horaires="1", taux_tva="20.0", frais_ht="700", frais_ttc="840", frais_annexes="35",
            frais_certification_inclus=NON, detail_frais="Prêt d'un ordinateur portable pendant la formation.",
            contact="tom", acces_handicapes="Ascenseur, postes réglables en hauteur.",
        ),
        _action(
            "Clea_Num_Bureau", Statut.VALIDEE,
            _session("NUM-PERM", "", ""),
            numero="NUM-DIST", modalites_enseignement=A_DISTANCE, lieu="classe", entrees_sorties=PERMANENTES,
            duree="40", rythmes="6", type_horaires="2", taux_tva="20.0", frais_ht="490", frais_ttc="588",
            contact="nadia", acces_handicapes="Plateforme utilisable au lecteur d'écran, vidéos sous-titrées.",
            autres_services="Assistance technique par téléphone.",
        ),
        _action(
            "Clea_Num_Securite", Statut.BROUILLON,
            _session("SEC-FEV", "2020-02-24", "", Statut.BROUILLON),
            numero="SEC-ALBI", modalites_enseignement=PRESENTIEL, lieu="albi", duree="21", contact="hugo",
        ),
        _action("Clea_Expression_Orale", Statut.BROUILLON, numero="ORAL-TLS", lieu="toulouse", contact="tom"),
    ),
)  # fmt: skip

ARBRE_BETA = ArbreDemo(
    contacts={
        "samir": {
            "nom": "Fabre", "prenom": "Samir", "telephone": "01 99 00 48 20", "courriel": "contact@beta.example",
        },
    },
    lieux={
        "paris": {
            "denomination": "Formation Beta", "contact": "samir", "numero_voie": "8", "nature_voie": "PL",
            "libelle_voie": fr("de l'Essai"), "code_postal": "75011", "ville": "Paris",
        },
    },
    actions=(
        _action(
            "BETA-CLEA-01", Statut.VALIDEE, _session("ENT-2020-1", "2020-01-20", "2020-03-27"),
            numero="ENT", modalites_enseignement=MIXTE, lieu="paris", duree="70", rythmes="1\n6", taux_tva="20.0",
            frais_ht="1400", frais_ttc="1680", contact="samir", acces_handicapes="Ascenseur.",
        ),
    ),
)  # fmt: skip
