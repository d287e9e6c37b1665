"""Requests over all media against the rules, as a stranger put them, and what is said to a study of each medium.

README.md in ``requests`` says how it is scored. Of the frozen halves only counts are ever shown.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest

from autostyle import named_styles
from autostyle.agent.understanding.masks import thing
from autostyle.agent.understanding.model import Act, Understood
from autostyle.agent.understanding.read import understand
from autostyle.mediums import registry as mediums
from tests.agent.brains.driver import Talk
from tests.agent.requests.corpus import Entry, Expected, Language, media_followups, requests
from tests.agent.test_followups import pulled
from tests.agent.test_kinds import answers
from tests.agent.test_requests import expected_outcome, outcome, read, wrong

Half = Literal["media_frozen", "media_open"]
LEAST = {"media_frozen": 0.75, "media_open": 0.95}
"Of the whole requests in each language and half."
LEAST_FOLLOWUPS = {"media_frozen": 0.75, "media_open": 0.95}
REFUSED = {"en": r"(?i)\b(cannot|can't|not|no|none|nothing)\b", "ko": "못|없|않|아직|안 "}
SEEN = ("show", "look", "open")


def unlike(entry: Entry, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """What of the understanding of a request is not as expected; the outcome comes first."""
    due = entry.expect
    (understood,), here = read(entry, folder, monkeypatch)
    if due.train:
        learnt = [act for act in understood.acts if act.intent == "train"]
        files = [str(path) for act in learnt for path in act.files]
        if not learnt or (learnt[0].about == "lora") != (due.train == "lora") or files != list(due.styles):
            yield f"outcome: {understood.acts}"
        return
    if due.cannot and due.says is None and _refused(understood):
        return
    if due.question or due.cannot:
        said, calls = Talk(here, answers()).say(entry.text)
        if any(name == "plan_study" for name, _ in calls) or not said:
            yield f"outcome: plans: {said}"
        elif due.cannot and not re.search(due.says or REFUSED[due.language], said):
            yield f"outcome: refuses nothing: {said}"
        return
    if (got := outcome(understood)) != (wanted := expected_outcome(due)):
        yield f"outcome: {got}, not {wanted}"
    yield from _fields(understood, due, here)


def _refused(understood: Understood) -> bool:
    """Whether the method is not built, or a file is of a kind that its medium names and cannot read."""
    unreadable = mediums.find(understood.medium or "image").unreadable
    named = (*understood.content, *understood.styles, *understood.loose)
    return outcome(understood) == "cannot" or any(path.suffix in unreadable for path in named)


def _fields(understood: Understood, due: Expected, here: Path) -> Iterator[str]:
    amiss: dict[str, Any] = wrong(understood, due, here)
    amiss.pop("method", None)  # of which the outcome has told
    if _named(amiss.get("styles", ()), here) == sorted(due.styles):
        amiss.pop("styles", None)
    if understood.final_size != due.final_size:
        amiss["final_size"] = understood.final_size
    for name in ("parts", "spared"):
        if (things := tuple(map(thing, getattr(understood, name)))) != getattr(due, name):
            amiss[name] = things
    given = {name: ", ".join(map(str, files)) for name, files in understood.aids.items()}
    if given != due.given:
        amiss["given"] = given
    if due.ending and outcome(understood) != "look" and getattr(understood.save, "format", None) != due.ending:
        amiss["save"] = understood.save
    yield from (f"{name}: {value}" for name, value in amiss.items())


def _named(paths: Any, here: Path) -> list[str]:
    """Paths as they are named: a style that comes along by its name."""
    return sorted(style.name if (style := named_styles.at(path)) else str(path.relative_to(here)) for path in paths)


@pytest.mark.parametrize("part", ["media_open", "media_frozen"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_requests_over_all_media_are_understood(
    language: Language, part: Half, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Any
) -> None:
    entries = requests(language, part)
    amiss = {}
    for entry in entries:
        with monkeypatch.context() as patch:
            if found := list(unlike(entry, tmp_path / entry.id, patch)):
                amiss[entry.id] = f"{entry.text!r}: {found}"
    outcomes = sum("outcome" in found for found in amiss.values())
    n = len(entries)
    score = f"{language} {part}: outcomes {n - outcomes}/{n}, whole {n - len(amiss)}/{n}"
    record_property("score", score)
    lines = [f"  {name} {line}" for name, line in amiss.items()] if part == "media_open" else []
    sys.stdout.write("\n".join([score, *lines, ""]))
    assert n - len(amiss) >= LEAST[part] * n


def meant(act: Act) -> str:
    """An act as the corpus writes it."""
    if act.intent == "steer" and act.direction:
        ((axis, up),) = [pulled(name, step > 0) for name, step in list(act.direction.items())[:1]]
        return f"{axis}{'+' if up else '-'}"
    if act.intent == "export" and act.save:
        return f"save {act.save.format}"
    return act.intent


@pytest.mark.parametrize("part", ["media_open", "media_frozen"])
def test_followups_on_all_media_are_understood(part: Half, tmp_path: Path, record_property: Any) -> None:
    said = media_followups(part)
    amiss = []
    for entry in said:
        got = [meant(act) for act in understand(entry.text, tmp_path, study=True).acts]
        due = SEEN if entry.expect == "seen" else tuple(_pulled(entry.expect))
        if not got or any(act not in due for act in got):
            amiss.append(f"{entry.id} {entry.text!r}: {got}")
    score = f"follow-ups, {part}: {len(said) - len(amiss)}/{len(said)}"
    record_property("score", score)
    sys.stdout.write("\n".join([score, *(f"  {line}" for line in amiss if part == "media_open"), ""]))
    assert len(said) - len(amiss) >= LEAST_FOLLOWUPS[part] * len(said)


def _pulled(expected: str) -> Iterator[str]:
    if expected[-1] not in "+-":
        yield expected
        return
    for word in expected.split():
        axis, up = pulled(word[:-1], word[-1] == "+")
        yield f"{axis}{'+' if up else '-'}"
