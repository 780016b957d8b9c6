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
# # Anatomy of a notebook people trust
#
# A notebook is a story and a machine at the same time. The story runs from top to bottom. The
# machine runs in whatever order somebody pressed Shift+Enter. Where the two disagree, the page
# shows numbers that nobody can get again.
#
# **Make a prediction before you read on.** A bus company prices a day trip. This is the saved page,
# run numbers included:
#
# | Run | Cell | Saved output |
# |---|---|---|
# | `[1]` | `fare = 2.0` | |
# | `[2]` | `riders = 120` | |
# | `[4]` | `fare = 2.5` | |
# | `[3]` | `income = riders * fare` | `240.0` |
#
# 1. Which number will the next reader see after *Restart and run all*?
# 2. Which single cell made the difference?
#
# Write both answers down. The last section settles them by running the cells.

# %% goals [markdown] tags=["goals"]
# ## Goals: you will take a notebook apart and learn when to believe it
#
# **You will do.** Build a detector for hidden state in about seventy lines of plain Python, draw
# the dependencies between cells, and point both at this very notebook.
#
# **You will learn to**
#
# - read a cell as a list of *uses*, *bindings* and *deletions* of names;
# - say what hidden state is, precisely enough for a computer to find it;
# - read a dependency picture, and see at a glance whether a notebook survives a restart;
# - repair a broken order, and know when no order can help.
#
# **You will need** functions, loops and dictionaries in Python. No data science, no network, no
# GPU.
#
# **Time:** about 40 minutes. All cells together take about two seconds to run.

# %% setup tags=["setup"]
import ast
import builtins
import functools
import itertools
import json
import symtable
import textwrap
from pathlib import Path
from typing import NamedTuple

import matplotlib.pyplot as plt
from IPython.display import display

# The figures bring their own pale card, so they read the same on a light and on a dark page.
PAPER, INK, BLUE, ORANGE = "#f7f4ee", "#22303c", "#1f5f8b", "#b3470f"


# %% parameters tags=["parameters"]
LESSON = Path("71_anatomy.ipynb")  # this file, as seen from the folder it lies in

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

# %% data [markdown]
# ## Data: eight notebooks small enough to hold in your head
#
# Real notebooks are long. These are not. Each one is a list of cells, and each cell has just two
# things: the run number that Jupyter saved beside it, and its source. `None` means that the cell
# was never run.
#
# Four of them are flawed. Between them they hold six plants, one of each kind of hidden state:
#
# | Kind | What the page hides | What the next reader gets |
# |---|---|---|
# | `defined below` | the cell that makes the name stands further down | `NameError` |
# | `never defined` | the cell that made the name was deleted | `NameError` |
# | `deleted above` | a `del` further up takes the name away | `NameError` |
# | `never ran` | the cell above that makes the name has no run number | perhaps another number |
# | `ran later` | the cell above was run again, this one was not | perhaps another number |
# | `other version` | this cell saw an older value than the one above it | perhaps another number |
#
# The first three are loud: somebody will notice. The last three are silent, and worse.
#
# All eight were written for this lesson, so there is nothing to download. The text is yours under
# [CC-BY-4.0](https://creativecommons.org/licenses/by/4.0/), the code under the MIT licence.

# %% flawed-minis
class Cell(NamedTuple):
    count: int | None
    source: str


FLAWED = {
    "bus": [Cell(1, "fare = 2.0"), Cell(2, "riders = 120"),
            Cell(4, "fare = 2.5"), Cell(3, "income = riders * fare")],
    "bakery": [Cell(1, "flour = 500"), Cell(3, "loaves = flour / batch"),
               Cell(2, "batch = 250"), Cell(5, "profit = loaves * price")],
    "garden": [Cell(1, "rain = [3, 0, 7]"), Cell(2, "total = sum(rain)"),
               Cell(4, "del rain"), Cell(3, "driest = min(rain)")],
    "choir": [Cell(1, "singers = 30"), Cell(None, "guests = 4"), Cell(5, "spare = 6"),
              Cell(3, "chairs = singers + spare"), Cell(4, "programmes = singers + guests")],
}

