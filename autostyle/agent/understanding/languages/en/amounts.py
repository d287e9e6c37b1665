"""How long, how large and how much of each, in English."""

from __future__ import annotations

from autostyle.agent.understanding.grammar.amounts import (
    AmountGrammar,
    GoingOnGrammar,
    SettingGrammar,
    ShareGrammar,
    SizeGrammar,
)
from autostyle.agent.understanding.grammar.patterns import Pattern
from autostyle.agent.understanding.languages.en.numbers import NUMBER, ORDINALS, number

_COUNTED = (
    r"trials?|tri[ea]ls|tires|tries|trys|try(?!\w)|attempts?|iterations?|runs?|times|rounds?|samples?|shots|goes"
    r"|experiments?|evaluations?"
)
_MORE = r"(?:more|extra|additional|further|or\s+so|other|quick|full)\s+"
_RANGE = rf"(?:(?<!\d)\d{{1,9}}(?:\.\d+)?\s*[-–]\s*|{NUMBER}\s+(?:to|or)\s+)?"
_AGO = r"(?!\s*(?:ago|after|old|earlier|before|walk|drive|video|clip|song|read|away|from))"


def _is(pattern: str) -> Pattern:
    return Pattern(pattern.replace("NUM", rf"\b(?P<n>{NUMBER})"))


BUDGET = AmountGrammar(
    amounts=(
        ("minutes", 90, Pattern(r"\b(?:an|one)\s+hour\s+and\s+a\s+half\b")),
        ("minutes", 480, Pattern(r"\b(?:over\s?night|(?:all|through|the whole)\s+(?:the\s+)?night)\b")),
        ("minutes", 240, Pattern(r"\bhalf\s+(?:a|the)\s+day\b")),
        ("minutes", 45, Pattern(r"\bthree\s+quarters\s+of\s+an\s+hour\b")),
        ("minutes", 15, Pattern(r"\bquarter\s+(?:of\s+)?(?:an\s+)?hour\b")),
        ("minutes", 30, Pattern(r"\bhalf(?:\s+|-)(?:an?\s+)?hour\b|\b1/2\s*h(?:our)?\b")),
        ("minutes", 0.5, Pattern(r"\bhalf\s+a\s+minute\b")),
        ("minutes", 60, _is(rf"{_RANGE}NUM\s*-?(?:{_MORE})?(?P<half>and\s+a\s+half\s+)?(?:hours?|hrs?)\b{_AGO}")),
        ("minutes", 1, _is(rf"{_RANGE}NUM\s*-?\s*(?:{_MORE})?(?:minutes?|minuets?|mintues?|minuts?|mins?)\b{_AGO}")),
        ("minutes", 1 / 60, _is(rf"{_RANGE}NUM\s*-?(?:{_MORE})?(?:seconds?|secs?)\b{_AGO}")),
        ("minutes", 60, Pattern(r"(?<![\w.])(?P<n>\d{1,9}(?:\.\d+)?)\s?h(?=\d|\b)")),
        ("minutes", 1, Pattern(r"(?<=\dh)(?P<n>[0-5]?\d)(?:m|min)?\b")),
        ("minutes", 1, Pattern(r"(?<![\w.])(?P<n>\d{1,9}(?:\.\d+)?)\s?m\b")),
        ("minutes", 1 / 60, Pattern(r"(?<![\w.])(?<!the )(?P<n>\d+)\s?s\b")),
        ("trials", 1, _is(rf"{_RANGE}NUM\s*-?\s*(?:{_MORE})?(?:different\s+)?(?:{_COUNTED})\b")),
        ("trials", 1, _is(r"\b(?:trials|tries|attempts)\s*(?:=|:|is|to)\s*NUM\b")),
        ("trials", 1, _is(r"\b(?:try|run|another|do|give it|add|search)\s+NUM\s+(?:more|further|extra|additional)\b")),
        ("trials", 1, _is(r"\b(?:try|another)\s+(?P<more>)NUM\b(?!\s*(?:min|hour|sec|px|h\b|m\b|s\b|pixels|-))")),
        ("trials", 1, _is(r"NUM\s+more\b(?!\s*(?:min|hour|sec|\w*\s*(?:like|style|color|colour)))")),
    ),
    articles=frozenset(("a", "an")),
    per=Pattern(r"(?:frames?|images?|pictures?|pics|times|once|twice|per|fps)\s*$"),
    joined=Pattern("and"),
)

