"""Lesson 5: from stages to aliases and tags, and a champion that only an approved version can become.

Listed in checks.lessons; read by the notebook 05_aliases. What MLflow does here was observed on 3.17.2.
"""

from collections.abc import Mapping

import checks.lessons._looks as look
from checks.exercise import ANY, FillIn, Lesson, Misconception, RegistryState, Scenario, Step, Variable
from checks.lessons._functions import about, unknown_name

_CLIENT = "import mlflow\nclient = mlflow.MlflowClient()\n"
_TAG = "validation_status"
_STATUS = {"Production": "approved", "Staging": "pending", "Archived": "rejected"}

_UNREADABLE = Misconception(
    id="does-not-parse",
    says="Python cannot read this cell.",
    advice="Go to the line that Python names, and look there and at the end of the line above.",
    samples=("for mv in client.search_model_versions(\"name = 'MyModel'\")\n    pass",),
    when=look.unreadable,
)


def _tags(statuses: Mapping[int, str]) -> dict[int, dict[str, str]]:
    return {number: {_TAG: status} for number, status in statuses.items()}


# ── 1 Who is the champion? ────────────────────────────────────────────────────────────────────────────

_CHAMPION = FillIn(
    id="alias.1",
    title="Find the champion",
    difficulty="easy",
    task="Set `champion` to the number of the version that the alias `champion` of `MyModel` points to.",
    code='champion = client.[1]("MyModel", [2]).version',
    options=(
        "get_model_version",
        "search_model_versions",
        "get_model_version_by_alias",
        '"Champion"',
        '"champion"',
    ),
    answer=("get_model_version_by_alias", '"champion"'),
    hints=(
        "An alias is a name. Which method looks a version up by such a name?",
        "`get_model_version` wants a number, and `search_model_versions` a filter.",
        "The method says that it goes by alias; the alias is text, all in small letters.",
    ),
    common_mistakes=(
        "Asking `get_model_version` for a name: it knows numbers only.",
        "A capital letter: `Champion` and `champion` are two aliases.",
    ),
    explanation=(
        '`client.get_model_version_by_alias("MyModel", "champion")` gives the version that the alias points '
        "to now. When the alias is moved, the same line gives another version: that is the point of it. A "
        "server loads `models:/MyModel@champion` and needs no change when the champion does."
    ),
    right=(
        "You asked by name and got the version. The name stays and the version behind it changes. Stages, "
        "which did this before, are deprecated since MLflow 2.9."
    ),
    scenarios=(
        Scenario(
            "the alias `champion` on version 2 and `challenger` on 3",
            setup=_CLIENT,
            registry={1: "None", 2: "None", 3: "None"},
            aliases={"champion": 2, "challenger": 3},
        ),
        Scenario(
            "the alias `champion` on version 1 of 4",
            setup=_CLIENT,
            registry=dict.fromkeys((1, 2, 3, 4), "None"),
            aliases={"champion": 1, "challenger": 4},
        ),
    ),
    compares=(Variable("champion"),),
    misconceptions=(
        Misconception(
            id="text-after-dot",
            says="After `client.` Python expects the name of a method; text in quotes cannot stand there.",
            advice="The text belongs into the second blank.",
            samples=(('"Champion"', ANY), ('"champion"', ANY)),
        ),
        Misconception(
            id="alias-unquoted",
            says="An alias is text. Without quotes Python looks for a variable, and there is none.",
            advice="Choose an option in quotes for the second blank.",
            samples=(
                (ANY, "get_model_version"),
                (ANY, "search_model_versions"),
                (ANY, "get_model_version_by_alias"),
            ),
        ),
        Misconception(
            id="case",
            says="Capitals count in an alias: there is a `champion`, and no `Champion`.",
            advice="Write the alias as it was given.",
            samples=(("get_model_version_by_alias", '"Champion"'),),
        ),
        Misconception(
            id="by-number",
            says="`get_model_version` looks a version up by its number; an alias is none.",
            advice="Choose the method that goes by alias.",
            samples=(("get_model_version", '"champion"'), ("get_model_version", '"Champion"')),
        ),
        Misconception(
            id="search",
            says="`search_model_versions` takes a filter, gives a list, and cannot find an alias at all.",
            advice="Choose the method that goes by alias.",
            samples=(("search_model_versions", '"champion"'), ("search_model_versions", '"Champion"')),
        ),
    ),
)

# ── 2 What is approved? ───────────────────────────────────────────────────────────────────────────────

