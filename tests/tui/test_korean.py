"""The app says what it says of its own accord in Korean to whoever speaks Korean."""

from __future__ import annotations

import ast
import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import RichLog, Static

from autostyle import tui
from autostyle.agent import setup
from autostyle.agent.brains.replies import translate
from autostyle.agent.events import Said, TurnEnded
from autostyle.agent.messages import Message, UserMessage
from autostyle.config import Config, ModelConfig
from autostyle.tui import main_screen
from autostyle.tui.commands import COMMANDS, KEYS
from autostyle.tui.study_state import StudyState
from autostyle.tui.widgets.chat import ENDINGS
from autostyle.tui.widgets.prompt import PLACEHOLDER
from autostyle.tui.widgets.status_line import StatusFields
from autostyle.tui.widgets.study_panel import FrontPlot, StudyPanel
from autostyle.tui.widgets.trials_table import TrialsTable
from autostyle.tuning import events
from autostyle.tuning.changes import changes
from tests.tui.driving import drive, grace, seen, sees, until, write
from tests.tui.fakes import FakeSearch, Stage
from tests.tui.test_study_panel import Alone

P = Pilot[None]
SAYING = {"remark", "ask", "AnswerOption", "BadInput", "told", "_told", "Sentence"}
"""What the app's own sentences are given to."""


def given(call: ast.Call) -> Iterator[str]:
    """The sentences that are handed over there, with x where something else is put."""
    for argument in [*call.args, *(keyword.value for keyword in call.keywords)]:
        for node in [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]:
            last = node.values[-1] if isinstance(node, ast.BoolOp) else node
            if isinstance(last, ast.Constant) and isinstance(last.value, str):
                yield last.value
            elif isinstance(last, ast.JoinedStr):
                yield "".join(map(_part, last.values))


