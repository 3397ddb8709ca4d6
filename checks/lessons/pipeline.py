"""Lesson 3: five questions on approval steps in a pipeline, and the pipelines that are run to answer them.

Read through checks.lessons. The YAML is this course's own; checks/world/pipeline.py runs it.
"""

from dataclasses import replace

from checks.exercise import Choice, Lesson, Misconception, PipelineRun


def _yaml(text: str) -> str:
    return f"```yaml\n{text}```"


PURPOSE = Choice(
    id="pipeline.1",
    title="What an approval workflow is for",
    difficulty="easy",
    task="A team puts an approval workflow between training a model and using it. What is it for?",
    options=(
        "To delete old models from storage before new ones come in.",
        "To train models faster, on more data than before.",
        "To bring models into production without further checks.",
        "To check and approve models before they reach production.",
    ),
    answer="d",
    hints=(
        "Think of the moment at which it happens: the model is trained already, and no user has met it yet.",
        "What could go wrong at exactly that moment, and who should be able to stop it?",
    ),
    common_mistakes=(
        "Taking approval for a part of training or for the deployment itself: it stands between the two.",
        "Taking approval for cleaning up: an approved or a rejected version stays in the registry.",
        "Taking approval for optional: a gate that one may walk around checks nothing.",
    ),
    explanation=(
        "1. Training gives a candidate. Nobody knows yet whether it is fit for use.\n"
        "2. An approval step holds it back until it was checked: its accuracy, its bias, its risks.\n"
        "3. Whoever is responsible approves it or rejects it, and the decision is on record.\n"
        "4. Only an approved model goes on to production. So the answer is **d**."
    ),
    right=(
        "An approval workflow is the gate between a trained model and its users: it checks first, and a "
        "person, or a rule that a person wrote, says yes or no."
    ),
    quick_check="Approval comes after training and before production: check, then let through.",
    misconceptions=(
        Misconception(
            id="deletes",
            says="Approving decides whether a model may be used; it removes nothing from storage.",
            advice="Rejected and retired versions are kept, to look into them or to go back to them.",
            samples=(("a",),),
        ),
        Misconception(
            id="trains",
            says="By the time somebody approves a model, its training is over.",
            advice="Look at what stands *after* training and *before* the users.",
            samples=(("b",),),
        ),
        Misconception(
            id="no-checks",
            says="Deploying without checks is what an approval workflow is there to prevent.",
            advice="Ask what the word approval adds to a pipeline that could deploy by itself.",
            samples=(("c",),),
        ),
    ),
)

_USERS = """\
steps:
  - approval_step:
      users:
        - team_lead
"""
_MANUAL = """\
steps:
  - name: manual_approval
    type: approval
    inputs:
      approvers:
        - team_lead
"""
_NO_TYPE = """\
steps:
  - manual_approval:
      approvers: team_lead
"""
_TYPE_MANUAL = """\
steps:
  - name: approval
    type: manual
    approvers: team_lead
"""

SYNTAX = Choice(
    id="pipeline.2",
    title="Write a manual approval step",
    difficulty="easy",
    task="Which of these is the right syntax for a step in which `team_lead` approves by hand?",
    options=(_yaml(_USERS), _yaml(_MANUAL), _yaml(_NO_TYPE), _yaml(_TYPE_MANUAL)),
    answer="b",
    hints=(
        "A step says three things: what it is called, what kind of step it is, and what it needs.",
        "Look for `name`, then `type: approval`, then `inputs` with a **list** of approvers.",
    ),
    common_mistakes=(
        "Other keys for the same idea, such as `users`: an engine knows only its own words.",
        "No list: one approver is still a list, of one.",
        "No `type`: a name does not make a step an approval.",
    ),
    explanation=(
        "1. `name: manual_approval` is what the step is called. Any name will do.\n"
        "2. `type: approval` makes it a step that waits for a person.\n"
        "3. `inputs.approvers` says who may decide; the dash makes it a list.\n"
        "4. Only **b** has all three. The engine refuses the other three before anything runs."
    ),
    right="Name, type and inputs are there, and the approvers are a list: the step waits for `team_lead`.",
    quick_check="`name`, `type: approval`, `inputs.approvers` as a list.",
    misconceptions=(
        Misconception(
            id="users-key",
            says="The engine knows neither the key `approval_step` nor `users`, and refuses the step.",
            advice="Find the option in which a `type` says what kind of step it is.",
            samples=(("a",),),
        ),
        Misconception(
            id="no-type",
            says=(
                "Here the name of the step stands where its keys should, so it has no `type`; "
                "and its approver is a string."
            ),
            advice="A step needs `name`, `type` and `inputs`, each as a key of its own.",
            samples=(("c",),),
        ),
        Misconception(
            id="type-manual",
            says="There is no type `manual`, and `approvers` belongs under `inputs`, as a list.",
            advice="The type names what the step does. Which word would that be?",
            samples=(("d",),),
        ),
    ),
    shows=(
        PipelineRun(caption="**a**", yaml=_USERS, shown_for="a"),
        PipelineRun(caption="**b**", yaml=_MANUAL, shown_for="b"),
        PipelineRun(caption="**c**", yaml=_NO_TYPE, shown_for="c"),
        PipelineRun(caption="**d**", yaml=_TYPE_MANUAL, shown_for="d"),
    ),
)

