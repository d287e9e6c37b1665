"""A model that says it is done and used no tool is not believed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from autostyle.agent.brain import BrainRequest
from autostyle.agent.brains.language.claims import Verdicts, correct_claims, unfounded
from autostyle.agent.events import Noted
from autostyle.agent.messages import AssistantMessage, Notice, ToolMessage, UserMessage
from tests.agent.fakes import agent, heard, tool
from tests.agent.server import ModelServer, Says
from tests.agent.talking import brain

TOOLS = (tool("look"), tool("start", "compute"))
ASKED = UserMessage("make photo.png look like paint.png")
CLAIMS = """
Done! Saved as x.png
Done!
I've applied the style of paint.png to photo.png.
The stylized image has been saved to output.png.
Your picture is ready: result.jpg
I have started the search.
The style transfer is complete. You can find it at /home/me/out.png.
Here is your image: stylized_photo.png
![result](stylized.png) is the result.
Successfully saved!
완료했습니다! x.png로 저장했어요.
변환했습니다.
사진을 바꿨어요.
스타일을 적용했습니다.
저장되었습니다: result.png
"""
PLAIN = """
Which picture should it be?
I can save it as x.png.
Shall I start the search?
Nothing has been saved.
photo.png is a photograph of a dog, paint.png shows bold stripes.
I will start the search once you say so.
I've made a plan: 32 trials of gatys.
I have not started anything.
You can find studies with list_studies.
Cannot yet: voices. For pictures gatys runs here.
계획을 세웠어요. 시작할까요?
아직 저장하지 않았어요.
photo.png를 보여 주세요.
다 되면 저장해 드릴게요.
"""


@pytest.mark.parametrize("said", CLAIMS.strip().splitlines())
def test_a_claim_without_a_tool_is_unfounded(said: str) -> None:
    assert unfounded(said, BrainRequest((ASKED,), TOOLS))


@pytest.mark.parametrize("said", PLAIN.strip().splitlines())
def test_plans_questions_and_denials_claim_nothing(said: str) -> None:
    assert not unfounded(said, BrainRequest((ASKED,), TOOLS))


def test_what_a_tool_did_or_the_disk_holds_may_be_said(tmp_path: Path) -> None:
    started = ToolMessage("a", "start", True, "started; the report will be at studies/s/report.html")
    for known in (started, Notice("ended", "studies/s/report.html is written")):
        before = BrainRequest((ASKED, known), TOOLS)
        assert not unfounded("Done! The report was saved to studies/s/report.html.", before)
        assert unfounded("Done! It was also saved as other.png.", before)
    (tmp_path / "x.png").touch()
    assert not unfounded(f"The result is at {tmp_path / 'x.png'}", BrainRequest((ASKED,), TOOLS))
    refused = ToolMessage("a", "start", False, "error: no")
    assert unfounded("I have started the search.", BrainRequest((ASKED, refused), TOOLS))


def test_the_person_is_told_and_the_model_too(server: ModelServer) -> None:
    server.script(Says(["Done! Saved as x.png"]))
    conversation = agent(brain(server.url), TOOLS)
    notes = [event.text for event in heard(conversation) if isinstance(event, Noted)]
    assert notes == ["nothing was done or saved, whatever it says: openai/local used no tool"]
    heard(conversation, "really?")
    messages = server.received[-1].body["messages"]
    assert [message["role"] for message in messages] == ["system", "user", "assistant", "user", "user"]
    assert "nothing was done" in messages[3]["content"]


def test_a_file_that_is_there_later_makes_no_earlier_claim_true(tmp_path: Path) -> None:
    verdicts, request = Verdicts(), BrainRequest((ASKED,), TOOLS)
    claim = f"Saved as {tmp_path}/later.png"
    assert verdicts.unfounded(claim, request)
    (tmp_path / "later.png").touch()
    history = replace(request, messages=(ASKED, AssistantMessage(claim, ()), UserMessage("thanks")))
    assert [wrong for _, wrong in correct_claims(history, verdicts)] == [False, True, False]
