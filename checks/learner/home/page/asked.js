// Who is asked how far the learner is: the server, and where it cannot know, a file that a kernel keeps.

/** Gives the function that asks; what it promises is what checks.learner.home.course tells. */
export function asks(app, ServerConnection) {
  return async (folder) => {
    const { serverSettings } = app.serviceManager;
    const query = folder === null ? "" : `?folder=${encodeURIComponent(folder)}`;
    const address = `${serverSettings.baseUrl}workbook/home${query}`;
    const answer = await ServerConnection.makeRequest(address, { cache: "no-store" }, serverSettings);
    if (!answer.ok) throw new ServerConnection.ResponseError(answer);
    const told = await answer.json();
    return told.kept ? newer(app, told) : told;
  };
}

/** In the browser edition the answer is that of the first day; a kernel keeps what has come since. */
async function newer(app, told) {
  const file = await app.serviceManager.contents.get(told.kept, { content: true }).catch(() => null);
  if (!file) return told;
  return { ...told, ...JSON.parse(file.format === "base64" ? atob(file.content) : file.content) }; // it is ASCII
}