_REJECTABLE = """\
steps:
  - name: train_model
    type: training
  - name: approve_model
    type: approval
    inputs:
      approvers:
        - alice
    on_reject: fail_pipeline
"""
_DEPLOY = """\
  - name: deploy_model
    type: deploy
"""

REJECTED = Choice(
    id="pipeline.3",
    title="Predict what a rejection does",
    difficulty="medium",
    task=f"{_yaml(_REJECTABLE)}\n\nThe model is trained, and alice **rejects** it. What happens?",
    options=(
        "The approval is skipped and the model is deployed.",
        "The pipeline goes on to the deployment all the same.",
        "The pipeline fails and stops at once.",
        "The pipeline trains the model again by itself.",
    ),
    answer="c",
    hints=(
        "One line of the YAML says what a rejection leads to.",
        "Read `on_reject` aloud: on reject, …",
    ),
    common_mistakes=(
        "That the pipeline goes on: then asking would be pointless.",
        "That the approval is skipped: a rejection is a decision, not a missing one.",
        "That it tries again by itself: nothing here says so, and the same model would come out.",
    ),
    explanation=(
        "1. `train_model` runs and ends.\n"
        "2. `approve_model` waits for its one approver, alice.\n"
        "3. She rejects, and `on_reject: fail_pipeline` says what follows: the pipeline fails.\n"
        "4. Every later step is skipped. With a deploy step added, the run below shows it: "
        "the answer is **c**."
    ),
    right=(
        "`on_reject: fail_pipeline` ends the run on the spot, and nothing after it happens. "
        "This course's engine knows no other way; others do, as the end of the lesson shows."
    ),
    quick_check="`on_reject: fail_pipeline` means what it says.",
    misconceptions=(
        Misconception(
            id="skips",
            says="Alice was asked and said no; that is the opposite of skipping her.",
            advice="Look in the timeline below at the step that comes after hers.",
            samples=(("a",),),
        ),
        Misconception(
            id="goes-on",
            says="After a rejection nothing goes on: the deployment is skipped.",
            advice="Find the line of the YAML that begins with `on_reject`.",
            samples=(("b",),),
        ),
        Misconception(
            id="retries",
            says="No step trains a second time: a rejection ends the run, and a person starts the next one.",
            advice="Find the line of the YAML that begins with `on_reject`.",
            samples=(("d",),),
        ),
    ),
    shows=(
        PipelineRun(
            caption="The pipeline with a deploy step added, and alice rejecting",
            yaml=_REJECTABLE + _DEPLOY,
            decisions={"approve_model": ("alice", "reject")},
        ),
    ),
)

_STRING = """\
steps:
  - name: approve_model
    type: approval
    inputs:
      approvers: 'bob'
"""
_LIST = """\
steps:
  - name: approve_model
    type: approval
    inputs:
      approvers:
        - bob
"""

NEVER_PAUSES = Choice(
    id="pipeline.4",
    title="Find out why a step never pauses",
    difficulty="medium",
    task=f"{_yaml(_STRING)}\n\nThis step should wait for bob, and never pauses. Why?",
    options=(
        "The approvers must be given as a list.",
        "The `type` of the step is missing.",
        "The step has to be called `manual_approval`.",
        "The step needs a trigger to start it.",
    ),
    answer="a",
    hints=(
        "Compare it, key by key, with the right option of the question on syntax.",
        "Only one value has another shape than it had there.",
    ),
    common_mistakes=(
        "A string because it is only one person: one approver is a list of one.",
        "Renaming the step: a name is only a name.",
        "Looking for a trigger: an approval begins when the step before it ends.",
    ),
    explanation=(
        "1. `name` and `type: approval` are there, and both are right.\n"
        "2. `inputs.approvers` is there too, but its value `'bob'` is a string; it should be a list, "
        "`[bob]` or a dash before the name.\n"
        "3. This engine refuses to start, and says so. An engine that does not look would go through the "
        "string letter by letter, or compare with it.\n"
        "4. That is worse than an error: `'b' in 'bob'` is true in Python, so a user called b could approve. "
        "The answer is **a**."
    ),
    right=(
        "A string is not a list of people. This engine refuses it before anything runs; in code that forgets "
        "to look, `'b' in 'bob'` is true, so a string of approvers is a security hole."
    ),
    quick_check="One approver is still a list: `[bob]`.",
    misconceptions=(
        Misconception(
            id="type-missing",
            says="The type is there: `type: approval`, in the third line.",
            advice="Go on to what stands under `inputs`.",
            samples=(("b",),),
        ),
        Misconception(
            id="name-decides",
            says="A step may have any name; what it does is decided by its `type`.",
            advice="Look at the values instead: which of them has the wrong shape?",
            samples=(("c",),),
        ),
        Misconception(
            id="trigger",
            says="An approval needs no trigger: it begins when the step before it is done.",
            advice="Look at the values instead: which of them has the wrong shape?",
            samples=(("d",),),
        ),
    ),
    shows=(
        PipelineRun(caption="The pipeline as it stands", yaml=_STRING),
        PipelineRun(caption="The same with `approvers` as a list", yaml=_LIST, shown_for="a"),
    ),
)

