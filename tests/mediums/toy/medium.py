"""Texts at work."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autostyle.atomic import atomic_write_text
from autostyle.codecs import Pixels
from autostyle.codecs.image import save_image
from autostyle.errors import BadInput
from autostyle.mediums.contract import Exhibit, LoadedStyle, Medium, Order, Scorer
from autostyle.mediums.files import shown
from autostyle.methods.aids import NONE, Aids
from autostyle.methods.contract import AnyMethod, Inputs, OnIterate, Style, ignore
from autostyle.safe_files import read
from tests.mediums.toy.method import WORD, TextInputs
from tests.mediums.toy.scorer import WordScorer
from tests.mediums.toy.spec import TEXT
from tests.mediums.toy.still import still

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

MOST = 2**20
"""Bytes of a text."""
EXCERPT = 500


@dataclass(frozen=True)
class Text:
    """A text file."""

    text: str
    sha256: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class DrawnText:
    """A whole text, and how often each word is in it."""

    sample: str
    stopped: bool
    notes: tuple[str, ...]

    finished = True

    @property
    def shape(self) -> tuple[int, ...]:
        return (len(self.sample),)

    def save(self, path: Path, *, recipe: dict[str, Any] | None = None, overwrite: bool = False) -> tuple[str, ...]:
        if path.exists() and not overwrite:
            raise BadInput(f"{path} exists", "--force overwrites it")
        atomic_write_text(path, self.sample)
        return ()

    def companions(self) -> dict[str, bytes]:
        return {".words.json": json.dumps(Counter(WORD.findall(self.sample)), sort_keys=True).encode()}


class Texts(Medium[Text, str, str]):
    """See the module's docstring."""

    spec = TEXT

    def load(self, path: Path) -> Text:
        data = read(path, MOST)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadInput(f"{path.name} is no text in UTF-8", "save it as UTF-8") from error
        return Text(text, sha256(data).hexdigest(), ("it is empty",) if not text.strip() else ())

    def load_style(self, path: Path) -> LoadedStyle[str]:
        loaded = self.load(path)
        return LoadedStyle(loaded.text, loaded.notes, loaded.sha256)

    def pack_style(self, style: LoadedStyle[str], most: int) -> bytes | None:
        data = style.exemplar.encode()
        return data if len(data) <= most else data[:most].decode("utf-8", "ignore").encode()

    def unpack_style(self, data: bytes) -> LoadedStyle[str]:
        try:
            return LoadedStyle(data.decode("utf-8"), ("its copy is used",), sha256(data).hexdigest())
        except UnicodeDecodeError as error:
            raise BadInput("the style text inside this recipe is damaged", "use the study's recipe.json") from error

    def size(self, content: Text) -> int:
        return len(content.text)

    def describe(self, content: Text) -> dict[str, Any]:
        words = len(WORD.findall(content.text))
        return {"words": words, "told": f"{words} words", "notes": list(content.notes)}

    def preview(self, content: Text) -> Pixels:
        return still(content.text)

    def inputs(self, content: Text, style: Style[str], aids: Aids = NONE) -> TextInputs:
        return Inputs(content.text[:EXCERPT], style, aids=aids)

    def draw(
        self, method: AnyMethod, content: Text, order: Order, place: Path, on_iterate: OnIterate = ignore
    ) -> DrawnText:
        prepared = method.prepare(Inputs(content.text, order.style, aids=order.aids), order.size)
        result = method.run(prepared, order.params, seed=order.seed, on_iterate=on_iterate)
        return DrawnText(result.made, result.stopped, result.notes)

    def scorer(self, inputs: Inputs[str, str], *, weights: Weights, device: str, model: str, profile: str) -> Scorer:
        return WordScorer(inputs.content, inputs.style.exemplars)

    def keep(self, path: Path, made: str) -> None:
        atomic_write_text(path, made)
        save_image(shown(path), still(made), overwrite=True)

    def still(self, made: str) -> Pixels:
        return still(made)

    def exhibit(self, path: Path, most: int) -> Exhibit | None:
        try:
            text = self.load(path).text
        except BadInput:
            return None
        return Exhibit("pre", text[:most])
