"""A real Jupyter server with the lessons, and a real browser's page on one of its notebooks.

Used by the fixtures beside it, by the bench and by the picture for the README.
"""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, sync_playwright

from checks import notebook
from checks.learner import environment as installed
from checks.learner.record import FILE
from checks.vocabulary import PROGRESS

HERE = Path(__file__).parent
#: Debian's; elsewhere Playwright's own is taken if it is installed.
CHROMIUM = shutil.which("chromium")
OPTIONS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: In milliseconds: how long a page, a kernel or a first verdict may take on a busy machine.
PATIENCE = 60_000


def no_browser(playwright: Playwright) -> str | None:
    """Why there is no browser to test in, or None if there is one."""
    if CHROMIUM or Path(playwright.chromium.executable_path).exists():
        return None
    return "no Chromium: `apt-get install chromium`, or `playwright install chromium`"


@contextmanager
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
    try:
        yield browser
    finally:
        browser.close()


class Server:
    """JupyterLab or Notebook 7 on a folder with fresh lessons. `program` is jupyterlab or notebook.

    `command` starts it in another way, as a course that is installed elsewhere does.
    """

    def __init__(self, program: str, home: Path, command: Sequence[str] = ()) -> None:
        self.program, self.folder = program, home / "lessons"
        self.folder.mkdir(parents=True)
        self._settings = home / "settings"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"http://127.0.0.1:{free.getsockname()[1]}"
        kept_apart = {
            "JUPYTER_CONFIG_DIR": home / "config",
            "JUPYTER_DATA_DIR": home / "data",
            "JUPYTER_RUNTIME_DIR": home / "runtime",
            "JUPYTERLAB_SETTINGS_DIR": self._settings,
            "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
        }
        if not command:
            installed.install()  # as `make setup` and `workbook lab` do
            command = sys.executable, "-m", program
            kept_apart["PYTHONPATH"] = HERE
        environment = {**os.environ, **{name: str(value) for name, value in kept_apart.items()}}
        environment.pop(PROGRESS, None)
        self._process = subprocess.Popen(
            [
                *(*command, "--no-browser", "--allow-root"),
                f"--ServerApp.port={self.address.rpartition(':')[2]}",
                "--ServerApp.ip=127.0.0.1",
                "--IdentityProvider.token=",
                "--ServerApp.disable_check_xsrf=True",
                "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            ],
            cwd=self.folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=(home / "server.log").open("w"),
        )
        until = time.monotonic() + PATIENCE / 1000
        while True:
            try:
                self._ask("GET", "api/status")
                return
            except OSError:
                if self._process.poll() is not None or time.monotonic() > until:
                    self.close()
                    raise RuntimeError((home / "server.log").read_text()) from None
                time.sleep(0.1)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(20)

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.address}/{path}", data, method=method)
        with urllib.request.urlopen(request, timeout=20) as reply:
            text = reply.read()
        return json.loads(text) if text else None

    def fresh(self) -> None:
        """As on the first day: no kernel, no progress, the lessons as handed out, the light theme."""
        self.end_kernels()
        for path in self.folder.iterdir():  # the folder itself is the server's own: it stays
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.rmtree(self._settings, ignore_errors=True)
        shutil.copytree(notebook.NOTEBOOKS, self.folder, dirs_exist_ok=True)

    def end_kernels(self) -> None:
        """End all kernels, as when the computer was switched off."""
        for session in self._ask("GET", "api/sessions"):
            self._ask("DELETE", f"api/sessions/{session['id']}")

    def idle(self) -> bool:
        """Whether there is a kernel that a page is connected to and that waits for work."""
        kernels = [session["kernel"] for session in self._ask("GET", "api/sessions")]
        return any(kernel["connections"] and kernel["execution_state"] == "idle" for kernel in kernels)

    def setting(self, plugin: str, **values: object) -> None:
        """Change a setting of the front end."""
        self._ask("PUT", f"lab/api/settings/@jupyterlab/{plugin}", {"raw": json.dumps(values)})

    def recorded(self, sql: str) -> list[tuple[Any, ...]]:
        """What the record of progress holds."""
        with closing(sqlite3.connect(self.folder / FILE)) as record:
            return record.execute(sql).fetchall()


