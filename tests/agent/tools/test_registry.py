"""What a brain is told about the tools, and what it may not do with them."""

from __future__ import annotations

import json

import pytest

from autostyle.agent.tool import Tool
from autostyle.agent.tools.registry import TOOLS
from autostyle.errors import BadInput

NAMES = {
    *("look_at_images", "choose_method", "plan_study", "start_study", "study_status", "steer_study"),
    *("compare_trials", "ask_preference", "apply_best", "save_best", "export_report", "list_studies", "train_lora"),
    *("render_best", "list_styles", "manage_queue", "show_picture", "find_region", "train_fast"),
    "plan_training",
}


def test_the_tools_of_a_conversation_are_there() -> None:
    assert {tool.name for tool in TOOLS} == NAMES


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_every_argument_is_explained_and_what_is_unknown_is_refused(tool: Tool) -> None:  # type: ignore[type-arg]
    properties = tool.schema()["properties"]
    assert tool.description and all(entry.get("description") for entry in properties.values())
    assert len(json.dumps(tool.schema())) < 6000  # a small model reads them all with every request
    with pytest.raises(BadInput, match="nonsense"):
        tool.parse('{"nonsense": 1}')


def test_what_costs_is_marked() -> None:
    costs = {tool.name: tool.cost for tool in TOOLS if tool.cost != "free"}
    assert costs == {
        "start_study": "compute",
        "render_best": "compute",
        "steer_study": "compute",
        "apply_best": "writes",
        "save_best": "writes",
        "export_report": "writes",
        "train_lora": "compute",
        "train_fast": "compute",
    }
