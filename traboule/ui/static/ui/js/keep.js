// Nothing typed in a <form data-keep="key"> is lost: it is kept on this device while one types,
// sent again by itself when the network comes back, and forgotten once the server has it.
const RETRY_AFTER = 5000;

const unkept = (input) =>
  !input.name || input.name === "csrfmiddlewaretoken" || ["password", "file", "hidden"].includes(input.type);

function valuesOf(form) {
  const values = {};
  for (const input of form.elements) {
    if (unkept(input) || ["submit", "button"].includes(input.type)) continue;
    values[input.name] ??= [];
    if (["checkbox", "radio"].includes(input.type)) {
      if (input.checked) values[input.name].push(input.value);
    } else values[input.name].push(input.value);
  }
  return values;
}

function fill(form, values) {
  const left = structuredClone(values);
  for (const input of form.elements) {
    if (unkept(input) || !(input.name in left)) continue;
    if (["checkbox", "radio"].includes(input.type)) input.checked = values[input.name].includes(input.value);
    else if (left[input.name].length) input.value = left[input.name].shift();
  }
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function wire(form) {
  const key = `keep:${form.dataset.keep}`;
  const banner = form.querySelector("[data-keep-banner]");
  const restored = form.querySelector("[data-keep-restored]");
  const served = valuesOf(form);
  let timer;

  function keep() {
    try {
      localStorage.setItem(key, JSON.stringify({ served, values: valuesOf(form) }));
    } catch {
      // Storage is full or forbidden: the form still works, only without its safety net.
    }
  }

  function restore() {
    let kept;
    try {
      kept = JSON.parse(localStorage.getItem(key));
    } catch {
      return;
    }
    // What the server served has changed since: its value is newer than ours.
    if (!kept || !same(kept.served, served) || same(kept.values, served)) return;
    fill(form, kept.values);
    if (restored) restored.hidden = false;
  }

  async function answer(response) {
    if (response.redirected) {
      localStorage.removeItem(key);
      location.assign(response.url);
      return;
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (response.ok) localStorage.removeItem(key);
    document.title = page.title;
    document.querySelector("main").replaceWith(page.querySelector("main") ?? page.body);
    document.querySelectorAll("form[data-keep]").forEach(wire);
    (document.getElementById("errors") ?? document.querySelector("main")).focus();
  }

  async function send(submitter) {
    clearTimeout(timer);
    const body = new FormData(form, submitter);
    try {
      const response = await fetch(form.action, { method: "POST", body, redirect: "follow" });
      // A gateway that cannot reach the server is a broken network too.
      if ([502, 503, 504].includes(response.status)) throw new TypeError("unreachable");
      window.removeEventListener("online", form.keepRetry);
      await answer(response);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      banner.hidden = false;
      window.removeEventListener("online", form.keepRetry);
      form.keepRetry = () => send(submitter);
      window.addEventListener("online", form.keepRetry, { once: true });
      timer = setTimeout(form.keepRetry, RETRY_AFTER);
    }
  }

  form.addEventListener("input", keep);
  form.addEventListener("submit", (event) => {
    // A file cannot be kept and sent again: the browser's own sending tells its progress.
    if ([...form.elements].some((input) => input.type === "file" && input.files.length)) return;
    event.preventDefault();
    keep();
    send(event.submitter);
  });
  restore();
}

document.querySelectorAll("form[data-keep]").forEach(wire);
