// Typing sheets back: a box that takes one digit hands over to the next one by itself.
const boxes = [...document.querySelectorAll(".survey-sheet :is(input, textarea):not([type=hidden])")];

for (const box of document.querySelectorAll("[data-one-digit]")) {
  box.addEventListener("input", (event) => {
    if (event.inputType === "insertText" && /^\d$/.test(box.value)) boxes[boxes.indexOf(box) + 1]?.focus();
  });
}
// After a sheet is noted, the hands stay on the keys.
const mistaken = boxes.find((box) => box.getAttribute("aria-invalid") === "true");
(mistaken ?? boxes[1] ?? boxes[0])?.focus();