# %% clean-minis
CLEAN = {
    # A function may stand above what it needs: only the call has to wait.
    "recipe": [Cell(1, "def portion(guests):\n    return guests * grams"),
               Cell(2, "grams = 80"), Cell(3, "total = portion(6)")],
    # Runs leave gaps and scraps stay unrun: untidy, yet nothing is hidden.
    "scratch": [Cell(2, "stars = 7"), Cell(6, "wish = stars * 2"), Cell(None, "stars + 1")],
    # An import that ran again brings nothing new.
    "circle": [Cell(4, "import math"), Cell(2, "r = 3"), Cell(3, "area = math.pi * r ** 2")],
    # A name may be deleted and made again; `w` stays inside its comprehension.
    "diary": [Cell(1, "words = ['dear', 'day']"), Cell(2, "long = [w for w in words if 'a' in w]"),
              Cell(3, "del words"), Cell(4, "words = long"), Cell(5, "count = len(words)")],
}
PLANTED = {
    "bus": {(3, "fare", "other version")},
    "bakery": {(1, "batch", "defined below"), (3, "price", "never defined")},
    "garden": {(3, "rain", "deleted above")},
    "choir": {(3, "spare", "ran later"), (4, "guests", "never ran")},
}

MINIS = FLAWED | CLEAN
kinds = {kind for plants in PLANTED.values() for _, _, kind in plants}
assert (len(FLAWED), len(CLEAN), len(kinds)) == (4, 4, 6), "six plants, each of its own kind"
print(f"{len(MINIS)} notebooks, {sum(map(len, MINIS.values()))} cells, {len(kinds)} kinds of plant")

# %% events-idea [markdown]
# ## A cell is a list of things done to names
#
# To know what a cell needs, forget what it computes. Look only at what it does to names. There are
# three such things: it *uses* a name, it *binds* one (an assignment, an import, a `def`), or it
# *deletes* one.
#
# The order matters. In `x = x + 1` the use comes first, because Python works out the right-hand
# side before it stores anything. So the collector below visits values before targets.
#
# Functions are the interesting case. Running `def portion(guests): …` does not look up `grams`.
# That happens at the *call*. So a `def` only writes down what it will want later. Python's own
# `symtable` module knows which names those are: it is the table that the compiler builds.

# %% free-names
BUILTINS = {*dir(builtins), "__name__", "display", "get_ipython"}


def free_names(node):
    """The names that a function, class, lambda or comprehension takes from outside."""
    body = textwrap.indent(ast.unparse(node), " ")
    tables = symtable.symtable(f"def scope():\n{body}", "cell", "exec").get_children()
    for table in tables:  # the list grows as we read it: inner scopes queue up at its end
        tables += table.get_children()
    symbols = itertools.chain.from_iterable(table.get_symbols() for table in tables)
    return sorted({symbol.get_name() for symbol in symbols if symbol.is_global()})


# %% events
def parts(node):
    """A node's parts in the order in which Python works them out: values before targets."""
    fields = sorted(ast.iter_fields(node), key=lambda field: field[0] not in ("value", "iter"))
    lists = (value if isinstance(value, list) else [value] for _, value in fields)
    return [part for part in itertools.chain.from_iterable(lists) if isinstance(part, ast.AST)]


def events(node):
    """What a piece of code does to names, step by step: (action, name, what a call will want)."""
    match node:
        case ast.Name():
            action = {ast.Load: "use", ast.Store: "bind", ast.Del: "delete"}[type(node.ctx)]
            yield action, node.id, []
        case ast.alias():
            yield "import", node.asname or node.name.split(".")[0], []
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield "bind", node.name, free_names(node)
        case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            yield from (("use", name, []) for name in free_names(node))
        case _:
            if isinstance(node, ast.AugAssign):  # `x += 1` reads x, and only then writes it
                yield from events(ast.parse(ast.unparse(node.target)))
            for part in parts(node):
                yield from events(part)


# %% events-look
@functools.cache
def steps(source):
    """The events of a whole cell, worked out once."""
    return list(events(ast.parse(source)))


for source in ["income = riders * fare", "total += 1", "long = [w for w in words]", "del rain"]:
    print(f"{source:26}", ", ".join(f"{action} {name}" for action, name, _ in steps(source)))

recipe = CLEAN["recipe"][0].source
assert steps("x = x + 1") == [("use", "x", []), ("bind", "x", [])], "the use comes first"
assert steps(recipe) == [("bind", "portion", ["grams"])], "a def only notes what it will want"


