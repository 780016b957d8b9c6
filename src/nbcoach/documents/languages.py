"""In which language a kernel, and each of its cells, is written."""

import re
from collections.abc import Mapping
from typing import Any, Final

from nbcoach.python.magics import PYTHON_CELL_MAGICS

# Kernels by the start of their name, for notebooks that do not say their kernel's language.
_KERNELS: Final = {
    "ir": "r",
    "julia": "julia",
    "bash": "bash",
    "sos": "sos",
    "sagemath": "sage",
    "scala": "scala",
    "sparkkernel": "scala",
    "sparkrkernel": "r",
    "octave": "octave",
    "matlab": "matlab",
    "javascript": "javascript",
    "tslab": "typescript",
    "deno": "typescript",
    "ruby": "ruby",
    "rust": "rust",
    "gophernotes": "go",
    "gonb": "go",
    "haskell": "haskell",
    "kotlin": "kotlin",
    "java": "java",
    "xcpp": "c++",
    "xsqlite": "sql",
    "stata": "stata",
    "wolframlanguage": "wolfram language",
    ".net-csharp": "c#",
    ".net-fsharp": "f#",
    ".net-powershell": "powershell",
}
_KERNEL_STEM: Final = re.compile(r"\.?[a-z]+(?:-[a-z]+)?")
_PYTHONS: Final = {"python2", "python3", "ipython", "ipython2", "ipython3", "pyspark"}
_MAGIC_LANGUAGES: Final = {
    "sh": "bash",
    "bash": "bash",
    "system": "bash",
    "sx": "bash",
    "!": "bash",
    "html": "html",
    "svg": "svg",
    "latex": "latex",
    "markdown": "markdown",
    "md": "markdown",
    "md-sandbox": "markdown",
    "javascript": "javascript",
    "js": "javascript",
    "perl": "perl",
    "ruby": "ruby",
    "r": "r",
    "julia": "julia",
    "sql": "sql",
    "bigquery": "sql",
}
# The languages that a cell of a text notebook may name; jupytext turns them into cell magics.
_NAMED_IN_TEXT: Final = frozenset(
    """
    R bash c# c++ clojure coconut cs csharp cython f# fs fsharp gnuplot go groovy haskell html idl
    java javascript jenner js julia latex logtalk lua markdown matlab maxima ocaml octave perl
    powershell pypy python python2 python3 q robotframework ruby rust sage sas scala scheme script
    sh sos spark sql stata svg tcl typescript xonsh
    """.split()
) | {"wolfram language"}
_NAMED_LOWER: Final = frozenset(map(str.lower, _NAMED_IN_TEXT))
_HELP: Final = re.compile(r"%%\w+\?")
_DATABRICKS_CELL: Final = "application/vnd.databricks.v1+cell"
_DATABRICKS_MAGIC: Final = re.compile(r"\s*%(sql|md|md-sandbox|sh|scala|r|fs)(?:\s|$)")


def kernel_language(metadata: Mapping[str, Any]) -> str:
    """The language of the kernel that a notebook's metadata names, "python" if it names none."""
    spec = metadata.get("kernelspec") or metadata.get("kernel_info")
    info = metadata.get("language_info")
    spec = spec if isinstance(spec, dict) else {}
    info = info if isinstance(info, dict) else {}
    stated = spec.get("language"), info.get("name")
    for language in map(language_named, stated):
        if language:
            return language
    name = _word(spec.get("name"))
    if name.startswith("conda-env-") and name.endswith("-r"):
        return "r"
    stem = _KERNEL_STEM.match(name)
    name = stem.group() if stem else ""
    return _KERNELS.get(name) or _KERNELS.get(name.split("-")[0], "python")


def cell_language(source: str, metadata: Mapping[str, Any], kernel: str) -> str:
    """The language of one code cell: "python" only where the kernel reads its body as Python."""
    language = kernel
    if "vscode" in metadata:
        editor = metadata["vscode"]
        language = language_named(editor.get("languageId")) if isinstance(editor, dict) else ""
        language = language or kernel
    if language != "python":
        return language
    if _DATABRICKS_CELL in metadata:
        magic = _DATABRICKS_MAGIC.match(source)
        if magic:
            return magic_language(magic.group(1))
    return _body_language(source) if "%%" in source else language


def language_named(value: object) -> str:
    """The language that a field names, empty if it names none."""
    name = _word(value)
    if name in _PYTHONS:
        return "python"
    return "sage" if name == "sagemath" else name


def magic_language(name: str) -> str:
    """The language of the body of a cell magic, for magics whose body is not Python."""
    return _MAGIC_LANGUAGES.get(name.lower(), f"%%{name}")


def names_language(word: str) -> bool:
    """Whether a word is a language that a cell of a text notebook may be in, for jupytext."""
    return word in _NAMED_IN_TEXT or (word.isupper() and word.lower() in _NAMED_LOWER)


def magic_line(metadata: dict[str, Any], language: Any) -> str:
    """The first line that names another language, as jupytext adds it.

    Takes the magic's arguments out of the metadata, and puts a language back that is unknown.
    """
    if not isinstance(language, str) or language not in _NAMED_IN_TEXT:
        metadata["language"] = language
        return ""
    arguments = metadata.pop("magic_args", None)
    return f"%%{language}\n" if arguments is None else f"%%{language} {arguments}\n"


def main_language(metadata: Mapping[str, Any]) -> str:
    """The language that the head of a text notebook names, empty if it names none."""
    options, spec = metadata.get("jupytext"), metadata.get("kernelspec")
    stated = options.get("main_language") if isinstance(options, dict) else None
    kernel = spec.get("language") if isinstance(spec, dict) else None
    return _word(stated) or _word(kernel)


def _body_language(source: str) -> str:
    """The language below a cell's cell magics, which may stand one in another."""
    rest = source.lstrip()
    while rest.startswith("%%"):
        first, _, body = rest.partition("\n")
        if _HELP.match(first):
            return "python"
        name = first[2:].rstrip().partition(" ")[0]
        if name not in PYTHON_CELL_MAGICS:
            return magic_language(name)
        rest = body.lstrip()
    return "python"


def _word(value: object) -> str:
    return value.strip().lower() if isinstance(value, str) else ""
