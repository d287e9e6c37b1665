"""Words around a file that tell whether it is the content or the style.

Each cue is a weight and an expression: positive weights speak for style, negative for content. Of the cues before a
file and of those after it the first that fits counts, so the plainest stand first.
"""

from __future__ import annotations

from autostyle.agent.understanding.clauses import FILES

Cues = tuple[tuple[float, str], ...]

_DET = (
    r"(?:(?:the|my|this|that|these|a|an|our|your|both|old|file|picture|painting|image|photo|artwork|pic|of)\s+)*[@(]?$"
)


BEFORE: Cues = (
    (2, rf"\d{{1,3}}\s*(?:%|percent)\s*(?:of\s+|like\s+)?{_DET}"),
    (2, rf"\b(?:closer|nearer|similar)\s+to\s+{_DET}"),
    (
        2,
        rf"\b(?:mostly|mainly|primarily|predominantly|largely|parts?|thirds?|half|quarter|\d\s*/\s*\d)\s+(?:of\s+)?{_DET}",
    ),
    (
        -2,
        r"(?:photo(?:graph)?|picture|pic|image|shot|selfie|one)\s+(?:that\s+)?(?:i|we|my\s+\w+)\s+(?:took|shot|made|snapped)"
        rf"\s*(?:is|was|=|:)?\s*{_DET}",
    ),
    (-2, rf"\b(?:original|source)\s*(?:picture|photo|image|file)?\s*(?:is|=|:)?\s*{_DET}"),
    (2, rf"\b(?:heavy|heavily|light|lightly|easy|big|hard|all\s+in)\s+on\s+{_DET}"),
    (2, rf"\b(?:touch|hint|dash|pinch|whisper|taste|splash|bit|tad|lot)s?\s+of\s+{_DET}"),
    (
        2,
        r"\b(?:picks?\s+up|takes?\s+on|adopts?|borrows?|inherits?|gets?|wears?)\s+(?:the\s+|some\s+|a\s+)?"
        rf"(?:[a-z-]+\s+){{1,3}}(?:of|from)\s+{_DET}",
    ),
    (
        -3,
        r"\b(?:up|creep|leak|bleed|sneak|spill|seep|appear|come|carry|carried|copied|move|moved|end|get|slip)\w*\s+"
        rf"(?:up\s+|over\s+|across\s+)?(?:in|into|to|onto|on)\s+{_DET}",
    ),
    (
        2,
        rf"(?:\blike(?:\s+(?:in|on))?|style\s+of|look\s+of|mood\s+of|vibes?\s+of|feel(?:ing)?\s+of|manner\s+of|way\s+of|spirit\s+of)\s+{_DET}",
    ),
    (
        2,
        rf"(?:inspired\s+by|based\s+on|reminiscent\s+of|à\s+la|a\s+la|painted\s+(?:in|on|by)|something\s+like|match(?:ing)?)\s+{_DET}",
    ),
    (
        2,
        r"\b(?:style|look|painting|reference|ref|artwork|inspiration)s?\s*(?:picture|image|file|photo)?\s*"
        rf"(?:is|are|from|would be|will be|being)\s*{_DET}",
    ),
    (
        2,
        r"(?:^|[-,.;/(]|\b(?:the|my|and|with|our))\s*(?:style|look|painting|reference|ref|artwork|inspiration)s?\s*"
        rf"(?:picture|image|file|photo)?\s*(?:=|:|->)\s*{_DET}",
    ),
    (
        2,
        rf"(?:light|dots|dabs|lines|marks|swirls|curls|hatching|patterns?|colou?rs?|palette|brush\s*\w+|strokes|texture|technique|atmosphere|aesthetics?|tones?|grad(?:e|ing))\s+(?:of|from|in)\s+{_DET}",
    ),
    (2, rf"(?:,|\band|\bwith|\bin|\bplus|;|\.)\s*(?:the\s+)?style\s+{_DET}"),
    (2, r"\blike\s+(?:the|an?|that|those|some)\s+(?:[a-z]+\s+){1,3}(?:in|on|from|of)\s+(?:the\s+|my\s+)?[@(]?$"),
    (1.5, rf"which\s+is\s+{_DET}"),
    (1.5, r"(?:->|→|=>|⇒|~>|>>)\s*$"),
    (1.5, rf"\b(?:into|as|after|by|using|from|through|à)\s+{_DET}"),
    (1, rf"\b(?:with|wiht|wtih|wth)\s+{_DET}"),
    (1, r"(?<!neural )\bstyle\s*$"),
    (2, r"(?:brand|identity|guidelines?|house\s+style|logo)\s*(?:is|are|says|=|:)\s*$"),
    (-2, r"(?:rest|everything\s+else|all\s+else)\s+(?:of\s+it\s+)?from\s+$"),
    (
        -2,
        r"(?:^|[.;:!?,]|\b(?:please|can you|could you|to|then|and|pls|just|i want|want you to))\s*"
        rf"(?:re)?(?:style|stylize|stylise|styleize|styleise)\s+{_DET}",
    ),
    (
        -2,
        rf"(?:content|photo(?:graph)?|picture|image|input|subject|pics?|pictures|photos|selfie|shots?)\s*(?:is|are|=|:)\s*(?:in\s+)?{_DET}",
    ),
    (
        -2,
        rf"\b(?:onto|on|over|appl(?:y|ied)\s+(?:it|this|that)?\s*(?:to|on))\s+(?:top\s+of\s+)?{_DET}",
    ),
    (
        -1.5,
        rf"\b(?:make|turn|restyle|stylize|stylise|paint|repaint|transform|convert|redo|render|redraw|give|edit|treat|change|redecorate|rework)\s+{_DET}",
    ),
    (2, rf"\b(?:apply|transfer|add|lay|put)\s+{_DET}"),
    (0.5, r"^\s*to\s+[@(]?$"),
    (-1, rf"\b(?:to|for|in|take|want|have|get|run|process|do|of)\s+{_DET}"),
    (-1.5, r"\b(?:content|input|base|subject)\s+$"),
    (-1, r"\b(?:my|our|photo|picture|selfie|portrait of \w+)\s+$"),
    (2, r"참고\s*(?:할|용|하는)?\s*(?:거|것|건|그림|사진|이미지|파일)?\s*(?:은|는|이|가|:|=)?\s*[@(]?$"),
    (
        2,
        r"(?:스타일|화풍|기준|참고|레퍼런스|느낌|작품|필터)\s*(?:그림|사진|이미지|파일)?\s*(?:은|는|이|가|을|를|으로는|로는|:|=)?\s*[@(]?$",
    ),
    (1, r"(?:그림|명화|화가|회화)\s*(?:은|는|이|가|:|=)?\s*[@(]?$"),
    (
        -2,
        r"(?:콘텐츠|컨텐츠|원본|대상|내용|바꿀\s*(?:거|것|사진|그림))\s*(?:사진|이미지|파일)?\s*(?:은|는|이|가|을|를|:|=)?\s*[@(]?$",
    ),
    (-1, r"사진\s*(?:은|는|이|가|을|를|:|=)?\s*[@(]?$"),
)
"""Matched against the text up to the file."""

