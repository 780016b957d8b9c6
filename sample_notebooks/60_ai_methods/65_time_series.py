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
# # Forecasts that respect time
#
# A forecast may use everything up to now, and nothing after. That is easy to say. It is so easy to
# break that many published forecasts are better than any forecast can be.
#
# **Make a prediction before you read on.** Two teams forecast the electric load of the same town
# for the next 24 hours. Both have the same 30 weeks of hourly data.
#
# - Team A hides a tenth of the hours, drawn at random, and forecasts them from the rest. It does so
#   for each tenth. Its mean error is **3.6 MW**.
# - Team B walks through history. At each midnight it looks only at what lies behind, forecasts the
#   next 24 hours, and then waits for the truth. Its mean error is **10.7 MW**.
#
# 1. The control room buys the forecast of team A. Which error will it see: **3.6**, about **11**,
#    or **more than 12** MW?
# 2. The load was simulated, so we know the law behind it. How far below team B could a perfect
#    forecaster get, one who knows that law: to **0**, to about **3**, to about **11** MW?
#
# Write both answers down. The last experiment settles them.

# %% goals [markdown] tags=["goals"]
# ## Goals: you will build forecasts, and tests that they cannot cheat
#
# **You will do.** Take a series apart into trend, weekly profile and memory. Write two classic
# forecasters from scratch. Let them run through history without a glance ahead, next to the best
# error that is possible at all.
#
# **You will learn to**
#
# - decompose a series, and say which part of that sees the future;
# - read an autocorrelation function, and fit the memory of a series with the Yule–Walker equations;
# - smooth with Holt and Winters, and check it against a series that has no noise;
# - backtest from a rolling origin, with intervals that keep their promise;
# - recognise a score that is too good: one below the floor.
#
# **You will need** NumPy arrays, means and a little probability. If cross-validation is new to you,
# read [Is it really that good?](../40_practical_ml/42_validation.ipynb) first. No network, no GPU.
#
# **Time:** about 45 minutes. All cells together take about five seconds to run.

# %% setup tags=["setup"]
import base64
import html
import io
import json

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from scipy.linalg import solve_toeplitz, toeplitz
from sklearn.model_selection import KFold
from sklearn.neighbors import KNeighborsRegressor

# The figures bring their own pale card, so they read the same on a light and on a dark page.
PAPER, INK, BLUE, ORANGE, GREEN, GREY = (
    "#f7f4ee", "#22303c", "#1f5f8b", "#b3470f", "#3d7a4d", "#8b8f94")
plt.rcParams.update({
    "figure.facecolor": PAPER, "axes.facecolor": PAPER, "savefig.facecolor": PAPER,
    "text.color": INK, "axes.labelcolor": INK, "axes.edgecolor": INK, "legend.frameon": False,
    "xtick.color": INK, "ytick.color": INK, "axes.titlelocation": "left", "axes.titlesize": 10.5,
    "axes.spines.top": False, "axes.spines.right": False, "font.size": 9.5,
})

# %% parameters tags=["parameters"]
SEED = 65
DAY, WEEK = 24, 168  # hours
WEEKS, FIRST = 30, 12  # weeks in all, and before the first forecast that counts
HORIZON = 24  # hours ahead
SLOPE, PHI, SIGMA = 0.01, np.array([1.2, -0.35]), 6.0  # the law: MW per hour, memory, MW

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

# %% explore-helper tags=["setup", "hide-input"]
SLIDER = """<figure id="{key}" style="margin: 0">
<img style="max-width: 100%" alt="{alt}" src="{src}">
<figcaption hidden><label>{label} <input type="range" min="0" max="{last}" value="{start}">
</label> <output aria-live="polite">{position}</output></figcaption>
<script>{{const frames = {frames}, box = document.getElementById("{key}");
const [img, bar, input, out] = ["img", "figcaption", "input", "output"].map(
  name => box.querySelector(name));
input.oninput = () => {{[out.value, img.alt, img.src] = frames[input.value]}};
bar.hidden = false}}</script></figure>"""


def explore(frames, label, start=0):
    """Put figures, [(position, figure, alt), …], behind a slider that needs no kernel."""
    def encode(figure, kind, **options):
        figure.savefig(stream := io.BytesIO(), format=kind, pil_kwargs=options)
        return base64.b64encode(stream.getvalue()).decode()
    webp = [(f"{position}", alt, "data:image/webp;base64," + encode(figure, "webp", lossless=True))
            for position, figure, alt in frames]
    (position, alt, src), key = webp[start], "explore-" + label.lower().replace(" ", "-")
    page = SLIDER.format(key=key, alt=html.escape(alt), src=src, label=label, last=len(webp) - 1,
                         start=start, position=position, frames=json.dumps(webp))
    data = {"text/html": page, "image/png": encode(frames[start][1], "png"), "text/plain": alt}
    display(data, metadata={"image/png": {"alt": alt}}, raw=True)
    plt.close("all")

# %% data [markdown]
# ## Data: a town whose law we know
#
# With real data nobody knows the best possible forecast. So we simulate. The load of our town, in
# megawatts, is the sum of three things:
#
# $$y_t = \underbrace{500 + 0.01\, t}_{\text{trend}} + \underbrace{s_{t \bmod 168}}_{\text{week}} +
# \underbrace{x_t}_{\text{memory}}, \qquad x_t = 1.2\, x_{t-1} - 0.35\, x_{t-2} + \varepsilon_t .$$
#
# The weekly profile $s$ has its peaks in the morning and in the evening, and quiet weekends. The
# memory $x$ is an *autoregression*: a warm or a cold spell lasts some hours. Each hour brings one
# new shock $\varepsilon_t$ with a standard deviation of 6 MW, which nobody can foresee.
#
# It was all written for this lesson, so there is nothing to download. The text is yours under
# [CC-BY-4.0](https://creativecommons.org/licenses/by/4.0/), the code under the MIT licence.

