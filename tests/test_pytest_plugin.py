"""`pytest --nbcoach`, in a run of pytest of its own."""

import pytest

from tests.fakes import notebook_bytes

BAD = notebook_bytes("print(total)", "total = 1")
GOOD = notebook_bytes({"cell_type": "markdown", "source": "# Title"}, "total = 1", "print(total)")


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    (pytester.path / "good.ipynb").write_bytes(GOOD)
    (pytester.path / "bad one.ipynb").write_bytes(BAD)
    (pytester.path / "broken.ipynb").write_bytes(b"{")
    checkpoints = pytester.path / ".ipynb_checkpoints"
    checkpoints.mkdir()
    (checkpoints / "bad-checkpoint.ipynb").write_bytes(BAD)
    pytester.makepyfile(test_plain="def test_plain(): pass")
    pytester.makeini("[pytest]\naddopts = -p no:cacheprovider")
    return pytester


def test_notebooks_are_left_alone_unless_asked_for(project: pytest.Pytester) -> None:
    project.runpytest_subprocess().assert_outcomes(passed=1)


def test_each_notebook_is_a_test(project: pytest.Pytester) -> None:
    result = project.runpytest_subprocess("--nbcoach")
    result.assert_outcomes(passed=2, failed=2)
    result.stdout.fnmatch_lines(["*bad one.ipynb*", "*NB201*", "*broken.ipynb*", "*NB001*"])
    assert "checkpoint" not in result.stdout.str().replace("no:cacheprovider", "")


def test_settings_of_the_project_hold(project: pytest.Pytester) -> None:
    (project.path / "nbcoach.toml").write_text('ignore = ["NB201"]\n')
    result = project.runpytest_subprocess("--nbcoach", "bad one.ipynb")
    result.assert_outcomes(passed=1)


def test_notebooks_can_be_selected(project: pytest.Pytester) -> None:
    result = project.runpytest_subprocess("--nbcoach", "-m", "nbcoach", "--strict-markers")
    result.assert_outcomes(passed=1, failed=2, deselected=1)


def test_wrong_settings_are_told(project: pytest.Pytester) -> None:
    (project.path / "nbcoach.toml").write_text("selekt = []\n")
    result = project.runpytest_subprocess("--nbcoach")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: nbcoach: *unknown key `selekt`*"])


def test_what_the_project_excludes_is_a_test_only_if_named(project: pytest.Pytester) -> None:
    (project.path / "nbcoach.toml").write_text('extend-exclude = ["bad*", "broken*"]\n')
    project.runpytest_subprocess("--nbcoach").assert_outcomes(passed=2)
    project.runpytest_subprocess("--nbcoach", "bad one.ipynb").assert_outcomes(failed=1)


def test_what_makes_a_test_fail_is_shown(project: pytest.Pytester) -> None:
    settings = 'fail-on = "info"\nselect = ["NB201"]\nseverity = { NB201 = "info" }\n'
    (project.path / "nbcoach.toml").write_text(settings)
    result = project.runpytest_subprocess("--nbcoach", "bad one.ipynb")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*info NB201*"])
