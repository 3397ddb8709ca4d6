"""What code says to a learner, collected for those who translate it: checks/languages/de.po and its like.

Run by `make languages`. It reads the source rather than asking pybabel: that sees no call within an f-string
before Python 3.12, and gettext's tools are not Python's. A test holds the files to it.
"""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from checks.catalogue import catalogue
from checks.learner.card import page
from checks.notebook import ROOT

CHECKS = ROOT / "checks"
LANGUAGES = CHECKS / "languages"

_SAYS = ("tr", "trn", "later")
#: Notes of translators, above a message.
_NOTE = re.compile(r"((?:^# .*\n)+)(?:^#:.*\n)*(?:^#,.*\n)*^msgid (\".*\")$", re.MULTILINE)


@dataclass(frozen=True)
class Message:
    """A message in English, how it is said of several ("" where nothing is counted), and where it stands."""

    one: str
    several: str
    where: str


def messages() -> dict[str, Message]:
    """Every message by its English, in the order of the source."""
    found: dict[str, Message] = {}
    for file in sorted(CHECKS.rglob("*.py")):
        for message in _in_python(ast.parse(file.read_text("utf-8")), _name(file)):
            found.setdefault(message.one, message)
    for folder in (CHECKS / "learner/card/page", CHECKS / "learner/home/page"):
        for english in page.messages(folder):
            found.setdefault(english, Message(english, "", _name(folder)))
    return found


def _name(path: Path) -> str:
    return path.relative_to(CHECKS).as_posix()


def _in_python(tree: ast.Module, where: str) -> Iterator[Message]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _SAYS:
            values = (each.value for each in node.args if isinstance(each, ast.Constant))
            texts = [value for value in values if isinstance(value, str)]
            if texts:
                yield Message(texts[0], texts[1] if node.func.id == "trn" else "", where)


def renewed(code: str) -> str:
    """The text of a language's file with the messages that there are now; what is known is kept."""
    text = (LANGUAGES / f"{code}.po").read_text("utf-8")
    head = text.partition("\n\n")[0]
    notes = {json.loads(english): note for note, english in _NOTE.findall(text)}
    known = catalogue(code)
    entries = [
        notes.get(one, "") + _entry(message, known.get(one, ())) for one, message in messages().items()
    ]
    return "\n".join([f"{head}\n", *entries])


def _entry(message: Message, said: tuple[str, ...]) -> str:
    lines = [f"#: {message.where}", f"msgid {_quoted(message.one)}"]
    if not message.several:
        return "\n".join([*lines, f"msgstr {_quoted(said[0] if said else '')}", ""])
    forms = said or ("", "")
    lines.append(f"msgid_plural {_quoted(message.several)}")
    return "\n".join([*lines, *(f"msgstr[{n}] {_quoted(form)}" for n, form in enumerate(forms)), ""])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def main() -> None:
    """Bring the file of every language up to date, and say what is left to translate."""
    for path in sorted(LANGUAGES.glob("*.po")):
        path.write_text(renewed(path.stem), encoding="utf-8")
        left = [one for one in messages() if one not in catalogue(path.stem)]
        print(f"{path.stem}: {len(left)} of {len(messages())} messages are left to translate.")


if __name__ == "__main__":
    main()
