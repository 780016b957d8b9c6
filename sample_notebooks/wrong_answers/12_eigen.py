# %% ex1: forgets to return
# hint: Did you forget to return the number?
def rounds_needed(first, second, accuracy):
    int(np.ceil(np.log(accuracy) / np.log(abs(second / first))))


# %% ex1: takes the ratio the other way round
# hint: is your ratio upside down?
def rounds_needed(first, second, accuracy):
    return int(np.ceil(np.log(accuracy) / np.log(abs(first / second))))


# %% ex1: does not round
# hint: Rounds come whole
def rounds_needed(first, second, accuracy):
    return np.log(accuracy) / np.log(abs(second / first))


# %% ex1: rounds down
# hint: still above 0.005: round up
def rounds_needed(first, second, accuracy):
    return int(np.log(accuracy) / np.log(abs(second / first)))


# %% ex1: keeps the sign of a negative eigenvalue
# hint: use the size of the ratio
def rounds_needed(first, second, accuracy):
    ratio, rounds = second / first, 0
    while ratio**rounds > accuracy:
        rounds += 1
    return rounds


# %% ex2: prints the answer instead of returning it
# hint: Did you forget to return the value and the vector?
def nearest_zero(matrix):
    values, vectors = np.linalg.eigh(matrix)
    print(values[np.argmin(abs(values))])


# %% ex2: returns the value without the vector
# hint: Return two things
def nearest_zero(matrix):
    return min(np.linalg.eigvalsh(matrix), key=abs)


# %% ex2: returns the eigenvalue of the inverse
# hint: That belongs to the inverse: take 1 over it
def nearest_zero(matrix):
    arrow = np.ones(len(matrix))
    for _ in range(500):
        image = np.linalg.solve(matrix, arrow)
        arrow = image / norm(image)
    return arrow @ np.linalg.solve(matrix, arrow), arrow


# %% ex2: runs power iteration with the matrix itself
# hint: That is the largest
def nearest_zero(matrix):
    arrow = iterate(matrix, np.random.default_rng(0).normal(size=len(matrix)), 500)[-1]
    return arrow @ matrix @ arrow, arrow


# %% ex2: takes the lowest instead of the one closest to zero
# hint: That is the lowest on the number line
def nearest_zero(matrix):
    values, vectors = np.linalg.eigh(matrix)
    return values[0], vectors[:, 0]


# %% ex2: leaves the vector as long as it came out
# hint: give the vector length one
def nearest_zero(matrix):
    arrow = np.random.default_rng(0).normal(size=len(matrix))
    for _ in range(30):
        arrow = np.linalg.solve(matrix, arrow)
    return arrow @ matrix @ arrow / (arrow @ arrow), arrow


# %% ex2: takes a row of the eigenvectors instead of a column
# hint: The value is right, the vector is not
def nearest_zero(matrix):
    values, vectors = np.linalg.eigh(matrix)
    position = np.argmin(abs(values))
    return values[position], vectors[position]


# %% ex3: forgets to return
# hint: Did you forget to return the rank?
def farmed(links, page, fakes):
    farm = {f"fake {number}": [page] for number in range(fakes)}
    pagerank({**links, **farm})[page]


# %% ex3: returns the ranks of all pages
# hint: Return one number
def farmed(links, page, fakes):
    farm = {f"fake {number}": [page] for number in range(fakes)}
    return pagerank({**links, **farm})


# %% ex3: adds the fakes to the website that it was given
# hint: You changed the website you were given
def farmed(links, page, fakes):
    for number in range(fakes):
        links[f"fake {number}"] = [page]
    return pagerank(links)[page]


# %% ex3: lets the page link to its fakes, and not the other way round
# hint: do they link to it, or it to them?
def farmed(links, page, fakes):
    names = [f"fake {number}" for number in range(fakes)]
    return pagerank({**links, page: links[page] + names, **{name: [] for name in names}})[page]


# %% ex3: gives all fakes the same name
# hint: has each its own name?
def farmed(links, page, fakes):
    website = dict(links)
    for _ in range(fakes):
        website["fake"] = [page]
    return pagerank(website)[page]


# %% ex3: lets the fakes link to the home page as well
# hint: who else gains?
def farmed(links, page, fakes):
    farm = {f"fake {number}": [page, "Home"] for number in range(fakes)}
    return pagerank({**links, **farm})[page]


# %% ex3: lifts the shop whatever page was asked for
# hint: Any page can be lifted
def farmed(links, page, fakes):
    farm = {f"fake {number}": ["Shop"] for number in range(fakes)}
    return pagerank({**links, **farm})["Shop"]
