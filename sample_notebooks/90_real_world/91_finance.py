# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% title [markdown]
# # Markets and the look-ahead trap
#
# Finance is where small mistakes in time are paid best, on paper. This lesson builds five tools
# that every desk uses, each against a truth that we know, and then shows how one missing day turns
# pure noise into a fortune.
#
# **Make two predictions before you read on.**
#
# 1. A price is nothing but coin flips: no trend, no memory. The rule *"hold what rose over the last
#    five days, sell short what fell"* is tested on twenty years of it. The code has one flaw: the
#    position is multiplied with the return of the **same** day, not of the next. Which yearly
#    Sharpe ratio (average over spread, for a year) does the test report? A ratio of 1 is thought
#    good. (a) 0 (b) 0.5 (c) 2 (d) 6
# 2. A stock is expected to rise by 20 % a year, another to fall by 20 %. They swing equally. What
#    does an option to buy at today's price cost? (a) more for the first (b) the same for both (c)
#    more for the second
#
# Write both letters down.
#
# *Everything here is simulated and made for teaching. Nothing is advice about real money.*

# %% goals [markdown] tags=["goals"]
# ## Goals: you will know what each number was allowed to know
#
# **You will do.** Build a market, a portfolio, a risk limit, an option price and a backtest from
# scratch, and hold each of them against an exact answer.
#
# **You will learn to**
#
# - tell the average path of a price from the typical one;
# - see how much of an optimal portfolio is error, and how often a risk limit breaks;
# - price an option in three ways that agree, and say why the trend is not among the inputs;
# - find a look-ahead in a backtest, and predict its profit with a formula.
#
# **You will need** NumPy arrays, matrices, the normal distribution. No network, no knowledge of
# finance.
#
# **Time:** about 45 minutes. All cells together take about five seconds to run.

# %% setup tags=["setup"]
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from scipy.optimize import brentq
from scipy.stats import norm, t

# The figures bring their own pale card, so they read the same on a light and on a dark page.
PAPER, INK, BLUE, ORANGE, MIST = "#f7f4ee", "#22303c", "#1f5f8b", "#b3470f", "#a9b4bc"
plt.rcParams.update({
    "figure.facecolor": PAPER, "axes.facecolor": PAPER, "text.color": INK, "axes.edgecolor": INK,
    "axes.labelcolor": INK, "xtick.color": INK, "ytick.color": INK, "axes.titlecolor": INK,
    "axes.spines.top": False, "axes.spines.right": False, "legend.frameon": False, "font.size": 10,
    "figure.dpi": 90,
})

# %% parameters tags=["parameters"]
SEED = 0
TRADING_DAYS = 252  # of a year
TREND, SWING = 0.05, 0.30  # of the stock, a year: 5 % growth, 30 % volatility
RATE = 0.02  # a year, what safe money earns
YEARS = 20  # of the market in the backtest
WINDOW = 5  # days that the momentum rule looks back

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

# %% data [markdown]
# ## Data: markets whose truth we know
#
# There is nothing to download and nothing to license: the lesson makes its markets. That is a
# choice. On real prices nobody can say whether a rule is good or was lucky. Here we know, because
# we decide what is true: a trend or none, tails thin or fat, memory or none. The text is yours
# under [CC-BY-4.0](https://creativecommons.org/licenses/by/4.0/), the code under the MIT licence.

# %% growth-idea [markdown]
# ## The average path is not a path that anybody walks
#
# Each day multiplies a price by a random factor. Logarithms turn the product into a sum, and sums
# of many small chances are normal. So the usual first model of a price is **geometric Brownian
# motion**:
#
# $$S_T = S_0 \exp\!\Big(\big(\mu - \tfrac12\sigma^2\big)T + \sigma\sqrt T\,Z\Big),
# \qquad Z \sim N(0, 1).$$
#
# Its mean is $S_0 e^{\mu T}$. But half of all paths end below $S_0 e^{(\mu - \sigma^2/2)T}$, which
# is much less. The mean is carried by few lucky paths. The term $\sigma^2/2$ is the price of
# swinging: after −30 % and +30 % you do not have 100 % but 91 %.
#
# **Guess:** with 5 % growth and 30 % swings, how many of 100 investors own less after thirty years
# than they began with?

