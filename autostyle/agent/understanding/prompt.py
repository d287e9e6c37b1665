"""Words meant for a method that reads: after "prompt:", in quotation marks, or as a scene that is described."""

from __future__ import annotations

import re

from autostyle.agent.understanding.clauses import FILES, QUOTE, QUOTES, Text

_CUE = r"(?:prompt\w*|description|caption|프롬프트|설명문?|묘사|문구|캡션)"
_AFTER_CUE = re.compile(rf"{_CUE}\s*(?:is|=|:|-|로는|으로는|은|는|로|을|를)?\s*:?\s*([^{FILES}{QUOTES}.;\n]{{4,}})")
_TAKEN = r"(?:taken|shot|from|photographed|captured|made|snapped|was|were|is)"

_SCENE = (
    r"(?:snow\w*|rain\w*|fog\w*|mist\w*|storm\w*|lightning|sunset|sunrise|dawn|dusk|twilight|night|midnight|evening|moon\w*"
    r"|autumn|winter|fireworks|blossoms?|petals|lanterns|neon\s+\w+|candle\w*|leaves|northern\s+lights|aurora|rainbow"
    r"|blizzard|flood\w*|flames|fire|smoke|clouds?|butterflies|birds|balloons|confetti|dragons?|spaceships?|castle|crowd\w*"
    r"|robots?|underwater|galaxy|umbrellas?|sea|ocean|waves|mountains?|forest|trees|flowers|garden|boats?|ship|train|river"
    r"|desert|skyline|hills|meadow|village|festival|market|lighthouse|horses?|people)"
)
_REST = rf"[^{FILES}{QUOTES},.;]*"
_HAPPENING = (
    r"(?:falling|floating|flying|glowing|burning|drifting|blowing|raining|snowing|shining|rising|setting|swimming|walking"
    r"|dancing)"
)
_ARTICLE = r"(?:an?\s+|the\s+|some\s+|heavy\s+|gentle\s+|falling\s+)*"
_ENGLISH = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\w)(?:with|add(?:ing)?|put(?:ting)?|include|insert|plus|showing|under|in|during|as)\s+"
        rf"({_ARTICLE}(?:\w+\s+){{0,3}}?{_SCENE}\b{_REST})",
        rf"\b(?:with|while|as)\s+((?:\w+\s+){{1,4}}{_HAPPENING}\b{_REST})",
        r"\b(?:make\s+it|let\s+it|as\s+if\s+it\s+(?:is|were|was)|have\s+it)\s+"
        rf"((?:an?\s+)?(?:\w+\s+)?{_SCENE}\b{_REST})",
        r"\b(at\s+(?:night|dusk|dawn|sunset|sunrise|midnight|twilight))\b",
    )
)
_DESCRIBING = re.compile(
    r"(?:\b(?:shows?|depicts|is\s+an?\s+(?:picture|photo|shot)|(?:photo|picture|shot|selfie|view)\s+of|of\s+(?:my|our|an?|the))\b"
    r"|(?:^|[,;:.])\s*(?:my|our|me|us)\b)[^,.;]*$"
)
"""What comes after these words is what the photograph shows already."""
_NOT_A_SCENE = re.compile(r"\b(?:style|colou?rs?|palette|look|strokes?|brush\w*|texture|light of|mood)\b")

_KO_VERB = (
    r"(?:내리는|오는|날리는|흩날리는|지는|뜨는|뜬|낀|핀|피는|쏟아지는|터지는|부는|치는|물든|비치는|켜진|빛나는|타오르는"
    r"|떠다니는|날아다니는|깔린|쌓인|떨어지는|덮인|반짝이는)"
)
_KO_PLACE = r"(?:풍경|배경|장면|모습|하늘|날씨|밤|거리|아침|저녁|새벽|계절|분위기|날|숲|바다|들판|도시|느낌)"
_KO_TAKEN = r"(?!\s*(?:에)?\s*(?:찍|촬영|담은|갔|여행))"
_KO_SCENE = (
    r"(?:비|눈|안개|노을|벚꽃|단풍|번개|불꽃놀이|오로라|무지개|네온(?:사인)?|달빛|촛불|눈보라|꽃잎|나비|용|우주선|풍선|별"
    r"|별빛|은하수|설경)"
)
_KOREAN = tuple(
    re.compile(pattern)
    for pattern in (
        rf"((?:[가-힣]+\s+){{0,3}}{_KO_VERB}(?:\s*[가-힣]*{_KO_PLACE})+)"
        rf"(?:(?:으로|로|을|를|이|가|처럼)(?=\s|[,.!]|$){_KO_TAKEN}|(?=\s*(?:[,.!]|$)))",
        rf"(?<![가-힣{FILES}])((?:[가-힣]+\s+){{0,2}}{_KO_SCENE}\s*(?:오는|(?<=설경)|[가-힣]*(?:배경|장면|풍경|야경)))"
        r"(?:으로|로)(?=\s|[,.!]|$)",
        rf"({_KO_SCENE}[이가을를도]?\s*(?:내리|날리|흩날리|추가|넣어|오게|오도록|피어|떠|쏟아지|빛나))",
    )
)


def find(text: Text) -> str | None:
    """The prompt, in the person's own words; None if there is none."""
    cue = re.search(_CUE, text.whole)
    for i, quoted in enumerate(text.quotes):
        if cue or re.search(r"\w\s+\w", quoted):
            return quoted if chr(QUOTE + i) in text.whole else None
    said = _AFTER_CUE.search(text.whole)
    if said:
        return _as_typed(text, *said.span(1))
    for pattern in (*_ENGLISH, *_KOREAN):
        for match in pattern.finditer(text.whole):
            before = text.whole[max(0, match.start() - 24) : match.start()]
            described = re.search(rf"\b{_TAKEN}\s*$", before) or _DESCRIBING.search(text.whole[: match.start()])
            described = described or _NOT_A_SCENE.search(match.group(1))
            if not described and not _negated(text.whole, match.start(), match.end()):
                return _as_typed(text, *match.span(1))
    return None


def _negated(whole: str, start: int, end: int) -> bool:
    return bool(
        re.search(r"(?:\bnot|n't|dont|\bno|without|never)\b[^,.;]*$", whole[max(0, start - 30) : start])
        or re.match(r"[^,.;]*(?:말고|없이|없게|지\s*마|지\s*말|안\s*돼|안\s*되|않게)", whole[end : end + 12])
    )


def _as_typed(text: Text, start: int, end: int) -> str:
    return re.sub(r"^[\s:=-]+|[\s,.;:!]+$", "", text.as_typed[start:end])
