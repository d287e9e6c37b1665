"""Every sentence for people in the source: what errors are raised with, and what is put into a Sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import autostyle
from autostyle import errors
from autostyle.errors import AutostyleError
from autostyle.mediums.registry import MEDIUMS
from autostyle.methods.params import ASPECTS
from autostyle.sentences import fields

ROOT = Path(autostyle.__file__).parent
RAISED = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, AutostyleError)}
SAID: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(RAISED | {"JobFailed", "Bug", "Lost"}, (0, 1)),
    "Sentence": (0,),
    "or_without": (0,),
    "ModelFailure": (2, 3),  # of a language model's server; its values are put in by told()
    "Format": (0, 1),
}
"""What is called with templates, and which of its arguments they are."""
TAKES = {"Note", "Noted", "Aside", "note", "remark"}
"""What takes a sentence that is made; the command line's own narration is English."""


class Said(NamedTuple):
    """A template in the source; ``missing`` are the values that it names and is not given."""

    place: str
    template: str
    missing: frozenset[str] = frozenset()


class Built(NamedTuple):
    """A message that is put together where a template and its values belong."""

    place: str
    source: str


def sentences() -> Iterator[Said | Built]:
    """All of the package but the translations."""
    for file in sorted(ROOT.rglob("*.py")):
        if "replies" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield from _called(node, f"{file.relative_to(ROOT)}:{node.lineno}")


def words() -> set[str]:
    """Nouns that are data, and stand in sentences."""
    media = {word for spec in MEDIUMS.values() for word in (spec.name, spec.one, spec.many)}
    return media | set(ASPECTS) | {"failed", "pruned", "running", "method", "medium"}


def _called(call: ast.Call, place: str) -> Iterator[Said | Built]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    given = {keyword.arg for keyword in call.keywords}
    for at in SAID.get(name, ()):
        for node in _alternatives(call.args[at]) if at < len(call.args) else ():
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                free = None in given or name in ("ModelFailure", "Format")
                missing = frozenset() if free or not node.value else frozenset(fields(node.value)) - given
                if node.value:
                    yield Said(place, node.value, missing)
            elif isinstance(node, ast.JoinedStr | ast.BinOp):
                yield Built(place, ast.unparse(node))
    for node in _alternatives(call.args[0]) if name in TAKES and call.args and not place.startswith("cli/") else ():
        if isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp):
            yield Built(place, ast.unparse(node))


def _alternatives(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield from _alternatives(node.body)
        yield from _alternatives(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _alternatives(value)
    else:
        yield node
