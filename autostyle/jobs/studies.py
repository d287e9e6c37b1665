"""Studies as jobs: read one, change it, render its best, write its report, list them all."""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import asdict
from pathlib import Path
from typing import Any

from autostyle.errors import BadInput
from autostyle.jobs.reporter import Reporter
from autostyle.jobs.requests import (
    ExportRequest,
    PreferRequest,
    RecordRequest,
    RenderRequest,
    ReviseRequest,
    StudiesRequest,
    TrustRequest,
)
from autostyle.mediums.links import Lost
from autostyle.report import export as reports
from autostyle.tuning import events, ledger, pareto, preference, runner, trust
from autostyle.tuning.catalog import list_studies
from autostyle.tuning.changes import changes
from autostyle.tuning.final import show_best
from autostyle.tuning.handle import ANSWER, Handle
from autostyle.tuning.load import load_record, of
from autostyle.tuning.preference import Preference
from autostyle.tuning.storage import explain_errors
from autostyle.tuning.study import hold_study, revise_plan
from autostyle.tuning.study_lock import hold


def revise(request: ReviseRequest, reporter: Reporter) -> dict[str, Any]:
    """``what`` changed, one line a field, and the ``record`` after it; its report is written."""
    with explain_errors(request.storage):
        known = len(Handle.find(request.home, request.plan.study, request.storage).revisions())
    with (
        hold_study(request.plan, request.home, request.storage, why=request.why) as (handle, _),
        explain_errors(request.storage),
    ):
        plans = [revision["plan"] for revision in handle.revisions()[known - 1 :]]
        what = [line for before, now in itertools.pairwise(plans) for line in changes(before, now)]
        return {"what": what, "record": _written(handle)}


def record(request: RecordRequest, reporter: Reporter) -> dict[str, Any]:
    """The ``record`` of a study, as :meth:`StudyRecord.as_json` gives it."""
    return {"record": load_record(request.home, request.study, request.storage).as_json()}


def prefer(request: PreferRequest, reporter: Reporter) -> dict[str, Any]:
    """Keep the answer; the plan's ``prefer`` that follows from it, and the ``record``. In a study at rest the plan, the
    report and ``best.<ext>`` follow at once; one that runs is steered by whoever runs it. An
    answer that is taken back only counts no more: whoever takes it back puts the plan from before into force."""
    with explain_errors(request.storage):
        handle = Handle.find(request.home, request.study, request.storage)
        trust.require(handle, request.storage)
        if request.back:
            handle.take_back(request.better, request.worse)
            return {"prefer": handle.plan.prefer, "record": of(handle).as_json()}
        if request.running or request.neither:  # of neither nothing follows that is shown
            return {"prefer": _answered(handle, request), "record": of(handle).as_json()}
        with hold(handle.folder, handle.name):
            why = f"trial {request.better} is liked better than trial {request.worse}"
            chosen = _answered(handle, request)
            revise_plan(handle, handle.plan.placed(handle.folder).model_copy(update={"prefer": chosen}), why)
            return {"prefer": chosen, "record": _written(handle)}


def _answered(handle: Handle, request: PreferRequest) -> float:
    """Write the answer down; the preference that follows from it and those before."""
    slots = handle.slots()
    for number in (request.better, request.worse):
        if number not in {slot.number for slot in slots if slot.complete}:
            raise BadInput("trial {number} is not complete", "answers are about complete trials", number=number)
    if request.neither:
        handle.append(ANSWER, Preference(request.better, request.worse, neither=True).as_json())
        return handle.plan.prefer
    points = ledger.points(slots)
    answers = [*map(Preference.of, handle.answers()), Preference(request.better, request.worse)]
    # Of a trial that no weight recommends nothing follows for the scores: it is taken as it is.
    weighed = request.better in pareto.tradeoff(points)
    chosen = preference.infer_preference(points, answers) if weighed else handle.plan.prefer
    known = 1 + max(slot.number for slot in slots)
    handle.append(ANSWER, Preference(request.better, request.worse, chosen, known).as_json())
    return chosen


def render(request: RenderRequest, reporter: Reporter) -> dict[str, Any]:
    """Render the recommended trial at full size, where that is due, and write the report: the ``record``."""

    def on_event(event: events.StudyEvent) -> None:
        match event:
            case events.Rendering():
                reporter.step(event.step, event.steps)
            case events.Note():
                reporter.note(event.text)

    runner.render(
        request.home,
        request.study,
        request.storage,
        offline=request.offline,
        device=request.device,
        on_event=on_event,
        stop=reporter.channel.stop,
        runtime=request.runtime,
    )
    with explain_errors(request.storage):
        return {"record": _written(Handle.find(request.home, request.study, request.storage))}


def _written(handle: Handle) -> dict[str, Any]:
    """Let ``best.<ext>`` and the report follow; the record."""
    show_best(handle)
    found = of(handle)
    reports.export(found)
    return found.as_json()


def export(request: ExportRequest, reporter: Reporter) -> dict[str, Any]:
    """Write the report; the object that ``autostyle report --json`` prints."""
    return report(request.home, request.study, request.storage, request.out, overwrite=request.force)


def report(home: Path, study: str, storage: str | None, out: Path | None, *, overwrite: bool) -> dict[str, Any]:
    """Write the report of a study with the recommended trial's picture: what ``autostyle report --json`` prints."""
    with explain_errors(storage):
        handle = Handle.find(home, study, storage)
        if trust.is_trusted(handle, storage):
            with contextlib.suppress(Lost):  # what cannot be rendered any more is reported all the same
                show_best(handle)
        found = of(handle)
    return reports.export(found, out, overwrite=overwrite)


def trust_study(request: TrustRequest, reporter: Reporter) -> dict[str, Any]:
    """Take the study as the person's own from now on."""
    with explain_errors(request.storage):
        trust.trust(request.home, request.study, request.storage)
    return {}


def studies(request: StudiesRequest, reporter: Reporter) -> dict[str, Any]:
    """The ``studies`` of the home, the last changed first."""
    found = list_studies(request.home, request.storage)
    return {"studies": [{**asdict(study), "folder": str(study.folder)} for study in found]}
