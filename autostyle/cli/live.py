"""``live``: frames of a camera, a screen or a clip in the style of a fast net, as they come."""

# Annotations are evaluated here, once: Typer evaluates strings twice a command at every start.
import sys
import time
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

import typer

from autostyle.cli.arguments import ForceOption, StyleWeightOption
from autostyle.cli.console import SCHEMA, Console
from autostyle.cli.context import EVERYWHERE, Context, Invocation, options
from autostyle.errors import AutostyleError, BadInput

if TYPE_CHECKING:
    from autostyle.jobs.live import LiveFigures
    from autostyle.use_cases.live import LivePlan

app = typer.Typer()
PixelFormatOption = Literal["rgb24", "yuv420p"]


@app.command(epilog=EVERYWHERE)
def live(
    ctx: Context,
    source: Annotated[
        str,
        typer.Argument(
            metavar="[DEVICE|FILE]",
            help="camera, screen, either with :NAME; /dev/video0; an X display, :0.0; or a clip.",
            show_default=False,
        ),
    ] = "camera",
    net: Annotated[
        str, typer.Option(help="Name or file of the net; steady: the one of autostyle for clips.")
    ] = "steady",
    style: Annotated[
        list[str] | None, typer.Option(help="The style that it paints, by name or picture; several are blended.")
    ] = None,
    style_weight: StyleWeightOption = None,
    strength: Annotated[float, typer.Option("--strength", "--alpha", min=0, max=1, help="Of the style.")] = 0.85,
    size: Annotated[
        int, typer.Option(min=64, max=4096, metavar="PX", help="Long side of what is painted: smaller is faster.")
    ] = 512,
    out: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--out",
            help="A clip to write; -: raw frames to stdout; /dev/videoN: a v4l2loopback. Default: shown here.",
        ),
    ] = None,
    pixel_format: Annotated[
        PixelFormatOption, typer.Option("--pixel-format", "--pix-fmt", help="Of raw frames.")
    ] = "rgb24",
    preview: Annotated[bool, typer.Option("--preview", help="Show it here, too, beside -o.")] = False,
    every_frame: Annotated[
        bool, typer.Option("--every-frame", help="Drop no frame of a clip, however long it takes.")
    ] = False,
    seconds: Annotated[float | None, typer.Option(min=0, help="End after so long.", show_default=False)] = None,
    force: ForceOption = False,
) -> None:
    """Paint a camera, the screen or a clip live with a fast net, until it ends or Ctrl-C.

    A clip plays at its own pace. Where the net is slower than the source, frames are dropped, so that what is seen is
    never late; the line says how many. Exit code: 130 after Ctrl-C, with the file finished; 0 at the end.

    Example: autostyle live camera --style stained-glass · autostyle live -o - --style comic-night | ffplay -f rawvideo
    -pixel_format rgb24 -video_size 512x288 -
    """
    from autostyle.use_cases.live import PIPE, LiveOptions, plan

    wanted = plan(options(ctx, LiveOptions, style=tuple(style or ()), style_weight=tuple(style_weight or ())))
    on_screen = _is_terminal()
    if out is None and not on_screen:
        raise BadInput("there is no terminal to show it on", "-o out.mp4, or -o - for raw frames")
    if out == PIPE and (on_screen or ctx.obj.console.as_json):
        raise BadInput("raw frames go to stdout alone", "pipe it into a program: `autostyle live --help` shows one")
    figures, code = _play(ctx.obj, wanted, preview=out is None or (preview and on_screen))
    answer = {
        "schema": SCHEMA,
        "out": None if wanted.out is None else str(wanted.out),
        "net": str(wanted.net),
        "styles": list(wanted.names),
        "frames": figures.shown,
        "dropped": figures.dropped,
        "fps": figures.shown / figures.seconds if figures.seconds else 0.0,
        "latency": figures.latency,
        "seconds": figures.seconds,
        "size": [figures.width, figures.height],
    }
    if out == PIPE:
        ctx.obj.console.say(_line(figures))
    else:
        ctx.obj.console.answer(answer, f"{wanted.out or 'shown'}  ({_line(figures)})")
    raise typer.Exit(code)


