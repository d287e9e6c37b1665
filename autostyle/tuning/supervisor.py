"""Supervise the workers of a study: start them, listen to them, start others when they die, end them well."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime

from autostyle import safe_files
from autostyle.errors import AutostyleError, BadInput, StudyFailed
from autostyle.mediums.serving import open_medium
from autostyle.plan import Plan
from autostyle.processes.process import GRACE, Child
from autostyle.processes.protocol import ProtocolMessage, revive
from autostyle.sentences import Sentence
from autostyle.tuning import claims, events, ledger, schedule
from autostyle.tuning.final import final_size, is_due
from autostyle.tuning.folder import LOG, WORKER_LOG
from autostyle.tuning.handle import STOP, Handle
from autostyle.tuning.pace import Pace
from autostyle.tuning.patience import Patience
from autostyle.tuning.storage import SILENT
from autostyle.tuning.study import Revision, revise_plan
from autostyle.tuning.worker import WorkerSettings

MAX_IDLE_DEATHS = 3
"""How many workers may die in a row without having taken a trial."""
TICK = 0.1
POLL = 2.0
"""Seconds between two looks at trials that others run."""

Revisions = Callable[[], Revision | None]
"""The next revision that somebody wishes, at once; None where nobody wishes any."""


@dataclass
class Supervisor:
    """Workers of one study, from the first start to the last end; what they say, and what is wished, in this thread."""

    handle: Handle
    plan: Plan
    settings: WorkerSettings
    on_event: events.OnEvent
    stop: threading.Event
    patience: Patience
    revisions: Revisions = lambda: None
    _inbox: queue.Queue[tuple[Child, ProtocolMessage | None]] = field(default_factory=queue.Queue)
    _workers: dict[Child, int] = field(default_factory=dict)
    _told: set[Child] = field(default_factory=set)
    "Workers that said how they end: done, or with an error."
    _error: Exception | None = None
    _idle_deaths: int = 0
    _kill_at: float = float("inf")
    _revised: bool = False
    "A revision came that no worker may have lived to see."

    def __post_init__(self) -> None:
        self._pace = Pace(self.plan)
        slots = self.handle.slots()
        spent = ledger.run_seconds(slots)
        for slot in slots:
            if slot.leads and slot.finished:
                self._pace.finished(slot.number, slot.method, spent[slot.number], slot.result.params)

    def run(self, resumed: bool) -> str:
        """The whole session: what another left open, the trials, the final render; returns why it ended."""
        # Whoever ran the study before is gone with its workers: killed, or the machine was. That is no trial's fault.
        self._close_orphans(all_blameless=True)
        done, total = self._tell_opened(resumed)
        if self._work_left():
            self.settings = replace(self.settings, since=time.time() - self.handle.seconds())
            self.handle.begin_session()
            self.supervise(min(self.plan.workers, max(1, total - done)))
            while self._others_ran() or (self._revised and self._work_left() and not self.stop.is_set()):
                self._revised = False
                self.supervise(1)
        before, (done, total) = done, self._counts()
        if resumed and done == before and not self.stop.is_set():
            self._tell_untried()
        reason = "stopped" if self.stop.is_set() else "trials" if done >= total else "minutes"
        if reason == "minutes":
            self.handle.note_time_is_up(self.plan)
        self._tell(events.Ended(reason, done, total, self._pictures()))
        return reason

    def renders(self) -> bool:
        """Whether a final render is due."""
        content = self.handle.input(self.plan.content)
        medium = open_medium(content, self.plan.methods[0].name)
        own = medium.size(medium.load(content))
        return is_due(self.handle, self.plan, final_size(self.plan, own)) is not None

    def help(self) -> None:
        """Run one worker beside those of the process that runs the study."""
        self._tell_opened(resumed=True)
        self.supervise(workers=1)

    def supervise(self, workers: int) -> None:
        """Run ``workers`` workers until there is nothing left for them."""
        try:
            self._start_missing(workers)
            while self._workers:
                self._listen()
                if self._kill_at == float("inf"):
                    self._mind_revisions()
                self._mind_stop()
        finally:
            blameless = [child.pid for child in self._workers]
            for child in self._workers:
                child.kill()
            self._workers.clear()
            self._close_orphans(blameless)
        if self._error is not None:
            raise self._error

    def _others_ran(self) -> bool:
        """Wait for the trials that workers started by others are still at; whether there were any."""
        waited = False
        while (
            any(slot.started and not slot.finished for slot in self.handle.slots())
            and not self.stop.is_set()
            and time.time() < self.settings.until(self.plan)
        ):
            if not waited:
                self._tell(
                    events.Note(
                        Sentence(
                            "waiting for trials that run elsewhere; one whose host gives no sign of life for {seconds} "
                            "seconds is tried again",
                            seconds=SILENT,
                        )
                    )
                )
            waited = True
            self.stop.wait(POLL)
            self._mind_revisions()
            self._close_orphans()
        return waited and not self.stop.is_set()

    def _start_missing(self, workers: int) -> None:
        for number in range(workers):
            if number not in self._workers.values():
                self._start(number)

    def _start(self, number: int) -> None:
        child = Child(
            ["autostyle.tuning.worker"],
            inbox=self._inbox,
            log=self.handle.file(WORKER_LOG),
            threads=max(1, (os.cpu_count() or 1) // self.plan.workers),
        )
        self._workers[child] = number
        # Over stdin, not as arguments: a storage URL may hold a password, and arguments show in the process list.
        child.send("open", **asdict(replace(self.settings, worker=self.settings.worker + number)))

    def _listen(self) -> None:
        try:
            child, message = self._inbox.get(timeout=TICK)
        except queue.Empty:
            return
        if message is None:
            self._ended(child)
        elif message["type"] == "event":
            message.pop("type")
            self._tell(events.parse(message))
        else:
            self._told.add(child)
            if message["type"] == "error" and self._error is None:
                self._error = revive(message)
                self.patience.lost.set()
                self._stop_all()

    def _ended(self, child: Child) -> None:
        number = self._workers.pop(child)
        child.stop()  # it has ended: this only collects it
        how = _how(child.returncode)
        stopping = self._kill_at < float("inf")
        excused = child in self._told or stopping
        self._close_orphans([child.pid] if excused else [], how)
        if excused:
            return
        self._idle_deaths += 1
        if self._idle_deaths < MAX_IDLE_DEATHS:
            self._tell(events.Note(Sentence("a worker died ({how}); another one is started", how=how)))
            self._start(number)
        elif self._trials_left() and not self.settings.renders:
            log = self.handle.folder / WORKER_LOG
            self._error = StudyFailed("workers die before they do anything ({why})", "see {place}", why=how, place=log)
            self._stop_all()
        else:
            self._tell(
                events.Note(
                    Sentence("the final render failed ({how}); the best trial is kept at the search's size", how=how)
                )
            )

    def _close_orphans(self, blameless: Sequence[int] = (), why: str = "", *, all_blameless: bool = False) -> None:
        for text in claims.close_orphans(self.handle, blameless=blameless, all_blameless=all_blameless, why=why):
            self._tell(events.Note(text))

    def _mind_revisions(self) -> None:
        while (wish := self.revisions()) is not None:
            try:
                what = self._revise(wish)
            except AutostyleError as error:
                wish.answer(error)
                continue
            if what:  # told first: whoever wished it knows then what it came to
                self._tell(events.Revised(what, wish.why, self._counts()[1], self.handle.standing().best))
            wish.answer(what)

    def _revise(self, wish: Revision) -> tuple[str, ...]:
        if (wish.plan.encoder, wish.plan.scorer) != (self.plan.encoder, self.plan.scorer):
            raise BadInput("the weights of a running study cannot change", "stop it first, or start a new study")
        what = revise_plan(self.handle, wish.plan, wish.why)
        self.plan = self.handle.plan
        self._pace.revise(self.plan)
        self._revised = True  # an answer of a person moves the recommended trial even where no field changed
        if self._workers and self._trials_left():
            self._start_missing(self.plan.workers)
        return what

    def _mind_stop(self) -> None:
        if self.stop.is_set() and self._kill_at == float("inf"):
            if not self.settings.remote:
                self.handle.put(STOP, True)
            self._stop_all()
        if time.monotonic() > self._kill_at:
            for child in self._workers:
                child.kill()

    def _stop_all(self) -> None:
        self._kill_at = time.monotonic() + GRACE
        for child in self._workers:
            child.send("stop")

    def _counts(self) -> tuple[int, int]:
        """Runs done, and how many there are to be: never fewer."""
        done = ledger.runs_done(self.handle.slots())
        return done, self.plan.budget.total(done)

    def _pictures(self) -> int:
        return sum(slot.complete for slot in self.handle.slots())

    def _trials_left(self) -> bool:
        methods = [method.name for method in self.plan.methods]
        return schedule.next_method(methods, self.plan.budget.trials, self.handle.slots()) is not None

    def _work_left(self) -> bool:
        return (self._trials_left() and not self.handle.time_is_up(self.plan)) or self.renders()

    def _tell_opened(self, resumed: bool) -> tuple[int, int]:
        """Tell how far the study is: its runs done and planned."""
        done, total = self._counts()
        name, folder, objectives = self.handle.name, str(self.handle.folder), self.handle.objectives
        self._tell(events.Opened(name, folder, done, total, resumed, objectives, self._pictures()))
        return done, total

    def _tell_untried(self) -> None:
        """Say of what is asked for now that no trial was run with it, and none is to come."""
        ran = [(slot.method, slot.result.params) for slot in self.handle.slots() if slot.finished]
        first = self.plan.methods[0]
        untried = [
            " ".join([method.name, *(f"{name}={value}" for name, value in method.fixed.items())])
            for method in self.plan.methods
            if (method.fixed or method is first)
            and not any(name == method.name and params.items() >= method.fixed.items() for name, params in ran)
        ]
        if untried:
            self._tell(
                events.Note(
                    Sentence(
                        "nothing was run: the trials of {study} were spent before, none of them with {what}; "
                        "more --trials or --minutes try it, another --study name begins anew",
                        study=self.handle.name,
                        what=", ".join(untried),
                    )
                )
            )

    def _tell(self, event: events.StudyEvent) -> None:
        if isinstance(event, events.TrialStarted):
            self._idle_deaths = 0
            self._pace.started(events.run_of(event), event.method, event.params, time.monotonic())
        if isinstance(event, events.Progress):
            self._pace.progressed(events.run_of(event), event.far)
            event = replace(event, left=self._left())
        if isinstance(event, events.TrialFinished):
            if event.run_seconds > 0 or event.run < 0:
                self._pace.finished(events.run_of(event), event.method, event.run_seconds or event.seconds)
            event = replace(event, left=self._left())
        if not isinstance(event, events.Progress | events.Rendering):
            line = json.dumps({"at": datetime.now(UTC).isoformat(timespec="milliseconds"), **event.as_json()})
            # A full disk is reported by the worker that meets it, with a hint.
            with contextlib.suppress(OSError):
                safe_files.append(self.handle.file(LOG), line + "\n")
        self.on_event(event)

    def _left(self) -> float | None:
        left = self._pace.left(time.monotonic(), len(self._workers))
        return None if left is None else min(left, max(0.0, self.settings.until(self.plan) - time.time()))


def _how(returncode: int | None) -> str:
    if returncode is not None and returncode < 0:
        return f"killed by signal {-returncode}"
    return f"exit code {returncode}"
