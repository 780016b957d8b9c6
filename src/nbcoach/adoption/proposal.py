"""The settings that fit a project, each with what was seen that speaks for it."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from nbcoach.adoption.survey import Seen, Survey
from nbcoach.reporters.counting import count


class Proposal(NamedTuple):
    """One setting and the reason for it; a `hint` is written as a comment, to choose or leave."""

    key: str
    value: str | bool | list[str]
    reason: str
    hint: bool = False


def propose(survey: Survey) -> tuple[Proposal, ...]:
    """The settings that should differ from the defaults, in the order of the documentation."""
    return (
        *_profile(survey),
        *_outputs(survey),
        *_ruff(survey),
        *_excluded(survey),
        *_pairs(survey),
    )


def _profile(survey: Survey) -> Iterator[Proposal]:
    waiting = sum(seen.exercise for seen in survey.notebooks)
    if waiting >= max(2, _SHARE_OF_LESSONS * len(survey.notebooks)):
        reason = f"{_of(waiting, survey.notebooks)} leave cells for a student's code"
        yield Proposal("profile", "teaching", reason)


def _outputs(survey: Survey) -> Iterator[Proposal]:
    """What most saved notebooks hold, as a rule for the rest."""
    stored = survey.stored
    if len(stored) < _FEWEST:
        return
    bare = [seen for seen in stored if not (seen.results or seen.runs)]
    without_counts = [seen for seen in stored if seen.results and not seen.runs]
    complete = [seen for seen in stored if seen.results and seen.complete]
    for policy, fitting, words in (
        ("source-only", bare, "have no outputs and no run counts"),
        ("kept", without_counts, "have outputs and no run counts"),
        ("executed", complete, "are saved with every cell run"),
    ):
        if len(fitting) >= _MOST * len(stored):
            yield Proposal("outputs", policy, f"{_of(len(fitting), stored)} {words}")


def _ruff(survey: Survey) -> Iterator[Proposal]:
    if survey.ruff is not None:
        reason = f"{survey.ruff.name} configures ruff, so it is left to you; to run it here as well"
        yield Proposal("ruff", True, reason, hint=True)


def _excluded(survey: Survey) -> Iterator[Proposal]:
    if not survey.foreign:
        return
    why = "; ".join(f"{folder} is {reason}" for folder, reason in survey.foreign.items())
    # Without a slash a name would count at any depth.
    folders = [folder if "/" in folder else f"/{folder}" for folder in survey.foreign]
    yield Proposal("extend-exclude", folders, why)


def _pairs(survey: Survey) -> Iterator[Proposal]:
    stems = {seen.path.removesuffix(".ipynb") for seen in survey.notebooks}
    pairs = sum(seen.path.removesuffix(seen.suffix) in stems for seen in survey.text)
    if pairs:
        reason = f"Kept as .ipynb and as text: {count(pairs, 'notebook')}; to check one of the two"
        yield Proposal("include", ["*.ipynb"], reason, hint=True)


def _of(number: int, notebooks: Sequence[Seen]) -> str:
    return f"{number:,} of {count(len(notebooks), 'notebook')}"


# With fewer notebooks nobody can tell a habit from a state.
_FEWEST: Final = 3
_MOST: Final = 0.9
_SHARE_OF_LESSONS: Final = 1 / 3
