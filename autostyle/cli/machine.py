"""``methods``, ``weights`` and ``doctor``: what there is on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from autostyle.cli.session import EVERYWHERE, Context
from autostyle.methods import registry
from autostyle.methods.contract import MethodSpec
from autostyle.methods.params import ParamInfo

if TYPE_CHECKING:
    from rich.table import Table

app = typer.Typer()


@app.command(epilog=EVERYWHERE)
def methods(
    ctx: Context,
    name: Annotated[str | None, typer.Argument(help="One method; without it, all.", show_default=False)] = None,
) -> None:
    """List the methods, built and planned, with every parameter and its range.

    Example: autostyle methods gatys
    """
    from autostyle import decision

    specs = [registry.find(name)] if name else list(registry.METHODS.values())
    table = decision.load()
    data = [_method_json(spec, table.rows_with(spec.name), bool(decision.available(spec))) for spec in specs]
    ctx.obj.console.answer(data, _parameters(specs[0]) if name else _methods(specs))


def _method_json(spec: MethodSpec, rows: tuple[str, ...], available: bool) -> dict[str, Any]:
    infos = spec.params.info() if spec.params else {}
    return {
        "name": spec.name,
        "title": spec.title,
        "medium": spec.medium,
        "rows": list(rows),
        "status": "built" if spec.built else "planned",
        "available": available,
        "needs": list(spec.needs),
        "source": spec.source,
        "params": {key: info.as_json() for key, info in infos.items()},
    }


def _methods(specs: list[MethodSpec]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in ("method", "status", "medium", "what it is"):
        table.add_column(heading)
    for spec in specs:
        table.add_row(spec.name, "built" if spec.built else "planned", spec.medium, spec.title)
    return table


def _parameters(spec: MethodSpec) -> Table:
    from rich.table import Table

    table = Table(title=spec.title, title_justify="left", box=None, pad_edge=False)
    for heading in ("-p name", "default", "values", "searched", "meaning"):
        table.add_column(heading)
    for info in (spec.params.info() if spec.params else {}).values():
        table.add_row(info.name, str(info.default), _values(info), "yes" if info.tune else "", info.help)
    if not spec.built:
        table.caption = "planned and not built: it has no parameters yet"
    return table


def _values(info: ParamInfo) -> str:
    if info.choices is not None:
        return " ".join(str(choice).lower() if info.type == "bool" else str(choice) for choice in info.choices)
    return f"{info.low:g} to {info.high:g}{' (log)' if info.log else ''}"
