"""Fiche vivante: the catalogue of a training organisation, described as the guide says."""

__version__ = "0.1.0"
