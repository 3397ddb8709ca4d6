"""The judge: says whether an answer is right, by what it does. `judge(exercise, answer) -> Verdict`.

Called by the sides: by a learner's check, an instructor's grading and an author's trials. It imports the
runner, the world (for the pipelines that some questions show) and what an exercise is. It knows no lesson, no
card and no record, so that the same answer is judged the same for everyone.

- `judging`: the answer and the reference are run, compared, and a misconception recognised
- `runners`: the processes for answers and those for references, kept apart and warm
- `compare`: where an answer's outcomes differ from the reference's
- `feedback`: what is said of it, in words
- `essential`: leaves out of a cell what only tries or shows the answer
"""

from checks.judge.judging import LONGEST_SOURCE, fits, judge
from checks.judge.runners import Runners, default_runners

__all__ = ["LONGEST_SOURCE", "Runners", "default_runners", "fits", "judge"]
