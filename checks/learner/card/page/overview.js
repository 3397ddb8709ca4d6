// The overview of all lessons.

import { make, set, setHTML, setText } from "./dom.js";
import { tr } from "./words.js";

export function renderOverview(model, el) {
  const root = make("div", { class: "wb-card wb-overview", role: "group", "aria-label": tr("Your progress"), lang: model.get("view").lang });
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
      setText(name, lesson.title);
      setText(count, (lesson.done === lesson.of ? "✓ " : "") + lesson.count);
      setText(minutes, lesson.time);
      set(bar, "aria-label", lesson.title);
      set(bar, "aria-valuemax", String(lesson.of));
      set(bar, "aria-valuenow", String(lesson.done));
      set(bar, "aria-valuetext", lesson.count);
      bar.firstChild.style.width = `${(100 * lesson.done) / lesson.of}%`;
    });
    setHTML(notice, text);
  };
  model.on("change:view", update);
  update();
  return () => model.off("change:view", update);
}
