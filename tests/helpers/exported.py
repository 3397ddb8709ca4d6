"""A question of the bank with any texts, and texts that mean something in some format."""

from checks.exercise import Choice, Misconception


def hard(texts: list[str], right: str) -> Choice:
    wrong = [letter for letter in "abcd" if letter != right]
    says = dict(zip("abcd", texts[5:9], strict=True))
    return Choice(
        id="bank.hard-signs",
        title="Hard: {signs} = ~all~ of ::them::",
        difficulty="hard",
        task=texts[0],
        hints=(),
        common_mistakes=(),
        explanation="",
        right=says[right],
        misconceptions=tuple(Misconception(f"not-{one}", says[one], "", ((one,),)) for one in wrong),
        options=tuple(texts[1:5]),
        answer=right,
        quick_check=texts[9],
        lesson="order",
        back_to="rollback.1",
    )


SIGNS = [
    "{'v1': 'stable'}",
    "f\"{x!r:>{w}}\" == '='",
    r"C:\new\table ~ \= \\ \n",
    "a = b ~= c # d :: e ->",
    "=~#{}:\\",
    "<b>&amp;</b> & ]]> <!-- -->",
    "$CATEGORY: x",
    "// not a comment",
    "%50%half ####",
    "{{Front}} {{c1::x}} $\\LaTeX$ [html]",
]
