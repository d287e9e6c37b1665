"""A medium of another package: plain text, in one folder and one line of entry points beside its method's."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from textual.pilot import Pilot

from autostyle.agent.brains.rules.request import cannot
from autostyle.cli import app
from autostyle.cli.chat import connect
from autostyle.codecs.image import save_image
from autostyle.config import Config
from autostyle.errors import BadInput, Missing, NotBuilt
from autostyle.mediums import files, registry, writing
from autostyle.mediums.contract import Order
from autostyle.mediums.serving import open_medium
from autostyle.mediums.showing import picture
from autostyle.methods import registry as methods
from autostyle.methods.contract import Style
from autostyle.tui.app import AutostyleApp
from autostyle.tui.widgets import question
from autostyle.use_cases import batch
from autostyle.use_cases import files as planned
from tests.tui.driving import Clock, grace, seen, sees, until, write

ROOT = Path(__file__).parents[2]
NOTES = "The meeting began at nine with a report about the budget of the spring quarter. " * 4
POEM = "O silver moon above the sleeping sea, you whisper softly to the weary shore, of gentle summers gone before."


@pytest.fixture
def texts(install: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with notes.txt and poem.txt, where the person is, and texts are a medium."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([os.environ["PYTHONPATH"], str(ROOT)]))
    install("toy-text", {"swap": "tests.mediums.toy.spec:SWAP"}, {}, {"text": "tests.mediums.toy.spec:TEXT"})
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    (here / "notes.txt").write_text(NOTES)
    (here / "poem.txt").write_text(POEM)
    return here


def run(words: str, capsys: pytest.CaptureFixture[str]) -> Any:
    """What a command answers, as JSON."""
    assert app.run([*words.split(), "--json", "--offline"]) == 0
    return json.loads(capsys.readouterr().out)


def test_it_is_one_of_the_media(texts: Path) -> None:
    assert registry.find("text").many == "texts" and list(registry.MEDIUMS)[-1] == "text"
    assert registry.notes() == () and methods.notes() == ()
    assert files.recognize(Path("notes.txt")) == "text" and files.promised_medium(Path("new.txt")) == "text"
    assert files.recognize(Path("notes.md")) is None
    assert max(picture(Path("notes.txt"), 160).size) == 160


def test_a_result_is_written_replaced_and_copied_with_its_companion(texts: Path) -> None:
    medium = open_medium(Path("notes.txt"), "swap")
    poem = medium.load_style(Path("poem.txt"))
    order = Order(Style((poem.exemplar,)), methods.complete("swap", {"ratio": 1.0}), seed=0, size=1000)
    drawn = medium.draw(medium.method("swap"), medium.load(Path("notes.txt")), order, Path("out.txt"))
    writing.write(drawn, Path("out.txt"))
    assert files.companions(Path("out.txt")) == (Path("out.words.json"),)
    writing.copy(Path("out.txt"), Path("kept.txt"))
    assert Path("kept.words.json").read_bytes() == Path("out.words.json").read_bytes()
    with pytest.raises(BadInput, match=r"out\.words\.json exists"):
        writing.write(drawn, Path("out.txt"))
    writing.remove(Path("out.txt"))
    assert not list(Path().glob("out.*")) and Path("kept.txt").is_file()
    packed = medium.pack_style(poem, 50)
    assert packed is not None and medium.unpack_style(packed).exemplar == POEM[:50]


@pytest.mark.slow
def test_it_is_stylized_with_its_companion(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = run("stylize notes.txt poem.txt -o out.txt -p ratio=1", capsys)
    out = Path("out.txt").read_text()
    assert told["method"] == "swap" and told["row"] == "text" and told["size"] == [len(out)]
    assert told["scores"]["style"] == 1.0 and told["companions"] == [str(texts / "out.words.json")]
    counted = json.loads(Path("out.words.json").read_text())
    assert counted and set(counted) <= set(POEM.replace(",", "").replace(".", "").split())


def test_a_companion_is_overwritten_only_when_asked(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("out.words.json").write_text("mine")
    assert app.run(["stylize", "notes.txt", "poem.txt", "-o", "out.txt", "--offline"]) == 2
    assert "out.words.json exists" in capsys.readouterr().err
    assert Path("out.words.json").read_text() == "mine" and not Path("out.txt").exists()


def test_a_folder_stands_for_the_texts_in_it(texts: Path) -> None:
    Path("more").mkdir()
    for name in ("b.txt", "a.txt", "c.rtf", "d.png", ".hidden.txt"):
        Path("more", name).write_text(NOTES)
    found = batch.gather_batch([Path("more")], Path("out"), "swap")
    assert [place.name for _, place in found.pairs] == ["a.txt", "b.txt"]
    ((path, error),) = found.left
    assert path.name == "c.rtf" and error.message == "c.rtf is a text of a format that is not read (RTF)"
    assert error.hint == "save it as plain text"


def test_a_clip_or_a_picture_is_no_style_of_it_and_it_is_none_of_theirs(texts: Path) -> None:
    for content, style, wanted in (("notes.txt", "a.png", "texts"), ("a.png", "poem.txt", "pictures")):
        with pytest.raises(NotBuilt, match=f"takes only {wanted}"):
            planned.styles([Path(style)], Path(content))


@pytest.mark.slow
def test_a_study_of_it_goes_all_the_way(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Searched in real workers, gone on with, reported, applied to others far away, made again."""
    tune = "tune notes.txt poem.txt --study toy --size 200 --trials"
    first = run(f"{tune} 3", capsys)
    told = run(f"{tune} 5", capsys)
    assert (first["trials"]["complete"], told["trials"]["complete"]) == (3, 5)
    folder = Path("studies", "toy")
    assert [Path(path).name for path in (told["final"]["file"], *told["final"]["companions"])] == [
        "best.txt",
        "best.words.json",
    ]
    assert told["final"]["unit"] == "characters"
    assert len((folder / "best.txt").read_text()) > 200 and (folder / "best.words.json").is_file()
    listed = {entry["path"] for entry in json.loads((folder / "manifest.json").read_text())["files"]}
    assert {"best.txt", "best.words.json", "best.preview.png", "inputs/content.txt"} <= listed

    page = (folder / "report.html").read_text()
    assert "share of the words that are where the content has them" in page and "words of the style" in page
    run("report toy --out away", capsys)
    assert Path("away", "best.words.json").read_bytes() == (folder / "best.words.json").read_bytes()

    recipe = Path("far", "recipe.json")
    recipe.parent.mkdir()
    recipe.write_bytes((folder / "recipe.json").read_bytes())
    Path("more").mkdir()
    for name in ("a.txt", "b.txt"):
        Path("more", name).write_text(NOTES)
    applied = run(f"apply {recipe} more -o styled", capsys)
    assert [Path(made["image"]).name for made in applied["images"]] == ["a.txt", "b.txt"]
    assert Path("styled", "a.words.json").is_file()
    again = run("reproduce studies/toy/recipe.json -o again.txt", capsys)
    assert again["difference"] == {"style": 0.0, "content": 0.0} and Path("again.words.json").is_file()


