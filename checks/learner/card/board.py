"""The registry board: versions as cards in their stages, before the answer, as expected, and as it left them.

Drawn by the card on every answer to an exercise that compares the registry. One table for every face: where
nothing styles it, as on GitHub, it is still a table whose words tell all.
"""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from checks.catalogue import later, tr
from checks.exercise import Model, Registries, RegistryState
from checks.markdown import inline_html

#: In this order; what else an answer made up comes after them.
_STAGES = ("None", "Staging", "Production", "Archived")
#: What is drawn of a registry at most: an answer may have made any number of anything.
_MODELS, _VERSIONS, _LINES, _CHARACTERS = 3, 12, 8, 60

#: What is said of a difference, by its kind.
_Words = Mapping[str, str]
_CHANGED: _Words = {
    "new": later("→ new"),
    "gone": later("→ deleted"),
    "moved": later("→ moved from {stage}"),
    "alias": later("→ @{alias} new here"),
    "no alias": later("→ @{alias} taken away"),
    "tag": later("→ tag {key} new"),
    "other tag": later("→ tag {key} changed"),
    "no tag": later("→ tag {key} taken away"),
}
_WRONG: _Words = {
    "new": later("✗ new: should not be there"),
    "gone": later("✗ missing: should be here"),
    "moved": later("✗ moved: should be in {stage}"),
    "alias": later("✗ @{alias} should not be here"),
    "no alias": later("✗ @{alias} missing"),
    "tag": later("✗ tag {key} should not be there"),
    "other tag": later("✗ tag {key} should be {value}"),
    "no tag": later("✗ tag {key} missing"),
}

_ELSEWHERE = later(
    "All that is drawn here is as it should be. What is wrong is something else: it is told above."
)

#: A column of the board: the cards by the stage that they stand in, and whether any of them differs.
_Column = tuple[dict[str, list[str]], bool]


def board_html(seen: Registries, given: str, *, own: bool = True, right: bool = True) -> str:
    """The board of MyModel, and of every other model in which something happened or should have.

    `own` says whether it was the learner's code that ran, `right` whether that was right: the registry may be
    as expected and something else wrong.
    """
    names = list(dict.fromkeys((*seen.expected, *seen.came)))
    others = [name for name in names[1:] if len({repr(_model(each, name)) for each in _moments(seen)}) > 1]
    boards = [_board(seen, name, titled=name in others, own=own) for name in [*names[:1], *others[:_MODELS]]]
    head = tr("With {given}:", given=inline_html(given))
    elsewhere = "" if right or seen.came != seen.expected else f"<p>{tr(_ELSEWHERE)}</p>"
    return f"<p>{head}</p>{''.join(boards)}{elsewhere}"


def _moments(seen: Registries) -> tuple[Mapping[str, Model], ...]:
    return seen.before, seen.expected, seen.came


def _model(models: Mapping[str, Model], name: str) -> Model:
    return models.get(name, Model({}))


def _board(seen: Registries, name: str, *, titled: bool, own: bool) -> str:
    before, expected, came = (_model(each, name) for each in _moments(seen))
    start, _ = _column(before, before, seen.compared, _CHANGED)
    wanted, _ = _column(before, expected, seen.compared, _CHANGED)
    left, differs = _column(expected, came, seen.compared, _WRONG)
    after = tr("After your code") if own else tr("After the code")
    columns = {tr("Before"): start, tr("Expected"): wanted, after: left}
    if not differs:
        as_expected = tr("After your code, as expected") if own else tr("After the code, as expected")
        columns = {tr("Before"): start, as_expected: wanted}
    stages = dict.fromkeys((*_STAGES, *(stage for cards in columns.values() for stage in cards)))
    rows = "".join(_row(stage, [cards.get(stage, []) for cards in columns.values()]) for stage in stages)
    heads = "".join(f'<th scope="col">{head}</th>' for head in columns)
    caption = f"<caption>{tr('The model {name}', name=_short(name))}</caption>" if titled else ""
    head = f"<thead><tr><td></td>{heads}</tr></thead>"
    return f'<table class="wb-board">{caption}{head}<tbody>{rows}</tbody></table>'


