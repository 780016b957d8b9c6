"""Generated documentation is what its script makes now."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

SCRIPT = Path(__file__).parent.parent / "docs" / "generate.py"


def test_generated_files_are_up_to_date() -> None:
    spec = spec_from_file_location("generate", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = module_from_spec(spec)
    spec.loader.exec_module(script)
    stale = [str(path) for path, text in script.files().items() if path.read_text("utf-8") != text]
    assert stale == [], "run `python docs/generate.py`"
