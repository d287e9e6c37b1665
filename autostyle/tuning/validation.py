"""What a study's database says, held against what autostyle writes there and what the methods declare.

A database may come from anybody, like the folder it lies in. What is wrong of a trial sets that trial aside: it counts
as failed, is never run, and nothing of it is shown or written. What is wrong of the whole study is an error.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from optuna.exceptions import StorageInternalError
from optuna.storages._rdb.models import NOT_FOUND_MSG
from optuna.study import Study, StudyDirection
from optuna.trial import FrozenTrial, TrialState
from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, TypeAdapter, ValidationError
from sqlalchemy.exc import SQLAlchemyError

from autostyle.errors import AutostyleError, BadInput, wrong
from autostyle.mediums import registry as mediums
from autostyle.mediums.spec import MOST_SIZE
from autostyle.methods import registry
from autostyle.methods.params import Value, check
from autostyle.plan import Plan, refuse_newer
from autostyle.scoring.scores import Metric, MetricName
from autostyle.sentences import Sentence
from autostyle.tuning import ledger
from autostyle.tuning.result import BoundedText, Finite, FiniteFigures, Model, PlainWord, TrialResult

QUEUED = "fixed_params"
"""Trial attribute of Optuna's own: the values with which a trial was enqueued."""
ASIDE = "what the database says of this trial is nothing that {method} can have"

Count = Annotated[int, Field(ge=0, lt=2**63)]
Objectives = Annotated[list[MetricName], Field(min_length=2, max_length=8)]


class _Start(Model):
    """As it is enqueued."""

    origin: PlainWord = "sampler"
    given: dict[str, Any] = {}
    params: dict[str, Any] = {}
    through: Finite | None = None
    retry_of: Count | None = None
    crashes: Annotated[int, Field(ge=0, le=1000)] = 0


class _Run(Model):
    """As :func:`autostyle.tuning.claims.go_on` writes it."""

    of: Count
    path: Annotated[list[Finite], Field(min_length=1, max_length=100)]


class _Owner(Model):
    """As :func:`autostyle.tuning.claims.identity` gives it."""

    host: Annotated[str, StringConstraints(min_length=1, max_length=255)]
    pid: Annotated[int, Field(gt=0, lt=2**31)]
    born: Finite
    worker: Count = 0
    beats: bool = False


@dataclass(frozen=True)
class ValidatedTrial:
    """A trial of which everything holds; ``flaw`` says in words that something did not, and it is gone."""

    trial: FrozenTrial
    flaw: str = ""


def trial(method: str, found: FrozenTrial, objectives: tuple[str, ...]) -> ValidatedTrial:
    """``found``, a trial of a study of these ``objectives``, as :mod:`autostyle.tuning.ledger` may read it."""
    try:
        attributes = dict(found.user_attrs)
        _all_hold(method, found, objectives)
        if ledger.RECORD in attributes:
            attributes[ledger.RECORD] = _result(method, attributes[ledger.RECORD], objectives)
        if ledger.START in attributes:
            attributes[ledger.START] = _start(method, attributes[ledger.START], found)
        if ledger.RUN in attributes:
            attributes[ledger.RUN] = _run(method, attributes[ledger.RUN], found)
        if ledger.OWNER in attributes:
            attributes[ledger.OWNER] = _Owner.model_validate(attributes[ledger.OWNER]).model_dump(exclude_unset=True)
        clean = copy(found)
        clean._user_attrs = attributes
        return ValidatedTrial(clean)
    except (AutostyleError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError):
        flaw = ASIDE.format(method=method)
        clean = copy(found)
        clean._user_attrs = {ledger.RECORD: TrialResult(state="failed", error=flaw)}
        clean._params, clean._distributions = {}, {}
        return ValidatedTrial(clean, flaw)


def study(found: Study) -> None:
    """Raises BadInput where ``found`` is none of ours: another method, or objectives of which less is better."""
    registry.find_built(found.study_name.rpartition("/")[2])
    if set(found.directions) != {StudyDirection.MAXIMIZE}:
        raise BadInput("it has other objectives", DAMAGED)


def objectives(names: Any, studies: Iterable[Study], study: str) -> tuple[str, ...]:
    """``names`` as those of the objectives of ``studies``; raises BadInput where they cannot be."""
    found = tuple(whole(Objectives, names, study))
    if len(set(found)) < len(found) or any(len(each.directions) != len(found) for each in studies):
        raise BadInput("the database of study {study} says what cannot be", DAMAGED, study=study)
    return found


def values(method: str, found: Mapping[str, Any]) -> dict[str, Value]:
    """``found`` as parameters of ``method``, each of its type and in its range; raises BadInput otherwise."""
    infos = registry.params(method).info()
    if not found.keys() <= infos.keys():
        raise BadInput("{method} has no such parameter", "", method=method)
    return {name: check(infos[name], value) for name, value in found.items()}


def _all_hold(method: str, found: FrozenTrial, objectives: tuple[str, ...]) -> None:
    """Raises where Optuna's own part of a trial does not hold."""
    values(method, found.params)
    if found.state == TrialState.COMPLETE:
        reached = found.values or []
        if len(reached) != len(objectives) or not all(isinstance(v, float) and math.isfinite(v) for v in reached):
            raise ValueError("no score for each objective")
    if found.state == TrialState.WAITING:
        values(method, found.system_attrs.get(QUEUED, {}))


