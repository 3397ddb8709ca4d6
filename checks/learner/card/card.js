// The live face of a card, a test and the overview: draws what checks.learner.card.view says and tells the kernel what
// is clicked. Loaded by anywidget from checks.learner.card.live. Only HTML that Python made from Markdown is inserted
// as HTML; everything else is text.

const VIEW = "application/vnd.jupyter.widget-view+json";
/** How long the kernel may be silent after a click before the card says so. */
const PATIENCE_MS = 2500;

// anywidget loads this module anew for every widget, so what cards share lives on the page: the latest static
// faces of each, and the blanks filled but not checked yet, which a view that is drawn again shows again.
const shared = (globalThis[Symbol.for("workbook.cards")] ??= { faces: new Map(), drafts: new Map() });
const WRAPPED = Symbol.for("workbook.toJSON");

export default {
  // Called for each card that the kernel makes, also one that is scrolled out of sight and has no view yet.
  initialize({ model }) {
    const remember = () => shared.faces.set(model.get("view").model, model.get("view").faces);
    remember();
    model.on("change:view", remember);
    keepViewsOutOfTheFile(notebookOf(model));
  },
  render({ model, el }) {
    return model.get("view").kind === "Overview" ? renderOverview(model, el) : renderCard(model, el);
  },
};

// ── the notebook around the card (JupyterLab's and Notebook 7's private API; absent elsewhere) ──────────

function notebookOf(model) {
  return model.widget_manager?.context?.model;
}

/**
 * Saving writes the static faces, as they are now, and never a view that nobody could draw tomorrow. For all
 * notebooks of the page: a card's cell may be pasted into one that has not drawn any.
 */
function keepViewsOutOfTheFile(notebook) {
  let owner = notebook;
  while (owner && !Object.hasOwn(owner, "toJSON")) owner = Object.getPrototypeOf(owner);
  if (!owner || owner[WRAPPED]) return;
  const toJSON = owner.toJSON;
  const still = (output) => {
    const view = output.data?.[VIEW];
    if (!view || !output.metadata?.workbook) return output;
    const { [VIEW]: _view, ...data } = output.data;
    const { workbook: _mark, ...metadata } = output.metadata;
    return { ...output, data: { ...data, ...shared.faces.get(view.model_id) }, metadata };
  };
  owner.toJSON = function (...how) {
    const file = toJSON.apply(this, how);
    if (!file?.cells) return file;
    const cells = file.cells.map((cell) =>
      cell.outputs ? { ...cell, outputs: cell.outputs.map(still) } : cell,
    );
    return { ...file, cells };
  };
  owner[WRAPPED] = true;
}

function codeCells(model) {
  const cells = notebookOf(model)?.sharedModel?.cells;
  return cells ? [...cells].filter((cell) => cell.cell_type === "code" && cell.getSource) : [];
}

/** A link to another notebook opens it beside this one: to follow it in place would lose what is not saved. */
function linkNotebooks(model, element) {
  const manager = model.widget_manager;
  const folder = manager?.context?.path?.split("/").slice(0, -1) ?? [];
  for (const link of element.querySelectorAll("a:not([target])")) {
    link.target = "_blank"; // for Notebook 7 and front ends that do not open notebooks side by side
    const path = [...folder, link.getAttribute("href")].join("/");
    manager?.rendermime?.linkHandler?.handleLink(link, path, "");
  }
}

/** The present text of the cell that answers a step; null where nobody can tell, false where it is gone. */
function answerCell(model, id) {
  const named = `${id.replaceAll(".", "-")}-answer`;
  const cells = codeCells(model);
  const found = cells.find((cell) => cell.id === named || cell.getId?.() === named);
  return found ? found.getSource() : cells.length ? false : null;
}

