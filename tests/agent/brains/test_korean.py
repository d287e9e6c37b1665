"""Particles follow the last sound of a word, however it is written."""

from __future__ import annotations

import pytest

from autostyle.report.languages.ko.particles import Noun


@pytest.mark.parametrize(
    ("word", "pair", "said"),
    [
        ("사진", "을/를", "사진을"),
        ("그림자", "을/를", "그림자를"),
        ("스타일", "으로/로", "스타일로"),
        ("화풍", "으로/로", "화풍으로"),
        ("a.png", "을/를", "a.png를"),
        ("clip.mp3", "이/가", "clip.mp3이"),
        ("clip.mp4", "이/가", "clip.mp4가"),
        ("Gatys", "은/는", "Gatys는"),
        ("AdaIN", "은/는", "AdaIN은"),
        ("IP-Adapter", "이/가", "IP-Adapter가"),
        ("SDXL", "으로/로", "SDXL로"),
        ("PhotoWCT", "과/와", "PhotoWCT와"),
        ("7", "이/가", "7이"),
        ("10", "과/와", "10과"),
        ("70%", "과/와", "70%와"),
        ("`a.png` 50%", "을/를", "`a.png` 50%를"),
        ("NeRF(3D 장면)", "은/는", "NeRF(3D 장면)는"),
        ("**그림**", "을/를", "**그림**을"),
        ("", "을/를", "를"),
    ],
)
def test_the_particle_fits(word: str, pair: str, said: str) -> None:
    assert format(Noun(word), pair) == said


def test_without_a_particle_a_word_is_itself() -> None:
    assert f"{Noun('사진')}" == "사진"