def _row(stage: str, cells: Sequence[list[str]]) -> str:
    if not any(cells):
        return ""
    head = tr("In no stage") if stage == "None" else tr("In {stage}", stage=_short(stage))
    drawn = "".join(f"<td>{''.join(cards)}</td>" for cards in cells)
    return f'<tr><th scope="row">{head}</th>{drawn}</tr>'


def _column(before: Model, after: Model, compared: RegistryState, words: _Words) -> _Column:
    """The cards of the versions of `after`, with what is different from `before` in what is compared.

    A version that is not there any more has its card where it was.
    """
    cards: dict[str, list[str]] = {}
    differs = False
    numbers = sorted({*before.stages, *after.stages})
    for number in numbers[:_VERSIONS]:
        is_there = number in after.stages
        notes = list(_differences(number, before, after, compared, words))
        differs = differs or bool(notes)
        stage = (after if is_there else before).stages[number]
        cards.setdefault(stage, []).append(_card(number, after if is_there else Model({}), notes))
    if len(numbers) > _VERSIONS:
        more = tr("and {count} more versions", count=len(numbers) - _VERSIONS)
        cards.setdefault("None", []).append(f"<p>{more}</p>")
    return cards, differs


def _differences(
    number: int, before: Model, after: Model, compared: RegistryState, words: _Words
) -> Iterator[str]:
    if number not in before.stages or number not in after.stages:
        yield tr(words["gone" if number in before.stages else "new"])
        return
    if compared.stages and before.stages[number] != after.stages[number]:
        yield tr(words["moved"], stage=_stage(before.stages[number]))
    was, is_ = (_aliases(each, number) if compared.aliases else [] for each in (before, after))
    yield from (tr(words["alias"], alias=_short(alias)) for alias in is_ if alias not in was)
    yield from (tr(words["no alias"], alias=_short(alias)) for alias in was if alias not in is_)
    had, has = (each.tags.get(number, {}) for each in (before, after))
    for key in sorted({*had, *has}):
        is_counted = compared.tags == "all" or key in compared.tags or compared.descriptions
        if is_counted and had.get(key) != has.get(key):
            kind = "tag" if key not in had else "no tag" if key not in has else "other tag"
            yield tr(words[kind], key=_short(key), value=_short(had.get(key, "")) or tr("empty"))


def _aliases(model: Model, number: int) -> list[str]:
    return sorted(alias for alias, version in model.aliases.items() if version == number)


def _card(number: int, model: Model, notes: list[str]) -> str:
    tags = model.tags.get(number, {})
    lines = [f"<strong>{tr('version {number}', number=number)}</strong>"]
    lines += [f"@{_short(alias)}" for alias in _aliases(model, number)[:_LINES]]
    lines += [f"{_short(key)}: {_short(tags[key]) or tr('empty')}" for key in sorted(tags)[:_LINES]]
    lines += [f"<em>{note}</em>" for note in notes[:_LINES]]
    # Told by words and by the line around it; the page's own style adds a colour.
    is_wrong = any("✗" in note[:2] for note in notes)  # in the pseudo-language behind a bracket
    kind = "wb-version wb-off" if is_wrong else "wb-version wb-changed" if notes else "wb-version"
    line = f"border-style: {'dashed' if is_wrong else 'solid'}; border-width: {2 if notes else 1}px"
    look = f"{line}; padding: 2px 8px; margin: 2px 0; text-align: left"
    return f'<div class="{kind}" style="{look}">{"<br>".join(lines)}</div>'


def _stage(stage: str) -> str:
    return tr("no stage") if stage == "None" else _short(stage)


def _short(text: str) -> str:
    return escape(text if len(text) <= _CHARACTERS else text[: _CHARACTERS - 1] + "…")
