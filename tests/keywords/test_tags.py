"""Tags: of each group of words the one that fits best."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from autostyle.errors import BadInput
from autostyle.keywords import tags


def liking(*words: str) -> tags.Compare:
    """A comparison for which only ``words`` fit."""

    def compare(texts: Sequence[str]) -> Sequence[float]:
        return [float(any(word in text for word in words)) for text in texts]

    return compare


def test_one_word_of_each_group_is_said_in_their_order() -> None:
    found = tags.tags(liking("woodcut", "ukiyo-e", "bold outlines", "flat even light", "serene"))

    assert found == ("woodcut print", "ukiyo-e", "bold outlines", "flat even light", "serene")


def test_the_words_are_compared_in_a_sentence() -> None:
    asked: list[str] = []

    def compare(texts: Sequence[str]) -> Sequence[float]:
        asked.extend(texts)
        return [0.0] * len(texts)

    tags.tags(compare)

    assert "an artwork, impasto" in asked


@pytest.mark.parametrize(
    "text",
    ["groups: [", "sentence: no place\ngroups: {}", 'sentence: "{}"\ngroups: {a: [x], b: [y, z], c: [v, w]}'],
)
def test_a_list_of_ones_own_that_cannot_be_used_is_named(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTOSTYLE_CONFIG", str(tmp_path))
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "style_words.yaml").write_text(text)

    with pytest.raises(BadInput, match=r"style_words\.yaml"):
        tags.load()
