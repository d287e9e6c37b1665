"""A desk with two pictures that the person named, and searches on the fake runtime."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autostyle.agent.named import hear
from autostyle.agent.tools.contract import ToolResult
from autostyle.agent.tools.registry import TOOLS
from autostyle.agent.workspace import Workspace
from autostyle.config import Config
from autostyle.jobs import requests
from autostyle.media.image import save_image

Call = Callable[..., ToolResult]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The person asked for photo.png like paint.png, in the folder where both are."""
    monkeypatch.chdir(tmp_path)
    noise = np.random.default_rng(0).random((48, 64, 3), np.float32)
    save_image(tmp_path / "photo.png", noise)
    save_image(tmp_path / "paint.png", 1 - noise)
    save_image(tmp_path / "secret.png", noise)
    workspace = Workspace(Config(offline=True, device="cpu"))
    hear(workspace, "make photo.png look like paint.png")
    return workspace


async def use(
    workspace: Workspace, name: str, say: Callable[[str], None] = lambda text: None, **arguments: Any
) -> ToolResult:
    """Call a tool as the loop does, past the approval."""
    tool = next(tool for tool in TOOLS if tool.name == name)
    return await tool.run(workspace, tool.arguments.model_validate(arguments), say)


@pytest.fixture
def call(desk: Workspace) -> Call:
    """Call a tool on the desk."""
    return lambda name, **arguments: asyncio.run(use(desk, name, **arguments))


@pytest.fixture
def fake_search(fake_runtime: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Searches that the tools start compute with the fake runtime."""
    monkeypatch.setattr(requests, "Search", functools.partial(requests.Search, runtime="fake_runtime:make"))
    return fake_runtime
