"""Taking a run, going on along it, telling its trials, giving it back, and closing those whose process died."""

from __future__ import annotations

import os
import socket
import warnings
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

import optuna
import psutil  # type: ignore[import-untyped]
from optuna.exceptions import UpdateFinishedTrialError
from optuna.samplers import RandomSampler
from optuna.storages._heartbeat import BaseHeartbeatThread, get_heartbeat_thread
from optuna.trial import FrozenTrial, TrialState, create_trial

from autostyle.errors import BadInput
from autostyle.methods import registry
from autostyle.methods.contract import at_ratio
from autostyle.methods.params import Params, Value
from autostyle.plan import MethodPlan, Plan
from autostyle.sentences import Sentence
from autostyle.tuning import ledger, sampler, schedule, validation
from autostyle.tuning.handle import Handle, space_of
from autostyle.tuning.pareto import Point, clamp_point
from autostyle.tuning.paths import Walk
from autostyle.tuning.result import TrialResult
from autostyle.tuning.search_space import SearchSpace
from autostyle.tuning.validation import QUEUED

MAX_CRASHES = 3
"""How often a trial may kill its process before it is set aside as failed."""
_STATES = {"complete": TrialState.COMPLETE, "pruned": TrialState.PRUNED, "failed": TrialState.FAIL}


@dataclass(frozen=True)
class Claim:
    """A trial that this process runs: the first point of a run, or a further one.

    Args:
        number: the trial's number within the study.
        method: which method.
        trial: the Optuna trial.
        origin: as in TrialRecord.
        values: the full parameter set.
        params: the same, validated; None where the method's model refuses the combination, for ``refusal``.
        by: the sampler that proposed it, and why that one.
        run: number of the first point of its run; ``first`` is Optuna's own of that trial.
        path: values of the ratio that its run painted before.
        walk: where its run goes from here; None where a run is one value.
    """

    number: int
    method: str
    trial: optuna.Trial
    origin: str
    values: dict[str, Value]
    params: Params | None
    refusal: str
    by: tuple[sampler.Name, str]
    run: int
    first: int
    path: tuple[float, ...] = ()
    walk: Walk | None = None

    @property
    def stem(self) -> str:
        return ledger.stem(self.number, self.method)


def claim(handle: Handle, plan: Plan, worker: int) -> Claim | None:
    """Take the next run, from a method's queue or from its sampler: its first point; None when the budget is spent."""
    with handle.asking:
        set_aside(handle)
        slots = handle.slots()
        method = schedule.next_method([m.name for m in plan.methods], plan.budget.trials, slots)
        if method is None:
            return None
        mine = [slot for slot in slots if slot.method == method]
        space = _learned(space_of(_of(plan, method)), mine)
        study = handle.study(method)
        by = sampler.choose(plan.sampler, space, plan.budget.trials, len(handle.objectives))
        queued = any(not slot.started for slot in mine)
        seed = sampler.seed(plan.seed, method, worker, len(mine))
        for slot in mine:
            if not slot.started and space.begin:
                bring_inside(handle, slot.attempt, space)
        # A queued trial has its values; no sampler needs to think about it.
        study.sampler = sampler.make("random" if queued else by[0], space, seed)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Heartbeat of storage")  # :func:`beating` gives it
            trial = study.ask(space.searched)
        handle.storage.record_heartbeat(trial._trial_id)  # before there is an owner to be believed
        trial.set_user_attr(ledger.OWNER, {**identity(os.getpid()), "worker": worker, "beats": True})
    start = ledger.start(validation.trial(method, handle.storage.get_trial(trial._trial_id), handle.objectives).trial)
    values = space.full(trial.params, start.get("params"))
    params, refusal = _validated(space.model, values)
    startup = sum(slot.finished for slot in mine if slot.leads) < sampler.startup(space) and by[0] != "random"
    origin = start.get("origin", "startup" if startup else "sampler")
    slots = handle.slots()
    number = next(slot.number for slot in slots if slot.attempt._trial_id == trial._trial_id)
    walk = space.walk([start.get("through")])
    taken = Claim(number, method, trial, origin, values, params, refusal, by, number, trial.number, walk=walk)
    if _surplus(slots, plan.budget.trials, trial._trial_id):
        _finish(handle, taken, TrialState.FAIL, TrialResult(void=True))
        return None
    return taken


