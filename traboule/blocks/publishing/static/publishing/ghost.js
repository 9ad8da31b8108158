// Framing a place again: the camera's picture with the one of before over it, half seen through.
// What is taken is put in the form's own field, so that it leaves as any other picture.
function wire(box) {
  const part = (name) => box.querySelector(`[data-ghost-${name}]`);
  const [view, fade, open, take, said] = ["view", "fade", "open", "take", "said"].map(part);
  const video = view.querySelector("video");
  const before = part("before");
  const field = document.querySelector(`input[type=file][name="${box.dataset.field}"]`);

  async function aim() {
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment", width: { ideal: 1920 } },
      });
      await video.play();
    } catch {
      said.textContent = box.dataset.refused;
      return;
    }
    view.style.setProperty("--frame", `${before.naturalWidth} / ${before.naturalHeight}`);
    for (const shown of [view, fade, take]) shown.hidden = false;
    open.hidden = true;
    box.dataset.aiming = "";
  }

  // What the frame shows of the video, in the shape of the picture of before.
  async function shoot() {
    const shape = before.naturalWidth / before.naturalHeight;
    const { videoWidth: wide, videoHeight: high } = video;
    const width = Math.min(wide, high * shape);
    const height = width / shape;
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.round(width), Math.round(height)];
    canvas.getContext("2d").drawImage(video, (wide - width) / 2, (high - height) / 2, width, height, 0, 0, canvas.width, canvas.height);
    const picture = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.9));
    const chosen = new DataTransfer();
    chosen.items.add(new File([picture], `apres-${Date.now()}.jpg`, { type: "image/jpeg" }));
    field.files = chosen.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    said.textContent = box.dataset.taken;
  }

  fade.querySelector("input").addEventListener("input", (event) => view.style.setProperty("--fade", event.target.value / 100));
  open.addEventListener("click", aim);
  take.addEventListener("click", shoot);
  open.hidden = !(before && field && navigator.mediaDevices?.getUserMedia);
}

const wired = new WeakSet();
function wireAll() {
  for (const box of document.querySelectorAll("[data-ghost]")) {
    if (!wired.has(box)) wire(box);
    wired.add(box);
  }
}
document.addEventListener("content-replaced", wireAll);
wireAll();
