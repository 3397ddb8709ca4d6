// Starts the Python of a lesson: what JupyterLite's kernel is told to load in place of Pyodide.
import * as packs from "./packs.mjs";
import { loadPyodide as load } from "./pyodide.mjs";

export async function loadPyodide({ packages, ...options }) {
  // What runs answers is needed soon, and loads on another core meanwhile: see checks/runner/browser.py.
  self.workbookRunner = new Worker(new URL("../runner/worker.js", import.meta.url), { type: "module" });
  self.workbookRunner.onerror = () => delete self.workbookRunner;
  packs.begin(packages);
  const pyodide = await load({ ...options, ...packs.options });
  await packs.load(pyodide, packages);
  pyodide.loadPackage = (names) => packs.load(pyodide, [names].flat());
  pyodide.loadPackagesFromImports = async () => []; // what is not there yet comes when it is imported
  return pyodide;
}
