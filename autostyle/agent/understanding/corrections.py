"""People correct themselves as they type: "strong, no wait, subtle", "클림트.jpg 아니 모네.jpg처럼"."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TAKEN_BACK = re.compile(
    r"""
      \b(?:no\W+wait|wait\W+no|no\W+sorry|sorry\W+no|actually\W+no|no\W+actually|scratch\ that|correction
        |on\ second\ thoughts?|(?:sorry|oops|no)\W+i\ meant?|i\ meant)\b
    | (?<![가-힣])(?:아\s*)?(?:아니다|아니아니|아니\s*그게\s*아니라|정정|잘못\s*말했\w*|잘못\s*썼\w*)(?![가-힣])
    | (?<=[\s,.!…])(?:아\s*)?아니(?=[\s,]+\S)(?!\s*(?:라|고|면|면은|야)(?![가-힣]))
    """,
    re.VERBOSE | re.IGNORECASE,
)


def halves(text: str, names: Sequence[tuple[int, int]]) -> tuple[str, str] | None:
    """What was said before and after the last time it was taken back; None where nothing was.

    Args:
        names: stretches of file names and quotations, in which words mean nothing.
    """
    for match in reversed(list(_TAKEN_BACK.finditer(text))):
        before, after = text[: match.start()], text[match.end() :]
        inside = any(start < match.end() and match.start() < end for start, end in names)
        if not inside and re.search(r"\w", before):
            return before, after
    return None
