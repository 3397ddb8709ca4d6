// The parts of a card, in the order in which they are read.

import { button, make } from "./dom.js";
import { tr } from "./words.js";

/** The elements of a card, by their names; `labels` are what its buttons say. */
export function layOut(view) {
  const part = (name, tag = "div") => make(tag, { class: `wb-${name}` });
  const title = part("title", "p");
  title.id = `wb-${view.model}`;
  const root = make("div", { class: "wb-card", role: "group", "aria-labelledby": title.id, lang: view.lang });
  if (view.kata) root.dataset.kata = view.call;
  else if (view.kind === "Quiz") root.dataset.quiz = view.call;
  else root.dataset.exercise = view.id;
  const facts = part("facts", "ul");
  const task = part("text");
  facts.id = `${title.id}-facts`;
  task.id = `${title.id}-task`;
  const question = part("question");
  // Not atomic: a line that is added is read without all the rest.
  const status = make("div", { class: "wb-status", role: "status", "aria-atomic": "false" });
  const verdict = part("verdict", "p");
  const feedback = part("text");
  const notice = part("text");
  const problem = part("problem", "p");
  const summary = part("text");
  summary.classList.add("wb-summary");
  status.append(verdict, feedback, notice, problem, summary);
  const offered = make("div", { class: "wb-offer", role: "group", "aria-label": tr("Before you go on"), "aria-live": "polite" });
  const next = part("next");
  const line = part("line");
  const hints = make("div", { class: "wb-hints", "aria-live": "polite", "aria-atomic": "false" });
  const explanation = make("div", {
    class: "wb-explanation wb-text",
    role: "region",
    "aria-label": view.kata ? tr("What came of it") : view.kind === "Quiz" ? tr("What showed") : tr("Explanation"),
    tabindex: "-1",
  });
  const said = make("p", { class: "wb-said", "aria-live": "polite" });

  const labels =
    view.labels ??
    (view.kind === "Quiz"
      ? { back: tr("Back"), check: tr("Next") }
      : { check: tr("Check"), hint: tr("Hint"), solution: tr("Show explanation"), reset: tr("Start over") });
  const buttons = Object.fromEntries(
    Object.entries(labels).map(([action, label]) => [action, button(label, action)]),
  );
  const actions = part("actions");
  actions.append(...Object.values(buttons));
  root.append(title, facts, task, question, actions, line, status, offered, next, hints, explanation, said);
  const parts = { root, title, facts, task, question, actions, buttons, labels, line, hints, status };
  return { ...parts, verdict, feedback, notice, problem, summary, offered, next, explanation, said };
}
