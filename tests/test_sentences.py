"""A sentence is its English text and knows what it was made of, also after it came from another process."""

from __future__ import annotations

import copy
import json
import pickle
from pathlib import Path

import pytest

from autostyle.errors import BadInput, Untrusted
from autostyle.processes.protocol import decode, describe, encode, revive
from autostyle.sentences import Sentence, join_sentences, pack_sentences, reason, unpack_sentences


def test_a_sentence_is_its_text_and_keeps_template_and_values() -> None:
    sentence = Sentence("{path} has {count} of {most:g} {name!r}", path=Path("a.png"), count=3, most=4.0, name="x")
    assert sentence == "a.png has 3 of 4 'x'"
    assert sentence.template == "{path} has {count} of {most:g} {name!r}"
    assert sentence.values == {"path": "a.png", "count": 3, "most": 4.0, "name": "x"}


def test_without_values_braces_are_no_places_and_a_sentence_stays_itself() -> None:
    plain = Sentence("{not} a place")
    assert (plain, plain.template, plain.values) == ("{not} a place", "{not} a place", {})
    assert Sentence(plain) is plain
    with pytest.raises(KeyError):
        Sentence("{a} and {b}", a=1)


def test_message_and_hint_share_the_values_and_sentences_go_in_as_they_are() -> None:
    inner = BadInput("{path} exists", "--force overwrites {path}", path="a{b}.png")
    outer = BadInput(inner.message, "try {other}", other="c")
    assert str(outer) == outer.message == "a{b}.png exists" and inner.hint == "--force overwrites a{b}.png"
    assert outer.message is inner.message and outer.hint == "try c"


@pytest.mark.parametrize("again", [copy.deepcopy, lambda it: pickle.loads(pickle.dumps(it))])
def test_copies_keep_the_template(again: object) -> None:
    sentence = again(Sentence("{a} b", a=Sentence("c {d}", d=1)))  # type: ignore[operator]
    assert sentence.template == "{a} b" and sentence.values["a"].template == "c {d}"


def test_sentences_come_through_json_at_any_depth_and_texts_stay_where_they_were() -> None:
    nested = join_sentences([Sentence("at {first} s", first=1.5), Sentence("subtitles")])
    tree = {
        "error": nested,
        "notes": [{"text": Sentence("x"), 3: Sentence("in {n}", n=nested)}],
        "own": {"sentences": 1},
    }
    told = json.loads(json.dumps(tree))
    assert told["error"] == "at 1.5 s, subtitles"
    unpack_sentences(told, pack_sentences(tree))
    inner = told["notes"][0]["3"].values["n"]
    assert inner == nested and inner.values["part0"].template == "at {first} s"
    assert told["own"] == {"sentences": 1} and "sentences" not in told


def test_errors_cross_processes_with_what_they_are_made_of() -> None:
    error = revive(decode(encode(describe(Untrusted.of("night in town")))))
    assert isinstance(error, Untrusted) and error.study == "night in town"
    assert error.hint.values == {"study": "night in town"}
    unseen = revive({"error": "BadInput", "message": "a {b}", "hint": ""})
    assert isinstance(unseen, BadInput) and unseen.message == "a {b}"


@pytest.mark.parametrize("odd", [[[["no", 1], "", {}, []]], [[[], "a", {}, []]], [["x"]], 3, [[["error"], 5, {}, []]]])
def test_what_tells_of_no_place_is_no_message(odd: object) -> None:
    with pytest.raises(ValueError, match="no sentences"):
        decode(json.dumps({"type": "note", "error": "x", "sentences": odd}).encode())


def test_a_template_from_elsewhere_is_a_key_and_nothing_is_put_into_it() -> None:
    message = {"type": "note", "text": "x", "sentences": [[["text"], "{a.__class__:>9999999999}", {"a": "b"}, []]]}
    told = decode(json.dumps(message).encode())["text"]
    assert told == "x" and told.template == "{a.__class__:>9999999999}"


def test_what_the_system_says_is_a_sentence() -> None:
    assert reason(PermissionError(13, "Permission denied")).template == "Permission denied"
    assert reason(OSError("odd")) == "odd"
