"""The tours that the product makes of what was published: each step of each guide, in order, in its own words."""

import pytest

from steps.guide.visite import comparer
from steps.navigateur.gestes_lus import GesteLu, chemin
from webapp.domain.textes import fr
from webapp.mode_emploi.guide import guides
from webapp.mode_emploi.visite import N_IMPORTE, aides, ecran_de, visites

NOMS = [guide.nom for guide in guides()]


@pytest.mark.parametrize("nom", NOMS)
def test_a_tour_stops_at_each_numbered_step_of_its_guide_in_order(nom):
    visite = visites()[nom]
    numeros = [arret.etape.numero or 0 for arret in visite.arrets]
    assert numeros == sorted(numeros)
    assert set(numeros) == {etape.numero for etape in visite.guide.etapes if etape.numero}
    assert [arret.rang for arret in visite.arrets] == list(range(1, len(numeros) + 1))


@pytest.mark.parametrize("nom", NOMS)
def test_a_stop_says_sentences_of_the_guide_and_no_other(nom):
    for arret in visites()[nom].arrets:
        texte = " ".join(arret.etape.texte)
        # A step whose title says all has nothing else to say: the tour shows it above.
        assert arret.phrases or not arret.etape.texte
        assert all(phrase in texte for phrase in arret.phrases), arret


@pytest.mark.parametrize("nom", NOMS)
def test_a_sentence_that_announces_something_shows_it(nom):
    for arret in visites()[nom].arrets:
        assert (
            tuple(dite.texte[: len(phrase)] for dite, phrase in zip(arret.dites, arret.phrases, strict=True))
            == arret.phrases
        )
        assert not [dite for dite in arret.dites if dite.texte.rstrip().endswith(":")]


def test_a_message_that_is_quoted_names_what_is_the_persons_own():
    certification, identifiant = (visites()["creer-une-formation-clea"].arrets[rang - 1] for rang in (3, 7))
    lus = [
        dite.modele[len(phrase) :].strip()
        for a in (certification, identifiant)
        for dite, phrase in zip(a.dites, a.phrases, strict=True)
    ]
    assert lus == [
        fr("« La certification « {3} » est sélectionnée : ses informations sont importées. »"),
        fr("« L'identifiant « {6} » est disponible. »"),
        fr("« L'identifiant « {6} » est déjà utilisé par une autre formation de votre catalogue. »"),
    ]
    assert certification.geste.nom in certification.dites[0].texte


def test_what_is_saved_and_what_is_validated_are_said_each_in_its_place():
    """« Voir dans le catalogue » is pressed after the one, then after the other."""
    arrets = visites()["creer-une-formation-clea"].arrets
    brouillon = fr("Votre formation sera au statut « brouillon » dans votre catalogue.")
    dits = {arret.rang: arret.phrases for arret in arrets if arret.rang >= 15}
    assert dits[15] == dits[16] == (brouillon,)
    assert dits[17] == dits[18]
    assert all("brouillon" not in phrase and "validée" in phrase for phrase in dits[18])


def test_among_the_objects_of_the_person_the_title_of_a_formation_is_asked_for():
    libres = [arret for visite in visites().values() for arret in visite.arrets if arret.motif == N_IMPORTE]
    assert {(arret.ecran, arret.demande) for arret in libres} == {
        ("catalogue", "Cliquez sur le titre de la formation que vous voulez")
    }


@pytest.mark.parametrize("nom", NOMS)
def test_a_tour_begins_where_anybody_can_go(nom):
    assert "{" not in visites()[nom].depart


def test_what_the_person_wrote_before_takes_the_place_of_the_example():
    clea = {arret.geste.nom: arret for arret in visites()["creer-une-formation-clea"].arrets}
    intitule = clea["Intitulé de la formation"]
    assert clea[intitule.geste.valeur].motif == f"{{{intitule.rang}}}"
    # Objects that were there before have any name.
    assert any(arret.motif == N_IMPORTE for arret in visites()["creer-une-action-de-formation"].arrets)
    assert all("Toulouse" not in arret.motif for arret in visites()["creer-une-session"].arrets)


def test_each_guide_but_the_first_says_what_comes_before_it():
    avant = {nom: visite.avant.nom if visite.avant else None for nom, visite in visites().items()}
    assert avant == {
        "creer-une-formation-clea": None,
        "creer-une-action-de-formation": "creer-une-formation-clea",
        "creer-une-session": "creer-une-action-de-formation",
        "transferer-mon-catalogue-vers-edof": "creer-une-session",
    }


def test_a_field_leads_to_the_step_where_the_fiche_writes_in_it():
    trouvees = {libelle: (guide.nom, etape.numero) for libelle, (guide, etape) in aides().items()}
    clea = "creer-une-formation-clea"
    assert trouvees["Votre identifiant interne de formation"] == (clea, 6)
    assert trouvees["Objectif de la formation"] == (clea, 9)
    assert trouvees["Type de parcours de formation"] == (clea, 12)


@pytest.mark.parametrize(
    ("page", "ecran"),
    [
        ("/catalogue", "catalogue"), ("/formations/nouvelle", "nouvelle"), ("/formations/{id}", "formations"),
        ("/formations/nouvelle/fiche", "formations"), ("/formations/{id}/actions/nouvelle", "actions"),
        ("/actions/{id}", "actions"), ("/actions/{id}/sessions/nouvelle", "sessions"), ("/sessions/{id}", "sessions"),
        ("/contacts/nouveau", "contacts"), ("/catalogue/edof/{id}", "edof"), ("/", ""),
    ],
)  # fmt: skip
def test_a_form_keeps_its_screen_when_it_is_stored(page, ecran):
    assert ecran_de(page) == ecran


def test_the_number_of_an_object_is_not_of_its_screen():
    assert chemin("http://x/formations/0123abcd-0123-4567-89ab-0123456789ab?a=b#c") == "/formations/{id}"


GESTE = GesteLu(3, "cliquer", "button", "Vérifier", "", "/formations/nouvelle/fiche", "Nouvelle offre", "")


@pytest.mark.parametrize(
    "autre",
    [
        {"nom": "Contrôler"}, {"role": "link"}, {"page": "/catalogue"}, {"titre": "Catalogue"}, {"verbe": "saisir"},
        {"valeur": "x"}, {"carte": "Action « Toulouse »"}, {"pas": 4},
    ],
)  # fmt: skip
def test_a_scenario_that_acts_on_something_else_than_what_is_published_fails(autre):
    fait = GesteLu(**{**GESTE.faits(), **autre})
    comparer([GESTE], [GESTE])
    with pytest.raises(AssertionError, match="make guide"):
        comparer([GESTE], [fait])


def test_a_scenario_that_makes_more_or_fewer_gestures_than_are_published_fails():
    for publies, faits in (([GESTE], []), ([], [GESTE])):
        with pytest.raises(AssertionError, match="gestes sont publiés"):
            comparer(publies, faits)