# %% growth
def paths(rng, trend, swing, years, count, steps):
    """Prices that start at 1 and move in equal steps of time; one row for each path."""
    step = years / steps
    shocks = swing * np.sqrt(step) * rng.normal(size=(count, steps))
    logs = np.cumsum((trend - swing**2 / 2) * step + shocks, axis=1)
    return np.exp(np.concatenate([np.zeros((count, 1)), logs], axis=1))


horizon = 30
stock = paths(np.random.default_rng([SEED, 1]), TREND, SWING, horizon, 40_000, 30)
final = stock[:, -1]
assert stock.shape == (40_000, 31) and np.isfinite(stock).all() and (stock > 0).all()

drag = SWING**2 / 2
typical = np.median(final)
losers = np.mean(final < 1)
losers_exact = norm.cdf(-(TREND - drag) * np.sqrt(horizon) / SWING)
print(f"average {final.mean():.2f} (exact {np.exp(TREND * horizon):.2f})")
print(f"typical {typical:.2f} (exact {np.exp((TREND - drag) * horizon):.2f})")
print(f"lost money: {losers:.1%} (exact {losers_exact:.1%})")

# %% growth-figure tags=["figure"]
figure, axes = plt.subplots(figsize=(8, 3.9), layout="constrained")
time = np.arange(horizon + 1)
axes.semilogy(time, stock[:60].T, color=MIST, linewidth=0.7)
axes.semilogy(time, np.exp(TREND * time), "--", color=ORANGE, linewidth=2.5, label="average, exact")
axes.semilogy(time, np.median(stock, axis=0), color=BLUE, linewidth=2.5, label="typical, measured")
axes.axhline(1, color=INK, linestyle=":")
axes.set(xlabel="years", ylabel="wealth (log scale, start = 1)", xlim=(0, horizon),
         title="Sixty of 40000 investors in the same stock")
axes.legend(loc="upper left")
show(figure, "Sixty price paths on a log scale fan out over thirty years. The average rises to "
     f"{final.mean():.1f}, the typical path only to {typical:.1f}, and {losers:.0%} of investors end "
     "below their start.")

# %% frontier-idea [markdown]
# ## An optimal portfolio is optimal for the noise of the past
#
# Mix assets, and their swings partly cancel: that is the one free lunch of finance. If the expected
# returns beyond safe money are $m$ and the covariances $\Sigma$, the mix with the most return for
# its swing, that is with the best **Sharpe ratio** $w^\top m / \sqrt{w^\top \Sigma w}$, is
#
# $$w^* \propto \Sigma^{-1} m, \qquad \text{with the Sharpe ratio } \sqrt{m^\top \Sigma^{-1} m}.$$
#
# The formula is exact. Its inputs are not. Feed it with averages of five years, and it will trust
# each lucky asset and bet against each unlucky one. An optimiser is a machine for finding errors in
# its inputs. We know the true $m$ and $\Sigma$, so we can see what was *promised* on the past and
# what is *delivered* in truth, and compare with a rule that knows nothing: the same share of each.

# %% frontier
assets, months = 10, 60
true_mean = np.linspace(0.02, 0.11, assets) / 12
true_cov = 0.2**2 / 12 * (0.7 * np.eye(assets) + 0.3)  # 20 % swings, correlation 0.3


def sharpe_of(weights, mean, cov):
    """The yearly Sharpe ratio of a mix, from monthly means and covariances."""
    return np.sqrt(12) * weights @ mean / np.sqrt(weights @ cov @ weights)


def best_mix(mean, cov):
    weights = np.linalg.solve(cov, mean)
    return weights / np.abs(weights).sum()


rng = np.random.default_rng([SEED, 2])
promised, delivered = np.empty(1000), np.empty(1000)
for trial in range(promised.size):
    past = rng.multivariate_normal(true_mean, true_cov, size=months)
    mix = best_mix(past.mean(axis=0), np.cov(past.T))
    promised[trial] = sharpe_of(mix, past.mean(axis=0), np.cov(past.T))
    delivered[trial] = sharpe_of(mix, true_mean, true_cov)
possible = sharpe_of(best_mix(true_mean, true_cov), true_mean, true_cov)
equal = sharpe_of(np.ones(assets), true_mean, true_cov)
formula = np.sqrt(12 * true_mean @ np.linalg.solve(true_cov, true_mean))
print(f"promised {promised.mean():.2f}, delivered {delivered.mean():.2f}, possible {possible:.2f}, "
      f"equal shares {equal:.2f}")

