"""Lesson 6: rolling back a served model on a real registry, safely and with an audit trail.

Listed in checks.lessons; read by the notebook 06_registry_rollback. What MLflow does was observed on 3.17.
"""

from collections.abc import Callable, Mapping, Sequence

import checks.lessons._looks as look
from checks.exercise import FillIn, Lesson, Misconception, RegistryState, Scenario, Seen, Step, Variable

_TAG = "validation_status"
_UNREADABLE = "Python cannot read this cell."
_PARTNER = "Look for a parenthesis, a quote or a colon that is missing, and at the indentation."

#: Real models, a file of code and a file that describes it, in the folders that the registry names.
_MODELS = '''import pathlib
import platform

import mlflow

_CODE = """from mlflow.models import set_model
from mlflow.pyfunc import PythonModel


class Rent(PythonModel):
    def predict(self, context, model_input: list[int], params=None) -> list[int]:
        return [size * RENT for size in model_input]


set_model(Rent())
"""
_DESCRIPTION = """flavors:
  python_function:
    loader_module: mlflow.pyfunc.model
    model_code_path: model.py
    python_version: PYTHON
"""


def _save(version):
    folder = pathlib.Path("models", str(version))
    folder.mkdir(parents=True)
    (folder / "model.py").write_text(_CODE.replace("RENT", str(10 + version)))
    (folder / "MLmodel").write_text(_DESCRIPTION.replace("PYTHON", platform.python_version()))


client = mlflow.MlflowClient()
'''

_SEEN = (
    '_held = mlflow.MlflowClient().get_registered_model("MyModel").aliases\n'
    "seen = [dict(_held), {_v.version: _v.tags.get('validation_status') for _v in "
    "mlflow.MlflowClient().search_model_versions(\"name = 'MyModel'\")}]\n"
    "entries = list(log)\n"
)

#: A version's status; None for a version that has no such tag.
Statuses = Mapping[int, str | None]


def _scenario(
    given: str,
    after: str,
    statuses: Statuses,
    champion: int | None,
    log: Sequence[tuple[str, int, str]] = (),
    gone: tuple[int, ...] = (),
    given_code: str = "",
) -> Scenario:
    """A registry with these versions; the files of those in `gone` have been deleted."""
    save = "".join(f"_save({version})\n" for version in statuses if version not in gone)
    return Scenario(
        given=given,
        setup=f"{_MODELS}{save}log = {list(log)!r}\n{given_code}",
        registry=dict.fromkeys(statuses, "None"),
        aliases={} if champion is None else {"champion": champion},
        tags={version: {_TAG: status} for version, status in statuses.items() if status},
        after=after,
    )


def _results(seen: Seen, name: str) -> tuple[object, ...]:
    """The variable after each scenario; empty where an exception ended any of them."""
    return () if any(run.raised for run in seen.runs) else look.values(seen, name)


def _no_function(seen: Seen, name: str) -> bool:
    defined = {getattr(node, "name", "") for node in look.nodes(seen) if hasattr(node, "decorator_list")}
    return look.raised(seen, "NameError", f"'{name}'") and name not in defined


def _calls(*methods: str) -> Callable[[Seen], bool]:
    """The source calls one of these."""
    return lambda seen: any(look.source_has(seen, rf"\b{method}\s*\(") for method in methods)


# ── 1 Serve the champion ──────────────────────────────────────────────────────────────────────────────

_SERVE = FillIn(
    id="restore.1",
    title="Serve the champion",
    difficulty="easy",
    task=(
        "A server loads its model by an address. Choose the one that always gives the version that the alias "
        "`champion` is on, so that a rollback needs no change to the server."
    ),
    code="model = mlflow.pyfunc.load_model([1])\npredictions = model.predict([50, 80])",
    options=(
        '"models:/MyModel/latest"',
        '"models:/MyModel/champion"',
        '"models:/MyModel@champion"',
        '"models:/MyModel@Champion"',
    ),
    answer=('"models:/MyModel@champion"',),
    hints=(
        "After a slash stands a version's number or a stage. An alias is neither.",
        "An alias is joined with the sign that is also used to mention people.",
        "Aliases know capitals: the alias of this registry is `champion`.",
    ),
    common_mistakes=(
        "`latest`: the newest version is the last that was registered, whether it is any good or not.",
        "A slash before the alias: MLflow takes what follows it for a stage.",
        "A capital letter in the alias: `Champion` is another alias, and there is none.",
    ),
    explanation=(
        "`models:/MyModel@champion` is looked up when the model is loaded: which version is the alias on, "
        "where "
        "are its files? The server's code stays the same whatever is promoted or rolled back.\n\n"
        "It is looked up **then**, not later. A model that is loaded stays as it is when the alias moves; a "
        "server has to load again to notice."
    ),
    right=(
        "These are the champion's predictions. From now on whoever moves the alias decides what is served, "
        "and "
        "a rollback is a matter of milliseconds. What is loaded already does not change, so a server loads "
        "again after the alias was moved, or looks from time to time."
    ),
    scenarios=(
        _scenario("version 1 of three as the champion", "", dict.fromkeys((1, 2, 3), "approved"), champion=1),
        _scenario("version 2 of three as the champion", "", dict.fromkeys((1, 2, 3), "approved"), champion=2),
    ),
    compares=(Variable("predictions"),),
    misconceptions=(
        Misconception(
            id="latest",
            says=(
                "`latest` is the version that was registered last. Nobody may have tried or approved it yet."
            ),
            advice="Choose an address that goes by the alias.",
            samples=(('"models:/MyModel/latest"',),),
        ),
        Misconception(
            id="slash",
            says="After a slash MLflow expects a number or a stage, and `champion` is no stage.",
            advice="An alias is joined by another sign.",
            samples=(('"models:/MyModel/champion"',),),
        ),
        Misconception(
            id="capital",
            says="Capitals count in an alias: there is a `champion`, and no `Champion`.",
            advice="Write the alias as it was given.",
            samples=(('"models:/MyModel@Champion"',),),
        ),
    ),
    seconds=15.0,
)

# ── 2 Find out whether a version loads ────────────────────────────────────────────────────────────────

_LOADS_GIVEN = (
    "def loads(version):\n    try:\n        mlflow.pyfunc.load_model(f'models:/MyModel/{version}')\n"
    "    except Exception:\n        return False\n    return True\n"
)
_LOADS_START = (
    "def loads(version):\n    return client.get_model_version('MyModel', version).status == 'READY'\n"
)


