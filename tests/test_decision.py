"""The decision table: every row, its precedence, its own fallback, and its agreement with the registry."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from autostyle import decision
from autostyle.brief import Brief, Wishes
from autostyle.decision import Availability, Situation, Table, choose
from autostyle.errors import BadInput, NotBuilt
from autostyle.methods import registry
from autostyle.methods.spec import MethodSpec
from autostyle.named_styles import NAMED_STYLES


@pytest.fixture(scope="module")
def table() -> Table:
    return decision.load()


def everything(spec: MethodSpec) -> Availability:
    return Availability()


def nothing(spec: MethodSpec) -> Availability:
    return Availability("no weights here")


LEARNT = [NAMED_STYLES[0].path]
"""Style pictures that the embedded fast net has learnt."""

# One line a row of the published table: wish -> row, what it prefers.
ROWS = {
    "quality": ("quality", ("gatys",)),
    "realtime": ("realtime", ("fast_net", "microast")),
    "arbitrary": ("arbitrary", ("microast", "wct")),
    "photorealistic": ("photorealism", ("look", "deep_photo", "photo_wct")),
    "prompt": ("prompt", ("ip_adapter",)),
    "brand": ("brand", ("style_lora",)),
    "prevent_leakage": ("leakage", ("instant_style",)),
    "production": ("production", ("ip_adapter",)),
}
MEDIA = {
    "video": ("temporal_net", "animatediff"),
    "font": ("font_color",),
    "audio": ("sound_mosaic",),
    "scene": ("splat_style", "nerf_style"),
}
PRECEDENCE = [
    "prevent_leakage",
    "photorealistic",
    "prompt",
    "brand",
    "realtime",
    "arbitrary",
    "quality",
    "production",
]


@pytest.mark.parametrize("wish", ROWS)
def test_a_wish_gets_its_row(wish: str) -> None:
    row, preferred = ROWS[wish]

    choice = choose(Situation(**{wish: True}), everything, styles=LEARNT)

    assert (choice.row, choice.preferred) == (row, preferred)
    if not registry.find(preferred[0]).asks:
        assert choice.method == preferred[0]


def test_without_a_wish_it_is_gatys_and_then_one_pass() -> None:
    choice = choose(Situation())

    assert (choice.row, choice.method, choice.alternatives) == ("one_off", "gatys", ("microast",))


@pytest.mark.parametrize("medium", MEDIA)
def test_a_medium_gets_its_row_and_never_an_image_method(medium: str, table: Table) -> None:
    wishes = [wish for wish in PRECEDENCE if wish not in ("photorealistic", "quality")]
    situation = Situation(medium=medium, **dict.fromkeys(wishes, True))

    assert table.row(situation).prefer == MEDIA[medium]


def test_a_clip_at_the_highest_quality_is_optimised_frame_by_frame() -> None:
    assert choose(Situation(medium="video", quality=True), decision.available).method == "gatys_video"


def test_a_clip_that_stays_a_film_goes_through_one_table_of_colours() -> None:
    choice = choose(Situation(medium="video", photorealistic=True), decision.available)

    assert (choice.row, choice.method, choice.alternatives) == ("photo_clip", "look", ())


def test_clips_fall_back_on_one_pass_along_the_motion_and_say_what_is_lost() -> None:
    choice = choose(Situation(medium="video"), decision.available)

    assert choice.method == "flow_microast"
    assert "stands in: it paints frame by frame" in choice.reason
    assert choose(Situation(medium="video"), decision.available, styles=LEARNT).method == "temporal_net"


def test_a_row_never_chooses_a_method_of_another_medium(table: Table) -> None:
    row = table.row(Situation(medium="video"))
    pictures = row.model_copy(update={"prefer": ("adain",), "fallback": (), "lost": {}, "lost_ko": {}})
    with pytest.raises(NotBuilt, match=r"AdaIN \(takes pictures only, so far\)"):
        choose(Situation(medium="video"), table=table.model_copy(update={"rows": (pictures,)}))


@pytest.mark.parametrize(("higher", "lower"), list(itertools.pairwise(PRECEDENCE)))
def test_precedence(higher: str, lower: str) -> None:
    both = Situation(**{higher: True, lower: True})

    assert choose(both, everything).row == ROWS[higher][0]


def test_the_medium_comes_before_every_wish(table: Table) -> None:
    assert table.row(Situation(medium="video", prevent_leakage=True)).id == "video"


def test_a_brief_becomes_a_situation() -> None:
    brief = Brief(wishes=Wishes(prompt="a fox", realtime=True, strength=0.8, keep_color=True))

    assert Situation.of(brief) == Situation(prompt=True, realtime=True)
    assert Situation.of(Brief(wishes=Wishes(prompt=""))) == Situation()
    assert Situation.of(Brief(medium="font")) == Situation(medium="font")


def test_every_deciding_wish_is_a_field_of_the_situation() -> None:
    adjusting = {"strength", "keep_color"}  # these change parameters, not the method

    assert set(Situation.model_fields) == set(Wishes.model_fields) - adjusting | {"medium"}


@pytest.mark.parametrize(
    ("wish", "method"),
    [
        ("prevent_leakage", "microast"),
        ("prompt", "gatys"),
        ("brand", "microast"),
        ("production", "gatys"),
    ],
)
def test_what_cannot_run_here_falls_along_its_own_row_and_says_so(wish: str, method: str, table: Table) -> None:
    row = table.row(Situation(**{wish: True}))

    choice = choose(Situation(**{wish: True}))

    assert choice.method == method
    assert choice.method in row.fallback
    assert choice.reason.startswith(row.reason)
    assert "Not here: " in choice.reason
    assert f"stands in: {row.lost[method]}" in choice.reason
    assert choice.preferred == row.prefer


def test_a_second_preferred_method_is_no_stand_in() -> None:
    choice = choose(Situation(realtime=True))

    assert choice.method == "microast"
    assert "Fast net (paints only what it has learnt: embedded: swirling-night" in choice.reason
    assert "stands in" not in choice.reason


def test_a_method_that_runs_is_not_reported_as_missing() -> None:
    assert "Not here" not in choose(Situation(production=True), everything).reason


def test_the_machine_decides_how_far_it_falls() -> None:
    def no_gpu(spec: MethodSpec) -> Availability:
        return Availability("needs a GPU") if spec.weights or "a GPU" in spec.needs else Availability()

    choice = choose(Situation(brand=True), no_gpu, styles=LEARNT)

    assert choice.method == "fast_net"
    assert choice.alternatives == ("microast", "gatys")
    assert "Style LoRA (needs a GPU)" in choice.reason


def test_with_nothing_in_the_row_it_cannot_yet() -> None:
    with pytest.raises(NotBuilt, match=r"no method for this wish runs here: Gatys, MicroAST.* \(no weights here\)"):
        choose(Situation(quality=True), nothing)


# Table and registry


def test_every_method_of_the_registry_is_in_the_table(table: Table) -> None:
    in_rows = {name for row in table.rows for name in row.methods}

    assert in_rows | set(table.by_name_only) == set(registry.OURS)
    assert not in_rows & set(table.by_name_only)


def test_every_medium_has_a_row_and_its_preferred_methods_are_of_that_medium(table: Table) -> None:
    assert {row.when.medium for row in table.rows} == {spec.medium for spec in registry.OURS.values()}
    for row in table.rows:
        specs = map(registry.find, row.prefer)
        assert {row.when.medium if spec.table else spec.medium for spec in specs} == {row.when.medium}


def test_every_built_method_is_offered_in_some_situation(table: Table) -> None:
    choices = [choose(Situation(**{wish: True}), everything, styles=LEARNT) for wish in PRECEDENCE]
    choices += [choose(Situation()), choose(Situation(medium="audio"), everything), choose(Situation(medium="scene"))]
    choices.append(choose(Situation(medium="video"), everything, styles=LEARNT))
    choices.append(choose(Situation(medium="audio", voice=True), everything))
    choices.append(choose(Situation(medium="font"), everything))
    choices.append(choose(Situation(medium="font", outlines=True), everything))
    offered = {name for choice in choices for name in (choice.method, *choice.alternatives)}

    by_itself = {spec.name for spec in registry.OURS.values() if spec.built and not spec.asks}
    assert by_itself - set(table.by_name_only) <= offered


def test_what_only_a_person_can_give_is_not_chosen_for_them() -> None:
    choice = choose(Situation(brand=True), everything, styles=LEARNT)

    assert choice.method == "fast_net"
    assert "Style LoRA (needs your --with lora=FILE)" in choice.reason


def test_a_method_whose_weights_are_elsewhere_says_how_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.setenv("AUTOSTYLE_WEIGHTS", str(tmp_path))
    nothing_here = decision.available(registry.find("ip_adapter"))
    assert nothing_here.missing == "needs `autostyle weights get sdxl ip_adapter_sdxl image_encoder`, 9697 MB"

    (tmp_path / "sd15").mkdir()
    (tmp_path / "image_encoder").mkdir()
    begun = decision.available(registry.find("ip_adapter"))
    assert begun.missing == "needs `autostyle weights get ip_adapter_sd15`, 43 MB"

    (tmp_path / "ip_adapter_sd15.safetensors").touch()
    assert decision.available(registry.find("ip_adapter"))


def test_a_checkpoint_in_one_file_needs_the_configuration_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.setenv("AUTOSTYLE_WEIGHTS", str(tmp_path))
    for file in ("sd15.safetensors", "ip_adapter_sd15.safetensors", "image_encoder"):
        (tmp_path / file).touch()

    missing = decision.available(registry.find("ip_adapter")).missing

    assert missing.startswith("needs `autostyle weights get sd15_config`")


def test_the_rows_of_a_method(table: Table) -> None:
    assert table.rows_with("style_lora") == ("brand",)
    assert table.rows_with("stylegan") == ()


# A table of the user's own


def write(config: Path, text: str) -> Path:
    path = config / "prompts" / "decision_table.yaml"
    path.parent.mkdir()
    path.write_text(text)
    return path


DEFAULT = """\
rows:
  - id: mine
    when: {}
    prefer: [adain]
    fallback: []
    reason: I like it.
