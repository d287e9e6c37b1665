"""Files, folders, painters and where a result goes, in English."""

from __future__ import annotations

from autostyle.agent.understanding.grammar.names import (
    LookGrammar,
    MethodGrammar,
    PathGrammar,
    SavingGrammar,
)
from autostyle.agent.understanding.grammar.patterns import Pattern

PATHS = PathGrammar(
    folder=Pattern("folder|directory"),
    before_folder=Pattern(
        r"(?:folder|directory)\s+(?:called\s+|named\s+)?"
        r"|(?:photos|pictures|images|pics|shots|everything|all|ones)\s+(?:in|from|inside)\s+(?:the\s+|my\s+)?"
    ),
    places={"desktop": "desktop", "downloads": "downloads"},
    place=Pattern(
        r"\b(?:to|on|onto|in|into|at|from)\s+(?:my|the)\s+(desktop|downloads)\b(?!\s+(?:wall|back|pc|computer|picture))"
    ),
    saving_before=Pattern(
        r"\b(?:sav\w*|stor\w*|export\w*|put|place|drop|leave|write|send|output|(?:want|need)\s+(?:it|them|this|the\s+result))\b[^;!?\n]*$"
    ),
    inside_before=Pattern(r"\s*\(?\s*(?:both\s+|all\s+)?(?:in|from|inside|of|under)\s+(?:the\s+|my\s+)?"),
    style_names={
        "swirling-night": Pattern(r"\bswirling[\s-]+night\b"),
        "rainy-city": Pattern(r"\brainy[\s-]+(?:city|street)\b"),
        "autumn-wood": Pattern(r"\b(?:autumn|fall)[\s-]+(?:wood|forest)s?\b"),
        "watercolor-lake": Pattern(r"\bwater[\s-]?colou?r[\s-]+lake\b"),
        "ink-mountains": Pattern(r"\bink[\s-]+mountains?\b"),
        "woodcut-wave": Pattern(r"\bwoodcut[\s-]+wave\b"),
        "stained-glass": Pattern(r"\bstained[\s-]*glass\b"),
        "mosaic-wave": Pattern(r"\bmosaic[\s-]+wave\b"),
        "comic-night": Pattern(r"\bcomic[\s-]+night\b"),
        "golden-tree": Pattern(r"\bgold(?:en)?[\s-]+tree\b"),
    },
    style_kinds={
        "swirling-night": Pattern(r"\b(?:swirl(?:y|ing|s)|starry)\b"),
        "rainy-city": Pattern(r"\brainy?\b"),
        "autumn-wood": Pattern(r"\bautumn\b"),
        "watercolor-lake": Pattern(r"\bwater[\s-]?colou?rs?\b"),
        "ink-mountains": Pattern(r"\bink(?:[\s-]+(?:wash|painting|drawing))?\b"),
        "woodcut-wave": Pattern(r"\bwood[\s-]?(?:cut|block)(?:[\s-]+print)?\b"),
        "mosaic-wave": Pattern(r"\bmosaics?\b"),
        "comic-night": Pattern(r"\b(?:comics?(?:[\s-]+book)?|cartoon)\b"),
        "golden-tree": Pattern(r"\b(?:gold(?:en)?|ornament(?:al)?)\b"),
    },
    style_around=(r"(?:\b(?:the|your)\s+)?NAME(?:\s+(?:one|picture)\b)?",),
    kind_around=(r"\b(?:the|your|that)\s+KIND\s+(?:one|style)\b", r"\bKIND\s+style\b"),
    kind_alone=(
        r"\b(?:like|as|into|in)\s+(?:(?:an?|the)\s+)?\bKIND(?:\s+(?:painting|picture|drawing|panel|page))?\b"
        r"(?!\s+(?:photo|pic|colou?r|ink))",
        r"\b(?:make|paint|create|do)\s+(?:me\s+)?an?\s+KIND(?:\s+(?:painting|picture|drawing|version))?(?=\s+(?:of|from|out\s+of)\b)",
        r"(?:\ban?\s+|,\s*)KIND(?:\s+(?:painting|picture|drawing))?\W*$",
        r"^\W*(?:(?:the|an?)\s+)?KIND(?:\s+(?:painting|picture|please))*\W*$",
    ),
    no_style_before=Pattern(r"\b(?:my|our|this|his|her|their|more|less|no|not)\s+(?:the\s+)?$"),
    no_style_after=Pattern(r"\s*(?:photos?|photographs?|pics?|shots?|snapshots?|selfies?|trip)\b|[./]\w|[-_]\w"),
)

