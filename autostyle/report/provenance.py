"""Where a result comes from and how to get it again: the weights with their licences, and the commands."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, replace

from autostyle.methods import registry
from autostyle.report.text import redact
from autostyle.tuning.record import StudyRecord
from autostyle.vision.registry import REGISTER


@dataclass(frozen=True)
class Used:
    """Weights that made a picture or a score: what they did, their id, and their licence and source where known."""

    role: str
    id: str
    licence: str = ""
    source: str = ""


def weights(record: StudyRecord) -> list[Used]:
    """The weights of a study by role, those among them that come with a method."""
    names = dict(record.weights)
    for method in record.plan.methods:
        for id in registry.find(method.name).embedded:
            names.setdefault(id.replace("_", " "), id)
    found = []
    for role, name in names.items():
        first, *more = re.findall(r"[^:() ]+", name)
        if first == "embedded":
            shipped = {"encoder": "encoder", "style": "style_embedding"}.get(role.partition(":")[0], "")
            entry = REGISTER.get(next((word for word in more if word in REGISTER), shipped))
        else:
            entry = REGISTER.get(first)
        shown = f"embedded {entry.id}" if entry is not None and entry.tier == "embedded" else name
        found.append(Used(role, shown, entry.licence if entry else "", entry.source if entry else ""))
    return found


def commands(record: StudyRecord) -> list[tuple[str, str]]:
    """What to type, with what it does; in the study's folder."""
    found = [
        ("The whole study again", record.command),
        ("This report again", f"autostyle report {shlex.quote(record.plan.study)} --home .."),
    ]
    if record.best is not None:
        found += [
            ("The recommended picture, compared with the recorded scores", "autostyle reproduce recipe.json"),
            ("The same look on other pictures", "autostyle apply recipe.json PHOTO... -o DIR"),
            (
                "A picture of the front larger than the search made it",
                f"autostyle apply front/PICTURE.png {shlex.quote(_content(record))} -o DIR --size 1024",
            ),
        ]
    return found


def _content(record: StudyRecord) -> str:
    """The content as a command in the study's folder names it."""
    kept_elsewhere = [entry["name"] for entry in record.elsewhere if entry["file"] == record.plan.content.as_posix()]
    return str(kept_elsewhere[0] if kept_elsewhere else record.plan.content)


def without_secrets(record: StudyRecord) -> StudyRecord:
    """``record`` with the passwords of URLs replaced wherever free text may hold one."""
    return replace(
        record,
        command=redact(record.command),
        notes=redact(record.notes),
        revisions=redact(record.revisions),
        trials=tuple(replace(t, error=redact(t.error)) if t.error else t for t in record.trials),
    )
