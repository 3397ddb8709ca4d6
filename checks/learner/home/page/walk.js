// From step to step in a notebook.

/** Whether an exercise is not solved. */
export const isOpen = (mark) => mark.state !== "solved";

/** The first open exercise after the cell in front, else the first of all; undefined where the notebook has none. */
export function nextOpen(notebook, lesson) {
  const at = (mark) => indexOf(notebook, mark.place.cell);
  const open = lesson.marks.filter((mark) => isOpen(mark) && at(mark) >= 0);
  return open.find((mark) => at(mark) > notebook.activeCellIndex) ?? open[0];
}

/** Bring a cell into view, ready to be answered: the cursor stands in its text, or on the first button of its card. */
export async function goTo(app, panel, cell) {
  app.shell.activateById(panel.id);
  await panel.context.ready;
  await panel.revealed;
  const notebook = panel.content;
  const index = indexOf(notebook, cell);
  if (index < 0) return;
  notebook.deselectAll();
  notebook.activeCellIndex = index;
  if (index) await notebook.scrollToItem(index - 1, "start"); // the text above the exercise
  const found = notebook.widgets[index];
  // A tall card may end below the window: as long as it begins in it, the text above stays in view too.
  const begins = found.node.getBoundingClientRect().top;
  if (!index || begins > notebook.node.getBoundingClientRect().bottom - 100) await notebook.scrollToItem(index);
  if (found.model.type === "code" && cell.endsWith("-answer")) notebook.mode = "edit";
  else {
    const first = found.node.querySelector(".wb-card button:not([tabindex='-1'])");
    if (first) first.focus();
    else found.node.focus({ preventScroll: true });
  }
}

function indexOf(notebook, cell) {
  return notebook.widgets.findIndex((each) => each.model.id === cell);
}
