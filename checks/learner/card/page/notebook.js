// The notebook around a card: what the course home offers (checks/learner/home/page/offered.js), and without it
// JupyterLab's and Notebook 7's private API, absent elsewhere.

import { callsOf, wordOf } from "./python.js";

export const VIEW = "application/vnd.jupyter.widget-view+json";

// anywidget loads this module anew for every widget, so what cards share lives on the page: the latest static
// faces of each, the blanks filled but not checked yet, which a view that is drawn again shows again, and the
// notebooks that are being saved.
export const shared = (globalThis[Symbol.for("workbook.cards")] ??= {
  faces: new Map(),
  drafts: new Map(),
  saving: new Set(),
});

/** What the course home offers; undefined where there is none. */
export function offered() {
  return globalThis[Symbol.for("workbook.offered")];
}

export function notebookOf(model) {
  return model.widget_manager?.context?.model;
}

function codeCells(model) {
  const cells = notebookOf(model)?.sharedModel?.cells;
  return cells ? [...cells].filter((cell) => cell.cell_type === "code" && cell.getSource) : [];
}

/** A link to another notebook opens it beside this one: to follow it in place would lose what is not saved. */
export function linkNotebooks(model, element) {
  const manager = model.widget_manager;
  const folder = manager?.context?.path?.split("/").slice(0, -1) ?? [];
  for (const link of element.querySelectorAll("a:not([target])")) {
    link.target = "_blank"; // for Notebook 7 and front ends that do not open notebooks side by side
    const path = [...folder, link.getAttribute("href")].join("/");
    manager?.rendermime?.linkHandler?.handleLink(link, path, "");
  }
}

/** The cell of an exercise in a role: of the notebook's model, with its outputs; undefined where there is none. */
export function cellOf(model, id, role) {
  const named = `${id.replaceAll(".", "-")}-${role}`;
  const cells = notebookOf(model)?.cells;
  return cells ? [...cells].find((cell) => cell.id === named && cell.type === "code") : undefined;
}

/** The cell that answers a step; null where nobody can tell, false where it is gone. */
export function answerCell(model, id) {
  return cellOf(model, id, "answer") ?? (codeCells(model).length ? false : null);
}

/** The cell of a card that is drawn in `root`, and its one call: {cell, source, start, end}, or null. */
function ownCall(model, view, root) {
  const place = root.closest("[data-windowed-list-index]")?.dataset.windowedListIndex;
  const here = offered()?.cellAround(root)?.sharedModel ?? notebookOf(model)?.sharedModel?.cells?.[place];
  const cells = codeCells(model);
  const own = cells.filter((cell) => shows(cell, view));
  const word = view.practice?.word ?? view.word ?? "ask";
  const named = `${view.id.replaceAll(".", "-")}-${word}`;
  // A copied cell shows the same card, so several may.
  const cell = own.includes(here) ? here : own[0] ?? cells.find((each) => each.id === named);
  if (!cell) return null;
  const source = cell.getSource();
  const calls = view.call !== undefined ? callsOf(source, wordOf(view.call)) : callsOf(source, word, view.practice?.exercise ?? view.id);
  return calls.length === 1 ? { cell, source, start: calls[0][0], end: calls[0][1] } : null;
}

/** That cell, of the notebook's model; null where it is not clear which it is. */
export function ownCell(model, view, root) {
  const own = ownCall(model, view, root);
  return own && [...notebookOf(model).cells].find((cell) => cell.sharedModel === own.cell);
}

/** The text of that call, or null. */
export function ownText(model, view, root) {
  const own = ownCall(model, view, root);
  return own && own.source.slice(own.start, own.end);
}

/** Write the line that holds the answer into the card's own cell. Returns whether it stands there now. */
export function writeLine(model, view, root, line) {
  const own = ownCall(model, view, root);
  if (!own) return false;
  const written = own.source.slice(0, own.start) + line + own.source.slice(own.end);
  if (written !== own.source) own.cell.setSource(written);
  return own.cell.getSource() === written;
}

/** What `action` gives. Where the front end's private API is not what it was, the card does without. */
export function attempt(action) {
  try {
    return action();
  } catch (failure) {
    console.warn("workbook: the notebook around the card cannot be reached", failure);
    return undefined;
  }
}

export function shows(cell, view) {
  return cell.getOutputs?.().some((output) => outputModel(output) === view.model);
}

/** The model that an output shows. Outputs are plain JSON or a shared map, by JupyterLab's version. */
function outputModel(output) {
  const data = typeof output.get === "function" ? output.get("data") : output.data;
  return data?.[VIEW]?.model_id;
}

