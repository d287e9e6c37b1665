"""report.md: the same study for GitHub and for a terminal, with relative links to the pictures beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from importlib.metadata import version
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from autostyle.mediums.files import shown
from autostyle.report.html import duration, link, moment, reason, rule, score, signed, value
from autostyle.report.languages import template, told
from autostyle.report.provenance import commands, weights
from autostyle.report.text import markdown, one_line
from autostyle.report.view import View


def page(view: View) -> str:
    """The whole text. Whatever a template prints is escaped, so that nothing a person wrote becomes markup."""
    folder, plan, result = view.record.folder, view.record.plan, view.record.result
    text = (
        _environment(view.record.plan.language)
        .get_template("report.md.jinja")
        .render(
            view=view,
            record=view.record,
            rule=rule(view.record),
            reason=reason(plan),
            plan=plan,
            content=link(folder, shown(plan.content)),
            styles=[link(folder, shown(path)) for path in plan.styles],
            result=link(folder, result and shown(result)),
            clip=link(folder, result) if result and shown(result) != result else None,
            front=[(trial, link(folder, trial.image), link(folder, trial.full_image)) for trial in view.front],
            weights=weights(view.record),
            commands=commands(view.record),
            version=version("autostyle"),
        )
    )
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def code(text: object) -> Markup:
    """``text`` as inline code, behind more backticks than it holds in a row."""
    line = one_line(text).replace("|", "\\|")
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", line)), default=0))
    gap = " " if "`" in line else ""
    return Markup(f"{fence}{gap}{line}{gap}{fence}")


def block(text: str) -> Markup:
    """``text`` as an indented code block, which nothing in it can end."""
    return Markup("    " + one_line(text, limit=4000))


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("autostyle.report", "templates"),
        autoescape=False,
        finalize=_literal,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., Any]] = {
        "t": partial(_said, language),
        "words": partial(told, language),
        "heading": lambda line: Markup(line.rstrip(".")),
        "code": code,
        "block": block,
        "moment": moment,
        "score": lambda number: Markup(score(number)),
        "signed": lambda number: Markup(signed(number)),
        "duration": lambda seconds: Markup(duration(seconds, language)),
        "value": lambda item: code(value(item)),
        "url": lambda address: Markup(f"<{address}>"),
    }
    environment.filters |= filters
    return environment


def _said(language: str, text: str, **values: Any) -> Markup:
    """A sentence in the language of the report; what is put in is literal, and so is a text that none is put into."""
    told = template(language, text)
    return Markup(
        told.format_map({name: _literal(item) for name, item in values.items()}) if values else markdown(told)
    )


def _literal(item: Any) -> Any:
    """What Jinja prints: text is escaped unless a filter made it on purpose."""
    return item if isinstance(item, Markup | int | float) else Markup(markdown(item))
