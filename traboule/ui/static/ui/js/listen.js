// Reads the nearest [data-listen] region aloud with the device's own voice.
const voice = window.speechSynthesis;

function textOf(player) {
  const region = player.closest("[data-listen]") ?? document.querySelector("[data-listen]");
  if (!region) return [];
  const parts = region.querySelectorAll("h1, h2, h3, h4, p, li, dt, dd, legend, label, figcaption");
  const read = [...parts].filter((part) => !part.closest("[data-listen-player], [data-listen-skip], [hidden]"));
  const outermost = read.filter((part) => !read.some((other) => other !== part && other.contains(part)));
  return outermost.map((part) => part.innerText.trim()).filter(Boolean);
}

function wire(player) {
  const [play, pause, resume, stop] = ["play", "pause", "resume", "stop"].map((name) =>
    player.querySelector(`[data-listen-${name}]`),
  );

  function show(state) {
    play.hidden = state !== "silent";
    pause.hidden = state !== "speaking";
    resume.hidden = state !== "paused";
    stop.hidden = state === "silent";
  }

  play.addEventListener("click", () => {
    voice.cancel();
    // One utterance a paragraph: some voices fall silent in long ones.
    const utterances = textOf(player).map((text) => new SpeechSynthesisUtterance(text));
    utterances.forEach((utterance) => (utterance.lang = document.documentElement.lang));
    utterances.at(-1)?.addEventListener("end", () => show("silent"));
    utterances.forEach((utterance) => voice.speak(utterance));
    if (utterances.length) {
      show("speaking");
      pause.focus();
    }
  });
  pause.addEventListener("click", () => {
    voice.pause();
    show("paused");
    resume.focus();
  });
  resume.addEventListener("click", () => {
    voice.resume();
    show("speaking");
    pause.focus();
  });
  stop.addEventListener("click", () => {
    voice.cancel();
    show("silent");
    play.focus();
  });
  player.hidden = false;
}

const wired = new WeakSet();
function wireOnce(element) {
  if (!wired.has(element) && isNeeded(element)) wire(element);
  wired.add(element);
}

// The player at the top of every page is for pages to read that have none of their own.
function isNeeded(player) {
  const region = document.querySelector("[data-listen]");
  return Boolean(player.closest("[data-listen]") || (region && !region.querySelector("[data-listen-player]")));
}

if (voice && "SpeechSynthesisUtterance" in window) {
  const wireAll = () => document.querySelectorAll("[data-listen-player]").forEach(wireOnce);
  document.addEventListener("content-replaced", wireAll);
  document.addEventListener("htmx:load", wireAll);
  wireAll();
  window.addEventListener("pagehide", () => voice.cancel());
}
