"""Every example on a page of the built-in rules says what its rule does."""

from nbcoach.testing import Case, Prove, page_tests


@page_tests("nbcoach_rules")
def test_page(case: Case, prove: Prove) -> None:
    prove(case)
