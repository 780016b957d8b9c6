"""Functions of pandas that read data frames, and what else they may be told to give."""

import ast
from typing import Final

# None stands for `**`.
_OTHERWISE: Final = frozenset({None, "chunksize", "iterator", "squeeze", "typ"})


def gives_one_frame(name: str, call: ast.Call) -> bool:
    """Whether the call of a reader gives one frame; true of all other functions."""
    if not name.startswith("pandas.read_"):
        return True
    sheets = [word.value for word in call.keywords if word.arg in ("sheet_name", "sheetname")]
    sheets += call.args[1:2] if name == "pandas.read_excel" else []
    if any(word.arg in _OTHERWISE for word in call.keywords):
        return False
    return all(isinstance(s, ast.Constant) and isinstance(s.value, (str, int)) for s in sheets)
