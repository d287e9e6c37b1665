"""Requests of the kinds that real users' words were misread in, through the embedded brain: what it calls and says."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest

from autostyle.agent.messages import Notice
from autostyle.agent.outputs import restore_output
from tests.agent.brains.conftest import ANSWERS, SUMMARY
from tests.agent.brains.driver import Talk
from tests.agent.requests.corpus import Language
from tests.agent.requests.drawn import draw
from tests.agent.requests.kinds import Due, Misread, misread

PLAN = ("look_at_images", "choose_method", "plan_study", "start_study")
Calls = dict[str, dict[str, Any]]
LANGUAGES: tuple[Language, ...] = ("en", "ko")


def answers() -> dict[str, Any]:
    status = ANSWERS["study_status"] | {"running": False, "done": 32}
    choice = ANSWERS["choose_method"] | {"alternatives": ["microast"]}  # as the table has it
    return {name: dict(data) for name, data in ANSWERS.items()} | {"study_status": status, "choose_method": choice}


def talk_about(entry: Misread, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """A conversation in a folder that holds the files of the request and nothing else, in a home with a desktop."""
    home, here = folder / "home", folder / "here"
    (home / "Desktop").mkdir(parents=True)
    here.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in entry.files:
        (here / name).parent.mkdir(exist_ok=True)
        (here / name).touch()
    for name, what in entry.drawn.items():
        draw(here / name, what)
    talk = Talk(here, answers())
    if entry.study:
        (here / "photo.jpg").touch()
        (here / "starry.png").touch()
        talk.say("make photo.jpg look like starry.png")
        talk.say(Notice("ended", "", restore_output("ended", SUMMARY)))
        talk.say("show the front" if entry.id.startswith("en") else "프론트 보여줘")
    return talk


def amiss(entry: Misread, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything in the answer that is not as a person expects."""
    due = entry.expect
    talk = talk_about(entry, folder, monkeypatch)
    try:
        said, made = talk.say(entry.text)
        calls: Calls = dict(made)
        if due.save and not entry.study:
            calls |= dict(talk.say(Notice("ended", "", restore_output("ended", SUMMARY)))[1])
    except AssertionError as error:
        return [str(error)]
    wrong = [f"does not say {words!r}: {said[:300]!r}" for words in due.says if not re.search(words, said)]
    if due.sentences and len(re.findall(r"[.!?요](?=\s|$)", said)) > due.sentences * 2:
        wrong.append("is long")
    if due.asks:
        return wrong + [f"calls {name}" for name in calls if name in PLAN]
    if due.calls is not None:
        wrong += [] if set(due.calls) <= set(calls) and (due.calls or not calls) else [f"calls {list(calls)}: {said!r}"]
    elif "plan_study" not in calls:
        return [*wrong, f"makes no plan: {said[:200]!r}"]
    else:
        wrong += _plan(due, calls, talk.where)
    return wrong + list(_study(due, calls, talk.where))


def _plan(due: Due, calls: Calls, here: Path) -> Iterator[str]:
    looked, chosen, planned = (calls.get(name, {}) for name in PLAN[:3])
    for role, paths in (("content", due.content), ("styles", due.styles)):
        if sorted(looked.get(role, ())) != sorted(paths):
            yield f"{role}: {looked.get(role)}"
    if "styles" in chosen and sorted(chosen["styles"]) != sorted(due.styles):
        yield f"styles: {chosen['styles']}"
    wishes = {n: v for n, v in chosen.items() if n not in ("medium", "method", "styles") and n not in due.may}
    strength = wishes.pop("strength", 0.0)
    told = "subtle" if strength < -0.2 else "strong" if strength > 0.2 else "balanced"
    if "strength" not in due.may and told != due.wishes.strength:
        yield f"strength: {told}"
    wanted = {n: v for n, v in due.wishes.model_dump(exclude={"strength"}).items() if v and n not in due.may}
    if wishes != wanted:
        yield f"wishes: {wishes}"
    if chosen.get("method") != due.method:
        yield f"method: {chosen.get('method')}"
    for name in ("minutes", "trials", "size", "final_size"):
        if planned.get(name) != getattr(due, name):
            yield f"{name}: {planned.get(name)}"
    shares = dict(zip(looked.get("styles", ()), planned.get("style_weights", ()), strict=False))
    total = sum(shares.values()) or 1.0
    if due.shares:
        equal = len(set(due.shares)) == 1 and not shares
        ours = [shares.get(name, 0.0) / total for name in due.styles]
        if not equal and any(abs(a - b) > 0.01 for a, b in zip(ours, due.shares, strict=True)):
            yield f"shares: {shares}"
    elif due.heavier:
        if not shares or any(shares[due.heavier] < 1.5 * w for n, w in shares.items() if n != due.heavier):
            yield f"shares: {shares}"
    elif shares:
        yield f"shares: {shares}"
    for name, value in due.near.items():
        low, high = planned.get("bounds", {}).get(name, (planned.get("fixed", {}).get(name, 99.0),) * 2)
        if not low <= value <= high or high - low > 0.3:
            yield f"{name}: {low}..{high}"


def _study(due: Due, calls: Calls, here: Path) -> Iterator[str]:
    if due.better is not None and calls.get("ask_preference", {}).get("better") != due.better:
        yield f"prefers {calls.get('ask_preference')}"
    if due.inputs and sorted(calls.get("apply_best", {}).get("inputs", ())) != sorted(due.inputs):
        yield f"applies to {calls.get('apply_best')}"
    saved = calls.get("save_best", {})
    if due.saved is not None and saved.get("trial") != due.saved:
        yield f"saves {saved}"
    if due.save and here / str(saved.get("out")) != here / Path(due.save).expanduser():
        yield f"saves {saved}"
    if due.ending and due.save and saved.get("format") != due.ending.removeprefix("."):
        yield f"saves {saved}"


@pytest.mark.parametrize("part", ["kinds", "strangers"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_kinds_are_understood(
    language: Language,
    part: Literal["kinds", "strangers"],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Any,
) -> None:
    entries = misread(language, part)
    wrong = {}
    for entry in entries:
        with monkeypatch.context() as patch:
            if found := amiss(entry, tmp_path / entry.id, patch):
                wrong[entry.id] = f"{entry.kind}: {entry.text!r}: {found}"
    score = f"{language} {part}: {len(entries) - len(wrong)}/{len(entries)}"
    record_property("score", score)
    sys.stdout.write("\n".join([score, *(f"  {name} {line}" for name, line in wrong.items()), ""]))
    assert not wrong, wrong
