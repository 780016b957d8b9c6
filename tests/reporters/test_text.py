"""The report for people."""

import re

from nbcoach.finding import Safety
from nbcoach.report import FileResult, Place, Repair, Report
from nbcoach.reporters.text import View, report
from tests.reporters.results import (
    EARLY,
    ERROR,
    INFO,
    LATE,
    MANUAL,
    SAFE,
    UNSAFE,
    found,
    run,
    single,
)
from tests.rule_entries import entry

RULES = {"NB201": entry("NB201", "used-before-defined", summary="A name is read too early")}


def findings_of(result: Report, **view: object) -> str:
    return report(result, View(quiet=True, **view))  # type: ignore[arg-type]


def test_a_finding_says_where_what_why_and_how() -> None:
    result = single(found(severity=ERROR, fix=UNSAFE, related=((EARLY, "defined here"),)))
    assert findings_of(result, rules=RULES) == (
        "train.ipynb  1 error\n"
        "\n"
        "  error NB201 used-before-defined\n"
        "  A name is read too early\n"
        "    cell 3:2:5  #a1b2c3d4  `scaler` is used before cell 7 defines it; move it up\n"
        "      2 | x = scaler.transform(y)\n"
        "        |     ^^^^^^\n"
        "      see cell 1:1:1: defined here\n"
        "      fix (--fix --unsafe-fixes): take the short way\n"
        "\n"
    )


def test_the_same_rule_explains_itself_once_a_file() -> None:
    text = findings_of(single(*[found(fix=MANUAL)] * 5), rules=RULES)
    assert text.count("A name is read too early") == 1
    assert text.count("to do by hand: ask the author") == 1
    assert text.count("x = scaler.transform(y)") == 3
    assert text.count("move it up") == 1
    assert "    and 2 more: cell 3:2:5, 3:2:5\n" in text


def test_what_says_something_new_gets_a_line_up_to_a_point() -> None:
    text = findings_of(single(*[found(message=f"`name{i}` is late") for i in range(30)]))
    assert "    cell 3:2:5  #a1b2c3d4  `name9` is late\n" in text
    assert "name10" not in text
    assert "    and 20 more: cell 3:2:5" in text


def test_the_worst_comes_first() -> None:
    text = findings_of(single(found("NB999", place=EARLY), found("NB100", ERROR)))
    assert text.index("error NB100") < text.index("warning NB999")


def test_a_whole_notebook_has_no_position() -> None:
    text = findings_of(single(found(message="12 cells have no id", place=Place(raw_line=1))))
    assert "    12 cells have no id\n" in text


def test_a_broken_file_has_the_line_of_the_file() -> None:
    text = findings_of(single(found(message="resolve it", place=Place(raw_line=12))))
    assert "    line 12  resolve it\n" in text


def test_findings_about_the_project_stand_under_their_own_path() -> None:
    text = findings_of(single(found(), found(path="setup.py", place=Place())))
    assert re.findall(r"^\S.*", text, re.M) == ["train.ipynb  1 warning", "setup.py  1 warning"]


def test_infos_are_summed_up_until_asked_for() -> None:
    result = single(found(), *[found("NB501", INFO, name="missing-title")] * 2)
    text = report(result, View())
    assert "2 infos not shown (--show info): NB501 missing-title (2)\n" in text
    assert "info NB501" not in text
    assert "info NB501" in report(result, View(show=INFO))


def test_lines_fit_the_terminal() -> None:
    message = "the quick brown fox jumps over the lazy dog " * 3
    result = single(found(message=message.strip(), fix=SAFE))
    for width in range(50, 121):
        text = report(result, View(width=width))
        commands = [line for line in text.splitlines() if "nbcoach check" in line]
        assert max(len(line) for line in text.splitlines() if line not in commands) <= width


def test_a_long_word_stays_whole_on_a_line_of_its_own() -> None:
    path = f"`/home/{'x' * 60}`"
    text = findings_of(single(found(message=f"{path} is here only")), width=80)
    assert f"    cell 3:2:5  #a1b2c3d4\n      {path} is\n      here only\n" in text


def test_a_clean_run_says_what_was_checked() -> None:
    text = report(run(FileResult("a.ipynb"), FileResult("b.ipynb")), View())
    assert text == "Checked 2 notebooks in 0.25 s: no findings\n"


