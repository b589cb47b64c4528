"""What a run found: gathered as it comes, said in French, written for the product. Knows neither pytest nor processes.

The file is in a stable order and holds no duration, and each thing has the date at which it was tried: a run that tries
nothing new writes the same.
"""

import json
import shutil
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from steps.gherkin.typographie import dire, pluriel
from steps.sabotage.memoire import Faits, Memoire, cle_de

MESURES = (44, 44, 52)
"""Width of the three first columns of the table, in a terminal of 150 characters."""


@dataclass
class Bilan:
    """Everything the processes of a run have told so far, with what was known before and has not changed.

    `verdicts` are the altered steps that survive and that somebody let pass.
    """

    memoire: Memoire = field(default_factory=Memoire)
    verdicts: Collection[tuple[str, str, str, str]] = frozenset()
    scenarios: list[Faits] = field(default_factory=list)
    a_alterer: int = 0
    attendues: list[Faits] = field(default_factory=list)
    navigateur: str = ""
    fautes: dict[str, Faits] = field(default_factory=dict)
    alors: dict[tuple[str, int], Faits] = field(default_factory=dict)
    empechements: list[str] = field(default_factory=list)

    def noter(self, fait: Faits) -> None:
        """Take what a process tells."""
        sorte = fait["sorte"]
        if sorte == "depart":
            self.scenarios, self.attendues, self.navigateur = fait["scenarios"], fait["fautes"], fait["navigateur"]
            self.a_alterer = fait["alors"]
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
    def connues(self) -> dict[str, Faits]:
        """The faults that an earlier run saw, and that were not played again."""
        places = {cle_de(place): place for place in self.scenarios}
        lues = ((faute["nom"], self.memoire.faute(faute, places)) for faute in self.attendues)
        return {nom: connue for nom, connue in lues if connue is not None and nom not in self.fautes}

    @property
    def survivantes(self) -> list[Faits]:
        """The faults that nothing saw, in the order of the product's table; one that was never played is among them."""
        vues = {nom for nom, jouee in self.fautes.items() if jouee["attrapee"] is not None} | self.connues.keys()
        return [faute for faute in self.attendues if faute["nom"] not in vues]

    @property
    def mutations(self) -> list[tuple[Faits, Faits]]:
        """Each step altered in this run, with its scenario, in the order of the features."""
        return [(self.alors[cle]["scenario"], e) for cle in sorted(self.alors) for e in self.alors[cle]["essayees"]]

    @property
    def sans_verdict(self) -> list[tuple[str, str, str, str]]:
        """The altered steps that survive, in this run or in an earlier one, and have no verdict yet."""
        survivantes = (
            _identite(publie, pas["texte"], mutation["quoi"])
            for publie in self._alors_publies()
            for pas in publie["pas"]
            for mutation in pas["mutations"]
            if not mutation["attrapee"]
        )
        return [survivante for survivante in survivantes if survivante not in self.verdicts]

    @property
    def code(self) -> int:
        """The exit code: 0 only when everything was tried and nothing survived that has no verdict."""
        rien = not self.attendues and not self.alors and not self.memoire.alors
        return 1 if rien or self.empechements or self.survivantes or self.sans_verdict else 0

    def avancement(self) -> str:
        """Give the line that says how far the run is."""
        return dire(
            "{scenarios}/{a_alterer} scénarios · {alors} Alors altérés · {fautes}/{attendues} fautes",
            scenarios=len(self.alors), a_alterer=self.a_alterer, alors=len(self.mutations), fautes=len(self.fautes),
            attendues=len(self.attendues) - len(self.connues),
        )  # fmt: skip

    def lignes(self) -> Iterator[str]:
        """Say everything: the table of the faults, the altered « Alors » by scenario, what survives, the count."""
        if self.fautes or self.survivantes:
            yield from self._dire_les_fautes()
        if self.alors:
            yield from self._dire_les_alors()
        yield from self._dire_les_survivants()
        yield from (dire("Arrêté : {raison}", raison=raison) for raison in self.empechements)
        yield self.compte()
        if sues := len(self.connues) + len(self._alors_publies()) - len(self.alors):
            yield dire("Sans changement depuis un tour précédent : {sues}.", sues=pluriel(sues, "chose"))

    def compte(self) -> str:
        """Give the count in one sentence."""
        attrapees = len(self.attendues) - len(self.survivantes)
        alterees = [
            mutation for publie in self._alors_publies() for pas in publie["pas"] for mutation in pas["mutations"]
        ]
        return dire(
            "Fautes attrapées : {a} sur {b}. Alors altérés attrapés : {c} sur {d}.",
            a=attrapees, b=len(self.attendues), c=sum(m["attrapee"] for m in alterees), d=len(alterees),
        )  # fmt: skip

    def publiable(self, maintenant: datetime) -> Faits:
        """Give what the product shows, as plain values.

        A fault that a stopped run had no time for stays as it was published, with its date: it is tried next time.
        """
        return {
            "navigateur": self.navigateur,
            "fautes": [*self._fautes_publiees(_jour(maintenant))],
            "alors": self._alors_publies(_jour(maintenant)),
        }

    def _fautes_publiees(self, jour: str) -> Iterator[Faits]:
        connues = self.connues
        for faute in self.attendues:
            if faute["nom"] in connues:
                yield connues[faute["nom"]]
            elif jouee := self.fautes.get(faute["nom"]):
                yield {**faute, "essaye_le": jour, "attrapee": _attrape(jouee)}
            elif ancienne := self.memoire.fautes.get(faute["nom"]):
                yield ancienne

    def _alors_publies(self, jour: str = "") -> list[Faits]:
        """Give the scenarios whose « Alors » were altered, now or before, in the order of the features."""
        essayes = {
            (fait["scenario"]["fichier"], fait["scenario"]["ligne"]): _alors(fait, jour) for fait in self.alors.values()
        }
        publies = []
        for place in sorted(self.scenarios, key=lambda une: (une["fichier"], une["ligne"])):
            publie = essayes.get((place["fichier"], place["ligne"])) or self.memoire.scenario(place)
            if publie is not None:
                publies.append(publie)
        return publies

    def _dire_les_fautes(self) -> Iterator[str]:
        yield from _titre(dire("Les fautes"))
        yield _rangee((dire("Faute"), dire("Attrapée par"), dire("Étape"), dire("Durée")))
        for faute in self.attendues:
            if faute["nom"] in self.connues:
                continue
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
        if not self.survivantes and not self.sans_verdict:
            return
        yield from _titre(dire("Ce qui survit"))
        for faute in self.survivantes:
            jouee = self.fautes.get(faute["nom"])
            combien = pluriel(jouee["joues"], "scénario") if jouee else dire("aucun scénario")
            yield dire("  {nom} : {phrase} ({combien})", nom=faute["nom"], phrase=faute["phrase"], combien=combien)
            yield from (dire("    écarté : {motif}", motif=motif) for motif in (jouee or {}).get("ecartes", ()))
        raisons = {_identite(place, e["pas"], e["quoi"]): e["raison"] for place, e in self.mutations}
        for survivante in self.sans_verdict:
            fichier, titre, pas, quoi = survivante
            raison = raisons.get(survivante, dire("essayé lors d'un tour précédent"))
            yield f"  {fichier} « {titre} »"
            yield dire("    {pas}", pas=pas)
            yield dire("    {quoi} : {raison}", quoi=quoi, raison=raison)


