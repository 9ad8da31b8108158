// A form leaves once: the second click of a double click is dropped, so that it cannot
// undo what the first one did.
const WAIT = 5000;
const sent = new WeakSet();

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  if (sent.has(event.target)) return event.preventDefault();
  sent.add(event.target);
  setTimeout(() => sent.delete(event.target), WAIT);
});