_WHICH_IS = r"(?:it'?s|which\s+is|that'?s)\s+(?:(?:the|an?|my)\s+)?"
_IS_A = rf"(?:{_WHICH_IS})?(?:(?:the|an?|my|내|제)\s+)?"
_POST = r"^[)\]]?\s*(?:\([^)]*\)\s*)?"
_KO_THESE = r"(?:(?:[이그저]|두|세|네|[2-9])\s*(?:개|장)?\s*)?"
_KO_NOUN = rf"(?:의|이라는|라는|라고\s*하는)?\s*{_KO_THESE}(?:그림|작품|파일|사진|이미지|명화)?\s*"

AFTER: Cues = (
    (
        3,
        rf"^\s*(?:\(\s*{_IS_A}|,\s*{_WHICH_IS})(?:style|ref(?:erence)?|painting|drawing|artwork|art|print|그림|스타일|작품|참고)\s*(?:[),.]|$)",
    ),
    (-3, rf"^\s*(?:\(\s*{_IS_A}|,\s*{_WHICH_IS})(?:photo(?:graph)?|picture|pic|selfie|content|original|사진|원본)\b"),
    (2, rf"{_POST}[(:]?\s*\d{{1,3}}\s*(?:%|percent|퍼센트|프로)"),
    (2, rf"{_POST}(?:절반|반)(?:\s|$|[,.])"),
    (3, rf"{_POST}{_KO_NOUN}(?:에|쪽(?:에|으로)?|[와과]|이?랑|하고)\s*(?:더\s*)?(?:가깝|비슷|닮)"),
    (
        3,
        rf"{_POST}(?:이|가|은|는)\s*(?:스타일|작품|그림|명화|화풍|레퍼런스|참고)(?:\s*(?:그림|이미지|용))?(?=이[고야에다]|인|야|예|입|임|[,.]|\s*$)",
    ),
    (
        -3,
        rf"{_POST}(?:이|가|은|는)\s*(?:내가\s*|제가\s*|저의\s*|내\s*)?(?:찍은\s*)?(?:사진|원본|콘텐츠)(?=이[고야에다]|인|야|예|입|임|[,.]|\s*$)",
    ),
    (-1, rf"{_POST}to\s+[@(]?$"),
    (2, rf"{_POST}(?:on|onto|to|over)\s+(?:my\s+|the\s+)?[@(]?$"),
    (3, rf"{_POST}(?:->|→|=>|=)\s*(?:the\s+)?(?:style|스타일)"),
    (-3, rf"{_POST}(?:->|→|=>|=)\s*(?:the\s+)?(?:content|photo|콘텐츠|사진)"),
    (2, rf"{_POST}(?:inspires?|influences?|guides?|sets|dictates?|leads?)\b"),
    (
        2,
        rf"{_POST}(?:'?s)?\s*[-]?\s*(?:style(?!\W*$)|brush\w*|palette|colou?rs|mood|vibe|aesthetic|technique|texture|manner|way\b|feel\b|(?<=s\s)look\b)",
    ),
    (
        2,
        rf"{_POST}(?:as|is|for|are|=)\s+(?:the\s+|a\s+|my\s+|our\s+)?(?:\w+\s+)?(?:style|reference|ref\b|painting|inspiration|look|artwork|drawing|art\b)",
    ),
    (-2, rf"{_POST}(?:as|is|are|=)\s+(?:the\s+|a\s+|my\s+|our\s+)?(?:content|photo|picture|base|input|original)"),
    (
        -2,
        rf"{_POST}(?:should|to|must|needs?\s+to|has\s+to|can|could|would)?\s*(?:be\s+)?(?:look|looks|looking|feel|seem)\s+(?:\w+\s+){{0,2}}(?:like|as)",
    ),
    (
        -1.5,
        rf"{_POST}(?:like|in\s+the\s+(?:style|look|manner|way)|in\s+(?=.{{0,20}}style)|into|gets?|styled|painted|repainted|->|→|=>|⇒|with\s+the\s+(?:look|style|light|mood))",
    ),
    (-1, rf"{_POST}(?:as|with|using|through|after)\b"),
    (
        -2,
        rf"{_POST}(?:should|to|must|needs?\s+to|has\s+to|can|could)\s+(?:pick\s+up|take\s+on|adopt|borrow|get|wear)\b",
    ),
    (-2, rf"{_POST}{_KO_NOUN}(?:처럼|같이|답게)\s*[가-힣]*[여아어]야"),
    (2, rf"{_POST}[가-힣]{{0,3}}(?:풍|그림|작품|스타일)(?:인데|이고|이에요|예요|입니다|이라서|이야)"),
    (3, rf"{_POST}{_KO_NOUN}에\s*(?:있는|나오는|나온|그려진|등장하는|보이는|담긴|있던)"),
    (
        3,
        rf"{_POST}{_KO_NOUN}(?:처럼|같이|같은|같게|마냥|풍|화풍|스타일|느낌|분위기|톤(?:으?로|만|을|이)|식으로|그림체|붓|기법|삘|필로|감성|버전|비스[무므]리)",
    ),
    (
        2,
        rf"{_POST}{_KO_NOUN}(?:(?:을|를|도)?\s*(?:참고|기준|따라|흉내|본떠|본따|닮|보고)|속|에서\s*(?:스타일|화풍|색|느낌|붓)|(?:이|가)\s*(?:기준|스타일|레퍼런스))",
    ),
    (1, rf"{_POST}{_KO_NOUN}(?:으로|로)(?![가-힣])"),
    (1, rf"{_POST}(?:색감|색|질감|붓\w*)(?:을|를|으로|로)"),
    (-2, rf"{_POST}(?:이?란|라는)?\s*(?:사진|파일|이미지)?\s*(?:에다가?|에(?![서게])|한테|위에)"),
    (-1, rf"{_POST}(?:이?란|라는)?\s*(?:사진|파일|이미지)?\s*(?:을|를|도|만)(?![가-힣])"),
    (-0.5, rf"{_POST}(?:사진|이미지)?\s*(?:은|는|이|가)(?![가-힣])"),
    (-1, rf"{_POST}(?:->|→|=>)"),
)
"""Matched against the text after the file."""

