import json
import os
import pickle
import sys
from pathlib import Path

import pytest

from nbcoach.errors import PackError
from nbcoach.finding import Confidence, Safety, Severity
from nbcoach.plugins import Option, RuleEntry, RuleSet, load_rules
from nbcoach.settings import Settings
from tests.plugins.conftest import WriteRule


def load(*folders: Path) -> RuleSet:
    return load_rules(Settings(root=Path(), rule_paths=folders))


def entry(rules: RuleSet, code: str) -> RuleEntry:
    found = rules.find(code)
    assert found is not None
    return found


def test_each_file_of_a_folder_is_a_rule(tmp_path: Path, write_rule: WriteRule) -> None:
    folder = tmp_path / "rules"
    file = write_rule(folder, "first_cell", "LOC001")
    write_rule(folder / "strict", "second_cell", "LOC002")
    rules = load(folder)
    first = entry(rules, "LOC001")
    assert first is rules.find("first-cell")
    assert (first.name, first.summary, first.family) == ("first-cell", "A cell that exists.", "")
    assert (first.file, first.pack) == (str(file), str(folder))
    assert first.subjects == ("nbcoach.notebook.CodeCell",)
    assert entry(rules, "LOC002").family == "strict"
    assert str(folder) in rules.packs
    assert rules.rule("LOC001").code == "LOC001"
    assert rules.rule("LOC001") is rules.rule("LOC001")


def test_all_that_a_rule_says_is_known(tmp_path: Path, write_rule: WriteRule) -> None:
    head = """
@dataclass(frozen=True)
class Options:
    limit: int = 25
    share: float = 0.5
    strict_mode: bool = False
    word: str = "a"
    names: tuple[str, ...] = ("x", "y")
    remedies: Mapping[str, str] = None
    tail: Literal["report", "ignore"] = "ignore"
"""
    arguments = """, ast.Call, mentions=("torch",), severity=Severity.ERROR,
    confidence=Confidence.POSSIBLE, default="off", fix=Safety.SAFE, options=Options()"""
    write_rule(tmp_path / "rules", "cell", "LOC001", head=head, arguments=arguments)
    fresh, cached = load(tmp_path / "rules"), load(tmp_path / "rules")
    found = entry(fresh, "LOC001")
    assert found == entry(cached, "LOC001")
    assert found.subjects == ("nbcoach.notebook.CodeCell", "ast.Call")
    assert found.mentions == ("torch",)
    assert (found.severity, found.confidence) == (Severity.ERROR, Confidence.POSSIBLE)
    assert (found.default, found.safety) == ("off", Safety.SAFE)
    assert found.options == (
        Option("limit", "a whole number", 25),
        Option("share", "a number", 0.5),
        Option("strict-mode", "true or false", False),
        Option("word", "text", "a"),
        Option("names", "a list of text", ["x", "y"]),
        Option("remedies", "a table of text", None),
        Option("tail", "one of a few words", "ignore", ("report", "ignore")),
    )


def test_a_remembered_rule_is_not_imported(tmp_path: Path, write_rule: WriteRule) -> None:
    write_rule(tmp_path / "rules", "cell", "LOC001")
    module = entry(load(tmp_path / "rules"), "LOC001").module
    del sys.modules[module]
    rules = load(tmp_path / "rules")
    assert module not in sys.modules
    assert rules.rule("LOC001").name == "cell"
    assert module in sys.modules


def test_a_changed_file_is_read_again(tmp_path: Path, write_rule: WriteRule) -> None:
    file = write_rule(tmp_path / "rules", "cell", "LOC001")
    before = load(tmp_path / "rules")
    write_rule(tmp_path / "rules", "cell", "LOC002")
    os.utime(file, ns=(1, 1))
    sys.modules.pop(entry(before, "LOC001").module)
    after = load(tmp_path / "rules")
    assert (after.find("LOC001"), entry(after, "LOC002").name) == (None, "cell")
    assert after.fingerprint != before.fingerprint


def test_rules_travel_to_other_processes(tmp_path: Path, write_rule: WriteRule) -> None:
    write_rule(tmp_path / "rules", "cell", "LOC001")
    rules = load(tmp_path / "rules")
    rule = rules.rule("LOC001")
    copy = pickle.loads(pickle.dumps(rules))
    assert copy.rule("LOC001") is rule
    assert tuple(copy) == tuple(rules)


def test_a_folder_may_be_a_package(tmp_path: Path, write_rule: WriteRule) -> None:
    folder = tmp_path / "rules"
    write_rule(folder, "__init__", "LOC001").write_text("LIMIT = 3\n")
    write_rule(folder, "cell", "LOC002", head="from . import LIMIT\nassert LIMIT == 3")
    assert load(folder).rule("LOC002").name == "cell"


