"""What goes wrong, told in Korean: the tables against the program that says these sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autostyle.agent.brains.replies import translate
from autostyle.agent.brains.rules import changes
from autostyle.agent.messages import Notice
from autostyle.agent.outputs import SearchFailed, restore_output
from autostyle.agent.tools import plan_study, steer_study
from autostyle.errors import BadInput
from autostyle.methods.params import Value
from autostyle.plan import Choice, MethodPlan, Plan
from autostyle.sentences import Sentence
from autostyle.tuning.changes import changes as changed
from tests.agent.brains.driver import Talk

FORMATS = "JPEG|PNG|WebP|TIFF|BMP|GIF|AVIF|HEIC|XL|PSD|EXR|HDR|PPM|QOI|RGB|LZW|ZIP"
SAID = rf"`[^`]*`|[\w./-]*\.(?:png|jpg|wav)|/\S+|LoRA|AdaIN|Gatys|style_weight|{FORMATS}|Inkscape"
"""What may stand in a Korean answer in Latin letters: names, paths, commands."""


def latin(text: str) -> list[str]:
    return re.findall("[A-Za-z]+", re.sub(SAID, "", text.replace("\\", "")))


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        (plan_study.TOOL, '{"trials": 20000}', "시도 횟수는 10000 이하여야 해요"),
        (plan_study.TOOL, '{"size": 0}', "크기는 1 이상이어야 해요"),
        (steer_study.TOOL, '{"why": "", "add_minutes": 0}', "더 할 시간(분)은 0보다 커야 해요"),
    ],
)
def test_numbers_out_of_range_are_told(tool: object, arguments: str, told: str) -> None:
    with pytest.raises(BadInput) as caught:
        tool.parse(arguments)  # type: ignore[attr-defined]
    assert translate("ko", caught.value.message) == told
    assert translate("ko", caught.value.hint) == ""


@pytest.fixture
def asked(talk: Talk) -> Talk:
    """A study that was asked for in Korean."""
    talk.say("photo.jpg를 starry.png처럼 바꿔줘")
    return talk


@pytest.mark.parametrize(
    ("text", "tool", "error", "hint"),
    [
        (
            "5번 보여줘",
            "compare_trials",
            Sentence("there is no trial {number}", number=5),
            Sentence("there are trials 0 to {last}", last=3),
        ),
        ("그만", "steer_study", "no search is running", "nothing needs to be stopped"),
        (
            "되돌려줘",
            "steer_study",
            "there is no change to take back",
            "changes of this conversation only can be taken back",
        ),
        (
            "내보내줘",
            "export_report",
            Sentence("{folder} exists and is not empty", folder="/out"),
            "--force writes into it",
        ),
        (
            "other.jpg에도 적용해줘",
            "apply_best",
            Sentence("{study} has no complete trial yet", study="s"),
            "wait for one",
        ),
        (
            "둘 중에 골라볼게",
            "ask_preference",
            "there is no pair left to ask about",
            "the front has one trial, or every answer is given",
        ),
    ],
)
def test_what_goes_wrong_with_a_study_is_korean(asked: Talk, text: str, tool: str, error: str, hint: str) -> None:
    asked.answers[tool] = {"error": error, "hint": hint, "exit_code": 2}
    said, calls = asked.say(text)

    assert [name for name, _ in calls] == [tool]
    assert said.startswith("되지 않았어요.") and "해결 방법:" in said
    assert latin(said.removeprefix("되지 않았어요. s")) == []


def test_a_search_that_failed_says_so_in_korean_and_an_unknown_error_as_it_is(asked: Talk) -> None:
    data = {"error": "the time was spent before a trial completed", "hint": "give more --minutes, or a smaller --size"}
    known, _ = asked.say(Notice("failed", "", restore_output("failed", data)))
    unknown, _ = asked.say(Notice("failed", "", SearchFailed(error="the moon is full", hint="")))

    assert latin(known) == []
    assert unknown == "탐색이 멈췄어요. the moon is full."


STARTS: tuple[dict[str, Value], ...] = ({"style_weight": 0.3, "pixels": 1.0}, {"style_weight": 3.0, "pixels": 0.0})


@pytest.fixture
def lines(tmp_path: Path) -> list[str]:
    """What a revision changed: a narrower range, a held parameter, settings to try, the preference, the method."""
    gatys, adain = Choice(method="gatys", row="one_off"), Choice(method="adain")
    before = Plan(study="s", content=Path("a"), styles=(Path("b"),), choice=gatys, methods=(MethodPlan(name="gatys"),))
    held = MethodPlan(
        name="gatys", bounds={"style_weight": (0.123456, 2.0)}, fixed={"color_mode": "luminance"}, warm_starts=STARTS
    )
    now = before.model_copy(update={"methods": (held, MethodPlan(name="adain")), "prefer": 0.25, "choice": adain})
    return changed(before.model_dump(mode="json"), now.model_dump(mode="json"))


def test_an_undo_tells_in_words_what_it_took_back(talk: Talk, asked: Talk, lines: list[str]) -> None:
    asked.answers["steer_study"] |= {"what": lines}
    korean, _ = asked.say("되돌려줘")
    english = changes.told("en", lines)

    assert "선호 0.5 → 0.25" in korean and "방법 Gatys → AdaIN" in korean
    assert "style\\_weight 범위(Gatys) 없음 → 0.123–2" in korean
    assert korean.count("따로 시도할 설정(Gatys)") == 1
    assert latin(re.sub("color_mode|luminance", "", korean.replace("\\", ""))) == []
    assert "preference 0.5 → 0.25" in english and "method Gatys → AdaIN" in english
