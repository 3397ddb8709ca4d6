// The live face of a card, a test and the overview: draws what checks.learner.card.view says and tells the kernel
// what is clicked. These modules are joined into one by checks.learner.card.live, for anywidget. Only HTML that
// Python made from Markdown is inserted as HTML; everything else is text.

import { attempt, notebookOf, shared } from "./notebook.js";
import { renderOverview } from "./overview.js";
import { place } from "./running.js";
import { keepViewsOutOfTheFile, save } from "./saving.js";
import { renderCard } from "./turns.js";
import { speak } from "./words.js";

export default {
  // Called for each card that the kernel makes, also one that is scrolled out of sight and has no view yet.
  initialize({ model }) {
    speak(model.get("words"));
    let judged = 0;
    const heed = () => {
      const view = model.get("view");
      shared.faces.set(view.model, view.faces);
      attempt(() => place(model));
      if ((view.judged ?? 0) > judged) save(model).catch((failure) => console.warn("workbook: not saved", failure));
      judged = view.judged ?? 0;
    };
    keepViewsOutOfTheFile(notebookOf(model));
    heed();
    model.on("change:view", heed);
  },
  render({ model, el }) {
    speak(model.get("words"));
    return model.get("view").kind === "Overview" ? renderOverview(model, el) : renderCard(model, el);
  },
};
