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
# # Diff, merge and never leak a key
#
# A notebook file holds what you wrote and what your machine made of it, in one text. Version
# control cannot tell the two apart. That is why a change of one number can look like a new
# notebook, and why two people who worked in different cells cannot put their work together.
#
# **Make a prediction before you read on.** Mira opens a notebook of seven cells: a title, some
# Python, one picture, one table, one answer. She changes `limit = 22.0` to `limit = 21.0`, runs all
# cells and saves. Then she asks git what has changed.
#
# 1. How many lines of the file does git show: **2**, about **10**, or about **30**?
# 2. How much of what it shows did Mira type: **half**, a **hundredth**, or less than a
#    **thousandth**?
# 3. Meanwhile Tom corrected the title, ran all and saved. Can git put their two changes together:
#    **always**, **sometimes** or **never**?
#
# Write your three answers down. The middle of the lesson settles them.

# %% goals [markdown] tags=["goals"]
# ## Goals: you will make git see what people wrote, and nothing else
#
# **You will do.** Write the four tools that stand behind every notebook-aware version control: one
# spelling for one notebook, a diff, a merge and a scanner for secrets. About a hundred lines in
# all.
#
# **You will learn to**
#
# - bring a notebook into a canonical form, and prove that it is one;
# - compute a shortest diff, and read it as a path through a grid;
# - merge the work of two people cell by cell, and say when a merge must ask;
# - find keys and passwords, and know why deleting one does not help.
#
# **You will need** functions, loops, lists and dictionaries in Python. If you like, read [Anatomy
# of a notebook people trust](71_anatomy.ipynb) first. Git is used where it is installed; all but
# one cell works without.
#
# **Time:** about 45 minutes. All cells together take about five seconds to run.

# %% setup tags=["setup"]
import base64
import contextlib
import copy
import inspect
import io
import itertools
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections import Counter
from math import log2
from pathlib import Path

import matplotlib.pyplot as plt
from IPython.display import display

# The figures bring their own pale card, so they read the same on a light and on a dark page.
PAPER, INK, BLUE, ORANGE, GREY = "#f7f4ee", "#22303c", "#1f5f8b", "#b3470f", "#8b8f94"
LOOK = dict.fromkeys(["text.color", "axes.labelcolor", "axes.edgecolor"], INK)
LOOK |= dict.fromkeys(["axes.facecolor", "figure.facecolor"], PAPER) | {"hatch.linewidth": 0.6}
plt.rcParams.update(LOOK | dict.fromkeys(["axes.spines.top", "axes.spines.right"], False))

# %% parameters tags=["parameters"]
SEED = 72
SPELLINGS = 300  # ways to write one notebook down
PAIRS = 200  # pairs of people who change the same notebook

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
# ## Data: a notebook file is a list of cells in JSON
#
# An `.ipynb` file is a text in JSON: a list of cells, and some metadata. Each cell has a kind, an
# `id` and a source. A code cell also has a run number and outputs. A picture is stored in its
# output as base64, one very long line of letters.
#
# Our specimen is a greenhouse log in seven cells. It was written for this lesson, so nothing has to
# be downloaded; the text is yours under [CC-BY-4.0](https://creativecommons.org/licenses/by/4.0/),
# the code under the MIT licence.
#
# To get honest outputs we run it, with a kernel of our own: `run_all` executes the cells, catches
# what they print and draw, and signs each cell with a run number and a time, as Jupyter does.

# %% greenhouse
SOURCES = {
    "title": "# How warm was the greenhouse?",
    "tools": "import math\nimport random\n\nimport matplotlib.pyplot as plt",
    "log": "random.seed(4)\nhours = range(240)\n"
           "warmth = [18 + 6 * math.sin(h / 3.82) + random.gauss(0, 1) for h in hours]",
    "limit": "limit = 22.0  # degrees Celsius",
    "picture": "plt.figure(figsize=(7, 3))\nplt.plot(hours, warmth)\nplt.axhline(limit)",
    "days": "for day in range(10):\n"
            "    print(day, round(sum(warmth[24 * day:24 * day + 24]) / 24, 1))",
    "answer": "hot = sum(degrees > limit for degrees in warmth)\n"
              "print(f\"{hot} hours were above {limit} degrees\")",
}


def new_cell(key, source):
    """A cell as the notebook format wants it: headings are prose, all the rest is code."""
    if source.startswith("# "):
        return {"cell_type": "markdown", "id": key, "metadata": {}, "source": source}
    return {"cell_type": "code", "id": key, "metadata": {}, "source": source,
            "execution_count": None, "outputs": []}


def blank(sources):
    """A notebook that never ran, from the ids and sources of its cells."""
    cells = [new_cell(key, source) for key, source in sources.items()]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}

# %% two-saves
def run_all(notebook, version, count, hour):
    """The notebook as it is saved after a run: with outputs, run numbers, times and a version."""
    ran, world = copy.deepcopy(notebook), {}
    ran["metadata"] = {"language_info": {"name": "python", "version": version}}
    for cell in [cell for cell in ran["cells"] if cell["cell_type"] == "code"]:
        with contextlib.redirect_stdout(printed := io.StringIO()):
            exec(cell["source"], world)
        if text := printed.getvalue():
            cell["outputs"].append({"output_type": "stream", "name": "stdout", "text": text})
        if plt.get_fignums():
            plt.savefig(picture := io.BytesIO(), format="png")
            plt.close("all")
            data = {"image/png": base64.b64encode(picture.getvalue()).decode()}
            cell["outputs"].append({"output_type": "display_data", "metadata": {}, "data": data})
        cell["execution_count"] = count = count + 1
        cell["metadata"] = {"execution": {"iopub.status.idle": f"{hour}:{count:02}:07Z"}}
    return ran


