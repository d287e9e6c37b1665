"""How a result should look, in English."""

from __future__ import annotations

from autostyle.agent.understanding.grammar.look import LeakageGrammar, MaskGrammar, PromptGrammar, WishGrammar
from autostyle.agent.understanding.grammar.patterns import FILES, QUOTES, Pattern

_MORE = r"(?:more|stronger|bolder|heavier)"
_LESS = r"(?:less|weaker|subtler|lighter|softer)"
_BOTH = r"\s+(?:\w+\s+)?(?:and|but|yet|&|as\s+well\s+as)\s+(?:also\s+|a\s+(?:little\s+)?(?:bit\s+)?)*"

WISHES = WishGrammar(
    very=Pattern(r"\b(?:very|really|extremely|super|as \w+ as possible|so|totally|completely|max\w*|all)\b"),
    a_bit=Pattern(r"\b(?:a bit|a little|slightly|somewhat|a touch|a tad|rather|fairly)\b"),
    slightly_stronger=Pattern(r"(?:bit|little|slightly|touch|tad|somewhat)\s+\w+"),
    strength=Pattern("strength|intensity"),
    is_=Pattern("of|at|is"),
    style_strength=Pattern("style|strength"),
    of=Pattern(r"of\s+\S+\s+"),
    style=Pattern("style|painting"),
    content=Pattern("content|photo|original|picture"),
    and_=Pattern(r"and\s+|to\s+"),
    part_of=Pattern(r"of\s+"),
    colors=Pattern(r"colou?rs?|palette|hues?"),
    colors_of=Pattern("of|from|in"),
    colors_before=Pattern("'s"),
    the=Pattern(r"the\s+"),
    strokes=Pattern(r"\b(?<!brush )(?<!brush-)(?<!paint )strokes?\b"),
    one_of=Pattern(r"\b(?:first|second|third|former|latter)\b"),
    photo_like=Pattern(
        r"\b(?:photos?|photographs?|pictures?|snapshots?|shots?)\b[^,.;]*\blike\b(?!.*\b(?:photo|camera|real))"
    ),
    joined=Pattern("and"),
    determiner=Pattern("the|her|his|its|my|their"),
    quality_number=Pattern(r"quality\s*(?:of|=|:)?\s*\d"),
    past=Pattern(
        r"\b(?:came|turned|ended)\s+(?:out|up)\b|\b(?:was|were|looked|felt)\s+(?:so|too|way|really|all|just|kinda|super|much|a\s+bit|very|overly)\b"
        r"|\b(?:old|last|previous|earlier|first)\s+(?:one|version|try|attempt|result|picture)s?\s+(?:was|were|had|looked|came|is)\b"
        r"|\b(?:i|we|they|he|she)\s+(?:tried|used|made|hated|got|had)\b(?!\s+(?:to|this|it|that)\s+(?:be|look))|\bused\s+to\s+(?:be|look|have)\b|\bhad\s+been\b"
    ),
    spoilt=Pattern(
        r"\b(?:wreck\w*|ruin\w*|spoil\w*|destroy\w*|mess\w*|mangl\w*|garbl\w*|butcher\w*|mutilat\w*|unrecogni\w*|muddy|murky|dull|blotchy"
        r"|blurry|blurred|melted|smear\w*|smudg\w*|distort\w*|awful|terrible|horrible|horribly|ugly|washed\s+out|off)\b"
    ),
    torn=Pattern(
        rf"\b{_MORE}{_BOTH}{_LESS}\b|\b{_LESS}{_BOTH}{_MORE}\b(?=\s+(?:strong|style|intense|strength|effect)|\W*$)"
        rf"|\bmore\s+(?P<en_more>\w+){_BOTH}less\s+(?P=en_more)\b|\bless\s+(?P<en_less>\w+){_BOTH}more\s+(?P=en_less)\b"
    ),
    except_before=Pattern(
        r"\b(?:not|except|n't\s+touch|leave\s+out|skip|(?:everything|all|anything|anywhere)\s+but)\s+(?:for\s+)?(?:on|in|over)?\s*(?:(?:the|my|his|her|their)\s+)?$"
    ),
    pronouns=frozenset(("her", "him")),
)

