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

const here = () => location.pathname + location.search;
let shown = here();

// The page that answers takes the place of this one, with its address and its behaviours.
function show(page, address) {
  if (address) history.pushState(null, "", address);
  shown = here();
  const main = page.querySelector("main") ?? page.body;
  document.title = page.title;
  document.querySelector("main").replaceWith(main);
  for (const inert of main.querySelectorAll("script[src]")) {
    const script = document.createElement("script");
    script.type = "module";
    script.src = inert.getAttribute("src");
    inert.replaceWith(script);
  }
  document.dispatchEvent(new Event("content-replaced"));
  window.scrollTo(0, 0);
  (document.getElementById("errors") ?? main).focus();
}

function wire(form) {
  const key = `keep:${form.dataset.keep}`;
  const banner = form.querySelector("[data-keep-banner]");
  const restored = form.querySelector("[data-keep-restored]");
  const served = valuesOf(form);
  let sending = false;
  let retry = () => {};
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

  async function exchange(body) {
    const response = await fetch(form.getAttribute("action") || location.href, { method: "POST", body });
    // A gateway that cannot reach the server is a broken network too.
    if ([502, 503, 504].includes(response.status)) throw new TypeError("unreachable");
    return { response, html: await response.text() };
  }

  function answer({ response, html }) {
    // A sign-in page that promises to come back means that nothing was saved yet.
    const interrupted = new URL(response.url).searchParams.has("next");
    if (response.ok && !interrupted) localStorage.removeItem(key);
    show(new DOMParser().parseFromString(html, "text/html"), response.redirected ? response.url : "");
  }

  async function send(submitter) {
    if (sending) return;
    sending = true;
    clearTimeout(timer);
    const outcome = await exchange(new FormData(form, submitter)).catch(() => null);
    sending = false;
    if (outcome) return answer(outcome);
    banner.hidden = false;
    retry = () => send(submitter);
    timer = setTimeout(retry, RETRY_AFTER);
  }

  form.addEventListener("input", keep);
  form.addEventListener("submit", (event) => {
    // A file cannot be kept and sent again: the browser's own sending tells its progress.
    if ([...form.elements].some((input) => input.type === "file" && input.files.length)) return;
    event.preventDefault();
    keep();
    send(event.submitter);
  });
  window.addEventListener("online", () => form.isConnected && retry());
  restore();
}

const wireAll = () => document.querySelectorAll("form[data-keep]").forEach(wire);
document.addEventListener("content-replaced", wireAll);
// Going back to a page that was replaced; a link within the page changes no address.
window.addEventListener("popstate", () => here() !== shown && location.reload());
wireAll();