_NAME_WORD = r"(?:name|file\s?name|filename|title)"
_RESULT = r"(?:output|result|outcome|final|end result|finished one|finished picture)"
_IN = r"(?:in|into|on|onto|to|under|inside|at)"
SAVING = SavingGrammar(
    table=Pattern(r"(?<![\w/])\.?cubes?\b|\b(?:3d\s+)?luts?\b|\blook[\s-]?up\s+tables?\b|\btables?\s+of\s+colou?rs\b"),
    before=Pattern(
        r"\b(?:(?:re)?sav(?:e|ed|ing)|store|writ(?:e|ten)|export|output|drop)\b[^.;!?\n]{0,48}?"
        r"\b(?:as|to|into|in|under|at|on|onto|inside)\s+(?:(?:the|my|a|file|folder|it)\s+)*[@\"'(]?$"
        rf"|\b(?:call|name)\s+(?:it|this|that|the\s+{_RESULT}|the\s+file)\s+[@\"'(]?$"
        rf"|\b{_RESULT}\s*(?:file|picture|image|folder)?\s*{_NAME_WORD}?\s*"
        r"(?:is|=|:|to|in|should be|called|named|->|→)?\s*[@\"'(]?$"
        rf"|\b(?:save[\s-]?as|saved? under|out(?:file)?|dest(?:ination)?|{_NAME_WORD})\s*"
        r"(?:is|=|:|should be|->|→)?\s*[@\"'(]?$"
    ),
    put_before=Pattern(
        r"\b(?:put|place|leave|drop|send|want|need)\s+"
        rf"(?:(?:it|them|this|that|everything|all)|(?:the\s+)?(?:\w+\s+)?(?:{_RESULT}|picture|image|file|one)s?)\s+"
        rf"(?:\w+\s+){{0,3}}?{_IN}\s+(?:(?:the|my|a|file|folder)\s+)*[@\"'(]?$"
    ),
    called=Pattern(r"\b(?:called|named|titled)\s+[@\"'(]?$"),
    style_after=Pattern(r"style|look|as\s+the\s+(?:style|reference)|is\s+the\s+style"),
    named=Pattern(
        rf"\b(?:as|called|named|(?:call|name)\s+(?:it|this)|{_NAME_WORD}(?:\s+is)?|{_RESULT}(?:\s+file)?(?:\s+name)?(?:\s+is)?)\s*[:=]?"
    ),
    no_name=Pattern("to|in|into|as|on|under|is|be|should|picture|image|file|folder|called|named"),
    in_folder=Pattern(
        r"(?i:\b(?:sav|stor|writ|export|put)\w*\b[^.;!?\n]{0,30}?\b(?:as|under|to|in|into|at)\s+)"
        r"(?P<more>[^\s,;\"']*/[^\s,;\"']*\s+(?:[^\s,;/\"']+\s+){0,3})$"
    ),
    articles=Pattern(
        r"(?i:^(?:(?:the|this|that)\s+(?:file|result|picture|image|output)\s+|it\s+)?(?:as\s+)?)",
    ),
    format_after=Pattern(r"\s+(?:file|format|image|picture|version)"),
    format_before=Pattern(
        r"\b(?:as|in|into|to|want|need|get|give|send|output|save|export|format|be|prefer)\s*(?:is|=|:|it|me)?\s+"
        r"(?:(?:as|in|an?|the|of|my)\s+)*(?:high\s+quality\s+)?$"
    ),
    beside=Pattern(
        r"\bsav\w*\b[^.;!?\n]{0,30}\b(?:next\s+to|beside|alongside|in\s+the\s+same\s+(?:folder|place)\s+as)\s+(?:the\s+|my\s+)?(?:original|photo|picture)"
    ),
)

