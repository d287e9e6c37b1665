"""A person at the terminal is asked: what they type, and when, decides."""

from __future__ import annotations

import asyncio
import os
import select
import sys

import pytest

from autostyle.agent.events import AnswerInWords, ApprovalAnswer, ApprovalAsked
from autostyle.cli.ask import _at_the_terminal


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("y", "once"), ("", "no"), ("no, make it 3 min", AnswerInWords("no, make it 3 min")), ("2", AnswerInWords("2"))],
)
def test_only_a_bare_yes_typed_after_the_question_is_one(
    typed: str, meant: ApprovalAnswer | AnswerInWords, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def whole() -> ApprovalAnswer | AnswerInWords:
        os.write(keyboard, b"y\n")  # typed before there was a question
        while not select.select([sys.stdin], [], [], 0)[0]:
            await asyncio.sleep(0)
        asking = asyncio.create_task(_at_the_terminal(ApprovalAsked("1", "start_study", "compute", "search")))
        await asyncio.sleep(0)  # the question is there
        os.write(keyboard, f"{typed}\n".encode())
        return await asyncio.wait_for(asking, 60)

    keyboard, terminal = os.openpty()
    with os.fdopen(terminal, encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        assert asyncio.run(whole()) == meant
    os.close(keyboard)