# %% simulate
def weekly_profile():
    """The load of each hour of the week beyond the mean: two peaks a day, quiet weekends."""
    hour, weekend = np.arange(WEEK) % DAY, np.arange(WEEK) >= 5 * DAY
    profile = 60 * np.sin(2 * np.pi * (hour - 9) / DAY) + 25 * np.sin(4 * np.pi * (hour - 4) / DAY)
    profile -= 45 * weekend * (0.6 + 0.4 * np.cos(2 * np.pi * (hour - 13) / DAY))
    return profile - profile.mean()


def autoregression(size, rng, start=500):
    """A series with memory; its beginning is left out, so that it has forgotten where it began."""
    shocks = rng.normal(0, SIGMA, size + start)
    memory = np.zeros(size + start)
    for t in range(2, size + start):
        memory[t] = PHI @ memory[t - 2:t][::-1] + shocks[t]
    return memory[start:]


hours = np.arange(WEEKS * WEEK)
load = 500 + SLOPE * hours + np.tile(weekly_profile(), WEEKS)
load += autoregression(len(hours), np.random.default_rng(SEED))

# %% look tags=["figure"]
assert load.shape == (WEEKS * WEEK,) and np.isfinite(load).all(), "an hour is missing"
assert 300 < load.min() < load.max() < 800, "no town of this size uses so much or so little"

figure, panels = plt.subplots(2, 1, figsize=(9, 4.2), height_ratios=(1, 1.2))
panels[0].plot(hours / WEEK, load, color=BLUE, lw=0.4)
panels[0].axvspan(14, 16, color=ORANGE, alpha=0.25)
panels[0].set(title="30 weeks: a slow rise", xlabel="time (weeks)", ylabel="load (MW)")
two = slice(14 * WEEK, 16 * WEEK)
panels[1].plot(np.arange(2 * WEEK) / DAY, load[two], color=BLUE, lw=1.2)
for weekend in (5, 12):
    panels[1].axvspan(weekend, weekend + 2, color=GREY, alpha=0.2)
panels[1].set(title="Two of them: two peaks a day, quiet weekends (grey)", xlim=(0, 14),
              xlabel="time (days)", ylabel="load (MW)")
figure.tight_layout()
show(figure, "Hourly load of the town: over 30 weeks it rises slowly from about 500 to 550 "
     "megawatts; two weeks enlarged show two peaks each working day and lower weekends.")

# %% parts-idea [markdown]
# ## Take the series apart: what comes back each week, and what is left
#
# The recipe is a hundred years old. Three steps:
#
# 1. **Trend:** the mean over a whole week around each hour. Each hour of the week is in it once, so
#    the weekly profile cancels. A week has 168 hours, an even number, so the two hours at the ends
#    count half.
# 2. **Profile:** of what is left, the mean of all Monday 00:00, of all Monday 01:00, and so on.
# 3. **Remainder:** what is left then.
#
# $$\hat m_t = \tfrac{1}{168}\Bigl(\tfrac12 y_{t-84} + y_{t-83} + \dots
# + y_{t+83} + \tfrac12 y_{t+84}\Bigr)$$
#
# Mark the plus signs in the indices. This trend looks **84 hours into the future**. To describe the
# past, that is fine. To forecast, it is cheating, and we shall not do it below.

