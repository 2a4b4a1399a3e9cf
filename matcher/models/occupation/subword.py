"""A low-rank softmax over character n-grams: text -> log probability of each code. Query side, numpy only."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class SubwordModel:
    """`keys` sorted [F]; `embedding` [F, K] float16; `output` [K, C]; `bias` [C]; columns as the register's codes."""

    keys: NDArray[np.uint64]
    embedding: NDArray[np.float16]
    output: NDArray[np.float32]
    bias: NDArray[np.float32]

    def log_probabilities(self, keys: NDArray[np.uint64]) -> NDArray[np.float32]:
        """Log softmax over codes for one folded text given its n-grams (`text_keys`), float32 [C]."""
        hidden = np.zeros(self.output.shape[0], np.float32)
        if keys.size and self.keys.size:
            place = np.minimum(np.searchsorted(self.keys, keys), self.keys.size - 1)
            known = place[self.keys[place] == keys]
            if known.size:
                hidden = self.embedding[known].astype(np.float32).sum(axis=0) / np.float32(np.sqrt(keys.size))
        logits = hidden @ self.output + self.bias
        logits -= logits.max()
        return np.asarray(logits - np.log(np.exp(logits).sum()), dtype=np.float32)
