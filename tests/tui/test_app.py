"""The app under a person's actions: a real screen, a fake agent."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from textual.drivers.headless_driver import HeadlessDriver
from textual.events import Key, Paste
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.widgets import OptionList

from autostyle.agent.events import Said, Spent, ToolFinished, ToolProgressed, ToolStarted, TurnEnded
from autostyle.agent.messages import AssistantMessage, Notice, UserMessage
from autostyle.agent.outputs import ToolOutput
from autostyle.brief import Brief
from autostyle.config import AppConfig, Config, ModelConfig, load
from autostyle.errors import Missing
from autostyle.tui import main_screen
from autostyle.tui.app import AutostyleApp
from autostyle.tui.widgets.prompt import Prompt
from autostyle.tui.widgets.tool_line import ToolLine
from autostyle.tui.widgets.transcript import MOST, Transcript
from autostyle.tuning import events as study
from tests.tui.driving import drive, grace, seen, sees, until, write
from tests.tui.fakes import FakeSearch, Stage

P = Pilot[None]


def line(pilot: P) -> str:
    return pilot.app.screen.query_one(Prompt).line.text


def test_an_empty_conversation_says_what_to_try_and_who_answers() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await sees(pilot, "make photo.jpg look like painting.jpg", "No study yet.", "embedded")

    drive(Stage(), script)


def test_what_is_written_is_sent_and_the_answer_appears_as_it_comes() -> None:
    goes_on = asyncio.Event()

    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "make it blue")
        await sees(pilot, "make it blue", "I will make it")
        assert "deep blue" not in seen(pilot)
        goes_on.set()
        await sees(pilot, "deep blue")
        assert stage.agent is not None and stage.agent.heard == ["make it blue"]
        assert line(pilot) == ""

    drive(Stage([[Said("I will "), Said("make it"), goes_on, Said(" **deep blue**.")]]), script)


@pytest.mark.parametrize("enter", [Key("enter", "\r"), Key("ctrl+j", "\n")], ids=["enter", "line feed"])
def test_what_is_typed_before_there_is_a_prompt_is_not_lost(enter: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    start = HeadlessDriver.start_application_mode

    def start_with_keys(driver: HeadlessDriver) -> None:
        start(driver)
        for key in (Key("m", "m"), Paste("ake it blue"), enter):
            driver.process_message(key)

    monkeypatch.setattr(HeadlessDriver, "start_application_mode", start_with_keys)

    async def script(pilot: P, stage: Stage) -> None:
        await sees(pilot, "Blue it is")
        assert stage.agent is not None and stage.agent.heard == ["make it blue"]

    drive(Stage([[Said("Blue it is")]]), script)


def test_what_is_said_meanwhile_waits_its_turn() -> None:
    goes_on = asyncio.Event()

    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "first")
        await write(pilot, "second")
        goes_on.set()
        await sees(pilot, "one", "two")
        assert stage.agent is not None and stage.agent.heard == ["first", "second"]

    drive(Stage([[goes_on, Said("one")], [Said("two")]]), script)


def test_a_tool_is_one_line_that_opens_by_key() -> None:
    started = ToolStarted("1", "choose_method", "choose a method", {"medium": "image"})
    finished = ToolFinished("1", "choose_method", True, "gatys, for the quality", ToolOutput(row="quality"))

    goes_on = asyncio.Event()

    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "go")
        await sees(pilot, "… choose a method", "reading the table")
        goes_on.set()
        await sees(pilot, "✓ choose a method")
        assert "gatys, for the quality" not in seen(pilot)
        pilot.app.screen.query_one(ToolLine).focus()
        await pilot.press("enter")
        await sees(pilot, "gatys, for the quality", '"medium": "image"', '"row": "quality"')

    drive(Stage([[started, ToolProgressed("1", "reading the table"), goes_on, finished]]), script)


def test_a_tool_that_failed_says_why_on_its_line() -> None:
    steps = [ToolStarted("1", "plan_study", "plan"), ToolFinished("1", "plan_study", False, "error: no such file")]

    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "go")
        await sees(pilot, "✗ plan  error: no such file")

    drive(Stage([steps]), script)


def test_esc_stops_the_answer_and_keeps_what_came() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "go")
        await sees(pilot, "half an answer")
        await pilot.press("escape")
        await sees(pilot, "half an answer", "stopped; what came of it is kept")
        await write(pilot, "again")
        await sees(pilot, "whole")

    drive(Stage([[Said("half an answer"), asyncio.Event(), Said("never")], [Said("whole")]]), script)


def test_a_search_is_stopped_by_a_key_of_its_own_that_asks() -> None:
    search = FakeSearch()

    def prepare(workspace: Any) -> None:
        workspace.search = search

    async def script(pilot: P, stage: Stage) -> None:
        await pilot.press("escape", "escape")
        await pilot.press("f4")
        await sees(pilot, "Stop the search?", "Let it go on")
        await grace(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "Stop the search?" not in seen(pilot))
        assert search.running
        await pilot.press("f4")
        await grace(pilot)
        await pilot.press("1")
        await until(pilot, lambda: not search.running)
        await until(pilot, lambda: "Stop the search" not in seen(pilot))

    drive(Stage(prepare=prepare), script)


def test_esc_twice_on_an_empty_line_goes_back_to_an_earlier_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main_screen, "AGAIN", 600.0)
    said = [UserMessage("make a.jpg like b.jpg"), AssistantMessage("Plan one."), UserMessage("make it bolder")]

    async def script(pilot: P, stage: Stage) -> None:
        await sees(pilot, "Plan one.", "make it bolder")
        await pilot.press("x", "escape", "escape")
        assert line(pilot) == "x" and "Go back" not in seen(pilot)
        await pilot.press("backspace", "escape")
        await sees(pilot, "Esc again goes back to an earlier message")
        await pilot.press("escape")
        await sees(pilot, "Go back to before which message?")
        await until(pilot, lambda: "Esc again" not in seen(pilot))
        await grace(pilot)
        await pilot.press("1")
        await until(pilot, lambda: line(pilot) == "make it bolder")
        await sees(pilot, "Plan one.")
        assert stage.agent is not None and stage.agent.history == said[:2]

    drive(Stage(history=list(said)), script)


def test_commands_complete_and_help_lists_each() -> None:
    from autostyle.tui.commands import COMMANDS

    async def script(pilot: P, stage: Stage) -> None:
        await pilot.press("/", "h")
        await sees(pilot, "commands and keys")
        await pilot.press("enter")
        await until(pilot, lambda: all(f"/{command.name}" in seen(pilot) for command in COMMANDS))
        assert stage.agent is not None and stage.agent.heard == []

    drive(Stage(), script, size=(120, 60))


def test_an_unknown_command_is_an_error_that_says_where_to_look() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "/dance")
        await sees(pilot, "✗ there is no command /dance", "/help lists them")

    drive(Stage(), script)


def test_at_completes_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "photo.jpg").touch()
    monkeypatch.chdir(tmp_path)

    async def script(pilot: P, stage: Stage) -> None:
        await pilot.press(*"make @ph", "tab")
        await until(pilot, lambda: line(pilot) == "make photo.jpg ")
        assert not pilot.app.screen.query_one(Prompt).options.display

    drive(Stage(), script)


def test_up_brings_back_what_was_written_before() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "first")
        await write(pilot, "second")
        await pilot.press("up", "up")
        assert line(pilot) == "first"
        await pilot.press("down", "down")
        assert line(pilot) == ""

    drive(Stage(), script)


def test_a_message_may_have_several_lines_and_korean_is_as_wide_as_it_is() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await pilot.press(*"첫 줄", "ctrl+j", *"둘째 줄")
        text_area = pilot.app.screen.query_one(Prompt).line
        assert text_area.size.height == 2
        # The terminal's own cursor stands behind the last syllable: there an input method composes the next.
        assert pilot.app.cursor_position == text_area.content_region.offset + Offset(7, 1)
        await pilot.press("enter")
        await until(pilot, lambda: stage.agent is not None and stage.agent.heard == ["첫 줄\n둘째 줄"])

    drive(Stage(), script)


def test_markup_and_escape_sequences_from_outside_are_only_text() -> None:
    evil = "[red]not red[/red] [@click=app.quit]x[/] \x1b[2J\u202egnp"
    steps = [Said(f"answer {evil}"), ToolStarted("1", "x", evil), ToolFinished("1", "x", False, evil)]

    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "[bold]mine")
        await sees(pilot, "[bold]mine", "answer [red]not red[/red]", "✗ [red]not red[/red] [@click=app.quit]x[/]")
        assert "\x1b" not in seen(pilot) and "\u202e" not in seen(pilot)

    drive(Stage([steps]), script)


def test_a_dead_server_is_a_message_and_the_conversation_goes_on() -> None:
    dead = TurnEnded("error", "no answer from http://127.0.0.1:1", "start that server, or /model embedded", 3)

    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "hello")
        await sees(pilot, "✗ no answer from http://127.0.0.1:1", "start that server")
        await write(pilot, "hello")
        await sees(pilot, "back again")

    drive(Stage([[dead], [Said("back again")]]), script)


def test_a_bug_in_a_turn_is_a_message_that_names_the_log() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "go")
        await sees(pilot, "ZeroDivisionError", "this is a bug; the log is")
        await write(pilot, "go")
        await sees(pilot, "still here")

    drive(Stage([[ZeroDivisionError("oops")], [Said("still here")]]), script)


def test_a_brain_that_cannot_be_had_is_a_message_and_another_can_be_chosen() -> None:
    async def connect(*_: Any) -> Any:
        raise Missing("litellm does not load", "pip install litellm, or /model embedded")

    async def main() -> None:
        async with AutostyleApp(Stage().config, connect).run_test(size=(100, 30)) as pilot:
            await sees(pilot, "✗ litellm does not load", "/model embedded")
            await write(pilot, "/cost")
            await sees(pilot, "the brain is not ready")

    asyncio.run(main())


def test_the_study_fills_its_side_as_it_goes(tmp_path: Path) -> None:
    for name in ("content.png", "style.png", "0.png"):
        Image.new("RGB", (40, 40), "teal").save(tmp_path / name)

    def prepare(workspace: Any) -> None:
        workspace.brief = Brief(content=(tmp_path / "content.png",), styles=(tmp_path / "style.png",))

    steps = [
        ToolFinished("1", "look_at_images", True, ""),
        study.Opened("cat-night", str(tmp_path), 0, 2, resumed=False),
        study.Note("style is judged by the embedded style embedding"),
        study.TrialStarted(0, "gatys", "preset", 0, {"style_weight": 2.0}),
        study.TrialFinished(
            0, "gatys", 0, "complete", 1, 2, 2.5, {"style": 0.41, "content": 0.62}, image="0.png", best=0, left=65.0
        ),
        study.TrialStarted(1, "gatys", "preset", 0),
        study.Progress(1, "gatys", 0, 30, 60),
    ]

    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "go")
        await sees(pilot, "content.png", "style.png", "best so far: 0", "◆ 0  style 0.41  content 0.62")
        await sees(pilot, "◆ 0", "gatys", "0.410", "0.620", "50%", "1/2 trials · 1:05 left", "embedded style embedding")

    drive(Stage([steps], prepare=prepare), script)


@pytest.mark.parametrize("way", ["key", "mouse"])
def test_opening_a_trial_by_key_or_mouse_shows_its_settings(tmp_path: Path, way: str) -> None:
    Image.new("RGB", (40, 40), "teal").save(tmp_path / "0.png")
    scores = {"style": 0.41, "content": 0.62}
    steps = [
        study.Opened("cat-night", str(tmp_path), 0, 2, resumed=False),
        study.TrialStarted(0, "gatys", "preset", 0, {"style_weight": 2.04321}),
        study.TrialFinished(0, "gatys", 0, "complete", 1, 2, 2.5, scores, image="0.png", best=0),
    ]

    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "go")
        await sees(pilot, "◆ 0")
        if way == "key":
            pilot.app.screen.query_one("TrialsTable").focus()
            await pilot.press("enter")
        else:
            await pilot.click("TrialsTable", offset=(12, 1))
        await sees(pilot, "trial 0: style_weight 2.04")

    drive(Stage([steps]), script)


def test_a_notice_of_a_study_becomes_a_turn() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        assert stage.agent is not None
        for tell in stage.agent.workspace.on_notice:
            tell(Notice("ended", "cat-night ended"))
        await sees(pilot, "I recommend trial 3")
        assert stage.agent.heard == [Notice("ended", "cat-night ended")]

    drive(Stage([[Said("I recommend trial 3")]]), script)


def test_in_a_narrow_terminal_the_study_is_one_key_away() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await sees(pilot, "make photo.jpg look like painting.jpg")
        assert "No study yet." not in seen(pilot)
        await pilot.press("f2")
        await sees(pilot, "No study yet.")
        await pilot.press("f2", "x")
        assert line(pilot) == "x"
        await pilot.press("f2", "f1")
        await sees(pilot, "all commands")  # what is said there is seen
        await pilot.press("y")
        assert line(pilot) == "xy"

    drive(Stage(), script, size=(80, 24))


def test_tokens_and_price_are_in_the_status_line() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "go")
        await sees(pilot, "1.5k tokens · $0.12")

    drive(Stage([[Spent(1200, 300, 0.1234)]]), script)


def test_clear_begins_a_new_conversation() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        before = stage.agent
        await write(pilot, "hello")
        await sees(pilot, "an answer")
        await write(pilot, "/clear")
        await until(pilot, lambda: stage.agent is not before)
        await sees(pilot, "make photo.jpg look like painting.jpg")
        assert "an answer" not in seen(pilot)

    drive(Stage([[Said("an answer")]]), script)


def test_a_conversation_that_searches_is_not_left_behind() -> None:
    def prepare(workspace: Any) -> None:
        workspace.search = FakeSearch()

    async def script(pilot: P, stage: Stage) -> None:
        before = stage.agent
        await write(pilot, "/clear")
        await sees(pilot, "✗ a search of this conversation is running", "/stop ends it")
        assert stage.agent is before
        await write(pilot, "/stop")
        await sees(pilot, "stopping the search; what was found is kept")
        await write(pilot, "/clear")
        await until(pilot, lambda: stage.agent is not before)

    drive(Stage(prepare=prepare), script)


def test_an_earlier_conversation_is_drawn_again() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await sees(pilot, "make it blue")

    drive(Stage(history=[UserMessage("make it blue")]), script)


def test_a_theme_is_chosen_by_name_and_an_unknown_one_refused() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "/theme autostyle-light")
        await until(pilot, lambda: not pilot.app.current_theme.dark)
        await write(pilot, "/theme plaid")
        await sees(pilot, "there is no theme 'plaid'")

    drive(Stage(), script)


def test_a_theme_is_kept_and_everything_else_in_the_settings_stays_as_it_was(own_settings: Path) -> None:
    file = own_settings / "config.toml"
    file.write_text('# mine\ndevice = "cpu"  # no GPU\n\n[app]\nimages = "off"\n')

    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "/theme autostyle-light")
        await until(pilot, lambda: "theme" in file.read_text())

    drive(Stage(config=load({})), script)
    assert load({}).app == AppConfig(theme="autostyle-light", images="off")
    assert file.read_text().startswith('# mine\ndevice = "cpu"  # no GPU\n\n[app]\n')


def test_settings_that_cannot_be_read_are_left_alone(own_settings: Path) -> None:
    (own_settings / "config.toml").write_text("this is no TOML")

    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "/theme autostyle-light")
        await sees(pilot, "Invalid key", "write theme under [app] yourself")
        assert not pilot.app.current_theme.dark  # here and now it holds

    drive(Stage(), script)
    assert (own_settings / "config.toml").read_text() == "this is no TOML"


def test_the_brains_there_are_are_listed_with_the_one_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autostyle.agent.setup.usable", lambda: ["anthropic/claude", "openai/gpt"])
    config = Config(model=ModelConfig(name="ollama_chat/qwen"))

    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "/model")
        await sees(pilot, "1  embedded", "in use", "2  ollama_chat/qwen  named in the settings")
        await sees(pilot, "3  anthropic/claude  its key is in the environment", "4  openai/gpt")

    drive(Stage(config=config), script)


def test_the_palette_holds_the_same_commands() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await pilot.press("ctrl+p", *"/cost")
        await until(pilot, lambda: "tokens and price" in seen(pilot))
        await pilot.press("down", "enter")
        await sees(pilot, "0 tokens in, 0 out")

    drive(Stage(), script)


def test_without_colour_every_state_still_has_its_own_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    steps = [ToolStarted("1", "a", "first"), ToolFinished("1", "a", True, ""), ToolStarted("2", "b", "second"),
             ToolFinished("2", "b", False, "no")]  # fmt: skip

    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "go")
        await sees(pilot, "✓ first", "✗ second")
        colors = {
            segment.style.color.triplet
            for strip in pilot.app.screen._compositor.render_strips()
            for segment in strip.apply_filter(pilot.app._filters[0], pilot.app.screen.background_colors[1])
            if segment.style is not None and segment.style.color is not None and segment.style.color.triplet
        }
        assert colors and all(red == green == blue for red, green, blue in colors)

    drive(Stage([steps]), script)


def test_of_many_messages_few_stay_on_the_screen() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        assert stage.agent is not None
        chat = pilot.app.screen.query_one("#chat")
        for number in range(MOST):  # twice as many as are kept
            await chat.said(f"question {number}")  # type: ignore[attr-defined]
            await chat.tell(f"answer **{number}**")  # type: ignore[attr-defined]
        await sees(pilot, f"answer {MOST - 1}")
        transcript = pilot.app.screen.query_one(Transcript)
        assert len(transcript.children) <= MOST + 1
        transcript.scroll_home(animate=False)
        await sees(pilot, "earlier messages are in the conversation's file")
        await pilot.press("x")
        assert line(pilot) == "x"

    drive(Stage(), script)


def test_someone_who_reads_above_is_not_pulled_down() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "go")
        await sees(pilot, "line 79")
        await pilot.press("pageup", "pageup")
        await until(pilot, lambda: "line 79" not in seen(pilot))
        await write(pilot, "more")  # speaking oneself leads back to the end
        await sees(pilot, "the end")

    drive(Stage([[Said("\n\n".join(f"line {n}" for n in range(80)))], [Said("the end")]]), script)


def test_keys_that_come_in_a_rush_mean_what_they_say() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        prompt = pilot.app.screen.query_one(Prompt)
        for character in "/cost":  # as a terminal pastes them: no pause in which the list could follow
            prompt.line.insert(character)
        assert prompt.take("enter")
        await sees(pilot, "0 tokens in")
        assert "/help" not in seen(pilot)

    drive(Stage(), script)


def test_esc_puts_the_list_away_until_something_else_is_written() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        prompt = pilot.app.screen.query_one(Prompt)
        await pilot.press(*"/he", "escape")
        assert not prompt.options.display
        await pilot.press("l")
        assert prompt.options.display

    drive(Stage(), script)


def test_options_do_not_steal_the_focus() -> None:
    async def script(pilot: P, stage: Stage) -> None:
        await pilot.press("/")
        assert not isinstance(pilot.app.focused, OptionList)

    drive(Stage(), script)
