// The notebook's file: saved after every verdict, with the static faces and without any view.

import { VIEW, shared } from "./notebook.js";

const WRAPPED = Symbol.for("workbook.toJSON");
const QUEUED = Symbol.for("workbook.save");

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

/** Save the notebook when the kernel is idle: until then a cell that runs again has lost what it showed. */
export async function save(model) {
  const context = model.widget_manager?.context;
  if (!context?.save || shared.saving.has(context)) return;
  shared.saving.add(context);
  inTurn(context);
  try {
    await idle(context.sessionContext);
  } finally {
    shared.saving.delete(context);
  }
  await write(context);
}

/** One after the other: of two saves at once JupyterLab takes the second for another program's, and asks. */
function inTurn(context) {
  if (context[QUEUED]) return;
  const first = context.save.bind(context);
  let last = Promise.resolve();
  context.save = () => (last = last.catch(() => undefined).then(first));
  context[QUEUED] = true;
}

async function write(context) {
  if (context.model.dirty && !context.model.readOnly && !context.isDisposed) await context.save();
}

function idle(session) {
  if (session?.session?.kernel?.status !== "busy") return undefined;
  return new Promise((resolve) => {
    const changed = (_, status) => {
      if (status === "busy") return;
      session.statusChanged.disconnect(changed);
      setTimeout(resolve, 0); // after the reply, which says how often the cell ran
    };
    session.statusChanged.connect(changed);
  });
}