@pytest.mark.slow
@pytest.mark.thorough
def test_the_app_takes_a_request_for_it_and_shows_it(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(texts.parent / "data"))
    monkeypatch.setattr(question, "monotonic", Clock())
    Path("other.txt").write_text(NOTES)

    async def yes(pilot: Pilot[None]) -> None:
        await sees(pilot, "May this run?")
        await grace(pilot)
        await pilot.press("up", "up", "up", "enter")

    async def script(pilot: Pilot[None]) -> None:
        await sees(pilot, "requests are understood by rules")
        await write(pilot, "make notes.txt sound like poem.txt, 3 trials")
        await until(pilot, lambda: "3/3 trials" in seen(pilot) and "The search is over" in seen(pilot))
        await sees(pilot, "200 characters", "content", "notes.txt", "poem.txt")
        await write(pilot, "save it as mine.txt")
        await yes(pilot)
        await until(pilot, lambda: Path("mine.words.json").is_file())
        await write(pilot, "apply it to other.txt, into styled/")
        await yes(pilot)
        await until(pilot, lambda: Path("styled", "other.words.json").is_file())
        await pilot.app.screen.leave()  # type: ignore[attr-defined]

    async def drive() -> None:
        made = AutostyleApp(Config(offline=True, device="cpu"), connect)
        async with made.run_test(size=(200, 60)) as pilot:
            await script(pilot)

    asyncio.run(drive())


@pytest.mark.parametrize(
    ("point", "why"),
    [
        ("nowhere_to_be_found:SPEC", "ModuleNotFoundError"),
        ("tests.mediums.toy.spec:SWAP", "a MethodSpec is no MediumSpec"),
        ("tests.mediums.toy.spec:TEXT", "its spec is called 'text'"),
    ],
)
def test_one_that_does_not_load_is_a_line_and_disturbs_nothing(
    install: Callable[..., Path], point: str, why: str
) -> None:
    install("wrong-medium", {}, {}, {"wrong": point})
    assert list(registry.MEDIUMS) == list(registry.OURS)
    (note,) = registry.notes()
    assert note.startswith("the medium 'wrong' of wrong-medium does not load") and why in note
    with pytest.raises(Missing, match="does not load"):
        registry.find("wrong")


def test_one_that_fails_to_recognise_a_file_disturbs_no_other(
    texts: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(_: object) -> bool:
        raise ZeroDivisionError

    save_image(tmp_path / "a.png", np.zeros((8, 8, 3), np.float32))
    for field in ("recognises", "recognises_folder"):
        monkeypatch.setitem(registry.find("text").__dict__, field, broken)
    assert files.recognize(tmp_path / "a.png") == "image" and files.recognize(Path("notes.txt")) == "text"
    assert not files.is_work(tmp_path)


def test_names_and_endings_of_ours_are_refused(install: Callable[..., Path]) -> None:
    install("wrong-medium", {}, {}, {"image": "tests.mediums.toy.spec:TEXT"})
    assert registry.find("image") is registry.OURS["image"]
    assert registry.notes() == ("the medium 'image' of wrong-medium is not taken: autostyle has one of this name",)


def test_what_cannot_be_done_with_it_is_said_in_its_own_words(texts: Path) -> None:
    assert "texts" in cannot("en", "text", None) and "texts" in cannot("ko", "text", None)
    assert "clips" in cannot("en", "video", None)


def test_an_unknown_medium_is_still_unknown(texts: Path) -> None:
    with pytest.raises(BadInput, match="unknown medium 'smell'") as caught:
        registry.find("smell")
    assert "text" in caught.value.hint
