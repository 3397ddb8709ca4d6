"""The question bank in the formats of other places: Moodle's XML and GIFT, QTI 1.2 (Canvas and others), Anki.

Called by `workbook export`. The same bank gives the same bytes on every run.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from checks.author.export import anki, gift, moodle, qti
from checks.exercise import Choice

#: What writes a format, by its name on the command line: questions and the file to write.
FORMATS: Mapping[str, Callable[[Sequence[Choice], Path], None]] = {
    "moodle": moodle.write,
    "gift": gift.write,
    "qti": qti.write,
    "anki": anki.write,
}
