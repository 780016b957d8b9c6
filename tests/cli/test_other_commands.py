"""`nbcoach` alone, `rules`, `explain`, `config` and `baseline`."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Invoke, write


def test_alone_it_shows_its_help(invoke: Invoke) -> None:
    result = invoke()
    assert result.code == 0
    assert "nbcoach check --fix train.ipynb" in result.out
    for name in ("init", "check", "explain", "rules", "config", "baseline"):
        assert f"\n  {name} " in result.out


@pytest.mark.parametrize("name", ["init", "check", "explain", "rules", "config", "baseline"])
def test_every_command_has_help_with_examples(invoke: Invoke, name: str) -> None:
    long, short = invoke(name, "--help"), invoke(name, "-h")
    assert long == short
    assert long.code == 0
    assert f"\n  nbcoach {name}" in long.out


def test_an_unknown_command_names_the_nearest(invoke: Invoke) -> None:
    result = invoke("chek")
    assert result.code == 2
    assert "did you mean `nbcoach check`?" in result.err


def test_a_path_in_place_of_a_command_is_understood(invoke: Invoke) -> None:
    write("a.ipynb", "x")
    assert "did you mean `nbcoach check a.ipynb`?" in invoke("a.ipynb").err


def test_rules_are_listed_with_what_one_needs_to_know(invoke: Invoke) -> None:
    result = invoke("rules")
    assert result.code == 0
    assert (
        "  HSE101 old-name  error, on by default, safe fix\n    A name from last year.\n"
    ) in result.out


def test_rules_can_be_narrowed_and_read_by_programs(invoke: Invoke) -> None:
    rules = json.loads(invoke("rules", "--family", "HSE2", "--output-format", "json").out)
    assert [rule["code"] for rule in rules] == ["HSE201"]
    assert rules[0]["severity"] == "info"
    assert rules[0]["fix"] == "none"
    assert rules[0]["options"] == {"most": 3}


def test_a_rule_is_explained_by_its_page(invoke: Invoke) -> None:
    result = invoke("explain", "HSE101")
    assert result.code == 0
    assert result.out.startswith(
        "HSE101 old-name\n"
        "error, on by default, safe fix\n"
        "\n"
        "A name from last year, as the house says. See the list\n"
        "(https://example.org/names), which goes on and on and on until the line is too\n"
        "wide for one terminal.\n"
        "\n"
        "Bad\n"
        "\n"
        "    # %%\n"
        "    old = 1\n"
        "\n"
        "  nbcoach reports\n"
        "    cell 1:1:1 HSE101 `old` is old; use `new`\n"
        "\n"
        "  nbcoach can change\n"
        "    -old = 1\n"
        "    +new = 1\n"
        "\n"
        "- one item\n"
        "- another item\n"
    )


@pytest.mark.parametrize("word", ["old-name", "hse101", "Old-Name"])
def test_a_rule_answers_to_its_name_however_it_is_written(invoke: Invoke, word: str) -> None:
    assert invoke("explain", word).out.startswith("HSE101 old-name\n")


def test_options_are_told_with_their_defaults(invoke: Invoke) -> None:
    text = invoke("explain", "HSE201").out
    assert "Options, below [tool.nbcoach.rules.crowded-cell]:\n" in text
    assert "\n  most = 3  (a whole number)\n" in text


def test_a_prefix_lists_its_rules(invoke: Invoke) -> None:
    text = invoke("explain", "HSE1").out
    assert "HSE101 old-name" in text
    assert "HSE102 risky-name" in text
    assert "HSE201" not in text


def test_an_unknown_rule_names_the_nearest(invoke: Invoke) -> None:
    result = invoke("explain", "old-nam")
    assert result.code == 2
    assert "the nearest is `old-name`" in result.err


def test_config_tells_values_and_sources(invoke: Invoke, project: Path) -> None:
    lines = invoke("config").out.splitlines()
    assert lines[0] == f"Configuration file: {project / 'nbcoach.toml'}"
    assert "profile             default" in lines
    select = lines.index("select              HSE")
    assert lines[select + 1].strip().startswith("from ")


def test_config_of_a_folder_is_that_of_its_nearest_file(invoke: Invoke, project: Path) -> None:
    write("sub/a.ipynb", "x")
    (project / "sub" / "nbcoach.toml").write_text("preview = true\n")
    assert "preview             true\n" in invoke("config", "sub/a.ipynb").out
    assert "preview             true\n" in invoke("config", "sub").out
    assert "preview             false\n" in invoke("config").out


def test_a_baseline_silences_what_is_known_and_nothing_new(invoke: Invoke, project: Path) -> None:
    write("a.ipynb", "old")
    written = invoke("baseline")
    assert written.code == 0
    assert written.out.startswith("Wrote .nbcoach-baseline.json: 1 finding in 1 notebook\n")
    clean = invoke("check")
    assert clean.code == 0
    assert "1 finding kept silent" in clean.out
    assert invoke("check", "--no-baseline").code == 1
    write("a.ipynb", "old", "risky")
    assert invoke("check", "-q").out.startswith("a.ipynb  1 warning\n")


def test_a_baseline_can_be_renewed_in_part(invoke: Invoke) -> None:
    write("a/a.ipynb", "old")
    write("b/b.ipynb", "old", "risky")
    invoke("baseline")
    write("a/a.ipynb", "fine")
    assert invoke("baseline", "a").out.startswith(
        "Wrote .nbcoach-baseline.json: 2 findings in 1 notebook\n"
    )


def test_there_is_no_baseline_without_findings(invoke: Invoke, project: Path) -> None:
    write("a.ipynb", "fine")
    result = invoke("baseline")
    assert result.out == "No findings: there is nothing to put in a baseline\n"
    assert not (project / ".nbcoach-baseline.json").exists()
