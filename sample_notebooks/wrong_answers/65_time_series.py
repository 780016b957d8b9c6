# %% ex1: lets errors of both signs cancel
# hint: Errors of both signs must not cancel
def scaled_error(actual, forecast, history, period):
    naive = np.abs(history[period:] - history[:-period]).mean()
    return abs((actual - forecast).mean()) / naive


# %% ex1: compares with the last hour instead of the last period
# hint: one period ago, not with the last
def scaled_error(actual, forecast, history, period):
    return np.abs(actual - forecast).mean() / np.abs(np.diff(history)).mean()


# %% ex1: takes the scale from the hours to be forecast
# hint: The scale comes from the history
def scaled_error(actual, forecast, history, period):
    return np.abs(actual - forecast).mean() / np.abs(actual[period:] - actual[:-period]).mean()


# %% ex1: forgets to take the mean
# hint: take the mean
def scaled_error(actual, forecast, history, period):
    return np.abs(actual - forecast) / np.abs(history[period:] - history[:-period]).mean()


# %% ex1: takes squares
# hint: No squares
def scaled_error(actual, forecast, history, period):
    naive = np.abs(history[period:] - history[:-period]).mean()
    return np.sqrt(np.mean((actual - forecast) ** 2)) / naive


# %% ex2: trains on the test as well
# hint: A training part holds its test
def exams(size, first, horizon, delay):
    return [(range(start + horizon - delay), range(start, start + horizon))
            for start in range(first, size - horizon + 1, horizon)]


# %% ex2: forgets that readings arrive late
# hint: have not arrived
def exams(size, first, horizon, delay):
    return [(range(start), range(start, start + horizon))
            for start in range(first, size - horizon + 1, horizon)]


# %% ex2: moves the test instead of shortening the past
# hint: A delay does not move the tests
def exams(size, first, horizon, delay):
    return [(range(start), range(start + delay, start + delay + horizon))
            for start in range(first, size - horizon - delay + 1, horizon)]


# %% ex2: keeps a last test that is too short
# hint: A test that does not fit in whole
def exams(size, first, horizon, delay):
    return [(range(start - delay), range(start, min(start + horizon, size)))
            for start in range(first, size, horizon)]


# %% ex2: lets the past slide along instead of growing
# hint: The past grows
def exams(size, first, horizon, delay):
    return [(range(start - first, start - delay), range(start, start + horizon))
            for start in range(first, size - horizon + 1, horizon)]


# %% ex2: loses the last test that still fits
# hint: hold three tests
def exams(size, first, horizon, delay):
    return [(range(start - delay), range(start, start + horizon))
            for start in range(first, size - horizon, horizon)]


# %% ex3: returns the autocorrelations
# hint: These are the autocorrelations themselves
def partial_acf(rho):
    return list(rho[1:])


# %% ex3: keeps the first coefficient of each solution
# hint: keep the last coefficient
def partial_acf(rho):
    return [np.linalg.solve(toeplitz(rho[:order]), rho[1:order + 1])[0]
            for order in range(1, len(rho))]


# %% ex3: solves once, for the highest order
# hint: Each order needs a solution of its own
def partial_acf(rho):
    return list(np.linalg.solve(toeplitz(rho[:-1]), rho[1:]))


# %% ex3: counts lag 0
# hint: lag 0 has none
def partial_acf(rho):
    return [1.0] + [np.linalg.solve(toeplitz(rho[:order]), rho[1:order + 1])[-1]
                    for order in range(1, len(rho))]


# %% ex3: stops after two lags
# hint: Four lags
def partial_acf(rho):
    return [rho[1], (rho[2] - rho[1] ** 2) / (1 - rho[1] ** 2)]