def _play(invocation: Invocation, wanted: "LivePlan", *, preview: bool) -> tuple["LiveFigures", int]:
    import contextlib
    import os
    from fractions import Fraction
    from functools import partial

    from autostyle.cli.jobs import Interrupts
    from autostyle.cli.preview import Preview
    from autostyle.codecs.capture import captured
    from autostyle.codecs.frame_outputs import RawWriter, frame_output
    from autostyle.jobs.live import LiveFigures, play
    from autostyle.methods.fast_net.frames import LivePainter
    from autostyle.use_cases.live import PIPE

    asked = wanted.asked
    painter = LivePainter(wanted.net, wanted.shares, asked.strength, invocation.config.device)
    figures, lost = LiveFigures(), None
    with Interrupts() as interrupts, contextlib.ExitStack() as stack:
        writers: list[Any] = []
        if wanted.out is not None:
            writers.append(frame_output(wanted.out, Fraction(30), overwrite=asked.force))
        elif asked.out == PIPE:
            stream = stack.enter_context(os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0))
            writers.append(contextlib.nullcontext(RawWriter(stream, asked.pixel_format)))
        shown = stack.enter_context(Preview(invocation.config.app.images)) if preview else None
        status = stack.enter_context(_Status(invocation.console, shown=shown is not None))
        entered = [stack.enter_context(writer) for writer in writers]

        def show(frame: Any, time: Fraction) -> None:
            if not figures.shown and asked.out == PIPE:
                height, width = frame.shape[:2]
                invocation.console.say(f"{asked.pixel_format}, {width}x{height}")
            for writer in entered:
                writer.add(frame, time)
            if shown is not None:
                shown.show(frame, f"{_line(figures)} · Ctrl-C ends")

        def told(now: LiveFigures) -> None:
            nonlocal figures
            figures = now
            status.update(_line(now))

        try:
            play(
                partial(captured, wanted.source, paced=not asked.every_frame),
                painter,
                show,
                interrupts.stop,
                size=asked.size,
                every=asked.every_frame,
                seconds=asked.seconds,
                told=told,
            )
        except AutostyleError as error:
            if not figures.shown:
                raise
            lost = error  # what came before is kept
        if not figures.shown and interrupts.exit_code:
            raise typer.Exit(interrupts.exit_code)  # a file without a frame is none
        if not figures.shown and wanted.out is not None:
            raise BadInput("nothing came that could be written", "look at the source with another program")
    if lost is not None:
        raise lost
    return figures, interrupts.exit_code


def _line(figures: "LiveFigures") -> str:
    from autostyle.report.text import clock

    return (
        f"{figures.width}x{figures.height} · {figures.fps:.1f} fps · {figures.shown} shown, "
        f"{figures.dropped} dropped · {figures.latency * 1000:.0f} ms late · {clock(figures.seconds)}"
    )


class _Status:
    """One line on stderr, drawn over again on a terminal, plain every few seconds elsewhere.

    Args:
        shown: a terminal shows it already.
    """

    def __init__(self, console: Console, *, shown: bool) -> None:
        from rich.progress import Progress, TextColumn

        self._console, self._shown, self._said = console, shown, time.monotonic()
        self._drawn = console.err.is_terminal and not console.quiet and not shown
        self._line = Progress(
            TextColumn("{task.description}", markup=False), console=console.err, transient=True, disable=not self._drawn
        )
        self._task = self._line.add_task("waiting for the first frame")

    def __enter__(self) -> Self:
        self._line.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._line.stop()

    def update(self, text: str) -> None:
        from autostyle.cli.progress import EVERY

        self._line.update(self._task, description=text)
        if not self._drawn and not self._shown and time.monotonic() - self._said >= EVERY:
            self._said = time.monotonic()
            self._console.say(text)


def _is_terminal() -> bool:
    return sys.stdout.isatty()
