// Where to go on from a card that is solved: the next exercise, or the next lesson's notebook. After a test: what was
// wrong once more, or another test.

import { act } from "./clicks.js";
import { button, make } from "./dom.js";
import { attempt, cellOf, linkNotebooks, notebookOf, offered, ownCell, writeLine } from "./notebook.js";
import { runCell } from "./running.js";
import { tr } from "./words.js";

export function drawNext(card) {
  const { next, over, wrong, another, perfect, practice, status } = card.view;
  const again = practice && status !== "unanswered" ? practice.another : "";
  const wanted = JSON.stringify([next, over, wrong, another, again]);
  if (card.next.dataset.shows === wanted) return;
  card.next.dataset.shows = wanted;
  card.next.replaceChildren();
  if (over) drawAfterTest(card, wrong, another, perfect);
  if (again) drawAgain(card, again);
  if (!next) return;
  const { label, notebook } = next;
  const go = notebook ? make("a", { href: notebook, class: "wb-button" }, label) : button(label, "next");
  go.setAttribute("aria-keyshortcuts", "n");
  go.append(make("kbd", { "aria-hidden": "true" }, "N"));
  if (!notebook) go.addEventListener("click", () => attempt(() => goTo(card, next.id)));
  card.next.append(go);
  if (notebook) linkNotebooks(card.model, card.next);
}

function drawAfterTest(card, wrong, another, perfect) {
  const add = (label, action, what) => {
    const made = button(label, action);
    made.addEventListener("click", what);
    card.next.append(made);
  };
  if (wrong) add(tr("Practise what was wrong now"), "practise", () => act(card, "practise"));
  if (perfect) add(tr("Make a certificate"), "certificate", () => act(card, "certificate"));
  if (another) add(card.view.kata ? tr("New kata") : tr("New test"), "another", () => attempt(() => drawAnother(card, another)));
}

/** Another item of the kind stands in the place of this one. */
function drawAgain(card, source) {
  const again = button(tr("Another one"), "again");
  again.addEventListener("click", () =>
    attempt(() => {
      const own = ownCell(card.model, card.view, card.root);
      if (!writeLine(card.model, card.view, card.root, source)) return card.say(tr("Type this and run it: {source}", { source }));
      runCell(card.model, own);
    }),
  );
  card.next.append(again);
}

/** Another test stands in a cell of its own: the answers of this one stay. */
function drawAnother(card, source) {
  const own = ownCell(card.model, { ...card.view, call: source }, card.root); // practice has no call of its own
  const notebook = notebookOf(card.model);
  const at = own ? [...notebook.cells].indexOf(own) + 1 : notebook.cells.length;
  notebook.sharedModel.insertCell(at, { cell_type: "code", source, metadata: {} });
  runCell(card.model, notebook.cells.get(at));
  const here = card.root.closest(".jp-Notebook");
  setTimeout(() => here?.querySelector(`[data-windowed-list-index="${at}"] .cm-content`)?.focus(), 200);
}

/** By the key: as a click there. */
export function goOn(card) {
  card.next.firstChild?.click();
}

function goTo(card, id) {
  const cell = cellOf(card.model, id, "answer") ?? cellOf(card.model, id, "ask");
  if (offered()?.goTo(card.model.widget_manager.context, cell.id)) return;
  const at = [...notebookOf(card.model).cells].indexOf(cell);
  const shown = (place) => card.root.closest(".jp-Notebook")?.querySelector(`[data-windowed-list-index="${place}"]`);
  shown(at - 1)?.scrollIntoView({ block: "start" }); // the text above the exercise
  const stop = shown(at)?.querySelector(".wb-card button:not(:disabled)") ?? shown(at)?.querySelector(".cm-content");
  stop?.focus({ preventScroll: true });
}
