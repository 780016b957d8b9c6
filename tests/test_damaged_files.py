"""Files with anything in them, through the whole command: findings, never a fault of nbcoach."""

import contextlib
import io
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nbcoach.cli import main
from nbcoach.cli.check import command
from tests.test_hostile_notebooks import NOTEBOOK
from tests.test_mutated_examples import examples, percent

FORMATS = next(p.type.choices for p in command.params if p.name == "output_format")
TASKS = ([], ["--fix"], ["--fix", "--unsafe-fixes"], ["--diff", "--unsafe-fixes"], ["--statistics"])
CHOSEN = 'select = ["ALL"]\npreview = true\nconfidence = "possible"\noutputs = "source-only"\n'

Damage = Callable[[bytes, random.Random], bytes]


def cut_off(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randint(0, len(data))]


def with_bytes(data: bytes, chance: random.Random) -> bytes:
    start = chance.randint(0, len(data))
    put_in = chance.choice([b"\x00", b"\xff", b'"', b"\\", b"\xed\xa0\x80", b"\r", b"\x1a", b"}"])
    return data[:start] + put_in * chance.choice([1, 1, 40]) + data[start + chance.randint(0, 3) :]


def with_key_twice(data: bytes, chance: random.Random) -> bytes:
    key = chance.choice(
        [b"cells", b"source", b"metadata", b"id", b"nbformat", b"cell_type", b"tags"]
    )
    value = chance.choice(
        [b"[]", b"{}", b"null", b'"x"', b"4", b'["x"]', b'[{"cell_type": "code"}]']
    )
    pair = b'"' + key + b'": ' + value + b", "
    return data.replace(b'"' + key + b'":', pair + b'"' + key + b'":', chance.choice([1, -1]))


def with_deep_value(data: bytes, chance: random.Random) -> bytes:
    depth = chance.choice([3, 60, 1_500])
    deep = chance.choice([b"[" * depth + b"]" * depth, b'{"a":' * depth + b"1" + b"}" * depth])
    return data.replace(b"{}", deep, chance.choice([1, 2, -1])).replace(b"null", deep, 1)


def with_huge_number(data: bytes, chance: random.Random) -> bytes:
    number = chance.choice([b"9" * 30, b"-" + b"9" * 5_000, b"1e400", b"1E-400", b"NaN", b"-0"])
    old = chance.choice([b"null", b": 4", b": 1", b": 5"])
    return data.replace(old, (b": " if b":" in old else b"") + number, chance.choice([1, -1]))


def with_surrogates(data: bytes, chance: random.Random) -> bytes:
    half = chance.choice([rb"\ud800", rb"\udfff", rb"\ud83d\ude00", rb"\u0000", rb"\u2028\r"])
    return data.replace(chance.choice([b"a", b"e", b"\\n"]), half, chance.choice([1, 9, -1]))


def in_other_ends(data: bytes, chance: random.Random) -> bytes:
    return data.replace(b"\n", chance.choice([b"\r", b"\r\n", b"\n\r", b"\x0b", b"\x85"]))


def in_other_encoding(data: bytes, chance: random.Random) -> bytes:
    mark = b"\xef\xbb\xbf"
    if chance.random() < 0.5:
        return chance.choice([mark + data, mark * 2 + data, data + mark, b"\xff\xfe" + data])
    return data.decode("utf-8", "replace").encode(chance.choice(["utf-16", "utf-32", "utf-16-be"]))


DAMAGES: tuple[Damage, ...] = (
    cut_off,
    with_bytes,
    with_key_twice,
    with_deep_value,
    with_huge_number,
    with_surrogates,
    in_other_ends,
    in_other_encoding,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("damaged")
    (made / "nbcoach.toml").write_text(CHOSEN)
    return made


def check(path: Path, task: list[str], form: str) -> None:
    """Run the command on a file: it ends in a report that can be read, whatever the file holds."""
    out, err = io.StringIO(), io.StringIO()
    shown = [] if {"--diff", "--statistics"} & {*task} else ["--output-format", form]
    options = ["--config", str(path.parent / "nbcoach.toml"), "--no-cache", "--jobs", "1"]
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as end,
    ):
        main(["check", str(path), *options, *task, *shown])
    assert end.value.code in (0, 1), out.getvalue() + err.getvalue()
    assert "Traceback" not in err.getvalue()
    assert "NB003" not in out.getvalue()
    if shown:
        parse(form, out.getvalue())


def parse(form: str, printed: str) -> None:
    """Read what is meant for programs, as they would."""
    if form in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(printed)
    elif form == "json-lines":
        assert all(isinstance(json.loads(line), dict) for line in printed.splitlines())
    elif form == "junit":
        ElementTree.fromstring(printed)


def damaged(path: Path, data: bytes, damages: list[Damage], chance: random.Random) -> bytes:
    """Write a file after some damage was done to it."""
    for damage in damages:
        data = damage(data, chance)
    path.write_bytes(data)
    return data


fuzz = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
roots = st.sampled_from([NOTEBOOK, *examples()])
damage_lists = st.lists(st.sampled_from(DAMAGES), max_size=3)
forms, tasks = st.sampled_from(FORMATS), st.sampled_from(TASKS)
chances = st.randoms(use_true_random=False)


@fuzz
@given(roots, damage_lists, forms, tasks, chances)
def test_damaged_notebooks(
    folder: Path,
    root: dict[str, Any],
    damages: list[Damage],
    form: str,
    task: list[str],
    chance: random.Random,
) -> None:
    path = folder / "a.ipynb"
    data = damaged(path, json.dumps(root, indent=1).encode(), damages, chance)
    check(path, task, form)
    assert "--fix" in task or path.read_bytes() == data


@fuzz
@given(roots, damage_lists, forms, tasks, chances)
def test_damaged_text_notebooks(
    folder: Path,
    root: dict[str, Any],
    damages: list[Damage],
    form: str,
    task: list[str],
    chance: random.Random,
) -> None:
    path = folder / "a.py"
    data = damaged(path, percent(root).encode("utf-8", "replace"), damages, chance)
    check(path, task, form)
    assert "--fix" in task or path.read_bytes() == data
