// Asks the device for a passkey, or makes one, and sends its answer with the form.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const decoded = (list) => (list ?? []).map((item) => ({ ...item, id: bytes(item.id) }));

function read(options) {
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    ...(options.excludeCredentials && { excludeCredentials: decoded(options.excludeCredentials) }),
    ...(options.allowCredentials && { allowCredentials: decoded(options.allowCredentials) }),
  };
}

function written(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
}

function wire(form) {
  const publicKey = read(JSON.parse(document.getElementById("passkey-options").textContent));
  const said = document.querySelector("[data-passkey-said]");

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "";
    try {
      form.elements.answer.value = written(await navigator.credentials[form.dataset.passkey]({ publicKey }));
    } catch (error) {
      said.textContent = error.name === "InvalidStateError" ? said.dataset.known : said.dataset.nothing;
      return;
    }
    form.submit();
  });
  document.querySelector("[data-passkey-missing]").hidden = true;
  form.hidden = false;
}

const form = document.querySelector("form[data-passkey]");
if (form && window.PublicKeyCredential) wire(form);
