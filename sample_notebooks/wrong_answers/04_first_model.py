# %% ex1: forgets to return
# hint: Did you forget to return the share?
def baseline_share(known_labels, new_labels):
    np.mean(new_labels == np.bincount(known_labels).argmax())


# %% ex1: gives an answer for each flower instead of one share
# hint: Return one number
def baseline_share(known_labels, new_labels):
    return new_labels == np.bincount(known_labels).argmax()


# %% ex1: chooses the label by looking at the new ones
# hint: that is peeking
def baseline_share(known_labels, new_labels):
    return np.mean(new_labels == np.bincount(new_labels).argmax())


# %% ex1: examines the answer on the known labels
# hint: You examined it on the known labels
def baseline_share(known_labels, new_labels):
    return np.mean(known_labels == np.bincount(known_labels).argmax())


# %% ex1: counts the hits and does not divide
# hint: divide by the number of new labels
def baseline_share(known_labels, new_labels):
    return np.sum(new_labels == np.bincount(known_labels).argmax())


# %% ex1: takes the first of several winners in the order of the rows
# hint: In a tie the lowest label wins
def baseline_share(known_labels, new_labels):
    labels = list(known_labels)
    return np.mean(new_labels == max(labels, key=labels.count))


# %% ex1: always answers with label 0
# hint: In a tie the lowest label wins
def baseline_share(known_labels, new_labels):
    return np.mean(new_labels == 0)


# %% ex2: forgets to return
# hint: Did you forget to return the two tables?
def standardise(known, new):
    known -= known.mean(axis=0)
    new -= known.mean(axis=0)


# %% ex2: returns one table only
# hint: Return two tables
def standardise(known, new):
    return (new - known.mean(axis=0)) / np.where(known.std(axis=0) == 0, 1, known.std(axis=0)), 0, 0


# %% ex2: scales the new flowers by their own numbers
# hint: The new flowers were scaled by their own mean
def standardise(known, new):
    spread = np.where(known.std(axis=0) == 0, 1, known.std(axis=0))
    own = np.where(new.std(axis=0) == 0, 1, new.std(axis=0))
    return (known - known.mean(axis=0)) / spread, (new - new.mean(axis=0)) / own


# %% ex2: takes mean and deviation of both tables together
# hint: Were new rows mixed in
def standardise(known, new):
    both = np.vstack([known, new])
    middle, spread = both.mean(axis=0), both.std(axis=0)
    return (known - middle) / spread, (new - middle) / spread


# %% ex2: divides by zero where a column is constant
# hint: do not divide it by zero
def standardise(known, new):
    with np.errstate(all="ignore"):
        middle, spread = known.mean(axis=0), known.std(axis=0)
        return (known - middle) / spread, (new - middle) / spread


# %% ex2: takes one mean for the whole table
# hint: is the axis wrong
def standardise(known, new):
    return (known - known.mean()) / known.std(), (new - known.mean()) / known.std()


# %% ex2: moves the new flowers but does not stretch them
# hint: The new flowers need both numbers
def standardise(known, new):
    middle, spread = known.mean(axis=0), known.std(axis=0)
    return (known - middle) / np.where(spread == 0, 1, spread), new - middle


# %% ex2: divides by the variance
# hint: should have standard deviation 1
def standardise(known, new):
    middle, spread = known.mean(axis=0), known.var(axis=0)
    spread = np.where(spread == 0, 1, spread)
    return (known - middle) / spread, (new - middle) / spread


# %% ex3: forgets to return
# hint: Did you forget to return k?
def choose_k(known, labels, choices):
    max(choices, key=lambda k: np.mean(nearest(k)(known, labels, known) == labels))


# %% ex3: lets every flower vote on itself
# hint: leave it out
def choose_k(known, labels, choices):
    return max(sorted(choices), key=lambda k: np.mean(nearest(k)(known, labels, known) == labels))


# %% ex3: returns how often the best was right
# hint: Return the k itself
def choose_k(known, labels, choices):
    hits = {k: 0 for k in sorted(choices)}
    for row in range(len(known)):
        keep = np.arange(len(known)) != row
        for k in hits:
            hits[k] += int(nearest(k)(known[keep], labels[keep], known[~keep])[0] == labels[row])
    return max(hits.values()) / len(known)


# %% ex3: takes the first of equals, whatever its size
# hint: the smallest wins
def choose_k(known, labels, choices):
    def hits(k):
        others = [np.arange(len(known)) != row for row in range(len(known))]
        return sum(nearest(k)(known[o], labels[o], known[~o])[0] == labels[~o][0] for o in others)

    return max(choices, key=hits)


# %% ex3: always believes in three
# hint: the smallest wins
def choose_k(known, labels, choices):
    return 3


# %% ex3: looks for the k that is wrong most often
# hint: Three neighbours outvote the odd ones
def choose_k(known, labels, choices):
    def hits(k):
        others = [np.arange(len(known)) != row for row in range(len(known))]
        return sum(nearest(k)(known[o], labels[o], known[~o])[0] == labels[~o][0] for o in others)

    return min(sorted(choices), key=hits)
