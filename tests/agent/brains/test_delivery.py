"""What a request asks for beside the search: its other pictures, the result saved; and a search that failed."""

from __future__ import annotations

from typing import Any

import pytest

from autostyle.agent.brain import StudyNow
from autostyle.agent.messages import Notice
from autostyle.agent.outputs import restore_output
from autostyle.sentences import Sentence
from tests.agent.brains.conftest import FRONT, SUMMARY
from tests.agent.brains.driver import Talk

ENDED = Notice("ended", "", restore_output("ended", SUMMARY))


def test_the_other_pictures_get_the_look_when_the_search_is_over(talk: Talk) -> None:
    talk.answers["look_at_images"]["content"] = [{"path": "photo.jpg"}, {"path": "other.jpg"}]
    plan, _ = talk.say("make photo.jpg and other.jpg look like starry.png")
    said, calls = talk.say(ENDED)

    assert "`photo.jpg`; the other pictures (1)" in plan
    assert calls == [("apply_best", {"inputs": ["other.jpg"]})]
    assert "Done: 1 in `styled`" in said


@pytest.mark.parametrize(
    ("text", "inputs"),
    [
        ("the whole folder", ["trip"]),
        ("now do all the pictures in this folder", ["trip"]),
        ("폴더 전체에 똑같이 해줘", ["trip"]),
        ("these too: b.jpg c.jpg", ["b.jpg", "c.jpg"]),
        ("이것들도 b.jpg c.jpg", ["b.jpg", "c.jpg"]),
        ("'b.jpg' 'c.jpg'", ["b.jpg", "c.jpg"]),  # as a terminal pastes what is dropped
        ("b.jpg", ["b.jpg"]),
        ("./more/", ["more"]),
    ],
)
def test_what_is_dropped_after_a_search_and_the_whole_folder_get_its_look(
    talk: Talk, text: str, inputs: list[str]
) -> None:
    for name in ("trip", "more"):
        (talk.where / name).mkdir()
    for name in ("trip/a.jpg", "trip/b.jpg", "b.jpg", "c.jpg", "more/d.jpg"):
        (talk.where / name).touch()
    talk.say("make trip/a.jpg look like starry.png")
    talk.say(ENDED)
    _, calls = talk.say(text)
    assert calls == [("apply_best", {"inputs": inputs})]


def test_what_waited_through_a_restart_is_saved_as_it_was_asked(talk: Talk) -> None:
    said = "make photo.jpg look like starry.png\nand save it as dog.tiff, 3000 px wide"
    _, calls = talk.say(Notice("ended", "", restore_output("ended", {**SUMMARY, "said": said})))
    assert calls == [("save_best", {"out": "dog.tiff", "format": "tif"})], "its size is the plan's"


def test_a_style_that_is_dropped_is_no_picture_to_be_given_the_look(studied: Talk) -> None:
    (studied.where / "starry_night_painting.jpg").touch()
    _, calls = studied.say("starry_night_painting.jpg")
    assert "apply_best" not in dict(calls)


@pytest.mark.parametrize(
    ("text", "kept", "passed_over"),
    [
        ("same for the other pictures in trip/", "Of these, 1 were there from an earlier run", "name the clip itself"),
        ("trip/ 사진들도 똑같이 해줘", "그중 1개는 전에 만들어 둔 것이라", "`clip.mp4`는 건너뛰었어요"),
    ],
)
def test_what_was_kept_and_what_was_passed_over_is_said(studied: Talk, text: str, kept: str, passed_over: str) -> None:
    (studied.where / "trip").mkdir()
    (studied.where / "trip/1.jpg").touch()
    template = "{name} is passed over: of a folder only the {many} are taken; name the {one} itself"
    note = Sentence(template, name="clip.mp4", many=Sentence("pictures"), one=Sentence("clip"))
    studied.answers["apply_best"] |= {"kept": 1, "notes": [note]}
    said, calls = studied.say(text)

    assert [name for name, _ in calls] == ["apply_best"]
    assert kept in said and passed_over.replace("`", "") in said.replace("`", "").replace("\\", "")


