// Keeps the site in the browser, so that it works without network after the first visit.
//
// The build writes this in front of JupyterLite's own service worker, with VERSION and FILES: what is needed
// in any case. What else a page has loaded, it tells by itself.
const SITE = `workbook-${VERSION}`;
const HERE = new URL(".", self.location).href;

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith("workbook-") && name !== SITE) await caches.delete(name);
      }
    })(),
  );
});

self.addEventListener("message", (event) => {
  if (!event.data?.keep) return;
  const files = new Set([...event.data.keep, ...FILES.map((file) => HERE + file)].map(plain));
  event.waitUntil(keep([...files].filter((file) => file.startsWith(HERE))));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(HERE) || /\/api\/(drive|stdin|service)/.test(request.url)) return;
  event.stopImmediatePropagation();
  event.respondWith(kept(request));
});

function plain(address) {
  const url = new URL(address);
  url.search = url.hash = "";
  return url.href.endsWith("/") ? `${url.href}index.html` : url.href;
}

async function kept(request) {
  const cache = await caches.open(SITE);
  const found = await cache.match(plain(request.url));
  if (found) return found;
  const response = await fetch(request);
  if (response.status === 200 && !response.redirected) await cache.put(plain(request.url), response.clone());
  return response;
}

async function keep(files) {
  const cache = await caches.open(SITE);
  for (const file of files) {
    if (await cache.match(file)) continue;
    const response = await fetch(file).catch(() => null);
    if (!response?.ok) return;
    await cache.put(file, response);
  }
  await cache.put(`${HERE}kept`, new Response("All that is needed is here."));
}
