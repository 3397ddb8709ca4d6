// Compiles the Python modules that a start in the browser imports. Called by bytecode.py:
// node rehearse.mjs PYODIDE TAR OUT START…
//
// TAR has all packages. Each START is Python code, run in a Pyodide of its own; the modules that were then
// imported, and its own, are compiled in a fresh one, and stand in OUT, a ZIP, by their sources' paths.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, tar, out, ...starts] = process.argv.slice(2);
globalThis.fetch = async () => ({ json: () => ({}) }); // packs.mjs would look for its list of packages
const { unpack } = await import("./packs.mjs");
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));

async function python() {
  const env = { HOME: "/tmp", PYTHONHASHSEED: "0", MLFLOW_DISABLE_TELEMETRY: "true" };
  const pyodide = await loadPyodide({ indexURL: folder, env, stdout: () => {}, stderr: () => {} });
  unpack(pyodide.FS, new Uint8Array(readFileSync(tar)));
  pyodide.runPython("import importlib; importlib.invalidate_caches()");
  return pyodide;
}

const imported = new Set();
for (const start of starts) {
  const pyodide = await python();
  pyodide.FS.writeFile("/start.py", start);
  globalThis.workbookRunner = { postMessage() {} }; // no answer is run
  await pyodide.runPythonAsync(`
import pathlib, sys, traceback
from importlib.util import source_from_cache
sys.dont_write_bytecode = False
try:
    exec(compile(open("/start.py").read(), "/start.py", "exec"), {})
except BaseException:
    pathlib.Path("/tmp/failed").write_text(traceback.format_exc())
paths = {getattr(module, "__file__", None) or "" for module in sys.modules.values() if module}
# Some are loaded by their path, and are in no list.
paths |= {source_from_cache(str(path)) for path in pathlib.Path("/lib").rglob("__pycache__/*.pyc")}
pathlib.Path("/tmp/imported").write_text("\\n".join(path for path in paths if path.endswith(".py")))
`);
  if (pyodide.FS.analyzePath("/tmp/failed").exists) {
    console.error(pyodide.FS.readFile("/tmp/failed", { encoding: "utf8" }));
    process.exit(1);
  }
  for (const path of pyodide.FS.readFile("/tmp/imported", { encoding: "utf8" }).split("\n")) imported.add(path);
}
const pyodide = await python();
pyodide.FS.writeFile("/tmp/imported", [...imported].sort().join("\n"));
pyodide.runPython(`
import ast, importlib.util, pathlib, re, sys, zipfile
from importlib._bootstrap_external import _code_to_hash_pyc

def documented(path):
    # Of what nobody looks up the first line will do: a third of what is compiled would be documentation.
    return re.search(r"site-packages/(?!(IPython|ipywidgets|checks|mlflow/(tracking|entities))/)", path) is None

def brief(tree):
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            if text := ast.get_docstring(node, clean=False):
                node.body[0].value.value = text.strip().partition("\\n")[0]
    return tree

stdlib = zipfile.ZipFile(next(path for path in sys.path if path.endswith(".zip")))
with zipfile.ZipFile("/tmp/made.zip", "w") as made:
    for path in pathlib.Path("/tmp/imported").read_text().split("\\n"):
        own = path.startswith(f"{stdlib.filename}/")
        source = stdlib.read(path.removeprefix(f"{stdlib.filename}/")) if own else pathlib.Path(path).read_bytes()
        tree = ast.parse(source)
        code = compile(tree if documented(path) else brief(tree), path, "exec", dont_inherit=True, optimize=0)
        # Never compared with its source: what is served together stays together.
        made.writestr(path[1:], _code_to_hash_pyc(code, importlib.util.source_hash(source), checked=False))
`);
writeFileSync(out, pyodide.FS.readFile("/tmp/made.zip"));
