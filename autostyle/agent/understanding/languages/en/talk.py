"""How people talk, in English: of a study, with each other, in clauses."""

from __future__ import annotations

from autostyle.agent.understanding.grammar.patterns import FILES, Pattern
from autostyle.agent.understanding.grammar.talk import ClaimGrammar, FollowupGrammar, TalkGrammar, UnrecognizedGrammar
from autostyle.agent.understanding.languages.en.numbers import NUMBER, ORDINALS

_PART_OF = r"(?:colou?r\w*|palette|tones?|texture|brush\w*|strokes?|structure|composition|shapes?|lines?|details?|look)"

_LARGE = (
    r"(?:(?:bigger|larger|big|large|huge|close[\s-]?up|up\s+close)|full(?:[\s-]?(?:screen|size|window|res\w*))"
    r"|(?:whole|entire)\s+screen)"
)
_ASIDE = (
    r"from\s+(?:the\s+|its\s+)?(?:back|behind|rear|side|other\s+sides?|above|below|all\s+(?:the\s+)?(?:sides|angles)"
    r"|every\s+(?:side|angle)|(?:another|other|a\s+different)\s+(?:side|angles?|view))\b"
)
_NAMED = (
    r"(?!(?:it|that|this|them|these|those|what|which|both|work|time|number|no\.|trial|\W*\d|(?:the|your|my|our)\s+(?:same|two"
    r"|results?|trials?|runs?|tries|pictures?|images?|photos?|clips?|recordings?|scenes?|fonts?|versions?|variants?|options"
    r"|examples?|front|others?|ones?|first|second|third|last|best))\b)\w"
)
"""What has a name, and is no trial."""

