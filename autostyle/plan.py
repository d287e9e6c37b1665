"""The plan of a study: what is searched, how, and for how long. A YAML file a person can read and edit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from autostyle.brief import Budget, MediumName
from autostyle.errors import AutostyleError, BadInput, wrong
from autostyle.mediums import registry as mediums
from autostyle.methods import registry
from autostyle.methods.params import Value
from autostyle.scoring.scores import ProfileName

SCHEMA: Literal[1] = 1
ASKED = "asked"
"""The row of a choice that no row made: the person named the method."""
STUDY_NAME = r"[a-z0-9][a-z0-9._-]{0,99}"
"""It becomes a folder."""
StudyName = Annotated[str, StringConstraints(pattern=f"^{STUDY_NAME}$")]
Within = tuple[float | None, float | None]
"""``[low, high]``, both included; an end that is None is open."""
MAX_BYTES = 256 * 1024
PlanId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
"""Of a method, or of weights."""
PlanAidFiles = Annotated[
    tuple[Path, ...], Field(min_length=1, max_length=64), BeforeValidator(lambda v: (v,) if isinstance(v, str) else v)
]
PlanWords = Annotated[str, StringConstraints(max_length=4000)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class MethodPlan(_Model):
    """How one method is searched.

    Args:
        name: a built method.
        fixed: parameters held at a value.
        bounds: narrower or wider search ranges, ``[low, high]``, for float and int parameters.
        warm_starts: parameter sets tried first, after the method's own presets.
    """

    name: str
    fixed: dict[str, Value] = {}
    bounds: dict[str, tuple[float, float]] = {}
    warm_starts: tuple[dict[str, Value], ...] = ()


class Choice(_Model):
    """Why this method: the row of the decision table and what it would have preferred."""

    method: PlanId
    preferred: Annotated[tuple[PlanId, ...], Field(max_length=100)] = ()
    row: PlanWords = ASKED
    reason: PlanWords = ""
    alternatives: Annotated[tuple[PlanId, ...], Field(max_length=100)] = ()
    finish: PlanId | None = None


class Plan(_Model):
    """A whole study as data; paths are relative to the study's folder once it is saved there."""

    schema_version: Literal[1] = SCHEMA
    study: StudyName
    medium: MediumName = "image"
    "Of what is made."
    content: Path
    styles: Annotated[tuple[Path, ...], Field(min_length=1)]
    style_weights: tuple[Annotated[float, Field(gt=0, le=1e6)], ...] = ()
    aids: Annotated[dict[PlanId, PlanAidFiles], Field(max_length=16)] = {}
    "Files that its methods work with beside content and styles, under the names that they declare."
    prompt: PlanWords | None = None
    methods: Annotated[tuple[MethodPlan, ...], Field(min_length=1)]
    choice: Choice
    budget: Budget = Budget()
    size: Annotated[int, Field(ge=1)] = 384
    "Of what a trial makes, in the unit of the medium's scale."
    final_size: Annotated[int, Field(ge=1)] | None = None
    "Of the final render; None means the content's own, as far as the medium's scale goes by itself."
    finish: PlanId | None = None
    "The method that paints the final render of a trial in place of the one that was searched, where it can."
    prefer: Annotated[float, Field(ge=0, le=1)] = 0.5
    "0 = content, 1 = style; 0.5 takes a picture that is clearly painted and still readable."
    within: Annotated[dict[str, Within], Field(max_length=64)] = {}
    "What the recommended trial is to have where one has, by the name of a score or of a parameter."
    sampler: Literal["auto", "tpe", "gp", "random"] = "auto"
    encoder: PlanId = "auto"
    scorer: PlanId = "auto"
    profile: Literal["auto", "art", "photo"] = "auto"
    "What its works are judged by; auto is what the first of its methods makes."
    consent: bool = False
    "Whether somebody has said that the person whose voice is imitated agreed to it."
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 0
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    keywords: Annotated[tuple[Annotated[str, StringConstraints(max_length=200)], ...], Field(max_length=64)] = ()
    "The style in words."
    keywords_by: Annotated[str, StringConstraints(max_length=500)] = ""
    "Who said so: ``measured``, ``clip:MODEL``, ``vlm:NAME`` or ``model:NAME``."

    language: Annotated[str, StringConstraints(pattern="^[a-z]{2}$")] = "en"
    "Of its report: the person's, where one asked for it in words."

    @model_validator(mode="after")
    def _sized(self) -> Plan:
        try:
            scale = mediums.scale(self.medium)
            scale.check(self.size, scale.high)
            if self.final_size is not None:
                scale.check(self.final_size, scale.final)
        except AutostyleError as error:
            raise ValueError(error.message) from error
        return self

    def checked(self) -> Plan:
        """Self, after every method, fixed value, bound and warm start was held against the specs."""
        if self.style_weights and len(self.style_weights) != len(self.styles):
            raise BadInput(
                "{count} style weights for {styles} styles",
                "give each style one, or none",
                count=len(self.style_weights),
                styles=len(self.styles),
            )
        for name in self.aids:
            if not any(aid.name == name for spec in registry.METHODS.values() for aid in spec.aids):
                raise BadInput("unknown aid {name!r}", "`autostyle methods NAME` lists those of a method", name=name)
        if self.finish is not None:
            registry.find_built(self.finish)
        self._check_within()
        for method in self.methods:
            model = registry.params(method.name)
            infos = model.info()
            registry.complete(method.name, method.fixed, self.aids)
            for start in method.warm_starts:
                model.parse(dict(start))
            for name, (low, high) in method.bounds.items():
                info = infos.get(name)
                if info is None or info.low is None or info.top is None:
                    raise BadInput(
                        "{method}: {name!r} takes no bounds", "bounds are for numbers", method=method.name, name=name
                    )
                if not info.low <= low < high <= info.top:
                    raise BadInput(
                        "{method}: bounds {low:g}..{high:g} of {name} are out of range",
                        "range: {least:g} to {most:g}",
                        method=method.name,
                        low=low,
                        high=high,
                        name=name,
                        least=info.low,
                        most=info.top,
                    )
        return self

    def finishing(self, method: str) -> str:
        """The method that paints the final render of a trial by ``method``."""
        if self.finish is not None and method in registry.find_built(self.finish).finishes:
            return self.finish
        return method

    def _check_within(self) -> None:
        scores = {objective.name for objective in mediums.find(self.medium).objectives}
        numbers = {
            name
            for spec in registry.METHODS.values()
            if spec.params is not None
            for name, info in spec.params.info().items()
            if info.low is not None
        }
        for name, (low, high) in self.within.items():
            if name not in scores | numbers:
                raise BadInput(
                    "within: {name!r} is no score and no number of a method",
                    "scores: {names}; `autostyle methods NAME` lists parameters",
                    name=name,
                    names=", ".join(sorted(scores)),
                )
            if low is not None and high is not None and low > high:
                raise BadInput(
                    "within: {low:g}..{high:g} of {name} is no range",
                    "the low end first",
                    low=low,
                    high=high,
                    name=name,
                )

    @property
    def judged_by(self) -> ProfileName:
        """The profile of its scorer."""
        return registry.find_built(self.methods[0].name).profile if self.profile == "auto" else self.profile

    @property
    def described(self) -> str | None:
        """The prompt as methods get it: the person's words, then the style keywords; None where there are neither."""
        return ", ".join(filter(None, (self.prompt, *self.keywords))) or None

    def told(self, size: int | None) -> str:
        """A size of this study's works, for people."""
        return "" if size is None else mediums.scale(self.medium).told(size)

    def placed(self, folder: Path) -> Plan:
        """The plan of the study in ``folder`` with its paths made absolute."""
        root = folder.resolve()
        aids = {name: tuple(root / file for file in files) for name, files in self.aids.items()}
        styles = tuple(root / style for style in self.styles)
        return self.model_copy(update={"content": root / self.content, "styles": styles, "aids": aids})

    @property
    def files(self) -> tuple[Path, ...]:
        """All that it is made from: the content, the styles, the aids."""
        return (self.content, *self.styles, *(file for files in self.aids.values() for file in files))

    def to_yaml(self) -> str:
        return yaml.safe_dump(self.model_dump(mode="json"), sort_keys=False, allow_unicode=True)

    @classmethod
    def from_yaml(cls, text: str) -> Plan:
        """Parse and check a plan; raises BadInput with the field that is wrong."""
        if len(text.encode()) > MAX_BYTES:
            raise BadInput("this plan is too large", "plans are at most {most} KiB", most=MAX_BYTES // 1024)
        try:
            data: Any = yaml.safe_load(text)
        except (yaml.YAMLError, ValueError, RecursionError) as error:  # of numbers and dates that are none; too deep
            raise BadInput("this plan is no YAML", " ".join(str(error).split())) from error
        if not isinstance(data, dict):
            raise BadInput("this plan is empty or no mapping", "see studies/examples for a plan that works")
        refuse_newer(data)
        try:
            return cls.model_validate(data).checked()
        except ValidationError as error:
            raise BadInput("plan: {error}", "see studies/examples for a plan that works", error=wrong(error)) from error


def refuse_newer(data: dict[Any, Any]) -> None:
    """Raises BadInput where ``data`` is the plan of a later version."""
    version = data.get("schema_version")
    if isinstance(version, int) and version > SCHEMA:
        raise BadInput(
            "this plan is of a newer autostyle (schema {version})", "pip install --upgrade autostyle", version=version
        )