changed = SOURCES | {"limit": "limit = 21.0  # degrees Celsius"}
before = run_all(blank(SOURCES), "3.11.7", count=0, hour="2026-03-02T09")
after = run_all(blank(changed), "3.12.4", count=11, hour="2026-03-04T17")
for saved in (before, after):
    assert sum(len(cell.get("outputs", ())) for cell in saved["cells"]) == 3, "three outputs"
    print(saved["cells"][-1]["outputs"][0]["text"].strip())

# %% canonical-idea [markdown]
# ## One notebook, one spelling
#
# JSON lets you say the same thing in many ways. Keys may come in any order. Indents are free. `"é"`
# may be written `"\u00e9"`. A notebook adds one more freedom: a source may be one string or a list
# of lines. Two programs can save the same notebook, and not one line will be equal.
#
# Call two files *equivalent*, $x \sim y$, if they hold the same notebook. A **canonical form** is a
# function $c$ that picks one spelling from each class:
#
# $$c(x) \sim x \qquad\text{and}\qquad x \sim y \;\Rightarrow\; c(x) = c(y).$$
#
# The two together give a property that is easy to test: $c(c(x)) = c(x)$. Once is enough.
#
# Which spelling should we pick? The one that is best to compare: sorted keys, one line per line of
# source, letters that people can read, and a line break at the end.

