"""Text that others wrote and that nests without end: whoever reads it says so in one line, or does without it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save_file

from autostyle import config, decision, json_text
from autostyle.agent import grants, last_report, limits, saved_conversations
from autostyle.agent.brains.language import arguments, dialects, repair, wire
from autostyle.agent.conversation_file import ConversationFile
from autostyle.diffusion import headers, lora_layout
from autostyle.errors import BadInput
from autostyle.jobs import applied
from autostyle.keywords import tags
from autostyle.report import recipe
from autostyle.train import checkpoint
from autostyle.tui import settings
from autostyle.tuning import inputs
from autostyle.use_cases import plans


@pytest.mark.parametrize("deep", [json_text.DEEPEST + 1, 900, 100_000])
@pytest.mark.parametrize(("opened", "closed"), ["[]", ('{"a":', "}")])
def test_nesting_has_an_end(deep: int, opened: str, closed: str) -> None:
    with pytest.raises(json_text.TooDeep):
        json_text.loads(opened * deep + "1" + closed * deep)
    with pytest.raises(json_text.TooDeep):
        json_text.raw_decode("x" + opened * deep + "1" + closed * deep, 1)
    fine = opened * json_text.DEEPEST + "1" + closed * json_text.DEEPEST
    assert json_text.loads(fine) == json.loads(fine)


def test_brackets_in_words_are_no_nesting_and_what_is_no_json_is_told_at_once() -> None:
    said = ["[" * 500, '\\"{' * 500, "é" + "[{" * 500]
    assert json_text.loads(json.dumps(said)) == said
    assert json_text.loads(json.dumps(said).encode("utf-16")) == said
    assert json_text.raw_decode(json.dumps(said) + "[" * 500)[0] == said
    assert json_text.loads("[" + "[]," * 500 + "{}]")[-1] == {}
    for broken in ('"' + '\\"[' * 100_000, '["', "]" * 500 + "[" * 500, ""):
        with pytest.raises(ValueError):
            json_text.loads(broken)


def in_weights(file: Path, said: str) -> Path:
    """A file of weights that says ``said`` in its metadata."""
    names = ("identity", "record", "lora_adapter_metadata")
    save_file({"x": np.zeros(1, np.float32)}, file, dict.fromkeys(names, said))
    return file


REFUSED: dict[str, tuple[str, str, Callable[[Path], Any]]] = {
    "recipe": ("a.json", "{}", recipe.load),
    "parameters of a recipe": ("a.json", '{{"method": "gatys", "params": {}}}', recipe.load),
    "plan": ("a.yaml", "{}", plans.from_file),
    "field of a plan": ("a.yaml", "study: {}", plans.from_file),
    "settings of one's own": ("config/config.toml", "x = {}", lambda file: config.load({})),
    "settings here": ("autostyle.toml", "home = {}", lambda file: config.load({})),
    "settings to change": ("config/config.toml", "x = {}", lambda file: settings.keep("app", "theme", "y")),
    "decision table": ("config/prompts/decision_table.yaml", "{}", lambda file: decision.load()),
    "field of a decision table": ("config/prompts/decision_table.yaml", "rows: {}", lambda file: decision.load()),
    "style words": ("config/prompts/style_words.yaml", "{}", lambda file: tags.load()),
    "checkpoint": ("a.txt", "{}", lambda file: checkpoint.head(in_weights(file.with_suffix(""), file.read_text()))),
}
"""What -> its file, what stands around the nesting, and its reader."""
GONE: dict[str, tuple[str, str, Callable[[Path], Any]]] = {
    "conversation": (
        "a.jsonl",
        '{{"kind": "user", "text": {}}}\n',
        lambda file: list(saved_conversations.read(file).messages),
    ),
    "desk": ("a.jsonl", '{{"kind": "desk", "study": {}}}\n', lambda file: saved_conversations.read(file).workspace),
    "approvals": ("config/approvals.json", '{{"always": [{}]}}', lambda file: grants.always()),
    "what apply made": (applied.NAME, "{}\n", lambda file: applied.read_note(file.with_name("a.png"))),
    "pictures of a study": ("inputs/index.json", "{}", lambda file: inputs.sources(file.parents[1])),
    "settings of an adapter": ("a.json", "{}", headers.config),
    "metadata of a LoRA": (
        "a.txt",
        "{}",
        lambda file: lora_layout._settings(
            headers.read(in_weights(file.with_suffix(".safetensors"), file.read_text()))
        ),
    ),
}


def nested(folder: Path, name: str, around: str, deep: int) -> Path:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(around.format("[" * deep + "1" + "]" * deep))
    return folder / name


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the person's config folder in it."""
    monkeypatch.setenv("AUTOSTYLE_CONFIG", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("what", REFUSED)
def test_what_nests_without_end_is_refused_in_one_line(what: str, here: Path) -> None:
    name, around, read = REFUSED[what]
    deep = 500 if name.endswith(".yaml") else 100_000  # more of YAML is refused as well, in two seconds
    with pytest.raises(BadInput) as caught:
        read(nested(here, name, around, deep))
    assert "\n" not in caught.value.message and len(caught.value.message) < 400


@pytest.mark.parametrize("deep", [900, 100_000])
@pytest.mark.parametrize("what", GONE)
def test_what_can_be_done_without_is(what: str, deep: int, here: Path) -> None:
    name, around, read = GONE[what]
    assert not read(nested(here, name, around, deep))


@pytest.mark.parametrize("deep", [900, 100_000])
def test_a_models_words_nest_as_they_like(deep: int, tmp_path: Path) -> None:
    text = '{"a":' * deep + "1" + "}" * deep
    assert arguments._decoded(text) == text
    assert wire._object(text) == "{}" and limits._plain(text) == text
    assert dialects.calls(text, ["a"]) is None and dialects.calls(f"<tool_call>{text}</tool_call>", ["a"]) is None
    with pytest.raises(repair.NoAnswer):
        list(repair._read(text, repair.Chunks()))
    (tmp_path / "report.json").write_text(text)
    assert last_report.read(tmp_path) is None


def test_settings_that_come_with_a_folder_are_short(here: Path) -> None:
    (here / "autostyle.toml").write_text(".".join(["a"] * 100_000) + " = 1")  # 40 s and 6 GB
    with pytest.raises(BadInput, match="larger than"):
        config.load({})


PIPES: dict[str, tuple[str, Callable[[Path], Any]]] = {
    "conversation": ("sessions/a.jsonl", saved_conversations.read),
    "conversation to go on with": ("sessions/a.jsonl", lambda file: ConversationFile.resume("a", file.parent)),
    "approvals": ("config/approvals.json", lambda file: not grants.always() and refused()),
    "settings of one's own": ("config/config.toml", lambda file: config.load({})),
    "settings here": ("autostyle.toml", lambda file: config.load({})),
    "settings to change": ("config/config.toml", lambda file: settings.keep("app", "theme", "y")),
    "decision table": ("config/prompts/decision_table.yaml", lambda file: decision.load()),
    "settings of an adapter": ("adapter_config.json", lambda file: not headers.config(file) and refused()),
    "recipe": ("recipe.json", recipe.load),
    "plan": ("plan.yaml", plans.from_file),
}


def refused() -> None:
    """What can be done without is: as good as an error."""
    raise BadInput("nothing is read", "")


@pytest.mark.timeout(20)
@pytest.mark.parametrize("what", PIPES)
def test_a_pipe_in_the_place_of_a_text_is_not_waited_for(what: str, here: Path) -> None:
    name, read = PIPES[what]
    (here / name).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(here / name)
    with pytest.raises(BadInput):
        read(here / name)
