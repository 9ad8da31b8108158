// The device's own way to share where there is one, and a button that copies the address.
function wire(box) {
  const { title, url } = box.dataset;
  const native = box.querySelector("[data-share-native]");
  const copy = box.querySelector("[data-share-copy]");
  const done = box.querySelector("[role=status]");

  if (navigator.share) {
    native.hidden = false;
    box.querySelector("details").hidden = true;
    native.addEventListener("click", () => navigator.share({ title, url }).catch(() => {}));
  }
  if (navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(url);
      done.textContent = done.dataset.shareDone;
    });
  }
}

const wired = new WeakSet();
function wireOnce(element) {
  if (!wired.has(element)) wire(element);
  wired.add(element);
}

const wireAll = () => document.querySelectorAll("[data-share]").forEach(wireOnce);
document.addEventListener("content-replaced", wireAll);
document.addEventListener("htmx:load", wireAll);
wireAll();
