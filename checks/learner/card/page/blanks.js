// Code with blanks: filled by click, by drag and by keyboard.

import { button, enable, make, set } from "./dom.js";
import { tr } from "./words.js";

export function drawBlanks(card) {
  const count = card.view.blanks;
  const code = make("pre", { class: "wb-code", tabindex: "0", role: "group", "aria-label": tr("Code with blanks") });
  const blanks = [];
  for (const piece of card.view.code) {
    if (typeof piece !== "number") {
      code.append(make("span", { class: piece[0] && `wb-${piece[0]}` }, piece[1]));
      continue;
    }
    const blank = make("button", { type: "button", class: "wb-blank", draggable: "true" });
    blank.dataset.blank = piece;
    blank.addEventListener("click", () => clickBlank(card, piece));
    draggable(card, blank, () => card.draft[piece - 1], piece);
    droppable(card, blank, (option, from) => {
      if (from === piece) return;
      if (from) put(card, from, card.draft[piece - 1] || "");
      put(card, piece, option);
    });
    blanks.push(blank);
    code.append(blank);
  }
  const tray = make("div", { class: "wb-options", role: "group", "aria-label": tr("Options") });
  for (const { key, code: pieces } of card.view.options) {
    const option = make("button", { type: "button", class: "wb-option", draggable: "true", "aria-label": tr("Option {key}", { key }) });
    option.dataset.option = key;
    option.append(...pieces.map(([kind, text]) => make("span", { class: kind && `wb-${kind}` }, text)));
    option.addEventListener("click", () => clickOption(card, key));
    draggable(card, option, () => key, null);
    tray.append(option);
  }
  const out = button(tr("Empty the blank"), "take-out");
  const chosen = () => card.selected ?? (count === 1 ? 1 : null);
  out.addEventListener("click", () => out.getAttribute("aria-disabled") !== "true" && takeOut(card, chosen()));
  tray.append(out);
  // An option that is dragged out of its blank and let go anywhere else on the card leaves the blank.
  droppable(card, card.root, (_option, from) => from && takeOut(card, from));
  const how = make(
    "p",
    { class: "wb-how" },
    count === 1
      ? tr("Choose an option to fill the blank, or drag it there. Each may be used again.")
      : tr("Choose a blank and then an option, or an option and then a blank, or drag. Each may be used again."),
  );
  card.question.append(code, how, tray);

  return () => {
    for (const blank of blanks) {
      const number = Number(blank.dataset.blank);
      const option = card.draft[number - 1] ?? "";
      const name = option
        ? tr("Blank {number} of {count}, filled with {option}", { number, count, option })
        : tr("Blank {number} of {count}, empty", { number, count });
      set(blank, "aria-label", name);
      set(blank, "aria-pressed", String(card.selected === number));
      set(blank, "draggable", String(Boolean(option)));
      blank.classList.toggle("wb-empty", !option);
      if (blank.dataset.shows === option) continue;
      blank.dataset.shows = option;
      const pieces = card.view.options.find(({ key }) => key === option)?.code ?? [["", option || tr("blank {number}", { number })]];
      blank.replaceChildren(...pieces.map(([kind, text]) => make("span", { class: kind && `wb-${kind}` }, text)));
    }
    for (const option of tray.querySelectorAll("[data-option]")) {
      set(option, "aria-pressed", String(card.held === option.dataset.option));
    }
    enable(out, Boolean(card.draft[chosen() - 1]), card.pending);
  };
}

function clickBlank(card, number) {
  if (card.pending || card.view.locked) return;
  if (card.held !== null) {
    const option = card.held;
    card.held = null;
    put(card, number, option);
  } else {
    card.selected = number;
    card.say(tr("Blank {number} is chosen. The next option fills it.", { number }));
  }
  card.update();
}

function clickOption(card, option) {
  if (card.pending || card.view.locked) return;
  const number = card.selected ?? (card.view.blanks === 1 ? 1 : null);
  if (number) {
    put(card, number, option);
    card.selected = null;
  } else {
    card.held = card.held === option ? null : option;
    card.say(card.held === null ? "" : tr("{option} is chosen. The next blank takes it.", { option }));
  }
  card.update();
}

function put(card, number, option) {
  if (card.pending || card.view.locked) return;
  while (card.draft.length < card.view.blanks) card.draft.push("");
  card.draft[number - 1] = option;
  card.say(
    option
      ? tr("Blank {number} is filled with {option}.", { number, option })
      : tr("Blank {number} is empty.", { number }),
  );
  card.update();
}

export function takeOut(card, number) {
  if (number && card.draft[number - 1]) put(card, number, "");
}

function draggable(card, element, option, from) {
  element.addEventListener("dragstart", (event) => {
    if (card.pending || card.view.locked || !option()) return event.preventDefault();
    event.stopPropagation();
    event.dataTransfer.setData("application/x-workbook", JSON.stringify([card.view.model, option(), from]));
    event.dataTransfer.effectAllowed = "copyMove";
    card.root.classList.add("wb-dragging");
  });
  element.addEventListener("dragend", () => card.root.classList.remove("wb-dragging"));
}

function droppable(card, element, drop) {
  const over = (on) => (event) => {
    if (!event.dataTransfer.types.includes("application/x-workbook")) return;
    event.preventDefault();
    event.stopPropagation();
    if (element !== card.root) element.classList.toggle("wb-over", on);
  };
  element.addEventListener("dragenter", over(true));
  element.addEventListener("dragover", over(true));
  element.addEventListener("dragleave", over(false));
  element.addEventListener("drop", (event) => {
    over(false)(event);
    const data = event.dataTransfer.getData("application/x-workbook");
    if (!data || card.pending || card.view.locked) return;
    const [origin, option, from] = JSON.parse(data);
    if (origin !== card.view.model) return;
    card.selected = card.held = null;
    drop(option, from);
    card.update();
  });
}
