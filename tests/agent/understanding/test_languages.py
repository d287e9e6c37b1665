"""Languages side by side, and a third one of a few words: a folder, a line of the registry, and replies."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from autostyle.agent.brains import replies
from autostyle.agent.brains.replies import words as words_of
from autostyle.agent.brains.replies.translation import tongue
from autostyle.agent.understanding.grammar.amounts import AmountGrammar, SizeGrammar
from autostyle.agent.understanding.grammar.language import Grammar
from autostyle.agent.understanding.grammar.patterns import NOTHING, Pattern
from autostyle.agent.understanding.grammar.roles import RoleGrammar
from autostyle.agent.understanding.languages import LANGUAGES, en, ko, language
from autostyle.agent.understanding.languages.en.words import English
from autostyle.agent.understanding.model import Understood
from autostyle.agent.understanding.read import understand
from tests.agent.brains.conftest import ANSWERS
from tests.agent.brains.driver import Talk

ESPERANTO = """
concepts:
  strong: [forte, forta]
  subtle: [delikate]
  keep: [konservu, tenu]
  color: [koloroj, koloro, kolorojn]
  not: [ne, sen]
  hello: [saluton]
"""


@pytest.fixture
def esperanto(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    words = tmp_path / "words.yaml"
    words.write_text(ESPERANTO, encoding="utf-8")
    grammar = Grammar(
        words=words,
        finder=English.of,
        unmistakable=Pattern(r"\b(?:kiel|faru|provoj|minutoj|konservu|koloroj?n?|saluton)\b"),
        letters=Pattern("[a-zĉĝĥĵŝŭ]"),
        number=({"dek": 10.0}.get,),
        budget=AmountGrammar(amounts=(("trials", 1, Pattern(r"(?P<n>\d+|dek) provoj")),)),
        sizes=SizeGrammar(pixels=Pattern("rastrumeroj")),
        roles=RoleGrammar(before=((2, Pattern(r"kiel\s+$")), (-2, Pattern(r"faru\s+$")))),
    )
    monkeypatch.setitem(LANGUAGES, "eo", grammar)
    spoken = ModuleType("eo")
    spoken.__dict__.update(WORDS={key: f"« {said} »" for key, said in words_of("en").items()}, SENTENCES={})
    monkeypatch.setitem(sys.modules, f"{replies.__name__}.eo", spoken)
    tongue.cache_clear()
    yield
    tongue.cache_clear()


def files(folder: Path) -> Path:
    for name in ("foto.jpg", "pentraĵo.png"):
        (folder / name).touch()
    return folder


REQUEST = "faru foto.jpg kiel pentraĵo.png, forte, konservu la kolorojn, dek provoj, 512 rastrumeroj"


@pytest.mark.usefixtures("esperanto")
def test_a_third_language_is_a_folder_and_a_line(tmp_path: Path) -> None:
    said = understand(REQUEST, files(tmp_path))

    assert said.language == "eo"
    assert (said.content, said.styles) == ((Path("foto.jpg"),), (Path("pentraĵo.png"),))
    assert said.wishes == {"keep_color": True, "strength": 0.7}
    assert (said.trials, said.size) == (10, 512)


@pytest.mark.usefixtures("esperanto")
def test_it_is_answered_in_it(tmp_path: Path) -> None:
    said, calls = Talk(files(tmp_path), ANSWERS).say(REQUEST)

    assert [name for name, _ in calls] == ["look_at_images", "choose_method", "plan_study", "start_study"]
    assert all(line.startswith("«") for line in said.splitlines() if line)


@pytest.mark.usefixtures("esperanto")
def test_the_others_are_understood_beside_it(tmp_path: Path) -> None:
    mixed = understand("foto.jpg를 pentraĵo.png처럼, forte, 20 trials", files(tmp_path))

    assert (mixed.language, mixed.trials, mixed.wishes) == ("ko", 20, {"strength": 0.7})
    assert understand("saluton", tmp_path).acts[0].intent == "greet"


def test_without_the_line_nothing_of_it_is_known(tmp_path: Path) -> None:
    said = understand(REQUEST, files(tmp_path))

    assert (said.language, dict(said.wishes), said.trials) == ("en", {}, None)


@pytest.mark.parametrize(
    ("text", "which"),
    [("hello", "en"), ("안녕", "ko"), ("make it 더 세게", "ko"), ("ㅇㅋ", "ko"), ("Привет", "en"), ("12", "ko")],
)
def test_which_language_a_message_is_in(text: str, which: str) -> None:
    before = "ko" if text == "12" else "en"
    assert language(text.lower(), before) == which


@pytest.mark.parametrize(
    "text",
    [
        "photo.jpg를 painting.jpg처럼, strength 80%",
        "make photo.jpg look like painting.jpg, 세기 80%",
        "photo.jpg 를 painting.jpg 처럼 강도 of 80%",
    ],
)
def test_a_message_may_mix_languages(tmp_path: Path, text: str) -> None:
    for name in ("photo.jpg", "painting.jpg"):
        (tmp_path / name).touch()
    said: Understood = understand(text, tmp_path)
    assert said.content == (Path("photo.jpg"),)
    assert said.wishes["strength"] == pytest.approx(0.6)


def said_of(part: Any) -> set[str]:
    return {
        field.name
        for field in dataclasses.fields(part)
        if getattr(part, field.name) not in (NOTHING, (), frozenset()) and getattr(part, field.name) != {}
    }


def test_both_languages_speak_of_every_topic() -> None:
    for topic in (field.name for field in dataclasses.fields(Grammar)):
        one, other = getattr(en.GRAMMAR, topic), getattr(ko.GRAMMAR, topic)
        if dataclasses.is_dataclass(one):
            assert said_of(one), topic
            assert said_of(other), topic