_APPROVED = FillIn(
    id="alias.2",
    title="Search by tag",
    difficulty="medium",
    task=(
        "Collect in `approved` the numbers of all versions of `MyModel` whose tag `validation_status` is "
        "`approved`. Let MLflow do the filtering."
    ),
    code=(
        "found = client.search_model_versions(\"name = 'MyModel' and [1] = '[2]'\")\n"
        "approved = [mv.version for mv in found]"
    ),
    options=("current_stage", "approved", "aliases", "tags.validation_status", "champion"),
    answer=("tags.validation_status", "approved"),
    hints=(
        "A filter reads like a condition: what is looked at, `=`, and the value it is to have.",
        "Neither stages nor aliases can stand in a filter; tags can, as `tags.` and the tag's name.",
        "First the tag `validation_status`, then the value that you are looking for.",
    ),
    common_mistakes=(
        "Filtering by `current_stage` or `aliases`: MLflow refuses both.",
        "Looking for the champion: that is an alias, and no value of this tag.",
    ),
    explanation=(
        "```python\nclient.search_model_versions(\"name = 'MyModel' and tags.validation_status = "
        "'approved'\")\n"
        "```\nA filter can look at `name`, `version_number`, `run_id`, `source_path` and at tags. What it "
        "finds "
        "comes with its tags, but not with its aliases: `aliases` is an empty list there, even for the "
        "champion."
    ),
    right=(
        "The registry filters for you, which with stages it could not. Note that what a search finds has "
        "`aliases == []`, the champion too; ask `get_model_version` or `get_registered_model` for aliases."
    ),
    scenarios=(
        Scenario(
            "versions 1 and 3 approved, 2 rejected and 4 without a tag",
            setup=_CLIENT,
            registry={1: "None", 2: "Production", 3: "Archived", 4: "Production"},
            tags=_tags({1: "approved", 2: "rejected", 3: "approved"}),
            aliases={"champion": 1},
        ),
        Scenario(
            "versions 1 and 2 pending and 3 approved",
            setup=_CLIENT,
            registry={1: "None", 2: "Production", 3: "None"},
            tags=_tags({1: "pending", 2: "pending", 3: "approved"}),
            aliases={"champion": 2},
        ),
    ),
    compares=(Variable("approved", ordered=False),),
    misconceptions=(
        Misconception(
            id="stage",
            says="A filter cannot look at stages, and `approved` is none of them anyway.",
            advice="Filter by the tag.",
            samples=(("current_stage", ANY),),
        ),
        Misconception(
            id="alias",
            says="A filter cannot look at aliases: MLflow refuses it.",
            advice="Filter by the tag.",
            samples=(("aliases", ANY),),
        ),
        Misconception(
            id="value-first",
            says="On the left of `=` stands what is looked at, not the value that it is to have.",
            advice="Name the tag first, as `tags.` and its name.",
            samples=(("approved", ANY), ("champion", ANY)),
        ),
        Misconception(
            id="champion",
            says="`champion` is an alias; no version has it as the value of this tag, so nothing is found.",
            advice="Look for the value that the task names.",
            samples=(("tags.validation_status", "champion"),),
        ),
        Misconception(
            id="another-value",
            says="No version has this as the value of its tag. The filter runs, and finds nothing.",
            advice="The value is one of `pending`, `approved` and `rejected`.",
            samples=(
                ("tags.validation_status", "current_stage"),
                ("tags.validation_status", "aliases"),
                ("tags.validation_status", "tags.validation_status"),
            ),
        ),
    ),
)

# ── 3 From stage to tag ───────────────────────────────────────────────────────────────────────────────

_SEARCH = "client.search_model_versions(\"name = 'MyModel'\")"
_LOOP = f"for mv in {_SEARCH}:\n"
_SET = 'client.set_model_version_tag("MyModel", mv.version, "validation_status", {})'


def _seeded(given: str, stages: dict[int, str], tagged: bool = False) -> Scenario:
    statuses = {number: _STATUS[stage] for number, stage in stages.items() if stage in _STATUS}
    # Version 1 is touched last where it is not the highest: a search then gives it first.
    touch = 'client.update_model_version("MyModel", 1, description="looked at")\n' if len(stages) == 3 else ""
    return Scenario(given, setup=_CLIENT + touch, registry=stages, tags=_tags(statuses) if tagged else {})


#: Lesson 2's registry first, then what tells a right migration from one that fits only that.
_SEEDINGS: tuple[tuple[str, dict[int, str]], ...] = (
    ("version 1 in Production, 2 in Staging, and 3 in no stage", {1: "Production", 2: "Staging", 3: "None"}),
    (
        "version 1 in Archived, 2 and 4 in Production, 3 and 5 in Staging",
        {1: "Archived", 2: "Production", 3: "Staging", 4: "Production", 5: "Staging"},
    ),
    ("version 1 in no stage and 2 in Archived", {1: "None", 2: "Archived"}),
    (
        "12 versions, 2, 9 and 10 in Production, 1 and 11 in Staging, and the others in Archived",
        dict.fromkeys(range(1, 13), "Archived")
        | {2: "Production", 9: "Production", 10: "Production", 1: "Staging", 11: "Staging"},
    ),
    ("versions 1 and 3 in Staging and 2 in Archived", {1: "Staging", 2: "Archived", 3: "Staging"}),
)

_MAP = 'status = {"Production": "approved", "Staging": "pending", "Archived": "rejected"}\n'


def _mapped(mapping: str) -> str:
    return (
        f"status = {mapping}\n{_LOOP}    if mv.current_stage in status:\n"
        f"        {_SET.format('status[mv.current_stage]')}\n"
    )