# %% replay-idea [markdown]
# ## Every notebook can be read in two orders
#
# Take a cell $c$ and a name $n$ that it uses. In a given order of the cells, the value of $n$ comes
# from some earlier cell. Call that cell the *origin* of $n$ in $c$. We write it $\omega(c, n)$, and
# $\omega(c, n) = \varnothing$ if there is none.
#
# One file gives two orders, and so two origins:
#
# - $\omega_\text{read}$: from top to bottom. This is what *Restart and run all* will do.
# - $\omega_\text{run}$: by run number. This is what the saved outputs came from.
#
# **Hidden state is the difference between the two.** A notebook is trustworthy when, for each use,
#
# $$\omega_\text{read}(c, n) \ne \varnothing \qquad\text{and}\qquad
# \omega_\text{read}(c, n) = \omega_\text{run}(c, n).$$
#
# To find the origins we need not run anything. It is enough to replay the events and to remember,
# for each name, where it lives at the moment.

# %% replay
def reach(name, wants):
    """A name and all that calling it would look up, however deep."""
    reached = [name]
    for each in reached:
        reached += [new for new in wants.get(each, []) if new not in reached]
    return reached


def replay(notebook, order):
    """The origins of every use, {(cell, name): {origin, …}}, where None means: there is none."""
    home, wants, origins = {}, {}, {}
    for index in order:
        for action, name, later in steps(notebook[index].source):
            if action == "use":
                for wanted in reach(name, wants):
                    if wanted in home or wanted not in BUILTINS:
                        origins.setdefault((index, wanted), set()).add(home.get(wanted))
            elif action == "delete":
                home.pop(name, None)
            else:
                home[name], wants[name] = index, later
    return origins


# %% two-orders
def reading_order(notebook):
    return list(range(len(notebook)))


def run_order(notebook):
    counted = [index for index, cell in enumerate(notebook) if cell.count is not None]
    return sorted(counted, key=lambda index: notebook[index].count)


bus = FLAWED["bus"]
for title, order in [("read", reading_order(bus)), ("run", run_order(bus))]:
    print(f"{title:5} order {order}: origins in the last cell:", end=" ")
    print({name: homes for (index, name), homes in replay(bus, order).items() if index == 3})


# %% compare-idea [markdown]
# ## Where the two readings differ, something is hidden
#
# There it is. In reading order `fare` comes from cell 2. When the output was saved, it came from
# cell 0.
#
# The detector below asks this question of every use. It says *which* kind of difference it met,
# because the remedy depends on the kind. And it makes one exception: it never complains about a
# name that only imports bind. `import math` brings the same module at noon and at midnight. A tool
# that cries wolf is soon switched off, so a false alarm costs more than a miss.

# %% hidden-state
def difference(notebook, index, name, read, run):
    """The kind of hidden state behind one use, or None where the two readings agree."""
    makers = {i: action for i, cell in enumerate(notebook) for action, made, _ in steps(cell.source)
              if made == name and action in ("bind", "import")}
    if not makers:
        return "never defined"
    if None in read:
        return "deleted above" if min(makers) < index else "defined below"
    if read == run or "bind" not in makers.values() or notebook[index].count is None:
        return None
    if None not in run:
        return "other version"
    return "never ran" if any(notebook[i].count is None for i in read) else "ran later"


def hidden_state(notebook):
    """All uses whose two readings disagree, as a set of (cell, name, kind)."""
    read = replay(notebook, reading_order(notebook))
    run = replay(notebook, run_order(notebook))
    return {(index, name, kind) for (index, name), homes in read.items()
            if (kind := difference(notebook, index, name, homes, run.get((index, name), {None})))}


# %% find-plants tags=["self-check"]
print(f"{'notebook':10} {'cells':>5}  found")
for title, notebook in MINIS.items():
    found = hidden_state(notebook)
    lines = [f"cell {index}: `{name}` {kind}" for index, name, kind in sorted(found)]
    print(f"{title:10} {len(notebook):5}  {'; '.join(lines) or 'nothing'}")
    assert found == PLANTED.get(title, set()), f"{title}: found {found}"

hits = sum(len(hidden_state(notebook)) for notebook in FLAWED.values())
alarms = sum(len(hidden_state(notebook)) for notebook in CLEAN.values())
print(f"\nplants found: {hits} of 6    false alarms: {alarms} on {len(CLEAN)} clean notebooks")


