"""Databases: found, refused, explained, and never with a password in a message."""

from __future__ import annotations

import contextlib
import resource
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from optuna.exceptions import StorageInternalError
from sqlalchemy.exc import IntegrityError, OperationalError, PendingRollbackError

from autostyle.errors import BadInput, Missing
from autostyle.tuning import events, patience
from autostyle.tuning.load import load_record
from autostyle.tuning.patience import Patience
from autostyle.tuning.storage import explain_errors, is_there, open_storage, redact_url
from tests.conftest import database_folder


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://ann:se%3Acret@db.example:5432/studies",
        "postgresql+psycopg://ann@db.example/studies?password=se%3Acret",
        "mysql+pymysql://ann:secret@db/studies?ssl_key_password=secret",
    ],
)
def test_a_url_is_shown_without_its_password(url: str) -> None:
    shown = redact_url(url)
    assert "secret" not in shown and "se%3Acret" not in shown and "se:cret" not in shown
    assert "ann" in shown and "studies" in shown


@pytest.mark.parametrize("url", ["no url", "nosuchdb://ann:secret@host/x", "://secret"])
def test_what_is_no_database_url_is_refused_without_repeating_it(tmp_path: Path, url: str) -> None:
    with pytest.raises(BadInput) as caught:
        open_storage(tmp_path, url)
    assert "secret" not in str(caught.value.__cause__) + caught.value.message + caught.value.hint


def test_a_server_that_is_not_there_is_missing_and_the_password_stays_out_of_the_trace(tmp_path: Path) -> None:
    with pytest.raises(Missing) as caught:
        open_storage(tmp_path, "postgresql+psycopg://ann:secret@127.0.0.1:1/studies?connect_timeout=1")
    assert "ann:***@127.0.0.1" in caught.value.message
    assert caught.value.__cause__ is None and caught.value.__suppress_context__