"""


def test_a_users_table_is_obeyed(own_settings: Path) -> None:
    write(own_settings, DEFAULT)

    choice = choose(Situation(quality=True))

    assert (choice.row, choice.method, choice.reason) == ("mine", "adain", "I like it.")


@pytest.mark.parametrize(
    ("was", "now", "complaint"),
    [
        ("[adain]", "[adian]", "line 4: rows.0.prefer.0: unknown method 'adian'"),
        ("[adain]", "[]", "line 4: rows.0.prefer: "),
        ("[adain]", "[adain", "line 5: "),
        ("{}", "{realtme: true}", "line 3: rows.0.when.realtme: "),
        ("{}", "{realtime: true}", "must hold always"),
        ("    fallback: []\n", "", "line 2: rows.0.fallback: Field required"),
        ("fallback: []", "fallback: [adain]", "line 2: rows.0: a method is named twice"),
        ("fallback: []", "fallback: [gatys]", "line 2: rows.0: `lost` must say"),
        ("I like it.", "\tno", "line 6: "),
        (DEFAULT, "", "line 1: "),
        (DEFAULT, "- just\n- a list\n", "line 1: "),
        ("rows:", "by_name: []\nrows:", "line 1: by_name: "),
    ],
)
def test_a_broken_table_is_one_error_with_line_and_field(
    own_settings: Path, was: str, now: str, complaint: str
) -> None:
    path = write(own_settings, DEFAULT.replace(was, now))

    with pytest.raises(BadInput) as caught:
        choose(Situation())

    assert caught.value.message.startswith("your decision_table.yaml, line ")
    assert complaint in caught.value.message
    assert "\n" not in caught.value.message
    assert str(path) in caught.value.hint


def test_two_rows_of_one_name_are_refused(own_settings: Path) -> None:
    first = DEFAULT.replace("{}", "{quality: true}")
    write(own_settings, first + DEFAULT.removeprefix("rows:\n"))

    with pytest.raises(BadInput, match="two rows have the same id"):
        decision.load()


def test_the_shipped_table_says_everything_in_korean_too(table: Table) -> None:
    for row in table.rows:
        assert any("가" <= letter <= "힣" for letter in row.reason_ko), row.id
        assert set(row.lost_ko) == set(row.lost), row.id
