// Warns while one types a note that seems to speak of health, beliefs or secrets. The server asks
// again; here it is only said early.
const plain = (text) =>
  ` ${text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim()} `;

const shared = document.getElementById("sensitive-words")?.textContent ?? "{}";

for (const area of document.querySelectorAll("textarea[data-sensitive]")) {
  const warning = area.form?.querySelector("[data-sensitive-warning]");
  if (!warning) continue;
  const kinds = Object.entries(JSON.parse(area.dataset.sensitive || shared));
  const look = () => {
    const text = plain(area.value);
    const found = kinds.filter(([, words]) => words.some((word) => text.includes(` ${word} `)));
    warning.querySelector("[data-sensitive-what]").textContent = found.map(([label]) => label).join(", ");
    warning.hidden = found.length === 0;
  };
  area.addEventListener("input", look);
  look();
}
