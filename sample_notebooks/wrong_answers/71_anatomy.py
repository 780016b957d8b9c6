# %% ex1: forgets to return
# hint: Did you forget to return
def lost_runs(counts):
    print(max(counts) - len(counts))


# %% ex1: counts cells that stand below a later run
# hint: order of the cells does not matter
def lost_runs(counts):
    return sum(later < earlier for earlier, later in itertools.pairwise(counts))


# %% ex1: counts only the gaps between the numbers it sees
# hint: runs 1 to 3 are lost
def lost_runs(counts):
    seen = [count for count in counts if count is not None]
    return max(seen, default=0) - min(seen, default=0) + 1 - len(seen)


# %% ex1: takes a cell that never ran for one that did
# hint: without a number is no run
def lost_runs(counts):
    return max(count or 0 for count in counts) - len(counts)


# %% ex1: does not think of a notebook that never ran
# hint: There may be no number at all
def lost_runs(counts):
    seen = [count for count in counts if count is not None]
    return max(seen) - len(seen)


# %% ex2: trusts the order on the page
# hint: still uses a name before it is made
def repair_order(notebook):
    return reading_order(notebook)


# %% ex2: returns the cells instead of their indices
# hint: Return the index of each cell
def repair_order(notebook):
    return [cell.source for cell in notebook]


# %% ex2: trusts the run numbers, of which there are none
# hint: Return the index of each cell
def repair_order(notebook):
    return run_order(notebook)


# %% ex2: places the lowest of the cells that are ready
# hint: nothing should move
def repair_order(notebook):
    placed = []
    while len(placed) < len(notebook):
        ready = [cell for cell in reading_order(notebook) if cell not in placed
                 and all(None not in homes for homes in replay(notebook, [*placed, cell]).values())]
        if not ready:
            return None
        placed.append(ready[-1])
    return placed


# %% ex2: returns what it has when nothing more fits
# hint: no order works
def repair_order(notebook):
    placed = []
    for _ in notebook:
        ready = [cell for cell in reading_order(notebook) if cell not in placed
                 and all(None not in homes for homes in replay(notebook, [*placed, cell]).values())]
        placed += ready[:1]
    return placed


# %% ex3: reports every name that is read
# hint: To read one name and write another
def self_fed(source):
    return sorted({name for action, name, _ in steps(source) if action == "use"})


# %% ex3: does not ask which came first
# hint: makes its own fresh start
def self_fed(source):
    read = {name for action, name, _ in steps(source) if action == "use"}
    bound = {name for action, name, _ in steps(source) if action == "bind"}
    return sorted(read & bound)


# %% ex3: lets a fresh start below make good what was fed above
# hint: the fresh start comes too late
def self_fed(source):
    names, fed = [(action, name) for action, name, _ in steps(source)], []
    for name in sorted({name for _, name in names}):
        actions = [action for action, each in names if each == name]
        if actions[0] == "use" and actions.count("use") >= actions.count("bind") > 0:
            fed.append(name)
    return fed


# %% ex3: reports names in the order in which it meets them
# hint: in sorted order
def self_fed(source):
    read, fed = [], {}
    for action, name, _ in steps(source):
        if action == "use" and name not in fed and ("bind", name) not in read:
            read.append(("use", name))
        elif action == "bind":
            if ("use", name) in read:
                fed[name] = True
            read.append(("bind", name))
    return list(fed)
