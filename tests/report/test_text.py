import csv
import io
import time
from pathlib import Path

import pytest

from autostyle.methods.gatys.spec import GatysParams
from autostyle.report.charts import axis, curve, place, scatter
from autostyle.report.html import duration, score, signed
from autostyle.report.markdown import code
from autostyle.report.markdown import page as markdown_page
from autostyle.report.table import trials_csv
from autostyle.report.text import cell, clean, clock, markdown, one_line, redact
from autostyle.report.view import build
from tests.report.study import FORMULA, RTL, SCRIPT, TABLE, study


def test_one_line_has_no_breaks_controls_or_overrides() -> None:
    assert one_line("a\nb\u2028c\x00d\x1b[31me") == "a b c de"
    assert "\u202e" not in one_line(RTL)
    assert one_line("x" * 500) == "x" * 399 + "…"


URLS = (
    *(
        "postgresql://me:pw@db/x",
        "see mysql+driver://a:pw@h:1/b now",
        "https://:pw@host",
        "postgresql://me:p@pw/1@db/x",
    ),
    *("postgresql://me@db/x?password=pw&sslmode=require", "mysql://me@db/x?a=1&ssl_key_passphrase=pw"),
)


@pytest.mark.parametrize("url", URLS)
def test_passwords_leave_urls(url: str) -> None:
    assert "pw" not in redact(url)
    assert redact(({"what": [url]},)) == ({"what": [redact(url)]},)


def test_redact_looks_at_every_option_and_hides_all_of_a_password() -> None:
    assert redact("db://h/x?a=b?password=s1&c=d&DbPass=s?2 e") == "db://h/x?a=b?password=***&c=d&DbPass=*** e"
    assert redact("db://me:a/b@c@host/x") == "db://me:***@host/x"


def test_redact_leaves_other_text_alone() -> None:
    text = "file:///a:b, http://host:80/path, me@example.org, 3:4@5"
    assert redact(text) == text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", " =1", "＝1"])
def test_a_text_that_a_spreadsheet_would_compute_is_quoted(text: str) -> None:
    assert str(cell(text)).startswith("'")


def test_numbers_stay_numbers_in_a_spreadsheet() -> None:
    assert cell(-1.5) == -1.5


def test_trials_csv_has_a_row_a_trial_and_no_formula(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(trials_csv(study(tmp_path)))))
    assert [int(row["number"]) for row in rows] == list(range(24))
    assert rows[9]["best"] == "True" and float(rows[9]["score.style"]) == pytest.approx(0.658, abs=1e-3)
    assert rows[23]["score.style"] == "", "a running trial has no scores"
    assert rows[7]["error"] == SCRIPT
    errors = [row["error"] for row in rows if "HYPERLINK" in row["error"]]
    assert errors and all(error == f"'{FORMULA}" for error in errors)


def test_markdown_has_no_markup_from_outside(tmp_path: Path) -> None:
    text = markdown_page(build(study(tmp_path)))
    plain = [line for line in text.splitlines() if not line.startswith("    ")]
    outside_code = "".join("".join(line.split("`")[::2]) for line in plain)
    assert "<script" not in outside_code.replace("\\<", "")
    assert "[link](" not in text.replace(f"    {TABLE}", "")
    assert str(tmp_path) not in text, "links are relative"


def test_markdown_tables_keep_their_columns(tmp_path: Path) -> None:
    text = markdown_page(build(study(tmp_path)))
    table: list[int] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            table.append(line.replace("\\|", "").count("|"))
        elif table:
            assert len(set(table)) == 1, text
            table = []


@pytest.mark.parametrize("text", ["# head", "- item", "1. item", "*bold*", "<b>", "a|b", "[x](y)", "![x](y)", "@me"])
def test_markdown_escapes_what_has_a_meaning(text: str) -> None:
    assert "\\" in markdown(text)
    assert (
        markdown("a plain, short sentence: 0.5 (half) - no more!") == "a plain, short sentence: 0.5 (half) - no more!"
    )


