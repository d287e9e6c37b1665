"""The slash commands: one list, from which completion, /help and the command palette are made."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autostyle.errors import BadInput
from autostyle.sentences import Sentence
from autostyle.tui.actions import Actions
from autostyle.tui.keeping import read_number, save
from autostyle.tui.preferring import prefer
from autostyle.tui.widgets.question import AnswerOption

if TYPE_CHECKING:
    from autostyle.agent.outputs import Listed

RunCommand = Callable[[Actions, str], Awaitable[None]]


@dataclass(frozen=True)
class Command:
    """One command.

    Args:
        name: without the slash.
        help: one line.
        run: does it, given what stands behind the name.
        argument: how that is written; in brackets where it may be left out.
        waits: for the brain, while it is made ready.
    """

    name: str
    help: str
    run: RunCommand
    argument: str = ""
    waits: bool = True

    @property
    def needs_argument(self) -> bool:
        return bool(self.argument) and not self.argument.startswith("[")


async def carry_out(actions: Actions, text: str) -> None:
    """Run the command that ``text`` begins with; raises BadInput if there is none."""
    name, _, argument = text.removeprefix("/").partition(" ")
    command = next((command for command in COMMANDS if command.name == name), None)
    if command is None:
        raise BadInput("there is no command /{name}", "/help lists them", name=name)
    if command.needs_argument and not argument.strip():
        raise BadInput("/{name} wants {argument}", command.help, name=name, argument=Sentence(command.argument))
    if command.waits:
        await actions.conversation.ready()
    await command.run(actions, argument.strip())


async def _help(actions: Actions, _: str) -> None:
    rows = [
        (Sentence("/{name} {argument}", name=command.name, argument=Sentence(command.argument)), command.help)
        for command in COMMANDS
    ]
    await actions.chat.show_rows([*rows, ("", ""), *KEYS])


async def _model(actions: Actions, name: str) -> None:
    chosen = name or await _brain(actions)
    if chosen is not None:
        await actions.change_model(None if chosen == "embedded" else chosen)


async def _brain(actions: Actions) -> str | None:
    """The brain that the person picks from a list, unless it answers already."""
    from autostyle.agent.setup import brains

    now = actions.conversation.agent.brain.name
    found = {now: Sentence("named here")} | await asyncio.to_thread(brains, actions.given)
    answers = [
        AnswerOption(name, name, Sentence("{about}; in use", about=Sentence(about)) if name == now else about)
        for name, about in found.items()
    ]
    title = Sentence("Which brain? /model NAME takes any that litellm can reach; its key comes from the environment.")
    picked: str | None = await actions.chat.ask(title, answers, picked=list(found).index(now))
    return None if picked == now else picked


async def _resume(actions: Actions, _: str) -> None:
    from autostyle.agent.saved_conversations import list_conversations

    found = list_conversations()
    if not found:
        raise BadInput("there is no earlier conversation", "each is kept as it goes on")
    answers = [
        AnswerOption(past.title or Sentence("nothing said"), past.id, past.started[:16].replace("T", " "))
        for past in found
    ]
    past = await actions.chat.ask(Sentence("Go on with which conversation?"), answers)
    if past is not None:
        await actions.reconnect(past=past)


async def _studies(actions: Actions, _: str) -> None:
    from autostyle.agent.outputs import Studies

    listed = await actions.use(Studies)
    answers = [AnswerOption(study.name, study.name, _told(study)) for study in listed[1].studies] if listed else []
    name = await actions.chat.ask(Sentence("Look at which study?"), answers) if answers else None
    if name is not None:
        await actions.open_study(name)


def _told(study: Listed) -> str:
    if study.missing:
        return study.note
    return Sentence(
        "{done}/{total} trials, {when}",
        done=study.done,
        total=study.total,
        when=study.changed[:16].replace("T", " "),
    )


async def _undo(actions: Actions, _: str) -> None:
    """The last change of the study on the table; else what was said last of a plan that was not begun."""
    from autostyle.agent.brains.replies import say
    from autostyle.agent.brains.rules import changes
    from autostyle.agent.brains.rules.study import answer_back_line
    from autostyle.agent.outputs import Rendered, Steered

    workspace = actions.conversation.agent.workspace
    plan = workspace.plan
    if plan is not None and plan.study != workspace.study:
        actions.conversation.say(say(workspace.language, "undo"))
    elif undone := await actions.use(Steered, undo=True, why="The person took it back."):
        what = changes.told(workspace.language, undone[1].what)
        if undone[1].answer is not None:
            back = answer_back_line(workspace.language, undone[1].answer, neither=undone[1].neither)
            await actions.chat.remark(back)
        if what:
            await actions.chat.remark(say(workspace.language, "undone", what=what))
        if undone[1].pending:
            await actions.use(Rendered)


async def _rewind(actions: Actions, _: str) -> None:
    if not any(message.role == "user" for message in actions.conversation.agent.history):
        raise BadInput("nothing has been said yet", "")
    await actions.rewind()


async def _pictures(actions: Actions, _: str) -> None:
    if not await actions.beginning.offer_pictures():
        raise BadInput("there are no pictures in this folder", "name one with its path, or drop it here")


async def _styles(actions: Actions, _: str) -> None:
    await actions.beginning.offer_styles()


async def _report(actions: Actions, _: str) -> None:
    await _written(actions, None)


async def _export(actions: Actions, folder: str) -> None:
    await _written(actions, folder)


async def _written(actions: Actions, folder: str | None) -> None:
    from autostyle.agent.outputs import Exported

    if written := await actions.use(Exported, out=folder):
        await actions.chat.remark(Sentence("report: {path}", path=written[1].report))


async def _compare(actions: Actions, numbers: str) -> None:
    from autostyle.agent.outputs import Compared

    try:
        wanted = [int(number) for number in numbers.replace(",", " ").split()]
    except ValueError:
        raise BadInput("{text!r} are no numbers of trials", "for example /compare 3 7", text=numbers) from None
    if compared := await actions.use(Compared, numbers=wanted):
        from autostyle.agent.brains.rules.study import compared_lines

        language = actions.conversation.agent.workspace.language
        await actions.chat.tell("\n".join(compared_lines(language, compared[1])))


async def _look(actions: Actions, number: str) -> None:
    actions.look(read_number(number, Sentence("for example /look 3")) if number else None)


async def _stop(actions: Actions, _: str) -> None:
    if not await actions.stop_search():
        raise BadInput("no search is running", "")


async def _queue(actions: Actions, _: str) -> None:
    await actions.queue.show()


async def _permissions(actions: Actions, _: str) -> None:
    """What is not asked about any more; one of it or all can be taken back."""
    from autostyle.agent.brains.replies import permission_title, say

    agent = actions.conversation.agent
    language = agent.workspace.language
    granted = agent.policy.granted
    if not granted:
        await actions.chat.remark(say(language, "permissions:none"))
        return
    answers = [
        AnswerOption(permission_title(language, key), (key,), say(language, f"permissions:{scope}"))
        for key, scope in granted.items()
    ]
    answers.append(AnswerOption(say(language, "permissions:all"), tuple(granted)))
    for key in await actions.chat.ask(say(language, "permissions"), answers, ()):
        agent.policy.take_back(key)
        await actions.chat.remark(say(language, "permissions:back", what=permission_title(language, key)))


async def _cost(actions: Actions, _: str) -> None:
    spent = actions.conversation.agent.spent
    price = Sentence("nobody knows the price") if spent.price is None else f"${spent.price:.4f}"
    await actions.chat.remark(
        Sentence(
            "{tokens_in} tokens in, {tokens_out} out, {price}",
            tokens_in=spent.tokens_in,
            tokens_out=spent.tokens_out,
            price=price,
        )
    )


async def _theme(actions: Actions, name: str) -> None:
    from autostyle.tui.settings import keep

    themes = sorted(actions.chat.app.available_themes, key=lambda theme: (not theme.startswith("autostyle"), theme))
    if not name:
        chosen = await actions.chat.ask(
            Sentence("Which theme?"),
            [AnswerOption(theme, theme) for theme in themes],
            picked=themes.index(actions.chat.app.theme),
        )
        name = chosen or actions.chat.app.theme
    if name not in themes:
        raise BadInput("there is no theme {name!r}", "themes: {names}", name=name, names=", ".join(themes))
    if name != actions.chat.app.theme:
        actions.chat.app.theme = name
        keep("app", "theme", name)


async def _clear(actions: Actions, _: str) -> None:
    await actions.reconnect()


async def _exit(actions: Actions, _: str) -> None:
    await actions.chat.app.action_quit()


COMMANDS = (
    Command("help", Sentence("commands and keys"), _help, waits=False),
    Command("model", Sentence("which brain answers; change to another"), _model, Sentence("[NAME]"), waits=False),
    Command("resume", Sentence("go on with an earlier conversation"), _resume),
    Command("studies", Sentence("list the studies, look at one"), _studies),
    Command("pictures", Sentence("the pictures here, to choose by number"), _pictures),
    Command("styles", Sentence("the styles at hand, to choose by number"), _styles),
    Command("undo", Sentence("take the last change back"), _undo),
    Command("rewind", Sentence("go back to an earlier message"), _rewind),
    Command("report", Sentence("write the report of the study"), _report),
    Command("export", Sentence("write the report into a folder"), _export, Sentence("FOLDER")),
    Command("save", Sentence("save a picture: where, as what, how large"), save, Sentence("[NUMBER]")),
    Command("compare", Sentence("trials side by side"), _compare, Sentence("NUMBERS")),
    Command("look", Sentence("a picture as large as the terminal, beside the content"), _look, Sentence("[NUMBER]")),
    Command("prefer", Sentence("which of two is better? moves the advice"), prefer),
    Command("stop", Sentence("end the search, keeping what was found"), _stop),
    Command("queue", Sentence("what waits; in another order, or taken out"), _queue),
    Command("permissions", Sentence("what runs unasked; take it back"), _permissions),
    Command("cost", Sentence("tokens and price of this conversation"), _cost),
    Command("theme", Sentence("colours, dark or light; kept"), _theme, Sentence("[NAME]"), waits=False),
    Command("clear", Sentence("begin a new conversation"), _clear, waits=False),
    Command("exit", Sentence("leave"), _exit, waits=False),
)
KEYS = (
    ("Enter", Sentence("send; Ctrl+J begins a new line")),
    ("Esc", Sentence("stop the answer; twice, go back to an earlier message")),
    ("@", Sentence("completes a file")),
    ("Tab, Enter", Sentence("reach a tool's line or a trial, open it")),
    ("Ctrl+S", Sentence("save the picture that is shown; s on a trial saves that one")),
    ("F4", Sentence("stop the search; asks first")),
    ("F2", Sentence("study or chat, where only one has room")),
    ("F3", Sentence("a picture as large as the terminal; f in the table of trials")),
    ("Page up, Page down", Sentence("scroll the chat")),
    ("Ctrl+P", Sentence("all commands")),
    ("Ctrl+Q", Sentence("leave")),
)