_WHICH = r"\b(?:the|only)\s+%s(?:\s*-?\s*most)?\s+(?:one|face|person|man|woman|girl|boy|child|half|part)\b"
_MASK = r"\b(?:mask|region|area|selection)\b"
_SIZES = r"(?:(?:just\s+)?(?:a\s+(?:little\s+)?bit|a\s+little|slightly|somewhat|much)\s+)?"
MASKS = MaskGrammar(
    file_before=Pattern(
        r"\bmask(?:ed)?\s*(?:file\s*)?(?:(?:is|in|from|by|with|called)\b|=|:)\s*(?:the\s+|my\s+)?[@\"'(]?$"
        r"|(?:\b(?:and|with|using|use)\s+(?:(?:the|my|a)\s+)?|[,;]\s*(?:the|my|a)\s+)mask\s+[@\"'(]?$"
    ),
    file_after=Pattern(r"[\"')\]]*\s*(?:as|is|=|for)\s+(?:the\s+|a\s+|my\s+)?mask\b"),
    things={
        **dict.fromkeys(("sky", "clouds"), "sky"),
        **dict.fromkeys(("face", "faces", "eyes", "eye", "mouth", "nose", "skin", "head"), "face"),
        **dict.fromkeys(("person", "people", "the person", "child", "kids", "baby"), "person"),
        **dict.fromkeys(("subject", "dog", "cat", "foreground"), "subject"),
        "background": "background",
        **dict.fromkeys(("ground", "floor", "grass"), "ground"),
        **dict.fromkeys(("left side", "left half"), "left half"),
        **dict.fromkeys(("right side", "right half"), "right half"),
        **{half: half for half in ("top half", "bottom half")},
        **dict.fromkeys(("sea", "water"), "water"),
        **dict.fromkeys(("trees", "tree"), "tree"),
    },
    box=Pattern(r"\bbox\s+(?:from\s+)?\(?\d+\s*[,x ]\s*\d+\)?\s*(?:to|-|–|,)\s*\(?\d+\s*[,x ]\s*\d+\)?"),
    which={
        "left": Pattern(_WHICH % "left"),
        "right": Pattern(_WHICH % "right"),
        "upper": Pattern(_WHICH % "(?:upper|top)"),
        "lower": Pattern(_WHICH % "(?:lower|bottom)"),
        "largest": Pattern(_WHICH % "(?:larg\\w+|bigg\\w+)"),
        "smallest": Pattern(_WHICH % "(?:small\\w+)"),
    },
    larger=Pattern(rf"^\W*{_SIZES}(?:larger|bigger|wider)\W*$|{_MASK}[^.;]*\b(?:larger|bigger|wider)\b"),
    smaller=Pattern(rf"^\W*{_SIZES}(?:smaller|tighter|narrower)\W*$|{_MASK}[^.;]*\b(?:smaller|tighter|narrower)\b"),
    a_bit=Pattern(r"\b(?:a\s+(?:little|bit|touch|tad)|slightly|somewhat)\b"),
)

