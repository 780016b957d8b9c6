"""Compare which cells nbcoach and IPython take for Python, over a folder of notebooks.

    python benchmarks/syntax_errors.py FOLDER... [--show]

The truth is IPython's own transformation and prefilter, and Python's compiler, statement by
statement as a kernel compiles. It also compares the trees, and times ours against `ast.parse`.
"""

import argparse
import ast
import re
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from IPython.core.interactiveshell import InteractiveShell

from nbcoach.documents import read
from nbcoach.python.code import Code
from nbcoach.python.magics import PYTHON_CELL_MAGICS
from nbcoach.subjects import Unreadable

SHOWN = 30
REFUSALS = (SyntaxError, ValueError, MemoryError, RecursionError, OverflowError)


def main() -> None:
    """Print the counts, and with --show the cells that disagree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--show", action="store_true", help=f"show up to {SHOWN} of each kind")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    cells = [cell for folder in options.folders for cell in python_cells(folder)]
    print(f"{'cells':24}{len(cells):8}")
    examples: dict[str, list[str]] = defaultdict(list)
    for place, source in cells:
        for verdict in verdicts(source):
            examples[verdict].append(f"--- {place}\n{source}")
    for verdict, found in sorted(examples.items()):
        print(f"{verdict:24}{len(found):8}{len(found) / len(cells):10.4%}")
        if options.show and not verdict.startswith("both"):
            print(*found[:SHOWN], sep="\n")
    for name, seconds in timings([source for _, source in cells]):
        print(f"{name:24}{seconds:8.2f} CPU s")


def python_cells(folder: Path) -> Iterator[tuple[str, str]]:
    """The place and source of every cell that nbcoach reads as Python."""
    for path in sorted(folder.rglob("*.ipynb")):
        document = read(str(path), path.read_bytes())
        if not isinstance(document, Unreadable):
            for cell in document.notebook.code_cells:
                if cell.language == "python":
                    yield f"{path} cell {cell.index + 1}", cell.source


def verdicts(source: str) -> Iterator[str]:
    """What the two say of one cell; several verdicts where they differ in several ways."""
    code = Code(source)
    late = any(magic.kind == "misplaced-cell" for magic in code.magics)
    refused = code.tree is None or not all(magic.works for magic in code.magics)
    try:
        theirs = truth(source)
    except REFUSALS as error:
        yield "both error" if refused else f"ours missed: {error.args[0]:.30}"
        return
    if code.tree is None or refused:
        yield "both late cell magic" if late else "ours false error"
        return
    yield "both ok"
    if not code.magics and dump(code.tree) != dump(theirs):
        yield "trees differ"
    if code.magics and bound(code.tree) != bound(theirs):
        yield "names differ"


def truth(source: str) -> ast.Module:
    """The tree that IPython would run, or the error with which it refuses.

    A late cell magic parses and fails when run. Python goes before automagic, as it does where the
    name is bound, which a cell alone does not tell.
    """
    shell = InteractiveShell.instance()
    transformer = shell.input_transformer_manager
    lines = source.splitlines(keepends=True)
    for transform in transformer.cleanup_transforms:
        lines = transform(lines)
    if lines and lines[0].startswith("%%"):
        name = lines[0][2:].split(" ")[0].strip()
        if name in PYTHON_CELL_MAGICS:
            return truth("".join(lines[1:]))
    try:
        return compiled(transformer.transform_cell(source))
    except REFUSALS:
        return compiled(shell.transform_cell(source))


def compiled(text: str) -> ast.Module:
    """The tree of a text that the compiler takes, one statement after the other as a kernel."""
    tree: ast.Module = compile(text, "<cell>", "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
    for statement in tree.body:
        module = ast.Module([statement], [])
        compile(module, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    return tree


def dump(tree: ast.Module) -> str:
    """The tree as text, without the blanks that IPython drops from blank lines within strings."""
    return re.sub(r"\\n(?:[ ]|\\t)+(?=\\n)", r"\\n", ast.dump(tree))


def bound(tree: ast.Module) -> Counter[str]:
    """Every name that some node of the tree binds."""
    names: list[str] = []
    for node in ast.walk(tree):
        match node:
            case ast.Name(ctx=ast.Store() | ast.Del()):
                names.append(node.id)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                names.append(node.name)
            case ast.alias():
                names.append(node.asname or node.name)
            case ast.arg():
                names.append(node.arg)
    return Counter(names)


def timings(sources: Iterable[str]) -> Iterator[tuple[str, float]]:
    """CPU seconds for all cells: ours, ours with an index of nodes, and the parser alone."""

    def parse(source: str) -> None:
        try:
            ast.parse(source)
        except REFUSALS:
            return

    for name, work in (
        ("ast.parse", parse),
        ("Code(source)", Code),
        ("Code(source).nodes", lambda source: Code(source).nodes(ast.Name)),
        ("Code(source).comments", lambda source: Code(source).comments),
    ):
        start = time.process_time()
        for source in sources:
            work(source)
        yield name, time.process_time() - start


if __name__ == "__main__":
    main()
