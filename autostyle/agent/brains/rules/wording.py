"""Scores, methods, reasons and errors in the language of the request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from autostyle import decision
from autostyle.agent.brains.replies import join_words, say, score_title, translate, words
from autostyle.agent.understanding.model import Language
from autostyle.brief import MediumName
from autostyle.mediums import registry as mediums
from autostyle.mediums.files import medium_by_name
from autostyle.mediums.serving import serving
from autostyle.methods import registry
from autostyle.plan import Choice, Plan
from autostyle.report.text import markdown, one_line

Data = Mapping[str, Any]


def plain(text: object) -> str:
    """Words from outside as literal Markdown, for they may hold anything; only our own commands stay code."""
    parts = re.split(r"(`autostyle [^`]*`)", one_line(text))
    return "".join(part if n % 2 else _escaped(part) for n, part in enumerate(parts))


def trouble(language: Language, key: str, error: object, hint: object = None) -> str:
    """That something went wrong (the sentence ``key``), and what helps; error and hint are sentences of their own."""
    said, help = say(language, key, error=_ended(told(language, error))), told(language, hint or "")
    return f"{said} {say(language, 'hint', hint=_ended(help))}" if help else said


def told(language: Language, sentence: object) -> str:
    """What a tool said, in the language of the request if it is known there, as literal Markdown."""
    return plain(translate(language, sentence if isinstance(sentence, str) else str(sentence)))


def _ended(said: str) -> str:
    """Words with a full stop behind them."""
    return said if said.endswith((".", "!", "?")) else f"{said}."


def _escaped(text: str) -> str:
    """As markdown(), the spaces at its ends kept."""
    inner = text.strip()
    return text.replace(inner, markdown(inner), 1) if inner else text


def title(language: Language, method: str) -> str:
    """What a method is called: ``PhotoWCT``, ``Sound mosaic``, 소리 모자이크."""
    return translate(language, decision.short_title(method))


def say_of(language: Language, medium: MediumName | None, key: str, **values: object) -> str:
    """The sentence ``key`` as it is said of works of ``medium``: by a sentence of its own, by one for all that are no
    pictures, or as of a picture."""
    ways = (f"{key}:{medium}", f"{key}:work" if medium not in (None, "image") else key)
    return say(language, next((way for way in ways if way in words(language)), key), **values)


def work_line(language: Language, place: str) -> str:
    """Where a result is: called what it is, by its ending."""
    return say_of(language, medium_by_name(Path(place)), "picture", path=path(place))


def titles(language: Language, methods: Iterable[str]) -> str:
    """Several methods by their titles."""
    return join_words(language, [title(language, method) for method in methods])


def left(language: str, plan: Plan) -> str:
    """That a plan was not begun, as plain text."""
    names = {"content": one_line(plan.content.name), "styles": ", ".join(one_line(s.name) for s in plan.styles)}
    return say(language, "offer:plan", study=plan.study, trials=plan.budget.trials, **names).replace("`", "")


def path(place: str | Path) -> str:
    """Where a file is, as code: nothing in it is markup, and it can be copied as it stands."""
    return f"`{one_line(place).replace('`', chr(0x2019))}`"


def paths(places: Iterable[str]) -> str:
    """Several files, each as code."""
    return ", ".join(map(path, places))


def scores(language: str, found: Mapping[str, float | None]) -> str:
    """``style 0.81, content 0.66``."""
    return ", ".join(f"{score_title(language, name)} {value:.2f}" for name, value in found.items() if value is not None)


def bounded(language: Language, within: Mapping[str, Sequence[float | None]]) -> Iterator[str]:
    """``style_weight 0.1–0.5``, ``content at least 0.5``."""
    for name, (low, high) in within.items():
        what = score_title(language, name)
        if low is not None and high is not None:
            yield f"{what} {low:.3g}" if low == high else f"{what} {low:.3g}–{high:.3g}"
        elif low is not None:
            yield say(language, "within:least", what=what, low=f"{low:.3g}")
        elif high is not None:
            yield say(language, "within:most", what=what, high=f"{high:.3g}")


def limits(language: Language, over: Iterable[str]) -> str:
    """The figures that are over their limit, by their names."""
    return join_words(language, [words(language).get(f"limit:{name}", name) for name in over])


def chosen(method: str, values: Data) -> Data:
    """The parameters that are not as a plain run of the method has them."""
    plain_run = registry.params(method).parse({}).model_dump()
    return {name: found for name, found in values.items() if found != plain_run.get(name)}


def params(values: Data) -> str:
    """``style_weight = 0.31, style_loss = gram``."""
    return ", ".join(f"{name} = {value(found)}" for name, found in values.items())


def value(found: object) -> str:
    """A parameter's value to three digits."""
    return f"{found:.3g}" if isinstance(found, float) else plain(found)


def reason(language: Language, choice: Choice, key: str = "method") -> list[str]:
    """Why this method: the row's reason, what is not here, and what is lost with the stand-in."""
    method = choice.method
    row = decision.load().by_id(choice.row)
    if row is None:
        return [say(language, "named", method=title(language, method))]
    korean = language == "ko" and row.reason_ko
    said = [say(language, key, method=title(language, method), reason=row.reason_ko if korean else row.reason)]
    before = map(registry.find, row.methods[: row.methods.index(method)])
    # What takes other files of the medium was no choice, and nothing lacks.
    passed = [spec.name for spec in before if spec.unfit is None or not decision.available(spec)]
    unlearnt = [name for name in passed if (spec := registry.find(name)).lacks is not None and decision.available(spec)]
    for key, names in (("unlearnt", unlearnt), ("absent", [name for name in passed if name not in unlearnt])):
        if names:
            said.append(say(language, key, methods=titles(language, names)))
    if method in row.fallback:
        lost = row.lost_ko.get(method) if korean else row.lost[method]
        said.append(say(language, "stand_in", method=title(language, method), lost=lost or row.lost[method]))
    return said


def why(language: Language, choice: Data) -> str:
    """The reason of a choice in plain words; in Korean that of its row, where the table has one."""
    if language == "ko":
        row = decision.load().by_id(str(choice.get("row")))
        return row.reason_ko if row is not None else ""
    return str(choice.get("reason") or "")


def works(language: Language, medium: str) -> str:
    """What works of a medium are called; those of another package's medium as it calls them itself."""
    return say(language, medium) if medium in mediums.OURS else mediums.find(medium).many


def runs_here(medium: str = "image") -> list[str]:
    """The methods that can run here, for a medium, but those that are for who knows their name."""
    by_name = decision.load().by_name_only
    return [spec.name for spec in serving(medium) if decision.available(spec) and spec.name not in by_name]
