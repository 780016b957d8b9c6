"""Run notebooks in fresh kernels, in any order, and ask about the values they leave."""

import ast
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

TIME_LIMIT = 600  # seconds for one cell, generous: machines are shared

# One thread and no GPU, so that CPU seconds and outputs mean the same everywhere.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
ENVIRONMENT = {**dict.fromkeys(THREADS, "1"), "CUDA_VISIBLE_DEVICES": ""}


class Ran:
    """A notebook that was run, with its kernel still alive.

    `error` is the name of the exception that stopped it, or None.
    """

    def __init__(
        self, notebook: Any, client: NotebookClient, folder: Path, further: ExitStack
    ) -> None:
        self.notebook = notebook
        self.error: str | None = None
        self._client = client
        self._folder = folder
        self._further = further  # kernels that end together with this one

    def run(self, cells: Sequence[str]) -> None:
        """Run cells, named by id, until all have run or one fails."""
        positions = {cell["id"]: index for index, cell in enumerate(self.notebook.cells)}
        for cell in cells:
            try:
                self._client.execute_cell(self.notebook.cells[positions[cell]], positions[cell])
            except CellExecutionError as error:
                self.error = error.ename
                return

    def written(self, code: str) -> str:
        """What code writes in the kernel; the notebook stays as it is."""
        cell = nbformat.v4.new_code_cell(code)
        self.notebook.cells.append(cell)  # the client only runs cells of its notebook
        try:
            self._client.execute_cell(cell, len(self.notebook.cells) - 1)
        finally:
            self.notebook.cells.pop()
        return "".join(output.text for output in cell.outputs if output.output_type == "stream")

    def value(self, expression: str) -> Any:
        """The value of an expression in the kernel: a number, a text, or lists of them."""
        plain = "lambda value: value.tolist() if hasattr(value, 'tolist') else value"
        return ast.literal_eval(self.written(f"print(repr(({plain})({expression})))"))

    def text(self, cell: str) -> str:
        """What a cell wrote: its streams and the text of its results."""
        (found,) = (each for each in self.notebook.cells if each["id"] == cell)
        outputs = [output for output in found.outputs if output.output_type != "error"]
        return "".join(
            output.get("text") or output.data.get("text/plain", "") for output in outputs
        )

    def restarted(self) -> "Ran":
        """The same notebook after *Restart and run all*, in a kernel of its own."""
        copy = nbformat.from_dict(self.notebook)
        again = self._further.enter_context(fresh_kernel(copy, self._folder))
        again.run(code_cells(copy))
        return again


def code_cells(notebook: Any) -> list[str]:
    """The ids of a notebook's code cells, from top to bottom."""
    return [cell["id"] for cell in notebook.cells if cell["cell_type"] == "code"]


@contextmanager
def fresh_kernel(notebook: Any, folder: Path) -> Iterator[Ran]:
    """A kernel that works in `folder`, for one notebook whose outputs are forgotten first."""
    for cell in notebook.cells:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    client = NotebookClient(
        notebook,
        timeout=TIME_LIMIT,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(folder)}},
    )
    with tempfile.TemporaryDirectory() as home, ExitStack() as further:
        environment = os.environ | ENVIRONMENT | {"IPYTHONDIR": home}
        with client.setup_kernel(env=environment, stderr=subprocess.DEVNULL):
            yield Ran(notebook, client, folder, further)
