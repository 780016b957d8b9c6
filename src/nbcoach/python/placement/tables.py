"""What leaves tensors where they are, and what moves them unseen: data for their placement."""

import re
from typing import Final

# Attributes and methods that give a part of a tensor, or of what a model returns, where it is.
PARTS: Final = frozenset(
    """
    T attention_mask data grad hidden_states imag indices input_ids last_hidden_state logits loss
    mT pooler_output prediction_logits real token_type_ids values
    """.split()
)
SELECTIONS: Final = frozenset("chunk kthvalue max median min mode sort split topk unbind".split())
# What a call of these gives is where their first argument is.
WRAPPERS: Final = frozenset(
    """
    copy.copy copy.deepcopy torch.compile torch.jit.script torch.jit.trace torch.nn.DataParallel
    torch.nn.Parameter torch.nn.parameter.Parameter
    """.split()
)
# What makes new tensors on a device, or moves things there unseen.
UNSEEN: Final = re.compile(
    r"set_default_(?:device|tensor_type)|with torch\.device|Trainer|ightning|ccelerat|fastai"
)

# How the text of a class shows that its objects move, or give something else than tensors there.
MOVING: Final = re.compile(r"\.(?:to|cuda)\(")
RETURNING: Final = re.compile(r"\.(?:cpu|item|numpy|tolist)\(")