def _load(
    given: str, version: int, statuses: Statuses, gone: tuple[int, ...] = (), broken: str = ""
) -> Scenario:
    return _scenario(
        given,
        f"answer = loads({version})\n",
        statuses,
        champion=min(statuses),
        gone=gone,
        given_code=broken,
    )


_TWO = {1: "approved", 2: "approved"}


def _loaded(seen: Seen) -> tuple[object, ...]:
    return _results(seen, "answer")


_LOADS = Step(
    id="restore.2",
    title="Find out whether a version loads",
    difficulty="medium",
    task=(
        "Mend `loads(version)`: it returns `True` if that version of `MyModel` can really be loaded, and "
        "`False` "
        "if loading fails, for whatever reason. It changes nothing."
    ),
    hints=(
        "`status` says how the registration ended, once, long ago. The only way to know whether it loads "
        "today "
        "is to load it.",
        "`mlflow.pyfunc.load_model` raises an exception when it fails. `try` and `except Exception` catch "
        "it.",
        "Load `f'models:/MyModel/{version}'` inside `try:`, return `False` in `except Exception:`, and "
        "`True` "
        "after both.",
    ),
    common_mistakes=(
        "Trusting `status`: it was set to `READY` when the version was registered, and is never looked at "
        "again.",
        "Loading the champion instead of the version that was asked for.",
        "Catching only one kind of exception: files can be missing, damaged, or need a library that is not "
        "there.",
    ),
    explanation=(
        "```python\ndef loads(version):\n    try:\n"
        "        mlflow.pyfunc.load_model(f'models:/MyModel/{version}')\n    except Exception:\n"
        "        return False\n    return True\n```\n"
        "Loading reads the files and runs the code that makes a model of them, which is exactly what the "
        "server "
        "will do. `except Exception` is wide on purpose: here every failure means the same, hands off."
    ),
    right=(
        "This is a **pre-flight check**: do in safety what is about to be done for real. A careful team also "
        "lets the loaded model predict a few known cases, as a model can load and still answer nonsense."
    ),
    starter=_LOADS_START,
    reference=_LOADS_GIVEN,
    alternatives=(
        "def loads(version):\n    try:\n"
        "        return mlflow.pyfunc.load_model('models:/MyModel/' + str(version)) is not None\n"
        "    except Exception as error:\n        print(error)\n        return False\n",
        "from mlflow.pyfunc import load_model\n\ndef loads(version):\n    ok = True\n    try:\n"
        "        model = load_model(model_uri='models:/MyModel/%d' % version)\n    except:\n"
        "        ok = False\n    return ok\n",
    ),
    scenarios=(
        _load("two versions with their files, asked for version 2", 2, _TWO),
        _load("the files of version 2 deleted, asked for version 2", 2, _TWO, gone=(2,)),
        _load("the files of version 2 deleted, asked for version 1", 1, _TWO, gone=(2,)),
        _load("the files of version 1, the champion, deleted, asked for version 2", 2, _TWO, gone=(1,)),
        _load(
            "version 2 needing a library that is not there, asked for version 2",
            2,
            _TWO,
            broken="pathlib.Path('models/2/model.py').write_text('import a_library_that_nobody_has')\n",
        ),
        _load(
            "the description of version 2 damaged, asked for version 2",
            2,
            _TWO,
            broken="pathlib.Path('models/2/MLmodel').write_text('{')\n",
        ),
        _load("two versions, asked for version 9, which does not exist", 9, _TWO),
    ),
    compares=(Variable("answer", shown="what `loads` gives"), RegistryState(aliases=True, tags=(_TAG,))),
    misconceptions=(
        Misconception(
            id="does-not-parse",
            says=_UNREADABLE,
            advice=_PARTNER,
            samples=("def loads(version):\n    try:\n    return True\n",),
            when=look.unreadable,
        ),
        Misconception(
            id="another-name",
            says="The cell defines no function called `loads`.",
            advice="Begin with `def loads(version):`.",
            samples=("def load(version):\n    return True\n",),
            when=lambda seen: _no_function(seen, "loads"),
        ),
        Misconception(
            id="name-in-address",
            says="The word `version` stands in the address as it is, instead of the number.",
            advice="Make it an f-string: an `f` before the quote, and `version` in braces.",
            samples=(
                "def loads(version):\n    try:\n        mlflow.pyfunc.load_model('models:/MyModel/version')\n"
                "        return True\n    except Exception:\n        return False\n",
                "def loads(version):\n    try:\n        "
                "mlflow.pyfunc.load_model('models:/MyModel/{version}')\n"
                "    except Exception:\n        return False\n    return True\n",
            ),
            when=lambda seen: (
                look.source_has(seen, r"(?<!f)['\"]models:/MyModel/\{?version")
                and set(_loaded(seen)) == {False}
            ),
        ),
        Misconception(
            id="ready-means-loadable",
            says="`READY` says that registering has finished, not that the files are still there.",
            advice="Really load the version, inside `try`, and see whether that fails.",
            samples=(
                "def loads(version):\n    mv = client.get_model_version('MyModel', version)\n"
                "    return mv.status == 'READY'\n",
                "def loads(version):\n    try:\n"
                "        return client.get_model_version('MyModel', str(version)).status == 'READY'\n"
                "    except Exception:\n        return False\n",
            ),
            when=lambda seen: look.source_has(seen, "READY") and not look.source_has(seen, "load_model"),
        ),
        Misconception(
            id="not-caught",
            says="A version that does not load makes the function fail, where it should say `False`.",
            advice="Put the loading inside `try:` and add `except Exception:` with `return False`.",
            samples=(
                "def loads(version):\n    mlflow.pyfunc.load_model(f'models:/MyModel/{version}')\n"
                "    return True\n",
                "def loads(version):\n    try:\n"
                "        mlflow.pyfunc.load_model(f'models:/MyModel/{version}')\n"
                "    except FileNotFoundError:\n        return False\n    return True\n",
            ),
            when=lambda seen: (
                look.raised(seen, "MlflowException")
                or look.raised(seen, "ModuleNotFoundError")
                or look.raised(seen, "ScannerError")
                or look.raised(seen, "ParserError")
            ),
        ),
        Misconception(
            id="champion-instead",
            says="This loads the champion, whatever version was asked for.",
            advice="Put the number into the address: `models:/MyModel/` and the version.",
            samples=(
                "def loads(version):\n    try:\n        "
                "mlflow.pyfunc.load_model('models:/MyModel@champion')\n"
                "    except Exception:\n        return False\n    return True\n",
            ),
            when=lambda seen: look.source_has(seen, "@champion"),
        ),
        Misconception(
            id="swallowed",
            says="The failure is caught, and then `True` is returned all the same.",
            advice="In `except`, return `False`.",
            samples=(
                "def loads(version):\n    try:\n"
                "        mlflow.pyfunc.load_model(f'models:/MyModel/{version}')\n"
                "    except Exception:\n        pass\n    return True\n",
            ),
            when=lambda seen: set(_loaded(seen)) == {True},
        ),
        Misconception(
            id="not-a-truth-value",
            says="The function should give `True` or `False`, and gives something else.",
            advice="Write `return True` where loading has worked.",
            samples=(
                "def loads(version):\n    try:\n"
                "        return mlflow.pyfunc.load_model(f'models:/MyModel/{version}')\n"
                "    except Exception:\n        return False\n",
                "def loads(version):\n    try:\n"
                "        mlflow.pyfunc.load_model(f'models:/MyModel/{version}')\n"
                "    except Exception:\n        return False\n",
            ),
            when=lambda seen: any(found is not True and found is not False for found in _loaded(seen)),
        ),
        Misconception(
            id="folder-is-enough",
            says="That the files are there does not mean that a model can be made of them.",
            advice="Load it: `mlflow.pyfunc.load_model(…)` does all that the server will do.",
            samples=(
                "def loads(version):\n    try:\n"
                "        source = client.get_model_version('MyModel', version).source\n"
                "    except Exception:\n        return False\n    return pathlib.Path(source).exists()\n",
            ),
            when=lambda seen: _loaded(seen)[:2] == (True, False) and not look.source_has(seen, "load_model"),
        ),
        Misconception(
            id="always-false",
            says="The function says `False` of a version that loads very well.",
            advice=(
                "See what is raised: `except Exception as error: print(error)`. A typing mistake is caught "
                "too."
            ),
            samples=(
                "def loads(version):\n    try:\n        mlflow.load_model(f'models:/MyModel/{version}')\n"
                "        return True\n    except Exception:\n        return False\n",
            ),
            when=lambda seen: set(_loaded(seen)) == {False},
        ),
    ),
    seconds=15.0,
)