# %% frontier-figure tags=["figure"]
figure, axes = plt.subplots(figsize=(8, 3.6), layout="constrained")
edges = np.linspace(-0.6, 3, 73)
axes.hist(promised, edges, color=ORANGE, alpha=0.75, hatch="//", edgecolor=PAPER, linewidth=0,
          label="promised by the past")
axes.hist(delivered, edges, color=BLUE, alpha=0.75, label="delivered in truth")
top = axes.get_ylim()[1]
for value, label, side in [(equal, "equal shares ", "right"), (possible, " best possible", "left")]:
    axes.axvline(value, color=INK, linestyle=":")
    axes.text(value, top * 1.02, label, ha=side, color=INK)
axes.set(xlabel="yearly Sharpe ratio of the 'optimal' mix", ylabel="histories (of 1000)",
         ylim=(0, top * 1.12))
axes.legend(loc="upper right")
show(figure, f"Optimal mixes promise a Sharpe ratio of {promised.mean():.1f} on five years of past "
     f"and deliver {delivered.mean():.1f}, less than equal shares with {equal:.2f}; at most "
     f"{possible:.2f} was possible.")

# %% risk-idea [markdown]
# ## A risk limit from the bell curve breaks too often
#
# *Value at risk* at 99 % is the loss that is exceeded on one day in a hundred. The short way to it:
# fit a normal distribution, go 2.33 standard deviations down. But daily returns have fat tails.
# Take a truth with fat tails that we know, Student's $t$ with four degrees of freedom, scaled to
# the same variance. Then the real share of days beyond the normal limit is exactly
#
# $$P\big(T_4 < -2.326\,\sqrt 2\big) \approx 1.5\,\%.$$
#
# There is a way that needs no distribution. Take 999 past days and use the **tenth worst**.
# Tomorrow is equally likely to fall into each of the 1000 gaps between and around them, and ten
# gaps lie below the tenth worst. So it is beaten on 1 % of days. Not roughly: exactly, whatever the
# distribution.

# %% risk
rng = np.random.default_rng([SEED, 3])
days = 0.01 * rng.standard_t(4, size=(4000, 999)) / np.sqrt(2)  # 4000 histories, daily swing 1 %
bell_limits = days.mean(axis=1) + norm.ppf(0.01) * days.std(axis=1, ddof=1)
rank_limits = np.sort(days, axis=1)[:, 9]


def beaten(limits):
    """How often the next day falls below each limit, in truth."""
    return t.cdf(limits / 0.01 * np.sqrt(2), 4)


bell_rate, rank_rate = beaten(bell_limits).mean(), beaten(rank_limits).mean()
bell_exact = t.cdf(norm.ppf(0.01) * np.sqrt(2), 4)
print(f"normal limit beaten on {bell_rate:.2%} of days (with the true spread: {bell_exact:.2%})")
print(f"tenth worst of 999 beaten on {rank_rate:.2%} of days (exact: 1.00%)")

# %% risk-figure tags=["figure"]
losses = np.sort(-days.ravel())[::-1][::40] * 100
shares = np.arange(losses.size) * 40 / days.size + 1 / days.size
grid = np.linspace(1, 8, 200)

figure, axes = plt.subplots(figsize=(8, 3.6), layout="constrained")
axes.semilogy(losses, shares, ".", color=BLUE, markersize=4, label="simulated days")
axes.semilogy(grid, t.sf(grid * np.sqrt(2), 4), color=INK, linewidth=1, label="Student's t, exact")
axes.semilogy(grid, norm.sf(grid), "--", color=ORANGE, linewidth=2, label="bell curve")
axes.axhline(0.01, color=INK, linestyle=":")
axes.set(xlabel="loss of a day (%)", ylabel="share of days that lose more (log scale)", xlim=(1, 8),
         ylim=(1e-5, 0.2), title="The same variance, another tail")
axes.legend()
show(figure, "Share of days beyond a loss, log scale. Simulated days follow Student's t; the bell "
     "curve falls below them beyond two percent and is wrong by orders of magnitude at five.")

# %% option-idea [markdown]
# ## The price of an option does not ask where the stock is going
#
# A *call* pays $\max(S_T - K, 0)$: the right to buy at $K$. What is it worth? Surely more if the
# stock is expected to rise?
#
# Think of the seller. Each day she holds just as many shares as offset the option's next small
# move, and adjusts. What the option gains, her shares gain as well. Trend cancels out of the
# balance; only the swing remains, since it makes her buy high and sell low. Her cost is therefore
# the price, and Black, Scholes and Merton worked it out:
#
# $$C = S\,\Phi(d_1) - K e^{-rT}\,\Phi(d_2), \qquad
# d_{1,2} = \frac{\ln(S/K) + (r \pm \sigma^2/2)\,T}{\sigma\sqrt T}.$$
#
# There is no $\mu$ in it. We check this three times: by an identity, by simulating payoffs as if
# every stock grew at the safe rate, and by following the seller herself, with two stocks whose
# trends differ.

