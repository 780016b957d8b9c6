"""Variables of the environment: when a library reads them for the last time."""

from tests.claims.kernel import fresh
from tests.claims.libraries import needed
from tests.claims.snippets import page_of

needed("jax")

SHOWN = "print(len(jax.devices()), jax.numpy.arange(3.0).dtype)"
AT_IMPORT = {"JAX_ENABLE_X64": "1", "JAX_NUM_CPU_DEVICES": "3"}
TABLE = page_of("NB451").sections["Why it matters"]


def set_to(**variables: str) -> str:
    return "import os\n" + "".join(f"os.environ[{k!r}] = {v!r}\n" for k, v in variables.items())


def test_nb451_jax_reads_these_when_it_is_imported() -> None:
    assert {"JAX_PLATFORMS", *AT_IMPORT} <= {*TABLE.split("`import jax`")[0].split("`")}
    before = fresh(f"{set_to(**AT_IMPORT)}import jax\n{SHOWN}")
    late = set_to(JAX_PLATFORMS="no-such-platform", **AT_IMPORT)
    after = fresh(f"import jax\n{late}{SHOWN}")
    assert (before, after) == ("3 float64\n", "1 float32\n")


def test_nb451_a_platform_that_is_asked_for_in_time_must_be_there() -> None:
    program = "import jax\ntry:\n    jax.devices()\nexcept RuntimeError as error:\n    print(error)"
    assert "no-such-platform" in fresh(f"{set_to(JAX_PLATFORMS='no-such-platform')}{program}")


def test_nb451_flags_of_xla_count_until_jax_is_used() -> None:
    def flag(devices: int) -> str:
        return set_to(XLA_FLAGS=f"--xla_force_host_platform_device_count={devices}")

    assert "| `XLA_FLAGS`" in TABLE
    program = f"import jax\n{flag(5)}{SHOWN}\n{flag(7)}{SHOWN}"
    assert fresh(program) == "5 float32\n5 float32\n"
