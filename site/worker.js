// Runs answers, in a Python of their own: one job at a time, and after each all of its memory is put back.
//
// A worker that checks/runner/browser.py starts, ends and replaces. It is told {mlflow}, whether its jobs want
// that, and then a job as
// {order, files: [[path, bytes], …]}, answers {note} and {wrote: [name, bytes]} while it runs, and at last
// {done: status, files}. Python's side of it is checks/runner/inside.py.
import * as packs from "../pyodide/packs.mjs";
import { loadPyodide } from "../pyodide/pyodide.mjs";

const PLACE = "/job";
const TOLD = ["ready", "printed", "result", "trace"];
const FILE = 16 << 20; // bytes of any one file, as on the desktop
const MEMORY = 1 << 30; // bytes of all memory
const EFBIG = 22;
const EROFS = 69;

// What was put back must not be let go of later.
globalThis.FinalizationRegistry = class {
  register() {}
  unregister() {}
};
const { grow } = WebAssembly.Memory.prototype;
WebAssembly.Memory.prototype.grow = function (pages) {
  if (this.buffer.byteLength + (pages << 16) > MEMORY) throw new RangeError("That is more than a job may use.");
  return grow.call(this, pages);
};

// The first worker is started before it is known what for: Python itself can load meanwhile.
const told = new Promise((resolve) => (self.onmessage = ({ data }) => resolve(data)));
packs.begin(["workbook-runner"]);
const pyodide = await loadPyodide({
  ...packs.options,
  jsglobals: { setTimeout: () => 0, clearTimeout: () => {} },
  env: { HOME: "/tmp", LANG: "C.UTF-8", PYTHONHASHSEED: "0", PYTHONUTF8: "1", MLFLOW_DISABLE_TELEMETRY: "true" },
});
const { FS, _module: wasm } = pyodide;
const { mlflow } = await told;
await packs.load(pyodide, ["workbook-runner", ...(mlflow ? ["mlflow-skinny"] : [])]);
pyodide.runPython(`from checks.runner import inside; inside.prepare(${mlflow ? "True" : "False"}); import gc; gc.collect()`);
const command = wasm.stringToNewUTF8("from checks.runner import inside; inside.run()");

let sealed = false;
watch(FS.filesystems.MEMFS.ops_table);
const warm = wasm.HEAPU8.slice();
const stack = wasm._emscripten_stack_get_current();
const streams = [...FS.streams];
sealed = true;
for (const name of ["fetch", "XMLHttpRequest", "WebSocket", "indexedDB", "caches", "BroadcastChannel"]) {
  Object.defineProperty(self, name, { value: undefined });
}
self.onmessage = ({ data }) => run(data);
self.postMessage({ ready: true });

function run({ order, files }) {
  FS.writeFile(`${PLACE}/order`, order);
  FS.writeFile(`${PLACE}/ready`, "");
  FS.mkdir(`${PLACE}/here`);
  for (const [path, bytes] of files) {
    FS.mkdirTree(`${PLACE}/${path.slice(0, path.lastIndexOf("/"))}`);
    FS.writeFile(`${PLACE}/${path}`, bytes);
  }
  let status = -1;
  try {
    wasm._PyRun_SimpleString(command);
  } catch (end) {
    if (typeof end?.status === "number") status = end.status;
    else self.postMessage({ log: String(end?.stack ?? end) });
  }
  const left = files.map(([path]) => [path, content(path)]);
  const size = wasm.HEAPU8.length;
  putBack();
  self.postMessage({ done: status, files: left, grown: size - warm.length });
}

function content(path) {
  try {
    return FS.readFile(`${PLACE}/${path}`);
  } catch {
    return new Uint8Array();
  }
}

function putBack() {
  wasm.HEAPU8.set(warm);
  wasm.HEAPU8.fill(0, warm.length);
  wasm.__emscripten_stack_restore(stack);
  FS.streams.length = 0;
  FS.streams.push(...streams);
  streams.forEach((stream, number) => stream && (stream.fd = number)); // which was lost if it was closed
  FS.currentPath = "/";
  empty(FS.lookupPath(PLACE).node);
}

function empty(folder) {
  for (const [name, node] of Object.entries(folder.contents)) {
    if (FS.isDir(node.mode)) empty(node);
    FS.destroyNode(node);
    delete folder.contents[name];
  }
}

/** Tell what is written, bound it, and keep a job from writing elsewhere. */
function watch({ file, dir, link }) {
  const root = FS.lookupPath(PLACE).node;
  const inside = (node) => {
    for (; node !== node.parent; node = node.parent) if (node === root) return true;
    return false;
  };
  const guard = (ops, name, node = (of) => of) => {
    const before = ops[name];
    ops[name] = (...given) => {
      if (sealed && !inside(node(given[0]))) throw new FS.ErrnoError(EROFS);
      return before(...given);
    };
  };
  for (const name of ["mknod", "rename", "unlink", "rmdir", "symlink", "setattr"]) guard(dir.node, name);
  guard(file.node, "setattr");
  guard(link.node, "setattr");
  const write = file.stream.write;
  file.stream.write = (stream, buffer, offset, length, position, ...rest) => {
    if (sealed) {
      if (position + length > FILE) throw new FS.ErrnoError(EFBIG);
      const { node } = stream;
      if (node.parent === root && TOLD.includes(node.name)) {
        self.postMessage({ wrote: [node.name, buffer.slice(offset, offset + length)] });
      }
    }
    return write(stream, buffer, offset, length, position, ...rest);
  };
  guard(file.stream, "write", (stream) => stream.node);
}
