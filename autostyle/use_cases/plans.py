"""A plan from pictures, a choice of method and wishes."""

from __future__ import annotations

import filecmp
import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from autostyle.brief import Budget, Wishes
from autostyle.errors import BadInput, wrong
from autostyle.mediums import registry as mediums
from autostyle.mediums.serving import result
from autostyle.methods import registry
from autostyle.methods.params import Value
from autostyle.plan import MAX_BYTES, Choice, MethodPlan, Plan
from autostyle.safe_files import reading
from autostyle.tuning.folder import PLAN_FILE, check_folder
from autostyle.tuning.inputs import default_name
from autostyle.use_cases.bounds import search_bounds
from autostyle.use_cases.methods import blend, plan_methods

MIDDLE = 0.5
PATHS = 8
"""Runs of a study whose runs are paths, unless somebody says how many: they take about as long as 32 of one picture."""
LEANING = 0.25
"""How far a whole wish moves the preference from the middle; 0.25 is ``--prefer content``, 0.75 ``--prefer style``."""


def new(
    content: Path,
    styles: Sequence[Path],
    choice: Choice,
    home: Path,
    *,
    study: str | None = None,
    style_weights: Sequence[float] = (),
) -> Plan:
    """The plan of a new study with everything at its default; its pictures as absolute paths.

    Raises:
        BadInput: a picture cannot be read, content and style are the same one, or the method takes no such number of
            styles.
    """
    _apart(content, styles)
    blend(choice.method, len(styles), style_weights)
    medium = result(choice.method, content)
    return Plan(
        study=study or default_name(content, styles, home),
        medium=medium,
        size=mediums.scale(medium).search,
        content=content.absolute(),
        styles=tuple(style.absolute() for style in styles),
        style_weights=tuple(style_weights),
        methods=plan_methods(choice),
        choice=choice,
        finish=choice.finish,
    )


def _apart(content: Path, styles: Sequence[Path]) -> None:
    for style in styles:
        if content.is_file() and style.is_file() and filecmp.cmp(content, style, shallow=False):
            raise BadInput(
                "{content} and {style} are the same picture",
                "name another picture for the style",
                content=content.name,
                style=style.name,
            )


def aside(plan: Plan, home: Path, alike: Callable[[Plan], bool]) -> Plan:
    """``plan`` under the first name, its own or that with a number, where no study is or one whose plan is ``alike``.

    A plan that cannot be read is none to tell apart: opening the study says what is wrong with it.
    """

    def free(study: str) -> bool:
        file = home / study / PLAN_FILE
        try:
            return not file.is_file() or alike(from_file(file))
        except BadInput:
            return True

    names = itertools.chain([plan.study], (f"{plan.study}-{number}" for number in itertools.count(2)))
    return plan.model_copy(update={"study": next(filter(free, names))})


def searches_alike(before: Plan, now: Plan) -> bool:
    """Whether trials of the one are trials of the other: the same methods, holding the same values, by the same eye."""
    return _held(before) == _held(now) and before.encoder == now.encoder


def _held(plan: Plan) -> dict[str, dict[str, Value]]:
    return {method.name: method.fixed for method in plan.methods}


def file_of(study: str, home: Path) -> Path:
    """Where the plan of a study of ``home`` is; raises BadInput if there is none, or its folder leads elsewhere."""
    check_folder(home, study)
    file = home / study / PLAN_FILE
    if not file.is_file():
        raise BadInput(
            "there is no study {name!r} in {home}",
            "`autostyle studies` lists them; to begin it, name its pictures too",
            name=study,
            home=home,
        )
    return file


def from_file(file: Path) -> Plan:
    """The plan in ``file``, its paths made absolute; raises BadInput where there is none."""
    try:
        with reading(file) as opened:
            plan = Plan.from_yaml(opened.read(MAX_BYTES + 1).decode("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("cannot read the plan {file}", "studies/examples has plans that work", file=file) from error
    return plan.placed(file.resolve().parent)


def usual_trials(methods: Sequence[MethodPlan]) -> int:
    """How many runs a study has, unless somebody says: fewer where each run of its first method is a whole path."""
    return PATHS if pictures_of_run(methods[0]) > 1 else Budget().trials


def pictures_of_run(method: MethodPlan) -> int:
    """About how many pictures a run paints over the whole range of the method's ratio; 1 where it is one value."""
    spec = registry.find_built(method.name)
    return spec.path if spec.path and spec.ratio in search_bounds(method) else 1


def apply_wishes(plan: Plan, wishes: Wishes) -> Plan:
    """``plan`` with what ``wishes`` mean to it: kept colours, words, and where on the front to look.

    What must stay a photograph leans to the content as far as a subtle wish does, and is judged as one.
    """
    lean = min(wishes.strength, -1.0) if wishes.photorealistic else wishes.strength
    said: dict[str, Any] = {"prompt": wishes.prompt or plan.prompt, "prefer": MIDDLE + LEANING * lean}
    if wishes.photorealistic:
        said["profile"] = "photo"
    return hold_colors(plan.model_copy(update=said), wishes)


def hold_colors(plan: Plan, wishes: Wishes) -> Plan:
    """``plan`` holding the content's colours, where that is wished and a method can."""
    if not wishes.keep_color:
        return plan
    holds = {method.name: registry.find_built(method.name).holds("color", more=False) for method in plan.methods}
    methods = tuple(m.model_copy(update={"fixed": {**m.fixed, **holds[m.name]}}) for m in plan.methods)
    return plan.model_copy(update={"methods": methods})


@contextmanager
def refusing(hint: str) -> Iterator[None]:
    """Turn what pydantic says of a plan's fields into a BadInput with this hint."""
    try:
        yield
    except ValidationError as error:
        raise BadInput(wrong(error), hint) from error