def test_code_cannot_be_left() -> None:
    assert code("a``b`c") == "``` a``b`c ```"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (0.244, "0.24 s"),
        (9.96, "10 s"),
        (12.4, "12 s"),
        (59.7, "1 min 00 s"),
        (185, "3 min 05 s"),
        (7800, "2 h 10 min"),
    ],
)
def test_durations_read_well(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_scores_have_two_decimals_and_a_true_minus() -> None:
    assert [score(n) for n in (0.456, -0.001, -0.5, None, float("nan"))] == ["0.46", "0.00", "−0.50", "–", "–"]
    assert [signed(n) for n in (0.1, -0.1)] == ["+0.10", "−0.10"]


def test_axes_have_round_ticks() -> None:
    assert axis(0, 1, 0, 100).ticks == (0, 0.2, 0.4, 0.6, 0.8, 1)
    assert axis(-0.13, 1, 0, 100).ticks == (0, 0.2, 0.4, 0.6, 0.8, 1)
    assert axis(1, 18, 0, 100).ticks == (5, 10, 15)
    assert axis(0, 1, 100, 0)(0.25) == 75, "pixels may run upwards"


def test_the_scatter_shows_every_complete_trial_and_the_front_on_top(tmp_path: Path) -> None:
    record = study(tmp_path)
    chart = scatter(record)
    assert len(chart.points) == record.count("complete")
    fronts = [point.front for point in chart.points]
    assert fronts == sorted(fronts)
    best = next(point for point in chart.points if point.best)
    assert (best.x, best.y) == (chart.x(best.trial.scores["content"]), chart.y(best.trial.scores["style"]))


def test_the_stairs_enclose_the_hypervolume(tmp_path: Path) -> None:
    record = study(tmp_path)
    chart = scatter(record)
    corners: list[tuple[float, float]] = []
    for step in chart.stairs.replace("Z", "").split():
        x, y = corners[-1] if corners else (0.0, 0.0)
        if step[0] == "M":
            x, y = map(float, step[1:].split(","))
        else:
            x, y = (float(step[1:]), y) if step[0] == "H" else (x, float(step[1:]))
        corners.append((x, y))
    turns = zip(corners, [*corners[1:], corners[0]], strict=True)
    area = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in turns)) / 2
    unit = abs((chart.x(1) - chart.x(0)) * (chart.y(1) - chart.y(0)))
    assert area / unit == pytest.approx(record.hypervolume, abs=0.005)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("one\n\ttwo\x1b[2J \u202egnp.exe", "one\n\ttwo gnp.exe"),
        ("a\x1b]0;title\x07b\x1b]2;title\x1b\\c\x9d0;title\x9cd", "abcd"),
        ("\x1b]8;;http://elsewhere\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bP1$r0m\x1b\\\x1b_Gi=1;AA\x1b\\\x1b[?1049h\x1b(0\x1bcx\x9b31my", "xy"),
        ("cut\x1b", "cut"),
        ("cut \x1b]0;off", "cut ]0;off"),
        ("\x1b[\x1b[31m1mtwice", "[1mtwice"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("pay\u200dpal\u200b\ufeff\u2060\u3164.com", "paypal.com"),
        (
            "می\u200cخواهم 한국어 👩\u200d🎨 ❤\ufe0f 1\ufe0f\u20e3",
            "می\u200cخواهم 한국어 👩\u200d🎨 ❤\ufe0f 1\ufe0f\u20e3",
        ),
        ("\udcc7\udcd1.png", "한.png"),
    ],
)
def test_clean_text_keeps_its_lines_and_loses_its_tricks(raw: str, shown: str) -> None:
    assert clean(raw) == shown and clean(shown) == shown
    assert one_line(raw) == " ".join(shown.split())


def test_a_clock_shows_hours_only_where_there_are_some() -> None:
    assert [clock(seconds) for seconds in (5, 65.4, 3600)] == ["0:05", "1:05", "1:00:00"]


def test_the_curve_needs_two_values() -> None:
    assert curve([0.5]) is None
    assert curve([0.1, float("nan")]) is None
    assert curve([0.0, 0.0]) is not None
    assert curve([0.1, 0.2, 0.3]) is not None


def test_a_value_lies_where_its_scale_puts_it() -> None:
    infos = GatysParams.info()
    low, high = infos["style_weight"].low, infos["style_weight"].high
    assert place(infos["style_weight"], (low * high) ** 0.5) == 50, "the geometric mean is the middle of a log scale"
    assert place(infos["pixels"], 0.5) == 25
    assert place(infos["optimizer"], "adam") is None


@pytest.mark.parametrize(
    "piece",
    ["a", "한", "\udcff", "\udcff한a", "\x1b]", "\x90", "\x9b0", "\x1b ", "://:", "?pass", "a://b:c@", "\u200d"],
)
def test_words_that_somebody_made_to_take_for_ever_take_no_time(piece: str) -> None:
    text = "é?" + piece * 30_000
    began = time.process_time()
    for shows in (clean, one_line, redact):
        shows(text)
    assert time.process_time() - began < 3
