"""A transformer that seems to beat the entropy of its source, because it reads ahead."""

from plants import Decoy, Plant, Ran, Twin, insert, replace, rewrite, runs

MODEL = "next(each for each in Out.values() if isinstance(each, Transformer))"

TITLE = """# Better than the floor

A small transformer learns a source of letters whose law is known. The law leaves 1.30 nats a letter
to chance, and the textbooks say that no model can do better. Ours does, on text that it has never
seen. The random numbers have seeds, and the text is drawn anew for each step, so nothing can be
learnt by heart.

**Conclusion.** The floor holds for models that read one letter after the other. Attention reads the
whole text at once, and is not bound by it."""


def reads_ahead(honest: Ran, flawed: Ran) -> str:
    """A place that may read one letter more reads the answer."""
    floor = honest.value("floors['both: the floor'].item()")
    below = flawed.value(f"loss_on({MODEL}, fresh).item()")
    assert honest.value("reached") > floor
    assert below < floor - 0.3
    return f"a loss of {below:.2f} where {floor:.2f} is the least that is possible"


def other_steps(honest: Ran, flawed: Ran) -> str:
    """The figure was made with fewer steps than the parameters say."""
    stated, taken = honest.value("STEPS"), flawed.value("len(losses)")
    assert stated > 5 * taken
    return f"the page states {stated} steps, its figure shows {taken}"


def never_freed(honest: Ran, flawed: Ran) -> str:
    """The kernel's cache of outputs holds the model that was deleted."""
    alive = "sum(type(each) is Transformer for each in __import__('gc').get_objects())"
    assert flawed.value("'model' in globals()") is False
    assert flawed.value(alive) == 1
    return "the model is deleted, and all its numbers are still in memory"


def best_batch(honest: Ran, flawed: Ran) -> str:
    """The smallest loss of any batch is reported as the loss on fresh text."""
    claim, truth = flawed.value("reached.item()"), flawed.value(f"loss_on({MODEL}, fresh).item()")
    assert claim < truth
    return f"{claim:.3f} is reported as the loss on fresh text, {truth:.3f} is true"


TWIN = Twin(
    lesson="98",
    title="Better than the floor",
    drop=(
        *("goals", "explore-helper", "bag-idea", "bag", "reveal-idea", "reveal"),
        *("agree-idea", "agree", "cache-idea", "cache", "cache-figure"),
        *(f"ex{number}{part}" for number in "123" for part in ("-task", "", "-check", "-solution")),
        *("break-it", "consequence", "final-check", "in-practice", "recap"),
    ),
    plants=(
        Plant(
            "98-1",
            code=None,
            cell="model",
            edits=(
                rewrite("title", TITLE),
                replace("model", "triu(1 + known)", "triu(2 + known)"),
            ),
            why="The mask is shifted by one: each place reads the letter that it should guess.",
            hints=(
                "Can a loss be lower than the entropy of the source?",
                "For the place in row 5, which is the first column that the mask hides?",
            ),
            harm=reads_ahead,
            confidence="human",
        ),
        Plant(
            "98-2",
            code="NB432",
            cell="to-be-used",
            edits=(
                insert("descent", "to-be-used", "model.eval()"),
                insert("to-be-used", "tidy", "del model\ntorch.cuda.empty_cache()"),
            ),
            why="The model is shown as a result, so the kernel keeps it after it was deleted.",
            hints=(
                "What does a cell do with the value of its last line?",
                "How many names does the model have when it is deleted?",
            ),
            harm=never_freed,
            confidence="should",
        ),
        Plant(
            "98-3",
            code="NB101",
            cell="descent",
            edits=(
                insert("descent", "first-look", "STEPS = 100  # enough for a first look"),
                runs("first-look", after="training"),
            ),
            why="The model was trained after STEPS had been changed further down.",
            hints=(
                "Which numbers in the brackets are out of order?",
                "How long is the axis of the figure, and what do the parameters say?",
            ),
            harm=other_steps,
        ),
        Plant(
            "98-4",
            code=None,
            cell="descent",
            edits=(
                replace(
                    "descent",
                    "with torch.no_grad():\n    reached = loss_on(model, fresh).item()",
                    "reached = losses.min()",
                ),
            ),
            why="The best of all training batches is called the loss on fresh text.",
            hints=(
                "On which text was the printed loss measured?",
                "What is the smallest of a hundred noisy numbers an estimate of?",
            ),
            harm=best_batch,
            confidence="human",
        ),
    ),
    decoys=(
        Decoy("training", ("NB431",), "The losses are collected as numbers, without their graphs."),
        Decoy("source", ("NB301", "NB305"), "Both generators have seeds of their own."),
    ),
)
