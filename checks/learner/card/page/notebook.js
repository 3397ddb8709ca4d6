// The notebook around a card: JupyterLab's and Notebook 7's private API, absent elsewhere.

import { callsOf, wordOf } from "./python.js";

const VIEW = "application/vnd.jupyter.widget-view+json";

// anywidget loads this module anew for every widget, so what cards share lives on the page: the latest static
// faces of each, and the blanks filled but not checked yet, which a view that is drawn again shows again.
export const shared = (globalThis[Symbol.for("workbook.cards")] ??= { faces: new Map(), drafts: new Map() });
const WRAPPED = Symbol.for("workbook.toJSON");

export function notebookOf(model) {
  return model.widget_manager?.context?.model;
}

/**
 * Saving writes the static faces, as they are now, and never a view that nobody could draw tomorrow. For all
 * notebooks of the page: a card's cell may be pasted into one that has not drawn any.
 */
export function keepViewsOutOfTheFile(notebook) {
  let owner = notebook;
  while (owner && !Object.hasOwn(owner, "toJSON")) owner = Object.getPrototypeOf(owner);
  if (!owner || owner[WRAPPED]) return;
  const toJSON = owner.toJSON;
  const still = (output) => {
    const view = output.data?.[VIEW];
    if (!view || !output.metadata?.workbook) return output;
    const { [VIEW]: _view, ...data } = output.data;
    const { workbook: _mark, ...metadata } = output.metadata;
    return { ...output, data: { ...data, ...shared.faces.get(view.model_id) }, metadata };
  };
  owner.toJSON = function (...how) {
    const file = toJSON.apply(this, how);
    if (!file?.cells) return file;
    const cells = file.cells.map((cell) =>
      cell.outputs ? { ...cell, outputs: cell.outputs.map(still) } : cell,
    );
    return { ...file, cells };
  };
  owner[WRAPPED] = true;
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

/** The present text of the cell that answers a step; null where nobody can tell, false where it is gone. */
export function answerCell(model, id) {
  const named = `${id.replaceAll(".", "-")}-answer`;
  const cells = codeCells(model);
  const found = cells.find((cell) => cell.id === named || cell.getId?.() === named);
  return found ? found.getSource() : cells.length ? false : null;
}

/** The cell of a card that is drawn in `root`, and its one call: {cell, source, start, end}, or null. */
function ownCall(model, view, root) {
  const shows = (cell) => cell.getOutputs?.().some((output) => outputModel(output) === view.model);
  const place = root.closest("[data-windowed-list-index]")?.dataset.windowedListIndex;
  const here = notebookOf(model)?.sharedModel?.cells?.[place];
  const cells = codeCells(model);
  const own = cells.filter(shows);
  const named = `${view.id.replaceAll(".", "-")}-ask`;
  // A copied cell shows the same card, so several may.
  const cell = own.includes(here) ? here : own[0] ?? cells.find((each) => each.id === named);
  if (!cell) return null;
  const source = cell.getSource();
  const calls = view.kind === "Quiz" ? callsOf(source, wordOf(view.call)) : callsOf(source, "ask", view.id);
  return calls.length === 1 ? { cell, source, start: calls[0][0], end: calls[0][1] } : null;
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

/** The model that an output shows. Outputs are plain JSON or a shared map, by JupyterLab's version. */
function outputModel(output) {
  const data = typeof output.get === "function" ? output.get("data") : output.data;
  return data?.[VIEW]?.model_id;
}

