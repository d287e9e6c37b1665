"""Where a result comes from and how to get it again: the weights with their licences, and the commands."""

from __future__ import annotations

from dataclasses import dataclass

from autostyle.tuning.record import StudyRecord


@dataclass(frozen=True)
class Used:
    """Weights that made a picture or a score: their role in the study, their id, and their licence where known."""

    role: str
    id: str
    licence: str


def weights(record: StudyRecord) -> list[Used]:
    """The weights of a study, by role."""
    return [Used(role, name, "") for role, name in record.weights.items()]


def commands(record: StudyRecord) -> list[tuple[str, str]]:
    """What to type, with what it does; in the folder of the report."""
    found = [("The whole study again", record.command)] if record.command else []
    found += [
        ("The same search from its plan", "autostyle tune --plan plan.yaml"),
        ("This report again, or after more trials", f"autostyle report {record.plan.study}"),
    ]
    if record.best is not None:
        found += [
            ("The recommended picture again, compared with the recorded scores", "autostyle reproduce recipe.json"),
            ("The same look on other pictures", "autostyle apply recipe.json PHOTO... -o DIR"),
        ]
    return found
