"""A study from its start to other pictures in its look, through the tools, on the fake runtime."""

from __future__ import annotations

import asyncio
import functools
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from autostyle.agent import records
from autostyle.agent.allowed_files import hear
from autostyle.agent.messages import Notice
from autostyle.agent.tool import ToolResult
from autostyle.agent.tools import show_picture
from autostyle.agent.tools.registry import TOOLS
from autostyle.agent.workspace import Workspace
from autostyle.codecs.image import load_image
from autostyle.errors import BadInput
from autostyle.jobs import requests, warm
from autostyle.report import recipe as recipes
from autostyle.tuning import events
from tests.agent.tools.conftest import Call, use
from tests.cli.running import FAKE_RUNTIME

pytestmark = pytest.mark.slow
TWO = {"content": ["photo.png"], "styles": ["paint.png"]}


async def planned(workspace: Workspace, trials: int = 4) -> None:
    await use(workspace, "choose_method", method="adain")
    await use(workspace, "plan_study", **TWO, trials=trials, size=64, study="s")


def notices(workspace: Workspace) -> asyncio.Queue[Notice]:
    """What a brain would hear from now on."""
    heard: asyncio.Queue[Notice] = asyncio.Queue()
    workspace.on_notice.append(heard.put_nowait)
    return heard


def test_a_study_is_started_and_followed_to_its_end(workspace: Workspace, fake_search: Callable[..., None]) -> None:
    seen: list[events.StudyEvent] = []
    workspace.on_study.append(seen.append)

    async def conversation() -> tuple[ToolResult, Notice]:
        heard = notices(workspace)
        await planned(workspace)
        return await use(workspace, "start_study"), await heard.get()

    started, ended = asyncio.run(conversation())
    assert started.data == {"study": "s", "folder": "studies/s", "total": 4, "done": 0}
    kinds = [event.kind for event in seen]
    assert kinds[0] == "opened" and kinds[-1] == "ended" and kinds.count("finished") == 4
    assert workspace.pace["image"]["adain"][0] > 0
    assert ended.kind == "ended"
    assert ended.data["best"]["number"] in [entry["number"] for entry in ended.data["front"]]
    assert f"trial {ended.data['best']['number']}" in ended.text and ended.data["report"] in ended.text
    assert [picture.path.name for picture in ended.pictures] == ["best.png"]


def test_what_a_study_found_is_told_shown_and_written(call: Call, studied: Workspace) -> None:
    status = call("study_status").data
    assert Path(status["picture"]).is_file()
    assert (status["running"], status["done"], status["total"]) == (False, 4, 4)
    assert status["best"]["number"] in [trial["number"] for trial in status["front"]]
    assert Path(status["report"]).is_file() and status["failures"] == []

    compared = call("compare_trials", numbers=[0, 1])
    assert [trial["number"] for trial in compared.data["trials"]] == [0, 1]
    assert compared.data["differences"]["detail"] == {"0": 0.3, "1": 0.1}
    assert len(compared.pictures) == 2 and all(map(Path.is_file, compared.pictures))
    with pytest.raises(BadInput, match="no trial 99"):
        call("compare_trials", numbers=[99])

    hear(studied, "the report goes to out/")
    assert "report.html" in call("export_report", out="out/").data["files"] and Path("out/report.html").is_file()
    with pytest.raises(BadInput, match="has not named"):
        call("export_report", out="elsewhere")
    assert [study["name"] for study in call("list_studies").data["studies"]] == ["s"]


def test_a_running_study_is_steered_stopped_and_not_started_twice(
    workspace: Workspace, fake_search: Callable[..., None]
) -> None:
    fake_search(seconds=0.4, steps=5)

    async def conversation() -> tuple[ToolResult, ToolResult, Notice]:
        heard = notices(workspace)
        first = asyncio.Event()
        workspace.on_study.append(lambda event: first.set() if isinstance(event, events.TrialFinished) else None)
        await planned(workspace, trials=500)
        await use(workspace, "start_study")
        with pytest.raises(BadInput, match="is being searched"):
            await use(workspace, "start_study")
        await first.wait()
        steered = await use(workspace, "steer_study", direction={"style": -1, "color": -1}, why="they want less")
        undone = await use(workspace, "steer_study", undo=True, why="they changed their mind")
        await use(workspace, "steer_study", stop=True, why="enough")
        with pytest.raises(BadInput, match="no search is running"):
            await use(workspace, "steer_study", stop=True, why="enough")
        return steered, undone, await heard.get()

    steered, undone, ended = asyncio.run(conversation())
    assert "methods.adain.fixed.color_mode: nothing -> luminance" in steered.data["what"]
    assert any(line.startswith("methods.adain.bounds.alpha") for line in steered.data["what"])
    assert "methods.adain.fixed.color_mode: luminance -> nothing" in undone.data["what"]
    assert ended.kind == "ended" and 1 <= ended.data["trials"]["complete"] < 500


