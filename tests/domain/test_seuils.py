"""Each limit holds to the last unit: what is exactly at it is still within, and what is one beyond is told so."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import CLEA, MAINTENANT, un_acte, une_certification, une_fiche, une_fiche_de, une_formation
from tests.builders_arbre import un_contexte, une_action
from webapp.domain import champs
from webapp.domain.champs_action import HEURES_MAX
from webapp.domain.controle import controler
from webapp.domain.controle_arbre import controler_action
from webapp.domain.diagnostic import Code, Diagnostic
from webapp.domain.fichier_habilitations import LIGNES_MAX, OCTETS_MAX, FichierRefuse, lire_fichier
from webapp.domain.habilitations import LONGUEUR_MAX_ETAT
from webapp.domain.identifiants import CLE_MAX, cle_canonique
from webapp.domain.lots import Changement
from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.statuts import Statut
from webapp.domain.textes import place_interdite

SIRET = "99999999800019"
ENTETE = "Code certification;Etat de l'habilitation;Date fin habilitation"
UN_JOUR = timedelta(days=1)
INTERDIT = "\u202e"


def plat(texte):
    return texte.replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")


def lue(*lignes):
    return lire_fichier("liste.csv", "\r\n".join(lignes).encode(), SIRET)


# ------------------------------------------------------------------- the list of habilitations of EDOF


def test_a_list_as_heavy_as_may_be_is_read_and_one_byte_more_is_not():
    debut = f"{ENTETE}\r\nRS1;Active;\r\n".encode()
    pleine = (debut + (b" " * 199 + b"\n") * 2_000)[:OCTETS_MAX]
    assert [h.code for h in lire_fichier("liste.csv", pleine, SIRET).habilitations] == ["RS1"]
    with pytest.raises(FichierRefuse, match="400\N{NO-BREAK SPACE}ko"):
        lire_fichier("liste.csv", pleine + b" ", SIRET)


def test_a_list_as_long_as_may_be_is_read_and_one_line_more_is_told():
    lignes = [f"RS{n};Active;" for n in range(1, LIGNES_MAX + 1)]
    assert len(lue(ENTETE, *lignes).habilitations) == LIGNES_MAX
    with pytest.raises(FichierRefuse) as refus:
        lue(ENTETE, *lignes, "RS9999;Active;")
    assert str(refus.value) == f"Ce fichier a plus de {LIGNES_MAX} lignes."


def test_a_last_day_of_the_year_2200_is_none_and_one_of_the_year_before_is_kept():
    fins = [h.fin for h in lue(ENTETE, "RS1;Active;31/12/2199", "RS2;Active;01/01/2200").habilitations]
    assert fins == [date(2199, 12, 31), None]


def test_the_state_of_an_habilitation_is_kept_as_long_as_its_place():
    [pleine, longue] = lue(ENTETE, f"RS1;{'a' * LONGUEUR_MAX_ETAT};", f"RS2;{'a' * 250};").habilitations
    assert pleine.etat == "a" * LONGUEUR_MAX_ETAT
    assert len(longue.etat) == LONGUEUR_MAX_ETAT


def test_a_file_with_one_of_the_columns_is_told_those_that_it_lacks():
    with pytest.raises(FichierRefuse) as refus:
        lue("Code certification;Autre", "RS1;x")
    assert "il y manque les colonnes « Etat de l'habilitation » et « Date fin habilitation »." in plat(str(refus.value))


def test_columns_that_are_named_twice_are_read_from_the_first():
    lu = lue(ENTETE, "RS1;Active;", ENTETE, "RS2;Active;")
    assert [h.code for h in lu.habilitations] == ["RS1", "RS2"]


# ------------------------------------------------------------------------------ prices, hours, codes


def test_a_raised_price_may_be_the_largest_to_the_cent():
    lot = Changement.lire("prix", "", {"ttc": "", "pourcentage": "10"})

    def change(ttc):
        return lot.fiche(une_action(frais_ttc=ttc, frais_ht="", taux_tva="")).valeur("frais_ttc")

    assert change("9090909090.90") == "9999999999.99"
    assert change("9090909090.91") == "9090909090.91"


def test_the_most_hours_that_may_be_add_up_like_the_others():
    def dits(centre):
        fiche = une_action(duree="24", heures_centre=centre, heures_entreprise="")
        return [plat(a.message) for a in controler_action(fiche, un_contexte()).du_champ("heures_centre")]

    [dit] = dits(str(HEURES_MAX))
    assert dit.startswith("En centre et en entreprise, ")
    assert not any(dit.startswith("En centre et en entreprise") for dit in dits(str(HEURES_MAX + 1)))


def test_the_codes_of_blocs_are_looked_at_as_long_as_their_field_holds_them():
    maximum = champs.BLOCS.longueur_max
    assert maximum is not None
    certification = une_certification(code="RNCP37674", connue_active_le=CLEA.connue_active_le)

    def codes(longueur):
        fiche = une_fiche_de(TypeFormation.CERTIFIANTE, certification="RNCP37674", blocs="A" * longueur)
        return [a.code for a in controler(fiche, certification, CLEA.connue_active_le).du_champ("blocs")]

    assert codes(maximum) == [Code.BLOC_INCONNU]
    assert codes(maximum + 1) == [Code.TROP_LONG]


@pytest.mark.parametrize("longueur", [30, 31])
def test_thirty_signs_around_what_is_refused_are_shown_whole(longueur):
    mots = "a" * (longueur - 4) + " bcd"
    avant, apres = place_interdite(f"{mots}{INTERDIT}"), place_interdite(f"{INTERDIT}{mots[::-1]}")
    assert avant is not None
    assert apres is not None
    assert avant.autour == (f"{mots}▯" if longueur == 30 else "… bcd▯")
    assert apres.autour == (f"▯{mots[::-1]}" if longueur == 30 else "▯dcb…")


def test_the_words_before_what_is_refused_are_the_last_ones_whole():
    place = place_interdite(f"Commencement {'mot ' * 9}de la fin{INTERDIT}")
    assert place is not None
    assert place.autour == "… mot mot mot mot mot de la fin▯"


# ------------------------------------------------------------------------------------- days and moments


@pytest.mark.parametrize("sens", [-1, 1])
def test_an_archiving_of_a_whole_day_before_the_formation_or_after_now_is_not_of_it(sens):
    acte = un_acte(maintenant=MAINTENANT + 9 * UN_JOUR)
    formation = replace(une_formation(), creee_le=MAINTENANT)
    bord = MAINTENANT - UN_JOUR if sens < 0 else acte.maintenant + UN_JOUR
    assert formation.archiver(acte, bord).archivee_le == acte.maintenant
    dedans = bord - sens * timedelta(microseconds=1)
    assert formation.archiver(acte, dedans).archivee_le == dedans


def test_a_certification_seen_inactive_on_its_last_day_is_not_said_to_have_ended():
    fin = date(2026, 5, 15)
    certification = une_certification(fin_enregistrement=fin, inactive_constatee_le=fin)
    assert plat(certification.avis_le(fin)) == "La certification RS1 n'est plus active au 15 mai 2026."
    assert "son enregistrement a pris fin le 15 mai 2026" in plat(certification.avis_le(fin + UN_JOUR))


def test_what_was_archived_in_the_version_of_its_last_save_has_just_been_restored_in_the_next():
    archivee = replace(une_formation(Statut.ARCHIVEE), version=3, version_saisie=3)
    restauree = archivee.restaurer(Diagnostic())
    assert restauree.vient_d_etre_restauree(3)
    assert not replace(restauree, version_saisie=4).vient_d_etre_restauree(3)


# --------------------------------------------------------------------------- nothing said twice or for nothing


def test_an_identifier_in_which_nothing_can_be_seen_is_missing_and_nothing_else():
    anomalies = controler(une_fiche(identifiant="\N{LEFT-TO-RIGHT MARK}"), CLEA, CLEA.connue_active_le)
    assert [a.code for a in anomalies.du_champ("identifiant")] == [Code.OBLIGATOIRE]


def test_a_key_as_long_as_may_be_is_the_identifier_itself_and_no_key_is_longer():
    assert cle_canonique("A" * CLE_MAX) == "a" * CLE_MAX
    assert len(cle_canonique("A" * (CLE_MAX + 1))) < CLE_MAX
