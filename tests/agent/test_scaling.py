"""What reads a person's words and a model's replies takes time in proportion to their length, whatever is in them."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from autostyle.agent.brain import BrainRequest
from autostyle.agent.brains.language import claims, dialects
from autostyle.agent.brains.language.repetition import RepetitionDetector
from autostyle.agent.brains.language.text_calls import TextCalls
from autostyle.agent.brains.language.thinking import Sorter
from autostyle.agent.tool import Tool
from autostyle.agent.tools.registry import TOOLS
from autostyle.agent.understanding import clauses, on_disk, paths
from autostyle.agent.understanding.read import understand

HOSTILE = {
    "slashes": "ab/", "slashed words": "a/b ", "quotes": "'", "double quotes": '"a', "hangul": "가",
    "particles": "가은", "digits": "7", "nested": '{"a":', "brackets": "[", "braces": "{", "objects": "{} ",
    "percent": "%", "shares": "50% ", "spaces": " ",
    "lines": "\n", "emoji": "😀", "names": "a.png ", "stops": ".",
    "commas": "a, ", "backslashes": "\\ ", "letters": "a",
    "words": "stray ", "less than": "<", "marks": "<|", "calls": '{"name": "a", ', "made up": "<tool_response>\n",
    "opened": '<tool_call>{"name": "plan_study"}\n', "thoughts": "<think>", "fences": "```\n", "reacts": "Action: a\n",
    "arguments": "<arg_key>", "elements": "<function=a>", "python": "look_at_images(", "named": "name='a' ",
}  # fmt: skip
LIMIT = 20000
"""Characters; of what a person says 2000 are read."""
REQUEST = BrainRequest((), cast("tuple[Tool[Any], ...]", TOOLS))


def written(text: str) -> None:
    reader = TextCalls(REQUEST, "model")
    for at in range(0, len(text), 500):
        list(reader.feed(text[at : at + 500]))
    list(reader.end())


def marked(text: str) -> None:
    written('<tool_call>{"name": "plan_study", "arguments": {' + text)


def sorted_out(text: str) -> None:
    sorter, babble = Sorter(wary=True), RepetitionDetector()
    for at in range(0, len(text), 500):
        list(sorter.feed(text[at : at + 500]))
        babble.hears(text[at : at + 500])
    list(sorter.end())


def claimed(text: str) -> None:
    claims.unfounded(text, REQUEST)


def dialect(text: str) -> None:
    dialects.calls(text, tuple(tool.name for tool in TOOLS))


def said(folder: Path) -> Callable[[str], None]:
    def read(text: str) -> None:
        understand(text, folder, study=True)

    return read


def seconds(read: Callable[[str], None], text: str) -> float:
    gc.disable()  # walking through all that other tests left is not reading
    try:
        begun = time.process_time()
        read(text)
        return time.process_time() - begun
    finally:
        gc.enable()


def grows(read: Callable[[str], None], unit: str, longest: int) -> str | None:
    """How much longer twice the text takes, where it is more than in proportion and can be felt."""
    whole = (unit * longest)[:longest]
    if seconds(read, whole) < 0.25:
        return None
    # Again, the least of five: what else the machine does only adds.
    short, long = (min(seconds(read, whole[:length]) for _ in range(5)) for length in (longest // 2, longest))
    return f"{short:.2f} s, then {long:.2f} s" if long > 2.9 * short else None


@pytest.mark.parametrize("read", [written, marked, sorted_out, claimed, dialect])
def test_a_reply_is_read_in_proportion_to_its_length(read: Callable[[str], None]) -> None:
    slow = {name: told for name, unit in HOSTILE.items() if (told := grows(read, unit, LIMIT))}
    assert not slow


@pytest.mark.slow
def test_a_request_is_read_in_proportion_to_its_length(tmp_path: Path) -> None:
    read = said(tmp_path)
    read("make a.png like b.png")
    slow = {name: told for name, unit in HOSTILE.items() if (told := grows(read, unit, clauses.MAX_CHARACTERS))}
    assert not slow


def test_of_a_long_request_only_the_beginning_is_read(tmp_path: Path) -> None:
    for unit in HOSTILE.values():
        assert len(clauses.normal(unit * LIMIT)) <= clauses.MAX_CHARACTERS


def test_words_between_slashes_are_looked_for_on_disk_a_few_times_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = []
    find = on_disk.find_file
    monkeypatch.setattr(on_disk, "find_file", lambda path, **how: looked.append(path) or find(path, **how))
    paths.find("a/b " * 500, tmp_path)
    assert len(looked) < 500 * 30
