// What the player shows of a step: the line, the variables, the history with the entry at hand.

import { make, set, setText } from "./dom.js";
import { tr } from "./words.js";

export function drawCode(code, line) {
  [...code.children].forEach((each, index) => {
    const is = index + 1 === line;
    if (is) set(each, "aria-current", "step");
    else each.removeAttribute("aria-current");
    if (is) code.scrollTop = Math.max(0, each.offsetTop - code.offsetTop - code.clientHeight / 2);
  });
}

/** The variables, but for the one whose entries are drawn as the history. */
export function drawHeld(table, moment) {
  const held = moment.held.filter(([name]) => name !== moment.of);
  table.hidden = !held.length;
  const head = make("tr");
  head.append(...[tr("Variable"), tr("Value"), tr("Change")].map((label) => make("th", { scope: "col" }, label)));
  const rows = held.map(([name, value, change]) => {
    const row = make("tr", { class: change && "wb-changed" });
    row.append(make("th", { scope: "row" }, name), make("td", {}, value), make("td", {}, change));
    return row;
  });
  table.replaceChildren(head, ...rows);
}

export function drawHistory(list, { of, history }) {
  list.hidden = !history.length;
  set(list, "aria-labelledby", list.previousSibling.id);
  setText(list.previousSibling, of);
  const entries = history.map(([key, value, names, atHand]) => {
    const entry = make("li", { class: atHand ? "wb-at-hand" : "" });
    entry.append(make("strong", {}, key), value ? ` ${value}` : "");
    if (names.length) entry.append(make("span", { class: "wb-names" }, `← ${names.join(", ")}`));
    return entry;
  });
  list.replaceChildren(...entries);
}