PAINTERS = (
    "van gogh", "vangogh", "gogh", "picasso", "monet", "manet", "klimt", "munch", "hokusai", "hiroshige", "kandinsky",
    "klee", "dali", "dalí", "warhol", "lichtenstein", "rembrandt", "vermeer", "matisse", "cezanne", "cézanne",
    "renoir", "degas", "seurat", "signac", "turner", "goya", "bosch", "bruegel", "botticelli", "da vinci",
    "leonardo", "michelangelo", "raphael", "caravaggio", "chagall", "miro", "miró", "mondrian", "pollock", "rothko",
    "hopper", "basquiat", "banksy", "frida kahlo", "kahlo", "gauguin", "toulouse-lautrec", "schiele", "mucha",
    "dufy", "derain", "bacon", "hockney", "magritte", "escher", "rousseau", "pissarro", "sisley", "constable",
    "sargent", "o'keeffe", "bob ross", "ghibli", "miyazaki", "kusama",
)  # fmt: skip
LOOKS = LookGrammar(
    camera=Pattern(
        r"^(?:image|photo|screen\s?shot|screenshot|burst)[\s_-]?\d|^(?:screen\s?shot|screenshot)(?:[\s_-]|$)"
        r"|\b(?:photo|selfie|portrait of|snapshot|holiday|vacation|wedding)\b"
    ),
    artwork=Pattern(
        r"\b(?:paint(?:ing)?s?|painted|watercolou?r|aquarelle|gouache|oil\s?(?:on\s?canvas|paint\w*)|woodcut|woodblock|ukiyo\w*|etching|engraving"
        r"|lithograph|linocut|sketch|drawing|charcoal|pastel|fresco|mosaic|collage|cubis[mt]\w*|impressionis[mt]\w*|artwork|canvas|style|ref|reference|"
        r"poster|comic|manga|anime|stained\s?glass|starry\s?night|great\s?wave|scream|water\s?lil\w+|sunflowers)\b"
    ),
    painter=Pattern(rf"\b({'|'.join(PAINTERS)})(?:'?s|esque|ian|ish)?\b"),
)

METHODS = MethodGrammar(
    foreign=(
        *("midjourney", "mid journey", "dall-e", "dalle", "stable diffusion", "chatgpt", "gpt-4o", "gpt", "photoshop"),
        *("firefly", "cyclegan", "pix2pix", "deepdream", "deep dream", "prisma", "flux", "gimp", "lightroom", "canva"),
        *("imagen", "sora", "runway", "comfyui", "deepart", "nano banana", "gemini"),
    ),
    using=Pattern(r"\b(?:use|using|with|via|run|try|through|by|in|on)\s+(?:the\s+)?"),
    unknown=Pattern(
        r"\b(?:use|using|with|via|run|try)\s+(?:the\s+)?([a-z][\w-]{2,})\s+(?:method|algorithm|model|network|approach)\b"
        r"|\bmethod\s*(?:=|:|is)\s*([a-z][\w-]{2,})"
    ),
    ordinary=frozenset(
        (
            *(
                "the",
                "our",
                "same",
                "best",
                "other",
                "another",
                "again",
                "fastest",
                "this",
                "that",
                "any",
                "your",
                "default",
                "first",
                "second",
            ),
            *(
                "new",
                "different",
                "good",
                "better",
                "right",
                "auto",
                "style",
                "transfer",
                "one",
                "slow",
                "fast",
                "slower",
            ),
        )
    ),
    rejected_before=Pattern(
        r"(?:\bnot|n't|dont|\bno|without|instead of|rather than|except|anything but|\bnor|neither)\s+"
        r"(?:use\s+|with\s+|using\s+)?(?:the\s+|an?\s+|any\s+)?$"
    ),
)
