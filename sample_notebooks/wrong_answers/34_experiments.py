# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% ex1: counts both pages
# hint: That is both pages together
def visitors_needed(lift, spread, alpha, power):
    far = norm.isf(alpha / 2) + norm.ppf(power)
    return 2 * int(np.ceil(2 * (far * spread / lift) ** 2))

# %% ex1: takes the formula for a single mean
# hint: where is the factor 2?
def visitors_needed(lift, spread, alpha, power):
    far = norm.isf(alpha / 2) + norm.ppf(power)
    return int(np.ceil((far * spread / lift) ** 2))

# %% ex1: takes a one-sided bar
# hint: Half of alpha belongs to each side
def visitors_needed(lift, spread, alpha, power):
    far = norm.isf(alpha) + norm.ppf(power)
    return int(np.ceil(2 * (far * spread / lift) ** 2))

# %% ex1: puts the average experiment on the bar
# hint: only half of the experiments succeed
def visitors_needed(lift, spread, alpha, power):
    return int(np.ceil(2 * (norm.isf(alpha / 2) * spread / lift) ** 2))

# %% ex1: rounds down
# hint: Round up
def visitors_needed(lift, spread, alpha, power):
    far = norm.isf(alpha / 2) + norm.ppf(power)
    return int(2 * (far * spread / lift) ** 2)

# %% ex1: remembers the answer for the example
# hint: Half the lift takes four times
def visitors_needed(lift, spread, alpha, power):
    return 698

# %% ex2: tosses for each visitor alone
# hint: balance each country
def toss_within(rng, blocks):
    return rng.integers(2, size=blocks.size)

# %% ex2: balances the whole, not the countries
# hint: balance each country
def toss_within(rng, blocks):
    return rng.permutation(np.arange(blocks.size) % 2)

# %% ex2: alternates in the order of arrival
# hint: The same visitors always get the same page
def toss_within(rng, blocks):
    pages = np.empty(blocks.size, dtype=int)
    for name in np.unique(blocks):
        rows = np.flatnonzero(blocks == name)
        pages[rows] = np.arange(rows.size) % 2
    return pages

# %% ex2: gives the extra visitor to the same page each time
# hint: a coin decides which
def toss_within(rng, blocks):
    pages = np.empty(blocks.size, dtype=int)
    for name in np.unique(blocks):
        rows = np.flatnonzero(blocks == name)
        pages[rows] = rng.permutation(np.arange(rows.size) % 2)
    return pages

# %% ex2: tosses once for each country and alternates from there
# hint: Neighbours are tied together
def toss_within(rng, blocks):
    pages = np.empty(blocks.size, dtype=int)
    for name in np.unique(blocks):
        rows = np.flatnonzero(blocks == name)
        pages[rows] = (np.arange(rows.size) + rng.integers(2)) % 2
    return pages

# %% ex3: divides the error among the looks
# hint: That is Bonferroni
def honest_bar(looks):
    return norm.isf(0.025 / looks)

# %% ex3: keeps the usual bar
# hint: With the old bar
def honest_bar(looks):
    return norm.isf(0.025)

# %% ex3: returns the p-value of a look
# hint: not the p-value
def honest_bar(looks):
    bar = brentq(lambda each: false_alarm_rate(each, looks) - 0.05, 1.5, 5)
    return 2 * norm.sf(bar)

# %% ex3: allows five per cent on each side
# hint: Five per cent on both sides together
def honest_bar(looks):
    return brentq(lambda bar: false_alarm_rate(bar, looks) - 0.1, 1.0, 5)

# %% ex3: lets the bar grow like the walk
# hint: far too high
def honest_bar(looks):
    return norm.isf(0.025) * np.sqrt(looks)
