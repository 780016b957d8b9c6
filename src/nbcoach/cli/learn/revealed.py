"""The truth about a flawed twin as it reads in a terminal, after the learner has answered."""

from collections.abc import Iterator, Mapping, Sequence

from nbcoach.curriculum.spotting import HUMAN, Claim, Decoy, Plant, Score, Truth
from nbcoach.escaping import visible
from nbcoach.finding import Severity
from nbcoach.report import PlacedFinding
from nbcoach.reporters.counting import count
from nbcoach.reporters.text.style import Style, hanging


def revealed(
    score: Score,
    truth: Truth,
    found: Sequence[PlacedFinding],
    cells: Mapping[str, int],
    style: Style,
) -> Iterator[str]:
    """The score, each plant with its cost, what the linter finds, and what it cannot find."""
    page = _Page(cells, {(each.finding.code, each.place.cell_id) for each in found}, style)
    wrong = f", {count(len(score.wrong), 'wrong claim')}" if score.wrong else ""
    yield style.strong(f"Your score: {score.value:.2f}") + (
        f"  {len(score.hits)} of {len(truth.plants)} found{wrong}"
    )
    for plant, claim in score.hits:
        yield from page.plant(plant, claim)
    for plant in score.missed:
        yield from page.plant(plant, None)
    for claim, decoy in score.wrong:
        yield from page.wrong(claim, decoy)
    yield from page.linter(found)
    yield from page.missed_by_the_linter(truth.plants)


class _Page:
    """`cells` are the numbers of the cells by their id, `found` what the linter finds."""

    def __init__(self, cells: Mapping[str, int], found: set[tuple[str, str]], style: Style) -> None:
        self._cells = cells
        self._found = found
        self._style = style

    def _cell(self, cell: str) -> str:
        return f"cell {self._cells.get(cell, '?')} {cell}"

    def _indented(self, text: str) -> Iterator[str]:
        yield from hanging(visible(text), self._style.width, 4)

    def plant(self, plant: Plant, claim: Claim | None) -> Iterator[str]:
        """One flaw: found or missed, what you said, why it is one, what it cost."""
        state = "missed" if claim is None else "found"
        paint = self._style.good if claim else lambda text: self._severe(text)
        yield ""
        yield f"{paint(state)}  {self._cell(plant.cell)}"
        if claim and claim.problem:
            yield from self._indented(f"You said: {claim.problem}")
        yield from self._indented(plant.why)
        yield from self._indented(f"It cost: {plant.cost}")
        if (plant.code, plant.cell) in self._found:
            yield from self._indented(f"nbcoach finds it, too: nbcoach explain {plant.code}")

    def _severe(self, text: str) -> str:
        return self._style.severity(Severity.WARNING, text)

    def wrong(self, claim: Claim, decoy: Decoy | None) -> Iterator[str]:
        """A claim that hit nothing."""
        yield ""
        what = "a decoy" if decoy else "nothing was planted there"
        yield f"{self._severe('wrong')}  {self._cell(claim.cell)}: {what}"
        if decoy:
            yield from self._indented(decoy.why)

    def linter(self, found: Sequence[PlacedFinding]) -> Iterator[str]:
        """What the tool says, now that the learner has spoken."""
        yield ""
        yield self._style.strong("What nbcoach finds")
        for placed in found:
            where = f"cell {placed.place.cell} " if placed.place.cell else ""
            text = f"{where}{placed.finding.code} {placed.finding.message}"
            yield from hanging(visible(text), self._style.width, 2)
        if not found:
            yield "  nothing"

    def missed_by_the_linter(self, plants: Sequence[Plant]) -> Iterator[str]:
        """What a clean report would have hidden."""
        unseen = [plant for plant in plants if (plant.code, plant.cell) not in self._found]
        if not unseen:
            return
        yield ""
        yield self._style.strong("What nbcoach missed")
        for plant in unseen:
            who = "no tool can tell" if plant.confidence == HUMAN else "a rule ought to"
            text = f"{self._cell(plant.cell)}: {plant.why} ({who})"
            yield from hanging(visible(text), self._style.width, 2)
