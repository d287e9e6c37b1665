"""What a study's live page shows, and which of its files are given out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autostyle.serve.pictures import LiveAlbum, PictureStore
from tests.report.study import SCRIPT, SECRET, study
from tests.serve.conftest import Served, serving


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a study whose every text tries to break a page."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def reads() -> list[Any]:
    """Which jobs were asked."""
    return []


@pytest.fixture(scope="module")
def server(home: Path, reads: list[Any]) -> Iterator[Served]:
    record = study(home / "s")

    def run(request: Any) -> Any:
        reads.append(request.do)
        return {"record": record.as_json(), "studies": []}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("autostyle.serve.pages.warm.run", run)
        with serving(home) as served:
            yield served


@pytest.fixture(scope="module")
def cookie(server: Served) -> str:
    return server.cookie()


def ask(server: Served, cookie: str, path: str) -> tuple[int, dict[str, str], bytes]:
    return server.ask(path, Cookie=cookie)


def test_the_page_is_the_report_with_pictures_of_their_own(server: Served, cookie: str) -> None:
    status, _, body = ask(server, cookie, "/studies/s/")
    text = body.decode()
    assert status == 200 and "Trial 9 is the one to keep." in text and SCRIPT not in text and SECRET not in text
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None and "unsafe" not in policy[1] and "data:" not in policy[1]
    assert policy[1].startswith("default-src 'none'; img-src &#39;self&#39;;".replace("&#39;", "'"))
    pictures = set(re.findall(r'src="([^"]+)"', text))
    assert len(pictures) > 20 and all(re.fullmatch("/pictures/[0-9a-f]{64}", one) for one in pictures)
    for one in list(pictures)[:3]:
        status, headers, data = ask(server, cookie, one)
        assert (status, headers["content-type"]) == (200, "image/webp") and data.startswith(b"RIFF")
        assert "immutable" in headers["cache-control"]
    assert ask(server, cookie, "/pictures/" + "0" * 64)[0] == 404


def test_it_is_made_again_only_when_the_study_has_changed(
    server: Served, cookie: str, home: Path, reads: list[Any]
) -> None:
    before = ask(server, cookie, "/studies/s/")[2]
    count = len(reads)
    assert ask(server, cookie, "/studies/s/")[2] == before and len(reads) == count
    (home / "s" / "report.json").write_text("{}")  # as a preference does that was answered
    assert ask(server, cookie, "/studies/s/")[2] != before and len(reads) == count + 1


@pytest.mark.parametrize(
    "path",
    [
        *("/studies/none/", "/studies/none/state", "/studies/..%2f/", "/studies/S!/", "/studies/s/none.png"),
        *("/studies/s/report.html", "/studies/s/plan.yaml", "/studies/s/log.jsonl", "/studies/s/drawing.svg"),
        *("/studies/s/..%2f..%2fsecret.png", "/studies/s/%2fetc%2fpasswd", "/studies/s/link.png", "/studies/s/live/"),
    ],
)
def test_what_is_no_picture_of_the_study_is_not_there(server: Served, cookie: str, home: Path, path: str) -> None:
    (home.parent / "secret.png").write_bytes(b"mine")
    for name, text in {"report.html": SCRIPT, "plan.yaml": "", "log.jsonl": "", "drawing.svg": "<svg/>"}.items():
        (home / "s" / name).write_text(text)
    if not (home / "s" / "link.png").is_symlink():
        (home / "s" / "link.png").symlink_to(home.parent / "secret.png")
    try:
        assert ask(server, cookie, path)[0] == 404
    finally:
        (home / "s" / "link.png").unlink()


def test_a_file_of_a_study_runs_nothing(server: Served, cookie: str) -> None:
    status, headers, _ = ask(server, cookie, "/studies/s/best.png")
    assert (status, headers["content-type"]) == (200, "image/png")
    assert headers["content-security-policy"].startswith("sandbox; default-src 'none'")


def test_the_study_that_was_last_written_in_is_the_latest(server: Served, cookie: str, home: Path) -> None:
    (home / "s" / "log.jsonl").write_text("")
    assert ask(server, cookie, "/latest")[2] == b'{"study": "s"}'


def test_a_picture_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = study(tmp_path)
    store = PictureStore()
    album = LiveAlbum(record.folder, store, "/pictures/")
    first = album.add(Path("best.png"), 64)
    monkeypatch.setattr("autostyle.report.pictures.load_image", None)
    assert first is not None and album.add(Path("best.png"), 64) is first
    assert album.add(Path("../secret.png"), 64) is None and album.add(None, 64) is None


def test_of_too_many_pictures_the_oldest_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autostyle.serve.pictures.MOST", 10)
    store = PictureStore()
    names = [store.keep(bytes([n]) * 4) for n in (1, 2, 1, 3)]
    assert list(store.pictures) == [names[0], names[3]]
