"""Objects of the portal's file, drawn: every field that its level has, each with values that the judges accept."""

from datetime import date

from hypothesis import strategies as st

from webapp.domain import champs, champs_action, champs_annuaire, champs_session
from webapp.domain.champs import Champ, Nature, Niveau
from webapp.domain.niveaux import CHAMPS
from webapp.edof.objets import Objet, Reference
from webapp.edof.ordre import BLOCS_MODIFIABLES, CERTIFICATION, SIRET, codes

_JOURS = st.dates(date(1990, 1, 1), date(2150, 12, 31))
_ECRITS = _JOURS.map(lambda jour: f"{jour:%Y%m%d}")
_NUMEROS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,29}", fullmatch=True)
# What people write and ISO-8859-1 carries: marks of XML and of HTML, quotes, line breaks, accents, a hard space.
_SIGNES = st.sampled_from([*"aàçéÉÿ1 \u00a0'\"<>&;/«»²°-", "\n", "<li>", "</p>", "]]>", "&eacute;", "&#339;"])


def _texte(champ: Champ) -> st.SearchStrategy[str]:
    assert champ.longueur_max is not None
    limite = champ.longueur_max
    signes = _SIGNES if champ.multiligne else _SIGNES.filter(lambda signe: "\n" not in signe)
    return st.lists(signes, min_size=1, max_size=30).map(lambda bouts: f"x{''.join(bouts)}"[:limite].strip())


def valeur(champ: Champ) -> st.SearchStrategy[str]:
    """A value that the field accepts, as the domain stores it."""
    fixes: dict[Champ, st.SearchStrategy[str]] = {
        champs.BLOCS: st.lists(st.integers(1, 30), min_size=1, max_size=4, unique=True).map(
            lambda rangs: "\n".join(f"RNCP40344BC{rang:02}" for rang in sorted(rangs))
        ),
        champs.CATEGORISATION: st.from_regex(r"[1-9][0-9]{2}", fullmatch=True),
        champs_annuaire.NATURE_VOIE: st.sampled_from(["RUE", "AV", "BD"]),
        champs_annuaire.CODE_POSTAL: st.from_regex(r"[0-9]{5}", fullmatch=True),
        champs_annuaire.PAYS: st.sampled_from(["FR", "BE"]),
        champs_annuaire.LATITUDE: st.from_regex(r"-?[1-9][0-9]?\.[0-9]{1,7}", fullmatch=True),
        champs_annuaire.LONGITUDE: st.from_regex(r"-?[1-9][0-9]?\.[0-9]{1,7}", fullmatch=True),
        champs_action.DATES_INFORMATION: st.lists(_JOURS, min_size=1, max_size=3, unique=True).map(
            lambda jours: "\n".join(jour.isoformat() for jour in jours)
        ),
    }
    if champ in fixes:
        return fixes[champ]
    if champ.nature is Nature.CHOIX_MULTIPLES:
        connus = list(champ.choix or {})
        return st.sets(st.sampled_from(connus), min_size=1).map(
            lambda choisis: "\n".join(code for code in connus if code in choisis)
        )
    if (ecrits := codes(champ)) is not None:
        return st.sampled_from(list(ecrits))
    if champ.nature is Nature.ENTIER:
        assert champ.bornes is not None
        return st.integers(*champ.bornes).map(str)
    return {
        Nature.MONTANT: st.integers(0, 10**11).map(lambda centimes: f"{centimes // 100}.{centimes % 100:02}"),
        Nature.DATE: _JOURS.map(date.isoformat),
        Nature.TELEPHONE: st.from_regex(r"\+33[1-9][0-9]{8}|0[1-9][0-9]{8}", fullmatch=True),
        Nature.COURRIEL: st.from_regex(r"[a-z]{1,20}@[a-z]{1,20}\.example", fullmatch=True),
        Nature.ADRESSE_WEB: st.from_regex(r"https://[a-z]{1,20}\.example/[a-z0-9&?=]{0,20}", fullmatch=True),
    }.get(champ.nature, _texte(champ))


def _valeurs(siens: tuple[Champ, ...], toujours: frozenset[Champ]) -> st.SearchStrategy[dict[Champ, str]]:
    return st.fixed_dictionaries(
        {champ: valeur(champ) for champ in siens if champ in toujours},
        optional={champ: valeur(champ) for champ in siens if champ not in toujours},
    )


