// The live face of a card, a test and the overview: draws what checks.learner.card.view says and tells the kernel
// what is clicked. These modules are joined into one by checks.learner.card.live, for anywidget. Only HTML that
// Python made from Markdown is inserted as HTML; everything else is text.

import { renderCard } from "./card.js";
import { keepViewsOutOfTheFile, notebookOf, shared } from "./notebook.js";
import { renderOverview } from "./overview.js";

export default {
  // Called for each card that the kernel makes, also one that is scrolled out of sight and has no view yet.
  initialize({ model }) {
    const remember = () => shared.faces.set(model.get("view").model, model.get("view").faces);
    remember();
    model.on("change:view", remember);
    keepViewsOutOfTheFile(notebookOf(model));
  },
  render({ model, el }) {
    return model.get("view").kind === "Overview" ? renderOverview(model, el) : renderCard(model, el);
  },
};
