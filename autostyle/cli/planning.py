"""From the words of ``autostyle tune`` to a plan: a file's, a study's own, or a new one; flags have the last word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autostyle.brief import Brief, Wishes
from autostyle.errors import BadInput
from autostyle.filenames import on_disk
from autostyle.mediums.files import medium
from autostyle.methods.params import Value
from autostyle.plan import Plan
from autostyle.planning import files, methods, plans
from autostyle.tuning.inputs import default_name

PREFER = {"content": plans.MIDDLE - plans.LEANING, "balanced": plans.MIDDLE, "style": plans.MIDDLE + plans.LEANING}


@dataclass(frozen=True)
class Flags:
    """What was said on the command line, by the names of its options; None where nothing was."""

    content: Path | None = None
    style: tuple[Path, ...] = ()
    style_weight: tuple[float, ...] = ()
    study: str | None = None
    method: str | None = None
    assign: tuple[str, ...] = ()
    prompt: str | None = None
    trials: int | None = None
    minutes: float | None = None
    size: int | None = None
    final_size: int | None = None
    prefer: str | None = None
    workers: int | None = None
    seed: int | None = None


def build(flags: Flags, file: Path | None, home: Path) -> Plan:
    """The plan of a study; its pictures as absolute paths.

    Args:
        flags: what was said; it overrides ``file``.
        file: a plan; the paths in it are relative to it.
        home: where studies live. A study of it that is named without pictures brings its own plan.

    Raises:
        BadInput, NotBuilt: what was asked for makes no plan.
    """
    flags = replace(
        flags,
        content=None if flags.content is None else on_disk(flags.content),
        style=tuple(map(on_disk, flags.style)),
    )
    files.only_contents([] if flags.content is None else [flags.content])
    files.only(flags.style, files.style_mediums(flags.content))
    if file is None and flags.content is None and flags.study is not None:
        file = plans.file_of(flags.study, home)
    with plans.refusing("`autostyle tune --help` shows the ranges"):
        base = _new(flags, home) if file is None else _revised(plans.from_file(file), flags, home)
        plan = Plan.model_validate(base.model_dump() | _said(flags, base)).checked()
    for method in plan.methods:
        methods.blend(method.name, len(plan.styles), plan.style_weights)
    return plan


def _new(flags: Flags, home: Path) -> Plan:
    if flags.content is None:
        raise BadInput("a content picture is missing", "autostyle tune CONTENT STYLE, or autostyle tune --plan FILE")
    choice = methods.choose(_brief(flags.content, flags.prompt), flags.method)
    plan = plans.new(flags.content, flags.style, choice, home, study=flags.study, style_weights=flags.style_weight)
    return _fixed(plan, flags)


def _revised(plan: Plan, flags: Flags, home: Path) -> Plan:
    """``plan`` with the pictures, methods and parameters that were said beside it."""
    changes: dict[str, Any] = {}
    if flags.content is not None:
        styles = flags.style or plan.styles
        changes["content"] = flags.content.absolute()
        changes["styles"] = tuple(style.absolute() for style in styles)
        changes["style_weights"] = flags.style_weight or (() if flags.style else plan.style_weights)
        changes["study"] = flags.study or default_name(flags.content, styles, home)
    if flags.method is not None:
        choice = methods.choose(_brief(flags.content or plan.content, flags.prompt or plan.prompt), flags.method)
        changes["choice"], changes["methods"] = choice, methods.searched(choice)
    return _fixed(plan.model_copy(update=changes), flags)


def _brief(content: Path, prompt: str | None) -> Brief:
    return Brief(medium=medium(content), wishes=Wishes(prompt=prompt))


def _fixed(plan: Plan, flags: Flags) -> Plan:
    """``plan`` with the ``name=value`` words among the fixed parameters of its methods, each where one has it."""
    return plan.model_copy(update={"methods": methods.fixing(plan.methods, assignments(flags.assign))})


def assignments(words: Iterable[str]) -> dict[str, Value]:
    """``name=value`` words as a mapping; raises BadInput for a word without ``=``."""
    given: dict[str, Value] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name.strip():
            raise BadInput(f"-p {word!r} is no name=value", "for instance: -p style_weight=3")
        given[name.strip()] = value.strip()
    return given


def _said(flags: Flags, base: Plan) -> dict[str, Any]:
    """The plain fields that were said."""
    budget = {"trials": flags.trials or base.budget.trials, "minutes": flags.minutes or base.budget.minutes}
    said = {
        "study": flags.study,
        "prompt": flags.prompt,
        "size": flags.size,
        "final_size": flags.final_size,
        "prefer": None if flags.prefer is None else _prefer(flags.prefer),
        "workers": flags.workers,
        "seed": flags.seed,
    }
    return {"budget": budget} | {name: value for name, value in said.items() if value is not None}


def _prefer(word: str) -> float:
    if word in PREFER:
        return PREFER[word]
    try:
        return float(word)
    except ValueError:
        raise BadInput(f"--prefer {word!r} is no preference", "style, content, or a number from 0 to 1") from None
