"""Names that all rooms share: the notebook's words, and the variable that says where progress is kept.

Read by the package itself, by the sides, and by the runner, whose sandbox has a copy. Imports nothing.
"""

#: What `from checks import …` gives a notebook.
WORDS = (
    "ask",
    "certificate",
    "check",
    "explain",
    "hint",
    "interview",
    "kata",
    "language",
    "practise",
    "predict",
    "progress",
    "quiz",
    "reset",
    "review",
    "watch",
    "ways",
)

#: The variable of the environment that names the file of progress.
PROGRESS = "WORKBOOK_PROGRESS"
#: Its value where every process shall have a new file (nbval and `make notebooks` ask for that).
TEMPORARY = ":temporary:"
