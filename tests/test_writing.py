"""Files are replaced whole or not at all."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from nbcoach import writing
from nbcoach.errors import WriteRefused

OLD = b"old contents\n"
NEW = b"new contents\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.ipynb"
    path.write_bytes(OLD)
    return path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_new_contents_replace_the_old(file: Path, tmp_path: Path) -> None:
    writing.replace(file, OLD, NEW, root=tmp_path)
    assert file.read_bytes() == NEW
    assert names(tmp_path) == {"a.ipynb"}


@pytest.mark.skipif(os.name != "posix", reason="modes are a matter of POSIX")
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755])
def test_the_mode_stays(file: Path, tmp_path: Path, mode: int) -> None:
    file.chmod(mode)
    writing.replace(file, OLD, NEW, root=tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == mode


def test_a_file_that_changed_meanwhile_is_left_alone(file: Path, tmp_path: Path) -> None:
    file.write_bytes(b"someone else's\n")
    with pytest.raises(WriteRefused, match="changed by another program"):
        writing.replace(file, OLD, NEW, root=tmp_path)
    assert file.read_bytes() == b"someone else's\n"
    assert names(tmp_path) == {"a.ipynb"}


def test_a_file_that_went_away_does_not_come_back(file: Path, tmp_path: Path) -> None:
    file.unlink()
    with pytest.raises(FileNotFoundError):
        writing.replace(file, OLD, NEW, root=tmp_path)
    assert names(tmp_path) == set()


def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.ipynb"
    link.symlink_to("a.ipynb")
    writing.replace(link, OLD, NEW, root=tmp_path)
    assert link.is_symlink()
    assert file.read_bytes() == NEW


def test_a_link_out_of_the_root_is_refused(file: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    link = root / "link.ipynb"
    link.symlink_to(file)
    with pytest.raises(WriteRefused, match="outside"):
        writing.replace(link, OLD, NEW, root=root)
    assert file.read_bytes() == OLD


def test_a_root_that_is_a_link_itself_is_followed(file: Path, tmp_path: Path) -> None:
    root = tmp_path.parent / f"{tmp_path.name}-link"
    root.symlink_to(tmp_path)
    writing.replace(root / "a.ipynb", OLD, NEW, root=root)
    assert file.read_bytes() == NEW


def test_a_read_only_file_is_refused(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The superuser may write everything, so the answer of the system is given here.
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(WriteRefused, match="read-only"):
        writing.replace(file, OLD, NEW, root=tmp_path)
    assert file.read_bytes() == OLD


def test_a_failure_of_the_disk_leaves_the_old_file_and_no_rubbish(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        writing.replace(file, OLD, NEW, root=tmp_path)
    assert file.read_bytes() == OLD
    assert names(tmp_path) == {"a.ipynb"}


def test_an_interruption_leaves_the_old_file_and_no_rubbish(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(source: str, target: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        writing.replace(file, OLD, NEW, root=tmp_path)
    assert file.read_bytes() == OLD
    assert names(tmp_path) == {"a.ipynb"}


def test_a_file_of_our_own_is_made_and_made_again(tmp_path: Path) -> None:
    path = tmp_path / "cache.json"
    writing.create(path, b"1")
    writing.create(path, b"2")
    assert path.read_bytes() == b"2"
    assert names(tmp_path) == {"cache.json"}


@pytest.mark.skipif(os.name != "posix", reason="modes are a matter of POSIX")
def test_a_new_file_has_the_usual_mode_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    path, usual = tmp_path / "baseline.json", tmp_path / "usual"
    usual.touch()
    writing.create(path, b"1")
    assert path.stat().st_mode == usual.stat().st_mode
    path.chmod(0o640)
    writing.create(path, b"2")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_the_longest_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("é" * 124 + ".ipynb")
    path.write_bytes(OLD)
    writing.replace(path, OLD, NEW, root=tmp_path)
    assert path.read_bytes() == NEW


_WRITER = """
import sys
from pathlib import Path
from nbcoach import writing
folder = Path(sys.argv[1])
versions = [b"a" * 300_000, b"b" * 300_000]
print("ready", flush=True)
turn = 0
while True:
    for path in sorted(folder.glob("*.ipynb")):
        writing.replace(path, versions[turn % 2], versions[(turn + 1) % 2], root=folder)
    turn += 1
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing kills as surely")
@pytest.mark.parametrize("delay", range(6))
def test_a_killed_process_leaves_every_file_whole(tmp_path: Path, delay: int) -> None:
    versions = {b"a" * 300_000, b"b" * 300_000}
    for number in range(4):
        (tmp_path / f"{number}.ipynb").write_bytes(b"a" * 300_000)
    command = [sys.executable, "-c", _WRITER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        try:
            process.wait(0.003 * 2**delay)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    for number in range(4):
        assert (tmp_path / f"{number}.ipynb").read_bytes() in versions
