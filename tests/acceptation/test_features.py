"""Every scenario of every feature that can be read, bound once; the check tells of those that cannot."""

from pytest_bdd import scenarios

from steps.definitions.lisibles import lisibles

if trouves := lisibles("guide", "regles"):
    scenarios(*trouves)