def test_the_homes_own_database_lets_readers_in_while_it_is_written(tmp_path: Path) -> None:
    open_storage(tmp_path)
    with sqlite3.connect(tmp_path / "autostyle.db") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize(
    "name", ["a?b", "a#b", "100%", "a%20b", "a@b:c", "a b", 'it\'s "so"', "{x}", "[y]*", "사진&=+;"]
)
def test_a_homes_database_lies_in_it_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    home = tmp_path / name
    study = open_storage(home).create_new_study(directions=[], study_name="s")
    assert open_storage(home).get_study_id_from_name("s") == study
    assert is_there(home) and (home / "autostyle.db").is_file()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_database_that_stays_locked_is_said_to_be(tmp_path: Path) -> None:
    storage = open_storage(tmp_path, busy_seconds=0.1)
    study = storage.create_new_study(directions=[])
    other = sqlite3.connect(tmp_path / "autostyle.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Missing, match="locked") as caught, explain_errors():
        storage.set_study_user_attr(study, "key", 1)
    assert "goes on" in caught.value.hint
    other.execute("ROLLBACK")
    storage.set_study_user_attr(study, "key", 1)


def test_a_full_disk_is_said_to_be(tmp_path: Path) -> None:
    storage = open_storage(tmp_path)
    study = storage.create_new_study(directions=[])
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, limits[1]))
        with pytest.raises(Missing, match="no space left"), explain_errors():
            storage.set_study_user_attr(study, "key", "x" * 2_000_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_driver_that_is_not_installed_is_missing_with_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(Missing) as caught:
        open_storage(tmp_path, "mysql+pymysql://ann:secret@db/studies")
    assert "driver" in caught.value.message and "secret" not in caught.value.message
    assert "pip install" in caught.value.hint


@pytest.mark.slow
@pytest.mark.postgresql
def test_a_whole_study_on_postgresql(run: Callable[..., Any], home: Path, postgresql: str) -> None:
    record = run(trials=6, workers=2, storage_url=postgresql)
    assert [trial.number for trial in record.trials] == list(range(6))
    assert record.count("complete") == 6
    assert run(trials=6, workers=2, storage_url=postgresql) == record == load_record(home, "s", postgresql)
    assert not (home / "autostyle.db").exists()
    assert "postgresql" not in (home / "s" / "log.jsonl").read_text()


class Gone(Exception):
    """What a driver raises that has no server; ``sqlstate`` as psycopg has it."""

    def __init__(self, sqlstate: str | None = None) -> None:
        self.sqlstate = sqlstate


def server_that_fails(times: int, error: Exception) -> tuple[Any, list[str]]:
    """A storage whose server does not answer so often, and what was asked of it."""
    asked: list[str] = []

    class Backend:
        def __getattr__(self, name: str) -> Callable[[], str]:
            def ask() -> str:
                asked.append(name)
                if len(asked) <= times:
                    raise StorageInternalError("an exception") from error
                return "answer"

            return ask

    return Backend(), asked


LOST = [OperationalError("", {}, Gone(state)) for state in (None, "57P01", "08006")]


@pytest.mark.parametrize("error", [*LOST, PendingRollbackError("the connection broke within a transaction")])
def test_a_server_that_does_not_answer_is_asked_again_and_it_is_said_once(error: Exception) -> None:
    said: list[str] = []
    storage, asked = server_that_fails(3, error)
    Patience(said.append, threading.Event()).calm(storage, "the storage x")
    assert storage.get_all_studies() == "answer" and len(asked) == 4
    assert said == ["the storage x does not answer; it is waited for up to 60 seconds"]


def test_what_a_server_says_of_the_question_is_no_reason_to_ask_again() -> None:
    for error in (OperationalError("", {}, Gone("53100")), IntegrityError("", {}, Gone())):  # a full disk
        storage, asked = server_that_fails(1, error)
        Patience(pytest.fail, threading.Event()).calm(storage, "")
        with pytest.raises(StorageInternalError):
            storage.get_trial()
        assert len(asked) == 1


@pytest.mark.parametrize("how", ["time", "stop", "lost"])
def test_a_server_is_not_waited_for_for_ever(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if how == "time":
        monkeypatch.setattr(patience, "SECONDS", 0.2)
    storage, _ = server_that_fails(10**6, OperationalError("", {}, Gone()))
    waits = Patience(lambda text: getattr(waits, how).set() if how != "time" else None, threading.Event())
    waits.calm(storage, "")
    with pytest.raises(Missing, match="cannot be used") as caught, explain_errors("postgresql+psycopg://host/x"):
        storage.get_trial()
    assert "the same command goes on" in caught.value.hint


@pytest.mark.slow
@pytest.mark.postgresql
def test_a_server_that_is_restarted_under_a_search_is_waited_for(
    run: Callable[..., Any], fake: Callable[..., None], home: Path
) -> None:
    import pgserver

    fake(seconds=0.2, steps=2)
    stack = contextlib.ExitStack()
    data = stack.enter_context(database_folder()) / "data"
    servers = [pgserver.get_server(data, cleanup_mode="stop")]
    url = servers[0].get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    notes: list[str] = []

    def restart() -> None:
        servers[0].cleanup()  # it ends the connections that there are
        for _ in range(40):  # one that was not shut down in order recovers first, and says so by failing
            time.sleep(1)
            with contextlib.suppress(AssertionError):
                servers.append(pgserver.get_server(data, cleanup_mode="stop"))
                return

    thread = threading.Thread(target=restart)

    def on_event(event: events.StudyEvent) -> None:
        if isinstance(event, events.TrialFinished) and event.done == 3:
            thread.start()
        if isinstance(event, events.Note):
            notes.append(event.text)

    try:
        record = run(trials=16, workers=2, storage_url=url, on_event=on_event)
    finally:
        if thread.ident is not None:
            thread.join()
        servers[-1].cleanup()
        stack.close()
    assert len(servers) == 2
    assert [trial.number for trial in record.trials] == list(range(16))
    assert record.count("complete") == 16
    assert [note for note in notes if "does not answer" in note] == [patience.waiting(f"the storage {redact_url(url)}")]