# %% option
def option(kind, spot, strike, swing, years, rate=RATE):
    """The Black-Scholes price of a call (kind 1) or a put (kind -1)."""
    width = swing * np.sqrt(years)
    near = (np.log(spot / strike) + (rate + swing**2 / 2) * years) / width
    paid = strike * np.exp(-rate * years) * norm.cdf(kind * (near - width))
    return kind * spot * norm.cdf(kind * near) - kind * paid


def shares_to_hold(spot, strike, swing, left, rate=RATE):
    """How many shares offset a small move of a call."""
    width = swing * np.sqrt(left)
    return norm.cdf((np.log(spot / strike) + (rate + swing**2 / 2) * left) / width)


call, put = (option(kind, 100, 105, 0.2, 1) for kind in (1, -1))
strikes, swings = np.meshgrid(np.linspace(60, 150, 19), np.linspace(0.05, 0.8, 16))
gap = option(1, 100, strikes, swings, 1) - option(-1, 100, strikes, swings, 1)
parity = np.max(np.abs(gap - (100 - strikes * np.exp(-RATE)))) / 100

ends = 100 * paths(np.random.default_rng([SEED, 4]), RATE, 0.2, 1, 200_000, 1)[:, 1]
payoffs = np.exp(-RATE) * np.maximum(ends - 105, 0)
standard_error = payoffs.std(ddof=1) / np.sqrt(payoffs.size)
errors_off = abs(payoffs.mean() - call) / standard_error
assert parity < 1e-12, "a call less a put is the stock less the discounted strike"
print(f"call: formula {call:.3f}, simulation {payoffs.mean():.3f} ± {standard_error:.3f}")

# %% hedge-figure tags=["figure"]
def hedging_cost(rng, trend, swing=0.2, count=3000, steps=252):
    """What it costs to sell a call at 105 and to offset it each day, in today's money."""
    stock = 100 * paths(rng, trend, swing, 1, count, steps)
    clock = np.arange(steps + 1) / steps
    today = stock * np.exp(-RATE * clock)
    held = shares_to_hold(stock[:, :-1], 105, swing, 1 - clock[:-1])
    gains = np.sum(held * np.diff(today, axis=1), axis=1)
    return np.exp(-RATE) * np.maximum(stock[:, -1] - 105, 0) - gains


costs = {trend: hedging_cost(np.random.default_rng([SEED, 5]), trend) for trend in (0.2, -0.2)}
figure, axes = plt.subplots(figsize=(8, 3.5), layout="constrained")
looks = {0.2: (BLUE, "the stock that rises", 4), -0.2: (ORANGE, "the stock that falls", 1.6)}
for trend, (colour, label, width) in looks.items():
    axes.hist(costs[trend], np.linspace(call - 2, call + 2, 81), histtype="step", color=colour,
              linewidth=width, label=label)
axes.axvline(call, color=INK, linestyle=":")
axes.text(call, axes.get_ylim()[1] * 1.02, f"formula: {call:.2f}", ha="center", color=INK)
axes.set(xlabel="what the seller's daily trades cost her (euros)", ylabel="histories (of 3000)")
axes.legend()
show(figure, "Histograms of the seller's hedging cost for a rising and for a falling stock. Both "
     f"centre on {call:.2f} euros, the price by the formula, which does not contain the trend.")
for trend, cost in costs.items():
    print(f"trend {trend:+.0%}: average cost {cost.mean():.2f}, formula {call:.2f}")

# %% backtest-idea [markdown]
# ## One missing day turns noise into a fortune
#
# Now the trap. Returns $r_t$ are independent, with mean zero: no rule can earn anything, and the
# true Sharpe ratio of *every* rule is 0. The rule looks at the last $L$ days, **including today**,
# because at today's close they are known:
#
# $$p_t = \operatorname{sign}(r_t + r_{t-1} + \dots + r_{t-L+1}).$$
#
# What it decides tonight earns *tomorrow's* return, $p_t\,r_{t+1}$. Write $p_t\,r_t$ instead, and
# each day's return helps to choose the position that is paid with it. How much is that worth? The
# correlation of $r_t$ with the sum is $1/\sqrt L$, and the mean size of a normal variable is
# $\sqrt{2/\pi}$:
#
# $$\text{Sharpe} = \sqrt{252}\;\frac{c}{\sqrt{1 - c^2}}, \qquad c = \sqrt{\frac{2}{\pi L}}.$$
#
# For $L = 5$ this is 6.06. So much does one day of foresight earn, from nothing.

