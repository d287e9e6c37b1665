"""Which net paints in the styles that are wished."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from autostyle.codecs import Pixels
from autostyle.codecs.image import load_image
from autostyle.errors import BadInput
from autostyle.sentences import Sentence
from autostyle.vision.net_files import NetHead, head, known_nets


def of_styles(files: tuple[Path, ...], styles: Sequence[Path], *, steady: bool = False) -> tuple[Path, ...]:
    """The net to take: the one of ``files``, else the first that has learnt all of ``styles``, ``steady`` ones first or
    those for pictures.

    Raises:
        BadInput: it has not learnt one of them, or none has.
    """
    pictures = [load_image(style).as_style.pixels for style in styles]
    if not files:
        return (net_of(pictures, steady=steady),)
    for picture in pictures:
        style_number(head(files[0]), picture)
    return files


def net_of(pictures: Sequence[Pixels], *, steady: bool = False) -> Path:
    """The first net that has learnt all of ``pictures``, ``steady`` ones first or those for pictures; raises BadInput
    where none has."""
    nets = known_nets(steady=steady)
    found = next((net.path for net in nets if _has_learnt(net, pictures)), None)
    if found is None:
        raise _unlearnt(nets)
    return found


def lacks(styles: Sequence[Path]) -> str:
    """What keeps the nets that are here from painting in ``styles``, in words; empty if nothing does."""
    nets = known_nets()
    pictures = [load_image(style).as_style.pixels for style in styles]
    if not pictures:
        return Sentence("paints only what it has learnt: {names}", names=_told(nets))
    if any(_has_learnt(net, pictures) for net in nets):
        return ""
    return Sentence("has not learnt this style; it paints {names}", names=_told(nets))


def style_number(net: NetHead, picture: Pixels) -> int:
    """The number of the style that ``picture`` shows; raises BadInput where the net has not learnt it."""
    found = net.find(picture)
    if found is None:
        raise _unlearnt((net,))
    return found


def _unlearnt(nets: Sequence[NetHead]) -> BadInput:
    return BadInput(
        "no net here has learnt this style; they paint {names}",
        "name one of these, or another method; `autostyle train fast STYLE` teaches a net a style",
        names=_told(nets),
    )


def _told(nets: Sequence[NetHead]) -> str:
    known: dict[str, str] = {}
    for net in nets:
        known.setdefault(net.names, net.name)
    return "; ".join(f"{name}: {styles}" for styles, name in known.items())


def _has_learnt(net: NetHead, pictures: Sequence[Pixels]) -> bool:
    return not net.published and all(net.find(picture) is not None for picture in pictures)
