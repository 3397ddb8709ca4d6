// A card: its state, how it is drawn, and what it listens to.

import { drawAction } from "./action.js";
import { drawBlanks } from "./blanks.js";
import { drawChoice } from "./choice.js";
import { act, received } from "./clicks.js";
import { enable, make, reach, same, setHTML, setHints, setList, setText } from "./dom.js";
import { key } from "./keys.js";
import { layOut } from "./layout.js";
import { drawNext } from "./next.js";
import { answerCell, attempt, linkNotebooks, ownText, shared } from "./notebook.js";
import { drawOffer, startOver } from "./offers.js";
import { drawOrdering } from "./ordering.js";
import { drawBreaking, drawWriting } from "./typing.js";
import { tr } from "./words.js";

/** How sure one is of an answer to a kata's item: a button each, which also checks it. */
const SURE = ["little", "fairly", "quite"];

/** Draws what is answered in each kind of card, and gives what draws it anew. */
const DRAWN = { FillIn: drawBlanks, Choice: drawChoice, Quiz: drawChoice, Step: () => () => {}, Worked: () => () => {}, Ordering: drawOrdering, Writing: drawWriting, Breaking: drawBreaking, Kata: () => () => {} };

export function mount(model, el) {
  const view = model.get("view");
  const card = {
    model,
    view,
    draft: shared.drafts.get(view.model) ?? [...view.answer],
    selected: null, // the number of the blank that the next option fills
    held: null, // the option that the next blank takes
    pending: null, // the click that the kernel has not answered yet: {number, action, received}
    unwritten: null, // the line to type, where the answer could not be written into the cell
    trouble: "",
    offer: null, // what is asked or offered below the buttons
    clicks: view.reply,
    call: null, // a test's call as it was when drawn or last written: what is edited since is the learner's
    ...layOut(view),
    update: () => update(card),
    say: (text) => void (card.said.textContent = text),
  };
  card.draw = DRAWN[view.kind](card);
  card.action = drawAction(card);
  for (const [action, each] of Object.entries(card.buttons)) {
    each.addEventListener("click", () => (action === "reset" ? startOver(card) : act(card, action)));
  }
  el.replaceChildren(card.root);

  const keys = (event) => key(card, event);
  const heard = (message) => received(card, message);
  window.addEventListener("keydown", keys, true);
  model.on("msg:custom", heard);
  model.on("change:player", card.action.played);
  const sized = new ResizeObserver(() => reach(card.root));
  sized.observe(card.root);
  card.update();
  // Once the card is in the page: what its cell says, and whether the step's cell is still there.
  setTimeout(attempt, 0, () => {
    card.call = ownText(model, card.view, card.root);
    if (card.view.kind === "Step" && answerCell(model, card.view.id) === false) model.send({ action: "gone" });
  });
  card.stop = () => {
    window.removeEventListener("keydown", keys, true);
    model.off("msg:custom", heard);
    model.off("change:player", card.action.played);
    sized.disconnect();
  };
  return card;
}

function update(card) {
  card.root.dataset.status = card.view.status;
  if (card.view.kata) card.root.dataset.item = card.view.kata;
  setText(card.title, card.view.title);
  setList(card.facts, card.view.facts);
  setHTML(card.task, card.view.task);
  card.draw();
  // What is put in order or typed is an answer once anything of it was changed.
  const filled = card.draft.filter(Boolean).length;
  const complete = card.view.kind === "Step" || (card.view.practice?.start.length ? filled > 0 : filled === (card.view.blanks || 1));
  const untouched = card.view.untouched && !card.draft.some(Boolean);
  const sensible = {
    ...Object.fromEntries(SURE.map((sure) => [sure, complete])),
    check: complete || card.view.locked,
    hint: true,
    solution: !card.view.explanation,
    reset: !untouched,
    back: card.view.back,
  };
  for (const [action, each] of Object.entries(card.buttons)) {
    enable(each, sensible[action], card.pending);
    each.hidden = card.view.buttons ? !card.view.buttons.includes(action) : false;
  }
  card.actions.hidden = Boolean(card.view.over) || card.view.kind === "Worked";
  const judges = card.view.kata ? SURE : card.view.kind === "Quiz" ? [] : ["check"];
  const checking = judges.includes(card.pending?.action);
  setText(card.buttons.check, checking && !card.view.kata ? tr("Checking…") : card.view.last ? tr("Finish") : card.labels.check);
  card.root.setAttribute("aria-busy", String(card.pending !== null));
  // An old verdict beside a click that nobody has answered would look like the verdict on it.
  const unheard = card.trouble && !card.pending;
  if (unheard) card.root.dataset.status = "error";
  setText(card.verdict, checking ? tr("Checking…") : unheard ? tr("! The kernel has not answered") : card.view.verdict);
  setHTML(card.feedback, unheard ? "" : card.view.feedback);
  setHTML(card.notice, unheard ? "" : card.view.notice);
  setText(card.problem, card.trouble);
  card.status.classList.toggle("wb-waiting", checking);
  const changed = card.view.answer.length > 0 && !same(card.draft, card.view.answer) && !card.pending && !card.trouble;
  drawLine(card, changed ? whatNext(card, complete) : "");
  drawOffer(card);
  setHTML(card.summary, unheard ? "" : card.view.summary);
  drawNext(card);
  setHints(card.hints, card.view.hints);
  card.action.update();
  setHTML(card.explanation, card.view.explanation);
  for (const each of [card.explanation, card.notice]) linkNotebooks(card.model, each);
  shared.drafts.set(card.view.model, [...card.draft]);
}

/** What to do about an answer that is not the one that was checked. */
function whatNext(card, complete) {
  const { check } = card.labels;
  if (card.view.word) return tr("Changed: press {check} to keep it.", { check });
  return complete
    ? tr("Changed since the last check: press {check} for a verdict on it.", { check })
    : tr("Changed since the last check: fill what is empty, then press {check}.", { check });
}

function drawLine(card, changed) {
  const wanted = JSON.stringify([card.unwritten, changed]);
  if (card.line.dataset.shows === wanted) return;
  card.line.dataset.shows = wanted;
  card.line.replaceChildren();
  if (changed) card.line.append(make("p", {}, changed));
  if (card.unwritten) {
    const copy = make("button", { type: "button", class: "wb-button" }, tr("Copy"));
    copy.addEventListener("click", async () => {
      await navigator.clipboard?.writeText(card.unwritten).catch(() => {});
      card.say(tr("Copied."));
    });
    card.line.append(
      make("p", {}, tr("The card could not write into its cell. To keep your answer, put this line there:")),
      make("code", { class: "wb-copy" }, card.unwritten),
      copy,
    );
  }
}
