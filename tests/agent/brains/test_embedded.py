"""The embedded brain in conversation: what it calls, what it asks, and in which language it answers."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any, cast

import pytest

from autostyle import named_styles
from autostyle.agent.advice.rules import SAID
from autostyle.agent.brain import BrainRequest, StudyNow
from autostyle.agent.brains import embedded
from autostyle.agent.brains.embedded import EmbeddedBrain
from autostyle.agent.brains.replies import en, ko, say
from autostyle.agent.brains.rules import dialogue_state
from autostyle.agent.calls import SAID_NO
from autostyle.agent.messages import AssistantMessage, Message, Notice, ToolCall, ToolMessage, UserMessage
from autostyle.agent.outputs import Looked, SearchFailed, restore_output
from autostyle.agent.tool import Tool
from autostyle.agent.understanding.model import Understood
from autostyle.agent.understanding.read import understand
from tests.agent.brains.conftest import ANSWERS, CHOICE, FRONT, SUMMARY
from tests.agent.brains.driver import NAMES, Named, Talk
from tests.planned import PLANNED

pytestmark = pytest.mark.usefixtures("planned")

GLASS = "stained-glass.webp"
FREE = tuple(name for name in NAMES if name not in ("start_study", "apply_best", "export_report"))


def names(calls: list[tuple[str, dict[str, object]]]) -> list[str]:
    return [name for name, _ in calls]


def test_a_whole_request_is_looked_at_chosen_planned_and_started(talk: Talk) -> None:
    said, calls = talk.say("make photo.jpg look like starry.png, keep the colours, subtle, 20 tries")

    assert names(calls) == ["look_at_images", "choose_method", "plan_study", "start_study"]
    assert calls[0][1] == {"content": ["photo.jpg"], "styles": ["starry.png"]}
    assert calls[1][1]["keep_color"] is True
    assert calls[2][1]["trials"] == 20
    assert "swirling strokes" in said and "about 4 min" in said


@pytest.mark.parametrize(
    "text",
    [
        "make it look like starry.png",
        "photo.jpg",
        "photo.jpg like nowhere.png",
        "photo.jpg like starry.png, very subtle and as strong as possible",
        "photo.jpg like starry.png with midjourney",
        "hi",
        "whats the weather in Busan",
        "start",
        "ten minutes",
        "starry.png처럼 해줘",
        "photo.jpg를 https://example.org/a.png처럼",
        "ㅁㄴㅇㄹ",
        "make photo.jpg brighter",
        "what is gatys?",
        "is it free?",
        "photo.jpg 배경 지워줘",
        "어떤 방법이 있어?",
    ],
)
def test_nothing_is_called_where_something_must_be_asked_first(talk: Talk, text: str) -> None:
    said, calls = talk.say(text)

    assert calls == []
    assert said


def test_what_is_answered_completes_the_request(talk: Talk) -> None:
    question, _ = talk.say("photo.jpg, keep the colours, half an hour")
    _, calls = talk.say("like starry.png")

    assert "photo.jpg" in question
    assert calls[0][1] == {"content": ["photo.jpg"], "styles": ["starry.png"]}
    assert calls[1][1]["keep_color"] is True
    assert calls[2][1]["minutes"] == 30


def test_a_planned_method_gets_a_plain_cannot_yet(talk: Talk) -> None:
    talk.answers["choose_method"] = {"error": "cannot yet", "hint": "", "exit_code": 3}
    said, calls = talk.say(f"photo.jpg like starry.png using {PLANNED}")

    assert names(calls) == ["choose_method"]
    assert said.startswith("Cannot yet") and "Gatys" in said


def test_another_medium_is_refused_before_anybody_is_asked_for_pictures(talk: Talk) -> None:
    talk.answers["choose_method"] = {"error": "cannot yet", "hint": "", "exit_code": 3}
    said, calls = talk.say("turn my voice into a cello")

    assert calls == [("choose_method", {"medium": "audio", "voice": True})]
    assert said.startswith("Cannot yet: no method for audio")


def test_a_complete_request_leaves_the_one_before_behind(talk: Talk) -> None:
    talk.answers["choose_method"] = {"error": "cannot yet", "hint": "", "exit_code": 3}
    talk.say(f"photo.jpg like starry.png with {PLANNED}, keep the colours")
    talk.answers["choose_method"] = CHOICE
    _, calls = talk.say("other.jpg like wave.png")

    assert calls[0][1] == {"content": ["other.jpg"], "styles": ["wave.png"]}
    assert calls[1][1] == {"medium": "image", "styles": ["wave.png"]}


def test_what_can_be_fetched_is_told_with_the_command(talk: Talk) -> None:
    error = "controlnet cannot run here: needs `autostyle weights get sdxl`, 12083 MB"
    talk.answers["choose_method"] = {"error": error, "hint": "", "exit_code": 3}
    said, _ = talk.say("photo.jpg like starry.png with controlnet")

    assert "`autostyle weights get sdxl`" in said


def test_a_plan_alone_is_not_started(talk: Talk) -> None:
    talk.tools = FREE
    said, calls = talk.say("photo.jpg like starry.png")

    assert names(calls)[-1] == "plan_study"
    assert "Nothing was started." in said


def test_a_no_starts_nothing_and_a_later_start_does(talk: Talk) -> None:
    started = talk.answers["start_study"]
    talk.answers["start_study"] = {"error": "the person said no to this call", "exit_code": 4}
    said, _ = talk.say("photo.jpg like starry.png")
    talk.answers["start_study"] = started
    _, calls = talk.say("ok, start")

    assert "Not started" in said
    assert names(calls) == ["start_study"]


@pytest.mark.parametrize(
    "yes",
    ["yes", "ok, start", "Yes, start it.", "go ahead please", "네, 시작해 주세요.", "이대로 진행해주세요", "ㄱㄱ"],
)
def test_a_yes_and_nothing_but_a_yes_starts(talk: Talk, yes: str) -> None:
    talk.answers["start_study"] = {"error": "the person said no to this call", "exit_code": 4}
    talk.say("photo.jpg like starry.png")
    _, calls = talk.say(yes)

    assert names(calls) == ["start_study"]


@pytest.mark.parametrize(
    "text",
    ["which one is good?", "어떤 방법이 제일 좋아?", "이쁘게 해줘", "do you like it", "no", "아니요 하지 마세요"],
)
def test_what_is_more_than_a_yes_starts_nothing(talk: Talk, text: str) -> None:
    talk.answers["start_study"] = {"error": "the person said no to this call", "exit_code": 4}
    talk.say("photo.jpg like starry.png")
    _, calls = talk.say(text)

    assert "start_study" not in names(calls)


def test_a_plan_is_changed_by_words_before_it_runs(talk: Talk) -> None:
    talk.answers["start_study"] = {"error": "the person said no to this call", "exit_code": 4}
    talk.say("photo.jpg like starry.png")
    _, calls = talk.say("make it 8 trials and keep the colours")

    assert names(calls) == ["look_at_images", "choose_method", "plan_study", "start_study"]
    assert calls[1][1]["keep_color"] is True
    assert calls[2][1]["trials"] == 8


@pytest.mark.parametrize(
    ("text", "call", "arguments"),
    [
        ("less swirl", "steer_study", {"direction": {"style": -1.0}}),
        ("keep her face", "steer_study", {"direction": {"content": 1.0}}),
        ("색은 원본대로", "steer_study", {"direction": {"color": -1.0}}),
        ("더 강하게 하고 열 번 더", "steer_study", {"direction": {"style": 1.0}, "add_trials": 10}),
        ("go on for 5 more minutes", "steer_study", {"add_minutes": 5.0}),
        ("try adain instead", "steer_study", {"method": "adain"}),
        ("stop", "steer_study", {"stop": True}),
        ("undo that", "steer_study", {"undo": True}),
        ("compare 3 and 7", "compare_trials", {"numbers": [3, 7]}),
        ("5번 보여줘", "compare_trials", {"numbers": [5]}),
        ("show me the best one bigger", "show_picture", {}),
        ("let me see number 3 full screen", "show_picture", {"trial": 3}),
        ("bigger", "show_picture", {}),
        ("open it", "show_picture", {"viewer": True}),
        ("더 크게 보여줘", "show_picture", {}),
        ("3번 열어줘", "show_picture", {"trial": 3, "viewer": True}),
        ("why this one?", "study_status", {}),
        ("얼마나 남았어?", "study_status", {}),
        ("export the report", "export_report", {}),
        ("which studies are there?", "list_studies", {}),
        ("what styles do you have?", "list_styles", {}),
        ("train a lora from other.jpg", "train_lora", {"images": ["other.jpg"]}),
        ("apply it to other.jpg", "apply_best", {"inputs": ["other.jpg"]}),
        ("other.jpg에도 적용해서 styled/에 저장해줘", "apply_best", {"inputs": ["other.jpg"], "out": "styled"}),
    ],
)
def test_words_to_a_study_become_one_call(studied: Talk, text: str, call: str, arguments: dict[str, object]) -> None:
    _, calls = studied.say(text)

    assert names(calls) == [call]
    assert {name: value for name, value in calls[0][1].items() if name != "why"} == arguments


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("train a LoRA from these ten pictures in brand/", {"images": ["brand"]}),
        ("I have ten pictures in brand/, train a lora from them into own/", {"images": ["brand"], "out": "own"}),
        ("make a LoRA from photo.jpg and other.jpg", {"images": ["photo.jpg", "other.jpg"]}),
        ("brand 폴더 그림들로 로라 학습해줘", {"images": ["brand"]}),
        ("brand/ 사진들로 LoRA 하나 만들어줘, own/에 저장해줘", {"images": ["brand"], "out": "own"}),
    ],
)
def test_a_lora_is_trained_from_the_pictures_that_are_named(
    talk: Talk, text: str, arguments: dict[str, object]
) -> None:
    (talk.where / "brand").mkdir()
    (talk.where / "brand" / "1.jpg").touch()
    said, calls = talk.say(text)

    assert calls == [("train_lora", arguments)]
    assert "pytorch_lora_weights.safetensors" in said and "warm" in said


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("train a fast net from starry.png", {"styles": ["starry.png"]}),
        (
            "make a fast net from starry.png and wave.png into own/",
            {"styles": ["starry.png", "wave.png"], "out": "own"},
        ),
        ("train a fast net from starry.png with the photos in brand/", {"styles": ["starry.png", "brand"]}),
        ("starry.png로 패스트넷 학습해줘", {"styles": ["starry.png"]}),
        ("starry.png로 고속 스타일 넷 하나 만들어줘", {"styles": ["starry.png"]}),
        ("train a fast net for clips from starry.png", {"styles": ["starry.png"], "steady": 0.25}),
        ("starry.png로 영상용 패스트넷 학습해줘", {"styles": ["starry.png"], "steady": 0.25}),
    ],
)
def test_a_fast_net_is_taught_the_paintings_that_are_named(talk: Talk, text: str, arguments: dict[str, object]) -> None:
    (talk.where / "brand").mkdir()
    (talk.where / "brand" / "1.jpg").touch()
    said, calls = talk.say(text)
    assert calls == [("train_fast", arguments)]
    assert "net.safetensors" in said and ("clip.mp4" if "steady" in arguments else "export-net") in said


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("find the best training settings for a fast net from starry.png", {"styles": ["starry.png"]}),
        (
            "search how to train a fast net on starry.png with brand/, 8 trials",
            {"styles": ["starry.png", "brand"], "trials": 8},
        ),
        ("which settings train a fast net from starry.png best?", {"styles": ["starry.png"]}),
        ("starry.png로 패스트넷 학습에 가장 좋은 설정을 찾아줘", {"styles": ["starry.png"]}),
        ("starry.png 패스트넷을 어떻게 학습하면 좋을지 10분 동안 찾아줘", {"styles": ["starry.png"], "minutes": 10.0}),
    ],
)
def test_how_to_train_a_fast_net_is_searched_and_it_is_then_trained_as_found(
    talk: Talk, text: str, arguments: dict[str, object]
) -> None:
    (talk.where / "brand").mkdir()
    (talk.where / "brand" / "1.jpg").touch()
    talk.answers["start_study"] = {"study": "training-starry", "total": 12}
    said, calls = talk.say(text)
    assert calls == [("plan_training", arguments), ("start_study", {})] and "12" in said
    ended = Notice("ended", "", restore_output("ended", {**SUMMARY, "study": "training-starry"}))
    assert "starry.png --from-study training-starry" in talk.say(ended)[0]
    _, calls = talk.say("train a fast net from starry.png")
    assert calls == [("train_fast", {"styles": ["starry.png"], "from_study": "training-starry"})]
    _, calls = talk.say("train a fast net from starry.png with brand/")
    assert calls == [("train_fast", {"styles": ["starry.png", "brand"], "from_study": "training-starry"})]


def test_a_search_of_a_training_waits_to_be_started_and_is_none_of_the_picture_before(studied: Talk) -> None:
    studied.say("save it to result.png when it is done")
    said, calls = studied.say("find the best training settings for a fast net from starry.png, but don't start yet")
    assert [name for name, _ in calls] == ["plan_training"] and "about 7 min" in said
    studied.answers["start_study"] = {"study": "training-starry", "total": 12}
    assert studied.say("start")[1] == [("start_study", {})]
    ended = Notice("ended", "", restore_output("ended", {**SUMMARY, "study": "training-starry"}))
    said, calls = studied.say(ended)
    assert calls == [] and "train a fast net from starry.png" in said


def test_a_search_of_a_training_that_was_refused_can_still_be_started(talk: Talk) -> None:
    started = {"study": "training-starry", "total": 12}
    talk.answers["start_study"] = {"error": SAID_NO, "hint": "", "exit_code": 1}
    talk.say("starry.png로 패스트넷 학습에 가장 좋은 설정을 찾아줘")
    talk.answers["start_study"] = started
    assert talk.say("시작")[1] == [("start_study", {})]


@pytest.mark.parametrize(
    "text",
    [
        "train a fast net",
        "find the best training settings for a fast net",
        "train a lora",
        "이 폴더 그림들로 로라 학습해줘",
        "train a LoRA from nowhere/",
    ],
)
def test_pictures_to_learn_from_are_asked_for(talk: Talk, text: str) -> None:
    said, calls = talk.say(text)
    assert calls == [] and said


def test_a_base_model_that_is_not_here_is_told_with_what_gets_it(talk: Talk) -> None:
    error = {"error": "the weights 'sdxl' are not on this machine", "hint": "autostyle weights get sdxl"}
    talk.answers["train_lora"] = {**error, "exit_code": 3}
    said, _ = talk.say("train a lora from photo.jpg")
    assert "weights get sdxl" in said


def test_what_was_trained_is_painted_with_when_style_lora_is_asked_for(talk: Talk) -> None:
    talk.say("train a lora from other.jpg")
    talk.answers["choose_method"] = {**CHOICE, "method": "style_lora", "row": "asked"}
    _, calls = talk.say("make photo.jpg look like starry.png with style lora")
    planned = dict(calls)["plan_study"]

    assert planned["aids"] == {"lora": "/home/me/brand-lora/pytorch_lora_weights.safetensors"}
    assert planned["prompt"] == "in brand-lora style, warm"


@pytest.mark.parametrize("text", ["hmm", "make me a sandwich", "배고프다", "음..."])
def test_what_is_not_understood_changes_nothing_and_says_what_can_be_done(studied: Talk, text: str) -> None:
    said, calls = studied.say(text)

    assert calls == []
    assert "3" in said and "7" in said, "it gives an example"


def test_that_a_region_cannot_be_masked_in_a_running_search_is_said(studied: Talk) -> None:
    said, _ = studied.say("keep the sky")

    assert "(sky) are masked when a search is planned" in said


FOUND = {
    "mask": "/home/masks/photo-sky.png",
    "preview": "/home/masks/photo-sky.preview.png",
    "found": [{"what": "sky", "by": "guess", "share": 0.4, "things": 1}],
    "share": 0.4,
}


def test_a_part_is_masked_and_shown_before_it_is_planned_and_a_guess_is_called_one(talk: Talk) -> None:
    talk.tools, talk.answers["find_region"] = (*talk.tools, "find_region"), FOUND
    said, calls = talk.say("photo.jpg like starry.png but only the sky, don't start yet")

    assert names(calls) == ["look_at_images", "find_region", "choose_method", "plan_study"]
    assert calls[1][1] == {"only": ["sky"], "keep": []}
    assert calls[-1][1]["aids"] == {"content_mask": FOUND["mask"]}
    assert "photo-sky.preview.png" in said and "It is a guess" in said and "40%" in said
    for text, change in (("a bit larger", {"grow": 0.02}), ("box 10,20 to 200,300", {"box": [10, 20, 200, 300]})):
        said, calls = talk.say(text)
        assert "did not understand" not in said
        again = dict(calls)["find_region"]
        assert again["only"] == ["sky"] and again.items() >= change.items()


def test_a_part_that_is_to_stay_is_masked_and_nothing_is_painted_faintly_for_its_sake(talk: Talk) -> None:
    talk.tools, talk.answers["find_region"] = (*talk.tools, "find_region"), FOUND
    said, calls = talk.say("photo.jpg를 starry.png처럼, 하늘은 그대로 둬")

    assert dict(calls)["find_region"] == {"only": [], "keep": ["sky"]}
    assert "strength" not in dict(calls)["choose_method"]
    assert "하늘" in said and "짐작" in said


def test_a_part_that_is_not_found_is_told_with_a_way_out_and_the_rest_goes_on(talk: Talk) -> None:
    wrong = {"error": "no face is found in this picture", "hint": "name a box", "exit_code": 3}
    talk.tools, talk.answers["find_region"] = (*talk.tools, "find_region"), wrong
    said, calls = talk.say("photo.jpg like starry.png but not her face")

    assert "face: not masked" in said and "no face is found" in said and "box 10,20 to 200,300" in said
    assert "aids" not in dict(calls)["plan_study"]


def test_the_second_one_is_the_second_that_was_shown(studied: Talk) -> None:
    studied.say("compare 3 and 7")
    _, calls = studied.say("I like the second one")

    assert calls == [("ask_preference", {"pair": [3, 7], "better": 7})]


@pytest.mark.parametrize(
    ("ask", "answer"), [("which of two?", "7"), ("let me pick", "I like 7"), ("둘 중에 골라볼게", "7번")]
)
def test_two_are_shown_to_choose_from_and_a_number_is_the_answer(studied: Talk, ask: str, answer: str) -> None:
    studied.answers["ask_preference"] = {
        "pair": [3, 7],
        "trials": [FRONT[0] | {"image": "/studies/3.png"}, FRONT[1]],
    }
    said, asked = studied.say(ask)
    studied.answers["ask_preference"] = {"pair": [3, 7], "recommended": 7}
    _, told = studied.say(answer)

    assert asked == [("ask_preference", {})]
    assert "3" in said and "7" in said and "/studies/3.png" in said
    assert told == [("ask_preference", {"pair": [3, 7], "better": 7})]


@pytest.mark.parametrize(
    "answer",
    ["can't tell", "I don't see any difference", "skip this one", "모르겠어요", "둘 다 별로예요", "건너뛸게요"],
)
def test_neither_is_an_answer_only_where_two_are_asked_about(studied: Talk, answer: str) -> None:
    before = studied.say(answer)[1]
    assert "ask_preference" not in names(before)
    studied.answers["ask_preference"] = {"pair": [3, 7], "trials": []}
    studied.say("which of two?")
    studied.answers["ask_preference"] = {"pair": [3, 7], "neither": True, "recommended": 7, "next": None}
    said, calls = studied.say(answer)

    assert calls == [("ask_preference", {"pair": [3, 7], "neither": True})]
    assert "no preference" in said or "고르지 않은" in said


def test_a_number_in_other_words_is_no_answer(studied: Talk) -> None:
    studied.answers["ask_preference"] = {"pair": [3, 7], "trials": []}
    studied.say("which of two?")
    _, calls = studied.say("show 7")

    assert names(calls) == ["compare_trials"]


@pytest.mark.parametrize(("several", "offered"), [(SUMMARY["front"], True), (SUMMARY["front"][:2], False)])
def test_the_end_offers_a_choice_where_the_front_has_one(
    studied: Talk, several: list[dict[str, object]], offered: bool
) -> None:
    said, _ = studied.say(Notice("ended", "", restore_output("ended", SUMMARY | {"front": several})))

    assert ("which of two?" in said) == offered


@pytest.mark.parametrize("text", ["A랑 B 중에 뭐가 나아?", "which is better, photo.jpg or starry.png?"])
def test_what_is_better_is_no_request(talk: Talk, text: str) -> None:
    said, calls = talk.say(text)

    assert calls == []
    assert said in (say("en", "none"), say("ko", "none"))


def test_after_a_draft_the_finer_way_is_told(talk: Talk) -> None:
    talk.say("make photo.jpg look like starry.png, a quick draft")
    data = SUMMARY | {"best": SUMMARY["best"] | {"method": "adain"}}
    said, _ = talk.say(Notice("ended", "", restore_output("ended", data)))
    assert "`try gatys` goes on" in said
    said, _ = talk.say(Notice("ended", "", restore_output("ended", SUMMARY)))
    assert "try gatys" not in said


def test_after_its_end_a_study_goes_on_only_where_more_is_asked_for(studied: Talk) -> None:
    studied.say(Notice("ended", "", restore_output("ended", SUMMARY)))
    studied.answers["study_status"] = studied.answers["study_status"] | {"running": False}

    _, leaning = studied.say("more like the photo")
    _, more = studied.say("10 more trials")

    assert names(leaning) == ["steer_study"]
    assert names(more) == ["steer_study", "start_study"]


def test_the_end_tells_trial_reason_scores_held_out_and_report(studied: Talk) -> None:
    said, _ = studied.say(Notice("ended", "", restore_output("ended", SUMMARY)))

    assert "Trial 7" in said and "Why this one" in said
    assert "style 0.66, content 0.71" in said and "style 0.90" in said
    assert "report.html" in said


@pytest.mark.parametrize("text", ["make photo.jpg look like starry.png", "starry.png처럼 photo.jpg를"])
def test_a_round_is_told_and_advice_is_followed_with_its_reason(talk: Talk, text: str) -> None:
    talk.say(text)
    advice = {"bounds": {"style_weight": [0.001, 5.0]}, "why": "The front leans on the end of style_weight."}
    reasons = [{"kind": "widen", "parameter": "style_weight", "low": 0.001, "high": 5.0}]
    data = {"study": "s", "done": 8, "total": 32, "best": SUMMARY["best"], "advice": advice, "reasons": reasons}
    said, calls = talk.say(Notice("round", "", restore_output("round", data)))
    calm, none = talk.say(Notice("round", "", restore_output("round", data | {"advice": {}, "reasons": []})))

    assert calls == [("steer_study", advice)]
    assert none == []
    assert "style_weight" in said and "8" in calm
    assert ("프론트" in said) == ("처럼" in text)


def test_every_reason_of_advice_has_its_sentence() -> None:
    for language in (en, ko):
        assert {f"advice:{kind}" for kind in SAID} <= set(language.WORDS)


def test_a_failure_of_a_search_is_told(studied: Talk) -> None:
    said, calls = studied.say(
        Notice("failed", "", SearchFailed(study="photo-starry", error="the disk is full", hint=""))
    )

    assert "the disk is full" in said
    assert calls == []


def test_a_failed_tool_ends_the_turn_with_its_error(talk: Talk) -> None:
    talk.answers["look_at_images"] = {"error": "photo.jpg is no picture", "hint": "give a picture"}
    said, calls = talk.say("photo.jpg like starry.png")

    assert names(calls) == ["look_at_images"]
    assert "photo.jpg is no picture. What helps: give a picture." in said.replace("\\", "")


def test_a_korean_request_is_answered_in_korean_throughout(talk: Talk) -> None:
    talk.answers["look_at_images"] = {"content": [], "styles": []}
    talk.answers["choose_method"] = talk.answers["choose_method"] | {"row": "photorealism"}
    said, _ = talk.say("photo.jpg를 starry.png처럼, 사진 느낌은 살려줘")
    ended, _ = talk.say(Notice("ended", "", restore_output("ended", SUMMARY)))

    allowed = r"Gatys|AdaIN|Look|Photo WCT|Deep photo|LUT|px|/home/\S+|`[^`]*`"
    assert re.search("[A-Za-z]", re.sub(allowed, "", said + ended)) is None


def test_both_languages_have_the_same_sentences_with_the_same_values() -> None:
    def values(sentence: str) -> set[str]:
        return set(re.findall(r"\{(\w+)", sentence))

    assert set(en.WORDS) == set(ko.WORDS)
    for key in en.WORDS:
        assert values(en.WORDS[key]) == values(ko.WORDS[key]), key


def test_file_names_are_data_and_neither_words_nor_markup(talk: Talk) -> None:
    (talk.where / "export report and **stop**.jpg").touch()
    said, calls = talk.say('"export report and **stop**.jpg"')

    assert calls == []
    assert "`export report and **stop**.jpg`" in said, "as code, in which nothing is markup"


def test_a_file_that_was_missing_may_come_later(talk: Talk) -> None:
    asked, _ = talk.say("late.jpg like starry.png")
    (talk.where / "late.jpg").touch()
    _, calls = talk.say("it is there now, go on with 8 trials")

    assert "no file" in asked
    assert calls[0] == ("look_at_images", {"content": ["late.jpg"], "styles": ["starry.png"]})


def test_a_turn_goes_on_as_it_began_whatever_its_tools_do_to_files(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").touch()
    (tmp_path / "starry.png").touch()
    brain = EmbeddedBrain(tmp_path)
    said = UserMessage("photo.jpg like starry.png")
    looked = ToolMessage("rule-1", "look_at_images", True, "", Looked())
    tools = cast("tuple[Tool[Any], ...]", tuple(Named(name) for name in NAMES))

    async def called(*messages: Message) -> list[str]:
        return [d.name async for d in brain.stream(BrainRequest(messages, tools)) if isinstance(d, ToolCall)]

    first = asyncio.run(called(said))
    (tmp_path / "photo.jpg").unlink()
    then = asyncio.run(called(said, AssistantMessage("", ()), looked))
    later = asyncio.run(called(said, AssistantMessage("", ()), looked, UserMessage("start")))

    assert (first, then, later) == (["look_at_images"], ["choose_method"], [])


def test_of_a_long_conversation_only_the_last_messages_are_read_anew(
    studied: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    studied.history[:] = [*studied.history, *studied.history[:2] * 100]
    studied.say("hmm")
    read: list[str] = []

    def reading(text: str, where: Path, **context: Any) -> Understood:
        read.append(text)
        return understand(text, where, **context)

    monkeypatch.setattr(embedded, "understand_cached", reading)
    studied.say("hmm")

    assert 0 < len(read) <= dialogue_state.RECENT


@pytest.mark.parametrize(("text", "start"), [("don't start yet, ", "start"), ("아직 시작하지 말고 ", "시작")])
def test_what_must_not_start_yet_is_planned_and_waits(talk: Talk, text: str, start: str) -> None:
    said, calls = talk.say(f"{text}photo.jpg starry.png")
    _, later = talk.say(start)

    assert names(calls) == ["look_at_images", "choose_method", "plan_study"]
    assert start in said
    assert names(later) == ["start_study"]


def test_a_part_that_cannot_be_masked_and_words_that_mean_nothing_are_said_before_it_starts(talk: Talk) -> None:
    said, _ = talk.say("photo.jpg like starry.png, keep her face and the colours, mind the grain")

    assert "(face) are not masked" in said
    assert "“mind the grain”" in said


def test_a_report_for_a_full_folder_gets_a_folder_of_its_own(studied: Talk) -> None:
    out = studied.where / "mine"
    out.mkdir()
    _, calls = studied.say(f"export it to {out}")

    assert calls == [("export_report", {"out": str(out / "photo-starry")})]


@pytest.mark.parametrize("text", ["where is it saved?", "어디에 저장됐어?"])
def test_where_the_files_are_is_told(studied: Talk, text: str) -> None:
    said, calls = studied.say(text)

    assert names(calls) == ["study_status"]
    assert "/home/me/studies/photo-starry/report.html" in said


@pytest.mark.parametrize(
    "text",
    [
        "how does gatys work?",
        "게이티스는 어떻게 작동해?",
        "more contrast",
        "not 6",
        "6번 말고",
        "don't stop yet",
        "아직 멈추지 마",
        "the colours feel off",
        "오 예쁜데?",
        "what's the difference between gatys and adain",
    ],
)
def test_questions_moods_and_what_no_tool_can_change_call_nothing(studied: Talk, text: str) -> None:
    said, calls = studied.say(text)

    assert said and not calls


@pytest.mark.parametrize("text", ["I prefer the previous one", "아까 게 더 나았어"])
def test_what_was_before_is_taken_up_again(studied: Talk, text: str) -> None:
    _, calls = studied.say(text)

    assert [(name, arguments.get("undo")) for name, arguments in calls] == [("steer_study", True)]


@pytest.mark.parametrize("text", ["use the style of wave.png too", "what about wave.png instead?"])
def test_another_style_picture_is_a_request_and_puts_no_look_on_it(studied: Talk, text: str) -> None:
    _, calls = studied.say(text)

    assert "apply_best" not in names(calls)


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        ("it looks awful", "more like the photo"),
        ("try another method", "AdaIN"),
        ("more", "How many more"),
        ("use it on my other photos", "Which pictures"),
        ("별로야", "사진에 더 가깝게"),
        ("다른 방법으로 해봐", "AdaIN"),
        ("아직도 돌아가?", "12"),
    ],
)
def test_half_a_wish_is_asked_about_and_changes_nothing(studied: Talk, text: str, offer: str) -> None:
    said, calls = studied.say(text)

    assert offer in said
    assert set(names(calls)) <= {"study_status"}


def test_what_is_shown_can_be_opened_and_why_tells_only_what_was_chosen(studied: Talk) -> None:
    best = {**FRONT[1], "params": {"style_weight": 0.2, "init": "content"}}
    studied.answers["study_status"] = {**studied.answers["study_status"], "best": best}
    shown, _ = studied.say("show me")
    why, _ = studied.say("why?")

    assert "/home/me/studies/photo-starry/live/7.webp" in shown
    assert "style_weight = 0.2" in why and "init" not in why


@pytest.mark.parametrize("yes", ["yes", "좋아"])
def test_a_yes_to_what_is_over_starts_nothing_again(studied: Talk, yes: str) -> None:
    studied.say(Notice("ended", "", restore_output("ended", SUMMARY)))
    studied.answers["study_status"] |= {"running": False, "unfinished": False, "done": 32}
    assert names(studied.say(yes)[1]) == ["study_status"]


GO_ON = (
    *("go on", "finish it", "continue the search", "pick up where you left off", "run the rest", "start"),
    *("계속해", "마저 해줘", "나머지도 돌려줘", "이어서 해줘"),
)


@pytest.mark.parametrize("text", GO_ON)
def test_a_search_that_was_cut_short_goes_on_whatever_the_conversation_says_of_it(studied: Talk, text: str) -> None:
    """The terminal was closed: the messages say that it runs, the study knows that nothing runs it."""
    studied.study = StudyNow("photo-starry")
    studied.answers["study_status"] |= {"running": False, "unfinished": True}
    studied.answers["start_study"] |= {"done": 12}
    said, calls = studied.say(text)

    assert calls == [("study_status", {}), ("start_study", {"study": "photo-starry"})]
    assert "12" in said and "32" in said


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("10 more trials", {"add_trials": 10}),
        ("10개 더", {"add_trials": 10}),
        ("finish it, all 30", {"total_trials": 30}),
        ("30번까지 마저 해줘", {"total_trials": 30}),
        ("40 trials in all", {"total_trials": 40}),
    ],
)
def test_a_number_of_trials_is_added_to_a_search_that_was_cut_short_and_run(
    studied: Talk, text: str, arguments: dict[str, int]
) -> None:
    studied.study = StudyNow("photo-starry")
    studied.answers["steer_study"] |= {"running": False, "rendering": None, "left": 10, "recommended": 7}
    _, calls = studied.say(text)

    assert names(calls) == ["steer_study", "start_study"]
    assert {name: value for name, value in calls[0][1].items() if name != "why"} == arguments


@pytest.mark.parametrize("text", ["go on", "계속해"])
def test_a_search_that_another_program_runs_is_left_to_it(studied: Talk, text: str) -> None:
    studied.study = StudyNow("photo-starry", running=True, elsewhere=True)
    studied.answers["study_status"] |= {"running": True, "elsewhere": True}
    said, calls = studied.say(text)

    assert names(calls) == ["study_status"]
    assert said == say("ko" if text == "계속해" else "en", "running:elsewhere", done=12, total=32)


def test_steering_during_the_final_render_says_what_will_really_happen(studied: Talk) -> None:
    rendering = {"running": True, "rendering": 7, "left": 0, "recommended": 3, "pending": False}
    studied.answers["steer_study"] |= rendering
    said, calls = studied.say("more like the photo")
    assert names(calls) == ["steer_study"]
    assert "From the next trial on" not in said and "nothing new is painted" in said
    assert "trial 3; it is rendered next" in said

    studied.answers["steer_study"] |= {"left": 10}
    said, calls = studied.say("10 more trials")
    assert names(calls) == ["steer_study"] and "10 trials follow it" in said


def test_another_recommended_trial_is_rendered_where_nothing_runs(studied: Talk) -> None:
    studied.study = StudyNow("photo-starry")
    studied.say("compare 3 and 7")
    studied.answers["ask_preference"] |= {"running": False, "pending": True}
    said, calls = studied.say("I like 7 better")
    assert names(calls) == ["ask_preference", "render_best"] and "best.png" in said

    studied.answers["render_best"] = {"error": "out of memory", "hint": ""}
    said, _ = studied.say("I like 7 better")
    assert say("en", "pending") in said


def test_a_trial_over_a_limit_is_shown_as_such(studied: Talk) -> None:
    studied.answers["compare_trials"] = {"trials": [FRONT[0] | {"over": {"leakage": 0.1}}], "differences": {}}
    assert "over its limit of objects of the style picture that show" in studied.say("show 3")[0]


@pytest.mark.parametrize(
    ("words", "minutes", "trials", "method"),
    [("no, make it 3 min", 3, None, None), ("아니 20번만", None, 20, None), ("no, use adain", None, None, "adain")],
)
def test_words_at_the_question_whether_a_plan_may_run_are_about_the_plan_not_about_an_earlier_study(
    words: str, minutes: float | None, trials: int | None, method: str | None, tmp_path: Path
) -> None:
    for name in ("photo.jpg", "starry.png"):
        (tmp_path / name).touch()

    def called(tool: str, ok: bool, **data: Any) -> list[Message]:
        return [
            AssistantMessage("", (ToolCall(tool, tool, "{}"),)),
            ToolMessage(tool, tool, ok, "", restore_output(tool, data, ok)),
        ]

    history = [
        UserMessage("make photo.jpg look like starry.png"),
        *called("plan_study", True, **{**ANSWERS["plan_study"], "study": "new"}),
        *called("start_study", False, error=SAID_NO),
        UserMessage(words),
    ]
    now = dialogue_state.read(history, NAMES, tmp_path, StudyNow("old", running=False))
    assert now.said.acts[0].intent == "stylize" and now.request.styles
    assert (now.request.minutes, now.request.trials, now.request.method) == (minutes, trials, method)


@pytest.mark.parametrize(
    ("text", "taken", "then"),
    [
        ("i want my cat picture to look like its painted", "the only picture here", "the stained glass one"),
        ("내 사진을 그림처럼 만들고 싶어", "하나뿐", "스테인드글라스처럼"),
    ],
)
def test_the_only_picture_here_is_taken_and_styles_are_at_hand(talk: Talk, text: str, taken: str, then: str) -> None:
    for name in ("other.jpg", "starry.png", "wave.png"):
        (talk.where / name).unlink()
    said, calls = talk.say(text)
    assert calls == [("list_styles", {"content": "photo.jpg"})]
    assert "photo.jpg" in said and taken in said and ("stained glass" in said or "스테인드글라스" in said)

    said, calls = talk.say(then)
    assert calls[0] == ("look_at_images", {"content": ["photo.jpg"], "styles": [str(named_styles.FOLDER / GLASS)]})
    assert names(calls)[-1] == "start_study" and taken not in said


def test_the_only_picture_beside_a_named_style_is_taken_and_of_several_none(talk: Talk) -> None:
    assert talk.say("make it look like starry.png")[1] == []
    talk.history.clear()
    for name in ("other.jpg", "wave.png"):
        (talk.where / name).unlink()
    said, calls = talk.say("make it look like starry.png")
    assert re.search("Taking .*photo.jpg.*, the only other picture here", said)
    assert calls[0] == ("look_at_images", {"content": ["photo.jpg"], "styles": ["starry.png"]})