/** The cell of a card that is drawn in `root`, and its one call: {cell, source, start, end}, or null. */
function ownCall(model, view, root) {
  const shows = (cell) => cell.getOutputs?.().some((output) => outputModel(output) === view.model);
  const place = root.closest("[data-windowed-list-index]")?.dataset.windowedListIndex;
  const here = notebookOf(model)?.sharedModel?.cells?.[place];
  const cells = codeCells(model);
  const own = cells.filter(shows);
  const named = `${view.id.replaceAll(".", "-")}-ask`;
  // A copied cell shows the same card, so several may.
  const cell = own.includes(here) ? here : own[0] ?? cells.find((each) => each.id === named);
  if (!cell) return null;
  const source = cell.getSource();
  const calls = view.kind === "Quiz" ? callsOf(source, wordOf(view.call)) : callsOf(source, "ask", view.id);
  return calls.length === 1 ? { cell, source, start: calls[0][0], end: calls[0][1] } : null;
}

/** The text of that call, or null. */
function ownText(model, view, root) {
  const own = ownCall(model, view, root);
  return own && own.source.slice(own.start, own.end);
}

/** Write the line that holds the answer into the card's own cell. Returns whether it stands there now. */
function writeLine(model, view, root, line) {
  const own = ownCall(model, view, root);
  if (!own) return false;
  const written = own.source.slice(0, own.start) + line + own.source.slice(own.end);
  if (written !== own.source) own.cell.setSource(written);
  return own.cell.getSource() === written;
}

/** What `action` gives. Where the front end's private API is not what it was, the card does without. */
function attempt(action) {
  try {
    return action();
  } catch (failure) {
    console.warn("workbook: the notebook around the card cannot be reached", failure);
    return undefined;
  }
}

/** The model that an output shows. Outputs are plain JSON or a shared map, by JupyterLab's version. */
function outputModel(output) {
  const data = typeof output.get === "function" ? output.get("data") : output.data;
  return data?.[VIEW]?.model_id;
}

// ── Python source ───────────────────────────────────────────────────────────────────────────────────────

/** The line that holds an answer, as Python; a test's is its letters. */
function lineOf(view, answer) {
  if (view.kind === "Quiz") return `${view.call}${answer.length ? `, answers=${literal(answer.join(""))}` : ""})`;
  return `ask(${[view.id, ...answer].map(literal).join(", ")})`;
}

/** The word that a call begins with. */
function wordOf(call) {
  return call.slice(0, call.indexOf("("));
}

/** A Python string literal, in the quotes that need the least escaping. JSON's escapes are Python's too. */
function literal(text) {
  const quoted = JSON.stringify(text);
  if (!text.includes('"') || text.includes("'")) return quoted;
  return `'${quoted.slice(1, -1).replaceAll('\\"', '"')}'`;
}

/**
 * Where calls of a word stand in Python source, with `id` only those whose first argument it is: [start, end)
 * of each, comments and strings left out.
 */
function callsOf(source, name, id = null) {
  const found = [];
  const open = []; // one entry per open bracket: where its call of the word begins, or null
  const token =
    /#[^\n]*|(?:\b[rRbBuUfF]{1,2})?(?:"""(?:\\[^]|[^\\])*?"""|'''(?:\\[^]|[^\\])*?'''|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*')|[\w.]+|[()[\]{}]/g;
  let word = null; // where the word stands, bare and just before
  for (let match; (match = token.exec(source)); ) {
    const text = match[0];
    const end = match.index + text.length;
    if ("([{".includes(text)) {
      const follows = word !== null && text === "(" && !source.slice(word + name.length, match.index).trim();
      const first = /^\s*(?:"([^"\\\n]*)"|'([^'\\\n]*)')\s*[,)]/.exec(source.slice(end));
      open.push(follows && (id === null || (first && (first[1] ?? first[2]) === id)) ? word : null);
    } else if (")]}".includes(text)) {
      const start = open.pop();
      if (start !== undefined && start !== null) found.push([start, end]);
    }
    word = text === name ? match.index : null;
  }
  return found;
}

// ── a card ──────────────────────────────────────────────────────────────────────────────────────────────

