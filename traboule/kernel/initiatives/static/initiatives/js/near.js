// "Autour de moi": asks the device where it is, rounds to about a kilometre, and searches there.
for (const button of document.querySelectorAll("[data-near]")) {
  if (!navigator.geolocation) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const position = `${coords.latitude.toFixed(2)},${coords.longitude.toFixed(2)}`;
        location.assign(`${button.dataset.near}?position=${position}&rayon=30`);
      },
      () => {
        button.disabled = false;
        button.nextElementSibling.hidden = false;
      },
      { timeout: 10000, maximumAge: 600000 },
    );
  });
}
