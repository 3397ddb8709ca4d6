// Cells that a card runs, and the card as the output of a cell that did not run.

import { VIEW, cellOf, offered, shows } from "./notebook.js";

/**
 * A card that the kernel made because the answer's cell has run: it becomes the output of the check cell, if
 * that shows another one and is not going to run itself.
 */
export function place(model) {
  const view = model.get("view");
  if (!view.place) return;
  model.send({ action: "placed" });
  const cell = cellOf(model, view.id, "check");
  if (!cell || cell.executionState === "running" || cell.outputs.length === 1 && shows(cell.sharedModel, view)) return;
  cell.trusted = true;
  cell.outputs.clear();
  cell.outputs.add({
    output_type: "display_data",
    data: { [VIEW]: { model_id: view.model, version_major: 2, version_minor: 0 }, ...view.faces },
    metadata: { workbook: true },
  });
}

/**
 * Run a cell as its notebook would; gives a promise of its end, or undefined where there is no kernel. Before it the
 * kernel loads the words, and runs the Python of `first`: it may have been started a moment ago.
 */
export function runCell(model, cell, first = "") {
  const context = model.widget_manager?.context;
  const kernel = context?.sessionContext?.session?.kernel;
  if (!kernel || !cell?.outputs) return undefined;
  kernel.requestExecute({ code: `__import__("checks.learner.words")\n${first}`, silent: true, store_history: false });
  // A notebook clears a cell that it runs: an answer's may be, while one that shows a card keeps it until the next.
  const run = cell.id.endsWith("-answer") ? offered()?.run(context, cell) : undefined;
  if (run) return run;
  cell.clearExecution();
  cell.executionState = "running";
  cell.trusted = true;
  const code = cell.sharedModel.getSource();
  const future = kernel.requestExecute({ code, stop_on_error: false, allow_stdin: false }, true, {
    cellId: cell.id,
  });
  let clear = false; // what was shown goes when something else comes
  future.onIOPub = ({ header: { msg_type: type }, content }) => {
    if (type === "clear_output" && content.wait) clear = true;
    else if (type === "clear_output") cell.outputs.clear();
    else if (["stream", "display_data", "execute_result", "error"].includes(type)) {
      if (clear) cell.outputs.clear();
      clear = false;
      cell.outputs.add({ ...content, output_type: type });
    }
  };
  future.onReply = ({ content }) => void (cell.executionCount = content.execution_count ?? null);
  return future.done.finally(() => void (cell.executionState = "idle"));
}
