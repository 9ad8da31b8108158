// Files leave piece by piece (tus 1.0.0), start again where they were after a cut, and are
// remembered on this device, so that choosing the same file again goes on with it.
const SMALLEST = 128 * 1024;
const LARGEST = 4 * 1024 * 1024;
const PATIENCE = 20_000;
const PAUSES = [1000, 2000, 5000, 10_000];
const TUS = { "Tus-Resumable": "1.0.0" };

const base64 = (text) => btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const remembered = (file) => `upload:${file.name}:${file.size}:${file.lastModified}`;

function online() {
  if (navigator.onLine) return Promise.resolve();
  return new Promise((resolve) => window.addEventListener("online", resolve, { once: true }));
}

class Refused extends Error {}

async function ask(address, method, { token, headers = {}, body } = {}) {
  const response = await fetch(address, {
    method,
    body,
    headers: { ...TUS, "X-CSRFToken": token, ...headers },
    signal: AbortSignal.timeout(PATIENCE),
  });
  if ([413, 403, 400].includes(response.status) && method === "POST") throw new Refused(await response.text());
  return response;
}

// Where the upload stands on the server: its address and the first byte that is missing.
async function place(file, begin, token) {
  const known = localStorage.getItem(remembered(file));
  if (known) {
    const answer = await ask(known, "HEAD", { token });
    if (answer.ok) return { address: known, offset: Number(answer.headers.get("Upload-Offset")) };
  }
  const headers = { "Upload-Length": file.size, "Upload-Metadata": `filename ${base64(file.name)}` };
  const answer = await ask(begin, "POST", { token, headers });
  if (!answer.ok) throw new TypeError("unreachable");
  const address = answer.headers.get("Location");
  localStorage.setItem(remembered(file), address);
  return { address, offset: 0 };
}

async function send(file, begin, token, line) {
  let size = SMALLEST;
  for (let failures = 0; ; ) {
    try {
      let { address, offset } = await place(file, begin, token);
      while (offset < file.size) {
        const started = performance.now();
        const answer = await ask(address, "PATCH", {
          token,
          headers: { "Upload-Offset": offset, "Content-Type": "application/offset+octet-stream" },
          body: file.slice(offset, offset + size),
        });
        if (!answer.ok && answer.status !== 409) throw new TypeError("unreachable");
        offset = Number(answer.headers.get("Upload-Offset"));
        failures = 0;
        line.tell(offset / file.size);
        // Pieces of about two seconds: a cut costs little, and a good network is used well.
        const took = performance.now() - started;
        size = took < 1000 ? Math.min(LARGEST, size * 2) : took > 4000 ? Math.max(SMALLEST, size / 2) : size;
      }
      localStorage.removeItem(remembered(file));
      return address.split("/").at(-2);
    } catch (problem) {
      if (problem instanceof Refused || line.removed) throw problem;
      line.wait();
      size = SMALLEST;
      await sleep(PAUSES[Math.min(failures++, PAUSES.length - 1)]);
      await online();
    }
  }
}

// What is heard before it leaves: a voice is listened to again on this device.
function player(file) {
  const audio = document.createElement("audio");
  audio.controls = true;
  audio.src = URL.createObjectURL(file);
  audio.setAttribute("aria-label", file.name);
  return audio;
}

function addLine(box, file) {
  const { name } = file;
  const item = document.createElement("li");
  const label = document.createElement("span");
  const progress = document.createElement("progress");
  const words = document.createElement("span");
  const remove = document.createElement("button");
  label.textContent = name;
  progress.max = 1;
  progress.value = 0;
  progress.setAttribute("aria-label", `${box.dataset.sending} ${name}`);
  remove.type = "button";
  remove.className = "button";
  remove.dataset.kind = "quiet";
  remove.textContent = box.dataset.remove;
  item.append(label, progress, words, remove);
  if (file.type.startsWith("audio/")) item.append(player(file));
  box.querySelector("[data-files-list]").append(item);
  const line = {
    removed: false,
    tell(part) {
      progress.value = part;
      words.textContent = `${Math.floor(part * 100)} %`;
    },
    wait: () => (words.textContent = box.dataset.waiting),
    refuse(why) {
      progress.remove();
      words.textContent = why || box.dataset.refused;
    },
    finish(field, key) {
      const hidden = document.createElement("input");
      hidden.type = "hidden";
      hidden.name = field;
      hidden.value = key;
      progress.remove();
      words.textContent = box.dataset.done;
      item.append(hidden);
    },
  };
  remove.addEventListener("click", () => {
    line.removed = true;
    item.remove();
    box.dispatchEvent(new Event("files-removed"));
  });
  return line;
}

function wire(box) {
  const input = box.querySelector("input[type=file]");
  const form = input.form;
  const required = input.required;
  const token = form.elements.csrfmiddlewaretoken?.value;
  const most = Number(box.dataset.most);
  let under_way = 0;
  let submitter = null;

  const kept = () => box.querySelectorAll("[type=hidden], [type=checkbox]:checked").length;

  async function take(file) {
    const line = addLine(box, file);
    under_way += 1;
    try {
      line.finish(`${input.name}-received`, await send(file, box.dataset.begin, token, line));
    } catch (problem) {
      line.refuse(problem.message);
      submitter = null;
    }
    under_way -= 1;
    input.required = required && !kept() && !under_way;
    if (!under_way && submitter) form.requestSubmit(submitter);
  }

  function takeChosen() {
    if (most === 1) box.querySelector("[data-files-list]").replaceChildren();
    const chosen = [...input.files];
    input.value = "";
    input.required = false;
    chosen.forEach(take);
  }

  input.addEventListener("change", takeChosen);
  box.addEventListener("files-removed", () => (input.required = required && !kept()));
  form.addEventListener(
    "submit",
    (event) => {
      if (!under_way) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      submitter = event.submitter;
      let note = box.querySelector("[data-files-note]");
      if (!note) {
        note = document.createElement("p");
        note.dataset.filesNote = "";
        note.setAttribute("role", "status");
        box.append(note);
      }
      note.textContent = box.dataset.finishing;
    },
    { capture: true },
  );
  // On a slow network one may choose before this script has come.
  if (input.files.length) takeChosen();
}

const wired = new WeakSet();
function wireAll() {
  for (const box of document.querySelectorAll("[data-files]")) {
    if (!wired.has(box)) wire(box);
    wired.add(box);
  }
}
document.addEventListener("content-replaced", wireAll);
document.addEventListener("htmx:load", wireAll);
wireAll();
