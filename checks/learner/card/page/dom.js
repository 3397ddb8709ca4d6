// Elements of the page: made, and changed only where something differs.

import { tr } from "./words.js";

export function make(tag, attributes = {}, text = "") {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}

export function button(label, action) {
  const made = make("button", { type: "button", class: "wb-button" }, label);
  made.dataset.action = action;
  return made;
}

/** Only what differs is touched, so that nothing is read aloud twice and no focus is lost. */
export function set(element, attribute, value) {
  if (element.getAttribute(attribute) !== value) element.setAttribute(attribute, value);
}

export function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** `html` was made from Markdown by checks.markdown, which lets no HTML of the text through. */
export function setHTML(element, html) {
  if (element.dataset.html === html) return;
  element.dataset.html = html;
  element.innerHTML = html;
}

/** Code that is wider than its card is scrolled by the keyboard too, once it has the focus; an option has its own. */
export function reach(element) {
  for (const pre of element.querySelectorAll("pre:not(button pre)")) if (pre.scrollWidth > pre.clientWidth) pre.tabIndex = 0;
}

export function setList(element, texts) {
  if (element.children.length !== texts.length) element.replaceChildren(...texts.map(() => make("li")));
  texts.forEach((text, at) => setText(element.children[at], text));
}

export function setHints(element, hints) {
  if (hints.length < element.querySelectorAll("li").length) element.replaceChildren();
  if (hints.length && !element.children.length) element.append(make("p", { class: "wb-label" }, tr("Hints")), make("ol"));
  for (const hint of hints.slice(element.querySelectorAll("li").length)) {
    const item = make("li");
    item.innerHTML = hint;
    element.lastChild.append(item);
  }
}

/** A button that makes no sense now is disabled; one that waits for the kernel keeps the focus. */
export function enable(element, sensible, pending) {
  element.disabled = !sensible && !pending && document.activeElement !== element;
  set(element, "aria-disabled", String(!sensible || Boolean(pending)));
}

/** What is folded away under a line that opens it. */
export function fold(kind, label) {
  const root = make("details", { class: `wb-fold ${kind}` });
  const inside = make("div", { class: "wb-inside" });
  root.append(make("summary", {}, label), inside);
  return { root, inside };
}