def _result(method: str, data: Any, objectives: tuple[str, ...]) -> TrialResult:
    result = TrialResult.model_validate(data)
    known: dict[str, Any] = {}
    if result.state == "complete" or result.scores is not None:
        reached = result.scores or {}
        if reached.keys() != set(objectives):
            raise ValueError("no score for each objective")
        known["scores"] = {name: reached[name] for name in objectives}
    if "params" in result.model_fields_set:
        known["params"] = values(method, result.params)
    return result.model_copy(update=known)


def _start(method: str, data: Any, found: FrozenTrial) -> dict[str, Any]:
    start = _Start.model_validate(data)
    if start.retry_of is not None and start.retry_of >= found.number:
        raise ValueError("it follows itself")
    values(method, start.given)  # kept as it was given: it is compared with what a plan gives
    said = start.model_dump(exclude_unset=True)
    return said | ({"params": values(method, start.params)} if "params" in said else {})


def _run(method: str, data: Any, found: FrozenTrial) -> dict[str, Any]:
    run, ratio = _Run.model_validate(data), registry.find_built(method).ratio
    if run.of >= found.number:
        raise ValueError("it follows itself")
    for value in run.path:
        values(method, {ratio: value})
    if not all(one < other for one, other in pairwise([*run.path, found.params[ratio]])):
        raise ValueError("a run that does not ascend")
    return run.model_dump()


def plan(data: Any, study: str) -> Plan:
    """The plan of a study, whose pictures lie in its folder; raises BadInput where it is none."""
    refuse_newer(data)
    try:
        found = Plan.model_validate(data).checked()
    except ValidationError as error:
        raise BadInput(
            "the plan of study {study} is wrong: {error}", DAMAGED, study=study, error=wrong(error)
        ) from None
    except AutostyleError:
        raise BadInput("the plan of study {study} does not fit its methods", DAMAGED, study=study) from None
    for path in found.files:
        if PurePosixPath(path).is_absolute() or ".." in path.parts:
            raise BadInput("the plan of study {study} names a file outside of its folder", DAMAGED, study=study)
    if found.study != study:
        raise BadInput("the plan of study {study} is another study's", DAMAGED, study=study)
    return found


DAMAGED = Sentence("the database is damaged, or somebody changed it: start a new study")


def _explained(data: Any) -> Any:
    return metrics([data])[0]


_Explained = Annotated[Metric, BeforeValidator(_explained)]


class ScorerData(Model):
    """What scores a study, and what paints in it."""

    style: PlainWord
    profile: PlainWord = "art"
    version: Count
    weights_hash: PlainWord
    anchors: FiniteFigures
    metrics: Annotated[list[_Explained], Field(max_length=100)] = []
    encoders: Annotated[
        dict[PlainWord, Annotated[dict[PlainWord, BoundedText], Field(max_length=20)]], Field(max_length=50)
    ] = {}
    notes: Annotated[list[BoundedText], Field(max_length=100)] = []


def _best(name: str) -> str:
    if name not in {spec.best for spec in mediums.built()}:
        raise ValueError("no final render is called so")
    return name


class FinalData(Model):
    """As :class:`autostyle.tuning.final.FinalRender` has it."""

    number: Count
    size: Annotated[int, Field(ge=1, le=MOST_SIZE)]
    file: Annotated[str, AfterValidator(_best)] | None = None
    scores: FiniteFigures = {}
    seconds: Annotated[float, Field(ge=0, le=1e9)] = 0.0
    state: Literal["rendered", "pending", "memory"] = "rendered"


class MinutesData(Model):
    """As :meth:`autostyle.tuning.handle.Handle.note_time_is_up` writes it."""

    minutes: Annotated[float, Field(ge=0, le=1e9)]
    method: PlainWord


class PreferenceData(Model):
    """Which of two trials was liked better, or that neither was."""

    better: Count
    worse: Count
    prefer: Annotated[float, Field(ge=0, le=1)] | None = None
    known: Count = 0
    neither: bool = False


class RevisionData(Model):
    """One revision of a plan."""

    when: BoundedText
    what: Annotated[list[BoundedText], Field(max_length=1000)]
    why: BoundedText
    plan: dict[str, Any]


def _moment(text: Any) -> Any:
    if datetime.fromisoformat(text).tzinfo is not None:
        raise ValueError("no local time")
    return text


Signature = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Moment = Annotated[str, BeforeValidator(_moment)]


def metrics(data: Any) -> tuple[Metric, ...]:
    """What a scorer said of its metrics, as it was written down; raises ValidationError where it is none."""
    return _adapter(tuple[Metric, ...]).validate_python(data)  # type: ignore[no-any-return]


def whole(kind: Any, data: Any, study: str) -> Any:
    """``data`` as ``kind``, a type that pydantic knows, as plain data; raises BadInput where it is none."""
    try:
        adapter = _adapter(kind)
        return adapter.dump_python(adapter.validate_python(data), mode="json", exclude_unset=True)
    except (ValidationError, TypeError):
        raise BadInput("the database of study {study} says what cannot be", DAMAGED, study=study) from None


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


@contextmanager
def readable(study: str) -> Iterator[None]:
    """Turn what Optuna raises on a database that says what cannot be into BadInput; what it says is not repeated."""
    try:
        yield
    except (AutostyleError, OSError, MemoryError, StorageInternalError, SQLAlchemyError, sqlite3.Error):
        raise
    except KeyError as error:
        if NOT_FOUND_MSG in error.args:  # deleted meanwhile: no damage
            raise
        raise BadInput("the database of study {study} says what cannot be", DAMAGED, study=study) from None
    except Exception:  # anything at all, from AssertionError to RecursionError
        raise BadInput("the database of study {study} says what cannot be", DAMAGED, study=study) from None
