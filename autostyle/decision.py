"""The decision table: which method for which wish, and what stands in where this machine cannot run it.

The table itself is data, ``prompts/decision_table.yaml``; this module reads, checks and walks it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from autostyle import resources
from autostyle.brief import Brief, MediumName
from autostyle.errors import AutostyleError, BadInput, NotBuilt, wrong
from autostyle.mediums import registry as mediums
from autostyle.mediums.serving import service, serving
from autostyle.methods import registry
from autostyle.methods.spec import MethodSpec
from autostyle.plan import Choice
from autostyle.sentences import Sentence, join_sentences
from autostyle.vision.weights import Weights

NAME = "decision_table.yaml"


@dataclass(frozen=True)
class Availability:
    """Whether a method can run on this machine: true if nothing is ``missing``, else what is, in words."""

    missing: str = ""

    def __bool__(self) -> bool:
        return not self.missing


def available(spec: MethodSpec) -> Availability:
    """A built method runs where one of the sets of weights it asks for is, or on the embedded ones; a planned one
    nowhere yet. What is missing is told with the command that gets it."""
    if not spec.built:
        return Availability(Sentence("planned, not built yet"))
    if registry.runs_here(spec):
        return Availability()
    weights = Weights.open()
    lacking = [weights.lacking(ids) for ids in spec.weights]
    sizes = [sum(weights.entry(id).size or 0 for id in ids) for ids in lacking]
    # What is nearly complete is completed; from nothing, the first set, which the method prefers.
    begun = [n for n, ids in enumerate(lacking) if len(ids) < len(spec.weights[n])]
    best = min(begun, key=sizes.__getitem__, default=0)
    if brought := [weights.entry(id) for id in lacking[best] if weights.entry(id).brought]:
        return Availability(Sentence("needs `{command}`", command=brought[0].how))
    return Availability(
        Sentence(
            "needs `autostyle weights get {ids}`, {size:.0f} MB", ids=" ".join(lacking[best]), size=sizes[best] / 2**20
        )
    )


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Situation(_Model):
    """What the table looks at: the wishes of a brief that decide between methods."""

    medium: MediumName = "image"
    prevent_leakage: bool = False
    photorealistic: bool = False
    prompt: bool = False
    brand: bool = False
    realtime: bool = False
    arbitrary: bool = False
    quality: bool = False
    production: bool = False
    voice: bool = False
    outlines: bool = False

    @classmethod
    def of(cls, brief: Brief) -> Situation:
        """The situation a brief describes."""
        flags = {name for name in cls.model_fields if name not in ("medium", "prompt")}
        wishes = brief.wishes
        return cls(medium=brief.medium, prompt=bool(wishes.prompt), **{name: getattr(wishes, name) for name in flags})


def _known(name: str) -> str:
    try:
        return registry.find(name).name
    except AutostyleError as error:
        raise ValueError(Sentence("{error}; {hint}", error=error.message, hint=error.hint)) from error


Names = tuple[Annotated[str, AfterValidator(_known)], ...]


class Row(_Model):
    """One row of the table; the fields are explained at its top."""

    id: str
    when: Situation
    prefer: Annotated[Names, Field(min_length=1)]
    fallback: Names
    reason: str
    lost: dict[str, str] = {}
    reason_ko: str = ""
    lost_ko: dict[str, str] = {}
    finish: Annotated[str, AfterValidator(_known)] | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if len(set(self.methods)) < len(self.methods):
            raise ValueError(Sentence("a method is named twice"))
        if set(self.lost) != set(self.fallback):
            raise ValueError(
                Sentence("`lost` must say for each method of `fallback`, and no other, what is given up with it")
            )
        if not set(self.lost_ko) <= set(self.fallback):
            raise ValueError(Sentence("`lost_ko` names a method that `fallback` does not"))
        return self

    @property
    def methods(self) -> tuple[str, ...]:
        """All methods of the row, best first."""
        return self.prefer + self.fallback

    def holds(self, situation: Situation) -> bool:
        """True if everything this row's ``when`` states is so; an empty ``when`` always holds."""
        return all(getattr(self.when, field) == getattr(situation, field) for field in self.when.model_fields_set)


class Table(_Model):
    """The whole table, rows by falling precedence."""

    rows: Annotated[tuple[Row, ...], Field(min_length=1)]
    by_name_only: Names = ()

    @model_validator(mode="after")
    def _every_row_can_decide(self) -> Self:
        ids = [row.id for row in self.rows]
        if len(set(ids)) < len(ids):
            raise ValueError(Sentence("two rows have the same id"))
        *others, last = self.rows
        if last.when.model_fields_set or not all(row.when.model_fields_set for row in others):
            raise ValueError(Sentence("the last row, and no other, must hold always (`when: {}`)"))
        return self

    def row(self, situation: Situation) -> Row:
        """The row that decides; its ``prefer`` is what the situation asks for, whether or not it can run here.

        A medium that no method of that row serves has a row of its own, where there are methods of it.
        """
        found = next(row for row in self.rows if row.holds(situation))
        if any(service(registry.find(name), situation.medium) for name in found.methods):
            return found
        return _of_medium(situation.medium) or found

    def by_id(self, id: str) -> Row | None:
        """The row called ``id``, which may be that of a medium; None where there is none: somebody named the method."""
        row = next((row for row in self.rows if row.id == id), None)
        return _of_medium(id) if row is None and id in mediums.MEDIUMS else row

    def rows_with(self, method: str) -> tuple[str, ...]:
        """The ids of the rows that name ``method``."""
        return tuple(row.id for row in self.rows if method in row.methods)


