"""``weights``: which there are; ``weights get`` and ``weights use``."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autostyle.cli.console import SCHEMA, listing
from autostyle.cli.context import EVERYWHERE, Context

if TYPE_CHECKING:
    from autostyle.cli.progress import Bar
    from autostyle.vision.weights import Weights

app = typer.Typer()
weights_app = typer.Typer(epilog=EVERYWHERE)
app.add_typer(weights_app, name="weights")


@weights_app.callback(invoke_without_command=True)
def weights(ctx: Context) -> None:
    """List the pretrained models with licence and presence; `weights get ID` fetches one.

    Example: autostyle weights get vgg19
    """
    if ctx.invoked_subcommand is not None:
        return
    from autostyle.vision.weights import Weights

    known = Weights.open(ctx.obj.config.offline)
    status = known.status()
    data = [{**asdict(entry), "status": status[id]} for id, entry in known.register.items()]
    table = listing("id", "status", "size", "licence", "for")
    for entry in known.register.values():
        size = f"{entry.size / 2**20:.0f} MB" if entry.size else ""
        stand_in = f"; {entry.stand_in} stands in for it" if entry.stand_in else ""
        table.add_row(entry.id, status[entry.id], size, entry.licence, f"{entry.purpose}{stand_in}")
    ctx.obj.console.answer(data, table)


@weights_app.command("get", epilog=EVERYWHERE)
def weights_get(
    ctx: Context,
    ids: Annotated[
        list[str], typer.Argument(metavar="ID", help="As `autostyle weights` lists them, or OWNER/NAME on the hub.")
    ],
) -> None:
    """Fetch pretrained models, those that are not here yet.

    Example: autostyle weights get sd15 ip_adapter_sd15 image_encoder
    """
    from autostyle.cli.progress import Bar
    from autostyle.vision.weights import HUB_ID, Weights

    known = Weights.open(ctx.obj.config.offline)
    found = []
    for id in ids:
        entry = None if HUB_ID.fullmatch(id) else known.entry(id)
        fetched = entry is None or (entry.fetched and known.status()[id] == "absent")
        if fetched and not known.offline:
            source = f"{entry.source} ({(entry.size or 0) / 2**20:.0f} MB, {entry.licence})" if entry else "the hub"
            ctx.obj.console.say(f"fetching {id} from {source}")
        with Bar(ctx.obj.console, "MB") as bar:
            path = known.get(id, partial(_megabytes, bar, entry.size or 0 if entry else 0))
        found.append({"id": id, "status": known.status().get(id, "present"), "path": str(path)})
    ctx.obj.console.answer({"schema": SCHEMA, "weights": found}, "\n".join(str(item["path"]) for item in found))


@weights_app.command("use", epilog=EVERYWHERE)
def weights_use(
    ctx: Context,
    id: Annotated[
        str,
        typer.Argument(
            help="A diffusion model, VGG, WavLM or its vocoder, as `autostyle weights` has it.", show_default=False
        ),
    ],
    where: Annotated[str, typer.Argument(help="Folder, .safetensors file, or OWNER/NAME on the Hugging Face hub.")],
) -> None:
    """Paint with a model of your own instead of the default one; reports and recipes will name it.

    Example: autostyle weights use sdxl ~/models/my-checkpoint.safetensors
    """
    from autostyle.vision.weights import Weights

    known = Weights.open(ctx.obj.config.offline)
    link = known.use(id, where, _look_over)
    found = {"id": id, "status": known.status()[id], "path": str(link)}
    ctx.obj.console.answer({"schema": SCHEMA, "weights": [found]}, str(link))


def _look_over(id: str, path: Path, weights: Weights) -> None:
    """Raise what is wrong with a model of the person's own."""
    if weights.entry(id).repository is not None:
        from autostyle.diffusion import checks

        checks.own(id, path, weights)
    elif id == "wavlm":
        from autostyle.vision.local_models import read_speech_encoder

        read_speech_encoder(str(path), "cpu")
    elif id == "wavlm_vocoder":
        from autostyle.vision.vocoder import load_vocoder

        load_vocoder(path)
    else:
        from autostyle.vision.vgg import load_vgg

        load_vgg(id, path)


def _megabytes(bar: Bar, expected: int, done: int, total: int) -> None:
    bar.update(done >> 20, (total or expected) >> 20)
