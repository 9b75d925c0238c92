"""The pages beside a bare Dash page with one default line chart, in one run.

Overview: at most 150 kB on a first visit before Dash's own scripts, no Plotly. Measure page:
its chart drawn in at most half of the bare page's time, a view changed no slower at the 95th
percentile than the bare page's callback; both at 10 Mbit/s, 50 ms, a CPU four times slower.
Server: 500 requests a second for figures on 2 cores, 95th percentile under 50 ms, 50 at once.
Cold start under 1.5 times the imports alone; a measure's callback under 10 ms.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from etl.store import open_store
from tests.conftest import browser_path

ROOT = Path(__file__).resolve().parents[2]
PAGE = "/measure/ehc_plans_on_time_share_including_exceptions"
RUNS, CHANGES, SECONDS, PEOPLE = 7, 24, 8, 50
PLOTLY = "() => document.querySelector('.js-plotly-plot .scatterlayer .trace path')"
# Ours is drawn by the server, and by Plotly over it when it has come; both are measured.
DRAWN = "() => document.querySelector('#view svg.drawing path, .js-plotly-plot .trace path')"


def said(what: str, figure: float, unit: str, bound: float | None, *, least: bool = False) -> bool:
    """Print a figure beside its bound; whether it is within."""
    within = bound is None or (figure >= bound if least else figure <= bound)
    limit = "" if bound is None else f" (bound {'at least ' if least else ''}{bound:.4g} {unit})"
    print(f"{what}: {figure:.4g} {unit}{limit}{'' if within else '  OUT OF BOUNDS'}", flush=True)
    return within


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(arguments: list[str], port: int) -> Iterator[float]:
    """A server in a process of its own; gives the seconds until its first answer."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20).read()
                break
            except OSError:
                assert process.poll() is None, "the server ended"
                assert time.perf_counter() - start < 60, "the server does not answer"
                time.sleep(0.02)
        yield time.perf_counter() - start
    finally:
        process.terminate()
        process.wait(20)


def percentile(values: list[float], share: float = 0.95) -> float:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


# --- in a browser ------------------------------------------------------------------------


def slow_page(browser: Any) -> Any:
    """A page of a new visitor on a slow connection and a slow machine."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 50,
            "downloadThroughput": 10e6 / 8,
            "uploadThroughput": 10e6 / 8,
        },
    )
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return page


def first_drawing(browser: Any, url: str) -> tuple[float, float]:
    """Milliseconds from the visit's start until the chart is drawn and painted, and by Plotly."""
    page = slow_page(browser)
    page.goto(url, wait_until="commit")
    page.wait_for_function(DRAWN, polling="raf", timeout=60_000)
    taken = float(page.evaluate("performance.now()"))
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    painted = float(
        page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    )
    page.wait_for_function(PLOTLY, polling=16, timeout=60_000)
    by_plotly = float(page.evaluate("performance.now()"))
    page.context.close()
    return max(taken, painted), by_plotly


# Notes the frame in which the chart that is seen has changed, in the browser's own clock.
_WATCH = """() => new Promise(done => {
  const seen = path => getComputedStyle(path).visibility === 'visible';
  const course = () => Array.from(
      document.querySelectorAll('#view .js-plotly-plot .trace path, #view svg.drawing path'))
    .filter(seen).map(path => path.getAttribute('d')).join();
  const before = course(), start = performance.now();
  document.querySelector('[data-bench]').click();
  const look = () => course() && course() !== before ? done(performance.now() - start)
    : requestAnimationFrame(look);
  look();
})"""


def changes(browser: Any, pages: dict[str, Callable[[Any, int], None]]) -> list[list[float]]:
    """Milliseconds from a click until the chart has changed, on each of `pages` in turn.

    In turn, so that what else the machine does weighs on all alike.
    """
    opened = []
    for url in pages:
        page = slow_page(browser)
        page.goto(url, wait_until="commit")
        page.wait_for_function(PLOTLY, timeout=60_000)
        page.wait_for_timeout(1500)
        opened.append(page)
    taken: list[list[float]] = [[] for _ in pages]
    for turn in range(CHANGES):
        for page, mark, times in zip(opened, pages.values(), taken, strict=True):
            page.bring_to_front()
            mark(page, turn)
            times.append(float(page.evaluate(_WATCH)))
            page.wait_for_timeout(150)
    for page in opened:
        page.context.close()
    return [times[2:] for times in taken]


def _mark_other(page: Any, _: int) -> None:
    page.evaluate("document.querySelector('#other').setAttribute('data-bench', '')")


def _mark_view(page: Any, turn: int) -> None:
    page.evaluate(
        """turn => {
          document.querySelectorAll('[data-bench]').forEach(a => a.removeAttribute('data-bench'));
          const others = document.querySelectorAll('#view a[data-choice=view]:not([aria-current])');
          others[turn % others.length].setAttribute('data-bench', '');
        }""",
        turn,
    )


def overview_weight(browser: Any, url: str) -> tuple[float, list[str]]:
    """Kilobytes over the wire on a first visit without Dash's scripts; every address asked."""
    page = browser.new_context().new_page()
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    asked: dict[str, str] = {}
    sizes: dict[str, float] = {}
    tools.on(
        "Network.requestWillBeSent", lambda e: asked.update({e["requestId"]: e["request"]["url"]})
    )
    tools.on(
        "Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]})
    )
    page.goto(url, wait_until="networkidle")
    page.context.close()
    own = sum(s for i, s in sizes.items() if "_dash-component-suites" not in asked.get(i, ""))
    return own / 1000, list(asked.values())


