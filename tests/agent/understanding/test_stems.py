"""Korean stems in a text: where they may stand, and which of several counts."""

from __future__ import annotations

import pytest

from autostyle.agent.understanding.languages.ko.stems import Stems


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("색감을", [(0, 2)]),
        ("이 색 감을", [(2, 5)]),
        ("피부색감", [(2, 4)]),
        ("피부색 감", []),  # spaces within it only where it begins a word
        ("검색", []),  # of one syllable: begins a word
        ("색색 감색감", [(0, 1), (4, 6)]),
    ],
)
def test_a_stem_stands_where_a_korean_reader_sees_it(text: str, stretches: list[tuple[int, int]]) -> None:
    stems = Stems({"color": ["색감", "색"]})

    assert [(start, end) for _, start, end in stems.find(text)] == stretches


def test_of_words_that_begin_together_the_one_that_stands_first_counts_also_an_expression() -> None:
    text = "안 나오게"

    assert [*Stems({"not": ["안나오", r"re:안\s"]}).find(text)] == [("not", 0, 4)]
    assert [*Stems({"not": [r"re:안\s", "안나오"]}).find(text)] == [("not", 0, 2)]
    assert [*Stems({"not": [r"re:안\s"], "appear": ["나오"]}).find(text)] == [("not", 0, 2), ("appear", 2, 4)]
