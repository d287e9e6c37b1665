"""Photographs with their cameras, read: there may be thousands, so that it is told and can be stopped."""

from __future__ import annotations

import hashlib
from pathlib import Path

from autostyle import fingerprints
from autostyle.codecs.image import load_image
from autostyle.codecs.posed_photographs import PosedPhotograph, PosedPhotographs, photographs
from autostyle.errors import BadInput, Refused
from autostyle.methods.contract import Iterate, OnIterate, Stop
from autostyle.sentences import Sentence, reason


def digest(posed: PosedPhotographs, on_iterate: OnIterate) -> str:
    """What tells ``posed`` from all others: 64 hex digits of its file and of the bytes of all its pictures.

    Raises:
        BadInput: one cannot be read.
        Refused: ``on_iterate`` stopped it.
    """
    told = []
    for number, path in enumerate((posed.path, *posed.pictures)):
        try:
            told.append(f"{fingerprints.digest(path)}\n")
        except OSError as error:
            raise BadInput(
                "{path} cannot be read: {why}", "check the path", path=path.name, why=reason(error)
            ) from error
        if number:
            _tell(posed, number, path, on_iterate)
    return hashlib.sha256("".join(told).encode()).hexdigest()


def read(posed: PosedPhotographs, long_side: int, on_iterate: OnIterate) -> list[PosedPhotograph]:
    """All of them, as :func:`autostyle.codecs.posed_photographs.photographs` reads each; raises as :func:`digest`."""
    found = []
    for one in photographs(posed, long_side):
        found.append(one)
        _tell(posed, len(found), posed.pictures[len(found) - 1], on_iterate)
    return found


def _tell(posed: PosedPhotographs, number: int, path: Path, on_iterate: OnIterate) -> None:
    doing = Sentence("reading the photographs")
    try:
        on_iterate(Iterate(number, len(posed.pictures), lambda: load_image(path).on_white, doing=doing))
    except Stop:
        raise Refused(
            "stopped while the photographs were read: {done} of {n}",
            "the same command reads them again",
            done=number,
            n=len(posed.pictures),
        ) from None
