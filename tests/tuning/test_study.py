"""Creating and resuming: what may change, what may not, and what is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autostyle.brief import Budget
from autostyle.codecs.image import save_image
from autostyle.errors import BadInput, Unconsented
from autostyle.methods import registry
from autostyle.plan import MethodPlan, Plan
from autostyle.tuning import ledger
from autostyle.tuning.handle import FROZEN, Handle
from autostyle.tuning.inputs import default_name
from autostyle.tuning.load import load_record
from autostyle.tuning.study import hold_study, revise_plan

Open = Callable[..., Any]


@pytest.fixture
def open_(plan: Callable[..., Plan], home: Path) -> Open:
    """Open a study and close it again; returns its handle and whether it was resumed."""

    def make(**fields: Any) -> Any:
        with hold_study(plan(**fields), home) as found:
            return found

    return make


def queued(handle: Any, method: str = "adain") -> list[dict[str, Any]]:
    return [ledger.start(slot.attempt) for slot in handle.slots() if slot.method == method]


def test_a_study_that_imitates_a_voice_is_neither_made_nor_becomes_one_without_consent(
    open_: Open, plan: Callable[..., Plan], home: Path
) -> None:
    voice = {"methods": (MethodPlan(name="voice_match"),)}
    with pytest.raises(Unconsented):
        open_(**voice)
    assert not (home / "s").exists()
    with hold_study(plan(), home) as (handle, _), pytest.raises(Unconsented):
        revise_plan(handle, handle.plan.model_copy(update=voice), "another method")


def test_minutes_that_a_session_ended_by_are_spent_for_the_method_that_they_were_too_few_for(
    open_: Open, plan: Callable[..., Plan]
) -> None:
    handle, _ = open_(minutes=0.2)
    assert not handle.time_is_up(handle.plan)
    handle.note_time_is_up(handle.plan)
    assert handle.time_is_up(handle.plan) and handle.time_is_up(plan(minutes=0.1))
    assert not handle.time_is_up(plan(minutes=0.3)) and not handle.time_is_up(plan())
    assert not handle.time_is_up(plan(minutes=0.2, methods=(MethodPlan(name="wct"),)))


def test_the_default_name_is_made_of_the_pictures(pictures: tuple[Path, Path], tmp_path: Path) -> None:
    content, style = pictures
    name = default_name(content, [style])
    assert re.fullmatch(r"photo-1-swirl-[0-9a-f]{8}", name)
    assert default_name(content, [style]) == name
    assert default_name(style, [content]) != name
    korean = content.rename(tmp_path / "사진.png")
    assert re.fullmatch(r"content-swirl-[0-9a-f]{8}", default_name(korean, [style]))
    with pytest.raises(BadInput, match="there is no file"):
        default_name(content, [style])


def test_the_default_name_is_found_again_when_the_pictures_are_gone(
    open_: Open, home: Path, pictures: tuple[Path, Path]
) -> None:
    open_()
    pictures[0].unlink()
    assert default_name(pictures[0], [pictures[1]], home) == "s"


def test_a_new_study_copies_its_pictures_and_queues_its_starts(
    open_: Open, home: Path, pictures: tuple[Path, Path]
) -> None:
    handle, resumed = open_(trials=16)
    assert not resumed
    assert (home / "s/inputs/content.png").read_bytes() == pictures[0].read_bytes()
    assert (home / "s/inputs/style-1.png").read_bytes() == pictures[1].read_bytes()
    assert queued(handle)[0]["params"] == registry.params("adain")().model_dump()
    assert len(queued(handle)) >= 3


def test_no_more_starts_are_queued_than_the_budget_has_room_for(open_: Open) -> None:
    assert len(queued(open_(trials=2)[0])) == 2
    handle, resumed = open_(trials=3)
    assert resumed and len(queued(handle)) == 3


def test_a_finished_study_queues_no_start_of_another_method(copied: Path, open_: Open) -> None:
    handle, resumed = open_(trials=1, methods=(MethodPlan(name="gatys"),))
    assert resumed and len(handle.slots()) == 1
    handle, _ = open_(trials=3, methods=(MethodPlan(name="gatys"),))
    assert [slot.method for slot in handle.slots()] == ["adain", "gatys", "gatys"]


def test_resuming_queues_no_start_twice_even_under_other_bounds(open_: Open) -> None:
    before = queued(open_(trials=16)[0])
    handle, resumed = open_(trials=16, methods=(MethodPlan(name="adain", bounds={"alpha": (0.1, 0.5)}),))
    assert resumed and queued(handle) == before


def test_a_warm_start_added_later_is_queued(open_: Open) -> None:
    open_(trials=16)
    handle, _ = open_(trials=16, methods=(MethodPlan(name="adain", warm_starts=({"alpha": 0.25},)),))
    assert queued(handle)[-1]["params"]["alpha"] == 0.25


def test_bounds_fixed_values_budget_and_methods_may_change_and_are_written_down(open_: Open, home: Path) -> None:
    open_()
    open_(budget=Budget(trials=9), methods=(MethodPlan(name="adain", bounds={"alpha": (0.1, 0.5)}),))
    open_(
        budget=Budget(trials=9),
        methods=(MethodPlan(name="adain", fixed={"detail": 0.5}), MethodPlan(name="gatys")),
        prefer=0.8,
    )
    record = load_record(home, "s")
    assert [set(revision["what"]) for revision in record.revisions] == [
        {"the first plan"},
        {"methods.adain.bounds.alpha: nothing -> [0.1, 0.5]", "budget.trials: 6 -> 9"},
        {
            "methods.adain.bounds.alpha: [0.1, 0.5] -> nothing",
            "prefer: 0.5 -> 0.8",
            "methods.adain.fixed.detail: nothing -> 0.5",
            "methods.gatys.name: nothing -> gatys",
        },
    ]
    assert Plan.from_yaml((home / "s/plan.yaml").read_text()) == record.plan


@pytest.mark.parametrize(
    ("fields", "named"),
    [({"size": 128}, "size differs: 64 then, 128 now"), ({"prompt": "snow"}, "prompt differs: None then, snow now")],
)
def test_another_size_or_prompt_is_refused(open_: Open, fields: dict[str, Any], named: str) -> None:
    open_()
    with pytest.raises(BadInput, match=named) as caught:
        open_(**fields)
    assert "--study" in caught.value.hint


@pytest.mark.parametrize(("which", "named"), [(0, "the content picture differs"), (1, "the style pictures differ")])
def test_other_pictures_under_the_same_path_are_refused(
    open_: Open, home: Path, pictures: tuple[Path, Path], which: int, named: str
) -> None:
    open_()
    kept = (home / "s/inputs/content.png").read_bytes()
    save_image(pictures[which], np.zeros((40, 40, 3), np.float32), overwrite=True)
    with pytest.raises(BadInput, match=named):
        open_()
    assert (home / "s/inputs/content.png").read_bytes() == kept


def test_another_scorer_is_refused(copied: Path, run: Callable[..., Any], fake: Callable[..., None]) -> None:
    fake(scorer=2)
    with pytest.raises(BadInput, match=r"the scorer \(version\)"):
        run(trials=3)


def test_a_bad_request_changes_nothing_on_disk(open_: Open, home: Path, tmp_path: Path) -> None:
    (tmp_path / "no picture.png").write_text("words")
    for fields in (
        {"content": tmp_path / "missing.png"},
        {"content": tmp_path / "no picture.png"},
        {"methods": (MethodPlan(name="adain", fixed={"alpha": 7}),)},
        {"methods": (MethodPlan(name="adain", bounds={"alpha": (0, 0.5)}, warm_starts=({"alpha": 0.9},)),)},
    ):
        with pytest.raises(BadInput):
            open_(**fields)
        assert not home.exists()


def test_a_creator_that_died_half_way_leaves_nothing_that_counts(
    open_: Open, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = Handle.put

    def die(handle: Handle, key: str, value: Any) -> None:
        if key == FROZEN:
            raise KeyboardInterrupt
        put(handle, key, value)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Handle, "put", die)
        open_()
    _, resumed = open_()
    assert not resumed


@pytest.mark.parametrize("name", ["../s", "S", "", ".hidden", "a/b", "x" * 101])
def test_a_name_that_could_be_a_path_is_refused(home: Path, name: str) -> None:
    with pytest.raises(BadInput, match="no name for a study"):
        load_record(home, name)


def test_a_study_that_is_not_there(home: Path, open_: Open) -> None:
    with pytest.raises(BadInput, match="there is no study 'other'"):
        load_record(home, "other")
    assert not home.exists()
    open_()
    with pytest.raises(BadInput, match="there is no study 'other'"):
        load_record(home, "other")


def test_whether_a_study_is_unfinished_is_what_the_search_goes_by(
    home: Path, open_: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_(trials=6, minutes=10)
    assert load_record(home, "s").unfinished
    monkeypatch.setattr(Handle, "typical_seconds", lambda handle, method: 601.0)
    assert not load_record(home, "s").unfinished
