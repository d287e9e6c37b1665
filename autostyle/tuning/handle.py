"""A study that is open: its folder, its Optuna studies (one a method) and what is written down about all of them."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import optuna
from filelock import FileLock
from optuna.exceptions import ExperimentalWarning
from optuna.trial import FrozenTrial

from autostyle import safe_files
from autostyle.errors import BadInput
from autostyle.mediums import links
from autostyle.methods import registry
from autostyle.plan import MethodPlan, Plan
from autostyle.tuning import ledger, search_space, validation
from autostyle.tuning.folder import ASKING, PLAN_FILE, check_folder, check_name, lock
from autostyle.tuning.patience import Patience
from autostyle.tuning.standing import Standing, standing
from autostyle.tuning.storage import Storage, is_there, open_storage, tables
from autostyle.tuning.trial_record import typical_seconds

FROZEN = "autostyle:frozen"
SCORER = "autostyle:scorer"
STOP = "autostyle:stop"
FINAL = "autostyle:final"
PLAN = "autostyle:plan"
ANSWER = "autostyle:answer"
TAKEN_BACK = "autostyle:taken-back"
"""Places of answers that count no more, among all of them."""
SESSION = "autostyle:session"
MINUTES = "autostyle:minutes"
"""Minutes that a session found too few for another trial of a method: no later one of as many asks that again, whose
clock began a moment later."""
SIGNATURE = "autostyle:signature"
"""Who made or trusts the study: autostyle.tuning.trust."""
KINDS: dict[str, Any] = {
    FROZEN: dict[str, Any],
    SCORER: validation.ScorerData,
    STOP: bool,
    FINAL: validation.FinalData,
    PLAN: validation.RevisionData,
    ANSWER: validation.PreferenceData,
    TAKEN_BACK: validation.Count,
    SESSION: validation.Moment,
    MINUTES: validation.MinutesData,
    SIGNATURE: validation.Signature,
}
"""Study attribute -> what it may be."""


@dataclass
class Handle:
    """One study, open.

    What concerns the whole study stands in the attributes of its oldest Optuna study.

    Args:
        home: where studies live.
        name: of the study, checked.
        storage: where it lasts.
        studies: the Optuna studies by method, oldest first; empty for a study that does not exist yet.
    """

    home: Path
    name: str
    storage: Storage
    studies: dict[str, optuna.Study] = field(default_factory=dict)
    _finished: dict[int, validation.ValidatedTrial] = field(default_factory=dict)
    "Trials that no longer change, by Optuna's id."
    _objectives: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        safe_files.confine(self.home, self.name)

    @classmethod
    def find(
        cls,
        home: Path,
        name: str,
        storage: Storage | str | None = None,
        *,
        whatever_lies_there: bool = False,
        patience: Patience | None = None,
    ) -> Handle:
        """The study called ``name``; raises BadInput if there is none, or its folder is gone or holds what no
        study's does.

        Args:
            storage: an open storage, or the URL of one, or None for HOME's own.
            whatever_lies_there: do not look at the folder: the study is to be taken away.
            patience: as :func:`autostyle.tuning.storage.open_storage` takes it, for a storage that is opened here.
        """
        check_name(name)
        if not whatever_lies_there:
            check_folder(home, name)
        nowhere = without_trials(home, name)
        if isinstance(storage, str) or storage is None:
            if not is_there(home, storage):
                raise nowhere
            storage = open_storage(home, storage, patience=patience)
        handle = cls(home, name, storage)
        handle.refresh()
        if not handle.exists:
            raise nowhere
        if not whatever_lies_there and not handle.folder.is_dir():
            raise BadInput(
                "the folder of study {name} is gone from {home}",
                "put it back; or `autostyle studies rm {name}` takes away what is left",
                name=name,
                home=home,
            )
        return handle

    def refresh(self) -> None:
        """Find the Optuna studies of this study in the storage."""
        with validation.readable(self.name):
            for name in tables(self.storage).names():  # what is said of other studies may be damaged
                before, slash, method = name.rpartition("/")
                if slash and before == self.name and method not in self.studies:
                    found = optuna.load_study(study_name=name, storage=self.storage)
                    validation.study(found)
                    self.studies[method] = found

    @property
    def objectives(self) -> tuple[str, ...]:
        """Names of what is searched for, in the order of every point; raises BadInput where they cannot be."""
        if self._objectives:
            return self._objectives
        frozen = self.get(FROZEN)
        names = frozen.get("objectives") if frozen is not None else self._first.metric_names
        found = validation.objectives(names, self.studies.values(), self.name)
        if frozen is not None:
            self._objectives = found
        return found

    def create(self, method: str, objectives: Sequence[str]) -> None:
        """Make the Optuna study of ``method`` if it is not there."""
        if method not in self.studies:
            study = optuna.create_study(
                study_name=f"{self.name}/{method}",
                storage=self.storage,
                directions=["maximize"] * len(objectives),
                load_if_exists=True,
            )
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ExperimentalWarning)
                study.set_metric_names(list(objectives))
            self.studies[method] = study

    @property
    def exists(self) -> bool:
        """Whether it was fully created: a creator that was killed half-way has left nothing that counts."""
        return bool(self.studies) and self.get(FROZEN) is not None and bool(self.revisions())

    @property
    def folder(self) -> Path:
        return self.home / self.name

    def file(self, *parts: str | Path) -> Path:
        """Where a file of this study is written; raises BadInput where its folder leads out of the home."""
        return safe_files.place(self.home, self.name, *parts)

    def input(self, path: Path) -> Path:
        """Where a file of the plan is read, for whoever has seen that the study is the person's own, or trusted.

        Raises:
            BadInput: that is not in the home, or is a link to what is gone or is not what the study began with.
        """
        file = safe_files.inside(self.home, self.name, path)
        if not links.is_link(file):
            return file
        if links.read(file).sha256 not in _texts(self.get(FROZEN)):
            raise BadInput("{path} is no link of this study", "somebody changed it: start a new study", path=file)
        return links.follow(file)

    @property
    def plan(self) -> Plan:
        """The latest revision; its paths are relative to the folder."""
        return validation.plan(self.revisions()[-1]["plan"], self.name)

    @cached_property
    def asking(self) -> FileLock:
        """Held while a trial is taken: SQLite has no row locks, and two workers must not pop one trial."""
        return lock(self.file(ASKING), thread_local=False)

    @property
    def _first(self) -> optuna.Study:
        return next(iter(self.studies.values()))

    def get(self, key: str, default: Any = None) -> Any:
        """An attribute of the whole study; raises BadInput where it is none of its kind."""
        with validation.readable(self.name):
            value = self._first.user_attrs.get(key, default)
        return value if value is None else validation.whole(KINDS[key], value, self.name)

    def put(self, key: str, value: Any) -> None:
        """Write an attribute of the whole study."""
        self._first.set_user_attr(key, value)

    def append(self, key: str, value: Any) -> None:
        """Write one more numbered attribute under ``key``; earlier ones are never rewritten."""
        self.put(f"{key}:{len(self.numbered(key)) + 1:04d}", value)

    def numbered(self, key: str) -> list[Any]:
        """What :meth:`append` wrote, oldest first; raises BadInput where it is none of its kind."""
        with validation.readable(self.name):
            attributes = sorted(self._first.user_attrs.items(), key=lambda item: item[0])
        found = [value for name, value in attributes if re.fullmatch(rf"{key}:\d{{1,9}}", name)]
        return [validation.whole(KINDS[key], value, self.name) for value in found]

    def answers(self) -> list[dict[str, Any]]:
        """The answers about pairs of trials that were not taken back and say which is better, oldest first."""
        return [answer for answer in self._standing_answers() if not answer["neither"]]

    def skipped(self) -> list[tuple[int, int]]:
        """The pairs of which a person could not or would not say which is better, oldest first."""
        return [(answer["better"], answer["worse"]) for answer in self._standing_answers() if answer["neither"]]

    def _standing_answers(self) -> list[dict[str, Any]]:
        gone = set(self.numbered(TAKEN_BACK))
        return [{"neither": False, **answer} for place, answer in enumerate(self.numbered(ANSWER)) if place not in gone]

    def take_back(self, better: int, worse: int) -> None:
        """Let the last such answer count no more; where there is none that counts, nothing is done."""
        gone = set(self.numbered(TAKEN_BACK))
        for place, answer in reversed(list(enumerate(self.numbered(ANSWER)))):
            if place not in gone and (answer["better"], answer["worse"]) == (better, worse):
                self.append(TAKEN_BACK, place)
                return

    def revisions(self) -> list[dict[str, Any]]:
        """The plan's revisions, oldest first: when, what, why, plan."""
        return self.numbered(PLAN)

    def study(self, method: str) -> optuna.Study:
        return self.studies[method]

    def trials(self) -> dict[str, list[FrozenTrial]]:
        """method -> every attempt, by number; what does not hold of one is left out of it and makes it a failed one."""
        return {method: [known.trial for known in self._known(method)] for method in self.studies}

    def flawed(self) -> dict[str, list[validation.ValidatedTrial]]:
        """method -> the attempts of which something did not hold."""
        return {method: [known for known in self._known(method) if known.flaw] for method in self.studies}

    def _known(self, method: str) -> list[validation.ValidatedTrial]:
        with validation.readable(self.name):
            attempts = self.studies[method].get_trials(deepcopy=False)
        known = []
        for attempt in attempts:
            found = self._finished.get(attempt._trial_id)
            if found is None:
                found = validation.trial(method, attempt, self.objectives)
                if attempt.state.is_finished():
                    self._finished[attempt._trial_id] = found
            known.append(found)
        return known

    def slots(self) -> tuple[ledger.Slot, ...]:
        return ledger.slots(self.trials())

    def standing(self, slots: tuple[ledger.Slot, ...] | None = None, plan: Plan | None = None) -> Standing:
        """How the trials stand: the front, and the recommended one.

        Args:
            slots: all of them, where they are at hand.
            plan: the one in force, where it is at hand.
        """
        found = self.slots() if slots is None else slots
        now = plan or self.plan
        return standing(found, now.prefer, self.answers(), self.objectives, now.within)

    def seconds(self) -> float:
        """Wall time spent over all sessions."""
        return ledger.seconds_spent(self.trials(), self.numbered(SESSION))

    def begin_session(self) -> None:
        self.append(SESSION, datetime.now().isoformat())
        if self.get(STOP):
            self.put(STOP, False)

    def time_is_up(self, plan: Plan) -> bool:
        """Whether the plan's minutes are spent, or too few are left for another trial of the first method."""
        minutes = plan.budget.minutes
        if minutes is None:
            return False
        ended = self.get(MINUTES)
        if ended is not None and ended["method"] == plan.methods[0].name and minutes <= ended["minutes"]:
            return True
        return self.seconds_left(plan) <= self.typical_seconds(plan)

    def note_time_is_up(self, plan: Plan) -> None:
        """Note that a session ended because :meth:`time_is_up`."""
        self.put(MINUTES, {"minutes": plan.budget.minutes or 0.0, "method": plan.methods[0].name})

    def seconds_left(self, plan: Plan) -> float:
        """Seconds of the plan's minutes that earlier sessions left; infinite without a limit."""
        return plan.budget.minutes * 60 - self.seconds() if plan.budget.minutes is not None else float("inf")

    def typical_seconds(self, plan: Plan) -> float:
        """What a trial of the plan's first method takes, as far as is known."""
        return typical_seconds(self.slots(), plan.methods[0].name)


def without_trials(home: Path, name: str) -> BadInput:
    """That a study has no trials in the storage that was looked at: there is none, or its folder alone is left, for a
    plan is written once a study is whole."""
    if not (home / name / PLAN_FILE).is_file():
        return BadInput("there is no study {name!r} in {home}", "`autostyle studies` lists them", name=name, home=home)
    return BadInput(
        "study {name} has a folder in {home}, but its trials are not in this storage: they were "
        "deleted, or are in another one",
        "--storage URL names theirs; `autostyle studies rm {name}` takes away what is left; another "
        "--study name begins anew",
        name=name,
        home=home,
    )


def space_of(plan: MethodPlan) -> search_space.SearchSpace:
    """The space that ``plan`` searches."""
    return search_space.space(registry.find_built(plan.name), plan)


def _texts(data: Any) -> set[str]:
    """Every text in a tree of JSON."""
    if isinstance(data, dict | list):
        return set().union(*map(_texts, data.values() if isinstance(data, dict) else data))
    return {data} if isinstance(data, str) else set()