def test_a_study_at_rest_is_steered_and_goes_on(studied: Workspace) -> None:
    async def conversation() -> tuple[ToolResult, Notice]:
        heard = notices(studied)
        steered = await use(studied, "steer_study", add_trials=2, prefer=1.0, method="gatys", why="bolder")
        await use(studied, "start_study")
        return steered, await heard.get()

    steered, ended = asyncio.run(conversation())
    assert "budget.trials: 4 -> 6" in steered.data["what"] and "prefer: 0.5 -> 1.0" in steered.data["what"]
    assert ended.data["trials"]["total"] == 6
    assert max(entry["scores"]["style"] for entry in ended.data["front"]) == ended.data["best"]["scores"]["style"]


def test_what_is_asked_of_the_result_is_taken_from_what_is_painted(call: Call, studied: Workspace) -> None:
    """No trial is run, and the process that answers is kept for the next question."""
    trials = {trial["number"]: trial for trial in call("study_status").data["front"]}
    boldest = max(trials, key=lambda number: trials[number]["scores"]["style"])
    least = trials[boldest]["scores"]["style"]
    bold = call("steer_study", within={"style": [least, None]}, why="bolder").data
    assert (bold["recommended"], bold["picked"]["number"], bold["fits"], bold["left"]) == (boldest, boldest, True, 0)
    assert Path(bold["picked"]["image"]).is_file()
    kept = warm._spare
    back = call("steer_study", undo=True, why="no").data
    assert back["moved"] == bold["moved"] and back["plan"]["within"] == {}
    assert kept is not None and warm._spare is not None and warm._spare.process is kept.process
    none = call("steer_study", within={"content": [1.5, None]}, why="all of it").data
    plainest = max(trials, key=lambda number: trials[number]["scores"]["content"])
    assert (none["recommended"], none["fits"]) == (plainest, False)
    bounded = call("steer_study", within={"alpha": [0.2, 0.6]}, release=["content"], why="there").data
    assert bounded["plan"]["methods"][0]["bounds"] == {"alpha": [0.2, 0.6]}
    assert bounded["plan"]["within"] == {"alpha": [0.2, 0.6]} and call("study_status").data["done"] == 4


def test_a_plan_for_another_study_is_left_alone_when_the_running_one_is_steered(
    workspace: Workspace, fake_search: Callable[..., None]
) -> None:
    fake_search(seconds=0.3, steps=3)

    async def conversation() -> ToolResult:
        await planned(workspace, trials=500)
        await use(workspace, "start_study")
        await use(workspace, "plan_study", **TWO, trials=7, size=64, study="other")
        steered = await use(workspace, "steer_study", prefer=1.0, why="bolder")
        await use(workspace, "steer_study", stop=True, why="enough")
        return steered

    steered = asyncio.run(conversation())
    assert steered.data["study"] == "s" and steered.data["what"] == ["prefer: 0.5 -> 1.0"]
    assert workspace.plan is not None and (workspace.plan.study, workspace.plan.budget.trials) == ("other", 7)


def test_what_was_found_is_put_on_other_pictures(call: Call, studied: Workspace) -> None:
    """The search was faked; what the recipe paints is not."""
    hear(studied, "the same for other.png and broken.png, into styled")
    Path("other.png").write_bytes(Path("photo.png").read_bytes())
    Path("broken.png").write_bytes(b"no picture")
    with pytest.raises(BadInput, match="has not named"):
        call("apply_best", inputs=["secret.png"])
    with pytest.raises(BadInput, match="no trial 99"):
        call("apply_best", inputs=["other.png"], trial=99)
    applied = call("apply_best", inputs=["other.png", "broken.png"], out="styled")
    assert [path.name for path in applied.pictures] == ["other.png"] and Path("styled/other.png").is_file()
    assert [Path(failure["input"]).name for failure in applied.data["failed"]] == ["broken.png"]
    Path("trip").mkdir()
    Path("trip/other.png").write_bytes(Path("photo.png").read_bytes())
    Path("trip/walk.mp4").touch()
    hear(studied, "and trip/")
    again = call("apply_best", inputs=["trip"], out="styled")
    assert [made["kept"] for made in again.data["images"]] == [True] and again.data["kept"] == 1
    assert "1 of them were there from an earlier run" in again.text
    assert "walk.mp4 is passed over" in again.text and len(again.data["notes"]) == 1