def go_on(handle: Handle, claim: Claim, worker: int, value: float) -> Claim:
    """Take the next point of a run, which has ``value`` of the ratio: its trial is there, whole, or it is not.

    This comes before ``claim``, the point before it, is told: so there is a running trial for as long as a run goes on.
    """
    assert claim.params is not None
    study, spec = handle.study(claim.method), registry.find_built(claim.method)
    path, values = (*claim.path, float(claim.values[spec.ratio])), {**claim.values, spec.ratio: value}
    distributions = claim.trial.distributions
    template = create_trial(
        state=TrialState.RUNNING,
        params={name: values[name] for name in distributions},
        distributions=distributions,
        user_attrs={
            ledger.RUN: {"of": claim.first, "path": list(path)},
            ledger.OWNER: {**identity(os.getpid()), "worker": worker, "beats": True},
        },
    )
    study.sampler = RandomSampler()  # it has its values
    trial = optuna.Trial(study, handle.storage.create_new_trial(study._study_id, template))
    handle.storage.record_heartbeat(trial._trial_id)
    number = next(slot.number for slot in handle.slots() if slot.attempt._trial_id == trial._trial_id)
    params = at_ratio(spec, claim.params, value)
    return replace(claim, number=number, trial=trial, values=values, params=params, path=path)


def drop(handle: Handle, claim: Claim) -> None:
    """End a run at a further point of it, which is no trial then."""
    _finish(handle, claim, TrialState.FAIL, TrialResult(void=True))


def tell(handle: Handle, claim: Claim, result: TrialResult) -> bool:
    """Write the ``result`` of a finished trial, and tell its state.

    Samplers ignore the constraints of failed trials, so one that cannot work here is told as pruned with a constraint;
    one that is over a limit of its method is complete, with a constraint.

    Returns:
        False if the trial was taken away in the meantime, because this process was thought dead.
    """
    assert result.state is not None, "it has ended"
    state = _STATES[result.state]
    values: Point | None = None
    if state == TrialState.COMPLETE:
        # As far as they count: a sampler that is told more spends its trials where the front gains nothing.
        values = clamp_point(tuple((result.scores or {})[name] for name in handle.objectives))
    broken = {"feasible": 1.0} if result.state == "pruned" else result.over
    for name, excess in broken.items():
        claim.trial.set_constraint(name, excess)
    return _finish(handle, claim, state, result, values)


def give_back(handle: Handle, claim: Claim) -> None:
    """Put an interrupted trial back into its queue: the next attempt goes under the same number. A run that has points
    ends there."""
    _replace(handle, claim.method, handle.storage.get_trial(claim.trial._trial_id), crashed=False, why="")


def enqueue(handle: Handle, plan: MethodPlan, params: dict[str, Value], start: dict[str, Any]) -> None:
    """Queue a trial of a method with ``params``; ``start`` is kept with it. What is missing the sampler adds."""
    sampled = {name: value for name, value in params.items() if name in space_of(plan).searched}
    handle.study(plan.name).enqueue_trial(sampled, user_attrs={ledger.START: start})


def bring_inside(handle: Handle, waiting: FrozenTrial, space: SearchSpace) -> None:
    """Move the values of a queued trial inside the bounds of ``space``: Optuna would use them as they are."""
    queued = waiting.system_attrs.get(QUEUED, {})
    inside = queued | space.clipped(queued)
    if inside != queued:
        handle.storage.set_trial_system_attr(waiting._trial_id, QUEUED, inside)


