"""Every component in every state, at three widths, in light and in dark: axe finds nothing."""

import pytest
from playwright.sync_api import Browser

from steps.navigateur.accessibilite import analyser, rapport


@pytest.mark.parametrize("apparence", ["light", "dark"])
@pytest.mark.parametrize("largeur", [320, 768, 1280])
def test_the_components_have_no_fault_of_accessibility(navigateur: Browser, notre_serveur, largeur, apparence):
    contexte = navigateur.new_context(
        base_url=notre_serveur.adresse,
        viewport={"width": largeur, "height": 800},
        color_scheme=apparence,
        reduced_motion="reduce",
    )
    try:
        page = contexte.new_page()
        page.goto("/composants")
        violations = analyser(page)
        assert not violations, rapport(page.url, violations)
        debordement = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        assert debordement <= 0
    finally:
        contexte.close()
