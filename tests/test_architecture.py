"""docs/architecture.md against the house: its floors are those of the contracts, what it names is there, and a name
means one thing."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
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


def test_the_modules_that_a_room_lists_are_there() -> None:
    listed = [
        (room.parent, name)
        for room in (ROOT / "autostyle").rglob("__init__.py")
        for name in re.findall(r"\b\w+\.py\b", ast.get_docstring(ast.parse(room.read_text("utf-8"))) or "")
    ]
    assert len(listed) > 50 and [f"{room.name}/{name}" for room, name in listed if not (room / name).exists()] == []


ROOTS = (ROOT, ROOT / "autostyle")

TWICE = {
    "Approve",  # of the agent, written again where the app must not load it before it paints
    "Array",  # of NumPy, of the shape that the module says
    "Data",  # JSON
}
"""Types that several modules name for themselves alike."""
BESIDE = {
    ("agent", "brain"),  # what one is, beside the room of them
    ("agent", "tool"),  # the same
    ("scoring", "scor"),  # scores are what the scorer gives, read where torch must not be
}
"""Folder and stem of modules whose names are nearly equal."""


def test_a_class_or_type_has_a_name_of_its_own() -> None:
    places = defaultdict(list)
    for path in sorted((ROOT / "autostyle").rglob("*.py")):
        for name in _types(ast.parse(path.read_text("utf-8"))):
            places[name].append(str(path.relative_to(ROOT / "autostyle")))
    twice = {name: at for name, at in places.items() if len(at) > 1}
    assert len(places) > 400 and twice.keys() == TWICE, twice


def test_no_modules_in_one_room_have_nearly_equal_names() -> None:
    alike = defaultdict(set)
    for path in (ROOT / "autostyle").rglob("*.py"):
        module = path.parent if path.stem == "__init__" else path.with_suffix("")
        stem = re.sub(r"(ings?|ers?|ed|es|s|e)$", "", module.name)
        alike[module.parent.name, stem].add(module.name)
    near = {at: names for at, names in alike.items() if len(names) > 1}
    assert len(alike) > 300 and near.keys() == BESIDE, near


def _types(module: ast.Module) -> Iterator[str]:
    """Public classes and named types; type variables are none."""
    for node in module.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            variable = isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "TypeVar"
            if isinstance(target, ast.Name) and re.fullmatch(r"[A-Z][a-z]\w*", target.id) and not variable:
                yield target.id


def _section(title: str) -> str:
    return PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]
