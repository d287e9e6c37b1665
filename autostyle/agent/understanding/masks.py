"""Parts of a picture by the names that masks are found by, and corrections of a mask that was shown."""

from __future__ import annotations

import re
from typing import Any

from autostyle.agent.understanding.clauses import Text
from autostyle.agent.understanding.grammar.patterns import FILE, FILES
from autostyle.agent.understanding.languages import spoken
from autostyle.agent.understanding.model import NamedFile

_BIT, _MORE = 0.02, 0.06
"""How much a mask grows that is to be a bit larger, and larger, as a share of the long side."""


def thing(word: str) -> str:
    """What a part is called where it is looked for; the word itself where it has no other name."""
    return spoken().masks.things.get(word.lower(), word.lower())


def find(whole: str) -> dict[str, Any]:
    """How a mask is to be changed: ``box``, ``which`` and ``grow``, as far as they are said."""
    said, found = spoken().masks, dict[str, Any]()
    if box := said.box.search(whole):
        numbers = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", box.group())]
        found["box"] = numbers[:4]
    for which, pattern in said.which.items():
        if pattern.search(whole):
            found["which"] = which
    for sign, pattern in ((1, said.larger), (-1, said.smaller)):
        if pattern.search(whole):
            found["grow"] = sign * (_BIT if said.a_bit.search(whole) else _MORE)
    return found


NEAR = 60
"""Characters before and behind a name that tell what it is for."""


def files(text: Text) -> tuple[NamedFile, ...]:
    """The pictures that are masks, by the words beside them: "use m.png as the mask"."""
    return tuple(
        text.files[ord(match.group()) - FILE]
        for match in re.finditer(f"[{FILES}]", text.whole)
        if _is_mask(text.whole, match)
    )


def _is_mask(whole: str, match: re.Match[str]) -> bool:
    said = spoken().masks
    before = re.split(f"[{FILES}]", whole[max(0, match.start() - NEAR) : match.start()])[-1]
    return bool(said.file_before.search(before) or said.file_after.match(whole[match.end() :][:NEAR]))
