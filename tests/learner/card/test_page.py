"""The page's modules, joined into one."""

import re
from collections import Counter
from pathlib import Path

from checks.learner.card import page

#: What comes before a name that stands for itself: no letter, and no dot but that of `...`.
_BARE = r"(?<!\w)(?<!(?<!\.)\.)"

MODULES = sorted(Path(page.__file__).parent.glob("*.js"))


def test_all_is_there_once_and_nothing_ties_to_a_file() -> None:
    script = page.script()
    assert not re.findall(r"^import |^export (?!default)", script, re.MULTILINE)
    assert script.count("export default") == 1
    for module in MODULES:
        opening = module.read_text("utf-8").splitlines()[0]
        assert opening.startswith("// ") and script.count(opening) == 1, module.name


def test_names_are_told_apart_and_imported_where_they_are_used() -> None:
    named = re.compile(r"^(?:export )?(?:async )?(?:function|const) (\w+)", re.MULTILINE)
    exported = re.compile(r"^export (?:async )?(?:function|const) (\w+)", re.MULTILINE)
    texts = {module.name: module.read_text("utf-8") for module in MODULES}
    twice = [name for name, count in Counter(named.findall("\n".join(texts.values()))).items() if count > 1]
    assert not twice
    for file, text in texts.items():
        imported = dict.fromkeys(
            name.strip()
            for names, _ in re.findall(r'^import \{([^}]*)\} from "(.*)";', text, re.MULTILINE)
            for name in names.split(",")
        )
        rest = re.sub(r"^import .*", "", text, flags=re.MULTILINE)
        for name in imported:
            assert re.search(rf"(?<!\w)(?<!(?<!\.)\.){name}\b", rest), (
                f"{file} imports {name} and does not use it"
            )
        others = {name for other in texts if other != file for name in exported.findall(texts[other])}
        for name in others - set(imported):
            assert not re.search(rf"(?<!\w)(?<!(?<!\.)\.){name}\(", rest), (
                f"{file} uses {name} and does not import it"
            )


def test_no_module_is_long() -> None:
    for module in MODULES:
        assert len(module.read_text("utf-8").splitlines()) <= 150, module.name
