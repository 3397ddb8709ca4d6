// What the page says, in the learner's language: tr("Copied.") is that sentence in it. English stands in the calls, each
// as one string, as the catalogue is made of them (checks/catalogue.py).

let spoken = {};

/** English → what stands for it in the learner's language; nothing where that is English. */
export function speak(words) {
  spoken = words ?? {};
}

/** The message, with each {name} replaced by the value of that name. */
export function tr(message, values = {}) {
  return (spoken[message] ?? message).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