# ── 3 Promote ─────────────────────────────────────────────────────────────────────────────────────────

_PROMOTE_HEAD = "def promote(version, by):\n"
_PROMOTE_START = _PROMOTE_HEAD + "    client.set_registered_model_alias('MyModel', 'champion', version)\n"
_STATUS_OF = "    status = client.get_model_version('MyModel', version).tags.get('validation_status')\n"
_REFUSE = (
    "    if status != 'approved' or not loads(version):\n        raise ValueError(f'version {version}')\n"
)
_MOVE = "    client.set_registered_model_alias('MyModel', 'champion', version)\n"
_NOTE = "    log.append(('promote', version, by))\n"
_PROMOTE_GIVEN = _PROMOTE_HEAD + _STATUS_OF + _REFUSE + _MOVE + _NOTE


def _promote(
    given: str,
    version: int,
    by: str,
    statuses: Statuses,
    champion: int | None,
    log: Sequence[tuple[str, int, str]] = (),
    gone: tuple[int, ...] = (),
) -> Scenario:
    after = (
        f"try:\n    promote({version}, {by!r})\n    ended = 'done'\nexcept ValueError:\n    ended = "
        f"'ValueError'\n"
    )
    return _scenario(given, after + _SEEN, statuses, champion, log, gone, _LOADS_GIVEN)


_LOG_1 = [("promote", 1, "ana")]
_PROMOTE_SCENARIOS = (
    _promote("version 2 approved, and promoted by bo", 2, "bo", {1: "approved", 2: "approved"}, 1, _LOG_1),
    _promote("version 1 approved, and no champion yet", 1, "ana", {1: "approved", 2: None}, None),
    _promote("version 2 rejected", 2, "bo", {1: "approved", 2: "rejected"}, 1, _LOG_1),
    _promote("version 2 pending", 2, "cleo", {1: "approved", 2: "pending"}, 1, _LOG_1),
    _promote("version 2 without the tag", 2, "bo", {1: "approved", 2: None}, 1, _LOG_1),
    _promote(
        "version 2 approved, with its files deleted",
        2,
        "bo",
        {1: "approved", 2: "approved"},
        1,
        _LOG_1,
        gone=(2,),
    ),
    _promote(
        "version 1 approved again, and promoted in place of 3",
        1,
        "dan",
        {1: "approved", 2: "rejected", 3: "approved"},
        3,
        [*_LOG_1, ("promote", 3, "bo")],
    ),
)
_P_DONE, _P_FIRST, _P_REJECTED, _P_PENDING, _P_UNTAGGED, _P_GONE, _P_AGAIN = range(7)


def _left(seen: Seen, scenario: int, name: str) -> object:
    """What this scenario left in the variable; `UNDEFINED` where an exception ended it."""
    return look.values(seen, name)[scenario]


def _champion(seen: Seen, scenario: int) -> object:
    """The version that the alias is on after this scenario; None where there is none."""
    held = _left(seen, scenario, "seen")
    return held[0].get("champion") if isinstance(held, list) else None


def _status(seen: Seen, scenario: int, version: int) -> object:
    """The version's tag after this scenario; `UNDEFINED` where the version is gone."""
    held = _left(seen, scenario, "seen")
    return held[1].get(version, look.UNDEFINED) if isinstance(held, list) else look.UNDEFINED


def _entries(seen: Seen, scenario: int) -> list[object]:
    """The log after this scenario."""
    entries = _left(seen, scenario, "entries")
    return entries if isinstance(entries, list) else []


def _ended(seen: Seen, scenario: int) -> object:
    """How the function ended in this scenario."""
    return _left(seen, scenario, "ended")


_COMPARES = (
    RegistryState(aliases=True, tags=(_TAG,)),
    Variable("entries", shown="the log afterwards"),
    Variable("seen", shown="what the registry holds afterwards"),
)

