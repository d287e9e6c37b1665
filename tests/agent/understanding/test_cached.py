"""A message is understood once, and anew where there are other files."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle.agent.understanding import read
from autostyle.agent.understanding.cached import understand_cached
from autostyle.agent.understanding.model import Understood


@pytest.fixture
def understood(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was understood, each time that it was."""
    texts: list[str] = []
    whole = read.understand

    def understand(text: str, *rest: object, **context: object) -> Understood:
        texts.append(text)
        return whole(text, *rest, **context)  # type: ignore[arg-type]

    monkeypatch.setattr(read, "understand", understand)
    return texts


def test_a_message_is_understood_once(tmp_path: Path, understood: list[str]) -> None:
    (tmp_path / "p.jpg").touch()

    assert understand_cached("p.jpg like s.png", tmp_path) is understand_cached("p.jpg like s.png", tmp_path)
    assert len(understood) == 1


def test_a_file_that_comes_later_is_seen(tmp_path: Path, understood: list[str]) -> None:
    (tmp_path / "p.jpg").touch()
    lost = understand_cached("p.jpg like s.png", tmp_path)
    (tmp_path / "s.png").touch()

    assert [problem.kind for problem in lost.problems] == ["missing"]
    assert not understand_cached("p.jpg like s.png", tmp_path).problems
    assert len(understood) == 2


def test_what_is_said_to_a_study_is_another_thing(tmp_path: Path, understood: list[str]) -> None:
    assert (
        understand_cached("stop", tmp_path, study=True).acts
        != understand_cached("more colours", tmp_path, study=True).acts
    )
    understand_cached("stop", tmp_path)
    assert len(understood) == 3