# %% canonical tags=["self-check"]
def canonical(notebook):
    """The one spelling of a notebook that we agree on."""
    plain = copy.deepcopy(notebook)
    for cell in plain["cells"]:
        cell["source"] = "".join(cell["source"]).splitlines(keepends=True)
        for output in cell.get("outputs", []):
            if "text" in output:
                output["text"] = "".join(output["text"]).splitlines(keepends=True)
    return json.dumps(plain, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def respelled(value):
    """The same JSON value: keys in another order, sources and texts as lists of lines or not."""
    if isinstance(value, dict):
        return {key: value[key].splitlines(keepends=True)
                if key in ("source", "text") and rng.random() < 0.5 else respelled(value[key])
                for key in rng.sample(list(value), len(value))}
    return [respelled(item) for item in value] if isinstance(value, list) else value


rng = random.Random(SEED)
files = {json.dumps(respelled(before), indent=rng.choice([None, 1, 2, 4]),
                    ensure_ascii=rng.random() < 0.5) for _ in range(SPELLINGS)}
forms = {canonical(json.loads(file)) for file in files}
print(f"{len(files)} different files, {len(forms)} canonical text")

# %% diff-idea [markdown]
# ## A diff is the longest story that two files share
#
# A diff does not know what you did. It sees two lists of lines and looks for the longest list that
# can be read in *both*, in order, with gaps. That is their **longest common subsequence**. What is
# missing from it in the old file was removed, what is missing from it in the new file was added.
#
# Let $L(i, j)$ be the length of the longest common subsequence of what follows line $i$ in the old
# and line $j$ in the new file. If the two next lines are equal, take them. If not, skip one or the
# other:
#
# $$L(i, j) = \begin{cases} 1 + L(i+1, j+1) & \text{if } a_i = b_j\\
# \max\bigl(L(i+1, j),\; L(i, j+1)\bigr) & \text{otherwise}\end{cases}$$
#
# With $n$ and $m$ lines, the shortest diff has $n + m - 2 L(0, 0)$ lines. Fill the table from its
# end, then walk through it from its beginning.

# %% lcs tags=["self-check"]
def lcs(old, new):
    """Pairs (i, j) with old[i] == new[j]: as many as there can be, and in order."""
    length = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            length[i][j] = (1 + length[i + 1][j + 1] if old[i] == new[j]
                            else max(length[i + 1][j], length[i][j + 1]))
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif length[i + 1][j] >= length[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def longest_by_trial(old, new):
    """The same length found the slow way: try all subsequences."""
    old, new = ({part for size in range(len(text) + 1)
                 for part in itertools.combinations(text, size)} for text in (old, new))
    return max(map(len, old & new))


texts = [[rng.choices("abc", k=rng.randrange(8)) for _ in range(2)] for _ in range(SPELLINGS)]
agreed = sum(len(lcs(*pair)) == longest_by_trial(*pair) for pair in texts)
print(f"the table and the slow way agree on {agreed} of {SPELLINGS} pairs of short texts")

# %% edit-grid tags=["figure"]
old_ids = ["title", "tools", "log", "limit", "picture", "days", "answer"]
new_ids = ["title", "tools", "days", "log", "limit", "advice", "answer"]
figure, axes = plt.subplots(figsize=(6.4, 5.2))
kept, here = lcs(old_ids, new_ids), (0, 0)
for i, j in [*kept, (7, 7)]:
    axes.plot([here[1], here[1], j], [here[0], i, i], color=ORANGE, lw=2.5, ls=(0, (3, 1)))
    if i < len(old_ids):
        axes.plot([j, j + 1], [i, i + 1], color=BLUE, lw=4, solid_capstyle="round")
    here = (i + 1, j + 1)
axes.plot([], [], color=BLUE, lw=4, label=f"diagonal: {len(kept)} cells kept")
axes.plot([], [], color=ORANGE, lw=2.5, ls=(0, (3, 1)), label="down: removed, right: added")
axes.set(xlim=(-0.1, 7.1), ylim=(7.1, -0.1), aspect="equal", xlabel="new cells",
         ylabel="old cells", title="A shortest diff is the path with the most diagonals")
axes.set_xticks([j + 0.5 for j in range(7)], new_ids, rotation=35, ha="right")
axes.set_yticks([i + 0.5 for i in range(7)], old_ids)
axes.grid(color=GREY, alpha=0.3)
axes.legend(loc="upper right", frameon=False)
show(figure, "Grid of seven old against seven new cells. The path takes five diagonals; it goes "
     "right past days and advice, which are new there, and down past picture and days, now gone.")

# %% strip-idea [markdown]
# ## Outputs are what a machine can make again
#
# Now the raw diff of Mira's change. Among her lines, most were written by the kernel: the picture,
# the answer, run numbers, times, the version of Python. All of that comes back when somebody runs
# the notebook. So it need not be *in* the history, and what is not there cannot be in the way.
#
# `strip` takes it out. It must obey three laws, and each protects somebody:
#
# - no source changes, so no work is lost;
# - $s(s(x)) = s(x)$, so that a clean file is left alone;
# - the notebook that it gets stays as it is, so that your open window keeps its pictures.
#
# **Predict.** The next picture shows the two diffs side by side. How long is the right one?

# %% strip tags=["self-check"]
def strip(notebook):
    """The notebook without all that a run makes: outputs, run numbers, times, versions."""
    clean = copy.deepcopy(notebook) | {"metadata": {}}
    for cell in clean["cells"]:
        cell["metadata"] = {key: value for key, value in cell["metadata"].items()
                            if key == "tags"}
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return clean


def diff(old, new):
    """The lines of a shortest diff, each with its sign, in the order in which git shows them."""
    lines, i, j = [], 0, 0
    for k, m in [*lcs(old, new), (len(old), len(new))]:
        lines += [("-", line) for line in old[i:k]] + [("+", line) for line in new[j:m]]
        i, j = k + 1, m + 1
    return lines


assert strip(strip(before)) == strip(before) == blank(SOURCES), "no source changes, once is enough"
raw = diff(canonical(before).splitlines(), canonical(after).splitlines())
clean = diff(canonical(strip(before)).splitlines(), canonical(strip(after)).splitlines())
shrink = 1 - sum(len(line) for _, line in clean) / sum(len(line) for _, line in raw)
print(f"raw diff    {len(raw):3} lines\nclean diff  {len(clean):3} lines, {shrink:.1%} smaller:")
for sign, line in clean:
    print("  ", sign, line.strip())

# %% same-edit tags=["figure"]
figure, panels = plt.subplots(1, 2, figsize=(9.4, 5), width_ratios=(1.25, 1), sharex=True)
for axes, lines, title in zip(panels, (raw, clean), ("raw", "clean")):
    for row, (sign, line) in enumerate(lines):
        colour = ORANGE if sign == "-" else BLUE
        mine = "degrees Celsius" in line
        axes.barh(row, len(line), height=0.75, color=colour, left=1, alpha=1 if mine else 0.45,
                  hatch=None if sign == "-" else "////", edgecolor=PAPER)
        if mine:
            axes.text(len(line) * 1.5, row, f"{sign} {line.strip()}", va="center", fontsize=9,
                      family="monospace", color=colour)
    axes.set(xscale="log", xlim=(1, 4e5), xlabel="characters in the line",
             ylim=(len(raw), -1), yticks=[], title=f"{title}: {len(lines)} lines")
    axes.spines["left"].set_visible(False)
longest = max(range(len(raw)), key=lambda row: len(raw[row][1]))
panels[0].annotate("the picture", (len(raw[longest][1]), longest), (3000, longest + 5.5),
                   arrowprops={"arrowstyle": "->", "color": INK}, ha="center", color=INK)
panels[1].barh(0, 0, left=1, color=ORANGE, label="− removed")
panels[1].barh(0, 0, left=1, color=BLUE, hatch="////", edgecolor=PAPER, label="+ added")
panels[1].legend(loc="lower right", frameon=False)
figure.suptitle("One number changed: what a diff shows", x=0.02, ha="left")
figure.tight_layout()
show(figure, f"Changed lines of one edit. Raw: {len(raw)} lines, two of them pictures of tens of "
     "thousands of characters, the typed line lost among them. Clean: the typed line, old and new.")

# %% merge-idea [markdown]
# ### What just happened
#
# The raw diff shows 32 lines and a hundred thousand characters. Mira typed one of them. The clean
# diff shows her line and nothing else.
#
# To strip or to keep is a choice to make once for a project. Keep outputs where the page itself is
# the product, as in this lesson. Strip them where people change the same notebooks. What never
# works is a folder where some do the one and some the other.
#
# ## A merge is two diffs with one ancestor
#
# Two people start from the same **base**. To merge, compute two diffs: base → ours and base →
# theirs. Lines that all three share are *anchors*. Between two anchors lies a chunk, in three
# versions, and there are only four cases:
#
# | Chunk | Then take |
# |---|---|
# | ours = base | theirs: only they changed it |
# | theirs = base | ours: only we changed it |
# | ours = theirs | either: both made the same change |
# | all differ | nothing: this is a **conflict**, and a person must choose |
#
# The function below does not care what its items are. Give it lines, and it does what git does.
# Give it the ids of cells, and it merges the *order* of a notebook; then each cell is merged on its
# own.

# %% merge
def merge(base, ours, theirs):
    """The merged list, and the chunks (base, ours, theirs) in which a person must choose."""
    mine, other = dict(lcs(base, ours)), dict(lcs(base, theirs))
    anchors = [(i, mine[i], other[i]) for i in range(len(base)) if i in mine and i in other]
    merged, conflicts, start = [], [], (0, 0, 0)
    for end in [*anchors, (len(base), len(ours), len(theirs))]:
        b, o, t = (items[first:last] for items, first, last
                   in zip((base, ours, theirs), start, end))
        chosen = t if o == b else o
        if b not in (o, t) and o != t:
            conflicts.append((b, o, t))
            chosen = o + [item for item in t if item not in o]  # keep both until somebody chooses
        merged += chosen + base[end[0]:end[0] + 1]
        start = tuple(place + 1 for place in end)
    return merged, conflicts


for mine, other in [("abxd", "abcde"), ("axcd", "aycd"), ("bcd", "abc")]:
    merged, conflicts = merge(list("abcd"), list(mine), list(other))
    print(f"abcd → {mine} and {other}:".ljust(25), "".join(merged), conflicts or "")

# %% merge-notebooks
def by_id(notebook):
    return {cell["id"]: cell for cell in notebook["cells"]}


def merge_cell(base, ours, theirs):
    """One cell of the merge, or None where it was deleted; and whether a person must choose."""
    if base == ours or ours == theirs:
        return theirs, False
    if base == theirs:
        return ours, False
    if None in (base, ours, theirs):
        return ours or theirs, True
    lines = [cell["source"].splitlines(keepends=True) for cell in (base, ours, theirs)]
    source, conflicts = merge(*lines)
    return ours | {"source": "".join(source)}, bool(conflicts)


def merge_notebooks(base, ours, theirs):
    """The merged notebook, and the ids of the cells in which a person must choose."""
    sides = [by_id(strip(notebook)) for notebook in (base, ours, theirs)]
    order, _ = merge(*map(list, sides))  # two new cells at one place are no conflict: keep both
    results = {key: merge_cell(*(side.get(key) for side in sides))
               for key in sides[0] | dict.fromkeys(order)}
    cells = [results[key][0] for key in order if results[key][0] is not None]
    return strip(base) | {"cells": cells}, [key for key, (_, clash) in results.items() if clash]

# %% edits
def disjoint_edits(notebook, rng):
    """What two people do to different cells: lists of (cell, source or None, addition)."""
    keys, work = rng.sample(list(by_id(notebook)), 6), []
    for mine in (keys[:3], keys[3:]):
        acts = []
        for key in mine[:rng.randrange(1, 4)]:
            source, number = by_id(notebook)[key]["source"], f"{rng.random():.6f}"
            acts.append(rng.choice([(key, f"{source}\n# checked {number}", None), (key, None, None),
                                    (key, source, (f"note-{number}", f"# Note {number}"))]))
        work.append(acts)
    return work


def worked(notebook, acts):
    """The notebook after somebody has changed, deleted and added cells."""
    plan = {key: (cell["source"], None) for key, cell in by_id(notebook).items()}
    plan |= {key: (source, note) for key, source, note in acts}
    cells = [cell | {"source": plan[key][0]} for key, cell in by_id(notebook).items()]
    notes = {key: [new_cell(*note)] for key, (_, note) in plan.items() if note}
    cells = [each for cell in cells for each in [cell, *notes.get(cell["id"], [])]]
    return notebook | {"cells": [cell for cell in cells if cell["source"] is not None]}


def rerun(notebook, rng):
    """What a run changes in any case, without the wait: the run numbers."""
    first, ran = rng.randrange(1, 90), copy.deepcopy(notebook)
    for count, cell in enumerate(ran["cells"], first):
        cell |= {"execution_count": count} if cell["cell_type"] == "code" else {}
    return ran

# %% outcomes tags=["self-check"]
def by_lines(notebooks):
    """What git does: merge the lines of the files; None where a person must choose."""
    merged, conflicts = merge(*(canonical(each).splitlines(keepends=True) for each in notebooks))
    return None if conflicts else strip(json.loads("".join(merged)))


def by_cells(notebooks):
    merged, conflicts = merge_notebooks(*notebooks)
    return None if conflicts else merged


BLANK = strip(before)
WAYS = ("lines of saved files", "lines of stripped files", "cells")
stripped, tried = [], {way: Counter() for way in WAYS}
for _ in range(PAIRS):
    ours, theirs = disjoint_edits(BLANK, rng)
    truth = canonical(worked(worked(BLANK, ours), theirs))
    clean = [BLANK, worked(BLANK, ours), worked(BLANK, theirs)]
    saved = [rerun(notebook, rng) for notebook in clean]
    stripped.append(clean)
    for way, merged in zip(tried, (by_lines(saved), by_lines(clean), by_cells(saved))):
        right = merged is not None and canonical(merged) == truth
        tried[way]["right" if right else "asks" if merged is None else "wrong"] += 1
for way, outcomes in tried.items():
    print(f"{way:24}", dict(sorted(outcomes.items())))

# %% outcomes-picture tags=["figure"]
LOOKS = {"right": (BLUE, None), "asks": (GREY, "...."), "wrong": (ORANGE, "xxxx")}
figure, axes = plt.subplots(figsize=(8.4, 2.9))
for row, outcomes in enumerate(tried.values()):
    left = 0
    for outcome, (colour, hatch) in LOOKS.items():
        count = outcomes[outcome]
        axes.barh(row, count, left=left, color=colour, hatch=hatch, edgecolor=PAPER, height=0.62,
                  label=f"{outcome}" if row == 0 else None)
        if count > 9:
            axes.text(left + count / 2, row, count, ha="center", va="center", color=INK,
                      bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 2})
        left += count
silent = tried["lines of stripped files"]["wrong"]
axes.text(PAIRS, 1.5, f"{silent} wrong, without a question ↑", ha="right", va="center", fontsize=9)
axes.set(xlabel=f"pairs of people who worked in different cells, of {PAIRS}", xlim=(0, PAIRS),
         ylim=(2.45, -0.45), title="The same work, merged in three ways")
axes.set_yticks(range(3), tried)
axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.22), ncols=3, frameon=False)
show(figure, f"Of {PAIRS} merges of disjoint work, all ask a person when saved files are merged by "
     f"lines; of stripped files {tried['lines of stripped files']['asks']} ask and {silent} are "
     "silently wrong; by cells all are right.")

