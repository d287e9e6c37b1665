"""optuna-dashboard as people meet it: in a browser, over HTTP."""

import http.client
import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import optuna
import pytest
from optuna.artifacts import upload_artifact
from PIL import Image

from autostyle.errors import BadInput
from autostyle.tuning.artifacts import ArtifactNotFound
from autostyle.tuning.dashboard import serve
from autostyle.tuning.storage import artifacts, open_storage
from tests.chromium import Browser


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A HOME with one study of one trial that has a picture."""
    home = tmp_path_factory.mktemp("home")
    storage = open_storage(home)
    study = optuna.create_study(storage=storage, study_name="harbour/gatys", directions=["maximize"] * 2)
    trial = study.ask()
    Image.fromarray(np.full((90, 120, 3), 200, np.uint8)).save(home / "trial.webp")
    upload_artifact(
        artifact_store=artifacts(home), file_path=str(home / "trial.webp"), study_or_trial=trial, mimetype="image/webp"
    )
    study.tell(trial, [0.6, 0.7])
    return home


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """Where the dashboard of ``home`` answers."""
    started: queue.Queue[tuple[str, Callable[[], None]]] = queue.Queue()
    thread = threading.Thread(target=serve, args=(home, None, 0, lambda *at: started.put(at)))
    thread.start()
    url, stop = started.get(timeout=30)
    yield url
    stop()
    thread.join(10)
    assert not thread.is_alive()


def ask(address: str, path: str, method: str = "GET", **headers: str) -> int:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.request(method, path, headers=headers)
    return connection.getresponse().status


def test_it_listens_on_loopback_only(address: str) -> None:
    assert address.startswith("http://127.0.0.1:")


def test_it_answers_its_own_pages(address: str) -> None:
    own = urlsplit(address).netloc
    assert ask(address, "/api/studies") == 200
    assert ask(address, "/api/studies", Host=own, Origin=f"http://{own}") == 200


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Origin": "null"}])
def test_it_refuses_what_other_sites_send(address: str, headers: dict[str, str]) -> None:
    assert ask(address, "/api/studies/0", "DELETE", **headers) == 403
    assert ask(address, "/api/studies") == 200


def test_a_home_without_studies_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there are no studies"):
        serve(tmp_path, None, 0)
    assert list(tmp_path.iterdir()) == [], "looking changes nothing"


def test_a_taken_port_is_said(home: Path, address: str) -> None:
    port = urlsplit(address).port
    assert port is not None
    with pytest.raises(BadInput, match=f"port {port} cannot be used"):
        serve(home, None, port)


@pytest.mark.chromium
def test_the_picture_appears_at_its_trial(chromium: str, address: str, tmp_path: Path) -> None:
    browser = Browser(chromium, tmp_path)
    try:
        browser.open(f"{address}dashboard/studies/1/trials?numbers=0")
        picture = "[...document.images].find(i => i.src.includes('/artifacts/'))"
        assert browser.wait(f"{picture}?.complete && {picture}.naturalWidth") == 120
        elsewhere = [url for url in browser.requests() if not url.startswith((address, "blob:"))]
        assert elsewhere == []
    finally:
        browser.close()


def headers(address: str, path: str) -> dict[str, str]:
    line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    line.request("GET", path)
    answer = line.getresponse()
    assert answer.status == 200
    return {name.lower(): value for name, value in answer.getheaders()}


def test_no_script_of_a_study_runs_on_its_pages(home: Path, address: str) -> None:
    page = headers(address, "/dashboard/")
    assert "script-src 'self'" in page["content-security-policy"]
    assert "unsafe-inline" not in page["content-security-policy"].partition("style-src")[0]
    assert (page["x-content-type-options"], page["x-frame-options"]) == ("nosniff", "DENY")
    picture = next(path.name for path in (home / "artifacts").iterdir())
    file = headers(address, f"/artifacts/1/1/{picture}")
    assert file["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert "access-control-allow-origin" not in file


def test_an_artifact_that_is_a_link_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("mine")
    store = artifacts(tmp_path)
    (tmp_path / "artifacts" / "abc").symlink_to(tmp_path / "secret")
    with pytest.raises(ArtifactNotFound):
        store.open_reader("abc")