# %% decompose tags=["self-check"]
def decompose(load):
    """Trend, profile by hour of the week, and remainder; half a week is lost at each end."""
    weights = np.r_[0.5, np.ones(WEEK - 1), 0.5] / WEEK
    trend = np.convolve(load, weights, mode="valid")
    inner = np.arange(WEEK // 2, len(load) - WEEK // 2)
    rest = load[inner] - trend
    profile = np.array([rest[inner % WEEK == hour].mean() for hour in range(WEEK)])
    profile -= profile.mean()
    return inner, trend, profile, rest - profile[inner % WEEK]


inner, trend, profile, remainder = decompose(load)
slope = np.polyfit(inner, trend, 1)[0]
profile_error = np.sqrt(np.mean((profile - weekly_profile()) ** 2))
swing = np.ptp(weekly_profile())
print(f"slope of the trend  {slope:.4f} MW per hour, truly {SLOPE}")
print(f"error of the profile {profile_error:.1f} MW, where the profile swings by {swing:.0f} MW")

dummies = np.eye(WEEK)[inner % WEEK]
fitted = np.linalg.lstsq(dummies, load[inner] - trend, rcond=None)[0]
assert np.allclose(fitted - fitted.mean(), profile), "means by hour are least squares"

# %% parts-figure tags=["figure"]
figure, panels = plt.subplots(3, 1, figsize=(9, 5), sharex=True)
shown = slice(10 * WEEK, 13 * WEEK)
days = inner[shown] / DAY
truths = 500 + SLOPE * inner, weekly_profile()[inner % WEEK], None
parts = trend, profile[inner % WEEK], remainder
for axes, part, truth, title in zip(panels, parts, truths, ("trend", "profile", "remainder")):
    axes.plot(days, part[shown], color=BLUE, lw=1.3, label="estimated")
    if truth is not None:
        axes.plot(days, truth[shown], color=ORANGE, lw=1.3, ls=(0, (4, 2)), label="true")
    axes.set(ylabel=f"{title} (MW)")
panels[0].legend(ncols=2, loc="upper left")
panels[0].set(title="The parts of three weeks add up to the load", ylim=(505, 545))
panels[2].set(xlabel="time (days)")
figure.tight_layout()
show(figure, "Trend, profile and remainder of three weeks. The estimated profile lies on the true "
     "one; the trend wavers a few megawatts around the true line; the remainder wanders slowly.")

# %% memory-idea [markdown]
# ### What just happened
#
# The profile is right to a few megawatts. The remainder has no pattern that returns. Yet it is not
# pure chance: it wanders. Where it is high, it was high an hour before.
#
# ## The remainder remembers: autocorrelation
#
# How much does an hour tell about the hour $k$ hours later? The **autocorrelation** says it, a
# number between −1 and 1:
#
# $$\hat\rho_k = \frac{\sum_{t} (x_t - \bar x)(x_{t+k} - \bar x)}{\sum_t (x_t - \bar x)^2}$$
#
# For pure chance and $n$ values, about 95 % of these lie within $\pm 1.96 / \sqrt n$. For our law
# the true values are known: $\rho_1 = \varphi_1 / (1 - \varphi_2)$, and from then on $\rho_k =
# \varphi_1 \rho_{k-1} + \varphi_2 \rho_{k-2}$, the same rule that makes the series.
#
# **Predict.** Three pictures follow: the autocorrelation of the load, of the remainder, and of the
# shocks. Which one shows waves, which one falls, and which one shows nothing?

# %% acf tags=["self-check"]
def acf(series, lags):
    """Autocorrelations at the lags 0, 1, … up to `lags`."""
    x = series - series.mean()
    return np.array([x[:len(x) - lag] @ x[lag:] for lag in range(lags + 1)]) / (x @ x)


def true_acf(lags):
    """The autocorrelations that the law of the town implies."""
    rho = [1.0, PHI[0] / (1 - PHI[1])]
    for _ in range(lags - 1):
        rho.append(PHI @ rho[-1:-3:-1])
    return np.array(rho)


centred = remainder - remainder.mean()
library = np.correlate(centred, centred, mode="full")[len(centred) - 1:][:WEEK + 1]
assert np.allclose(acf(remainder, WEEK), library / library[0]), "NumPy says the same"
shocks = remainder[2:] - PHI[0] * remainder[1:-1] - PHI[1] * remainder[:-2]
band = 1.96 / np.sqrt(len(shocks))
outside = np.mean(np.abs(acf(shocks, 48)[1:]) > band)
print("true     ", true_acf(4).round(2))
print("remainder", acf(remainder, 4).round(2))
print(f"shocks: {outside:.0%} of 48 lags outside the band, where chance alone gives 5%")

# %% acf-figure tags=["figure"]
figure, panels = plt.subplots(1, 3, figsize=(9.6, 3.2), sharey=True)
for axes, series, title, lags in zip(panels, (load, remainder, shocks),
                                     ("load", "remainder", "shocks"), (WEEK, 48, 48)):
    values = acf(series, lags)
    axes.axhspan(-band, band, color=GREY, alpha=0.3)
    axes.vlines(range(lags + 1), 0, values, color=BLUE, lw=1)
    axes.axhline(0, color=INK, lw=0.8)
    axes.set(title=title, xlabel="lag (hours)", xticks=range(0, lags + 1, DAY))
    axes.tick_params(axis="x", labelrotation=60)
panels[1].plot(true_acf(48), color=ORANGE, ls=(0, (3, 2)), lw=1.5, label="true law")
panels[1].legend()
panels[0].set(ylabel="autocorrelation")
figure.tight_layout()
show(figure, "Autocorrelation of the load: waves with a period of a day. Of the remainder: a fall "
     "to zero in twelve hours, along the true law. Of the shocks: nothing beyond the grey band.")

# %% yw-idea [markdown]
# ### What just happened
#
# The load has waves of a day and of a week, which say nothing about memory: that is why the profile
# had to go first. The remainder forgets within half a day, nearly along the true law. It falls a
# little too fast and dips below zero, because the moving trend has swallowed some of what is slow.
# And the shocks have no memory left. When the remainder of a model looks like that, there is
# nothing more to find.
#
# ## Two numbers hold the memory: Yule and Walker
#
# How do we find $\varphi_1$ and $\varphi_2$ when only the series is known? Multiply the law by
# $x_{t-1}$ and by $x_{t-2}$, take means, and the shocks drop out, because they do not know the
# past:
#
# $$\begin{pmatrix} 1 & \rho_1 \\ \rho_1 & 1 \end{pmatrix}
# \begin{pmatrix} \varphi_1 \\ \varphi_2 \end{pmatrix} =
# \begin{pmatrix} \rho_1 \\ \rho_2 \end{pmatrix}$$
#
# These are the **Yule–Walker equations**. Put the estimated $\hat\rho_k$ in, and solve.
#
# **The floor.** The law also says how well *anybody* can forecast. A shock of today is still there
# $k$ hours later with weight $\psi_k$, where $\psi_0 = 1$ and $\psi_k = \varphi_1 \psi_{k-1} +
# \varphi_2 \psi_{k-2}$. Somebody who knows the whole law and the whole past still misses the shocks
# to come. So the error $h$ hours ahead has at least the standard deviation
#
# $$\sigma_h = \sigma \sqrt{\psi_0^2 + \psi_1^2 + \dots + \psi_{h-1}^2} .$$
#
# No model, no amount of data and no computer gets below it.

# %% yule-walker tags=["self-check"]
def yule_walker(series, order):
    """The coefficients of an autoregression, and the standard deviation of its shocks."""
    rho = acf(series, order)
    matrix = np.array([[rho[abs(i - j)] for j in range(order)] for i in range(order)])
    phi = np.linalg.solve(matrix, rho[1:])
    return phi, np.sqrt(series.var() * (1 - phi @ rho[1:]))


rho = acf(remainder, 2)
assert np.allclose(yule_walker(remainder, 2)[0], solve_toeplitz(rho[:2], rho[1:])), "SciPy agrees"
phi, sigma = yule_walker(remainder, 2)
deviation = np.abs(phi - PHI).max()
expected = np.sqrt((1 - PHI[1] ** 2) / len(remainder))
print(f"memory {phi.round(3)}, truly {PHI}    shocks {sigma:.2f} MW, truly {SIGMA}")
print(f"largest deviation {deviation:.3f}, standard error in theory {expected:.3f}")

# %% floor
def shock_weights(phi, horizon):
    """How much of a shock is left after 0, 1, … hours."""
    weights = [1.0]
    for hour in range(1, horizon):
        weights.append(sum(phi[lag] * weights[hour - 1 - lag]
                           for lag in range(min(len(phi), hour))))
    return np.array(weights)


def spread(phi, sigma, horizon):
    """The standard deviation of the error 1, 2, … hours ahead."""
    return sigma * np.sqrt(np.cumsum(shock_weights(phi, horizon) ** 2))


floor = np.sqrt(2 / np.pi) * spread(PHI, SIGMA, HORIZON)  # mean absolute error of a normal error
for ahead in (1, 2, 6, 24):
    print(f"{ahead:2} hours ahead nobody gets below a mean error of {floor[ahead - 1]:5.2f} MW")

# %% hw-idea [markdown]
# ## Smoothing forgets slowly: Holt and Winters
#
# The other classic has no law at all. It keeps a level $\ell$, a slope $b$ and 168 seasonal values
# $s$, and after each hour it moves all of them a little towards what it saw:
#
# $$\begin{aligned}
# \ell_t &= \alpha\,(y_t - s_{t-168}) + (1-\alpha)(\ell_{t-1} + b_{t-1}) \\
# b_t &= \beta\,(\ell_t - \ell_{t-1}) + (1-\beta)\, b_{t-1} \\
# s_t &= \gamma\,(y_t - \ell_t) + (1-\gamma)\, s_{t-168}
# \end{aligned}$$
#
# The forecast for $h$ hours ahead is $\ell_t + h\, b_t + s_{t+h-168}$. With $\alpha$ near 0 it
# hardly learns, with $\alpha$ near 1 it believes every whim.
#
# How do you test such a recursion? Give it a series without noise: a straight line and a profile.
# Then the forecast must be exact, whatever the three numbers are. And how do you choose the three
# numbers? On the first twelve weeks **only**. What comes later is for the exam.

# %% holt-winters
def holt_winters(load, rates, origins):
    """Forecasts for HORIZON hours, {origin: forecast}, each from what lies before its origin."""
    (alpha, beta, gamma), first = rates, load[:WEEK]
    slope = (load[WEEK:2 * WEEK].mean() - first.mean()) / WEEK
    season = first - first.mean() - slope * (np.arange(WEEK) - (WEEK - 1) / 2)
    level, forecasts, ahead = first.mean() + slope * (WEEK - 1) / 2, {}, np.arange(HORIZON)
    for t in range(WEEK, len(load) + 1):
        if t in origins:
            forecasts[t] = level + slope * (ahead + 1) + season[(t + ahead) % WEEK]
        if t < len(load):
            before, hour = level, t % WEEK
            level = alpha * (load[t] - season[hour]) + (1 - alpha) * (level + slope)
            slope = beta * (level - before) + (1 - beta) * slope
            season[hour] = gamma * (load[t] - level) + (1 - gamma) * season[hour]
    return forecasts

# %% tune tags=["self-check"]
quiet = 500 + SLOPE * hours + np.tile(weekly_profile(), WEEKS)
for rates in [(0.1, 0.01, 0.1), (0.9, 0.5, 0.3)]:
    (origin, exact), = holt_winters(quiet, rates, {20 * WEEK}).items()
    assert np.allclose(exact, quiet[origin:origin + HORIZON]), "without noise it must be exact"

past = load[:FIRST * WEEK]
trials = range(4 * WEEK, FIRST * WEEK - HORIZON + 1, DAY)


def trial_error(rates):
    """The mean absolute error of a day ahead, within the first weeks."""
    forecasts = holt_winters(past, rates, trials)
    return np.mean([np.abs(past[t:t + HORIZON] - forecasts[t]).mean() for t in trials])


grid = [(alpha, beta, gamma) for alpha in (0.005, 0.01, 0.02, 0.1)
        for beta in (0.0, 0.001) for gamma in (0.1, 0.2, 0.3, 0.5)]
RATES = min(grid, key=trial_error)
print(f"chosen on the first {FIRST} weeks: alpha {RATES[0]}, beta {RATES[1]}, gamma {RATES[2]}")

# %% roll-idea [markdown]
# ## The rolling origin: an exam that cannot be cheated
#
# Put yourself at midnight after twelve weeks. Everything behind you is known, nothing before you.
# Forecast 24 hours. Then move on by a day, learn what happened, and forecast again. That gives 126
# exams, each with its own past. A forecaster is a function of that past alone, so it *cannot* look
# ahead: the code does not give it anything to look at.
#
# Four forecasters take the exam:
#
# - **last hour:** as it is now, so it will be;
# - **last week:** as it was a week ago;
# - **Holt–Winters**, with the rates that the first weeks chose;
# - **profile and memory:** a straight line, a weekly profile, and Yule–Walker on what is left, all
#   fitted anew at each origin, on the past.
#
# Errors are easier to judge in units of a simple rival. The **mean absolute scaled error** (MASE)
# divides by what *last week* gets wrong within the first twelve weeks. Below 1 is better than that.

# %% methods
def fit(history):
    """Line, profile and memory of what is known: a forecast without memory, and the remainder."""
    weeks = history[len(history) % WEEK:].reshape(-1, WEEK)
    middles = len(history) % WEEK + WEEK * np.arange(len(weeks)) + (WEEK - 1) / 2
    line = np.polynomial.Polynomial.fit(middles, weeks.mean(axis=1), 1)
    time = np.arange(len(history))
    rest = history - line(time)
    profile = np.array([rest[hour::WEEK].mean() for hour in range(WEEK)])
    ahead = np.arange(len(history), len(history) + HORIZON)
    return line(ahead) + profile[ahead % WEEK], rest - profile[time % WEEK]


def profile_and_memory(history):
    """The forecast for the next hours, and the standard deviation of its error."""
    base, rest = fit(history)
    phi, sigma = yule_walker(rest, 2)
    memory = list(rest[-2:])
    for _ in range(HORIZON):
        memory.append(phi @ memory[-1:-3:-1])
    return base + memory[2:], spread(phi, sigma, HORIZON)

# %% backtest tags=["self-check"]
ORIGINS = range(FIRST * WEEK, len(load) - HORIZON + 1, DAY)
smoothed = holt_winters(load, RATES, ORIGINS)
METHODS = {
    "last hour": lambda history: np.full(HORIZON, history[-1]),
    "last week": lambda history: history[-WEEK:][:HORIZON],
    "Holt–Winters": lambda history: smoothed[len(history)],
    "profile and memory": lambda history: profile_and_memory(history)[0],
}


def backtest(method):
    """The errors of a method, one row for each origin; it sees what lies before the origin."""
    return np.array([load[t:t + HORIZON] - method(load[:t]) for t in ORIGINS])


scale = np.abs(past[WEEK:] - past[:-WEEK]).mean()
errors = {name: backtest(method) for name, method in METHODS.items()}
mase = {name: np.abs(error).mean() / scale for name, error in errors.items()}
for name, error in errors.items():
    print(f"{name:20} {np.abs(error).mean():5.1f} MW   MASE {mase[name]:.2f}")
print(f"{'the floor':20} {floor.mean():5.1f} MW   MASE {floor.mean() / scale:.2f}")

# %% horizon-figure tags=["figure"]
figure, axes = plt.subplots(figsize=(8, 4.2))
ahead = np.arange(1, HORIZON + 1)
axes.fill_between(ahead, 0, floor, color=GREY, alpha=0.25, lw=0)
axes.plot(ahead, floor, color=INK, lw=1, label="floor: nobody gets below")
styles = zip(["last hour", "last week", "Holt–Winters", "profile and memory"],
             [GREY, GREEN, ORANGE, BLUE], ["s", "^", "D", "o"])
for name, colour, marker in styles:
    axes.plot(ahead, np.abs(errors[name]).mean(axis=0), color=colour, marker=marker, ms=4, lw=1.2,
              label=name)
axes.set(ylim=(0, 30), xlim=(1, 24), xlabel="hours ahead", ylabel="mean absolute error (MW)",
         title="One method comes close to the best that is possible, at every horizon",
         xticks=[1, 6, 12, 18, 24])
axes.text(20, 4, "impossible", ha="center", color=INK)
axes.legend(loc="upper left", bbox_to_anchor=(1, 1))
figure.tight_layout()
share = np.abs(errors["profile and memory"]).mean() / floor.mean()
show(figure, "Mean error against hours ahead. Profile and memory runs along the floor from 5 to 12 "
     f"megawatts, {share - 1:.0%} above it; Holt–Winters and last week are flat and higher; last "
     "hour leaves the picture.")

# %% fan tags=["figure", "interactive"]
def draw_fan(origin):
    """Two days before an origin, the forecast with its 90 % band, and what then happened."""
    mean, width = profile_and_memory(load[:origin])
    figure, axes = plt.subplots(figsize=(8, 3.3))
    before, after = np.arange(origin - 48, origin), np.arange(origin, origin + HORIZON)
    for reach, alpha in ((1.645, 0.22), (0.674, 0.35)):
        axes.fill_between(after / DAY, mean - reach * width, mean + reach * width, color=BLUE,
                          alpha=alpha, lw=0, label=f"{0.9 if reach > 1 else 0.5:.0%} of cases")
    axes.plot(after / DAY, mean, color=BLUE, lw=1.5, label="forecast")
    axes.plot(before / DAY, load[before], color=INK, lw=1.2, label="known")
    axes.plot(after / DAY, load[after], "o", color=ORANGE, ms=4, label="what happened")
    axes.axvline(origin / DAY, color=INK, lw=0.8, ls=":")
    axes.set(ylim=(400, 700), xlim=(origin / DAY - 2, origin / DAY + 1), xlabel="time (days)",
             ylabel="load (MW)", title=f"Midnight of day {origin // DAY}: the past is fixed")
    axes.legend(ncols=3, loc="upper left", fontsize=8)
    figure.tight_layout()
    inside = np.mean(np.abs(load[after] - mean) < 1.645 * width)
    return figure, (f"Fan chart from midnight of day {origin // DAY}: two known days, a forecast "
                    f"of 24 hours, and a band that holds {inside:.0%} of what happened then.")


explore([(f"day {t // DAY}", *draw_fan(t)) for t in ORIGINS[60:67]], "Origin of the forecast")

# %% coverage [markdown]
# ### What just happened
#
# Move the slider, and midnight moves through a week. The fan opens quickly: after some twelve hours
# it is as wide as it gets, because the memory is used up. From then on only line and profile help.
#
# The method comes within a few per cent of the floor. (The floor is an expectation. Over 126 exams
# a mean may by luck lie a little below it, and at some horizons it does.) That is as much as
# anybody can do, and it is why a promise of *much* better must be wrong. Note what Holt–Winters
# lacks: it has a level and a profile but no memory of hours, so its error hardly depends on how far
# ahead it looks.
#
# A band of 90 % makes a promise, too. It is kept if 90 % of all hours fall into it. Ours holds a
# little less, because the method does not know that its own numbers are estimates. The final check
# counts.

# %% ex1-task [markdown]
# ## Three exercises, from a nudge to a small discovery
#
# Replace each `...` and run the check below it. Nothing else in this notebook uses your answers, so
# *Run all* works at every moment.
#
# ### ★ Exercise 1: an error without a unit
#
# Write `scaled_error(actual, forecast, history, period)`, the MASE: the mean absolute error of the
# forecast, divided by the mean absolute error that *the value one period ago* makes within the
# history.
#
# <details><summary>Hint 1: a question</summary>Why would it be unfair to take the scale from the
# hours that are to be forecast?</details>
#
# <details><summary>Hint 2: the idea</summary>With arrays, <code>history[period:]</code> is each
# value, and <code>history[:-period]</code> the one a period before it.</details>
#
# <details><summary>Hint 3: nearly code</summary>The mean of <code>np.abs(actual - forecast)</code>
# over the mean of <code>np.abs(history[period:] - history[:-period])</code>.</details>

# %% ex1 tags=["exercise"]
scaled_error = ...  # replace this line by: def scaled_error(actual, forecast, history, period): …

# %% ex1-check tags=["self-check"]
def check_scaled_error(answer):
    history, actual = np.array([0.0, 5, 2, 7, 4, 9, 6, 11]), np.array([10.0, 12, 40])
    forecast = np.array([11.0, 10, 43])
    got = answer(actual, forecast, history, 2)
    assert got is not None, "Did you forget to return the number?"
    assert np.ndim(got) == 0, "One number for all hours: take the mean."
    assert not np.isclose(got, 1 / 3), "Errors of both signs must not cancel: take absolute values."
    assert not np.isclose(got, 14 / 29), "Compare with the value one period ago, not with the last."
    assert not np.isclose(got, 2 / 30), "The scale comes from the history, not from the exam."
    assert not np.isclose(got, np.sqrt(14 / 3) / 2), "No squares: absolute errors."
    assert np.isclose(got, 1.0), f"Errors of 1, 2 and 3 against a scale of 2 are 1, not {got}."
    rng = np.random.default_rng(SEED)
    for period in (1, 3, 24):
        history, actual, forecast = rng.normal(size=96), rng.normal(size=5), rng.normal(size=5)
        expected = np.abs(actual - forecast).mean() / np.mean(
            [abs(history[t] - history[t - period]) for t in range(period, 96)])
        assert np.isclose(answer(actual, forecast, history, period), expected), (
            f"For a period of {period} it should be {expected:.3f}.")


report("ex1", check_scaled_error, scaled_error)

# %% ex1-solution jupyter={"source_hidden": true} tags=["solution", "hide-input"]
def scaled_error_solution(actual, forecast, history, period):
    """The error in units of what the value one period ago gets wrong."""
    naive = np.abs(history[period:] - history[:-period]).mean()
    return np.abs(actual - forecast).mean() / naive


report("ex1 solution", check_scaled_error, scaled_error_solution)

# %% ex2-task [markdown]
# ### ★★ Exercise 2: the readings arrive late
#
# In the real town, meter readings arrive with a delay. At midnight nobody knows what happened at
# 23:00. Write `exams(size, first, horizon, delay)`. It returns a list of pairs `(train, test)` of
# ranges of hours. The first test begins at hour `first`, each has `horizon` hours, and they follow
# one another to the end of the series. The training part holds **all** that has arrived when the
# test begins.
#
# <details><summary>Hint 1: a question</summary>A test begins at hour 40, the delay is 5. Which is
# the last hour that you have?</details>
#
# <details><summary>Hint 2: the idea</summary>The starts of the tests are a range with the step
# <code>horizon</code>. The delay shortens the past and leaves the test where it is.</details>
#
# <details><summary>Hint 3: nearly code</summary>For each start in <code>range(first, size - horizon
# + 1, horizon)</code>: train on <code>range(start - delay)</code>.</details>

# %% ex2 tags=["exercise"]
exams = ...  # replace this line by: def exams(size, first, horizon, delay): …

# %% ex2-check tags=["self-check"]
def check_exams(answer):
    found = answer(100, 40, 20, 0)
    assert found is not None, "Did you forget to return the list?"
    found = [(list(train), list(test)) for train, test in found]
    assert all(test[0] not in train for train, test in found), "A training part holds its test."
    assert found[0][0] == list(range(40)), "The first training part is the hours 0 to 39."
    assert len(found) == 3, "Hours 40 to 99 hold three tests of 20 hours."
    assert found[1][0] == list(range(60)), "The past grows: throw nothing away that has arrived."
    assert len(list(answer(115, 40, 20, 0))) == 3, "A test that does not fit in whole is none."
    for size, first, horizon, delay in [(100, 40, 20, 5), (200, 50, 24, 1), (90, 30, 30, 12)]:
        late = [(list(train), list(test)) for train, test in answer(size, first, horizon, delay)]
        starts = list(range(first, size - horizon + 1, horizon))
        assert [test[0] for _, test in late] == starts, "A delay does not move the tests."
        assert all(len(test) == horizon for _, test in late), "Each test keeps its full length."
        right = [list(range(start - delay)) for start in starts]
        assert [train for train, _ in late] == right, (
            f"With a delay of {delay}, the last {delay} hours before a test have not arrived.")


report("ex2", check_exams, exams)

# %% ex2-solution jupyter={"source_hidden": true} tags=["solution", "hide-input"]
def exams_solution(size, first, horizon, delay):
    """Tests one after another; each learns from what has arrived when it begins."""
    return [(range(start - delay), range(start, start + horizon))
            for start in range(first, size - horizon + 1, horizon)]


report("ex2 solution", check_exams, exams_solution)

# %% ex3-task [markdown]
# ### ★★★ Exercise 3: how long is the memory?
#
# We knew that two numbers hold the memory. With real data you must find out. The tool is the
# **partial autocorrelation**: at lag $k$ it is the *last* coefficient of an autoregression of order
# $k$. It says what the hour $k$ hours ago adds, once all hours in between are known.
#
# Write `partial_acf(rho)`. It takes autocorrelations at the lags 0, 1, …, p, and returns a list of
# p numbers, for the lags 1 to p.
#
# **Then explore.** Where does it stop for the remainder of our town? And what if the series were a
# mean of neighbouring shocks instead? The check knows such a case: there it never stops. That is
# how the two kinds of memory are told apart.
#
# <details><summary>Hint 1: a question</summary>For the order 1, what do the Yule–Walker equations
# say? </details>
#
# <details><summary>Hint 2: the idea</summary>Solve the equations anew for each order 1, 2, …, p,
# and keep one number of each solution.</details>
#
# <details><summary>Hint 3: nearly code</summary>For each order: <code>np.linalg.solve(toeplitz(
# rho[:order]), rho[1:order + 1])[-1]</code>.</details>

# %% ex3 tags=["exercise"]
partial_acf = ...  # replace this line by: def partial_acf(rho): …

# %% ex3-check tags=["self-check"]
def check_partial_acf(answer):
    fading = 0.7 ** np.arange(5)
    got = answer(fading)
    assert got is not None, "Did you forget to return the list?"
    assert len(got) == 4, "Four lags, 1 to 4, for five autocorrelations: lag 0 has none."
    assert not np.allclose(got, fading[1:]), "These are the autocorrelations themselves."
    assert not np.allclose(got, 0.7), "Of each solution keep the last coefficient."
    assert np.allclose(got, [0.7, 0, 0, 0]), f"One hour of memory: 0.7, then nothing. Not {got}"
    for phi in ([1.2, -0.35], [0.3, 0.5]):
        rho = [1.0, phi[0] / (1 - phi[1])]
        for _ in range(4):
            rho.append(phi[0] * rho[-1] + phi[1] * rho[-2])
        got = answer(np.array(rho))
        assert not np.allclose(got[:2], phi), "Each order needs a solution of its own."
        assert np.allclose(got, [rho[1], phi[1], 0, 0, 0]), f"Two hours of memory: {rho[1]:.2f}, "\
            f"{phi[1]}, then nothing."
    mean = np.array([1.0, 0.4, 0.0, 0.0, 0.0])
    theory = [-(-0.5) ** k * 0.75 / (1 - 0.25 ** (k + 1)) for k in range(1, 5)]
    assert np.allclose(answer(mean), theory), "A mean of two shocks: it fades and never stops."


report("ex3", check_partial_acf, partial_acf)

# %% ex3-solution jupyter={"source_hidden": true} tags=["solution", "hide-input"]
def partial_acf_solution(rho):
    """The last coefficient of the Yule–Walker equations, order by order."""
    return [float(np.linalg.solve(toeplitz(rho[:order]), rho[1:order + 1])[-1])
            for order in range(1, len(rho))]


report("ex3 solution", check_partial_acf, partial_acf_solution)
print("remainder:", np.round(partial_acf_solution(acf(remainder, 6)), 2), f"band ±{band:.2f}")

# %% break-it [markdown]
# ## Break it: shuffle the hours, and beat the impossible
#
# Now team A. It takes the same line and profile, and forecasts the remainder with the simplest of
# all learning machines: the mean of the two nearest hours that it knows. It tests by
# cross-validation, as everybody learns it: ten parts, shuffled.
#
# Then the control room gets the same machine, and uses it as forecasts are used: at midnight, for
# the 24 hours that come. Fetch your predictions from the top of the page.

# %% shuffle
neighbours, rest = KNeighborsRegressor(n_neighbors=2), fit(load)[1]
claims = []
for known, hidden in KFold(10, shuffle=True, random_state=SEED).split(rest):
    neighbours.fit(hours[known, None], rest[known])
    claims.append(np.abs(rest[hidden] - neighbours.predict(hours[hidden, None])).mean())


def team_a(history):
    """The same machine, used in time."""
    base, rest = fit(history)
    neighbours.fit(np.arange(len(rest))[:, None], rest)
    return base + neighbours.predict(len(rest) + np.arange(HORIZON)[:, None])


claimed, delivered = np.mean(claims), np.abs(backtest(team_a)).mean()
between = np.sqrt(2 / np.pi) * SIGMA / np.sqrt(1 + PHI @ PHI)
print(f"team A claims    {claimed:5.1f} MW\nteam A delivers  {delivered:5.1f} MW")
print(f"nobody forecasts a day with less than      {floor.mean():5.1f} MW")
print(f"nobody fills a gap of one hour with less than {between:.1f} MW")

# %% shuffle-figure tags=["figure"]
figure, axes = plt.subplots(figsize=(8, 2.9))
team_b = np.abs(errors["profile and memory"]).mean()
bars = {"team A, as claimed": (claimed, ORANGE, "////"),
        "team A, as delivered": (delivered, ORANGE, None),
        "team B: profile and memory": (team_b, BLUE, None)}
for row, (name, (value, colour, hatch)) in enumerate(bars.items()):
    axes.barh(row, value, color=colour, hatch=hatch, edgecolor=PAPER, height=0.6)
    axes.text(value + 0.2, row, f"{value:.1f}", va="center", color=INK)
for place, text in [(between, "floor for filling gaps"), (floor.mean(), "floor for a day ahead")]:
    axes.axvline(place, color=INK, ls="--", lw=1)
    axes.text(place + 0.1, -0.55, text, fontsize=8.5)
axes.set(xlabel="mean absolute error (MW)", ylim=(2.5, -0.8), xlim=(0, 18))
axes.set_yticks(range(3), bars)
axes.set_title("A score below the floor answers another question")
figure.tight_layout()
show(figure, f"Team A claims {claimed:.1f} megawatts, far below the floor of {floor.mean():.1f} "
     f"for a day ahead, and delivers {delivered:.1f}; team B delivers {team_b:.1f}, near the floor.")

# %% final-check tags=["self-check"]
fans = [profile_and_memory(load[:t]) for t in ORIGINS]
kept = np.mean([np.abs(load[t:t + HORIZON] - mean) < 1.645 * width
                for t, (mean, width) in zip(ORIGINS, fans)])
best, naive = mase["profile and memory"], mase["last week"]
verdict("slope of the trend (MW per hour)", f"{slope:.4f}", "0.01 ± 0.002",
        abs(slope - SLOPE) < 0.002)
verdict("error of the profile (MW)", f"{profile_error:.1f}", "at most 4", profile_error <= 4)
verdict("largest error of the memory", f"{deviation:.3f}", "at most 0.05", deviation <= 0.05)
verdict("MASE of profile and memory", f"{best:.2f}", "below 0.8", best < 0.8)
verdict("MASE of Holt–Winters, against last week", f"{mase['Holt–Winters']:.2f}",
        f"below {naive:.2f}", mase["Holt–Winters"] < naive)
verdict("error as a share of the floor", f"{share:.0%}", "95 to 110 %", 0.95 <= share <= 1.10)
verdict("hours inside the 90 % band", f"{kept:.0%}", "86 to 94 %", 0.86 <= kept <= 0.94)
verdict("team A's claim as a share of the floor", f"{claimed / floor.mean():.0%}", "below 50 %",
        claimed < 0.5 * floor.mean())
verdict("what team A delivers, as a share", f"{delivered / floor.mean():.0%}", "above 110 %",
        delivered > 1.1 * floor.mean())

# %% in-practice [markdown]
# ## In practice: split by time, and know what was known when
#
# **What just happened?** Team A answered another question. With both neighbours at hand it does not
# forecast, it fills gaps, and gaps have a floor of their own: here 3.0 MW. The machine is not to
# blame, nor is cross-validation. The shuffle is, because it lets tomorrow teach yesterday.
#
# - **With scikit-learn**, `TimeSeriesSplit(n_splits, test_size=…, gap=…)` gives rolling origins;
#   `gap` is the delay of exercise 2. Whatever is fitted (scalers, profiles, rates) belongs inside
#   the fold.
# - **The silent leaks** are features: centred means, totals of the day, weather that was *measured*
#   where only a forecast was known. Ask of each column: at which hour did this number exist?
# - **Real data have no known floor.** Then look for the signs: an error that does not grow with the
#   horizon, or a gain that vanishes when a gap is left before the test.
# - **What our method cannot do:** holidays, a change of level, more than one memory. Libraries such
#   as statsmodels have the full families, with better intervals.
#
# nbcoach finds some leaks by itself: preparation that saw the test rows (NB801, NB802).
#
# **Read on.** Rolling origins are discussed by
# [Tashman 2000](https://doi.org/10.1016/S0169-2070(00)00065-0), the scaled error by
# [Hyndman and Koehler 2006](https://doi.org/10.1016/j.ijforecast.2006.03.001), smoothing by
# [Winters 1960](https://doi.org/10.1287/mnsc.6.3.324). That leaks reach print is no exception: a
# review names 294 papers in 17 fields that they touched
# ([Kapoor and Narayanan 2023](https://doi.org/10.1016/j.patter.2023.100804)).

# %% recap [markdown]
# ## Recap: a forecaster is a function of the past
#
# - Take out what returns (trend and profile) before you look for memory.
# - Yule–Walker reads the memory from autocorrelations. The memory says how well anybody can
#   forecast.
# - Give a forecaster only the past, as an argument. Then it cannot look ahead.
# - Judge it by rolling origins, against a simple rival, and count whether its bands keep their
#   promise.
# - A score below the floor is no success. It is the answer to another question.
#
# **Spot the problem.** [A flawed notebook](../flawed/65_time_series.ipynb) waits for you. It runs
# without an error, and its forecasts are far better than those on this page. Read it first and mark
# what you would not believe.
