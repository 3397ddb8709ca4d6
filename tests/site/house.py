"""The built site on a server of its own, below a folder as on GitHub Pages, and a lesson of it in a page.

Used by the test beside it.
"""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from urllib.parse import unquote

from playwright.sync_api import Browser, Page, Request

from checks.notebook import ROOT
from tests.learner.browser import house

SITE = ROOT / "_site"
#: In milliseconds: Python has to be loaded, twice.
PATIENCE = 180_000


def stored(solution: Path) -> bytes:
    """A solution as a lesson: every answer is there and nothing has run."""
    notebook = json.loads(solution.read_text("utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return json.dumps(notebook).encode()


_TYPES = {".mjs": "text/javascript", ".wasm": "application/wasm"}


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *given: object, lessons: dict[str, bytes]) -> None:
        self._lessons = lessons
        super().__init__(*given, directory=str(SITE))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        name = unquote(self.path.partition("?")[0]).removeprefix("/course/")
        path = SITE / (f"{name}index.html" if name.endswith("/") or not name else name)
        content = self._lessons.get(name.removeprefix("files/"))
        if content is None and path.is_file() and self.path.startswith("/course/"):
            content = path.read_bytes()
        if content is None:
            self.send_error(404)
            return
        content = gzip.compress(content, 1)
        self.send_response(200)
        self.send_header("Content-Type", _TYPES.get(path.suffix) or self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *given: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 100


@contextmanager
def serving(lessons: dict[str, bytes]) -> Iterator[str]:
    """The site's address; `lessons` are handed out in place of its own, by their names."""
    with _Server(("127.0.0.1", 0), partial(_Handler, lessons=lessons)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/course"
        finally:
            server.shutdown()


class Lesson(house.Notebook):
    """A lesson of the site, open in a page."""

    def __init__(self, address: str, page: Page, name: str) -> None:
        server = SimpleNamespace(program="jupyterlab", folder=ROOT / "notebooks", address=address)
        super().__init__(server, page, name)  # type: ignore[arg-type]
        self.path = server.folder / Path(name).name  # a translated lesson has the same cells

    def open(self, kernel: bool = True) -> None:
        self.page.goto(f"{self.server.address}/lab/index.html?path={self.name}")
        self.page.locator(".jp-Notebook").wait_for(timeout=PATIENCE)
        if kernel:
            self.wait_idle()

    def wait_idle(self) -> None:
        self.page.locator(".jp-StatusBar-Widget", has_text="| Idle").first.wait_for(timeout=PATIENCE)

    def run_all(self) -> None:
        self.page.evaluate(house._FORGET_WHAT_RAN)
        self.menu("Run", "Run All Cells")
        self.page.wait_for_function(house._ALL_RAN, timeout=PATIENCE)

    def statuses(self) -> dict[str, str]:
        """Every live card's status, by its exercise."""
        found = self.page.locator("[data-exercise]")
        return dict(
            found.evaluate_all("cards => cards.map(card => [card.dataset.exercise, card.dataset.status])")
        )


def page(browser: Browser, elsewhere: list[str]) -> Page:
    """A page of a browser that was never here. `elsewhere` will hold what it asked of any other place."""

    def note(request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "blob:", "data:")):
            elsewhere.append(request.url)

    context = browser.new_context(viewport={"width": 1200, "height": 1400})
    context.on("request", note)
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    return opened
