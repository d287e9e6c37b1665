"""From what a search was asked for to its plan: a file's, a study's own, or a new one; what was asked comes last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autostyle.brief import Brief, Budget, Wishes
from autostyle.errors import BadInput
from autostyle.filenames import as_spelled_on_disk
from autostyle.mediums.files import medium
from autostyle.mediums.serving import open_medium
from autostyle.mediums.sides import SaidSize
from autostyle.mediums.unasked import said_size
from autostyle.methods import registry
from autostyle.methods.params import Value
from autostyle.plan import Plan
from autostyle.sentences import Sentence
from autostyle.tuning.inputs import default_name
from autostyle.use_cases import aids, files, methods, plans

PREFER = {"content": plans.MIDDLE - plans.LEANING, "balanced": plans.MIDDLE, "style": plans.MIDDLE + plans.LEANING}


@dataclass(frozen=True)
class TuneOptions:
    """What a search was asked for, on the command line or from Python; None where nothing was said.

    Args:
        content, style: by path.
        style_weight: one for each style, in order.
        params: held at these values, each where a method has it.
        aids: files by the names of the methods' aids, as :mod:`autostyle.use_cases.aids` reads them.
        prefer: ``content``, ``balanced``, ``style``, or a number from 0 (content) to 1 (style).
        study, method, prompt, trials, minutes, size, final_size, finish, profile, encoder, workers, seed, consent: as
            in a plan.
    """

    content: Path | None = None
    style: tuple[Path, ...] = ()
    style_weight: tuple[float, ...] = ()
    study: str | None = None
    method: str | None = None
    params: Mapping[str, Value] = field(default_factory=dict)
    aids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prompt: str | None = None
    trials: int | None = None
    minutes: float | None = None
    size: int | None = None
    final_size: SaidSize | None = None
    finish: str | None = None
    prefer: str | float | None = None
    profile: str | None = None
    encoder: str | None = None
    workers: int | None = None
    seed: int | None = None
    consent: bool | None = None


def build(asked: TuneOptions, file: Path | None, home: Path) -> Plan:
    """The plan of a study; its pictures as absolute paths.

    Args:
        asked: it overrides ``file``.
        file: a plan; the paths in it are relative to it.
        home: where studies live. A study of it that is named without pictures brings its own plan.

    Raises:
        BadInput, NotBuilt: what was asked for makes no plan.
    """
    asked = replace(
        asked,
        content=None if asked.content is None else as_spelled_on_disk(asked.content),
        style=tuple(map(files.style, asked.style)),
    )
    files.only_contents([] if asked.content is None else [asked.content])
    files.only(asked.style, files.style_mediums(asked.content))
    if file is None and asked.content is None and asked.study is not None:
        file = plans.file_of(asked.study, home)
    with plans.refusing(Sentence("`autostyle tune --help` shows the ranges")):
        base = _new(asked, home) if file is None else _revised(plans.from_file(file), asked, home)
        plan = Plan.model_validate(base.model_dump() | _said(asked, base)).checked()
    if asked.finish is not None and all(plan.finishing(method.name) == method.name for method in plan.methods):
        raise BadInput(
            "{name} finishes none of what is searched",
            "methods that finish, and what: {names}",
            name=asked.finish,
            names=", ".join(f"{m.name} ({', '.join(m.finishes)})" for m in registry.METHODS.values() if m.finishes),
        )
    if file is None and asked.study is None:
        plan = plans.aside(plan, home, lambda before: plans.searches_alike(before, plan))
    methods.check_encoder([method.name for method in plan.methods], plan.encoder)
    for method in plan.methods:
        methods.blend(method.name, len(plan.styles), plan.style_weights)
    return plan


def _new(asked: TuneOptions, home: Path) -> Plan:
    if asked.content is None:
        raise BadInput("a content picture is missing", "autostyle tune CONTENT STYLE, or autostyle tune --plan FILE")
    choice = methods.choose(_brief(asked.content, asked.style, asked.prompt), asked.method)
    plan = plans.new(asked.content, asked.style, choice, home, study=asked.study, style_weights=asked.style_weight)
    plan = _fixed(plan, asked)
    return plan.model_copy(update={"budget": Budget(trials=plans.usual_trials(plan.methods))})


def _revised(plan: Plan, asked: TuneOptions, home: Path) -> Plan:
    """``plan`` with the pictures, methods and parameters that were said beside it."""
    changes: dict[str, Any] = {}
    if asked.content is not None:
        styles = asked.style or plan.styles
        changes["content"] = asked.content.absolute()
        changes["styles"] = tuple(style.absolute() for style in styles)
        changes["style_weights"] = asked.style_weight or (() if asked.style else plan.style_weights)
        changes["study"] = asked.study or default_name(asked.content, styles, home)
        if changes["styles"] != plan.styles:
            changes["consent"] = False  # what the plan says is said of its own voices
    if asked.method is not None:
        brief = _brief(asked.content or plan.content, asked.style or plan.styles, asked.prompt or plan.prompt)
        choice = methods.choose(brief, asked.method)
        changes["choice"], changes["methods"] = choice, methods.plan_methods(choice)
        changes["finish"] = choice.finish
    return _fixed(plan.model_copy(update=changes), asked)


def _brief(content: Path, styles: Sequence[Path], prompt: str | None) -> Brief:
    return Brief(content=(content,), medium=medium(content), styles=tuple(styles), wishes=Wishes(prompt=prompt))


def _fixed(plan: Plan, asked: TuneOptions) -> Plan:
    """``plan`` with the parameters asked for among the fixed ones of its methods, each where one has it, and the files
    of aids."""
    names = [method.name for method in plan.methods]
    given, texts = aids.apart(names, asked.params, asked.aids)
    files, with_them = aids.read(names, texts, plan.styles)
    fixing = methods.searching_with(methods.fixing(plan.methods, {**with_them, **given}), files)
    return plan.model_copy(update={"methods": fixing, "aids": {**plan.aids, **files}})


def _said(asked: TuneOptions, base: Plan) -> dict[str, Any]:
    """The plain fields that were said."""
    spent = {"trials": asked.trials, "minutes": asked.minutes}
    budget = base.budget.model_dump() | {name: value for name, value in spent.items() if value is not None}
    said = {
        "study": asked.study,
        "prompt": asked.prompt,
        "size": asked.size,
        "final_size": _final_size(asked, base),
        "finish": asked.finish,
        "prefer": None if asked.prefer is None else _prefer(asked.prefer),
        "profile": asked.profile,
        "encoder": asked.encoder,
        "workers": asked.workers,
        "seed": asked.seed,
        "consent": asked.consent or None,
    }
    return {"budget": budget} | {name: value for name, value in said.items() if value is not None}


def _final_size(asked: TuneOptions, base: Plan) -> int | None:
    if asked.final_size != "own":
        return asked.final_size
    return said_size(base.medium, "own", open_medium(base.content, base.methods[0].name).size_of(base.content))


def _prefer(said: str | float) -> float:
    if isinstance(said, str) and said in PREFER:
        return PREFER[said]
    try:
        return float(said)
    except ValueError:
        raise BadInput(
            "--prefer {said!r} is no preference", "style, content, or a number from 0 to 1", said=said
        ) from None
