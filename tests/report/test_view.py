import json
from dataclasses import replace
from pathlib import Path

import pytest

from autostyle.report import html, markdown
from autostyle.report.charts import scatter
from autostyle.report.payload import full, parse
from autostyle.report.provenance import weights
from autostyle.report.view import build
from autostyle.scoring.scores import OBJECTIVES, Metric
from autostyle.tuning.record import StudyRecord
from tests.planned import PLANNED
from tests.report.study import empty, study

pytestmark = pytest.mark.usefixtures("planned")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> StudyRecord:
    return study(tmp_path_factory.mktemp("study"), hostile=False)


def test_the_best_is_compared_with_the_defaults_and_the_untouched_content(record: StudyRecord) -> None:
    view = build(record)
    assert [row.kind for row in view.rows] == ["content", "reference", "best", "final"]
    assert view.rows[0].scores == {"style": 0.0, "content": 1.0}
    assert view.reference_label == "gatys at its defaults" and view.reference is record.trial(0)
    assert view.gain["style"] == pytest.approx(record.trial(9).scores["style"] - record.trial(0).scores["style"])


def test_without_a_trial_at_the_defaults_the_first_preset_serves(record: StudyRecord) -> None:
    trials = tuple(replace(t, state="failed", scores={}) if t.number == 0 else t for t in record.trials)
    assert build(replace(record, trials=trials, front=(9,))).reference_label == "the first preset of gatys"


def test_the_sheet_has_the_best_then_the_front_then_the_rest(record: StudyRecord) -> None:
    order = [trial.number for trial in build(record).order]
    assert order[0] == 9
    assert set(order[: len(record.front)]) == set(record.front)
    assert len(order) == record.count("complete")


def test_a_method_that_could_not_run_is_said_aloud(record: StudyRecord) -> None:
    assert "ip_adapter first, which could not run on this machine; gatys ran instead" in build(record).away
    choice = record.plan.choice.model_copy(update={"preferred": ("gatys", "ip_adapter")})
    assert build(replace(record, plan=record.plan.model_copy(update={"choice": choice}))).away == ""
    choice = record.plan.choice.model_copy(update={"preferred": (PLANNED,)})
    away = build(replace(record, plan=record.plan.model_copy(update={"choice": choice}))).away
    assert f"{PLANNED} first, which is planned and not built yet; gatys ran instead" in away


def test_changes_are_what_differs_from_the_defaults(record: StudyRecord) -> None:
    view = build(record)
    assert view.changes(record.trial(0)) == {}
    assert view.changes(record.trial(1)) == {"style_weight": 5.0}


def test_settings_say_how_each_parameter_was_treated(record: StudyRecord) -> None:
    roles = {setting.info.name: setting.role for setting in build(record).settings}
    assert roles["style_weight"] == "searched 0.5 to 20"
    assert roles["steps"] == "fixed"
    assert roles["style_loss"] == "searched"
    assert roles["init"] == "at its default"


def test_pictures_are_called_what_the_person_calls_them(record: StudyRecord) -> None:
    assert build(record).names == ("harbour.png", "brush.png")
    assert build(replace(record, sources=("me at sea.jpg", "oil.jpg"))).names == ("me at sea.jpg", "oil.jpg")


def test_agreement_is_a_rank_correlation(record: StudyRecord) -> None:
    def held(sign: float) -> StudyRecord:
        trials = tuple(
            replace(t, held_out={"style": sign * t.scores["style"] ** 3}) if t.scores else t for t in record.trials
        )
        return replace(record, trials=trials)

    assert build(held(1)).agreement == pytest.approx(1), "any rising curve keeps the order"
    assert build(held(-1)).agreement == pytest.approx(-1)
    assert build(held(0)).agreement is None, "a constant ranks nothing"


def test_the_held_out_table_has_the_content_and_a_copy_of_the_style(record: StudyRecord) -> None:
    assert [row.kind for row in build(record).held_out] == ["content", "style", "reference", "best"]
    assert build(replace(record, held_out={})).held_out == ()


def test_time_adds_up(record: StudyRecord) -> None:
    for time in build(record).times:
        assert sum(time.parts.values()) == pytest.approx(time.total)


