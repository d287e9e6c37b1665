"""Whatever the program says to people is there in Korean, and another language is a file."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path
from string import Formatter

import pytest
from pydantic_core._pydantic_core import list_all_errors

from autostyle.agent.brains import replies
from autostyle.agent.brains.replies import en, say, translate
from autostyle.agent.brains.replies.ko import SENTENCES, Noun
from autostyle.agent.brains.replies.ko.outside import SYSTEM, VALUES
from autostyle.agent.brains.replies.translation import tongue
from autostyle.agent.tools.registry import TOOLS
from autostyle.decision import short_title
from autostyle.errors import BadInput
from autostyle.methods import registry
from autostyle.sentences import Sentence, fields, join_sentences
from tests.agent.brains.said import Built, Said, sentences, words

PROPER = re.compile(r"[A-Z][\w.+-]*")
"""A name is the same in every language."""


@pytest.fixture(scope="module")
def said() -> list[Said]:
    return [found for found in sentences() if isinstance(found, Said)]


def needs_words(template: str) -> bool:
    own = "".join(literal for literal, *_ in Formatter().parse(template))
    return bool(re.search("[A-Za-z]", own)) and not PROPER.fullmatch(template)


def test_every_message_is_a_template_with_the_values_it_names() -> None:
    assert [found for found in sentences() if isinstance(found, Built) or found.missing] == []


def test_every_message_has_its_korean(said: list[Said]) -> None:
    templates = {found.template: found.place for found in said}
    assert len(templates) > 800
    assert {text: place for text, place in templates.items() if needs_words(text) and text not in SENTENCES} == {}
    assert words() - SENTENCES.keys() == set()


def test_every_translation_is_of_something_that_is_said(said: list[Said]) -> None:
    arguments = {name for tool in TOOLS for name in tool.arguments.model_fields}
    pydantic = {entry["message_template_python"] for entry in list_all_errors()}
    system = {os.strerror(number) for number in errno.errorcode}
    assert SYSTEM.keys() <= system and {text for text in VALUES if text.startswith("Input should")} <= pydantic
    titles = {short_title(name) for name in registry.OURS}
    known = {found.template for found in said} | words() | arguments | pydantic | system | titles
    assert [english for english in SENTENCES if english not in known] == []


def test_a_translation_puts_in_only_values_of_its_template() -> None:
    odd = {english: korean for english, korean in SENTENCES.items() if set(fields(korean)) - set(fields(english))}
    assert odd == {}
    for english, korean in SENTENCES.items():
        told = korean.format_map({name: Noun("가") for name in fields(english)}) if list(fields(english)) else korean
        assert not re.search(r"[을를이가은는과와]/[을를이가은는과와]", told), korean


@pytest.mark.parametrize(
    ("sentence", "korean"),
    [
        (Sentence("unknown method {name!r}", name="sumi"), "sumi라는 방법은 몰라요"),
        (Sentence("{path} cannot be read: {why}", path="/a.png", why=Sentence("Permission denied")), "권한이 없어요"),
        (Sentence("{path} cannot be read: {why}", path="/a.png", why="Permission denied"), ": Permission denied"),
        (Sentence("at most {most:g} million pixels are read", most=100.0), "100백만 화소까지 읽어요"),
        (join_sentences([Sentence("plan the study"), Sentence("{count} trials", count=20)]), "계획 세우기, 20번"),
        (Sentence("{a} of {b} that nobody translated", a=Sentence("a clip"), b=2), "영상 of 2 that nobody translated"),
        (BadInput("a {b}").message, "a {b}"),
        ("no search is running", "지금 도는 탐색이 없어요"),
        ("it's 'quoted'", "it's 'quoted'"),
    ],
)
def test_a_sentence_is_told_with_the_sentences_in_it(sentence: str, korean: str) -> None:
    assert translate("ko", sentence).endswith(korean)
    assert translate("en", sentence) == sentence


def test_a_template_of_another_process_cannot_ask_for_more_than_its_values() -> None:
    odd = Sentence.restored("x", "{a:>9999999999} {b.__class__}", {"a": 3, "b": Sentence("subtitles")})
    assert translate("ko", odd) == "3 None"


def test_a_third_language_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toy = 'WORDS = {"cost": "Nihil."}\nSENTENCES = {"{path} exists": "{path} iam adest", "subtitles": "tituli"}\n'
    (tmp_path / "la.py").write_text(toy, "utf-8")
    monkeypatch.setattr(replies, "__path__", [*replies.__path__, str(tmp_path)])
    tongue.cache_clear()
    assert say("la", "cost") == "Nihil." and say("la", "studies") == en.WORDS["studies"]
    assert translate("la", Sentence("{path} exists", path=Sentence("subtitles"))) == "tituli iam adest"
    assert translate("la", Sentence("{path} is empty", path="a")) == "a is empty"
    assert translate("xx", Sentence("subtitles")) == "subtitles"
    tongue.cache_clear()
