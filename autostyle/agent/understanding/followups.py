"""What is said to a study: each clause is one act, or a change of direction together with more time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from autostyle.agent.understanding import budget, going_on, methods, saving
from autostyle.agent.understanding.budget import Amount
from autostyle.agent.understanding.clauses import FILE, FILES, Clause, Text
from autostyle.agent.understanding.model import Act, Intent, Named, Save
from autostyle.agent.understanding.numbers import ENGLISH, value
from autostyle.agent.understanding.saving import NEAR
from autostyle.agent.understanding.wishes import PRONOUNS, parts, torn
from autostyle.methods.params import Direction

AXES: tuple[Direction, ...] = ("color", "structure", "content", "style")
"""In this order the first that a clause speaks of is meant: colour words are the plainest, style words the vaguest."""
PLAIN: tuple[Intent, ...] = ("stop", "export", "status", "methods", "list", "help", "dislike")

_NUMBER = re.compile(
    r"(?:#|\bno\.?|\bnumbers?|\btrials?|\bpictures?|\bimages?|\bn°)?\s*(\d{1,5})(?![\d%.:/]|(?:st|nd|rd|th)\b|\s*(?:px|x\d|k\b))"
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
    (
        0,
        r"\bmiddle\s+(?:one|picture|image|result)|\bin the middle\b|(?:가운데|중간)\s*(?:거|것|게|꺼|그림)",
    ),
    (-1, r"\blast\s+(?:one|picture|image|result)|\bthe\s+last\b(?!\s+(?:time|try|attempt|round))|마지막"),
)
_WHICH = re.compile(r"\bor\b|\bnext to\b|\bbeside\b|\bagainst\b|\bwhich\b|아니면|중에|뭐가|어느")
_MORE_BEFORE = re.compile(r"(?:더|추가로?)\s*$")
_MORE_AFTER = re.compile(
    r"\s*(?:정도|쯤|만)?\s*(?:더(?!\s*(?:좋|낫|나아|예|이쁘|마음|맘))|추가|돌려|시도|해\s*봐|반복)"
)
_MORE_OR_LESS = re.compile(r"\b(?:more|less|fewer|stronger|weaker)\b|더|덜|줄여|늘려")
_JUST_MORE = re.compile(r"\W*(?:(?:some|once|one)\s+)?(?:more|again|더|또|다시)(?:\s*(?:please|pls|요|해줘|해봐))?\W*")
SHORT = 4
"""Words of a message that names a trial and says nothing else."""
_INTO_BEFORE = re.compile(
    r"\b(?:into|(?:save|write|put|store|export)\w*(?: \w+){0,3} (?:to|in|on|onto|under|at|as)|output)"
    r"\s+(?:the\s+|an?\s+|my\s+)?$"
)
_INTO_AFTER = re.compile(r"^\s*(?:폴더)?\s*(?:에|으로|로)\s*(?:다가?)?\s*(?:저장|넣|써|내보|출력)")


_INTO = re.compile(r"\b(?:turn|make|transform|convert|change|paint|morph)\w*\b[^.;!?\n]*\binto\W*$")


_TRIAL = (
    r"(?:\b(?:first|second|third|fourth|fifth|last|[1-9](?:st|nd|rd|th)|(?:number|trial|no\.?|#)\s*\d{1,4})\b"
    r"|(?:첫|두|세|네|다섯|\d)\s*번째|\d{1,4}\s*번)"
)
_PART_OF = r"(?:colou?r\w*|palette|tones?|texture|brush\w*|strokes?|structure|composition|shapes?|lines?|details?|look)"
_MIXED = re.compile(
    rf"(?P<base>{_TRIAL})[^.;!?\n]{{0,24}}\b(?:with|but|and|plus)\b[^.;!?\n]{{0,16}}?(?P<what>\b{_PART_OF})\s+"
    rf"(?:of|from|in|like)\s+(?:the\s+)?{_TRIAL}"
    rf"|(?P<ko>{_TRIAL})[^.!?\n]{{0,10}}?(?:에|에다|하고|이?랑|인데|지만)\s*{_TRIAL}\s*(?:거|것|꺼)?의?\s*"
    r"(?P<was>색감|색깔|색|구도|질감|붓\S*|모양)"
)
"""One trial with something of another."""
_FEWER = re.compile(
    r"\b(?:fewer|less|not\s+(?:so|as|that|too)\s+many|only\s+a\s+few|just\s+a\s+few)\s+(?:trials?|tries|runs|attempts|rounds)\b"
    r"|(?:시도|횟수|트라이얼)\s*(?:횟수|수)?\s*(?:를|을|는|은)?\s*(?:좀\s*|더\s*)?(?:줄여|줄이|적게|덜)"
)


def fewer(whole: str) -> bool:
    """Whether fewer trials are asked for, without a number."""
    return _FEWER.search(whole) is not None


def find(text: Text) -> tuple[Act, ...]:
    """The acts in ``text``, in order, none twice; empty if nothing in it is one."""
    if mixed := _MIXED.search(text.whole):
        base, what = (mixed["base"], mixed["what"]) if mixed["base"] else (mixed["ko"], mixed["was"])
        number = re.search(r"(?:number|trial|no\.?|#)\s*(\d{1,4})|(\d{1,4})\s*번(?!째)", base)
        numbers = (int(number[1] or number[2]),) if number else ()
        # "the structure of the third with the colours of the first" leaves nothing whole to prefer.
        whole_one = mixed["base"] or not re.search(r"구도|색|질감|모양", text.whole[mixed.start() : mixed.start("was")])
        chosen = (Act("prefer", numbers, None if numbers else ordinal(base)),) if whole_one else ()
        return (*chosen, Act("mixed", about=what))
    if fewer(text.whole) and not budget.find(text.whole):
        return (Act("fewer"),)
    acts: list[Act] = []
    alone = parts(text)
    for clause in text.clauses:
        for act in _acts(text, clause, alone):
            if act not in acts:
                acts.append(act)
    return tuple(_without_torn(_without_echoes(acts), torn(text.whole)))


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
    amounts = [a for a in budget.find(text.whole) if clause.start <= a.start < clause.end]
    more = [a for a in amounts if not a.korean_times or _counts(text.whole, a)]
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
        and ("apply-word" in clause.concepts or (clause.says("apply") and _OTHERS.search(clause.text)))
    ):
        yield Act("apply", numbers=numbers)
    elif save := _picture(text, clause):
        if rank is not None or (numbers and _BY_NUMBER.search(clause.text)):
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
    elif _UNCHANGED.search(clause.text):
        yield Act("steer", direction={"style": 1.0})
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
    elif (
        clause.says("prefer")
        and (numbers or rank is not None)
        and (not clause.says("show") or _SHOWN.search(clause.text))
    ):
        yield Act("prefer", numbers, rank)
    elif clause.says("which_better") and not numbers:
        yield Act("show")
    elif clause.says("choose") and not numbers:
        yield Act("prefer")
    else:
        goes_on = ("go-on" in clause.concepts or onward.rest) and not more
        alone = () if _MORE_OR_LESS.search(clause.text) else alone
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


_SHOWN = re.compile(
    r"\b(?:showed|shown|you\s+show|u\s+show|displayed|saw|seen)\b|보여\s*(?:준|주신|줬|줄\s*때)|봤던|본\s*(?:거|것|게)"
)
_LISTED = re.compile(rf"[\s,;&{FILES}]*")
"""A clause of nothing but files belongs to the list that goes on in the next."""
_OTHERS = re.compile(
    r"\b(?:the\s+)?(?:others|(?:other|rest\s+of\s+the)\s+(?:pictures|photos|pics|images|ones))\b|나머지\s*(?:사진|그림)|다른\s*(?:사진|그림|이미지|것|거)들?(?:도|에도)"
)
_SAVES = re.compile(r"\b(?:save|saving|store)\b|저장")
_BY_NUMBER = re.compile(r"#|\b(?:trial|number|no\.)|번")
_UNCHANGED = re.compile(
    r"\b(?:that'?s|its|it'?s|it\s+is|looks?)\s+(?:exactly|just|still|basically)\s+(?:like\s+)?(?:the|my)\s+(?:same\s+)?(?:photo|original)\b"
    r"|\bnothing\s+(?:has\s+|really\s+)?changed\b|\b(?:can'?t|cannot|don'?t)\s+see\s+(?:any|a)\s+(?:change|difference)\b"
    r"|(?:사진|원본)(?:이?랑|하고|과)\s*(?:너무\s*)?(?:똑)?같(?:은데|잖|네|아요)|(?:변한|바뀐|달라진)\s*(?:게|것이|점이)?\s*(?:하나도\s*)?없"
)
"""A complaint that the photograph is as it was."""
_REPORT = re.compile(r"\breports?\b|\bhtml\b|\bpdf\b|\bsummary\b|\bwrite\s?up\b|보고서|리포트|레포트")

_WHOLE = re.compile(r"\bexport|\bresults\b|\beverything\b|내보내|전부|모두")
"""What is exported without a format is the report."""


def _picture(text: Text, clause: Clause) -> Save | None:
    """Where the picture itself is to be saved, of a clause that speaks of saving and not of the report."""
    if _REPORT.search(clause.text) or not (clause.says("export") or _SAVES.search(clause.text)):
        return None
    if (save := saving.find(text)) is None:
        return None
    if save.format is None and _WHOLE.search(clause.text):
        return None
    named = save.path is not None and any(text.files[i].path == save.path for i in clause.files)
    return save if named or (save.path is None and save.format) else None


def ordinal(words: str) -> int | None:
    """Which of several is meant, from 1; -1 is the last."""
    return next((rank for rank, said in _RANKS if re.search(said, words)), None)


@lru_cache(maxsize=8)  # every clause of one message asks for it
def _out(text: Text) -> Named | None:
    """The file or folder that something is to be written to."""
    for match in re.finditer(f"[{FILES}]", text.whole):
        before, after = text.whole[max(0, match.start() - NEAR) : match.start()], text.whole[match.end() :][:NEAR]
        file = text.files[ord(match.group()) - FILE]
        a_style = file.exists and not file.folder and _INTO.search(before)  # "turn a.jpg into b.jpg"
        if (_INTO_BEFORE.search(before) or _INTO_AFTER.search(after)) and not a_style:
            return file
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
    elif rank is not None and len(clause.text.split()) <= SHORT and "not" not in clause.concepts:
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
