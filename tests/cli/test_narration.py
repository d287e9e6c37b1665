"""Words and notes on one terminal: neither begins in the middle of the other's line."""

from __future__ import annotations

import pytest

from autostyle.cli.console import Console
from autostyle.cli.narration import Voice
from autostyle.cli.progress import Wait


def test_a_note_ends_the_line_and_the_answer_goes_on_in_a_new_paragraph(capsys: pytest.CaptureFixture[str]) -> None:
    voice = Voice(Console(), aloud=True)
    voice.speak("Look")
    voice.speak("ing.")
    voice.note("· a tool")
    voice.pause()
    voice.speak("Seen.")
    voice.end()
    out, err = capsys.readouterr()
    assert out == "Looking.\n\nSeen.\n\n" and err == "· a tool\n"
    assert voice.said == "Looking.\n\nSeen."


def test_what_is_not_said_aloud_is_known_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    voice = Voice(Console(quiet=True), aloud=False)
    voice.speak("Seen.")
    voice.note("· a tool")
    voice.end()
    assert capsys.readouterr() == ("", "") and voice.said == "Seen."
    voice.begin()
    assert voice.said == ""


def test_a_wait_counts_its_seconds_on_a_terminal_and_says_a_line_now_and_then_elsewhere(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = Wait(Console())
    elsewhere.show("thinking")
    elsewhere.end()
    assert capsys.readouterr().err == ""

    now = [100.0]
    monkeypatch.setattr("autostyle.cli.progress.time.monotonic", lambda: now[0])
    elsewhere.show("thinking")
    assert elsewhere.tick() is None
    now[0] += 6.0
    assert elsewhere.tick() == 6.0 and elsewhere.tick() is None
    elsewhere.end()
    assert capsys.readouterr().err == "… thinking 0:06\n"
    monkeypatch.undo()

    monkeypatch.setenv("FORCE_COLOR", "1")  # as on a terminal
    monkeypatch.setenv("TERM", "xterm")
    here = Wait(Console())
    here.show("thinking", "of mountains")
    here.show("thinking", "of the sea")
    here.show("working")
    here.end()
    here.end()
    shown = capsys.readouterr().err
    assert "thinking" in shown and "0:00:00" in shown and "working" in shown
