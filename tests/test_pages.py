"""Pages read, rewritten, and proved as tests of a pack."""

from pathlib import Path

import pytest

from nbcoach import pages
from nbcoach.errors import PackError

PAGE = """\
# TEAM001 loud-print

A call of `print` with capitals
only.

<!-- not crlf: a reason -->

## Bad

```toml
preview = true
```
```python
# %%
print("HELLO")
```
```report
cell 1:1:1 TEAM001 Do not shout; write small letters
```
Words between the fences.
```diff
-print("HELLO")
+print("hello")
```

## Good

````python
# %% [markdown]
# ```
# ## no heading
# ```
````

~~~ipynb
{}
~~~
"""


def test_title_summary_and_sections() -> None:
    page = pages.parse(PAGE)
    assert (page.code, page.name) == ("TEAM001", "loud-print")
    assert page.summary == "A call of `print` with capitals only."
    assert list(page.sections) == ["Bad", "Good"]
    assert page.exemptions == {"crlf"}


def test_examples_with_their_fences() -> None:
    bad, fenced, json = pages.parse(PAGE).examples
    assert bad.section == "Bad"
    assert bad.source.text == '# %%\nprint("HELLO")\n'
    assert bad.settings is not None
    assert bad.settings.text == "preview = true\n"
    assert bad.report is not None
    assert bad.diff is not None
    assert (fenced.section, fenced.report, fenced.settings) == ("Good", None, None)
    assert "## no heading" in fenced.source.text
    assert (json.source.language, json.source.text) == ("ipynb", "{}\n")


def test_settings_do_not_reach_into_the_next_section() -> None:
    text = "# X001 name\n\n## Options\n```toml\n```\n## Good\n```python\n```\n"
    (example,) = pages.parse(text).examples
    assert example.settings is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "starts with its rule's code"),
        ("# Just a title\n", "starts with its rule's code"),
        ("# X001 name\n\n```python\n", "opens in line 3 is never closed"),
    ],
)
def test_what_is_no_page(text: str, problem: str) -> None:
    with pytest.raises(PackError, match=problem):
        pages.parse(text)


def test_read_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"nowhere\.md"):
        pages.read(tmp_path / "nowhere.md")


def test_rewriting_with_the_same_changes_nothing() -> None:
    page = pages.parse(PAGE)
    bad = page.examples[0]
    assert bad.report is not None
    assert bad.diff is not None
    assert pages.rewrite(page, bad, bad.report.text, bad.diff.text) == PAGE


def test_rewriting_replaces_in_place() -> None:
    page = pages.parse(PAGE)
    text = pages.rewrite(page, page.examples[0], "cell 2 TEAM001 New\n", "-a\n+b\n")
    bad = pages.parse(text).examples[0]
    assert bad.report is not None
    assert bad.diff is not None
    assert (bad.report.text, bad.diff.text) == ("cell 2 TEAM001 New\n", "-a\n+b\n")
    assert text.index("cell 2") < text.index("Words between") < text.index("-a")


def test_rewriting_adds_and_removes() -> None:
    page = pages.parse(PAGE)
    silent = pages.rewrite(page, page.examples[0], "", "")
    without = pages.parse(silent)
    assert (without.examples[0].report, without.examples[0].diff) == (None, None)
    again = pages.parse(pages.rewrite(without, without.examples[0], "cell 1 X\n", "-a\n"))
    assert again.examples[0].report is not None
    assert again.examples[0].diff is not None
    assert [example.source.text for example in again.examples] == [
        example.source.text for example in page.examples
    ]
