"""A language model that sees, on this machine, through transformers.

Any image-text-to-text model with a chat template, from a folder or from the Hugging Face hub's cache. Nothing is
fetched here, no code of the model's runs, and only safetensors are read.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from PIL import Image

from autostyle.codecs import Pixels
from autostyle.codecs.image import at_most, quantize
from autostyle.errors import Missing
from autostyle.vision import torchvision_cpu

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
    torchvision_cpu.prepare()
    from transformers import AutoModelForImageTextToText, AutoProcessor

    where = str(Path(name).expanduser()) if Path(name).expanduser().is_dir() else name
    try:
        processor = AutoProcessor.from_pretrained(where, local_files_only=True, trust_remote_code=False)
        model = AutoModelForImageTextToText.from_pretrained(
            where, local_files_only=True, use_safetensors=True, trust_remote_code=False, dtype="auto"
        )
    except Exception as error:  # transformers lets through whatever its many readers raise
        raise Missing(
            "no model that sees can be read from {name}: {why!r}",
            "for a model of the hub: hf download {name}; its weights must be safetensors",
            name=name,
            why=str(error).splitlines()[0] if str(error) else repr(error),
        ) from error
    if not getattr(processor, "chat_template", None):
        raise Missing("{name} has no chat template", "choose a model that was tuned for conversation", name=name)
    return Vlm(Path(where).name if Path(where).is_dir() else name, processor, model.eval().to(device))
