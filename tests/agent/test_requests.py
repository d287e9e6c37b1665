"""The corpus of requests against the rules: who is asked, who is refused, and which method is planned.

README.md in ``requests`` says how it is scored. Of the frozen halves only ids are ever shown.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from autostyle import decision
from autostyle.agent.brains.rules import dialogue_state
from autostyle.agent.messages import UserMessage
from autostyle.agent.understanding.merge import brief, questions
from autostyle.agent.understanding.model import Understood
from autostyle.errors import NotBuilt
from autostyle.methods import registry
from tests.agent.requests.corpus import Entry, Expected, Language, Part, requests

LEAST = 0.95
"Of the methods in each language and half, as the issue asks."
PARTS: tuple[Part, ...] = ("open", "frozen", "unseen")


def outcome(understood: Understood) -> str:
    """The name of the planned method, ``question`` or ``cannot``; the order is the embedded brain's."""
    try:
        if understood.method:
            method = registry.find_built(understood.method).name
        else:
            method = decision.choose(decision.Situation.of(brief(understood))).method
    except NotBuilt:
        return "cannot"
    return "question" if questions(understood) else method


def expected_outcome(expect: Expected) -> str:
    if expect.question:
        return "question"
    try:
        if expect.method:
            return registry.find_built(expect.method).name
        return decision.choose(expect.situation()).method
    except NotBuilt:
        return "cannot"


def wrong(understood: Understood, expect: Expected, here: Path) -> dict[str, Any]:
    """Every field of a plan that is not as expected, with what it is."""
    if expect.question:
        return {}
    wishes = {
        name: understood.wishes.get(name) for name in type(expect.wishes).model_fields if name not in expect.either
    }
    found = {"language": understood.language, "medium": understood.medium, "wishes": _told(wishes, expect)}
    found |= {"content": _places(understood.content, here), "styles": _places(understood.styles, here)}
    found |= {name: getattr(understood, name) for name in ("trials", "minutes", "size", "method")}
    due: dict[str, Any] = {"language": expect.language, "medium": expect.medium}
    due |= {"wishes": {n: v for n, v in expect.wishes.model_dump().items() if n in wishes}}
    due |= {"content": _places(expect.content, here), "styles": _places(expect.styles, here)}
    due |= {name: getattr(expect, name) for name in ("trials", "minutes", "size", "method")}
    return {name: value for name, value in found.items() if value != due[name]}


def _told(wishes: dict[str, Any], expect: Expected) -> dict[str, Any]:
    told = {name: bool(value) for name, value in wishes.items() if name not in ("strength", "prompt")}
    if "strength" in wishes:
        strength = wishes["strength"] or 0.0
        told["strength"] = "subtle" if strength < -0.2 else "strong" if strength > 0.2 else "balanced"
    if "prompt" in wishes:
        due, words = expect.wishes.prompt, wishes["prompt"]
        told["prompt"] = due if due and words and _squeezed(due) in _squeezed(words) else words
    return told


def _squeezed(text: str) -> str:
    return "".join(text.casefold().split())


def _places(paths: Sequence[Path | str], here: Path) -> list[Path]:
    return sorted(here / Path(path).expanduser() for path in paths)


def read(entry: Entry, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[Understood], Path]:
    """What is understood after each message of the request, and the folder the files are in."""
    home, here = folder / "home", folder / "here"
    home.mkdir(parents=True)
    here.mkdir()
    for name in entry.files:
        file = home / name[2:] if name.startswith("~/") else here / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    monkeypatch.setenv("HOME", os.fspath(home))
    said = [UserMessage(text) for text in (*entry.before, entry.text)]
    return [dialogue_state.read(said[:n], (), here).request for n in range(1, len(said) + 1)], here


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_requests_are_understood(
    language: Language, part: Part, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Any
) -> None:
    entries = requests(language, part)
    methods, whole, guessed = [], [], []
    for entry in entries:
        (*before, understood), here = read(entry, tmp_path / entry.id, monkeypatch)
        got, due = outcome(understood), expected_outcome(entry.expect)
        amiss = wrong(understood, entry.expect, here)
        if got != due:
            methods.append(entry.id if part != "open" else f"{entry.id} {entry.text!r}: {got}, not {due}")
        if got != due or amiss:
            whole.append(entry.id if part != "open" else f"{entry.id} {entry.text!r}: {got} {amiss}")
        if due in ("question", "cannot") and got not in ("question", "cannot"):
            guessed.append(entry.id)
        guessed += [f"{entry.id}, before" for earlier in before if outcome(earlier) != "question"]

    n = len(entries)
    score = (
        f"{language} {part}: methods {n - len(methods)}/{n}, whole plans {n - len(whole)}/{n}, guesses {len(guessed)}"
    )
    record_property("score", score)
    sys.stdout.write("\n".join([score, *(f"  {line}" for line in whole), ""]))
    assert len(methods) <= (1 - LEAST) * n, methods
    assert not guessed
