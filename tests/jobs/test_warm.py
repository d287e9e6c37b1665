"""The process that is kept for the next request: used again, given up where it would see something else, ended."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from autostyle.errors import BadInput
from autostyle.jobs import requests, warm
from autostyle.processes.process import Child


@pytest.fixture(autouse=True)
def nothing_is_left() -> Iterator[None]:
    warm.end()
    yield
    warm.end()


def fail(folder: Path) -> Child:
    """A request that ends before torch is loaded; the process that is kept then."""
    (folder / "photo.png").write_bytes(b"no picture")
    data = {"content": folder / "photo.png", "styles": [folder / "paint.png"], "method": "gatys", "size": 64}
    with pytest.raises(BadInput, match="no picture"):
        warm.run(requests.StylizeRequest.model_validate({**data, "out": folder / "out.png", "offline": True}))
    assert warm._spare is not None
    return warm._spare.process.child


def test_the_next_request_is_carried_out_by_the_same_process_unless_it_would_see_something_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = fail(folder)
    assert fail(folder) is first and first.returncode is None
    monkeypatch.setenv("AUTOSTYLE_WEIGHTS", str(folder))
    second = fail(folder)
    assert second is not first and first.returncode is not None
    monkeypatch.chdir(folder)
    assert fail(folder) is not second and second.returncode is not None


def test_an_interrupt_ends_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = fail(folder)

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Child, "send", interrupted)
    with pytest.raises(KeyboardInterrupt):
        warm.run(requests.DescribeRequest(device="auto", offline=True))
    assert warm._spare is None and child.returncode is not None


def test_it_ends_by_itself_when_nothing_is_asked_of_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm, "IDLE", 0.2)
    child = fail(folder)
    assert child.wait(10) and child.returncode == 0
    assert fail(folder) is not child


def test_a_fork_leaves_it_to_its_parent(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = fail(folder)
    monkeypatch.setattr(os, "getpid", lambda: 1)
    warm.end()
    assert warm._spare is None and child.returncode is None
    child.kill()