# %% secrets-idea [markdown]
# ### What just happened
#
# Merged as saved, not one of 200 pairs got through, although nobody had touched the other's cells:
# the run numbers of all cells collide. (With other seeds a few pairs in a hundred get through: those
# that happen to have the same run numbers.) That settles your third answer: Mira and Tom as good as
# **never** merge. Stripped files mostly work. But JSON is not made of lines that can be cut anywhere,
# and where two people add or delete neighbours, git must ask. Four merges were worse than a question:
# cells changed places, and nobody was told. Cells merged by their ids were right 200 times.
#
# ## A secret is found by its shape, not by its looks
#
# Keys and passwords hide in notebooks better than anywhere else: in a source, in an output that
# printed them, in an error message, in metadata. How does a scanner know one?
#
# **By its randomness?** The entropy of a text with character frequencies $p_c$ is
# $H = -\sum_c p_c \log_2 p_c$ bits per character. Random keys have much, words have little. But so
# many harmless things are random as well: cell ids, checksums, pictures.
#
# **By its shape.** Issuers help. Their keys begin with `AKIA`, `ghp_` or `hf_` and have a fixed
# length. GitHub goes further: the last six characters are a checksum of the thirty before, so that
# a scanner can tell a token from a lookalike without asking anybody.
#
# And once it is committed? A git history is a store of texts under the names that their checksums
# give them. A commit adds texts and takes none away: that is what a history is for. The last cell
# of this section tries it in a temporary repository.
#
# **Predict.** Of 40 harmless texts (ids, checksums, pictures, lookalikes), how many will the
# entropy accuse? How many the shapes?

