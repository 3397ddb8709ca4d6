// A card on the page for as long as its widget is drawn.

import { mount } from "./card.js";
import { changed } from "./clicks.js";
import { shared } from "./notebook.js";

/** A kata's card is another one for each of its items, whose kinds differ; all other cards stay what they are. */
export function renderCard(model, el) {
  let card = mount(model, el);
  const redrawn = () => {
    if (model.get("view").turn === card.view.turn) return changed(card);
    const focused = card.root.contains(document.activeElement);
    card.pending = null; // or it would wait for an answer that another card has got
    card.stop();
    shared.drafts.delete(card.view.model);
    card = mount(model, el);
    if (focused) (card.question.querySelector('button:not([tabindex="-1"])') ?? card.explanation).focus();
  };
  model.on("change:view", redrawn);
  return () => {
    model.off("change:view", redrawn);
    card.stop();
  };
}