_PROMOTE = Step(
    id="restore.3",
    title="Promote only what is approved and loads",
    difficulty="medium",
    task=(
        "Mend `promote(version, by)`. If the version's tag `validation_status` is not `approved`, or it "
        "does not "
        "load, raise a `ValueError` and change nothing. Otherwise put the alias `champion` on it, and append "
        "`('promote', version, by)` to `log`."
    ),
    hints=(
        "First all that could forbid it, then the alias, then the log. An exception ends the function, so "
        "what "
        "comes after a `raise` does not happen.",
        "`client.get_model_version('MyModel', version).tags` is a dictionary, and "
        "`.get('validation_status')` "
        "gives the tag or `None`. The other question is answered by `loads(version)` of step 2.",
        "`if status != 'approved' or not loads(version): raise ValueError(…)`, then the line that was there, "
        "then `log.append(…)`.",
    ),
    common_mistakes=(
        "Moving the alias first and checking afterwards: for a moment, or for ever, something unchecked is "
        "served.",
        "Asking only whether the version was *not rejected*: pending and untagged versions then slip "
        "through.",
        "Returning `False` instead of raising: whoever does not look at the result believes that it was "
        "done.",
        "Writing to the log before it is certain: the log then tells of promotions that never happened.",
    ),
    explanation=(
        "```python\ndef promote(version, by):\n"
        "    status = client.get_model_version('MyModel', version).tags.get('validation_status')\n"
        "    if status != 'approved' or not loads(version):\n"
        "        raise ValueError(f'version {version} is {status}, or does not load')\n"
        "    client.set_registered_model_alias('MyModel', 'champion', version)\n"
        "    log.append(('promote', version, by))\n```\n"
        "MLflow itself would put the alias on anything, a rejected version too: to the registry a tag is "
        "only a "
        "note. That makes a function like this one the gate, and the log the place where one reads who "
        "opened "
        "it."
    ),
    right=(
        "Checked first, then done, then written down. Nothing in MLflow makes people use your `promote`, "
        "though: "
        "real teams give the right to move the alias to one service account, and let that run this code."
    ),
    starter=_PROMOTE_START,
    reference=_PROMOTE_GIVEN,
    alternatives=(
        "def promote(version, by):\n    tags = client.get_model_version('MyModel', str(version)).tags\n"
        "    if tags.get('validation_status', 'pending') == 'approved':\n        if loads(version):\n"
        "            client.set_registered_model_alias('MyModel', 'champion', str(version))\n"
        "            log.append(('promote', version, by))\n            return\n"
        "    raise ValueError('refused')\n",
        "def promote(version, by):\n"
        "    approved = client.search_model_versions(\"name = 'MyModel' and tags.validation_status = "
        "'approved'\")\n"
        "    if version not in [mv.version for mv in approved]:\n        raise ValueError('not approved')\n"
        "    if not loads(version):\n        raise ValueError('does not load')\n"
        "    client.set_registered_model_alias(name='MyModel', alias='champion', version=version)\n"
        "    log.extend([('promote', version, by)])\n",
    ),
    scenarios=_PROMOTE_SCENARIOS,
    compares=(Variable("ended", shown="how `promote` ends"), *_COMPARES),
    misconceptions=(
        Misconception(
            id="does-not-parse",
            says=_UNREADABLE,
            advice=_PARTNER,
            samples=("def promote(version, by)\n    pass\n",),
            when=look.unreadable,
        ),
        Misconception(
            id="another-name",
            says="The cell defines no function called `promote`.",
            advice="Keep the first line as it was handed out.",
            samples=("def promote_version(version, by):\n    pass\n",),
            when=lambda seen: _no_function(seen, "promote"),
        ),
        Misconception(
            id="stage-moved",
            says="This moves a stage. Stages are deprecated, and no server here looks at them.",
            advice="Put the alias on the version: `client.set_registered_model_alias(…)`.",
            samples=(
                _PROMOTE_HEAD
                + _STATUS_OF
                + _REFUSE
                + "    client.transition_model_version_stage('MyModel', version, 'Production')\n"
                + _NOTE,
            ),
            when=_calls("transition_model_version_stage"),
        ),
        Misconception(
            id="tag-missing",
            says="A version may have no tag at all, and square brackets fail where there is nothing.",
            advice="Ask with `.tags.get('validation_status')`, which gives `None` then.",
            samples=(
                _PROMOTE_HEAD
                + _STATUS_OF.replace(".get('validation_status')", "['validation_status']")
                + _REFUSE
                + _MOVE
                + _NOTE,
            ),
            when=lambda seen: look.raised(seen, "KeyError", _TAG),
        ),
        Misconception(
            id="not-an-attribute",
            says="A model version has no such attribute; its tags are a dictionary, `tags`.",
            advice="Write `.tags.get('validation_status')`.",
            samples=(
                _PROMOTE_HEAD
                + "    status = client.get_model_version('MyModel', version).validation_status\n"
                + _REFUSE
                + _MOVE
                + _NOTE,
            ),
            when=lambda seen: look.raised(seen, "AttributeError"),
        ),
        Misconception(
            id="ready-means-approved",
            says="`status` is about registration: it is `READY` for a rejected version too.",
            advice="What people decided stands in the tag `validation_status`.",
            samples=(
                _PROMOTE_HEAD
                + "    status = client.get_model_version('MyModel', version).status\n"
                + "    if status != 'READY' or not loads(version):\n        raise ValueError('no')\n"
                + _MOVE
                + _NOTE,
            ),
            when=lambda seen: look.source_has(seen, "READY") and _ended(seen, _P_REJECTED) == "done",
        ),
        Misconception(
            id="moved-before-checked",
            says="It refuses, but by then the alias has been moved already.",
            advice="Check everything first, and only then move the alias.",
            samples=(
                _PROMOTE_HEAD + _MOVE + _STATUS_OF + _REFUSE + _NOTE,
                _PROMOTE_HEAD
                + _STATUS_OF
                + "    if status != 'approved':\n        raise ValueError('not approved')\n"
                + _MOVE
                + "    if not loads(version):\n        raise ValueError('does not load')\n"
                + _NOTE,
            ),
            when=lambda seen: (
                (_ended(seen, _P_GONE) == "ValueError" and _champion(seen, _P_GONE) == 2)
                or (_ended(seen, _P_REJECTED) == "ValueError" and _champion(seen, _P_REJECTED) == 2)
            ),
        ),
        Misconception(
            id="logged-before-checked",
            says="A promotion that is refused leaves an entry in the log, which tells of promotions only.",
            advice="Append to the log at the end, when the alias has been moved.",
            samples=(_PROMOTE_HEAD + _NOTE + _STATUS_OF + _REFUSE + _MOVE,),
            when=lambda seen: (
                _ended(seen, _P_REJECTED) == "ValueError" and len(_entries(seen, _P_REJECTED)) > 1
            ),
        ),
        Misconception(
            id="refuses-all",
            says="A version that is approved and loads is refused too.",
            advice="Print what you compare: the tag is the text `'approved'`, in small letters.",
            samples=(
                _PROMOTE_HEAD + _STATUS_OF + _REFUSE.replace("'approved'", "'Approved'") + _MOVE + _NOTE,
                _PROMOTE_HEAD + _STATUS_OF + _REFUSE.replace("or not", "or") + _MOVE + _NOTE,
            ),
            when=lambda seen: _ended(seen, _P_DONE) == "ValueError",
        ),
        Misconception(
            id="silent-refusal",
            says="A version that must not be promoted is passed over without a word.",
            advice="Raise a `ValueError`, so that nobody believes it was done.",
            samples=(
                _PROMOTE_HEAD
                + _STATUS_OF
                + "    if status == 'approved' and loads(version):\n    "
                + _MOVE
                + "    "
                + _NOTE,
                _PROMOTE_HEAD
                + _STATUS_OF
                + "    if status != 'approved' or not loads(version):\n        return False\n"
                + _MOVE
                + _NOTE,
            ),
            when=lambda seen: _ended(seen, _P_REJECTED) == "done" and _champion(seen, _P_REJECTED) == 1,
        ),
        Misconception(
            id="another-error",
            says="It refuses, but with an error of another kind: who calls it expects a `ValueError`.",
            advice="Write `raise ValueError(…)`.",
            samples=(
                _PROMOTE_HEAD + _STATUS_OF + _REFUSE.replace("ValueError", "RuntimeError") + _MOVE + _NOTE,
                _PROMOTE_HEAD
                + _STATUS_OF
                + "    assert status == 'approved' and loads(version)\n"
                + _MOVE
                + _NOTE,
            ),
            when=lambda seen: (
                _ended(seen, _P_DONE) == "done"
                and (raised := seen.runs[_P_REJECTED].raised) is not None
                and raised.type not in ("NameError", "UnboundLocalError", "TypeError", "MlflowException")
            ),
        ),
        Misconception(
            id="not-rejected-is-not-approved",
            says="Rejected versions are kept out, but versions that nobody has decided on get through.",
            advice="Ask whether the tag *is* `approved`; everything else is refused.",
            samples=(
                _PROMOTE_HEAD
                + _STATUS_OF
                + "    if status == 'rejected' or not loads(version):\n        raise ValueError('no')\n"
                + _MOVE
                + _NOTE,
            ),
            when=lambda seen: (
                _ended(seen, _P_REJECTED) == "ValueError"
                and "done" in (_ended(seen, _P_PENDING), _ended(seen, _P_UNTAGGED))
            ),
        ),
        Misconception(
            id="approval-not-asked",
            says="A version that was rejected becomes the champion: MLflow itself does not prevent it.",
            advice="Look at the tag `validation_status` before you move the alias.",
            samples=(
                _PROMOTE_HEAD
                + "    if not loads(version):\n        raise ValueError('no')\n"
                + _MOVE
                + _NOTE,
                _PROMOTE_HEAD + _MOVE + _NOTE,
            ),
            when=lambda seen: _ended(seen, _P_REJECTED) == "done",
        ),
        Misconception(
            id="ready-means-loadable",
            says=(
                "A version whose files are gone becomes the champion, and the next server to start has no "
                "model."
            ),
            advice="Ask `loads(version)` of step 2 as well, before the alias is moved.",
            samples=(
                _PROMOTE_HEAD
                + _STATUS_OF
                + "    if status != 'approved':\n        raise ValueError('not approved')\n"
                + _MOVE
                + _NOTE,
            ),
            when=lambda seen: _ended(seen, _P_GONE) == "done",
        ),
        Misconception(
            id="alias-not-moved",
            says="The alias `champion` is not on the version afterwards.",
            advice=(
                "Call `client.set_registered_model_alias('MyModel', 'champion', version)`, all in small "
                "letters."
            ),
            samples=(
                _PROMOTE_HEAD + _STATUS_OF + _REFUSE + _MOVE.replace("'champion'", "'Champion'") + _NOTE,
                _PROMOTE_HEAD + _STATUS_OF + _REFUSE + _NOTE,
            ),
            when=lambda seen: _ended(seen, _P_DONE) == "done" and _champion(seen, _P_DONE) == 1,
        ),
        Misconception(
            id="log-rewritten",
            says="Earlier entries are gone from the log. A log that can be rewritten proves nothing.",
            advice="Only ever append: `log.append(…)`.",
            samples=(
                _PROMOTE_HEAD + _STATUS_OF + _REFUSE + _MOVE + "    log[:] = [('promote', version, by)]\n",
            ),
            when=lambda seen: (
                bool(_entries(seen, _P_DONE)) and ("promote", 1, "ana") not in _entries(seen, _P_DONE)
            ),
        ),
        Misconception(
            id="not-logged",
            says="The alias moves, and the log does not say so: nobody will know who did it.",
            advice="At the end, append `('promote', version, by)` to `log`.",
            samples=(_PROMOTE_HEAD + _STATUS_OF + _REFUSE + _MOVE,),
            when=lambda seen: _champion(seen, _P_DONE) == 2 and len(_entries(seen, _P_DONE)) == 1,
        ),
        Misconception(
            id="another-entry",
            says=(
                "The entry in the log is not the one asked for: the word `'promote'`, the version, and who "
                "did it."
            ),
            advice="Append the tuple `('promote', version, by)`, with two pairs of parentheses.",
            samples=(
                _PROMOTE_HEAD + _STATUS_OF + _REFUSE + _MOVE + "    log.append(['promote', version, by])\n",
                _PROMOTE_HEAD + _STATUS_OF + _REFUSE + _MOVE + "    log.append(('promote', version, 'bo'))\n",
            ),
            when=lambda seen: (
                len(_entries(seen, _P_DONE)) == 2
                and _champion(seen, _P_DONE) == 2
                and not (
                    ("promote", 2, "bo") in _entries(seen, _P_DONE)
                    and ("promote", 1, "dan") in _entries(seen, _P_AGAIN)
                )
            ),
        ),
    ),
    seconds=15.0,
)

