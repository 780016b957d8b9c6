import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbcoach.globs import Globs, relative


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("build", "build"),
        ("build", "a/build/b.ipynb"),
        ("build/", "a/build/b.ipynb"),
        ("*.ipynb", "a/b.ipynb"),
        ("draft_?.ipynb", "draft_1.ipynb"),
        ("[ab].ipynb", "x/b.ipynb"),
        ("[!ab].ipynb", "c.ipynb"),
        ("[^a].ipynb", "^.ipynb"),
        ("a/b", "a/b/c.ipynb"),
        ("/a", "a/b.ipynb"),
        ("a/*.ipynb", "a/b.ipynb"),
        ("a/**", "a/b/c.ipynb"),
        ("**/b.ipynb", "b.ipynb"),
        ("a/**/c.ipynb", "a/c.ipynb"),
        ("a/**/c.ipynb", "a/b/b/c.ipynb"),
        ("a+(b)", "a+(b)/c.ipynb"),
    ],
)
def test_patterns_fit(pattern: str, path: str) -> None:
    assert Globs([pattern]).matches(path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("build", "rebuild/a.ipynb"),
        ("build", "build.ipynb"),
        ("*.ipynb", "a.ipynb2"),
        ("a/b", "x/a/b/c.ipynb"),
        ("/a", "x/a/b.ipynb"),
        ("a/*.ipynb", "a/b/c.ipynb"),
        ("[!ab].ipynb", "a.ipynb"),
        ("a.b", "axb"),
    ],
)
def test_patterns_do_not_fit(pattern: str, path: str) -> None:
    assert not Globs([pattern]).matches(path)


def test_an_entry_is_judged_without_its_folders() -> None:
    globs = Globs(["build", "a/*"])
    assert globs.matches_entry("x/", "build")
    assert globs.matches_entry("a/", "b")
    assert not globs.matches_entry("build/", "b.ipynb")
    assert not globs.matches_entry("a/b/", "c.ipynb")


@given(st.text(st.characters(codec="utf-8", exclude_characters="*?[]/\0"), min_size=1))
def test_a_plain_name_fits_itself(name: str) -> None:
    assert Globs([name]).matches(f"folder/{name}/notebook.ipynb")


@given(st.text(st.sampled_from("ab/*?"), min_size=1), st.text(st.sampled_from("ab/")))
def test_what_fits_a_folder_fits_all_in_it(pattern: str, path: str) -> None:
    globs = Globs([pattern])
    assert not globs.matches(path) or globs.matches(f"{path}/inside")


def test_paths_are_seen_from_the_root() -> None:
    assert relative("/project/a/b.ipynb", "/project") == "a/b.ipynb"
    assert relative("/project/a.ipynb", "/") == "project/a.ipynb"
    assert relative("/projects/a.ipynb", "/project") == "/projects/a.ipynb"