# %% scan
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
SHAPES = {
    "AWS access key": r"\bAKIA[0-9A-Z]{16}\b",
    "GitHub token": r"\bghp_[0-9A-Za-z]{36}\b",
    "Hugging Face token": r"\bhf_[A-Za-z]{34}\b",
    "password in a URL": r"(?<=://)[^\s:/@]+:[^\s:/@]{8,}(?=@)",
    "private key": r"-----BEGIN (?:RSA |EC )?PRIVATE KEY-----\s+[A-Za-z0-9+/=]{32}",
}


def entropy(text):
    """Bits per character, by the frequencies of the characters."""
    return sum(-n / len(text) * log2(n / len(text)) for n in Counter(text).values())


def signed(body):
    """A text with its checksum: CRC-32 in base 62, six characters, as GitHub makes it."""
    number, digits = zlib.crc32(body.encode()), ""
    while number:
        number, rest = divmod(number, 62)
        digits = ALPHABET[rest] + digits
    return body + digits.rjust(6, "0")

# %% find-secrets
def texts_in(value):
    """All texts in a JSON value, however deep; a list of lines is one text."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = "".join(value)
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts_in(item)


def is_real(kind, secret):
    """Whether a text of the right shape is a key, and no placeholder and no lookalike."""
    if kind == "GitHub token":
        return secret[4:] == signed(secret[4:-6])
    return "EXAMPLE" not in secret and entropy(secret) > 3


def find_secrets(notebook):
    """The kinds of secrets in a notebook, and the secrets: (kind, secret)."""
    return [(kind, found[0]) for text in texts_in(notebook) for kind, shape in SHAPES.items()
            for found in re.finditer(shape, text) if is_real(kind, found[0])]

# %% hiding-places tags=["self-check"]
def pick(alphabet, size):
    return "".join(rng.choices(alphabet, k=size))


FAKES = {  # made here and now: they open nothing
    "AWS access key": "AKIA" + pick(ALPHABET[:36], 16),
    "GitHub token": "ghp_" + signed(pick(ALPHABET, 30)),
    "Hugging Face token": "hf_" + pick(ALPHABET[10:], 34),
    "password in a URL": "ana:" + pick(ALPHABET, 16),
    "private key": "-----BEGIN " + "PRIVATE KEY-----\n" + pick(ALPHABET, 32),
}
leaky = copy.deepcopy(after)
cells = by_id(leaky)
cells["title"]["source"] += "\n\n" + FAKES["private key"]
cells["tools"]["source"] += f"\nlogin({FAKES['GitHub token']!r})"
cells["limit"]["metadata"]["login"] = FAKES["Hugging Face token"]
cells["days"]["outputs"][0]["text"] += f"reading https://{FAKES['password in a URL']}@plants.org"
cells["answer"]["outputs"] += [{"output_type": "error", "evalue": FAKES["AWS access key"]}]

found, left = find_secrets(leaky), find_secrets(strip(leaky))
for kind, secret in found:
    state = "stays" if (kind, secret) in left else "goes"
    print(f"{kind:18} {secret[:4]!r} and {len(secret) - 4:2} characters more: strip and it {state}")
caught = sorted(found) == sorted(FAKES.items())

# %% entropy-picture tags=["figure"]
HARMLESS = {
    "cell ids": [rng.randbytes(16).hex() for _ in range(10)],
    "checksums": [rng.randbytes(32).hex() for _ in range(10)],
    "pieces of pictures": [base64.b64encode(rng.randbytes(36)).decode() for _ in range(10)],
    "lookalikes": ["ghp_" + pick(ALPHABET, 36) for _ in range(8)] + ["AKIA" + "EXAMPLE" * 2 + "42",
                                                                     "hf_" + "x" * 34],
}
harmless = [text for texts in HARMLESS.values() for text in texts]
accused = sum(entropy(text) > 3 for text in harmless)
alarms = len(find_secrets(harmless)), len([text for text in harmless if find_secrets([text])])
keys = [secret.split("\n")[-1].removeprefix("ana:") for secret in FAKES.values()]

figure, axes = plt.subplots(figsize=(7.6, 4))
for (title, texts), marker in zip([*HARMLESS.items(), ("secrets", keys)], "os^DX"):
    look = {"color": ORANGE, "s": 95} if title == "secrets" else {"color": BLUE, "alpha": 0.55}
    axes.scatter([len(text) for text in texts], list(map(entropy, texts)), marker=marker,
                 label=title, **look)
axes.axhline(3, color=INK, lw=1, ls="--")
axes.set(xlabel="length (characters)", ylabel="entropy (bits per character)", ylim=(-0.2, 5.8),
         title="Randomness does not tell a secret from a checksum")
axes.legend(frameon=False, loc="lower right")
show(figure, f"Entropy against length of 40 harmless texts and five secrets. {accused} harmless "
     "texts lie above three bits per character, amid the secrets; one row of x far below.")
print(f"accused by entropy: {accused} of {len(harmless)}    by shape: {alarms[1]}")

# %% forget tags=["self-check"]
def git(folder, *arguments):
    """What git answers, with nobody's own settings."""
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    who = ["-c", "user.name=Mira", "-c", "user.email=mira@localhost", "-C", folder]
    return subprocess.run(["git", *who, *arguments], check=True, capture_output=True,
                          encoding="utf-8", env=os.environ | alone).stdout


