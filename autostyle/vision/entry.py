"""One set of weights, as the register describes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from autostyle.sentences import Sentence

Tier = Literal["embedded", "pretrained"]


@dataclass(frozen=True)
class WeightsEntry:
    """One set of weights.

    Args:
        id: what ``autostyle weights get ID`` takes.
        purpose: what it is for, for people.
        file: its file name in every place; of a set of several files, the name of their folder.
        licence: of the weights, not of the code around them.
        source: where they come from.
        tier: shipped inside the package, or fetched on demand.
        revision: what pins the file at its source; the sha256 where nothing else does.
        size: of the download in bytes; None for what is shipped.
        sha256: of the download; None for what is shipped, and where the revision pins every byte.
        url: what ``get`` fetches; None for what is shipped and for what a hub keeps.
        repository: on the Hugging Face hub; its ``files`` at ``revision``, taken from ``folder`` there, make the set.
        brought: what a person brings in its place, in words, where it is only to be had so: ``autostyle weights use``.
        stand_in: what does its job where it is absent.
    """

    id: str
    purpose: str
    file: str
    licence: str
    source: str
    tier: Tier
    revision: str = ""
    size: int | None = None
    sha256: str | None = None
    url: str | None = None
    brought: str = ""
    stand_in: str | None = None
    repository: str | None = None
    folder: str = ""
    files: tuple[str, ...] = ()

    @property
    def fetched(self) -> bool:
        """Whether it is fetched on demand, not shipped."""
        return self.url is not None or self.repository is not None

    @property
    def exchangeable(self) -> bool:
        """Whether a person can name a model of their own for it, by ``autostyle weights use``."""
        return self.repository is not None or self.file.endswith(".pth") or bool(self.brought)

    @property
    def folder_too(self) -> bool:
        """Whether what a person names for it may be a folder."""
        return self.repository is not None or (bool(self.brought) and "." not in self.file)

    @property
    def endings(self) -> tuple[str, ...]:
        """What a single file of one's own is called after the id."""
        return (".safetensors", ".pth") if self.file.endswith(".pth") else (".safetensors",)

    @property
    def how(self) -> Sentence:
        """How to get it, in words."""
        if self.brought:
            return Sentence("autostyle weights use {id} {what}", id=self.id, what=self.brought)
        if self.size is None:
            return Sentence("comes with autostyle")
        return Sentence(
            "autostyle weights get {id}  ({size:.0f} MB, {licence})",
            id=self.id,
            size=self.size / 2**20,
            licence=self.licence,
        )
