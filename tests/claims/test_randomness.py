"""Which numbers come again after a restart, and which seeds reach which generators."""

import inspect
import json
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

from nbcoach.python.known_randomness import DRAWS, SPLITS
from tests.claims.kernel import Kernel, fresh
from tests.claims.libraries import needed
from tests.claims.snippets import Snippet, snippet, snippets

needed("numpy", "sklearn", "torch")

# Runs programs one after the other.
EACH = """\
import json, sys
for script in json.load(sys.stdin):
    exec(script, {"__name__": "__main__"})
    print(end="\\0")
"""
# Does so, too, and lets each find the generators as a new process has them.
EACH_ALONE = "import random, numpy, torch\n" + EACH.replace(
    "    exec", "    random.seed(), numpy.random.seed(), torch.seed()\n    exec"
)
FOLDS = "[part.tolist() for _, part in folds.split(range(100))], next(draws.split(range(100)))"


class Trial(NamedTuple):
    """An example by its rule and a part of it, and an expression that shows what it drew."""

    code: str
    part: str
    shown: str

    @property
    def snippet(self) -> Snippet:
        return snippet(self.code, self.part)

    def program(self, example: Snippet) -> str:
        # The trainer's library is not at hand; its function seeds NumPy, too.
        script = example.script.replace("lightning import", "numpy.random import seed as")
        return f"{script}\nprint({self.shown})"


TRIALS = (
    Trial("NB301", "np.random.normal", "price.tolist(), guess"),
    Trial("NB301", "DataLoader", "model.weight.tolist(), model.weight.grad.tolist()"),
    Trial("NB301", "RandomForest", "[tree.random_state for tree in forest.estimators_]"),
    Trial("NB303", "seed_everything", "model.weight.tolist()"),
    Trial("NB303", "set_seeds", "noise"),
    Trial("NB304", "manual_seed_all", "model.weight.tolist()"),
    Trial("NB304", "def set_seed", "noise"),
    Trial("NB305", "default_rng", "''"),
    Trial("NB305", "PCG64", "rng.normal(), old.normal()"),
    Trial("NB311", "test_size=0.2", "test"),
    Trial("NB311", "random_split", "list(test)"),
    Trial("NB311", "ShuffleSplit", FOLDS),
    Trial("NB311", "import random\n\nfrom sklearn", "test"),
)


def test_a_restart_gives_other_numbers_until_they_are_repaired() -> None:
    bad = [trial.program(trial.snippet) for trial in TRIALS]
    repaired = [trial.program(trial.snippet.repaired()) for trial in TRIALS]
    runs = [fresh(EACH_ALONE, json.dumps(bad + repaired)).split("\0") for _ in range(2)]
    same = [bool(first.strip()) and first == second for first, second in zip(*runs, strict=True)]
    names = [f"{trial.code} {trial.part}" for trial in TRIALS]
    assert [name for name, as_before in zip(names, same, strict=False) if as_before] == []
    after = same[len(bad) : -1]
    assert [name for name, as_before in zip(names, after, strict=True) if not as_before] == []


def test_nb304_cuda_seeds_leave_the_generator_of_the_cpu_alone(kernel: Kernel) -> None:
    kernel.run("import torch\nbefore = torch.manual_seed(5).get_state()")
    assert kernel.run("torch.cuda.manual_seed(1); torch.cuda.manual_seed_all(2)").error == ""
    assert kernel.value("torch.equal(before, torch.get_rng_state())") is True
    kernel.run("torch.manual_seed(1)")
    assert kernel.value("torch.equal(before, torch.get_rng_state())") is False


def test_nb305_the_old_seed_reaches_the_old_generator_only(kernel: Kernel) -> None:
    kernel.run("import numpy as np")
    again = "np.random.seed(3); draws = [np.random.default_rng().random(), np.random.rand()]"
    kernel.run(again, "first = draws", again)
    assert kernel.value("first[0] == draws[0], first[1] == draws[1]") == (False, True)


def test_nb305_who_keeps_the_entropy_can_make_the_generator_again(kernel: Kernel) -> None:
    example = snippet("NB305", "seed_seq.entropy", section="Edge cases")
    assert kernel.run(*example.cells).error == ""
    kernel.run("same = np.random.default_rng(rng.bit_generator.seed_seq.entropy)")
    assert kernel.value("same.normal() == rng.normal()") is True


