"""The learner's side: what a notebook calls, draws and remembers, and three commands.

`words` is loaded by `from checks import check`, `commands` by `checks.cli`; authors draw unanswered cards,
and nobody else imports from here. It imports the judge, the runner's plain values, the lessons, the world's
desk and what the rooms share; nothing of the instructor's or the author's.

- `words`: check, ask, hint, explain, reset, quiz, review, progress
- `cells`: which cells were run, and so what `check` is to judge
- `card`: what a learner sees of an exercise, a test and their progress, on paper and live
- `sitting`: a test or a review with the verdicts on its answers
- `record`: every attempt, in SQLite
- `repetition`: when a question comes back
- `work`: fills and renews the folder that a learner works in
- `commands`: `workbook lab`, `status` and `decide`
"""
