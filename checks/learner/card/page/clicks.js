// The talk with the kernel: what is clicked, what comes back, and what to say while nothing does.

import { same } from "./dom.js";
import { answerCell, attempt, ownCell, ownText, writeLine } from "./notebook.js";
import { lineOf } from "./python.js";
import { runCell } from "./running.js";
import { tr } from "./words.js";

/** How long the kernel may be silent after a click before the card says so. */
const PATIENCE_MS = 2500;

export function act(card, action) {
  if (card.pending || card.buttons[action]?.getAttribute("aria-disabled") === "true") return;
  let answer = card.draft;
  card.trouble = "";
  card.unwritten = card.offer = null;
  card.say("");
  card.question.querySelector(".wb-code")?.scrollTo({ left: 0 });
  if (card.view.kind === "Quiz" && action in card.buttons) {
    answer = action === "back" ? card.view.given.slice(0, -1) : [...card.view.given, ...card.draft];
    keep(card, answer);
  } else if (card.view.kata) {
    if (action !== "check") keep(card, [...card.view.given, [card.view.kata, action, ...card.draft]]);
  } else if (card.view.kind !== "Step" && action === "check") {
    keep(card, card.draft);
  } else if (card.view.kind !== "Step" && action === "reset") {
    answer = card.draft = [];
    card.selected = card.held = null;
    keep(card, []);
  }
  card.clicks = Math.max(card.clicks, card.view.reply) + 1; // another view of the same card may have clicked meanwhile
  card.pending = { number: card.clicks, action, received: false };
  const number = card.pending.number;
  try {
    if (card.view.kind === "Step" && action === "check" && runFor(card)) {
      setTimeout(complain, PATIENCE_MS, card, number);
      card.update();
      return;
    }
    const source = card.view.kind === "Step" ? textOf(attempt(() => answerCell(card.model, card.view.id))) : null;
    card.model.send({ action, number, answer, source });
    setTimeout(complain, PATIENCE_MS, card, number);
  } catch {
    forgotten(card); // the kernel was restarted, and the way to it closed with the old one
  }
  card.update();
}

/**
 * Run the cell that draws the card anew: a step's answer, which the kernel judges when it has run, or the card's own.
 * Returns whether that was possible.
 */
function runFor(card, first = "") {
  const number = card.pending.number;
  const find = card.view.kind === "Step" ? () => answerCell(card.model, card.view.id) : () => ownCell(card.model, card.view, card.root);
  const cell = attempt(find);
  const run = cell && attempt(() => runCell(card.model, cell, first));
  if (!run) return false;
  card.pending.runs = true;
  const ended = () => {
    if (card.pending?.number !== number) return;
    card.pending = null;
    card.trouble = "";
    card.update();
  };
  run.then(ended, ended);
  return true;
}

const textOf = (cell) => (cell ? cell.sharedModel.getSource() : cell ?? null);

/** Before anything else, so that it is in the notebook whatever becomes of the kernel. */
function keep(card, answer) {
  if (card.view.written === false) return; // a review is kept in the record: its call stays as it is
  const wanted = lineOf(card.view, answer);
  const edited = () => card.view.call !== undefined && card.call !== ownText(card.model, card.view, card.root);
  if (attempt(() => !edited() && writeLine(card.model, card.view, card.root, wanted))) card.call = wanted;
  else if (answer.length || card.view.answer.length) card.unwritten = wanted;
}

/** While nothing comes back: is the kernel at it, or has it lost the click? Asked again and again. */
async function complain(card, number) {
  const waiting = () => card.pending?.number === number;
  if (!waiting()) return;
  const kernel = card.model.widget_manager?.context?.sessionContext?.session?.kernel;
  const known = await card.model.widget_manager?.get_model?.(card.view.model).catch(() => null);
  if (!waiting()) return;
  if (card.pending.runs) {
    card.trouble = tr("Your cell is running, or waits for another one that is.");
  } else if (kernel ? kernel.status === "busy" && known?.comm_live !== false : card.pending.received) {
    if (!card.pending.received) {
      const busy = tr("The kernel is busy with another cell; this goes on when it is free.");
      card.trouble = whereItIs(card) + busy;
    }
    setTimeout(complain, PATIENCE_MS, card, number);
  } else {
    forgotten(card);
  }
  card.update();
}

/** The kernel knows nothing of the card, as after a restart: the card is drawn anew, with what was clicked done. */
function forgotten(card) {
  const word = { hint: "hint", solution: "explain", reset: "reset" }[card.pending.action];
  if (runFor(card, word ? `__import__("checks").${word}(${JSON.stringify(card.view.id)})` : "")) return;
  card.pending = null;
  card.trouble = `${tr("It may have been restarted.")} ${whereItIs(card)}${tr("To go on, run the cell above.")}`;
}

function whereItIs(card) {
  return card.view.kind === "Step" || card.unwritten || !card.draft.length ? "" : `${tr("Your answer is in the cell above.")} `;
}

export function received(card, message) {
  if (card.pending && message.received === card.pending.number) card.pending.received = true;
}

export function changed(card) {
  const before = card.view;
  card.view = card.model.get("view");
  const back = card.view.given?.length < before.given?.length && !before.over;
  if (card.view.id !== before.id) card.draft = back ? [before.given.at(-1)] : [];
  else if (!same(before.answer, card.view.answer)) card.draft = [...card.view.answer];
  const answered = card.pending && card.view.reply >= card.pending.number ? card.pending.action : null;
  if (answered) {
    card.pending = null;
    card.trouble = "";
  }
  if (answered === "reset") card.offer = "starter";
  const focused = card.root.contains(document.activeElement);
  card.update();
  if (focused && answered && card.view.locked) card.buttons.check.focus();
  if (focused && answered === "solution") card.explanation.focus();
  else if (focused && answered && card.view.over) {
    card.explanation.focus({ preventScroll: true });
    card.root.scrollIntoView({ block: "nearest" });
  } else if (focused && (answered === "reset" || card.view.id !== before.id)) {
    (card.question.querySelector('button:not([tabindex="-1"])') ?? card.buttons.check).focus();
  }
}
