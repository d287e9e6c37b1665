"""Jobs for tools: what needs torch or Optuna, awaited."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from autostyle.agent.outputs import TrialOutput
from autostyle.agent.tool import Say
from autostyle.agent.workspace import Workspace
from autostyle.errors import BadInput
from autostyle.jobs import requests, warm
from autostyle.jobs.parent import run
from autostyle.mediums.files import shown
from autostyle.plan import Plan
from autostyle.processes.protocol import ProtocolMessage
from autostyle.report.payload import trial_data
from autostyle.sentences import Sentence, join_sentences
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.trial_record import TrialRecord
from autostyle.use_cases import plans

LIGHT = (requests.RecordRequest, requests.ReviseRequest, requests.PreferRequest, requests.StudiesRequest)
"""What takes less than the start of a process does: one is kept for these, so that answers come within a second."""
KEPT = 900.0
"""Seconds that a person may take to look at a result before they say what is to be different."""


async def work(request: requests.AnyRequest, say: Say) -> dict[str, Any]:
    """The result of a job; what it says on the way goes to ``say``. Cancelling ends it with the best it has."""
    stop = threading.Event()

    def on_message(message: ProtocolMessage) -> None:
        if message["type"] == "note":
            say(message["text"])
        elif message["items"] > 1:
            say(
                Sentence(
                    "picture {item} of {items}, step {step}/{steps}",
                    item=message["item"] + 1,
                    items=message["items"],
                    step=message["step"],
                    steps=message["steps"],
                )
            )
        else:
            step = Sentence("step {step}/{steps}", step=message["step"], steps=message["steps"])
            say(join_sentences(filter(None, [step, message.get("said")])))

    try:
        if isinstance(request, LIGHT):
            return await asyncio.to_thread(warm.run, request, on_message, stop, idle=KEPT)
        return await asyncio.to_thread(run, request, on_message, stop)
    except asyncio.CancelledError:
        stop.set()
        raise


def on_the_table(workspace: Workspace, study: str | None) -> str:
    """The study that is meant: the one named, else the one the conversation is about; raises BadInput without one."""
    name = study or workspace.study
    if name is None:
        raise BadInput(
            "no study has been started yet", "plan_study and start_study begin one, list_studies finds old ones"
        )
    return name


def plan_of(workspace: Workspace, study: str) -> Plan:
    """The plan in force in a study; the one in the workspace may be of a study to come."""
    if workspace.plan is not None and workspace.plan.study == study:
        return workspace.plan
    return plans.from_file(plans.file_of(study, workspace.config.home))


async def record(workspace: Workspace, study: str | None, say: Say) -> StudyRecord:
    """Everything known about a study."""
    config = workspace.config
    name = on_the_table(workspace, study)
    found = await work(requests.RecordRequest(home=config.home, storage=config.storage, study=name), say)
    return StudyRecord.from_json(found["record"])


def trial_of(found: StudyRecord, number: int) -> TrialRecord:
    """Trial ``number`` of a study; raises BadInput where there is none."""
    trial = next((trial for trial in found.trials if trial.number == number), None)
    if trial is None:
        last = max((trial.number for trial in found.trials), default=-1)
        several = Sentence("there are trials 0 to {last}", last=last) if last else Sentence("there is trial 0 alone")
        raise BadInput(
            "there is no trial {number}", several if last >= 0 else Sentence("there are no trials yet"), number=number
        )
    return trial


def image(found: StudyRecord, trial: TrialRecord) -> Path | None:
    """The best picture there is of a trial, if it is on disk."""
    whole = work_of(found, trial)
    path = None if whole is None else shown(whole)
    return path if path is not None and path.is_file() else None


def work_of(found: StudyRecord, trial: TrialRecord) -> Path | None:
    """The best file there is of a trial: of a clip the clip itself."""
    name = found.result if trial.number == found.best else trial.full_image or trial.image
    return found.folder / name if name else None


def pictured(found: StudyRecord, trial: TrialRecord) -> TrialOutput:
    """``trial`` with the path of its best picture as its ``image``; None where there is none."""
    path = image(found, trial)
    return TrialOutput.model_validate({**trial_data(trial), "image": None if path is None else str(path)})


def pictures(trials: Iterable[TrialOutput]) -> tuple[Path, ...]:
    """The pictures of trials that :func:`pictured` made."""
    return tuple(Path(trial.image) for trial in trials if trial.image)
