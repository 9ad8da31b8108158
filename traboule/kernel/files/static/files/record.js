// A voice, for whoever would rather speak than write: recorded here, then put in the form's own
// field, so that it leaves as any other file.
const LONGEST = 180;
const BITS = 64_000;
const ENDINGS = { "audio/mp4": "m4a", "audio/ogg": "ogg" };

const inWords = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "second", unitDisplay: "long" });

// In Swedish a date is written from the year to the minute.
function named(type) {
  const now = new Date().toLocaleString("sv").slice(0, 16).replace(" ", "-").replace(":", "");
  return `voix-${now}.${ENDINGS[type] ?? "webm"}`;
}

function wire(box) {
  const [start, stop, said, clock] = ["start", "stop", "said", "clock"].map((name) =>
    box.querySelector(`[data-record-${name}]`),
  );
  const input = box.closest("[data-files]").querySelector("input[type=file]");
  let asking = false;
  let recorder = null;
  let seconds = 0;
  let submitter = null;

  function show(recording, words) {
    const focused = [start, stop].includes(document.activeElement);
    [start.hidden, stop.hidden, clock.hidden] = [recording, !recording, !recording];
    if (focused) (recording ? stop : start).focus();
    said.textContent = words;
  }

  function handOver(file) {
    const chosen = new DataTransfer();
    chosen.items.add(file);
    input.files = chosen.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    if (submitter) input.form.requestSubmit(submitter);
    submitter = null;
  }

  function record(stream) {
    const pieces = [];
    const began = performance.now();
    // A telephone that falls asleep would cut the voice.
    const awake = navigator.wakeLock?.request("screen").catch(() => null);
    recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS });

    function tick() {
      seconds = Math.floor((performance.now() - began) / 1000);
      clock.textContent = inWords.format(seconds);
      // Nobody is recorded by a page that they no longer see.
      if (seconds >= LONGEST || document.hidden || !box.isConnected) recorder.stop();
    }

    const ticking = setInterval(tick, 500);
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    recorder.addEventListener("stop", () => {
      clearInterval(ticking);
      stream.getTracks().forEach((track) => track.stop());
      awake?.then((lock) => lock?.release());
      show(false, seconds < LONGEST ? box.dataset.recorded : box.dataset.full);
      const type = recorder.mimeType.split(";")[0];
      if (box.isConnected) handOver(new File(pieces, named(type), { type }));
    });
    recorder.start();
    tick();
    input.required = false;
    show(true, box.dataset.recording);
  }

  start.addEventListener("click", async () => {
    if (asking) return;
    asking = true;
    try {
      record(await navigator.mediaDevices.getUserMedia({ audio: true }));
    } catch {
      said.textContent = box.dataset.refused;
    }
    asking = false;
  });
  stop.addEventListener("click", () => {
    // The second tap of a double tap ends nothing.
    if (seconds) recorder.stop();
  });
  // Whoever sends without « stop » has finished speaking.
  input.form.addEventListener(
    "submit",
    (event) => {
      if (recorder?.state !== "recording") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      submitter = event.submitter;
      recorder.stop();
    },
    { capture: true },
  );
  box.hidden = false;
}

const wired = new WeakSet();
function wireAll() {
  for (const box of document.querySelectorAll("[data-record]")) {
    if (!wired.has(box)) wire(box);
    wired.add(box);
  }
}
if (navigator.mediaDevices?.getUserMedia && window.MediaRecorder) {
  document.addEventListener("content-replaced", wireAll);
  document.addEventListener("htmx:load", wireAll);
  wireAll();
}
