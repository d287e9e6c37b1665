"""A question and its answer, in as few words as people use: what is planned in the end."""

from __future__ import annotations

import re

import pytest

from tests.agent.brains.conftest import FRONT
from tests.agent.brains.driver import Talk


def looked_at(talk: Talk, *said: str) -> tuple[list[str], list[str]]:
    """Content and style of the last look after the messages; every one before the last is met with a question."""
    *before, last = said
    for text in before:
        assert talk.say(text)[1] == []
    _, calls = talk.say(last)
    (arguments,) = (arguments for name, arguments in calls if name == "look_at_images")
    return arguments["content"], arguments["styles"]


@pytest.mark.parametrize(
    "said",
    [
        ("photo.jpg", "starry.png"),
        ("photo.jpg", "the photo", "starry.png"),
        ("starry.png", "it has the style", "photo.jpg"),
        ("starry.png style", "photo.jpg"),
        ("photo.jpg", "keep the colours", "the photo", "starry.png"),
        ("photo.jpg like starri.png", "starry.png"),
        ("photo.jpg like starri.png", "yes, that one"),
        ("photo.jpg", "바꿀 사진이요", "starry.png"),
        ("photo.jpg를 starri.png처럼", "네 그거요"),
        ("photo.jpg를 starri.png처럼", "starry.png요"),
    ],
)
def test_a_short_answer_completes_the_request(talk: Talk, said: tuple[str, ...]) -> None:
    assert looked_at(talk, *said) == (["photo.jpg"], ["starry.png"])


@pytest.mark.parametrize("said", ["the other way round", "swap them please", "반대로 해줘", "둘을 바꿔줘"])
def test_content_and_style_change_places(talk: Talk, said: str) -> None:
    talk.answers["start_study"] = {"error": "the person said no to this call", "exit_code": 4}
    talk.say("photo.jpg like starry.png")

    assert looked_at(talk, said) == (["starry.png"], ["photo.jpg"])


@pytest.mark.parametrize("said", ["the colours can change after all", "색은 바뀌어도 돼요"])
def test_a_wish_is_taken_back(talk: Talk, said: str) -> None:
    talk.answers["start_study"] = {"error": "the person said no to this call", "exit_code": 4}
    talk.say("photo.jpg like starry.png, keep the colours")
    _, calls = talk.say(said)

    assert not dict(calls)["choose_method"]["keep_color"]


@pytest.mark.parametrize("said", ["undo", "take that back", "되돌려줘", "방금 한 거 취소"])
def test_what_was_said_of_a_plan_is_taken_back_and_the_plan_before_it_stands(talk: Talk, said: str) -> None:
    talk.answers["start_study"] = {"error": "the person said no to this call", "exit_code": 4}
    talk.say("photo.jpg like starry.png, 20 trials")
    talk.say("keep the colours")
    talk.say("make it 8 trials")
    for trials, colours in ((20, True), (20, None)):
        _, calls = talk.say(said)
        planned = dict(calls)
        assert planned["plan_study"]["trials"] == trials
        assert planned["choose_method"].get("keep_color") == colours
    told, calls = talk.say(said)
    assert calls == [] and "?" in told, "there is nothing before the first plan"


@pytest.mark.parametrize("said", ["forget it", "stop", "취소", "됐어요", "그만"])
def test_what_was_only_planned_is_let_go_of(talk: Talk, said: str) -> None:
    talk.answers["start_study"] = {"error": "the person said no to this call", "exit_code": 4}
    talk.say("photo.jpg like starry.png")
    answer, calls = talk.say(said)

    assert calls == []
    assert "nothing was started" in answer or "시작하지 않을게요" in answer


@pytest.mark.parametrize("said", ["make it pop", "음 글쎄", "what a day"])
def test_what_is_no_answer_is_met_with_the_question_again(talk: Talk, said: str) -> None:
    question, _ = talk.say("photo.jpg like nowhere.png")
    again, calls = talk.say(said)

    assert calls == []
    assert "nowhere.png" in question and "nowhere.png" in again


