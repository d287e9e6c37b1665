"""How the trials of a study stand: which count, which are on the front, and which one is recommended.

Everything that recommends a trial, or shows a front, has it from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autostyle.plan import Within
from autostyle.scoring.scores import NAMES
from autostyle.tuning import ledger, pareto
from autostyle.tuning.pareto import Point
from autostyle.tuning.preference import Preference
from autostyle.tuning.within import miss, tell


@dataclass(frozen=True)
class Standing:
    """Where the complete trials of a study stand.

    Args:
        points: number -> scores of the trials that count, in the order of the study's objectives: those within the
            limits of their methods, or all complete ones where none is within.
        front: numbers of the non-dominated ones, by rising first score (style).
        best: the recommended trial, None while nothing is complete: of those that have what the plan asks for, or come
            nearest to it. One that a person likes better may lie on no front and over a limit.
        rule: why that one, in words.
    """

    points: dict[int, Point]
    front: tuple[int, ...]
    best: int | None
    rule: str

    @property
    def hypervolume(self) -> float:
        return pareto.hypervolume(self.points.values())


def standing(
    slots: Sequence[ledger.Slot],
    prefer: float,
    answers: Iterable[Mapping[str, Any]],
    objectives: Sequence[str] = NAMES,
    within: Mapping[str, Within] | None = None,
) -> Standing:
    """Where the trials in ``slots`` stand.

    Args:
        within: as in a plan.
        prefer: as in a plan, 0 = content, 1 = style.
        answers: what a person said of pairs, oldest first, as it was written down.
        objectives: their names, for the rule.
    """
    points = ledger.points(slots)
    lacking = {slot.number: miss(slot, within or {}) for slot in slots if slot.complete}
    least = min((lacking[number] for number in points), default=0.0)
    complete = frozenset(number for number, lacks in lacking.items() if lacks <= least)
    best = pareto.recommend({number: point for number, point in points.items() if number in complete}, prefer)
    rule = pareto.rule(prefer, objectives) + (tell(within, found=least == 0) if within else "")
    liked = _liked(best, complete, prefer, [Preference.of(answer) for answer in answers])
    if liked is not None and liked.better != best:
        best, rule = liked.better, f"A person likes trial {liked.better} better than trial {liked.worse}"
    return Standing(points, pareto.front(points), best, rule)


def _liked(
    best: int | None, complete: frozenset[int], prefer: float, answers: Sequence[Preference]
) -> Preference | None:
    """The answer whose trial is recommended whatever its scores: the last one, until the person prefers something else
    or ``best``, which the scores recommend, is later than the trials they could choose from."""
    last = answers[-1] if answers else None
    if last is None or last.prefer != prefer or last.better not in complete:
        return None
    return None if best is not None and best >= last.known else last
