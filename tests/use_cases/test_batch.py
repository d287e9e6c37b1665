"""Many inputs for one recipe: each has a place under its own name, and what cannot be made is named with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autostyle.errors import BadInput
from autostyle.use_cases.batch import Batch, gather_batch


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def touched(*names: str) -> list[Path]:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()
    return [Path(name) for name in names]


def places(batch: Batch) -> dict[str, str]:
    return {str(source): str(place) for source, place in batch.pairs}


def failed(batch: Batch) -> dict[str, str]:
    return {str(Path(left["input"]).relative_to(Path.cwd())): left["error"] for left in batch.failed}


@pytest.mark.parametrize(
    ("source", "method", "made"),
    [
        ("a.jpg", "gatys", "a.jpg"),
        ("a.bmp", "gatys", "a.bmp.png"),
        ("b.mp4", "gatys", "b.mp4"),
        ("b.webm", "flow_microast", "b.webm.mp4"),
        ("a.jpg", "animatediff", "a.jpg.mp4"),
        ("b.mp4", "animatediff", "b.mp4"),
    ],
)
def test_a_result_has_its_source_s_name_and_an_ending_of_its_medium(
    here: Path, source: str, method: str, made: str
) -> None:
    assert places(gather_batch(touched(source), Path("out"), method)) == {source: f"out/{made}"}


def test_what_is_there_already_keeps_its_place(here: Path) -> None:
    touched("out/a.jpg")
    assert places(gather_batch(touched("a.jpg"), Path("out"), "gatys")) == {"a.jpg": "out/a.jpg"}


@pytest.mark.parametrize(("folder", "words"), [("letter", "letter is a file"), (".", "one of the inputs")])
def test_no_input_is_written_over_and_no_file_taken_for_a_folder(here: Path, folder: str, words: str) -> None:
    touched("letter")
    with pytest.raises(BadInput, match=words):
        gather_batch(touched("a.png"), Path(folder), "gatys")


def test_the_second_of_two_with_one_name_is_left_out(here: Path) -> None:
    batch = gather_batch(touched("b/c.png", "d/c.png", "d/c.jpg"), Path("out"), "gatys")
    assert places(batch) == {"b/c.png": "out/c.png", "d/c.jpg": "out/c.jpg"}
    assert failed(batch).keys() == {"d/c.png"} and "would both become" in failed(batch)["d/c.png"]
    assert gather_batch([Path("b/c.png"), Path("b/c.png"), Path("b")], Path("out"), "gatys").failed == []


def test_of_a_folder_what_is_no_picture_to_read_is_named(here: Path) -> None:
    touched("in/a.jpg", "in/b.cr2", "in/deep/c.jpg", "in/notes.txt", "in/.hidden.jpg", "in/film.mov")
    (here / "in" / "gone.jpg").symlink_to("nowhere")
    batch = gather_batch([Path("in")], Path("out"), "gatys")

    assert places(batch) == {"in/a.jpg": "out/a.jpg"}
    said = failed(batch)
    assert said.keys() == {"in/b.cr2", "in/deep", "in/gone.jpg"}
    assert "format that is not read (CR2)" in said["in/b.cr2"] and "inside of a folder" in said["in/deep"]
    assert [note.split()[0] for note in batch.notes] == ["film.mov"]


def test_in_a_folder_bytes_tell_what_is_a_picture(here: Path) -> None:
    touched("in/notes.txt", "in/film.jpg", "in/photo")
    Path("in/film.jpg").write_bytes(b"\0\0\0\x18ftypisom")
    Path("in/photo").write_bytes(b"\xff\xd8\xff\xe0")
    batch = gather_batch([Path("in")], Path("out"), "gatys")
    assert places(batch) == {"in/photo": "out/photo.png"} and batch.failed == []
    assert [note.split()[0] for note in batch.notes] == ["film.jpg"]


def test_the_studies_and_the_style_in_the_folder_of_pictures_are_no_inputs(here: Path) -> None:
    touched("in/a.png", "in/style.png", "in/studies/s/best.png")
    out = Path("in/studies/s/applied")
    found = gather_batch([Path("in")], out, "gatys", without=[here / "in/style.png"])
    assert [source.name for source, _ in found.pairs] == ["a.png"] and found.failed == []
    assert gather_batch(map(Path, ["in/a.png", "in/style.png"]), out, "gatys", without=[Path("in/style.png")]).pairs[1]


def test_the_folder_of_results_in_the_folder_of_pictures_is_no_input(here: Path) -> None:
    touched("in/a.jpg", "in/out/a.jpg")
    batch = gather_batch([Path("in")], Path("in/out"), "gatys")
    assert places(batch) == {"in/a.jpg": "in/out/a.jpg"} and batch.failed == []


def test_one_of_several_that_is_not_there_leaves_the_others(here: Path) -> None:
    (here / "empty").mkdir()
    batch = gather_batch([*touched("a.jpg"), Path("b.jpg"), Path("empty")], Path("out"), "gatys")
    assert places(batch) == {"a.jpg": "out/a.jpg"}
    assert failed(batch).keys() == {"b.jpg", "empty"}
    assert [left["exit_code"] for left in batch.failed] == [2, 2]


def test_what_the_system_will_not_look_at_is_named_too(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touched("shut/a.jpg")
    real = Path.iterdir

    def iterdir(self: Path) -> Iterator[Path]:
        if self.name == "shut":
            raise PermissionError(13, "Permission denied")
        return real(self)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    long = Path(f"{'x' * 300}.jpg")
    batch = gather_batch([*touched("a.jpg"), Path("shut"), long], Path("out"), "gatys")
    assert places(batch) == {"a.jpg": "out/a.jpg"}
    assert "Permission denied" in failed(batch)["shut"] and "too long" in failed(batch)[str(long)]


def test_a_single_one_that_is_not_there_is_an_error(here: Path) -> None:
    with pytest.raises(BadInput, match="there is no file"):
        gather_batch([Path("b.jpg")], Path("out"), "gatys")
