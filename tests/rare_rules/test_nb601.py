"""NB601 merge-conflict-markers: conflicts of git, nbdime and nbdev, and what only looks so."""

from collections.abc import Iterator

from tests.rare_rules.harness import Case, each, every, findings

# Where git meets two versions of a file, each as the lines above, ours, theirs and below.
_CELL = '   "cell_type": "code",\n   "execution_count": null,\n   "id": "a",\n   "metadata": {},\n'
PLACES = {
    "source": (
        '{"cells": [{\n' + _CELL + '   "outputs": [],\n   "source": [\n',
        '    "price = 3"\n',
        '    "preis = \'größer\'"\n',
        '   ]}],\n"metadata": {},\n"nbformat": 4,\n"nbformat_minor": 5}\n',
    ),
    "count": (
        '{"cells": [{\n   "cell_type": "code",\n',
        '   "execution_count": 3,\n',
        '   "execution_count": 4,\n',
        '   "id": "a", "outputs": [], "source": []}],\n"metadata": {}, "nbformat": 4}\n',
    ),
    "output": (
        '{"cells": [{\n' + _CELL + '   "outputs": [{"name": "stdout",\n    "text": [\n',
        '     "3\\n"\n',
        '     "4\\n"\n',
        '    ], "output_type": "stream"}], "source": []}],\n"nbformat": 4}\n',
    ),
    "kernel": (
        '{"cells": [],\n "metadata": {\n',
        '  "kernelspec": {"name": "python3", "display_name": "Python 3"}\n',
        '  "kernelspec": {"name": "venv", "display_name": "venv"}\n',
        ' },\n"nbformat": 4, "nbformat_minor": 5}\n',
    ),
    "version": ('{"cells": [], "metadata": {}, "nbformat": 4,\n', ' "nbformat_minor": 4\n',
                ' "nbformat_minor": 5\n', "}\n"),
    "whole-file": ("", '{"cells": []}\n', '{"cells": [{}]}\n', ""),
}  # fmt: skip
STYLES = {
    "merge": ("<<<<<<< HEAD\n", "=======\n", ">>>>>>> new-price\n"),
    "rebase": ("<<<<<<< HEAD\n", "=======\n", ">>>>>>> 1a2b3c4 (Raise the price — größer)\n"),
    "stash": ("<<<<<<< Updated upstream\n", "=======\n", ">>>>>>> Stashed changes\n"),
    "base-shown": ("<<<<<<< ours\n", "||||||| 1a2b3c4\n=======\n", ">>>>>>> theirs\n"),
    "no-labels": ("<<<<<<<\n", "=======\n", ">>>>>>>\n"),
    "windows": ("<<<<<<< HEAD\r\n", "=======\r\n", ">>>>>>> new-price\r\n"),
    "latin-1": ("<<<<<<< HEAD\n", "=======\n", ">>>>>>> Gr\xf6\xdfe\n"),
}
# Markers in cells: as tools that merge notebooks write them, and inside a cell.
CELLS = {
    "nbdime": '# %% [markdown]\n# <span style="color:red">**<<<<<<< local**</span>\n# %%\nx = 3\n'
    '# %% [markdown]\n# <span style="color:red">**=======**</span>\n# %%\nx = 4\n'
    '# %% [markdown]\n# <span style="color:red">**>>>>>>> remote**</span>',
    "nbdev": "# %% [markdown]\n# `<<<<<<< HEAD`\n# %%\nx = 3\n# %% [markdown]\n# `=======`\n"
    "# %%\nx = 4\n# %% [markdown]\n# `>>>>>>> other`",
    "bold": "# %% [markdown]\n# **<<<<<<< HEAD**\n# %% [markdown]\n# **>>>>>>> other**",
    "bold-html": "# %% [markdown]\n# <b><<<<<<< HEAD</b>\n# %% [markdown]\n# <b>>>>>>>> other</b>",
    "code-cell": "# %%\n<<<<<<< HEAD\nx = 3\n=======\nx = 4\n>>>>>>> other",
    "code-between": "# %%\nimport os\n<<<<<<< HEAD\nx = 'größer'\n=======\nx = 4\n>>>>>>> other\n"
    "print(x)",
    "code-base-shown": "# %%\n<<<<<<< HEAD\nx = 3\n||||||| base\n=======\nx = 4\n>>>>>>> other",
    "code-with-magic": "# %%\n%matplotlib inline\n<<<<<<< HEAD\nx = 3\n=======\n>>>>>>> other",
    "timed-cell": "# %%\n%%time\n<<<<<<< HEAD\nx = 3\n=======\n>>>>>>> other",
    "text-cell": "# %% [markdown]\n# # Prices\n#\n# <<<<<<< HEAD\n# Three\n# =======\n# Four\n"
    "# >>>>>>> other",
    "raw-cell": "# %% [raw]\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other",
    "over-cells": "# %%\n<<<<<<< HEAD\n# %%\nx = 3\n# %%\n=======\n# %%\n4\n# %%\n>>>>>>> other",
    "text-to-code": "# %% [markdown]\n# <<<<<<< HEAD\n# %%\nx = 3\n# %%\n>>>>>>> other",
    "after-a-lesson": "# %% [markdown]\n# ```\n# <<<<<<< HEAD\n# >>>>>>> other\n# ```\n# %%\n"
    "<<<<<<< HEAD\nx = 3\n=======\n>>>>>>> other",
}
_LINES = "<<<<<<< HEAD\nx = 3\n=======\nx = 4\n>>>>>>> other"
_PROSE = _LINES.replace("\n", "\n# ")
SAFE = {
    "string": f'# %%\ntext = """\n{_LINES}\n"""',
    "string-argument": f"# %%\nprint('''\n{_LINES}\n''')",
    "bytes": f'# %%\ntext = b"""\n{_LINES}\n"""',
    "docstring": f'# %%\ndef merge():\n    """Resolve\n{_LINES}\n    """',
    "comments": "# %%\n# <<<<<<< HEAD\nx = 3\n# =======\n# x = 4\n# >>>>>>> other",
    "written-file": f"# %%\n%%writefile a.txt\n{_LINES}",
    "shell-cell": f"# %%\n%%bash\ncat <<EOF\n{_LINES}\nEOF",
    "html-cell": f"# %%\n%%html\n<pre>\n{_LINES}\n</pre>",
    "fenced": f"# %% [markdown]\n# Git writes\n#\n# ```\n# {_PROSE}\n# ```",
    "fenced-tildes": f"# %% [markdown]\n# Git writes\n#\n# ~~~\n# {_PROSE}\n# ~~~",
    "fenced-language": f"# %% [markdown]\n# Git writes\n#\n# ```diff\n# {_PROSE}\n# ```\n# So.",
    "hidden-comment": f"# %% [markdown]\n# Git\n# <!--\n# {_PROSE}\n# -->",
    "code-spans": "# %% [markdown]\n# What is ours:\n# `<<<<<<< HEAD`,\n# `>>>>>>> other` below",
    "code-span-lines": "# %% [markdown]\n# `<<<<<<<` begins ours\n# %% [markdown]\n"
    "# `>>>>>>>` ends theirs",
    "indented": "# %% [markdown]\n# Git writes\n#\n#     <<<<<<< HEAD\n#     >>>>>>> other",
    "quoted": "# %% [markdown]\n# > <<<<<<< HEAD\n# > >>>>>>> other",
    "list": "# %% [markdown]\n# - <<<<<<< HEAD\n# - >>>>>>> other",
    "table": "# %% [markdown]\n# | <<<<<<< HEAD | ours |\n# |--|--|\n# | >>>>>>> other | theirs |",
    "middle-of-line": "# %% [markdown]\n# Look for <<<<<<< HEAD and >>>>>>> other",
    "only-ours": "# %% [markdown]\n# <<<<<<< Read this",
    "only-theirs": "# %% [markdown]\n# >>>>>>> Read this first",
    "only-ours-in-code": "# %%\n<<<<<<< HEAD\nx = 3",
    "only-theirs-in-code": "# %%\nx = 3\n>>>>>>> other",
    "only-parting": "# %% [markdown]\n# Prices\n# =======",
    "parting-in-code": "# %%\n=======\nx = 3",
    "swapped": "# %% [markdown]\n# >>>>>>> other\n# %% [markdown]\n# <<<<<<< HEAD",
    "swapped-in-cell": "# %% [markdown]\n# Arrows\n# >>>>>>> in\n# <<<<<<< out",
    "six": "# %% [markdown]\n# <<<<<< HEAD\n# %% [markdown]\n# >>>>>> other",
    "eight": "# %% [markdown]\n# <<<<<<<< HEAD\n# %% [markdown]\n# >>>>>>>> other",
    "glued": "# %% [markdown]\n# <<<<<<<HEAD\n# %% [markdown]\n# >>>>>>>other",
    "arrows": "# %% [markdown]\n# <<<<<<<--- back\n# %% [markdown]\n# --->>>>>>> on",
    "doctest": "# %%\n>>> x = 3\n>>> x\n3",
    "quotation-levels": "# %% [markdown]\n# >>>>>>> he wrote\n# >>>>>> she wrote\n# > I wrote",
    "shifts": "# %%\nx = 1 << 7 >> 7",
    "title-lines": "# %% [markdown]\n# >>>>>>> Title >>>>>>>\n# Text",
    "printed": '# %% stream="<<<<<<< HEAD\\nx\\n=======\\ny\\n>>>>>>> other\\n"\n!git diff',
    "result": "# %% result=\"<<<<<<< HEAD\\n=======\\n>>>>>>> other\"\nrepository.diff()",
    "error": '# %% error="ValueError: <<<<<<< HEAD\\n>>>>>>> other"\nmerge()',
    "metadata": '# %% metadata={"name": "<<<<<<< HEAD >>>>>>> other"}\nx = 3',
    "escaped": "# %% [markdown]\n# \\<<<<<<< HEAD\n# \\>>>>>>> other",
}  # fmt: skip
# Files that cannot be read either, but not because of a merge.
OTHER_FILES = {
    "empty": "",
    "cut-off": '{"cells": [\n',
    "comma": '{"cells": [],}\n',
    "only-ours": '{"cells": [\n<<<<<<< HEAD\n]}\n',
    "only-theirs": '{"cells": [\n>>>>>>> other\n]}\n',
    "only-parting": '{"cells": [\n=======\n]}\n',
    "swapped": '{"cells": [\n>>>>>>> other\n<<<<<<< HEAD\n]}\n',
    "indented": '{"cells": [\n  <<<<<<< HEAD\n  >>>>>>> other\n]}\n',
    "glued": '{"cells": [\n<<<<<<<HEAD\n>>>>>>>other\n]}\n',
    "eight": '{"cells": [\n<<<<<<<< HEAD\n>>>>>>>> other\n]}\n',
    "quoted": '{"cells": [\n"<<<<<<< HEAD",\n">>>>>>> other",\n]}\n',
    "valid-text": '{"cells": [], "metadata": {"a": "<<<<<<< HEAD", "b": ">>>>>>> other"}}',
}


def _conflicts() -> Iterator[Case]:
    for place, (above, ours, theirs, below) in PLACES.items():
        for style, (first, parting, last) in STYLES.items():
            text = above + first + ours + parting + theirs + last + below
            coding = "latin-1" if style == "latin-1" else "utf-8"
            yield Case(f"{place}-{style}", text.encode(coding), 1)


CASES = [
    *_conflicts(),
    *each({f"cells-{name}": text for name, text in CELLS.items()}, 1),
    *each(SAFE),
    *(Case(f"file-{name}", text.encode(), 0) for name, text in OTHER_FILES.items()),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB601", case)) == case.hits
