"""Create a study, resume one, revise its plan: the same pictures, size, objectives and scorer, or a clear refusal."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from optuna.trial import TrialState

from autostyle.atomic import atomic_write_text
from autostyle.errors import AutostyleError, BadInput, Missing
from autostyle.mediums import registry as mediums
from autostyle.mediums.serving import result
from autostyle.methods import registry
from autostyle.methods.consent import refuse_unasked
from autostyle.plan import Plan
from autostyle.sentences import Sentence
from autostyle.tuning import claims, inputs, ledger, schedule, search_space, trust
from autostyle.tuning.changes import changes
from autostyle.tuning.folder import FOLDERS, PLAN_FILE, check_folder, check_name
from autostyle.tuning.handle import FROZEN, PLAN, Handle, space_of, without_trials
from autostyle.tuning.patience import Patience
from autostyle.tuning.storage import explain_errors, is_there, open_storage
from autostyle.tuning.study_lock import hold


@dataclass(frozen=True)
class Revision:
    """A wish to change the plan of a running study.

    Args:
        plan: the whole plan as it should be.
        why: the reason, for the record.
        answer: called with what changed, one line a field, or with the error that keeps the plan as it was.
    """

    plan: Plan
    why: str
    answer: Callable[[tuple[str, ...] | AutostyleError], None]


@contextlib.contextmanager
def hold_study(
    plan: Plan, home: Path, storage_url: str | None = None, *, why: str = "", patience: Patience | None = None
) -> Iterator[tuple[Handle, bool]]:
    """Hold the study of ``plan``, created or resumed, and whether it existed before.

    Nothing is written before everything that can be refused was looked at. A revision of the plan (bounds, fixed
    values, warm starts, methods, budget, preference) is added to the storage where the plan differs from the last.

    Args:
        why: the reason for the revision, for the record.
        patience: as :func:`autostyle.tuning.storage.open_storage` takes it.

    Raises:
        BadInput: a picture, the plan, or a resume with other pictures, size or objectives; or another process
            holds the study.
        Unconsented: it imitates a voice without consent.
        Untrusted: the study is somebody else's.
    """
    check_folder(home, plan.study)
    proposal = _examined(plan, home / plan.study, lambda: is_own(home, plan.study, storage_url, patience))
    storage = open_storage(home, storage_url, patience=patience)
    folder = home / plan.study
    folder.mkdir(parents=True, exist_ok=True)
    with hold(folder, plan.study):
        handle = Handle(home, plan.study, storage)
        with explain_errors(storage_url):
            handle.refresh()
            resumed = handle.exists
            if not resumed and handle.file(PLAN_FILE).is_file():
                raise without_trials(home, plan.study)  # a new study would be mixed up with what is left
            if handle.studies:
                trust.require(handle, storage_url)
            _put(handle, proposal, why)
        yield handle, resumed


def is_own(home: Path, name: str, storage_url: str | None = None, patience: Patience | None = None) -> bool:
    """Whether there is a study called ``name``, the person's own or trusted; raises Untrusted for somebody else's."""
    if not is_there(home, storage_url):
        return False
    with explain_errors(storage_url):
        handle = Handle(home, check_name(name), open_storage(home, storage_url, patience=patience))
        handle.refresh()
        if handle.studies:
            trust.require(handle, storage_url)
        return handle.exists


def revise_plan(handle: Handle, plan: Plan, why: str) -> tuple[str, ...]:
    """Put another plan into force in a study that the caller holds; its workers go by it from their next trial on.

    Returns:
        What changed, one line a field; empty where nothing did.

    Raises:
        BadInput, Unconsented: as for :func:`hold_study`; the plan before stays in force.
    """
    return _put(handle, _examined(plan, handle.folder, lambda: True), why)


@dataclass(frozen=True)
class _Proposal:
    """A plan that was looked at: its pictures, its aids, its starts by method, and what a resume must bring again."""

    plan: Plan
    pictures: tuple[inputs.Input, ...]
    aids: dict[str, tuple[inputs.Input, ...]]
    offered: dict[str, list[search_space.Start]]
    frozen: dict[str, Any]


def _examined(plan: Plan, folder: Path, own: inputs.Own) -> _Proposal:
    """``plan`` with everything that can be refused looked at; its paths become those of the study's copies."""
    plan = plan.checked()
    refuse_unasked([method.name for method in plan.methods], plan.styles, plan.consent)
    pictures, aids = inputs.examine(plan, folder, own), inputs.examine_aids(plan, folder, own)
    offered = {m.name: list(search_space.starts(registry.find_built(m.name), m, space_of(m))) for m in plan.methods}
    content, *styles = pictures
    medium = result(plan.methods[0].name, content.readable)
    copies = {
        "content": content.copy,
        "styles": tuple(style.copy for style in styles),
        "aids": {name: tuple(file.copy for file in files) for name, files in aids.items()},
    }
    plan = plan.model_copy(update={"medium": medium, **copies})
    return _Proposal(plan, pictures, aids, offered, _frozen(plan, pictures, aids))


