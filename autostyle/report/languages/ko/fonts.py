"""Parameters and figures of fonts, in Korean."""

from __future__ import annotations

FONTS = {
    "Colours, each a layer of its own in every glyph: more show finer shades and make a larger file.": (
        "색의 수. 색마다 글자에 층이 하나씩 생겨요. 많으면 색이 고와지고 파일이 커져요."
    ),
    "The least contrast (WCAG) that each colour has on white and on black: 1 leaves colours as found, 4.5 is one "
    "shade.": ("흰 바탕과 검은 바탕에서 색마다 지킬 최소 대비(WCAG). 1이면 그대로 두고, 4.5면 밝기가 하나가 돼요."),
    "How strongly letters are lit from above before they are painted, so that marks follow their shape.": (
        "칠하기 전에 글자를 위에서 비추는 정도. 붓자국이 모양을 따라가요."
    ),
    "Noise on the letters before they are painted: marks grow from it; without, flat places stay flat.": (
        "칠하기 전에 글자에 까는 잡티. 붓자국이 여기서 자라고, 없으면 평평한 곳은 평평해요."
    ),
    "How wide its grains are, em.": "잡티 알갱이의 너비(em).",
    "How wide the darkest colour is left along the edges, em.": "가장자리에 가장 어두운 색을 남기는 너비(em).",
    "Marks of a smaller diameter are left out, em: fewer points, a smaller file.": (
        "이보다 작은 자국은 뺍니다(em). 점이 줄고 파일이 작아져요."
    ),
    "Writes an SVG table, too, for Adobe's programs; those on FreeType without an SVG renderer then show nothing.": (
        "어도비 프로그램을 위해 SVG 표도 써요. SVG를 못 그리는 FreeType 프로그램에서는 글자가 보이지 않게 돼요."
    ),
    "likeness of the letters' texture and palette to the style's, counted inside the letters alone": (
        "글자 안에서만 본, 질감과 색이 스타일과 닮은 정도"
    ),
    "Weight of the style's strokes beside the letters' own shapes.": "글자 제 모양에 견준 스타일 획의 무게.",
    "Size of the style's strokes: 1 makes the long side of its picture 8 em.": (
        "스타일 획의 크기. 1이면 그림의 긴 변이 8em이에요."
    ),
    "How wide the waves are that outlines are moved in, em: less makes edges rough, more moves whole strokes.": (
        "윤곽을 움직이는 물결의 너비(em): 작으면 가장자리가 거칠어지고, 크면 획이 통째로 움직여요."
    ),
    "How much heavier strokes become on each side before they are moved, em; less than 0 is lighter.": (
        "옮기기 전에 획을 양쪽으로 굵게 하는 정도(em). 0보다 작으면 가늘어져요."
    ),
    "How far corners are rounded before outlines are moved, em.": "윤곽을 옮기기 전에 모서리를 둥글게 하는 정도(em).",
    "Turns of more degrees stay corners; others are drawn as curves.": (
        "이보다 크게(도) 꺾이면 모서리로 두고, 나머지는 곡선으로 그려요."
    ),
    "How far a drawn outline may be from the one that was found, em: more takes fewer points.": (
        "그린 윤곽이 찾은 윤곽에서 벗어나도 되는 거리(em). 크면 점이 줄어요."
    ),
    "likeness of strokes to the style's: how wide they are, which way their edges run, and how much these turn": (
        "획이 스타일과 닮은 정도: 너비, 가장자리의 방향, 꺾이는 정도"
    ),
    "the untouched font": "손대지 않은 글꼴",
    "as near as halves of the style picture are to the whole of it": "스타일 그림의 절반이 전체와 닮은 만큼",
    "the untouched font, black": "손대지 않은 검은 글꼴",
    "parts of the style picture against the whole of it": "스타일 그림의 부분과 전체가 닮은 만큼",
    "legibility: how surely a small network reads each letter at 24 px, on white and on black": (
        "읽힘: 작은 신경망이 24픽셀 글자를 흰 바탕과 검은 바탕에서 얼마나 확실히 읽는지"
    ),
    "nothing to be read": "아무것도 읽을 수 없음",
    "the untouched font in black and in white": "검은색과 흰색의 손대지 않은 글꼴",
    "Points of a glyph": "글자의 점",
    "of the outlines of all its layers, in the mean": "모든 층의 윤곽에 든 점의 평균",
    "Kilobytes of a glyph": "글자의 킬로바이트",
    "size of the file by the number of glyphs that are drawn": "파일 크기를 그린 글자 수로 나눈 것",
    "oriented-filter statistics and palettes inside the letters": "글자 안의 방향 필터 통계와 색",
    "what oriented filters of three sizes see of the strokes, by their shares": (
        "세 가지 크기의 방향 필터가 획에서 보는 것의 비율"
    ),
    "parts of the style picture against each other": "스타일 그림의 부분끼리 닮은 만큼",
    "Style by filters": "필터로 본 스타일",
    "Outline overlap": "윤곽 겹침",
    "of what is seen of old and new glyphs at 24 px the share that is seen of both, on white and on black": (
        "24픽셀에서 보이는 옛 글자와 새 글자 중 둘 다 보이는 비율(흰 바탕과 검은 바탕)"
    ),
    "nothing is seen": "아무것도 보이지 않음",
}
