"""Wishes are found by what words mean, with their negation, in both languages; contradictions are questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from autostyle.agent.understanding.read import understand

HERE = Path("/nonexistent")


def wishes(text: str) -> dict[str, Any]:
    return dict(understand(text, HERE).wishes)


@pytest.mark.parametrize(
    ("wish", "text"),
    [
        ("keep_color", "keep the colours"),
        ("keep_color", "dont change the hues"),
        ("keep_color", "original palette"),
        ("keep_color", "색은 그대로"),
        ("keep_color", "색감은 건드리지 마"),
        ("photorealistic", "it should still look like a photo"),
        ("photorealistic", "don't make it look painted"),
        ("photorealistic", "실사 느낌 유지"),
        ("photorealistic", "그림 티 안 나게"),
        ("realtime", "for my livestream"),
        ("realtime", "must run at 30 fps"),
        ("realtime", "no lag please"),
        ("realtime", "실시간으로 돌아야 해"),
        ("realtime", "딜레이 있으면 안돼"),
        ("brand", "we want all our pictures consistent"),
        ("brand", "in our house style"),
        ("brand", "브랜드 톤으로"),
        ("brand", "다 똑같은 스타일이어야 해"),
        ("photorealistic", "keep it real"),
        ("photorealistic", "사진처럼 보여야 해요"),
        ("arbitrary", "any style i throw at it"),
        ("arbitrary", "hundreds of paintings"),
        ("arbitrary", "어떤 그림을 줘도 되게"),
        ("arbitrary", "매번 다른 그림을 넣을 거야"),
        ("prevent_leakage", "nothing painted in it may show up"),
        ("prevent_leakage", "none of its objects may appear"),
        ("prevent_leakage", "인물은 넘어오지 않게"),
        ("prevent_leakage", "꽃이 생기면 안 돼"),
        ("quality", "best quality you can get"),
        ("quality", "take as long as you need"),
        ("quality", "최고 품질로"),
        ("quality", "시간 오래 걸려도 되니까"),
        ("production", "this is for production"),
        ("production", "commercial project"),
        ("production", "납품용이야"),
        ("production", "상업용으로"),
    ],
)
def test_a_wish_has_many_words(wish: str, text: str) -> None:
    assert wishes(text).get(wish)


@pytest.mark.parametrize(
    ("wish", "text"),
    [
        ("keep_color", "don't bother keeping the colours"),
        ("keep_color", "색은 안 바꿔도 돼도 아니고 그림 색으로"),
        ("keep_color", "색은 바뀌어도 돼"),
        ("photorealistic", "it doesn't need to be realistic"),
        ("photorealistic", "실사 느낌은 필요없어"),
        ("realtime", "no need for realtime"),
        ("realtime", "실시간 아니어도 돼"),
        ("brand", "from the company party"),
        ("quality", "quality doesn't matter"),
        ("photorealistic", "make my holiday photo look like this painting"),
        ("photorealistic", "not a cartoon"),
        ("photorealistic", "만화 같지는 않게"),
        ("prevent_leakage", "don't change the colours in my picture"),
    ],
)
def test_what_is_not_wished_is_not_heard(wish: str, text: str) -> None:
    assert not wishes(text).get(wish)


@pytest.mark.parametrize(
    "text",
    [
        "no church towers please",
        "minus the angels",
        "leave the wheat fields behind",
        "the guitar stays where it is",
        "my kitchen must stay a kitchen",
        "without dragging in the guitar",
        "and nothing recognisable from the painting",
        "don't add anything",
        "천사들은 빼줘",
        "그림 속 기타는 필요 없어",
        "부엌은 부엌으로 남아야 해",
        "아무것도 추가하지 말고",
    ],
)
def test_things_that_no_list_knows_are_kept_out(text: str) -> None:
    assert wishes(text).get("prevent_leakage")


@pytest.mark.parametrize(
    "text",
    [
        "no borders",
        "no rush",
        "without losing its colours",
        "no brush strokes",
        "no more than 8 trials",
        "색은 빼줘",
        "찐하게 말고",
        "시간 제한 없이",
    ],
)
def test_what_a_result_can_be_is_no_thing(text: str) -> None:
    assert not wishes(text).get("prevent_leakage")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("really strong", 0.9, 1),
        ("go all in", 0.3, 1),
        ("a bit stronger", 0.3, 0.5),
        ("very subtle", -1, -0.7),
        ("not too strong", -0.7, -0.2),
        ("not too subtle", 0.2, 0.7),
        ("medium strength", -0.1, 0.1),
        ("겁나 강하게", 0.9, 1),
        ("은은하게", -1, -0.3),
        ("너무 과하지 않게", -0.7, -0.2),
        ("strength 80%", 0.5, 0.7),
        ("30% of its style", -0.5, -0.3),
        ("세기 50%", -0.1, 0.1),
        ("은은하지 않게", 0.2, 0.7),
    ],
)
def test_strength_has_a_sign_and_a_size(text: str, low: float, high: float) -> None:
    assert low <= wishes(text)["strength"] <= high


@pytest.mark.parametrize(
    ("text", "prompt"),
    [
        ('prompt "a rainy night in Seoul"', "a rainy night in Seoul"),
        ("prompt: cyberpunk market, neon fog", "cyberpunk market, neon fog"),
        ("with cherry blossoms falling", "cherry blossoms falling"),
        ("make it a stormy night", "a stormy night"),
        ("프롬프트는 “비 오는 서울의 밤”", "비 오는 서울의 밤"),
        ("눈 내리는 풍경으로", "눈 내리는 풍경"),
        ("비 오는 날 찍은 사진이야", None),
        ("a photo taken at night", None),
        ("with a strong style", None),
    ],
)
def test_words_for_a_method_that_reads(text: str, prompt: str | None) -> None:
    assert wishes(text).get("prompt") == prompt


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("keep my colours, and use the painting's palette", "color"),
        ("내 사진 색은 그대로 두고 색감은 그림 걸로 바꿔", "color"),
        ("very subtle and as strong as possible", "strength"),
        ("강하게 해줘, 근데 약하게", "strength"),
        ("must stay a photograph, covered in thick visible brush strokes", "photo"),
        ("0 trials", "budget"),
        ("with midjourney", "method"),
        ("cyclegan으로 해줘", "method"),
    ],
)
def test_what_cannot_both_be_had_is_a_question(text: str, kind: str) -> None:
    assert kind in [problem.kind for problem in understand(text, HERE).problems]


@pytest.mark.parametrize(
    "text",
    [
        "phtorealistic",
        "photorealsitic please",
        "keep the oringal colrs",
        "in reeltime",
        "subtel",
        "실시깐으로",
        "퀄리터 최고로",
        "프로덕숀용",
    ],
)
def test_slips_of_the_keyboard_are_forgiven(text: str) -> None:
    assert wishes(text)


def test_quoted_words_are_no_wishes() -> None:
    assert set(wishes('the text says "strong photorealistic brand in real time"')) <= {"prompt"}


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("keep her face and the colours", ("face",)),
        ("don't ruin the sky", ("sky",)),
        ("she should still be recognisable", ()),
        ("얼굴이랑 색은 그대로 두고", ("얼굴",)),
        ("누군지는 알아볼 수 있게", ()),
        ("머리는 건드리지 마", ("머리",)),
    ],
)
def test_what_must_stay_recognisable_makes_it_subtle(text: str, regions: tuple[str, ...]) -> None:
    said = understand(text, HERE)

    assert said.wishes["strength"] < 0
    assert said.regions == regions


@pytest.mark.parametrize(
    "text", ["keep the colours of the sky", "strong, but keep her face", "물감 느낌 그대로 입혀줘"]
)
def test_other_words_beside_a_region_do_not(text: str) -> None:
    assert wishes(text).get("strength", 0) >= 0


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("photo.jpg like a.png, mind the skin tones", ("mind the skin tones",)),
        ("photo.jpg like a.png. As abstract as you can", ("As abstract as you can",)),
        ("photo.jpg를 a.png처럼, 선을 좀 살려서", ("선을 좀 살려서",)),
        ("photo.jpg like a.png, keep the colours, my dad took it", ()),
        ("photo.jpg like a.png with its brushwork", ()),
        ("clip.mp4 like a.png, it must not flicker", ()),
        ("clip.mp4를 a.png처럼, 깜빡이지 않게", ()),
    ],
)
def test_what_is_said_of_the_look_is_used_or_told(text: str, left_out: tuple[str, ...]) -> None:
    assert understand(text, HERE).unheard == left_out


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("don't start yet: photo.jpg like a.png", True),
        ("how long would it take for photo.jpg like a.png?", True),
        ("photo.jpg like a.png, just a plan please", True),
        ("photo.jpg를 a.png처럼, 아직 시작하지 말고", True),
        ("photo.jpg를 a.png처럼 하면 얼마나 걸려?", True),
        ("photo.jpg like a.png, no matter how long it takes", False),
        ("photo.jpg를 a.png처럼, 얼마나 걸려도 좋아", False),
    ],
)
def test_whether_it_may_start(text: str, held: bool) -> None:
    assert understand(text, HERE).hold == held


@pytest.mark.parametrize(
    ("wish", "text"),
    [
        ("brand", "with the same vibe as that one"),
        ("brand", "이 그림이랑 같은 느낌으로"),
        ("photorealistic", "옛날 사진처럼"),
    ],
)
def test_what_a_picture_is_compared_with_is_no_wish(wish: str, text: str) -> None:
    assert not wishes(text).get(wish)


@pytest.mark.parametrize(
    ("text", "outlines"),
    [
        ("draw letters.ttf in the strokes of woodcut.jpg", True),
        ("letters.ttf를 woodcut.jpg의 획으로 그려줘", True),
        ("draw letters.ttf with the brush strokes of woodcut.jpg", False),
        ("letters.ttf in the strokes of woodcut.jpg, with its colours", False),
        ("letters.ttf를 woodcut.jpg 화풍으로, 획은 그대로", False),
    ],
)
def test_strokes_of_letters_are_their_outlines_unless_colours_are_wanted_too(text: str, outlines: bool) -> None:
    assert wishes(text).get("outlines", False) is outlines
