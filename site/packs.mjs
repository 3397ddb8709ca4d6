// Puts Python packages where Python finds them: a pack is a compressed TAR of many, unpacked in one go.
//
// Pyodide would install them one by one, and in Python. Which package is in which pack, and what it needs,
// is told by pyodide-lock.json; both are written by packs.py.
const HERE = new URL(".", import.meta.url).href;
const BLOCK = 512; // bytes, of TAR

export const options = {
  lockFileContents: fetch(`${HERE}pyodide-lock.json`).then((reply) => reply.json()),
  packageBaseUrl: HERE,
};
const under_way = new Map();
const placed = new Set();

/** Begin to download what these packages and all that they need are in. */
export async function begin(names) {
  const packs = await packsOf(names);
  for (const pack of packs) if (!under_way.has(pack)) under_way.set(pack, content(pack));
  return packs;
}

/** Have these packages, with all that they need, in this Python. */
export async function load(pyodide, names) {
  for (const pack of await begin(names)) {
    if (placed.has(pack)) continue;
    placed.add(pack);
    unpack(pyodide.FS, await under_way.get(pack));
    under_way.set(pack, null);
  }
  const { packages } = await options.lockFileContents;
  for (const { name, file_name } of Object.values(packages)) {
    if (placed.has(file_name)) pyodide.loadedPackages[name] = "this site";
  }
  pyodide.runPython("import importlib; importlib.invalidate_caches()");
}

async function packsOf(names) {
  const { packages } = await options.lockFileContents;
  const needed = new Set(names);
  for (const name of needed) for (const other of packages[name].depends) needed.add(other);
  return new Set([...needed].map((name) => packages[name].file_name));
}

async function content(pack) {
  const { body } = await fetch(HERE + pack);
  return new Uint8Array(await new Response(body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
}

/** Write the files of a TAR; they go on using its bytes. */
export function unpack(FS, tar) {
  const text = (from, length) => new TextDecoder().decode(tar.subarray(from, from + length)).replace(/\0.*/s, "");
  for (let at = 0; tar[at]; ) {
    const [name, size, folder] = [text(at, 100), parseInt(text(at + 124, 12), 8), text(at + 345, 155)];
    const path = `/${folder}${folder && "/"}${name}`;
    FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    at += BLOCK;
    FS.writeFile(path, tar.subarray(at, at + size), { canOwn: true });
    at += Math.ceil(size / BLOCK) * BLOCK;
  }
}
