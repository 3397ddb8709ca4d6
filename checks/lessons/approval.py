"""Lesson 2: approving model versions in MLflow's registry, with stages.

Listed in checks.lessons; read by the notebook 02_approval. What MLflow does here was observed on 3.17.
"""

from checks.exercise import ANY, FillIn, Lesson, Misconception, RegistryState, Scenario, Variable

_MLFLOW = "import mlflow"
_CLIENT = "client = mlflow.tracking.MlflowClient()\n"
_VERSIONS = _CLIENT + "model_versions = client.search_model_versions(\"name = 'MyModel'\")\n"

#: Every stage but None, two of them twice, and not in order of version.
_FIVE = Scenario(
    given="version 1 in Archived, 2 and 4 in Production, 3 and 5 in Staging",
    setup=_MLFLOW,
    registry={1: "Archived", 2: "Production", 3: "Staging", 4: "Production", 5: "Staging"},
)
_THREE = Scenario(
    given="version 1 in Production, 2 in Staging, and 3 not yet in any stage",
    setup=_MLFLOW,
    registry={1: "Production", 2: "Staging", 3: "None"},
)

_APPROVE = FillIn(
    id="approval.1",
    title="Approve a model version",
    difficulty="easy",
    task="Version 1 of `MyModel` has passed its review. Approve it: move it to the stage Production.",
    code=_CLIENT + 'client.[1](name="MyModel", version=1, stage="Production")',
    options=("delete_model_version", "get_model_version", "register_model", "transition_model_version_stage"),
    answer=("transition_model_version_stage",),
    hints=(
        "To approve is to change where a version stands. Which of the names speaks of a change?",
        "The call hands over a `stage`. Only a method that moves a version between stages has a use for it.",
        "You do not want to delete, get or register anything: the version is there, and has to make a "
        "transition.",
    ),
    common_mistakes=(
        "Choosing a method that deletes or registers a version instead of moving it to another stage.",
        "Choosing a method that only reads: looking at a version approves nothing.",
    ),
    explanation=(
        "`transition_model_version_stage` moves one version of a model to a stage. The model's name and the "
        "version's number say which one, `stage` says where to. The model itself is not touched: what "
        "changes is what the registry says about it.\n\nOther versions stay where they are. If one is in "
        "Production already, two are from now on, unless the call says `archive_existing_versions=True`."
    ),
    right=(
        "`transition_model_version_stage` moved version 1 to Production and left the others alone. MLflow "
        "also gave a `FutureWarning`: stages are deprecated since MLflow 2.9 and will go. Many teams still "
        "use them; for new work MLflow recommends aliases and tags, which are lesson 5."
    ),
    scenarios=(
        Scenario(
            given="versions 1 and 2 not yet in any stage",
            setup=_MLFLOW,
            registry={1: "None", 2: "None"},
        ),
        Scenario(
            given="version 1 in Staging and version 2 in Production",
            setup=_MLFLOW,
            registry={1: "Staging", 2: "Production"},
        ),
    ),
    compares=(RegistryState(),),
    misconceptions=(
        Misconception(
            id="delete_model_version",
            says=(
                "`delete_model_version` takes a version out of the registry, the opposite of approving it; "
                "only the `stage`, which it does not know, kept the version from being deleted here."
            ),
            advice="Look for the method that keeps the version and changes its stage.",
            samples=(("delete_model_version",),),
        ),
        Misconception(
            id="get_model_version",
            says="`get_model_version` only looks a version up; it changes nothing and takes no `stage`.",
            advice="Look for the method that changes where a version stands.",
            samples=(("get_model_version",),),
        ),
        Misconception(
            id="register_model",
            says=(
                "Registering makes a new version; it approves none, and the client has no such method "
                "anyway: it is the function `mlflow.register_model`."
            ),
            advice="Version 1 is registered already. Look for the method that moves it.",
            samples=(("register_model",),),
        ),
    ),
)