@pytest.mark.parametrize("said", ["70% the first one and 30% the second", "7:3"])
def test_shares_are_told_afterwards(talk: Talk, said: str) -> None:
    talk.answers["start_study"] = {"error": "the person said no to this call", "exit_code": 4}
    talk.say("photo.jpg like starry.png and wave.png")
    _, calls = talk.say(said)

    assert dict(calls)["plan_study"]["style_weights"] == [0.7, 0.3]


def test_a_painter_s_name_is_answered_with_a_picture(talk: Talk) -> None:
    asked, _ = talk.say("van gogh photo.jpg")
    _, calls = talk.say("starry.png")

    assert "van gogh" in asked and "`starry.png`" in asked
    assert calls[0][1] == {"content": ["photo.jpg"], "styles": ["starry.png"]}


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("make her blink", "nobody blink"),
        ("can you remove the person", "do not remove"),
        ("make the final 4k", "settled with its plan"),
        ("use van gogh instead", "I need a picture of what you mean by van gogh"),
        ("only the sky please", "are not masked here"),
        ("stronger but weaker", "more or less"),
    ],
)
def test_what_a_study_cannot_be_asked_is_answered_honestly(studied: Talk, said: str, answer: str) -> None:
    told, calls = studied.say(said)

    assert calls == []
    assert answer in told


@pytest.mark.parametrize(
    ("said", "arguments"),
    [
        ("a bit less style", {"direction": {"style": -0.4}}),
        ("less style", {"direction": {"style": -1.0}}),
        ("much more style", {"direction": {"style": 2.0}}),
        ("make it slightly bolder", {"direction": {"style": 0.4}}),
        ("스타일 조금만 더", {"direction": {"style": 0.4}}),
        ("스타일 조금만 줄여줘", {"direction": {"style": -0.4}}),
        ("내용을 더 살려줘", {"direction": {"content": 1.0}}),
        ("style_weight between 0.1 and 0.5", {"within": {"style_weight": [0.1, 0.5]}}),
        ("at least 0.5 content", {"within": {"content": [0.5, None]}}),
        ("content 0.6 이상으로", {"within": {"content": [0.6, None]}}),
        ("스타일 가중치를 0.1에서 0.5 사이로", {"within": {"style_weight": [0.1, 0.5]}}),
        ("set style_weight to 0.4", {"within": {"style_weight": [0.32, 0.5]}}),
        ("tv_weight = 2", {"fixed": {"tv_weight": 2.0}}),
    ],
)
def test_what_is_asked_of_the_result_steers_by_as_much_as_was_said(
    studied: Talk, said: str, arguments: dict[str, object]
) -> None:
    _, calls = studied.say(said)

    assert [name for name, _ in calls] == ["steer_study"]
    assert {name: value for name, value in calls[0][1].items() if name != "why"} == arguments


def test_scores_that_are_asked_for_from_the_start_are_in_the_plan(talk: Talk) -> None:
    _, calls = talk.say("make photo.jpg look like starry.png, at least 0.5 content, style_weight between 0.1 and 2")

    (plan,) = (arguments for name, arguments in calls if name == "plan_study")
    assert plan["within"] == {"content": [0.5, None]} and plan["bounds"] == {"style_weight": [0.1, 2.0]}


@pytest.mark.parametrize(
    ("said", "comes", "told", "offered"),
    [
        ("a bit less style", {"moved": True}, "trial 3, which is made already. Nothing was computed", False),
        ("less style", {"moved": False}, "none of those there are goes further than trial 3", True),
        ("at least 0.8 content", {"moved": False}, "trial 3 has that", False),
        ("at least 0.9 content", {"moved": True, "fits": False}, "trial 3 comes nearest", True),
    ],
)
def test_a_change_takes_what_is_painted_and_offers_a_search_where_that_does_not_go_so_far(
    studied: Talk, said: str, comes: dict[str, object], told: str, offered: bool
) -> None:
    at_rest = {"running": False, "left": 0, "recommended": 3, "picked": FRONT[0], "pending": True}
    studied.answers["steer_study"] = studied.answers["steer_study"] | at_rest | comes
    answer, calls = studied.say(said)

    assert [name for name, _ in calls] == ["steer_study", "render_best"]
    assert told in answer and "style 0.41, content 0.83" in answer and "style_weight = 0.2" in answer
    assert ("`10 more trials`" in answer) == offered


