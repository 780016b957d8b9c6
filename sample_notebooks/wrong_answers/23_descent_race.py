# %% ex1: forgets to return
# hint: Did you forget to return the limit?
def longest_step(hessian):
    2 / np.linalg.eigvalsh(hessian)[-1]


# %% ex1: gives a limit for each axis
# hint: Return one number
def longest_step(hessian):
    return 2 / np.linalg.eigvalsh(hessian)


# %% ex1: takes the careful choice for the limit
# hint: That is 1/L, the careful choice
def longest_step(hessian):
    return 1 / np.linalg.eigvalsh(hessian)[-1]


# %% ex1: takes the flattest axis
# hint: You took the flattest axis
def longest_step(hessian):
    return 2 / np.linalg.eigvalsh(hessian)[0]


# %% ex1: gives the best rate instead of the limit
# hint: That is the best rate
def longest_step(hessian):
    flattest, *_, steepest = np.linalg.eigvalsh(hessian)
    return 2 / (flattest + steepest)


# %% ex1: reads the diagonal instead of the eigenvalues
# hint: look at eigenvalues, not at entries
def longest_step(hessian):
    return 2 / np.diag(hessian).max()


# %% ex2: forgets to return the inner function
# hint: Did you forget to return the inner function?
def adagrad(rate):
    def optimizer(gradient):
        return rate * gradient


# %% ex2: forgets to return the step
# hint: The inner function must return the step
def adagrad(rate):
    squares = 0.0

    def optimizer(gradient):
        nonlocal squares
        squares = squares + gradient**2

    return optimizer


# %% ex2: returns the step with the wrong sign
# hint: keep the sign
def adagrad(rate):
    squares = 0.0

    def optimizer(gradient):
        nonlocal squares
        squares = squares + gradient**2
        return -rate * gradient / (np.sqrt(squares) + 1e-10)

    return optimizer


# %% ex2: forgets the memory
# hint: The sum must survive from call to call
def adagrad(rate):
    return lambda gradient: rate * gradient / (np.sqrt(gradient**2) + 1e-10)


# %% ex2: adds the squares of all coordinates
# hint: do not add the squares of different coordinates
def adagrad(rate):
    squares = 0.0

    def optimizer(gradient):
        nonlocal squares
        squares = squares + np.sum(gradient**2)
        return rate * gradient / (np.sqrt(squares) + 1e-10)

    return optimizer


# %% ex2: forgets the root
# hint: Divide by the root of the sum
def adagrad(rate):
    squares = 0.0

    def optimizer(gradient):
        nonlocal squares
        squares = squares + gradient**2
        return rate * gradient / (squares + 1e-10)

    return optimizer


# %% ex2: keeps one memory for all optimizers
# hint: Two optimizers share one memory
def adagrad(rate, shared=[0.0]):
    def optimizer(gradient):
        shared[0] = shared[0] + gradient**2
        return rate * gradient / (np.sqrt(shared[0]) + 1e-10)

    return optimizer


# %% ex3: forgets to return
# hint: Did you forget to return the mean?
def foggy(gradient, start, rate, noise):
    for row in noise:
        start = start - rate * (gradient(start) + row)


# %% ex3: returns the last position
# hint: That is the last position
def foggy(gradient, start, rate, noise):
    for row in noise:
        start = start - rate * (gradient(start) + row)
    return start


# %% ex3: averages the whole walk
# hint: That is the mean of all positions
def foggy(gradient, start, rate, noise):
    positions = []
    for row in noise:
        start = start - rate * (gradient(start) + row)
        positions.append(start)
    return np.mean(positions, axis=0)


# %% ex3: counts the start as a position
# hint: The start counts as a position
def foggy(gradient, start, rate, noise):
    positions = [start]
    for row in noise:
        positions.append(positions[-1] - rate * (gradient(positions[-1]) + row))
    return np.mean(positions[len(positions) // 2 :], axis=0)


# %% ex3: moves the start itself
# hint: The start was changed
def foggy(gradient, start, rate, noise):
    positions = []
    for row in noise:
        start -= rate * (gradient(start) + row)
        positions.append(start.copy())
    return np.mean(positions[len(positions) // 2 :], axis=0)


# %% ex3: forgets the noise
# hint: did you add it?
def foggy(gradient, start, rate, noise):
    positions = []
    for _ in noise:
        start = start - rate * gradient(start)
        positions.append(start)
    return np.mean(positions[len(positions) // 2 :], axis=0)


# %% ex3: adds the noise outside the brackets
# hint: the rate scales it
def foggy(gradient, start, rate, noise):
    positions = []
    for row in noise:
        start = start - rate * gradient(start) - row
        positions.append(start)
    return np.mean(positions[len(positions) // 2 :], axis=0)


# %% ex3: averages over the coordinates
# hint: the mean over steps, not over coordinates
def foggy(gradient, start, rate, noise):
    positions = []
    for row in noise:
        start = start - rate * (gradient(start) + row)
        positions.append(start)
    return np.mean(positions[len(positions) // 2 :], axis=1)
