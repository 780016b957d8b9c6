"""What a claim about a library needs in order to be tried."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.claims.kernel import Kernel


@pytest.fixture(scope="session")
def shared_kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    started = Kernel(tmp_path_factory.mktemp("kernel"))
    yield started
    started.close()


@pytest.fixture
def kernel(shared_kernel: Kernel, tmp_path: Path) -> Kernel:
    """A kernel in a new session, in an empty folder; what was imported before stays loaded."""
    shared_kernel.reset(tmp_path)
    return shared_kernel


@pytest.fixture(autouse=True)
def device(request: pytest.FixtureRequest) -> None:
    """Leave out what is marked `cuda` or `no_cuda` where there is no such device, or is one."""
    marks = [name for name in ("cuda", "no_cuda") if request.node.get_closest_marker(name)]
    if marks:
        import torch

        if torch.cuda.is_available() != (marks == ["cuda"]):
            pytest.skip("needs a CUDA device" if marks == ["cuda"] else "needs to have none")
