// The roll works with the network off: each tap is kept on this device and leaves when it can.
// Sent twice, it counts once: the server knows it by its key.
const RETRY_AFTER = 15000;
const form = document.querySelector("form[data-roll]");
const { roll, lines, part, keptHours, worker } = form.dataset;
const stored = `roll:${roll}`;
const status = form.querySelector("[data-roll-status]");
const refusals = form.querySelector("[data-roll-refused]");
const token = form.elements.csrfmiddlewaretoken.value;

let pending = [];
let sending = false;
let refused = false;

try {
  pending = JSON.parse(localStorage.getItem(stored)) ?? [];
} catch {
  // Storage is full or forbidden: the roll still works while the page stays open.
}

function keep() {
  try {
    localStorage.setItem(stored, JSON.stringify(pending));
  } catch {
    // As above.
  }
}

// crypto.randomUUID wants https, which a centre's own network may not have.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function tell(said) {
  pending.push({ key: newKey(), at: new Date().toISOString(), part, ...said });
  keep();
  show();
  send();
}

function say(words, kind) {
  status.dataset.kind = kind;
  const shown = status.querySelector(`[data-say="${words}"]`);
  for (const line of status.querySelectorAll("[data-say]")) line.hidden = line !== shown;
  for (const number of status.querySelectorAll("[data-waiting]")) number.textContent = pending.length;
}

function show() {
  const there = form.querySelectorAll("[data-there]:checked").length;
  const unnamed = Number(form.elements.unnamed?.value || 0);
  form.querySelector("[data-roll-count]").textContent = there + unnamed;
}

async function send() {
  if (sending || !pending.length) return;
  sending = true;
  say("sending", "info");
  const batch = pending.slice(0, 200);
  const sent = await post(batch).catch(() => null);
  sending = false;
  if (!sent) return say("waiting", "warning");
  if (sent === "signed-out") return say("signed-out", "error");
  const done = new Set([...sent.taken, ...Object.keys(sent.refused)]);
  pending = pending.filter((line) => !done.has(line.key));
  keep();
  for (const [key, why] of Object.entries(sent.refused)) refuse(batch.find((one) => one.key === key), why);
  if (pending.length) return send();
  say("saved", "success");
  await keepPage();
  // The server knows now who holds that card, and the page does not yet.
  if (batch.some((line) => line.card) && !refused) location.reload();
}

async function post(batch) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const response = await fetch(lines, { method: "POST", headers, body: JSON.stringify({ lines: batch }) });
  if (response.redirected || response.status === 403) return "signed-out";
  if (!response.ok) throw new TypeError("unreachable");
  return response.json();
}

function refuse(line, why) {
  refused = true;
  const row = line && rowOf(line);
  const name = row?.dataset.name ?? line?.name ?? line?.card ?? "";
  const item = document.createElement("li");
  item.textContent = name ? `${name} : ${why}` : why;
  refusals.querySelector("ul").append(item);
  refusals.hidden = false;
}

const rowOf = (line) =>
  [...form.querySelectorAll("[data-row]")].find((row) =>
    line.person ? row.dataset.person === line.person && Number(row.dataset.slot) === line.slot : line.name && row.dataset.name === line.name,
  );

function addRow(name) {
  const row = form.querySelector("template").content.firstElementChild.cloneNode(true);
  row.dataset.name = name;
  row.querySelector("[data-name-here]").textContent = name;
  row.querySelectorAll("input").forEach((input) => {
    input.name = `state:name:${name}`;
    input.checked = input.value === "present";
  });
  form.querySelector("[data-roll-rows]").append(row);
}

function add(input) {
  const text = input.value.trim().replace(/\s+/g, " ");
  if (!text) return;
  input.value = "";
  input.focus();
  if (input.name === "card") return tell({ card: text, state: "present" });
  const known = [...form.querySelectorAll("[data-row]")].find((row) => row.dataset.name.toLowerCase() === text.toLowerCase());
  if (known) return known.querySelector('[value="present"]').click();
  addRow(text);
  tell({ name: text, state: "present" });
}

// What was noted and has not left yet shows as it was noted.
function overlay() {
  for (const line of pending.filter((one) => one.part === part)) {
    if (line.name && !rowOf(line)) addRow(line.name);
    const box = rowOf(line)?.querySelector(`[value="${line.state}"]`);
    if (box) box.checked = true;
    if (line.count !== undefined) form.elements.unnamed.value = line.count;
  }
}

// The page and all that it shows, to open it again without network.
async function keepPage() {
  if (!("caches" in window)) return;
  const here = performance.getEntriesByType("resource").map((entry) => entry.name.split("#")[0]);
  const parts = here.filter((url) => url.startsWith(location.origin) && url.includes("/static/"));
  try {
    const cache = await caches.open("roll");
    const days = (page) => (Date.now() - Date.parse(page.headers.get("date"))) / 3600000;
    for (const request of await cache.keys()) {
      if (days(await cache.match(request)) > keptHours) await cache.delete(request);
    }
    await cache.addAll([location.pathname + location.search, ...new Set(parts)]);
  } catch {
    // Without network there is nothing newer to keep.
  }
}

form.addEventListener("change", ({ target }) => {
  if (target.type === "radio") {
    const { person, slot, name } = target.closest("[data-row]").dataset;
    tell({ state: target.value, ...(person ? { person, slot: Number(slot) } : { name }) });
  } else if (target.name === "unnamed") tell({ state: "present", count: Number(target.value || 0) });
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const input = form.elements[event.submitter?.value] ?? document.activeElement;
  if (["name", "card"].includes(input?.name)) add(input);
  else send();
});
window.addEventListener("online", send);
document.addEventListener("visibilitychange", () => document.hidden || send());
setInterval(send, RETRY_AFTER);

form.querySelector("[data-roll-save]").hidden = true;
status.hidden = false;
overlay();
show();
say(pending.length ? "waiting" : "ready", "info");
send();
navigator.serviceWorker?.register(worker, { scope: "/" }).catch(() => {});
window.addEventListener("load", keepPage);