# ── 4 Roll back ───────────────────────────────────────────────────────────────────────────────────────

_BACK_HEAD = "def rollback(by):\n"
_CURRENT = "    current = client.get_model_version_by_alias('MyModel', 'champion').version\n"
_APPROVED = (
    "        tags = client.get_model_version('MyModel', target).tags\n"
    "        if tags.get('validation_status') == 'approved' and loads(target):\n"
)
_DO = (
    "            client.set_registered_model_alias('MyModel', 'champion', target)\n"
    "            client.set_model_version_tag('MyModel', current, 'validation_status', 'revoked')\n"
    "            log.append(('rollback', target, by))\n            return\n"
)
_NONE_LEFT = "    raise LookupError('no approved version is left')\n"
_WALK = "    for action, target, who in reversed(log):\n        if target == current:\n            continue\n"
_BACK_GIVEN = _BACK_HEAD + _CURRENT + _WALK + _APPROVED + _DO + _NONE_LEFT


def _back(
    given: str,
    statuses: Statuses,
    log: Sequence[tuple[str, int, str]],
    gone: tuple[int, ...] = (),
    by: str = "erin",
    times: int = 1,
    champion: int | None = None,
) -> Scenario:
    after = (
        f"ended = []\nfor _ in range({times}):\n    try:\n        rollback({by!r})\n"
        "        ended.append('done')\n    except LookupError:\n        ended.append('LookupError')\n"
    )
    return _scenario(given, after + _SEEN, statuses, champion or log[-1][1], log, gone, _LOADS_GIVEN)


