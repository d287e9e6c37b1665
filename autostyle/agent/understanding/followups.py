"""What is said to a study: each clause is one act, or a change of direction together with more time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from autostyle.agent.understanding import budget, going_on, methods, saving
from autostyle.agent.understanding.budget import Amount
from autostyle.agent.understanding.clauses import Clause, Text
from autostyle.agent.understanding.grammar import FILE, FILES, Grammar, Pattern, said
from autostyle.agent.understanding.languages import composed, spoken
from autostyle.agent.understanding.model import Act, Intent, Named, Save
from autostyle.agent.understanding.numbers import value
from autostyle.agent.understanding.saving import NEAR
from autostyle.agent.understanding.wishes import parts, torn
from autostyle.methods.params import Direction

AXES: tuple[Direction, ...] = ("color", "structure", "content", "style")
"""In this order the first that a clause speaks of is meant: colour words are the plainest, style words the vaguest."""
PLAIN: tuple[Intent, ...] = ("stop", "export", "status", "methods", "list", "help", "dislike")

SHORT = 4
"""Words of a message that names a trial and says nothing else."""


@composed
def _number(said: Grammar) -> str:
    """The number of a trial."""
    words = said.followups
    return rf"(?:#|{words.number.source})?\s*(\d{{1,5}})(?![\d%.:/]|{words.no_number}|\s*(?:px|x\d|k\b))"


@composed
def _just_more(said: Grammar) -> str:
    words = said.followups
    return rf"\W*(?:{words.just_more_before}\s+)?{words.just_more}(?:\s*{words.please})?\W*"


@lru_cache(maxsize=2)
def _mixed(said: Grammar) -> tuple[Pattern, ...]:
    """One trial with something of another."""
    words = said.followups
    return tuple(Pattern(frame.replace("TRIAL", str(words.trial))) for frame in words.mixed)


@composed
def _only_a_number(said: Grammar) -> str:
    words = said.followups
    return rf"\s*(?:#|{words.answer.source})?\s*\d{{1,5}}\s*{words.answer_after}?[\s.!]*"


def only_a_number(words: str) -> bool:
    """Whether a message is the number of a trial and nothing else."""
    return _only_a_number().fullmatch(words.lower()) is not None


def fewer(whole: str) -> bool:
    """Whether fewer trials are asked for, without a number."""
    return spoken().followups.fewer.search(whole) is not None


def find(text: Text) -> tuple[Act, ...]:
    """The acts in ``text``, in order, none twice; empty if nothing in it is one."""
    if mixed := next(filter(None, (frame.search(text.whole) for frame in _mixed(spoken()))), None):
        return _of_two(text, mixed)
    if fewer(text.whole) and not budget.find(text.whole):
        return (Act("fewer"),)
    acts: list[Act] = []
    alone = parts(text)
    for clause in text.clauses:
        for act in _acts(text, clause, alone):
            if act not in acts:
                acts.append(act)
    return tuple(_without_torn(_without_echoes(acts), torn(text.whole)))


def _of_two(text: Text, mixed: re.Match[str]) -> tuple[Act, ...]:
    """One trial with something of another: the one is preferred, and the rest cannot be had."""
    base, what = mixed["base"], mixed["what"]
    named = spoken().followups.trial_number.search(base)
    numbers = (int(said(named)),) if named else ()
    # "the structure of the third with the colours of the first" leaves nothing whole to prefer.
    whole_one = not spoken().followups.mixed_part.search(text.whole[mixed.start() : mixed.start("what")])
    chosen = (Act("prefer", numbers, None if numbers else ordinal(base)),) if whole_one else ()
    return (*chosen, Act("mixed", about=what))


def _without_torn(acts: Iterable[Act], both: bool) -> Iterator[Act]:
    """More and less of one thing cannot both be had: that is asked, and neither is done."""
    known = list(acts)
    steps = [(axis, step) for act in known for axis, step in act.direction.items()]
    both = both or any((axis, -step) in steps for axis, step in steps)
    if both:
        yield Act("torn")
    yield from (act for act in known if not (both and act.direction))


def _acts(text: Text, clause: Clause, alone: tuple[str, ...]) -> Iterator[Act]:
    """The acts of a clause; ``alone`` are the parts of the picture that the whole text is about."""
    language = spoken().followups
    amounts = [a for a in budget.find(text.whole) if clause.start <= a.start < clause.end]
    more = [a for a in amounts if not a.ambiguous or _counts(text.whole, a)]
    onward = going_on.read(clause.text)
    numbers = _numbers(clause, more)
    rank = ordinal(clause.text)
    named = methods.find(clause.text)
    out = _out(text)
    files = tuple(text.files[i].path for i in clause.files if text.files[i] is not out)
    if clause.says("train"):
        every = tuple(file.path for file in text.files if file is not out)
        yield Act("train", files=every, out=out.path if out else None)
    elif files and clause.says("apply"):
        listed = [i for other in text.clauses if _LISTED.fullmatch(other.text) for i in other.files]
        together = [text.files[i] for i in sorted({*listed, *clause.files})]
        files = tuple(file.path for file in together if file is not out)
        yield Act("apply", files=files, numbers=numbers, out=out.path if out else None)
    elif (
        not files
        and not out
        and ("apply-word" in clause.concepts or (clause.says("apply") and language.others.search(clause.text)))
    ):
        yield Act("apply", numbers=numbers)
    elif save := _picture(text, clause):
        if rank is not None or (numbers and ("#" in clause.text or language.by_number.search(clause.text))):
            yield Act("prefer", numbers, rank)  # what is saved is the recommended one
        yield Act("export", out=save.path, save=save)
    elif clause.says("where"):
        yield Act("where")
    elif clause.says("cost"):
        yield Act("cost")
    elif clause.says("export") and not clause.says("stop"):
        yield Act("export", out=out.path if out else None)
    elif onward.rest and clause.says("prefer"):  # pick up where you left off
        yield Act("more")
    elif language.unchanged.search(clause.text):
        yield Act("steer", direction={"style": 1.0})
    elif clause.says("explain"):
        yield Act("explain", numbers)
    elif clause.says("compare") or (len(numbers) == 2 and language.which.search(clause.text)):
        yield Act("compare", numbers)
    elif clause.says("undo") and not named.wanted:
        yield Act("undo")
    elif named.wanted and not clause.says("status"):
        yield Act("method", method=named.wanted[0])
    elif clause.says("another_method"):
        yield Act("method")
    elif (
        clause.says("prefer")
        and (numbers or rank is not None)
        and (not clause.says("show") or language.shown.search(clause.text))
    ):
        yield Act("prefer", numbers, rank)
    elif clause.says("which_better") and not numbers:
        yield Act("show")
    elif clause.says("choose") and not numbers:
        yield Act("prefer")
    else:
        goes_on = ("go-on" in clause.concepts or onward.rest) and not more
        alone = () if language.more_or_less.search(clause.text) else alone
        steered = () if goes_on or alone or clause.says("status") else tuple(_steered(clause))
        yield from steered
        if (onward.total or onward.trials) and not clause.says("show"):
            yield Act("more", trials=onward.trials, total=onward.total)
        elif more:
            yield _more(more)
        elif goes_on:
            yield Act("more")
        elif alone:
            yield Act("part", regions=alone)
        elif not steered:
            yield from _plain(clause, numbers, rank)


_LISTED = re.compile(rf"[\s,;&{FILES}]*")
"""A clause of nothing but files belongs to the list that goes on in the next."""


def _picture(text: Text, clause: Clause) -> Save | None:
    """Where the picture itself is to be saved, of a clause that speaks of saving and not of the report."""
    language = spoken().followups
    if language.report.search(clause.text) or not (clause.says("export") or language.saves.search(clause.text)):
        return None
    if (save := saving.find(text)) is None:
        return None
    if save.format is None and language.whole.search(clause.text):
        return None
    named = save.path is not None and any(text.files[i].path == save.path for i in clause.files)
    return save if named or (save.path is None and save.format) else None


def ordinal(words: str) -> int | None:
    """Which of several is meant, from 1; -1 is the last."""
    return next((rank for rank, pattern in spoken().followups.ranks.items() if pattern.search(words)), None)


@lru_cache(maxsize=8)  # every clause of one message asks for it
def _out(text: Text) -> Named | None:
    """The file or folder that something is to be written to."""
    language = spoken().followups
    for match in re.finditer(f"[{FILES}]", text.whole):
        before, after = text.whole[max(0, match.start() - NEAR) : match.start()], text.whole[match.end() :][:NEAR]
        file = text.files[ord(match.group()) - FILE]
        a_style = file.exists and not file.folder and language.into.search(before)  # "turn a.jpg into b.jpg"
        if (language.into_before.search(before) or language.into_after.search(after)) and not a_style:
            return file
    return None


def _counts(whole: str, amount: Amount) -> bool:
    """Whether digits before 번 are how often, and not which trial."""
    language = spoken().followups
    before, after = whole[: amount.start], whole[amount.end :]
    return bool(language.more_before.search(before) or language.more_after.match(after))


def _plain(clause: Clause, numbers: tuple[int, ...], rank: int | None) -> Iterator[Act]:
    said = [intent for intent in PLAIN if clause.says(intent)]
    if said:
        yield from (Act(intent) for intent in (said[:2] if said[0] == "stop" else said[:1]))
    elif clause.says("show") or (numbers and len(clause.text.split()) <= SHORT and "not" not in clause.concepts):
        yield Act("show", numbers)
    elif _just_more().fullmatch(clause.text):
        yield Act("more")
    elif rank is not None and len(clause.text.split()) <= SHORT and "not" not in clause.concepts:
        yield Act("prefer", rank=rank)


def _steered(clause: Clause) -> Iterator[Act]:
    for axis in AXES:
        up, down = clause.says(f"{axis}_up"), clause.says(f"{axis}_down")
        up = up or (axis == "content" and clause.says("recognisable"))
        if up or down:
            regions = sorted(
                {clause.said(hit) for hit in clause.hits if hit.concept == "region"} - spoken().wishes.pronouns
            )
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
        for match in _number().finditer(clause.text)
        if not any(start <= match.start(1) < end for start, end in spans)
    }
    for match in spoken().followups.named_number.finditer(clause.text):
        number = value(match.group(1))
        if number is not None and match.group(1) not in spoken().budget.articles:
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