FILTER = "\n".join(["import copy, json, sys", *map(inspect.getsource, (canonical, strip)),
                    "print(canonical(strip(json.load(sys.stdin))), end='')"])
if shutil.which("git"):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "clean.py").write_text(FILTER, encoding="utf-8")
        Path(folder, ".gitattributes").write_text("*.ipynb filter=strip\n", encoding="utf-8")
        git(folder, "init", "--quiet")
        git(folder, "config", "filter.strip.clean", f"'{sys.executable}' -X utf8 clean.py")
        for page in (leaky, after):
            Path(folder, "log.ipynb").write_text(canonical(page), encoding="utf-8")
            git(folder, "add", ".")
            git(folder, "commit", "--quiet", "--message", "Save")
        Path(folder, "log.ipynb").write_text(canonical(rerun(after, rng)), encoding="utf-8")
        dirty = git(folder, "status", "--short").split()
        latest, earlier = [find_secrets(json.loads(git(folder, "show", f"{commit}:log.ipynb")))
                           for commit in ("HEAD", "HEAD~1")]
    print(f"after one more run git sees {len(dirty)} changed files")
    print(f"keys in the latest commit: {len(latest)}    in the one before: {len(earlier)}")

# %% ex1-task [markdown]
# ## Three exercises, from a nudge to a small discovery
#
# **What just happened?** The filter kept three keys out of git, and it made a re-run invisible. The
# two keys in sources were committed, and deleting them helped nobody: they are one commit away, for
# ever. A key that was pushed must be *revoked*. Nothing else makes it harmless.
#
# Now it is your turn. Replace each `...` and run the check below it. Nothing else in this notebook
# uses your answers, so *Run all* works at every moment.
#
# ### ★ Exercise 1: keep what somebody asked to keep
#
# Write `strip_kept(notebook)`. It does what `strip` does, but a cell with the tag `keep_output`
# keeps its outputs. Its run number goes like all others.
#
# <details><summary>Hint 1: a question</summary>Which part of the work does <code>strip</code> do
# for you already?</details>
#
# <details><summary>Hint 2: the idea</summary>Strip first. Then walk through the old and the new
# cells together and put some outputs back. Not every cell has tags.</details>
#
# <details><summary>Hint 3: nearly code</summary><code>for old, new in zip(notebook["cells"],
# clean["cells"])</code>: if the tag is in <code>old["metadata"].get("tags", [])</code>, the new
# cell gets the old outputs.</details>

# %% ex1 tags=["exercise"]
strip_kept = ...  # replace this line by: def strip_kept(notebook): …

# %% ex1-check tags=["self-check"]
def check_strip_kept(answer):
    tags = [{"tags": ["keep_output"]}, {"tags": ["do_not_keep_output"]}, {}]
    page = strip(before) | {"cells": strip(before)["cells"][:1]}
    page["cells"] += [new_cell(f"cell-{number}", "1 + 1") | {
        "metadata": tag, "outputs": [{"text": f"{number}"}], "execution_count": number + 5}
        for number, tag in enumerate(tags)]
    original = copy.deepcopy(page)
    clean = answer(page)
    assert clean is not None, "Did you forget to return the notebook?"
    assert page == original, "Your function changed the notebook it was given: work on a copy."
    kept, other, plain = clean["cells"][1:]
    assert kept["outputs"] == [{"text": "0"}], "The cell tagged keep_output lost its outputs."
    assert other["outputs"] == [], "do_not_keep_output is another tag: compare whole tags."
    assert plain["outputs"] == [], "Only a tagged cell keeps its outputs."
    assert kept["execution_count"] is None, "Outputs may stay, run numbers may not."
    kept["outputs"] = []
    assert clean == strip(page), "All the rest must be as strip leaves it, prose included."


report("ex1", check_strip_kept, strip_kept)