# %% market
rng = np.random.default_rng([SEED, 6])
returns = 0.01 * rng.normal(size=YEARS * TRADING_DAYS)


def momentum(returns, window):
    """The position after each close: 1 after a rise over the window, -1 after a fall."""
    risen = np.convolve(returns, np.ones(window))[:returns.size]
    return np.sign(risen) * (np.arange(returns.size) >= window - 1)


def sharpe(earned):
    """Average over spread of the daily results, for a year."""
    return np.sqrt(TRADING_DAYS) * earned.mean() / earned.std(ddof=1)


assert returns.size == YEARS * TRADING_DAYS and np.isfinite(returns).all()
print(f"{YEARS} years of noise; buy and hold has the Sharpe ratio {sharpe(returns):.2f}")

# %% backtest
position = momentum(returns, WINDOW)
held = np.append(0, position[:-1])  # decided at last night's close
earned = held * returns
backtest_sharpe = sharpe(earned)
print(f"momentum over {WINDOW} days: Sharpe ratio {backtest_sharpe:.2f}")

# %% cheat
same_day = position * returns
cheat_sharpe = sharpe(same_day)


def foresight(window):
    """The Sharpe ratio that the same-day mistake makes out of noise."""
    share = np.sqrt(2 / np.pi / window)
    return np.sqrt(TRADING_DAYS) * share / np.sqrt(1 - share**2)


print(f"same-day mistake: {cheat_sharpe:.2f}, formula {foresight(WINDOW):.2f}; "
      f"as it is: {backtest_sharpe:.2f}")

# %% curves-figure tags=["figure"]
windows = np.array([1, 2, 3, 5, 8, 13, 21, 34, 55])
cheats = np.array([sharpe(momentum(returns, each) * returns) for each in windows])
honest = np.array([sharpe(momentum(returns, each)[:-1] * returns[1:]) for each in windows])
formula_gap = np.max(np.abs(cheats / foresight(windows) - 1))

figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4.1), layout="constrained")
time = np.arange(returns.size) / TRADING_DAYS
left.semilogy(time, np.cumprod(1 + same_day), "--", color=ORANGE, linewidth=2, label="same day")
left.semilogy(time, np.cumprod(1 + earned), color=BLUE, linewidth=2, label="next day")
left.set(xlabel="years", ylabel="wealth (log scale, start = 1)", title="One rule, one market")
left.legend(loc="upper left")
right.semilogx(windows, foresight(windows), ":", color=INK, label="formula")
right.semilogx(windows, cheats, "s", color=ORANGE, label="same day")
right.semilogx(windows, honest, "o", color=BLUE, label="next day")
right.fill_between(windows, -2 / np.sqrt(YEARS), 2 / np.sqrt(YEARS), color=BLUE, alpha=0.15,
                   linewidth=0)
right.set(xlabel="days that the rule looks back (log scale)", ylabel="yearly Sharpe ratio",
          title="What a day of foresight earns")
right.legend()
show(figure, "Left: on a log scale the same-day curve climbs steadily by many orders of magnitude, "
     "the next-day curve stays near 1. Right: same-day Sharpe ratios follow the formula.")

# %% backtest-read [markdown]
# **What just happened.** The two curves come from the same rule, the same prices and the same
# twenty years. They differ in one shift by one day. Nothing warned us: no error, no strange value,
# and a curve so smooth that one would love to believe it.
#
# That is the first alarm. Daily noise of 1 % cannot give a curve without bad months unless somebody
# knew the future. The second alarm is the right picture: foresight is worth most where the rule
# looks back least. A result that gets better and better as the window shrinks asks to be checked
# for a shift.
#
# The shift has many costumes: a price adjusted for splits that came later; a revised statistic that
# was published two months after its date; an index without the firms that went broke; a scaler
# fitted to the whole history. *For each number, ask at what hour it was known.*

