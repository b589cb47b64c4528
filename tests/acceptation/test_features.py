"""Every scenario of every feature, bound once."""

from pytest_bdd import scenarios

scenarios("guide", "regles")
