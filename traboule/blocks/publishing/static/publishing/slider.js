// Two pictures of one place, one over the other: a slider, by finger, mouse or keyboard, uncovers
// the second. Without this script they stand side by side.
function wire(pair) {
  const control = pair.querySelector("[data-pair-control]");
  const slider = control.querySelector("input");
  const show = () => {
    pair.style.setProperty("--shown", `${slider.value}%`);
    slider.setAttribute("aria-valuetext", `${slider.value} ${slider.dataset.words}`);
  };
  pair.dataset.live = "";
  control.hidden = false;
  slider.addEventListener("input", show);
  show();
}

const wired = new WeakSet();
function wireAll() {
  for (const pair of document.querySelectorAll("[data-pair]")) {
    if (!wired.has(pair)) wire(pair);
    wired.add(pair);
  }
}
document.addEventListener("content-replaced", wireAll);
wireAll();