def set_aside(handle: Handle) -> list[str]:
    """Close, unrun, the trials that wait or run and of which the database says what cannot be.

    Returns:
        What was done, one line each.

    Raises:
        BadInput: samplers would read a finished one.
    """
    done: list[str] = []
    for method, flawed in handle.flawed().items():
        for attempt in (known.trial for known in flawed):
            said: TrialResult = attempt.user_attrs[ledger.RECORD]
            if attempt.state in (TrialState.COMPLETE, TrialState.PRUNED):
                raise BadInput(
                    "study {name} cannot go on: the database says of attempt {number} of {method} what cannot be",
                    validation.DAMAGED,
                    name=handle.name,
                    number=attempt.number,
                    method=method,
                )
            if attempt.state == TrialState.WAITING:
                handle.storage.set_trial_state_values(attempt._trial_id, TrialState.RUNNING)
            if not attempt.state.is_finished():
                handle.storage.set_trial_user_attr(attempt._trial_id, ledger.RECORD, said.as_json())
                handle.storage.set_trial_state_values(attempt._trial_id, TrialState.FAIL)
                done.append(
                    Sentence(
                        "a trial of {method} is set aside: {error}", method=method, error=Sentence(said.error or "")
                    )
                )
    return done


def close_orphans(
    handle: Handle, *, blameless: Collection[int] = (), all_blameless: bool = False, why: str = ""
) -> list[str]:
    """Close the running trials whose process is dead, and queue each again at once.

    One on another host is dead once it has given no sign of life for :data:`autostyle.tuning.storage.SILENT` seconds.
    One that has now killed its process :data:`MAX_CRASHES` times is set aside as failed instead.

    Args:
        blameless: pids of processes whose end was not their trial's fault.
        all_blameless: nobody's was: the program that had started them died, too.
        why: how the process ended, for the record of a trial that is set aside.

    Returns:
        What was done, one line each.
    """
    done = []
    with handle.asking:
        for method, attempts in handle.trials().items():
            running = [attempt for attempt in attempts if attempt.state == TrialState.RUNNING]
            silent = _silent(handle, method) if any(map(_foreign, running)) else ()
            for attempt in running:
                owner = attempt.user_attrs.get(ledger.OWNER) or {}
                if _foreign(attempt):
                    # One of an earlier version gives no sign at all; should it live after all, what it tells is late.
                    if owner.get("beats") and attempt._trial_id not in silent:
                        continue
                    how, blamed = "its host gives no sign of life", not all_blameless
                elif _alive(owner):
                    continue
                else:
                    how, blamed = why, not all_blameless and owner.get("pid") not in blameless
                done.append(_replace(handle, method, attempt, crashed=blamed, why=how))
    return done


def beating(handle: Handle, claim: Claim) -> BaseHeartbeatThread:
    """Gives signs of life for a claimed trial, from another thread, for as long as a block under it lasts."""
    return get_heartbeat_thread(claim.trial._trial_id, handle.storage)


def _silent(handle: Handle, method: str) -> Collection[int]:
    """Ids of the running trials that have given no sign of life for too long."""
    return handle.storage._get_stale_trial_ids(handle.study(method)._study_id)


def _foreign(attempt: FrozenTrial) -> bool:
    """Whether another host runs it."""
    owner = attempt.user_attrs.get(ledger.OWNER)
    return owner is not None and owner["host"] != socket.gethostname()


def identity(pid: int) -> dict[str, Any]:
    """What tells the process ``pid`` of this host from every other, also after the number was used again."""
    return {"host": socket.gethostname(), "pid": pid, "born": psutil.Process(pid).create_time()}