@contextmanager
def serving(program: str, home: Path, command: Sequence[str] = ()) -> Iterator[Server]:
    """A server for as long as it is needed."""
    server = Server(program, home, command)
    try:
        yield server
    finally:
        server.close()


class Notebook:
    """One notebook open in a page."""

    def __init__(self, server: Server, page: Page, name: str) -> None:
        self.server, self.page, self.name = server, page, name
        self.path = server.folder / name

    def open(self, kernel: bool = True) -> None:
        """Load the page; with `kernel`, wait until its kernel is idle."""
        where = "lab/tree" if self.server.program == "jupyterlab" else "notebooks"
        self.page.goto(f"{self.server.address}/{where}/{self.name}?reset")
        self.page.locator(".jp-Notebook").wait_for(timeout=PATIENCE)
        if kernel:
            self.wait_idle()

    def wait_idle(self) -> None:
        """Until the kernel is idle. JupyterLab's status bar tells; the indicator by the name is too early."""
        until = time.monotonic() + PATIENCE / 1000
        if self.server.program == "jupyterlab":
            self.page.locator(".jp-StatusBar-Widget", has_text="| Idle").first.wait_for(timeout=PATIENCE)
            return
        while not self.server.idle():
            assert time.monotonic() < until, "the kernel does not become idle"
            self.page.wait_for_timeout(50)
        self.page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for(timeout=PATIENCE)

    def menu(self, menu: str, entry: str) -> None:
        """Choose an entry of the front end's menu."""
        self.page.get_by_role("menuitem", name=menu, exact=True).click()
        self.page.locator(".lm-Menu-itemLabel", has_text=entry).first.click()

    def run_all(self) -> None:
        """Run all cells, and wait until the last one has run and its card is drawn."""
        self.page.evaluate(_FORGET_WHAT_RAN)
        self.menu("Run", "Run All Cells")
        self.page.wait_for_function(_ALL_RAN, timeout=PATIENCE)

    def save(self) -> dict[str, Any]:
        """Save with the keys; returns the file once it has been written."""
        before = self.path.stat().st_mtime_ns
        self.page.keyboard.press("Control+s")
        until = time.monotonic() + 20
        while True:
            assert time.monotonic() < until, "Ctrl+S has not saved the notebook"
            self.page.wait_for_timeout(30)
            try:
                # A verdict has it saved too: then there may be nothing left to save.
                rested = time.monotonic() > until - 17 and not self.page.locator(".jp-mod-dirty").count()
                if self.path.stat().st_mtime_ns != before or rested:
                    return self.saved()
            except (OSError, ValueError):
                continue  # it is being written

    def saved(self) -> dict[str, Any]:
        """The cells of the file, by id; read again while it is being written."""
        until = time.monotonic() + 20
        while True:
            try:
                cells = json.loads(self.path.read_text("utf-8"))["cells"]
                return {cell["id"]: {**cell, "source": "".join(cell["source"])} for cell in cells}
            except ValueError:
                assert time.monotonic() < until, "the file is no notebook"
                time.sleep(0.05)

    def cell(self, cell_id: str) -> Locator:
        """A cell, found by its place in the file: the page does not tell cells' ids."""
        number = list(self.saved()).index(cell_id)
        return self.page.locator(f'.jp-Cell[data-windowed-list-index="{number}"]')

    def source(self, cell_id: str) -> str:
        """The text of a code cell as the page shows it now, saved or not."""
        return self.cell(cell_id).locator(".cm-content").inner_text()

    def type(self, cell_id: str, text: str) -> None:
        """Replace a code cell's text by typing."""
        self.cell(cell_id).locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def run(self, cell_id: str, text: str | None = None) -> None:
        """Run one cell, with another text if one is given, and wait until it has run."""
        if text is None:
            self.cell(cell_id).locator(".cm-content").click()
        else:
            self.type(cell_id, text)
        self.cell(cell_id).locator(".jp-InputPrompt").evaluate("prompt => { prompt.textContent = ''; }")
        self.page.keyboard.press("Control+Enter")
        self.page.wait_for_function(_ALL_RAN, timeout=PATIENCE)

    def answer(self, exercise: str, text: str) -> "Card":
        """Type a step's answer and run it with Shift+Enter, as everybody does; gives its card."""
        self.type(f"{exercise.replace('.', '-')}-answer", text)
        self.page.keyboard.press("Shift+Enter")
        return self.card(exercise)

    def outputs(self, cell_id: str) -> list[str]:
        """What a cell shows below itself."""
        return self.cell(cell_id).locator(".jp-OutputArea-output").all_inner_texts()

    def is_saved(self) -> bool:
        """Whether nothing waits to be saved, as the tab's mark says."""
        return self.page.locator(".jp-mod-dirty").count() == 0

    def restart(self) -> None:
        """Restart the kernel by the menu."""
        self.menu("Kernel", "Restart Kernel…")
        self.page.locator(".jp-Dialog").locator(".jp-mod-accept").click()
        self.page.wait_for_timeout(500)
        self.wait_idle()

    def card(self, exercise: str) -> "Card":
        return Card(self, exercise)


