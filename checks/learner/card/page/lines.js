// The parts of a card whose lines are put in order, and how far in a line stands.

import { button, make } from "./dom.js";
import { tr } from "./words.js";

/** Spaces of one step of indentation, how far a line is dragged to the side for one, and as many as there may be. */
const STEP = 4;
export const STEP_PX = 32;
export const MOST_STEPS = 6;

export const depth = (line) => Math.floor((line.length - line.trimStart().length) / STEP);

export const indented = (line, steps) => " ".repeat(STEP * Math.max(0, Math.min(steps, MOST_STEPS))) + line.trimStart();

/** Where a line stands now, in words. */
export const standing = (lines, at) =>
  tr("Line {number} of {count}: {line}", { number: at + 1, count: lines.length, line: lines[at].trim() });

/** The lists of the lines in order and of those left out, and a button for each thing to do: [what it says, what it does]. */
export function layOutLines(doing) {
  const list = make("ol", { class: "wb-ordering", "aria-label": tr("Lines of code, in order") });
  const out = make("ol", { class: "wb-ordering wb-left-out", "aria-label": tr("Lines that are left out") });
  const label = make("p", { class: "wb-label" }, tr("Left out"));
  const tools = make("div", { class: "wb-options wb-tools", role: "group", "aria-label": tr("Move the chosen line") });
  const made = Object.entries(doing).map(([name, [says, what]]) => {
    const each = button(says, `line-${name}`);
    each.addEventListener("click", () => each.getAttribute("aria-disabled") !== "true" && what());
    return each;
  });
  tools.append(...made);
  const how = make(
    "p",
    { class: "wb-how" },
    [
      tr("Choose a line and move it, or drag it: up and down, and to the side to indent it."),
      tr("By keyboard: the arrows choose a line; Shift with them moves it, left and right indent it; Delete leaves it out or takes it back."),
    ].join(" "),
  );
  return { list, out, label, made, parts: [how, list, label, out, tools] };
}

/** The button of a line, in an item of a list: of so many lines in order, or of those left out where there are none. */
export function drawRow(line, place, count) {
  const steps = depth(line);
  const each = make("button", { type: "button", class: "wb-row", draggable: "true" });
  const told = { number: place + 1, count, steps, line: line.trim() };
  each.setAttribute(
    "aria-label",
    count ? tr("Line {number} of {count}, indented {steps}: {line}", told) : tr("Left out: {line}", told),
  );
  each.dataset.line = place + 1;
  each.style.paddingLeft = `${8 + steps * STEP_PX}px`;
  each.append(make("span", {}, line.trim()));
  make("li").append(each);
  return each;
}
