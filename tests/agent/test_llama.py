"""`ask` with a language model under llama.cpp's own server, which is real and babbles: it streams, and it ends well."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.agent.llama import SHOWS_TOOLS, llama, unpacked
from tests.cli.conftest import draw

pytestmark = pytest.mark.slow

OPTIONS = ["--yes", "--trials", "1", "--minutes", "0.2", "--output", "ndjson"]
LONGEST = 30
"""Tokens of a reply."""
SECONDS = 100
"""That a request may take on a busy machine; a third of it on one core that is free."""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpacked(tmp_path_factory.mktemp("llama"))


@pytest.mark.parametrize(
    "template",
    [pytest.param("", marks=pytest.mark.thorough), SHOWS_TOOLS],
    ids=["its own template", "a template with tools"],
)
def test_a_request_ends_well_whatever_the_model_says(model: Path, tmp_path: Path, template: str) -> None:
    draw(tmp_path)
    with llama(model, longest=LONGEST, template=template) as address:
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "autostyle", "ask", "make photo.png look like paint.png", *OPTIONS],
            cwd=tmp_path,
            env={**os.environ, "AUTOSTYLE_MODEL": "openai/smollm2", "AUTOSTYLE_API_BASE": address},
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
    assert time.monotonic() - began < SECONDS and "Traceback" not in done.stderr
    *told, result = map(json.loads, done.stdout.splitlines())
    kinds = [event["event"] for event in told]
    assert result["event"] == "result" and kinds[-1] == "turn_ended" and "spent" in kinds

    # The server counts the tools among what it read, and a template without them is told.
    spent = next(event for event in told if event["event"] == "spent")
    assert 0 < spent["tokens_out"] <= LONGEST and (spent["tokens_in"] > 1080) == bool(template)
    assert any("no tools, for its template has none" in note for note in result["notes"]) != bool(template)

    # Whoever did nothing says so, and leaves nothing; a call of a tool is carried out, or told to be wrong.
    said = "".join(event["text"] for event in told if event["event"] == "said")
    assert result["answer"].split() == said.split()
    if "tool_started" in kinds:
        assert "tool_finished" in kinds and done.returncode in (0, 2, 4)
    else:
        assert done.returncode == 2 and result["questions"] == [result["answer"]] and result["study"] is None
        assert result["notes"] or result["answer"].endswith("?")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["paint.png", "photo.png"]
