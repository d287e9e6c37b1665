"""Whatever a command says, and whoever's words are in it: a terminal obeys none of them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest
import typer

from autostyle.agent import setup
from autostyle.agent.brain import TextDelta
from autostyle.cli import app
from autostyle.cli.console import Console, listing
from autostyle.cli.progress import Bar
from autostyle.cli.streams import clean_output
from tests.agent.fakes import ScriptedBrain

NASTY = "a\x1b]0;owned\x07\x1b[2J\u202e\x9b31m[red]:dog:\rb.png"
OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def lines(command: object, *path: str) -> Iterator[list[str]]:
    """A line for every command and group, with the nasty name wherever a word is wanted."""
    if path:
        words = list(path)
        for parameter in command.params:  # type: ignore[attr-defined]
            if parameter.param_type_name == "argument":
                words.append("1" if parameter.type_descriptor.annotation is int else NASTY)
            elif parameter.required:
                words += [parameter.opts[0], NASTY]
        yield words if NASTY in words else [*words, NASTY]
    for name, below in getattr(command, "commands", {}).items():
        yield from lines(below, *path, name)


LINES = list(lines(typer.main.get_command(app.app)))
LINES[LINES.index(["mask", NASTY])] = ["mask", NASTY, "--only", "sky"]  # without a part the picture is not looked at


@pytest.mark.parametrize("line", LINES, ids=[" ".join(word for word in line if word != NASTY) for line in LINES])
def test_no_command_passes_a_terminal_sequence_on(line: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    for verbose in ([], ["-v"]):
        assert app.run([*line, "--offline", *verbose]) != 0
        said = "".join(capsys.readouterr())
        assert not OBEYED.search(said) and "b.png" in said


def test_an_answer_passes_none_on_however_it_is_cut(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "brain_for", lambda config: ScriptedBrain(list(map(TextDelta, [*NASTY, "\n", "fine"]))))
    app.run(["ask", "hello"])
    out, _ = capsys.readouterr()
    assert not OBEYED.search(out) and out.endswith("b.png\nfine\n\n")


def test_what_a_library_prints_is_cleaned_too(capsys: pytest.CaptureFixture[str]) -> None:
    with clean_output():
        sys.stdout.writelines(["one ", NASTY])
        typer.echo(NASTY, err=True)
    assert not OBEYED.search("".join(capsys.readouterr()))


def test_tables_and_bars_read_no_markup(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # as on a terminal
    table = listing("name", title=NASTY)
    table.add_row(NASTY)
    table.add_row("[/nothing]")
    with clean_output():
        console = Console()
        console.answer({}, table)
        with Bar(console, "steps") as bar:
            bar.update(1, 2, NASTY)
    out, err = capsys.readouterr()
    assert "[red]:dog:" in out and "[/nothing]" in out and "[red]:dog:" in err
    assert not re.search("\x1b\\]|\x07|\u202e", out + err) and "\x1b[2J" not in out + err and "\x1b[" in err
