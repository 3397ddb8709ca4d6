"""A question to answer aloud, and folded away what a good answer says and what to listen for.

Drawn by the word `interview`.
"""

from dataclasses import dataclass

from checks.catalogue import tr
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
        title = tr("Interview on {pattern}", pattern=self.pattern)
        how = tr("Answer aloud, in two minutes, as if somebody sat there. Then open what follows.")
        good, own = tr("A good answer"), tr("What to listen for in yours")
        more = tr("Another question: {line}", line=f"<code>{self.more}</code>")
        return {
            "text/plain": f"{title}: {asked.asks}",
            "text/html": box(
                "unanswered",
                f"<p><strong>{title}</strong></p><p>{inline_html(asked.asks)}</p>"
                f"<p>{how}</p>"
                f"<details><summary>{good}</summary><p>{inline_html(asked.says)}</p></details>"
                f"<details><summary>{own}</summary><ul>{listen}</ul></details>"
                f"<p><small>{more}</small></p>",
            ),
        }
