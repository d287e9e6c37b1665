"""A workspace with two pictures that the person named, and searches on the fake runtime."""

from __future__ import annotations

import asyncio
import functools
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autostyle.agent.allowed_files import hear
from autostyle.agent.tool import ToolResult
from autostyle.agent.tools.registry import TOOLS
from autostyle.agent.workspace import Workspace
from autostyle.brief import Budget
from autostyle.codecs.image import save_image
from autostyle.config import Config
from autostyle.jobs import requests
from autostyle.plan import Plan
from tests.cli.running import FAKE_RUNTIME
from tests.searched import search, small_plan

Call = Callable[..., ToolResult]


def draw(folder: Path) -> None:
    noise = np.random.default_rng(0).random((48, 64, 3), np.float32)
    for name, pixels in (("photo", noise), ("paint", 1 - noise), ("secret", noise)):
        save_image(folder / f"{name}.png", pixels)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The person asked for photo.png like paint.png, in the folder where both are."""
    monkeypatch.chdir(tmp_path)
    draw(tmp_path)
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
def call(workspace: Workspace) -> Call:
    """Call a tool on the workspace."""
    return lambda name, **arguments: asyncio.run(use(workspace, name, **arguments))


@pytest.fixture
def fake_search(fake_runtime: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Searches that the tools start compute with the fake runtime."""
    monkeypatch.setattr(requests, "SearchRequest", functools.partial(requests.SearchRequest, runtime=FAKE_RUNTIME))
    return fake_runtime


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Plan]:
    """A home with a finished study called s, of four trials of adain on the fake runtime, and its plan."""
    folder = tmp_path_factory.mktemp("finished")
    draw(folder)
    plan = small_plan(folder, budget=Budget(trials=4))
    search(plan, folder / "studies")
    return folder / "studies", plan


@pytest.fixture
def studied(workspace: Workspace, fake_search: Callable[..., None], finished: tuple[Path, Plan]) -> Workspace:
    """The workspace after that study."""
    home, plan = finished
    shutil.copytree(home, "studies")
    here = {"content": Path("photo.png").absolute(), "styles": (Path("paint.png").absolute(),)}
    workspace.plan, workspace.study, workspace.choice = plan.model_copy(update=here), plan.study, plan.choice
    return workspace
