"""Where studies last: one Optuna storage and one artifact folder for all studies of a HOME."""

from __future__ import annotations

import contextlib
import sqlite3
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import optuna
import sqlalchemy.exc
from filelock import FileLock
from optuna.exceptions import ExperimentalWarning, StorageInternalError
from optuna.storages import RDBStorage
from optuna.storages._cached_storage import _CachedStorage
from optuna.storages._rdb import models
from optuna.storages._rdb.models import NOT_FOUND_MSG
from sqlalchemy import delete, func, select
from sqlalchemy.engine import URL, make_url

from autostyle import json_text, safe_files
from autostyle.errors import AutostyleError, BadInput, Missing
from autostyle.sentences import Sentence
from autostyle.tuning.artifacts import ARTIFACTS_ATTR_PREFIX, ArtifactStore
from autostyle.tuning.patience import Patience, is_away

BUSY_SECONDS = 60.0
"""How long a write waits for another program that holds the SQLite database."""
HEARTBEAT, SILENT = 20, 120
"""Every how many seconds whoever runs a trial gives a sign of life, and after how many without one it is thought dead
by other hosts. The database's clock counts, not theirs."""

Storage = _CachedStorage
"""What :func:`open_storage` opens, over :class:`Tables`."""

optuna.logging.set_verbosity(optuna.logging.ERROR)


DATABASE = "autostyle.db"
ARTIFACTS = "artifacts"
LOCK = ".autostyle.lock"
_BESIDE = ("", "-wal", "-shm", "-journal")
"""Endings of the files that SQLite keeps for one database."""


class Tables(RDBStorage):
    """Optuna's tables, and what can be asked and done where what they say of a study cannot be."""

    def names(self) -> list[str]:
        """Of every study, oldest first."""
        columns = models.StudyModel
        with self.engine.connect() as connection:
            return list(connection.execute(select(columns.study_name).order_by(columns.study_id)).scalars())

    def count_trials(self, name: str) -> int:
        """How many trials there are in the study called ``name``, whatever they are."""
        with self.engine.connect() as connection:
            return connection.execute(select(func.count()).where(models.TrialModel.study_id == _id(name))).scalar() or 0

    def artifacts(self, name: str) -> list[str]:
        """What the trials of the study called ``name`` say, as JSON, of each of their artifacts."""
        said = models.TrialSystemAttributeModel
        trials = select(models.TrialModel.trial_id).where(models.TrialModel.study_id == _id(name))
        wanted = select(said.value_json).where(said.trial_id.in_(trials), said.key.startswith(ARTIFACTS_ATTR_PREFIX))
        with self.engine.connect() as connection:
            return list(connection.execute(wanted).scalars())

    def forget(self, name: str) -> None:
        """Delete the study called ``name`` with all that belongs to it."""
        trials = select(models.TrialModel.trial_id).where(models.TrialModel.study_id == _id(name))
        with self.engine.begin() as connection:
            found = connection.execute(select(_id(name))).scalar()
            for table in reversed(models.BaseModel.metadata.sorted_tables):
                if "study_id" in table.c:
                    connection.execute(delete(table).where(table.c.study_id == found))
                elif "trial_id" in table.c:
                    connection.execute(delete(table).where(table.c.trial_id.in_(trials)))


def _id(name: str) -> Any:
    return select(models.StudyModel.study_id).where(models.StudyModel.study_name == name).scalar_subquery()


def tables(storage: Storage) -> Tables:
    """What ``storage`` is over."""
    assert isinstance(storage._backend, Tables)
    return storage._backend


def _own(home: Path) -> URL:
    """From its parts: a path may hold whatever means something in a URL."""
    return URL.create("sqlite", database=str(home.resolve() / DATABASE))


def artifact_folder(home: Path) -> Path:
    """The folder of HOME's artifact store."""
    return home / ARTIFACTS


def artifacts(home: Path) -> ArtifactStore:
    """HOME's artifact store."""
    check_home(home)
    artifact_folder(home).mkdir(parents=True, exist_ok=True)
    return ArtifactStore(base_path=artifact_folder(home))


def check_home(home: Path) -> None:
    """See that the database and the artifact folder of ``home`` lie in it; raises BadInput where they do not."""
    for name in (LOCK, *(f"{DATABASE}{ending}" for ending in _BESIDE)):
        safe_files.refuse_other_kinds(home / name)
    if (home / ARTIFACTS).is_symlink() or (home / ARTIFACTS).exists():
        safe_files.place(home, ARTIFACTS, "any")
        if not (home / ARTIFACTS).is_dir():
            raise BadInput("{path} is no folder", "it may come from somebody else: take it away", path=home / ARTIFACTS)


def open_storage(
    home: Path, url: str | None = None, *, busy_seconds: float = BUSY_SECONDS, patience: Patience | None = None
) -> Storage:
    """Open, and create if need be, the storage at ``url``, or HOME's own SQLite database.

    Args:
        busy_seconds: how long a write waits for another program that holds a SQLite database.
        patience: with a server that goes away once it is open; without it, that is an error at once.

    Raises:
        BadInput: no database URL.
        Missing: its driver is not installed, or the database cannot be reached.
    """
    parsed = _parsed(url) if url else _own(home)
    if url is None:
        check_home(home)
    options: dict[str, Any] = {}
    if file := _file(parsed):
        options["creator"] = lambda: _connect(file, busy_seconds)
    elif parsed.get_backend_name() != "sqlite":
        options["pool_pre_ping"] = True
    with explain_errors(url), _alone(home) if url is None else contextlib.nullcontext():
        if file:
            _only_tables(file)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ExperimentalWarning)
                storage = Tables(
                    _as_text(parsed), engine_kwargs=options, heartbeat_interval=HEARTBEAT, grace_period=SILENT
                )
            if patience is not None and is_server(url):
                patience.calm(storage, describe_storage(url))
            return Storage(storage)
        except RuntimeError:  # what Optuna raises on tables of a version that it does not know
            raise BadInput(
                "{where} was made by another version of Optuna",
                "use the autostyle that made it",
                where=file or redact_url(parsed),
            ) from None
        except ImportError:
            raise Missing(
                "the driver of the storage {url} is not installed",
                "pip install 'autostyle[postgresql]'",
                url=redact_url(parsed),
            ) from None


