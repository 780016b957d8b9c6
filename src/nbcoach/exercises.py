"""Cells that wait for a student's code."""

import re

_GAP = re.compile(
    r"""
    \b(?:your|some)\ (?:code|answer|solution|implementation|token|email|key)\b
    | (?:start|begin|insert|enter|write|put|add|type|place)\ (?:of\ )?(?:the\ |your\ |some\ )?code
    | (?:start|begin)\ (?:of\ )?(?:your|student|solution)\b
    | fill\ (?:\w+\ ){0,3}in\b | complete\ (?:this|the)\ (?:code|cell|function)
    | \#\ *(?:todo|fixme|exercise|question|task)\b[^\n]*\s*\Z
    | <\.{3,}> | [=,(]\s*<[A-Za-z][^<>\n]{2,80}> | \?{3} | \b(?:TODO|FILL)_
    """,
    re.VERBOSE | re.IGNORECASE,
)


def awaits_code(source: str) -> bool:
    """Whether a cell's text says that somebody is to write code there."""
    return _GAP.search(source) is not None
