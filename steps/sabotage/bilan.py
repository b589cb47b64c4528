"""What a run found: gathered as it comes, said in French, written for the product. Knows neither pytest nor processes.

The file is in a stable order and holds no duration but that of the whole: a run that finds the same writes the same.
"""

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from steps.gherkin.typographie import dire, pluriel

Faits = dict[str, Any]
MESURES = (44, 44, 52)
"""Width of the three first columns of the table, in a terminal of 150 characters."""


@dataclass
class Bilan:
    """Everything the processes of a run have told so far."""

    scenarios: int = 0
    attendues: list[Faits] = field(default_factory=list)
    navigateur: str = ""
    temoins: int = 0
    fautes: dict[str, Faits] = field(default_factory=dict)
    alors: dict[tuple[str, int], Faits] = field(default_factory=dict)
    empechements: list[str] = field(default_factory=list)

    def noter(self, fait: Faits) -> None:
        """Take what a process tells."""
        sorte = fait["sorte"]
        if sorte == "depart":
            self.scenarios, self.attendues, self.navigateur = fait["scenarios"], fait["fautes"], fait["navigateur"]
        elif sorte == "temoin":
            self.temoins += 1
        elif sorte == "faute":
            self.fautes[fait["nom"]] = fait
        elif sorte == "alors":
            self.alors[fait["scenario"]["fichier"], fait["scenario"]["ligne"]] = fait
        elif sorte == "refus":
            self.empechements.append(fait["raison"])
        elif sorte == "renonce":
            lieu = fait["scenario"]
            message = "sans aucune faute, « {titre} » échoue ({fichier}:{ligne}) à « {pas} » : {message}"
            self.empechements.append(
                dire(message, titre=lieu["titre"], fichier=lieu["fichier"], ligne=lieu["ligne"],
                    pas=fait["pas"], message=fait["message"])
            )  # fmt: skip

    @property
    def survivantes(self) -> list[Faits]:
        """The faults that nothing saw, in the order of the product's table; one that was never played is among them."""
        return [f for f in self.attendues if self.fautes.get(f["nom"], {}).get("attrapee") is None]

    @property
    def mutations(self) -> list[tuple[Faits, Faits]]:
        """Each altered step, with its scenario, in the order of the features."""
        return [(self.alors[cle]["scenario"], e) for cle in sorted(self.alors) for e in self.alors[cle]["essayees"]]

    @property
    def mutations_survivantes(self) -> list[tuple[Faits, Faits]]:
        """Those of them that no step objected to."""
        return [(scenario, essayee) for scenario, essayee in self.mutations if not essayee["attrapee"]]

    @property
    def code(self) -> int:
        """The exit code: 0 only when everything was tried and nothing survived."""
        rien = not self.attendues and not self.alors
        return 1 if rien or self.empechements or self.survivantes or self.mutations_survivantes else 0

    def avancement(self) -> str:
        """Give the line that says how far the run is."""
        return dire(
            "{temoins}/{scenarios} scénarios sans faute · {alors} Alors altérés · {fautes}/{attendues} fautes",
            temoins=self.temoins, scenarios=self.scenarios, alors=len(self.mutations), fautes=len(self.fautes),
            attendues=len(self.attendues),
        )  # fmt: skip

    def lignes(self) -> Iterator[str]:
        """Say everything: the table of the faults, the altered « Alors » by scenario, what survives, the count."""
        if self.attendues:
            yield from self._dire_les_fautes()
        if self.alors:
            yield from self._dire_les_alors()
        yield from self._dire_les_survivants()
        yield from (dire("Arrêté : {raison}", raison=raison) for raison in self.empechements)
        yield self.compte()

    def compte(self) -> str:
        """Give the count in one sentence."""
        attrapees = len(self.attendues) - len(self.survivantes)
        alterees = len(self.mutations)
        return dire(
            "Fautes attrapées : {a} sur {b}. Alors altérés attrapés : {c} sur {d}.",
            a=attrapees, b=len(self.attendues), c=alterees - len(self.mutations_survivantes), d=alterees,
        )  # fmt: skip

    def publiable(self, maintenant: datetime, duree: float) -> Faits:
        """Give what the product shows, as plain values."""
        return {
            "joue_le": maintenant.astimezone(UTC).isoformat(timespec="seconds"),
            "duree_s": round(duree),
            "navigateur": self.navigateur,
            "scenarios": self.scenarios,
            "fautes": [
                {"nom": f["nom"], "phrase": f["phrase"], **_attrape(self.fautes.get(f["nom"]))} for f in self.attendues
            ],
            "alors": [_alors(self.alors[cle]) for cle in sorted(self.alors)],
        }

    def _dire_les_fautes(self) -> Iterator[str]:
        yield from _titre(dire("Les fautes"))
        yield _rangee((dire("Faute"), dire("Attrapée par"), dire("Étape"), dire("Durée")))
        for faute in self.attendues:
            jouee = self.fautes.get(faute["nom"])
            if jouee is None:
                yield _rangee((faute["phrase"], dire("— pas jouée —"), "", ""))
                continue
            vue = jouee["attrapee"]
            par = vue["scenario"]["titre"] if vue else dire("— survit —")
            pas = (vue["pas"] or vue["message"]) if vue else ""
            yield _rangee((faute["phrase"], par, pas, f"{jouee['duree']:.1f} s"))

    def _dire_les_alors(self) -> Iterator[str]:
        yield from _titre(dire("Les Alors altérés, scénario par scénario"))
        for cle in sorted(self.alors):
            fait = self.alors[cle]
            essayees = fait["essayees"]
            attrapees = sum(e["attrapee"] for e in essayees)
            yield f"  {attrapees:>3}/{len(essayees):<3} {fait['scenario']['titre']}"

    def _dire_les_survivants(self) -> Iterator[str]:
        if not self.survivantes and not self.mutations_survivantes:
            return
        yield from _titre(dire("Ce qui survit"))
        for faute in self.survivantes:
            jouee = self.fautes.get(faute["nom"])
            combien = pluriel(jouee["joues"], "scénario") if jouee else dire("aucun scénario")
            yield dire("  {nom} : {phrase} ({combien})", nom=faute["nom"], phrase=faute["phrase"], combien=combien)
            yield from (dire("    écarté : {motif}", motif=motif) for motif in (jouee or {}).get("ecartes", ()))
        for scenario, essayee in self.mutations_survivantes:
            yield f"  {scenario['fichier']}:{essayee['ligne']} « {scenario['titre']} »"
            yield dire("    {pas}", pas=essayee["pas"])
            yield dire("    {quoi} : {raison}", quoi=essayee["quoi"], raison=essayee["raison"])


