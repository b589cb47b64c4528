"""What a contact is reached by reads line by line: no line of a narrow screen ends with a « · »."""

from tests.builders_arbre import AtelierArbre


def test_the_address_of_a_contact_is_on_a_line_of_its_own(client, base, gestionnaire):
    AtelierArbre(base, gestionnaire).contact(
        telephone="0561000000", portable="0639984012", courriel="camille@exemple.example"
    )
    lignes = [p.text_content().strip() for p in client.get("/contacts").tous("//main//li//p")]
    assert "camille@exemple.example" in lignes
    assert [ligne for ligne in lignes if "camille@" in ligne and "·" in ligne] == []
    [telephones] = [ligne for ligne in lignes if "·" in ligne]
    assert telephones.startswith("05")
