// The course home: drawn of what the server tells, all of it as text, and drawn anew when that has changed.

import { make } from "./dom.js";
import { tr } from "./words.js";

/** In words and with a sign, so that nothing is said by colour alone. */
const SIGNS = {
  solved: () => ["✓", tr("solved")],
  tried: () => ["✗", tr("tried, not solved yet")],
  open: () => ["○", tr("not tried yet")],
};

/** Draw the home into `root`; `open(place)` opens a notebook at a cell. What had the focus has it still. */
export function drawHome(root, course, open) {
  const focused = root.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  const { data } = course;
  root.replaceChildren(...(data.folder === null ? nowhere(data) : parts(data, open)));
  if (focused !== undefined) root.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function nowhere({ notice }) {
  const none = tr("There are no lessons in this folder. Open one, or start the workbook with: {line}", { line: "workbook lab" });
  return [make("h2", {}, "Workbook"), make("p", {}, notice ?? none)];
}

function parts(data, open) {
  const lines = (items, draw) => {
    const list = make("ul");
    list.append(...items.map((item) => within("li", {}, ...draw(item))));
    return list;
  };
  const go = (key, label, place) => link(key, label, () => open(place));
  const found = [make("h2", {}, "Workbook")];
  if (data.notice) found.push(make("p", { class: "wb-warning", role: "alert" }, data.notice));
  if (data.next) {
    const start = go("next", tr("Continue here"), data.next.place);
    start.classList.add("wb-go");
    found.push(within("p", {}, start, " ", small(`${data.next.where}: ${data.next.title}`)));
  } else {
    found.push(make("p", {}, tr("✓ All exercises are solved. Reviews and tests keep what you know.")));
  }
  found.push(make("h3", {}, tr("Lessons")), lines(data.lessons, (lesson) => drawLesson(lesson, open)));
  if (data.mistakes.length) {
    found.push(make("h3", {}, tr("Mistakes to practise")));
    found.push(
      lines(data.mistakes, ({ title, where, place }) => [go(`mistake ${title}`, title, place), small(where)]),
    );
  }
  found.push(make("h3", {}, tr("Test and review")));
  found.push(
    lines(
      [{ title: tr("Review"), ...data.due }, ...data.tests],
      ({ title, say, score, place: at }) => [
        go(title, title, at),
        small(say ?? (score ? lastTime(score) : tr("ten questions, not taken yet"))),
      ],
    ),
  );
  for (const { pattern, strength, ways } of data.ways) {
    const fold = make("details", {});
    fold.append(
      make("summary", {}, `${tr("Ways to study {pattern}", { pattern })}${strength ? `: ${strength}` : ""}`),
      lines(ways, ({ title, say, place: at }) => [go(`${pattern} ${title}`, title, at), small(say)]),
    );
    found.push(fold);
  }
  const { means, topics } = data.strengths;
  if (topics.length) {
    found.push(make("h3", {}, tr("Strength by topic")), make("p", {}, means));
    found.push(
      lines(topics, ({ title, strength, right, asked }) => [
        make("span", {}, title),
        small(tr("{strength}, {right} of {asked}", { strength, right, asked })),
      ]),
    );
  }
  if (data.edition) found.push(within("p", {}, small(data.edition)));
  return found;
}

const lastTime = ([right, asked]) => tr("last time {right} of {asked}", { right, asked });

function drawLesson(lesson, open) {
  const { title, notebook, time, count, of, unit, marks } = lesson;
  const name = notebook ? link(title, title, () => open(lesson)) : make("span", {}, title);
  const facts = [time, of ? count : ""].filter(Boolean).join(" · ");
  if (!of) return [name, small(facts)];
  const signs = make("ul", { class: "wb-marks", "aria-label": tr("{unit} of lesson {title}", { unit, title }) });
  for (const mark of marks) {
    const [sign, word] = SIGNS[mark.state]();
    const item = make("li", { "data-state": mark.state, title: `${mark.title}: ${word}` });
    item.append(make("span", { "aria-hidden": "true" }, sign), make("span", { class: "wb-said" }, `${mark.title}: ${word}`));
    signs.append(item);
  }
  return [name, small(facts), signs];
}

function link(key, label, act) {
  const made = make("button", { type: "button", "data-key": key }, label);
  made.addEventListener("click", act);
  return made;
}

const small = (text) => make("small", {}, text);

function within(tag, attributes, ...children) {
  const made = make(tag, attributes);
  made.append(...children);
  return made;
}