def _as_text(url: URL) -> str:
    """``url`` for SQLAlchemy; where its file's name is no UTF-8, any: what opens the file is given beside it."""
    try:
        # Optuna fills in what stands between braces.
        return url.render_as_string(hide_password=False).replace("{", "{{").replace("}", "}}")
    except UnicodeEncodeError:
        return f"sqlite:///{DATABASE}"


def is_there(home: Path, url: str | None = None) -> bool:
    """Whether the storage at ``url``, or HOME's own, may hold studies: false for a file that opening it would make."""
    file = _file(_parsed(url) if url else _own(home))
    return file is None or file.is_file()


def is_server(url: str | None) -> bool:
    """Whether ``url`` names a database server, and no file."""
    return url is not None and _parsed(url).get_backend_name() != "sqlite"


def redact_url(url: str | URL) -> str:
    """``url`` without its passwords: the user's shows as ``***``, those among the options are left out."""
    parsed = _parsed(url) if isinstance(url, str) else url
    options = [name for name in parsed.query if "pass" in name.lower()]
    return parsed.difference_update_query(options).render_as_string(hide_password=True)


def describe_storage(url: str | None) -> str:
    """The storage at ``url``, or HOME's own, as messages name it."""
    return Sentence("the storage {url}", url=redact_url(url)) if url else Sentence("the study database")


@contextlib.contextmanager
def explain_errors(url: str | None = None) -> Iterator[None]:
    """Turn what databases raise into errors with a hint and without passwords."""
    where = describe_storage(url)
    try:
        yield
    except (StorageInternalError, sqlalchemy.exc.SQLAlchemyError, sqlite3.Error) as error:
        raise _explanation(error, where) from None  # the chain would show the URL
    except KeyError as error:
        if NOT_FOUND_MSG not in error.args:
            raise
        raise BadInput(
            "this study is not in {where} any more: somebody deleted it",
            "`autostyle studies rm NAME` takes away what is left of it; another --study name begins anew",
            where=where,
        ) from None


def _explanation(error: Exception, where: str) -> AutostyleError:
    texts = []
    cause: BaseException | None = error
    while cause is not None:
        texts.append(str(cause))
        cause = cause.__cause__ or cause.__context__
    text = " ".join(texts).lower()
    if "disk is full" in text or "no space left" in text or "disk i/o error" in text:
        return Missing(
            "no space left to write {path}", "free some space; the same command goes on from here", path=where
        )
    if "not a database" in text or "malformed" in text:
        return BadInput(
            "{where} is damaged",
            "put a copy back, or move it away: pictures and reports stay, searches begin anew",
            where=where,
        )
    if "locked" in text:
        return Missing(
            "{place} is locked by another program", "close it; the same command goes on from here", place=where
        )
    if "readonly" in text or "unable to open" in text:
        return BadInput("{where} cannot be written", "check the permissions, or give another --home", where=where)
    hint = Sentence("check that the server runs and the URL is right")
    if is_away(error):
        hint = Sentence("check that the server runs and the URL is right; the same command goes on from here")
    return Missing("{where} cannot be used ({kind})", hint, where=where, kind=type(error).__name__)


def _alone(home: Path) -> FileLock:
    """Two programs that make the tables of one new database at once would trip over each other."""
    home.mkdir(parents=True, exist_ok=True)
    return FileLock(home / LOCK)


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
        parsed.get_dialect()
    except (sqlalchemy.exc.ArgumentError, sqlalchemy.exc.NoSuchModuleError, ValueError):
        # The text itself is not repeated: it may hold a password.
        raise BadInput(
            "this storage is no database URL", "for instance: postgresql+psycopg://user@host/database"
        ) from None
    return parsed


def _file(url: URL) -> Path | None:
    """The file that ``url`` keeps its tables in; None for a server, and for memory."""
    named = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return Path(str(url.database)) if named else None


def _only_tables(path: Path) -> None:
    """Raises BadInput where a database would do more than keep data: a view may never end, a trigger change the rest.
    Optuna makes none of them.
    """
    if not path.is_file():
        return
    with contextlib.closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
        odd = connection.execute(
            "SELECT 1 FROM sqlite_master WHERE type NOT IN ('table', 'index') OR sql LIKE 'CREATE VIRTUAL%' LIMIT 1"
        ).fetchone()
        if odd:
            raise BadInput(
                "{path} holds more than the tables of studies", "it may come from somebody else: look at it", path=path
            )


def _connect(path: Path, busy_seconds: float) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=busy_seconds, check_same_thread=False)
    # Readers and a writer side by side; a commit survives a kill without waiting for the disk. Four times as fast.
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.text_factory = _shallow
    return connection


def _shallow(data: bytes) -> str:
    """A text of the database; one that nests too deeply is none, for Optuna would parse it down to the end of the
    stack, and nothing there can be relied on. What is left of its study is damaged, and told so."""
    text = str(data, "utf-8")
    if text.count("[") + text.count("{") > json_text.DEEPEST:
        try:
            json_text.refuse_too_deep(text)
        except json_text.TooDeep:
            return ""
    return text
