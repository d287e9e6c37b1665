"""What slash commands tell of a tool's answer, in the person's language."""

from __future__ import annotations

import re

import pytest

from autostyle.agent.brains.rules.study import compared_lines, preferred_line, rendered_line
from autostyle.agent.brains.rules.wording import reason
from autostyle.agent.outputs import Compared, Preferred, Rendered, restore_output
from autostyle.agent.understanding.model import Language
from autostyle.plan import Choice
from tests.agent.brains.conftest import ANSWERS

PREFERRED = {"study": "s", "pair": [3, 7], "prefer": 0.6, "next": None, "recommended": 7, "pending": False}


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_answers_of_tools_in_a_line_each(language: str) -> None:
    compared = restore_output("compare_trials", ANSWERS["compare_trials"])
    liked = restore_output("ask_preference", PREFERRED | {"running": False, "rendering": None, "left": 0})
    rendered = restore_output("render_best", ANSWERS["render_best"])
    assert isinstance(compared, Compared) and isinstance(liked, Preferred) and isinstance(rendered, Rendered)
    told = [*compared_lines(language, compared), preferred_line(language, liked, 7), rendered_line(language, rendered)]
    assert len(told) == 5 and all("7" in line for line in told[1:])
    korean = [bool(re.search("[가-힣]", line)) for line in told]
    assert korean == [language == "ko"] * 5, told


@pytest.mark.parametrize(
    ("language", "net", "said"),
    [("en", "Fast net for clips", "has not learnt"), ("ko", "영상 패스트넷", "배우지 않았어요")],
)
def test_a_net_that_has_not_learnt_the_style_is_not_said_to_be_missing(language: Language, net: str, said: str) -> None:
    lines = reason(language, Choice(method="flow_microast", row="video"))
    (told,) = (line for line in lines if net in line)
    assert said in told and "AnimateDiff" not in told


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_method_for_other_files_of_the_medium_is_not_said_to_be_lacking(language: Language) -> None:
    assert len(reason(language, Choice(method="nerf_style", row="scene"))) == 1
