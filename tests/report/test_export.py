import hashlib
import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from autostyle.errors import BadInput
from autostyle.report.export import export
from autostyle.report.pictures import inside
from autostyle.tuning.trial_record import TrialRecord
from tests.report.study import SECRET, empty, study

FILES = {"report.html", "report.md", "report.json", "trials.csv", "recipe.json", "plan.yaml", "manifest.json"}
KEYS = ["schema", "study", "method", "row", "reason", "weights", "trials", "best", "front", "final", "held_out",
        "hypervolume", "seconds", "report", "profile"]  # fmt: skip


def test_a_report_is_seven_files_in_the_study(tmp_path: Path) -> None:
    export(study(tmp_path))
    assert {file.name for file in tmp_path.iterdir()} >= FILES
    assert not list(tmp_path.rglob("*.part"))


def test_the_object_has_the_keys_of_the_contract(tmp_path: Path) -> None:
    data = export(study(tmp_path))
    assert list(data) == KEYS
    assert data["schema"] == 1
    assert data["trials"] == {"total": 24, "complete": 18, "pruned": 2, "failed": 3, "pictures": 18}
    assert list(data["best"]) == ["number", "method", "params", "scores", "raw", "over", "image"]
    assert Path(data["best"]["image"]).is_file() and Path(data["report"]).is_file()
    assert json.loads(json.dumps(data, allow_nan=False)) == data


def test_report_json_has_the_same_object_and_the_rest(tmp_path: Path) -> None:
    data = export(study(tmp_path))
    whole = json.loads((tmp_path / "report.json").read_text())
    assert {key: whole[key] for key in KEYS if key not in ("best", "front", "final", "report")} == {
        key: data[key] for key in KEYS if key not in ("best", "front", "final", "report")
    }
    assert (tmp_path / whole["best"]["image"]).is_file(), "paths in the file are relative to it"
    assert len(whole["all_trials"]) == 24
    assert whole["all_trials"][4]["raw"]["gram_mse"] is None, "JSON has no word for NaN"


def test_the_manifest_lists_every_file_with_its_hash(tmp_path: Path) -> None:
    record = study(tmp_path)
    (tmp_path / "live").mkdir()
    (tmp_path / "live" / "7.webp").write_bytes(b"changes every second")
    export(record)
    listed = {entry["path"]: entry for entry in json.loads((tmp_path / "manifest.json").read_text())["files"]}
    assert FILES - {"manifest.json"} <= listed.keys()
    assert {"best.png", "trials/009.webp"} <= listed.keys()
    assert not any(path.startswith("live") for path in listed)
    for path, entry in listed.items():
        data = (tmp_path / path).read_bytes()
        assert (entry["bytes"], entry["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())


def test_a_report_elsewhere_brings_the_pictures_it_links_to(tmp_path: Path) -> None:
    export(study(tmp_path / "study"), tmp_path / "out" / "deep")
    text = (tmp_path / "out" / "deep" / "report.md").read_text()
    links = [unquote(part.split(">)")[0]) for part in text.split("](<")[1:]]
    assert len(links) > 5
    assert all((tmp_path / "out" / "deep" / link).is_file() for link in links)
    assert not (tmp_path / "study" / "report.md").exists()


def test_a_folder_that_holds_something_is_not_written_into_unasked(tmp_path: Path) -> None:
    record, out = study(tmp_path / "study"), tmp_path / "out"
    out.mkdir()
    (out / "letter.txt").write_text("dear")
    with pytest.raises(BadInput, match="not empty"):
        export(record, out)
    assert [file.name for file in out.iterdir()] == ["letter.txt"]
    export(record, out, overwrite=True)
    assert (out / "report.html").is_file() and (out / "letter.txt").read_text() == "dear"


@pytest.mark.parametrize("state", ["failed", "running"])
def test_a_study_without_a_result_has_a_report_and_no_recipe(tmp_path: Path, state: str) -> None:
    data = export(empty(tmp_path, state))  # type: ignore[arg-type]
    assert data["best"] is None and data["front"] == []
    assert not (tmp_path / "recipe.json").exists()
    page = (tmp_path / "report.html").read_text()
    assert ("No trial succeeded." if state == "failed" else "No result yet.") in page
    assert "relu9_9" in page, "what failed is told"


def test_a_study_that_has_not_begun_has_a_report(tmp_path: Path) -> None:
    data = export(replace(empty(tmp_path), trials=()))
    assert data["trials"] == {"total": 0, "complete": 0, "pruned": 0, "failed": 0, "pictures": 0}
    assert "No result yet." in (tmp_path / "report.html").read_text()


def test_no_password_reaches_any_file(tmp_path: Path) -> None:
    record = study(tmp_path)
    url = f"postgresql://me:{SECRET}@db/x"
    failed = TrialRecord(24, "gatys", "failed", error=f"cannot reach {url}")
    export(replace(record, notes=(url,), trials=(*record.trials, failed), revisions=({"what": [url]},)))
    assert not [file.name for file in tmp_path.rglob("*") if file.is_file() and SECRET.encode() in file.read_bytes()]


def test_a_picture_that_is_gone_or_broken_leaves_a_note(tmp_path: Path) -> None:
    record = study(tmp_path)
    (tmp_path / record.plan.content).unlink()
    (tmp_path / "trials" / "009.webp").write_bytes(b"no picture")
    export(record)
    page = (tmp_path / "report.html").read_text()
    assert "this picture is no longer there" in page
    assert "picture not on this page" in page


def test_nothing_outside_the_study_is_shown(tmp_path: Path) -> None:
    other = study(tmp_path / "other")
    folder = tmp_path / "study"
    folder.mkdir()
    (folder / "link.png").symlink_to(tmp_path / "other" / "best.png")
    assert inside(folder, Path("../other/best.png")) is None
    assert inside(folder, tmp_path / "other" / "best.png") is None
    assert inside(folder, Path("link.png")) is None
    assert inside(tmp_path / "other", other.final_image) is not None


def test_a_second_export_replaces_the_first(tmp_path: Path) -> None:
    record = study(tmp_path)
    export(record)
    best = (tmp_path / "best.png").read_bytes()
    export(replace(record, rule="another rule"))
    assert "another rule" in (tmp_path / "report.html").read_text()
    assert (tmp_path / "best.png").read_bytes() == best, "the same recipe is not written twice"


def test_both_pages_say_which_sampler_searched_and_why(tmp_path: Path) -> None:
    record = replace(study(tmp_path / "study"), samplers={"gatys": "multivariate TPE: 60% choices <b>"})
    export(record, tmp_path / "out")
    page, text = ((tmp_path / "out" / name).read_text() for name in ("report.html", "report.md"))
    assert "multivariate TPE: 60% choices &lt;b&gt;" in page
    assert "The sampler of `gatys` is a multivariate TPE: 60% choices" in text and "<b>" not in text


def test_a_report_elsewhere_is_written_through_no_link_that_leads_out_of_there(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "inputs").symlink_to(tmp_path / "mine")
    with pytest.raises(BadInput, match="leads out of"):
        export(study(tmp_path / "study"), tmp_path / "out", overwrite=True)
    assert not list((tmp_path / "mine").iterdir())
