"""What the methods have in common that impose statistics at every stage of AdaIN's decoder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

from torch import Tensor

from autostyle.methods.one_pass.run import OnePassOfStatistics, P, Seen
from autostyle.vision.decoder import DECODER_LAYERS
from autostyle.vision.precision import fast

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights


class Staged(OnePassOfStatistics[P, Seen, dict[str, Tensor]], Generic[P, Seen]):
    """The decoder belongs to one encoder: it is used whatever else is on the machine."""

    def load(self, weights: Weights, device: str) -> None:
        self.device = device
        self.encoder = fast(weights.adain_encoder(device), device)
        self.decoder = fast(weights.decoder(device), device)

    def weights_used(self) -> dict[str, str]:
        return {"encoder": self.encoder.origin}

    def encode(self, content: Tensor) -> dict[str, Tensor]:
        found: dict[str, Tensor] = self.encoder(content, DECODER_LAYERS)
        return found
