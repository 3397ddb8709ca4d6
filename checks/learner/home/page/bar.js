// The line above a lesson: how many of its steps are done, the next step, the next lesson, all lessons.

import { button, make, setText } from "./dom.js";

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
    const step = this.#button("Next step", go.step);
    const lesson = this.#button("Next lesson", go.lesson);
    const home = this.#button("All lessons", go.home);
    step.setAttribute("aria-keyshortcuts", "Alt+.");
    step.title = "Alt and the full stop";
    this.#parts = { done, step, lesson };
    this.#widget.node.setAttribute("role", "group");
    this.#widget.node.append(make("span", { class: "wb-marks", "aria-hidden": "true" }), done, step, lesson, home);
    panel.contentHeader.addWidget(this.#widget);
  }

  #button(label, act) {
    const made = button(label, "go");
    made.addEventListener("click", act);
    return made;
  }

  draw(course) {
    const [lesson, next] = course.lessonAt(this.#panel.context.path);
    this.#widget.setHidden(!lesson);
    if (!lesson) return;
    const { done, step, lesson: further } = this.#parts;
    this.#widget.node.setAttribute("aria-label", `Lesson ${lesson.title}`);
    setText(done, lesson.of ? `${lesson.done} of ${lesson.of} ${lesson.unit}` : lesson.title);
    step.hidden = lesson.done === lesson.of;
    further.hidden = !next;
    further.classList.toggle("wb-go", lesson.done === lesson.of);
    further.title = next ? next.title : "";
  }
}
