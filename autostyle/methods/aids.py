"""Aids: files that a method works with beside content and style, each under a name: a LoRA, a mask, cameras.

A method's spec declares them. A person gives them (``--with NAME=FILE``), and a study keeps them as it keeps its
content: copied, told by their bytes, and the same at every resume.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autostyle.errors import BadInput
from autostyle.filenames import as_spelled_on_disk
from autostyle.methods.params import Value

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

Aids = Mapping[str, tuple[Path, ...]]
"""Name -> the files given under it, in order."""
NONE: Aids = {}


@dataclass(frozen=True)
class AidValue:
    """What a person gave under the name of an aid: files, and the parameters that were said with them."""

    files: tuple[Path, ...]
    params: Mapping[str, Value] = field(default_factory=dict)


Read = Callable[[Sequence[str]], AidValue]
CheckAid = Callable[[Path], None]
AidOfStyles = Callable[[tuple[Path, ...], Sequence[Path]], tuple[Path, ...]]
AidFits = Callable[[tuple[Path, ...], Mapping[str, Value], "Weights", str], None]


@dataclass(frozen=True)
class AidSpec:
    """An aid as a method declares it.

    Args:
        name: of a-z, 0-9 and _.
        help: what it is, in a sentence.
        endings: of its files, in small letters; none means any.
        required: the method cannot do without it; the decision table then never chooses the method by itself.
        many: several files may be given.
        read: what texts that a person gave mean, where they are more than paths; raises BadInput or Missing.
        check: raises BadInput where a file is of no use, before anything is begun; it loads no torch.
        of_styles: told the files that were given, if any, and the style pictures, the files to take; raises BadInput
            where the pictures cannot be painted with them.
        of_content: a file of it is made for one content.
        aliases: what else people call it in a request.
        names: what stands for a file that comes with autostyle, for ``read``.
        of_folder: the files of it in a folder that is named in their place; none where it has none.
        fits: raises BadInput where the files are of no use beside the parameters given and the base model of an id.
    """

    name: str
    help: str
    endings: tuple[str, ...] = ()
    required: bool = False
    many: bool = False
    read: Read | None = None
    check: CheckAid | None = None
    of_styles: AidOfStyles | None = None
    fits: AidFits | None = None
    of_content: bool = False
    aliases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    of_folder: Callable[[Path], tuple[Path, ...]] | None = None

    def given(self, texts: Sequence[str]) -> AidValue:
        """The files that ``texts`` name, looked at; raises BadInput where they are none of this aid."""
        found = AidValue(self._paths(texts)) if self.read is None else self.read(texts)
        self.refuse_unfit(found.files)
        return found

    def _paths(self, texts: Sequence[str]) -> tuple[Path, ...]:
        each = [as_spelled_on_disk(Path(text).expanduser()) for text in texts]
        inside = [self.of_folder(path) if self.of_folder is not None and path.is_dir() else () for path in each]
        return tuple(file for path, files in zip(each, inside, strict=True) for file in files or (path,))

    def refuse_unfit(self, files: Sequence[Path]) -> None:
        """Raises BadInput where ``files`` are not there, too many, or of no use."""
        self.refuse_number(files)
        for file in files:
            if not file.is_file():
                raise BadInput(
                    "{path} is no file" if file.exists() else "there is no file {path}", self.help, path=file
                )
            if self.endings and file.suffix.lower() not in self.endings:
                raise BadInput(
                    "{path} cannot be used for {aid}",
                    "{help} Endings: {names}",
                    path=file.name,
                    aid=self.name,
                    help=self.help,
                    names=" ".join(self.endings),
                )
            if self.check is not None:
                self.check(file)

    def refuse_number(self, files: Sequence[Path]) -> None:
        """Raises BadInput for more or fewer files than it takes."""
        if not files or (len(files) > 1 and not self.many):
            raise BadInput("{n} files for {aid}", self.help, n=len(files), aid=self.name)

    def as_json(self) -> dict[str, Any]:
        """As ``autostyle methods NAME --json`` has it."""
        return {"help": self.help, "endings": list(self.endings), "required": self.required, "many": self.many}


def select_aids(specs: Iterable[AidSpec], aids: Aids) -> dict[str, tuple[Path, ...]]:
    """Those of ``aids`` that ``specs`` declare."""
    names = {spec.name for spec in specs}
    return {name: files for name, files in aids.items() if name in names}