def in_browser(ours: str, bare: str) -> list[bool]:
    from playwright.sync_api import sync_playwright

    within = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        weight, asked = overview_weight(browser, ours + "/")
        within.append(said("overview, first visit", weight, "kB", 150))
        within.append(
            said("overview, requests for Plotly", sum("plotly" in url for url in asked), "", 0)
        )
        first: dict[str, list[tuple[float, float]]] = {ours + PAGE: [], bare: []}
        for _ in range(RUNS):
            for url, taken in first.items():
                taken.append(first_drawing(browser, url))
        (own, plotly), (_, other) = (
            [statistics.median(times) for times in zip(*taken, strict=True)]
            for taken in first.values()
        )
        said("bare page, chart drawn", other, "ms", None)
        within.append(said("measure page, chart drawn", own, "ms", other / 2))
        said("measure page, Plotly's drawing over it", plotly, "ms", None)
        theirs, turned = changes(browser, {bare: _mark_other, ours + PAGE: _mark_view})
        limit = percentile(theirs)
        for what, times in (("bare page, callback", theirs), ("measure page, view", turned)):
            said(f"{what}, median", statistics.median(times), "ms", None)
        said("bare page, callback, 95th percentile", limit, "ms", None)
        within.append(
            said("measure page, view changed, 95th percentile", percentile(turned), "ms", limit)
        )
        browser.close()
    return within


# --- the server alone ----------------------------------------------------------------------


def callback_body(search: str, path: str = PAGE) -> bytes:
    """What Dash posts when a reader chooses a view."""
    return json.dumps(
        {
            "output": "turned.data",
            "outputs": {"id": "turned", "property": "data"},
            "inputs": [{"id": "address", "property": "search", "value": search}],
            "state": [
                {"id": "address", "property": "pathname", "value": path},
                {"id": "fit", "property": "data", "value": {"size": "page", "width": 740}},
            ],
            "changedPropIds": ["address.search"],
        }
    ).encode()


async def _reader(port: int, requests: list[bytes], until: float, taken: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    turn = 0
    while time.perf_counter() < until:
        start = time.perf_counter()
        writer.write(requests[turn % len(requests)])
        head = await reader.readuntil(b"\r\n\r\n")
        assert b" 200 " in head[:20], head[:200]
        length = next(
            line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
        )
        await reader.readexactly(int(length.split(b":")[1]))
        taken.append(time.perf_counter() - start)
        turn += 1
    writer.close()


def load(port: int) -> list[bool]:
    """PEOPLE at once ask for figures, as the browser does, for some seconds."""
    views = ["?view=years", "?view=months", "?view=bases", "?view=tail", "?view=neighbours"]
    requests = []
    for view in views:
        body = callback_body(view)
        requests.append(
            b"POST /_dash-update-component HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: br\r\n"
            b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        )

    async def everyone(seconds: float) -> list[float]:
        taken: list[float] = []
        until = time.perf_counter() + seconds
        await asyncio.gather(*(_reader(port, requests, until, taken) for _ in range(PEOPLE)))
        return taken

    asyncio.run(everyone(1))
    taken = asyncio.run(everyone(SECONDS))
    return [
        said("figures a second, 50 at once", len(taken) / SECONDS, "", 500, least=True),
        said("figures, 95th percentile", percentile(taken) * 1000, "ms", 50),
    ]


def callback_time() -> bool:
    """Server time of a measure's callback, first and later, all views of the busiest page."""
    from dashboard.web.app import create_app

    app = create_app(open_store())
    client = app.server.test_client()
    taken = []
    for measure in app.pages.measures():
        client.get(f"/measure/{measure}")
    for name in ("years", "months", "quarters", "bases", "tail", "weeks", "neighbours"):
        start = time.perf_counter()
        client.post(
            "/_dash-update-component",
            data=callback_body(f"?view={name}"),
            content_type="application/json",
        )
        taken.append((time.perf_counter() - start) * 1000)
    said("a measure's callback, median first time", statistics.median(taken), "ms", None)
    return said("a measure's callback, slowest first time", max(taken), "ms", 10)


def imports() -> float:
    """Seconds that importing dash, pandas and plotly costs alone, from a cold process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import dash, pandas, plotly"], check=True)
    return time.perf_counter() - start


def main() -> int:
    """Print each figure; 1 where one is out of its bound."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SEND_DATABASE_URL"] = f"sqlite:///{folder}/bench.db"
        open_store().close()
        port, other = free_port(), free_port()
        alone = min(imports() for _ in range(3))
        within = [callback_time()]
        command = ["-m", "dashboard", "--port", str(port)]
        starts = []
        for _ in range(2):
            with serving(command, port) as first:
                starts.append(first)
        with (
            serving(command, port) as first,
            serving(["-m", "tests.bench.bare_page", str(other)], other),
        ):
            within.append(
                said("cold start to first answer", min([first, *starts]), "s", 1.5 * alone)
            )
            within += load(port)
            if browser_path():
                within += in_browser(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{other}/")
            else:
                print("no browser here: the pages' own bounds were not measured")
    return 0 if all(within) else 1


if __name__ == "__main__":
    sys.exit(main())
