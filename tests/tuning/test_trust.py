"""A study of somebody else is looked at, and no more, until the person says otherwise."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from autostyle.errors import BadInput, Untrusted
from autostyle.jobs import studies
from autostyle.tuning import trust
from autostyle.tuning.catalog import NOT_MADE_HERE, list_studies
from autostyle.tuning.load import load_record
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.runner import join, render


@pytest.fixture
def somebody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Call it to be another person, or the same one on another machine: one without the key."""
    return lambda: monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "other"))


def test_a_study_of_another_is_only_looked_at_until_it_is_trusted(
    copied: Path, run: Callable[..., StudyRecord], home: Path, somebody_else: Callable[[], None], tmp_path: Path
) -> None:
    assert [study.note for study in list_studies(home)] == [""]
    somebody_else()
    database = (home / "autostyle.db").read_bytes()
    assert len(load_record(home, "s").trials) == 1
    assert studies.report(home, "s", None, None, overwrite=False)["trials"]["complete"] == 1
    assert [study.note for study in list_studies(home)] == [NOT_MADE_HERE]
    for act in (
        lambda: run(trials=2),
        lambda: join(home, "s", offline=True, device="cpu"),
        lambda: render(home, "s", offline=True, device="cpu"),
    ):
        with pytest.raises(Untrusted, match="study s was not made here"):
            act()
    assert (home / "autostyle.db").read_bytes() == database
    trust.trust(home, "s")
    assert len(run(trials=2).trials) == 2
    assert [study.note for study in list_studies(home)] == [""]
    key = tmp_path / "other" / "autostyle" / "studies.key"
    assert key.stat().st_mode & 0o777 == 0o600 and key.stat().st_size == 32, "it is the person's alone"


@pytest.mark.slow
def test_a_home_that_was_copied_stays_its_owners(run: Callable[..., StudyRecord], home: Path, tmp_path: Path) -> None:
    run(trials=1)
    shutil.copytree(home, tmp_path / "copy")
    assert [study.note for study in list_studies(tmp_path / "copy")] == [""]


def test_whoever_trusts_a_study_does_not_take_it_away_from_its_maker(
    copied: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as other:
        other.setenv("XDG_DATA_HOME", str(tmp_path / "other"))
        trust.trust(home, "s")
        assert [study.note for study in list_studies(home)] == [""]
    assert [study.note for study in list_studies(home)] == [""]


@pytest.mark.parametrize(
    "in_the_way",
    [
        pytest.param("data", id="no folder"),
        pytest.param("data/autostyle/studies.key", id="no key", marks=pytest.mark.thorough),
    ],
)
@pytest.mark.slow
def test_where_no_key_can_be_kept_searches_run_and_a_word_in_the_environment_goes_on_with_them(
    run: Callable[..., StudyRecord], home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_the_way: str
) -> None:
    file = tmp_path / in_the_way
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("half")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    run(trials=1)
    with pytest.raises(Untrusted):
        run(trials=2)
    monkeypatch.setenv("AUTOSTYLE_TRUST", "1")
    assert len(run(trials=2).trials) == 2


@pytest.mark.slow
def test_a_study_whose_creation_was_never_finished_but_that_has_trials_is_nobodys(
    run: Callable[..., StudyRecord], home: Path
) -> None:
    run(trials=1)
    with closing(sqlite3.connect(home / "autostyle.db")) as database, database:
        database.execute("DELETE FROM study_user_attributes WHERE key = 'autostyle:frozen'")
    (home / "s" / "plan.yaml").unlink()
    with pytest.raises(BadInput, match="was not made here"):
        run(trials=2)