def test_of_many_pictures_that_may_be_the_style_it_is_said_how_many_more_there_are(talk: Talk) -> None:
    for number in range(8):
        (talk.where / f"painting {number}.png").touch()
    english, korean = talk.say("van gogh photo.jpg")[0], talk.say("고흐 스타일로 photo.jpg 바꿔줘")[0]

    assert english.count("`painting") == 5 and re.search(r"and [3-9] more", english)
    assert re.search(r"외 [3-9]장", korean)


@pytest.mark.parametrize("text", ["start", "go on", "yes", "ok, run it", "시작", "계속해", "응 해줘"])
def test_a_plan_of_an_earlier_conversation_is_begun_at_a_word(talk: Talk, text: str) -> None:
    talk.left = "photo-starry"
    _, calls = talk.say(text)

    assert calls == [("start_study", {})]


def test_a_request_of_its_own_goes_before_a_plan_of_an_earlier_conversation(talk: Talk) -> None:
    talk.left = "photo-starry"
    _, refused = talk.say("no")
    _, calls = talk.say("make photo.jpg look like starry.png but don't start yet")

    assert refused == [] and [name for name, _ in calls][-1] == "plan_study"


@pytest.mark.parametrize(
    ("said", "yes", "near"),
    [
        ("make photo.jpg look like starry.png with gatsy", "yes", "gatys"),
        ("make photo.jpg look like starry.png using the adian method", "yes please", "adain"),
        ("photo.jpg를 starry.png처럼 gatsy로 해줘", "네", "gatys"),
        ("photo.jpg를 starry.png처럼 gatsy로 해줘", "네, 4번만", "gatys"),
        ("make photo.jpg look like starry.png with gatsy", "yes, and keep the colours", "gatys"),
        ("photo.jpg를 starry.png처럼 gatsy라는 방법으로 해줘", "응", "gatys"),
    ],
)
def test_a_misspelt_method_is_asked_about_and_yes_takes_the_near_one(
    talk: Talk, said: str, yes: str, near: str
) -> None:
    asked, calls = talk.say(said)
    assert calls == [] and f" {near}" in asked
    answer, calls = talk.say(yes)
    assert dict(calls)["choose_method"]["method"] == near and "gatsy" not in answer


def test_a_misspelt_method_for_a_search_is_asked_about(studied: Talk) -> None:
    said, calls = studied.say("use adian instead")
    assert calls == [] and "Did you mean adain?" in said


@pytest.mark.parametrize("said", ["try again", "run it again", "make photo.jpg look like starry.png in the main"])
def test_ordinary_words_are_no_misspelt_methods(talk: Talk, said: str) -> None:
    assert "I know no method" not in talk.say(said)[0]


OTHER = {"gatys": "adain", "adain": "gatys"}


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ("photo.jpg like starry.png, without adain", "gatys"),
        ("don't use gatys for photo.jpg like starry.png", "adain"),
        ("gatys 말고 다른 걸로 photo.jpg를 wave.png처럼", "adain"),
        ("photo.jpg를 starry.png처럼, adain은 쓰지 말고", "gatys"),
    ],
)
def test_a_method_that_is_not_wanted_is_not_searched_either(talk: Talk, said: str, taken: str) -> None:
    _, calls = talk.say(said)
    first, second = (arguments for name, arguments in calls if name == "choose_method")
    assert "method" not in first and second["method"] == taken and second["instead_of"] == [OTHER[taken]]
    assert "plan_study" in dict(calls)


def test_where_no_method_is_left_that_is_wanted_nothing_is_planned(talk: Talk) -> None:
    said, calls = talk.say(
        "neither gatys nor microast nor adain nor color grade nor deep_photo nor photo_wct nor nnst nor wct"
        " nor fast_net: photo.jpg like starry.png"
    )
    assert "plan_study" not in dict(calls) and "Without Gatys, MicroAST" in said
