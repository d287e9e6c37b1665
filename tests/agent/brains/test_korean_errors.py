"""What goes wrong, told in Korean: the tables against the program that says these sentences."""

from __future__ import annotations

import ast
import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import autostyle
from autostyle.agent.brains.replies import noted, titled, translated
from autostyle.agent.brains.replies.ko_errors import OUTSIDE, SENTENCES
from autostyle.agent.brains.replies.ko_titles import TITLES
from autostyle.agent.brains.rules import changes
from autostyle.agent.messages import Notice
from autostyle.agent.tools import plan_study, steer_study
from autostyle.errors import BadInput
from autostyle.methods.params import Value
from autostyle.plan import Choice, MethodPlan, Plan
from autostyle.tuning import study
from tests.agent.brains.driver import Talk

FORMATS = "JPEG|PNG|WebP|TIFF|BMP|GIF|AVIF|HEIC|XL|PSD|EXR|HDR|PPM|QOI|RGB|LZW|ZIP"
SAID = rf"`[^`]*`|[\w./-]*\.(?:png|jpg|wav)|/\S+|LoRA|AdaIN|Gatys|style_weight|{FORMATS}|Inkscape"
"""What may stand in a Korean answer in Latin letters: names, paths, commands."""


def latin(text: str) -> list[str]:
    return re.findall("[A-Za-z]+", re.sub(SAID, "", text.replace("\\", "")))


def sentences() -> Iterator[str]:
    """Every string in the program, with {} where an f-string puts something."""
    for file in Path(autostyle.__file__).parent.rglob("*.py"):
        if file.name.startswith("ko_"):
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                said = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
                yield said.removeprefix(", ")
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.sub(r"\{.*?\}", "{}", node.value)  # filled in later


def said_of_files() -> Iterator[tuple[str, str]]:
    """(file, message) for all that reading and writing pictures and clips says, X where something is put in."""
    for folder in ("media", "mediums"):
        for file in (Path(autostyle.__file__).parent / folder).rglob("*.py"):
            if file.name == "spec.py":  # data, which is told elsewhere
                continue
            tree = ast.parse(file.read_text("utf-8"))
            for text in messages(tree):
                yield file.name, text


def messages(tree: ast.AST) -> Iterator[str]:
    """Strings of several words, but docstrings and what an error for programmers says."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.Expr(value=ast.Constant()):
                continue
            case ast.Raise(exc=ast.Call(func=ast.Name(id=name))) if name not in ("BadInput", "Missing", "NotBuilt"):
                continue
            case ast.JoinedStr(values=values):
                said = "".join(str(part.value) if isinstance(part, ast.Constant) else filled(part) for part in values)
            case ast.Constant(value=str() as said):
                pass
            case _:
                yield from messages(node)
                continue
        if re.search("[a-z]{2,}.* .*[a-z]{2,}", said):
            yield said


def filled(part: ast.expr) -> str:
    return "'X'" if isinstance(part, ast.FormattedValue) and part.conversion == ord("r") else "X"


def names(sentence: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(sentence) if name]


def test_every_sentence_that_is_translated_is_one_that_the_program_says() -> None:
    said = set(sentences())
    ours = [english for english in SENTENCES | TITLES if english not in OUTSIDE]
    gone = [english for english in ours if re.sub(r"\{.*?\}", "{}", english) not in said]
    assert gone == []


def test_all_that_is_said_of_files_has_its_translation() -> None:
    found = list(said_of_files())
    assert len(found) > 100
    assert [(file, text) for file, text in found if translated("ko", text) == text] == []


def test_a_note_keeps_the_name_of_its_file() -> None:
    assert noted("ko", "a b.gif: animated: the first frame is used") == "a b.gif: 움직이는 그림이라 첫 프레임을 써요"
    assert noted("ko", "in.ts: damaged at 2.0 s: frames that cannot be read there are left out") == (
        "in.ts: 2.0초에서 손상됐어요. 거기서 읽을 수 없는 프레임은 뺐어요"
    )
    assert noted("en", "a.gif: b") == noted("ko", "a.gif: b") == "a.gif: b"


def test_a_translation_brings_in_nothing_that_was_not_said() -> None:
    for english, korean in [*SENTENCES.items(), *TITLES.items()]:
        assert set(names(korean)) <= set(names(english)), english


def test_what_the_system_says_is_known_by_its_words() -> None:
    known = {os.strerror(number) for number in errno.errorcode}
    words = {english for english in OUTSIDE if english[0].isupper()}
    assert words <= known


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
    assert translated("ko", caught.value.message) == told
    assert translated("ko", caught.value.hint) == ""


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("unknown method 'sumi'", "sumi라는 방법은 몰라요"),
        ("/a/b.png cannot be read: Permission denied", "/a/b.png를 읽지 못했어요: 권한이 없어요"),
        ("no trial of study s completed: out of memory", "s 스터디에서 끝난 시도가 하나도 없어요: 메모리가 모자라요"),
        ("it's 'quoted'", "it's 'quoted'"),
    ],
)
def test_parts_are_carried_over_and_what_is_unknown_stays(english: str, korean: str) -> None:
    assert translated("ko", english) == korean
    assert translated("en", english) == english


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("look at photo.png, paint.png", "photo.png, paint.png 보기"),
        ("plan the study, 20 trials", "계획 세우기, 20번"),
        ("start the search, about 12 min", "탐색 시작, 12분쯤"),
        ("search s, nobody knows how long", "s 탐색, 얼마나 걸릴지 모름"),
        ("trials: 5 more, more style, colours of the photograph", "5번 더, 스타일 더, 사진의 색으로"),
        ("give a.jpg, b.jpg this look", "a.jpg, b.jpg에 이 스타일 입히기"),
    ],
)
def test_what_a_tool_is_about_to_do_is_told(english: str, korean: str) -> None:
    assert titled("ko", english) == korean
    assert titled("en", english) == english


@pytest.fixture
def asked(talk: Talk) -> Talk:
    """A study that was asked for in Korean."""
    talk.say("photo.jpg를 starry.png처럼 바꿔줘")
    return talk


@pytest.mark.parametrize(
    ("text", "tool", "error", "hint"),
    [
        ("5번 보여줘", "compare_trials", "there is no trial 5", "there are trials 0 to 3"),
        ("그만", "steer_study", "no search is running", "nothing needs to be stopped"),
        (
            "되돌려줘",
            "steer_study",
            "there is no change to take back",
            "changes of this conversation only can be taken back",
        ),
        ("내보내줘", "export_report", "/out exists and is not empty", "--force writes into it"),
        ("other.jpg에도 적용해줘", "apply_best", "s has no complete trial yet", "wait for one"),
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
    known, _ = asked.say(Notice("failed", "", data))
    unknown, _ = asked.say(Notice("failed", "", {"error": "the moon is full", "hint": ""}))

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
    return study.changes(before.model_dump(mode="json"), now.model_dump(mode="json"))


def test_an_undo_tells_in_words_what_it_took_back(talk: Talk, asked: Talk, lines: list[str]) -> None:
    asked.answers["steer_study"] = {"what": lines}
    korean, _ = asked.say("되돌려줘")
    english = changes.told("en", lines)

    assert "선호 0.5 → 0.25" in korean and "방법 Gatys → AdaIN" in korean
    assert "style\\_weight 범위(Gatys) 없음 → 0.123–2" in korean
    assert korean.count("따로 시도할 설정(Gatys)") == 1
    assert latin(re.sub("color_mode|luminance", "", korean.replace("\\", ""))) == []
    assert "preference 0.5 → 0.25" in english and "method Gatys → AdaIN" in english
