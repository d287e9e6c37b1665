"""`autostyle ask` in Korean where a person got something wrong: the whole answer is Korean."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from autostyle.cli import app
from tests.planned import PLANNED, SPEC

pytestmark = pytest.mark.usefixtures("planned")

NAMES = (
    r"`[^`]*`|\S*/\S+|[\w.]+\.(?:png|jpg|wav)|photo-paint-\w+|\d+ x \d+|px|(?i:gatys|adain|microast)"
    rf"|IP-Adapter|Look|Deep photo|Photo WCT|Fast net|JPEG XL|WebP|[A-Z]{{3,4}}|{SPEC.title.partition(':')[0]}"
)


@pytest.mark.parametrize(
    ("wish", "told", "code"),
    [
        ("broken.jpg를 paint.png처럼 바꿔줘", "그림이 아니거나 너무 많이 손상됐어요", 2),
        ("photo.png를 empty.png처럼 해줘", "비어 있어요", 2),
        ("cut.png를 paint.png처럼 해줘", "손상됐거나 중간에 잘렸어요", 2),
        ("tiny.png를 paint.png처럼 해줘", "너무 작아요: 20 x 20 화소", 2),
        ("photo.png를 copy.png처럼 해줘", "같은 그림이에요", 2),
        ("photo.png를 paint.png처럼 해줘", "횟수     8", 4),
        ("photo.png를 paint.png처럼 20000번 해줘", "시도 횟수는 10000 이하여야 해요", 2),
        (f"photo.png를 paint.png처럼 {PLANNED}로 해줘", "아직 할 수 없어요", 3),
        ("photo.png를 paint.png처럼 ip-adapter로 해줘", "`autostyle weights get", 3),
        ("nowhere.png를 paint.png처럼 해줘", "파일이 없어요", 2),
        ("그만", "아직 스터디가 없어요", 2),
        ("3번이랑 7번 비교해줘", "어떤 사진을 바꿀까요?", 2),
    ],
)
def test_a_mistake_is_told_in_korean(
    alone: Path, capsys: pytest.CaptureFixture[str], wish: str, told: str, code: int
) -> None:
    (alone / "broken.jpg").write_bytes(b"hello")
    (alone / "empty.png").touch()
    whole = (alone / "photo.png").read_bytes()
    (alone / "cut.png").write_bytes(whole[: len(whole) // 2])
    (alone / "copy.png").write_bytes(whole)
    Image.new("RGB", (20, 20)).save(alone / "tiny.png")
    capsys.readouterr()

    assert app.run(["ask", wish, "--offline"]) == code
    said, narrated = capsys.readouterr()
    assert told in said and "규칙으로 이해해요" in narrated
    assert re.findall("[A-Za-z]+", re.sub(NAMES, "", said.replace("\\", ""))) == []
