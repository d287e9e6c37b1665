"""What is said to a study: each clause is one act, or a change of direction together with more time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from autostyle.agent.understanding import budget, going_on, methods, saving, settings, sizes
from autostyle.agent.understanding.budget import Amount
from autostyle.agent.understanding.clauses import Clause, Text
from autostyle.agent.understanding.going_on import GoingOn
from autostyle.agent.understanding.grammar.language import Grammar
from autostyle.agent.understanding.grammar.patterns import FILE, FILES, Pattern, said
from autostyle.agent.understanding.languages import compose_pattern, number_of, spoken
from autostyle.agent.understanding.model import Act, Intent, NamedFile, Save
from autostyle.agent.understanding.saving import NEAR
from autostyle.agent.understanding.wishes import parts, torn
from autostyle.methods.params import Aspect

AXES: tuple[Aspect, ...] = ("color", "structure", "content", "style")
"""In this order the first that a clause speaks of is meant: colour words are the plainest, style words the vaguest."""
PLAIN: tuple[Intent, ...] = ("stop", "export", "status", "methods", "list", "help", "dislike")

BIT, MUCH = 0.4, 2.0
"""Of a step in an aspect: a tenth and a half of the way along what is painted."""
MOST_WORDS = 8
"""Words of a message that answers a question and says nothing else."""
SHORT = 4
"""Words of a message that names a trial and says nothing else."""


@compose_pattern
def _number(said: Grammar) -> str:
    """The number of a trial."""
    words = said.followups
    return rf"(?:#|{words.number.source})?\s*(?<![\d.])(\d{{1,5}})(?![\d%.:/]|{words.no_number}|\s*(?:px|x\d|k\b))"


@compose_pattern
def _just_more(said: Grammar) -> str:
    words = said.followups
    return rf"\W*(?:{words.just_more_before}\s+)?{words.just_more}(?:\s*{words.please})?\W*"


@lru_cache(maxsize=2)
def _mixed(said: Grammar) -> tuple[Pattern, ...]:
    """One trial with something of another."""
    words = said.followups
    return tuple(Pattern(frame.replace("TRIAL", str(words.trial))) for frame in words.mixed)


@compose_pattern
def _only_a_number(said: Grammar) -> str:
    words = said.followups
    return rf"\s*(?:#|{words.answer.source})?\s*\d{{1,5}}\s*{words.answer_after}?[\s.!]*"


def only_a_number(words: str) -> bool:
    """Whether a message is the number of a trial and nothing else."""
    return _only_a_number().fullmatch(words.lower()) is not None


def neither(words: str) -> bool:
    """Whether a short message says of two that none is better, or that it cannot be told, and names none."""
    text, language = words.lower(), spoken().followups
    names = re.search(r"\d", text) or ordinal(text) is not None or language.queue.search(text)
    return not names and len(text.split()) <= MOST_WORDS and language.neither.search(text) is not None


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
    steps = {(axis, step > 0) for act in known for axis, step in act.direction.items()}
    both = both or any((axis, not up) in steps for axis, up in steps)
    if both:
        yield Act("torn")
    yield from (act for act in known if not (both and act.direction))


@dataclass(frozen=True)
class _Said:
    """What a clause speaks of.

    Args:
        more: trials and minutes that are asked for.
        numbers, rank: trials it names, by number and by place.
        method: the one that is named; ``unknown`` is a name that is no method's.
        out: what something is to be written to; ``files`` are the others.
        alone: the parts of the picture that the whole text is about.
    """

    text: Text
    clause: Clause
    more: list[Amount]
    onward: GoingOn
    numbers: tuple[int, ...]
    rank: int | None
    method: str | None
    unknown: str | None
    out: NamedFile | None
    files: tuple[Path, ...]
    alone: tuple[str, ...]

    @classmethod
    def of(cls, text: Text, clause: Clause, alone: tuple[str, ...]) -> _Said:
        named = methods.find(clause.text)
        amounts = [amount for amount in budget.find(text.whole) if clause.start <= amount.start < clause.end]
        more = [amount for amount in amounts if not amount.ambiguous or _counts(text.whole, amount)]
        out = _out(text)
        return cls(
            text,
            clause,
            more,
            going_on.read(clause.text),
            _numbers(text, clause, more),
            ordinal(clause.text),
            next(iter(named.wanted), None),
            next(iter(named.unknown), None),
            out,
            tuple(text.files[i].path for i in clause.files if text.files[i] is not out),
            alone,
        )

    def says(self, meaning: str) -> bool:
        return self.clause.says(meaning)

    @property
    def folder(self) -> Path | None:
        return self.out.path if self.out else None


def _acts(text: Text, clause: Clause, alone: tuple[str, ...]) -> tuple[Act, ...]:
    """The acts of a clause, by the first of the ways that finds one; ``alone`` are the parts of the picture that the
    whole text is about."""
    said = _Said.of(text, clause, alone)
    return next(filter(None, (way(said) for way in _WAYS)), ())


def _queued(said: _Said) -> tuple[Act, ...]:
    """What waits for its turn."""
    words = spoken().followups
    if said.files or not words.queue.search(said.clause.text):
        return ()
    out, everything = words.queue_out.search(said.clause.text), words.queue_all.search(said.clause.text)
    clears = everything is not None and (out is not None or said.says("undo") or not said.says("show"))
    first = words.queue_first.search(said.clause.text)
    about = "clear" if clears else "out" if out else "first" if first else None
    rank = said.rank
    if about == "first" and first is not None:  # its own "first" names no place
        rank = ordinal(said.clause.text[: first.end()].rsplit(None, 1)[0])
    if about == "out" and rank is None and not said.numbers:
        rank = 1
    return (Act("queue", said.numbers, rank, about=about),)


_LEARNERS = (("train_search", "search"), ("train_steady_net", "steady"), ("train_net", "net"), ("train", "lora"))
"""A meaning, and what is to learn."""


def _trained(said: _Said) -> tuple[Act, ...]:
    about = next((about for meaning, about in _LEARNERS if said.says(meaning)), None)
    if about is None:
        return ()
    act = Act("train", files=_paths(said.text.files, said.out), out=said.folder, about=about)
    if about != "search":
        return (act,)
    spent = {amount.unit: amount.amount for amount in budget.find(said.text.whole)}
    return (replace(act, trials=round(spent.get("trials", 0)) or None, minutes=spent.get("minutes") or None),)


def _applied(said: _Said) -> tuple[Act, ...]:
    if said.files and said.says("apply"):
        listed = [i for other in said.text.clauses if _LISTED.fullmatch(other.text) for i in other.files]
        together = [said.text.files[i] for i in sorted({*listed, *said.clause.files})]
        return (Act("apply", files=_paths(together, said.out), numbers=said.numbers, out=said.folder),)
    if not said.files and not said.says("export") and spoken().followups.folder.search(said.clause.text):
        return (Act("apply", numbers=said.numbers, out=said.folder, about="folder"),)
    others = said.says("apply") and spoken().followups.others.search(said.clause.text)
    if not said.files and not said.out and ("apply-word" in said.clause.concepts or others):
        return (Act("apply", numbers=said.numbers),)
    return ()


def _saved(said: _Said) -> tuple[Act, ...]:
    """The picture itself."""
    save = _table(said) or _picture(said) or _as_large(said)
    if save is None:
        return ()
    by_number = "#" in said.clause.text or spoken().followups.by_number.search(said.clause.text)
    if said.numbers and by_number:
        return tuple(Act("export", (number,), out=save.path, save=save) for number in said.numbers)
    best = "best" if said.rank is None and spoken().followups.best.search(said.clause.text) else None
    return (Act("export", rank=said.rank, out=save.path, save=save, about=best),)


def _table(said: _Said) -> Save | None:
    """The table of colours of the result, where one asks for that."""
    words = spoken().saving.table
    if (
        not words.search(said.clause.text)
        or said.says("asks_about")
        or said.says("explain")
        or "not" in said.clause.concepts
    ):
        return None
    if len(said.clause.text.split()) > MOST_WORDS and not spoken().followups.saves.search(said.clause.text):
        return None
    return replace(saving.find(said.text) or Save(), format="cube")


def _as_large(said: _Said) -> Save | None:
    """As large as the photograph, and hardly another word: it is to be had as a file."""
    text = said.clause.text
    plain = len(text.split()) <= MOST_WORDS and not said.files and not spoken().followups.just_large.fullmatch(text)
    return Save(size="own") if plain and sizes.own(text) else None


def _asked(said: _Said) -> tuple[Act, ...]:
    if said.says("where"):
        return (Act("where"),)
    if said.says("cost"):
        return (Act("cost"),)
    if said.says("export") and not said.says("stop"):
        return (Act("export", out=said.folder),)
    if said.onward.rest and said.says("prefer"):  # pick up where you left off
        return (Act("more"),)
    return ()


def _explained(said: _Said) -> tuple[Act, ...]:
    language = spoken().followups
    if language.unchanged.search(said.clause.text):
        return (Act("steer", direction={"style": 1.0}),)
    if said.says("explain"):
        return (Act("explain", said.numbers),)
    if said.says("compare") or (len(said.numbers) == 2 and language.which.search(said.clause.text)):
        return (Act("compare", said.numbers),)
    return (Act("undo"),) if said.says("undo") and said.method is None else ()


def _looked(said: _Said) -> tuple[Act, ...]:
    """One picture as large as it can be had, here or in another program."""
    words, clause = spoken().followups, said.clause
    if said.files or "marks" in clause.concepts or "not" in clause.concepts or said.says("status"):
        return ()
    if words.around.search(clause.text):
        return (Act("open", said.numbers, said.rank, about="around"),)
    opened = words.opened.search(clause.text) and not words.no_picture.search(clause.text)
    large = said.says("show") and words.large.search(clause.text)
    if not (opened or large or words.just_large.fullmatch(clause.text)):
        return ()
    best = "best" if said.rank is None and words.best.search(clause.text) else None
    return (Act("open" if opened else "look", said.numbers, said.rank, about=best),)


def _bounded(said: _Said) -> tuple[Act, ...]:
    """Scores and parameters that what is recommended is to have. A value of the one that weighs style against content
    is a range around it: of what is painted hardly anything has it to the digit."""
    if said.says("status"):
        return ()
    values, ranges = settings.find(said.clause.text), settings.find_within(said.clause.text)
    near = {name: settings.around(name, value) for name, (value, _) in values.items() if settings.weighs(name)}
    within = {**{name: ends for name, ends in values.items() if ends[0] < ends[1]}, **near, **ranges}
    fixed = {name: low for name, (low, high) in values.items() if low == high and name not in within}
    if not (within or fixed):
        return ()
    change = Act("steer", within=within, fixed=fixed)
    return (change, _more(said.more)) if said.more else (change,)


def _by_another_method(said: _Said) -> tuple[Act, ...]:
    if said.method is not None and not said.says("status"):
        return (Act("method", method=said.method),)
    if said.unknown is not None and not said.says("status"):
        return (Act("method", about=said.unknown),)
    return (Act("method"),) if said.says("another_method") else ()


def _preferred(said: _Said) -> tuple[Act, ...]:
    named = said.numbers or said.rank is not None
    shown = not said.says("show") or spoken().followups.shown.search(said.clause.text)
    if said.says("prefer") and named and shown:
        return (Act("prefer", said.numbers, said.rank),)
    if said.says("which_better") and not said.numbers:
        return (Act("show"),)
    return (Act("prefer"),) if said.says("choose") and not said.numbers else ()


def _steered(said: _Said) -> tuple[Act, ...]:
    """Another direction, more time, both, or else what is plain."""
    onward, more = said.onward, said.more
    goes_on = ("go-on" in said.clause.concepts or onward.rest) and not more
    alone = () if spoken().followups.more_or_less.search(said.clause.text) else said.alone
    turned = () if goes_on or alone or said.says("status") else tuple(_turned(said.clause))
    if (onward.total or onward.trials) and not said.says("show"):
        return (*turned, Act("more", trials=onward.trials, total=onward.total))
    if more:
        return (*turned, _more(more))
    if goes_on:
        return (Act("more"),)
    if alone:
        return (Act("part", regions=alone),)
    return turned or tuple(_plain(said.clause, said.numbers, said.rank))


_WAYS = (
    _queued,
    _trained,
    _applied,
    _saved,
    _asked,
    _explained,
    _looked,
    _bounded,
    _by_another_method,
    _preferred,
    _steered,
)
"""The ways to understand a clause, in the order in which they count."""


def _paths(files: Iterable[NamedFile], out: NamedFile | None) -> tuple[Path, ...]:
    """Of files without the one that is written to."""
    return tuple(file.path for file in files if file is not out)


_LISTED = re.compile(rf"[\s,;&{FILES}]*")
"""A clause of nothing but files belongs to the list that goes on in the next."""


def _picture(spoke: _Said) -> Save | None:
    """Where the picture itself is to be saved, of a clause that speaks of saving and not of the report."""
    language, text, clause = spoken().followups, spoke.text, spoke.clause
    if language.report.search(clause.text) or not (clause.says("export") or language.saves.search(clause.text)):
        return None
    save, said = saving.find(text), sizes.find(text.whole)
    plainly = clause.says("export") or spoke.numbers or spoke.rank is not None
    own = said.final is None and sizes.own(clause.text)
    if save is None and (said.final or own or (plainly and language.saves.search(clause.text))):
        save = None if clause.says("stop") or clause.says("where") else Save()
    if save is None or (save.format is None and said.final is None and language.whole.search(clause.text)):
        return None
    places = saving.places(text)
    named = save.path is not None and any(text.files[i] in places for i in clause.files)
    if not named and save.path is not None:
        return None
    return replace(save, size="own" if own else said.final, side="long" if own else said.side)


def ordinal(words: str) -> int | None:
    """Which of several is meant, from 1; -1 is the last."""
    return next((rank for rank, pattern in spoken().followups.ranks.items() if pattern.search(words)), None)


@lru_cache(maxsize=8)  # every clause of one message asks for it
def _out(text: Text) -> NamedFile | None:
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


def _turned(clause: Clause) -> Iterator[Act]:
    for axis in AXES:
        up, down = clause.says(f"{axis}_up"), clause.says(f"{axis}_down")
        up = up or (axis == "content" and clause.says("recognisable"))
        # "Slightly bolder" says how far: it is no wish for something slight.
        down = down and ("less" in clause.concepts or not (up and spoken().followups.a_bit.search(clause.text)))
        if up or down:
            regions = sorted(
                {clause.said(hit) for hit in clause.hits if hit.concept == "region"} - spoken().wishes.pronouns
            )
            step = _much(clause.text)
            yield Act("steer", direction={axis: -step if down else step}, regions=tuple(regions))
            return
    if clause.concepts & {"color", "region"}:
        return  # less of the sky: nobody knows whose
    # What has a name of its own (rain, anna) is the style's: of the photograph people say what it is.
    words = spoken().followups
    less = words.less_of.search(clause.text)
    if less or words.more_of.search(clause.text):
        yield Act("steer", direction={"style": -_much(clause.text) if less else _much(clause.text)})


def _much(said: str) -> float:
    """How far: a bit, as such, or much."""
    language = spoken().followups
    return BIT if language.a_bit.search(said) else MUCH if language.much.search(said) else 1.0


def _more(amounts: list[Amount]) -> Act:
    trials = next((round(a.amount) for a in amounts if a.unit == "trials"), None)
    return Act("more", trials=trials, minutes=next((a.amount for a in amounts if a.unit == "minutes"), None))


def _numbers(text: Text, clause: Clause, amounts: list[Amount]) -> tuple[int, ...]:
    """The trials that a clause names; how many more, or how large, is no number of one."""
    numbers = list(_number().finditer(clause.text))
    spans = [(a.start - clause.start, a.end - clause.start) for a in amounts]
    if numbers:  # The whole text is looked through only where it may matter: it has as many clauses as it is long.
        spans += [(start - clause.start, end - clause.start) for start, end in sizes.find(text.whole).spans]
    found = {
        match.start(1): int(match.group(1))
        for match in numbers
        if not any(start <= match.start(1) < end for start, end in spans)
    }
    for match in spoken().followups.named_number.finditer(clause.text):
        number = number_of(match.group(1))
        if number is not None and match.group(1) not in spoken().budget.articles:
            found.setdefault(match.start(1), int(number))
    return tuple(dict.fromkeys(found[at] for at in sorted(found)))


def _without_echoes(acts: list[Act]) -> Iterator[Act]:
    """One clause often says why the next one asks: "too blue now, back to the original colours" is one wish."""
    said: set[tuple[str, bool]] = set()
    for act in acts:
        turned = {(axis, step > 0) for axis, step in act.direction.items()}
        if not turned or not turned <= said:
            yield act
        said |= turned