def _put(handle: Handle, proposal: _Proposal, why: str) -> tuple[str, ...]:
    if handle.exists:
        _ = handle.plan  # raises where the one in force is none
        _check_equal(handle.name, handle.get(FROZEN), proposal.frozen)
        _check_spaces(handle, proposal.plan)
    changed = _write(handle, proposal, why)
    with handle.asking:
        claims.set_aside(handle)
        _bring_inside(handle, proposal.plan)
        _enqueue(handle, proposal.plan, proposal.offered)
    return changed


def _frozen(
    plan: Plan, pictures: tuple[inputs.Input, ...], aids: dict[str, tuple[inputs.Input, ...]]
) -> dict[str, Any]:
    """What a resume must bring again, in words a refusal can use."""
    return {
        "content": pictures[0].sha256,
        "styles": [picture.sha256 for picture in pictures[1:]],
        "style weights": list(plan.style_weights),
        "prompt": plan.prompt,
        "size": plan.size,
        "objectives": [metric.name for metric in mediums.find(plan.medium).objectives],
        "aids": {name: [file.sha256 for file in files] for name, files in aids.items()},
    }


def _check_equal(name: str, before: dict[str, Any], now: dict[str, Any]) -> None:
    for what, value in now.items():
        if before.get(what) != value:
            shown = {
                "content": Sentence("the content picture differs"),
                "styles": Sentence("the style pictures differ"),
                "aids": Sentence(
                    "the files given with --with differ: {names}", names=", ".join(_differing(before, now))
                ),
            }.get(
                what,
                Sentence("{what} differs: {before} then, {now} now", what=what, before=before.get(what), now=value),
            )
            raise BadInput(
                "study {name} cannot be resumed: {what}",
                "bring the same again, or start a new study: give another --study name",
                name=name,
                what=shown,
            )


def _differing(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """The names of the aids that are not what they were."""
    then, given = before.get("aids") or {}, now["aids"]
    return sorted(name for name in {*then, *given} if then.get(name) != given.get(name))


def _check_spaces(handle: Handle, plan: Plan) -> None:
    trials = handle.trials()
    for method in plan.methods:
        if method.name in handle.studies:
            space_of(method).check_against(trials[method.name])


def _write(handle: Handle, proposal: _Proposal, why: str) -> tuple[str, ...]:
    for folder in FOLDERS:
        handle.file(folder).mkdir(exist_ok=True)
    inputs.keep(proposal.pictures, proposal.aids, handle.folder)
    for method in proposal.plan.methods:
        handle.create(method.name, proposal.frozen["objectives"])
    before = handle.revisions()
    now = proposal.plan.model_dump(mode="json")
    what = changes(before[-1]["plan"], now) if before else [Sentence("the first plan")]
    if what:
        when = datetime.now(UTC).isoformat(timespec="seconds")
        handle.append(PLAN, {"when": when, "what": what, "why": why, "plan": now})
    # Written last: with it the study exists.
    if handle.get(FROZEN) is None:
        with contextlib.suppress(Missing):  # no key can be kept: another day they are asked whether it is theirs
            trust.sign(handle, proposal.frozen)
        handle.put(FROZEN, proposal.frozen)
    atomic_write_text(handle.file(PLAN_FILE), proposal.plan.to_yaml())
    return tuple(what)


def _bring_inside(handle: Handle, plan: Plan) -> None:
    """Move what waits in the queues inside the bounds of ``plan``: Optuna would try it as it was queued."""
    trials = handle.trials()
    for method in plan.methods:
        allowed = space_of(method)
        for trial in trials[method.name]:
            if trial.state == TrialState.WAITING:
                claims.bring_inside(handle, trial, allowed)


def _enqueue(handle: Handle, plan: Plan, offered: dict[str, list[search_space.Start]]) -> None:
    """Put the starts that were not tried yet into their methods' queues, as many as the budget has room for."""
    names = [method.name for method in plan.methods]
    room = schedule.shares(names, plan.budget.trials)
    slots = handle.slots()
    # What waits has a number already: more than the budget has left would be gaps in those of a finished study.
    left = plan.budget.trials - sum(slot.leads and (slot.started or slot.method in names) for slot in slots)
    for method in plan.methods:
        mine = [slot.attempt for slot in slots if slot.method == method.name and slot.leads]
        tried = [ledger.start(trial).get("given") for trial in mine]
        new = [start for start in offered[method.name] if start.given not in tried]
        taken = new[: max(0, min(room[method.name] - len(mine), left))]
        left -= len(taken)
        for start in taken:
            claims.enqueue(handle, method, start.params, asdict(start))
