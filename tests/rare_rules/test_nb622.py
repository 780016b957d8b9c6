"""NB622 tracked-checkpoint: paths in git's index that Jupyter made, and paths like them."""

from itertools import product
from pathlib import Path

import pytest
from nbcoach_rules.hygiene.tracked_checkpoint import tracked_checkpoint

from nbcoach.check import check_project
from nbcoach.project import Project, Repository
from tests.fakes import active_rules
from tests.rare_rules.harness import Case, every

FOLDERS = {
    "root": "",
    "folder": "analysis/",
    "deep": "a/b/c/d/",
    "spaces": "my notebooks/",
    "non-ascii": "größen/",
    "dotted": ".github/",
    "package": "src/lib.ipynb/",
    "nested-checkpoints": ".ipynb_checkpoints/",
}
COPIES = {
    "notebook": "prices-checkpoint.ipynb",
    "script": "train-checkpoint.py",
    "text": "notes-checkpoint.txt",
    "untitled": "Untitled-checkpoint.ipynb",
    "spaces": "my prices-checkpoint.ipynb",
    "non-ascii": "größe-checkpoint.ipynb",
    "no-extension": "Makefile-checkpoint",
}
# Not a checkpoint of Jupyter's, wherever it lies.
NAMES = {
    "plain": "prices.ipynb",
    "named-so": "prices-checkpoint.ipynb",
    "model": "checkpoints/model.pt",
    "hidden-checkpoints": ".checkpoints/prices.ipynb",
    "no-dot": "ipynb_checkpoints/prices-checkpoint.ipynb",
    "longer": ".ipynb_checkpoints_old/prices-checkpoint.ipynb",
    "longer-in-front": "old.ipynb_checkpoints/prices.ipynb",
    "a-file": ".ipynb_checkpoints",
    "upper-case": ".IPYNB_CHECKPOINTS/prices.ipynb",
    "singular": ".ipynb_checkpoint/prices.ipynb",
    "notes": "about .ipynb_checkpoints.md",
}
LISTS = {
    "many": ("a.ipynb", ".ipynb_checkpoints/a-checkpoint.ipynb", "b/.ipynb_checkpoints/b.ipynb"),
    "alone": (".ipynb_checkpoints/a-checkpoint.ipynb",),
    "beside-ignore-file": (".gitignore", ".ipynb_checkpoints/a-checkpoint.ipynb"),
}
CASES = [
    *(
        Case(f"{folder}-{copy}", f"{start}.ipynb_checkpoints/{name}".encode(), 1)
        for (folder, start), (copy, name) in product(FOLDERS.items(), COPIES.items())
    ),
    *(
        Case(name, "\n".join(paths).encode(), sum("_checkpoints" in path for path in paths))
        for name, paths in LISTS.items()
    ),
    *(
        Case(f"{folder}-{name}", f"{start}{path}".encode(), 0)
        for (folder, start), (name, path) in product(FOLDERS.items(), NAMES.items())
        if folder != "nested-checkpoints"
    ),
    Case("nothing-tracked", b"", 0),
]


def reported(tracked: frozenset[str] | None) -> list[str]:
    repository = Repository(Path("/project"))
    vars(repository)["tracked"] = tracked
    active = active_rules(tracked_checkpoint)
    return [f.path for f in check_project(Project(repository.root, repository), active).findings]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(reported(frozenset(case.data.decode().split("\n")) - {""})) == case.hits


@pytest.mark.parametrize("project", [Project(None), Project(Path("/"), Repository(Path("/gone")))])
def test_says_nothing_without_a_repository(project: Project) -> None:
    assert not check_project(project, active_rules(tracked_checkpoint)).findings
