"""The game with a flawed twin: what was planted, what a learner claims, and the score."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from nbcoach.errors import UsageError

HUMAN: Final = "human"
"""The confidence of what no tool can claim to find."""

_FORM: Final = '{"answers": [{"cell": 7, "problem": "what is wrong there"}]}'


class Plant(NamedTuple):
    """A flaw on purpose. `code` is the rule that finds it, empty if none can; `cell` is an id."""

    cell: str
    code: str
    confidence: str
    why: str
    cost: str
    hints: tuple[str, ...]


class Decoy(NamedTuple):
    """A cell that looks flawed and is not."""

    cell: str
    why: str


class Truth(NamedTuple):
    """What is wrong with a twin, and what is not."""

    title: str
    plants: tuple[Plant, ...]
    decoys: tuple[Decoy, ...]

    @property
    def hints(self) -> tuple[str, ...]:
        """All hints: the first ones of all plants, then the second ones."""
        deepest = max((len(plant.hints) for plant in self.plants), default=0)
        rungs = range(deepest)
        return tuple(p.hints[rung] for rung in rungs for p in self.plants if rung < len(p.hints))


class Claim(NamedTuple):
    """What a learner says: the id of a cell, and the problem in his or her words."""

    cell: str
    problem: str = ""


class Score(NamedTuple):
    """`hits` are plants with the claims that found them; `wrong` hit nothing, or a decoy."""

    hits: tuple[tuple[Plant, Claim], ...]
    missed: tuple[Plant, ...]
    wrong: tuple[tuple[Claim, Decoy | None], ...]

    @property
    def value(self) -> float:
        """The F1 score, from 0 to 1; a claim on a decoy counts as two wrong ones."""
        wrong = sum(1 if decoy is None else 2 for _, decoy in self.wrong)
        total = 2 * len(self.hits) + len(self.missed) + wrong
        return 2 * len(self.hits) / total if total else 1.0


def truth(path: Path) -> Truth:
    """The truth about a twin, from the file beside it."""
    content = json.loads(path.with_suffix(".truth.json").read_text(encoding="utf-8"))
    plants = tuple(
        Plant(
            plant["cell"],
            plant["code"] or "",
            plant["confidence"],
            plant["why"],
            plant["cost"],
            tuple(plant["hints"]),
        )
        for plant in content["findings"]
    )
    decoys = tuple(Decoy(decoy["cell"], decoy["why"]) for decoy in content["decoys"])
    return Truth(content["title"], plants, decoys)


def score(truth: Truth, claims: Sequence[Claim]) -> Score:
    """A claim finds a plant if it names its cell; each plant needs a claim of its own."""
    open_ = list(truth.plants)
    hits, wrong = [], []
    for claim in claims:
        plant = _best([plant for plant in open_ if plant.cell == claim.cell], claim)
        if plant is not None:
            open_.remove(plant)
            hits.append((plant, claim))
        else:
            decoy = next((decoy for decoy in truth.decoys if decoy.cell == claim.cell), None)
            wrong.append((claim, decoy))
    return Score(tuple(hits), tuple(open_), tuple(wrong))


def _best(plants: Sequence[Plant], claim: Claim) -> Plant | None:
    """Of several plants in the cell the one whose rule the claim names."""
    named = [plant for plant in plants if plant.code and plant.code in claim.problem.upper()]
    return next(iter([*named, *plants]), None)


def claims(path: Path, ids: Sequence[str]) -> tuple[Claim, ...]:
    """The answers in a JSON file; raises UsageError, with the form to keep to, if it has none."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return tuple(_claims(content["answers"], ids))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        reason = f"answers look like this: {_FORM}"
        raise UsageError(f"{path} holds no answers ({error}); {reason}") from error


def _claims(answers: list[dict[str, Any]], ids: Sequence[str]) -> Iterator[Claim]:
    for answer in answers:
        cell = cell_id(str(answer["cell"]), ids)
        if cell is None:
            raise UsageError(
                f"there is no cell `{answer['cell']}`; cells count from 1 to {len(ids)}"
            )
        yield Claim(cell, str(answer.get("problem", "")))


def cell_id(word: str, ids: Sequence[str]) -> str | None:
    """The id of the cell that is meant by its id or by its number from 1; None if there is none."""
    if word in ids:
        return word
    return ids[int(word) - 1] if word.isdecimal() and 0 < int(word) <= len(ids) else None