def _promoted(*versions: int) -> list[tuple[str, int, str]]:
    return [("promote", version, "ana") for version in versions]


_OK = "approved"
_BACK_SCENARIOS = (
    _back("version 1 promoted, then 2", {1: _OK, 2: _OK}, _promoted(1, 2)),
    _back(
        "version 1 promoted, then 2, which was rejected later, then 3",
        {1: _OK, 2: "rejected", 3: _OK},
        _promoted(1, 2, 3),
        by="finn",
    ),
    _back(
        "versions 1, 2 and 3 promoted in this order, and the files of 2 deleted",
        {1: _OK, 2: _OK, 3: _OK},
        _promoted(1, 2, 3),
        gone=(2,),
    ),
    _back(
        "version 1 promoted, then 3, while 2 and 4 are approved and were never in production",
        {1: _OK, 2: _OK, 3: _OK, 4: _OK},
        _promoted(1, 3),
    ),
    _back(
        "version 2 promoted, then 1, then 3",
        {1: _OK, 2: _OK, 3: _OK},
        _promoted(2, 1, 3),
    ),
    _back(
        "versions 1, 2 and 3 promoted in this order, and two rollbacks in a row",
        {1: _OK, 2: _OK, 3: _OK},
        _promoted(1, 2, 3),
        times=2,
    ),
    _back("only version 1 ever promoted", {1: _OK, 2: "pending"}, _promoted(1)),
    _back(
        "version 1 promoted, then 2, and the files of 1 deleted",
        {1: _OK, 2: _OK},
        _promoted(1, 2),
        gone=(1,),
    ),
    _back(
        "version 1 promoted, then 2, rolled back to 1, then 3 promoted",
        {1: _OK, 2: "revoked", 3: _OK},
        [*_promoted(1, 2), ("rollback", 1, "bo"), ("promote", 3, "ana")],
    ),
    _back(
        "versions 2, 1 and 2 once more promoted",
        {1: _OK, 2: _OK},
        _promoted(2, 1, 2),
    ),
    _back(
        "versions 1, 2 and 3 promoted, rolled back to 1, then 4 promoted, and 2 approved again by now",
        {1: _OK, 2: _OK, 3: "revoked", 4: _OK},
        [*_promoted(1, 2, 3), ("rollback", 1, "bo"), ("promote", 4, "ana")],
    ),
)
(
    _B_SIMPLE,
    _B_REJECTED,
    _B_GONE,
    _B_NEVER,
    _B_ORDER,
    _B_TWICE,
    _B_NONE,
    _B_ALL_GONE,
    _B_AFTER_BACK,
    _B_SAME,
    _B_ROLLED_BACK_TO,
) = range(11)


def _by_number(which: str, condition: str = "version != current") -> str:
    """A rollback that picks among the version numbers instead of reading the log."""
    return (
        _BACK_HEAD + _CURRENT + "    found = [mv.version for mv in "
        "client.search_model_versions(\"name = 'MyModel' and tags.validation_status = 'approved'\")]\n"
        f"    found = [version for version in found if {condition} and loads(version)]\n"
        "    if not found:\n        raise LookupError('none')\n"
        f"    target = {which}(found)\n" + _DO.replace("            ", "    ").replace("    return\n", "")
    )


