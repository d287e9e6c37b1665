"""Style keywords as a job, by a tiny model that sees: random numbers say nothing, and that is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autostyle.errors import Missing
from autostyle.jobs.keywords import keywords
from autostyle.jobs.reporter import Reporter
from autostyle.jobs.requests import KeywordsRequest
from autostyle.processes.protocol import Channel
from autostyle.vision import vlm
from tests.vision import tiny_vlm

STYLE = Path(__file__).parents[2] / "studies" / "examples" / "styles" / "swirling-night-12.jpg"


@pytest.fixture
def reporter() -> Reporter:
    return Reporter(Channel.__new__(Channel))


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "DO_NOT_TRACK"):
        monkeypatch.setenv(name, "1")  # the job sets them for its process; here they are taken back


def test_the_model_of_the_settings_looks(tmp_path: Path, reporter: Reporter, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tiny_vlm.save(tmp_path / "tiny-vlm")
    answer = {"keywords": ["impasto", "swirls", "ink"], "palette": ["blue", "yellow"]}
    monkeypatch.setattr(vlm.Vlm, "ask", lambda model, picture, question: json.dumps(answer))

    found = keywords(KeywordsRequest(pictures=(STYLE,), model=str(folder), device="cpu"), reporter)

    assert found == {"keywords": ["impasto", "swirls", "ink", "blue and yellow"], "by": "vlm:tiny-vlm"}


def test_a_model_that_says_nothing_of_use_is_an_error_with_its_name(
    tmp_path: Path, reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tiny_vlm.save(tmp_path / "tiny-vlm")
    monkeypatch.setattr(vlm, "MOST_TOKENS", 2)  # two words of a model that knows a dozen are no three keywords

    with pytest.raises(Missing, match="tiny-vlm"):
        keywords(KeywordsRequest(pictures=(STYLE,), model=str(folder), device="cpu"), reporter)