AMONG: Cues = (
    (2, r"^\s*(?:than|for\s+the\s+most\s+part|just\s+an?)\b"),
    (2, r"^(?:을|를|도)?\s*(?:반반(?:씩)?\s*|반씩\s*|같이\s*|함께\s*|서로\s*)?(?:섞|조합|블렌드)"),
    (2, r"^\s*[(:=]?\s*\d{1,3}(?=[\s,)]|$)(?!\s*(?:trials?|tries|times|more|min|sec|px|번|분|초|회))"),
    (2, r"^(?:은|는|도|을|를)?\s*(?:아주\s*)?(?:살짝|조금|쪼금|약간|거의|더\s*많이|많이|더\s*적게|덜)"),
    (2, r"^\s*(?:a\s+(?:little|bit|lot)|more|less)\b"),
)
"""After one of three files and more, where shares of several styles may be meant."""

AMONG_BEFORE: Cues = (
    (-3, rf"\b(?:mix|blend|work|bring|fold|bake)\s+[{FILES}]\s+(?:\w+\s+)?into\s+(?:the\s+|my\s+)?[@(]?$"),
    (
        3,
        r"\b(?:blend|combine|merge|fuse|mix|mixture|combination|fusion|mash[\s-]?up)\s+(?:of\s+|together\s+)?(?:the\s+)?[@(]?$",
    ),
    (2, r"\b(?:more|rather)\s+(?:like\s+|of\s+)?(?:the\s+)?[@(]?$"),
    (2, r"\b(?:the\s+)?rest\s+(?:of\s+|is\s+)?(?:the\s+)?[@(]?$"),
    (-2, r"\btarget\s*(?:is|=|:)?\s*[@(]?$"),
    (2, r"\bthan\s+(?:like\s+)?(?:the\s+)?[@(]?$"),
)
"""Before one of three files and more; other files may stand in it."""
