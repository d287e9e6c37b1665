"""report.html: one file that opens offline. Nothing a person or a model wrote becomes markup in it."""

from __future__ import annotations

import base64
import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from autostyle import decision
from autostyle.mediums import links
from autostyle.mediums import registry as mediums
from autostyle.mediums.contract import Exhibit
from autostyle.methods.params import Value
from autostyle.plan import Plan
from autostyle.report import charts
from autostyle.report.languages import said, template, told
from autostyle.report.pictures import Album, Embedded, inside, refuse_active
from autostyle.report.provenance import commands, weights
from autostyle.report.text import clean, one_line
from autostyle.report.view import View
from autostyle.tuning import pareto
from autostyle.tuning.record import StudyRecord

PICTURE_BYTES = 9_500_000
"""Of the page's 12 MB, what its pictures may take as base64."""
EXHIBIT_BYTES = {"result": 3_000_000, "content": 1_500_000, "style": 200_000}
"""Of these, what a medium may take to show one file as itself; of a larger one there is its picture and a link."""
SHEET_PICTURES = 160
"""Pictures in the contact sheet; a longer study shows the rest without one."""


@dataclass(frozen=True)
class Live:
    """What makes the page one that follows its study.

    Args:
        album: its pictures, which have addresses of their own.
        stamp: changes when the page does; the address ``state`` beside the page tells the present one.
        running: whether a search is under way.
    """

    album: Album
    stamp: str
    running: bool


def page(view: View, live: Live | None = None) -> str:
    """The whole page. The study's pictures are read from its folder; one that is gone leaves a note in its place."""
    environment = _environment(view.record.plan.language)
    style, script = (_source(environment, name) for name in ("report.css", "report.js"))
    following = _source(environment, "live.js") if live is not None else ""
    style += _source(environment, "live.css") if live is not None else ""
    pictures = _pictures(view, Album(view.record.folder, PICTURE_BYTES) if live is None else live.album)
    style += "".join(map(font_rules, pictures["shown"]))
    return environment.get_template("report.html.jinja").render(
        {
            **pictures,
            "live": live,
            "view": view,
            "record": view.record,
            "plan": view.record.plan,
            "unit": mediums.scale(view.record.plan.medium).unit,
            "one": mediums.find(view.record.plan.medium).one,
            "rule": rule(view.record),
            "reason": reason(view.record.plan),
            "untouched": [f"{m.of_content:g}" for m in view.record.objectives if m.of_content is not None],
            "scatter": charts.scatter(view.record),
            "hypervolume": charts.curve(view.record.hypervolume_history),
            "has_log": any(setting.info.log for setting in view.settings),
            "weights": weights(view.record),
            "scorer": [(name, _flat(value)) for name, value in view.record.scorer.items()],
            "plan_yaml": view.record.plan.to_yaml(),
            "commands": commands(view.record),
            "created": date(datetime.now(UTC), view.record.plan.language),
            "version": version("autostyle"),
            "style": Markup(style),
            "script": Markup(script),
            "following": Markup(following),
            "style_hash": csp_hash(style),
            "script_hashes": [csp_hash(source) for source in (script, following) if source],
        }
    )


def _pictures(view: View, album: Album) -> dict[str, Any]:
    """The pictures by place; the most important are embedded first, so that a long study drops the least."""
    record, result = view.record, view.record.result
    shares = record.plan.style_weights
    exhibits: dict[str, Exhibit | None] = {}
    placed: dict[str, Any] = {"exhibits": exhibits}
    for name, path, quality in (("result", result, 84), ("content", record.plan.content, 80)):
        placed[name] = album.add(path, 1024, quality=quality)
        exhibits[name] = album.exhibit(path, EXHIBIT_BYTES[name])
    placed |= {
        "styles": [
            {
                "name": view.names[1 + n],
                "picture": album.add(path, 640),
                "exhibit": album.exhibit(path, EXHIBIT_BYTES["style"]),
                "file": link(record.folder, path),
                "share": f"{shares[n] / sum(shares):.0%}" if len(shares) > n else "",
            }
            for n, path in enumerate(record.plan.styles)
        ],
        "aids": [
            {"aid": name, "name": file["name"], "picture": picture, "file": link(record.folder, path)}
            for name, files in record.aids.items()
            for file in files
            if (path := Path(file["file"])).suffix.lower() in mediums.find("image").readable
            and (picture := album.add(path, 640)) is not None
        ],
        "files": {"content": link(record.folder, record.plan.content), "result": link(record.folder, result)},
        "strip": [(trial, album.add(trial.image, 160, quality=72)) for trial in islice(view.front, 80)],
    }
    sheet = [
        (
            trial,
            album.add(trial.image, 448 if trial.number in record.front else 320) if n < SHEET_PICTURES else None,
            link(record.folder, trial.full_image),
        )
        for n, trial in enumerate(view.order)
    ]
    every = [*exhibits.values(), *(style["exhibit"] for style in placed["styles"])]
    shown = [found for found in every if found is not None]
    placed["shown"] = shown
    placed["needs"] = sorted({" ".join(need) for found in shown for need in found.needs.items()})
    return {**placed, "sheet": sheet, "hidden_pictures": sum(picture is None for _, picture, _ in sheet)}


def link(folder: Path, path: Path | None) -> str | None:
    """A relative link from the report to a file of the study; None where there is none, or it lies elsewhere."""
    file = inside(folder, None if path is not None and links.is_link(path) else path)
    return None if file is None else "./" + quote(file.relative_to(folder.resolve()).as_posix())


