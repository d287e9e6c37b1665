"""What every test shares: calm threads, no network, no settings of the person who runs them, and honest skips."""

from __future__ import annotations

import contextlib
import gc
import importlib
import importlib.util
import json
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from autostyle.processes import process
from tests.fork_server import ADDRESS, forked, forking

# Until all tests are read: imports make a million objects and hardly any garbage.
gc.disable()
# Before torch is imported anywhere: idle OpenMP threads sleep instead of spinning, in this process and its children.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("KMP_BLOCKTIME", "0")
# Processes of tests side by side share the cores.
CORES = (os.cpu_count() or 1) // int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ["OMP_NUM_THREADS"] = str(max(1, min(4, CORES)))
os.environ.setdefault("OMP_NUM_THREADS", str(min(4, CORES)))
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"


def keep_key(data: Path) -> Path:
    """``data`` as the data folder of the person who makes every study of every test: with the key that signs them."""
    (data / "autostyle").mkdir(parents=True)
    (data / "autostyle" / "studies.key").write_bytes(b"tests" + bytes(27))
    return data


# What is made before a test begins, by fixtures of a whole session, is this person's, too, and leaves nothing at home.
_DATA = tempfile.TemporaryDirectory()
os.environ["XDG_DATA_HOME"] = str(keep_key(Path(_DATA.name, "data")))

BEGUN_ANEW = process.start_python
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FAKE_FOLDER = Path(__file__).parent / "tuning"
"""Where ``fake_runtime`` is."""
Texts = Mapping[str, str]
NEEDS = ("chromium", "tmux", "postgresql")


def _chromium() -> str | None:
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


def _missing(marker: str) -> str:
    """Why a test with this marker cannot run here; empty if it can."""
    if marker == "chromium" and not _chromium():
        return "no Chromium here (apt install chromium)"
    if marker == "tmux" and not shutil.which("tmux"):
        return "no tmux here (apt install tmux)"
    if marker == "postgresql" and not importlib.util.find_spec("pgserver"):
        return "no pgserver package here (it comes with the dev extra on x86-64 and Python up to 3.12)"
    if marker == "cuda":
        import torch

        return "" if torch.cuda.is_available() else "no NVIDIA GPU here"
    return ""


def pytest_configure(config: pytest.Config) -> None:
    """Several processes of tests have one process to fork from, which begins while they read the tests."""
    if sys.platform == "linux" and config.getoption("numprocesses", None) and "PYTEST_XDIST_WORKER" not in os.environ:
        begun = contextlib.ExitStack()
        os.environ[ADDRESS] = begun.enter_context(forking())
        config.add_cleanup(begun.close)


@pytest.hookimpl(optionalhook=True)  # where tests run without xdist there is no such hook
def pytest_xdist_auto_num_workers() -> int:
    """Half as many again as cores: a sixth of the time a test waits for processes, servers and screens of its own."""
    return max(1, 3 * (os.cpu_count() or 1) // 2)


def pytest_collection_finish() -> None:
    """The garbage collector walks through torch and its like no more: an eighth of the time of all tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in (*NEEDS, "cuda"):
        if item.get_closest_marker(marker) and (reason := _missing(marker)):
            pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Any:
    """Under AUTOSTYLE_CI a skipped test of a tool that CI installs is a failure."""
    report = yield
    if report.skipped and os.environ.get("AUTOSTYLE_CI") and any(map(item.get_closest_marker, NEEDS)):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"may not be skipped in CI: {reason}"
    return report


@pytest.fixture(autouse=True, scope="session")
def processes() -> Iterator[None]:
    """What autostyle starts as a process of its own begins in a tenth of the time; see tests.fork_server."""
    with forked() if sys.platform == "linux" else contextlib.nullcontext():
        yield


@pytest.fixture
def unforked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes begin as a user's do: for tests of whose children they are, and of what limits they have."""
    monkeypatch.setattr(process, "start_python", BEGUN_ANEW)


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty config folder; the environment of the person who runs the tests does not reach them."""
    for name in os.environ:
        if name.startswith("AUTOSTYLE_") and name != "AUTOSTYLE_CI":
            monkeypatch.delenv(name)
    folder = tmp_path_factory.mktemp("config")
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(keep_key(folder / "data")))
    monkeypatch.setenv("AUTOSTYLE_CONFIG", str(folder))
    return folder


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is a method that is planned: ``tests.planned.SPEC``."""
    from autostyle.methods import registry
    from tests.planned import SPEC

    monkeypatch.setitem(registry.OURS, SPEC.name, SPEC)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections that leave this machine fail at once."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test reached for the network: {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def fake_runtime(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Processes that are told ``fake_runtime:make`` compute with it; call this to set what it does."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [str(FAKE_FOLDER), os.environ.get("PYTHONPATH")])))
    return lambda **settings: monkeypatch.setenv("FAKE", json.dumps(settings))


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Path]]:
    """Put a distribution on the path of this process and of those it starts: its name, the entry points of its methods,
    its files, the entry points of its media."""
    from autostyle.mediums.registry import INSTALLED as MEDIUMS
    from autostyle.mediums.registry import create
    from autostyle.methods.installed import INSTALLED as METHODS

    before = set(sys.modules)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH")])))

    def forget() -> None:
        METHODS.forget()
        MEDIUMS.forget()
        create.cache_clear()

    def put(name: str, methods: Texts, files: Texts, mediums: Texts | None = None) -> Path:
        info = tmp_path / f"{name.replace('-', '_')}-0.1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.1\n")
        groups = {"methods": methods, "mediums": mediums or {}}
        lines = [
            line
            for group, points in groups.items()
            for line in (f"[autostyle.{group}]", *(f"{key} = {value}" for key, value in points.items()))
        ]
        (info / "entry_points.txt").write_text("\n".join([*lines, ""]))
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        importlib.invalidate_caches()
        forget()
        return tmp_path

    yield put
    forget()
    for module in set(sys.modules) - before:
        if str(getattr(sys.modules[module], "__file__", "")).startswith(str(tmp_path)):
            del sys.modules[module]


@pytest.fixture(scope="session")
def tiny_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of diffusion models in the layouts of the real ones, as AUTOSTYLE_WEIGHTS may name it."""
    from autostyle.testing.tiny.models import write_all

    return write_all(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a headless-capable Chromium; for tests marked ``chromium``."""
    path = _chromium()
    assert path is not None
    return path


@contextlib.contextmanager
def database_folder() -> Iterator[Path]:
    """A folder for a PostgreSQL server, which as root runs as somebody else: every pytest that begins closes its own
    temporary folders to all others, those of the ones that run, too."""
    folder = Path(tempfile.mkdtemp(prefix="autostyle-postgresql-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The SQLAlchemy URL of an empty PostgreSQL database on a local socket; for tests marked ``postgresql``."""
    import pgserver

    with database_folder() as folder:
        server = pgserver.get_server(folder / "data", cleanup_mode="stop")
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        server.cleanup()
