"""Models of a person's own, read by transformers: from a folder, or from the Hugging Face hub's cache.

Nothing is fetched, no code of a model's runs, and only safetensors are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from autostyle.errors import Missing
from autostyle.sentences import Sentence
from autostyle.vision import torchvision_cpu


class LocalModel(NamedTuple):
    """Of transformers, ready to be asked.

    Args:
        name: as the settings call it, a folder by its last part.
        processor, model: of transformers; the model on its device.
    """

    name: str
    processor: Any
    model: Any


def read_model(
    name: str, device: str, kind: str, processor: str | None, models: Sequence[str], **options: Any
) -> LocalModel:
    """The model in the folder ``name``, or of the hub id ``name`` in the cache of this machine.

    Args:
        kind: what it is to be, as people say it: a :class:`autostyle.sentences.Sentence`.
        processor, models: the classes of transformers that read it, no processor where None; of models the first that
            knows its configuration.
        options: of the model's reading.

    Raises:
        Missing: it is not here, is nothing of the kind, or has no safetensors.
    """
    torchvision_cpu.prepare()
    import transformers

    transformers.utils.logging.disable_progress_bar()
    folder = Path(name).expanduser()
    where, called = (str(folder), folder.name) if folder.is_dir() else (name, name)
    local = {"local_files_only": True, "trust_remote_code": False}
    try:
        reader = None if processor is None else getattr(transformers, processor).from_pretrained(where, **local)
        config = type(transformers.AutoConfig.from_pretrained(where, **local))
        known = [one for one in (getattr(transformers, model) for model in models) if config in one._model_mapping]
        model = known[0] if known else getattr(transformers, models[0])
        found = model.from_pretrained(where, use_safetensors=True, **local, **options)
    except Exception as error:  # transformers lets through whatever its many readers raise
        why = str(error).splitlines()[0] if str(error) else repr(error)
        raise _unreadable(kind, name, why) from error
    return LocalModel(called, reader, found.eval().to(device))


def read_speech_encoder(name: str, device: str) -> LocalModel:
    """WavLM, or another of its build; raises Missing as :func:`read_model` does, and for what hears nothing."""
    kind = Sentence("speech encoder")
    found = read_model(name, device, kind, None, ["AutoModel"])
    if not hasattr(found.model.config, "conv_stride"):
        raise _unreadable(kind, name, type(found.model).__name__)
    return found


def _unreadable(kind: str, name: str, why: str) -> Missing:
    return Missing(
        "no {kind} can be read from {name}: {why!r}",
        "for a model of the hub: hf download {name}; its weights must be safetensors",
        kind=kind,
        name=name,
        why=why,
    )