_FETCH = FillIn(
    id="approval.2",
    title="Fetch the approved versions",
    difficulty="medium",
    task="Collect in `approved_versions` all versions of `MyModel` that are in the stage Production.",
    code=_VERSIONS + "approved_versions = [mv for mv in model_versions if mv.[1] == 'Production']",
    options=("current_stage", "version", "run_id", "status"),
    answer=("current_stage",),
    hints=(
        "Each `mv` is a model version, an object with attributes. Which one could ever hold `'Production'`?",
        "`status` sounds right, but it tells how the registration went: for a finished one it is `'READY'`.",
        "You need the attribute that names the stage the version is in now.",
    ),
    common_mistakes=(
        "Filtering by `version`: that is the number of the version, not its stage.",
        "Filtering by `status`: `'READY'` says that registering has finished, not that anybody approved.",
    ),
    explanation=(
        "`mv.current_stage` is the name of the stage that the version is in. The comprehension keeps those "
        "where it is `'Production'`.\n\nThe other three are real attributes as well, so Python does not "
        "complain: the comparison is merely never true, and the list is empty. An empty list can mean that "
        "nothing is approved, or that the filter is wrong."
    ),
    right=(
        "`current_stage` is the one attribute that tells the stage, and the list holds exactly the versions "
        "in Production. The filter has to be Python, because `search_model_versions` cannot filter by stage. "
        "With tags, the way MLflow recommends today, it can: lesson 5."
    ),
    scenarios=(_THREE, _FIVE),
    compares=(Variable("approved_versions", attribute="version", ordered=False),),
    misconceptions=(
        Misconception(
            id="version",
            says="`version` is the number of the version, and a number never equals `'Production'`.",
            advice="Look for the attribute that tells the stage.",
            samples=(("version",),),
        ),
        Misconception(
            id="run_id",
            says=(
                "`run_id` names the training run that made the model, or is empty; it says nothing of "
                "approval."
            ),
            advice="Look for the attribute that tells the stage.",
            samples=(("run_id",),),
        ),
        Misconception(
            id="status",
            says=(
                "`status` tells whether registering the version has finished (`'READY'`), not whether anyone "
                "has approved it."
            ),
            advice="The stage has an attribute of its own; choose that.",
            samples=(("status",),),
        ),
    ),
)

_REJECT = FillIn(
    id="approval.3",
    title="Fix the error: reject by archiving",
    difficulty="hard",
    task=(
        "A reviewer wants to turn version 2 of `MyModel` down, and the line fails. MLflow has no stage for "
        "rejected versions; they are archived. Mend the stage."
    ),
    code=_CLIENT + 'client.transition_model_version_stage(name="MyModel", version=2, stage=[1])',
    options=("Archived", '"Rejected"', '"Archived"', "Rejected"),
    answer=('"Archived"',),
    hints=(
        "Two things can be wrong here: the word, and how it is written.",
        "MLflow knows four stages: None, Staging, Production and Archived. And `stage` wants a string.",
        "The stage for versions no longer wanted, written in quotes.",
    ),
    common_mistakes=(
        "Writing the stage without quotes: Python then looks for a variable of that name.",
        'Inventing a stage: `"Rejected"` is a sensible word, but MLflow has no such stage.',
    ),
    explanation=(
        "The stage is a string, so it needs quotes; without them Python raises a `NameError` before MLflow "
        "is even asked. And it must be one of `None`, `Staging`, `Production`, `Archived`; anything else "
        "MLflow refuses.\n\nAn archived version is still there: it can be looked at, compared, and brought "
        "back. That is why one archives rather than deletes."
    ),
    right=(
        "Version 2 is archived: out of use, but kept with its history. `Archived` says where a version is, "
        "not why. Today one would set a tag such as `validation_status` to `rejected` (lesson 5), which says "
        "it outright; stages are deprecated since MLflow 2.9."
    ),
    scenarios=(
        Scenario(
            given="version 1 in Production and version 2 in Staging",
            setup=_MLFLOW,
            registry={1: "Production", 2: "Staging"},
        ),
        Scenario(
            given="version 1 not yet in any stage and version 2 in Production",
            setup=_MLFLOW,
            registry={1: "None", 2: "Production"},
        ),
    ),
    compares=(RegistryState(),),
    misconceptions=(
        Misconception(
            id="unquoted-archived",
            says=(
                "The stage is the right one, but without quotes Python takes `Archived` for the name of a "
                "variable, and there is none."
            ),
            advice="Keep the word and choose the option that is a string.",
            samples=(("Archived",),),
        ),
        Misconception(
            id="rejected",
            says="This is a proper string, but `Rejected` is not one of MLflow's stages.",
            advice="Choose the stage that MLflow has for versions no longer wanted.",
            samples=(('"Rejected"',),),
        ),
        Misconception(
            id="unquoted-rejected",
            says=(
                "Two things are wrong: without quotes Python takes `Rejected` for the name of a variable, "
                "and MLflow has no stage of that name either."
            ),
            advice="Choose a stage that MLflow has, written as a string.",
            samples=(("Rejected",),),
        ),
    ),
)

