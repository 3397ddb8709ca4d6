// Answers that are typed on the card: code, and the values of a situation.

import { act } from "./clicks.js";
import { make } from "./dom.js";
import { tr } from "./words.js";

/** Code of one's own; the answer are its lines. */
export function drawWriting(card) {
  const field = typedArea(card, tr("Your code"), (text) => text.split("\n"));
  card.question.append(make("p", { class: "wb-how" }, tr("Ctrl with Enter checks it.")), field);
  return () => fillArea(field, (card.draft.length ? card.draft : card.view.practice.start).join("\n"), 3);
}

/** A situation: a field for each value. */
export function drawBreaking(card) {
  const { names, start } = card.view.practice;
  const now = () => names.map((_, at) => card.draft[at] ?? start[at]);
  const fields = names.map((name, at) => {
    const field = typedArea(card, name, (text) => now().map((each, place) => (place === at ? text : each)));
    field.id = `wb-${card.view.model}-given-${at}`;
    const row = make("div", { class: "wb-given" });
    row.append(make("label", { for: field.id }, `${name} =`), field);
    card.question.append(row);
    return field;
  });
  card.question.prepend(make("p", { class: "wb-how" }, tr("Change the values, as Python writes them. Ctrl with Enter checks.")));
  return () => fields.forEach((field, at) => fillArea(field, now()[at], 1));
}

/** A value in place of one of the options. */
export function drawValue(card) {
  const field = make("input", { type: "text", class: "wb-typed", id: `wb-${card.view.model}-value`, spellcheck: "false", autocomplete: "off", autocapitalize: "off" });
  field.addEventListener("input", () => {
    card.draft = [field.value];
    card.update();
  });
  card.press = (event, target) => {
    if (target !== field) return false;
    if (event.key === "Enter") {
      event.preventDefault();
      submit(card);
    }
    return true;
  };
  card.question.append(make("label", { for: field.id, class: "wb-how" }, tr("Or type it, as Python writes it")), field);
  return () => {
    field.readOnly = Boolean(card.pending || card.view.locked);
    const [given = ""] = card.draft;
    const chosen = card.view.options.some(({ key }) => key === given);
    if (document.activeElement !== field) field.value = chosen ? "" : given;
  };
}

/** What Enter does: it checks, or, in a kata, asks how sure one is. */
function submit(card) {
  if (card.view.kata && !card.view.locked) card.buttons.little.focus();
  else act(card, "check");
}

function typedArea(card, name, answerOf) {
  const field = make("textarea", { class: "wb-typed", "aria-label": name, spellcheck: "false", autocomplete: "off", autocapitalize: "off" });
  field.dataset.given = name;
  field.addEventListener("input", () => {
    if (card.pending || card.view.locked) return;
    card.draft = answerOf(field.value);
    card.update();
  });
  // Before the notebook: what is typed here is text, whatever it means there.
  card.press = (event, target) => {
    if (target.tagName !== "TEXTAREA") return false;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      submit(card);
    } else if (event.key === "Enter" && card.view.kind === "Writing" && !event.isComposing) {
      event.preventDefault();
      newLine(target);
    }
    return true;
  };
  return field;
}

function fillArea(field, text, fewest) {
  if (field.value !== text) field.value = text;
  const wraps = Math.ceil(text.length / 60);
  field.rows = Math.max(fewest, text.split("\n").length, fewest === 1 ? wraps : 0);
}

/** A new line begins where the one above does, and further in after a colon. */
function newLine(field) {
  const before = field.value.slice(0, field.selectionStart);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const indent = /^ */.exec(line)[0] + (line.trimEnd().endsWith(":") ? "    " : "");
  field.setRangeText(`\n${indent}`, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input"));
}
