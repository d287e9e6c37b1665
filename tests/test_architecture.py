"""docs/architecture.md against the house: its floors are those of the contracts, and what it names is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")


def test_the_floors_are_those_of_the_contracts() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["name"].startswith("Floors"))
    held = [set(re.findall(r"\w+", layer)) - {"__main__"} for layer in layers]

    block = _section("Floors").split("```")[1].removeprefix("text\n")
    drawn = [re.findall(r"\w+", re.split(r" {2,}", line[18:])[0]) for line in block.splitlines()]

    order = {room: floor for floor, rooms in enumerate(held) for room in rooms} | {"testing": 1}  # drawn with the ends
    assert sorted(room for rooms in drawn for room in rooms) == sorted(order)
    assert [order[room] for rooms in drawn for room in sorted(rooms, key=order.__getitem__)] == sorted(order.values())


def test_what_the_page_names_is_there() -> None:
    named = {*re.findall(r"(?:autostyle/|prompts/|docs/|tests/)[\w/.]+\w|\b\w+(?:/\w+)*\.(?:py|yaml)\b", PAGE)}
    named -= {"plan.yaml", "spec.py", "run.py", "medium.py", "registry.py", "sampler.py"}
    gone = [name for name in named if "NAME" not in name and not any((r / name).exists() for r in ROOTS)]
    assert len(named) >= 40 and gone == []


ROOTS = (ROOT, ROOT / "autostyle")


def _section(title: str) -> str:
    return PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]
