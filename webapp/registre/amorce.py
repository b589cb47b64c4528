"""The demonstration's registry: true facts and their sources, nothing made up.

What a source does not say is left empty, and shown as « Pas de donnée », as guide step 5 does. The data of France
compétences are under Licence Ouverte 2.0. Nothing here knows where the records are kept.
"""

from dataclasses import replace
from datetime import date

from webapp.domain.certifications import Certification
from webapp.domain.nomenclatures import CODES_CPF, OUVERTURE_PERMIS, TypeCode, TypeFormation
from webapp.domain.registre import Bloc
from webapp.domain.textes import ESPACE_INSECABLE, fr

GUIDE = fr("Fiche pratique « Créer une formation Cléa », V2 du 28/11/2019")
EXPORT_2026 = "France compétences (data.gouv.fr), export du 16/08/2026"
EXPORT_2024 = "France compétences (data.gouv.fr), export du 22/02/2024"
ACTIVES_2026 = "France compétences (data.gouv.fr), certifications actives au 15/05/2026"

_CLEA = TypeFormation.CLEA.value
_GUIDE = date(2019, 11, 28)
_EXPORT = date(2026, 8, 16)
_ACTIVES = date(2026, 5, 15)
_TRAVAIL = "MINISTERE DU TRAVAIL"
_CCI = "CCI FRANCE"


def _active_en_2026(code: str, intitule: str, certificateur: str, nsf: str, **autres: str) -> Certification:
    """Make a record of the list of active certifications, which gives neither dates nor ROME nor FORMACODE."""
    return Certification(
        code, intitule, connue_active_le=_ACTIVES, certificateurs=(certificateur,), nsf=(nsf,), source=ACTIVES_2026,
        **autres,  # type: ignore[arg-type]  # only names of texts are given
    )  # fmt: skip


# The guide's own certifications. It names their certifier in its table but shows « Organisme certificateur : Pas de
# donnée » at step 5: the certifier is left empty on purpose, so that the screen is the guide's. Their successors are
# not attested, nor their ends: only that they are absent from the list of 15/05/2026.
_DU_GUIDE = (
    Certification(
        "RS2203", "Socle de connaissances et de compétences professionnelles (CléA)", connue_active_le=_GUIDE,
        inactive_constatee_le=_ACTIVES, famille=_CLEA, formacodes=("15041",), nsf=("100",),
        niveau_sortie="Sans niveau spécifique", source=GUIDE,
    ),
    Certification(
        "RS3936", "Socle de connaissances et de compétences professionnelles numérique (CléA Numérique)",
        connue_active_le=_GUIDE, inactive_constatee_le=_ACTIVES, famille=_CLEA,
        niveau_sortie="Sans niveau spécifique", source=GUIDE,
    ),
    # Guide step 0 gives the code 313 for « VOLTAIRE »; the title and the successor are those of today's record.
    Certification(
        "RS313", "Certificat Voltaire", connue_active_le=_GUIDE, inactive_constatee_le=_ACTIVES,
        remplacee_par=("RS7113",), source=GUIDE,
    ),
)  # fmt: skip

