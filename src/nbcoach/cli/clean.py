"""`nbcoach clean`."""

from pathlib import Path

import click

from nbcoach.cli import options


@click.command(short_help="Take outputs and editor noise out of notebooks.")
@options.paths
@click.option("--keep-outputs", is_flag=True, help="Take out run counts and noise only.")
@click.option("--stdin-filename", metavar="NAME", help="Clean standard input as this file.")
@options.config
@options.isolated
def command(
    paths: tuple[str, ...],
    keep_outputs: bool,
    stdin_filename: str | None,
    config: Path | None,
    isolated: bool,
) -> int:
    """Take outputs, run counts and editor noise out of the notebooks in PATHS.

    \b
    nbcoach clean train.ipynb               in place
    nbcoach clean - < a.ipynb > b.ipynb     as a filter; `nbcoach git setup --clean` uses it

    Every other byte stays. The settings `outputs`, and those of the rules NB602, NB603 and NB613,
    say what goes. What is no notebook is passed on as it is.
    """
    from nbcoach.cli.cleaning import clean_files, clean_stdin, cleaning
    from nbcoach.errors import UsageError

    if not paths:
        raise UsageError("name the notebooks to clean, or `-` for standard input")
    settings = cleaning(keep_outputs=keep_outputs, config=config, isolated=isolated)
    if paths == ("-",):
        return clean_stdin(stdin_filename or "stdin.ipynb", settings)
    return clean_files(paths, settings)