def test_the_result_is_saved_once_where_the_request_said(talk: Talk) -> None:
    plan, before = talk.say("make photo.jpg look like starry.png, save it as my dog.webp")
    said, calls = talk.say(ENDED)
    _, again = talk.say(ENDED)

    assert "`my dog.webp`" in plan and "save_best" not in dict(before)
    assert calls == [("save_best", {"out": "my dog.webp", "format": "webp"})]
    assert "Saved: `/home/me/Desktop/photo-starry.png`" in said
    assert again == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("make moon.jpg look like starry.png, save it as moon.png", "waits in the queue at place 1"),
        ("moon.jpg를 starry.png처럼, moon.png로 저장해줘", "대기열 1번째"),
    ],
)
def test_each_of_several_requests_gets_what_it_asked_for(talk: Talk, text: str, said: str) -> None:
    (talk.where / "moon.jpg").touch()
    talk.say("make photo.jpg look like starry.png, save it as my dog.webp")
    talk.answers["plan_study"] = {**talk.answers["plan_study"], "study": "moon-starry"}
    talk.answers["start_study"] = {"study": "moon-starry", "total": 32, "queued": 1}
    queued, calls = talk.say(text)
    assert said in queued and dict(calls)["start_study"] == {}
    _, calls = talk.say(ENDED)
    assert calls == [("save_best", {"out": "my dog.webp", "format": "webp"})]
    talk.study = StudyNow("moon-starry", running=True)
    _, calls = talk.say(Notice("ended", "", restore_output("ended", {**SUMMARY, "study": "moon-starry"})))
    assert calls == [("save_best", {"out": "moon.png", "format": "png"})]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("what's in the queue?", None),
        ("대기열 보여줘", None),
        ("skip the next one in the queue", {"take_out": ["bbbb"]}),
        ("take the second one out of the queue", {"take_out": ["cccc"]}),
        ("대기열에서 두번째 거 빼줘", {"take_out": ["cccc"]}),
        ("run the second one in the queue first", {"first": "cccc"}),
        ("대기열 마지막 거 먼저 해줘", {"first": "cccc"}),
        ("clear the queue", {"take_out": ["bbbb", "cccc"]}),
        ("대기열 비워줘", {"take_out": ["bbbb", "cccc"]}),
    ],
)
def test_the_queue_is_listed_and_changed_in_words(studied: Talk, text: str, changes: dict[str, Any] | None) -> None:
    said, calls = studied.say(text)
    assert calls == [("manage_queue", {}), *([("manage_queue", changes)] if changes else [])]
    assert "moon-starry" in said


def test_a_no_to_saving_is_taken_and_asked_no_more(talk: Talk) -> None:
    talk.answers["save_best"] = {"error": "the person said no"}
    talk.say("photo.jpg like starry.png, I want a webp")
    _, calls = talk.say(ENDED)
    _, again = talk.say(ENDED)

    assert [name for name, _ in calls] == ["save_best"] and again == []


@pytest.mark.parametrize("text", ["save it as best.png", "best.png로 저장해줘"])
def test_the_picture_alone_is_saved_by_name(studied: Talk, text: str) -> None:
    _, calls = studied.say(text)

    assert calls == [("save_best", {"out": "best.png", "format": "png"})]


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("save this one as dog-final.tiff, 3000 pixels wide", {"out": "dog-final.tiff", "format": "tif"}),
        ("이걸 dog-final.tiff로 가로 3000픽셀로 저장해줘", {"out": "dog-final.tiff", "format": "tif"}),
        ("save it 3000 px across", {}),
        ("가로 3000픽셀로 저장해줘", {}),
    ],
)
def test_a_width_that_was_said_is_one(studied: Talk, text: str, arguments: dict[str, Any]) -> None:
    studied.answers["save_best"] = {"image": "/me/dog.tiff", "number": 7, "size": [3000, 2000], "painted": True}
    said, calls = studied.say(text)

    assert calls == [("save_best", {**arguments, "size": 3000, "side": "width"})]
    assert "3000 × 2000" in said


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("own size please", {}),
        ("save trial 3 at its original size as a tiff", {"format": "tif", "trial": 3}),
        ("save it as large as the photo, on my desktop", {}),
        ("원본 크기로", {}),
        ("이거 원본 크기로 바탕화면에 저장해줘", {}),
    ],
)
def test_as_large_as_the_photograph(studied: Talk, text: str, arguments: dict[str, Any]) -> None:
    _, calls = studied.say(text)
    got = dict(calls)["save_best"]
    assert {name: value for name, value in got.items() if name != "out"} == {**arguments, "size": "own"}


@pytest.mark.parametrize(
    "text", ["give me a .cube", "save it as a cube", "export the LUT", "큐브 파일 줘", "LUT로 저장해줘"]
)
def test_a_table_of_colours_is_saved_where_the_result_has_one(studied: Talk, text: str) -> None:
    studied.answers["save_best"] = {"image": "/me/a.png", "companions": ["/me/a.cube", "/me/a.hald.png"]}
    said, calls = studied.say(text)
    assert calls == [("save_best", {"format": "cube"})] and "`/me/a.cube`" in said


