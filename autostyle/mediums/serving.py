"""Which methods serve which medium, and how: the one place that knows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from autostyle import formats
from autostyle.errors import BadInput
from autostyle.mediums import files, registry
from autostyle.methods import registry as methods
from autostyle.methods.spec import MethodSpec
from autostyle.sentences import Sentence

if TYPE_CHECKING:
    from autostyle.mediums.contract import Medium


@dataclass(frozen=True)
class Service:
    """How a method serves a content.

    Args:
        medium: of the result.
        how: in a sentence; empty where it takes such contents as they are.
    """

    medium: str
    how: str = ""


def service(method: MethodSpec, content: str) -> Service | None:
    """How ``method`` serves contents of the medium ``content``; None where it does not."""
    spec = registry.find(content)
    if method.medium == content:
        return Service(content)
    if method.medium in spec.borrows:
        return Service(content, "" if method.table else spec.borrows[method.medium])
    if content in method.takes:
        return Service(
            method.medium,
            Sentence(
                "It makes a {one} of the {other}.",
                one=Sentence(registry.find(method.medium).one),
                other=Sentence(spec.one),
            ),
        )
    return None


def serving(content: str) -> list[MethodSpec]:
    """The methods, built and planned, that take contents of this medium as they are."""
    return [spec for spec in methods.METHODS.values() if spec.medium == content]


def result(method: str, path: PurePath, *, still: bool = False) -> str:
    """The medium of what ``method`` makes of the file at ``path``; that of the file where it makes nothing of such.

    ``still``: of an animated picture its first frame is meant.
    """
    kind = content_medium(path, still=still)
    found = service(methods.find(method), kind)
    return kind if found is None else found.medium


def content_medium(path: PurePath, *, still: bool = False) -> str:
    """The medium of a content; a picture where the first frame of an animated one is meant."""
    return "image" if still and formats.is_animated(Path(path)) else files.medium(path)


def open_medium(path: PurePath, method: str, *, still: bool = False) -> Medium[Any, Any, Any]:
    """The medium in which ``method`` works on the file at ``path``; ``still`` as in :func:`result`.

    Raises:
        NotBuilt: nothing is built for the file's medium.
        BadInput: the method takes no such files.
    """
    files.refuse_unbuilt(path)
    kind, spec = content_medium(path, still=still), methods.find_built(method)
    found = service(spec, kind)
    if found is None:
        many = registry.find(spec.medium).many
        raise BadInput(
            "{method} takes {many}, and {name} is {kind}",
            "`autostyle methods` says what each takes",
            method=method,
            many=Sentence(many),
            name=path.name,
            kind=Sentence(kind),
        )
    return registry.create(found.medium, kind)
