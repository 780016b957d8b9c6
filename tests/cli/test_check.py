"""`nbcoach check`: what it prints and how it exits."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Invoke, write
from tests.fakes import notebook_bytes


def test_a_clean_project_exits_with_zero_and_says_what_was_checked(invoke: Invoke) -> None:
    write("a.ipynb", "x = 1")
    result = invoke("check")
    assert result.code == 0
    assert result.out.startswith("Checked 1 notebook in ")
    assert result.out.endswith(": no findings\n")
    assert result.err == ""


def test_findings_exit_with_one_and_are_shown_in_place(invoke: Invoke) -> None:
    write("a/b.ipynb", "x = 1", "y = old")
    result = invoke("check")
    assert result.code == 1
    assert result.out.startswith(
        "a/b.ipynb  1 error\n"
        "\n"
        "  error HSE101 old-name\n"
        "  A name from last year.\n"
        "    cell 2:1:5  #cell-1  `old` is old; use `new`\n"
        "      1 | y = old\n"
        "        |     ^^^\n"
        "      fix (--fix): Rename it\n"
    )
    assert "nbcoach check --fix --select HSE101 .\n" in result.out


def test_no_notebooks_are_said_plainly(invoke: Invoke) -> None:
    result = invoke("check")
    assert result.code == 0
    assert result.out.startswith("No notebooks found here: looked for *.ipynb, *.py, *.md, ")


def test_paths_are_shown_as_seen_from_here(invoke: Invoke, project: Path) -> None:
    write("deep/er/a.ipynb", "old")
    for path in ("deep/er", "./deep", str(project / "deep")):
        assert "deep/er/a.ipynb  1 error\n" in invoke("check", path, "-q").out
    assert invoke("check", str(project / "deep"), "-q").out.startswith("deep/")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 1),
        (["--exit-zero"], 0),
        (["--fail-on", "error"], 0),
        (["--fail-on", "info"], 1),
        (["--ignore", "HSE102"], 0),
        (["--ignore", "HSE102,HSE101", "--fail-on", "info"], 1),
        (["--select", "old-name", "--select", "HSE3"], 0),
        (["--select", "HSE2", "--extend-select", "HSE102"], 1),
        (["--confidence", "certain"], 0),
        (["--isolated", "--select", "ALL"], 0),
    ],
)
def test_options_decide_the_exit_code(invoke: Invoke, arguments: list[str], code: int) -> None:
    write("a.ipynb", "risky", "1\n2\n3\n4")
    assert invoke("check", *arguments).code == code


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--select", "HSE10l"], "`HSE10l`"),
        (["--select", "HSE999"], "the nearest is `HSE"),
        (["--selct", "HSE1"], "--select"),
        (["--profile", "teachin"], "teaching"),
        (["--unsafe-fixes"], "`--fix`"),
        (["--statistics", "--output-format", "sarif"], "--statistics"),
        (["--config", "nbcoach.toml", "--isolated"], "--isolated"),
        (["-", "a.ipynb"], "standard input"),
        (["--stdin-filename", "b.ipynb", "a.ipynb"], "standard input"),
        (["--output-file", "no/such/folder/x"], "No such file"),
        (["--jobs", "0"], "--jobs"),
    ],
)
def test_misuse_exits_with_two_and_says_what_would_be_right(
    invoke: Invoke, arguments: list[str], message: str
) -> None:
    write("a.ipynb", "x")
    result = invoke("check", *arguments)
    assert result.code == 2
    assert message in result.err
    assert result.out == ""


def test_a_wrong_configuration_exits_with_two(invoke: Invoke, project: Path) -> None:
    (project / "nbcoach.toml").write_text("preveiw = true\n")
    result = invoke("check")
    assert result.code == 2
    assert "`preview`" in result.err
    assert result.err.count("\n") == 1


def test_a_rule_that_fails_exits_with_three_and_the_rest_is_reported(invoke: Invoke) -> None:
    write("a.ipynb", "crash = old")
    result = invoke("check")
    assert result.code == 3
    assert "HSE101" in result.out
    assert result.out.count("ValueError: clumsy") == 1


def test_our_own_fault_exits_with_three_and_asks_for_a_report(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("oops")

    monkeypatch.setattr("nbcoach.cli.run.run", fail)
    result = invoke("check")
    assert result.code == 3
    assert "KeyError: 'oops'" in result.err
    assert result.err.endswith("please report it with the lines above\n")


def test_an_interruption_exits_with_130(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("nbcoach.cli.run.run", interrupt)
    result = invoke("check")
    assert result.code == 130
    assert result.err.splitlines()[-1].startswith("nbcoach: interrupted; every file is either")


def test_safe_fixes_are_made_and_accounted_for(invoke: Invoke) -> None:
    write("a.ipynb", "old + risky")
    result = invoke("check", "--fix")
    assert notebook_bytes("new + risky") == Path("a.ipynb").read_bytes()
    assert result.code == 1
    assert "Fixed 1 finding in 1 notebook\n  1  HSE101 old-name\n  in a.ipynb\n" in result.out
    assert "1 can be fixed with --fix --unsafe-fixes\n" in result.out


def test_unsafe_fixes_are_made_when_asked_for(invoke: Invoke) -> None:
    write("a.ipynb", "old + risky")
    assert invoke("check", "--fix", "--unsafe-fixes").code == 0
    assert notebook_bytes("new + sure") == Path("a.ipynb").read_bytes()


def test_outputs_from_before_a_fix_are_pointed_out(invoke: Invoke) -> None:
    output = {"output_type": "stream", "name": "stdout", "text": "1"}
    cell = {"source": "old", "outputs": [output], "execution_count": 1}
    Path("a.ipynb").write_bytes(notebook_bytes("x", cell))
    text = invoke("check", "--fix").out
    assert "run the cells again\n  a.ipynb: cell 2\n" in text


def test_a_diff_goes_to_standard_output_and_nothing_is_written(invoke: Invoke) -> None:
    before = write("a.ipynb", "old")
    result = invoke("check", "--diff")
    assert result.code == 1
    assert Path("a.ipynb").read_bytes() == before
    assert result.out.startswith("--- a/a.ipynb\n+++ b/a.ipynb\n@@")
    assert '-   "source": "old"\n+   "source": "new"\n' in result.out
    assert result.err.startswith("Would fix 1 finding in 1 notebook\n")


def test_a_diff_without_changes_exits_with_zero(invoke: Invoke) -> None:
    write("a.ipynb", "risky")
    result = invoke("check", "--diff")
    assert (result.code, result.out) == (0, "")
    assert result.err == "1 can be fixed with --fix --unsafe-fixes\n"
    write("a.ipynb", "fine")
    assert invoke("check", "--diff").err == "Nothing to fix\n"


def test_standard_input_is_checked_under_its_name(invoke: Invoke) -> None:
    data = notebook_bytes("old")
    result = invoke("check", "--stdin-filename", "sub/x.ipynb", "-q", stdin=data)
    assert result.code == 1
    assert result.out.startswith("sub/x.ipynb  1 error\n")
    assert invoke("check", "-", "-q", stdin=data).out.startswith("stdin.ipynb  1 error\n")


def test_standard_input_repaired_is_the_output(invoke: Invoke) -> None:
    result = invoke("check", "-", "--fix", stdin=notebook_bytes("old"))
    assert result.code == 0
    assert result.out == notebook_bytes("new").decode()
    assert result.err.startswith("Fixed 1 finding in 1 notebook\n")


def test_standard_input_that_needs_no_repair_is_passed_on(invoke: Invoke) -> None:
    for data in (notebook_bytes("x"), b"no notebook\n"):
        assert invoke("check", "-", "--fix", stdin=data).out == data.decode()


def test_standard_input_can_be_compared(invoke: Invoke) -> None:
    result = invoke("check", "-", "--diff", stdin=notebook_bytes("old"))
    assert result.code == 1
    assert result.out.startswith("--- a/stdin.ipynb\n")


def test_statistics_replace_the_findings(invoke: Invoke) -> None:
    write("a.ipynb", "old", "old + risky")
    result = invoke("check", "--statistics")
    assert result.code == 1
    assert result.out == (
        "2  error    HSE101 old-name [--fix]\n"
        "1  warning  HSE102 risky-name [--fix --unsafe-fixes]\n"
    )
    assert "Checked 1 notebook" in result.err


def test_quiet_prints_findings_only(invoke: Invoke) -> None:
    write("a.ipynb", "x")
    assert invoke("check", "-q") == (0, "", "")
    write("a.ipynb", "old")
    text = invoke("check", "-q").out
    assert "HSE101" in text
    assert "Checked" not in text


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("concise", "a.ipynb:cell 1:1:1: error HSE101 "),
        ("github", "::error file=a.ipynb,line=9,endLine=9,title=HSE101 old-name::cell 1:1:1: "),
        ("gitlab", '[\n  {\n    "fingerprint": "'),
        ("html", "<!DOCTYPE html>\n"),
        ("json", "{\n"),
        ("json-lines", '{"path": "a.ipynb", "cell": 1,'),
        ("junit", "<?xml "),
        ("markdown", "## nbcoach\n"),
        ("rdjson", '{\n  "source": {'),
        ("sarif", '{\n  "$schema"'),
    ],
)
def test_every_format_can_be_asked_for(invoke: Invoke, name: str, start: str) -> None:
    write("a.ipynb", "old")
    result = invoke("check", "--output-format", name)
    assert result.code == 1
    assert result.out.startswith(start)


def test_formats_for_programs_print_nothing_else(invoke: Invoke) -> None:
    write("a.ipynb", "old")
    result = invoke("check", "--output-format", "json")
    assert result.err == ""
    finding = json.loads(result.out)["findings"][0]
    assert (finding["cell"], finding["row"], finding["file_line"]) == (1, 1, 9)
    assert finding["fix"]["edits"][0]["text"] == "new"


def test_a_report_can_go_to_a_file(invoke: Invoke) -> None:
    write("a.ipynb", "old")
    result = invoke("check", "--output-format", "sarif", "-o", "x.sarif")
    assert (result.code, result.out) == (1, "")
    assert "Checked 1 notebook" in result.err
    assert json.loads(Path("x.sarif").read_text())["version"] == "2.1.0"


def test_infos_are_shown_when_asked_for(invoke: Invoke) -> None:
    write("a.ipynb", "1\n2\n3\n4")
    assert "1 info not shown (--show info): HSE201 crowded-cell (1)\n" in invoke("check").out
    assert "  info HSE201 crowded-cell\n" in invoke("check", "--show", "info").out


def test_colour_follows_the_option_and_the_environment(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.ipynb", "old")
    assert "\x1b" not in invoke("check").out
    assert "\x1b" in invoke("check", "--color", "always").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" in invoke("check").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in invoke("check").out
    assert "\x1b" not in invoke("check", "--color", "never").out
