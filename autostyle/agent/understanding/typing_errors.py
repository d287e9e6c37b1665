"""Typing errors: the word that was meant, where it is plain which one."""

from __future__ import annotations

from collections.abc import Iterable

LONG, SHORT = 8, 4
"Words from the first length on may hold two errors; of the second, a letter may be missing and nothing else."


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word one slip away from ``word`` (two for long words), in which the first letter is right."""
    slips = 2 if len(word) >= LONG else 1
    near = [
        (distance(word, other, slips), other)
        for other in known
        if other[:1] == word[:1] and len(other) > SHORT - (len(word) > SHORT) and abs(len(other) - len(word)) <= slips
    ]
    least = min(near, default=(slips + 1, ""))
    return least[1] if least[0] <= slips else None


def begins(word: str, stem: str) -> bool:
    """Whether ``word`` begins with ``stem``, but for one slip."""
    ends = range(len(stem) - 1, min(len(stem) + 1, len(word)) + 1)
    return any(distance(word[:end], stem, 1) <= 1 for end in ends)


def distance(one: str, other: str, most: int) -> int:
    """Letters to put in, leave out, change or swap with the next; ``most + 1`` stands for anything more.

    Source: Damerau, A technique for computer detection and correction of spelling errors, CACM 1964; each letter is
    touched at most once (optimal string alignment).
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]