# %% picture-idea [markdown]
# ## A dependency picture shows it at a glance
#
# Draw each cell as a dot, top to bottom. Draw an arc to the right from the cell that makes a value
# to each cell that uses it. Do it for both orders. Arcs that exist in reading order are solid and
# blue. Arcs that only the saved run knows are dashed and orange: those are ghosts. Where two short
# steps lead to the same place, the long arc is left out.
#
# **Predict first.** In a notebook that anybody can re-run, which way do the arrows point? And which
# of the four flawed notebooks below will show no ghost at all, although something is wrong with it?

# %% draw tags=["setup"]
def arrows(notebook, order):
    """The edges of the graph, as pairs (origin, user)."""
    origins = replay(notebook, order).items()
    return {(home, index) for (index, _), homes in origins for home in homes - {None, index}}


def shortest(edges):
    """The edges that no detour of two steps makes superfluous."""
    detours = {(a, d) for a, b in edges for c, d in edges if b == c}
    return edges - detours


def draw(axes, notebook, labels, title):
    """One dot for each cell, one arc for each dependency; ghosts of the run order are dashed."""
    read = shortest(arrows(notebook, reading_order(notebook)))
    ghosts = arrows(notebook, run_order(notebook)) - read
    styles = [(edge, BLUE, "solid") for edge in sorted(read)]
    styles += [(edge, ORANGE, "dashed") for edge in sorted(ghosts)]
    for (start, end), colour, style in styles:
        bend = -0.55 if start < end else 0.55
        look = {"arrowstyle": "-|>", "connectionstyle": f"arc3,rad={bend}", "linestyle": style,
                "color": colour, "shrinkA": 5, "shrinkB": 5, "linewidth": 1.3}
        axes.annotate("", (0, end), (0, start), arrowprops=look)
    for row, label in enumerate(labels):
        axes.plot(0, row, "o", color=INK, markersize=7)
        axes.text(-0.04, row, label, ha="right", va="center", color=INK, fontsize=9)
    axes.set(xlim=(-0.35, 0.5), ylim=(len(labels) - 0.5, -0.5))
    axes.set_title(title, color=INK)
    axes.axis("off")


# %% four-pictures tags=["figure"]
figure, panels = plt.subplots(2, 2, figsize=(9, 4.4), facecolor=PAPER)
for axes, (title, notebook) in zip(panels.flat, FLAWED.items()):
    labels = [f"[{cell.count or ' '}] {cell.source}" for cell in notebook]
    draw(axes, notebook, labels, title)
figure.tight_layout()

show(figure, "Arc diagrams of the four flawed notebooks. Dashed orange ghosts: in bus from the "
     "first fare, in bakery upwards from batch, in garden across the deletion. Choir has none.")


# %% picture-read [markdown]
# ### What just happened
#
# In the bus notebook the ghost starts at the wrong fare. In the bakery it points *up*, against the
# reading order. In the garden it jumps over a `del`.
#
# And the choir? It has no ghost, because the runs that made its numbers are gone from the file: one
# cell was re-run, the other has lost its number. A picture shows what is there. It takes the run
# numbers to show what is *missing*. That is why a tool which strips run numbers before it looks is
# blind to half of the kinds.
#
# Now for a notebook of natural size. Here is one that you know: **this one**. The next cell reads
# the file you are looking at, forgets its run numbers and draws what the text alone says.

# %% own-picture tags=["figure"]
def load(path):
    """The code cells of a notebook file, and their ids."""
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
             if cell["cell_type"] == "code"]
    return [Cell(cell["execution_count"], "".join(cell["source"])) for cell in cells], [
        cell["id"] for cell in cells]


if LESSON.exists():
    own, ids = load(LESSON)
else:
    print(f"{LESSON} is not in this folder, so this is the bakery again")
    own, ids = FLAWED["bakery"], ["flour", "loaves", "batch", "profit"]
own = [Cell(None, source) for _, source in own]
edges = arrows(own, reading_order(own))
upward = sum(start > end for start, end in edges)
strays = [(ids[start], ids[end]) for start, end in edges
          if ids[start] in ("ex1", "ex2", "ex3") and ids[end] != f"{ids[start]}-check"]

figure, axes = plt.subplots(figsize=(7, 0.29 * len(own) + 0.6), facecolor=PAPER)
draw(axes, own, ids, "The cells of this lesson, and what they need from each other")
show(figure, f"Arc diagram of {len(own)} code cells from {ids[0]} to {ids[-1]}. Of {len(edges)} "
     f"dependencies {upward} point upwards, and {len(strays)} lead from an exercise to any cell "
     "but its own check.")
