"""The author's side: makes notebooks of what is written, says what is missing in it, takes it elsewhere.

Called by `checks.cli` through `commands`, and by the tests. It imports the judge, the runner, the lessons and
what the rooms share; of the learner's side the cards, as what is handed out shows them unanswered.

- `notebooks`: executes solutions/ and makes notebooks/ of them
- `faults`: what is missing or untrue in lessons and notebooks, a sentence a fault
- `mutants`: right answers with one thing broken, to see whether an exercise notices
- `proofs`: runs what the bank's questions claim
- `export`: the question bank for Moodle, Canvas and Anki
- `commands`: `workbook notebooks` and `export`
"""
