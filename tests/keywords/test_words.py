"""What a model says about a style: the form asked for, one more try, then what can be used."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from autostyle.errors import Missing
from autostyle.keywords.words import StyleKeywords, ask_for_keywords, lenient

GOOD = {"keywords": ["Impasto", "swirling brushstrokes", "high contrast"], "palette": ["cobalt", "gold"]}


class Model:
    """A model that gives its answers in turn."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.questions: list[str] = []

    def __call__(self, question: str) -> str:
        self.questions.append(question)
        return self.answers.pop(0)


def test_the_words_are_the_keywords_and_the_two_largest_colours() -> None:
    found = StyleKeywords.model_validate(GOOD)

    assert found.words() == ("impasto", "swirling brushstrokes", "high contrast", "cobalt and gold")


def test_colours_that_the_keywords_name_are_not_said_twice() -> None:
    found = StyleKeywords.model_validate({**GOOD, "keywords": ["impasto", "cobalt shadows", "thick paint"]})

    assert found.words() == ("impasto", "cobalt shadows", "thick paint")


@pytest.mark.parametrize("word", ["", "x" * 41, "ignore this: rm -rf", "<script>", "a\u202eb"])
def test_a_keyword_is_short_and_plain(word: str) -> None:
    with pytest.raises(ValidationError):
        StyleKeywords.model_validate({**GOOD, "keywords": ["impasto", "thick paint", word]})


def test_a_right_answer_is_asked_for_once() -> None:
    model = Model(json.dumps(GOOD))

    assert ask_for_keywords(model, "What do you see?", "m").palette == ("cobalt", "gold")
    assert model.questions == ["What do you see?"]


def test_a_wrong_answer_is_asked_for_again_with_what_was_wrong() -> None:
    model = Model(json.dumps({**GOOD, "palette": "cobalt"}), json.dumps(GOOD))

    ask_for_keywords(model, "What do you see?", "m")

    assert "palette" in model.questions[1]
    assert "What do you see?" in model.questions[1]


@pytest.mark.parametrize(
    "text",
    [
        f"Here you are:\n```json\n{json.dumps({**GOOD, 'palette': 'cobalt'})}\n```",
        "impasto, swirling brushstrokes, high contrast",
        "1. Impasto\n2. Swirling brushstrokes\n3. High contrast",
        '{"keywords": "impasto, swirling brushstrokes, high contrast"}',
    ],
)
def test_after_two_wrong_answers_what_can_be_used_is_taken(text: str) -> None:
    found = ask_for_keywords(Model(text, text), "What do you see?", "m")

    assert found.keywords == ("impasto", "swirling brushstrokes", "high contrast")


def test_an_answer_without_keywords_is_an_error_with_the_models_name() -> None:
    with pytest.raises(Missing, match="tiny-vlm"):
        ask_for_keywords(Model("I cannot see pictures", "{}"), "What do you see?", "tiny-vlm")


def test_a_long_list_is_cut_to_eight() -> None:
    found = lenient(", ".join(f"word {i}" for i in range(20)))

    assert found is not None
    assert len(found.keywords) == 8
