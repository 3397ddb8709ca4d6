"""What goes into the runner: plain data alone, under names that a variable could have."""

import pytest

from checks.runner import Given, Job, Runner


class Own(dict):
    pass


def endless():
    value = []
    value.append(value)
    return value


@pytest.mark.parametrize(
    ("value", "error", "says"),
    [
        (object(), TypeError, "'given' is of type object"),
        ([1, {"a": print}], TypeError, "'given' has something in it that is of type builtin_function"),
        (Own(a=1), TypeError, "'given' is of type Own"),
        ([True, Own()], TypeError, "in it that is of type Own"),
        (range(3), TypeError, "of type range"),
        (endless(), ValueError, "'given' is too large"),
        (list(range(20_000)), ValueError, "10,000 items"),
        ("x" * 10**6, ValueError, "'given' is too large"),
        (10**5000, ValueError, "'given' is too large"),
    ],
    ids=range(9),
)
def test_what_is_no_plain_data_is_named(value, error, says):
    with Runner() as runner, pytest.raises(error, match=says):
        runner.run(Job("", given=Given({"given": value})))


@pytest.mark.parametrize("name", ["a b", "", "__builtins__", "1"])
def test_an_inputs_name_is_one_that_a_variable_could_have(name):
    with Runner() as runner, pytest.raises(ValueError, match="cannot be an input's name"):
        runner.run(Job("", given=Given({name: 1})))
