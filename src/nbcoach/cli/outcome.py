"""Where every error ends: as a sentence and an exit code."""

import sys

import click

from nbcoach.cli.application import application
from nbcoach.cli.terminal import be_robust, complain
from nbcoach.errors import NbcoachError
from nbcoach.escaping import visible

_MISUSE = 2
_OUR_FAULT = 3
_INTERRUPTED = 130


def outcome(arguments: list[str]) -> int:
    """Run one command; its exit code."""
    be_robust()
    try:
        code = application.main(arguments, prog_name="nbcoach", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return _MISUSE
    except NbcoachError as error:
        complain(f"nbcoach: {visible(str(error))}")
        return _MISUSE
    except (KeyboardInterrupt, click.Abort):
        complain("nbcoach: interrupted; every file is either as it was or wholly repaired")
        return _INTERRUPTED
    except Exception:  # whatever it is, the user must learn that it is not the notebook's fault
        import traceback

        traceback.print_exc(file=sys.stderr)
        complain("nbcoach: this is a fault of nbcoach; please report it with the lines above")
        return _OUR_FAULT
    return code if isinstance(code, int) else 0
