"""What can be asked of a job process, as data; both sides read it, and it needs no torch."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from autostyle.mediums.sides import SaidSize, Side
from autostyle.methods.params import Value
from autostyle.plan import Plan
from autostyle.train.fast.settings import FastSettings
from autostyle.train.lora.settings import LoraSettings
from autostyle.tuning.runtime import REAL
from autostyle.vision.region_names import Which


class JobRequest(BaseModel):
    """What every job is told: the device (``auto``, ``cpu``, ``cuda``, ``cuda:N``, ``mps``) and to stay offline."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    device: str = "auto"
    offline: bool = False


class DescribeRequest(JobRequest):
    """Say which torch and device there are."""

    do: Literal["describe"] = "describe"


class StylizeRequest(JobRequest):
    """One run, no search.

    Args:
        content, styles: absolute paths.
        params: those that differ from the method's defaults.
        aids: absolute paths by the names of aids.
        size: the long side in pixels, or ``own``: the content's; None: as autostyle.mediums.unasked says.
        encoder: what a method that optimises features sees with: ``embedded``, ``vgg16``, ``vgg19`` or ``auto``.
        out: the picture to write; ``force`` replaces one that is there.
        still: of a content that is an animated picture the first frame is meant.
        consent: as in a plan.
    """

    do: Literal["stylize"] = "stylize"
    content: Path
    styles: tuple[Path, ...]
    style_weights: tuple[float, ...] = ()
    method: str
    params: dict[str, Value] = {}
    aids: dict[str, tuple[Path, ...]] = {}
    prompt: str | None = None
    size: SaidSize | None = None
    encoder: str = "auto"
    seed: int = 0
    out: Path
    force: bool = False
    still: bool = False
    consent: bool = False


class ApplyRequest(JobRequest):
    """A recipe on other pictures: ``inputs`` and ``outputs`` in pairs, absolute; ``size`` as in Stylize.

    Args:
        study: folder of the study that the recipe comes from, where it lies elsewhere: its links are followed.
        aids: files to take instead of the recipe's own; absolute.
    """

    do: Literal["apply"] = "apply"
    recipe: Path
    study: Path | None = None
    inputs: tuple[Path, ...]
    outputs: tuple[Path, ...]
    aids: dict[str, tuple[Path, ...]] = {}
    size: SaidSize | None = None
    force: bool = False


class ReproduceRequest(JobRequest):
    """Run a recipe on its own pictures again and compare the scores.

    Args:
        pictures: files that may be the recipe's own, recognised by their bytes, where they are not beside it.
        aids: the recipe's own, unchanged, where they are not beside it; absolute.
        out: where the picture goes; None writes none.
    """

    do: Literal["reproduce"] = "reproduce"
    recipe: Path
    pictures: tuple[Path, ...] = ()
    aids: dict[str, tuple[Path, ...]] = {}
    out: Path | None = None
    force: bool = False


class KeywordsRequest(JobRequest):
    """Put style pictures into words: by the model that sees called ``model`` (a folder, or an id in the hub's cache),
    else by CLIP."""

    do: Literal["keywords"] = "keywords"
    pictures: tuple[Path, ...]
    model: str | None = None


class FindRegionRequest(JobRequest):
    """Find parts of a picture, and write a mask of them.

    Args:
        picture: absolute; of a clip the frame that stands for it.
        only: the parts that alone are to be painted; none means all of the picture.
        keep: the parts that are to be left as they are.
        which: of several things that are called so.
        box: left, top, right, bottom in pixels: what is named is this.
        grow: how much larger than found, as a share of the long side.
        model: a segmenter: a folder, or an id in the hub's cache.
        faces: a detector of faces: YuNet's file.
        folder: where the mask goes, and the picture that shows it.
    """

    do: Literal["find_region"] = "find_region"
    picture: Path
    only: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    which: Which = "all"
    box: tuple[float, float, float, float] | None = None
    grow: Annotated[float, Field(ge=-0.5, le=0.5)] = 0.0
    model: str | None = None
    faces: Path | None = None
    folder: Path


class HomeRequest(JobRequest):
    """What concerns a home of studies: the folder, and the URL of its storage where that is not its own database."""

    home: Path
    storage: str | None = None


