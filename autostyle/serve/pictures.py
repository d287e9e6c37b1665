"""Pictures for live pages: each is made small once and has an address of its own, so that a page that comes again asks
for the new ones only."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from pathlib import Path

from autostyle.mediums.files import shown
from autostyle.report.pictures import Album, Embedded, inside

MOST = 256 * 2**20
"""Bytes of small pictures that are kept, of all studies together."""
UNBOUNDED = 2**62


class PictureStore:
    """The small pictures of all studies, by the SHA-256 of their bytes."""

    def __init__(self) -> None:
        self.pictures: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0

    def keep(self, data: bytes) -> str:
        """The name under which ``data`` is found from now on; of too many the oldest go."""
        name = hashlib.sha256(data).hexdigest()
        if name not in self.pictures:
            self._size += len(data)
        self.pictures[name] = data
        self.pictures.move_to_end(name)
        while self._size > MOST and len(self.pictures) > 1:
            self._size -= len(self.pictures.popitem(last=False)[1])
        return name


class LiveAlbum(Album):
    """The pictures of one study, made once.

    Args:
        folder: of the study.
        store: keeps them.
        address: where that answers, as far as the name.
    """

    def __init__(self, folder: Path, store: PictureStore, address: str) -> None:
        super().__init__(folder, UNBOUNDED)
        self._store = store
        self._address = address
        self._made: dict[tuple[Path, int, int, int], Embedded] = {}

    def add(self, path: Path | None, side: int, quality: int = 80) -> Embedded | None:
        file = inside(self.folder, None if path is None else shown(path))
        if file is None:
            return None
        key = file, file.stat().st_mtime_ns, side, quality
        known = self._made.get(key)
        if known is not None and known.uri.rpartition("/")[2] in self._store.pictures:
            return known
        made = super().add(path, side, quality)
        if made is not None:
            self._made[key] = made
        return made

    def uri(self, data: bytes) -> str:
        return self._address + self._store.keep(data)
