"""From the storage to plain data: :class:`StudyRecord`, for whoever reads a study."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from optuna.trial import TrialState

from autostyle.mediums import registry as mediums
from autostyle.methods import registry
from autostyle.plan import Plan
from autostyle.scoring.scores import Metric
from autostyle.sentences import Sentence
from autostyle.tuning import ledger, pareto, schedule, validation
from autostyle.tuning.final import read_final_render
from autostyle.tuning.handle import FROZEN, SCORER, Handle
from autostyle.tuning.importance import importances
from autostyle.tuning.inputs import linked, names, sources
from autostyle.tuning.record import SHORT, StudyRecord, falls_short
from autostyle.tuning.storage import explain_errors
from autostyle.tuning.trial_record import State, TrialRecord

_STATES: dict[TrialState, State] = {
    TrialState.COMPLETE: "complete",
    TrialState.PRUNED: "pruned",
    TrialState.FAIL: "failed",
    TrialState.RUNNING: "running",
}


def load_record(home: Path, name: str, storage_url: str | None = None) -> StudyRecord:
    """Read the study called ``name``, finished or not.

    Trials that only wait in a queue are left out: they have not begun.

    Raises:
        BadInput: there is none.
        Missing: the storage cannot be reached.
    """
    with explain_errors(storage_url):
        return of(Handle.find(home, name, storage_url))


def of(handle: Handle) -> StudyRecord:
    """The record of an open study: worked out here and nowhere else."""
    plan, slots = handle.plan, handle.slots()
    stand = handle.standing(slots, plan)
    points, best = stand.points, stand.best
    scorer = dict(handle.get(SCORER) or {})
    encoders: dict[str, dict[str, str]] = scorer.pop("encoders", {})
    notes: list[str] = scorer.pop("notes", [])
    metrics = _metrics(handle, validation.metrics(scorer.pop("metrics", ())), mediums.find(plan.medium).objectives)
    kept = mediums.find(plan.medium).kept
    trials = tuple(trial_of(slot, handle.folder, kept) for slot in slots if slot.started)
    shows = read_final_render(handle)
    final = shows if shows is not None and shows.number == best else None
    elsewhere: tuple[dict[str, str | int], ...] = tuple(
        {"file": file.as_posix(), "name": link.name, "sha256": link.sha256, "bytes": link.bytes}
        for file, link in linked(plan, handle.folder).items()
    )
    return StudyRecord(
        plan=plan,
        sources=sources(handle.folder),
        elsewhere=elsewhere,
        aids=_aids(plan, handle.folder, handle.get(FROZEN) or {}),
        folder=handle.folder,
        trials=trials,
        metrics=metrics,
        points=points,
        front=stand.front,
        best=best,
        limits={m: dict(limits) for m in handle.studies if (limits := registry.find_built(m).limits)},
        rule=stand.rule,
        hypervolume=stand.hypervolume,
        hypervolume_history=pareto.hypervolumes(points),
        importances={
            method: importances([s.attempt for s in slots if s.method == method and s.complete], handle.objectives)
            for method in handle.studies
        },
        weights=_weights(encoders, scorer),
        scorer=scorer,
        held_out=dict(next((t.held_out for t in trials if t.number == best), {})),
        seconds=handle.seconds() + (shows.seconds if shows is not None else 0.0),
        time_is_up=handle.time_is_up(plan),
        notes=tuple(dict.fromkeys([*notes, *_kept_elsewhere(elsewhere), *_notes(slots), *_short(trials, best)])),
        revisions=tuple({k: v for k, v in revision.items() if k != "plan"} for revision in handle.revisions()),
        answers=tuple(handle.answers()),
        skipped=tuple(handle.skipped()),
        final_image=Path(final.file) if final is not None and final.file else None,
        final_size=final.size if final is not None else None,
        final_pending=final is not None and final.state == "pending",
        final_scores=final.scores if final is not None else {},
        samplers=_samplers(slots),
        split=schedule.RULE if len(plan.methods) > 1 else "",
        command="autostyle tune --plan plan.yaml --home ..",
    )


def _aids(plan: Plan, folder: Path, frozen: dict[str, Any]) -> dict[str, tuple[dict[str, str], ...]]:
    """The files of the aids, told by the bytes that the study began with."""
    called, known = names(folder), frozen.get("aids")
    found = {}
    for name, files in plan.aids.items():
        digests = known.get(name) if isinstance(known, dict) else None
        told = map(str, digests if isinstance(digests, list) and len(digests) == len(files) else [""] * len(files))
        found[name] = tuple(
            {"file": file.as_posix(), "name": called.get(file, file.name), "sha256": digest}
            for file, digest in zip(files, told, strict=True)
        )
    return found


def _metrics(handle: Handle, said: tuple[Metric, ...], usual: tuple[Metric, ...]) -> tuple[Metric, ...]:
    """``said`` by the scorer, its objectives those of the study and in their order; ``usual`` are the medium's, for a
    study of an earlier version or one that no worker has opened."""
    known = {metric.name: metric for metric in (*usual, *said) if metric.kind == "objective"}
    objectives = (known.get(name) or Metric(name, name, "objective", "") for name in handle.objectives)
    return (*objectives, *(metric for metric in said if metric.kind != "objective"))


def trial_of(slot: ledger.Slot, folder: Path, kept: str) -> TrialRecord:
    """One trial of the study in ``folder``, whose front keeps files of the ending ``kept``."""
    known, start = slot.result, ledger.start(slot.attempt)
    image, full = Path("trials", f"{slot.stem}.webp"), Path("front", f"{slot.stem}{kept}")
    return TrialRecord(
        number=slot.number,
        method=slot.method,
        state=known.state or _STATES[slot.attempt.state],
        params=known.params or {**start.get("params", {}), **slot.attempt.params},
        scores=slot.scores,
        raw=known.raw,
        over=known.over,
        held_out=known.held_out,
        image=image if (folder / image).is_file() else None,
        full_image=full if (folder / full).is_file() else None,
        origin=known.origin if "origin" in known.model_fields_set else start.get("origin", "sampler"),
        sampler=known.sampler[0] if known.sampler else "",
        error=known.error,
        seed=known.seed,
        seconds=known.seconds,
        seconds_by=known.seconds_by,
        run=slot.run,
        path=slot.path,
    )


def _weights(encoders: dict[str, dict[str, str]], scorer: dict[str, Any]) -> dict[str, str]:
    """``encoder`` is what paints with the first method; another method's is named ``encoder:METHOD`` if it differs."""
    if not scorer:
        return {}
    first = next(iter(encoders.values()), {})
    others = {
        f"{role}:{method}": name
        for method, named in encoders.items()
        for role, name in named.items()
        if first.get(role) != name
    }
    return {**first, **others, "style": scorer["style"]}


def _samplers(slots: tuple[ledger.Slot, ...]) -> dict[str, str]:
    """Each method's last one, as its trial says."""
    return {slot.method: slot.result.sampler[1] for slot in slots if slot.result.sampler}


def _kept_elsewhere(found: tuple[dict[str, str | int], ...]) -> list[str]:
    return [
        Sentence(
            "{name} ({size} MB) is kept where it is: the study has a link, no copy",
            name=entry["name"],
            size=f"{int(entry['bytes']) / 2**20:.0f}",
        )
        for entry in found
    ]


def _short(trials: tuple[TrialRecord, ...], best: int | None) -> list[str]:
    return [SHORT for trial in trials if trial.number == best and falls_short(trial.scores)]


def _notes(slots: tuple[ledger.Slot, ...]) -> list[str]:
    return [f"{slot.method}: {text}" for slot in slots for text in slot.result.notes]