def _part(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    return "'x'" if isinstance(part, ast.FormattedValue) and part.conversion == ord("r") else "x"


def sentences() -> Iterator[str]:
    for file in Path(tui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in SAYING:
                yield from given(node)
    yield from (command.help for command in COMMANDS)
    yield from (meaning for _, meaning in KEYS)
    yield from ENDINGS.values()
    yield PLACEHOLDER


def test_whatever_the_app_says_of_its_own_accord_is_there_in_korean() -> None:
    # The others are names and ids, and what has no words but those that are put in.
    said = {one for one in sentences() if " " in one.strip() and re.search("[a-z]", re.sub(r"{[^}]*}", "", one))}
    assert len(said) > 50
    assert [sentence for sentence in said if not re.search("[가-힣]", translate("ko", sentence))] == []


def test_the_brains_and_why_none_is_asked_are_told_in_korean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "usable", lambda: ["anthropic/claude"])
    model = ModelConfig(name="openai/gpt", tools=False)
    told = [setup.why_embedded(Config()), setup.why_embedded(Config(model=model, offline=True))]
    told += [setup.why_embedded(Config(model=model)), *setup.brains(Config(model=model)).values()]
    assert [line for line in told if not re.search("[가-힣]", translate("ko", line))] == []


def test_the_status_line_speaks_korean_within_its_width() -> None:
    full = StatusFields("openai/gpt", "cpu", "embedded", "3/16", "", 80.0, 12_400, 0.031, "ko")
    assert full.text(200) == "openai/gpt · cpu · embedded · 16번 중 3번 · 1:20 남음 · 토큰 12.4k · $0.03"
    assert all(cell_len(full.text(width)) <= width for width in range(16, 100))


def test_what_runs_is_told_in_korean_with_its_numbers() -> None:
    state = StudyState()
    state.apply(events.Opened("s", "/s", 0, 4, resumed=False))
    for number in range(3):
        state.apply(events.Progress(number, "gatys", 0, 12, 30))
    assert StatusFields(doing=state.doing, language="ko").text(80) == "0번 40%; 1번 40% …"
    state.apply(events.Rendering(2, 600, 3, 4))
    assert StatusFields(doing=state.doing, language="ko").text(80) == "2번을 600 px로 그리는 중, 75%"
    assert translate("ko", state.apply(events.Ended("minutes", 3, 4))) == "4번 중 3번: 시간이 다 됐어요"


def test_the_panel_goes_on_in_the_language_that_is_spoken() -> None:
    def texts(panel: StudyPanel) -> str:
        heads = [str(column.label) for column in panel.query_one(TrialsTable).columns.values()]
        captions = [str(caption.render()) for caption in panel.query(".caption").results(Static)]
        log = [line.text for line in panel.query_one(RichLog).lines]
        return " | ".join([*heads, *captions, *log, str(panel.query_one(FrontPlot).render())])

    async def run() -> None:
        state = StudyState()
        state.apply(events.Opened("s", "/s", 0, 4, resumed=False))
        scores = {"style": 0.4, "content": 0.6}
        told = {"image": "trials/0.webp", "best": 0, "front": (0,)}
        news = state.apply(events.TrialFinished(0, "gatys", 0, "complete", 1, 4, 2.5, scores, **told))
        failed = events.TrialFinished(1, "adain", 0, "failed", 2, 4, 1.0, error="broken", **told)
        async with Alone().run_test(size=(60, 50)) as pilot:
            panel = pilot.app.query_one(StudyPanel)
            panel.show(state)
            await pilot.pause()
            assert "style" in texts(panel) and "best so far: 0" in texts(panel)
            panel.speak("ko")
            panel.show_inputs(Path("photo.jpg"), (Path("paint.jpg"),))
            panel.log_line(news)
            panel.log_line(state.apply(failed))
            await pilot.pause()
            found = texts(panel)
            columns = panel.query_one(TrialsTable).columns.values()
            assert all(cell_len(str(column.label)) <= column.width for column in columns)
            assert "지금까지: 0번" in found and "원본\nphoto.jpg" in found
            assert "방법 | 스타일 | 원본 | 시간 | 상태" in found
            assert "지금까지는 0번이 가장 좋아요" in found and "1번 실패: broken" in found
            assert not re.search("style|content|best|trial", found)

    asyncio.run(run())


def test_a_conversation_in_korean_is_korean_where_the_app_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main_screen, "AGAIN", 600.0)

    def prepare(workspace: Any) -> None:
        workspace.language, workspace.search = "ko", FakeSearch()

    async def script(pilot: P, stage: Stage) -> None:
        await write(pilot, "사진 바꿔줘")
        await sees(pilot, "멈췄어요. 이 대화에 정해 둔", "이렇게 말해 보세요", "esc 멈춤", "^q 끝내기")
        await write(pilot, "/dance")
        await sees(pilot, "/dance라는 명령은 없어요", "/help에 모두 있어요")
        await write(pilot, "/help")
        await sees(pilot, "지난 대화 이어 가기", "파일 이름 완성", "어떻게 보이면 좋을지")
        await pilot.press("escape")
        await sees(pilot, "Esc를 한 번 더 누르면")
        await pilot.press("f4")
        await sees(pilot, "탐색을 멈출까요?", "계속하기")
        await grace(pilot)
        await pilot.press("escape")
        await pilot.press("ctrl+q")
        await sees(pilot, "탐색이 돌고 있어요", "멈추고, 찾은 것은 남기고 나가기", "계속 있기")
        await grace(pilot)
        await pilot.press("2")
        await until(pilot, lambda: not pilot.app.screen.query("Question"))

    before: list[Message] = [UserMessage("안녕")]
    drive(Stage([[Said("네"), TurnEnded("price")]], prepare=prepare, history=before), script, size=(100, 60))


@pytest.mark.parametrize(
    ("locale", "welcome"), [("ko_KR.UTF-8", "이렇게 말해 보세요"), ("fr_FR.UTF-8", "Try:"), ("C", "Try:")]
)
def test_before_anybody_speaks_the_app_speaks_the_language_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, locale: str, welcome: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)

    async def script(pilot: P, stage: Stage) -> None:
        await sees(pilot, welcome, "f1 도움말" if welcome != "Try:" else "f1 Help")
        assert ("make photo.jpg" in seen(pilot)) == (welcome == "Try:")

    drive(Stage([]), script, size=(80, 24))


def test_a_change_of_the_plan_is_logged_in_words() -> None:
    plans = [{"prefer": 0.5, "methods": [{"name": "adain", "bounds": {}}]}]
    plans.append({"prefer": 0.25, "methods": [{"name": "adain", "bounds": {"alpha": [0.1234, 1.0]}}]})
    revised = events.Revised(tuple(changes(*plans)), "The person asked for less style.", 8)
    told = "선호 0.5 → 0.25; alpha 범위(AdaIN) 없음 → 0.123–1"

    async def script(pilot: P, stage: Stage) -> None:
        screen = pilot.app.screen
        assert isinstance(screen, main_screen.MainScreen)
        screen.study.speak("ko")
        screen.study.happened(revised)
        await until(pilot, lambda: told in "".join(line.text for line in screen.query_one(RichLog).lines))

    drive(Stage([]), script, size=(160, 48))
