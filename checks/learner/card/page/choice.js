// One of several options: radios, also in a test.

import { make, set, setText } from "./dom.js";
import { drawValue } from "./typing.js";

export function drawChoice(card) {
  const group = make("div", { class: "wb-choices", role: "radiogroup" });
  group.setAttribute("aria-labelledby", `${card.facts.id} ${card.task.id}`);
  let drawn = null; // whose options are shown
  let radios = [];
  card.question.append(group);
  const typed = card.view.practice?.typed ? drawValue(card) : () => {};
  return () => {
    if (drawn !== card.view.id) {
      drawn = card.view.id;
      radios = card.view.options.map((option) => radio(card, option));
      group.replaceChildren(...radios);
    }
    typed();
    for (const each of radios) {
      const chosen = card.draft[0] === each.dataset.option;
      set(each, "aria-checked", String(chosen));
      // The verdict's mark stays with the option that was checked, also while another one is chosen.
      const { mark } = card.view.options.find(({ key }) => key === each.dataset.option);
      setText(each.querySelector(".wb-mark"), mark);
      set(each, "data-mark", /[✓✗]/.exec(mark)?.[0] ?? "");
      // One stop for Tab, the arrows move within: the way radios work everywhere.
      set(each, "tabindex", chosen || (!card.draft[0] && each === radios[0]) ? "0" : "-1");
    }
  };
}

function radio(card, { key, html }) {
  const made = make("button", { type: "button", role: "radio", class: "wb-choice" });
  made.dataset.option = key;
  const text = make("span", { class: "wb-text" });
  text.innerHTML = html;
  made.append(make("span", { class: "wb-letter" }, key.toUpperCase()), text, make("span", { class: "wb-mark" }));
  made.addEventListener("click", () => choose(card, key));
  return made;
}

export function choose(card, key) {
  if (card.pending || card.view.locked) return;
  card.draft = [key];
  card.update();
}
