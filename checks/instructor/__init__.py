"""The instructor's side: marks, feedback and a view of the class, from notebooks nobody vouches for.

Called by `checks.cli` through `commands`, and by pytest through `plugin`. It imports the judge, the runner's
sandbox, the lessons and what the rooms share; nothing of the learner's or the author's.

- `submission`: what counts of all that was handed in, and what does not; nothing of it is executed
- `files`, `archives`: what lies in the folder, and in the archives in it
- `who`, `exports`, `roster`: which learner a file belongs to
- `handed`: the answers in one notebook
- `course`: what is graded, and which version of it
- `sources`: which of our files decide a verdict
- `work`: one learner's answers to one lesson, judged
- `queue`: does the work so that a killed run goes on, alone or with other machines
- `run`: grades a class from its folder to its pages
- `kept`: what stays of a class, so that a late learner adds to it
- `marks`: results, an instructor's own decisions, and the gradebook
- `statistics`: what the class understood
- `report`, `class_page`, `page`, `plots`: the pages, and the pictures on them
- `plugin`, `items`, `kernel`: the same verdicts as pytest items, beside nbval
- `guard`: keeps pytest from what submissions would configure
- `commands`: `workbook grade`, `override` and `worker`
"""