_ADJECTIVES = (
    r"(?:(?:the|any|its|their|those|these|his|her|a|single)\s+|\w+ing\s+|(?:stray|random|weird|extra|little|big)\s+)*"
)
LEAKAGE = LeakageGrammar(
    shut_out=(
        Pattern(rf"\b(?:no|not\s+a\s+single|zero|without|minus|not\s+any)\s+{_ADJECTIVES}((?:[a-z]+\s+)?[a-z]+s)\b"),
        Pattern(
            r"\b(?:minus|skip|omit|exclude|excluding|leave\s+out|leave\s+off|(?:without|no)\s+(?:dragging|bringing|pulling|copying)(?:\s+in)?)"
            r"\s+(?:the|its|their|any)\s+([a-z]+)\b"
        ),
        Pattern(r"\bleave\s+(?:the|its|all|any)\s+([a-z]+(?:\s+[a-z]+)?)\s+(?:behind|out|in\s+the\s+painting)\b"),
        Pattern(
            r"\bthe\s+([a-z]+)\s+(?:should|must|can|has\s+to|have\s+to)?\s*(?:stays?|remains?)\s+(?:where|behind|put|out\b|in\s+the\s+painting)"
        ),
        Pattern(
            r"\b(?:my|the)\s+([a-z]+)\s+(?:must|should|has\s+to|needs?\s+to)\s+(?:stay|remain|be)\s+(?:an?|my|the)\s+\1\b"
        ),
        Pattern(r"\b(nothing)\s+(?:recogni\w+\s+|visible\s+|concrete\s+|else\s+)?(?:from|of|in)\s+(?:the|it)\b"),
        Pattern(r"\bkeep\s+(?:\S+\s+){1,4}?([a-z]+)\s+out\s+of\b"),
        Pattern(
            r"\b(?:don'?t|do\s+not|never|not)\s+(?:add|invent|insert|introduce|put\s+in)\s+(anything|things|new\s+\w+|stuff|any\s+\w+)"
        ),
        Pattern(r"\b(?:no|without)\s+(content)\s+(?:transfer|leak\w*|copy\w*)"),
    ),
    no_things=Pattern(
        r"\b(?:rush|hurry|problems?|worries|need|limits?|crop\w*|borders?|frames?|watermarks?|artifacts?|artefacts?|halos?|blur\w*"
        r"|distort\w*|chang\w*|filters?|gpu|budgets?|matter|doubts?|ideas?|clues?|thanks|resiz\w*|stretch\w*|fancy|extras|questions?"
        r"|explanations?|words|trials|tries|minutes|hours|seconds|internet|cloud|downloads?|models?|settings|parameters|losing|loss"
        r"|using|asking|waiting|touching|making|going|less|longer|one|body|way|mistakes?|errors?|jokes|surprises)\b"
    ),
)

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
PROMPT = PromptGrammar(
    cue=Pattern(r"prompt\w*|description|caption"),
    is_=Pattern("is"),
    scenes=(
        Pattern(
            r"(?<!\w)(?:with|add(?:ing)?|put(?:ting)?|include|insert|plus|showing|under|in|during|as)\s+"
            rf"({_ARTICLE}(?:\w+\s+){{0,3}}?{_SCENE}\b{_REST})"
        ),
        Pattern(rf"\b(?:with|while|as)\s+((?:\w+\s+){{1,4}}{_HAPPENING}\b{_REST})"),
        Pattern(
            r"\b(?:make\s+it|let\s+it|as\s+if\s+it\s+(?:is|were|was)|have\s+it)\s+"
            rf"((?:an?\s+)?(?:\w+\s+)?{_SCENE}\b{_REST})"
        ),
        Pattern(r"\b(at\s+(?:night|dusk|dawn|sunset|sunrise|midnight|twilight))\b"),
    ),
    taken_before=Pattern(r"\b(?:taken|shot|from|photographed|captured|made|snapped|was|were|is)\s*$"),
    described_before=Pattern(
        r"(?:\b(?:shows?|depicts|is\s+an?\s+(?:picture|photo|shot)|(?:photo|picture|shot|selfie|view)\s+of|of\s+(?:my|our|an?|the))\b"
        r"|(?:^|[,;:.])\s*(?:my|our|me|us)\b)[^,.;]*$"
    ),
    not_a_scene=Pattern(r"\b(?:style|colou?rs?|palette|look|strokes?|brush\w*|texture|light of|mood)\b"),
    negated_before=Pattern(r"(?:\bnot|n't|dont|\bno|without|never)\b[^,.;]*$"),
)
