"""A question to answer aloud, and folded away what a good answer says and what to listen for.

Drawn by the word `interview`.
"""

from dataclasses import dataclass

from checks.exercise import Interview
from checks.learner.card.card import box
from checks.markdown import inline_html


@dataclass(frozen=True)
class InterviewCard:
    """One question of a pattern; `more` is the line that asks the next one."""

    pattern: str
    interview: Interview
    more: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        asked = self.interview
        listen = "".join(f"<li>{inline_html(each)}</li>" for each in asked.listen)
        return {
            "text/plain": f"Interview on {self.pattern}: {asked.asks}",
            "text/html": box(
                "unanswered",
                f"<p><strong>Interview on {self.pattern}</strong></p><p>{inline_html(asked.asks)}</p>"
                "<p>Answer aloud, in two minutes, as if somebody sat there. Then open what follows.</p>"
                f"<details><summary>A good answer</summary><p>{inline_html(asked.says)}</p></details>"
                f"<details><summary>What to listen for in yours</summary><ul>{listen}</ul></details>"
                f"<p><small>Another question: <code>{self.more}</code></small></p>",
            ),
        }
