"""Whether a named file is a photograph or an artwork: by its name, then by the picture in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from autostyle.agent.understanding.model import Named

NAMED = 4.0
"""Log-odds of a name that tells."""
BY_NAME = 0.25
"""What a name weighs against the looks of a picture that can be seen."""
MOST_LOOKS = 24
"""Pictures of a folder that are opened to find a style to offer."""

_CAMERA = re.compile(
    r"^(?:img|dsc[fn]?|dscn|pxl|mvimg|dji|gopr|sam|cimg|p\d{7}|_?mg|image|photo|kakaotalk|signal|whatsapp|screen\s?shot|"
    r"screenshot|스크린샷|화면\s?캡처|vid|burst)[\s_-]?\d"
    r"|^(?:img|dsc|pxl|screen\s?shot|screenshot|스크린샷|kakaotalk|whatsapp)(?:[\s_-]|$)|^(?:19|20)\d{6}[_-]\d{4,6}"
    r"|\b(?:photo|selfie|portrait of|snapshot|holiday|vacation|wedding)\b|사진|셀카|셀피|프사"
)
_ARTWORK = re.compile(
    r"\b(?:paint(?:ing)?s?|painted|watercolou?r|aquarelle|gouache|oil\s?(?:on\s?canvas|paint\w*)|woodcut|woodblock|ukiyo\w*|etching|engraving"
    r"|lithograph|linocut|sketch|drawing|charcoal|pastel|fresco|mosaic|collage|cubis[mt]\w*|impressionis[mt]\w*|artwork|canvas|style|ref|reference|"
    r"poster|comic|manga|anime|stained\s?glass|starry\s?night|great\s?wave|scream|water\s?lil\w+|sunflowers)\b"
    r"|그림|수채|유화|판화|목판|소묘|스케치|드로잉|회화|명화|작품|화풍|파스텔|먹그림|수묵|민화|만화|애니|포스터|별이\s?빛나는|별밤|스타일"
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
PAINTERS_KO = (
    "반 고흐", "반고흐", "고흐", "피카소", "모네", "마네", "클림트", "뭉크", "호쿠사이", "히로시게", "칸딘스키", "클레",
    "달리", "워홀", "리히텐슈타인", "렘브란트", "베르메르", "페르메이르", "마티스", "세잔", "르누아르", "드가", "쇠라",
    "시냐크", "터너", "고야", "보티첼리", "다빈치", "미켈란젤로", "라파엘로", "카라바조", "샤갈", "미로", "몬드리안",
    "폴록", "로스코", "호퍼", "바스키아", "뱅크시", "프리다", "고갱", "실레", "무하", "뒤피", "호크니", "마그리트",
    "에셔", "루소", "김홍도", "신윤복", "정선", "이중섭", "김환기", "박수근", "천경자", "지브리", "쿠사마",
)  # fmt: skip
PAINTERS_ELSE = (
    "ван гог", "пикассо", "клод моне", "моне", "мане", "климт", "мунк", "хокусай", "кандинск", "дали", "рембрандт",
    "вермеер", "матисс", "сезанн", "ренуар", "шагал", "ゴッホ", "ピカソ", "モネ", "マネ", "クリムト", "ムンク", "北斎",
    "広重", "カンディンスキー", "ダリ", "レンブラント", "フェルメール", "マティス", "セザンヌ", "ルノワール",
    "シャガール", "梵高", "毕加索", "莫奈", "马奈", "克里姆特", "蒙克", "葛饰北斋", "康定斯基", "达利", "伦勃朗",
    "维米尔", "马蒂斯", "塞尚", "雷诺阿", "夏加尔",
)  # fmt: skip
"""Names people say for a style. Words are no style here: a picture of it is needed."""
_PAINTER = re.compile(
    rf"\b({'|'.join(map(re.escape, PAINTERS))})(?:'?s|esque|ian|ish)?\b|(?<![가-힣])({'|'.join(PAINTERS_KO)})"
    rf"|(?<![а-яёァ-ヴー])({'|'.join(PAINTERS_ELSE)})(?:а|у|е|ом|ым|ого|ий|ому)?(?![а-яёァ-ヴー])"
)


def painter(words: str) -> str | None:
    """The painter that is named in ``words`` (lower case, files cut out), as it is written there."""
    found = _PAINTER.search(words)
    return found and (found.group(1) or found.group(2) or found.group(3))


def painters(words: str) -> list[tuple[int, int]]:
    """Where painters are named."""
    return [match.span() for match in _PAINTER.finditer(words)]


def look(file: Named, where: Path) -> float | None:
    """Log-odds that a named file is an artwork, by its name or else by the picture; None where nobody can tell."""
    if by_name := named(file.path):
        return by_name
    if file.folder or file.url or not file.exists or file.medium != "image":
        return None
    # Imported here: it brings numpy and Pillow, which a talk need not wait for.
    from autostyle.keywords.artwork import odds

    return odds((where / file.path).absolute())


def named(path: Path) -> float:
    """What a name tells: above 0 an artwork, below a photograph, 0 nothing."""
    stem = unicodedata.normalize("NFC", path.stem).lower()
    spaced = re.sub(r"[_-]+", " ", stem)
    camera = bool(_CAMERA.search(stem) or _CAMERA.search(spaced))
    artwork = bool(_ARTWORK.search(spaced) or _PAINTER.search(spaced))
    return 0.0 if camera == artwork else -NAMED if camera else NAMED


def offers(pictures: Sequence[Path], wanted: str | None = None) -> tuple[Path, ...]:
    """Of the ``pictures`` of a folder those that may be a style: with the ``wanted`` painter's name first, then by how
    much they look like an artwork, whatever they are called; those that are plainly photographs are left out."""
    from autostyle.keywords.artwork import SURE, odds

    looked = {path: named(path) for path in pictures}
    # Those whose names say nothing are looked at first; a name is believed where there are too many to look at.
    for path in sorted(pictures, key=lambda path: abs(looked[path]))[:MOST_LOOKS]:
        seen = odds(path.absolute())
        looked[path] = looked[path] if seen is None else seen + looked[path] * BY_NAME

    def rank(path: Path) -> float:
        mine = wanted is not None and wanted.split()[-1] in unicodedata.normalize("NFC", path.stem).lower()
        return -looked[path] - (100 if mine else 0)

    return tuple(sorted((path for path in pictures if looked[path] > -SURE), key=rank))
