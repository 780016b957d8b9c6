# %% ex1: finds edges instead of strokes
# hint: it finds edges, not strokes
def stroke_kernel(size):
    row = np.zeros(size)
    row[size // 2 - 1], row[size // 2 + 1] = -1, 1
    return np.tile(row, (size, 1)) / size

# %% ex1: finds level lines
# hint: It finds level lines: turn it
def stroke_kernel(size):
    row = np.full(size, -1 / (size * (size - 1)))
    row[size // 2] = 1 / size
    return np.tile(row, (size, 1)).T

# %% ex1: leaves out the negative weights
# hint: all weights add up to 0
def stroke_kernel(size):
    kernel = np.zeros((size, size))
    kernel[:, size // 2] = 1 / size
    return kernel

# %% ex1: does not scale
# hint: scale the weights
def stroke_kernel(size):
    row = np.full(size, -1.0)
    row[size // 2] = size - 1
    return np.tile(row, (size, 1))

# %% ex1: answers for 3 pixels only
# hint: For size 5 the shape is (3, 3)
def stroke_kernel(size):
    return STROKE

# %% ex1: balances the whole kernel, but not its rows
# hint: check each row's sum
def stroke_kernel(size):
    kernel = np.zeros((size, size))
    kernel[:, size // 2] = 1 / size
    kernel[0, 0] = -1
    return kernel

# %% ex2: forgets the padding
# hint: Zeros belong on all four sides
def conv2d_strided(picture, kernel, stride, padding):
    return conv2d(picture, kernel)[::stride, ::stride]

# %% ex2: pads only above and on the left
# hint: Zeros belong on all four sides
def conv2d_strided(picture, kernel, stride, padding):
    return conv2d(np.pad(picture, ((padding, 0), (padding, 0))), kernel)[::stride, ::stride]

# %% ex2: flips the kernel
# hint: You flipped the kernel
def conv2d_strided(picture, kernel, stride, padding):
    return conv2d(np.pad(picture, padding), kernel[::-1, ::-1])[::stride, ::stride]

# %% ex2: skips pixels of the picture
# hint: Skip places of the keyhole, not pixels of the picture
def conv2d_strided(picture, kernel, stride, padding):
    return conv2d(np.pad(picture, padding)[::stride, ::stride], kernel)

# %% ex2: repeats the edge instead of padding with zeros
# hint: pad by 0
def conv2d_strided(picture, kernel, stride, padding):
    return conv2d(np.pad(picture, padding, mode="edge"), kernel)[::stride, ::stride]

# %% ex2: forgets to return the map
# hint: Did you forget to return the map?
def conv2d_strided(picture, kernel, stride, padding):
    conv2d(np.pad(picture, padding), kernel)[::stride, ::stride]

# %% ex3: adds up the kernels
# hint: Neighbouring keyholes overlap
def receptive_field(layers):
    return sum(size for size, _ in layers)

# %% ex3: forgets the strides
# hint: each stride lengthens the steps of all layers after it
def receptive_field(layers):
    return 1 + sum(size - 1 for size, _ in layers)

# %% ex3: lets a layer's stride lengthen its own steps
# hint: own stride does not widen
def receptive_field(layers):
    field, step = 1, 1
    for size, stride in layers:
        step *= stride
        field += (size - 1) * step
    return field

# %% ex3: adds the strides instead of multiplying them
# hint: each stride lengthens the steps of all layers after it
def receptive_field(layers):
    field, step = 1, 1
    for size, stride in layers:
        field += (size - 1) * step
        step += stride - 1
    return field