_COUNT = r"(?:trials?|tries|runs?|attempts?)"
GOING_ON = GoingOnGrammar(
    rest=Pattern(
        r"\b(?:finish|complete)\s+(?:it|them|this|that|up|off|all|everything|the\s+(?:search|study|rest|run|job|remaining)"
        r"|what\s+(?:you|was|is|we))\b"
        r"|\b(?:run|do|try)\s+(?:all\s+)?the\s+(?:rest|remaining|others?\s+(?:trials|tries))\b"
        r"|\bpick\s+(?:it\s+)?up\b.*\bleft\b|\bwhere\s+(?:you|it|we)\s+(?:left|stopped|were)\b"
        r"|\b(?:start|run)\s+(?:it\s+)?again\b|\brestart\b|\bresume\b"
    ),
    total=(
        Pattern(rf"\ball\s+(?:the\s+)?(?P<n>\d{{1,5}})\b(?=\s*(?:{_COUNT}\b|of\s+them|please|pls|[.!,?]|$))"),
        Pattern(rf"\b(?:up\s+)?to\s+(?P<n>\d{{1,5}})\s*{_COUNT}\b|\bup\s+to\s+(?P<m>\d{{1,5}})\s*$"),
        Pattern(rf"\b(?P<n>\d{{1,5}})\s*(?:{_COUNT}\s*)?(?:in\s+(?:all|total)|altogether|all\s+together)\b"),
    ),
)

SIZES = SizeGrammar(
    by=Pattern("by"),
    units={"in": 25.4, "inch": 25.4, "inches": 25.4},
    screens={"full hd": 1920, "fullhd": 1920},
    number=Pattern(NUMBER),
    pixels=Pattern(r"pixels?|pix"),
    size_word=Pattern("size|resolution|long side|width"),
    is_=Pattern("of|is|at|to"),
    width=Pattern(r"\b(?:wide|width|across)\b"),
    height=Pattern(r"\b(?:tall|height|high(?!\s*(?:quality|res)))\b"),
    sides=(
        Pattern(r"(?<![\w.])(\d{3,5})\s*(?:wide|tall|high|across|on the long side)\b"),
        Pattern(r"\b(?:make it|render it|output it)\s+(?:at\s+)?(\d{3,4})(?=\s*(?:$|[,.;!?]))"),
    ),
    search=Pattern(r"\b(?:search\w*|tun(?:e|ing)|trials?|tries|preview\w*|while|explor\w+)\b"),
    result=Pattern(r"\b(?:final\w*|result\w*|output|print\w*|wallpaper|poster|export\w*|end)\b"),
    search_is=Pattern(r"\b(?:search\w*|final\w*|result\w*|output|export)\b"),
    search_size=Pattern("size|resolution"),
    search_at=Pattern("is|at|in|on|to|small,?"),
    counted=Pattern(r"trials?|tries|times|more|min|sec|hours?"),
    own=Pattern(
        r"\b(?:own|original|native|real|actual|source)(?:'?s)?[\s-]+(?:size|res\w*|dimensions|pixels)\b"
        r"|\b(?:full[\s-]?)?(?:size|resolution)\s+of\s+(?:the|my)\s+(?:\w+\s+)?(?:photo\w*|original|picture|content)\b"
        r"|\b(?:as|equally)\s+(?:large|big)\s+as\s+(?:the|my)\s+(?:\w+\s+)?(?:photo\w*|original|picture|content)\b"
    ),
    on_paper=Pattern(r"\b(?:print\w*|paper|poster|sheet|size)\b"),
    but=Pattern(r"\bbut\b|\band\b"),
)

