// Keeps the desk for use without a network; only what stands beside it is kept.
const KEPT = "casualties-desk-{{ version }}";
addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const parts = await (await fetch("parts.json")).json();
    await (await caches.open(KEPT)).addAll(["./", "index.html", "desk.css", "desk.js", "parts.json", ...parts]);
    await skipWaiting();
  })());
});
addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("casualties-desk-") && name !== KEPT) await caches.delete(name);
    await clients.claim();
  })());
});
addEventListener("fetch", (event) => {
  event.respondWith((async () => (await caches.match(event.request, { ignoreSearch: true })) ?? fetch(event.request))());
});