_ACTIVES_EN_2026 = (
    _active_en_2026("RS7003", "Certification socle de compétences et de connaissances professionnelles (CléA)",
                    "CERTIF PRO", "100", famille=_CLEA),
    _active_en_2026("RS5616", "Socle de connaissances et de compétences professionnelles numérique (CléA Numérique)",
                    "CERTIF PRO", "100", famille=_CLEA),
    _active_en_2026("RS6269",
                    "Socle de connaissances et de compétences professionnelles du management (CléA Management)",
                    "CERTIF PRO", "100", famille=_CLEA),
    _active_en_2026("RS7113", "Certificat Voltaire", "WOONOZ", "333"),
    _active_en_2026("RS6894", "Certificat Pix", "GIP PIX", "326"),
    _active_en_2026("RS7229", "Certification TOEIC 4 compétences (écouter, parler, lire et écrire)",
                    "EDUCATIONAL TESTING SERVICE GLOBAL B V", "136"),
    _active_en_2026("RS6435", "Certification CLOE anglais", _CCI, "136"),
    _active_en_2026("RS6341", "Communiquer en anglais professionnel - English 360", "AZURE SOLUTIONS", "136"),
    _active_en_2026("RS6893", "DigComp (Tosa)", "ISOGRAD", "326"),
    _active_en_2026("RS6955", "Concevoir des dessins techniques et des plans avec AutoCAD (Tosa)", "ISOGRAD", "320"),
    _active_en_2026("RS7536", "Créer des tableaux visuels efficaces avec Excel", "EDITIONS ENI", "324"),
    _active_en_2026("RS5641", "Service de sécurité incendie et d'assistance aux personnes (SSIAP) niveau 1",
                    "MINISTERE DE L'INTERIEUR ET DES OUTRE-MER", "344"),
    _active_en_2026("RS7004", "Conduire un projet de création d'entreprise", "CREACTIFS", "310m"),
    _active_en_2026("RS7013", "Certification en langue française Le Robert", "S E J E R", "333"),
    _active_en_2026("RS6460", "Test de connaissance du français dit tout public (TCF TP)",
                    "FRANCE EDUCATION INTERNATIONAL", "136"),
    _active_en_2026("RNCP37275", "Formateur professionnel d'adultes", _TRAVAIL, "333", niveau_sortie="Niveau 5"),
    _active_en_2026("RNCP37715", "Assistant de vie aux familles", _TRAVAIL, "330t", niveau_sortie="Niveau 3"),
    _active_en_2026("RNCP40800", "Secrétaire assistant médico-administratif", _TRAVAIL, "324",
                    niveau_sortie="Niveau 4"),
    _active_en_2026("RNCP37121", "Comptable assistant", _TRAVAIL, "314t", niveau_sortie="Niveau 4"),
    _active_en_2026("RNCP39063", "Négociateur technico-commercial", _TRAVAIL, "312t", niveau_sortie="Niveau 5"),
    _active_en_2026("RNCP37948", "Gestionnaire de paie", _TRAVAIL, "315t", niveau_sortie="Niveau 5"),
)  # fmt: skip