def ecrire(publie: Path, faits: Faits) -> None:
    """Write what the product shows: one line a thing, so that a run that tries a few changes a few lines."""
    lignes = ",\n".join(f'"{nom}": {_en_lignes(valeur)}' for nom, valeur in faits.items())
    publie.parent.mkdir(parents=True, exist_ok=True)
    publie.write_text(f"{{\n{lignes}\n}}\n", "utf-8")


def _en_lignes(valeur: object) -> str:
    if not isinstance(valeur, list):
        return json.dumps(valeur, ensure_ascii=False)
    return "[\n" + ",\n".join(json.dumps(une, ensure_ascii=False) for une in valeur) + "\n]"


def _attrape(jouee: Faits) -> Faits | None:
    vue = jouee["attrapee"]
    return None if vue is None else {**vue["scenario"], "pas": vue["pas"]}


def _alors(fait: Faits, jour: str) -> Faits:
    pas: dict[tuple[int, str], list[Faits]] = {}
    for e in fait["essayees"]:
        pas.setdefault((e["ligne"], e["pas"]), []).append({"quoi": e["quoi"], "attrapee": e["attrapee"]})
    return {
        **fait["scenario"],
        "essaye_le": jour,
        "pas": [{"texte": texte, "mutations": siennes} for (_, texte), siennes in sorted(pas.items())],
    }


def _identite(scenario: Faits, pas: str, quoi: str) -> tuple[str, str, str, str]:
    return scenario["fichier"], scenario["titre"], pas, quoi


def _jour(maintenant: datetime) -> str:
    return maintenant.astimezone(UTC).isoformat(timespec="seconds")


def _titre(texte: str) -> Iterator[str]:
    yield ""
    yield texte
    yield "─" * min(len(texte), shutil.get_terminal_size((150, 24)).columns)


def _rangee(cellules: Sequence[str]) -> str:
    *debut, fin = cellules
    return "  ".join([*(_couper(texte, mesure) for texte, mesure in zip(debut, MESURES, strict=True)), f"{fin:>7}"])


def _couper(texte: str, mesure: int) -> str:
    return texte.ljust(mesure) if len(texte) <= mesure else texte[: mesure - 1] + "…"