# %% ex1-task [markdown]
# ## Three exercises, from a bad day to a hidden number
#
# Replace the `...` and run the check below it. Nothing else in this notebook uses your answers.
#
# ### ★ Exercise 1: how deep was the hole?
#
# The Sharpe ratio does not know the order of days; investors do. Write `deepest_fall(wealth)`: the
# largest fall from any earlier high, as a share of that high. For wealth 1, 2, 1.5, 3, 1.8 it is
# 0.4, from 3 to 1.8.
#
# <details><summary>Hint 1: a question</summary>Standing on a given day, with which past day does an
# unhappy investor compare?</details>
#
# <details><summary>Hint 2: the idea</summary>With the highest so far. You need that number for each
# day.</details>
#
# <details><summary>Hint 3: nearly code</summary><code>np.maximum.accumulate(wealth)</code> is the
# highest so far. One minus wealth over it is the fall of each day.</details>

# %% ex1 tags=["exercise"]
deepest_fall = ...  # replace this line by: def deepest_fall(wealth): …

# %% ex1-check tags=["self-check"]
def check_deepest_fall(answer):
    value = answer(np.array([1, 2, 1.5, 3, 1.8]))
    assert value is not None, "Did you forget to return the fall?"
    assert value >= 0, "Return the size of the fall, a positive share."
    assert not np.isclose(value, 1.2), "In euros it is 1.2. Return it as a share of the high."
    assert np.isclose(value, 0.4), f"From 3 to 1.8 is a fall of 0.4, not {value:.3g}."
    late_low = answer(np.array([1, 4, 2, 8, 6]))
    assert np.isclose(late_low, 0.5), "The deepest fall need not start at the highest high of all."
    rising = answer(np.array([1, 2, 3, 10]))
    assert np.isclose(rising, 0), "It only ever rose. A low counts only after the high."
    assert np.isclose(answer(np.array([5, 4, 4.5, 3])), 0.4), "The first day can be a high, too."


report("ex1", check_deepest_fall, deepest_fall)

# %% ex1-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def deepest_fall_solution(wealth):
    """Each day against the highest day so far."""
    return np.max(1 - wealth / np.maximum.accumulate(wealth))


report("ex1 solution", check_deepest_fall, deepest_fall_solution)

# %% ex2-task [markdown]
# ### ★★ Exercise 2: a backtest that can be trusted
#
# Write `net_results(position, returns, cost)`. `position[t]` was decided at the close of day `t`.
# Return the result of each day: what was held overnight earns the day's return, and each *change*
# of what is held costs `cost` times its size, on the day on which the new position starts to earn.
# Before the first decision nothing is held, so day 0 earns nothing.
#
# <details><summary>Hint 1: a question</summary>Which position earns the return of day 5? When was
# it decided?</details>
#
# <details><summary>Hint 2: the idea</summary>Shift the positions by one day and put a 0 in front.
# Costs depend on the difference between what is held on two days in a row.</details>
#
# <details><summary>Hint 3: nearly code</summary>With <code>held = np.append(0,
# position[:-1])</code>, the size of each change is <code>np.abs(np.diff(held,
# prepend=0))</code>.</details>

# %% ex2 tags=["exercise"]
net_results = ...  # replace this line by: def net_results(position, returns, cost): …

# %% ex2-check tags=["self-check"]
def check_net_results(answer):
    position, gains = np.array([1.0, 1, -1, -1, 0.5]), np.array([0.01, 0.02, 0.03, 0.04, 0.05])
    free = answer(position, gains, 0)
    assert free is not None, "Did you forget to return the results?"
    assert np.shape(free) == (5,), "Return one result for each day, the first included."
    assert not np.allclose(free, position * gains), "Look-ahead: tonight's position earns tomorrow."
    assert not np.allclose(free[:-1], position[1:] * gains[:-1]), "You shifted into the future."
    assert np.isclose(free[0], 0), "Before the first decision nothing is held. Does something wrap?"
    assert np.allclose(free, [0, 0.02, 0.03, -0.04, -0.05]), "Shift the positions by one day."
    paid = free - answer(position, gains, 0.001)
    assert np.all(paid > -1e-15), "Costs make the results smaller."
    assert not np.allclose(paid[1:], 0.001 * np.abs(np.append(0, position[:-1]))[1:]), (
        "You pay for holding. Only changes cost something.")
    assert not np.isclose(paid[3], 0.001), "From 1 to -1 two units change hands."
    assert np.allclose(paid, [0, 0.001, 0, 0.002, 0]), "Each change costs its size, when it starts."


report("ex2", check_net_results, net_results)