FOLLOWUPS = FollowupGrammar(
    number=Pattern(r"\bno\.?|\bnumbers?|\btrials?|\bpictures?|\bimages?|\bn°"),
    no_number=Pattern(r"(?:st|nd|rd|th)\b"),
    named_number=Pattern(rf"\b(?:number|trial|picture|image)\s+({NUMBER})\b"),
    ranks={
        1: Pattern(rf"\b(?:{ORDINALS[0]}|left|top)\b(?!\s+of\s+all)"),
        2: Pattern(rf"\b(?:{ORDINALS[1]}|right one|on the right|the right)\b"),
        3: Pattern(rf"\b(?:{ORDINALS[2]})\b"),
        4: Pattern(rf"\b(?:{ORDINALS[3]})\b"),
        5: Pattern(rf"\b(?:{ORDINALS[4]})\b"),
        0: Pattern(r"\bmiddle\s+(?:one|picture|image|result)|\bin the middle\b"),
        -1: Pattern(r"\blast\s+(?:one|picture|image|result)|\bthe\s+last\b(?!\s+(?:time|try|attempt|round))"),
    },
    which=Pattern(r"\bor\b|\bnext to\b|\bbeside\b|\bagainst\b|\bwhich\b"),
    more_or_less=Pattern(r"\b(?:more|less|fewer|stronger|weaker)\b"),
    just_more_before=Pattern("some|once|one"),
    just_more=Pattern("more|again"),
    please=Pattern("please|pls"),
    into_before=Pattern(
        r"\b(?:into|(?:save|write|put|store|export)\w*(?: \w+){0,3} (?:to|in|on|onto|under|at|as)|output)"
        r"\s+(?:the\s+|an?\s+|my\s+)?$"
    ),
    into=Pattern(r"\b(?:turn|make|transform|convert|change|paint|morph)\w*\b[^.;!?\n]*\binto\W*$"),
    trial=Pattern(
        r"\b(?:first|second|third|fourth|fifth|last|[1-9](?:st|nd|rd|th)|(?:number|trial|no\.?|#)\s*\d{1,4})\b"
    ),
    mixed=(
        r"(?P<base>TRIAL)[^.;!?\n]{0,24}\b(?:with|but|and|plus)\b[^.;!?\n]{0,16}?"
        rf"(?P<what>\b{_PART_OF})\s+(?:of|from|in|like)\s+(?:the\s+)?TRIAL",
    ),
    trial_number=Pattern(r"(?:number|trial|no\.?|#)\s*(\d{1,4})"),
    a_bit=Pattern(r"\b(?:an?\s+(?:little|tiny|touch|tad|hair|smidge\w*|notch)|(?:a\s+)?bit|slightly|somewhat)\b"),
    much=Pattern(
        r"(?<!too )(?<!so )(?<!as )\b(?:much|far|way|a\s+lot|lots|considerably|significantly|a\s+great\s+deal)\b"
    ),
    fewer=Pattern(
        r"\b(?:fewer|less|not\s+(?:so|as|that|too)\s+many|only\s+a\s+few|just\s+a\s+few)\s+(?:trials?|tries|runs|attempts|rounds)\b"
    ),
    shown=Pattern(r"\b(?:showed|shown|you\s+show|u\s+show|displayed|saw|seen)\b"),
    others=Pattern(r"\b(?:the\s+)?(?:others|(?:other|rest\s+of\s+the)\s+(?:pictures|photos|pics|images|ones))\b"),
    queue=Pattern(r"\b(?:queue[ds]?|waiting\s+list|(?:what|who)(?:'?s|\s+is)\s+(?:waiting|queued))\b"),
    queue_out=Pattern(r"\b(?:skip|cancel|remove|drop|delete|forget|take\s+\S+(?:\s+\S+){0,3}\s+out|without)\b"),
    queue_first=Pattern(r"\b(?:run|do|start|move|put|bring|make)\b[^.;!?\n]*\b(?:first|next|front|top|before)\b"),
    queue_all=Pattern(r"\b(?:clear|empty|all|everything|whole)\b"),
    listed=Pattern(r"\b(?:and|also|too|these|those|this|that|ones?|as\s+well|plus|please|pls|here|ok(?:ay)?|now)\b"),
    also=Pattern(r"\b(?:also|too|as\s+well|plus)\b"),
    folder=Pattern(
        r"\b(?:whole|entire|complete|full|rest\s+of\s+the)\s+(?:folder|directory)\b"
        r"|\b(?:all|everything|every\s+(?:picture|photo|image|one)|each\s+(?:picture|photo|image))\b[^.;!?\n]{0,32}?"
        r"\b(?:in|of|from)\s+(?:the|this|that|my|its|the\s+same)\s+(?:folder|directory)\b"
        r"|\b(?:all|every)\s+(?:my\s+|the\s+|of\s+the\s+)?(?:pictures?|photos?|images?|pics?)\s+(?:in\s+)?here\b"
    ),
    best=Pattern(r"\b(?:best|recommended|winner|winning|result)\b"),
    saves=Pattern(r"\b(?:save|saving|store)\b"),
    by_number=Pattern(r"\b(?:trial|number|no\.|(?:save|keep|store)\s+\d{1,4}\b(?!\s*(?:px|pix|more|of)))"),
    unchanged=Pattern(
        r"\b(?:that'?s|its|it'?s|it\s+is|looks?)\s+(?:exactly|just|still|basically)\s+(?:like\s+)?(?:the|my)\s+(?:same\s+)?(?:photo|original)\b"
        r"|\bnothing\s+(?:has\s+|really\s+)?changed\b|\b(?:can'?t|cannot|don'?t)\s+see\s+(?:any|a)\s+(?:change|difference)\b"
    ),
    report=Pattern(r"\breports?\b|\bhtml\b|\bpdf\b|\bsummary\b|\bwrite\s?up\b"),
    whole=Pattern(r"\bexport|\bresults\b|\beverything\b"),
    answer=Pattern(r"trial|number|no\.?"),
    neither=Pattern(
        r"\b(?:can'?t|cannot|can not|couldn'?t)\s+(?:\w+\s+)?(?:tell|decide|say|choose|pick|see)\b"
        r"|\b(?:don'?t|do not)\s+(?:\w+\s+)?(?:know|care|mind|see|like (?:either|both|any))\b"
        r"|\b(?:neither|dunno|idk|not sure|no (?:idea|preference|difference|clue)|(?:doesn'?t|no) matter|i pass)\b"
        r"|\b(?:skip|pass|next)(?: this| it| that| the)?(?: one| pair| question)?\W*$|^\W*(?:none|both|either)\b"
        r"|\b(?:the same|equal\w*(?: \w+)?|alike|identical)(?: to me)?\W*$|^\W*same\W*$"
    ),
    separate=Pattern(
        r"\b(?:separately|individually|one\s+each|each\s+(?:alone|on\s+its\s+own)|one\s+after\s+the\s+other|once\s+(?:like|with|in)\b.*\bonce)\b"
    ),
    larger=Pattern(r"\b(?:bigger|larger|higher\s+res\w*|full[\s-](?:size|res\w*))\b"),
    large=Pattern(rf"\b{_LARGE}\b"),
    just_large=Pattern(
        r"\W*(?:(?:and|now|ok(?:ay)?|even|much|a\s+(?:bit|little)|in|at|on|please|pls|can|could|i|you|u|want|have|get|it|that"
        rf"|this|one)\W+)*(?:{_LARGE}|(?:zoom\s+in|enlarge|blow\s+up)|(?:enlarge|blow|zoom)\s+(?:it|that|this)(?:\s+one)?"
        r"(?:\s+up)?)(?:\W+(?:on|it|that|this|one|please|pls|now|version|view|mode|for|me|thanks?))*\W*"
    ),
    opened=Pattern(
        r"\bopen(?:\s+up)?\b(?=\s*$|\s+(?:it|this|that|them|the|a|my|trial|number|no\.?|picture|image|in|with|[#\d]))"
        r"|\b(?:in|with|by|on)\s+(?:my|the|an?|your|its)?\s*(?:own\s+|system\s+|default\s+)*(?:(?:image|picture|photo)\s+)?"
        r"(?:viewer|previewer|player|photos?\s+app|desktop\s+app)\b"
        r"|\bplay\b(?!.*\b(?:safe|down|up|around)\b)"
        r"(?=\W*$|\s+(?:it|this|that|them|the|me|my|trial|number|no\.?|back|again|best|result|[#\d]))"
        r"|(?<=\w\s)\blisten\b|\blisten\s+to\s+(?!me\b|us\b)|^\W*listen\W*\Z|\bhear\b(?=\W*$|\s+(?:it|this|that|them|the|trial|number|no\.?|how|what|[#\d]))"
    ),
    around=Pattern(
        rf"\b(?:show|see|seen|look|looks|view|open|let\s+me)\b.*{_ASIDE}|^\W*(?:(?:and|now|then|also)\s+)?{_ASIDE}\W*$"
        r"|\bturntable\b|\b(?:spin|rotate|turn)\s+(?:it|this|that|the\s+\w+)\b(?:\s+(?:all\s+)?(?:around|round))?\W*$"
        r"|\b(?:walk|fly|go|once|all\s+the\s+way)\s+a?round\b(?=\W*$|\s+(?:it|this|that|once|the\s+(?:scene|whole))\b)"
    ),
    more_of=Pattern(rf"\b(?:more|lots|stronger)\s+of\s+{_NAMED}"),
    less_of=Pattern(rf"\b(?:less|fewer)\s+of\s+{_NAMED}"),
    no_picture=Pattern(
        r"\breports?\b|\bhtml\b|\bpage\b|\bfolders?\b|\bdirectory\b|\bstud(?:y|ies)\b|\bbrowser\b|\bstyles?\b"
    ),
)

