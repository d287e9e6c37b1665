"""Weights by role: the one place that opens them, and the only one that downloads.

    weights = Weights.open(offline=True)
    encoder = weights.encoder("auto", "cpu")      # vgg19 or vgg16 where it is, else the embedded encoder
    encoder.origin                                # "embedded": what reports and recipes say

Nothing is fetched unasked: a missing file raises Missing, with what would fetch it. Files are safetensors, or tensors
read with ``weights_only=True``; no pickle is ever executed. Importing this module imports no torch.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar, cast

from autostyle import fingerprints
from autostyle.errors import BadInput, Missing
from autostyle.resources import config_folder
from autostyle.sentences import Sentence
from autostyle.vision import fetch
from autostyle.vision.registry import REGISTER, WeightsEntry, destination, locate

if TYPE_CHECKING:
    from torch import Tensor, nn

    from autostyle.vision.clip_model import Tagger
    from autostyle.vision.decoder import Decoder
    from autostyle.vision.encoder import Encoder
    from autostyle.vision.glyph_reader import GlyphReader
    from autostyle.vision.look_estimator import LookEstimator
    from autostyle.vision.microast import MicroNetwork
    from autostyle.vision.raft import Raft
    from autostyle.vision.wavelet import WaveletDecoder

CheckWeights = Callable[[str, Path, "Weights"], None]
"""Told an id, the file or folder that is to be it, and the weights of this machine; raises what is wrong with it."""
M = TypeVar("M", bound="nn.Module")
T = TypeVar("T")
WeightsStatus = Literal["present", "absent", "embedded"]
ENCODERS = {"embedded": "encoder", "vgg16": "vgg16", "vgg19": "vgg19"}
BASES = ("sdxl", "sd15", "sd21")
STYLE_MODELS = {"embedded": "style_embedding", "clip": "clip"}
ENVIRONMENT = "AUTOSTYLE_WEIGHTS"
HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")


class StyleModel(Protocol):
    """What scores style: crops to unit vectors.

    Attributes:
        origin: what it is, for reports: ``embedded`` or ``clip:MODEL``.
        long_side, crop: it sees crops of ``crop`` pixels a side, cut from a picture of ``long_side``.
    """

    origin: str
    long_side: int
    crop: int

    def __call__(self, image: Tensor, visible: Tensor | None = None) -> Tensor:
        """RGB crops (N, 3, H, W) in 0..1 -> unit vectors (N, D).

        ``visible``, (N, 1, H, W), 0..1, says how far each place is to be seen; CLIP takes pictures whole all the same.
        """


@dataclass(frozen=True)
class Weights:
    """Every set of weights this machine has.

    Args:
        offline: True refuses every download.
        yours: a folder searched first, for files of one's own under the register's file names.
        register: what there is.
    """

    offline: bool = False
    yours: Path | None = None
    register: Mapping[str, WeightsEntry] = field(default_factory=lambda: REGISTER)
    _loaded: dict[tuple[str, ...], Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def open(cls, offline: bool = False, yours: Path | None = None) -> Weights:
        """The weights of this machine; ``yours`` defaults to the folder that ``AUTOSTYLE_WEIGHTS`` names, else to
        ``weights`` in the config folder."""
        named = os.environ.get(ENVIRONMENT)
        return cls(offline, yours or (Path(named).expanduser() if named else config_folder() / "weights"))

    def entry(self, id: str) -> WeightsEntry:
        """The register's entry; raises BadInput for an unknown id."""
        if id not in self.register:
            raise BadInput("no weights are called {id!r}", "weights: {names}", id=id, names=", ".join(self.register))
        return self.register[id]

    def path(self, id: str) -> Path:
        """The file of ``id``; raises Missing, with how to get it, where it is not on this machine."""
        entry = self.entry(id)
        found = locate(entry, self.yours)
        if found is None:
            to_be_had = entry.fetched or entry.brought
            hint = entry.how if to_be_had else Sentence("reinstall autostyle: files of the package are missing")
            raise Missing("the weights {id!r} are not on this machine", hint, id=id)
        return found

    def status(self) -> dict[str, WeightsStatus]:
        """id -> ``embedded`` (shipped), ``present`` or ``absent``; looks at file names only."""
        found: dict[str, WeightsStatus] = {}
        for id, entry in self.register.items():
            if locate(entry, self.yours) is None:
                found[id] = "absent"
            else:
                found[id] = "embedded" if entry.tier == "embedded" else "present"
        return found

    def fingerprint(self, id: str) -> str:
        """16 hex digits that tell these weights from others: what is frozen in a study."""
        return fingerprints.fingerprint(self.path(id))

    def get(self, id: str, progress: fetch.OnBytes = fetch.silent) -> Path:
        """Fetch ``id`` unless it is here, and return its file or folder; OWNER/NAME is a repository of the hub.

        Raises:
            Missing: offline, no connection, or what came is not what the register says. Nothing partial stays.
        """
        if HUB_ID.fullmatch(id):
            return fetch.whole_from_hub(id, offline=self.offline)
        entry = self.entry(id)
        found = locate(entry, self.yours)
        if found is not None:
            return found
        if not entry.fetched:
            return self.path(id)
        if self.offline:
            raise Missing(
                "the weights {id!r} are not on this machine, and --offline forbids fetching them", entry.how, id=id
            )
        if entry.repository is not None:
            files = [f"{entry.folder}/{file}".lstrip("/") for file in entry.files]
            fetch.from_hub(entry.repository, entry.revision, files, entry.size or 0, progress)
            return self.path(id)
        assert entry.url is not None and entry.sha256 is not None
        return fetch.fetch(entry.url, destination(entry), entry.sha256, progress)

    def use(self, id: str, where: str, check: CheckWeights = lambda id, path, weights: None) -> Path:
        """Take a model of the person's own for ``id`` from now on: a link in their folder of weights.

        Args:
            id: of a diffusion model or an encoder that is fetched.
            where: a folder in diffusers' layout, a ``.safetensors`` file, or OWNER/NAME on the Hugging Face hub, whose
                safetensors and configuration files are fetched if they are not in its cache; for an encoder a
                ``.safetensors`` or ``.pth`` file.
            check: raises what is wrong with it.

        Raises:
            BadInput: ``id`` is none of these, or ``where`` is no such file, or ``check`` says so.
            Missing: there is nothing there, or it cannot be fetched.
        """
        entry = self.entry(id)
        if not entry.exchangeable or self.yours is None:
            raise BadInput(
                "{id} cannot be exchanged for one of your own", "`autostyle weights` lists the others", id=id
            )
        place = Path(where).expanduser()
        if os.path.lexists(place) and not (place.is_dir() or place.is_file()):
            raise BadInput(
                "{path} is no file", "give a folder, a .safetensors file, or OWNER/NAME on the hub", path=place
            )
        if not place.exists() and HUB_ID.fullmatch(where):
            place = fetch.whole_from_hub(where, offline=self.offline)
        if not place.exists():
            raise Missing(
                "there is no {where}", "give a folder, a .safetensors file, or OWNER/NAME on the hub", where=where
            )
        if place.is_dir() and not entry.folder_too:
            raise BadInput("{place} is a folder", "give the file", place=place)
        if place.is_file() and place.suffix not in entry.endings:
            raise BadInput(
                "{place} is no {kinds} file",
                "other formats can run any code when they are opened",
                place=place,
                kinds=" or ".join(ending.lstrip(".") for ending in entry.endings),
            )
        check(id, place, self)
        link = self.yours / (id if place.is_dir() else f"{id}{place.suffix}")
        self.yours.mkdir(parents=True, exist_ok=True)
        for old in (self.yours / id, *(self.yours / f"{id}{ending}" for ending in entry.endings)):
            if old.is_symlink():
                old.unlink()
            elif old.exists():
                raise BadInput("{old} is already there", "move it away first", old=old)
        link.symlink_to(place.resolve(), target_is_directory=place.is_dir())
        return link

    def encoder(self, name: str = "auto", device: str = "cpu", pooling: str = "max") -> Encoder:
        """A frozen feature encoder on ``device``: ``embedded``, ``vgg16``, ``vgg19``; ``auto``: the largest here."""
        name = self._choose(name, ENCODERS, ("vgg19", "vgg16", "embedded"))

        def load() -> nn.Module:
            from autostyle.vision.encoder import embedded_encoder
            from autostyle.vision.vgg import load_vgg

            path = self.path(ENCODERS[name])
            encoder = _filled(embedded_encoder(pooling), path) if name == "embedded" else load_vgg(name, path, pooling)
            # What is shipped may change with a release: a study is not to go on with another.
            shipped = f"{name} ({self.fingerprint(ENCODERS[name])[:8]})" if name == "embedded" else name
            encoder.origin = self.origin(ENCODERS[name], shipped)
            return encoder

        return cast("Encoder", self._frozen((name, device, pooling), load))

    def adain_encoder(self, device: str = "cpu") -> Encoder:
        """The frozen encoder whose features the AdaIN decoder was trained to decode, on ``device``."""

        def load() -> nn.Module:
            from autostyle.vision.encoder import adain_encoder

            encoder = _filled(adain_encoder(), self.path("adain_encoder"))
            encoder.origin = self.origin("adain_encoder", "embedded (adain_encoder)")
            return encoder

        return cast("Encoder", self._frozen(("adain_encoder", device), load))

    def decoder(self, device: str = "cpu") -> Decoder:
        """The frozen AdaIN decoder, of :meth:`adain_encoder`'s features, on ``device``."""

        def load() -> nn.Module:
            from autostyle.vision.decoder import Decoder

            return _filled(Decoder(), self.path("adain_decoder"))

        return cast("Decoder", self._frozen(("adain_decoder", device), load))

    def wavelet_decoder(self, device: str = "cpu") -> WaveletDecoder:
        """The frozen wavelet decoder, of the embedded encoder's features with mean pooling, on ``device``."""

        def load() -> nn.Module:
            from autostyle.vision.wavelet import WaveletDecoder

            decoder = _filled(WaveletDecoder(), self.path("photo_wct"))
            # What is shipped may change with a release: a study is not to go on with another.
            shipped = f"embedded (photo_wct, {self.fingerprint('photo_wct')[:8]})"
            decoder.origin = self.origin("photo_wct", shipped)
            return decoder

        return cast("WaveletDecoder", self._frozen(("photo_wct", device), load))

    def microast(self, device: str = "cpu") -> MicroNetwork:
        """The frozen one-pass network on ``device``."""

        def load() -> nn.Module:
            from autostyle.vision.microast import MicroNetwork

            network = _filled(MicroNetwork(), self.path("microast"))
            # What is shipped may change with a release: a study is not to go on with another.
            shipped = f"embedded (microast, {self.fingerprint('microast')[:8]})"
            network.origin = self.origin("microast", shipped)
            return network

        return cast("MicroNetwork", self._frozen(("microast", device), load))

    def look(self, device: str = "cpu") -> LookEstimator:
        """The frozen look estimator on ``device``."""

        def load() -> nn.Module:
            from autostyle.vision.look_estimator import LookEstimator

            network = _filled(LookEstimator(), self.path("look"))
            # What is shipped may change with a release: a study is not to go on with another.
            network.origin = self.origin("look", f"embedded (look, {self.fingerprint('look')[:8]})")
            return network

        return cast("LookEstimator", self._frozen(("look", device), load))

    def glyph_reader(self, device: str = "cpu") -> GlyphReader:
        """The frozen network that reads glyphs, on ``device``."""

        def load() -> nn.Module:
            from autostyle.vision.glyph_reader import GlyphReader

            network = _filled(GlyphReader(), self.path("glyph_reader"))
            network.origin = self.origin("glyph_reader", f"embedded ({self.fingerprint('glyph_reader')[:8]})")
            return network

        return cast("GlyphReader", self._frozen(("glyph_reader", device), load))

    def flow(self, device: str = "cpu") -> Raft | None:
        """RAFT on ``device``, where its file is on this machine; None where it is not."""
        if locate(self.entry("raft_small"), self.yours) is None:
            return None
        from autostyle.vision.raft import Raft, load_raft

        network = self._frozen(("raft_small", device), lambda: load_raft(self.path("raft_small")))
        return Raft(network, device, self.origin("raft_small"))

    def style_model(self, name: str = "auto", device: str = "cpu") -> StyleModel:
        """The frozen style model on ``device``: ``auto`` (clip where present), ``embedded`` or ``clip``."""
        name = self._choose(name, STYLE_MODELS, ("clip", "embedded"))

        def load() -> nn.Module:
            from autostyle.vision.clip_model import load_clip
            from autostyle.vision.style_embedding import StyleEmbedding

            path = self.path(STYLE_MODELS[name])
            model = load_clip(path) if name == "clip" else _filled(StyleEmbedding(), path)
            model.origin = self.origin(STYLE_MODELS[name], model.origin)
            return model

        return cast("StyleModel", self._frozen((name, device, "style"), load))

    def tagger(self, device: str = "cpu") -> Tagger:
        """CLIP with its text half, frozen, on ``device``: pictures against words. Raises Missing where it is not."""

        def load() -> nn.Module:
            from autostyle.vision.clip_model import load_tagger

            model = load_tagger(self.path("clip"))
            model.origin = self.origin("clip", model.origin)
            return model

        return cast("Tagger", self._frozen(("tagger", device), load))

    def base(self, name: str = "auto", sets: Iterable[tuple[str, ...]] = ()) -> str:
        """The diffusion base model to paint with, by id.

        ``auto`` is the first of the first of ``sets`` that is here whole, as MethodSpec.weights has them; else sdxl
        where it or nothing is here, else sd15, else sd21.
        """
        if name in BASES:
            return name
        whole = [ids[0] for ids in sets if not self.lacking(ids)]
        found = [id for id in BASES if locate(self.entry(id), self.yours)]
        return next(iter((*whole, *found)), BASES[0])

    def lacking(self, ids: Iterable[str]) -> list[str]:
        """Those of ``ids`` that ``get`` would have to fetch before they can be used; a checkpoint that is one file
        needs the small configuration files of its family too."""
        found = []
        for id in ids:
            path, config = locate(self.entry(id), self.yours), self.register.get(f"{id}_config")
            if path is None:
                found.append(id)
            elif path.is_file() and config is not None and locate(config, self.yours) is None:
                found.append(config.id)
        return found

    def kept(self, key: tuple[str, ...], load: Callable[[], T]) -> T:
        """What ``load`` makes, made once: methods of one process share it."""
        if key not in self._loaded:
            self._loaded[key] = load()
        return cast("T", self._loaded[key])

    def origin(self, id: str, name: str = "") -> str:
        """``name``, or the id, with a fingerprint where the file is the person's own: what reports and recipes say."""
        name = name or id
        return f"{name} (yours, {self.fingerprint(id)})" if self.path(id).parent == self.yours else name

    def check_encoder(self, name: str) -> None:
        """Raise BadInput where no encoder and no base model has this name, Missing where the encoder is not here."""
        if name not in BASES:
            self.path(ENCODERS[self._choose(name, ENCODERS, ("embedded",))])

    def _choose(self, name: str, known: Mapping[str, str], order: tuple[str, ...]) -> str:
        if name == "auto":
            return next((n for n in order if locate(self.entry(known[n]), self.yours)), order[-1])
        if name not in known:
            raise BadInput(
                "no model is called {name!r} here", "models: auto, {names}", name=name, names=", ".join(known)
            )
        return name

    def _frozen(self, key: tuple[str, ...], load: Callable[[], nn.Module]) -> nn.Module:
        return self.kept(key, lambda: load().eval().requires_grad_(False).to(key[1]))


def _filled(model: M, path: Path) -> M:
    """``model`` with the half-precision weights of ``path`` as float32; raises Missing if they do not fit."""
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        # BatchNorm's step counter is no weight and is not stored.
        counters = {k: v for k, v in model.state_dict().items() if k.endswith("num_batches_tracked")}
        model.load_state_dict(counters | {k: v.float() for k, v in load_file(path).items()})
    except (SafetensorError, RuntimeError) as error:
        raise Missing(
            "{path} does not hold the weights of {model}",
            "reinstall autostyle",
            path=path,
            model=type(model).__name__,
        ) from error
    return model
