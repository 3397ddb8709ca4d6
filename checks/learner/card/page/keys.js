// Keys that a card takes before the notebook does.

import { takeOut } from "./blanks.js";
import { choose } from "./choice.js";
import { goOn } from "./next.js";
import { closeOffer } from "./offers.js";
import { tr } from "./words.js";

export function key(card, event) {
  const target = event.composedPath()[0];
  if (!event.composedPath().includes(card.root)) return;
  if (event.ctrlKey || event.metaKey || event.altKey) {
    // These would take answers out of the cell, or run it and drop what is chosen and not checked.
    if (["z", "y", "enter"].includes(event.key.toLowerCase())) event.stopImmediatePropagation();
    if (event.key === "Enter") card.press?.(event, target);
    return;
  }
  // Here on the window, before JupyterLab: to it an x means "delete this cell". What the browser itself does
  // with a key (Tab, Enter and Space on a button) goes on.
  event.stopImmediatePropagation();
  if (target.closest?.(".wb-player")) return card.action.press(event, target);
  if (card.press?.(event, target)) return;
  const blank = target.closest?.("[data-blank]");
  const group = target.closest?.(".wb-code, .wb-options, .wb-choices, .wb-actions");
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (blank && (event.key === "Delete" || event.key === "Backspace")) {
    event.preventDefault();
    takeOut(card, Number(blank.dataset.blank));
  } else if (event.key === "Escape") {
    if (card.selected !== null || card.held !== null) card.say(tr("Nothing is chosen any more."));
    card.selected = card.held = null;
    closeOffer(card);
    card.update();
  } else if (event.key === "n" && !event.altKey) {
    event.preventDefault(); // it would be typed where that leads
    goOn(card);
  } else if (step && group && target !== group) {
    event.preventDefault();
    const stops = [...group.querySelectorAll("button:not(:disabled)")];
    const next = stops[(stops.indexOf(target.closest("button")) + step + stops.length) % stops.length];
    next?.focus();
    if (next?.getAttribute("role") === "radio") choose(card, next.dataset.option);
  }
}