_AND = (
    r"make|turn|use|take|keep|paint|give|render|do|don'?t|please|let|it|be|i|want|must|no|not|never|also|then|with"
    r"|without|put|more|less|fewer"
)
TALK = TalkGrammar(
    cut=Pattern(
        r"\b(?:but|though|although|however|yet|except|whereas|instead of|because|since|so that)\b"
        rf"|\band\b(?=\s+(?:{_AND})\b)|\bso\b(?=\s+(?:make|keep|please|now|use|go|this\s+time|i\s+want)\b)"
    ),
    taken_back=Pattern(
        r"\b(?:no\W+wait|wait\W+no|no\W+sorry|sorry\W+no|actually\W+no|no\W+actually|scratch that|correction"
        r"|on second thoughts?|(?:sorry|oops|no)\W+i meant?|i meant)\b"
    ),
    fillers=Pattern(
        r"\b(?:it|its|now|please|then|the|search|that|thats|this|one|plan|study|so|and|with|me|for|thanks?|you|i|mean|meant)\b"
    ),
    of_a_picture=Pattern(r"\b(?:my|our|photos?|selfie|like|style)\b"),
)

UNHEARD = UnrecognizedGrammar(
    extra=(
        Pattern(
            rf"[{FILES}][^{FILES}]*?(?P<more>\b(?:and|then|plus|with|but|also)\s+(?!(?:it|the|my)?\s*(?:style|look)\b)[^{FILES}]+)$"
        ),
    ),
    told=Pattern(
        r"^[\W_]*(?:(?:and|but|cause|cuz|because|since|so|anyway|well|btw|fyi)\s+)*"
        r"(?:(?:i|we|he|she|they|it|this|that|these|those|who|which)(?:'s|'re|'m|'ve)?|(?:my|our|his|her|their|the|a|an)\s+(?:[\w']+\s+){0,2}?[\w']+)\s+"
        r"(?:(?:really|just|never|always|also|already)\s+)*"
        r"(?:will|'ll|took|was|were|is|are|am|has|have|had|hates?|loves?|likes?|liked|got|made|went|came|lives?|died|said|says|think|thinks|thought|knows?|saw|gave"
        r"|bought|sent|\w{2,}ed)\b"
        r"|^[\W_]*its\s+(?:for|a|my|the)\b"
        r"|^[\W_]*(?:i|we|it|that|this|he|she|they)'(?:m|s|re|ve|d)\b(?!\s+(?:like|love|want|prefer|rather))"
    ),
    its=Pattern(r"(?:and|with|plus|but|also)\s+(?:its|the|their|his|her|all|that|those|similar)\b"),
    and_more=Pattern(
        r"\b(?:and|then|plus)\s+(?!(?:the|my|a|an|its|his|her|their|it|that|this|very|so|more|less|not|no|in|on|with)\b)"
        r"[a-z]{3,}\s+\S[^,;]*$"
    ),
    joins=Pattern("and|then|plus|also|but"),
    or_=Pattern(r"and\b|or\b"),
    letter=Pattern("[a-z]"),
    word=Pattern("[a-z']{2,}"),
)

