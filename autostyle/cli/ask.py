"""``ask``: one request in words, carried out unattended."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from autostyle.cli.arguments import ConsentOption
from autostyle.cli.console import Console
from autostyle.cli.context import EVERYWHERE, Context, Invocation
from autostyle.cli.jobs import Interrupts
from autostyle.errors import AutostyleError

if TYPE_CHECKING:
    from autostyle.agent.events import AnswerInWords, ApprovalAnswer, ApprovalAsked
    from autostyle.agent.understanding.model import Understood

app = typer.Typer()
OutputFormat = Literal["text", "json", "ndjson"]


@app.command(epilog=EVERYWHERE)
def ask(
    ctx: Context,
    request: Annotated[str, typer.Argument(help="What you wish, with the pictures' paths in it.", show_default=False)],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Start the search without conversation.")] = False,
    allow_network: Annotated[
        bool, typer.Option("--allow-network", help="Also show pictures to a model elsewhere and write files, unasked.")
    ] = False,
    consent: ConsentOption = False,
    plan_only: Annotated[bool, typer.Option("--plan-only", help="Stop before anything is computed.")] = False,
    trials: Annotated[int | None, typer.Option(min=1, help="Trials, whatever the request says.")] = None,
    minutes: Annotated[float | None, typer.Option(min=0.01, help="Minutes, whatever the request says.")] = None,
    max_price: Annotated[float | None, typer.Option(min=0, help="US dollars the language model may cost.")] = None,
    study: Annotated[
        str | None,
        typer.Option(help="The study that is spoken of: `a bit less style`. Else that of the last conversation."),
    ] = None,
    session: Annotated[
        str | None, typer.Option(help="Go on with the conversation of this name, or begin it; last is the last one.")
    ] = None,
    output: Annotated[
        OutputFormat, typer.Option(help="text; json: one object at the end; ndjson: every event.")
    ] = "text",
) -> None:
    """Say in words what you wish: the agent looks, chooses, searches and reports. English or Korean.

    Off a terminal it needs --yes to start a search; without it the plan is printed. Exit code 2: it has a question.

    --session NAME remembers what was said: `autostyle ask --session dog "less swirl"` goes on from there.

    Example: autostyle ask "make photo.jpg look like painting.jpg but keep the colours, I have ten minutes" --yes
    """
    from autostyle.agent import setup
    from autostyle.agent.approval import by_flags
    from autostyle.agent.brains.replies import say, translate
    from autostyle.agent.brains.rules.wording import left
    from autostyle.agent.current_study import (
        open_study,
        resume_last_study,
        resume_left_plan,
        resume_left_search,
        speaks_of_a_study,
    )
    from autostyle.cli.unattended import UnattendedConversation
    from autostyle.sentences import keyed

    given: Invocation = ctx.obj
    output = "json" if given.console.as_json and output == "text" else output
    console = Console(as_json=output != "text", quiet=given.console.quiet, verbose=given.console.verbose)
    config = given.config
    if max_price is not None:
        config = config.model_copy(update={"model": config.model.model_copy(update={"max_price": max_price})})
    if why := setup.why_embedded(config):
        console.say(translate(_heard(request).language, why))
    beforehand = by_flags(compute=yes, rest=allow_network, consent=consent)

    def asks(asked: ApprovalAsked) -> bool:
        allowed = {"compute": yes, "trust": False, "consent": consent}.get(asked.cost, allow_network)
        return sys.stdin.isatty() and (asked.overwrites or not allowed)

    async def approve(asked: ApprovalAsked) -> ApprovalAnswer | AnswerInWords:
        return await (_at_the_terminal if asks(asked) else beforehand)(asked)

    async def whole(interrupts: Interrupts) -> tuple[dict[str, Any], int]:
        agent = setup.make(config, approve, named=session, plan_only=plan_only, moment=0.0)
        agent.workspace.trials, agent.workspace.minutes = trials, minutes
        if study is not None:
            await open_study(agent.workspace, study)
        elif session is None and not _names_files(request):
            if (found := await resume_left_search(agent.workspace)) is not None:
                language = agent.workspace.language
                console.say(say(language, "offer", study=found.plan.study, done=found.done, total=found.total))
            elif (plan := await resume_left_plan(agent.workspace)) is not None:
                console.say(left(agent.workspace.language, plan))
            elif speaks_of_a_study(request):
                await resume_last_study(agent.workspace)
        conversation = UnattendedConversation(
            Invocation(config, console),
            agent,
            _line if output == "ndjson" else _nothing,
            aloud=output == "text",
            asks=asks,
        )
        data, code = await conversation.run(request, yes=yes and not plan_only, interrupts=interrupts)
        return {**data, "session": agent.file.id if agent.file is not None else None}, code

    import asyncio

    try:
        with Interrupts() as interrupts:
            data, code = asyncio.run(whole(interrupts))
    except AutostyleError as error:
        raise typer.Exit(console.fail(error)) from error
    if wrong := data.get("error"):
        data |= keyed(error=wrong, hint=data.get("hint", ""))
    if output == "ndjson":
        _line({"event": "result", **data})
    else:
        console.answer(data, "\n".join(_plan_lines(data)) if plan_only or (code == 4 and data.get("method")) else "")
    if wrong:
        language = data.get("language", "en")
        console.complain(translate(language, wrong), translate(language, data.get("hint", "")))
    raise typer.Exit(code)


def _names_files(request: str) -> bool:
    """Whether a request is about pictures of its own, and no search that was left."""
    said = _heard(request)
    return bool(said.content or said.styles or said.loose)


def _heard(request: str) -> Understood:
    from pathlib import Path

    from autostyle.agent.understanding.cached import understand_cached

    return understand_cached(request, Path.cwd(), study=False)


def _line(data: dict[str, Any]) -> None:
    from autostyle.agent.redaction import redact_secrets

    sys.stdout.write(json.dumps(redact_secrets(data), default=str) + "\n")
    sys.stdout.flush()


def _nothing(data: dict[str, Any]) -> None:
    """For outputs that tell no events."""


def _plan_lines(data: dict[str, Any]) -> Iterator[str]:
    """The plan for people, in their language."""
    from rich.cells import set_cell_size

    from autostyle.agent.brains.replies import say
    from autostyle.agent.brains.rules.wording import why

    language = data.get("language", "en")
    shown = {
        "content": ", ".join(data.get("content", ())),
        "style": ", ".join(data.get("style", ())),
        "method": data.get("method"),
        "why": why(language, data),
        "trials": data.get("trials"),
        "minutes": data.get("minutes"),
        "study": data.get("study"),
    }
    for name, value in shown.items():
        if value:
            yield f"{set_cell_size(say(language, f'plan:{name}'), 8)} {value}"


async def _at_the_terminal(asked: ApprovalAsked) -> ApprovalAnswer | AnswerInWords:
    """The answer of the person who reads the question; what was typed before it is none."""
    import asyncio
    import termios

    from autostyle.agent.approval import plainly

    termios.tcflush(sys.stdin, termios.TCIFLUSH)
    loop = asyncio.get_running_loop()
    line: asyncio.Future[str] = loop.create_future()

    def heard() -> None:
        if not line.done():
            line.set_result(sys.stdin.readline())

    loop.add_reader(sys.stdin, heard)
    try:
        return plainly(await line)
    finally:
        loop.remove_reader(sys.stdin)