@pytest.mark.parametrize(
    ("text", "size", "said"),
    [
        ("photo.jpg like starry.png, 3000 px wide", 4000, "3000 px in width"),
        ("photo.jpg like starry.png, 3000 px tall", 3000, "3000 px in height"),
        ("photo.jpg like starry.png, the result at 3000 px", 3000, "3000 px on its long side"),
        ("photo.jpg를 starry.png처럼, 가로 3000픽셀로", 4000, "가로가 3000 px"),
    ],
)
def test_a_width_of_a_request_is_one_of_a_tall_photograph_too(talk: Talk, text: str, size: int, said: str) -> None:
    talk.answers["look_at_images"]["content"] = [{"path": "photo.jpg", "width": 600, "height": 800}]
    plan, calls = talk.say(text)
    assert dict(calls)["plan_study"]["final_size"] == size and said in plan


@pytest.mark.parametrize(
    ("before", "text", "trial"),
    [
        ("", "save number 3 as x.png", 3),
        ("", "3번을 x.png로 저장해줘", 3),
        ("", "save #3", 3),
        ("", "save the second one", 7),
        ("show the front", "마지막 거 저장해줘", 5),
        ("show trial 3", "save this one as x.png", 3),
        ("", "show trial 3 and save it", 3),
        ("show trial 3", "save the best one", None),
        ("show trial 3", "show me the front", None),
    ],
)
def test_any_point_of_the_front_is_saved_and_none_becomes_the_recommended_one(
    studied: Talk, before: str, text: str, trial: int | None
) -> None:
    studied.answers["save_best"] = {"image": "/me/x.png", "number": trial}
    if before:
        studied.say(before)
    if "front" not in text:
        said, calls = studied.say(text)
        assert "ask_preference" not in dict(calls)
        assert dict(calls)["save_best"].get("trial") == trial
        assert trial is None or f"{trial}" in said


def test_a_format_that_is_not_written_is_said(studied: Talk) -> None:
    said, calls = studied.say("save the picture as svg")

    assert calls == []
    assert "cannot write SVG" in said


def test_where_a_place_was_named_with_such_a_format_the_result_goes_there_as_it_can(talk: Talk) -> None:
    (talk.where / "out").mkdir()
    plan, _ = talk.say("make photo.jpg look like starry.png, save it to out/ as a pdf")
    said, calls = talk.say(ENDED)
    assert "cannot write PDF" in plan and "`out`" in plan
    assert calls == [("save_best", {"out": "out"})] and "cannot write PDF" in said


def test_a_name_that_no_result_can_have_is_told_with_the_plan(talk: Talk) -> None:
    plan, _ = talk.say("make photo.jpg look like starry.png, save it as art.pdf")
    _, calls = talk.say(ENDED)
    assert "cannot write PDF" in plan and "art.pdf" not in plan
    assert calls == []


@pytest.mark.parametrize(("style", "failed"), [(-0.1, True), (0.0, True), (0.2, False)])
def test_what_is_no_nearer_to_the_style_than_the_photograph_has_failed(
    studied: Talk, style: float, failed: bool
) -> None:
    best: dict[str, Any] = {**FRONT[1], "scores": {"style": style, "content": 0.9}}
    said, _ = studied.say(Notice("ended", "", restore_output("ended", {**SUMMARY, "best": best | {"image": None}})))

    assert ("the search has failed" in said) == failed


def test_an_ordinal_answers_which_of_two_is_the_photo(talk: Talk) -> None:
    from tests.agent.requests.drawn import draw

    for name in ("one.jpg", "two.jpg"):
        draw(talk.where / name, "photograph")
    asked, _ = talk.say("one.jpg two.jpg")
    _, calls = talk.say("the second one is the photo")

    assert "`one.jpg` and `two.jpg`" in asked
    assert calls[0] == ("look_at_images", {"content": ["two.jpg"], "styles": ["one.jpg"]})


def test_a_parameter_nobody_has_is_said_with_who_has_it(talk: Talk) -> None:
    said, calls = talk.say("photo.jpg like starry.png, alpha 0.4, guidance: 7")

    assert dict(calls)["plan_study"]["fixed"] == {"alpha": 0.4}
    assert "guidance" in said and "Left out" in said
