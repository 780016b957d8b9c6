# %% ex1: strips everything
# hint: lost its outputs
def strip_kept(notebook):
    return strip(notebook)


# %% ex1: works on the notebook it was given
# hint: work on a copy
def strip_kept(notebook):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and "keep_output" not in cell["metadata"].get("tags", []):
            cell["outputs"], cell["execution_count"] = [], None
    return notebook


# %% ex1: forgets to return
# hint: Did you forget to return
def strip_kept(notebook):
    clean = strip(notebook)
    for old, new in zip(notebook["cells"], clean["cells"]):
        if "keep_output" in old["metadata"].get("tags", []):
            new["outputs"] = old["outputs"]


# %% ex1: takes any tag that contains the word
# hint: compare whole tags
def strip_kept(notebook):
    clean = strip(notebook)
    for old, new in zip(notebook["cells"], clean["cells"]):
        if "keep_output" in str(old["metadata"]):
            new["outputs"] = old["outputs"]
    return clean


# %% ex1: keeps the tagged cell as it is, run number and all
# hint: run numbers may not
def strip_kept(notebook):
    clean = strip(notebook)
    for place, old in enumerate(notebook["cells"]):
        if "keep_output" in old["metadata"].get("tags", []):
            clean["cells"][place] = copy.deepcopy(old)
    return clean


# %% ex1: takes for granted that every cell has tags
# hint: KeyError
def strip_kept(notebook):
    clean = strip(notebook)
    for old, new in zip(notebook["cells"], clean["cells"]):
        if "keep_output" in old["metadata"]["tags"]:
            new["outputs"] = old["outputs"]
    return clean


# %% ex2: takes the union
# hint: it came back
def merge_tags(base, ours, theirs):
    return sorted({*base, *ours, *theirs})


# %% ex2: takes what both have
# hint: Both additions must come in
def merge_tags(base, ours, theirs):
    return sorted({*ours} & {*theirs})


# %% ex2: lets ours win
# hint: Both additions must come in
def merge_tags(base, ours, theirs):
    return sorted(ours)


# %% ex2: adds what theirs added and forgets what theirs removed
# hint: Theirs removed b
def merge_tags(base, ours, theirs):
    return sorted({*ours} | ({*theirs} - {*base}))


# %% ex2: joins lists as if they were sets
# hint: a set holds it once
def merge_tags(base, ours, theirs):
    kept = [tag for tag in base if tag in ours and tag in theirs]
    return sorted(kept + [tag for side in (ours, theirs) for tag in side if tag not in base])


# %% ex3: counts every cell whose number has changed
# hint: A new cell on top moves nobody
def moves(old, new):
    return sum(key in new and old.index(key) != new.index(key) for key in old)


# %% ex3: counts deleted cells as moved
# hint: A deleted cell was not moved
def moves(old, new):
    return len(old) - len(lcs(old, new))


# %% ex3: counts every pair that changed its order
# hint: the others made room
def moves(old, new):
    order = [old.index(key) for key in new if key in old]
    return sum(later < earlier for earlier, later in itertools.combinations(order, 2))


# %% ex3: counts how often the order falls
# hint: Half of the cells stay
def moves(old, new):
    order = [old.index(key) for key in new if key in old]
    return sum(later < earlier for earlier, later in itertools.pairwise(order))
