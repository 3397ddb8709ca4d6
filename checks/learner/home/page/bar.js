// The line above a lesson: how many of its steps are done, the next step, the next lesson, all lessons.

import { button, make, setText } from "./dom.js";
import { tr } from "./words.js";

export class Bar {
  #panel;
  #widget;
  #parts = {};

  /** `go` has what each button does: step, lesson and home. */
  constructor(Widget, panel, go) {
    this.#panel = panel;
    this.#widget = new Widget();
    this.#widget.addClass("wb-above");
    this.#widget.hide();
    const done = make("span", { class: "wb-count", role: "status" });
    const step = this.#button(go.step);
    const lesson = this.#button(go.lesson);
    const home = this.#button(go.home);
    step.setAttribute("aria-keyshortcuts", "Alt+.");
    this.#parts = { done, step, lesson, home };
    this.#widget.node.setAttribute("role", "group");
    this.#widget.node.append(make("span", { class: "wb-marks", "aria-hidden": "true" }), done, step, lesson, home);
    panel.contentHeader.addWidget(this.#widget);
  }

  #button(act) {
    const made = button("", "go"); // its label comes with the course, which says in which language
    made.addEventListener("click", act);
    return made;
  }

  draw(course) {
    const [lesson, next] = course.lessonAt(this.#panel.context.path);
    this.#widget.setHidden(!lesson);
    if (!lesson) return;
    const { done, step, lesson: further, home } = this.#parts;
    setText(step, tr("Next step"));
    setText(further, tr("Next lesson"));
    setText(home, tr("All lessons"));
    step.title = tr("Alt and the full stop");
    this.#widget.node.setAttribute("aria-label", tr("Lesson {title}", lesson));
    setText(done, lesson.of ? lesson.count : lesson.title);
    step.hidden = lesson.done === lesson.of;
    further.hidden = !next;
    further.classList.toggle("wb-go", lesson.done === lesson.of);
    further.title = next ? next.title : "";
  }
}
