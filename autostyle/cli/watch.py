"""``watch``: the look of a recipe for every picture that comes into a folder."""

# Annotations are evaluated here, once: Typer evaluates strings twice a command at every start.
import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from autostyle.cli.arguments import AidOption, ForceOption, SizeOption
from autostyle.cli.console import SCHEMA
from autostyle.cli.context import EVERYWHERE, Context, Invocation, named_files
from autostyle.mediums.sides import SaidSize, read_size

app = typer.Typer()


@app.command(epilog=EVERYWHERE)
def watch(
    ctx: Context,
    folder: Annotated[
        Path, typer.Argument(metavar="IN", help="Folder, with those below it, that is watched.", show_default=False)
    ],
    recipe: Annotated[Path, typer.Option("--recipe", help="recipe.json, or a PNG that autostyle wrote.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for the results; they keep their names.")],
    aid: AidOption = None,
    size: SizeOption = None,
    every: Annotated[float, typer.Option(min=0.1, help="Seconds between two looks.")] = 2.0,
    settle: Annotated[float, typer.Option(min=0.0, help="Seconds a file must stay as it is to be whole.")] = 2.0,
    once: Annotated[bool, typer.Option("--once", help="End when what is there was made.")] = False,
    force: ForceOption = False,
) -> None:
    """Give every picture, or clip, that comes into a folder the look of a recipe, until Ctrl-C.

    What is there is made first. A file that is still being written is waited for; one that cannot be read is named and
    tried again when it changes. A watch that begins again makes nothing twice; a picture that has changed is made
    again. With --json every result is a line as it comes. Exit code: 130 after Ctrl-C; with --once that of `apply`.

    Example: autostyle watch ~/Camera --recipe studies/NAME/recipe.json -o ~/Styled
    """
    from autostyle.cli.jobs import Interrupts
    from autostyle.jobs import failures
    from autostyle.report import recipe as recipes
    from autostyle.use_cases import aids, files, watching

    inside, place = watching.check(folder, out)
    known = recipes.load(files.recipe(recipe))
    given = aids.files(known.method, named_files(aid or ()))
    painter = _Painter(ctx.obj, recipe.resolve(), given, read_size(size), force)
    with Interrupts() as interrupts, watching.held(place):
        watched = watching.WatchedFolder(inside, place, known, settle, force)
        painter.stop = interrupts.stop
        painter.say(f"watching {inside}; results go to {place}; Ctrl-C ends it")
        failed = watching.watch(watched, painter.paint, painter.heard, interrupts.stop.wait, every=every, once=once)
    kept = list(watched.skipped.values())
    summary = {"made": painter.made, "failed": len(failed), "kept": kept.count("made"), "there": kept.count("exists")}
    painter.ended(summary, stopped=bool(interrupts.exit_code))
    raise typer.Exit(interrupts.exit_code or (failures.exit_code(failed) if once else 0))


class _Painter:
    """Makes one picture after the other in a job process that is kept, and tells of them."""

    def __init__(
        self,
        invocation: Invocation,
        recipe: Path,
        aids: dict[str, tuple[Path, ...]],
        size: SaidSize | None,
        force: bool,
    ) -> None:
        import threading

        self._config, self._console = invocation.config, invocation.console
        self._recipe, self._aids, self._size, self._force = recipe, aids, size, force
        self.stop = threading.Event()
        self.made = 0

    def say(self, text: str) -> None:
        self._console.say(text)

    def paint(self, one: Any) -> dict[str, Any]:
        from autostyle.jobs import requests, warm

        request = requests.ApplyRequest(
            device=self._config.device,
            offline=self._config.offline,
            recipe=self._recipe,
            inputs=(one.source,),
            outputs=(one.target,),
            aids=self._aids,
            size=self._size,
            force=self._force or one.again,
        )
        return warm.run(request, self._noted, self.stop)

    def _noted(self, message: dict[str, Any]) -> None:
        if message["type"] == "note":
            self.say(message["text"])

    def heard(self, what: str, about: dict[str, Any]) -> None:
        """Tell what happened."""
        from autostyle.jobs.failures import describe_failure
        from autostyle.use_cases.watching import told

        match what:
            case "made":
                self.made += 1
                self._answer({"event": "made", **about}, about["image"])
            case "failed":
                self._answer({"event": "failed", **about})
                self.say(describe_failure(about))
            case "later":
                self._answer({"event": "later", **about})
                self.say(told(about, about["again"]))
            case "lost":
                self.say(f"waiting for the folder: {about['error']}")
            case "back":
                self.say("the folder is back")
            case "idle":
                self.say(f"{about['made']} made so far; waiting for more")

    def ended(self, summary: dict[str, int], *, stopped: bool) -> None:
        self._answer({"event": "ended", "schema": SCHEMA, **summary, "stopped": stopped})
        parts = [f"{summary['made']} made", f"{summary['kept']} were made before" if summary["kept"] else ""]
        parts.append(f"{summary['there']} were there already: --force makes them anew" if summary["there"] else "")
        parts.append(f"{summary['failed']} left out" if summary["failed"] else "")
        self.say(", ".join(filter(None, parts)))

    def _answer(self, data: dict[str, Any], shown: str = "") -> None:
        if self._console.as_json:
            sys.stdout.write(json.dumps(data, default=str) + "\n")
            sys.stdout.flush()
        elif shown:
            self._console.answer(data, shown)