def test_what_a_method_tells_of_its_runs_stands_beside_the_parts(record: StudyRecord) -> None:
    assert all(time.within == {} for time in build(record).times)
    told = replace(record.trial(3), seconds_by={**record.trial(3).seconds_by, "propose": 0.1, "denoise": 9.0})
    trials = tuple(told if t.number == 3 else t for t in record.trials)
    gatys, adain = build(replace(record, trials=trials)).times

    assert (gatys.within, adain.within) == ({"denoise": 9.0}, {})
    assert sum(gatys.parts.values()) == pytest.approx(gatys.total), "a part of the run is not counted twice"


def test_an_empty_study_has_a_view(tmp_path: Path) -> None:
    view = build(empty(tmp_path))
    assert view.best is None and view.gain == {} and view.settings == () and view.agreement is None
    assert [trial.number for trial in view.unfinished] == [0, 1]


def test_every_weight_has_its_licence(record: StudyRecord) -> None:
    used = {row.role: (row.id, row.licence) for row in weights(record)}
    assert used["encoder"] == ("embedded encoder", "CC BY 4.0")
    assert used["style"] == ("embedded style_embedding", "MIT")
    fingerprinted = weights(replace(record, weights={"encoder": "embedded (3f2a9c01)"}))
    assert (fingerprinted[0].id, fingerprinted[0].licence) == ("embedded encoder", "CC BY 4.0")
    another = weights(replace(record, weights={"encoder:adain": "embedded (adain_encoder)"}))
    assert (another[0].id, another[0].licence) == ("embedded adain_encoder", "MIT")
    pretrained = weights(replace(record, weights={"encoder": "vgg19", "style": "clip:ViT-B-32"}))
    assert [(row.id, row.licence) for row in pretrained[:2]] == [("vgg19", "BSD-3-Clause"), ("clip:ViT-B-32", "MIT")]


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("", ""),
        ("measured", "measured, not seen"),
        ("clip:ViT-B-32", "by CLIP (ViT-B-32)"),
        ("vlm:qwen", "by qwen"),
        ("model:openai/seer", "by openai/seer"),
    ],
)
def test_who_put_the_style_into_words_is_said(tmp_path: Path, by: str, said: str) -> None:
    record = study(tmp_path, hostile=False)
    plan = record.plan.model_copy(update={"keywords_by": by})

    assert build(replace(record, plan=plan)).words_by == said


def test_a_third_objective_is_on_every_page(record: StudyRecord) -> None:
    calm = Metric("calm", "Calm", "objective", "how little moves", zero="noise", one="nothing moves")
    trials = tuple(replace(t, scores=t.scores | {"calm": t.number / 24}) if t.scores else t for t in record.trials)
    best = record.trial(9).scores
    beaten = next(t.number for t in trials if t.scores and all(t.scores[name] < best[name] for name in best))
    view = build(replace(record, trials=trials, metrics=(*OBJECTIVES, calm), front=(beaten, 9)))
    assert view.rows[0].scores == {"style": 0.0, "content": 1.0, "calm": None}
    assert view.rows[2].scores["calm"] == 9 / 24
    page, text = html.page(view), markdown.page(view)
    assert '<th class="n is-calm">Calm</th>' in page and "nothing else beats in every score" in page
    assert "**calm 0.38**" in text and "| Picture | Style | Content | Calm |" in text
    assert full(view.record)["metrics"][2]["one"] == "nothing moves"
    # One is on the front for its calm alone: the line follows what nothing beats in the two scores that are shown.
    assert scatter(view.record).stairs.count("H") == 1


def test_the_page_of_numbers_gives_the_record_back(tmp_path: Path) -> None:
    known = study(tmp_path)
    again = parse(json.loads(json.dumps(full(known))), tmp_path)
    assert "gram_mse" not in again.trial(4).raw, "it was no number"
    same = replace(known, trials=tuple(replace(t, raw=again.trial(t.number).raw) for t in known.trials))
    assert replace(again, hypervolume_history=same.hypervolume_history) == same
    assert (
        replace(known, time_is_up=True).unfinished is parse(full(replace(known, time_is_up=True)), tmp_path).unfinished
    )
    with pytest.raises(ValueError):
        parse({**full(known), "best": {"number": 99}}, tmp_path)