print(f"{len(own)} cells, {len(edges)} dependencies, {upward} upwards, {len(strays)} on an answer")

# %% orders-idea [markdown]
# ## A graph allows some orders and forbids the rest
#
# Look at the picture once more. Every arrow points down. Such an order has a name: it is a *linear
# extension* of the graph. Run the cells in any linear extension, and nothing is hidden. Run them in
# any other order, and something is.
#
# This can be counted. Four cells can be run in $4! = 24$ orders. How many of them tell the truth?
#
# - A **chain** `a → b → c → d` allows exactly one.
# - A **diamond** `a → b, c → d` allows two: `b` and `c` may swap.
# - A **fan** `a → b, c, d` allows $3! = 6$.
# - Four **separate** cells allow all 24.
#
# Theory first, then measurement. The next cell gives each of the 24 run orders to the detector.

# %% orders tags=["self-check"]
SHAPES = {
    "chain": (["a = 1", "b = a", "c = b", "d = c"], 1),
    "diamond": (["a = 1", "b = a", "c = a", "d = b + c"], 2),
    "fan": (["a = 1", "b = a", "c = a", "d = a"], 6),
    "separate": (["a = 1", "b = 2", "c = 3", "d = 4"], 24),
}


def truthful_orders(sources):
    """In how many run orders the detector has nothing to say."""
    orders = itertools.permutations(range(1, len(sources) + 1))
    return sum(not hidden_state([*map(Cell, order, sources)]) for order in orders)


measured = {shape: truthful_orders(sources) for shape, (sources, _) in SHAPES.items()}
for shape, (_, expected) in SHAPES.items():
    print(f"{shape:9} theory {expected:2}   measured {measured[shape]:2}   of 24")
    assert measured[shape] == expected, f"{shape}: the detector and the theory disagree"

# %% ex1-task [markdown]
# ## Three exercises, from a nudge to a small discovery
#
# Replace the `...` and run the check below it. Nothing else in this notebook uses your answers, so
# *Run all* works at every moment, solved or not. Each exercise has a solution, which the complete
# notebook keeps folded away and `nbcoach learn solution 71 ex1` prints. Open it when you have made an
# honest attempt.
#
# ### ★ Exercise 1: how many runs are lost?
#
# Run numbers count up by one with each run of any cell. The file keeps only the *last* number of
# each cell. So if the highest number is 6 and only two cells have one, four runs left no trace.
#
# Write `lost_runs(counts)`, which takes a list such as `[2, 6, None]` and returns how many runs are
# lost.
#
# <details><summary>Hint 1: a question</summary>How many runs must there have been in all? How many
# of them can you still see?</details>
#
# <details><summary>Hint 2: a trap</summary><code>None</code> is no number, so
# <code>max</code> cannot compare it. And what should a notebook answer that never ran?</details>
#
# <details><summary>Hint 3: nearly code</summary>Keep the counts that are not <code>None</code>. The
# answer is the highest of them, or 0 if there are none, minus how many there are.</details>

# %% ex1 tags=["exercise"]
lost_runs = ...  # replace this line by: def lost_runs(counts): …


# %% ex1-check tags=["self-check"]
def check_lost_runs(answer):
    assert answer([1, 2, 3]) is not None, "Nothing came back. Did you forget to return the number?"
    assert answer([3, 1, 2]) == 0, "The order of the cells does not matter: three runs, all seen."
    assert answer([4, 6]) == 4, "Six runs, two of them left: runs 1 to 3 are lost, too."
    assert answer([2, 6, None]) == 4, "A cell without a number is no run that you can see."
    for unrun in ([None, None], []):
        try:
            assert answer(unrun) == 0, "A notebook that never ran has lost nothing."
        except (TypeError, ValueError):
            raise AssertionError("There may be no number at all. What is lost then?") from None


report("ex1", check_lost_runs, lost_runs)


# %% ex1-solution jupyter={"source_hidden": true} tags=["solution", "hide-input"]
def lost_runs_solution(counts):
    """The highest number says how many runs there were; the others say how many we still see."""
    numbers = [count for count in counts if count is not None]
    return max(numbers, default=0) - len(numbers)


report("ex1 solution", check_lost_runs, lost_runs_solution)