def test_a_rule_that_is_only_imported_counts_once(tmp_path: Path, write_rule: WriteRule) -> None:
    write_rule(tmp_path / "rules", "cell", "LOC001")
    write_rule(tmp_path / "rules", "other", "LOC002", head="from .cell import cell")
    assert entry(load(tmp_path / "rules"), "LOC001").name == "cell"


@pytest.mark.parametrize("code", ["X001", "LOC01", "LOC0001", "loc001", "LOC-001"])
def test_a_code_must_look_like_one(tmp_path: Path, write_rule: WriteRule, code: str) -> None:
    file = write_rule(tmp_path / "rules", "cell", code)
    with pytest.raises(PackError, match=f"`{code}` is no code for a rule") as error:
        load(tmp_path / "rules")
    assert str(file) in str(error.value)


def test_two_rules_with_one_code_are_told_with_both_files(
    tmp_path: Path, write_rule: WriteRule
) -> None:
    one = write_rule(tmp_path / "rules", "one", "LOC001")
    two = write_rule(tmp_path / "more", "two", "LOC001")
    with pytest.raises(PackError, match="`LOC001` exists twice") as error:
        load(tmp_path / "rules", tmp_path / "more")
    assert str(one) in str(error.value)
    assert str(two) in str(error.value)


def test_two_rules_with_one_name_are_told(tmp_path: Path, write_rule: WriteRule) -> None:
    write_rule(tmp_path / "rules", "cell", "LOC001")
    write_rule(tmp_path / "more", "cell", "LOC002")
    with pytest.raises(PackError, match="`cell` exists twice"):
        load(tmp_path / "rules", tmp_path / "more")


@pytest.mark.parametrize(
    ("head", "cause"),
    [
        ("import no_such_module", "ModuleNotFoundError: No module named 'no_such_module'"),
        ("1 / 0", "ZeroDivisionError"),
        ("def", "SyntaxError"),
    ],
)
def test_a_file_that_fails_is_told_with_its_cause(
    tmp_path: Path, write_rule: WriteRule, head: str, cause: str
) -> None:
    write_rule(tmp_path / "rules", "cell", "LOC001", head=head)
    with pytest.raises(PackError, match=cause) as error:
        load(tmp_path / "rules")
    assert str(tmp_path / "rules") in str(error.value)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="does not exist; correct `rule-paths`"):
        load(tmp_path / "missing")


@pytest.mark.parametrize(
    ("head", "arguments", "complaint"),
    [
        ("", ", options=3", "not an instance of a dataclass"),
        ("@dataclass\nclass O:\n    x: set = ()", ", options=O()", "option `x` of LOC001"),
        ("@dataclass\nclass O:\n    x: Literal[1] = 1", ", options=O()", "option `x` of LOC001"),
    ],
)
def test_options_must_fit_into_a_file(
    tmp_path: Path, write_rule: WriteRule, head: str, arguments: str, complaint: str
) -> None:
    write_rule(tmp_path / "rules", "cell", "LOC001", head=head, arguments=arguments)
    with pytest.raises(PackError, match=complaint):
        load(tmp_path / "rules")


def test_a_broken_cache_is_no_harm(
    tmp_path: Path, write_rule: WriteRule, cache_folder: Path
) -> None:
    write_rule(tmp_path / "rules", "cell", "LOC001")
    expected = tuple(load(tmp_path / "rules"))
    files = list(cache_folder.glob("*.json"))
    assert files
    for text in ("", "[1, 2]", '{"key": []}', "[" * 100_000):
        for file in files:
            file.write_text(text)
        assert tuple(load(tmp_path / "rules")) == expected
    assert all(isinstance(json.loads(file.read_text()), dict) for file in files)


def test_a_cache_that_cannot_be_written_is_no_harm(
    tmp_path: Path, write_rule: WriteRule, cache_folder: Path
) -> None:
    cache_folder.parent.mkdir()
    cache_folder.write_text("not a folder")
    write_rule(tmp_path / "rules", "cell", "LOC001")
    assert load(tmp_path / "rules").find("LOC001")


def test_rules_that_read_runs_are_known(tmp_path: Path, write_rule: WriteRule) -> None:
    write_rule(tmp_path / "rules", "one", "LOC001", head="# cell.outputs")
    write_rule(tmp_path / "rules", "two", "LOC002", head="# cell.source")
    rules = load(tmp_path / "rules")
    assert entry(rules, "LOC001").reads_runs is True
    assert entry(rules, "LOC002").reads_runs is False
