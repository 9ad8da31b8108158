// A button that copies the text made ready for a chat group.
for (const box of document.querySelectorAll("[data-copy]")) {
  const button = box.querySelector("[data-copy-button]");
  const text = box.querySelector("textarea");
  const done = box.querySelector("[role=status]");
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.value);
    done.textContent = done.dataset.copyDone;
  });
}
