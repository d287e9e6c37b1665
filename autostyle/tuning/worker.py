"""``python -m autostyle.tuning.worker``: takes runs of one study and paints them until the budget is spent.

The first line on its stdin says which study. It asks the storage for trials itself, so any number of workers, on any
number of machines, share a study; the parent only starts them, listens, and starts another when one dies. Importing
this module imports no torch; opening the runtime does.
"""

from __future__ import annotations

import contextlib
import logging
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import Timeout
from optuna.exceptions import StorageInternalError

from autostyle.atomic import atomic_write_bytes
from autostyle.codecs.image import save_image, webp_thumbnail
from autostyle.errors import AutostyleError, BadInput, Outdated, OutOfMemory
from autostyle.mediums.contract import Medium, Order, Scorer, style_of
from autostyle.mediums.files import shown
from autostyle.mediums.memory import refuse_beyond_memory
from autostyle.mediums.registry import scale
from autostyle.mediums.serving import open_medium
from autostyle.mediums.unasked import smaller_than_own
from autostyle.mediums.writing import write
from autostyle.methods import registry
from autostyle.methods.contract import AnyMethod, Inputs, Iterate, OnIterate, Stop, path_nearby
from autostyle.plan import Plan
from autostyle.processes.protocol import Channel, die_with_parent
from autostyle.sentences import Sentence, join_sentences
from autostyle.tuning import claims, events, ledger, runtime, trial
from autostyle.tuning.final import FinalRender, final_size, is_due
from autostyle.tuning.folder import RENDERING, lock
from autostyle.tuning.handle import FINAL, SCORER, STOP, Handle
from autostyle.tuning.load import trial_of
from autostyle.tuning.patience import Patience
from autostyle.tuning.run import RunUnderWay
from autostyle.tuning.runtime import Runtime
from autostyle.tuning.storage import explain_errors

PREVIEW_EVERY = 2.0
"""Least seconds between two previews: computing one costs about as much as a step of a small picture."""
REPORT_EVERY = 10.0
"""Least seconds between two progress reports in the storage: each is a commit."""


@dataclass(frozen=True)
class WorkerSettings:
    """What a worker is told.

    Args:
        home, study, storage_url: where the study is; None is HOME's own database.
        worker: its number.
        since: Unix time from which the study's minutes count: the begin of this session, less what earlier sessions
            used; infinite where they are another's to mind.
        remote: it joined a study that another process began: it reports progress in the storage too, where that one
            may look, and leaves the final render to it.
        renders: it runs no trials, only the final render.
        runtime: ``module:factory``.
    """

    home: str
    study: str
    storage_url: str | None
    worker: int
    offline: bool
    device: str
    since: float
    remote: bool = False
    renders: bool = False
    runtime: str = runtime.REAL

    def until(self, plan: Plan) -> float:
        """Unix time at which the minutes of ``plan`` are spent; infinite without a limit."""
        return self.since + plan.budget.minutes * 60 if plan.budget.minutes is not None else float("inf")