# %% ex2-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def net_results_solution(position, returns, cost):
    """Last night's position earns today's return, and changes cost something."""
    held = np.append(0, position[:-1])
    return held * returns - cost * np.abs(np.diff(held, prepend=0))


report("ex2 solution", check_net_results, net_results_solution)

# %% ex3-task [markdown]
# ### ★★★ Exercise 3: read the market's mind
#
# Of the five inputs of the formula only the swing cannot be looked up. So traders turn the formula
# round: which swing gives the price that is paid? Write `implied_swing(price, spot, strike, years)`
# for a **call**. `option(1, spot, strike, swing, years)` from above is all you need.
#
# **Then explore.** In a market after Black and Scholes all strikes would give the same swing. Price
# calls with strikes from 70 to 130 by simulating returns with Student's $t$ (four degrees of
# freedom) in place of the normal, then draw the implied swing against the strike. Why does it
# smile?
#
# <details><summary>Hint 1: a question</summary>Does a call become dearer or cheaper when the stock
# swings more? Can two swings give the same price?</details>
#
# <details><summary>Hint 2: the idea</summary>The price rises with the swing, so there is exactly
# one answer. Look for the point where formula minus price crosses zero.</details>
#
# <details><summary>Hint 3: nearly code</summary><code>brentq(lambda swing: option(1, spot, strike,
# swing, years) - price, low, high)</code>, with ends so far apart that no market is
# outside.</details>

# %% ex3 tags=["exercise"]
implied_swing = ...  # replace this line by: def implied_swing(price, spot, strike, years): …

# %% ex3-check tags=["self-check"]
def check_implied_swing(answer):
    middle = answer(option(1, 100, 100, 0.2, 1), 100, 100, 1)
    assert middle is not None, "Did you forget to return the swing?"
    assert not np.isclose(middle, 0.04, atol=1e-3), "That is the variance. The swing is its root."
    assert not np.isclose(middle, option(1, 100, 100, 0.2, 1) / 100 * np.sqrt(2 * np.pi)), (
        "The rule of thumb leaves out the interest. Turn the whole formula round.")
    wrong_side = brentq(lambda swing: option(-1, 100, 100, swing, 1) - option(1, 100, 100, 0.2, 1),
                        0.01, 2)
    assert not np.isclose(middle, wrong_side, atol=1e-4), "That is a put's swing. Price a call."
    assert np.isclose(middle, 0.2, atol=1e-4), f"It was made with 0.2, not {middle:.3f}."
    for swing, strike, years in [(0.35, 120, 0.5), (0.15, 90, 2), (0.25, 105, 0.25)]:
        found = answer(option(1, 100, strike, swing, years), 100, strike, years)
        assert np.isclose(found, swing, atol=1e-4), (
            f"Strike {strike}, {years} years: a swing of {swing} became {found:.3f}.")
    wild = answer(option(1, 100, 100, 1.5, 1), 100, 100, 1)
    assert np.isclose(wild, 1.5, atol=1e-3), "Some stocks swing by 150 % a year: search further."


report("ex3", check_implied_swing, implied_swing)

# %% ex3-solution tags=["solution", "hide-input"] jupyter={"source_hidden": true}
def implied_swing_solution(price, spot, strike, years):
    """The one swing at which the formula gives the price."""
    return brentq(lambda swing: option(1, spot, strike, swing, years) - price, 1e-3, 10)


report("ex3 solution", check_implied_swing, implied_swing_solution)

# %% break-it [markdown]
# ## Break it: try a thousand rules and keep the best
#
# Suppose that each backtest is honest, shifted and paid for. Then try a thousand rules. Each has a
# true Sharpe ratio of 0; measured on five years it strays by $1/\sqrt 5$. The best of $N$ strays
# further, and how far is known:
#
# $$\mathbb E[\max] \approx \frac{1}{\sqrt{\text{years}}}
# \Big((1 - \gamma)\,\Phi^{-1}\big(1 - \tfrac1N\big) +
# \gamma\,\Phi^{-1}\big(1 - \tfrac{1}{Ne}\big)\Big), \qquad \gamma = 0.577\ldots$$
#
# The winner looks splendid. Then the next five years come.

# %% break-it-search
rng = np.random.default_rng([SEED, 7])
rules, test_years = 1000, 5
size = test_years * TRADING_DAYS
found, later = [], []
for _ in range(20):  # twenty researchers, a thousand rules each
    found.append(max(sharpe(past) for past in rng.normal(size=(rules, size))))
    later.append(sharpe(rng.normal(size=size)))  # the winner's future: its past does not help

