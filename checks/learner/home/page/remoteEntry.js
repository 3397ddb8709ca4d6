// What JupyterLab and Notebook 7 ask every prebuilt extension for: a container with `init` and `get`. They load this
// file as a script, hand it the modules that are shared, and get a factory of the extension's own module.

{
  const here = document.currentScript.src;
  let scope = {};

  /** A module of the front end's own, by its name: the very one that it uses itself. */
  const shared = async (name) => {
    const versions = Object.values(scope[name]);
    const version = versions.find((each) => each.loaded) ?? versions[0];
    return (await version.get())();
  };

  (window._JUPYTERLAB ??= {})["mlops-workbook"] = {
    init(given) {
      scope = given;
    },
    async get() {
      const { makePlugin } = await import(new URL("extension.js", here));
      const plugin = await makePlugin(shared);
      return () => ({ __esModule: true, default: plugin });
    },
  };
}
