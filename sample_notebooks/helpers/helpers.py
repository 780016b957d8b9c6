# %% helpers tags=["setup", "hide-input"]
def show(figure, alt):
    """Display a figure together with the sentence that describes it to those who cannot see it."""
    display(figure, metadata={"image/png": {"alt": alt}})
    plt.close(figure)


def report(exercise, check, answer):
    """Say where an exercise stands: not attempted, not yet, or correct."""
    if answer is ...:
        return print(f"{exercise}: not attempted yet")
    try:
        check(answer)
    except AssertionError as hint:
        return print(f"{exercise}: not yet. {hint}")
    except Exception as problem:
        return print(f"{exercise}: not yet. It stopped with {type(problem).__name__}: {problem}")
    print(f"{exercise}: correct")


def verdict(what, value, target, holds):
    """One line of the self-check, and an error if the target is missed."""
    print(f"{what:44} {value!s:>10}   target {target}")
    assert holds, f"{what}: {value}, not {target}"
