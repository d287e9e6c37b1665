"""Words and what they mean, and a lexicon of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autostyle.agent.understanding import lexicon
from autostyle.agent.understanding.languages.en.words import stem
from autostyle.agent.understanding.typing_errors import nearest
from autostyle.errors import BadInput


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A config folder of one's own; the lexicon is read anew for this test, and after it."""
    (tmp_path / "prompts").mkdir()
    monkeypatch.setenv("AUTOSTYLE_CONFIG", str(tmp_path))
    lexicon._load.cache_clear()
    yield tmp_path / "prompts"
    lexicon._load.cache_clear()


def said(text: str) -> set[str]:
    return {hit.concept for hit in lexicon.load().find(text)}


@pytest.mark.parametrize("text", ["colour", "colours", "color's", "palette", "the colorr", "색", "색감", "색 감"])
def test_a_concept_has_many_words(text: str) -> None:
    assert "color" in said(text)


@pytest.mark.parametrize("text", ["검색", "어색하게", "염색", "탐색", "collar", "cold"])
def test_other_words_are_not_it(text: str) -> None:
    assert "color" not in said(text)


@pytest.mark.parametrize("text", ["real time", "realtime", "real-time", "실시간", "실 시간"])
def test_spaces_and_hyphens_do_not_matter(text: str) -> None:
    assert "live" in said(text)


@pytest.mark.parametrize(
    ("word", "root"),
    [("keeping", "keep"), ("kept", "kept"), ("swapped", "swap"), ("copies", "copi"), ("copy", "copi"), ("its", "its")],
)
def test_inflections_are_cut_off(word: str, root: str) -> None:
    assert stem(word) == root


@pytest.mark.parametrize(
    ("word", "meant"),
    [("colr", "color"), ("subtel", "subtle"), ("photogarph", "photograph"), ("xolor", None), ("cat", None)],
)
def test_one_slip_is_mended_where_the_first_letter_is_right(word: str, meant: str | None) -> None:
    assert nearest(word, {"color", "subtle", "photograph", "cart"}) == meant


def test_every_meaning_is_of_known_concepts_and_those_of_ones_own_are_checked(fresh: Path) -> None:
    assert lexicon.load().frames["keep_color"]
    lexicon._load.cache_clear()
    (fresh / "meanings.yaml").write_text("frames: {m: [not nobody]}\n", encoding="utf-8")

    with pytest.raises(BadInput, match="nobody"):
        lexicon.load()


def test_words_of_ones_own_that_is_nested_too_deeply_is_an_error_and_no_crash(fresh: Path) -> None:
    (fresh / "words.ko.yaml").write_text("[" * 50_000 + "]" * 50_000, encoding="utf-8")

    with pytest.raises(BadInput, match=r"words\.ko\.yaml"):
        lexicon.load()