euler = np.euler_gamma
expected_best = ((1 - euler) * norm.isf(1 / rules) + euler * norm.isf(1 / rules / np.e)) / np.sqrt(
    test_years)
print(f"best of {rules} rules: {np.mean(found):.2f} on average, formula {expected_best:.2f}")
print(f"the same rules over the next {test_years} years: {np.mean(later):.2f}")

# %% final-check tags=["self-check"]
verdict("investors who lose (share)", f"{losers:.3f}", f"{losers_exact:.3f} ± 0.010",
        abs(losers - losers_exact) < 0.01)
verdict("best mix, own against the formula", abs(possible - formula) < 1e-12, "True to 1e-12",
        abs(possible - formula) < 1e-12)
verdict("delivered less than equal shares", f"{delivered.mean() - equal:.2f}", "< 0",
        delivered.mean() < equal)
verdict("normal limit is beaten (share of days)", f"{bell_rate:.4f}", f"{bell_exact:.4f} ± 0.0015",
        abs(bell_rate - bell_exact) < 0.0015)
verdict("tenth worst of 999 is beaten", f"{rank_rate:.4f}", "0.0100 ± 0.0003",
        abs(rank_rate - 0.01) < 0.0003)
verdict("call less put is stock less strike", parity < 1e-12, "True to 1e-12", parity < 1e-12)
verdict("simulated call, standard errors off", f"{errors_off:.1f}", "<= 3.0", errors_off <= 3)
for trend, cost in costs.items():
    verdict(f"hedging cost, trend {trend:+.0%}", f"{cost.mean():.2f}", f"{call:.2f} ± 0.06",
            abs(cost.mean() - call) < 0.06)
verdict("same-day Sharpe ratio, from pure noise", f"{cheat_sharpe:.2f}",
        f"{foresight(WINDOW):.2f} ± 0.6", abs(cheat_sharpe - foresight(WINDOW)) < 0.6)
verdict("next-day Sharpe ratio, same noise", f"{backtest_sharpe:.2f}", "0.0 ± 0.7",
        abs(backtest_sharpe) < 0.7)
verdict("best of a thousand rules", f"{np.mean(found):.2f}", f"{expected_best:.2f} ± 0.15",
        abs(np.mean(found) - expected_best) < 0.15)

# %% in-practice [markdown]
# ## In practice: a backtest is an experiment, and you are its subject
#
# **Before the run.** Write down the rule, the costs, the period, and how many variants you will
# try. Count all that you tried, also those you forgot. Keep the last years under lock until the
# end, and open the lock once.
#
# **Against look-ahead.** Give each row two times: when it happened and when it was *known*. Join on
# the second. Test the pipeline by destroying the future: replace all values after a date by
# nonsense, and the positions up to that date must not change. And feed it pure noise: any profit is
# a bug.
#
# **Limits of this lesson.** Real volatility clusters and jumps, so the square root of time fails;
# real orders move prices; correlations rise when it hurts. Real hedging has costs, and then the
# seller's balance depends on how often she trades.
#
# **Read on.** Options: [Black and Scholes, 1973](https://doi.org/10.1086/260062). Equal shares
# against optimal mixes: [DeMiguel, Garlappi and Uppal, 2009](https://doi.org/10.1093/rfs/hhm075).
# How the best of many backtests deceives: [Bailey and López de Prado,
# 2014](https://doi.org/10.3905/jpm.2014.40.5.094). Counting what was tried: [Harvey, Liu and Zhu,
# 2016](https://doi.org/10.1093/rfs/hhv059). Fat tails and other facts of real returns: [Cont,
# 2001](https://doi.org/10.1080/713665670).

# %% recap [markdown]
# ## Recap: at what hour was it known?
#
# - The average path is carried by a few. Half of all paths end below $e^{(\mu - \sigma^2/2)T}$.
# - An optimiser finds the errors of its inputs. Equal shares know nothing, and err less.
# - A limit from the bell curve breaks too often; a rank among past days keeps its promise exactly.
# - An option costs what it costs to offset it. The trend is not among the inputs.
# - A position earns the *next* return. One day of foresight makes a Sharpe ratio of 6 out of
#   nothing.
#
# **Spot the problem.** [A flawed notebook](../flawed/91_finance.ipynb) has found a rule that works.
# It runs from top to bottom. Mark what you would not invest in.