def font_rules(exhibit: Exhibit) -> str:
    """The rules of a style sheet that set the text of an exhibit in its font; raises ValueError as :func:`element`."""
    refuse_active(exhibit)
    if not exhibit.font:
        return ""
    name = exhibit.family
    return f'@font-face{{font-family:"{name}";src:url("{exhibit.font}")}}.{name}{{font-family:"{name}" !important}}'


def element(exhibit: Exhibit, picture: Embedded | None) -> Markup:
    """The element that shows a file; whatever is in it is text or the value of an attribute, and nothing is markup.

    Raises:
        ValueError: it might run something.
    """
    refuse_active(exhibit)
    given = dict(exhibit.attributes)
    if exhibit.font:
        given["class"] = f"specimen {exhibit.family}"
    if exhibit.source:
        given["src"] = exhibit.source
    if exhibit.poster and picture is not None:
        given |= {"poster": picture.uri, "width": str(picture.width), "height": str(picture.height)}
    told = (
        Markup(" {}").format(name) if value is True else Markup(' {}="{}"').format(name, value)
        for name, value in given.items()
    )
    return Markup("<{0}{1}>{2}</{0}>").format(exhibit.tag, Markup("").join(told), clean(exhibit.text))


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("autostyle.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "user": _user,
        "t": partial(_said, language),
        "words": partial(_words, language),
        "element": element,
        "score": score,
        "signed": signed,
        "value": value,
        "tick": lambda number: f"{number:g}".replace("-", "−"),
        "unit": lambda number: min(max(number or 0.0, 0.0), 1.0),
        "percent": lambda number: f"{number:.0%}",
        "duration": partial(duration, language=language),
        "ranked": ranked,
        "moment": moment,
    }
    return environment


def _source(environment: Environment, name: str) -> str:
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


def csp_hash(source: str) -> str:
    """How a content security policy names a script or a style sheet that stands in the page."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode("ascii")


def _said(language: str, text: str, **values: object) -> Markup:
    """A sentence of the page in its language; what is put in is escaped unless it is markup."""
    return Markup(template(language, text)).format(**values) if values else Markup(escape(template(language, text)))


def _words(language: str, text: str) -> Markup:
    """What figures and parameters say of themselves, notes and keywords, in the language of the page."""
    return _user(told(language, text))


def rule(record: StudyRecord) -> str:
    """How the recommended trial was picked, in the language of the page where it is the rule of today."""
    plan, names = record.plan, [metric.name for metric in record.objectives]
    if record.rule != pareto.rule(plan.prefer, names) or plan.prefer in (0, 1):
        return record.rule
    first, *others = (template(plan.language, name) for name in names)
    times = pareto.STYLE_COUNTS * plan.prefer / (1 - plan.prefer)
    values = {"first": first.capitalize(), "first_lower": first, "others": ", ".join(others), "times": times}
    return record.rule if plan.language == "en" else said(plan.language, pareto.RULE, **values)


def reason(plan: Plan) -> str:
    """Why this method, in the language of the page where the decision table has it."""
    row = decision.load().by_id(plan.choice.row)
    if plan.language == "ko" and row is not None and row.reason_ko:
        return row.reason_ko
    return told(plan.language, plan.choice.reason)


def _user(text: object) -> Markup:
    """Words from outside: escaped, on one line, and isolated so that their direction stays their own."""
    return Markup("<bdi>{}</bdi>").format(escape(one_line(text)))


def _flat(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_flat(item)}" for name, item in value.items())
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def score(number: float | None) -> str:
    """Two decimals with a true minus; a dash where there is no finite number."""
    if number is None or not math.isfinite(number):
        return "–"
    text = f"{number:.2f}"
    return "0.00" if text == "-0.00" else text.replace("-", "−")


def signed(number: float) -> str:
    """Like :func:`score`, with a plus where it is a gain."""
    return f"+{score(number)}" if number >= 0 else score(number)


def value(item: Value | None) -> str:
    """A parameter's value as a person writes it."""
    if isinstance(item, bool):
        return "yes" if item else "no"
    if isinstance(item, float):
        return f"{item:.3g}".replace("-", "−")
    return one_line(item, limit=120)


def duration(seconds: float, language: str = "en") -> str:
    """``0.24 s``, ``12 s``, ``3 min 05 s``, ``2 h 10 min``."""
    if seconds < 59.5:
        return said(language, "{n} s", n=f"{seconds:.2g}" if 0 < seconds < 10 else f"{seconds:.0f}")
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return said(language, "{minutes} min {seconds:02d} s", minutes=minutes, seconds=rest)
    return said(language, "{hours} h {minutes:02d} min", hours=minutes // 60, minutes=minutes % 60)


def date(now: datetime, language: str) -> str:
    """``29 November 2026, 18:05 UTC``."""
    return f"{now:{template(language, '%-d %B %Y, %H:%M')}} UTC"


def moment(text: Any) -> str:
    """A time stamp (ISO 8601) to the minute."""
    return one_line(text)[:16].replace("T", " ")


def ranked(objectives: Mapping[str, Mapping[str, float]]) -> list[str]:
    """The parameters of all objectives, the weightiest first."""
    names = dict.fromkeys(name for shares in objectives.values() for name in shares)
    return sorted(names, key=lambda name: -max(shares.get(name, 0.0) for shares in objectives.values()))
