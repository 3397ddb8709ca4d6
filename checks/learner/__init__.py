"""The learner's side: what a notebook calls, draws and remembers, and three commands.

`words` is loaded by `from checks import check`, `commands` by `checks.cli`; authors draw unanswered cards,
and nobody else imports from here. It imports the judge, the runner's plain values, the lessons, the world's
desk and what the rooms share; nothing of the instructor's or the author's.

- `words`: check, ask, hint, explain, reset, watch, quiz, review, progress, certificate
- `kernel`: what a kernel does by itself: loads the words, judges an answer when it is run
- `earlier`: what a cell needs from those above it that were not run
- `cells`: which cells were run, and so what `check` is to judge
- `attempts`: an answer judged and recorded, and the state of its card that comes of it
- `alive`: what is alive on a page, and what a click there does
- `card`: what a learner sees of an exercise, a test and their progress, on paper and live
- `summary`: what is said of a lesson once all of it is right
- `certificate`: a page to keep after ten of ten
- `sitting`: a test or a review with the verdicts on its answers
- `record`: every attempt, in SQLite
- `repetition`: when a question comes back
- `strength`: how strong each topic is
- `work`: fills and renews the folder that a learner works in
- `home`: the course home beside the notebooks, and the line above a lesson
- `environment`: what kernels and JupyterLab find in the environment by themselves
- `commands`: `workbook lab`, `status` and `decide`
"""
