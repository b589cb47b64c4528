"""Mutation by a tool that does not know us: `make mutation`. See webapp/decisions/mutation.md."""

from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
