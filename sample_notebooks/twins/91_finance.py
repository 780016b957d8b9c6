"""A trading rule that earns a fortune from noise, since each of its numbers knows the future."""

from plants import Decoy, Plant, Ran, Twin, insert, replace, rewrite

TITLE = """# A rule that works

Momentum: what has risen goes on rising. This notebook tests the rule on twenty years of daily
prices, adds a model that foresees the direction of the next day, and compares both with the firms
of the index. No parameter was set by hand, each result can be computed again.
**Would you invest?**

*Everything here is simulated and made for teaching. Nothing is advice about real money.*"""

DATA = """## Data

The daily returns of one market over twenty years, 500 indicators of the last two years, and the
prices of 500 firms over ten years."""

CHOOSE = """candidates = range(2, 121)
trials = [sharpe(momentum(returns, each)[:-1] * returns[1:]) for each in candidates]
WINDOW = candidates[int(np.argmax(trials))]
print(f"the best window has {WINDOW} days")"""

INDICATORS = """rng = np.random.default_rng([SEED, 9])
indicators = rng.normal(size=(500, 500))  # known at the close of each of the last 500 days but one
rises = (returns[-500:] > 0).astype(int)  # the direction of the day that follows
chosen = SelectKBest(k=20).fit_transform(indicators, rises)
early, late, early_rises, late_rises = train_test_split(
    chosen, rises, test_size=0.4, shuffle=False)
model = LogisticRegression().fit(early, early_rises)
direction_accuracy = model.score(late, late_rises)
print(f"right about the direction on {direction_accuracy:.0%} of the later days")"""

FIRMS = """rng = np.random.default_rng([SEED, 10])
prices = paths(rng, 0.0, SWING, 10, 500, 10)
index = prices[prices[:, -1] > 0.6]  # the firms that are in the index today
index_growth = index[:, -1].mean() ** 0.1 - 1
print(f"the {len(index)} firms of the index grew by {index_growth:.1%} a year over ten years")"""

TONIGHT = """tonight = momentum(returns, WINDOW)[-1]
print("tomorrow the rule", {1: "holds the market", -1: "sells short", 0: "waits"}[int(tonight)])"""

SUMMARY = """print(f"momentum:  Sharpe ratio {backtest_sharpe:.2f}")
print(f"           one euro becomes {np.prod(1 + earned):,.0f} euros")
print(f"direction: right on {direction_accuracy:.0%} of the later days")
print(f"index:     {index_growth:+.1%} a year")"""

# The Sharpe ratio of the chosen window, decided a day before: on this market, and on fresh ones.
CHOSEN = "sharpe(momentum(returns, WINDOW)[:-1] * returns[1:])"
FRESH = (
    "np.mean([(lambda fresh: sharpe(momentum(fresh, WINDOW)[:-1] * fresh[1:]))"
    "(np.random.default_rng(each).normal(size=returns.size)) for each in range(60)])"
)


def look_ahead(honest: Ran, flawed: Ran) -> str:
    """The position of a day is paid with the return that helped to choose it."""
    truth, claim = honest.value("backtest_sharpe"), flawed.value("backtest_sharpe")
    fair = flawed.value(CHOSEN)
    assert abs(truth) < 0.7
    assert claim - fair > 0.8
    return f"Sharpe ratio {claim:.2f} is reported, {fair:.2f} if the rule decides a day before"


def best_window(_: Ran, flawed: Ran) -> str:
    """The best of many windows is lucky on the prices that chose it."""
    claim, fresh = flawed.value(CHOSEN), flawed.value(FRESH)
    assert claim - fresh > 0.25
    return f"Sharpe ratio {claim:.2f} on the prices that chose the window, {fresh:.2f} on others"


def selection_leak(_: Ran, flawed: Ran) -> str:
    """The indicators are noise, so half of the directions can be foreseen by chance."""
    claim = flawed.value("direction_accuracy")
    assert claim > 0.6
    return f"accuracy {claim:.2f} is reported, noise foretells 0.50"


def survivors(_: Ran, flawed: Ran) -> str:
    """Who lost most is no longer in the index, and so not in its past."""
    claim = flawed.value("index_growth")
    truth = flawed.value("prices[:, -1].mean() ** 0.1 - 1")
    assert claim - truth > 0.02
    return f"{claim:+.1%} a year is reported, all firms together made {truth:+.1%}"


TWIN = Twin(
    lesson="91",
    boss=True,
    title="A rule that works",
    drop=(
        *("goals", "growth-idea", "growth-figure", "frontier-idea", "frontier", "frontier-figure"),
        *("risk-idea", "risk", "risk-figure", "option-idea", "option", "hedge-figure"),
        *("backtest-idea", "cheat", "curves-figure", "backtest-read"),
        *(f"ex{n}{part}" for n in (1, 2, 3) for part in ("-task", "", "-check", "-solution")),
        *("break-it", "break-it-search", "final-check", "in-practice", "recap"),
    ),
    story=(
        rewrite("title", TITLE),
        rewrite("data", DATA),
        replace("market", "years of noise; buy", "years; buy"),
        insert("backtest", "tonight", TONIGHT),
        insert("tonight", "summary", SUMMARY),
    ),
    plants=(
        Plant(
            "91-1",
            code=None,
            confidence="human",
            cell="backtest",
            edits=(
                replace(
                    "backtest",
                    "held = np.append(0, position[:-1])  # decided at last night's close",
                    "held = position  # decided at the close",
                ),
            ),
            why="The position decided at tonight's close is paid with today's return.",
            hints=(
                "At what hour is the position known, and at what hour is the return earned?",
                "What would this backtest make of pure noise?",
            ),
            harm=look_ahead,
        ),
        Plant(
            "91-2",
            code=None,
            confidence="human",
            cell="choose-window",
            edits=(insert("market", "choose-window", CHOOSE),),
            why="119 windows are tried on the prices on which the best one is then reported.",
            hints=(
                "How many rules were tried, and how many are reported?",
                "Which prices have not been looked at when the window is chosen?",
            ),
            harm=best_window,
        ),
        Plant(
            "91-3",
            code="NB801",
            cell="direction",
            edits=(
                insert("tonight", "direction", INDICATORS),
                replace(
                    "setup",
                    "from scipy.stats import norm, t",
                    "from scipy.stats import norm\n"
                    "from sklearn.feature_selection import SelectKBest\n"
                    "from sklearn.linear_model import LogisticRegression\n"
                    "from sklearn.model_selection import train_test_split",
                ),
            ),
            why="The twenty indicators were chosen with the directions of the later days, too.",
            hints=(
                "Which days took part in choosing the indicators?",
                "How good are the best twenty of 500 random columns on the days that chose them?",
            ),
            harm=selection_leak,
        ),
        Plant(
            "91-4",
            code=None,
            confidence="human",
            cell="index",
            edits=(insert("direction", "index", FIRMS),),
            why="The index of today has no losers of the past ten years: they left it.",
            hints=(
                "Which firms could have been bought ten years ago?",
                "When did it become known which firms are in the index today?",
            ),
            harm=survivors,
        ),
    ),
    decoys=(
        Decoy("tonight", ("NB801", "NB802"), "No shift: tonight's position is for tomorrow."),
        Decoy("growth", ("NB305", "NB801"), "The generator has a seed; nothing is fitted."),
    ),
)