_TESTED = """\
steps:
  - name: train_model
    type: training
  - name: test_model
    type: test
"""
_CONDITIONAL = (
    _TESTED
    + """\
  - name: approve_model
    type: approval
    inputs:
      approvers:
        - team_lead
      approve_if: accuracy > 0.90
    on_reject: fail_pipeline
"""
    + _DEPLOY
)
_ALWAYS_MANUAL = (
    _TESTED
    + """\
  - name: approve_model
    type: approval
    inputs:
      approvers:
        - team_lead
    on_reject: fail_pipeline
"""
    + _DEPLOY
)
_NO_PERSON = (
    _TESTED
    + """\
    inputs:
      pass_if: accuracy > 0.90
"""
    + _DEPLOY
)
_TOO_LATE = (
    _TESTED
    + _DEPLOY
    + """\
  - name: approve_model
    type: approval
    inputs:
      approvers:
        - team_lead
    on_reject: fail_pipeline
"""
)


def _at_both(letter: str, yaml: str) -> tuple[PipelineRun, ...]:
    above = PipelineRun(
        caption=f"**{letter}** with accuracy 0.95",
        yaml=yaml,
        metrics={"accuracy": 0.95},
        shown_for=letter,
        shows_yaml=True,
    )
    below = replace(
        above, caption=f"**{letter}** with accuracy 0.85", metrics={"accuracy": 0.85}, shows_yaml=False
    )
    return above, below


DESIGN = Choice(
    id="pipeline.5",
    title="Design a conditional approval",
    difficulty="hard",
    task=(
        "A team wants this: a model with **more than 90 % accuracy** is approved automatically, and for "
        "every other model **a person decides**. Which design does that?"
    ),
    options=(
        "A test step that measures the accuracy, then an approval that a value above 0.90 gives "
        "automatically and that else waits for a person.",
        "A test step that measures the accuracy, then an approval by a person in every case, whatever the "
        "value that the test has measured.",
        "A test step that measures the accuracy; above 0.90 the approval is left out, and below it the "
        "model is rejected on the spot.",
        "A test step that measures the accuracy, then the deployment, and after it an approval by a person "
        "who looks at how it went.",
    ),
    answer="a",
    hints=(
        "Take two models, one with 0.95 and one with 0.85, and follow each through every design.",
        "Look for the design in which a person is asked for one of the two, and only for that one, in time.",
    ),
    common_mistakes=(
        "No person below the threshold: rejecting outright is a decision that nobody took.",
        "All approved by hand, or all automatically: then the accuracy decides nothing.",
        "Approval after the deployment: by then users have met the model.",
    ),
    explanation=(
        "1. The condition needs a number, so a test step measures the accuracy first.\n"
        "2. The approval step comes next, before the deployment.\n"
        "3. Its `approve_if: accuracy > 0.90` approves the model with 0.95; nobody has to be asked.\n"
        "4. With 0.85 the same step waits for `team_lead`, and the deployment with it.\n"
        "5. A value of exactly 0.90 is not above 0.90, so a person decides there too. The answer is **a**."
    ),
    right=(
        "Measure, then decide: above the threshold the rule approves, and everything else waits for a person "
        "before anything is deployed."
    ),
    quick_check="Test first, then the conditional approval, then the deployment.",
    misconceptions=(
        Misconception(
            id="always-manual",
            says="Here the model with 0.95 waits for a person too, which the team wanted to avoid.",
            advice="The accuracy has to make a difference: where would the condition go?",
            samples=(("b",),),
        ),
        Misconception(
            id="no-person-below",
            says="Here the model with 0.85 fails without anybody having been asked.",
            advice="Below the threshold the team wants a person to decide, not the pipeline.",
            samples=(("c",),),
        ),
        Misconception(
            id="after-deployment",
            says="Here both models are deployed before anybody has approved them.",
            advice="An approval has to come before the step that it guards.",
            samples=(("d",),),
        ),
    ),
    shows=(
        *_at_both("a", _CONDITIONAL),
        *_at_both("b", _ALWAYS_MANUAL),
        *_at_both("c", _NO_PERSON),
        *_at_both("d", _TOO_LATE),
    ),
)

LESSON = Lesson(
    slug="pipeline",
    number=3,
    notebook="03_pipeline",
    title="Approval steps in a pipeline",
    minutes=10,
    unit="questions",
    exercises=(PURPOSE, SYNTAX, REJECTED, NEVER_PAUSES, DESIGN),
)
