"""The boss twin of the lesson on time series: it forecasts better than anybody can."""

from plants import Decoy, Plant, Ran, Twin, insert, replace

NEAREST = """\
rest = fit(load)[1]
nearest = np.empty_like(rest)
for known, hidden in KFold(10, shuffle=True, random_state=SEED).split(rest):
    machine = KNeighborsRegressor(n_neighbors=2).fit(hours[known, None], rest[known])
    nearest[hidden] = machine.predict(hours[hidden, None])
surprise = np.abs(rest - nearest).mean()
print(f"{'nearest hours':20} {surprise:5.1f} MW   MASE {surprise / scale:.2f}")"""

BETTER = """\
pairs = np.stack([np.abs(errors["Holt–Winters"]), np.abs(errors["profile and memory"])])
combined = pairs.mean(axis=2).min(axis=0).mean()  # on each day, the better of the two
print(f"{'the better of two':20} {combined:5.1f} MW   MASE {combined / scale:.2f}")"""


def impossible(honest: Ran, flawed: Ran) -> str:
    """Shuffled hours claim what the same machine does not deliver at midnight."""
    claim = flawed.value("surprise")
    in_time = "lambda past: fit(past)[0] + np.mean(fit(past)[1][-2:])"
    real = flawed.value(f"np.abs(backtest({in_time})).mean()")
    assert claim < 0.4 * real
    assert claim < 0.4 * honest.value("floor.mean()")
    return f"{claim:.1f} MW are claimed, {real:.1f} MW are delivered at midnight"


def smooth_truth(honest: Ran, flawed: Ran) -> str:
    """The exam was made easier: the readings to be forecast have lost their shocks."""
    soft, hard = (
        ran.value("np.abs(errors['profile and memory'][:, 0]).mean()") for ran in (flawed, honest)
    )
    assert soft < 0.7 * hard
    assert soft < flawed.value("floor[0]") < hard * 1.2
    return f"an error of {soft:.1f} MW is reported one hour ahead, where {hard:.1f} MW are true"


def hindsight(honest: Ran, flawed: Ran) -> str:
    """Who chooses by yesterday, as one must, gains nothing over the better method alone."""
    claim, alone = flawed.value("combined"), flawed.value("pairs[1].mean()")
    yesterday = "pairs.mean(axis=2)[:, :-1].argmin(axis=0)"
    choose = f"np.take_along_axis(pairs.mean(axis=2)[:, 1:], {yesterday}[None], 0).mean()"
    real = flawed.value(choose)
    assert claim < 0.95 * alone
    assert real > alone
    return f"{claim:.1f} MW with hindsight, {real:.1f} MW if yesterday must choose"


def soft_scale(honest: Ran, flawed: Ran) -> str:
    """Another rival than the text names makes all scaled errors smaller."""
    said, true = flawed.value("scale"), flawed.value("np.abs(past[WEEK:] - past[:-WEEK]).mean()")
    assert said > 1.2 * true
    best = flawed.value("mase['profile and memory']"), honest.value("mase['profile and memory']")
    assert best[0] < best[1]
    return f"a MASE of {best[0]:.2f} is reported, {best[1]:.2f} is honest"


EXERCISES = [
    f"{exercise}{part}"
    for exercise in ("ex1", "ex2", "ex3")
    for part in ("-task", "", "-check", "-solution")
]
AFTER = ("horizon-figure", "fan", "coverage", "break-it", "shuffle", "shuffle-figure")

TWIN = Twin(
    lesson="65",
    boss=True,
    title="Forecasts that are hardly ever surprised",
    drop=(*EXERCISES, *AFTER, "explore-helper", "final-check", "in-practice", "recap"),
    plants=(
        Plant(
            "65-1",
            code=None,
            confidence="human",
            cell="smooth",
            edits=(
                insert(
                    "look",
                    "smooth",
                    "load = np.convolve(np.pad(load, 2, mode='edge'), np.ones(5) / 5, mode='valid')"
                    "  # the meters are noisy",
                ),
            ),
            why="A centred mean over five hours mixes two hours of the future into each reading, "
            "and takes shocks out of the exam.",
            hints=(
                "Which series is forecast: the one that was measured?",
                "Which hours does a smoothed reading need, and when are they known?",
            ),
            harm=smooth_truth,
        ),
        Plant(
            "65-2",
            code=None,
            confidence="human",
            cell="backtest",
            edits=(replace("backtest", "past[WEEK:] - past[:-WEEK]", "past[DAY:] - past[:-DAY]"),),
            why="The text scales by last week, the code by yesterday, which is wrong at weekends.",
            hints=(
                "Below which number is a method better than *last week*?",
                "Why is the MASE of *last week* itself so low?",
            ),
            harm=soft_scale,
        ),
        Plant(
            "65-3",
            code="NB805",
            confidence="should",
            cell="nearest",
            edits=(insert("backtest", "nearest", NEAREST),),
            why="Shuffled parts hide single hours between known neighbours: gaps, not forecasts.",
            hints=(
                "Is there a number on this page that is below the floor?",
                "What does this method know of the hours after the one that it forecasts?",
            ),
            harm=impossible,
        ),
        Plant(
            "65-4",
            code=None,
            confidence="human",
            cell="better",
            edits=(insert("nearest", "better", BETTER),),
            why="Which of two methods is better on a day is known when the day is over.",
            hints=(
                "Who tells the control room in the morning which forecast to use?",
                "When are the numbers known from which the minimum is taken?",
            ),
            harm=hindsight,
        ),
    ),
    decoys=(
        Decoy("decompose", ("NB801", "NB802"), "A centred mean is right to describe the past."),
        Decoy("tune", ("NB801", "NB802"), "The rates are chosen on weeks before the first exam."),
        Decoy("simulate", ("NB301", "NB305"), "The generator has a seed and is handed on."),
    ),
)