_FEW = {"one": 1, "a": 1, "1": 1, "two": 2, "2": 2, "three": 3, "3": 3}
SHARES = ShareGrammar(
    percent=Pattern(r"percent\b"),
    parts=(
        (Pattern(rf"({NUMBER})\s+parts?\b"), lambda match: _digits(match.group(1)) or 0.0),
        (Pattern(r"(one|two|a|1|2)[\s-]third"), lambda match: _FEW[match.group(1)] / 3),
        (Pattern(r"(one|three|a|1|3)[\s-]quarter"), lambda match: _FEW[match.group(1)] / 4),
        (Pattern(r"\bhalf\b"), lambda match: 0.5),
    ),
    fraction_of=Pattern(r"of\b"),
    to=Pattern("to"),
    no_ratio=Pattern(r"min|of\b"),
    numbered=Pattern(r"\b(?:ratio|proportions?|weights?|shares?)\b"),
    strength=Pattern("strength|intensity"),
    is_=Pattern("of|at|is|to"),
    equal=Pattern(r"\b(?:fifty[\s-]?fifty|equal(?:ly)?|half and half|half half|evenly)\b"),
    much_before=Pattern(
        r"\b(?:mostly|mainly|primarily|predominantly|largely|chiefly"
        r"|(?:a lot|lots|plenty|much more|way more|more)(?:\s+of)?)\s+"
        r"(?:(?:like|in|of|the|style|from)\s+)*$"
    ),
    little_before=Pattern(
        r"\b(?:(?:a|just a|only a)\s+)?(?:hint|touch"
        r"|dash|pinch|bit|tad|little|splash|whisper|sprinkle)s?\s+(?:bit\s+)?(?:of\s+)?(?:the\s+)?$"
        r"|\b(?:less|slightly|subtly)\s+(?:of\s+)?(?:the\s+)?$"
    ),
    much_after=Pattern(r"^\s*(?:mostly|mainly|the most|for the most part|more)\b(?!\s+(?:like|than))"),
    little_after=Pattern(
        r"^\s*(?:(?:just\s+|only\s+)?a\s+(?:little|bit|touch|smidge|tad|hint|pinch)|slightly|less)\b(?!\s+(?:like|than))"
    ),
    ordinals={
        0: Pattern(rf"\b(?:{ORDINALS[0]})\b"),
        1: Pattern(rf"\b(?:{ORDINALS[1]})\b"),
        2: Pattern(rf"\b(?:{ORDINALS[2]})\b"),
        -1: Pattern(r"\blast\b"),
    },
    much_ordinal=(
        r"(?:more|mostly|mainly|much|lot|heavier|stronger)\s+(?:\w+\s+){0,3}?(?:ORDINAL)",
        r"(?:ORDINAL)(?:\s+(?:one|style|picture))?\s+(?:\w+\s+)?(?:more|mostly|stronger|heavier|the most)",
    ),
    little_ordinal=(
        r"(?:less|little|bit|hint|touch)\s+(?:of\s+)?(?:the\s+)?(?:ORDINAL)",
        r"(?:ORDINAL)(?:\s+(?:one|style|picture))?\s+(?:\w+\s+)?(?:less|weaker|only a little)",
    ),
)


def _digits(said: str) -> float | None:
    bare = " ".join(said.split())
    return float(bare) if bare.replace(".", "", 1).isdigit() else number(bare)


_OF = r"(?:(?:should|must|has\s+to|to)\s+(?:be|stay|have)\s+|(?:is|be|of|stays?|kept|values?)\s+|=\s*|:\s*)?"
_LEAST = (
    r"(?:at\s+least|(?:no|not)\s+(?:less|lower|below|under)(?:\s+than)?"
    r"|(?<!no )(?<!not )(?:above|over|(?:more|greater|higher)\s+than)"
    r"|min(?:imum|imal)?(?:\s+of)?|>=?|≥)"
)
_MOST = (
    r"(?:at\s+most|(?:no|not)\s+(?:more|higher|above|over)(?:\s+than)?|up\s+to"
    r"|(?<!no )(?<!not )(?:below|under|(?:less|lower|smaller)\s+than)"
    r"|max(?:imum|imal)?(?:\s+of)?|<=?|≤)"
)
SETTINGS = SettingGrammar(
    set=Pattern("of|at|to|is|be"),
    about=Pattern(r"around|about|near(?:ly)?|roughly|approx\w*|some|ca\.?|close to"),
    or_so=Pattern(r"or\s+so|ish"),
    counted=Pattern("more|trials?|tries"),
    scores={"content": Pattern(r"content(?:\s+score)?"), "style": Pattern(r"style(?:\s+score)?")},
    between=(
        rf"NAME\s*{_OF}(?:between|from|within|in|to)?\s*(?P<low>NUMBER)\s*(?:and|to|-|–|~|\.\.+)\s*(?P<high>NUMBER)",
        r"between\s+(?P<low>NUMBER)\s*(?:and|to|-|–)\s*(?P<high>NUMBER)\s+(?:of\s+|for\s+)?(?:the\s+)?NAME",
    ),
    least=(
        rf"NAME\s*{_OF}{_LEAST}\s*(?P<low>NUMBER)",
        rf"{_LEAST}\s*(?P<low>NUMBER)\s*(?:of\s+)?(?:the\s+)?NAME",
        rf"NAME\s*{_OF}(?P<low>NUMBER)\s*(?:or|and)\s*(?:more|higher|above|over|up|better)\b",
    ),
    most=(
        rf"NAME\s*{_OF}{_MOST}\s*(?P<high>NUMBER)",
        rf"{_MOST}\s*(?P<high>NUMBER)\s*(?:of\s+)?(?:the\s+)?NAME",
        rf"NAME\s*{_OF}(?P<high>NUMBER)\s*(?:or|and)\s*(?:less|lower|below|under)\b",
    ),
)
