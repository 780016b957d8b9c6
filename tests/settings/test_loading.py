import pickle
from pathlib import Path

import pytest

from nbcoach.errors import SettingsError
from nbcoach.finding import Confidence, Severity
from nbcoach.settings import COMMAND_LINE, NestedSettings, load

DEFAULT_SIZE = 100 * 1024 * 1024


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    # Whatever lies above the temporary folder must not count.
    (tmp_path / "nbcoach.toml").write_text("")
    project = tmp_path / "project"
    project.mkdir()
    return project


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_all_is_default(folder: Path) -> None:
    settings = load(folder, isolated=True)
    assert (settings.root, settings.file, settings.given) == (folder, None, {})
    assert (settings.profile, settings.select, settings.fail_on) == ("default", None, 1)
    assert settings.max_size == DEFAULT_SIZE
    assert settings.baseline == folder / ".nbcoach-baseline.json"
    assert settings.cache_folder == folder / ".nbcoach_cache"


def test_a_project_file_with_a_table_counts(folder: Path) -> None:
    file = write(
        folder / "pyproject.toml",
        """
        [tool.nbcoach]
        select = ["NB3"]
        preview = true
        fail-on = "error"
        confidence = "possible"
        max-size = "20 MB"
        rule-paths = ["rules"]
        baseline = false
        [tool.nbcoach.severity]
        NB331 = "warning"
        [tool.nbcoach.rules.long-cell]
        limit = 25
        [tool.nbcoach.per-file-ignores]
        "drafts/*" = ["NB101"]
        """,
    )
    settings = load(folder)
    assert settings.file == file
    assert settings.select == ("NB3",)
    assert settings.preview is True
    assert settings.fail_on is Severity.ERROR
    assert settings.confidence is Confidence.POSSIBLE
    assert settings.max_size == 20 * 1024 * 1024
    assert settings.rule_paths == (folder / "rules",)
    assert settings.baseline is None
    assert settings.severity == {"NB331": Severity.WARNING}
    assert settings.rules == {"long-cell": {"limit": 25}}
    assert settings.per_file_ignores == {"drafts/*": ("NB101",)}
    assert settings.given["select"] == str(file)


def test_a_project_file_without_a_table_is_passed_over(folder: Path) -> None:
    write(folder / "nbcoach.toml", "preview = true")
    below = folder / "a" / "b"
    below.mkdir(parents=True)
    write(below / "pyproject.toml", '[project]\nname = "nbcoach-example"')
    write(folder / "a" / "pyproject.toml", "this is not TOML")
    assert load(below).preview is True
    assert load(below).root == folder


def test_our_own_file_wins_in_the_same_folder(folder: Path) -> None:
    write(folder / "pyproject.toml", '[tool.nbcoach]\nprofile = "teaching"')
    write(folder / "nbcoach.toml", 'profile = "hygiene"')
    assert load(folder).profile == "hygiene"


def test_the_named_file_is_the_only_one(folder: Path) -> None:
    write(folder / "nbcoach.toml", "preview = true")
    named = write(folder / "other" / "strict.toml", "force-exclude = true")
    settings = load(folder, config=Path("other/strict.toml"))
    assert (settings.preview, settings.force_exclude) == (False, True)
    assert (settings.file, settings.root) == (named, named.parent)
    write(folder / "below" / "nbcoach.toml", "preview = true")
    assert NestedSettings(settings).of(str(folder / "below" / "a.ipynb")) is settings


def test_isolated_reads_no_file(folder: Path) -> None:
    write(folder / "nbcoach.toml", "preview = true\nrule-paths = ['rules']")
    settings = load(folder, {"preview": False}, isolated=True)
    assert (settings.preview, settings.rule_paths) == (False, ())
    assert NestedSettings(settings).of(str(folder / "a.ipynb")) is settings


def test_a_profile_lies_below_the_file_and_the_command_line_above(folder: Path) -> None:
    file = write(folder / "nbcoach.toml", 'profile = "exploratory"\nshow = "info"')
    settings = load(folder)
    assert settings.fail_on is Severity.ERROR
    assert settings.given == {
        "fail-on": "profile exploratory",
        "profile": str(file),
        "show": str(file),
    }
    settings = load(folder, {"fail-on": "info", "profile": "publication"})
    assert (settings.fail_on, settings.outputs) == (Severity.INFO, "executed")
    assert settings.given["fail-on"] == COMMAND_LINE


