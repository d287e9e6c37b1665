"""Running a job for a person: progress while it works, a graceful end when they stop it."""

from __future__ import annotations

from typing import Any

from autostyle.cli.interrupt import Interrupts
from autostyle.cli.session import Session
from autostyle.jobs.requests import Request
from autostyle.processes.protocol import Message


def work(session: Session, request: Request) -> tuple[dict[str, Any], int]:
    """Carry out ``request`` in a job process, with a bar: its result, and the exit code (130, 143 if interrupted)."""
    from autostyle.cli.progress import Bar
    from autostyle.jobs.run import run

    with Interrupts() as interrupts, Bar(session.console, "steps") as bar:

        def on_message(message: Message) -> None:
            if message["type"] == "note":
                session.console.say(message["text"])
                return
            items, steps = message["items"], message["steps"]
            note = f"picture {message['item'] + 1}/{items}" if items > 1 else message.get("said", "")
            done, total = message["item"] * steps + message["step"], items * steps
            bar.update(done, total, note, bar.extrapolated(done, total))

        result = run(request, on_message, interrupts.stop)
    return result, interrupts.exit_code
