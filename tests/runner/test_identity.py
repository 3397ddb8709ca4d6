from checks.runner.identity import once_for_each


def test_a_thing_is_asked_once_and_not_taken_for_its_equal() -> None:
    asked: list[object] = []

    @once_for_each
    def kind(thing: list[object]) -> str:
        asked.append(thing)
        return type(thing[0]).__name__

    whole, truth = [1], [True]
    assert whole == truth
    assert [kind(whole), kind(truth), kind(whole)] == ["int", "bool", "int"]
    assert asked == [whole, truth]


def test_a_new_thing_in_the_place_of_one_that_is_gone_is_another() -> None:
    length = once_for_each(len)
    assert [length(list(range(size))) for size in range(50)] == list(range(50))
