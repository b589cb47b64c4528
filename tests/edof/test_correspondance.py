"""The page of correspondences says each field once, where it is written and nowhere else."""

from lxml import etree

from tests.edof.test_lecture import EXEMPLE
from webapp.domain.champs import Niveau
from webapp.domain.niveaux import CHAMPS
from webapp.edof.correspondance import rubriques, sans_place


def test_every_field_is_said_once_or_said_not_to_be_carried():
    par_titre = {rubrique.titre: [ligne.libelle for ligne in rubrique.lignes] for rubrique in rubriques()}
    assert list(par_titre) == ["Formation", "Action de formation", "Session", "Contact", "Lieu"]
    ailleurs = {"Certification", "Contact pour s\u2019informer"}
    for niveau, dits in zip(Niveau, par_titre.values(), strict=True):
        siens = [champ.libelle for champ in CHAMPS[niveau] if champ.element and champ.nom != "contact"]
        assert sorted(dit for dit in dits if dit not in ailleurs) == sorted(siens)
    assert sans_place() == (
        "Formation\xa0: Numéro d\u2019agrément préfectoral", "Formation\xa0: Durée totale, en heures",
    )  # fmt: skip


def test_what_is_said_of_a_place_is_where_the_file_has_it():
    presents = {etree.QName(e).localname for e in etree.fromstring(EXEMPLE.encode("iso-8859-1")).iter(etree.Element)}
    infos = {e.get("info") for e in etree.fromstring(EXEMPLE.encode("iso-8859-1")).iter(etree.Element)}
    for rubrique in rubriques():
        for ligne in rubrique.lignes:
            dernier = ligne.chemin.split(" \u203a ")[-1]
            nom = dernier.split("«")[-1].strip("» \xa0")
            assert nom in presents | infos | {"@numero", "pays", "portable"}, ligne


def test_codes_and_limits_are_in_the_words_of_the_screens():
    lignes = {ligne.libelle: ligne for rubrique in rubriques() for ligne in rubrique.lignes}
    assert lignes["Type de parcours de formation"].limites.startswith("1\xa0= Collectif")
    assert lignes["Frais pédagogiques hors taxes"].limites == "Montant à deux décimales, avec un point"
    assert lignes["Dates des réunions d\u2019information"].limites == "Date AAAAMMJJ, 3 au plus"
    assert lignes["Rythme"].demande == "Exigé par l\u2019import"
    assert lignes["Langue de la formation"].demande == "Exigé par le schéma et par l\u2019import"
    assert lignes["Transports"].demande == "Facultatif"
    assert "supposée" in lignes["Détail des frais additionnels"].certitude


def test_what_the_schema_says_nothing_of_is_not_told_as_official():
    """A number is plain text there; what its 30 characters come from is what tools say of the specification."""
    for rubrique in rubriques()[:3]:
        numero = rubrique.lignes[0]
        assert numero.chemin.endswith("@numero")
        assert numero.limites == "30\xa0caractères au plus"
        assert numero.certitude == (
            "Sûr\xa0: schéma officiel, sauf la longueur (dit par plusieurs outils, d\u2019après le cahier des charges)"
        )
    lignes = {ligne.libelle: ligne for rubrique in rubriques() for ligne in rubrique.lignes}
    assert lignes["Heures en centre (maximum)"].certitude.endswith("sauf les bornes, qui sont les nôtres")
    assert "sauf le sens des codes" in lignes["Périmètre de recrutement"].certitude
    assert lignes["Transports"].certitude == "Sûr\xa0: schéma officiel"
