// A roll that was opened before opens again without network. It carries names: the telephone
// forgets it when its owner signs out, and after a day.
const { forgetAt, keptHours, assets } = {{ config|safe }};
const CACHE = "roll";
const PATIENCE = 6000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const isOld = (page) => Date.now() - Date.parse(page.headers.get("date")) > keptHours * 3600 * 1000;

async function kept(request) {
  const found = await caches.match(request, { cacheName: CACHE, ignoreVary: true });
  if (!found || request.mode !== "navigate" || !isOld(found)) return found;
  await caches.delete(CACHE);
}

const tooLong = () => new Promise((_, reject) => setTimeout(reject, PATIENCE));

// Where nothing was kept, the network has all the time that it needs.
async function answer(request) {
  const network = fetch(request);
  try {
    return await (request.mode === "navigate" ? Promise.race([network, tooLong()]) : network);
  } catch {
    return (await kept(request)) ?? network;
  }
}

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (origin !== location.origin) return;
  if (forgetAt.includes(pathname)) event.waitUntil(caches.delete(CACHE));
  else if (method === "GET" && (pathname.endsWith("/appel/") || pathname.startsWith(assets)))
    event.respondWith(answer(event.request));
});
