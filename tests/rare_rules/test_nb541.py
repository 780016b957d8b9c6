"""NB541 untitled-notebook: names that programs give to files, and names that look like them."""

from dataclasses import replace
from itertools import product

from tests.rare_rules.harness import Case, every, findings, notebook

PLAIN = notebook("plain", "# %% [markdown]\n# Größe\n# %%\nprint('é')")
FOLDERS = ("", "work/", "Untitled Folder/", "/home/ana/größe und gewicht/")
BY_PROGRAM = {
    "jupyter": "Untitled",
    "jupyter-second": "Untitled1",
    "jupyter-many": "Untitled27",
    "lower": "untitled",
    "editor": "Untitled-1",
    "colab": "Untitled_3",
    "spaced": "Untitled 2",
    "jupyter-copy": "rivers-Copy1",
    "jupyter-copy-of-copy": "rivers-Copy1-Copy2",
    "finder": "rivers copy",
    "finder-second": "rivers copy 2",
    "browser": "rivers (1)",
    "browser-tight": "rivers(12)",
    "colab-copy": "Copy of rivers",
    "accents": "Flüsse, Größe-Copy1",
}
CHOSEN = {
    "word": "rivers",
    "words": "01 - Größe der Flüsse",
    "untitled-inside": "an untitled painting",
    "untitled-begins": "untitled_paintings",
    "untitled-and-title": "Untitled-rivers",
    "copy-word": "copy",
    "copies": "deep copies",
    "copy-begins": "copy on write",
    "copy-inside": "copying rivers",
    "copy-joined": "rivers_copy",
    "photocopy": "photocopy",
    "copy-number-joined": "Copy1",
    "brackets-word": "rivers (draft)",
    "brackets-year": "rivers (2026)",
    "brackets-begin": "(1) rivers",
    "title-unlike": "Titled",
}
CASES = [
    *(
        replace(PLAIN, name=f"{name}-{number}", path=f"{folder}{stem}.ipynb", hits=1)
        for (name, stem), (number, folder) in product(BY_PROGRAM.items(), enumerate(FOLDERS))
    ),
    *(
        replace(PLAIN, name=f"{name}-{number}", path=f"{folder}{stem}.ipynb")
        for (name, stem), (number, folder) in product(CHOSEN.items(), enumerate(FOLDERS))
    ),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB541", case)) == case.hits
