"""What goes wrong in every step whose answer is a function, whatever the function does.

The lessons from 4 on put these before their own misconceptions.
"""

import ast
from collections.abc import Iterator

import checks.lessons._looks as look
from checks.exercise import Misconception, Seen


def _returns(seen: Seen, name: str) -> Iterator[ast.expr]:
    """What the function of this name returns, in all places."""
    for node in look.nodes(seen):
        if isinstance(node, ast.FunctionDef) and node.name == name:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return) and inner.value is not None:
                    yield inner.value


def _defines(seen: Seen, name: str) -> bool:
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in look.nodes(seen))


def _only_raises(seen: Seen, name: str) -> bool:
    """The function's last statement raises, so it never comes to an end without a result."""
    return any(
        isinstance(node, ast.FunctionDef) and node.name == name and isinstance(node.body[-1], ast.Raise)
        for node in look.nodes(seen)
    )


def _not_callable_so(seen: Seen, name: str) -> bool:
    """Some call of the function, by us, had arguments that it does not take."""
    return any(
        run.raised
        and run.raised.type == "TypeError"
        and run.raised.line is None
        and f"{name}() " in run.raised.message
        for run in seen.runs
    )


def _calls_print(seen: Seen) -> bool:
    return any(isinstance(node, ast.Call) and look.name_of(node.func) == "print" for node in look.nodes(seen))


def about(name: str, parameters: str, value: str, *, returns: bool = True) -> tuple[Misconception, ...]:
    """Misconceptions about a function of this name; `value` is an expression that it may return."""
    head = f"def {name}({parameters}):\n    "
    told = [
        Misconception(
            id="does-not-parse",
            says="Python cannot read this cell.",
            advice=(
                "Go to the line that Python names. A `def` line ends with a colon, what belongs to the "
                "function "
                "is indented, and every bracket and quote has a partner."
            ),
            samples=(f"def {name}({parameters})\n    return {value}", f"{head}return ({value}"),
            when=look.unreadable,
        ),
        Misconception(
            id="another-name",
            says=f"There is no function called `{name}` after your cell.",
            advice=f"Begin with `def {name}({parameters}):`, spelled exactly like this.",
            samples=(f"def my_{name}({parameters}):\n    return {value}",),
            when=lambda seen: look.unknown_name(seen) == name and not _defines(seen, name),
        ),
        Misconception(
            id="not-a-function",
            says=f"`{name}` is a value and not a function, so it cannot be called.",
            advice=f"Begin with `def {name}({parameters}):`.",
            samples=(f"{name} = 'v1'",),
            when=lambda seen: any(
                run.raised
                and run.raised.line is None
                and "object is not callable" in run.raised.message
                and not _defines(seen, name)
                for run in seen.runs
            ),
        ),
        Misconception(
            id="parameters",
            says=f"`{name}` does not take what it is given.",
            advice=f"It is called with exactly these, in this order: `{name}({parameters})`.",
            samples=(f"def {name}():\n    return None",),
            when=lambda seen: _not_callable_so(seen, name),
        ),
    ]
    if returns:
        told += [
            Misconception(
                id="prints",
                says=f"`{name}` prints its result; whoever calls it gets `None`.",
                advice="Write `return` where the `print` is, so that the caller can go on with the value.",
                samples=(f"{head}print({value})",),
                when=lambda seen: (
                    _defines(seen, name) and not any(_returns(seen, name)) and _calls_print(seen)
                ),
            ),
            Misconception(
                id="returns-nothing",
                says=f"`{name}` works something out and returns nothing, so its caller gets `None`.",
                advice="Hand the result back with `return`.",
                samples=(f"{head}result = {value}",),
                when=lambda seen: (
                    _defines(seen, name) and not any(_returns(seen, name)) and not _only_raises(seen, name)
                ),
            ),
        ]
    return tuple(told)


def unknown_name(sample: str) -> Misconception:
    """A name that nothing has set; goes after everything that knows better."""
    return Misconception(
        id="unknown-name",
        says="The code uses a name that nothing has set.",
        advice="Compare its spelling with the names that the task gives. A word that is text needs quotes.",
        samples=(sample,),
        when=lambda seen: look.unknown_name(seen) is not None,
    )
