"""What is said of fonts, in Korean."""

from __future__ import annotations

FONTS = {
    "It paints the glyphs on a sheet, and what it paints becomes layers of outlines.": (
        "글자들을 한 장에 모아 칠하고, 칠한 것을 윤곽의 층으로 바꿔요."
    ),
    "ask its maker for a licence and a font that says so, or name another font": (
        "만든 이에게 허락과 그렇게 적힌 글꼴을 받거나, 다른 글꼴을 알려 주세요"
    ),
    "{path} says that it may not be embedded in documents or changed (fsType {bits})": (
        "{path}에는 문서에 넣거나 고치면 안 된다고 적혀 있어요(fsType {bits})"
    ),
    "it holds no licence text: whether it may be changed is for you to know": (
        "라이선스 글이 없어서, 고쳐도 되는지는 직접 확인해야 해요"
    ),
    "its licence reserves its name": "라이선스가 글꼴 이름을 남겨 두었어요",
    "the result is named {name}: a changed font may not go by the name of the first": (
        "결과의 이름은 {name:이에요/예요}. 고친 글꼴은 원래 이름을 쓸 수 없어요"
    ),
    "it is a collection of {count} fonts: the first is taken, {name}": (
        "글꼴 {count}개를 모은 파일이라서 첫 글꼴 {name:을/를} 써요"
    ),
    "it is variable: its default is taken, {place}": "가변 글꼴이라서 기본 모양({place})을 써요",
    "its own colours are taken off": "글꼴이 지닌 색은 걷어 내요",
    "its outlines become TrueType's, which are as good as the same": "윤곽을 트루타입으로 바꾸는데, 모양은 거의 같아요",
    "its letters are taken as a picture": "글자를 그림으로 삼아 써요",
    "{path} is too large for a font": "{path:은/는} 글꼴치고 너무 커요",
    "name a font of less than 128 MB": "128 MB보다 작은 글꼴을 알려 주세요",
    "{path} is packed in a way that cannot be read here": "{path:은/는} 여기서 풀 수 없게 묶여 있어요",
    "save it as TTF or OTF": "TTF나 OTF로 저장해 주세요",
    "{path} is no font that can be read, or is damaged": "{path:은/는} 읽을 수 있는 글꼴이 아니거나 손상됐어요",
    "name a TTF, OTF or WOFF2": "TTF, OTF, WOFF2 파일을 알려 주세요",
    "the outlines of {path} take too long to draw: they call each other again and again": (
        "{path}의 윤곽을 그리는 데 너무 오래 걸려요: 윤곽들이 서로를 거듭 불러요"
    ),
    "{path} has no outlines, bitmaps only": "{path}에는 윤곽이 없고 비트맵만 있어요",
    "name a font of outlines": "윤곽이 있는 글꼴을 알려 주세요",
    "{path} has no characters with outlines": "{path}에는 윤곽이 있는 글자가 없어요",
    "the font has a glyph that cannot be drawn": "글꼴에 그릴 수 없는 글자가 있어요",
    "name another font": "다른 글꼴을 알려 주세요",
    "the style has no strokes: it is of one colour": "스타일이 한 가지 색이라서 획이 없어요",
    "name another style picture, or a font": "다른 스타일 그림이나 글꼴을 알려 주세요",
    "there is no glyph with an outline to paint": "칠할 윤곽이 있는 글자가 없어요",
    "{name}: {glyphs} glyphs": "{name}: 글자 {glyphs}개",
    "{name}: {glyphs} glyphs, {syllables} of them Korean syllables": "{name}: 글자 {glyphs}개, 그중 한글 {syllables}자",
    "{drawn} of {glyphs} glyphs are drawn: the same command goes on from here": (
        "글자 {glyphs}개 중 {drawn}개를 그렸어요. 같은 명령으로 이어서 그려요"
    ),
    "{drawn} of {glyphs} glyphs are drawn, letters and syllables first, the others stay as they are: a font has "
    "65,535 glyphs at most, layers among them": (
        "글꼴에는 층까지 더해 65,535개까지만 들어가서, 글자 {glyphs}개 중 로마자와 한글부터 {drawn}개를 그리고 "
        "나머지는 그대로 둬요"
    ),
}