_ROLLBACK = Step(
    id="restore.4",
    title="Roll back, with a trail",
    difficulty="hard",
    task=(
        "Write `rollback(by)`. The new champion is the version that was in production last before the "
        "current "
        "one, is still approved, and loads. Put the alias on it, set the tag `validation_status` of the bad "
        "version to `revoked`, and append `('rollback', version, by)` to `log`. If no version is left, "
        "raise a "
        "`LookupError` and change nothing."
    ),
    hints=(
        "The log tells in which order versions were in production. Read it from the end: `reversed(log)`.",
        "For each entry `action, target, who`: pass over the current champion, over a version whose tag is "
        "not "
        "`approved`, and over one that does not load. The first that is left is the target.",
        "Inside the loop, when a version passes: set the alias, set the tag of the old champion with "
        "`client.set_model_version_tag('MyModel', current, 'validation_status', 'revoked')`, append, and "
        "`return`. After the loop, `raise LookupError(…)`.",
    ),
    common_mistakes=(
        "Taking the newest approved version: it may never have been in production, and then it is a step "
        "forward into the unknown.",
        "Deleting the bad version: it is the evidence, and the alias vanishes with it.",
        "Leaving the bad version approved: the next rollback would come straight back to it.",
        "Changing the tag before a target is found: if there is none, half of a rollback remains.",
    ),
    explanation=(
        "```python\ndef rollback(by):\n"
        "    current = client.get_model_version_by_alias('MyModel', 'champion').version\n"
        "    for action, target, who in reversed(log):\n        if target == current:\n            "
        "continue\n"
        "        tags = client.get_model_version('MyModel', target).tags\n"
        "        if tags.get('validation_status') == 'approved' and loads(target):\n"
        "            client.set_registered_model_alias('MyModel', 'champion', target)\n"
        "            client.set_model_version_tag('MyModel', current, 'validation_status', 'revoked')\n"
        "            log.append(('rollback', target, by))\n            return\n"
        "    raise LookupError('no approved version is left')\n```\n"
        "The tag `revoked` does two things. It keeps the bad version and says what became of it; and it "
        "makes "
        "the next rollback pass over it, so that two in a row go back two versions instead of to and fro."
    ),
    right=(
        "Back to what has proved itself, in the order in which it served, and only to what really loads. "
        "The bad "
        "version is kept with the word `revoked`: you will want to look at it tomorrow. And the log says "
        "who did "
        "what, which tags cannot, since each new value overwrites the last."
    ),
    starter="def rollback(by):\n    ...\n",
    reference=_BACK_GIVEN,
    alternatives=(
        "def rollback(by):\n    current = client.get_registered_model('MyModel').aliases['champion']\n"
        "    def fit(version):\n        tags = client.get_model_version('MyModel', version).tags\n"
        "        return version != current and tags.get('validation_status') == 'approved' and "
        "loads(version)\n"
        "    target = next((entry[1] for entry in log[::-1] if fit(entry[1])), None)\n"
        "    if target is None:\n        raise LookupError('none left')\n"
        "    client.set_model_version_tag('MyModel', current, 'validation_status', 'revoked')\n"
        "    client.set_registered_model_alias('MyModel', 'champion', target)\n"
        "    log.append(('rollback', target, by))\n",
        "def rollback(by):\n    bad = client.get_model_version_by_alias('MyModel', 'champion')\n"
        "    approved = {mv.version for mv in client.search_model_versions(\"name = 'MyModel'\")\n"
        "                if mv.tags.get('validation_status') == 'approved'} - {bad.version}\n"
        "    targets = [v for _, v, _ in log if v in approved and loads(v)]\n"
        "    target = targets[-1]  # an IndexError is a LookupError\n"
        "    client.set_registered_model_alias('MyModel', 'champion', target)\n"
        "    client.set_model_version_tag(bad.name, bad.version, 'validation_status', 'revoked')\n"
        "    log.append(('rollback', target, by))\n",
    ),
    scenarios=_BACK_SCENARIOS,
    compares=(Variable("ended", shown="how the rollbacks end"), *_COMPARES),
    misconceptions=(
        Misconception(
            id="does-not-parse",
            says=_UNREADABLE,
            advice=_PARTNER,
            samples=("def rollback(by)\n    pass\n",),
            when=look.unreadable,
        ),
        Misconception(
            id="another-name",
            says="The cell defines no function called `rollback`.",
            advice="Begin with `def rollback(by):`.",
            samples=("def roll_back(by):\n    pass\n",),
            when=lambda seen: _no_function(seen, "rollback"),
        ),
        Misconception(
            id="deletes-the-bad-one",
            says=(
                "The bad version is deleted. It is the evidence of what went wrong, and with it goes the "
                "alias "
                "that was on it."
            ),
            advice="Keep it, and set its tag `validation_status` to `revoked`.",
            samples=(
                _BACK_GIVEN.replace(
                    "client.set_model_version_tag('MyModel', current, 'validation_status', 'revoked')",
                    "client.delete_model_version('MyModel', current)",
                ),
            ),
            when=_calls("delete_model_version", "delete_registered_model"),
        ),
        Misconception(
            id="retrains",
            says=(
                "This makes a new version. A rollback is quick because the earlier version is there already, "
                "tried and approved."
            ),
            advice="Move the alias to a version that was in production before.",
            samples=(
                _BACK_HEAD
                + _CURRENT
                + "    new = client.create_model_version('MyModel', 'models/1').version\n"
                + "    client.set_registered_model_alias('MyModel', 'champion', new)\n"
                + "    log.append(('rollback', new, by))\n",
            ),
            when=_calls("create_model_version", "register_model", "log_model", "copy_model_version"),
        ),
        Misconception(
            id="log-taken-apart",
            says="Entries are taken out of the log. It may only grow, or it proves nothing.",
            advice="Read the log without changing it, `reversed(log)`, and append one entry at the end.",
            samples=(
                _BACK_HEAD + "    bad = log.pop()[1]\n    version = log[-1][1]\n"
                "    client.set_registered_model_alias('MyModel', 'champion', version)\n"
                "    client.set_model_version_tag('MyModel', bad, 'validation_status', 'revoked')\n",
                _BACK_HEAD + _CURRENT + "    log.reverse()\n" + _WALK + _APPROVED + _DO + _NONE_LEFT,
            ),
            when=lambda seen: (
                bool(_entries(seen, _B_SIMPLE)) and _entries(seen, _B_SIMPLE)[:2] != [*_promoted(1, 2)]
            ),
        ),
        Misconception(
            id="half-a-rollback",
            says="Where no version is left, something has been changed all the same: half of a rollback.",
            advice="Look for the target first. Change alias, tag and log only when there is one.",
            samples=(
                _BACK_HEAD
                + _CURRENT
                + "    client.set_model_version_tag('MyModel', current, 'validation_status', 'revoked')\n"
                + _WALK
                + _APPROVED
                + _DO
                + _NONE_LEFT,
            ),
            when=lambda seen: (
                _ended(seen, _B_NONE) == ["LookupError"]
                and (_status(seen, _B_NONE, 1) != _OK or len(_entries(seen, _B_NONE)) > 1)
            ),
        ),
        Misconception(
            id="nothing-left-unsaid",
            says="Where no version is left, nothing is said, and whoever called it believes all is well.",
            advice="After the loop, `raise LookupError(…)`.",
            samples=(
                _BACK_HEAD + _CURRENT + _WALK + _APPROVED + _DO,
                _BACK_HEAD
                + _CURRENT
                + _WALK
                + _APPROVED
                + _DO
                + "    print('no approved version is left')\n",
            ),
            when=lambda seen: (
                _ended(seen, _B_NONE) == ["done"]
                and _status(seen, _B_NONE, 1) == _OK
                and _champion(seen, _B_SIMPLE) == 1
            ),
        ),
        Misconception(
            id="back-to-itself",
            says="The version that is rolled back to is the bad one itself.",
            advice="Pass over the version that the alias is on now.",
            samples=(
                _BACK_HEAD
                + _CURRENT
                + "    for action, target, who in reversed(log):\n"
                + _APPROVED
                + _DO
                + _NONE_LEFT,
            ),
            when=lambda seen: (
                _champion(seen, _B_SIMPLE) == 2 and ("rollback", 2, "erin") in _entries(seen, 0)
            ),
        ),
        Misconception(
            id="not-revoked",
            says=(
                "The bad version is still tagged `approved`, so the next rollback comes straight back to it."
            ),
            advice="Set the tag `validation_status` of the version that was champion to `revoked`.",
            samples=(
                _BACK_GIVEN.replace(
                    "            client.set_model_version_tag('MyModel', current, 'validation_status', "
                    "'revoked')\n",
                    "",
                ),
                _BACK_GIVEN.replace("'revoked'", "'approved'"),
            ),
            when=lambda seen: _champion(seen, _B_SIMPLE) == 1 and _status(seen, _B_SIMPLE, 2) == _OK,
        ),
        Misconception(
            id="another-word",
            says="The bad version's tag is not `revoked` afterwards.",
            advice="The word is `revoked`, in small letters, for the tag `validation_status`.",
            samples=(
                _BACK_GIVEN.replace("'revoked'", "'rejected'"),
                _BACK_GIVEN.replace(
                    "client.set_model_version_tag('MyModel', current, 'validation_status', 'revoked')",
                    "client.delete_model_version_tag('MyModel', current, 'validation_status')",
                ),
            ),
            when=lambda seen: _champion(seen, _B_SIMPLE) == 1 and _status(seen, _B_SIMPLE, 2) != "revoked",
        ),
        Misconception(
            id="never-in-production",
            says="It goes to a version that was never in production: approved, but a step into the unknown.",
            advice="Only versions in the log were in production. Read the targets from there.",
            samples=(
                _by_number("max"),
                _by_number("max", "version < current"),
            ),
            when=lambda seen: _champion(seen, _B_NEVER) in (2, 4),
        ),
        Misconception(
            id="rejected-comes-back",
            says="A version that was rejected, or revoked, is in production again.",
            advice="Being in the log is not enough: its tag must be `approved` today.",
            samples=(_BACK_HEAD + _CURRENT + _WALK + "        if loads(target):\n" + _DO + _NONE_LEFT,),
            when=lambda seen: _champion(seen, _B_REJECTED) == 2,
        ),
        Misconception(
            id="ready-means-loadable",
            says="The alias is on a version whose files are gone: the server will find no model to load.",
            advice="Ask `loads(version)` before you decide for it; if it does not load, look further back.",
            samples=(
                _BACK_GIVEN.replace(" and loads(target)", ""),
                _BACK_HEAD + _CURRENT + _WALK + "        mv = client.get_model_version('MyModel', target)\n"
                "        if mv.tags.get('validation_status') == 'approved' and mv.status == 'READY':\n"
                + _DO
                + _NONE_LEFT,
            ),
            when=lambda seen: _champion(seen, _B_GONE) == 2,
        ),
        Misconception(
            id="gives-up",
            says="When the first candidate does not fit it gives up, although an earlier one would.",
            advice="Go on looking: the next entry of the log, further back.",
            samples=(
                _BACK_HEAD
                + _CURRENT
                + _WALK
                + _APPROVED
                + _DO
                + "        raise LookupError('the last one does not fit')\n"
                + _NONE_LEFT,
            ),
            when=lambda seen: _ended(seen, _B_GONE) == ["LookupError"],
        ),
        Misconception(
            id="oldest-first",
            says="The log is read from its beginning, so it goes back to the oldest version that fits.",
            advice="Read it from its end: `reversed(log)`.",
            samples=(_BACK_GIVEN.replace("reversed(log)", "list(log)"),),
            when=lambda seen: (
                _champion(seen, _B_TWICE) == 2
                and _champion(seen, _B_SIMPLE) == 1
                and ("rollback", 1, "erin") in _entries(seen, _B_SIMPLE)
            ),
        ),
        Misconception(
            id="order-of-numbers",
            says="The versions are taken by their numbers. What counts is the order in which they served.",
            advice="Read the log from its end: `for action, target, who in reversed(log)`.",
            samples=(
                _BACK_GIVEN.replace(
                    "in reversed(log)", "in sorted(log, key=lambda entry: entry[1], reverse=True)"
                ),
            ),
            when=lambda seen: _champion(seen, _B_ORDER) == 2 and _champion(seen, _B_NEVER) == 1,
        ),
        Misconception(
            id="promotions-only",
            says="Only promotions are looked at. What was rolled back to was in production as well.",
            advice="Read all entries of the log, whatever their first word is.",
            samples=(
                _BACK_GIVEN.replace("if target == current:", "if target == current or action != 'promote':"),
            ),
            when=lambda seen: _champion(seen, _B_ROLLED_BACK_TO) == 2 and _champion(seen, _B_NEVER) == 1,
        ),
        Misconception(
            id="not-logged",
            says="The rollback is done, and the log does not say so: nobody will know who did it.",
            advice="When alias and tag are set, append `('rollback', version, by)` to `log`.",
            samples=(_BACK_GIVEN.replace("            log.append(('rollback', target, by))\n", ""),),
            when=lambda seen: _champion(seen, _B_SIMPLE) == 1 and len(_entries(seen, _B_SIMPLE)) == 2,
        ),
        Misconception(
            id="another-entry",
            says=(
                "The entry in the log is not the one asked for: the word `'rollback'`, the version that is "
                "in "
                "production now, and who did it."
            ),
            advice="Append the tuple `('rollback', version, by)`.",
            samples=(
                _BACK_GIVEN.replace("('rollback', target, by)", "('rollback', current, by)"),
                _BACK_GIVEN.replace("('rollback', target, by)", "['rollback', target, by]"),
            ),
            when=lambda seen: (
                _champion(seen, _B_SIMPLE) == 1 and ("rollback", 1, "erin") not in _entries(seen, _B_SIMPLE)
            ),
        ),
    ),
    seconds=15.0,
)

LESSON = Lesson(
    slug="restore",
    number=6,
    notebook="06_registry_rollback",
    title="Rollback on a real registry",
    minutes=15,
    unit="steps",
    exercises=(_SERVE, _LOADS, _PROMOTE, _ROLLBACK),
)
