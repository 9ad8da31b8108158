// On a computer that others use, a session left alone ends: the page warns, then leaves.
// All tabs of the browser count from the last of their uses.
const STORED = "session-used";
const LOOKED_AT_EVERY = 5000;

const reminder = document.querySelector("[data-session]");
const banner = reminder.querySelector("[data-session-banner]");
const left = reminder.querySelector("[data-session-left]");
const form = banner.querySelector("form");
let used;

function use() {
  used = Date.now();
  try {
    localStorage.setItem(STORED, used);
  } catch {
    // Storage is forbidden: this tab counts alone.
  }
  look();
}

function lastUsed() {
  try {
    return Math.max(used, Number(localStorage.getItem(STORED)));
  } catch {
    return used;
  }
}

function look() {
  const seconds = Number(reminder.dataset.session) - (Date.now() - lastUsed()) / 1000;
  if (seconds <= 0) return end();
  const minutes = String(Math.ceil(seconds / 60));
  // Changed once a minute only: it is read aloud each time.
  if (left.textContent !== minutes) left.textContent = minutes;
  banner.hidden = seconds > Number(reminder.dataset.warned);
}

function end() {
  // Without network nothing could be sent, and what waits to be sent would be lost.
  if (!navigator.onLine) return;
  clearInterval(looking);
  document.body.hidden = true;
  form.action = form.dataset.ended;
  form.submit();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const response = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (response?.redirected) return end();
  if (response?.ok) use();
});

const looking = setInterval(look, LOOKED_AT_EVERY);
for (const sign of ["content-replaced", "htmx:afterRequest"]) document.addEventListener(sign, use);
document.addEventListener("visibilitychange", look);
use();