_TO_TAGS = Step(
    id="alias.3",
    title="Move from stages to tags",
    difficulty="medium",
    task=(
        "Give every version of `MyModel` the tag `validation_status` that says the same as its stage: "
        "`approved` for Production, `pending` for Staging, `rejected` for Archived. A version whose stage "
        "is `'None'` gets no tag. Leave the stages as they are. `client` is there."
    ),
    hints=(
        "Go over all versions, look at the stage of each, and set the tag that belongs to it.",
        "A dictionary can say which status belongs to which stage; `if mv.current_stage in status:` leaves "
        "out the rest.",
        '`client.set_model_version_tag("MyModel", mv.version, "validation_status", …)`, in a loop over '
        "`client.search_model_versions(\"name = 'MyModel'\")`.",
    ),
    common_mistakes=(
        "Looking at `status`: that is `'READY'` for every version. The stage is `current_stage`.",
        "Testing `if mv.current_stage:` to leave out versions in no stage: their stage is the text "
        "`'None'`, which counts as true.",
        "Setting the tag on the model (`set_registered_model_tag`) and not on the version.",
    ),
    explanation=(
        f"```python\n{_MAP}{_LOOP}    if mv.current_stage in status:\n"
        f"        {_SET.format('status[mv.current_stage]')}\n```\n"
        "The dictionary holds the rule, the loop applies it. Where nobody has said anything, nothing is "
        "written: no tag is honest, and a search for `pending` then finds exactly what waits for a "
        "decision. (Until 2.9 one would have asked for the stage Staging.)"
    ),
    right=(
        "Every version says in a tag what its stage said, and tags can be searched. The stages are still "
        "there for whoever reads them; in a real move both live side by side for a while. Mind that a tag "
        "is overwritten, and keeps no history of who said what before."
    ),
    reference=(
        f"{_MAP}{_LOOP}    if mv.current_stage in status:\n        "
        f"{_SET.format('status[mv.current_stage]')}\n"
    ),
    alternatives=(
        f"{_LOOP}    if mv.current_stage == 'Production':\n        {_SET.format(repr('approved'))}\n"
        f"    elif mv.current_stage == 'Staging':\n        {_SET.format(repr('pending'))}\n"
        f"    elif mv.current_stage == 'Archived':\n        {_SET.format(repr('rejected'))}\n",
        f"{_MAP}for mv in {_SEARCH}:\n    value = status.get(mv.current_stage)\n    if value:\n"
        "        client.set_model_version_tag(name='MyModel', version=mv.version, key='validation_status', "
        "value=value)\n        print(mv.version, value)\n",
        f"stages = {{mv.version: mv.current_stage for mv in {_SEARCH}}}\n"
        "for stage, value in [('Archived', 'rejected'), ('Production', 'approved'), ('Staging', "
        "'pending')]:\n"
        "    for version in stages:\n        if stages[version] == stage:\n"
        "            client.set_model_version_tag('MyModel', str(version), 'validation_status', value)\n",
    ),
    scenarios=tuple(_seeded(given, stages) for given, stages in _SEEDINGS),
    compares=(RegistryState(aliases=True, tags=(_TAG,)),),
    misconceptions=(
        _UNREADABLE,
        Misconception(
            id="capitals",
            says="The value of a tag is text like any other: `Approved` and `approved` are two values.",
            advice="Write the three values in small letters.",
            samples=(_mapped("{'Production': 'Approved', 'Staging': 'Pending', 'Archived': 'Rejected'}"),),
        ),
        Misconception(
            id="stage-as-tag",
            says="The stage itself is written into the tag; the tag has words of its own.",
            advice="Production becomes `approved`, Staging `pending`, Archived `rejected`.",
            samples=(
                f"{_LOOP}    {_SET.format('mv.current_stage')}\n",
                f"{_LOOP}    if mv.current_stage != 'None':\n        {_SET.format('mv.current_stage')}\n",
                f"{_LOOP}    {_SET.format('mv.current_stage.lower()')}\n",
            ),
        ),
        Misconception(
            id="none-pending",
            says="A version in no stage gets a tag, although nobody has said anything about it.",
            advice="Leave versions whose stage is the text `'None'` alone.",
            samples=(
                f"{_MAP}{_LOOP}    {_SET.format('status.get(mv.current_stage, repr(None))')}\n",
                f"{_MAP}{_LOOP}    {_SET.format('status.get(mv.current_stage, str())')}\n",
                f"{_MAP}{_LOOP}    {_SET.format('status.get(mv.current_stage)')}\n",
                f"{_MAP}{_LOOP}    {_SET.format('status.get(mv.current_stage, mv.current_stage)')}\n",
                f"{_MAP}status['None'] = 'pending'\n{_LOOP}    {_SET.format('status[mv.current_stage]')}\n",
                *(
                    f"{_MAP}{_LOOP}    {_SET.format(f'status.get(mv.current_stage, {word!r})')}\n"
                    for word in ("unknown", "none", "no tag", "new")
                ),
                f"{_MAP}status['None'] = 'rejected'\n{_LOOP}    {_SET.format('status[mv.current_stage]')}\n",
            ),
        ),
        Misconception(
            id="none-not-met",
            says=(
                "The stage of a version in no stage is the text `'None'`, and your dictionary has no such "
                "key."
            ),
            advice="Ask `if mv.current_stage in status:` first.",
            samples=(
                f"{_MAP}{_LOOP}    {_SET.format('status[mv.current_stage]')}\n",
                f"{_MAP}{_LOOP}    if mv.current_stage:\n        {_SET.format('status[mv.current_stage]')}\n",
            ),
            when=lambda seen: look.raised(seen, "KeyError"),
        ),
        Misconception(
            id="attribute",
            says="This reads an attribute that a model version does not have.",
            advice="The stage is `mv.current_stage`, the number is `mv.version`.",
            samples=(
                f"{_MAP}{_LOOP}    if mv.stage in status:\n        {_SET.format('status[mv.stage]')}\n",
            ),
            when=lambda seen: look.raised(seen, "AttributeError", "ModelVersion"),
        ),
        Misconception(
            id="status-attribute",
            says="`mv.status` says whether registering has finished (`'READY'`), and nothing about approval.",
            advice="Look at `mv.current_stage`.",
            samples=(
                f"{_MAP}{_LOOP}    if mv.status in status:\n        {_SET.format('status[mv.status]')}\n",
            ),
            when=lambda seen: look.source_has(seen, r"mv\.status\b"),
        ),
        Misconception(
            id="local-only",
            says="`mv.tags` is a copy that your code was given; changing it changes nothing in the registry.",
            advice="Use `client.set_model_version_tag`.",
            samples=(
                f"{_MAP}{_LOOP}    if mv.current_stage in status:\n"
                "        mv.tags['validation_status'] = status[mv.current_stage]\n",
            ),
            when=lambda seen: look.source_has(seen, r"\.tags\["),
        ),
        Misconception(
            id="stage-case",
            says=(
                "MLflow writes its stages with a capital letter, so `'production'` is equal to none of them."
            ),
            advice="Compare with `'Production'`, `'Staging'` and `'Archived'`.",
            samples=(_mapped("{'production': 'approved', 'staging': 'pending', 'archived': 'rejected'}"),),
            when=lambda seen: (
                look.source_has(seen, r"['\"](production|staging|archived)['\"]")
                and not look.source_has(seen, r"title\(|capitalize\(|lower\(")
            ),
        ),
        Misconception(
            id="on-the-model",
            says="The tag is set on the model as a whole; it belongs on each version.",
            advice="Use `set_model_version_tag`, which takes the version's number.",
            samples=(
                f"{_MAP}{_LOOP}    if mv.current_stage in status:\n        "
                "client.set_registered_model_tag('MyModel', 'validation_status', status[mv.current_stage])\n",
            ),
            when=lambda seen: look.source_has(seen, "set_registered_model_tag"),
        ),
        Misconception(
            id="another-key",
            says="The tags are set under another key than `validation_status`.",
            advice="Copy the key letter by letter.",
            samples=(
                f"{_MAP}{_LOOP}    if mv.current_stage in status:\n        "
                "client.set_model_version_tag('MyModel', mv.version, 'status', status[mv.current_stage])\n",
            ),
            when=lambda seen: (
                look.source_has(seen, "set_model_version_tag")
                and not look.source_has(seen, r"['\"]validation_status['\"]")
            ),
        ),
        Misconception(
            id="swapped",
            says="Two of the three values are swapped.",
            advice="Archived is `rejected`, Staging is `pending`, Production is `approved`.",
            samples=(
                _mapped("{'Production': 'approved', 'Staging': 'rejected', 'Archived': 'pending'}"),
                _mapped("{'Production': 'pending', 'Staging': 'approved', 'Archived': 'rejected'}"),
                _mapped("{'Production': 'rejected', 'Staging': 'pending', 'Archived': 'approved'}"),
            ),
        ),
        Misconception(
            id="one-missing",
            says="One stage is left out: its versions have no tag.",
            advice="Three stages have a value: Production, Staging and Archived.",
            samples=(
                _mapped("{'Production': 'approved', 'Archived': 'rejected'}"),
                _mapped("{'Production': 'approved', 'Staging': 'pending'}"),
                _mapped("{'Staging': 'pending', 'Archived': 'rejected'}"),
                _mapped("{'Production': 'approved'}"),
            ),
        ),
        Misconception(
            id="latest-only",
            says="`get_latest_versions` gives one version for each stage, so the others are forgotten.",
            advice="Go over all of them: `client.search_model_versions(\"name = 'MyModel'\")`.",
            samples=(
                f"{_MAP}for mv in client.get_latest_versions('MyModel'):\n"
                f"    if mv.current_stage in status:\n        {_SET.format('status[mv.current_stage]')}\n",
            ),
            when=lambda seen: look.source_has(seen, r"latest_versions"),
        ),
        Misconception(
            id="never-set",
            says="No version is given a tag.",
            advice="Hand each version's number to `client.set_model_version_tag`.",
            samples=(f"{_LOOP}    print(mv)\n",),
            when=lambda seen: (
                look.unknown_name(seen) is None and not look.source_has(seen, "set_model_version_tag")
            ),
        ),
        Misconception(
            id="one-for-all",
            says="Every version gets the same tag, whatever its stage.",
            advice="Decide by `mv.current_stage`.",
            samples=(f"{_LOOP}    {_SET.format(repr('approved'))}\n",),
            when=lambda seen: (
                look.source_has(seen, r"client\.(search|get)_")
                and not look.source_has(seen, "current_stage")
                and look.unknown_name(seen) is None
            ),
        ),
        Misconception(
            id="fixed-numbers",
            says="The numbers of versions are written down, so it fits one registry only.",
            advice="Go over what is there, and decide by the stage.",
            samples=(
                "for version, value in {1: 'rejected', 2: 'approved', 3: 'pending', 4: 'approved', 5: "
                "'pending'}"
                ".items():\n"
                "    client.set_model_version_tag('MyModel', version, 'validation_status', value)\n",
            ),
            when=lambda seen: not look.source_has(seen, "current_stage") and look.unknown_name(seen) is None,
        ),
        Misconception(
            id="stages-changed",
            says="The stages are changed as well; others still read them.",
            advice="Set tags only.",
            samples=(
                f"{_MAP}{_LOOP}    if mv.current_stage in status:\n"
                f"        {_SET.format('status[mv.current_stage]')}\n"
                "        client.transition_model_version_stage('MyModel', mv.version, 'None')\n",
            ),
            when=lambda seen: look.source_has(seen, "transition_model_version_stage"),
        ),
        unknown_name(f"{_LOOP}    {_SET.format('approved')}\n"),
    ),
)