def test_nb311_a_global_seed_holds_for_a_restart_but_not_for_a_second_run(kernel: Kernel) -> None:
    example = snippet("NB311", "np.random.seed(0)")
    shown = "test"
    kernel.run(*example.cells)
    first = kernel.value(shown)
    kernel.run(*example.cells)  # as after a restart
    assert kernel.value(shown) == first
    kernel.run(example.cells[-1])  # the cell alone, once more
    assert kernel.value(shown) != first
    kernel.run(example.cells[0], "np.random.rand()", example.cells[-1])  # one more draw above
    assert kernel.value(shown) != first
    repaired = example.repaired()
    kernel.run(*repaired.cells)
    first = kernel.value(shown)
    kernel.run(repaired.cells[-1])
    assert kernel.value(shown) == first


def test_nb311_a_seed_without_shuffling_is_an_error(kernel: Kernel) -> None:
    example = snippet("NB311", "KFold(5)\n", section="Edge cases")
    assert kernel.run(*example.cells).error == ""
    ran = kernel.run(example.script.replace("KFold(5)", "KFold(5, random_state=0)"))
    assert ran.error == "ValueError"
    assert "has no effect since shuffle is False" in ran.message


def test_nb311_good_splits_come_again(kernel: Kernel) -> None:
    shown = "test, list(first), [part.tolist() for _, part in folds.split(range(100))]"
    example = snippet("NB311", section="Good")
    kernel.run(*example.cells)
    once = kernel.value(shown)
    kernel.run(*example.cells)
    assert kernel.value(shown) == once


def test_nb311_the_third_argument_is_the_generator(kernel: Kernel) -> None:
    example = snippet("NB311", "torch.Generator().manual_seed(0))", section="Edge cases")
    kernel.run(*example.cells, "once = list(test)", *example.cells)
    assert kernel.value("once == list(test)") is True


def test_nb311_one_seed_in_a_loop_makes_one_split(kernel: Kernel) -> None:
    example = snippet("NB311", "for attempt", section="Edge cases")
    kernel.run(*example.cells)
    assert kernel.value("len({*sizes}) > 1") is True
    kernel.run(example.script.replace("range(100))", "range(100), random_state=0)"))
    assert kernel.value("len({*sizes})") == 1


# Needed to call what draws with no more than that.
ARGUMENTS = {
    "random": {
        **dict.fromkeys(("choice", "choices", "shuffle"), "[1, 2, 3]"),
        **dict.fromkeys(("randbytes", "getrandbits", "randrange"), "9"),
        **dict.fromkeys(("randint", "uniform", "betavariate", "gammavariate"), "1, 9"),
        **dict.fromkeys(("paretovariate", "expovariate"), "1"),
        **dict.fromkeys(("vonmisesvariate", "weibullvariate", "lognormvariate"), "1, 2"),
        "sample": "[1, 2, 3], 2",
    },
    "numpy.random": {
        **dict.fromkeys(("beta", "f", "gamma", "uniform", "wald", "noncentral_chisquare"), "1, 2"),
        **dict.fromkeys(("vonmises",), "1, 2"),
        **dict.fromkeys(("bytes", "permutation", "rand", "randn", "randint", "standard_t"), "9"),
        **dict.fromkeys(("chisquare", "pareto", "power", "rayleigh", "weibull"), "2"),
        **dict.fromkeys(("standard_gamma", "zipf"), "2"),
        **dict.fromkeys(("geometric", "logseries"), "0.5"),
        **dict.fromkeys(("binomial", "negative_binomial"), "9, 0.5"),
        **dict.fromkeys(("choice", "shuffle"), "[1, 2, 3]"),
        "dirichlet": "[1, 2]",
        "hypergeometric": "9, 9, 9",
        "multinomial": "9, [0.5, 0.5]",
        "multivariate_normal": "[0], [[1]]",
        "noncentral_f": "2, 2, 2",
        "triangular": "0, 1, 2",
    },
    "torch": {
        **dict.fromkeys(("rand", "randn", "randperm"), "9"),
        **dict.fromkeys(("bernoulli", "poisson", "normal"), "torch.full((9,), 0.5)"),
        **dict.fromkeys(("rand_like", "randn_like"), "torch.ones(9)"),
        "multinomial": "torch.ones(9), 2",
        "randint": "9, (9,)",
        "randint_like": "torch.ones(9), 9",
    },
    "torch.nn": {
        **dict.fromkeys(("Linear", "Embedding", "EmbeddingBag", "GRU", "LSTM", "RNN"), "2, 2"),
        **dict.fromkeys(("GRUCell", "LSTMCell", "RNNCell", "MultiheadAttention"), "2, 2"),
        **{f"Conv{n}d": "2, 2, 2" for n in (1, 2, 3)},
        **{f"ConvTranspose{n}d": "2, 2, 2" for n in (1, 2, 3)},
        "Bilinear": "2, 2, 2",
        "Transformer": "2, 2, 1, 1, 2",
        **dict.fromkeys(("TransformerDecoderLayer", "TransformerEncoderLayer"), "2, 2, 2"),
        # Copies of a layer that was made, and drawn, before.
        **{
            f"Transformer{x}coder": f"torch.nn.Transformer{x}coderLayer(2, 2), 1"
            for x in ("En", "De")
        },
    },
}
STATES = {
    "random": "random.getstate()",
    "numpy.random": "[*map(str, numpy.random.get_state())], numpy.random.get_state()[1].tolist()",
    "torch": "torch.get_rng_state().tolist()",
    "torch.nn": "torch.get_rng_state().tolist()",
}
REMOVED = {"numpy.random.random_integers"}  # in NumPy 2.4
OLD_SPLITS = {name for name in SPLITS if ".cross_validation." in name}  # gone since 0.20