function renderCard(model, el) {
  let view = model.get("view");
  let draft = shared.drafts.get(view.model) ?? [...view.answer];
  let selected = null; // the number of the blank that the next option fills
  let held = null; // the option that the next blank takes
  let pending = null; // the click that the kernel has not answered yet: {number, action, received}
  let unwritten = null; // the line to type, where the answer could not be written into the cell
  let trouble = "";
  let clicks = view.reply;
  let call = null; // a test's call as it was when drawn or last written: what is edited since is the learner's

  const part = (name, tag = "div") => make(tag, { class: `wb-${name}` });
  const title = part("title", "p");
  title.id = `wb-${view.model}`;
  const root = make("div", { class: "wb-card", role: "group", "aria-labelledby": title.id });
  if (view.kind === "Quiz") root.dataset.quiz = view.call;
  else root.dataset.exercise = view.id;
  const facts = part("facts", "ul");
  const task = part("text");
  facts.id = `${title.id}-facts`;
  task.id = `${title.id}-task`;
  const question = part("question");
  // Not atomic: a line that is added is read without all the rest.
  const status = make("div", { class: "wb-status", role: "status", "aria-atomic": "false" });
  const verdict = part("verdict", "p");
  const feedback = part("text");
  const notice = part("text");
  const problem = part("problem", "p");
  status.append(verdict, feedback, notice, problem);
  const line = part("line");
  const hints = make("div", { class: "wb-hints", "aria-live": "polite", "aria-atomic": "false" });
  const explanation = make("div", {
    class: "wb-explanation wb-text",
    role: "region",
    "aria-label": view.kind === "Quiz" ? "What showed" : "Explanation",
    tabindex: "-1",
  });
  const said = make("p", { class: "wb-said", "aria-live": "polite" });

  const labels =
    view.kind === "Quiz"
      ? { back: "Back", check: "Next" }
      : { check: "Check", hint: "Hint", solution: "Show explanation", reset: "Start over" };
  const buttons = Object.fromEntries(
    Object.entries(labels).map(([action, label]) => [action, button(label, action)]),
  );
  const actions = part("actions");
  actions.append(...Object.values(buttons));
  root.append(title, facts, task, question, actions, line, hints, status, explanation, said);
  el.replaceChildren(root);

  const draw = { FillIn: drawBlanks, Choice: drawChoice, Quiz: drawChoice, Step: () => () => {} }[view.kind]();
  for (const [action, each] of Object.entries(buttons)) {
    each.addEventListener("click", () => act(action));
  }

  function update() {
    root.dataset.status = view.status;
    setText(title, view.title);
    setList(facts, view.facts);
    setHTML(task, view.task);
    draw();
    const complete = view.kind === "Step" || draft.filter(Boolean).length === (view.blanks || 1);
    const untouched = view.untouched && !draft.some(Boolean);
    const sensible = {
      check: complete,
      hint: true,
      solution: !view.explanation,
      reset: !untouched,
      back: view.back,
    };
    for (const [action, each] of Object.entries(buttons)) enable(each, sensible[action], pending);
    actions.hidden = Boolean(view.over);
    const checking = pending?.action === "check" && view.kind !== "Quiz";
    setText(buttons.check, checking ? "Checking…" : view.last ? "Finish" : labels.check);
    root.setAttribute("aria-busy", String(pending !== null));
    // An old verdict beside a click that nobody has answered would look like the verdict on it.
    const unheard = trouble && !pending;
    if (unheard) root.dataset.status = "error";
    setText(verdict, checking ? "Checking…" : unheard ? "! The kernel has not answered" : view.verdict);
    setHTML(feedback, unheard ? "" : view.feedback);
    setHTML(notice, unheard ? "" : view.notice);
    setText(problem, trouble);
    status.classList.toggle("wb-waiting", checking);
    const changed = view.answer.length > 0 && !same(draft, view.answer) && !pending && !trouble;
    const next = complete ? "press Check for a verdict on it" : "fill what is empty, then press Check";
    drawLine(changed ? `Changed since the last check: ${next}.` : "");
    setHints(hints, view.hints);
    setHTML(explanation, view.explanation);
    linkNotebooks(model, explanation);
    shared.drafts.set(view.model, [...draft]);
  }

  function drawLine(changed) {
    const wanted = JSON.stringify([unwritten, changed]);
    if (line.dataset.shows === wanted) return;
    line.dataset.shows = wanted;
    line.replaceChildren();
    if (changed) line.append(make("p", {}, changed));
    if (unwritten) {
      const copy = make("button", { type: "button", class: "wb-button" }, "Copy");
      copy.addEventListener("click", async () => {
        await navigator.clipboard?.writeText(unwritten).catch(() => {});
        say("Copied.");
      });
      line.append(
        make("p", {}, "The card could not write into its cell. To keep your answer, put this line there:"),
        make("code", { class: "wb-copy" }, unwritten),
        copy,
      );
    }
  }

  // ── clicks and the kernel ──

  function act(action) {
    if (pending || buttons[action].getAttribute("aria-disabled") === "true") return;
    let answer = draft;
    trouble = "";
    unwritten = null;
    say("");
    question.querySelector(".wb-code")?.scrollTo({ left: 0 });
    if (view.kind === "Quiz") {
      answer = action === "back" ? view.given.slice(0, -1) : [...view.given, ...draft];
      keep(answer);
    } else if (view.kind !== "Step" && action === "check") {
      keep(draft);
    } else if (view.kind !== "Step" && action === "reset") {
      answer = draft = [];
      selected = held = null;
      keep([]);
    }
    clicks = Math.max(clicks, view.reply) + 1; // another view of the same card may have clicked meanwhile
    pending = { number: clicks, action, received: false };
    try {
      model.send({
        action,
        number: pending.number,
        answer,
        source: view.kind === "Step" ? (attempt(() => answerCell(model, view.id)) ?? null) : null,
      });
      setTimeout(complain, PATIENCE_MS, pending.number);
    } catch {
      forgotten(); // the kernel was restarted, and the way to it closed with the old one
    }
    update();
  }

  /** Before anything else, so that it is in the notebook whatever becomes of the kernel. */
  function keep(answer) {
    const wanted = lineOf(view, answer);
    const edited = () => view.kind === "Quiz" && call !== ownText(model, view, root);
    if (attempt(() => !edited() && writeLine(model, view, root, wanted))) call = wanted;
    else if (answer.length || view.answer.length) unwritten = wanted;
  }

  /** While nothing comes back: is the kernel at it, or has it lost the click? Asked again and again. */
  async function complain(number) {
    const waiting = () => pending?.number === number;
    if (!waiting()) return;
    const kernel = model.widget_manager?.context?.sessionContext?.session?.kernel;
    const known = await model.widget_manager?.get_model?.(view.model).catch(() => null);
    if (!waiting()) return;
    if (kernel ? kernel.status === "busy" && known?.comm_live !== false : pending.received) {
      if (!pending.received) {
        trouble = `${whereItIs()}The kernel is busy with another cell; this goes on when it is free.`;
      }
      setTimeout(complain, PATIENCE_MS, number);
    } else {
      forgotten();
    }
    update();
  }

  function forgotten() {
    pending = null;
    trouble = `It may have been restarted. ${whereItIs()}To go on, run the notebook's first code cell and then the cell above.`;
  }

  function whereItIs() {
    return view.kind === "Step" || unwritten || !draft.length ? "" : "Your answer is in the cell above. ";
  }

  function received(message) {
    if (pending && message.received === pending.number) pending.received = true;
  }

  function changed() {
    const before = view;
    view = model.get("view");
    if (view.id !== before.id) draft = view.given.length < before.given.length ? [before.given.at(-1)] : [];
    else if (!same(before.answer, view.answer)) draft = [...view.answer];
    const answered = pending && view.reply >= pending.number ? pending.action : null;
    if (answered) {
      pending = null;
      trouble = "";
    }
    const focused = root.contains(document.activeElement);
    update();
    if (focused && answered === "solution") explanation.focus();
    else if (focused && answered && view.over) {
      explanation.focus({ preventScroll: true });
      root.scrollIntoView({ block: "nearest" });
    }
    else if (focused && (answered === "reset" || view.id !== before.id)) {
      (question.querySelector('button:not([tabindex="-1"])') ?? buttons.check).focus();
    }
  }

  function say(text) {
    said.textContent = text;
  }

  // ── code with blanks ──

  function drawBlanks() {
    const count = view.blanks;
    const code = make("pre", { class: "wb-code", tabindex: "0", role: "group", "aria-label": "Code with blanks" });
    const blanks = [];
    for (const piece of view.code) {
      if (typeof piece !== "number") {
        code.append(make("span", { class: piece[0] && `wb-${piece[0]}` }, piece[1]));
        continue;
      }
      const blank = make("button", { type: "button", class: "wb-blank", draggable: "true" });
      blank.dataset.blank = piece;
      blank.addEventListener("click", () => clickBlank(piece));
      draggable(blank, () => draft[piece - 1], piece);
      droppable(blank, (option, from) => {
        if (from === piece) return;
        if (from) put(from, draft[piece - 1] || "");
        put(piece, option);
      });
      blanks.push(blank);
      code.append(blank);
    }
    const tray = make("div", { class: "wb-options", role: "group", "aria-label": "Options" });
    for (const { key, code: pieces } of view.options) {
      const option = make("button", { type: "button", class: "wb-option", draggable: "true", "aria-label": `Option ${key}` });
      option.dataset.option = key;
      option.append(...pieces.map(([kind, text]) => make("span", { class: kind && `wb-${kind}` }, text)));
      option.addEventListener("click", () => clickOption(key));
      draggable(option, () => key, null);
      tray.append(option);
    }
    const out = button("Empty the blank", "take-out");
    const chosen = () => selected ?? (count === 1 ? 1 : null);
    out.addEventListener("click", () => out.getAttribute("aria-disabled") !== "true" && takeOut(chosen()));
    tray.append(out);
    // An option that is dragged out of its blank and let go anywhere else on the card leaves the blank.
    droppable(root, (_option, from) => from && takeOut(from));
    const how = make(
      "p",
      { class: "wb-how" },
      count === 1
        ? "Choose an option to fill the blank, or drag it there. Each may be used again."
        : "Choose a blank and then an option, or an option and then a blank, or drag. Each may be used again.",
    );
    question.append(code, how, tray);

    return () => {
      for (const blank of blanks) {
        const number = Number(blank.dataset.blank);
        const option = draft[number - 1] ?? "";
        const name = `Blank ${number} of ${count}, ${option ? `filled with ${option}` : "empty"}`;
        set(blank, "aria-label", name);
        set(blank, "aria-pressed", String(selected === number));
        set(blank, "draggable", String(Boolean(option)));
        blank.classList.toggle("wb-empty", !option);
        if (blank.dataset.shows === option) continue;
        blank.dataset.shows = option;
        const pieces = view.options.find(({ key }) => key === option)?.code ?? [["", option || `blank ${number}`]];
        blank.replaceChildren(...pieces.map(([kind, text]) => make("span", { class: kind && `wb-${kind}` }, text)));
      }
      for (const option of tray.querySelectorAll("[data-option]")) {
        set(option, "aria-pressed", String(held === option.dataset.option));
      }
      enable(out, Boolean(draft[chosen() - 1]), pending);
    };
  }

  function clickBlank(number) {
    if (pending) return;
    if (held !== null) {
      const option = held;
      held = null;
      put(number, option);
    } else {
      selected = number;
      say(`Blank ${number} is chosen. The next option fills it.`);
    }
    update();
  }

  function clickOption(option) {
    if (pending) return;
    const number = selected ?? (view.blanks === 1 ? 1 : null);
    if (number) {
      put(number, option);
      selected = null;
    } else {
      held = held === option ? null : option;
      say(held === null ? "" : `${option} is chosen. The next blank takes it.`);
    }
    update();
  }

  function put(number, option) {
    if (pending) return;
    while (draft.length < view.blanks) draft.push("");
    draft[number - 1] = option;
    say(option ? `Blank ${number} is filled with ${option}.` : `Blank ${number} is empty.`);
    update();
  }

  function takeOut(number) {
    if (number && draft[number - 1]) put(number, "");
  }

  function draggable(element, option, from) {
    element.addEventListener("dragstart", (event) => {
      if (pending || !option()) return event.preventDefault();
      event.stopPropagation();
      event.dataTransfer.setData("application/x-workbook", JSON.stringify([view.model, option(), from]));
      event.dataTransfer.effectAllowed = "copyMove";
      root.classList.add("wb-dragging");
    });
    element.addEventListener("dragend", () => root.classList.remove("wb-dragging"));
  }

  function droppable(element, drop) {
    const over = (on) => (event) => {
      if (!event.dataTransfer.types.includes("application/x-workbook")) return;
      event.preventDefault();
      event.stopPropagation();
      if (element !== root) element.classList.toggle("wb-over", on);
    };
    element.addEventListener("dragenter", over(true));
    element.addEventListener("dragover", over(true));
    element.addEventListener("dragleave", over(false));
    element.addEventListener("drop", (event) => {
      over(false)(event);
      const data = event.dataTransfer.getData("application/x-workbook");
      if (!data || pending) return;
      const [card, option, from] = JSON.parse(data);
      if (card !== view.model) return;
      selected = held = null;
      drop(option, from);
      update();
    });
  }

  // ── one of several ──

  function drawChoice() {
    const group = make("div", { class: "wb-choices", role: "radiogroup" });
    group.setAttribute("aria-labelledby", `${facts.id} ${task.id}`);
    let drawn = null; // whose options are shown
    let radios = [];
    question.append(group);
    return () => {
      if (drawn !== view.id) {
        drawn = view.id;
        radios = view.options.map(radio);
        group.replaceChildren(...radios);
      }
      for (const each of radios) {
        const chosen = draft[0] === each.dataset.option;
        set(each, "aria-checked", String(chosen));
        // One stop for Tab, the arrows move within: the way radios work everywhere.
        set(each, "tabindex", chosen || (!draft[0] && each === radios[0]) ? "0" : "-1");
      }
    };
  }

  function radio({ key, html }) {
    const made = make("button", { type: "button", role: "radio", class: "wb-choice" });
    made.dataset.option = key;
    const text = make("span", { class: "wb-text" });
    text.innerHTML = html;
    made.append(make("span", { class: "wb-letter" }, key), text);
    made.addEventListener("click", () => choose(key));
    return made;
  }

  function choose(key) {
    if (pending) return;
    draft = [key];
    update();
  }

  // ── keys ──

  function key(event) {
    const target = event.composedPath()[0];
    if (!event.composedPath().includes(root)) return;
    if (event.ctrlKey || event.metaKey) {
      // These would take answers out of the cell, or run it and drop what is chosen and not checked.
      if (["z", "y", "enter"].includes(event.key.toLowerCase())) event.stopImmediatePropagation();
      return;
    }
    // Here on the window, before JupyterLab: to it an x means "delete this cell". What the browser itself does
    // with a key (Tab, Enter and Space on a button) goes on.
    event.stopImmediatePropagation();
    const blank = target.closest?.("[data-blank]");
    const group = target.closest?.(".wb-code, .wb-options, .wb-choices, .wb-actions");
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (blank && (event.key === "Delete" || event.key === "Backspace")) {
      event.preventDefault();
      takeOut(Number(blank.dataset.blank));
    } else if (event.key === "Escape") {
      if (selected !== null || held !== null) say("Nothing is chosen any more.");
      selected = held = null;
      update();
    } else if (step && group && target !== group) {
      event.preventDefault();
      const stops = [...group.querySelectorAll("button:not(:disabled)")];
      const next = stops[(stops.indexOf(target.closest("button")) + step + stops.length) % stops.length];
      next?.focus();
      if (next?.getAttribute("role") === "radio") choose(next.dataset.option);
    }
  }

  window.addEventListener("keydown", key, true);
  model.on("change:view", changed);
  model.on("msg:custom", received);
  update();
  // Once the card is in the page: what its cell says, and whether the step's cell is still there.
  setTimeout(attempt, 0, () => {
    call = ownText(model, view, root);
    if (view.kind === "Step" && answerCell(model, view.id) === false) model.send({ action: "gone" });
  });
  return () => {
    window.removeEventListener("keydown", key, true);
    model.off("change:view", changed);
    model.off("msg:custom", received);
  };
}

