"""``export-net``: a fast net as ONNX."""

# Annotations are evaluated here, once: Typer evaluates strings twice a command at every start.
from pathlib import Path
from typing import Annotated

import typer

from autostyle.cli.context import EVERYWHERE, Context
from autostyle.errors import BadInput

app = typer.Typer()


@app.command("export-net", epilog=EVERYWHERE)
def export_net(
    ctx: Context,
    net: Annotated[str, typer.Argument(metavar="NET", help="Its name or file; embedded: the one of autostyle.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="The .onnx file.")],
    style: Annotated[
        list[str] | None, typer.Option(help="The style it paints, several are blended; without, it takes a mix.")
    ] = None,
    strength: Annotated[float, typer.Option(min=0, max=1, help="Of a style that is fixed.")] = 1.0,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write a fast net as ONNX, for phones, browsers and OBS: any height and width, checked with onnxruntime.

    Takes the extra autostyle[onnx].

    Example: autostyle export-net embedded --style stained-glass -o glass.onnx
    """
    from autostyle.cli.extras import require
    from autostyle.cli.jobs import run_job
    from autostyle.jobs import requests
    from autostyle.vision.net_files import named_net

    if out.suffix != ".onnx":
        raise BadInput("{path} is no .onnx file", "name it {better}", path=out, better=out.with_suffix(".onnx"))
    if out.exists() and not force:
        raise BadInput("{path} exists", "--force overwrites it", path=out)
    require("onnx", "onnx", "onnxruntime", "onnxscript", command="export-net")
    invocation = ctx.obj
    request = requests.ExportNetRequest(
        device="cpu",
        offline=invocation.config.offline,
        net=named_net(net).resolve(),
        styles=tuple(style or ()),
        strength=strength,
        out=out.absolute(),
    )
    result, code = run_job(invocation, request)
    told = f"{result['out']}  ({', '.join(result['styles'])}; {result['difference']:.6f} off torch at most)"
    invocation.console.answer(result, told)
    raise typer.Exit(code)
