"""A language model that sees, on this machine, through transformers.

Any image-text-to-text model with a chat template.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from PIL import Image

from autostyle.codecs import Pixels
from autostyle.codecs.image import at_most, quantize
from autostyle.errors import Missing
from autostyle.sentences import Sentence
from autostyle.vision.local_models import read_model

LONG_SIDE = 768
"""Of the picture it is shown."""
MOST_TOKENS = 300


@dataclass(frozen=True)
class Vlm:
    """A loaded model.

    Args:
        name: as the settings call it, a folder by its last part.
        processor, model: of transformers.
    """

    name: str
    processor: Any
    model: Any

    @torch.inference_mode()
    def ask(self, pixels: Pixels, question: str) -> str:
        """Its answer to a question about a picture (H, W, 3), 0..1; always the same one."""
        picture = Image.fromarray(quantize(at_most(pixels, LONG_SIDE)))
        said = [{"role": "user", "content": [{"type": "image", "image": picture}, {"type": "text", "text": question}]}]
        given = self.processor.apply_chat_template(
            said, add_generation_prompt=True, tokenize=True, return_dict=True, return_tensors="pt"
        ).to(self.model.device, self.model.dtype)
        tokens = self.model.generate(**given, max_new_tokens=MOST_TOKENS, do_sample=False)
        answer: str = self.processor.decode(tokens[0, given["input_ids"].shape[1] :], skip_special_tokens=True)
        return answer


def load(name: str, device: str = "cpu") -> Vlm:
    """The model in the folder ``name``, or of the hub id ``name`` in the cache of this machine.

    Raises:
        Missing: it is not here, is no model that sees, has no chat template, or has no safetensors.
    """
    found = read_model(
        name, device, Sentence("model that sees"), "AutoProcessor", ("AutoModelForImageTextToText",), dtype="auto"
    )
    if not getattr(found.processor, "chat_template", None):
        raise Missing("{name} has no chat template", "choose a model that was tuned for conversation", name=name)
    return Vlm(*found)
