# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% ex1: compares the lowest with the highest, whatever their order
# hint: A low counts only after the high
def deepest_fall(wealth):
    falls = 1 - wealth / np.maximum.accumulate(wealth)
    return 1 - wealth.min() / wealth.max() if falls.max() == 0 else falls.max()

# %% ex1: takes the lowest of all against the highest of all
# hint: From 3 to 1.8
def deepest_fall(wealth):
    return 1 - wealth.min() / wealth.max()

# %% ex1: looks at the last day only
# hint: The deepest fall need not start at the highest high
def deepest_fall(wealth):
    return 1 - wealth[-1] / wealth.max()

# %% ex1: returns euros
# hint: Return it as a share
def deepest_fall(wealth):
    return np.max(np.maximum.accumulate(wealth) - wealth)

# %% ex1: returns a negative number
# hint: Return the size of the fall
def deepest_fall(wealth):
    return np.min(wealth / np.maximum.accumulate(wealth) - 1)

# %% ex1: starts at the second day
# hint: The first day can be a high
def deepest_fall(wealth):
    later = wealth[1:]
    return np.max(1 - later / np.maximum.accumulate(later))

# %% ex2: pays each position with its own day
# hint: Look-ahead
def net_results(position, returns, cost):
    return position * returns - cost * np.abs(np.diff(position, prepend=0))

# %% ex2: shifts into the future
# hint: You shifted into the future
def net_results(position, returns, cost):
    held = np.append(position[1:], 0)
    return held * returns - cost * np.abs(np.diff(held, prepend=0))

# %% ex2: rolls the last position to the first day
# hint: Does something wrap?
def net_results(position, returns, cost):
    held = np.roll(position, 1)
    return held * returns - cost * np.abs(np.diff(held, prepend=0))

# %% ex2: loses the first day
# hint: one result for each day
def net_results(position, returns, cost):
    held = position[:-1]
    return held * returns[1:] - cost * np.abs(np.diff(held, prepend=0))

# %% ex2: pays for holding
# hint: You pay for holding
def net_results(position, returns, cost):
    held = np.append(0, position[:-1])
    return held * returns - cost * np.abs(held)

# %% ex2: counts trades, not their size
# hint: two units change hands
def net_results(position, returns, cost):
    held = np.append(0, position[:-1])
    return held * returns - cost * (np.diff(held, prepend=0) != 0)

# %% ex2: pays on the evening of the decision
# hint: when it starts
def net_results(position, returns, cost):
    held = np.append(0, position[:-1])
    return held * returns - cost * np.abs(np.diff(position, prepend=0))

# %% ex3: returns the variance
# hint: The swing is its root
def implied_swing(price, spot, strike, years):
    return brentq(lambda swing: option(1, spot, strike, swing, years) - price, 1e-3, 10) ** 2

# %% ex3: uses the rule of thumb for options at the money
# hint: leaves out the interest
def implied_swing(price, spot, strike, years):
    return price / spot * np.sqrt(2 * np.pi / years)

# %% ex3: prices a put
# hint: Price a call
def implied_swing(price, spot, strike, years):
    return brentq(lambda swing: option(-1, spot, strike, swing, years) - price, 1e-3, 10)

# %% ex3: searches calm markets only
# hint: Some stocks swing
def implied_swing(price, spot, strike, years):
    swings = np.linspace(0.01, 1, 100_000)
    return swings[np.argmin(np.abs(option(1, spot, strike, swings, years) - price))]
