"""The cards: what a learner sees of an exercise, of a test and of their progress.

Drawn by the words, and by authors for the unanswered faces in notebooks/. A card imports what an exercise is
and Markdown; it knows no judge and no record, and shows the state that it is given.

- `card`, `quiz`, `overview`: the states, each with its faces in text and static HTML
- `view`: the same states as what the page is told
- `live`: the widgets, with `page`, the code that runs in the page, and `card.css`
"""
