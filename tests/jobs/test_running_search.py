"""A search in a job process, held from an event loop: events, steering, a stop, and no process left behind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from autostyle.brief import Budget
from autostyle.errors import BadInput, StudyFailed
from autostyle.jobs import requests
from autostyle.jobs.parent import JobFailed, run
from autostyle.jobs.running_search import RunningSearch
from autostyle.tuning import events
from tests.searched import small_plan

pytestmark = pytest.mark.slow


@pytest.fixture
def search(folder: Path, fake_runtime: Callable[..., None]) -> requests.SearchRequest:
    plan = small_plan(folder, budget=Budget(trials=3), final_size=64)
    return requests.SearchRequest(
        plan=plan, home=folder / "home", offline=True, device="cpu", runtime="fake_runtime:make"
    )


def test_it_tells_what_happens_and_ends_with_the_report(search: requests.SearchRequest) -> None:
    seen: list[events.StudyEvent] = []

    async def whole() -> tuple[RunningSearch, dict[str, object]]:
        running = await RunningSearch.start(search, seen.append)
        assert running.running and seen[0].kind == "opened"
        return running, await running.ended

    running, summary = asyncio.run(whole())
    assert not running.running
    assert summary["trials"] == {"total": 3, "pictures": 3, "complete": 3, "pruned": 0, "failed": 0}
    assert Path(str(summary["report"])).is_file()
    assert sum(isinstance(event, events.TrialFinished) for event in seen) == 3

    # What other jobs say about the same study.
    record = run(requests.RecordRequest(home=search.home, study="s"))["record"]
    assert record["folder"] == str(running.folder) and len(record["trials"]) == 3
    (listed,) = run(requests.StudiesRequest(home=search.home))["studies"]
    assert (listed["name"], listed["done"]) == ("s", 3)
    exported = run(requests.ExportRequest(home=search.home, study="s", out=search.home / "elsewhere"))
    assert Path(exported["report"]) == search.home / "elsewhere" / "report.html"


def test_it_is_steered_while_it_runs(search: requests.SearchRequest, fake_runtime: Callable[..., None]) -> None:
    fake_runtime(seconds=0.5, steps=5)
    plan = search.plan

    async def whole() -> tuple[tuple[str, ...], dict[str, object]]:
        running = await RunningSearch.start(search, lambda event: None)
        with pytest.raises(BadInput, match="size differs"):
            await running.steer(plan.model_copy(update={"size": 128}), "larger")
        what = await running.steer(plan.model_copy(update={"budget": Budget(trials=4)}), "one more")
        return what, await running.ended

    what, summary = asyncio.run(whole())
    assert what == ("budget.trials: 3 -> 4",)
    assert summary["trials"]["complete"] == 4  # type: ignore[index]


def children(recursive: bool = False) -> set[psutil.Process]:
    """Processes of this one; what a test before this one left unreaped is among them."""
    return set(psutil.Process().children(recursive=recursive))


@pytest.mark.usefixtures("unforked")
def test_a_stop_keeps_what_was_found_and_leaves_no_process(
    search: requests.SearchRequest, fake_runtime: Callable[..., None]
) -> None:
    fake_runtime(seconds=0.3, steps=5)
    endless = search.model_copy(update={"plan": search.plan.model_copy(update={"budget": Budget(trials=500)})})

    async def whole() -> tuple[RunningSearch, dict[str, object]]:
        first = asyncio.Event()

        def on_event(event: events.StudyEvent) -> None:
            if isinstance(event, events.TrialFinished):
                first.set()

        running = await RunningSearch.start(endless, on_event)
        await first.wait()
        await running.stop()
        return running, running.ended.result()

    others = children(recursive=True)
    running, summary = asyncio.run(whole())
    assert not running.running and summary["trials"]["complete"] >= 1  # type: ignore[index]
    assert children(recursive=True) <= others


@pytest.mark.usefixtures("unforked")
def test_a_job_that_is_killed_is_told_and_takes_its_worker_with_it(
    search: requests.SearchRequest, fake_runtime: Callable[..., None]
) -> None:
    fake_runtime(seconds=30, steps=100)

    others = children()

    async def whole() -> list[psutil.Process]:
        began = asyncio.Event()
        running = await RunningSearch.start(search, lambda event: began.set() if event.kind == "progress" else None)
        await began.wait()
        (job,) = children() - others
        family = [job, *job.children(recursive=True)]
        job.kill()
        with pytest.raises(JobFailed, match="-9"):
            await running.ended
        return family

    family = asyncio.run(whole())
    assert len(family) == 2 and psutil.wait_procs(family, timeout=60)[1] == []


@pytest.mark.usefixtures("unforked")
def test_a_start_that_is_given_up_ends_the_job(search: requests.SearchRequest) -> None:
    others = children()

    async def whole() -> None:
        starting = asyncio.create_task(RunningSearch.start(search, lambda event: None))
        while not children() - others:
            await asyncio.sleep(0.01)
        starting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await starting
        while children() - others:
            await asyncio.sleep(0.05)

    asyncio.run(asyncio.wait_for(whole(), 100))


def test_what_opening_raises_arrives_where_it_was_started(search: requests.SearchRequest) -> None:
    gone = search.plan.model_copy(update={"content": Path("gone.png")})

    async def start(request: requests.SearchRequest) -> None:
        await RunningSearch.start(request, lambda event: None)

    with pytest.raises(BadInput, match=r"no file gone\.png"):
        asyncio.run(start(search.model_copy(update={"plan": gone})))


def test_a_search_that_fails_ends_with_its_error(
    search: requests.SearchRequest, fake_runtime: Callable[..., None]
) -> None:
    fake_runtime(accidents=[{"do": "error"}])

    async def whole() -> None:
        running = await RunningSearch.start(search, lambda event: None)
        with pytest.raises(StudyFailed, match="something broke"):
            await running.ended
        with pytest.raises(BadInput, match="is over"):
            await running.steer(search.plan, "too late")

    asyncio.run(whole())
