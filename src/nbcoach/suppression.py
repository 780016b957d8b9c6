"""Comments, tags and metadata that keep findings silent."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from nbcoach.finding import Finding
from nbcoach.notebook import Notebook
from nbcoach.plugins import RuleSet
from nbcoach.subjects import Suppression, UnknownSuppression, UnusedSuppression


@dataclass(frozen=True, slots=True)
class Silence:
    """Findings that stay after suppression, how many went, and what each suppression did.

    `used` are the pairs of a suppression and one of its codes ("" for a bare one) that silenced
    something.
    """

    kept: tuple[Finding, ...]
    silenced: int
    used: frozenset[tuple[Suppression, str]]


def suppressions(notebook: Notebook) -> tuple[Suppression, ...]:
    """Everything in a notebook that asks for silence, malformed requests included."""
    raise NotImplementedError


def unknown(
    requests: Iterable[Suppression], notebook: Notebook, rules: RuleSet
) -> tuple[UnknownSuppression, ...]:
    """The codes in suppressions that are malformed or that no rule answers to."""
    raise NotImplementedError


def silence(
    findings: Iterable[Finding],
    requests: tuple[Suppression, ...],
    notebook: Notebook,
    rules: RuleSet,
) -> Silence:
    """The findings that no suppression covers."""
    raise NotImplementedError


def unused(
    requests: Iterable[Suppression],
    silence: Silence,
    notebook: Notebook,
    rules: RuleSet,
    ran: Collection[str],
) -> tuple[UnusedSuppression, ...]:
    """The suppressions that silenced nothing although the rules they name ran.

    `ran` are the codes of the rules that ran here before silencing. Rules that look at
    UnusedSuppression itself are not among them, so that a suppression of theirs is never judged
    and nothing runs in circles: silence their findings in a second pass and leave it at that.
    """
    raise NotImplementedError
