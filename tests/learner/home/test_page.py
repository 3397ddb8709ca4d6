"""The extension's modules: each has what it imports beside it once installed, and makes no HTML of a text."""

import re
from pathlib import Path

from checks.learner import environment
from checks.learner.home import __file__ as home

MODULES = sorted((Path(home).parent / "page").glob("*.js"))


def test_what_a_module_imports_is_installed_beside_it() -> None:
    beside = {source.name: source.read_text("utf-8") for source in environment.files().values()}
    imported = re.compile(r'^import \{ ([^}]*) \} from "\./(.*)";', re.MULTILINE)
    found = 0
    for module in MODULES:
        for names, file in imported.findall(module.read_text("utf-8")):
            for name in names.split(", "):
                assert re.search(rf"^export (async )?(function|const|class) {name}\b", beside[file], re.M), (
                    name
                )
                found += 1
    assert found > 5


def test_each_is_short_says_what_it_is_for_and_makes_no_html() -> None:
    for module in MODULES:
        text = module.read_text("utf-8")
        assert text.startswith("// ")
        assert len(text.splitlines()) <= 160
        assert not re.search("innerHTML|insertAdjacentHTML|setHTML|outerHTML", text)