# %% ex2-task [markdown]
# ### ★★ Exercise 2: find an order that works
#
# Somebody hands you a notebook whose cells are all there, but shuffled. Write
# `repair_order(notebook)`. It returns the cell indices in an order in which each use finds its
# value, or `None` if there is no such order. Where there is a choice, keep the cell that stands
# higher first, so that a notebook which works already stays as it is.
#
# `replay(notebook, order)` accepts *part* of an order, too. That is all you need.
#
# <details><summary>Hint 1: a question</summary>Which cells could run first? And once those have
# run, which could run next?</details>
#
# <details><summary>Hint 2: the idea</summary>Keep a list of placed cells. A cell is ready when no
# set in <code>replay(notebook, placed + [cell]).values()</code> contains
# <code>None</code>.</details>
#
# <details><summary>Hint 3: nearly code</summary>While cells remain: collect the ready ones. If
# there are none, return <code>None</code>. Otherwise place the first.</details>

# %% ex2 tags=["exercise"]
repair_order = ...  # replace this line by: def repair_order(notebook): …


# %% ex2-check tags=["self-check"]
def check_repair_order(answer):
    chain = SHAPES["chain"][0]
    for shuffled in itertools.permutations(chain):
        notebook = [Cell(None, source) for source in shuffled]
        order = answer(notebook)
        assert order is not None, "A shuffled chain can be repaired. Did you forget a return?"
        assert sorted(order) == [0, 1, 2, 3], "Return the index of each cell, and each just once."
        assert [shuffled[index] for index in order] == chain, (
            f"{list(shuffled)} in the order {order} still uses a name before it is made.")
    separate = [Cell(None, source) for source in SHAPES["separate"][0]]
    assert answer(separate) == [0, 1, 2, 3], "Where nothing is wrong, nothing should move."
    cycle = [Cell(None, "hen = egg"), Cell(None, "egg = hen")]
    assert answer(cycle) is None, "The hen needs the egg and the egg the hen: no order works."


report("ex2", check_repair_order, repair_order)


# %% ex2-solution jupyter={"source_hidden": true} tags=["solution", "hide-input"]
def repair_order_solution(notebook):
    """Place the highest cell that has all it needs, until all are placed or none can be."""
    placed = []
    while len(placed) < len(notebook):
        ready = [cell for cell in reading_order(notebook) if cell not in placed
                 and all(None not in homes for homes in replay(notebook, [*placed, cell]).values())]
        if not ready:
            return None
        placed.append(ready[0])
    return placed


report("ex2 solution", check_repair_order, repair_order_solution)

# %% ex3-task [markdown]
# ### ★★★ Exercise 3: cells that feed on themselves
#
# There is a trap that no order can show. The cell `fare = fare * 1.1` reads a name and writes it
# back. Run it twice, and the fare has grown twice. The file looks the same each time.
#
# Write `self_fed(source)`. It returns the sorted list of names that a cell reads *before* it binds
# them itself. A cell that makes its own fresh start, such as `n = 0` followed by `n += 1`, is
# innocent.
#
# **Then explore.** Try it on the cell `name = name.strip()`. Your function reports it, yet to run
# it twice does no harm. What property of `strip` saves it? Which other functions have that
# property?
#
# <details><summary>Hint 1: a question</summary>At the moment a name is bound, which two facts about
# the steps so far do you need?</details>
#
# <details><summary>Hint 2: the idea</summary>Walk through <code>steps(source)</code> with two sets:
# the names read so far that were not yet bound, and the names bound so far.</details>
#
# <details><summary>Hint 3: the property</summary>Compare f(x) with f(f(x)). Mathematicians call it
# <em>idempotent</em>: sorting, stripping, rounding and dropping duplicates all are.</details>

# %% ex3 tags=["exercise"]
self_fed = ...  # replace this line by: def self_fed(source): …


# %% ex3-check tags=["self-check"]
def check_self_fed(answer):
    assert isinstance(answer("fare = 2"), list), "Return a list, also where there is nothing in it."
    assert answer("fare = fare * 1.1") == ["fare"], "fare = fare * 1.1 reads fare, then writes it."
    assert answer("fare += 1") == ["fare"], "fare += 1 is a shorter way to write the same thing."
    assert answer("total = sum(rain)") == [], "To read one name and write another feeds nothing."
    assert answer("n = 0\nn += 1") == [], "n = 0, then n += 1 makes its own fresh start."
    assert answer("n += 1\nn = 0") == ["n"], "n += 1, then n = 0: the fresh start comes too late."
    assert answer("b += 1\na += 1") == ["a", "b"], "Two names, in sorted order, please."
    assert answer("a += 1\na += 1") == ["a"], "Each name once, however often it feeds."


