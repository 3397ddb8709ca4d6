// What the server says of the course, and when to ask it again.

import { same } from "./dom.js";
import { speak, tr } from "./words.js";

/** So long after a sign that something happened: several come together. */
const PAUSE_MS = 120;

/** The course as it is now: `data` is what checks.learner.home.course tells, null until the server has answered. */
export class Course {
  data = null;
  #folder = null; // where the notebook in front lies
  #timer = null;
  #asked = 0;
  #ask;
  #heed;

  /** `ask(folder)` gives a promise of the server's answer; `heed()` is called when another one has come. */
  constructor(ask, heed) {
    this.#ask = ask;
    this.#heed = heed;
  }

  /** Another notebook is in front, in this folder. */
  move(folder) {
    this.#folder = folder;
    this.refresh();
  }

  /** Something may have been answered. */
  refresh() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.load(), PAUSE_MS);
  }

  async load() {
    const number = ++this.#asked;
    let data;
    try {
      data = await this.#ask(this.#folder);
    } catch (failure) {
      console.warn("workbook: the server says nothing of the course", failure);
      data = this.data ?? { folder: null, notice: tr("The server says nothing of the lessons: start it anew.") };
    }
    if (number < this.#asked || same(data, this.data)) return; // asked again meanwhile, or nothing new
    this.data = data;
    speak(data.words);
    this.#heed();
  }

  /** The path of a notebook of the course, as the front end opens it. */
  path(notebook) {
    return [this.data.folder, notebook].filter(Boolean).join("/");
  }

  /** The lesson that stands at a path, and the one after it: [lesson, next], or []. */
  lessonAt(path) {
    const lessons = this.data?.folder == null ? [] : this.data.lessons.filter(({ notebook }) => notebook);
    const at = lessons.findIndex(({ notebook }) => this.path(notebook) === path);
    return at < 0 ? [] : [lessons[at], lessons[at + 1]];
  }
}
