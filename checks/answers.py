"""Finds the answers in a notebook's cells: one finder for `check`, for grading and for renewed lessons.

Called by all three, so that what a learner is told is what is graded and carried over. Cells are untrusted
text of any size: they are parsed within a budget, and nothing of them is run.
"""

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from checks.calls import LONGEST_CALL, Kata, Quiz, Said, binds, has_calls, mentions, said
from checks.notebook import cell_id, named
from checks.text import quoted, whole

#: A lesson has about 20 cells with 10,000 characters. What goes beyond this is not looked at, and named.
MOST_CELLS, MOST_PARSED = 500, 200_000

_HEADING = re.compile(r"^ {0,3}#{1,6}\s", re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    """A cell as a file or a kernel has it; `exercise` and `role` are what its metadata say of it, or ""."""

    source: str
    id: str = ""
    exercise: str = ""
    role: str = ""
    kind: str = "code"

    @property
    def is_of(self) -> tuple[str, str]:
        """The exercise and the role that the cell has by its id, or else by its metadata."""
        by_id = named(self.id)
        return by_id if by_id[0] else (self.exercise, self.role)

    @cached_property
    def is_empty(self) -> bool:
        return not any(line.strip() and not line.strip().startswith("#") for line in self.source.split("\n"))


def cells_of(notebook: object) -> list[Cell]:
    """The cells of a notebook as JSON gives it, of format 3 too. ValueError, with its reason, for none."""
    if not isinstance(notebook, dict):
        raise ValueError("is JSON, but not a notebook")
    raw = notebook.get("cells")
    if raw is None and isinstance(sheets := notebook.get("worksheets"), list):
        in_sheets = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
        raw = [cell for cells in in_sheets if isinstance(cells, list) for cell in cells]
    if not isinstance(raw, list):
        raise ValueError("is JSON, but not a notebook: it has no cells")
    return [_cell(one) for one in raw if isinstance(one, dict)]


def _cell(raw: Mapping[str, object]) -> Cell:
    source = raw.get("source", raw.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    found, kind = raw.get("metadata"), raw.get("cell_type")
    metadata = found if isinstance(found, dict) else {}
    # In formats before 4.5 cells have no id; Colab writes it, and VS Code leaves it, in the metadata.
    id_, tag = raw.get("id", metadata.get("id")), metadata.get("workbook")
    said = [tag.get("exercise"), tag.get("role")] if isinstance(tag, dict) else []
    exercise, role = map(str, said) if said and all(isinstance(one, str) for one in said) else ("", "")
    return Cell(
        whole(source) if isinstance(source, str) else "",
        id_ if isinstance(id_, str) else "",
        exercise,
        role,
        kind if isinstance(kind, str) else "",
    )


def is_written(source: str, starter: str) -> bool:
    """Whether a cell says more than comments and the `starter` that it held when handed out."""
    return source.strip() != starter.strip() and not Cell(source).is_empty


@dataclass(frozen=True)
class Found:
    """A step's answer: what counts, and what a learner should be told of how it was found."""

    source: str | None
    notices: tuple[str, ...] = ()


@dataclass
class Reading:
    """The cells of a notebook, in its order, or in the order in which a kernel ran them (`ran`).

    `starters` are the steps whose answers are looked for, with what their cells held when handed out.
    `given` is what the lessons' other cells say, which is nobody's answer; they are known by their ids too.
    """

    cells: Sequence[Cell]
    starters: Mapping[str, str]
    ran: bool = False
    given: Collection[str] = frozenset()
    _known: dict[int, Said] = field(default_factory=dict)
    _parsed: int = 0
    #: What was left out, and why: for the learner and the instructor.
    notices: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if len(self.cells) > MOST_CELLS:
            self.notices.append(
                f"It has {len(self.cells):,} cells, a lesson about 20: the first {MOST_CELLS:,} were read."
            )
            self.cells = self.cells[:MOST_CELLS]

    # ── steps ─────────────────────────────────────────────────────────────────────────────────────────

    def step(self, exercise: str) -> Found:
        """The answer to a step: its own cell's; or a copy's; or what was run before the check."""
        starter = self.starters[exercise]
        own = [n for n in self._answer_cells(exercise) if self.cells[n].id == cell_id(exercise, "answer")]
        copies = [n for n in self._answer_cells(exercise) if n not in own]
        own, copies = self._written(own, starter), self._written(copies, starter)
        by_order, where = self._by_order.get(exercise, (None, ""))
        if by_order is not None and not is_written(by_order, starter):
            by_order, where = None, ""
        if counts := (own or copies)[-1:]:
            text = self.cells[counts[0]].source
            others = [self.cells[n].source for n in (*own, *copies) if n != counts[0]]
            others = [one for one in dict.fromkeys(others) if one.strip() != text.strip()]
            notices = [self._several(exercise, text, others)] if others else []
            if by_order is not None and self._says_otherwise(text, by_order, counts[0]):
                notices.append(
                    f"{exercise}: the answer cell says {quoted(text)}, and {where} says {quoted(by_order)}. "
                    "The answer cell counts. (Without having run it, a check judges the other one.)"
                )
            return Found(text, tuple(notices))
        notices = [*self._not_code(exercise), *self._commented(exercise, starter)]
        if by_order is None:
            return Found(None, (*notices, *([where] if where else ())))
        if not self._answer_cells(exercise) and where != _BELOW:
            return Found(by_order, tuple(notices))  # nothing unusual: there is no other cell
        notices.append(f"{exercise}: its answer cell is empty, so {where} counts: {quoted(by_order)}.")
        return Found(by_order, tuple(notices))

    def _answer_cells(self, exercise: str) -> list[int]:
        return self._of.get((exercise, "answer"), [])

    @cached_property
    def _of(self) -> dict[tuple[str, str], list[int]]:
        """Which code cells are of an exercise and in a role."""
        found: dict[tuple[str, str], list[int]] = {}
        for number, cell in enumerate(self.cells):
            if cell.kind == "code" and cell.is_of[0]:
                found.setdefault(cell.is_of, []).append(number)
        return found

    def _written(self, numbers: Iterable[int], starter: str) -> list[int]:
        return [n for n in numbers if is_written(self.cells[n].source, starter)]

    def _several(self, exercise: str, text: str, others: Sequence[str]) -> str:
        rest = ", ".join(map(quoted, others[:3])) + (" …" if len(others) > 3 else "")
        return (
            f"{exercise} was answered {len(others) + 1} times; its own cell counts before copies, and then "
            f"the last one: {quoted(text)} counts, not {rest}."
        )

    def _says_otherwise(self, text: str, by_order: str, counts: int) -> bool:
        """Whether a cell run after the answer cell sets what that sets, to something else perhaps."""
        if by_order.strip() == text.strip():
            return False
        answered, later = binds(text), binds(by_order)
        return bool(answered & later)

    def _not_code(self, exercise: str) -> Iterator[str]:
        for cell in self.cells:
            if (
                cell.kind != "code"
                and cell.is_of[0] == exercise
                and cell.is_of[1] in ("answer", "ask", "quiz")
            ):
                kind = {"markdown": "Markdown", "raw": "raw text"}.get(cell.kind, "no code")
                if cell.source.strip():
                    which = "answer " if cell.is_of[1] == "answer" else ""
                    yield (
                        f"{exercise}: the {which}cell is {kind}, which "
                        f"nothing runs, and does not count: {quoted(cell.source)}. "
                        "In Jupyter, turn it into a code cell (select it and press Y), run it and save."
                    )

    def _commented(self, exercise: str, starter: str) -> Iterator[str]:
        for number in self._answer_cells(exercise):
            cell = self.cells[number]
            handed_out = {line.strip() for line in starter.split("\n")}
            own = [
                line for line in cell.source.split("\n") if line.strip() and line.strip() not in handed_out
            ]
            if cell.is_empty and any(re.search(r"[=(]", line) for line in own):
                yield (
                    f"{exercise}: every line of its cell is a comment (#), which does nothing: "
                    f"{quoted(cell.source)}."
                )

    # ── by order: what was run before the check ───────────────────────────────────────────────────────

    @cached_property
    def _by_order(self) -> dict[str, tuple[str | None, str]]:
        """For each step the text that stands for it by its place, and where that is (or why it is not)."""
        found: dict[str, tuple[str | None, str]] = {}
        taken: dict[int, str] = {}
        open_ = []
        for exercise in self.starters:
            near = self._before_a_check(exercise, across=self.ran)
            if near is None:
                open_.append(exercise)
                continue
            number, text, where = near
            taken.setdefault(number, exercise)
            found[exercise] = (text, where)
        if self.ran:
            return found
        answered = {e for e in open_ if self._written(self._answer_cells(e), self.starters[e])}
        for exercise in open_:
            if exercise not in answered and (below := self._below_the_check(exercise, taken)) is not None:
                taken[below] = exercise
                found[exercise] = (self.cells[below].source, _BELOW)
        for exercise in open_:
            if exercise in found or (far := self._before_a_check(exercise, across=True)) is None:
                continue
            number, text, where = far
            if (other := taken.get(number, exercise)) == exercise:
                found[exercise] = (text, where)
            elif exercise not in answered:
                found[exercise] = (
                    None,
                    f"{exercise}: its answer cell is empty; {quoted(text)} counts for {other}.",
                )
        return found

    def _checks_of(self, exercise: str) -> list[int]:
        """The cells that check an exercise, the last one first; of very many the last ones."""
        numbers = range(len(self.cells) - 1, -1, -1)
        found = (n for n in numbers if any(id_ == exercise for id_, _ in self._said(n).checks))
        return list(itertools.islice(found, 50))

    def _before_a_check(self, exercise: str, across: bool) -> tuple[int, str, str] | None:
        """The code before a check, in its cell or in the one before: its cell, its text, where that is."""
        for number in self._checks_of(exercise):
            before = next((text for id_, text in self._said(number).checks if id_ == exercise and text), None)
            if before and number not in self._answer_cells(exercise):
                return number, before, "what stands above the check in the same cell"
            if (own := self._own_before(number, exercise, across)) is not None:
                return own, self.cells[own].source, _ABOVE
        return None

    def before(self, exercise: str, here: bool) -> str | None:
        """The text that a check judges by the order in which cells were run; `here`: one is running now."""
        last = len(self.cells) - 1
        checked = last >= 0 and any(id_ == exercise for id_, _ in self._said(last).checks)
        own = self._own_before(len(self.cells), exercise, across=True) if here and not checked else None
        if own is not None:
            return self.cells[own].source
        near = self._before_a_check(exercise, across=True)
        return None if near is None else near[1]

    def _own_before(self, number: int, exercise: str, across: bool) -> int | None:
        """The nearest cell above that is nobody else's and says something; a heading ends the section."""
        for above in range(number - 1, -1, -1):
            cell = self.cells[above]
            if cell.kind != "code":
                if cell.kind == "markdown" and not across and _HEADING.search(cell.source[:LONGEST_CALL]):
                    return None
                continue
            match self._whose(above, exercise):
                case "nobody":
                    continue
                case "own":
                    return above
                case "other":
                    return None
        return None

    def _below_the_check(self, exercise: str, taken: Mapping[int, str]) -> int | None:
        for check in self._checks_of(exercise)[:1]:
            for below in range(check + 1, len(self.cells)):
                cell = self.cells[below]
                if cell.kind == "markdown" and _HEADING.search(cell.source[:LONGEST_CALL]):
                    return None
                if cell.kind != "code":
                    continue
                whose = self._whose(below, exercise)
                of, _ = cell.is_of
                if whose == "other" or of not in ("", exercise):
                    return None
                if whose == "own":
                    return None if below in taken else below
        return None

    def _whose(self, number: int, exercise: str) -> str:
        """Whether a code cell may be an answer to the exercise ("own"), is another's, or says nothing."""
        cell = self.cells[number]
        if cell.is_empty or self._is_a_lessons(cell):
            return "nobody"
        of, role = cell.is_of
        if role == "answer":
            if of != exercise:
                return "other"
            return "nobody"  # its text has been looked at
        said = self._said(number)
        if any(id_ != exercise for id_, _ in said.checks):
            return "other"
        return "nobody" if said.only_words or said.unread else "own"

    def _is_a_lessons(self, cell: Cell) -> bool:
        """Whether a cell is one that a lesson shows, such as order-stale, and not for an answer."""
        slug = cell.id.partition("-")[0]
        ours = cell.id != slug and not named(cell.id)[0] and slug in self._slugs
        return ours or cell.source.strip() in self.given

    @cached_property
    def _slugs(self) -> set[str]:
        return {exercise.partition(".")[0] for exercise in self.starters}

    # ── cards and tests ───────────────────────────────────────────────────────────────────────────────

    def card(self, exercise: str) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
        """The answer to a card, and notices: its own cell's; or a copy's; or any call's, the last one."""
        calls = [
            (number, answer)
            for number in range(len(self.cells))
            for id_, answer in self._said(number).asks
            if id_ == exercise
        ]
        notices = list(self._not_code(exercise))
        if any(answer is None for _, answer in calls):
            notices.append(f"{exercise}: an answer counts where it is written as text in quotes.")
        given = [(number, answer) for number, answer in calls if answer]
        if not given:
            return None, tuple(notices)

        def rank(call: tuple[int, tuple[str, ...]]) -> tuple[bool, bool, int]:
            cell = self.cells[call[0]]
            return cell.id == cell_id(exercise, "ask"), cell.is_of == (exercise, "ask"), call[0]

        best = max(rank(call)[:2] for call in given)
        counts = [answer for call in given for answer in [call[1]] if rank(call)[:2] == best][-1]
        others = [one for one in dict.fromkeys(answer for _, answer in given) if one != counts]
        if others:
            say = [quoted(", ".join(one)) for one in (counts, *others)]
            notices.append(
                f"{exercise} was answered {len(given)} times; its own cell counts before copies, then the "
                f"last one: {say[0]} counts, not {', '.join(say[1:4])}{' …' if len(say) > 4 else ''}."
            )
        return counts, tuple(notices)

    def quiz(self, test: str) -> tuple[Quiz | None, tuple[str, ...]]:
        """The call of a test that counts, and notices: its own cell's; or a copy's; or any, the last one."""
        exercise = f"test.{test}"
        found = [
            ((cell.id == cell_id(exercise, "quiz"), cell.is_of == (exercise, "quiz"), number), quiz)
            for number, cell in enumerate(self.cells)
            for quiz in self._said(number).quizzes
            if quiz.test == test and quiz.letters.strip()
        ]
        notices = list(self._not_code(exercise))
        if not found:
            return None, tuple(notices)
        _, counts = sorted(found, key=lambda one: one[0])[-1]  # of two in one cell the second
        others = {quiz.call: None for _, quiz in found if quiz != counts}
        if others:
            notices.append(
                f"{exercise} was answered {len(found)} times; its own cell counts before copies, then the "
                f"last one: {quoted(counts.call)} counts, not {', '.join(map(quoted, list(others)[:3]))}."
            )
        return counts, tuple(notices)

    def katas(self) -> dict[str, Kata]:
        """The call of a kata that counts, by pattern: its own cell's before others; of several the last."""
        found = [
            ((cell.is_of == (f"kata.{kata.pattern}", "kata"), number), kata)
            for number, cell in enumerate(self.cells)
            for kata in self._said(number).katas
        ]
        return {kata.pattern: kata for _, kata in sorted(found, key=lambda one: one[0])}

    # ── what is there at all ──────────────────────────────────────────────────────────────────────────

    @cached_property
    def seen(self) -> dict[str, int]:
        """How many exercises of each lesson are there, by the lesson's short name."""
        ids = {cell.is_of[0] for cell in self.cells if cell.is_of[0]}
        for number in range(len(self.cells)):
            said = self._said(number)
            ids |= {id_ for id_, _ in (*said.checks, *said.asks)}
            ids |= {f"test.{quiz.test}" for quiz in said.quizzes}
        counted: dict[str, int] = {}
        for id_ in ids:
            slug = id_.partition(".")[0]
            counted[slug] = counted.get(slug, 0) + 1
        return counted

    def _said(self, number: int) -> Said:
        if number not in self._known:
            self._known[number] = self._look(self.cells[number])
        return self._known[number]

    def _look(self, cell: Cell) -> Said:
        source = cell.source
        if cell.kind != "code" or not mentions(source):
            return Said()
        if len(source) > LONGEST_CALL:
            if has_calls(source):
                self._tell(
                    f"A cell of {len(source):,} characters was not searched for calls: one has a few lines."
                )
            return Said()
        if self._parsed + len(source) > MOST_PARSED:
            self._tell(
                f"It has more calls than a lesson by far: after {MOST_PARSED:,} characters of them the rest "
                "was not read. Hand in the lesson as it was given to you, with your answers."
            )
            return Said(unread=True)
        self._parsed += len(source)
        return said(source)

    def _tell(self, notice: str) -> None:
        if notice not in self.notices:
            self.notices.append(notice)


_ABOVE, _BELOW = "a cell of your own above the check", "a cell of your own below the check"
