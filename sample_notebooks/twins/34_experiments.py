"""A checkout page that makes no difference wins: someone looked, cleaned, adjusted and sliced."""

from plants import Decoy, Plant, Ran, Twin, insert, replace, rewrite

TITLE = """# The new checkout page wins

For two weeks visitors of the shop saw the old checkout page or the new one, by the toss of a coin.
The size of the experiment was planned with a power of 80 %, the data were validated, the noise was
reduced with the usual adjustment. The result is clear enough to stop early.
**Would you switch?**"""

DATA = """## Data

Each visitor has spent something `before`, last month, and spends something `now`. The pages were
assigned at random, half and half on each day. `z_score` compares them as Welch's test does."""

PLAN = """## The experiment

First the plan and its power, then the visitors, then the result."""

LOADING = """slow = (page == 1) & (now < 15)
page, before, now, day = (column[~slow] for column in (page, before, now, day))
print(f"left out {slow.sum()} visits during the loading problem of the new page")"""

CLICKS = """rng = np.random.default_rng([SEED, 9])
clicks = 3 + 0.05 * now - 0.3 * page + rng.normal(size=now.size)  # the new page saves clicks
raw = now
now = adjusted(clicks, raw)
print(f"adjusted for clicks: the variance falls by {1 - now.var() / raw.var():.0%}")"""

PEEK = """scores = [z_score(page[day <= each], now[day <= each]) for each in range(1, DAYS + 1)]
decided = next((each for each, score in enumerate(scores, 1) if abs(score) > BAR), DAYS)
rows = day <= decided"""

SEGMENTS = """rng = np.random.default_rng([SEED, 10])
country = rng.integers(20, size=page.size)
tests = [ttest_ind(now[(country == each) & (page == 1)], now[(country == each) & (page == 0)])
         for each in range(20)]
best = min(range(20), key=lambda each: tests[each].pvalue)
print(f"the effect is clearest in country {best}: p = {tests[best].pvalue:.4f}")"""

SUMMARY = """print(f"the new page brings {lift:+.2f} euros per visitor, p = {p_value:.4f}")
print(f"for {VISITORS_A_DAY * 365} visitors a year: {lift * VISITORS_A_DAY * 365:,.0f} euros")"""

# How often fourteen looks find something where there is nothing to find.
FOOLED = (
    "np.mean(np.any(np.abs(np.cumsum(np.random.default_rng(0).normal(size=(4000, DAYS)), axis=1)"
    " / np.sqrt(np.arange(1, DAYS + 1))) > BAR, axis=1))"
)
MADE = "3 + 0.05 * now - 0.3 * page + np.random.default_rng([SEED, 9]).normal(size=now.size)"
KEPT = "~((page == 1) & (now < 15))"


def peeking(honest: Ran, flawed: Ran) -> str:
    """The bar of one look does not hold for fourteen."""
    fooled = flawed.value(FOOLED)
    days = flawed.value("decided")
    assert days < honest.value("DAYS")
    assert flawed.value("p_value") < 0.05 < honest.value("p_value")
    assert fooled > 0.15
    return f"stopped on day {days}; {fooled:.0%} of equal pages would win, not 5%"


def one_sided_cleaning(honest: Ran, flawed: Ran) -> str:
    """Who spent little is left out, on one page alone."""
    before = honest.value("lift_of(page, now)")
    after = honest.value(f"lift_of(page[{KEPT}], now[{KEPT}])")
    assert after - before > 1
    return f"the cleaning alone lifts {before:+.2f} euros to {after:+.2f}"


def late_covariate(honest: Ran, _: Ran) -> str:
    """The page itself changes the number of clicks, so the adjustment makes a difference."""
    before = honest.value("lift_of(page, now)")
    after = honest.value(f"lift_of(page, adjusted({MADE}, now))")
    assert after - before > 1.5
    return f"the adjustment alone lifts {before:+.2f} euros to {after:+.2f}"


def best_of_twenty(_: Ran, flawed: Ran) -> str:
    """Twenty tests where five in a hundred are false alarms."""
    p_value = flawed.value("tests[best].pvalue")
    fair = min(1.0, 20 * p_value)
    assert fair > 2 * p_value
    return f"p = {p_value:.4f} is reported, {fair:.3f} with twenty tests counted"


TWIN = Twin(
    lesson="34",
    boss=True,
    title="The new checkout page wins",
    drop=(
        *("goals", "randomise-idea", "randomise", "randomise-figure", "power-idea"),
        *("power-figure", "cuped-idea", "cuped-figure", "factorial-idea", "factorial"),
        *("factorial-figure", "peek-idea", "peek-exact", "peek-figure", "plan-read"),
        *("every-morning", "break-it", "break-it-ratio"),
        *(f"ex{n}{part}" for n in (1, 2, 3) for part in ("-task", "", "-check", "-solution")),
        *("final-check", "in-practice", "recap"),
    ),
    story=(
        rewrite("title", TITLE),
        rewrite("data", DATA),
        replace("parameters", "; why this one is said where it is used", ""),
        insert("shop", "plan", PLAN, kind="markdown"),
        insert("one-look", "summary", SUMMARY),
    ),
    plants=(
        Plant(
            "34-1",
            code=None,
            confidence="human",
            cell="one-look",
            edits=(replace("one-look", "rows = day <= DAYS", PEEK),),
            why="It tests after each day and stops at the first score beyond the bar of one look.",
            hints=(
                "How many days were planned, and how many were used?",
                "What would have happened if day one had looked less good?",
            ),
            harm=peeking,
        ),
        Plant(
            "34-2",
            code=None,
            confidence="human",
            cell="loading-problem",
            edits=(insert("arrivals", "loading-problem", LOADING),),
            why="Who spent little is left out on the new page, and stays in on the old one.",
            hints=(
                "Who is left out: visitors with a problem, or visitors with a small basket?",
                "Are there still as many visitors on the new page as on the old?",
            ),
            harm=one_sided_cleaning,
        ),
        Plant(
            "34-3",
            code=None,
            confidence="human",
            cell="clicks",
            edits=(insert("loading-problem", "clicks", CLICKS),),
            why="Clicks happen after the coin fell, and the page changes them.",
            hints=(
                "What must be true of a number before it may be subtracted?",
                "When were the clicks counted?",
            ),
            harm=late_covariate,
        ),
        Plant(
            "34-4",
            code="NB814",
            confidence="should",
            cell="countries",
            edits=(insert("one-look", "countries", SEGMENTS),),
            why="Twenty countries are tested and the smallest p-value is reported as it is.",
            hints=(
                "How many tests are there, and how many are reported?",
                "How small is the smallest of twenty random p-values, usually?",
            ),
            harm=best_of_twenty,
        ),
    ),
    decoys=(
        Decoy("cuped", ("NB801", "NB305"), "Both pages share one slope, from before the start."),
        Decoy("power", ("NB305", "NB311"), "The generator is handed in, with its seed."),
    ),
)
