// What cards ask for where this extension is: JupyterLab's documented ways, in place of its inner parts that they
// reach into elsewhere (checks/learner/card/page/notebook.js).

import { goTo } from "./walk.js";

export function offer(app, tracker, CodeCell) {
  const panelOf = (context) => tracker.find((panel) => panel.context === context);

  globalThis[Symbol.for("workbook.offered")] = {
    /** The cell that shows an element of the page, of the notebook's model; undefined where none does. */
    cellAround(element) {
      const panel = tracker.find(({ node }) => node.contains(element));
      return panel?.content.widgets.find(({ node }) => node.contains(element))?.model;
    },
    /** Run a cell of a notebook as the notebook does; gives a promise of its end, or undefined. */
    run(context, cell) {
      const panel = panelOf(context);
      const shown = panel?.content.widgets.find(({ model }) => model === cell);
      return shown && CodeCell.execute(shown, panel.sessionContext);
    },
    /** Bring a cell of a notebook into view, ready to be answered; gives a promise, or undefined. */
    goTo(context, id) {
      const panel = panelOf(context);
      return panel && goTo(app, panel, id);
    },
  };
}
