"""Studies from Python, on the fake runtime: watched, waited for, stopped, found again."""

from __future__ import annotations

import asyncio
import inspect
import itertools
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autostyle import Study, apply, list_studies, load_study, tune
from autostyle.api import searches
from autostyle.errors import BadInput, StudyFailed
from autostyle.mediums import links
from autostyle.tuning import events
from autostyle.use_cases.tune import TuneOptions

ASKED: dict[str, Any] = {"method": "adain", "size": 64, "final_size": 64, "offline": True}


@pytest.mark.slow
def test_pictures_in_memory_become_a_study_with_all_that_was_found(
    fake: Callable[..., None], capfd: pytest.CaptureFixture[str]
) -> None:
    """Below a running event loop, as in a notebook."""
    told: list[str] = []
    photo = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)

    async def cell() -> Study:
        return tune(photo, 255 - photo, trials=3, on_event=lambda event: told.append(event.kind), **ASKED)

    study = asyncio.run(cell())
    assert (told[0], told.count("finished"), told[-1]) == ("opened", 3, "ended")
    assert study.name.startswith("content-style-1-")
    assert repr(study).startswith(f"<Study {study.name}: 3/3 trials, best style ")
    best = study.best
    assert best is not None and best.trial == study.record.best
    assert best.image.shape == (64, 64, 3)
    assert [result.trial for result in study.front] == list(study.record.front)
    assert study.recipe.params == best.params
    assert study.report().is_file()
    assert study._repr_html_().count("<img") == 3 + len(study.front)
    assert repr(load_study(study.name)) == repr(study)
    assert [entry.name for entry in list_studies()] == [study.name]
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_the_look_of_a_study_takes_along_what_it_links_to(fake: Callable[..., None]) -> None:
    os.truncate("painting.jpg", links.LARGEST_COPY + 1)  # a JPEG that goes on for nothing takes no room on the disk
    study = tune("photo.jpg", "painting.jpg", trials=1, **ASKED)
    assert (study.folder / "inputs/style-1.link").is_file()
    (made,) = apply(study, "photo.jpg", size=64, offline=True)
    assert made.image.shape == (64, 64, 3)
    assert not any("is not beside the recipe" in note for note in made.notes)


@pytest.mark.slow
def test_an_interrupt_keeps_what_was_found_and_says_where(fake: Callable[..., None]) -> None:
    """In a thread of one's own, too."""

    def interrupt(event: events.StudyEvent) -> None:
        if isinstance(event, events.TrialFinished):
            raise KeyboardInterrupt

    def work() -> None:
        try:
            tune("photo.jpg", "painting.jpg", name="s", trials=500, on_event=interrupt, **ASKED)
        except KeyboardInterrupt as interrupted:
            notes.extend(interrupted.__notes__)

    notes: list[str] = []
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert len(notes) == 1 and "load_study('s')" in notes[0]
    study = load_study("s")
    assert study.best is not None and 1 <= study.record.done < 500
    assert (study.folder / "report.html").is_file()


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """In the place of the job process: it says that trials finish until it is stopped, or raises an error."""

    def job(request: Any, on_message: Callable[[dict[str, Any]], None], stop: threading.Event) -> None:
        for number in itertools.count():
            on_message({"type": "event", "event": "note", "text": f"note {number}"})
            if error:
                raise error[0]
            if stop.wait(0.01):
                return

    error: list[Exception] = []
    monkeypatch.setattr(searches, "run", job)
    return error.append


def test_leaving_the_loop_ends_the_search(scripted: Callable[..., None]) -> None:
    study = Study("photo.jpg", "painting.jpg", **ASKED)
    assert repr(study) == f"<Study {study.name}: not begun, 32 trials>"
    assert study.best is None and not study.front
    search = study.run()
    for number, event in enumerate(search):
        assert event == events.Note(f"note {number}")
        if number == 2:
            break
    assert not search.running


def test_an_error_of_a_callback_ends_the_search_and_goes_on(scripted: Callable[..., None]) -> None:
    def broken(event: events.StudyEvent) -> None:
        raise ZeroDivisionError

    search = Study("photo.jpg", "painting.jpg", **ASKED).run()
    with pytest.raises(ZeroDivisionError):
        search.wait(broken)
    assert not search.running


def test_what_a_search_ended_with_is_raised_with_its_hint(scripted: Callable[..., None]) -> None:
    scripted(StudyFailed("no trial completed", "see the log"))
    told: list[events.StudyEvent] = []
    with pytest.raises(StudyFailed) as failed:
        tune("photo.jpg", "painting.jpg", on_event=told.append, **ASKED)
    assert (len(told), failed.value.__notes__) == (1, ["hint: see the log"])


def test_one_search_of_a_study_at_a_time(scripted: Callable[..., None]) -> None:
    study = Study("photo.jpg", "painting.jpg", **ASKED)
    with study.run() as search, pytest.raises(BadInput, match="running already"):
        study.run()
    assert not search.running
    with study.run(trials=40):
        assert study.plan.budget.trials == 40


def test_a_program_may_change_its_directory(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = Study("photo.jpg", "painting.jpg", name="s", **ASKED | {"final_size": "own"})
    assert study.plan.final_size == 64, "the content's"
    (alone / "elsewhere").mkdir()
    monkeypatch.chdir(alone / "elsewhere")
    assert study.folder == alone / "studies" / "s"


@pytest.mark.parametrize("wrong", [{"trials": 0}, {"prefer": "nobody"}, {"params": {"nothing": 1}}, {"method": "no"}])
def test_what_cannot_be_is_refused_before_anything_is_written(wrong: dict[str, Any], alone: Path) -> None:
    with pytest.raises(BadInput):
        Study("photo.jpg", "painting.jpg", **wrong)
    assert {path.name for path in alone.iterdir()} == {"photo.jpg", "painting.jpg"}


def test_there_is_no_study_of_a_name_nobody_gave() -> None:
    with pytest.raises(BadInput, match="there is no study 'nobody'"):
        load_study("nobody")


def test_help_names_every_option_and_a_misspelt_one_is_refused() -> None:
    known = {name for name in TuneOptions.__dataclass_fields__ if name != "study"} | {"name", "plan", "home", "device"}
    assert known <= set(inspect.signature(Study).parameters) and known <= set(inspect.signature(tune).parameters)
    with pytest.raises(TypeError, match="trails"):
        tune("photo.jpg", "painting.jpg", trails=3)  # type: ignore[call-arg]
