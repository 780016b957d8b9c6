# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% ex1: answers the question the other way round
# hint: the share of the healthy who get no alarm
def all_clear(prevalence, hit_rate, alarm_rate):
    return 1 - alarm_rate

# %% ex1: copies the formula for precision
# hint: That is precision
def all_clear(prevalence, hit_rate, alarm_rate):
    right = prevalence * hit_rate
    return right / (right + (1 - prevalence) * alarm_rate)

# %% ex1: gives the risk that remains
# hint: who are sick
def all_clear(prevalence, hit_rate, alarm_rate):
    missed = prevalence * (1 - hit_rate)
    return missed / (missed + (1 - prevalence) * (1 - alarm_rate))

# %% ex1: treats the sick and the healthy as equally many
# hint: Weigh both kinds
def all_clear(prevalence, hit_rate, alarm_rate):
    return (1 - alarm_rate) / ((1 - alarm_rate) + (1 - hit_rate))

# %% ex1: forgets to return
# hint: forget to return
def all_clear(prevalence, hit_rate, alarm_rate):
    healthy = (1 - prevalence) * (1 - alarm_rate)
    chance = healthy / (healthy + prevalence * (1 - hit_rate))

# %% ex2: draws rows
# hint: you drew rows, not machines
def machine_bootstrap(rng, groups, correct, resamples):
    picks = rng.integers(correct.size, size=(resamples, correct.size))
    return correct[picks].mean(axis=1)

# %% ex2: keeps a machine once however often it was drawn
# hint: Does a machine drawn twice count twice?
def machine_bootstrap(rng, groups, correct, resamples):
    names = np.unique(groups)
    values = []
    for _ in range(resamples):
        drawn = rng.choice(names, size=names.size)
        values.append(correct[np.isin(groups, drawn)].mean())
    return np.array(values)

# %% ex2: draws without replacement
# hint: draw with replacement
def machine_bootstrap(rng, groups, correct, resamples):
    names = np.unique(groups)
    values = []
    for _ in range(resamples):
        drawn = rng.permutation(names)
        rows = np.concatenate([np.flatnonzero(groups == name) for name in drawn])
        values.append(correct[rows].mean())
    return np.array(values)

# %% ex2: averages machines instead of rows
# hint: Large machines bring more rows
def machine_bootstrap(rng, groups, correct, resamples):
    names, index = np.unique(groups, return_inverse=True)
    share = np.bincount(index, correct) / np.bincount(index)
    return share[rng.integers(names.size, size=(resamples, names.size))].mean(axis=1)

# %% ex2: returns the interval instead of the accuracies
# hint: one accuracy for each resample
def machine_bootstrap(rng, groups, correct, resamples):
    names, index = np.unique(groups, return_inverse=True)
    rows, right = np.bincount(index), np.bincount(index, correct)
    picks = rng.integers(names.size, size=(resamples, names.size))
    values = right[picks].sum(axis=1) / rows[picks].sum(axis=1)
    return np.quantile(values, [0.025, 0.975])

# %% ex3: returns how loud the model is
# hint: Return what to multiply it by
def softening(log_odds, outcome):
    factors = np.geomspace(0.02, 50, 500)
    sign = 2 * outcome - 1
    return 1 / min(factors, key=lambda each: np.mean(np.logaddexp(0, -sign * each * log_odds)))

# %% ex3: maximises accuracy, which ignores the factor
# hint: Minimise the log loss
def softening(log_odds, outcome):
    factors = np.geomspace(0.02, 50, 500)
    accuracies = [np.mean((factor * log_odds > 0) == outcome) for factor in factors]
    return factors[np.argmax(accuracies)]

# %% ex3: only ever turns a model down
# hint: Some models are too shy
def softening(log_odds, outcome):
    factors = np.linspace(0.02, 1, 300)
    sign = 2 * outcome - 1
    losses = [np.mean(np.logaddexp(0, -sign * factor * log_odds)) for factor in factors]
    return factors[np.argmin(losses)]

# %% ex3: takes the slope of a straight line
# hint: Minimise the log loss
def softening(log_odds, outcome):
    return np.polyfit(log_odds, outcome, 1)[0]
