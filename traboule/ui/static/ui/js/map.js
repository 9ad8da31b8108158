// A map of numbered doors beside the list that says the same. Leaflet is fetched only when the
// page shows a map, and nothing is fetched from other hosts unless the site names its tiles.
const FRANCE = [[41.3, -5.2], [51.1, 9.6]];
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

function load(box) {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = box.dataset.leafletCss;
  // Before our own sheet, so that ours has the last word.
  document.head.prepend(style);
  const script = document.createElement("script");
  script.src = box.dataset.leafletJs;
  return new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}

async function features(url) {
  const response = await fetch(url, { headers: { Accept: "application/geo+json" } });
  if (!response.ok) throw new Error(response.statusText);
  return (await response.json()).features;
}

function popupOf({ title, url, place, summary }) {
  const content = document.createElement("div");
  const link = document.createElement("a");
  link.href = url;
  link.textContent = title;
  content.append(link);
  for (const text of [place, summary].filter(Boolean)) {
    const line = document.createElement("p");
    line.textContent = text;
    content.append(line);
  }
  return content;
}

function pin(feature, index) {
  const [longitude, latitude] = feature.geometry.coordinates;
  const { title, theme, number = index + 1 } = feature.properties;
  const icon = L.divIcon({ className: "pin", html: String(Number(number)), iconSize: [34, 42], iconAnchor: [17, 42], popupAnchor: [0, -38] });
  const marker = L.marker([latitude, longitude], { icon, title, alt: `${number}. ${title}`, keyboard: true });
  marker.on("add", () => {
    marker.getElement().dataset.theme = theme ?? "";
    marker.getElement().setAttribute("aria-label", `${number}. ${title}`);
  });
  return marker.bindPopup(popupOf(feature.properties), { minWidth: 200, maxWidth: 280 });
}

function tie(marker, item) {
  const light = (on) => () => {
    item.classList.toggle("is-current", on);
    marker.getElement()?.classList.toggle("is-current", on);
  };
  marker.on("popupopen", () => {
    light(true)();
    item.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  });
  marker.on("popupclose", light(false));
  item.addEventListener("pointerenter", light(true));
  item.addEventListener("pointerleave", light(false));
  item.addEventListener("focusin", light(true));
  item.addEventListener("focusout", light(false));
}

async function ground(map, { tiles, credit, background }) {
  if (tiles) return L.tileLayer(tiles, { attribution: credit, maxZoom: 19 }).addTo(map);
  if (!background) return undefined;
  return L.geoJSON(await features(background), {
    interactive: false,
    className: "map-outline",
    pointToLayer: (_, place) => L.circleMarker(place, { radius: 1.5, className: "map-outline", interactive: false }),
    style: () => ({ className: "map-outline" }),
  }).addTo(map);
}

async function open(box) {
  const canvas = box.querySelector("[data-map-canvas]");
  const points = (await Promise.all([features(box.dataset.geojson), load(box)]))[0].filter((f) => f.geometry);
  canvas.hidden = false;
  box.querySelector("[data-map-note]").hidden = true;
  const map = L.map(canvas, {
    zoomControl: false, scrollWheelZoom: false, maxZoom: 17,
    zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm,
  });
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
  const markers = points.map(pin);
  if (markers.length) map.fitBounds(L.featureGroup(markers).getBounds(), { padding: [50, 50], maxZoom: 13 });
  else map.fitBounds(FRANCE);
  await ground(map, box.dataset).catch(() => {});
  const list = document.getElementById(box.dataset.list);
  markers.forEach((marker, index) => {
    marker.addTo(map);
    const item = list?.querySelector(`[data-map-item="${CSS.escape(points[index].id)}"]`);
    if (item) tie(marker, item);
  });
}

function wire(box) {
  open(box).catch(() => {
    box.querySelector("[data-map-canvas]").hidden = true;
    const note = box.querySelector("[data-map-note]");
    note.hidden = false;
    note.textContent = box.dataset.failed;
  });
}

document.querySelectorAll("[data-map]").forEach(wire);
