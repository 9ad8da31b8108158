// Showing a point of the plan: a tap puts the pin, and its place in the form.
for (const plan of document.querySelectorAll("[data-plan]")) {
  const form = plan.closest("form");
  const pin = plan.querySelector("circle");
  const field = (name) => form.querySelector(`[name="${name}"], [name$="-${name}"]`);
  const said = form.querySelector("[data-plan-said]");
  const clear = form.querySelector("[data-plan-clear]");

  const show = (x, y) => {
    const box = plan.viewBox.baseVal;
    pin.setAttribute("cx", String((box.width * x) / 1000));
    pin.setAttribute("cy", String((box.height * y) / 1000));
    pin.removeAttribute("hidden");
    clear.hidden = false;
  };

  plan.addEventListener("click", (event) => {
    const frame = plan.getScreenCTM().inverse();
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(frame);
    const box = plan.viewBox.baseVal;
    const within = (value) => Math.min(1000, Math.max(0, Math.round(value)));
    const x = within((1000 * point.x) / box.width);
    const y = within((1000 * point.y) / box.height);
    field("x").value = x;
    field("y").value = y;
    show(x, y);
    said.textContent = said.dataset.planSaid;
  });

  clear.addEventListener("click", () => {
    field("x").value = field("y").value = "";
    pin.setAttribute("hidden", "");
    clear.hidden = true;
    said.textContent = "";
  });

  clear.hidden = field("x").value === "";
}
