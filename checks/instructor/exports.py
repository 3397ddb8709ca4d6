"""How learning platforms name what they export: whose a file or a folder is, by its name alone.

Called by `who`. The patterns are those of the platforms' own documentation and source, and of archives that
people published: Canvas's `content_zipper.rb`, Moodle's `assign` (its number is of one assignment's
participant), Blackboard's "Assignment File Download", Brightspace's folders, Gradescope's metadata.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

#: Such as (2026, 11, 20, 10, 0, 0), or an upload's number: the later attempt has the greater one.
Attempt = tuple[int, ...]


@dataclass(frozen=True)
class Named:
    """What a name says: the platform's id of the learner, their name, which attempt, and the file's own name.

    `file` is "" for a folder and for what the platform adds itself.
    """

    id: str
    name: str = ""
    attempt: Attempt = ()
    file: str = ""


#: doejane_LATE_1001_501_01_rollback.ipynb; anonymous: LATE_anon_x1Yz2_501_…; text: doejane_1001_text.html. An
#: upload's number has more digits than a lesson's: anna_2026_01_rollback.ipynb is none of Canvas's. So has an
#: id, where both can be: student_1_1001_501_01_rollback.ipynb is of student_1.
_CANVAS = tuple(
    re.compile(
        rf"(?:(?P<name>.+?)_(?:LATE_)?(?P<id>\d{digits})|(?:LATE_)?anon_(?P<anonymous>[A-Za-z0-9]+))"
        r"_(?:(?P<upload>\d{3,})_(?P<file>.+)|(?:text|link)\.html)"
    )
    for digits in ("{3,}", "+")
)
#: As above without the upload's number: doejane_LATE_1001_01_rollback.ipynb.
_CANVAS_LATE = re.compile(r"(?P<name>.+?)_LATE_(?P<id>\d+)_(?P<file>.+)")
#: Jane Doe_4711_assignsubmission_file_ as a folder, or before the file's name.
_MOODLE = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_[a-z]+_?(?P<file>.*)")
#: 12345-67890 - Jane Doe - Nov 20, 2026 1000 AM, as a folder, or before " - " and the file's name.
_BRIGHTSPACE = re.compile(
    r"(?P<id>\d+)-(?P<box>\d+) ?- (?P<name>.+?) ?- (?P<when>"
    r"(?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2} [A-Z][a-z]+)\.?,? \d{4} \d{1,2}:?\d{2}(?: [AP]M)?)"
    r"(?: ?- (?P<file>.+))?"
)
#: Homework 1_jdoe_attempt_2026-11-20-10-00-00_01_rollback.ipynb, and the same with .txt in place of a name.
_BLACKBOARD = re.compile(
    r"(?P<head>.+?_.+?)_attempt_(?P<when>\d{4}(?:-\d{1,2}){5})(?:_(?P<file>.+)|(?P<text>\.txt))"
)
#: Of Blackboard's .txt: "Name: Jane Doe (jdoe)".
_NAME_LINE = re.compile(r"\s*Name:[ \t]*(?P<name>[^\n]*?)[ \t]*\((?P<id>[^()\n]+)\)[ \t]*\r?\n")


def canvas(name: str) -> Named | None:
    if found := _CANVAS[0].fullmatch(name) or _CANVAS[1].fullmatch(name):
        id_ = found["id"] or f"anon_{found['anonymous']}"
        attempt = (int(found["upload"]),) if found["upload"] else ()
        return Named(id_, found["name"] or "", attempt, found["file"] or "")
    if found := _CANVAS_LATE.fullmatch(name):
        return Named(found["id"], found["name"], (), found["file"])
    return None


def moodle(name: str) -> Named | None:
    found = _MOODLE.fullmatch(name)
    return Named(found["id"], found["name"], (), found["file"]) if found else None


def brightspace(names: Sequence[str]) -> dict[str, Named]:
    """Those of the names in one download that are Brightspace's.

    The first number is the learner's, the second the assignment's, so in one download it is the same for all;
    where one learner seems to have two, nobody can tell, and they stay apart.
    """
    found = {name: match for name in names if (match := _BRIGHTSPACE.fullmatch(name))}
    boxes: dict[tuple[str, str], set[str]] = {}
    for match in found.values():
        boxes.setdefault((match["id"], match["name"]), set()).add(match["box"])
    people: dict[str, set[str]] = {}
    for match in found.values():
        people.setdefault(match["id"], set()).add(match["name"])
    named = {}
    for name, match in found.items():
        apart = len(boxes[match["id"], match["name"]]) > 1 or len(people[match["id"]]) > 1
        id_ = f"{match['id']}-{match['box']}" if apart else match["id"]
        named[name] = Named(id_, match["name"], _time(match["when"]), match["file"] or "")
    return named


def blackboard(names: Sequence[str], text_of: Callable[[str], str]) -> dict[str, Named]:
    """Those of the names in one download that are Blackboard's, by user name; `text_of` reads a .txt of its.

    What stands before `_attempt_` is the assignment's name and the user's, and both may hold `_`. The .txt
    tells; else it is the last word, unless two would become one by that.
    """
    found = {name: match for name in names if (match := _BLACKBOARD.fullmatch(name))}
    told: dict[str, Named] = {}
    for name, match in found.items():
        line = _NAME_LINE.match(text_of(name)) if match["text"] else None
        if line and match["head"].endswith(f"_{line['id']}"):
            told[match["head"]] = Named(line["id"], line["name"])
    users: dict[str, set[str]] = {}
    tasks: dict[str, set[str]] = {}
    for head in {match["head"] for match in found.values()} - set(told):
        task, _, user = head.rpartition("_")
        users.setdefault(user, set()).add(task)
        tasks.setdefault(task, set()).add(user)
    named = {}
    for name, match in found.items():
        head = match["head"]
        task, _, user = head.rpartition("_")
        if head not in told:
            # One user in two assignments, or two users: known by whether others have the assignments too.
            apart = len(users[user]) > 1 and any(len(tasks[one]) == 1 for one in users[user])
            told[head] = Named(head if apart else user)
        who = told[head]
        named[name] = Named(who.id, who.name, _time(match["when"]), match["file"] or "")
    return named


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _time(text: str) -> Attempt:
    """A time as numbers that sort: 2026-11-20-10-00-00, Nov 20, 2026 1000 AM, 20 November 2026 3:10 PM."""
    if re.fullmatch(r"\d{4}(-\d{1,2}){5}", text):
        return tuple(map(int, text.split("-")))
    month = next(
        (number for number, name in enumerate(_MONTHS, 1) if re.search(rf"\b{name}", text.lower())), 0
    )
    day, year, clock = re.findall(r"\d+:?\d*", text)[:3]
    hours, minutes = divmod(int(clock.replace(":", "")), 100)
    if text.endswith("M"):
        hours = hours % 12 + 12 * text.endswith("PM")
    return int(year), month, int(day), hours, minutes


# ── Gradescope ────────────────────────────────────────────────────────────────────────────────────────

METADATA = "submission_metadata.yml"
_SUBMISSION = re.compile(r"submission_(\d+)")


def gradescope(name: str) -> Named | None:
    """A submission that no metadata tell of: by its own number."""
    found = _SUBMISSION.fullmatch(name)
    return Named(name, "", (int(found[1]),)) if found else None


def submitters(metadata: str) -> dict[str, tuple[Named, ...]]:
    """Who handed in each folder, a group together. Read line by line: YAML can be made to explode."""
    found: dict[str, list[dict[str, str]]] = {}
    folder, among = "", False
    for line in metadata.split("\n"):
        if top := re.match(r"(['\"]?)([\w-]+)\1:\s*$", line):
            folder, among = top[2], False
            found[folder] = []
        elif re.match(r"  :\w+:", line):
            among = line.strip() == ":submitters:"
        elif (
            among
            and folder
            and (said := re.match(r"  (  |- |  - |    ):(name|sid|email):\s*(.*?)\s*$", line))
        ):
            if "-" in said[1]:
                found[folder].append({})
            if found[folder]:
                found[folder][-1][said[2]] = _plain(said[3])
    return {
        folder: tuple(
            _submitter(said, folder if len(people) == 1 else f"{folder}, {number}")
            for number, said in enumerate(people, 1)
        )
        for folder, people in found.items()
        if people
    }


def _submitter(said: dict[str, str], otherwise: str) -> Named:
    return Named(said.get("sid") or said.get("email") or otherwise, said.get("name", ""))


def _plain(text: str) -> str:
    """A scalar of YAML on one line, without its quotation marks."""
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    if len(text) > 1 and text[0] == text[-1] == '"':
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return "" if text in ("null", "~") else text


# ── without an id ─────────────────────────────────────────────────────────────────────────────────────


_NUMBERED = re.compile(r"(.*?)(?: ?(\(\d{1,6}\)))?", re.DOTALL)


def classroom(name: str, lessons: Sequence[str]) -> Named | None:
    """Google Classroom's copies: Jane Doe - 01_rollback.ipynb, or the other way round. There is no id.

    Of two people of one name Drive numbers the second, at the end; `file` has the number.
    """
    stem, number = _NUMBERED.fullmatch(name[: -len(".ipynb")]).groups("")  # type: ignore[union-attr]
    if not name.lower().endswith(".ipynb") or " - " not in stem:
        return None
    first, _, second = stem.partition(" - ")
    for learner, file in ((first, second), (second, first)):
        is_lesson = [any(lesson.lower() in part.lower() for lesson in lessons) for part in (learner, file)]
        if is_lesson == [False, True] and learner.strip():
            return Named(learner.strip(), "", (), f"{file.strip()}{number}.ipynb")
    return None


def before(name: str, lessons: Sequence[str]) -> Named | None:
    """Who stands before a lesson's name: anna_01_rollback.ipynb."""
    who, underscore, file = name.partition("_")
    if underscore and who.strip() and any(lesson.lower() in file.lower() for lesson in lessons):
        return Named(who, "", (), file)
    return None
