"""Imports packages, in a process of its own, and tells as JSON how that went.

A broken package may take a process down, and a sound one may take seconds to import.
"""

import json
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

from nbcoach.curriculum.packages import module_of


def main(packages: Sequence[str]) -> None:
    """Print one object for each package: `version`, `error`, and what else lessons depend on."""
    for package in packages:
        facts = {"package": package, **_look(package)}
        sys.stdout.write(json.dumps(facts) + "\n")
        sys.stdout.flush()


def _look(package: str) -> dict[str, str]:
    try:
        module = import_module(module_of(package))
        facts = {"version": version(package)}
        if package == "torch":
            facts["device"] = "cuda" if module.cuda.is_available() else "cpu"
        if package == "matplotlib":
            fonts = import_module("matplotlib.font_manager")
            facts["font"] = fonts.findfont("DejaVu Sans", fallback_to_default=False)
    except PackageNotFoundError:
        return {"version": "unknown"}
    except Exception as problem:  # anything may go wrong while a package is imported
        return {"error": f"{type(problem).__name__}: {problem}"}
    return facts


if __name__ == "__main__":
    main(sys.argv[1:])
