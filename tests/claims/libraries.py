"""The libraries that claims are about, which no other test needs."""

import importlib
import os

import pytest


def needed(*names: str) -> None:
    """Skip the test module where a library is missing, or fail where all must be proved."""
    for name in names:
        try:
            importlib.import_module(name)
        except ModuleNotFoundError:
            reason = f"needs {name}: python -m pip install --group claims (see CONTRIBUTING.md)"
            if os.environ.get("NBCOACH_PROVE_CLAIMS"):
                pytest.fail(reason, pytrace=False)
            pytest.skip(reason, allow_module_level=True)
