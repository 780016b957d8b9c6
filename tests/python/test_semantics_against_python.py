"""What the analysis calls definite must happen when the cells really run."""

from collections.abc import Iterator
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nbcoach.notebook import CodeCell, Notebook
from tests.python.programs import Writer


def notebook(sources: list[str]) -> Notebook:
    cells = tuple(CodeCell(index, None, source, {}) for index, source in enumerate(sources))
    return Notebook("test.ipynb", (4, 5), "python", {}, cells)


def first_failure(sources: list[str]) -> tuple[int, BaseException] | None:
    """Run the cells as a kernel does, up to the first that raises."""
    namespace: dict[str, object] = {"__name__": "__main__"}
    for index, source in enumerate(sources):
        try:
            exec(compile(source, f"<cell {index}>", "exec"), namespace)
        except Exception as error:
            return index, error
    return None


def false_claims(sources: list[str]) -> Iterator[str]:
    """The definite claims that did not come true; cells after the first failure cannot tell.

    A claim is about names: a program that ends by another error before says nothing about it.
    """
    failure = first_failure(sources)
    failed_cell, error = failure if failure is not None else (len(sources), None)
    if isinstance(error, (RecursionError, TypeError)):
        return
    claims = [claim for claim in notebook(sources).as_read.undefined if claim.certain]
    for claim in claims:
        if claim.use.at < failed_cell:
            yield f"cell {claim.use.at}: {claim.use.name} was said to be undefined"
        elif claim.use.at == failed_cell and not isinstance(error, NameError):
            yield f"cell {failed_cell}: {claim.use.name} was said to be undefined, not {error!r}"


@given(st.randoms(use_true_random=False))
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_definite_claim_is_never_false(random: Random) -> None:
    try:
        sources = Writer(random).notebook()
        for source in sources:
            compile(source, "<cell>", "exec")
    except SyntaxError:
        return
    assert list(false_claims(sources)) == [], "\n# %%\n".join(sources)
