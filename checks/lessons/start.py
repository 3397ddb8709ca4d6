"""Lesson 0: how a step, a card and the progress panel work. Nothing in it counts.

Listed in checks.lessons; read by the notebook 00_start_here.
"""

import checks.lessons._looks as look
from checks.exercise import FillIn, Lesson, Misconception, Scenario, Step, Variable

_STEP = Step(
    id="start.1",
    title="Set a variable",
    difficulty="easy",
    task="Create a variable called `model_name` that holds the string `'MyModel'`.",
    hints=(
        "A variable is made by giving it a value.",
        "The name stands on the left of `=`, the value on the right. Text needs quotes.",
        "Write `model_name`, then `=`, then `MyModel` in quotes.",
    ),
    common_mistakes=(
        "Leaving out the quotes: Python then looks for a variable called `MyModel`.",
        "Another spelling: `Model_Name` and `model_name` are two different variables.",
    ),
    explanation=(
        "```python\nmodel_name = 'MyModel'\n```\nThe name is on the left, the value on the right. The quotes "
        "make the value a string; single and double quotes do the same."
    ),
    right=(
        "`model_name` holds the string `'MyModel'`. That is how every step works: you write code, the check "
        "runs it, and what counts is what it does, not how it is written."
    ),
    reference="model_name = 'MyModel'",
    alternatives=(
        'model_name = "MyModel"',
        "model_name: str = 'MyModel'\nprint(model_name)",
        "model_name = 'My' + 'Model'",
    ),
    scenarios=(Scenario(given="nothing set before"),),
    compares=(Variable("model_name"),),
    misconceptions=(
        Misconception(
            id="double-equals",
            says="`==` asks whether two things are equal; it does not set anything.",
            advice="Use a single `=`.",
            samples=("model_name == 'MyModel'",),
            when=lambda seen: look.compared_not_assigned(seen, "model_name"),
        ),
        Misconception(
            id="does-not-parse",
            says="Python cannot read this cell.",
            advice="Look for a quote without its partner, or a space or hyphen within the name.",
            samples=("model_name = 'MyModel", "model name = 'MyModel'"),
            when=look.unreadable,
        ),
        Misconception(
            id="unquoted",
            says=(
                "Without quotes Python takes a word for the name of a variable, and finds none of that name."
            ),
            advice="Put the text in quotes: `'…'` or `\"…\"`.",
            samples=("model_name = MyModel",),
            when=lambda seen: look.unknown_name(seen) is not None,
        ),
        Misconception(
            id="another-name",
            says="The value is not in a variable called `model_name`.",
            advice="Copy the name letter by letter: small letters, and an underscore between the words.",
            samples=("Model_Name = 'MyModel'", "print('MyModel')"),
            when=lambda seen: look.undefined(seen, "model_name"),
        ),
        Misconception(
            id="another-text",
            says="The text is not the one asked for.",
            advice="Capitals count: `MyModel` has two, and no space.",
            samples=("model_name = 'mymodel'", "model_name = 'My Model'"),
            when=lambda seen: isinstance(look.value(seen, "model_name"), str),
        ),
    ),
)

_CARD = FillIn(
    id="start.2",
    title="Fill a blank",
    difficulty="easy",
    task=(
        "The variable `model_name` is set. Fill the blank so that `label` is the word `model:` followed by "
        "the name that the variable holds."
    ),
    code='label = "model: " + [1]',
    options=("model_name", '"model_name"', "Model_Name", "model-name"),
    answer=("model_name",),
    hints=(
        "You need the value of the variable, not its name as text.",
        "No quotes; and the spelling is exactly that of the variable you set in the first step.",
        "All small letters, with an underscore.",
    ),
    common_mistakes=(
        "Quotes around the name of a variable: that is text, and stays the same whatever the variable holds.",
        "Another spelling: capitals count, and a hyphen is a minus sign.",
    ),
    explanation=(
        "`model_name` without quotes stands for what the variable holds. The card puts your option into the "
        "blank and runs the code, once for every value it has in store; so an option is right when it works, "
        "for all of them."
    ),
    right=(
        "`model_name` stands for the value, whatever it is. The code was run with two different names, and "
        "gave the right label both times."
    ),
    scenarios=(
        Scenario(given="`model_name` set to `'MyModel'`", setup="model_name = 'MyModel'"),
        Scenario(given="`model_name` set to `'Forecast'`", setup="model_name = 'Forecast'"),
    ),
    compares=(Variable("label"),),
    misconceptions=(
        Misconception(
            id="quoted",
            says='With quotes, `"model_name"` is just that text: the variable is not looked at.',
            advice="Choose the name without quotes.",
            samples=(('"model_name"',),),
        ),
        Misconception(
            id="capitals",
            says="Capitals count: `Model_Name` is another variable than `model_name`, and nobody has set it.",
            advice="Choose the spelling of the first step.",
            samples=(("Model_Name",),),
        ),
        Misconception(
            id="hyphen",
            says="A hyphen is a minus sign: Python tries to subtract `name` from `model`, and knows neither.",
            advice="Names are joined with an underscore.",
            samples=(("model-name",),),
        ),
    ),
)

LESSON = Lesson(
    slug="start",
    number=0,
    notebook="00_start_here",
    title="Start here",
    minutes=5,
    unit="exercises",
    exercises=(_STEP, _CARD),
    counts=False,
)
