"""What is written down of a trial: its error keeps its template and values beside its text."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autostyle.agent.brains.replies import translate
from autostyle.agent.outputs import TrialOutput
from autostyle.errors import BadInput
from autostyle.processes.protocol import decode, encode, one_line
from autostyle.report.payload import trial_data
from autostyle.sentences import Sentence
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.result import TrialResult
from tests.report.study import study

DIED = Sentence("its process died {count} times ({why})", count=3, why=Sentence("out of memory"))


def stored(**said: Any) -> Any:
    """What a database gives back of a result."""
    return json.loads(json.dumps(TrialResult(state="failed", **said).as_json()))


def test_an_error_is_text_in_the_database_and_a_sentence_again_when_it_is_read() -> None:
    kept = stored(error=DIED)
    read = TrialResult.model_validate(kept)
    assert kept["error"] == str(DIED) and read.error == DIED
    assert isinstance(read.error, Sentence) and read.error.template == DIED.template
    assert TrialResult.model_validate(stored(error=read.error)) == read


@pytest.mark.parametrize(
    "kept",
    [
        {"state": "failed", "error": "out of memory"},
        {"state": "failed", "error": "out of memory", "sentences": [[["error"], 3, {}, []]]},
        {"state": "failed", "error": "out of memory", "sentences": "none"},
        {"state": "failed", "error": "out of memory", "sentences": [[["error"], "x" * 30_000, {}, []]]},
    ],
)
def test_what_is_text_alone_or_says_no_sentence_is_read_as_text(kept: Any) -> None:
    error = TrialResult.model_validate(kept).error
    assert error == "out of memory" and not isinstance(error, Sentence)


def test_an_error_of_a_method_keeps_its_template_where_it_is_one_short_line() -> None:
    refused = BadInput("{name} is empty", name="a.png")
    long = BadInput("{name} is empty", name="a" * 400)
    assert TrialResult.model_validate(stored(error=one_line(refused))).error == refused.message
    assert isinstance(one_line(refused), Sentence) and not isinstance(one_line(long), Sentence)


def test_it_is_a_sentence_from_the_record_in_another_process_to_who_tells_it_in_korean(tmp_path: Path) -> None:
    found = study(tmp_path)
    failed = replace(found.trials[0], state="failed", error=DIED)
    message = {"type": "done", "record": replace(found, trials=(failed, *found.trials[1:])).as_json()}
    read = StudyRecord.from_json(decode(encode(message))["record"]).trials[0]
    told = TrialOutput.model_validate(trial_data(read)).error
    assert told == str(DIED)
    assert translate("ko", told or "") == translate("ko", DIED) != str(DIED)