def _alive(owner: dict[str, Any]) -> bool:
    """Whether the process of this host that owns a trial lives; a trial without an owner was taken by one that died in
    between."""
    if not owner:
        return False
    try:
        process = psutil.Process(owner["pid"])
        return bool(abs(process.create_time() - owner["born"]) < 1 and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _replace(handle: Handle, method: str, attempt: FrozenTrial, *, crashed: bool, why: str) -> str:
    """Close an attempt and queue the next one, or set the trial aside."""
    start = ledger.start(attempt)
    params = {**start.get("params", {}), **attempt.params}
    crashes = int(start.get("crashes", 0)) + crashed
    study, plan = handle.study(method), _of(handle.plan, method)
    further = bool(ledger.further(attempt))
    slot = next((s for s in handle.slots() if s.attempt._trial_id == attempt._trial_id), None)
    if slot is not None:
        stem = slot.own_stem
        for file in (handle.file("trials", f"{stem}.webp"), *handle.file("front", stem).parent.glob(f"{stem}.*")):
            file.unlink(missing_ok=True)
    if further:
        handle.storage.set_trial_user_attr(attempt._trial_id, ledger.RECORD, TrialResult(void=True).as_json())
        message = (
            Sentence("a run of {method} ends early and keeps what it has: {why}", method=method, why=why)
            if why
            else Sentence("a run of {method} ends early and keeps what it has", method=method)
        )
    elif crashes >= MAX_CRASHES:
        error = (
            Sentence("its process died {count} times ({why})", count=crashes, why=why)
            if why
            else Sentence("its process died {count} times", count=crashes)
        )
        held, origin = space_of(plan).held, start.get("origin", "sampler")
        result = TrialResult(state="failed", error=error, params={**held, **params}, origin=origin)
        handle.storage.set_trial_user_attr(attempt._trial_id, ledger.RECORD, result.as_json())
        message = Sentence("a trial of {method} is set aside: {error}", method=method, error=error)
    else:
        # The next attempt first: whoever dies between these two lines leaves a trial that is closed once more, and
        # of two attempts that follow the same one only the first counts.
        if not any(ledger.start(t).get("retry_of") == attempt.number for t in handle.trials()[method]):
            again = {**start, "origin": "retry", "retry_of": attempt.number, "crashes": crashes}
            enqueue(handle, plan, params, again)
        message = (
            Sentence("a trial of {method} is tried again: {why}", method=method, why=why)
            if why
            else Sentence("a trial of {method} is tried again", method=method)
        )
    study.tell(attempt.number, state=TrialState.FAIL, skip_if_finished=True)
    return message


def _finish(handle: Handle, claim: Claim, state: TrialState, result: TrialResult, values: Point | None = None) -> bool:
    record = result.as_json()
    try:
        claim.trial.set_user_attr(ledger.RECORD, record)
        handle.study(claim.method).tell(claim.trial, values, state)
    except (UpdateFinishedTrialError, ValueError):
        found = handle.storage.get_trial(claim.trial._trial_id)
        if not found.state.is_finished():
            raise
        # A database that was asked again had done it the first time.
        return found.state == state and found.user_attrs.get(ledger.RECORD) == record
    return True


def _learned(space: SearchSpace, slots: Iterable[ledger.Slot]) -> SearchSpace:
    """``space`` after the earlier runs, which are in ``slots``."""
    curves: dict[int, list[tuple[float, Point]]] = {}
    for slot in slots:
        value = slot.result.params.get(space.ratio)
        if slot.complete and isinstance(value, float):
            curves.setdefault(slot.run, []).append((value, tuple(slot.scores.values())))
    return space.after(sorted(curve) for curve in curves.values() if len(curve) > 1)


def _surplus(slots: tuple[ledger.Slot, ...], total: int, trial_id: int) -> bool:
    """Whether workers on several hosts took more trials than planned, and this is one too many."""
    started = [slot.attempt for slot in slots if slot.started and slot.leads]
    order = sorted(started, key=lambda trial: (trial.datetime_start, trial._trial_id))
    return trial_id in [trial._trial_id for trial in order[total:]]


def _validated(model: type[Params], values: dict[str, Value]) -> tuple[Params | None, str]:
    try:
        return model.parse(values), ""
    except BadInput as error:
        return None, error.message


def _of(plan: Plan, method: str) -> MethodPlan:
    """How ``method`` is searched; as the spec says where the plan no longer names it."""
    return next((m for m in plan.methods if m.name == method), MethodPlan(name=method))
