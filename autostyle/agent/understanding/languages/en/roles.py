"""Which picture is the content and which the style, in English: cues around a file."""

from __future__ import annotations

from autostyle.agent.understanding.grammar.patterns import FILES, Pattern
from autostyle.agent.understanding.grammar.roles import RoleGrammar

_WORDS = "the|my|this|that|these|a|an|our|your|both|old|file|picture|painting|image|photo|artwork|pic|of"
_DET = rf"(?:(?:{_WORDS})\s+)*[@(]?$"
_WHICH_IS = r"(?:it'?s|which\s+is|that'?s)\s+(?:(?:the|an?|my)\s+)?"
_POST = r"^[)\]]?\s*(?:\([^)]*\)\s*)?"
_F = f"[{FILES}]"

ROLES = RoleGrammar(
    before=(
        (2, Pattern(rf"\b(?:closer|nearer|similar)\s+to\s+{_DET}")),
        (
            2,
            Pattern(
                rf"\b(?:mostly|mainly|primarily|predominantly|largely|parts?|thirds?|half|quarter|\d\s*/\s*\d)\s+(?:of\s+)?{_DET}"
            ),
        ),
        (
            -2,
            Pattern(
                r"(?:photo(?:graph)?|picture|pic|image|shot|selfie|one)\s+(?:that\s+)?(?:i|we|my\s+\w+)\s+(?:took|shot|made|snapped)"
                rf"\s*(?:is|was|=|:)?\s*{_DET}"
            ),
        ),
        (-2, Pattern(rf"\b(?:original|source)\s*(?:picture|photo|image|file)?\s*(?:is|=|:)?\s*{_DET}")),
        (2, Pattern(rf"\b(?:heavy|heavily|light|lightly|easy|big|hard|all\s+in)\s+on\s+{_DET}")),
        (2, Pattern(rf"\b(?:touch|hint|dash|pinch|whisper|taste|splash|bit|tad|lot)s?\s+of\s+{_DET}")),
        (
            2,
            Pattern(
                r"\b(?:picks?\s+up|takes?\s+on|adopts?|borrows?|inherits?|gets?|wears?)\s+(?:the\s+|some\s+|a\s+)?"
                rf"(?:[a-z-]+\s+){{1,3}}(?:of|from)\s+{_DET}"
            ),
        ),
        (
            -3,
            Pattern(
                r"\b(?:up|creep|leak|bleed|sneak|spill|seep|appear|come|carry|carried|copied|move|moved|end|get|slip)\w*\s+"
                rf"(?:up\s+|over\s+|across\s+)?(?:in|into|to|onto|on)\s+{_DET}"
            ),
        ),
        (
            2,
            Pattern(
                rf"(?:\blike(?:\s+(?:in|on))?|style\s+of|look\s+of|mood\s+of|vibes?\s+of|feel(?:ing)?\s+of|manner\s+of|way\s+of|spirit\s+of)\s+{_DET}"
            ),
        ),
        (
            2,
            Pattern(
                rf"(?:inspired\s+by|based\s+on|reminiscent\s+of|à\s+la|a\s+la|painted\s+(?:in|on|by)|something\s+like|match(?:ing)?)\s+{_DET}"
            ),
        ),
        (
            2,
            Pattern(
                r"\b(?:style|look|painting|reference|ref|artwork|inspiration)s?\s*(?:picture|image|file|photo)?\s*"
                rf"(?:is|are|from|would be|will be|being)\s*{_DET}"
            ),
        ),
        (
            2,
            Pattern(
                r"(?:^|[-,.;/(]|\b(?:the|my|and|with|our))\s*(?:style|look|painting|reference|ref|artwork|inspiration)s?\s*"
                rf"(?:picture|image|file|photo)?\s*(?:=|:|->)\s*{_DET}"
            ),
        ),
        (
            2,
            Pattern(
                rf"(?:light|dots|dabs|lines|marks|swirls|curls|hatching|patterns?|colou?rs?|palette|brush\s*\w+|strokes|texture|technique|atmosphere|aesthetics?|tones?|grad(?:e|ing))\s+(?:of|from|in)\s+{_DET}"
            ),
        ),
        (2, Pattern(rf"(?:,|\band|\bwith|\bin|\bplus|;|\.)\s*(?:the\s+)?style\s+{_DET}")),
        (
            2,
            Pattern(
                r"\blike\s+(?:the|an?|that|those|some)\s+(?:[a-z]+\s+){1,3}(?:in|on|from|of)\s+(?:the\s+|my\s+)?[@(]?$"
            ),
        ),
        (1.5, Pattern(rf"which\s+is\s+{_DET}")),
        (1.5, Pattern(rf"\b(?:into|as|after|by|using|from|through|à)\s+{_DET}")),
        (1, Pattern(rf"\b(?:with|wiht|wtih|wth)\s+{_DET}")),
        (1, Pattern(r"(?<!neural )\bstyle\s*$")),
        (2, Pattern(r"(?:brand|identity|guidelines?|house\s+style|logo)\s*(?:is|are|says|=|:)\s*$")),
        (-2, Pattern(r"(?:rest|everything\s+else|all\s+else)\s+(?:of\s+it\s+)?from\s+$")),
        (
            -2,
            Pattern(
                r"(?:^|[.;:!?,]|\b(?:please|can you|could you|to|then|and|pls|just|i want|want you to))\s*"
                rf"(?:re)?(?:style|stylize|stylise|styleize|styleise)\s+{_DET}"
            ),
        ),
        (
            -2,
            Pattern(
                rf"(?:content|photo(?:graph)?|picture|image|input|subject|pics?|pictures|photos|selfie|shots?)\s*(?:is|are|=|:)\s*(?:in\s+)?{_DET}"
            ),
        ),
        (-2, Pattern(rf"\b(?:onto|on|over|appl(?:y|ied)\s+(?:it|this|that)?\s*(?:to|on))\s+(?:top\s+of\s+)?{_DET}")),
        (
            -1.5,
            Pattern(
                rf"\b(?:make|turn|restyle|stylize|stylise|paint|repaint|transform|convert|redo|render|redraw|give|edit|treat|change|redecorate|rework)\s+{_DET}"
            ),
        ),
        (2, Pattern(rf"\b(?:apply|transfer|add|lay|put)\s+{_DET}")),
        (0.5, Pattern(r"^\s*to\s+[@(]?$")),
        (-1, Pattern(rf"\b(?:to|for|in|take|want|have|get|run|process|do|of)\s+{_DET}")),
        (-1.5, Pattern(r"\b(?:content|input|base|subject)\s+$")),
        (-1, Pattern(r"\b(?:my|our|photo|picture|selfie|portrait of \w+)\s+$")),
    ),
    after=(
        (3, Pattern(rf"{_POST}(?:'?s)?\s+(?:own\s+)?(?:voice|accent|timbre)\b(?!\s+(?:like|into|to)\b)")),
        (-1, Pattern(rf"{_POST}to\s+[@(]?$")),
        (2, Pattern(rf"{_POST}(?:on|onto|to|over)\s+(?:my\s+|the\s+)?[@(]?$")),
        (2, Pattern(rf"{_POST}(?:inspires?|influences?|guides?|sets|dictates?|leads?)\b")),
        (
            2,
            Pattern(
                rf"{_POST}(?:'?s)?\s*[-]?\s*(?:style(?!\W*$)|brush\w*|palette|colou?rs|mood|vibe|aesthetic|technique|texture|manner|way\b|feel\b|(?<=s\s)look\b)"
            ),
        ),
        (
            2,
            Pattern(
                rf"{_POST}(?:as|is|for|are|=)\s+(?:the\s+|a\s+|my\s+|our\s+)?(?:\w+\s+)?(?:style|reference|ref\b|painting|inspiration|look|artwork|drawing|art\b)"
            ),
        ),
        (
            -2,
            Pattern(
                rf"{_POST}(?:as|is|are|=)\s+(?:the\s+|a\s+|my\s+|our\s+)?(?:content|photo|picture|base|input|original)"
            ),
        ),
        (
            -2,
            Pattern(
                rf"{_POST}(?:should|to|must|needs?\s+to|has\s+to|can|could|would)?\s*(?:be\s+)?(?:look|looks|looking|feel|seem)\s+(?:\w+\s+){{0,2}}(?:like|as)"
            ),
        ),
        (
            -1.5,
            Pattern(
                rf"{_POST}(?:like|in\s+the\s+(?:style|look|manner|way)|in\s+(?=.{{0,20}}style)|into|gets?|styled|painted|repainted|with\s+the\s+(?:look|style|light|mood))"
            ),
        ),
        (-1, Pattern(rf"{_POST}(?:as|with|using|through|after)\b")),
        (
            -2,
            Pattern(
                rf"{_POST}(?:should|to|must|needs?\s+to|has\s+to|can|could)\s+(?:pick\s+up|take\s+on|adopt|borrow|get|wear)\b"
            ),
        ),
    ),
    among=(
        (2, Pattern(r"^\s*(?:than|for\s+the\s+most\s+part|just\s+an?)\b")),
        (2, Pattern(r"^\s*(?:a\s+(?:little|bit|lot)|more|less)\b")),
    ),
    among_before=(
        (-3, Pattern(rf"\b(?:mix|blend|work|bring|fold|bake)\s+[{FILES}]\s+(?:\w+\s+)?into\s+(?:the\s+|my\s+)?[@(]?$")),
        (
            3,
            Pattern(
                r"\b(?:blend|combine|merge|fuse|mix|mixture|combination|fusion|mash[\s-]?up)\s+(?:of\s+|together\s+)?(?:the\s+)?[@(]?$"
            ),
        ),
        (2, Pattern(r"\b(?:more|rather)\s+(?:like\s+|of\s+)?(?:the\s+)?[@(]?$")),
        (2, Pattern(r"\b(?:the\s+)?rest\s+(?:of\s+|is\s+)?(?:the\s+)?[@(]?$")),
        (-2, Pattern(r"\btarget\s*(?:is|=|:)?\s*[@(]?$")),
        (2, Pattern(r"\bthan\s+(?:like\s+)?(?:the\s+)?[@(]?$")),
    ),
    done_to=Pattern(
        r"\b(?:it|this|mine|my|make|turn|paint|repaint|restyle|styli[sz]e|transform|convert|redo|render|redraw|give)\b"
    ),
    style_noun=Pattern("style|ref(?:erence)?|painting|drawing|artwork|art|print"),
    content_noun=Pattern("photo(?:graph)?|picture|pic|selfie|content|original"),
    which_is=Pattern(_WHICH_IS),
    is_a=Pattern(rf"(?:{_WHICH_IS})?(?:(?:the|an?|my)\s+)?"),
    percent=Pattern("percent"),
    arrow_style=Pattern("style"),
    arrow_content=Pattern("content|photo"),
    the=Pattern(r"the\s+"),
    det=Pattern(_WORDS),
    of=Pattern(r"of\s+|like\s+"),
    counted=Pattern(r"trials?|tries|times|more|min|sec|px"),
    and_=Pattern(r"and|plus|und|,\s*and"),
    also=Pattern(r"then\s+|also\s+"),
    not_before=Pattern(
        r"(?:(?<!why\s)\bnot|n't|\bdont|\binstead\s+of|\brather\s+than|\bexcept)\s+(?:(?:like|use|using|take|with|the|for|in)\s+)*[@(]?$"
        rf"|(?:\bnot|n't|\bdont|\bnever)\s+(?:make|turn|paint|want|have|let|render)\s+(?:{_F}|\w+(?:\s+\w+)?)\s+(?:to\s+)?(?:look\s+)?"
        r"(?:like|as|into|in\s+the\s+style\s+of)\s+(?:the\s+)?[@(]?$"
        r"|\bnot\s+(?:to\s+)?look(?:ing)?\s+(?:\w+\s+)?like\s+(?:the\s+)?[@(]?$"
        r"|\b(?:nothing|not\s+anything|never)\s+like\s+(?:the\s+)?[@(]?$|\b(?:avoid|anything\s+but|no|hate|dislike|without(?:\s+any)?(?:\s+of)?)\s+(?:the\s+)?[@(]?$"
        r"|\bless\s+(?:like|of)\s+(?:the\s+)?[@(]?$"
    ),
    style_at_the_end=Pattern(r"\s*style\W*(?:please|pls|plz|thanks)?\W*\Z"),
)