report("ex3", check_self_fed, self_fed)


# %% ex3-solution jupyter={"source_hidden": true} tags=["solution", "hide-input"]
def self_fed_solution(source):
    """A name is self-fed when it is bound after it was read, and was not fresh when it was read."""
    read, bound, fed = set(), set(), set()
    for action, name, _ in steps(source):
        if action == "use" and name not in bound:
            read.add(name)
        elif action == "bind":
            fed |= {name} & read
            bound.add(name)
    return sorted(fed)


report("ex3 solution", check_self_fed, self_fed_solution)


# %% break-it [markdown]
# ## Break it: the same page, two different numbers
#
# So far we only followed names. Now let us run the cells of the bus company for real, in a fresh
# namespace each time: once as they ran, once as they are read.
#
# Fetch your prediction from the top of the page.

# %% consequence
def execute(notebook, order):
    """Run cells in the given order, as a fresh kernel would."""
    world = {}
    for index in order:
        exec(notebook[index].source, world)
    return world


saved = execute(bus, run_order(bus))["income"]
rerun = execute(bus, reading_order(bus))["income"]
error = (rerun - saved) / saved
print(f"the saved page says {saved}\na restart says      {rerun}\nthe difference is   {error:+.0%}")


# %% final-check tags=["self-check"]
blank = [Cell(cell.count, f"{cell.source}\n\n# a comment") for cell in FLAWED["choir"]]
unmoved = hidden_state(blank) == PLANTED["choir"]
chain, diamond = measured["chain"], measured["diamond"]
verdict("plants found", hits, 6, hits == 6)
verdict("false alarms on clean notebooks", alarms, 0, alarms == 0)
verdict("truthful orders of a chain", chain, 1, chain == 1)
verdict("truthful orders of a diamond", diamond, 2, diamond == 2)
verdict("findings unchanged by a comment", unmoved, True, unmoved)
verdict("bus: what the page says", saved, 240.0, saved == 240.0)
verdict("bus: what a restart says", rerun, 300.0, rerun == 300.0)
if LESSON.exists():
    thin_air = hidden_state(own)
    verdict("upward arrows in this lesson", upward, 0, upward == 0)
    verdict("cells that depend on your answers", len(strays), 0, not strays)
    verdict("cells of this lesson out of thin air", len(thin_air), 0, not thin_air)

# %% in-practice [markdown]
# ## In practice: this happens to careful people
#
# Researchers re-ran 10,388 Python notebooks from biomedical papers, all of those whose declared
# dependencies could be installed. 1,203 ran through without an error, and 879 gave the results on
# the page: about one in twelve ([Samuel and Mietchen, *GigaScience*
# 2024](https://doi.org/10.1093/gigascience/giad113)). Hidden state is only one of the causes, but
# it is one that costs nothing to avoid.
#
# **What seventy lines cannot see.** Our detector follows names, not objects: `rows.append(4)`
# changes a list and binds nothing. It does not know `%magic` lines, star imports or `exec`, and an
# `if` may bind a name or not. A careful tool knows these cases and stays silent where it cannot be
# sure. nbcoach is such a tool; its rules NB101, NB201, NB202 and NB205 are grown-up relatives of
# this lesson. Ask it:
#
# ```console
# nbcoach check 71_anatomy.ipynb
# nbcoach explain NB201
# ```
#
# **Three habits that make the tool unnecessary.** Restart and run all before you save. Give each
# name one meaning. Put imports and parameters on top, and let values flow down.

# %% recap [markdown]
# ## Recap: the restart is the reader's view
#
# - A cell uses, binds and deletes names. That is all a dependency graph needs.
# - One file holds two orders: the one you read and the one that ran. Hidden state is their
#   difference.
# - Three kinds are loud, three are silent. The silent ones cost more: ours cost the bus company 25
#   %.
# - All arrows down means that a restart will work. A ghost means that the page remembers something
#   you cannot see.
# - Count what a check finds *and* what it wrongly accuses. 6 of 6 means little without 0 of 4.
#
# **Spot the problem.** [A flawed notebook](../flawed/71_anatomy.ipynb) waits for you. Read it first
# and mark what you would not trust. Then run `nbcoach check` on it, and see which of you was
# sharper.