# %% ex1-solution jupyter={"source_hidden": true} tags=["solution", "hide-input"]
def strip_kept_solution(notebook):
    """Strip all, then give the tagged cells their outputs back."""
    clean = strip(notebook)
    for old, new in zip(notebook["cells"], clean["cells"]):
        if "keep_output" in old["metadata"].get("tags", []):
            new["outputs"] = copy.deepcopy(old["outputs"])
    return clean


report("ex1 solution", check_strip_kept, strip_kept_solution)

# %% ex2-task [markdown]
# ### ★★ Exercise 2: a merge that never has to ask
#
# The tags of a cell are a set: order means nothing. For sets there is a merge without conflicts.
# Write `merge_tags(base, ours, theirs)`. It takes three lists of tags and returns one sorted list,
# in which every addition and every removal of either person has happened.
#
# **Before you write:** why is the union of the three wrong? Who would be annoyed?
#
# <details><summary>Hint 1: a question</summary>Look at one tag alone. It is in or out, in each of
# three places: eight cases. In which of them do two people disagree about what they
# <em>changed</em>?</details>
#
# <details><summary>Hint 2: the idea</summary>A tag that was in the base stays if nobody removed it.
# One that was not comes in if anybody added it.</details>
#
# <details><summary>Hint 3: nearly code</summary>With sets: what all three share, and what ours has
# beyond the base, and what theirs has beyond the base.</details>

# %% ex2 tags=["exercise"]
merge_tags = ...  # replace this line by: def merge_tags(base, ours, theirs): …

# %% ex2-check tags=["self-check"]
def check_merge_tags(answer):
    assert answer(["a"], ["a"], ["a"]) is not None, "Did you forget to return the list?"
    assert answer([], ["x"], ["y"]) == ["x", "y"], "Both additions must come in, in sorted order."
    assert answer(["a", "b"], ["a"], ["a", "b"]) == ["a"], "Ours removed b, and it came back."
    assert answer(["a", "b"], ["a", "b"], ["a"]) == ["a"], "Theirs removed b, and it came back."
    assert answer([], ["x"], ["x"]) == ["x"], "Both added x, but a set holds it once."
    assert answer(["a"], ["b"], ["a", "c"]) == ["b", "c"], "Ours swapped a for b, theirs added c."
    for case in itertools.product([[], ["p"], ["q"], ["p", "q"]], repeat=3):
        base, ours, theirs = case
        expected = [tag for tag in "pq"
                    if tag in (theirs if (tag in ours) == (tag in base) else ours)]
        assert answer(*case) == expected, f"{base}, {ours} and {theirs} should give {expected}."


report("ex2", check_merge_tags, merge_tags)

# %% ex2-solution jupyter={"source_hidden": true} tags=["solution", "hide-input"]
def merge_tags_solution(base, ours, theirs):
    """What nobody removed, and what anybody added."""
    base, ours, theirs = set(base), set(ours), set(theirs)
    return sorted((base & ours & theirs) | (ours - base) | (theirs - base))


report("ex2 solution", check_merge_tags, merge_tags_solution)

# %% ex3-task [markdown]
# ### ★★★ Exercise 3: how many cells did somebody move?
#
# Somebody rearranged a notebook. Write `moves(old, new)`: given the ids of its cells before and
# after, it returns the smallest number of cells that had to be picked up and put down elsewhere.
# Cells that were added or deleted were not moved, and a cell that only made room was not moved
# either.
#
# **Then explore.** Shuffle 100 cells at random, many times. How many could have stayed where they
# were? Guess first. Mathematicians needed until 1977 to prove that it is about $2\sqrt n$ for $n$
# cells; a better formula is $2\sqrt n - 1.77\, n^{1/6}$, known since 1999. Open the solution to see
# it measured.
#
# <details><summary>Hint 1: a question</summary>Which cells may lie still while you move the others?
# What must be true of their order?</details>
#
# <details><summary>Hint 2: the idea</summary>Those that lie still are in the same order before and
# after. You want as many as possible. You have a function for that.</details>
#
# <details><summary>Hint 3: nearly code</summary>Keep only ids that are in both lists. Subtract the
# length of their <code>lcs</code> from their number.</details>

# %% ex3 tags=["exercise"]
moves = ...  # replace this line by: def moves(old, new): …

# %% ex3-check tags=["self-check"]
def check_moves(answer):
    assert answer(list("abcde"), list("abcde")) is not None, "Did you forget to return the number?"
    assert answer(list("abcde"), list("abcde")) == 0, "Nothing has changed here."
    assert answer(list("abcde"), list("xabcde")) == 0, "A new cell on top moves nobody."
    assert answer(list("abcde"), list("abde")) == 0, "A deleted cell was not moved."
    assert answer(list("abcde"), list("eabcd")) == 1, "e went to the top, the others made room."
    assert answer(list("abcde"), list("ebcda")) == 2, "a and e changed places: two moves."
    assert answer(list("abcde"), list("edcba")) == 4, "Turned upside down, one of five may stay."
    assert answer(list("abcdef"), list("defabc")) == 3, "Half of the cells stay, wherever they are."
    assert answer(list("abcd"), list("bydxa")) == 1, "Added, deleted and moved: only a was moved."


report("ex3", check_moves, moves)

# %% ex3-solution jupyter={"source_hidden": true} tags=["solution", "hide-input"]
def moves_solution(old, new):
    """All cells that are in both, without the longest list of those that kept their order."""
    common = [key for key in old if key in new]
    return len(common) - len(lcs(common, [key for key in new if key in old]))


