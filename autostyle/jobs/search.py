"""A whole search, from the plan to the report: in this process for the command line, as a job for the agent."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

from autostyle.errors import AutostyleError, BadInput, Refused, StudyFailed
from autostyle.jobs.reporter import Reporter
from autostyle.jobs.requests import SearchRequest
from autostyle.plan import Plan
from autostyle.processes.protocol import Channel, describe
from autostyle.report.export import export
from autostyle.tuning import runner
from autostyle.tuning.load import load_record
from autostyle.tuning.study import Revision


def search_and_report(plan: Plan, home: Path, storage: str | None, **options: Any) -> dict[str, Any]:
    """Run ``plan`` and write its report: the report's summary.

    A study that failed or ran out of time has a report too, before its error goes on.

    Args:
        options: as for :func:`autostyle.tuning.runner.tune`, which says what is raised.
    """
    try:
        record = runner.tune(plan, home, storage, **options)
    except (StudyFailed, Refused):
        with contextlib.suppress(BadInput):  # it ended before there was a study: its photographs were being fitted
            export(load_record(home, plan.study, storage))
        raise
    return export(record)


def search(request: SearchRequest, reporter: Reporter) -> dict[str, Any]:
    """Carry out ``request``: every event of the study becomes a message, and what the parent steers a revision."""
    channel = reporter.channel
    return search_and_report(
        request.plan,
        request.home,
        request.storage,
        offline=request.offline,
        device=request.device,
        on_event=lambda event: channel.send("event", **event.as_json()),
        stop=channel.stop,
        revisions=lambda: _wished(channel),
        why=request.why,
        runtime=request.runtime,
    )


def _wished(channel: Channel) -> Revision | None:
    """The next ``steer`` the parent has sent."""

    def answer(found: tuple[str, ...] | AutostyleError) -> None:
        if isinstance(found, AutostyleError):
            message = describe(found)
            message.pop("type")
            channel.send("refused", **message)
        else:
            channel.send("steered", what=found)

    message = channel.receive(timeout=0)
    if message is None:
        return None
    return Revision(Plan.model_validate(message["plan"]), message["why"], answer)