def ecrire(publie: Path, faits: Faits) -> None:
    """Write what the product shows."""
    publie.parent.mkdir(parents=True, exist_ok=True)
    publie.write_text(json.dumps(faits, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _attrape(jouee: Faits | None) -> Faits:
    vue = (jouee or {}).get("attrapee")
    if vue is None:
        return {"attrapee": None}
    return {"attrapee": {**vue["scenario"], "pas": {"ligne": vue["ligne"], "texte": vue["pas"]}}}


def _alors(fait: Faits) -> Faits:
    pas: dict[tuple[int, str], list[Faits]] = {}
    for e in fait["essayees"]:
        pas.setdefault((e["ligne"], e["pas"]), []).append({"quoi": e["quoi"], "attrapee": e["attrapee"]})
    return {
        **fait["scenario"],
        "attrapees": sum(e["attrapee"] for e in fait["essayees"]),
        "total": len(fait["essayees"]),
        "pas": [
            {"ligne": ligne, "texte": texte, "mutations": siennes} for (ligne, texte), siennes in sorted(pas.items())
        ],
    }


def _titre(texte: str) -> Iterator[str]:
    yield ""
    yield texte
    yield "─" * min(len(texte), shutil.get_terminal_size((150, 24)).columns)


def _rangee(cellules: Sequence[str]) -> str:
    *debut, fin = cellules
    return "  ".join([*(_couper(texte, mesure) for texte, mesure in zip(debut, MESURES, strict=True)), f"{fin:>7}"])


def _couper(texte: str, mesure: int) -> str:
    return texte.ljust(mesure) if len(texte) <= mesure else texte[: mesure - 1] + "…"