def test_the_result_is_saved_where_the_person_said(call: Call, studied: Workspace) -> None:
    Path("Desktop").mkdir()
    hear(studied, "save it to Desktop/ as a jpeg, and as my art.webp")
    with pytest.raises(BadInput, match="has not named"):
        call("save_best", out="elsewhere/x.png")
    tool = next(tool for tool in TOOLS if tool.name == "save_best")
    (asked,) = tool.details(studied, tool.arguments.model_validate({"out": "Desktop", "format": "jpg"}))
    saved = call("save_best", out="Desktop", format="jpg")
    assert asked.text == saved.data["image"], "what was allowed is what is written"
    assert [path.name for path in saved.pictures] == ["photo-paint.jpg"]
    assert Image.open("Desktop/photo-paint.jpg").format == "JPEG"
    Path("my art.webp").write_bytes(b"mine")
    again = tool.arguments.model_validate({"out": "my art.webp"})
    assert tool.overwrites(studied, again) and not tool.overwrites(studied, tool.arguments())
    assert [(detail.kind, Path(detail.text).name) for detail in tool.details(studied, again)] == [
        ("writes", "my art.webp"),
        ("replaces", "my art.webp"),
    ]
    front = studied.config.home / "s" / "front" / "0003-adain.png"
    assert call("save_best", out="my art.webp", trial=3).data | {"image": ""} == {
        "image": "", "companions": [], "number": 3, "pending": False, "size": [64, 48],
        "told": "", "painted": False
    }  # fmt: skip
    found, kept = (np.asarray(Image.open(file).convert("RGB"), float) for file in ("my art.webp", front))
    assert np.abs(found - kept).mean() < 20, "what was there is replaced by the trial that was named"