def test_the_command_line_replaces_but_extends_what_extends(folder: Path) -> None:
    write(
        folder / "nbcoach.toml",
        """
        select = ["NB1"]
        ignore = ["NB101"]
        extend-ignore = ["NB102"]
        severity = { NB104 = "info", NB105 = "info" }
        rules = { long-cell = { limit = 25, strict = true } }
        """,
    )
    overrides = {
        "select": ["NB2"],
        "extend-ignore": ["NB202"],
        "severity": {"NB105": "error"},
        "rules": {"long-cell": {"limit": 10}, "other": {"x": 1}},
    }
    settings = load(folder, overrides)
    assert (settings.select, settings.ignore) == (("NB2",), ("NB101",))
    assert settings.extend_ignore == ("NB102", "NB202")
    assert settings.severity == {"NB104": Severity.INFO, "NB105": Severity.ERROR}
    assert settings.rules == {"long-cell": {"limit": 10, "strict": True}, "other": {"x": 1}}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('slect = ["NB1"]', "unknown key `slect`; the nearest known one is `select`"),
        ('select = "NB1"', "`select` must be a list of text, not `NB1`"),
        ("select = [1]", "`select` must be a list of text"),
        ("preview = 1", "`preview` must be true or false, not `1`"),
        (
            'profile = "teachng"',
            "`profile` cannot be `teachng`; the nearest known one is `teaching`",
        ),
        ('fail-on = "warn"', "`fail-on` cannot be `warn`; the nearest known one is `warning`"),
        ("show = 2", "`show` must be `info` or `warning` or `error`, not `2`"),
        ('severity = { NB1 = "bad" }', "`severity` cannot be `bad`"),
        ("severity = 3", "`severity` must be a table, not `3`"),
        ("rules = { long-cell = 3 }", "`rules` must be a table, not `3`"),
        ('max-size = "many"', "`max-size` must be a number of bytes or text"),
        ("max-size = -1", "`max-size` must be"),
        ("max-size = true", "`max-size` must be"),
        ("cache-dir = 1", "`cache-dir` must be text, not `1`"),
        ('exclude = ["[]"]', "`exclude` holds `[]`, which is no pattern"),
        ('per-file-ignores = { "[]" = [] }', "`per-file-ignores` holds `[]`, which is no pattern"),
        ("select =", "is not TOML"),
    ],
)
def test_what_cannot_be_is_told_with_file_and_key(folder: Path, text: str, complaint: str) -> None:
    file = write(folder / "nbcoach.toml", text)
    with pytest.raises(SettingsError) as error:
        load(folder)
    assert str(file) in str(error.value)
    assert complaint in str(error.value)


def test_a_wrong_command_line_is_told_as_such(folder: Path) -> None:
    with pytest.raises(SettingsError, match="command line: unknown key `colour`"):
        load(folder, {"colour": True})


@pytest.mark.parametrize("data", [b"\xff\xfe", b"a = " + b"[" * 100_000])
def test_a_file_that_is_not_toml_is_told(folder: Path, data: bytes) -> None:
    (folder / "nbcoach.toml").write_bytes(data)
    with pytest.raises(SettingsError, match="is not TOML"):
        load(folder)


def test_a_table_that_is_none_is_told(folder: Path) -> None:
    write(folder / "pyproject.toml", "[tool]\nnbcoach = 3")
    with pytest.raises(SettingsError, match=r"`tool.nbcoach` must be a table"):
        load(folder)


def test_a_named_file_must_say_something(folder: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load(folder, config=Path("missing.toml"))
    write(folder / "pyproject.toml", "[tool.ruff]")
    with pytest.raises(SettingsError, match="has no table"):
        load(folder, config=Path("pyproject.toml"))


def test_a_byte_order_mark_is_no_harm(folder: Path) -> None:
    (folder / "nbcoach.toml").write_bytes(b"\xef\xbb\xbfpreview = true")
    assert load(folder).preview is True


def test_each_notebook_has_the_settings_of_the_nearest_file(folder: Path) -> None:
    write(folder / "nbcoach.toml", "preview = true\nfail-on = 'error'")
    nearer = write(folder / "course" / "nbcoach.toml", "profile = 'teaching'\nfail-on = 'info'")
    (folder / "course" / "week1").mkdir()
    run = load(folder, {"force-exclude": True})
    settings = NestedSettings(run)
    assert settings.of(str(folder / "a.ipynb")) is run
    nested = settings.of(str(folder / "course" / "week1" / "b.ipynb"))
    assert nested is settings.of(str(folder / "course" / "c.ipynb"))
    assert (nested.file, nested.root) == (nearer, nearer.parent)
    assert (nested.profile, nested.preview) == ("teaching", False)
    assert nested.force_exclude is True
    assert nested.fail_on is run.fail_on
    assert nested.given["fail-on"] == str(run.file)


def test_a_nested_file_brings_no_code(folder: Path) -> None:
    write(folder / "nbcoach.toml", "rule-paths = ['ours']")
    write(folder / "foreign" / "nbcoach.toml", "rule-paths = ['theirs']\npreview = true")
    nested = NestedSettings(load(folder)).of(str(folder / "foreign" / "a.ipynb"))
    assert nested.preview is True
    assert nested.rule_paths == (folder / "ours",)


def test_relative_paths_find_their_settings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder / "nbcoach.toml", "preview = true")
    write(folder / "a" / "nbcoach.toml", "profile = 'hygiene'")
    monkeypatch.chdir(folder)
    settings = NestedSettings(load(Path()))
    assert settings.of("a.ipynb") is settings.run
    assert settings.of("a/b.ipynb").profile == "hygiene"


def test_every_folder_is_looked_into_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from nbcoach.settings import files

    looked: list[str] = []
    in_folder = files.in_folder
    monkeypatch.setattr(files, "in_folder", lambda path: looked.append(path) or in_folder(path))
    settings = NestedSettings(load(folder))
    looked.clear()
    for number in range(100):
        settings.of(str(folder / "a" / f"{number % 5}" / f"{number}.ipynb"))
    assert len(looked) == len(set(looked))
    assert str(folder / "a" / "4") in looked


def test_settings_travel_to_other_processes(folder: Path) -> None:
    write(folder / "nbcoach.toml", 'severity = { NB1 = "info" }\nprofile = "teaching"')
    settings = load(folder, {"select": ["NB1"]})
    assert vars(pickle.loads(pickle.dumps(settings))) == vars(settings)


def test_the_fingerprint_tells_what_matters(folder: Path) -> None:
    one = load(folder, isolated=True).fingerprint()
    assert load(folder, {"show": "info", "cache": False}, isolated=True).fingerprint() == one
    assert load(folder, {"preview": True}, isolated=True).fingerprint() != one
    assert load(folder, {"rules": {"a": {"b": 1}}}, isolated=True).fingerprint() != one
