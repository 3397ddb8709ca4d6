"""The judge: says whether an answer is right, by what it does. `judge(exercise, answer) -> Verdict`.

Called by the sides: by a learner's check, an instructor's grading and an author's trials. It imports the
runner, the world (for the pipelines that some questions show) and what an exercise is. It knows no lesson, no
card and no record, so that the same answer is judged the same for everyone.

- `judging`: what the verdict on an answer is, for each kind of exercise
- `situations`: the situations that an exercise makes from seeds, beside those that it names
- `trials`: a source run in the situations, beside the reference, and the smallest in which it goes wrong
- `diagnosis`: which misconception an answer holds, by what it does in all of them
- `machine`: whether it was the machine that made an answer look wrong
- `account`: what can be said where none is known
- `runners`: the processes for answers and those for references, kept apart and warm
- `trace`: an answer run once more, line by line, for the player
- `board`: what the registry held before an answer and after it
- `compare`: where an answer's outcomes differ from the reference's
- `feedback`: what is said of it, in words
- `mutants`: right answers with one thing broken
- `forms`: exercises made from an exercise and a seed, to practise it in another form
- `kata`: a session of such exercises, as its call has it
- `essential`: leaves out of a cell what only tries or shows the answer
"""

from checks.judge.judging import LONGEST_SOURCE, fits, judge
from checks.judge.runners import Runners, default_runners
from checks.judge.trace import can_play, play

__all__ = ["LONGEST_SOURCE", "Runners", "can_play", "default_runners", "fits", "judge", "play"]
