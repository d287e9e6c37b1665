"""Studies as jobs: read one, write its report, list them all."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from autostyle.errors import BadInput
from autostyle.jobs.reporter import Reporter
from autostyle.jobs.requests import Export, Prefer, Record, Revise, Studies
from autostyle.report import export as reports
from autostyle.report import payload
from autostyle.tuning import ledger
from autostyle.tuning.catalog import list_studies
from autostyle.tuning.handle import ANSWER, Handle
from autostyle.tuning.load import load_record, of
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.study import opened


def revise(request: Revise, reporter: Reporter) -> dict[str, Any]:
    """``what`` changed, one line a field, and the report's summary."""
    known = len(Handle.find(request.home, request.plan.study, request.storage).revisions())
    with opened(request.plan, request.home, request.storage, why=request.why) as (handle, _):
        new = handle.revisions()[known:]
        return {"what": [line for revision in new for line in revision["what"]], **reports.export(of(handle))}


def record(request: Record, reporter: Reporter) -> dict[str, Any]:
    """Everything known about a study, with the ``folder`` that its paths are relative to."""
    return _known(load_record(request.home, request.study, request.storage))


def _known(found: StudyRecord) -> dict[str, Any]:
    return {**payload.full(found), "folder": str(found.folder)}


def prefer(request: Prefer, reporter: Reporter) -> dict[str, Any]:
    """Keep the answer; the study with it, as :func:`record` gives it."""
    handle = Handle.find(request.home, request.study, request.storage)
    numbers = set(ledger.points(handle.slots()))
    for number in (request.better, request.worse):
        if number not in numbers:
            raise BadInput(f"trial {number} is not complete", "answers are about complete trials")
    handle.append(ANSWER, {"better": request.better, "worse": request.worse})
    return _known(of(handle))


def export(request: Export, reporter: Reporter) -> dict[str, Any]:
    """Write the report; the object that ``autostyle report --json`` prints."""
    found = load_record(request.home, request.study, request.storage)
    return reports.export(found, request.out, overwrite=request.force)


def studies(request: Studies, reporter: Reporter) -> dict[str, Any]:
    """The ``studies`` of the home, the last changed first."""
    found = list_studies(request.home, request.storage)
    return {"studies": [{**asdict(study), "folder": str(study.folder)} for study in found]}