_WORK = (
    r"(?:saved|exported|styli[sz]ed|styled|applied|generated|rendered|transformed|converted|painted|started|launched"
    r"|begun|began|trained|processed|created|completed|finished|edited|changed|combined|blended|transferred)"
)
_THING = (
    r"(?:image|picture|photo\w*|result|transfer|search|stud(?:y|ies)|report|file|clip|video|style|training|portrait|it"
    r"|they|everything)s?"
)
CLAIMS = ClaimGrammar(
    kept=Pattern(
        r"\b(?:saved|exported|written|wrote|created|generated|rendered|stored|produced|placed|downloaded|output|result(?:ing)?"
        r"|find (?:it|them|your|the)|available (?:at|as|in|here)|is (?:at|in|here)|here(?:'s| is| are))\b"
    ),
    did=Pattern(
        rf"\bI(?:['’]ve| have)?(?: (?:just|now|already|also|successfully))* (?:{_WORK}|made)\b"
        rf"|\b{_THING}\b[^.!?\n]{{0,60}}\b(?:has|have|was|were) (?:been )?(?:\w+ly |now )?{_WORK}\b"
        rf"|\b{_THING} (?:is|are) (?:now )?(?:ready|done|complete|saved|finished)\b"
        r"|^\W*(?:all )?done\b|^\W*(?:finished|completed|success(?:fully)?)\b"
    ),
    denied=Pattern(
        r"\b(?:not|no|nothing|never|neither|will|would|can|could|may|might|cannot|once|after|when|if|shall|should|until|before"
        r"|to be|please|let me|plan(?:s|ned)?|going to|want)\b|n['’]t\b|['’]ll\b"
    ),
    example=Pattern(
        r"\bfor (?:example|instance)|\be\.?g\.?|\bsuch as|\blike (?:this|so)|\bwould (?:be|look)|\bexample"
        r"|\byou (?:can|could|may)|\bsyntax|\bformat"
    ),
    findable=Pattern(r"\b(?:can|may|should) (?=(?:now )?(?:find|see|view|open|download)\b)"),
)
