"""A code that no list has, forged or from an older list: kept, told, and never shown as if it were its meaning."""

from tests.builders_arbre import AtelierArbre


def test_a_code_that_no_list_has_is_kept_and_told_and_never_shown_as_if_it_were_its_meaning(
    client, client_lecteur, base, gestionnaire, atelier
):
    planteur = AtelierArbre(base, gestionnaire)
    formation = atelier.formation(gestionnaire)
    action = planteur.action(formation.id)
    session = planteur.session(action.id, numero="Mars", etat_recrutement="9")
    page = client.get(f"/sessions/{session.id}")
    assert "Choisissez une valeur de la liste « État du recrutement »." in page.texte()
    assert "code inconnu (9)" in client.get(f"/formations/{formation.id}?action={action.id}").texte("//*[@id='arbre']")
    assert "code inconnu (9)" in client_lecteur.get(f"/sessions/{session.id}").texte("//dl")
    assert client.submit(page, "Enregistrer").h1 == "Modifier la session"
    assert planteur.relire(session).fiche.textes["etat_recrutement"] == "9"
