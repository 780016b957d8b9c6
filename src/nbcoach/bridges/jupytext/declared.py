"""Which files jupytext pairs, going by what a notebook or a configuration declares."""

import os
import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from nbcoach.bridges.jupytext.configuration import Configuration

_SIMPLE: Final = re.compile(r"(ipynb|py|md|Rmd)(?::(\w+))?")


class Side(NamedTuple):
    """A file of a pair: where it is, and its format as jupytext writes it, `py:percent`."""

    path: str
    format: str


def formats_in(metadata: Mapping[str, Any]) -> object:
    """What a notebook's metadata say its formats are, None where they say nothing."""
    said = metadata.get("jupytext")
    return said.get("formats") if isinstance(said, dict) else None


def sides(path: str, formats: object, metadata: Mapping[str, Any]) -> tuple[Side, ...]:
    """All files of the pair that a file with these formats is in, itself among them.

    Empty where the file is not among them, or jupytext would not take them for a pair.
    """
    if not formats:
        return ()
    words = formats.split(",") if isinstance(formats, str) else []
    simple = [_SIMPLE.fullmatch(word.strip()) for word in words]
    stem = os.path.splitext(path)[0]
    found = tuple(Side(f"{stem}.{one[1]}", one[0]) for one in simple if one)
    if len(found) < len(words) or not words:
        return _as_jupytext_says(path, formats, metadata)
    paths = [side.path for side in found]
    return found if path in paths and len(set(paths)) == len(paths) else ()


def configured(path: str, configuration: Configuration) -> object:
    """The formats that a configuration gives a file, None where it gives none."""
    if "formats" not in configuration.text:
        return None
    from jupytext.config import (
        load_jupytext_configuration_file,
        parse_jupytext_configuration_file,
    )

    try:
        if not parse_jupytext_configuration_file(*configuration):
            return None
        return load_jupytext_configuration_file(*configuration).default_formats(path)
    except Exception:  # whatever is wrong with it, jupytext will say so; here nothing is paired
        return None


def _as_jupytext_says(path: str, formats: Any, metadata: Mapping[str, Any]) -> tuple[Side, ...]:
    """The files where names have prefixes and suffixes, or lie in other folders."""
    from jupytext.formats import long_form_multiple_formats, short_form_one_format
    from jupytext.paired_paths import paired_paths

    suffix = os.path.splitext(path)[1]
    try:
        known = long_form_multiple_formats(
            formats, dict(metadata), auto_ext_requires_language_info=False
        )
        paired = paired_paths(path, {"extension": suffix}, known)
        return tuple(
            Side(os.path.normpath(other), short_form_one_format(_bare(form)))
            for other, form in paired
        )
    except Exception:  # formats may be anything; jupytext pairs nothing where it raises
        return ()


def _bare(form: Mapping[str, str]) -> dict[str, str]:
    """A format without the places of files."""
    return {key: value for key, value in form.items() if key in ("extension", "format_name")}