@dataclass
class Worker:
    """One worker at work on one study."""

    settings: WorkerSettings
    channel: Channel
    handle: Handle
    plan: Plan
    medium: Medium[Any, Any, Any]
    content: Any
    inputs: Inputs[Any, Any]
    computing: Runtime
    scorer: Scorer
    _methods: dict[str, AnyMethod] = field(default_factory=dict)
    _prepared: dict[tuple[str, int], Any] = field(default_factory=dict)
    _preview_at: float = 0.0

    @classmethod
    def open(cls, settings: WorkerSettings, channel: Channel) -> Worker:
        """Read the study, load what it needs, and check that the scorer is the one the study began with."""
        patience = Patience(lambda text: channel.send("event", **events.Note(text).as_json()), channel.stop)
        handle = Handle.find(Path(settings.home), settings.study, settings.storage_url, patience=patience)
        plan = handle.plan
        file = handle.input(plan.content)
        medium = open_medium(file, plan.methods[0].name)
        content = medium.load(file)
        styles = [medium.load_style(handle.input(path)) for path in plan.styles]
        style = style_of(styles, plan.style_weights, plan.described)
        aids = {name: tuple(map(handle.input, files)) for name, files in plan.aids.items()}
        inputs = medium.inputs(content, style, aids)
        computing = runtime.load(settings.runtime)(
            offline=settings.offline, device=settings.device, encoder=plan.encoder, worker=settings.worker
        )
        scorer = computing.scorer(inputs, medium, plan.scorer, plan.judged_by)
        worker = cls(settings, channel, handle, plan, medium, content, inputs, computing, scorer)
        worker._freeze()
        for text in dict.fromkeys(
            [*(note for read in (content, *styles) for note in read.notes), *worker.scorer.notes]
        ):
            worker.say(events.Note(text))
        return worker

    def say(self, event: events.StudyEvent) -> None:
        self.channel.send("event", **event.as_json())

    def work(self) -> None:
        """Run trials until the budget is spent or a stop arrives; then, if nobody else does, the final render."""
        while not self.settings.renders:
            self._heed_revisions()
            if self._over():
                break
            for method in self.plan.methods:
                self._prepare(method.name, self.plan.size)  # before a trial is taken: bad inputs are no trial's fault
            began = time.perf_counter()
            claim = claims.claim(self.handle, self.plan, self.settings.worker)
            if claim is None:
                break
            self._run(claim, began)
        if not self.settings.remote and not self.channel.stop.is_set():
            self._render()

    def _heed_revisions(self) -> None:
        """Go by the plan in force now."""
        plan = self.handle.plan
        if plan != self.plan:
            self.plan = plan
            self.handle.refresh()
            self._freeze()

    def _over(self) -> bool:
        # A trial that would not end in time is not begun.
        late = time.time() + self.handle.typical_seconds(self.plan) >= self.settings.until(self.plan)
        return late or self._stopping()

    def _stopping(self) -> bool:
        return self.channel.stop.is_set() or bool(self.handle.get(STOP))

    def _run(self, claim: claims.Claim, began: float) -> None:
        """A run, from its first point to the last that the walk, a stop or what happens to it lets it have."""
        proposed = time.perf_counter() - began
        run = RunUnderWay(claim)
        results = self._results(run)
        further: claims.Claim | None = claim
        while further is not None:
            with claims.beating(self.handle, further):
                further = self._point(run, results, began, proposed)
            began, proposed = time.perf_counter(), 0.0

    def _results(self, run: RunUnderWay) -> Iterator[Any]:
        """What a method makes of a run, each when it is asked for."""
        claim = run.claim
        if claim.params is None:
            return
        method, prepared = self._method(claim.method), self._prepare(claim.method, self.plan.size)
        seed, watch = self.plan.seed, self._watch(run)
        if claim.walk is None:
            yield method.run(prepared, claim.params, seed=seed, on_iterate=watch)
        else:
            yield from method.run_path(prepared, claim.params, run.values(), seed=seed, on_iterate=watch)

    def _point(self, run: RunUnderWay, results: Iterator[Any], began: float, proposed: float) -> claims.Claim | None:
        """The point at which a run is: painted, scored and told; the next one, which is taken before this is told."""
        claim = run.claim
        self.say(
            events.TrialStarted(
                claim.number, claim.method, claim.origin, self.settings.worker, claim.values, run=claim.run
            )
        )
        outcome = (
            trial.refused(claim.refusal) if claim.params is None else trial.attempt(lambda: next(results), self.scorer)
        )
        if outcome.interrupted:
            claims.give_back(self.handle, claim)
            return None
        value = None if self._stopping() else run.onward(outcome.result)
        further = None if value is None else claims.go_on(self.handle, claim, self.settings.worker, value)
        try:
            told = trial.settle(
                self.handle, self.medium, claim, outcome, seed=self.plan.seed, began=began, proposed=proposed
            )
        except AutostyleError:
            # The picture could not be written. That is no fault of the trial, which another session takes up again.
            with explain_errors(self.settings.storage_url):
                for taken in filter(None, (claim, further)):
                    claims.give_back(self.handle, taken)
            raise
        if further is not None and not told:
            claims.drop(self.handle, further)
            return None
        if told:
            self._report(claim.number)
        if further is not None:
            run.claim = further
        return further

    def _report(self, number: int) -> None:
        slots = {slot.number: slot for slot in self.handle.slots()}
        stand = self.handle.standing(tuple(slots.values()), self.plan)
        done = ledger.runs_done(slots.values())
        mine = [slot for slot in slots.values() if slot.run == slots[number].run]
        finished = trial_of(slots[number], self.handle.folder, self.medium.spec.kept)
        self.say(
            events.TrialFinished(
                number=number,
                method=finished.method,
                worker=self.settings.worker,
                state=finished.state,
                done=done,
                total=self.plan.budget.total(done),
                seconds=finished.seconds,
                scores=finished.scores,
                error=finished.error,
                image=finished.image.as_posix() if finished.image else None,
                over=finished.over,
                best=stand.best,
                best_scores=slots[stand.best].scores if stand.best is not None else {},
                front=stand.front,
                hypervolume=stand.hypervolume,
                run=finished.run,
                run_seconds=sum(slot.seconds for slot in mine) if all(slot.finished for slot in mine) else 0.0,
                pictures=sum(slot.complete for slot in slots.values()),
            )
        )

    def _watch(self, run: RunUnderWay) -> OnIterate:
        reported = 0.0
        until = self.settings.until(self.plan)

        def on_iterate(iterate: Iterate) -> None:
            nonlocal reported
            claim = run.claim
            if self.channel.stop.is_set() or time.time() >= until:
                raise Stop
            if self.settings.remote and time.monotonic() - reported >= REPORT_EVERY:
                reported = time.monotonic()
                with contextlib.suppress(StorageInternalError):
                    claim.trial.set_user_attr("autostyle:progress", f"{iterate.step}/{iterate.steps}")
            if self.channel.progress_due():
                self.say(
                    events.Progress(
                        claim.number,
                        claim.method,
                        self.settings.worker,
                        iterate.step,
                        iterate.steps,
                        iterate.loss,
                        self._preview(iterate),
                        run=claim.run,
                        share=run.share(iterate.step / max(iterate.steps, 1)),
                    )
                )

        return on_iterate

    def _preview(self, iterate: Iterate) -> str:
        name = f"live/worker-{self.settings.worker}.webp"
        if time.monotonic() - self._preview_at >= PREVIEW_EVERY:
            with contextlib.suppress(AutostyleError):  # no trial fails because its preview could not be written
                atomic_write_bytes(self.handle.file(name), webp_thumbnail(iterate.image(), trial.THUMBNAIL))
            self._preview_at = time.monotonic()
        return name

    def _method(self, name: str) -> AnyMethod:
        if name not in self._methods:
            self._methods[name] = self.computing.method(name, self.medium)
        return self._methods[name]

    def _prepare(self, name: str, size: int) -> Any:
        if (name, size) not in self._prepared:
            self._prepared[name, size] = self._method(name).prepare(self.inputs, size)
        return self._prepared[name, size]

    def _freeze(self) -> None:
        """Write down the scorer and the encoders of a new study; refuse to go on with others."""
        identity = self.scorer.identity.as_json()
        encoders = {m.name: self._method(m.name).weights_of(self.inputs) for m in self.plan.methods}
        before = self.handle.get(SCORER)
        given, wanted = self.scorer.identity.objectives, self.handle.objectives
        if given != wanted:
            raise BadInput(
                "study {name} searches for {wanted}, and its scorer gives {given}",
                "start a new study: give another --study name",
                name=self.handle.name,
                wanted=", ".join(wanted),
                given=", ".join(given),
            )
        if before is not None:
            frozen = ("style", "profile", "version", "weights_hash")
            differs = [Sentence("the scorer ({key})", key=key) for key in frozen if before.get(key) != identity[key]]
            differs += [
                Sentence("what paints ({method})", method=m)
                for m in encoders
                if before["encoders"].get(m, encoders[m]) != encoders[m]
            ]
            if differs:
                raise Outdated(
                    "study {name} cannot be resumed: {what} is not what it began with",
                    "put the same weights back, or start a new study: give another --study name",
                    name=self.handle.name,
                    what=join_sentences(differs),
                )
            identity, encoders = identity | {"anchors": before["anchors"]}, {**before["encoders"], **encoders}
        now = {**identity, "encoders": encoders, "notes": list(self.scorer.notes)}
        if now != before:
            self.handle.put(SCORER, now)

    def _render(self) -> None:
        """Render the recommended trial at the final size, unless that is done or another worker is at it."""
        size = final_size(self.plan, self.medium.size(self.content))
        with contextlib.suppress(Timeout), lock(self.handle.file(RENDERING), timeout=0):
            slot = is_due(self.handle, self.plan, size)
            if slot is not None:
                final = self._final(slot, size)
                if final is not None:
                    self.handle.put(FINAL, final.as_json())

    def _final(self, slot: ledger.Slot, size: int) -> FinalRender | None:
        unit = scale(self.plan.medium).unit

        def on_iterate(iterate: Iterate) -> None:
            if self.channel.stop.is_set():
                raise Stop
            if self.channel.progress_due():
                self.say(events.Rendering(slot.number, size, iterate.step, iterate.steps, unit))

        self.say(events.Rendering(slot.number, size, 0, 1, unit))
        began = time.perf_counter()
        name = self.plan.finishing(slot.method)
        params = registry.params(name).parse(slot.result.params)
        exact = size == self.plan.size
        path = slot.path if exact else path_nearby(self._method(name).spec, params, slot.path)
        order = Order(self.inputs.style, params, slot.result.seed, size, self.inputs.aids, path)
        place = self.handle.file(self.medium.spec.best)
        height, width = self.medium.preview(self.content).shape[:2]
        try:
            refuse_beyond_memory(name, (height, width), size, self.settings.device, self.inputs.aids)
        except BadInput as error:
            self.say(events.Note(Sentence("no final render: {error}; {hint}", error=error.message, hint=error.hint)))
            return FinalRender(slot.number, size, state="memory")
        try:
            drawn = self.medium.draw(self._method(name), self.content, order, place, on_iterate)
            if drawn.stopped:
                return None
            sample = drawn.sample
            scores = self.scorer.score(sample)
        except (OutOfMemory, MemoryError):
            told = self.plan.told(size)
            self.say(
                events.Note(
                    Sentence("the final render at {size} ran out of memory: try a smaller --final-size", size=told)
                )
            )
            return FinalRender(slot.number, size, state="memory")
        for text in write(drawn, place, overwrite=True):
            self.say(events.Note(Sentence("{name}: {note}", name=place.name, note=text)))
        if shown(place) != place:
            save_image(shown(place), self.medium.still(sample), overwrite=True)
        own = self.medium.size(self.content)
        note = smaller_than_own(self.plan.medium, name, size, own, self.plan.study)
        if self.plan.final_size is None and note:
            self.say(events.Note(note))
        seconds = time.perf_counter() - began
        return FinalRender(slot.number, size, place.name, scores.objectives, seconds)


def main() -> int:
    """Run one worker; every error goes to the parent as a message."""
    channel = Channel.take_over()
    first = channel.receive()
    if first is None:  # whoever started it is gone
        return 0
    first.pop("type")
    logging.basicConfig()  # to stderr, the worker's log; unlike a print it forgives a full disk
    settings = WorkerSettings(**first)
    die_with_parent()
    try:
        with explain_errors(settings.storage_url):
            Worker.open(settings, channel).work()
    except Exception as error:
        channel.fail(error)
        logging.exception("the worker ends")
        return 1
    channel.send("done")
    return 0


if __name__ == "__main__":
    sys.exit(main())
