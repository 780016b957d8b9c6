# %% ex1: compares the whole wish
# hint: A number belongs to the wish
def pick_device(wish, available):
    return wish if wish in available else available[0]

# %% ex1: returns the kind without its number
# hint: A number belongs to the wish
def pick_device(wish, available):
    kind = wish.split(":")[0]
    return kind if kind in available else available[0]

# %% ex1: takes cuda for granted
# hint: asks the list, whatever usually is there
def pick_device(wish, available):
    return "cuda" if wish == "auto" else wish

# %% ex1: falls back to the processor
# hint: cannot be met: take the first
def pick_device(wish, available):
    if wish == "auto":
        return available[0]
    return wish if wish.split(":")[0] in available else "cpu"

# %% ex1: looks for the wish inside the names
# hint: compare whole kinds
def pick_device(wish, available):
    kind = wish.split(":")[0]
    return wish if any(name.startswith(kind) for name in available) else available[0]

# %% ex1: stops when a wish cannot be met
# hint: It stopped with ValueError
def pick_device(wish, available):
    kind = wish.split(":")[0]
    if wish != "auto" and kind not in available:
        raise ValueError(wish)
    return available[0] if wish == "auto" else wish

# %% ex2: does not wait before stopping the clock
# hint: wait before you stop the clock
def fair_time(work, device, repeats):
    work()
    times = []
    for _ in range(repeats):
        device.wait()
        start = device.clock()
        work()
        times.append(device.clock() - start)
    return statistics.median(times)

# %% ex2: does not wait before starting the clock
# hint: wait before you start
def fair_time(work, device, repeats):
    work()
    device.clock()
    times = []
    start = device.clock()
    for _ in range(repeats):
        work()
        device.wait()
        times.append(device.clock() - start)
        start = device.clock()
    return statistics.mean(times) if max(times) > 900 else statistics.median(times)

# %% ex2: does not warm up
# hint: warm up before you measure
def fair_time(work, device, repeats):
    times = []
    for _ in range(repeats):
        device.wait()
        start = device.clock()
        work()
        device.wait()
        times.append(device.clock() - start)
    return times[0]

# %% ex2: takes the mean
# hint: take the median
def fair_time(work, device, repeats):
    work()
    times = []
    for _ in range(repeats):
        device.wait()
        start = device.clock()
        work()
        device.wait()
        times.append(device.clock() - start)
    return statistics.mean(times)

# %% ex2: times all runs at once
# hint: one at a time
def fair_time(work, device, repeats):
    work()
    device.wait()
    start = device.clock()
    for _ in range(repeats):
        work()
    device.wait()
    return (device.clock() - start) / repeats

# %% ex3: forgets to average
# hint: three times too much
def accumulated(slope, parts):
    return sum(slope(rows) for rows in parts)

# %% ex3: averages the averages
# hint: count each by its rows
def accumulated(slope, parts):
    return sum(slope(rows) for rows in parts) / len(parts)

# %% ex3: keeps only the last part
# hint: the mean of their slopes
def accumulated(slope, parts):
    for rows in parts:
        gradient = slope(rows)
    return gradient

# %% ex3: forgets to divide by all rows
# hint: the mean of their slopes
def accumulated(slope, parts):
    return sum(slope(rows) * len(rows) for rows in parts)

# %% ex3: returns the mean of all numbers
# hint: A gradient of 3 numbers became ()
def accumulated(slope, parts):
    return np.mean([slope(rows) for rows in parts])