report("ex3 solution", check_moves, moves_solution)
hundred = range(100)
stayed = [100 - moves_solution(hundred, rng.sample(hundred, 100)) for _ in range(PAIRS)]
theory = 2 * 100 ** 0.5 - 1.77 * 100 ** (1 / 6)
print(f"of 100 shuffled cells may stay: {sum(stayed) / PAIRS:.1f} measured, {theory:.1f} in theory")

# %% break-it [markdown]
# ## Break it: a merge without a conflict, and a notebook that fails
#
# Mira finds that `limit` is a poor name. She calls it `threshold`, in all three cells that use it,
# and her notebook runs. Tom adds a cell that gives advice, and his notebook runs, too. They touched
# different cells. What can go wrong?

# %% consequence
renamed = [(key, SOURCES[key].replace("limit", "threshold"), None)
           for key in ("limit", "picture", "answer")]
advice = ("advice", "if hot > 24:\n    print('open the windows at', limit)")
hers = worked(BLANK, renamed)
his = worked(BLANK, [("answer", SOURCES["answer"], advice)])
both, conflicts = merge_notebooks(BLANK, hers, his)

for title, page in [("hers", hers), ("his", his), ("both", both)]:
    try:
        last = run_all(page, "3.12.4", count=0, hour="2026-03-05T08")["cells"][-1]
        symptom = "runs"
    except NameError as error:
        symptom = f"NameError: {error}"
    print(f"{title:5} {symptom}")
print(f"conflicts in the merge: {len(conflicts)}")

# %% final-check tags=["self-check"]
def git_merges(notebooks):
    """The text that git itself makes of three files, or None where it asks."""
    with tempfile.TemporaryDirectory() as folder:
        for name, page in zip(("base", "ours", "theirs"), notebooks):
            Path(folder, name).write_text(canonical(page), encoding="utf-8", newline="")
        result = subprocess.run(["git", "merge-file", "-p", "ours", "base", "theirs"], cwd=folder,
                                capture_output=True, encoding="utf-8")
    return None if result.returncode else canonical(json.loads(result.stdout))


cells, files = tried["cells"]["right"], tried["lines of saved files"]["asks"]
verdict("spellings of one notebook", len(forms), 1, len(forms) == 1)
verdict("shortest diffs, against trying everything", agreed, SPELLINGS, agreed == SPELLINGS)
verdict("how much smaller the clean diff is", f"{shrink:.1%}", "at least 95 %", shrink >= 0.95)
verdict("merges of saved files that must ask", files, "at least 190", files >= 0.95 * PAIRS)
verdict("merges by cells that are right", cells, PAIRS, cells == PAIRS)
verdict("fake secrets found", len(found), 5, caught)
verdict("false alarms on 40 harmless texts", alarms[1], 0, alarms == (0, 0))
verdict("conflict-free, and it does not run", symptom[:9], "NameError", symptom[:9] == "NameError")
if shutil.which("git"):
    mine = [merged and canonical(merged) for merged in map(by_lines, stripped)]
    same = sum(text == git_merges(case) for text, case in zip(mine, stripped))
    verdict("line merges that git makes like ours", same, len(stripped), same == len(stripped))
    verdict("keys that deleting left in the history", len(earlier), 2, len(earlier) == 2)

# %% in-practice [markdown]
# ## In practice: let a tool do it, and know what it does
#
# - **Diff and merge.** [nbdime](https://nbdime.readthedocs.io) does what our hundred lines do, and
#   much more: it pairs cells that are similar, not only equal, and it opens in a browser. Cells
#   have ids since version 4.5 of the notebook format; older files must be matched by their sources.
# - **Strip.** `nbcoach git setup --clean` installs a filter like ours and sets nbdime up. What it
#   takes out follows a setting, and cells tagged `keep_output` keep theirs.
# - **Check.** nbcoach finds conflict markers (NB601), outputs and run numbers where the policy is
#   to have none (NB602, NB603), files and outputs that are too large (NB604, NB605), missing and
#   repeated ids (NB611, NB612), and secrets in sources (NB701) and outputs (NB702).
#
# ```console
# nbcoach git setup --clean
# nbcoach check --staged
# nbcoach explain NB702
# ```
#
# **What it cannot see.** Shapes find keys of known issuers; a password that is a plain word has
# none. And no merge knows what a name means, as Mira and Tom found: run the notebook after each
# merge.
#
# **If a key got out**, revoke it first. Researchers who watched GitHub found thousands of new keys
# in public files every day ([Meli, McNiece and Reaves, NDSS
# 2019](https://doi.org/10.14722/ndss.2019.23418)), so others can find yours as well.
#
# Our table takes time in proportion to the product of the lengths. Git's own method is faster where
# files are alike ([Myers 1986](https://doi.org/10.1007/BF01840446)). What a three-way merge
# promises and what it does not was worked out late ([Khanna, Kunal and Pierce
# 2007](https://doi.org/10.1007/978-3-540-77050-3_40)).

# %% recap [markdown]
# ## Recap: commit what people wrote
#
# - One notebook has many spellings. Agree on one before you compare.
# - A diff is a longest common subsequence. On saved files it mostly shows what machines wrote: here
#   99.9 % of it went when outputs were stripped.
# - A merge is two diffs over one base. By cells and ids 200 of 200 were right; by lines of saved
#   files, none got through.
# - A secret has a shape, and often a checksum. Entropy alone accused 39 of 40 harmless texts.
# - What was committed stays. Revoke the key, then tidy up.
#
# **Spot the problem.** [A flawed notebook](../flawed/72_version_control.ipynb) waits for you. Read
# it first and mark what you would not commit. Then run `nbcoach check` on it, and see which of you
# was sharper.