@pytest.mark.parametrize("module", STATES)
def test_nb301_every_function_of_the_tables_draws_from_the_global_generator(
    kernel: Kernel, module: str
) -> None:
    names = [name for name in DRAWS if name.rpartition(".")[0] == module and name not in REMOVED]
    kernel.run("import random, numpy.random, torch", f"before, same = ({STATES[module]}), []")
    for name in names:
        call = f"{name}({ARGUMENTS[module].get(name.rpartition('.')[2], '')})"
        ran = kernel.run(
            f"{call}\nafter = {STATES[module]}\nif after == before: same.append('{name}')"
        )
        assert ran.error == "", (call, ran.message)
        kernel.run("before = after")
    assert kernel.value("same") == []
    assert len(names) > 9


def test_nb301_what_scikit_learn_draws_takes_the_argument() -> None:
    table = {**DRAWS, **SPLITS}
    names = [name for name in table if name.startswith("sklearn.") and name not in OLD_SPLITS]
    for name in names:
        module, _, last = name.rpartition(".")
        parameters = inspect.signature(getattr(import_module(module), last)).parameters
        assert table[name][1] in parameters, name


# What hangs on the order, in each bad example and in two that are fine.
SHOWN = ("number_of", "number_of", "numbers, first", "number_of, word_of", "train")
FINE = (
    (snippet("NB321", section="Good"), "number_of, word_of"),
    (snippet("NB321", "place_of = {number", section="Edge cases"), "place_of, rest"),
    (snippet("NB321", "dict.fromkeys", section="Edge cases"), "number_of"),
    (snippet("NB321", "counts = [", section="Edge cases"), "sorted(count_of.items())"),
)


def test_nb321_each_process_has_its_own_order_until_it_is_repaired(tmp_path: Path) -> None:
    (tmp_path / "book.txt").write_text("the quick brown fox")
    bad = list(zip(snippets("NB321"), SHOWN, strict=True))
    repaired = [(example.repaired(), shown) for example, shown in bad]
    programs = [f"{one.script}\nprint({shown})" for one, shown in (*bad, *repaired, *FINE)]
    go = f"import os; os.chdir({str(tmp_path)!r})\n"
    runs = [
        fresh(go + EACH, json.dumps(programs), PYTHONHASHSEED=str(seed)).split("\0")
        for seed in range(1, 5)
    ]
    orders = [len({*prints}) for prints in zip(*runs, strict=True)][:-1]
    assert [number > 1 for number in orders] == [True] * len(bad) + [False] * (len(bad) + len(FINE))


def test_nb321_a_new_process_hashes_text_anew() -> None:
    assert fresh("import sys; print(sys.flags.hash_randomization)") == "1\n"
    assert len({fresh("print(hash('word'))") for _ in range(3)}) > 1


def test_nb321_a_seed_of_hashes_that_is_set_in_a_kernel_comes_too_late(kernel: Kernel) -> None:
    kernel.run("import os; before = hash('word'); os.environ['PYTHONHASHSEED'] = '0'")
    assert kernel.value("hash('word') == before") is True
    kernel.run("del os.environ['PYTHONHASHSEED']")