def _of_medium(medium: MediumName) -> Row | None:
    """The row of a medium that the table does not know: any method that is made for it."""
    own = tuple(spec.name for spec in serving(medium))
    if not own:
        return None
    many = mediums.find(medium).many
    return Row(
        id=medium,
        when=Situation(medium=medium),
        prefer=own,
        fallback=(),
        reason=f"It is made for {many}.",
        reason_ko="이런 작품을 위해 만들어진 방법이에요.",
    )


def load() -> Table:
    """The table in force: the user's override, else the shipped one; raises BadInput naming line and field."""
    return _table(resources.read(NAME))


@lru_cache(maxsize=2)
def _table(source: resources.Resource) -> Table:
    try:
        return Table.model_validate(resources.parse(source))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise _broken(source, mark.line + 1 if mark else 1, error.problem or "no YAML") from error
    except ValidationError as error:
        raise _broken(source, _line(source.text, error.errors()[0]["loc"]), wrong(error)) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # numbers and dates that are none; too deep
        raise _broken(source, 1, " ".join(str(error).split())) from error


def choose(
    situation: Situation,
    available: Callable[[MethodSpec], Availability] = available,
    table: Table | None = None,
    styles: Sequence[Path] = (),
    contents: Sequence[Path] = (),
) -> Choice:
    """The first method of the situation's row that can run here, and why.

    Args:
        situation: what is asked for.
        available: what this machine can run.
        table: the table to use; None reads the one in force.
        styles: the style pictures, as far as they are known: a method that has to have learnt them is chosen for these
            alone.
        contents: the contents, as far as they are known: some methods take one kind of their medium's files alone.

    Raises:
        NotBuilt: nothing in the row can run here. Another row, and another medium's method, is never tried.
    """
    row = (table or load()).row(situation)
    # What takes no such files is no choice that anything stands in for.
    names = [name for name in row.methods if not unfit(registry.find(name), contents)] or row.methods
    blocked = {name: _missing(registry.find(name), situation.medium, available, styles) for name in names}
    ready = [name for name in names if not blocked[name]]
    if not ready:
        wish = Sentence("this wish" if situation.medium == "image" else mediums.find(situation.medium).many)
        kind = next((kind for kind in (situation.medium, "image") if any(map(available, serving(kind)))), "image")
        ways = ", ".join(spec.name for spec in serving(kind) if available(spec))
        raise NotBuilt(
            "cannot yet: no method for {wish} runs here: {blocked}",
            "for {many} these run here: {names}",
            wish=wish,
            many=Sentence(mediums.find(kind).many),
            blocked=_list(blocked),
            names=ways,
        )
    chosen, *alternatives = ready
    passed = {name: why for name, why in blocked.items() if why and row.methods.index(name) < row.methods.index(chosen)}
    reason = [row.reason]
    if passed:
        reason.append(f"Not here: {_list(passed)}.")
    if chosen not in row.prefer:
        reason.append(f"{short_title(chosen)} stands in: {row.lost[chosen]}")
    return Choice(
        method=chosen,
        preferred=row.prefer,
        row=row.id,
        reason=" ".join(reason),
        alternatives=tuple(alternatives),
        finish=_finish(row, chosen, available),
    )


def _finish(row: Row, chosen: str, available: Callable[[MethodSpec], Availability]) -> str | None:
    """What paints the final render of ``chosen``, where the row names it and it can run here."""
    if row.finish is None:
        return None
    spec = registry.find(row.finish)
    return spec.name if chosen in spec.finishes and available(spec) else None


def _missing(
    spec: MethodSpec, medium: MediumName, available: Callable[[MethodSpec], Availability], styles: Sequence[Path]
) -> str:
    """What keeps a method from running in this situation; empty if nothing does."""
    missing = available(spec).missing
    if not missing and spec.asks:
        return Sentence("needs your {names}", names=" and ".join(f"--with {name}=FILE" for name in spec.asks))
    served = service(spec, medium)
    if not missing and (served is None or served.how):  # by name only: nobody chose this way for them
        return Sentence("takes {many} only, so far", many=Sentence(mediums.find(spec.medium).many))
    return missing or (spec.lacks(styles) if spec.lacks is not None else "")


def unfit(spec: MethodSpec, contents: Sequence[Path]) -> str:
    """What keeps a method from taking one of ``contents``, files of its medium; empty if nothing does."""
    return next(filter(None, map(spec.unfit, contents)), "") if spec.unfit is not None else ""


def _list(blocked: dict[str, str]) -> Sentence:
    """``PhotoWCT, Deep photo style transfer (planned, not built yet); ...``"""
    by_reason: dict[str, list[str]] = {}
    for name, why in blocked.items():
        by_reason.setdefault(why, []).append(short_title(name))
    told = (Sentence("{names} ({why})", names=", ".join(names), why=why) for why, names in by_reason.items())
    return join_sentences(told, "; ")


def short_title(name: str) -> str:
    """The title of a method up to its explanation."""
    return re.split(r"[:(]", registry.find(name).title)[0].strip()


def _broken(source: resources.Resource, line: int, what: str) -> BadInput:
    whose = Sentence("your" if source.yours else "the shipped")
    return BadInput(
        "{whose} {name}, line {line}: {what}",
        "mend {path}, or move it away",
        whose=whose,
        name=source.name,
        line=line,
        what=what,
        path=source.path,
    )


def _line(text: str, location: tuple[int | str, ...]) -> int:
    """The line, from 1, of the innermost node of the YAML document that the location still finds."""
    node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    for part in location:
        if isinstance(node, yaml.MappingNode):
            inner = next((value for key, value in node.value if key.value == part), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            inner = node.value[part]
        else:
            inner = None
        if inner is None:
            break
        node = inner
    return int(node.start_mark.line) + 1 if node is not None else 1
