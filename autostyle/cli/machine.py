"""``methods``, ``weights`` and ``doctor``: what there is on this machine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autostyle.cli.console import SCHEMA, listing
from autostyle.cli.context import EVERYWHERE, Context
from autostyle.errors import Missing

if TYPE_CHECKING:
    from rich.table import Table

    from autostyle.cli.progress import Bar
    from autostyle.methods.params import ParamInfo
    from autostyle.use_cases.listing import MethodInfo
    from autostyle.vision.weights import Weights

app = typer.Typer()


@app.command(epilog=EVERYWHERE)
def methods(
    ctx: Context,
    name: Annotated[str | None, typer.Argument(help="One method; without it, all.", show_default=False)] = None,
) -> None:
    """List the methods, built and planned, with every parameter and its range.

    Example: autostyle methods gatys
    """
    from autostyle.mediums import registry as mediums
    from autostyle.methods import registry
    from autostyle.use_cases.listing import listed

    found = listed(name)
    for note in () if name else (*mediums.notes(), *registry.notes()):
        ctx.obj.console.say(note)
    ctx.obj.console.answer([entry.as_json() for entry in found], _parameters(found[0]) if name else _methods(found))


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
        if not known.offline and (entry is None or known.status()[id] == "absent"):
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
        str, typer.Argument(help="A diffusion model or VGG, as `autostyle weights` lists it.", show_default=False)
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
    else:
        from autostyle.vision.vgg import load_vgg

        load_vgg(id, path)


def _megabytes(bar: Bar, expected: int, done: int, total: int) -> None:
    bar.update(done >> 20, (total or expected) >> 20)


@app.command(epilog=EVERYWHERE)
def doctor(ctx: Context) -> None:
    """Look this machine over: packages, device, weights, disk, language model. Exit code 3 if something is wrong.

    Example: autostyle doctor --json
    """
    from autostyle import doctor as examination
    from autostyle.jobs import requests
    from autostyle.jobs.parent import run

    config = ctx.obj.config
    request = requests.DescribeRequest(device=config.device, offline=config.offline)
    health = examination.examine(config, lambda: run(request))
    ctx.obj.console.answer(health.as_json(), "\n".join(health.lines()))
    raise typer.Exit(Missing.exit_code if health.problems else 0)


def _methods(entries: Iterable[MethodInfo]) -> Table:
    table = listing("method", "status", "medium", "what it is")
    for entry in entries:
        table.add_row(entry.name, entry.status, entry.medium, entry.title)
    return table


def _parameters(entry: MethodInfo) -> Table:
    table = listing("-p name", "default", "values", "searched", "meaning", title=entry.title)
    for info in entry.params.values():
        table.add_row(info.name, str(info.default), _values(info), "yes" if info.tune else "", info.help)
    for aid in entry.spec.aids:
        default, values = "yours to give" if aid.required else "", " ".join(aid.endings) or "a file"
        table.add_row(f"--with {aid.name}", default, f"{values}, or several" if aid.many else values, "", aid.help)
    if not entry.spec.built:
        table.caption = "planned and not built: it has no parameters yet"
    elif not entry.available:
        table.caption = entry.missing
    return table


def _values(info: ParamInfo) -> str:
    if info.choices is not None:
        return " ".join(str(choice).lower() if info.type == "bool" else str(choice) for choice in info.choices)
    further = f", by hand to {info.limit:g}" if info.limit is not None else ""
    return f"{info.low:g} to {info.high:g}{' (log)' if info.log else ''}{further}"
