"""Another edition of a guide: as many findings as there are changes, whatever the copy did to the text."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from dataclasses import dataclass, replace
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from webapp.domain.textes import fr
from webapp.mode_emploi.edition import MOTS_MAX, Verdict, comparer
from webapp.mode_emploi.edition_constats import Constat, Genre, Proche
from webapp.mode_emploi.edition_ecarts import Remplacement, Sort
from webapp.mode_emploi.edition_libelles import inconnus
from webapp.mode_emploi.edition_reference import editions
from webapp.mode_emploi.publication import DOSSIER

CLEA, SESSION = editions()[0], editions()[2]
FICHE = CLEA.texte
NEUFS = (
    "Téléversez le justificatif signé par votre dirigeant.",
    "Patientez jusqu'à minuit avant toute relance téléphonique.",
    "Imprimez ensuite un exemplaire destiné aux archives départementales.",
)
EDITIONS = pytest.mark.parametrize("edition", editions(), ids=[edition.guide.nom for edition in editions()])
RARES = ("Zéphyr", "Quetzal", "Fjord", "Wagram")


def ecrire_sans_accents(texte: str) -> str:
    """Give a text as a keyboard without accents writes it."""
    return "".join(c for c in unicodedata.normalize("NFD", texte) if not unicodedata.combining(c))


@dataclass(frozen=True)
class Section:
    """A step of the transcription, cut into its sentences."""

    numero: int | None
    phrases: tuple[str, ...]


def sections() -> list[Section]:
    """Give the transcription as it is: what stands before the steps, then each of them."""
    faites: list[Section] = []
    dernier = ""
    for phrase in CLEA.phrases:
        if phrase.absente:
            continue
        texte = phrase.texte.replace("\u00a0", " ").replace("’", "'")
        if phrase.section != dernier:
            numero = int(phrase.section.removeprefix("Étape ")) if phrase.section.startswith("Étape ") else None
            faites.append(Section(numero, ()))
            dernier = phrase.section
        faites[-1] = replace(faites[-1], phrases=(*faites[-1].phrases, texte))
    return faites


ETAPES = [rang for rang, section in enumerate(sections()) if section.numero is not None]


@dataclass(frozen=True)
class Copie:
    """What a copy does to a text: numbers, spaces, apostrophes, width of the lines, words cut at their end."""

    numero: str
    apostrophe: str
    espace: str
    largeur: int
    puce: str
    entre: str
    nfd: bool
    tiret: str
    fin: str

    def ecrire(self, faites: list[Section]) -> str:
        lignes = []
        for section in faites:
            if section.numero is not None and self.numero:
                lignes.append(self.numero.format(n=section.numero))
            lignes += [self.puce + "\n".join(self._lignes(phrase)) for phrase in section.phrases]
        texte = self.entre.join(lignes)
        texte = texte.replace("'", self.apostrophe)
        texte = re.sub(r"« | (?=[»:!?])", lambda lu: lu[0].replace(" ", self.espace), texte)
        texte = unicodedata.normalize("NFD", texte) if self.nfd else texte
        return texte.replace("\n", self.fin)

    def _lignes(self, phrase: str) -> list[str]:
        coupees = textwrap.wrap(phrase, self.largeur, break_long_words=False, break_on_hyphens=False)
        if self.tiret:
            coupees = [re.sub(r"(?<=\s)([a-z]{4})([a-z]{4,})$", rf"\1{self.tiret}\n\2", ligne) for ligne in coupees]
        return coupees or [phrase]


COPIES = st.builds(
    Copie,
    numero=st.sampled_from(["{n}", "{n} - ", "Étape {n}", "Étape {n} : ", "{n}.", "ÉTAPE {n} –", ""]),
    apostrophe=st.sampled_from(["'", "’", "ʼ"]),
    espace=st.sampled_from([" ", "\u00a0", "\u202f", "\u2009"]),
    largeur=st.sampled_from([12, 30, 60, 90, 1000]),
    puce=st.sampled_from(["", "- ", "• "]),
    entre=st.sampled_from(["\n", "\n\n", "\n \n\n"]),
    nfd=st.booleans(),
    tiret=st.sampled_from(["", "-", "\u2010", "\u00ad"]),
    fin=st.sampled_from(["\n", "\r\n"]),
)


@st.composite
def alteres(draw: st.DrawFn) -> tuple[list[Section], int]:
    """Draw the transcription with changes that are known, one a step, and how many there are."""
    faites: list[Section | None] = [*sections()]
    touchees = draw(st.lists(st.sampled_from(ETAPES), unique=True, max_size=4))
    ajouts: dict[int, str] = {}
    nombre = 0
    for n, rang in enumerate(touchees):
        section = sections()[rang]
        genre = draw(st.sampled_from(["sans étape", "sans phrase", "un mot", "un nombre", "une étape de plus"]))
        place = draw(st.integers(0, len(section.phrases) - 1))
        phrase = section.phrases[place]
        if genre == "sans étape":
            faites[rang] = None
        elif genre == "sans phrase" and len(section.phrases) > 1:
            faites[rang] = replace(section, phrases=(*section.phrases[:place], *section.phrases[place + 1 :]))
        elif genre == "un nombre" and re.search(r"\d+", phrase):
            autre = re.sub(r"\d+", f"7{n}77", phrase, count=1)
            faites[rang] = replace(section, phrases=(*section.phrases[:place], autre, *section.phrases[place + 1 :]))
        elif genre == "une étape de plus" and n < len(NEUFS):
            ajouts[rang] = NEUFS[n]
        else:
            mots = [*re.finditer(r"\w{3,}", phrase)]
            mot = mots[draw(st.integers(0, len(mots) - 1))]
            rare = RARES[n] if mot[0][0].isupper() else RARES[n].lower()
            autre = phrase[: mot.start()] + rare + phrase[mot.end() :]
            faites[rang] = replace(section, phrases=(*section.phrases[:place], autre, *section.phrases[place + 1 :]))
        nombre += 1
    sortie: list[Section] = []
    for rang, faite in enumerate(faites):
        if faite is not None:
            sortie.append(faite)
        if rang in ajouts:
            sortie.append(Section(42, (ajouts[rang],)))
    return sortie, nombre


@given(copie=COPIES)
@settings(max_examples=60)
def test_the_same_text_has_no_finding_whatever_the_copy(copie):
    fait = comparer(CLEA, copie.ecrire(sections()))

    assert [(c.genre, c.phrases, c.texte) for c in fait.constats] == []
    assert fait.verdict is Verdict.IDENTIQUE


@given(altere=alteres(), copie=COPIES)
@settings(max_examples=150)
def test_n_changes_are_n_findings_whatever_the_copy(altere, copie):
    faites, nombre = altere

    fait = comparer(CLEA, copie.ecrire(faites))

    assert len(fait.constats) == nombre, [(c.genre, [p.id for p in c.phrases], c.texte) for c in fait.constats]


@given(de=st.sampled_from(ETAPES), vers=st.sampled_from(ETAPES), copie=COPIES)
def test_a_step_that_moves_is_one_finding(de, vers, copie):
    faites = sections()
    faites.insert(vers, faites.pop(de))

    fait = comparer(CLEA, copie.ecrire(faites))

    assert [c.genre for c in fait.constats] == ([Genre.DEPLACEE] if de != vers else [])


def un_seul(texte: str) -> Constat:
    (constat,) = comparer(CLEA, texte).constats
    return constat


def ids(constat: Constat) -> list[str]:
    return [phrase.id for phrase in constat.phrases]


@EDITIONS
def test_each_guide_is_the_same_as_itself(edition):
    fait = comparer(edition, edition.texte)

    assert fait.verdict is Verdict.IDENTIQUE
    assert len(fait.identiques) == sum(not phrase.absente for phrase in edition.phrases)


@pytest.mark.parametrize("change", [lambda t: " ".join(t.split()), lambda t: "\n".join(t.split())])
def test_a_copy_that_lost_its_lines_or_has_one_for_each_word_is_the_same(change):
    assert comparer(CLEA, change(FICHE)).verdict is Verdict.IDENTIQUE


def test_a_number_that_changes_is_lit_in_its_sentence():
    constat = un_seul(FICHE.replace("0 / 255", "0 / 300"))

    assert (constat.genre, ids(constat)) == (Genre.CHANGEE, ["11.3"])
    lus = [(m.texte, m.sort) for m in constat.comparees[0].morceaux if m.sort is not Sort.GARDE]
    assert lus == [("255", Sort.RETIRE), ("300", Sort.AJOUTE)]
    assert "Le champ «\u00a0Les points forts de la formation\u00a0» dit ce qu’il attend" in {
        exemple.titre for exemple in constat.exemples
    }


def test_a_label_that_is_renamed_everywhere_is_one_finding_that_says_that_no_screen_has_it():
    constat = un_seul(FICHE.replace("« Valider »", "« Publier »").replace("\nValider\n", "\nPublier\n"))

    assert ids(constat) == ["13.3", "13.4", "13.7", "13.8"]
    assert constat.remplacement == Remplacement("Valider", "Publier")
    assert [manquant.texte for manquant in constat.inconnus] == ["Publier"]


def test_a_label_that_is_renamed_for_one_that_a_screen_has_is_not_said_to_be_missing():
    constat = un_seul(FICHE.replace("« Suivant »", "« Annuler »"))

    assert (ids(constat), constat.inconnus) == (["4.1"], ())


@pytest.mark.parametrize(
    ("texte", "manquent"),
    [
        ("Cliquez sur « Valider la demande ».", ["Valider la demande"]),
        ("Cliquez sur le bouton Publier pour finir.", ["Publier"]),
        ("Cliquez sur le bouton Suivant pour finir.", []),
        ("Le champ Objectif de la formation est vide.", []),
        ("Dans le menu « Catalogue », cliquez sur « Ajouter une formation ».", []),
        ("Votre formation sera au statut « brouillon ».", []),
    ],
)
def test_a_label_is_known_by_the_screens(texte, manquent):
    assert [manquant.texte for manquant in inconnus(texte, frozenset())] == manquent


def test_a_step_that_is_gone_is_one_finding_with_the_scenarios_of_all_it_said():
    debut, fin = FICHE.index("\n7\n"), FICHE.index("\n8\n")

    constat = un_seul(FICHE[:debut] + FICHE[fin:])

    assert (constat.genre, ids(constat), constat.etape_entiere) == (Genre.DISPARUE, ["7.1", "7.2", "7.3", "7.4"], True)
    assert len(constat.exemples) > 1


def test_a_new_step_has_the_nearest_phrase_and_the_labels_that_it_names():
    neuve = "\n9\nCliquez sur le bouton « Dupliquer » dans le menu « Opérations ».\n"

    constat = un_seul(FICHE.replace("\n11\n", f"{neuve}\n11\n"))

    assert constat.genre is Genre.NOUVELLE
    assert constat.apres is not None
    assert constat.proche.phrase is not None
    assert constat.apres.id == "8.3"
    assert constat.proche.phrase.texte == "je clique sur « {nom} » dans le menu"
    assert [libelle.texte for libelle in constat.proche.libelles] == ["Dupliquer", "Opérations"]
    assert constat.voisins[0].place[0] == "features/guide/creer_une_formation_clea.feature"


def test_a_new_step_that_was_reconstructed_is_told_with_the_reconstruction():
    neuve = "\n9\nComplétez le champ « Objectif de la formation ».\n"

    constat = un_seul(FICHE.replace("\n11\n", f"{neuve}\n11\n"))

    assert constat.proche.reference is not None
    assert (constat.proche.reference.id, constat.proche.reference.absente) == ("9.1", True)


def test_what_has_nothing_near_says_so():
    constat = un_seul(FICHE.replace("\n12\n", "\n12\nXylophones, hippocampes, girouettes.\n\n13\n"))

    assert constat.proche == Proche()


def test_a_step_that_moves_says_after_what_it_stands_now():
    blocs = re.split(r"\n(?=\d+\n)", FICHE)
    blocs[6], blocs[7] = blocs[7], blocs[6]

    constat = un_seul("\n".join(blocs))

    assert constat.apres is not None
    assert (constat.genre, ids(constat)[0], constat.apres.id) == (Genre.DEPLACEE, "7.1", "5.3")


def test_a_copy_without_what_stands_in_the_pictures_is_compared_without_them():
    sans = "\n".join(phrase.texte for phrase in CLEA.phrases if not phrase.image and not phrase.absente)

    fait = comparer(CLEA, sans)

    assert fait.verdict is Verdict.IDENTIQUE
    assert fait.images_absentes == sum(phrase.image for phrase in CLEA.phrases)


@pytest.mark.parametrize("texte", ["", " \n\t ", "« … »"])
def test_a_text_without_a_word_is_empty(texte):
    assert comparer(CLEA, texte).verdict is Verdict.VIDE


def test_a_text_that_is_no_guide_has_nothing_in_common():
    fait = comparer(CLEA, "Il était une fois, dans la forêt, un archer qui prenait aux riches pour donner aux pauvres.")

    assert (fait.verdict, fait.constats, fait.autre) == (Verdict.ETRANGER, (), None)


def test_another_guide_is_recognised():
    fait = comparer(CLEA, editions()[2].texte)

    assert (fait.verdict, fait.autre) == (Verdict.ETRANGER, editions()[2])


def test_a_text_beyond_the_bound_is_read_to_it_and_said():
    assert comparer(CLEA, FICHE + "archives " * MOTS_MAX).tronque
    assert not comparer(CLEA, FICHE).tronque


def imprime(edition, mode="plain"):
    lu = PdfReader(DOSSIER / f"{edition.guide.nom}.pdf")
    return "\n".join(page.extract_text(extraction_mode=mode) for page in lu.pages)


@EDITIONS
@pytest.mark.parametrize("mode", ["plain", "layout"])
@pytest.mark.parametrize("copie", [str, lambda texte: " ".join(texte.split())], ids=["des lignes", "une ligne"])
def test_the_print_of_a_guide_is_the_same_as_the_guide(edition, mode, copie):
    fait = comparer(edition, copie(imprime(edition, mode)))

    assert [(c.genre, c.phrases, c.texte) for c in fait.constats] == []
    assert fait.verdict is Verdict.IDENTIQUE


def test_a_print_of_another_day_by_another_browser_with_other_scenarios_is_the_same():
    texte = re.sub(r"\d+ novembre 2026", "3 janvier 2027", imprime(SESSION)).replace("chromium 150", "firefox 151")
    texte = texte.replace("1 J’ouvre une nouvelle session 3 janvier 2027 ✓ vériﬁé\n", "")
    texte = texte.replace("Je valide ma session", "Une session se valide d’un geste")

    assert comparer(SESSION, texte).constats == ()


def test_what_changes_in_a_title_of_a_print_is_told_once_with_the_step_it_is_of():
    (constat,) = comparer(SESSION, imprime(SESSION).replace("quelques semaines plus tard", "l’été suivant")).constats

    assert (constat.genre, ids(constat)) == (Genre.CHANGEE, ["5.1"])


def test_a_step_that_is_gone_from_a_print_and_from_its_list_is_one_finding():
    texte = imprime(SESSION).replace("3 Dites si l’on peut s’y inscrire, et auprès de qui\n", "")
    debut = texte.index("Une nouvelle session est ouverte")
    texte = texte[:debut] + texte[texte.index("4 Cliquez", debut) :]

    (constat,) = comparer(SESSION, texte).constats

    assert (constat.genre, ids(constat), constat.etape_entiere) == (Genre.DISPARUE, ["3.1", "3.2", "3.3"], True)


@pytest.mark.parametrize("apres", ["5 Programmez-la", "4 Cliquez sur", "1 Dépliez"])
def test_a_step_that_is_new_in_a_print_and_in_its_list_is_one_finding(apres):
    titre = "42 Téléversez le justificatif signé\n"
    texte = re.sub(f"(?m)^(?={apres})", titre, imprime(SESSION))

    (constat,) = comparer(SESSION, texte).constats

    assert (constat.genre, constat.texte) == (Genre.NOUVELLE, ("Téléversez le justificatif signé",))


def test_what_is_added_after_the_proof_is_new():
    (constat,) = comparer(SESSION, f"{imprime(SESSION)}\nArchivez vos justificatifs.").constats

    assert constat.texte == ("Archivez vos justificatifs.",)


def test_the_print_of_the_fiche_leads_to_the_rows_of_the_matrix():
    (constat,) = comparer(CLEA, imprime(CLEA).replace("reste\ninactif", "reste\ngrisé")).constats

    assert (ids(constat), constat.phrases[0].ligne is not None) == (["13.4"], True)


@pytest.mark.parametrize(
    "version", ["V3 du 12/01/2027", "V3 du 1er décembre 2020", "V2 du 12/01/2027", "V3 du 28/11/2019", "Janvier 2027"]
)
def test_another_name_of_the_edition_is_one_change(version):
    constat = un_seul(FICHE.replace("V2 du 28/11/2019", version))

    assert (constat.genre, ids(constat)) == (Genre.CHANGEE, ["0.5"])


@pytest.mark.parametrize(
    ("avant", "apres", "phrases"),
    [
        ("Enregistrer les modifications", "Enregistrer", ["13.2", "13.3"]),
        ("Enregistrer les modifications", "Enregistrer toutes les modifications", ["13.2", "13.3"]),
        ("Vérifier", "Vérifier l'identifiant", ["6.3", "7.1"]),
        ("Suivant", "Suivant et continuer", ["4.1", "4.3"]),
    ],
)
def test_a_label_that_is_shortened_or_lengthened_everywhere_is_one_finding(avant, apres, phrases):
    constat = un_seul(FICHE.replace(avant, apres))

    assert ids(constat) == phrases
    assert constat.remplacement == Remplacement(avant, fr(apres))


@pytest.mark.parametrize(
    "numero",
    [
        lambda n: chr(0x245F + n),
        lambda n: f"{chr(0x245F + n)} ",
        lambda n: f"{chr(0x2775 + n)} " if n <= 10 else f"{n}. ",
        lambda n: f"{n}\ufe0f\u20e3 " if n <= 9 else f"{n}. ",
        lambda n: f"Étape{n} : ",
        lambda n: f"Étape\n{n}\n : ",
    ],
)
@pytest.mark.parametrize("fin", ["\n", ""])
def test_a_number_in_a_circle_counts_for_nothing(numero, fin):
    texte = re.sub(r"(?m)^(\d+)\n", lambda lu: numero(int(lu[1])) + fin, FICHE)

    assert [(c.genre, c.texte) for c in comparer(CLEA, texte).constats] == []


@pytest.mark.parametrize(
    "pied",
    [
        "Fiche pratique – Créer une formation « Cléa » – V2 du 28/11/2019 – {n}/8",
        "Fiche pratique – V2 du 28/11/2019 – {n}",
        "Fiche pratique – V2 du 28/11/2019\n{n}/8",
        "{n} / 8\nFiche pratique – V2 du 28/11/2019",
        "Page {n} sur 8 – Fiche pratique",
        "Page {n}",
        "Direction des politiques sociales\nPage {n} sur 8",
        "Direction des politiques sociales\nPage {n} sur 8\n\f\nMON COMPTE FORMATION – V2",
        "- {n} -",
        "Direction des politiques sociales\n– {n} –",
    ],
)
def test_what_stands_on_each_page_with_its_number_counts_for_nothing(pied):
    blocs = FICHE.split("\n\n")
    pages = ["\n\n".join((*blocs[rang : rang + 9], pied.format(n=rang // 9 + 1))) for rang in range(0, len(blocs), 9)]

    assert [(c.genre, c.texte) for c in comparer(CLEA, "\n\n".join(pages)).constats] == []


def test_a_line_with_numbers_that_is_there_once_is_read():
    constat = un_seul(FICHE.replace("\n12\n", "\n12\nArchives départementales – 3/8\n\n13\n"))

    assert constat.genre is Genre.NOUVELLE


@pytest.mark.parametrize(
    "copie",
    [
        lambda texte: re.sub(r"(?<=[^\W\d_]{4})(?=[^\W\d_]{4})", "\u00ad", texte),
        lambda texte: re.sub(r"(?m)^- ", "o\t", texte),
        lambda texte: re.sub(r"(?m)^- ", "o ", texte),
        lambda texte: re.sub(r"(?m)^", "> ", texte),
        lambda texte: re.sub(r"(?m)^", ">> ", texte),
        lambda texte: re.sub(r"(?m)^(?=.)", ">", texte),
    ],
    ids=["soft hyphens", "Word's hollow bullets", "the same and a space", "a mail", "its answer", "a mail, close"],
)
@pytest.mark.parametrize("change", [0, 1])
def test_what_a_word_processor_or_a_mail_adds_counts_for_nothing(copie, change):
    texte = FICHE.replace("255", "300") if change else FICHE

    constats = comparer(CLEA, copie(texte)).constats

    assert [c.genre for c in constats] == [Genre.CHANGEE] * change, [(c.genre, c.texte) for c in constats]


@pytest.mark.parametrize(
    ("copie", "casse", "accents"),
    [
        (str.upper, True, False),
        (str.lower, True, False),
        (ecrire_sans_accents, False, True),
        (lambda texte: ecrire_sans_accents(texte).upper(), True, True),
        (str, False, False),
    ],
    ids=["capitals", "small letters", "no accent", "neither", "as it is"],
)
@pytest.mark.parametrize("edition", [CLEA, SESSION], ids=["cléa", "session"])
def test_what_a_copy_lost_everywhere_is_told_once_and_is_no_difference(edition, copie, casse, accents):
    comparaison = comparer(edition, copie(edition.texte))

    assert [(c.genre, c.phrases, c.texte) for c in comparaison.constats] == []
    assert comparaison.verdict is Verdict.IDENTIQUE
    assert (comparaison.sans_casse, comparaison.sans_accents) == (casse, accents)


@pytest.mark.parametrize("copie", [str.upper, str.lower, ecrire_sans_accents])
def test_n_changes_are_n_findings_in_a_copy_that_lost_its_capitals_or_its_accents(copie):
    change = FICHE.replace("255", "300").replace("« Vérifier »", "« Contrôler »").replace("[Vérifier]", "[Contrôler]")
    change = change.replace("Vous pouvez modifier le contenu de ce champ.", "")

    constats = comparer(CLEA, copie(change)).constats

    assert sorted(c.genre.name for c in constats) == ["CHANGEE", "CHANGEE", "DISPARUE"], [c.texte for c in constats]


def test_a_capital_or_an_accent_that_changes_in_a_text_that_has_others_is_a_change():
    assert un_seul(FICHE.replace("« brouillon »", "« Brouillon »")).genre is Genre.CHANGEE
    assert un_seul(FICHE.replace("nomenclature", "nomenclaturé")).genre is Genre.CHANGEE


def mal_lire(texte: str, encodage: str = "cp1252") -> str:
    """Give a text in UTF-8 as whoever takes it for another encoding reads it; what it has no sign for stays a byte."""
    octets = texte.encode()
    return "".join(bytes([o]).decode(encodage, "ignore") or chr(o) for o in octets)


SOURCE_TAPEE = "<html><head><title>Onglet</title><style>p { color: red }</style></head><body><p>{}</p></body></html>"


@pytest.mark.parametrize(
    ("copie", "source", "relue"),
    [
        (mal_lire, False, True),
        (lambda texte: mal_lire(texte, "latin-1"), False, True),
        (lambda texte: mal_lire(texte).replace("\u00a0", " "), False, True),
        (lambda texte: mal_lire(texte).replace("’", "'"), False, True),
        (lambda texte: escape(texte, quote=False).replace("é", "&eacute;").replace("\u00a0", "&nbsp;"), True, False),
        (lambda texte: escape(texte).replace("à", "&#224;").replace("ê", "&#xea;"), True, False),
        (lambda texte: SOURCE_TAPEE.replace("{}", escape(texte).replace("\n\n", "</p>\n<p>")), True, False),
        (lambda texte: mal_lire(SOURCE_TAPEE.replace("{}", escape(texte).replace("\n", "<br>\n"))), True, True),
        (lambda texte: f"<ul>{''.join(f'<li>{escape(ligne)}</li>' for ligne in texte.splitlines())}", True, False),
        (str, False, False),
    ],
    ids=[
        "Windows", "Latin-1", "without its no-break spaces", "with plain apostrophes", "named entities",
        "numbered entities", "a page", "a page badly read", "a list never closed", "as it is",
    ],
)  # fmt: skip
@EDITIONS
def test_the_source_of_a_page_and_letters_badly_read_are_the_text_that_they_are_of(edition, copie, source, relue):
    comparaison = comparer(edition, copie(edition.texte))

    assert [(c.genre, c.texte) for c in comparaison.constats] == []
    assert comparaison.verdict is Verdict.IDENTIQUE
    assert (comparaison.source, comparaison.relue) == (source, relue)


def test_a_change_is_found_in_the_source_of_a_page_badly_read():
    source = mal_lire(SOURCE_TAPEE.replace("{}", escape(FICHE.replace("255", "300")).replace("\n\n", "</p><p>")))

    assert [c.genre for c in comparer(CLEA, source).constats] == [Genre.CHANGEE]


@pytest.mark.parametrize(
    "texte", ["<p>", "</p>", "</p></main></head>", "<p></p>", "<div><script>un texte</script></div>", "<p>&nbsp;</p>"]
)
def test_a_source_without_a_word_is_empty(texte):
    attendu = Verdict.ETRANGER if texte == "<p>" else Verdict.VIDE

    assert comparer(CLEA, texte).verdict is attendu


def test_signs_of_comparison_are_no_tags():
    assert not comparer(CLEA, FICHE + "\n14\nVérifiez que le prix est < 100 € et > 10 €, R&D comprise.\n").source