# ── 4 From stage to alias ─────────────────────────────────────────────────────────────────────────────


def _aliased(choose: str = "max(numbers)", pairs: str = "", guard: str = "    if numbers:\n") -> str:
    pairs = pairs or '("champion", "Production"), ("challenger", "Staging")'
    return (
        f"for alias, stage in [{pairs}]:\n"
        f"    numbers = [mv.version for mv in {_SEARCH} if mv.current_stage == stage]\n{guard}"
        f'        client.set_registered_model_alias("MyModel", alias, {choose})\n'
    )


_EACH = 'client.set_registered_model_alias("MyModel", {}, mv.version)\n'

_TO_ALIASES = Step(
    id="alias.4",
    title="Move from stages to aliases",
    difficulty="hard",
    task=(
        "Set the aliases of `MyModel`: `champion` on the version in Production with the highest number, "
        "`challenger` on the version in Staging with the highest number. Where a stage is empty, its alias "
        "is not set. `client` is there."
    ),
    hints=(
        "For each of the two stages: collect the numbers of its versions, and if there are any, set the "
        "alias on the highest.",
        "`mv.version` is an `int`, so `max` of a list of them is the highest. `max` of an empty list is "
        "an error.",
        '`client.set_registered_model_alias("MyModel", "champion", …)`, under `if production:` or the like.',
    ),
    common_mistakes=(
        "Taking the first or the last of a search: it comes with the last touched first.",
        "Setting the alias in the loop, for each version: the last one set remains.",
        "Forgetting that a stage may be empty.",
    ),
    explanation=(
        f"```python\n{_aliased()}```\n"
        "A stage can hold many versions, an alias points to exactly one; so one has to be chosen, and the "
        "rule is written here for everybody to see. Setting an alias that is there already moves it."
    ),
    right=(
        "Each alias points to one version, in whatever registry. `models:/MyModel@champion` now follows the "
        "champion. Stages are the old way and aliases the recommended one."
    ),
    reference=_aliased(),
    alternatives=(
        f"versions = {_SEARCH}\n"
        "production = [mv.version for mv in versions if mv.current_stage == 'Production']\n"
        "staging = [mv.version for mv in versions if mv.current_stage == 'Staging']\n"
        "if production:\n    client.set_registered_model_alias('MyModel', 'champion', max(production))\n"
        "if staging:\n    client.set_registered_model_alias('MyModel', 'challenger', str(max(staging)))\n"
        "timeline(client)\n",
        f"for mv in sorted({_SEARCH}, key=lambda mv: mv.version):\n"
        "    if mv.current_stage == 'Production':\n    "
        f"    {_EACH.format(repr('champion'))}"
        "    elif mv.current_stage == 'Staging':\n    "
        f"    {_EACH.format(repr('challenger'))}",
        "def highest(status):\n    found = client.search_model_versions("
        "f\"name = 'MyModel' and tags.validation_status = '{status}'\")\n"
        "    return max((mv.version for mv in found), default=None)\n\n"
        "for alias, status in {'champion': 'approved', 'challenger': 'pending'}.items():\n"
        "    version = highest(status)\n    if version is not None:\n"
        "        client.set_registered_model_alias('MyModel', alias, version)\n",
    ),
    scenarios=tuple(_seeded(given, stages, tagged=True) for given, stages in _SEEDINGS),
    compares=(RegistryState(aliases=True, tags=(_TAG,)),),
    misconceptions=(
        _UNREADABLE,
        Misconception(
            id="empty-stage",
            says="A stage may be empty, and then there is no highest number, no first and no last.",
            advice="Set the alias only if there is a version to point to.",
            samples=(
                _aliased(guard="    if True:\n"),
                _aliased("numbers[0]", guard="    if True:\n"),
                _aliased("max(numbers, default=None)", guard="    if True:\n"),
                _aliased("max(numbers, default=1)", guard="    if True:\n"),
            ),
        ),
        Misconception(
            id="lowest",
            says=(
                "The lowest number is taken, or, in a loop, the last one set: a search gives the newest "
                "first."
            ),
            advice="Collect the numbers first, then take `max` of them.",
            samples=(
                _aliased("min(numbers)"),
                _aliased("numbers[-1]"),
                f"{_LOOP}    if mv.current_stage == 'Production':\n        {_EACH.format(repr('champion'))}"
                f"    if mv.current_stage == 'Staging':\n        {_EACH.format(repr('challenger'))}",
            ),
        ),
        Misconception(
            id="first-found",
            says="The first of a search is taken: that is the one touched last, whatever its number.",
            advice="Collect the numbers first, then take `max` of them.",
            samples=(_aliased("numbers[0]"),),
        ),
        Misconception(
            id="as-text",
            says="The numbers are compared as text, and as text `9` comes after `10`.",
            advice="`mv.version` is an `int` already; leave it one.",
            samples=(_aliased("max(map(str, numbers))"), _aliased("max(numbers, key=str)")),
        ),
        Misconception(
            id="swapped",
            says="The two aliases are swapped: the champion is the one in Production.",
            advice="`champion` for Production, `challenger` for Staging.",
            samples=(_aliased(pairs='("champion", "Staging"), ("challenger", "Production")'),),
        ),
        Misconception(
            id="one-alias",
            says="Only one of the two aliases is set.",
            advice="Do the same for the other stage.",
            samples=(
                _aliased(pairs='("champion", "Production")'),
                _aliased(pairs='("challenger", "Staging")'),
            ),
        ),
        Misconception(
            id="capitals",
            says="Capitals count: `Champion` and `champion` are two aliases.",
            advice="Write both aliases in small letters.",
            samples=(
                _aliased(pairs='("Champion", "Production"), ("Challenger", "Staging")'),
                _aliased(pairs='("CHAMPION", "Production"), ("CHALLENGER", "Staging")'),
            ),
        ),
        Misconception(
            id="stage-names",
            says="The aliases are named after the stages; wanted are `champion` and `challenger`.",
            advice="Use the names of the task.",
            samples=(
                _aliased(pairs='("Production", "Production"), ("Staging", "Staging")'),
                _aliased(pairs='("production", "Production"), ("staging", "Staging")'),
            ),
        ),
        Misconception(
            id="only-together",
            says=(
                "The two aliases depend on each other: one is set only if the other stage is filled, or "
                "empty."
            ),
            advice="Write one `if` for each of them.",
            samples=(
                f"versions = {_SEARCH}\n"
                "numbers = lambda stage: [mv.version for mv in versions if mv.current_stage == stage]\n"
                "if numbers('Production') and numbers('Staging'):\n"
                "    client.set_registered_model_alias('MyModel', 'champion', max(numbers('Production')))\n"
                "    client.set_registered_model_alias('MyModel', 'challenger', max(numbers('Staging')))\n",
                f"versions = {_SEARCH}\n"
                "numbers = lambda stage: [mv.version for mv in versions if mv.current_stage == stage]\n"
                "if numbers('Production'):\n"
                "    client.set_registered_model_alias('MyModel', 'champion', max(numbers('Production')))\n"
                "elif numbers('Staging'):\n"
                "    client.set_registered_model_alias('MyModel', 'challenger', max(numbers('Staging')))\n",
            ),
        ),
        Misconception(
            id="fixed-numbers",
            says="The numbers of versions are written down, so it fits one registry only.",
            advice="Look at what is there, and choose by the stage.",
            samples=("client.set_registered_model_alias('MyModel', 'champion', 4)\n",),
            when=lambda seen: (
                look.source_has(seen, "set_registered_model_alias")
                and not look.source_has(seen, r"client\.(get|search)_")
            ),
        ),
        Misconception(
            id="archived-too",
            says="Archived versions, or such in no stage, are taken for candidates.",
            advice="Compare `mv.current_stage` with exactly one stage for each alias.",
            samples=(
                "numbers = [mv.version for mv in client.search_model_versions(\"name = 'MyModel'\")]\n"
                'client.set_registered_model_alias("MyModel", "champion", max(numbers))\n',
            ),
            when=lambda seen: not look.source_has(seen, "current_stage|validation_status|latest_versions"),
        ),
        Misconception(
            id="reserved",
            says="MLflow refuses this alias: `latest` and names like `v5` are reserved.",
            advice="The aliases are called `champion` and `challenger`.",
            samples=(_aliased(pairs='("latest", "Production"), ("challenger", "Staging")'),),
            when=lambda seen: look.raised(seen, "MlflowException", "reserved"),
        ),
        Misconception(
            id="as-tag",
            says="An alias is not a tag: it has a method of its own.",
            advice="Use `client.set_registered_model_alias`.",
            samples=(_aliased().replace("set_registered_model_alias", "set_registered_model_tag"),),
            when=lambda seen: (
                look.source_has(seen, r"_tag\(") and not look.source_has(seen, "set_registered_model_alias")
            ),
        ),
        Misconception(
            id="never-set",
            says="The versions are found, but no alias is set.",
            advice="Hand each of them to `client.set_registered_model_alias`.",
            samples=(f"numbers = [mv.version for mv in {_SEARCH} if mv.current_stage == 'Production']\n",),
            when=lambda seen: not look.source_has(seen, "set_registered_model_alias"),
        ),
        Misconception(
            id="a-version-object",
            says="What the alias is to point to is the number, not the version as an object or a list.",
            advice="Hand over `mv.version`, or `max` of such numbers.",
            samples=(_aliased("numbers"),),
            when=lambda seen: look.raised(seen, "MlflowException") or look.raised(seen, "TypeError"),
        ),
        unknown_name(_aliased("highest")),
    ),
)

