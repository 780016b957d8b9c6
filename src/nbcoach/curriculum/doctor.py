"""Whether this computer can run the lessons, and what it lacks."""

import json
import os
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from nbcoach.curriculum.kernel import Kernel, environment
from nbcoach.curriculum.packages import INSTALL, INSTALL_TORCH, RUNNING, missing
from nbcoach.errors import ToolFailed

_PATIENCE: Final = 120.0
_THREADS: Final = "OMP_NUM_THREADS"


class Fact(NamedTuple):
    """One thing looked at; `remedy` is empty where there is nothing to do."""

    what: str
    found: str
    remedy: str = ""


def examine(requires: Sequence[str]) -> Iterator[Fact]:
    """Look at Python, at these packages, at the kernel, the threads, the fonts and the device."""
    yield Fact("Python", f"{platform.python_version()}, {sys.executable}")
    lacking = missing((*RUNNING, *requires))
    for package in (name for name in RUNNING if name in lacking):
        yield Fact(package, "missing", INSTALL)
    probed = _probe([package for package in requires if package not in lacking])
    for package in requires:
        yield _package(package, probed.get(package, {}), is_missing=package in lacking)
    if not set(RUNNING) & set(lacking):
        yield _kernel()
    limit = os.environ.get(_THREADS)
    yield Fact("threads", f"{os.cpu_count()} processors, {_THREADS} {limit or 'not set'}")
    if font := probed.get("matplotlib", {}).get("font"):
        yield Fact("fonts", Path(font).name)
    if device := probed.get("torch", {}).get("device"):
        yield Fact("device", device)


def _package(package: str, facts: Mapping[str, str], *, is_missing: bool) -> Fact:
    if is_missing:
        on_linux = package == "torch" and sys.platform == "linux"
        return Fact(package, "missing", INSTALL_TORCH if on_linux else INSTALL)
    if "version" in facts:
        return Fact(package, facts["version"])
    problem = facts.get("error", "it broke down while it was imported")
    return Fact(package, problem, f"python -m pip install --force-reinstall {package}")


def _probe(packages: Sequence[str]) -> dict[str, dict[str, str]]:
    """What importing each package showed; those that took the process down are left out."""
    import subprocess

    command = [sys.executable, "-m", "nbcoach.curriculum.probe", *packages]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=_PATIENCE)
        said = done.stdout
    except subprocess.TimeoutExpired as late:
        said = late.stdout or b""
    lines = [line for line in said.decode(errors="replace").splitlines() if line.startswith("{")]
    return {facts.pop("package"): facts for facts in map(json.loads, lines)}


def _kernel() -> Fact:
    try:
        with Kernel(Path.cwd()) as kernel:
            problem = kernel.run("1 + 1", _PATIENCE).problem
    except ToolFailed as failure:
        problem = str(failure)
    if problem:
        return Fact("kernel", problem, "python -m pip install --force-reinstall ipykernel")
    told = len(environment(os.environ, ""))
    return Fact("kernel", f"starts, and is told {told} of {len(os.environ)} environment variables")