class Card:
    """A live card in a page."""

    def __init__(self, notebook: Notebook, exercise: str) -> None:
        self.notebook, self.page, self.exercise = notebook, notebook.page, exercise
        self.root = self.page.locator(f'[data-exercise="{exercise}"]')
        self.status = self.root.get_by_role("status")

    def blank(self, number: int) -> Locator:
        return self.root.locator(f'[data-blank="{number}"]')

    def option(self, option: str) -> Locator:
        quoted = option.replace("\\", "\\\\").replace("'", "\\'")
        return self.root.locator(f"[data-option='{quoted}']")

    def button(self, action: str) -> Locator:
        return self.root.locator(f'[data-action="{action}"]')

    def fill(self, *options: str) -> None:
        """Click a blank, then its option."""
        for number, option in enumerate(options, 1):
            self.blank(number).click()
            self.option(option).click()

    def press(self, action: str) -> None:
        """Click a button and wait for what comes of it."""
        self.button(action).click()
        self.settled()

    def settled(self) -> None:
        self._wait_for("aria-busy", "false")

    def wait_for_status(self, status: str) -> None:
        self._wait_for("data-status", status)

    def _wait_for(self, attribute: str, value: str) -> None:
        self.page.locator(f'[data-exercise="{self.exercise}"][{attribute}="{value}"]').wait_for(
            timeout=PATIENCE
        )

    def state(self) -> str | None:
        return self.root.get_attribute("data-status")


_FORGET_WHAT_RAN = """() => {
  for (const prompt of document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")) prompt.textContent = "";
}"""
#: Every code cell's prompt shows a number, so none waits and none runs, and every card is drawn.
_ALL_RAN = """() => [...document.querySelectorAll(".jp-CodeCell")].every(cell =>
  /^\\S?\\[\\d+\\]:$/.test(cell.querySelector(".jp-InputPrompt").textContent.trim()) &&
  (cell.querySelector(".wb-card") ||
    !/^(ask|check|quiz)\\(/.test(cell.querySelector(".cm-content").textContent))
)"""


def page(context: Browser | BrowserContext, **options: Any) -> Page:
    """A page that waits as long as a busy machine needs."""
    opened = context.new_page(**options)
    opened.set_default_timeout(PATIENCE / 2)
    return opened


@contextmanager
def jupyterlab(width: int, height: int) -> Iterator[tuple[Server, Page]]:
    """A JupyterLab with fresh lessons and a page to open them in, for what is no test."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home,
        sync_playwright() as playwright,
        chromium(playwright) as browser,
        serving("jupyterlab", Path(home)) as server,
    ):
        server.fresh()
        yield server, page(browser, viewport={"width": width, "height": height})
        server.end_kernels()
