"""How each rule is called in a list where a person chooses one; what breaks no rule is called by its code."""

from types import MappingProxyType

from webapp.domain.diagnostic import Anomalie, Code
from webapp.domain.textes import fr

LIBELLES: MappingProxyType[str, str] = MappingProxyType({
    cle: fr(libelle)
    for cle, libelle in {
        "A01": "Numéro d'une action ou d'une session",
        "A02": "Organisation et accueil d'une action",
        "A03": "Heures d'une action",
        "A04": "Prix d'une action",
        "A05": "Prix nul ou inhabituel",
        "A06": "Prérequis et admission",
        "A07": "Lieu à compléter",
        "A08": "Contact à compléter",
        "A09": "Actions identiques",
        "A10": "Actions presque identiques",
        "A11": "Lieu et modalité d'enseignement",
        "A12": "Frais de certification",
        "F06": "Intitulé de plus de 90 caractères",
        "F15": "Certification remplacée",
        "F16": "Certification qui prend bientôt fin",
        "F17": "Échéance de la certification inconnue",
        "F19": "Bloc de compétences indiqué deux fois",
        "F20": "Catégorisation déjà prise",
        "F22": "Durée d'un bilan de compétences",
        "F23": "Adresse ou téléphone dans un texte",
        "F24": "Formulation promotionnelle",
        "F25": "Textes identiques",
        "F26": "Texte très court",
        "F27": "Caractères remplacés à l'export",
        "F29": "Intitulé sans lien avec la certification",
        "F30": "Prix au-delà de ce que paie le CPF",
        "H01": "Habilitation absente ou sans effet",
        "H02": "Habilitation qui prend fin",
        "H03": "Habilitation à évaluer seulement",
        "O01": "SIRET de l'organisme",
        "S01": "Dates d'une session",
        "S02": "Sessions aux mêmes dates",
        "S03": "Session trop proche",
        "S04": "Session après la fin de la certification",
        "S05": "Session commencée ou passée, encore ouverte",
        "S06": "Contact d'inscription",
        Code.OBLIGATOIRE: "Champ obligatoire",
        Code.TROP_LONG: "Texte trop long",
        Code.CARACTERE_INTERDIT: "Caractère invisible refusé",
        Code.LIGNE_UNIQUE: "Texte de plusieurs lignes",
        Code.FORME_IDENTIFIANT: "Identifiant mal écrit",
        Code.DEJA_UTILISE: "Identifiant déjà utilisé",
        Code.CODE_INCONNU: "Valeur hors de la liste",
        Code.CERTIFICATION_ABSENTE: "Certification à choisir",
        Code.CERTIFICATION_INCONNUE: "Certification inconnue du registre",
        Code.CERTIFICATION_INACTIVE: "Certification qui n'est pas active",
        Code.CERTIFICATION_HORS_TYPE: "Certification d'un autre type",
        Code.TYPE_INCONNU: "Type de formation à choisir",
        Code.FORME: "Valeur mal écrite",
        Code.HORS_BORNES: "Nombre hors des limites",
        Code.OBJECTIF_HORS_TYPE: "Objectif général d'un autre type",
        Code.AGREMENT_NON_CITE: "Numéro d'agrément non cité",
        Code.BLOC_INCONNU: "Bloc d'une autre certification",
    }.items()
})  # fmt: skip


def cle_de(anomalie: Anomalie) -> str:
    """Give the name under which an anomaly is chosen in `LIBELLES`: its rule or, where it has none, its code."""
    return anomalie.regle or anomalie.code.value