# Records of the official exports. `connue_active_le` is the decision or the date of effect when the export gives
# it, else the date of the export; for a record already ended at that date, its own last day: it was active then.
_DES_EXPORTS = (
    Certification(
        "RS5719", "Premiers secours en équipe de niveau 1", connue_active_le=date(2022, 1, 1),
        fin_enregistrement=date(2026, 12, 31), certificateurs=("MINISTERE DE L'INTERIEUR ET DES OUTRE-MER",),
        formacodes=("42829",), nsf=("344",), source=EXPORT_2026,
    ),
    Certification(
        "RS6547", "Enseigner l’anglais (CELTA)", connue_active_le=date(2024, 3, 27),
        fin_enregistrement=date(2027, 3, 27), certificateurs=("CAMBRIDGE ASSESSMENT OVERSEAS LIMITED",),
        formacodes=("44515", "15234", "44583", "44562"), nsf=("136", "333"), source=EXPORT_2026,
    ),
    Certification(
        "RS6604", "Exploiter la blockchain dans le développement d’applications", connue_active_le=date(2024, 4, 26),
        fin_enregistrement=date(2029, 4, 26), certificateurs=("SIMPLON.CO",), formacodes=("31004", "31067"),
        nsf=("326",), source=EXPORT_2026,
    ),
    # The export of 2026 dates its decision from 24/05/2019, that of 2024 from 13/06/2019: the later is sure.
    Certification(
        "RS5000", "Exploiter la blockchain dans le développement d’applications", connue_active_le=date(2019, 6, 13),
        fin_enregistrement=date(2024, 5, 24), remplacee_par=("RS6604",), certificateurs=("SIMPLON.CO",),
        formacodes=("31004",), nsf=("114b", "326"), source=EXPORT_2026,
    ),
    Certification(
        "RS5568", "Référent cybersécurité en TPE/PME", connue_active_le=date(2021, 11, 10),
        fin_enregistrement=date(2026, 11, 10), certificateurs=(_CCI,), formacodes=("31045",), nsf=("326m",),
        source=EXPORT_2026,
    ),
    Certification(
        "RS7423", "Intégrer l’intelligence artificielle (IA) dans les pratiques en Ressources Humaines",
        connue_active_le=date(2025, 11, 27), fin_enregistrement=date(2027, 11, 27),
        certificateurs=("CLASSE DIGITALE",), formacodes=("33054", "31008", "31028", "32066"), nsf=("315",),
        source=EXPORT_2026,
    ),
    Certification(
        "RS6232",
        "Repérage de l’amiante dans le domaine des navires, bateaux, engins flottants et autres constructions "
        "flottantes",
        connue_active_le=date(2023, 1, 25), fin_enregistrement=date(2026, 1, 25), remplacee_par=("RS7485",),
        certificateurs=("ADXF2",), formacodes=("42103",), nsf=("333r",), source=EXPORT_2026,
    ),
    Certification(
        "RS7485",
        "Repérage de l’amiante avant certaines opérations à bord des navires, bateaux, engins flottants et autres "
        "constructions flottantes",
        connue_active_le=date(2025, 12, 18), fin_enregistrement=date(2027, 12, 18), certificateurs=("ADXF2",),
        formacodes=("42103",), nsf=("333r",), source=EXPORT_2026,
    ),
    Certification(
        "RS6931", "Intégrer le management d'équipe dans son activité professionnelle",
        connue_active_le=date(2024, 11, 28), fin_enregistrement=date(2026, 11, 28), certificateurs=("MANITUDE",),
        nsf=("310m",), source=fr(f"{ACTIVES_2026} ; dates annoncées par le certificateur"),
    ),
    Certification(
        "RNCP37674", "Développeur web et web mobile", connue_active_le=_EXPORT, fin_enregistrement=date(2028, 9, 1),
        certificateurs=(_TRAVAIL,), formacodes=("31090", "46357", "31006", "70710"), nsf=("326t",), rome=("M1805",),
        niveau_sortie="Niveau 5", source=EXPORT_2026,
    ),
    Certification(
        "RNCP37873", "Concepteur développeur d'applications", connue_active_le=_EXPORT,
        fin_enregistrement=date(2028, 12, 18), certificateurs=(_TRAVAIL,),
        formacodes=("31067", "31036", "31010", "31084", "31006"), nsf=("326t",), rome=("M1805",),
        niveau_sortie="Niveau 6", source=EXPORT_2026,
    ),
    Certification(
        "RNCP36612", "Assistant en ressources humaines", connue_active_le=_EXPORT,
        fin_enregistrement=date(2027, 7, 1), certificateurs=(_CCI,), formacodes=("35014", "32688", "33052"),
        nsf=("315t",), rome=("M1604", "M1501", "M1203"), niveau_sortie="Niveau 5", source=EXPORT_2026,
    ),
    Certification(
        "RNCP40344", "Auxiliaire spécialisé vétérinaire", connue_active_le=_EXPORT,
        fin_enregistrement=date(2028, 3, 28), certificateurs=("ANIMAL PRO FORMATION", "SNVEL"),
        formacodes=("42022",), nsf=("212t",), rome=("A1500", "M1601", "D1210", "A1504"), niveau_sortie="Niveau 4",
        source=EXPORT_2026,
    ),
    Certification(
        "RNCP37488", "Cybersécurité", connue_active_le=_EXPORT, fin_enregistrement=date(2028, 8, 31),
        certificateurs=("MINISTERE DE L'EDUCATION NATIONALE",), formacodes=("31045",), nsf=("326",),
        rome=("M1810", "M1802", "M1801"), niveau_sortie="Niveau 4", source=EXPORT_2026,
    ),
    Certification(
        "RNCP35959", "Développeur web", connue_active_le=_ACTIVES, fin_enregistrement=date(2026, 10, 15),
        certificateurs=("CESI",), formacodes=("31090", "46341", "46359", "30805"), nsf=("326t", "320t", "320m"),
        rome=("E1103", "E1104", "E1205"), niveau_sortie="Niveau 5", source=EXPORT_2026,
    ),
    Certification(
        "RNCP35809", "Finition, aménagement des bâtiments : conception et réalisation", connue_active_le=_EXPORT,
        fin_enregistrement=date(2026, 8, 31), remplacee_par=("RNCP41827",),
        certificateurs=("MINISTERE DE L'ENSEIGNEMENT SUPERIEUR",), formacodes=("22454",), nsf=("233",),
        rome=("F1201", "F1202"), niveau_sortie="Niveau 5", source=EXPORT_2026,
    ),
    Certification(
        "RNCP35419", "Expert en ingénierie du logiciel", connue_active_le=date(2026, 3, 17),
        fin_enregistrement=date(2026, 3, 17), remplacee_par=("RNCP42147",),
        certificateurs=("ECOLE SUP INFORMATIQUE ELECTRON AUTOMAT",), formacodes=("31067", "31057", "31094"),
        nsf=("326",), rome=("M1802", "M1805", "M1803"), niveau_sortie="Niveau 7", source=EXPORT_2026,
    ),
    Certification(
        "RNCP39848", "Chargé de projet en ingénierie numérique dans l'industrie", connue_active_le=_ACTIVES,
        fin_enregistrement=date(2026, 11, 28), certificateurs=("GIP FCIP Aix-Marseille",),
        formacodes=("31629", "31686", "31606", "70401"), nsf=("200", "251n", "251p"), niveau_sortie="Niveau 6",
        source="France compétences, fiche publique",
    ),
    # A record that had ended before the guide, and its two successors, one of them active at the guide's date.
    Certification(
        "RNCP22094", "Chef de projet commercial pour l'agroalimentaire", connue_active_le=date(2014, 12, 31),
        fin_enregistrement=date(2015, 12, 31), remplacee_par=("RNCP28155",), nsf=("221w",),
        rome=("D1406", "H1102", "D1407"), niveau_sortie="Niveau 6", source=EXPORT_2024,
    ),
    Certification(
        "RNCP28155", "Chef de projet commercial pour l'agroalimentaire et services associés",
        connue_active_le=date(2017, 4, 21), fin_enregistrement=date(2022, 4, 21), remplacee_par=("RNCP30271",),
        nsf=("221w",), rome=("H1102", "D1407", "D1406"), niveau_sortie="Niveau 6", source=EXPORT_2024,
    ),
    Certification(
        "RNCP30271", "Chef de projet commercial pour l'agroalimentaire et services associés",
        connue_active_le=date(2018, 2, 8), fin_enregistrement=date(2022, 4, 21), certificateurs=("ESCAIA",),
        formacodes=("21551",), nsf=("221w",), rome=("H1102", "D1407", "D1406"), niveau_sortie="Niveau 6",
        source=EXPORT_2024,
    ),
)  # fmt: skip


