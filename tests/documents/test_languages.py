"""In which language kernels and cells are written."""

from typing import Any

import pytest

from nbcoach.documents.languages import cell_language, kernel_language


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({}, "python"),
        ({"kernelspec": {"name": "python3", "display_name": "Python 3"}}, "python"),
        ({"kernelspec": {"name": "x", "language": "Python"}}, "python"),
        ({"kernelspec": {"name": "xpython", "language": "python"}}, "python"),
        ({"kernelspec": {"name": "pysparkkernel", "language": "python"}}, "python"),
        ({"language_info": {"name": "pyspark"}}, "python"),
        ({"language_info": {"name": "ipython", "version": "2.7.18"}}, "python"),
        ({"kernelspec": {"name": "conda-env-deep-py"}}, "python"),
        ({"kernelspec": {"name": "iris"}}, "python"),
        ({"kernelspec": {"name": "ir"}}, "r"),
        ({"kernelspec": {"name": "conda-env-stats-r"}}, "r"),
        ({"language_info": {"name": "R"}}, "r"),
        ({"kernelspec": {"name": "julia-1.10"}}, "julia"),
        ({"kernelspec": {"name": "bash"}}, "bash"),
        ({"kernelspec": {"name": "sos"}}, "sos"),
        ({"kernelspec": {"name": "sagemath-9.2"}, "language_info": {}}, "sage"),
        (
            {"kernelspec": {"language": "sagemath"}, "language_info": {"name": "python"}},
            "sage",
        ),
        ({"kernelspec": {"name": ".net-csharp"}}, "c#"),
        ({"kernel_info": {"name": "x", "language": "julia"}}, "julia"),
        ({"kernelspec": [], "language_info": 3}, "python"),
        ({"kernelspec": {"language": None, "name": 7}}, "python"),
        ({"kernelspec": {"language": ""}, "language_info": {"name": " R "}}, "r"),
    ],
)
def test_kernels(metadata: dict[str, Any], language: str) -> None:
    assert kernel_language(metadata) == language


@pytest.mark.parametrize(
    ("source", "language"),
    [
        ("x = 1", "python"),
        ("%time f()", "python"),
        ("%%time\nf()", "python"),
        ("%%timeit -n 1\nf()", "python"),
        ("%%capture out\nf()", "python"),
        ("%%prun\nf()", "python"),
        ("%%memit\nf()", "python"),
        ("%%mprun -f f f()\n", "python"),
        ("%%bash\nls", "bash"),
        ("%%sh\nls", "bash"),
        ("%%!\nls", "bash"),
        ("%%R -o x\nx <- 1", "r"),
        ("%%sql\nselect 1", "sql"),
        ("%%html\n<b>", "html"),
        ("%%javascript\n1", "javascript"),
        ("%%python\nf()", "%%python"),
        ("%%python3\nf()", "%%python3"),
        ("%%writefile a.py\nf()", "%%writefile"),
        ("%%script bash\nls", "%%script"),
        ("%%nobody_knows\nf()", "%%nobody_knows"),
        ("\n  \n%%bash\nls", "bash"),
        ("# comment\n%%bash\nls", "python"),
        ("x = 1\n%%bash\nls", "python"),
        ("%%time\n%%bash\nls", "bash"),
        ("%%time\n\n%%capture\nf()", "python"),
        ("%%bash?", "python"),
        ("print('%%')", "python"),
        ("%%", "%%"),
    ],
)
def test_cell_magics(source: str, language: str) -> None:
    assert cell_language(source, {}, "python") == language


def test_a_foreign_body_is_what_ipython_does_not_compile() -> None:
    """The first line decides as in IPython: blank lines before it do not count, comments do."""
    from IPython.core.inputtransformer2 import TransformerManager

    for source in ("\n \n%%bash\nls", "# c\n%%bash\nls", "x\n%%bash\nls", "%%bash?", "%%bash\nls"):
        transformed = TransformerManager().transform_cell(source)
        is_magic = transformed.startswith("get_ipython().run_cell_magic('bash'")
        assert is_magic == (cell_language(source, {}, "python") == "bash")


@pytest.mark.parametrize(
    ("metadata", "source", "kernel", "language"),
    [
        ({"vscode": {"languageId": "R"}}, "x", "python", "r"),
        ({"vscode": {"languageId": "python"}}, "x", "c#", "python"),
        ({"vscode": {"languageId": "python"}}, "%%bash\nx", "python", "bash"),
        ({"vscode": {"languageId": 3}}, "x", "python", "python"),
        ({"vscode": None}, "x", "python", "python"),
        ({}, "%%bash\nx", "julia", "julia"),
        ({"application/vnd.databricks.v1+cell": {}}, "%sql\nselect 1", "python", "sql"),
        ({"application/vnd.databricks.v1+cell": {}}, "%md\n# Title", "python", "markdown"),
        ({"application/vnd.databricks.v1+cell": {}}, "%pip install x", "python", "python"),
        ({}, "%sql select 1\nx = 1", "python", "python"),
    ],
)
def test_what_the_metadata_says(
    metadata: dict[str, Any], source: str, kernel: str, language: str
) -> None:
    assert cell_language(source, metadata, kernel) == language
