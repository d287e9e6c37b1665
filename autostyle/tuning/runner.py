"""Run a study to its end, render its best, or help another process run it.

The parent computes nothing. What lasts is written by the workers into the storage, so a parent that is killed takes
nothing with it but the trials that were running, and those are taken up again by the next session.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from autostyle.errors import BadInput, Refused, StudyFailed
from autostyle.methods.contract import Iterate, OnIterate, Stop
from autostyle.plan import Plan
from autostyle.sentences import Sentence
from autostyle.tuning import events, trust
from autostyle.tuning.final import show_best
from autostyle.tuning.fitting import refuse_unfit
from autostyle.tuning.folder import WORKER_LOG
from autostyle.tuning.handle import Handle
from autostyle.tuning.inputs import readable, settle
from autostyle.tuning.load import of
from autostyle.tuning.patience import SECONDS, Patience, waiting
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.runtime import REAL
from autostyle.tuning.storage import describe_storage, explain_errors
from autostyle.tuning.study import hold_study, is_own
from autostyle.tuning.study_lock import hold
from autostyle.tuning.supervisor import Revisions, Supervisor
from autostyle.tuning.worker import WorkerSettings


def tune(
    plan: Plan,
    home: Path,
    storage_url: str | None = None,
    *,
    offline: bool,
    device: str,
    on_event: events.OnEvent = lambda event: None,
    stop: threading.Event | None = None,
    revisions: Revisions = lambda: None,
    why: str = "",
    runtime: str = REAL,
) -> StudyRecord:
    """Create or resume the study of ``plan``, run it until its budget is spent, and render the best at full size.

    The calling thread must live until this returns: its end would end the workers.

    Args:
        plan: the study; the pictures it names are copied into HOME/NAME.
        home: where studies live.
        storage_url: another database than HOME's own.
        on_event: called in this thread with everything that happens.
        stop: set it to end early: running trials go back to the queue, everything finished is kept.
        revisions: asked over and over for changes of the plan; the trials to come go by them.
        why: the reason for a changed plan, for the record.
        runtime: what workers compute with, ``module:factory``.

    Raises:
        BadInput: the plan or a picture, weights of another kind, a resume with other inputs, or the study is being run
            already.
        Missing: weights, the storage or disk space.
        Refused: the minutes were spent before anything completed.
        Unconsented: it imitates a voice without consent.
        StudyFailed: no trial completed.
    """
    if runtime == REAL:
        aids = readable(plan, home / plan.study, lambda: is_own(home, plan.study, storage_url))
        for method in plan.methods:
            refuse_unfit(method.name, method.fixed, aids, base=plan.encoder)
    stop = stop or threading.Event()
    say, patience = _patient(on_event, stop, storage_url)
    settle(plan, home / plan.study, lambda: is_own(home, plan.study, storage_url), _telling(say, stop))
    with (
        hold_study(plan, home, storage_url, why=why, patience=patience) as (handle, resumed),
        explain_errors(storage_url),
    ):
        supervisor = Supervisor(
            handle,
            handle.plan,
            WorkerSettings(str(home), handle.name, storage_url, 0, offline, device, float("inf"), runtime=runtime),
            say,
            stop,
            patience,
            revisions,
        )
        reason = supervisor.run(resumed)
        show_best(handle)
        record = of(handle)
    if reason != "stopped" and record.best is None:
        if reason == "minutes":
            raise Refused("the time was spent before a trial completed", "give more --minutes, or a smaller --size")
        failed = next((trial.error for trial in record.trials if trial.error), Sentence("no trial ran"))
        raise StudyFailed(
            "no trial of study {name} completed: {failed}",
            "see {place}",
            name=handle.name,
            failed=Sentence(failed),
            place=handle.folder / WORKER_LOG,
        )
    return record


def render(
    home: Path,
    name: str,
    storage_url: str | None = None,
    *,
    offline: bool,
    device: str,
    on_event: events.OnEvent = lambda event: None,
    stop: threading.Event | None = None,
    runtime: str = REAL,
) -> StudyRecord:
    """Render the recommended trial at full size, where that is due, and run no trial. Arguments as for :func:`tune`.

    Raises:
        BadInput: there is no such study, nothing is complete in it, or it is being run.
        Missing: weights, the storage or disk space.
    """
    settings = WorkerSettings(
        str(home), name, storage_url, 0, offline, device, float("inf"), renders=True, runtime=runtime
    )
    with _supervised(home, settings, on_event, stop) as supervisor, hold(supervisor.handle.folder, name):
        handle = supervisor.handle
        if handle.standing().best is None:
            raise BadInput("{study} has no complete trial yet", "search first", study=name)
        if supervisor.renders():
            supervisor.supervise(workers=1)
        show_best(handle)
        return of(handle)


def join(
    home: Path,
    name: str,
    storage_url: str | None = None,
    *,
    offline: bool,
    device: str,
    on_event: events.OnEvent = lambda event: None,
    stop: threading.Event | None = None,
    runtime: str = REAL,
) -> None:
    """Add one worker to a study that another process runs; returns when the study's trials are spent or stopped.

    The study's folder must be reachable here as HOME/NAME. Arguments as for :func:`tune`.
    """
    settings = WorkerSettings(
        str(home), name, storage_url, os.getpid(), offline, device, float("inf"), remote=True, runtime=runtime
    )
    with _supervised(home, settings, on_event, stop) as supervisor:
        supervisor.help()


@contextlib.contextmanager
def _supervised(
    home: Path, settings: WorkerSettings, on_event: events.OnEvent, stop: threading.Event | None
) -> Iterator[Supervisor]:
    """A supervisor for the study that is there, the person's own or trusted."""
    with explain_errors(settings.storage_url):
        stop = stop or threading.Event()
        say, patience = _patient(on_event, stop, settings.storage_url)
        handle = Handle.find(home, settings.study, settings.storage_url, patience=patience)
        trust.require(handle, settings.storage_url)
        yield Supervisor(handle, handle.plan, settings, say, stop, patience)


TOLD_EVERY = 20.0
"""Seconds from one note of how far it is, before a search begins, to the next."""


def _telling(say: events.OnEvent, stop: threading.Event) -> OnIterate:
    """What tells how far the photographs of a content are fitted, and stops that."""
    due = 0.0

    def on_iterate(iterate: Iterate) -> None:
        nonlocal due
        if stop.is_set():
            raise Stop
        if time.monotonic() >= due:
            due = time.monotonic() + TOLD_EVERY
            percent = 100 * iterate.step // iterate.steps
            say(events.Note(Sentence("{doing}: {percent} %", doing=iterate.doing, percent=percent)))

    return on_iterate


def _patient(
    on_event: events.OnEvent, stop: threading.Event, storage_url: str | None
) -> tuple[events.OnEvent, Patience]:
    """``on_event`` that hears only once that its processes wait for a server, and the patience of this one."""
    note, until = events.Note(waiting(describe_storage(storage_url))), 0.0

    def tell(event: events.StudyEvent) -> None:
        nonlocal until
        if event == note:
            if time.monotonic() < until:
                return
            until = time.monotonic() + SECONDS
        on_event(event)

    return tell, Patience(lambda text: tell(events.Note(text)), stop)