// ── the overview ────────────────────────────────────────────────────────────────────────────────────────

function renderOverview(model, el) {
  const root = make("div", { class: "wb-card wb-overview", role: "group", "aria-label": "Your progress" });
  const list = make("ul", { class: "wb-lessons" });
  const notice = make("div", { class: "wb-text", role: "status" });
  root.append(list, notice);
  el.replaceChildren(root);
  const update = () => {
    const { lessons, notice: text } = model.get("view");
    while (list.children.length < lessons.length) {
      const row = make("li");
      const bar = make("div", { class: "wb-bar", role: "progressbar", "aria-valuemin": "0" });
      bar.append(make("div", { class: "wb-bar-done" }));
      row.append(make("span", { class: "wb-lesson" }), bar, make("span"), make("span"));
      list.append(row);
    }
    lessons.forEach((lesson, at) => {
      const [name, bar, count, minutes] = list.children[at].children;
      const words = `${lesson.done} of ${lesson.of} ${lesson.unit}`;
      setText(name, lesson.title);
      setText(count, (lesson.done === lesson.of ? "✓ " : "") + words);
      setText(minutes, `${lesson.minutes} minutes`);
      set(bar, "aria-label", lesson.title);
      set(bar, "aria-valuemax", String(lesson.of));
      set(bar, "aria-valuenow", String(lesson.done));
      set(bar, "aria-valuetext", words);
      bar.firstChild.style.width = `${(100 * lesson.done) / lesson.of}%`;
    });
    setHTML(notice, text);
  };
  model.on("change:view", update);
  update();
  return () => model.off("change:view", update);
}

