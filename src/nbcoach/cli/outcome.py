"""Where every error ends: as a sentence and an exit code."""

import sys

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
        if arguments[:1] == ["check"] and not any(word.startswith("-") for word in arguments):
            return _check(arguments[1:])
        if arguments[:2] == ["clean", "--stdin-filename"] and arguments[3:] == ["-"]:
            return _filter(arguments[2])
        return _command(arguments)
    except NbcoachError as error:
        complain(f"nbcoach: {visible(str(error))}")
        return _MISUSE
    except KeyboardInterrupt:
        complain("nbcoach: interrupted; every file is either as it was or wholly repaired")
        return _INTERRUPTED
    except Exception:  # whatever it is, the user must learn that it is not the notebook's fault
        import traceback

        traceback.print_exc(file=sys.stderr)
        complain("nbcoach: this is a fault of nbcoach; please report it with the lines above")
        return _OUR_FAULT


def _check(paths: list[str]) -> int:
    """Check without options, as most do: importing the parser would take as long as the check."""
    from nbcoach.cli.request import Request, from_here
    from nbcoach.cli.run import carry_out

    return carry_out(Request(paths=from_here(paths) or (".",)))


def _filter(name: str) -> int:
    """Clean as git's filter, which runs for each notebook at every `git status`."""
    from nbcoach.cli.cleaning import clean_stdin, cleaning

    return clean_stdin(name, cleaning())


def _command(arguments: list[str]) -> int:
    import click

    from nbcoach.cli.application import application

    try:
        code = application.main(arguments, prog_name="nbcoach", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return _MISUSE
    except click.Abort:
        raise KeyboardInterrupt from None
    return code if isinstance(code, int) else 0