_MAP = FillIn(
    id="approval.4",
    title="Map versions to their stages",
    difficulty="hard",
    task=(
        "Make `version_stage_map` a dictionary that tells for each version of `MyModel` its stage: the "
        "version's number is the key, the stage is the value."
    ),
    code=_VERSIONS + "version_stage_map = { [1]: [2] for mv in model_versions }",
    options=("mv.version", "mv.current_stage", "mv.stage", "mv.id"),
    answer=("mv.version", "mv.current_stage"),
    hints=(
        "Before the colon stands the key, after it the value. Which of the two must not occur twice?",
        "A model version has `version` and `current_stage`. It has no `stage` and no `id`.",
        "First the attribute with the version's number, then the one with its current stage.",
    ),
    common_mistakes=(
        "Attributes that do not exist: a model version has no `stage` and no `id`.",
        "Key and value the wrong way round: versions that share a stage then overwrite each other.",
    ),
    explanation=(
        "In `{ key: value for mv in model_versions }` the key is worked out for each version, then the "
        "value. The number is unique, so every version gets an entry of its own.\n\n"
        "The other way round also runs, and loses versions without a word: a key can be there only once, so "
        "of two versions in Staging only one is left."
    ),
    right=(
        "Every version has its own key, so none is lost, and the value is its stage. A version in no stage "
        "has the string `'None'`, which counts as true in an `if`. Stages are deprecated since MLflow 2.9; "
        "with aliases (lesson 5) one asks the other way round: which version is the champion?"
    ),
    scenarios=(
        Scenario(  # two versions share a stage: the map turned round loses one
            given="versions 1 and 2 in Staging and version 3 in Production",
            setup=_MLFLOW,
            registry={1: "Staging", 2: "Staging", 3: "Production"},
        ),
        _FIVE,
    ),
    compares=(Variable("version_stage_map"),),
    misconceptions=(
        Misconception(
            id="stage",
            says="A model version has no attribute `stage`.",
            advice="The attribute says that it is about now: look for the longer name.",
            samples=(("mv.stage", ANY), ("mv.version", "mv.stage"), ("mv.current_stage", "mv.stage")),
        ),
        Misconception(
            id="id",
            says=(
                "A model version has no attribute `id`; it is told from others by its model's name and its "
                "number."
            ),
            advice="Use the attribute that holds the version's number.",
            samples=(("mv.id", ANY), ("mv.version", "mv.id"), ("mv.current_stage", "mv.id")),
        ),
        Misconception(
            id="swapped",
            says=(
                "Key and value are the wrong way round, so versions that share a stage overwrite each other."
            ),
            advice="What is unique belongs before the colon.",
            samples=(("mv.current_stage", "mv.version"),),
        ),
        Misconception(
            id="same-twice",
            says="Key and value are the same attribute, so the map tells nothing new.",
            advice="One blank needs the version's number, the other its stage.",
            samples=(("mv.version", "mv.version"), ("mv.current_stage", "mv.current_stage")),
        ),
    ),
)

