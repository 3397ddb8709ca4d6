// The player: a walk through the learner's own code, in the situation that the verdict tells of or another one.

import { button, enable, fold, make, setHTML, setText } from "./dom.js";
import { drawCode, drawHeld, drawHistory } from "./stage.js";
import { tr } from "./words.js";

/** How long the kernel may be silent before the player says so. */
const SILENT_MS = 4000;
/** Where a key leads, from the step at hand, of so many. */
const KEYS = {
  ArrowRight: (at) => at + 1,
  ArrowDown: (at) => at + 1,
  ArrowLeft: (at) => at - 1,
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: (_, count) => count - 1,
};

export function drawPlayer(card) {
  const practised = Boolean(card.view.practice);
  const title = practised
    ? tr("See it in action: the code, line by line")
    : tr("See it in action: your code, line by line");
  const { root, inside } = fold("wb-player", title);
  const named = (name) => `wb-${card.view.model}-${name}`;
  const cases = make("select", { id: named("case") });
  const choice = make("p", { class: "wb-case" });
  choice.append(make("label", { for: named("case") }, tr("Situation")), cases);
  const steps = make("div", { class: "wb-steps", role: "group", "aria-label": tr("Steps") });
  const labels = { first: tr("First"), back: tr("Back"), forward: tr("Forward"), last: tr("Last") };
  const buttons = Object.fromEntries(Object.entries(labels).map(([name, label]) => [name, button(label, `step-${name}`)]));
  const count = make("span", { class: "wb-count" });
  steps.append(...Object.values(buttons), count);
  const says = make("p", { class: "wb-says", "aria-live": "polite" });
  const where = make("p", { class: "wb-where" });
  const code = make("ol", { class: "wb-lines", tabindex: "0", "aria-label": practised ? tr("The code") : tr("Your code") });
  const held = make("table", { class: "wb-held" });
  const of = make("p", { class: "wb-history-of", id: named("history") });
  const history = make("ul", { class: "wb-history" });
  const printed = make("pre", { class: "wb-printed", tabindex: "0", "aria-label": tr("Printed so far") });
  const stage = make("div", { class: "wb-stage" });
  const seen = make("div", { class: "wb-seen" });
  seen.append(of, history, held, printed);
  stage.append(code, seen);
  const how = make("p", { class: "wb-how" }, tr("By keyboard: arrow keys for back and forward, Home and End."));
  inside.append(choice, steps, says, where, stage, how);
  let at = 0;
  let asked = null; // the number of the request that the kernel has not answered yet
  let trouble = "";

  const walk = () => card.model.get("player") ?? {};

  function ask(chosen = null) {
    asked = (asked ?? walk().reply ?? 0) + 1;
    trouble = "";
    const number = asked;
    try {
      card.model.send({ action: "play", case: chosen, number });
    } catch {
      trouble = tr("The kernel has not answered. Run your cell again.");
      asked = null;
    }
    setTimeout(() => {
      if (asked !== number) return;
      const kernel = card.model.widget_manager?.context?.sessionContext?.session?.kernel;
      const busy = kernel?.status === "busy";
      trouble = busy ? tr("The kernel is still busy.") : tr("The kernel has not answered. Run your cell again.");
      draw();
    }, SILENT_MS);
    draw();
  }

  function go(to) {
    const { moments = [] } = walk();
    at = Math.max(0, Math.min(to, moments.length - 1));
    draw();
  }

  function draw() {
    const { moments = [], trouble: failed } = walk();
    const moment = asked === null ? moments[at] : undefined;
    for (const part of [choice, steps, where, stage, how]) part.hidden = !moment;
    if (!moment) {
      delete says.dataset.html;
      setText(says, trouble || (asked === null ? failed || "" : tr("Running the code once more, line by line…")));
      return;
    }
    setText(count, tr("Step {number} of {count}", { number: at + 1, count: moments.length }));
    const sensible = { first: at > 0, back: at > 0, forward: at < moments.length - 1, last: at < moments.length - 1 };
    for (const [name, each] of Object.entries(buttons)) enable(each, sensible[name], false);
    setHTML(says, moment.says);
    setText(where, moment.where ? tr("In {where}", { where: moment.where }) : "");
    drawCode(code, moment.line);
    drawHeld(held, moment);
    drawHistory(history, moment);
    setText(printed, moment.printed ? `${tr("Printed so far:")}\n${moment.printed}` : "");
    printed.hidden = !moment.printed;
  }

  root.addEventListener("toggle", () => root.open && !walk().moments && asked === null && ask());
  cases.addEventListener("change", () => ask(cases.selectedIndex));
  buttons.first.addEventListener("click", () => go(0));
  buttons.back.addEventListener("click", () => go(at - 1));
  buttons.forward.addEventListener("click", () => go(at + 1));
  buttons.last.addEventListener("click", () => go(Infinity));

  return {
    root,
    /** The kernel has run it; or a new verdict has come, and the walk of the one before is over. */
    played() {
      const { moments, cases: given = [], code: lines = [], chosen, start = 0 } = walk();
      asked = null;
      trouble = "";
      if (!moments) root.open = root.open && Boolean(walk().trouble);
      cases.replaceChildren(...given.map((each) => make("option", {}, each)));
      if (given.length) cases.selectedIndex = chosen;
      code.replaceChildren(...lines.map((line) => make("li", {}, line)));
      at = start;
      draw();
    },
    update() {
      root.hidden = !card.view.playable;
    },
    press(event, target) {
      const { moments = [] } = walk();
      const step = KEYS[event.key];
      if (!step || !moments.length || target.closest("select")) return;
      event.preventDefault();
      go(step(at, moments.length));
    },
  };
}