def test_a_picture_fills_the_screen_or_is_opened_in_the_viewer(
    call: Call, studied: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    best = call("show_picture")
    assert best.data["shown"] == "path" and best.pictures == (studied.config.home / "s" / "best.png",)
    looked: list[Path] = []
    studied.look = lambda path: not looked.append(path)  # type: ignore[func-returns-value]
    assert call("show_picture", trial=3).data["shown"] == "screen" and looked == [
        Path("studies/s/front/0003-adain.png")
    ]
    assert studied.viewed == 3, "that one is meant from here on"
    monkeypatch.setattr(show_picture, "open_file", looked.append)
    assert call("show_picture", viewer=True).data["shown"] == "viewer" and looked[1:] == [Path("studies/s/best.png")]
    with pytest.raises(BadInput, match="no trial 9"):
        call("show_picture", trial=9)


def test_more_minutes_count_from_now_and_bring_trials_to_fill_them(call: Call, studied: Workspace) -> None:
    steered = call("steer_study", add_minutes=0.5, why="a little longer")
    assert any(line.startswith("budget.minutes: nothing -> 0.") for line in steered.data["what"])
    assert steered.data["plan"]["budget"]["trials"] > 4


def test_another_method_gets_trials_where_none_are_left(call: Call, studied: Workspace) -> None:
    steered = call("steer_study", method="gatys", why="they named it")
    assert "budget.trials: 4 -> 8" in steered.data["what"] and "choice.method: adain -> gatys" in steered.data["what"]


def test_answers_move_the_recommended_trial_and_are_kept(call: Call, studied: Workspace) -> None:
    asked = call("ask_preference")
    assert len(asked.pictures) == 2 and all(map(Path.is_file, asked.pictures))
    pair = asked.data["pair"]
    trials = call("compare_trials", numbers=pair).data["trials"]
    bolder = max(trials, key=lambda trial: trial["scores"]["style"])["number"]
    answered = call("ask_preference", pair=pair, better=bolder)
    assert answered.data["recommended"] == bolder == call("study_status").data["best"]["number"]
    with pytest.raises(BadInput, match="none of the pair"):
        call("ask_preference", pair=pair, better=99)


def test_neither_is_no_preference_is_kept_and_can_be_taken_back(call: Call, studied: Workspace) -> None:
    before = call("study_status").data["best"]["number"]
    pair = call("ask_preference").data["pair"]
    skipped = call("ask_preference", pair=pair, neither=True).data
    assert skipped["neither"] and skipped["recommended"] == before and skipped["prefer"] == 0.5
    assert skipped["next"] is None or not set(skipped["next"]) & set(pair)
    with pytest.raises(BadInput, match="no pair left"):
        call("ask_preference")
    back = call("steer_study", undo=True, why="no").data
    assert back["neither"] and sorted(back["answer"]) == sorted(pair)
    assert call("ask_preference").data["pair"] == pair, "it is asked again"


def test_an_answer_is_taken_back_as_a_change_is_also_by_the_next_program(call: Call, studied: Workspace) -> None:
    before = call("study_status").data["best"]["number"]
    asked = call("ask_preference").data["pair"]
    other = next(number for number in asked if number != before)
    call("ask_preference", pair=asked, better=other)
    call("steer_study", direction={"content": 0.5}, why="more of the photo")
    later = Workspace(studied.config)
    records.restore_workspace(later, json.loads(json.dumps(records.encode_workspace(studied))))
    first = asyncio.run(use(later, "steer_study", undo=True, why="no")).data
    assert first["answer"] is None and first["what"]
    second = asyncio.run(use(later, "steer_study", undo=True, why="no")).data
    assert second["answer"] == [other, next(number for number in asked if number != other)]
    assert second["recommended"] == before and second["plan"]["prefer"] == 0.5
    report = json.loads(Path("studies/s/report.json").read_text())
    assert report["best"]["number"] == before and report["answers"] == []
    assert asyncio.run(use(later, "ask_preference")).data["pair"] == asked, "it is asked again"
    with pytest.raises(BadInput, match="no change to take back"):
        asyncio.run(use(later, "steer_study", undo=True, why="no"))


@pytest.mark.thorough
def test_what_is_liked_is_what_every_file_shows_at_once_and_rendered_soon(
    call: Call, studied: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also a trial that another one beats in both scores."""
    monkeypatch.setattr(requests, "RenderRequest", functools.partial(requests.RenderRequest, runtime=FAKE_RUNTIME))
    status = call("study_status").data
    front = {trial["number"] for trial in status["front"]}
    (liked, *_) = sorted(set(range(4)) - front)
    strength = call("compare_trials", numbers=[liked]).data["trials"][0]["params"]["alpha"]
    answered = call("ask_preference", pair=[status["best"]["number"], liked], better=liked)
    assert answered.data["recommended"] == liked and answered.data["pending"]

    def shown(folder: Path) -> tuple[int | None, int | None, int, float, int]:
        picture, carried = load_image(folder / "best.png").pixels, recipes.load(folder / "best.png")
        report = json.loads((folder / "report.json").read_text())
        told = recipes.load(folder / "recipe.json").trial
        return (
            carried.trial,
            told,
            report["best"]["number"],
            round(float(picture[..., 0].mean()), 2),
            max(picture.shape),
        )

    home = Path("studies/s")
    assert shown(home) == (liked, liked, liked, pytest.approx(strength, abs=0.02), 64)
    assert json.loads((home / "report.json").read_text())["final"]["pending"]
    assert "Not rendered yet" in (home / "report.html").read_text()

    rendered = call("render_best").data
    assert (rendered["recommended"], rendered["pending"], rendered["picture"]) == (liked, False, "studies/s/best.png")
    final = json.loads((home / "report.json").read_text())["final"]
    assert (final["trial"], final["pending"], final["params"]["alpha"]) == (liked, False, strength)
    hear(studied, "the report goes to out/")
    call("export_report", out="out/")
    assert shown(Path("out")) == shown(home)
    manifest = {entry["path"] for entry in json.loads(Path("out/manifest.json").read_text())["files"]}
    assert "best.png" in manifest and call("study_status").data["best"]["number"] == liked


def test_a_search_that_fails_is_told_with_its_error(workspace: Workspace, fake_search: Callable[..., None]) -> None:
    fake_search(accidents=[{"do": "error"}])

    async def conversation() -> Notice:
        heard = notices(workspace)
        await planned(workspace, trials=2)
        await use(workspace, "start_study")
        return await heard.get()

    failed = asyncio.run(conversation())
    assert failed.kind == "failed" and "something broke" in failed.text and failed.data["exit_code"] == 1


def test_steering_costs_only_what_it_adds_to_a_running_search(
    workspace: Workspace, fake_search: Callable[..., None]
) -> None:
    fake_search(seconds=0.3, steps=3)
    steer = next(tool for tool in TOOLS if tool.name == "steer_study")
    more = steer.arguments.model_validate({"add_trials": 100, "why": "more"})
    less = steer.arguments.model_validate({"direction": {"style": -1}, "why": "less"})

    async def conversation() -> list[float]:
        await planned(workspace, trials=50)
        at_rest = steer.seconds(workspace, more)
        await use(workspace, "start_study")
        running = [steer.seconds(workspace, more), steer.seconds(workspace, less)]
        await use(workspace, "steer_study", stop=True, why="enough")
        return [at_rest, *running]

    at_rest, adding, leaning = asyncio.run(conversation())
    assert at_rest == leaning == 0 < adding


def test_without_a_study_there_is_nothing_to_look_at(workspace: Workspace) -> None:
    for name, arguments in (("study_status", {}), ("steer_study", {"why": "?"}), ("start_study", {})):
        with pytest.raises(BadInput):
            asyncio.run(use(workspace, name, **arguments))
