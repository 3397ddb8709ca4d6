// What a card offers in a box below its buttons: it asks before it un-solves, and gives back what the cell has lost.

import { act } from "./clicks.js";
import { button, make } from "./dom.js";
import { answerCell, attempt } from "./notebook.js";
import { tr } from "./words.js";

/** By name: what is said, and what can be done about it. */
const OFFERS = {
  reset: () => ({
    says: tr("You have solved this. If you start over, it no longer counts as solved until you solve it again."),
    buttons: { "keep-solved": tr("Keep it solved"), "confirm-reset": tr("Yes, start over") },
  }),
  starter: () => ({
    says: tr("Started over. Your code is still in the cell above."),
    buttons: { starter: tr("Put the first code back") },
  }),
  kept: () => ({ says: "", buttons: { "put-back": tr("Put my answer back") } }),
};

const DONE = {
  "keep-solved": (card) => closeOffer(card),
  "confirm-reset": (card) => {
    closeOffer(card);
    act(card, "reset");
  },
  starter: (card) => {
    if (writeCode(card, card.view.starter)) card.say(tr("The first code stands in the cell above again."));
    closeOffer(card);
  },
  "put-back": putBack,
};

/** "Start over" was pressed: at once, unless something is lost by it. */
export function startOver(card) {
  if (card.pending || card.buttons.reset.getAttribute("aria-disabled") === "true") return;
  if (!card.view.solved) return act(card, "reset");
  card.offer = "reset";
  card.update();
  card.offered.querySelector("button").focus();
}

export function drawOffer(card) {
  const name = nameOf(card);
  if (card.offered.dataset.shows === name) return;
  card.offered.dataset.shows = name;
  // What was asked for by a button stands beside it, what the card says of itself below that.
  (card.offer ? card.actions : card.status).after(card.offered);
  card.offered.replaceChildren();
  if (!name) return;
  const { says, buttons } = OFFERS[name]();
  if (says) card.offered.append(make("p", {}, says));
  for (const [action, label] of Object.entries(buttons)) {
    const made = button(label, action);
    made.addEventListener("click", () => DONE[action](card));
    card.offered.append(made);
  }
}

function nameOf(card) {
  if (card.offer === "starter") {
    if (card.view.status !== "unanswered") return ""; // begun anew since
    // A new start leaves a step's code where it is; what was handed out can be had again.
    const cell = card.view.kind === "Step" && attempt(() => answerCell(card.model, card.view.id));
    return cell && cell.sharedModel.getSource().trim() !== card.view.starter.trim() ? "starter" : "";
  }
  return card.offer ?? (card.view.kept && !card.pending && !card.draft.some(Boolean) ? "kept" : "");
}

export function closeOffer(card) {
  if (card.offer === null) return;
  const focused = card.offered.contains(document.activeElement);
  card.offer = null;
  card.update();
  if (focused) card.buttons.reset.focus();
}

/** The last right answer goes into the cell, and is checked there like any other. */
function putBack(card) {
  if (card.view.kind === "Step") {
    if (!writeCode(card, card.view.kept)) {
      return card.say(tr("The card could not write into the cell: copy the code from above."));
    }
  } else {
    card.draft = [...card.view.kept];
    card.update(); // from here on there is something to check
  }
  act(card, "check");
}

function writeCode(card, source) {
  const cell = attempt(() => answerCell(card.model, card.view.id));
  if (!cell) return false;
  cell.sharedModel.setSource(source.trimEnd());
  return true;
}
