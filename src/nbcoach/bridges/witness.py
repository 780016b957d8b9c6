"""Runs a tool for nbqa and bears witness to how it ended, which nbqa keeps to itself.

nbqa may not write notebooks here, and its option for that (`--nbqa-diff`) hides the exit status.
"""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

TOOL: Final = "NBCOACH_TOOL"
"""The variable that holds the tool and its options, as JSON."""

TESTIMONY: Final = "nbcoach: the tool ended with "

REWROTE: Final = "changes"
"""What is said in place of an exit status where the tool changed a file."""


def main(files: Sequence[str]) -> int:
    """Run the tool over files, unless there are none; say on standard error how it ended."""
    import subprocess

    ended = 0
    before = {file: Path(file).read_bytes() for file in files}
    times = {file: os.stat(file) for file in files}
    if files:
        tool, *options = json.loads(os.environ[TOOL])
        ended = subprocess.run([sys.executable, "-m", tool, *files, *options]).returncode
    changed = [file for file in files if Path(file).read_bytes() != before[file]]
    for file in changed:
        # nbqa goes by the times of the files; some notebooks it could not even compare.
        Path(file).write_bytes(before[file])
        os.utime(file, ns=(times[file].st_atime_ns, times[file].st_mtime_ns))
    sys.stderr.write(f"\n{TESTIMONY}{REWROTE if changed else ended}\n")
    return ended


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
