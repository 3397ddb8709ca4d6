"""The author's side: makes notebooks of what is written, says what is missing in it, takes it elsewhere.

Called by `checks.cli` through `commands`, and by the tests. It imports the judge, the runner, the lessons and
what the rooms share; of the learner's side the cards, which are handed out and previewed.

- `making`: `workbook notebooks`: looks first, then tries and executes what has changed
- `faults`: what is missing or untrue in lessons and notebooks; `prose`: what their text says of exercises
- `trials`: right and wrong answers judged, as their files say they should be
- `places`: the file and the line of a fault
- `changed`: what has changed since it was last in order
- `notebooks`: completes and executes a solution, and makes of it what is handed out
- `proofs`: runs what the bank's questions claim
- `export`: the question bank for Moodle, Canvas and Anki
- `new`: what is new, complete but for its content, from the texts in `stubs/`
- `preview`: the verdict on an answer in a file, and a card in every state
- `commands`: `workbook new, notebooks, try, preview, export`
"""
