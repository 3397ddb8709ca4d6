// Python source: the line that holds an answer, and where a cell's calls stand.

/** The line that holds an answer, as Python; a test's is its letters. */
export function lineOf(view, answer) {
  if (view.kata) return `${view.call}${answer.length ? `, answers=[${answer.map(listed).join(", ")}]` : ""})`;
  if (view.practice) {
    const { word, exercise, keywords } = view.practice;
    const parts = [...[exercise, ...answer].map(literal), keywords];
    // A line of code is a line of its own, so that it can be read there too.
    const read = answer.length && ["Ordering", "Writing", "Breaking"].includes(view.kind);
    return read ? `${word}(\n${parts.map((part) => `    ${part},\n`).join("")})` : `${word}(${parts.join(", ")})`;
  }
  if (view.kind === "Quiz") return `${view.call}${answer.length ? `, answers=${literal(answer.join(""))}` : ""})`;
  return `${view.word ?? "ask"}(${[view.id, ...answer].map(literal).join(", ")})`;
}

const listed = (parts) => `[${parts.map(literal).join(", ")}]`;

/** The word that a call begins with. */
export function wordOf(call) {
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
export function callsOf(source, name, id = null) {
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