_STAGING = FillIn(
    id="approval.5",
    title="List the versions in Staging",
    difficulty="hard",
    task=(
        "Collect in `staging_versions` the numbers of all versions of `MyModel` that wait in the stage "
        "Staging."
    ),
    code=_VERSIONS + "staging_versions = [mv.[1] for mv in model_versions if mv.[2] == [3]]",
    options=("version", "current_stage", '"Staging"', "stage"),
    answer=("version", "current_stage", '"Staging"'),
    hints=(
        "Read it from the back: the `if` decides which versions stay, the front says what is kept of each.",
        "After `mv.` comes the name of an attribute, without quotes. What it is compared with is text, in "
        "quotes.",
        "Keep the number; compare the current stage with the string for Staging.",
    ),
    common_mistakes=(
        "A wrong attribute: `stage` does not exist, and `version` is never equal to a stage's name.",
        "Staging without quotes, or a name where the text should be.",
        "Listing `current_stage`: then the list says Staging several times, and not which versions.",
    ),
    explanation=(
        '```python\n[mv.version for mv in model_versions if mv.current_stage == "Staging"]\n'
        "```\nThe condition keeps the versions whose stage is Staging; the front takes the number of each. "
        "After the dot Python wants the name of an attribute; on the right of `==` it wants a value, and the "
        "stage's name is text."
    ),
    right=(
        "The list holds the numbers of exactly the versions that wait for a decision. Their order is that of "
        "`search_model_versions`, the last touched first, so do not count on it. In today's MLflow a tag "
        "such as `validation_status` set to `pending` marks such versions (lesson 5)."
    ),
    scenarios=(_THREE, _FIVE),
    compares=(Variable("staging_versions", ordered=False),),
    misconceptions=(
        Misconception(
            id="text-after-dot",
            says="After `mv.` Python expects the name of an attribute; text in quotes cannot stand there.",
            advice="The text belongs where something is compared with it.",
            samples=(('"Staging"', ANY, ANY), (ANY, '"Staging"', ANY)),
        ),
        Misconception(
            id="stage",
            says="A model version has no attribute `stage`, so the condition cannot be worked out.",
            advice="Choose the attribute that tells the current stage.",
            samples=((ANY, "stage", ANY),),
        ),
        Misconception(
            id="unquoted",
            says=(
                "What the attribute is compared with has to be text; without quotes Python looks for a "
                "variable."
            ),
            advice="In the last blank, choose the option that is written in quotes.",
            samples=((ANY, ANY, "version"), (ANY, ANY, "current_stage"), (ANY, ANY, "stage")),
        ),
        Misconception(
            id="filters-by-number",
            says=(
                "The condition compares a version's number with a stage, which is never equal, so nothing is "
                "kept."
            ),
            advice="In the condition, ask for the stage.",
            samples=((ANY, "version", '"Staging"'),),
        ),
        Misconception(
            id="stage-in-front",
            says=(
                "The condition is right, but what is kept of each version is `stage`, an attribute that it "
                "has not."
            ),
            advice="Put the attribute with the version's number in front.",
            samples=(("stage", "current_stage", '"Staging"'),),
        ),
        Misconception(
            id="lists-stages",
            says="The right versions are found, but the list keeps their stage instead of their number.",
            advice="Put the attribute that tells the versions apart in front.",
            samples=(("current_stage", "current_stage", '"Staging"'),),
        ),
    ),
)

LESSON = Lesson(
    slug="approval",
    number=2,
    notebook="02_approval",
    title="Approval with stages",
    minutes=10,
    unit="tasks",
    exercises=(_APPROVE, _FETCH, _REJECT, _MAP, _STAGING),
)
