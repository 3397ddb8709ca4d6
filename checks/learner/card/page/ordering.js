// Lines of code to put in order and to indent: by drag, by buttons and by keyboard.

import { enable, set } from "./dom.js";
import { MOST_STEPS, STEP_PX, depth, drawRow, indented, layOutLines, standing } from "./lines.js";
import { tr } from "./words.js";

export function drawOrdering(card) {
  const start = card.view.practice.start;
  const { list, out, label, made, parts } = layOutLines({
    up: [tr("Up"), () => move(-1)],
    down: [tr("Down"), () => move(1)],
    less: [tr("Indent less"), () => indent(-1)],
    more: [tr("Indent more"), () => indent(1)],
    out: [tr("Leave out"), () => leaveOut()],
  });
  const [up, down, less, more, leave] = made;
  card.question.append(...parts);

  let chosen = 0; // the place of the chosen line: the lines in order come first, then those left out
  let dragged = null; // the place of the line that is being dragged, and where the drag began

  /** The lines as they stand, each with its indentation, and those that are left out. */
  function lines() {
    const now = card.draft.length ? [...card.draft] : [...start];
    const left = [...start];
    for (const each of now) left.splice(left.indexOf(each.trim()), 1);
    return { now, left };
  }

  function put(now, place, says) {
    if (card.pending || card.view.locked) return;
    card.draft = now;
    chosen = place;
    card.say(says);
    card.update();
    focus();
  }

  const focus = () => rows()[chosen]?.focus();
  const rows = () => [...list.querySelectorAll("button"), ...out.querySelectorAll("button")];

  function moveTo(from, to, steps = null) {
    const { now } = lines();
    if (from >= now.length || to < 0 || to >= now.length) return;
    const [line] = now.splice(from, 1);
    now.splice(to, 0, steps === null ? line : indented(line, steps));
    put(now, to, standing(now, to));
  }

  const move = (by) => moveTo(chosen, chosen + by);

  function indent(by) {
    const { now } = lines();
    if (chosen >= now.length) return;
    now[chosen] = indented(now[chosen], depth(now[chosen]) + by);
    put(now, chosen, tr("Indented {steps}", { steps: depth(now[chosen]) }));
  }

  function leaveOut() {
    const { now, left } = lines();
    if (chosen >= now.length) {
      const line = left[chosen - now.length];
      put([...now, line], now.length, tr("Taken back: {line}", { line }));
    } else if (now.length > 1) {
      const [line] = now.splice(chosen, 1);
      put(now, Math.min(chosen, now.length - 1), tr("Left out: {line}", { line: line.trim() }));
    }
  }

  card.press = (event, target) => {
    if (!target.closest?.(".wb-ordering")) return false;
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const to = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by && event.shiftKey) move(by);
    else if (by) pick(Math.max(0, Math.min(chosen + by, rows().length - 1)));
    else if (to) indent(to);
    else if (["Delete", "Backspace"].includes(event.key)) leaveOut();
    else return false;
    event.preventDefault();
    return true;
  };

  function pick(place) {
    chosen = place;
    card.update();
    focus();
  }

  function row(line, place, count) {
    const each = drawRow(line, place, count);
    each.addEventListener("click", () => pick(place));
    each.addEventListener("dragstart", (event) => {
      if (card.pending || card.view.locked) return event.preventDefault();
      dragged = { place, x: event.clientX, steps: depth(line) };
      event.dataTransfer.setData("application/x-workbook-line", card.view.model);
      event.dataTransfer.effectAllowed = "move";
    });
    each.addEventListener("dragend", () => (dragged = null));
    return each.parentElement;
  }

  // Where a line is let go: before the first one whose middle is below the pointer, and as far in as it was dragged.
  const over = (event) => dragged && event.preventDefault();
  for (const on of ["dragenter", "dragover"]) list.addEventListener(on, over);
  list.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const { place, x, steps } = dragged;
    dragged = null;
    const { now, left } = lines();
    const isOut = place >= now.length;
    const line = isOut ? left[place - now.length] : now[place];
    const middles = [...list.children].map((each) => each.getBoundingClientRect()).map((box) => box.top + box.height / 2);
    let to = middles.filter((middle) => middle < event.clientY).length;
    if (!isOut) now.splice(place, 1);
    if (!isOut && place < to) to -= 1;
    now.splice(to, 0, indented(line, steps + Math.round((event.clientX - x) / STEP_PX)));
    put(now, to, standing(now, to));
  });
  out.addEventListener("dragover", over);
  out.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    chosen = dragged.place;
    dragged = null;
    if (chosen < lines().now.length) leaveOut();
  });

  return () => {
    const { now, left } = lines();
    const wanted = JSON.stringify([now, left]);
    if (list.dataset.shows !== wanted) {
      list.dataset.shows = wanted;
      list.replaceChildren(...now.map((line, place) => row(line, place, now.length)));
      out.replaceChildren(...left.map((line, place) => row(line, now.length + place, 0)));
      chosen = Math.min(chosen, rows().length - 1);
    }
    label.hidden = out.hidden = !left.length;
    rows().forEach((each, place) => {
      set(each, "aria-pressed", String(place === chosen));
      set(each, "tabindex", place === chosen ? "0" : "-1");
    });
    const inside = chosen < now.length;
    const steps = inside ? depth(now[chosen]) : 0;
    const sensible = [inside && chosen > 0, inside && chosen < now.length - 1, inside && steps > 0, inside && steps < MOST_STEPS];
    [up, down, less, more].forEach((each, at) => enable(each, sensible[at], card.pending));
    enable(leave, !inside || now.length > 1, card.pending);
    leave.textContent = inside ? tr("Leave out") : tr("Take back");
  };
}
