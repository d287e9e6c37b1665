"""Scores, methods, reasons and errors in the language of the request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from autostyle import decision
from autostyle.agent.brains.replies import WORDS, listed, say
from autostyle.agent.understanding.model import Language
from autostyle.methods import registry
from autostyle.report.text import markdown

Data = Mapping[str, Any]


def plain(text: object) -> str:
    """Words from outside as literal Markdown: file names, errors, prompts may hold anything."""
    return markdown(text)


def title(method: str) -> str:
    """What a method is called: ``PhotoWCT``."""
    return decision.short_title(method)


def titles(language: Language, methods: Iterable[str], link: str = "and") -> str:
    """Several methods by their titles."""
    return listed(language, [title(method) for method in methods], link)


def file(path: str | Path) -> str:
    """A file's name."""
    return plain(Path(path).name)


def scores(language: Language, found: Mapping[str, float | None]) -> str:
    """``style 0.81, content 0.66``."""
    return ", ".join(f"{score(language, name)} {value:.2f}" for name, value in found.items() if value is not None)


def score(language: Language, name: str) -> str:
    return WORDS[language].get(f"score:{name}", name)


def params(values: Data) -> str:
    """``style_weight = 0.31, style_loss = gram``."""
    return ", ".join(f"{k} = {v:.3g}" if isinstance(v, float) else f"{k} = {plain(v)}" for k, v in values.items())


def reason(language: Language, choice: Data) -> list[str]:
    """Why this method: the row's reason, what is not here, and what is lost with the stand-in."""
    method = choice["method"]
    row = next((row for row in decision.load().rows if row.id == choice["row"]), None)
    if row is None:
        return [say(language, "named", method=title(method))]
    korean = language == "ko" and row.reason_ko
    said = [say(language, "method", method=title(method), reason=row.reason_ko if korean else row.reason)]
    absent = row.methods[: row.methods.index(method)]
    if absent:
        said.append(say(language, "absent", methods=titles(language, absent)))
    if method in row.fallback:
        lost = row.lost_ko.get(method) if korean else row.lost[method]
        said.append(say(language, "stand_in", method=title(method), lost=lost or row.lost[method]))
    return said


def runs_here(medium: str = "image") -> list[str]:
    """The methods that can run here, for a medium."""
    return [s.name for s in registry.METHODS.values() if s.medium == medium and decision.available(s)]