# ── 5 Only the approved ───────────────────────────────────────────────────────────────────────────────

_TRY = (
    "refused = []\nfor version in {}:\n    try:\n        set_champion(version)\n"
    "    except ValueError:\n        refused.append(version)\n"
)
_CROWN_HEAD = "def set_champion(version):\n"
_READ = '    tags = client.get_model_version("MyModel", version).tags\n'
_CROWN = '    client.set_registered_model_alias("MyModel", "champion", version)\n'
_REFUSE = "        raise ValueError(f'version {version} is not approved')\n"


def _guarded(condition: str, then: str = _REFUSE, read: str = _READ) -> str:
    return f"{_CROWN_HEAD}{read}    if {condition}:\n{then}{_CROWN}"


def _crowned(
    given: str, statuses: dict[int, str], calls: str, champion: int | None, **stages: str
) -> Scenario:
    return Scenario(
        given,
        setup=_CLIENT,
        registry={number: stages.get(f"v{number}", "None") for number in (1, 2, 3, 4)},
        tags={4: {"license": "approved"}} | _tags(statuses),
        aliases={"champion": champion} if champion else {},
        after=_TRY.format(calls),
    )


_FOUR = {1: "approved", 2: "rejected", 3: "approved"}

_SET_CHAMPION = Step(
    id="alias.5",
    title="Let only an approved version become champion",
    difficulty="hard",
    task=(
        "Write `set_champion(version)`: it sets the alias `champion` of `MyModel` on the version if its tag "
        "`validation_status` is `approved`, and otherwise raises a `ValueError` and changes nothing. "
        "`client` is there."
    ),
    starter="def set_champion(version):\n    ...\n",
    hints=(
        "Look before you move: read the tag, decide, and only then set the alias.",
        '`client.get_model_version("MyModel", version).tags` is a dictionary. A version may lack the tag, '
        "and then `.get(…)` gives `None` where `[…]` raises a `KeyError`.",
        "Raise unless the value is exactly `'approved'`; after that, set the alias.",
    ),
    common_mistakes=(
        "Refusing only what is `rejected`: what is pending, or has no tag at all, slips through.",
        "Setting the alias first and checking afterwards: by then it has happened.",
        "`tags['validation_status']` on a version without the tag: a `KeyError` is no `ValueError`.",
    ),
    explanation=(
        f"```python\n{_guarded('tags.get(' + repr(_TAG) + ') != ' + repr('approved'))}```\n"
        "What is not expressly approved is refused: the safe way round. MLflow itself does not look at tags "
        "when an alias is set, so a team that wants this rule has to keep it in the one function through "
        "which everybody goes, and give nobody else the right to set aliases."
    ),
    right=(
        "Nothing becomes champion that is not approved, and a refusal leaves everything as it was. In "
        "lesson 6 you build on this, with a log and a look at whether the model really loads."
    ),
    reference=_guarded("tags.get('validation_status') != 'approved'"),
    alternatives=(
        f"{_CROWN_HEAD}{_READ}    if tags.get('validation_status') == 'approved':\n    {_CROWN}"
        "    else:\n        raise ValueError('not approved')\n",
        "def set_champion(version: int) -> None:\n    found = client.search_model_versions("
        "\"name = 'MyModel' and tags.validation_status = 'approved'\")\n"
        "    if int(version) not in [mv.version for mv in found]:\n        raise ValueError(version)\n"
        + _CROWN,
        "class NotApproved(ValueError):\n    pass\n\n"
        + _guarded("'approved' != tags.get('validation_status', '')", "        raise NotApproved(version)\n"),
        f"{_CROWN_HEAD}    try:\n    {_READ}        approved = tags['validation_status'] == 'approved'\n"
        "    except KeyError:\n        approved = False\n"
        f"    if not approved:\n{_REFUSE}{_CROWN}    return version\n",
    ),
    scenarios=(
        _crowned("version 1 champion and 3 approved, and a call for 3", _FOUR, "[3]", 1),
        _crowned("version 1 champion and 2 rejected, and a call for 2", _FOUR, "[2]", 1),
        _crowned("version 1 champion and 4 without this tag, and a call for 4", _FOUR, "[4]", 1),
        _crowned(
            "version 3 champion and 2 pending, and a call for 2", {2: "pending", 3: "approved"}, "[2]", 3
        ),
        _crowned(
            "2 and 4 approved, 1 rejected but in Production, no champion yet, and calls for 2, 1 and 3",
            {1: "rejected", 2: "approved", 4: "approved"},
            "[2, 1, 3]",
            None,
            v1="Production",
        ),
    ),
    compares=(
        RegistryState(aliases=True, tags=(_TAG,)),
        Variable("refused", shown="the list of versions refused with a `ValueError`"),
    ),
    misconceptions=(
        *about("set_champion", "version", "None", returns=False),
        Misconception(
            id="key-error",
            says=(
                "Some version has no such tag, and `[…]` then raises a `KeyError`, which is no `ValueError`."
            ),
            advice="Use `.get('validation_status')`, which gives `None` there.",
            samples=(_guarded("tags['validation_status'] != 'approved'"),),
            when=lambda seen: look.raised(seen, "KeyError"),
        ),
        Misconception(
            id="no-check",
            says="Whatever comes is made champion, the rejected too.",
            advice="Read the tag first, and raise a `ValueError` unless it says `approved`.",
            samples=(f"{_CROWN_HEAD}{_CROWN}",),
        ),
        Misconception(
            id="only-rejected",
            says="Only what is `rejected` is refused; what is pending, or has no tag, slips through.",
            advice="Turn it round: refuse what is not `approved`.",
            samples=(_guarded("tags.get('validation_status') == 'rejected'"),),
        ),
        Misconception(
            id="no-tag-passes",
            says="A version without the tag slips through: nobody has approved it.",
            advice="Refuse whatever is not exactly `approved`, a missing tag included.",
            samples=(
                _guarded("tags.get('validation_status', 'approved') != 'approved'"),
                _guarded("tags.get('validation_status') in ('rejected', 'pending')"),
            ),
        ),
        Misconception(
            id="any-tag-passes",
            says="Any version with the tag slips through, whatever the tag says.",
            advice="Compare its value with `'approved'`.",
            samples=(_guarded("not tags.get('validation_status')"),),
        ),
        Misconception(
            id="champion-removed",
            says="A refusal takes the alias away, and then nothing is served at all.",
            advice="Where you refuse, change nothing.",
            samples=(
                _guarded(
                    "tags.get('validation_status') != 'approved'",
                    f"        client.delete_registered_model_alias('MyModel', 'champion')\n{_REFUSE}",
                ),
            ),
            when=lambda seen: look.source_has(seen, "delete_registered_model_alias"),
        ),
        Misconception(
            id="pending-passes",
            says="A pending version slips through: it waits for a decision, and has none.",
            advice="Refuse whatever is not exactly `approved`.",
            samples=(_guarded("tags.get('validation_status') not in ('approved', 'pending')"),),
        ),
        Misconception(
            id="too-late",
            says="The alias is moved first, and the refusal comes too late.",
            advice="Check first; set the alias as the last thing.",
            samples=(
                f"{_CROWN_HEAD}{_CROWN}{_READ}    if tags.get('validation_status') != 'approved':\n{_REFUSE}",
            ),
        ),
        Misconception(
            id="silent",
            says=(
                "What is not approved is left alone without a word, so the caller believes it is champion "
                "now."
            ),
            advice="Raise a `ValueError` there, in place of `return` or `print`.",
            samples=(
                _guarded("tags.get('validation_status') != 'approved'", "        return\n"),
                _guarded("tags.get('validation_status') != 'approved'", "        return ValueError\n"),
            ),
        ),
        Misconception(
            id="another-error",
            says="The refusal is an error, but not one that is caught as a `ValueError`.",
            advice="Write `raise ValueError(…)`.",
            samples=(
                _guarded("tags.get('validation_status') != 'approved'", "        raise Exception('no')\n"),
                _guarded("tags.get('validation_status') != 'approved'", "        assert False\n"),
            ),
            when=lambda seen: (
                look.raised(seen, "Exception")
                or look.raised(seen, "AssertionError")
                or look.raised(seen, "PermissionError")
                or look.raised(seen, "RuntimeError")
            ),
        ),
        Misconception(
            id="stage",
            says=(
                "The stage is looked at, and the stage is not the tag: a version in Production may be "
                "rejected."
            ),
            advice="Read the tag `validation_status`.",
            samples=(
                _guarded(
                    "stage != 'Production'",
                    read='    stage = client.get_model_version("MyModel", version).current_stage\n',
                ),
            ),
            when=lambda seen: look.source_has(seen, "current_stage"),
        ),
        Misconception(
            id="turned-round",
            says="The condition is turned round: the approved are refused.",
            advice="Refuse where the tag is *not* `approved`.",
            samples=(_guarded("tags.get('validation_status') == 'approved'"),),
        ),
        Misconception(
            id="refuses-all",
            says="Even the approved version is refused, or not made champion.",
            advice="Where the tag is `approved`, set the alias `champion` on this version.",
            samples=(
                _guarded("tags.get('validation_status') != 'Approved'"),
                _guarded("tags.get('status') != 'approved'"),
                _guarded("tags != 'approved'"),
            ),
        ),
        Misconception(
            id="stage-set",
            says="A stage is set: stages are the old way, and nothing here asks for one.",
            advice="Use `client.set_registered_model_alias`.",
            samples=(
                _guarded("tags.get('validation_status') != 'approved'").replace(
                    _CROWN, "    client.transition_model_version_stage('MyModel', version, 'Production')\n"
                ),
            ),
            when=lambda seen: look.source_has(seen, "transition_model_version_stage"),
        ),
        Misconception(
            id="never-set",
            says="The right versions are refused, but the alias is never set.",
            advice="After the check, call `client.set_registered_model_alias`.",
            samples=(_guarded("tags.get('validation_status') != 'approved'").replace(_CROWN, ""),),
        ),
        Misconception(
            id="another-alias",
            says="The alias that is set is not `champion`.",
            advice="Spell it exactly so, in small letters.",
            samples=(
                _guarded("tags.get('validation_status') != 'approved'").replace('"champion"', '"Champion"'),
            ),
        ),
        Misconception(
            id="tags-the-model",
            says="The version is made champion by approving it: that is not for this function to say.",
            advice="Leave the tags as they are; read them only.",
            samples=(
                _CROWN_HEAD
                + '    client.set_model_version_tag("MyModel", version, "validation_status", "approved")\n'
                + _CROWN,
            ),
            when=lambda seen: (
                look.source_has(seen, "set_model_version_tag") and look.values(seen, "refused")[1] == []
            ),
        ),
        unknown_name(_guarded("status != 'approved'")),
    ),
)

LESSON = Lesson(
    slug="alias",
    number=5,
    notebook="05_aliases",
    title="Aliases and tags",
    minutes=15,
    unit="tasks",
    exercises=(_CHAMPION, _APPROVED, _TO_TAGS, _TO_ALIASES, _SET_CHAMPION),
)