def test_only_infos_are_not_called_nothing() -> None:
    text = report(single(found(severity=INFO)), View())
    assert "Checked 1 notebook in 0.25 s: nothing of severity warning or worse\n" in text


def test_no_notebooks_are_no_success() -> None:
    text = report(run(), View(include=("*.ipynb", "*.py")))
    assert text.startswith("No notebooks found here: looked for *.ipynb, *.py ")
    assert "No notebooks found in docs:" in report(run(), View(paths=("docs",)))


def test_the_summary_counts_what_fixes_could_do() -> None:
    result = single(found(fix=SAFE), found(fix=UNSAFE), found(fix=MANUAL))
    assert "1 can be fixed with --fix, 1 more with --fix --unsafe-fixes\n" in report(result, View())
    assert "can be fixed" not in report(result, View(fixed=Safety.UNSAFE))


def test_silenced_findings_and_packs_are_named() -> None:
    result = Report((FileResult("a.ipynb", silenced=2),), packs=("nbcoach_rules", "house_rules"))
    text = report(result, View())
    assert "2 findings kept silent" in text
    assert "Rules came from nbcoach_rules, house_rules\n" in text


def test_our_failures_name_their_cause_once_and_the_files() -> None:
    files = [FileResult(f"{name}.ipynb", error="ValueError: no") for name in "abcdefg"]
    text = report(run(*files), View())
    assert text.startswith(
        "nbcoach could not finish 7 notebooks\n"
        "  ValueError: no\n"
        "  in a.ipynb, b.ipynb, c.ipynb, d.ipynb, e.ipynb, 2 more\n"
        "\n"
    )


def test_a_crash_that_a_finding_tells_of_is_not_told_again() -> None:
    crash = found("NB003", ERROR, Place(), related=((Place(), "ValueError: no"),))
    files = FileResult("a.ipynb", (crash,), error="no (1)"), FileResult("b.ipynb", error="no (2)")
    rules = {"NB003": entry("NB003", subjects=("nbcoach.subjects.Crash",))}
    text = report(run(*files), View(rules=rules))
    assert "\n      ValueError: no\n" in text
    assert "nbcoach could not finish 1 notebook\n  no (2)\n  in b.ipynb\n" in text
    assert "no (1)" not in text
    assert "no (1)" in report(run(*files), View())


def test_fixes_are_accounted_for() -> None:
    repairs = (
        Repair("NB201", "move", 3, "applied"),
        Repair("NB611", "add ids", 0, "applied"),
        Repair("NB611", "add ids", 0, "applied"),
        Repair("NB301", "seed", 4, "refused: the line holds a magic"),
    )
    result = run(FileResult("a.ipynb", repairs=repairs, outdated=(2, 5)))
    text = report(result, View(fixed=Safety.UNSAFE, rules=RULES))
    assert text.startswith(
        "Fixed 3 findings in 1 notebook\n"
        "  2  NB611\n"
        "  1  NB201 used-before-defined\n"
        "  in a.ipynb\n"
        "\n"
        "Did not fix 1 finding\n"
        "  NB301 in a.ipynb, cell 4: the line holds a magic\n"
        "\n"
        "Saved outputs that are from before these fixes; run the cells again\n"
        "  a.ipynb: cells 2, 5\n"
    )


def test_fixes_that_are_only_shown_are_not_called_made() -> None:
    repairs = (Repair("NB201", "move", 3, "applied"),)
    result = run(FileResult("a.ipynb", repairs=repairs, outdated=(2,)))
    text = report(result, View(fixed=Safety.SAFE, written=False))
    assert text.startswith("Would fix 1 finding in 1 notebook\n")
    assert "Saved outputs" not in text


def test_colours_are_there_only_when_asked_for() -> None:
    result = single(found(severity=ERROR))
    assert "\x1b" not in report(result, View())
    painted = report(result, View(colour=True))
    assert "\x1b[1;31merror NB201\x1b[0m" in painted
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == report(result, View())


def test_a_finding_at_a_whole_cell_has_no_excerpt() -> None:
    text = findings_of(single(found(place=Place(cell=LATE.cell, source="import os"))))
    assert "    cell 3  `scaler`" in text
    assert "import os" not in text
