# %% ex1: multiplies by the temperature
# hint: divide, do not multiply
def tempered(scores, temperature):
    return softmax(scores * temperature)

# %% ex1: raises the chances before they add up to one
# hint: The chances of each row add up to 1
def tempered(scores, temperature):
    return softmax(scores) ** (1 / temperature)

# %% ex1: divides the chances
# hint: add up to 1
def tempered(scores, temperature):
    return softmax(scores) / temperature / scores.shape[-1]

# %% ex1: lets large scores overflow
# hint: subtract the largest of each row first
def tempered(scores, temperature):
    powers = np.exp(scores / temperature)
    return powers / powers.sum(-1, keepdims=True)

# %% ex1: adds up over all rows
# hint: The chances of each row add up to 1
def tempered(scores, temperature):
    powers = np.exp((scores - scores.max()) / temperature)
    return powers / powers.sum()

# %% ex1: blends with even chances instead of dividing the scores
# hint: Divide the scores, not the chances
def tempered(scores, temperature):
    even = 1 / scores.shape[-1]
    if temperature < 1:
        return np.eye(scores.shape[-1])[scores.argmax(-1)]
    return even + (softmax(scores) - even) / temperature

# %% ex2: forgets that no place may look ahead
# hint: Some places look ahead
def window_attention(queries, keys, values, reach):
    places = np.arange(len(queries))
    scores = queries @ keys.T / np.sqrt(keys.shape[1])
    return softmax(np.where(abs(places[:, None] - places) < reach, scores, -np.inf)) @ values

# %% ex2: sets shares to zero instead of scores to minus infinity
# hint: forbid scores, not shares
def window_attention(queries, keys, values, reach):
    places = np.arange(len(queries))
    back = places[:, None] - places
    shares = softmax(queries @ keys.T / np.sqrt(keys.shape[1]))
    return np.where((back >= 0) & (back < reach), shares, 0) @ values

# %% ex2: reads one place too many
# hint: With a reach of 1, a place reads only itself
def window_attention(queries, keys, values, reach):
    places = np.arange(len(queries))
    back = places[:, None] - places
    scores = queries @ keys.T / np.sqrt(keys.shape[1])
    return softmax(np.where((back >= 0) & (back <= reach), scores, -np.inf)) @ values

# %% ex2: forgets to scale
# hint: scaled?
def window_attention(queries, keys, values, reach):
    places = np.arange(len(queries))
    back = places[:, None] - places
    return softmax(np.where((back >= 0) & (back < reach), queries @ keys.T, -np.inf)) @ values

# %% ex2: returns the shares
# hint: Nine places of width 4
def window_attention(queries, keys, values, reach):
    places = np.arange(len(queries))
    back = places[:, None] - places
    scores = queries @ keys.T / np.sqrt(keys.shape[1])
    return softmax(np.where((back >= 0) & (back < reach), scores, -np.inf))

# %% ex3: gives the price of all letters together
# hint: take off that of the known ones
def window_floor(joint, window):
    return entropy(joint.sum(tuple(range(joint.ndim - 1 - window))))

# %% ex3: keeps the oldest letters
# hint: Are the letters that you keep the nearest ones?
def window_floor(joint, window):
    seen = joint.sum(tuple(range(window, joint.ndim - 1)))
    return entropy(seen) - entropy(seen.sum(-1))

# %% ex3: measures in bits
# hint: use the natural logarithm
def window_floor(joint, window):
    seen = joint.sum(tuple(range(joint.ndim - 1 - window)))
    return (entropy(seen) - entropy(seen.sum(-1))) / np.log(2)

# %% ex3: divides by the number of letters
# hint: Are the letters that you keep
def window_floor(joint, window):
    seen = joint.sum(tuple(range(joint.ndim - 1 - window)))
    return entropy(seen) / (window + 1)
