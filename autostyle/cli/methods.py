"""``methods``: the methods there are, and their parameters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from autostyle.cli.console import listing
from autostyle.cli.context import EVERYWHERE, Context

if TYPE_CHECKING:
    from rich.table import Table

    from autostyle.methods.params import ParamInfo
    from autostyle.use_cases.listing import MethodInfo

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
    from autostyle.use_cases.listing import describe_methods

    found = describe_methods(name)
    for note in () if name else (*mediums.notes(), *registry.notes()):
        ctx.obj.console.say(note)
    ctx.obj.console.answer([entry.as_json() for entry in found], _parameters(found[0]) if name else _methods(found))


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