// ── the page ────────────────────────────────────────────────────────────────────────────────────────────

function make(tag, attributes = {}, text = "") {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}

function button(label, action) {
  const made = make("button", { type: "button", class: "wb-button" }, label);
  made.dataset.action = action;
  return made;
}

/** Only what differs is touched, so that nothing is read aloud twice and no focus is lost. */
function set(element, attribute, value) {
  if (element.getAttribute(attribute) !== value) element.setAttribute(attribute, value);
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** `html` was made from Markdown by checks.markdown, which lets no HTML of the text through. */
function setHTML(element, html) {
  if (element.dataset.html === html) return;
  element.dataset.html = html;
  element.innerHTML = html;
}

function setList(element, texts) {
  if (element.children.length !== texts.length) element.replaceChildren(...texts.map(() => make("li")));
  texts.forEach((text, at) => setText(element.children[at], text));
}

function setHints(element, hints) {
  if (hints.length < element.querySelectorAll("li").length) element.replaceChildren();
  if (hints.length && !element.children.length) element.append(make("p", { class: "wb-label" }, "Hints"), make("ol"));
  for (const hint of hints.slice(element.querySelectorAll("li").length)) {
    const item = make("li");
    item.innerHTML = hint;
    element.lastChild.append(item);
  }
}

/** A button that makes no sense now is disabled; one that waits for the kernel keeps the focus. */
function enable(element, sensible, pending) {
  element.disabled = !sensible && !pending && document.activeElement !== element;
  set(element, "aria-disabled", String(!sensible || Boolean(pending)));
}