def _demandes(niveau: Niveau) -> frozenset[Champ]:
    facultatifs = {champs_action.FRAIS_CERTIFICATION_INCLUS, champs.BLOCS, champs.CATEGORISATION}
    return frozenset(c for c in CHAMPS[niveau] if (c.exige_schema or c.exige_cdc) and c not in facultatifs)


_COMPLEMENTS = (champs_annuaire.COMPLEMENT, champs_annuaire.COMPLEMENT_SUITE)
_DEGRES = (champs_annuaire.LATITUDE, champs_annuaire.LONGITUDE)


def _contacts(*, sans_fonction: bool = False) -> st.SearchStrategy[dict[Champ, str]]:
    siens = tuple(c for c in champs_annuaire.CHAMPS_CONTACT if not (sans_fonction and c is champs_annuaire.FONCTION))
    return _valeurs(siens, _demandes(Niveau.CONTACT))


def _accorder(valeurs: dict[Champ, str]) -> dict[Champ, str]:
    """The second line of an address is never the third; degrees go by two."""
    lignes = [valeurs.pop(champ) for champ in _COMPLEMENTS if champ in valeurs]
    valeurs |= dict(zip(_COMPLEMENTS, lignes, strict=False))
    if len([champ for champ in _DEGRES if champ in valeurs]) == 1:
        for champ in _DEGRES:
            valeurs.pop(champ, None)
    return valeurs


_ADRESSES = _valeurs(champs_annuaire.ADRESSE, frozenset({champs_annuaire.DENOMINATION})).map(_accorder)
_CONTACT_ECRIT = st.builds(Reference, _NUMEROS, _contacts())
_ADRESSE_ECRITE = st.builds(Reference, st.just(""), _ADRESSES, _NUMEROS)
_LIEU_ECRIT = st.builds(
    lambda numero, adresse, personne, autre: Reference(numero, adresse | personne, autre),
    _NUMEROS, _ADRESSES, _contacts(sans_fonction=True), _NUMEROS,
)  # fmt: skip


def _siens(niveau: Niveau) -> tuple[Champ, ...]:
    return tuple(c for c in CHAMPS[niveau] if not c.nature.est_reference and c.element and c.element != "@numero")


_SESSIONS = st.builds(
    Objet, st.just(Niveau.SESSION), _NUMEROS, _ECRITS, _ECRITS,
    _valeurs(_siens(Niveau.SESSION), _demandes(Niveau.SESSION)),
    st.fixed_dictionaries(
        {champs_session.ADRESSE_INSCRIPTION: _ADRESSE_ECRITE, champs_session.CONTACT_INSCRIPTION: _CONTACT_ECRIT}
    ),
)  # fmt: skip


def _dates(session: Objet) -> tuple[str, ...]:
    return session.valeurs.get(champs_session.DEBUT, ""), session.valeurs.get(champs_session.FIN, "")


def _distincts(sessions: list[Objet]) -> list[Objet]:
    """Two sessions of one action have neither the same number nor the same dates."""
    vus: set[object] = set()
    gardees = []
    for session in sessions:
        if session.numero not in vus and _dates(session) not in vus:
            vus |= {session.numero, _dates(session)}
            gardees.append(session)
    return gardees


_ACTIONS = st.builds(
    Objet, st.just(Niveau.ACTION), _NUMEROS, _ECRITS, _ECRITS,
    _valeurs(_siens(Niveau.ACTION), _demandes(Niveau.ACTION)),
    st.fixed_dictionaries(
        {champs_action.LIEU: _LIEU_ECRIT, champs_action.CONTACT: _CONTACT_ECRIT},
        optional={champs_action.ADRESSE_INFORMATION: _ADRESSE_ECRITE},
    ),
    st.lists(_SESSIONS, min_size=1, max_size=4).map(_distincts).map(tuple),
)  # fmt: skip

FORMATIONS = st.builds(
    Objet, st.just(Niveau.FORMATION), _NUMEROS, _ECRITS, _ECRITS,
    st.builds(
        dict.__or__,
        _valeurs((*_siens(Niveau.FORMATION), BLOCS_MODIFIABLES), _demandes(Niveau.FORMATION)),
        st.fixed_dictionaries(
            {CERTIFICATION: st.sampled_from(["RNCP40344", "RS7003", "CPF202"]), SIRET: st.just("99999999800019")}
        ),
    ),
    st.just({}),
    st.lists(_ACTIONS, min_size=1, max_size=3, unique_by=lambda action: action.numero).map(tuple),
)  # fmt: skip
