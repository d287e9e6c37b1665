"""Studies of which a part is gone: deleted in the dashboard, by hand, or kept in another storage."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import optuna
import pytest

from autostyle.errors import BadInput
from autostyle.methods import registry
from autostyle.plan import MethodPlan, Plan
from autostyle.tuning import events
from autostyle.tuning.catalog import Removed, list_studies, remove_study
from autostyle.tuning.handle import Handle
from autostyle.tuning.load import load_record
from autostyle.tuning.storage import artifact_folder, artifacts, open_storage, tables
from autostyle.tuning.study import hold_study

Open = Callable[..., Any]
BOTH = (MethodPlan(name="adain"), MethodPlan(name="gatys"))


@pytest.fixture
def open_(plan: Callable[..., Plan], home: Path) -> Open:
    """Open a study and close it again."""

    def make(storage: str | None = None, **fields: Any) -> None:
        with hold_study(plan(**fields), home, storage):
            (home / "s/trials/0000-adain.webp").write_bytes(b"a picture")

    return make


def delete(home: Path, *methods: str) -> None:
    """As the dashboard does."""
    for method in methods:
        optuna.delete_study(study_name=f"s/{method}", storage=open_storage(home))


def store(home: Path, *pictures: bytes) -> None:
    for number, picture in enumerate(pictures):
        with (artifacts(home)._base_path / f"artifact-{number}").open("wb") as file:  # type: ignore[attr-defined]
            file.write(picture)


@pytest.mark.parametrize("gone", [("adain", "gatys"), ("adain",)])
def test_a_study_whose_trials_were_deleted_is_refused_with_what_to_do(
    open_: Open, home: Path, gone: tuple[str, ...]
) -> None:
    open_(methods=BOTH)
    delete(home, *gone)
    for look in (lambda: open_(methods=BOTH), lambda: load_record(home, "s")):
        with pytest.raises(BadInput, match="its trials are not in this storage") as caught:
            look()
        assert "studies rm s" in caught.value.hint and "--storage" in caught.value.hint
    (listed,) = list_studies(home)
    assert listed.name == "s" and "deleted" in listed.note


def test_a_study_of_another_storage_is_not_begun_anew_in_its_folder(open_: Open, home: Path, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path / 'other.db'}"
    open_(other)
    with pytest.raises(BadInput, match="are in another one"):
        open_()
    assert list_studies(home, other)[0].note == "" and "--storage" in list_studies(home)[0].note
    open_(other)


def test_what_is_left_of_a_study_is_taken_away_and_the_pictures_of_others_stay(open_: Open, home: Path) -> None:
    open_()
    store(home, b"a picture", b"another study's")
    delete(home, "adain")
    assert remove_study(home, "s") == Removed(folder=True, trials=0, pictures=1)
    assert not (home / "s").exists() and [file.name for file in artifact_folder(home).iterdir()] == ["artifact-1"]
    assert list_studies(home) == ()
    open_()  # and begins anew


def test_trials_without_a_folder_are_listed_and_taken_away(open_: Open, home: Path) -> None:
    open_()
    (home / "s").rename(home.parent / "elsewhere")
    (missing,) = list_studies(home)
    assert missing.missing and missing.note.startswith("its folder is gone; `autostyle studies rm s`")
    with pytest.raises(BadInput, match="is gone") as gone:
        Handle.find(home, "s")
    assert "studies rm s" in gone.value.hint
    assert not remove_study(home, "s").folder
    assert list_studies(home) == () and not (home / "s").exists()
    with pytest.raises(BadInput, match="there is no study"):
        remove_study(home, "s")


def test_what_others_keep_in_a_storage_is_no_study(home: Path) -> None:
    for name in ("theirs", "theirs/mine", "../up/adain"):
        optuna.create_study(study_name=name, storage=open_storage(home))
    assert list_studies(home) == ()


def test_a_study_whose_method_is_not_installed_any_more_is_listed_as_such_and_taken_away(
    open_: Open, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_()
    monkeypatch.delitem(registry.OURS, "adain")
    assert [(study.name, study.note) for study in list_studies(home)] == [("s", "unknown method 'adain'")]
    assert remove_study(home, "s").folder
    assert list_studies(home) == () and open_storage(home).get_all_studies() == []


@pytest.mark.slow
def test_a_study_deleted_while_it_runs_ends_with_what_to_do(
    run: Callable[..., Any], fake: Callable[..., None], home: Path
) -> None:
    fake(seconds=0.3, steps=3)

    def on_event(event: events.StudyEvent) -> None:
        if isinstance(event, events.TrialFinished) and event.done == 2:
            delete(home, "adain")

    with pytest.raises(BadInput, match="somebody deleted it") as caught:
        run(trials=9, on_event=on_event)
    assert "studies rm" in caught.value.hint


DAMAGE = {
    "no JSON": "UPDATE study_user_attributes SET value_json = '{{{'",
    "nested without end": f"UPDATE study_user_attributes SET value_json = '{'[' * 100_000}'",
    "a newer version's method": "UPDATE studies SET study_name = 's/sculpt' WHERE study_name = 's/adain'",
    "other objectives": "UPDATE study_directions SET direction = 'MINIMIZE'",
    "a state that there is not": "UPDATE trials SET state = 'NEW'",
    "an artifact elsewhere": "INSERT INTO trial_system_attributes (trial_id, key, value_json) "
    'SELECT trial_id, \'artifacts:x\', \'"{\\"artifact_id\\": \\"../pictures/swirl.png\\"}"\' FROM trials',
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_study_whose_database_is_damaged_is_named_and_taken_away_and_the_others_go_on(
    what: str, open_: Open, plan: Callable[..., Plan], home: Path, pictures: tuple[Path, Path]
) -> None:
    open_()
    with contextlib.closing(sqlite3.connect(home / "autostyle.db")) as connection:
        connection.execute(DAMAGE[what])
        connection.commit()
    with hold_study(plan(study="other"), home):
        pass
    listed = {study.name: study.note for study in list_studies(home)}
    assert listed.keys() == {"s", "other"} and not listed["other"]
    assert bool(listed["s"]) == (what != "an artifact elsewhere")
    assert remove_study(home, "s").folder
    assert [study.name for study in list_studies(home)] == ["other"]
    assert tables(open_storage(home)).names() == ["other/adain"] and pictures[1].is_file()


def test_a_file_in_the_place_of_a_study_is_taken_away(open_: Open, home: Path) -> None:
    open_()
    shutil.rmtree(home / "s")
    (home / "s").write_text("no folder")
    remove_study(home, "s")
    assert not (home / "s").exists() and not list_studies(home)


@pytest.mark.parametrize("data", [b"no database" * 500, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_said_to_be_damaged(home: Path, data: bytes) -> None:
    home.mkdir()
    (home / "autostyle.db").write_bytes(data)
    with pytest.raises(BadInput, match="is damaged") as caught:
        list_studies(home)
    assert "move it away" in caught.value.hint
