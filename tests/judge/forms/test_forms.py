"""An item is the same whenever it is made, is named by its id, and says in a sentence where there is none."""

import pytest

from checks.exercise import Step
from checks.judge.forms import FORMS, Item, forms_of, make
from checks.lessons import exercises

STEPS = [each for each in exercises().values() if isinstance(each, Step)]


@pytest.mark.parametrize("form", FORMS)
def test_an_item_is_the_same_whenever_it_is_made(form: str) -> None:
    step = exercises()["rollback.3"]
    assert make(step, form, 7) == make(step, form, 7)
    assert len({repr(make(step, form, seed)) for seed in range(8)}) > 1


def test_an_id_says_what_the_item_is() -> None:
    step = exercises()["order.3"]
    item = make(step, "predict", 12)
    assert item.id == "order.3:predict:12"
    assert Item.of(item.id) == Item("order.3", "predict", 12)
    assert Item.of(make(step, "fade", 3, 1).id) == Item("order.3", "fade", 3, 1)
    assert item.id not in exercises()


@pytest.mark.parametrize(
    "id_", ["order.3", "bank.f-string", "order.3:nonsense:1", "order.3:predict:x", "a:b:c:d"]
)
def test_what_is_no_item_has_no_items_id(id_: str) -> None:
    assert Item.of(id_) is None


def test_what_cannot_be_made_is_said() -> None:
    step, question = exercises()["rollback.3"], exercises()["pipeline.1"]
    with pytest.raises(ValueError, match="no form 'dance'"):
        make(step, "dance", 1)
    with pytest.raises(ValueError, match="no level 9: it has 1 to 4"):
        make(step, "fade", 1, 9)
    with pytest.raises(ValueError, match="no level 2: it has none"):
        make(step, "predict", 1, 2)
    with pytest.raises(ValueError, match=r"rollback\.2 has nothing to predict"):
        make(exercises()["rollback.2"], "predict", 1)
    assert forms_of(question) == ()
    assert forms_of(exercises()["pipeline.5"]) == ("predict",)
    with pytest.raises(ValueError, match="its forms are predict, why"):
        make(exercises()["approval.1"], "mend", 1)
    with pytest.raises(ValueError, match="starts a worker"):
        make(exercises()["durable.3"], "predict", 1)
    with pytest.raises(ValueError, match=r"pipeline\.1 has no form 'predict': it runs nothing"):
        make(question, "predict", 1)
