"""The page as a browser sees it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from autostyle.codecs.image import save_image
from autostyle.mediums.contract import Exhibit
from autostyle.mediums.image.medium import ImageMedium
from autostyle.report import html
from autostyle.report.export import export
from autostyle.report.pictures import Album, Embedded
from autostyle.report.view import build
from autostyle.testing.inputs import panning
from tests.chromium import Browser
from tests.clips import written
from tests.report.study import IMAGE, SCRIPT, study

LIMIT = 12_000_000


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """report.html of a study whose every text tries to break it."""
    folder = tmp_path_factory.mktemp("study")
    export(study(folder))
    return folder / "report.html"


@pytest.fixture(scope="module")
def browser(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    made = Browser(chromium, tmp_path_factory.mktemp("profile"))
    yield made
    made.close()


def test_what_people_wrote_is_text(page: Path) -> None:
    text = page.read_text()
    assert SCRIPT not in text and IMAGE not in text
    assert text.count("<script>") == 1, "the page's own"
    assert "&lt;script&gt;window.pwned=1&lt;/script&gt;" in text


def test_the_policy_forbids_everything_but_the_page_itself(page: Path) -> None:
    text = page.read_text()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; img-src data:;") and "unsafe" not in policy[1]
    assert not re.search(r'(?:src|href)="(?!data:image/webp;base64,|#|\./)', text), "no address but its own files"
    assert " style=" not in text and not re.search(r'\son[a-z]+="', text)


def test_a_long_study_stays_under_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "PICTURE_BYTES", 400_000)
    record = study(tmp_path)
    noise = np.random.default_rng(0).integers(0, 255, (256, 256, 3), dtype=np.uint8)
    Image.fromarray(noise).save(tmp_path / "noise.webp", quality=95)
    like = replace(record.trial(3), image=Path("noise.webp"))
    many = tuple(replace(like, number=number) for number in range(24, 1000))
    export(replace(record, trials=(*record.trials, *many), front=(*record.front, *range(24, 30))))
    text = (tmp_path / "report.html").read_text()
    pictures = sum(map(len, re.findall(r'"data:image/webp;base64,[^"]+"', text)))
    assert 300_000 < pictures <= 400_000 + 2 * len(record.trials + many), "the budget, and the quotes"
    assert len(text.encode()) - pictures < LIMIT - 9_500_000, "the words of 1000 trials fit beside the pictures"
    assert "pictures were left out" in text
    assert 'id="trial-999"' in text, "every result is listed"


@pytest.mark.chromium
def test_it_opens_offline_without_a_request_or_a_complaint(page: Path, browser: Browser) -> None:
    browser.open(page.as_uri())
    assert browser.requests() == [page.as_uri()]
    assert browser.complaints() == []


@pytest.mark.chromium
def test_nothing_people_wrote_runs(page: Path, browser: Browser) -> None:
    browser.open(page.as_uri())
    assert browser.run("window.pwned") is None
    assert browser.run("document.scripts.length") == 1
    assert browser.run("document.querySelectorAll('img[src=x], [onerror]').length") == 0
    assert browser.run("document.querySelector('.notes li').textContent") == SCRIPT


@pytest.mark.chromium
def test_every_picture_decodes(page: Path, browser: Browser) -> None:
    browser.open(page.as_uri())
    browser.run("document.querySelectorAll('img').forEach(i => i.loading = 'eager')")
    sizes = browser.run("Promise.all([...document.images].map(i => i.decode().then(() => i.naturalWidth)))")
    assert len(sizes) > 20 and min(sizes) > 0


@pytest.mark.chromium
def test_pointing_at_a_mark_shows_its_picture(page: Path, browser: Browser) -> None:
    browser.open(page.as_uri())
    assert browser.run("document.querySelector('#viewer .who b').textContent") == "9", "the recommended one at first"
    browser.point(".point:not(.best) .reach")
    number = browser.run("document.querySelector('.point.active').dataset.trial")
    assert number != "9"
    assert browser.run("document.querySelector('#viewer .who b').textContent") == number
    same = f"document.querySelector('#viewer img').src === document.querySelector('#trial-{number} img').src"
    assert browser.run(same)
    browser.point(".strip li:last-child a")
    last = browser.run("document.querySelector('.strip li:last-child a').dataset.trial")
    assert browser.run("document.querySelector('#viewer .who b').textContent") == last


@pytest.mark.chromium
def test_the_keyboard_steps_through_the_trials(page: Path, browser: Browser) -> None:
    browser.open(page.as_uri())
    shown = "document.querySelector('#viewer .who b').textContent"
    assert browser.run("document.querySelectorAll('.point[tabindex=\"0\"]').length") == 1, "one stop for Tab"
    browser.run("document.querySelector('.point[tabindex=\"0\"]').focus()")
    seen = []
    for _ in range(18):
        browser.press("ArrowRight")
        seen.append(browser.run(shown))
    assert len(set(seen)) == 18 and seen[-1] == "9", "all complete trials, and round to the first"


@pytest.mark.chromium
def test_comparing_content_and_result_by_dragging(page: Path, browser: Browser) -> None:
    browser.open(page.as_uri())
    browser.point("#wipe .stage")
    assert browser.run("document.querySelector('#wipe .stage').style.getPropertyValue('--at')") == "50%"
    browser.run("document.querySelector('#wipe input').value = 80")
    browser.run("document.querySelector('#wipe input').dispatchEvent(new Event('input'))")
    assert browser.run("document.querySelector('#wipe .stage').style.getPropertyValue('--at')") == "80%"


@pytest.mark.chromium
def test_it_is_light_and_dark_by_the_system_and_by_the_button(page: Path, browser: Browser) -> None:
    def brightness() -> float:
        return float(np.asarray(Image.open(BytesIO(browser.screenshot())).convert("L")).mean())

    browser.open(page.as_uri(), scheme="light")
    light = brightness()
    browser.open(page.as_uri(), scheme="dark")
    dark = brightness()
    assert dark < 110 < 170 < light
    browser.run("document.querySelector('#theme').click()")
    assert brightness() == pytest.approx(light, abs=2)


@pytest.mark.chromium
@pytest.mark.parametrize("width", [1280, 400])
def test_nothing_sticks_out(page: Path, browser: Browser, width: int) -> None:
    browser.open(page.as_uri(), width=width)
    assert browser.run("document.documentElement.scrollWidth") <= width


def test_what_a_medium_shows_is_one_element_and_nothing_of_it_is_markup() -> None:
    told = Exhibit("pre", "a <b>\n\x1b[31m&", attributes={"title": '"><script>', "hidden": True})
    assert html.element(told, None) == '<pre title="&#34;&gt;&lt;script&gt;" hidden>a &lt;b&gt;\n&amp;</pre>'
    picture = Embedded("data:image/webp;base64,AA", 4, 3)
    video = html.element(Exhibit("video", source="data:video/mp4;base64,BB", poster=True), picture)
    assert 'poster="data:image/webp;base64,AA" width="4" height="3"' in video


@pytest.mark.parametrize(
    "exhibit",
    [
        Exhibit("script", "x"),
        Exhibit("video", attributes={"onplay": "x()"}),
        Exhibit("pre", needs={"script-src": "*"}),
        None,
    ],
)
def test_what_a_medium_shows_runs_nothing_and_costs_no_report(
    exhibit: Exhibit | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shown(*_: object) -> Exhibit:
        if exhibit is None:
            raise ZeroDivisionError
        return exhibit

    if exhibit is not None:
        with pytest.raises(ValueError, match="page"):
            html.element(exhibit, None)
    save_image(tmp_path / "best.png", np.zeros((32, 32, 3), np.float32))
    monkeypatch.setattr(ImageMedium, "exhibit", shown)
    assert Album(tmp_path, 1000).exhibit(Path("best.png"), 1000) is None


def test_a_clip_is_played_and_only_its_page_allows_that(tmp_path: Path, page: Path) -> None:
    found = study(tmp_path)
    plan = found.plan.model_copy(update={"content": Path("inputs", "content.mp4")})
    written(tmp_path / plan.content, panning(frames=3))
    text = html.page(build(replace(found, plan=plan)))
    assert text.count("<video") == 1 and "img-src data:; media-src data:; style-src" in text
    assert 'id="wipe" class="wipe"' not in text and 'id="wipe" class="wipe"' in page.read_text()
    assert "media-src" not in page.read_text()