def _action(code: str, libelle: str, type_formation: TypeFormation) -> Certification:
    """Make the record of a CPF code. The guide's step 2 attests its type; its code comes from the lists of 2026."""
    return Certification(
        code, libelle, connue_active_le=OUVERTURE_PERMIS.get(code, _GUIDE), famille=type_formation.value,
        inactive_constatee_le=_CODES_CPF if type_formation in _ABSENTS_EN_2026 else None,
        nsf=("315",) if type_formation is TypeFormation.BILAN else (),
        source=CODE_NON_CONFIRME if type_formation in _ABSENTS_EN_2026 else CODES_CPF_2026,
    )  # fmt: skip


CODES_CPF_2026 = fr("Fiche pratique du 28/11/2019 pour le type ; code relevé le 13/08/2026")
CODE_NON_CONFIRME = fr("Fiche pratique du 28/11/2019 pour le type ; code d'usage, non confirmé")
_CODES_CPF = date(2026, 8, 13)
# The lists of codes of that day no longer hold it.
_ABSENTS_EN_2026 = frozenset({TypeFormation.CREATION})

# Last: what is searched by words shows certifications first.
_ACTIONS = tuple(_action(code, libelle, type_) for code, (libelle, type_) in CODES_CPF.items())

_DATES = {GUIDE: _GUIDE, EXPORT_2026: _EXPORT, EXPORT_2024: date(2024, 2, 22), CODES_CPF_2026: _CODES_CPF}


def _datee(une: Certification) -> Certification:
    """Give a record with the date of its source, and the last date at which one shows it active.

    A source that is not dated by itself was read with the list of active certifications.
    """
    le = _DATES.get(une.source, _GUIDE if une.source == CODE_NON_CONFIRME else _ACTIVES)
    niveau = une.niveau_sortie.replace("Niveau ", f"Niveau{ESPACE_INSECABLE}")
    return replace(une, faits_le=le, vue_active_le=le if une.active_le(le) else None, niveau_sortie=niveau)


CERTIFICATIONS: tuple[Certification, ...] = tuple(
    map(_datee, (*_DU_GUIDE, *_ACTIVES_EN_2026, *_DES_EXPORTS, *_ACTIONS))
)

# What an export says of its blocs is not in the lists above, but for these two, which everybody may read.
BLOCS: dict[str, tuple[Bloc, ...]] = {
    "RNCP37674": (
        Bloc("RNCP37674BC01", fr("Développer la partie front-end d'une application web ou web mobile sécurisée")),
        Bloc("RNCP37674BC02", fr("Développer la partie back-end d'une application web ou web mobile sécurisée")),
    ),
    "RNCP37873": (
        Bloc("RNCP37873BC01", "Développer une application sécurisée"),
        Bloc("RNCP37873BC02", "Concevoir et développer une application sécurisée organisée en couches"),
        Bloc("RNCP37873BC03", fr("Préparer le déploiement d'une application sécurisée")),
    ),
}

# Certif Info is only known for CléA; its number names the certification that the guide calls so.
AUTRES_CODES: dict[tuple[TypeCode, str], str] = {(TypeCode.CERTIF_INFO, "84482"): "RS2203"}
