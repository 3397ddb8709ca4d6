"""The page's own code, in modules of JavaScript; `script()` makes of them the one that anywidget takes.

`style()` does the same with the style sheets of the card beside it.

Called by `live`. Each module imports what it uses from its neighbours, so that an editor and a browser can
read them as they are; no bundler is needed, as no two use one name.
"""

import json
import re
from graphlib import TopologicalSorter
from pathlib import Path

from checks.catalogue import ENGLISH, language, tr

_HERE = Path(__file__).parent
_SAID = re.compile(r'\btr\(\s*"((?:[^"\\]|\\.)*)"')
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function |const )", re.MULTILINE)


def script() -> str:
    """Every module, those first that others import, without what ties them together."""
    modules = {file.stem: file.read_text("utf-8") for file in sorted(_HERE.glob("*.js"))}
    order = TopologicalSorter({name: _IMPORT.findall(text) for name, text in modules.items()}).static_order()
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", modules[name])).strip() + "\n" for name in order)


def words(folder: Path = _HERE) -> dict[str, str]:
    """English → the learner's language, of all that the scripts in a folder say; nothing for English."""
    return {} if language() == ENGLISH else {english: tr(english) for english in messages(folder)}


def messages(folder: Path = _HERE) -> list[str]:
    """What the scripts in a folder say, in English: what is called `tr` with stands there as one string."""
    texts = (file.read_text("utf-8") for file in sorted(folder.glob("*.js")))
    return [json.loads(f'"{found}"') for text in texts for found in _SAID.findall(text)]


def style() -> str:
    """Every style sheet, the card's first."""
    return "\n".join(file.read_text("utf-8") for file in sorted(_HERE.parent.glob("*.css")))
