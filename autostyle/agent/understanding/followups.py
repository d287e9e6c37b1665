"""What is said to a study: each clause is one act, or a change of direction together with more time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from autostyle.agent.understanding import budget, going_on, methods
from autostyle.agent.understanding.budget import Amount
from autostyle.agent.understanding.clauses import FILE, FILES, Clause, Text
from autostyle.agent.understanding.model import Act, Direction, Intent, Named
from autostyle.agent.understanding.numbers import ENGLISH, value
from autostyle.agent.understanding.wishes import PRONOUNS

AXES: tuple[Direction, ...] = ("color", "structure", "content", "style")
"""In this order the first that a clause speaks of is meant: colour words are the plainest, style words the vaguest."""
PLAIN: tuple[Intent, ...] = ("stop", "export", "status", "methods", "list", "help", "dislike")

_NUMBER = re.compile(
    r"(?:#|\bno\.?|\bnumbers?|\btrials?|\bpictures?|\bimages?|\bn°)?\s*(\d{1,5})(?![\d%.:/]|\s*(?:px|x\d))"
)
_NAMED_NUMBER = re.compile(rf"\b(?:number|trial|picture|image)\s+({ENGLISH})\b")
_RANKS = (
    (
        1,
        r"\b(?:first|1st|left|former|top)\b(?!\s+of\s+all)|첫\s*번?째|첫째|왼쪽|처음\s*(?:거|것|게)|앞에?\s*(?:거|것|게)",
    ),
    (2, r"\b(?:second|2nd|right one|on the right|the right|latter)\b|두\s*번째|둘째|오른쪽|뒤에?\s*(?:거|것|게)"),
    (3, r"\b(?:third|3rd)\b|세\s*번째|셋째"),
    (4, r"\b(?:fourth|4th)\b|네\s*번째|넷째"),
    (5, r"\b(?:fifth|5th)\b|다섯\s*번째"),
    (-1, r"\blast\s+(?:one|picture|image|result)?|마지막"),
)
_WHICH = re.compile(r"\bor\b|\bnext to\b|\bbeside\b|\bagainst\b|\bwhich\b|아니면|중에|뭐가|어느")
_MORE_BEFORE = re.compile(r"(?:더|추가로?)\s*$")
_MORE_AFTER = re.compile(
    r"\s*(?:정도|쯤|만)?\s*(?:더(?!\s*(?:좋|낫|나아|예|이쁘|마음|맘))|추가|돌려|시도|해\s*봐|반복)"
)
_JUST_MORE = re.compile(r"\W*(?:(?:some|once|one)\s+)?(?:more|again|더|또|다시)(?:\s*(?:please|pls|요|해줘|해봐))?\W*")
SHORT = 4
"""Words of a message that names a trial and says nothing else."""
_INTO_BEFORE = re.compile(
    r"\b(?:into|(?:save|write|put|store|export)\w*(?: \w+){0,3} (?:to|in|on|onto|under|at|as)|output)"
    r"\s+(?:the\s+|an?\s+|my\s+)?$"
)
_INTO_AFTER = re.compile(r"^\s*(?:폴더)?\s*(?:에|으로|로)\s*(?:다가?)?\s*(?:저장|넣|써|내보|출력)")


def find(text: Text) -> tuple[Act, ...]:
    """The acts in ``text``, in order, none twice; empty if nothing in it is one."""
    acts: list[Act] = []
    for clause in text.clauses:
        for act in _acts(text, clause):
            if act not in acts:
                acts.append(act)
    return tuple(_without_echoes(acts))


def _acts(text: Text, clause: Clause) -> Iterator[Act]:
    amounts = [a for a in budget.find(text.whole) if clause.start <= a.start < clause.end and a.unit != "size"]
    more = [a for a in amounts if not a.korean_times or _counts(text.whole, a)]
    onward = going_on.read(clause.text)
    numbers = _numbers(clause, more)
    rank = next((rank for rank, words in _RANKS if re.search(words, clause.text)), None)
    named = methods.find(clause.text)
    out = _out(text)
    files = tuple(text.files[i].path for i in clause.files if text.files[i] is not out)
    if clause.says("train"):
        every = tuple(file.path for file in text.files if file is not out)
        yield Act("train", files=every, out=out.path if out else None)
    elif files and clause.says("apply"):
        yield Act("apply", files=files, numbers=numbers, out=out.path if out else None)
    elif "apply-word" in clause.concepts and not files and not out:
        yield Act("apply", numbers=numbers)
    elif clause.says("where") or (out and clause.says("export") and not out.folder and out.path.suffix):
        yield Act("where")  # a picture by itself is not written elsewhere: it lies beside the report
    elif clause.says("cost"):
        yield Act("cost")
    elif clause.says("export") and not clause.says("stop"):
        yield Act("export", out=out.path if out else None)
    elif onward.rest and clause.says("prefer"):  # pick up where you left off
        yield Act("more")
    elif clause.says("explain"):
        yield Act("explain", numbers)
    elif clause.says("compare") or (len(numbers) == 2 and _WHICH.search(clause.text)):
        yield Act("compare", numbers)
    elif clause.says("undo") and not named.wanted:
        yield Act("undo")
    elif named.wanted and not clause.says("status"):
        yield Act("method", method=named.wanted[0])
    elif clause.says("another_method"):
        yield Act("method")
    elif clause.says("prefer") and (numbers or rank is not None) and not clause.says("show"):
        yield Act("prefer", numbers, rank)
    elif clause.says("which_better") and not numbers:
        yield Act("show")
    elif clause.says("choose") and not numbers:
        yield Act("prefer")
    else:
        goes_on = ("go-on" in clause.concepts or onward.rest) and not more
        steered = () if goes_on or clause.says("status") else tuple(_steered(clause))
        yield from steered
        if (onward.total or onward.trials) and not clause.says("show"):
            yield Act("more", trials=onward.trials, total=onward.total)
        elif more:
            yield _more(more)
        elif goes_on:
            yield Act("more")
        elif not steered:
            yield from _plain(clause, numbers, rank)


def _out(text: Text) -> Named | None:
    """The file or folder that something is to be written to."""
    for match in re.finditer(f"[{FILES}]", text.whole):
        before, after = text.whole[: match.start()], text.whole[match.end() :]
        if _INTO_BEFORE.search(before) or _INTO_AFTER.search(after):
            return text.files[ord(match.group()) - FILE]
    return None


def _counts(whole: str, amount: Amount) -> bool:
    """Whether digits before 번 are how often, and not which trial."""
    before, after = whole[: amount.start], whole[amount.end :]
    return bool(_MORE_BEFORE.search(before) or _MORE_AFTER.match(after))


def _plain(clause: Clause, numbers: tuple[int, ...], rank: int | None) -> Iterator[Act]:
    said = [intent for intent in PLAIN if clause.says(intent)]
    if said:
        yield from (Act(intent) for intent in (said[:2] if said[0] == "stop" else said[:1]))
    elif clause.says("show") or (numbers and len(clause.text.split()) <= SHORT and "not" not in clause.concepts):
        yield Act("show", numbers)
    elif _JUST_MORE.fullmatch(clause.text):
        yield Act("more")
    elif rank is not None and len(clause.text.split()) <= SHORT:
        yield Act("prefer", rank=rank)


def _steered(clause: Clause) -> Iterator[Act]:
    for axis in AXES:
        up, down = clause.says(f"{axis}_up"), clause.says(f"{axis}_down")
        up = up or (axis == "content" and clause.says("recognisable"))
        if up or down:
            regions = sorted({clause.said(hit) for hit in clause.hits if hit.concept == "region"} - PRONOUNS)
            yield Act("steer", direction={axis: -1.0 if down else 1.0}, regions=tuple(regions))
            return


def _more(amounts: list[Amount]) -> Act:
    trials = next((round(a.amount) for a in amounts if a.unit == "trials"), None)
    return Act("more", trials=trials, minutes=next((a.amount for a in amounts if a.unit == "minutes"), None))


def _numbers(clause: Clause, amounts: list[Amount]) -> tuple[int, ...]:
    """The trials that a clause names; how many more is no number of one."""
    spans = [(a.start - clause.start, a.end - clause.start) for a in amounts]
    found = {
        match.start(1): int(match.group(1))
        for match in _NUMBER.finditer(clause.text)
        if not any(start <= match.start(1) < end for start, end in spans)
    }
    for match in _NAMED_NUMBER.finditer(clause.text):
        number = value(match.group(1))
        if number is not None and match.group(1) not in ("a", "an"):
            found.setdefault(match.start(1), int(number))
    return tuple(dict.fromkeys(found[at] for at in sorted(found)))


def _without_echoes(acts: list[Act]) -> Iterator[Act]:
    """One clause often says why the next one asks: "too blue now, back to the original colours" is one wish."""
    said: set[tuple[str, float]] = set()
    for act in acts:
        turned = set(act.direction.items())
        if not turned or not turned <= said:
            yield act
        said |= turned