class TrainLoraRequest(JobRequest):
    """Train a style LoRA, or go on with it.

    Args:
        images: absolute paths.
        caption: the words for pictures that have no text file beside them; None takes their style keywords.
        base: ``auto``, ``sdxl``, ``sd15`` or ``sd21``.
        size: side in pixels of the squares that are learnt from, a multiple of 64; None is the base model's own.
        out: the folder; ``force`` begins anew in one that is in use.
    """

    do: Literal["train_lora"] = "train_lora"
    images: tuple[Path, ...]
    caption: str | None = None
    base: Literal["auto", "sdxl", "sd15", "sd21"] = "auto"
    size: int | None = None
    settings: LoraSettings = LoraSettings()
    out: Path
    force: bool = False


class TrainFastRequest(JobRequest):
    """Teach a fast net styles, or go on with it.

    Args:
        styles: absolute paths of style pictures.
        photos: of what it paints while it learns; none: what ships with autostyle.
        out: the folder; ``force`` begins anew in one that is in use.
    """

    do: Literal["train_fast"] = "train_fast"
    styles: tuple[Path, ...]
    photos: tuple[Path, ...] = ()
    settings: FastSettings = FastSettings()
    out: Path
    force: bool = False


class ExportNetRequest(JobRequest):
    """Write a fast net as ONNX.

    Args:
        net: its file.
        styles: names of those that are fixed, blended alike; none: the file takes a mix.
        strength: of what is fixed.
        out: the file.
    """

    do: Literal["export_net"] = "export_net"
    net: Path
    styles: tuple[str, ...] = ()
    strength: float = 1.0
    out: Path


class SearchRequest(HomeRequest):
    """Create or resume a study and run it to its end; ``why`` and ``runtime`` as in autostyle.tuning.runner.

    While it runs it takes ``steer`` (``plan``, ``why``), answered by ``steered`` (``what``) or ``refused`` (an error).
    """

    do: Literal["search"] = "search"
    plan: Plan
    why: str = ""
    runtime: str = REAL


class ReviseRequest(HomeRequest):
    """Put another plan into force in a study that nobody runs, and write its report."""

    do: Literal["revise"] = "revise"
    plan: Plan
    why: str


class RecordRequest(HomeRequest):
    """Read a study, finished or not."""

    do: Literal["record"] = "record"
    study: str


class PreferRequest(HomeRequest):
    """Keep an answer, ``better`` liked more than ``worse``, with a study; ``running`` where this program runs it.
    With ``neither`` none of them is liked more; with ``back`` such an answer is taken back."""

    do: Literal["prefer"] = "prefer"
    study: str
    better: int
    worse: int
    neither: bool = False
    running: bool = False
    back: bool = False


class RenderRequest(HomeRequest):
    """Render the recommended trial of a study that nobody runs at full size, where that is due."""

    do: Literal["render"] = "render"
    study: str
    runtime: str = REAL


class SaveRequest(HomeRequest):
    """Write a trial of a study as a file of its own, painted anew where no picture of it is that large.

    Args:
        number: of a complete trial; None is the recommended one.
        size: pixels of ``side``: the long side, the width or the height; None is what a final render has.
        out: the file, absolute; ``force`` replaces one that is there.
    """

    do: Literal["save"] = "save"
    study: str
    number: int | None = None
    size: SaidSize | None = None
    side: Side = "long"
    out: Path
    force: bool = False


class ExportRequest(HomeRequest):
    """Write the report of a study, into ``out`` if not into its own folder; ``force`` fills one in use."""

    do: Literal["export"] = "export"
    study: str
    out: Path | None = None
    force: bool = False


class TrustRequest(HomeRequest):
    """Take a study as the person's own from now on, because they said so."""

    do: Literal["trust"] = "trust"
    study: str


class StudiesRequest(HomeRequest):
    """List the studies of a home."""

    do: Literal["studies"] = "studies"


AnyRequest = Annotated[
    DescribeRequest
    | StylizeRequest
    | ApplyRequest
    | ReproduceRequest
    | TrainLoraRequest
    | TrainFastRequest
    | ExportNetRequest
    | KeywordsRequest
    | FindRegionRequest
    | SearchRequest
    | ReviseRequest
    | RecordRequest
    | PreferRequest
    | RenderRequest
    | SaveRequest
    | ExportRequest
    | TrustRequest
    | StudiesRequest,
    Field(discriminator="do"),
]
_ADAPTER: TypeAdapter[AnyRequest] = TypeAdapter(AnyRequest)


def parse(data: Any) -> AnyRequest:
    """The request in a message; raises pydantic's ValidationError, which would be our own fault."""
    return _ADAPTER.validate_python(data)
