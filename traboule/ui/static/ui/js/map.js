// A map of numbered doors beside the list that says the same. Leaflet is fetched only when the
// page shows a map, and nothing is fetched from other hosts unless the site names its tiles.
const FRANCE = [[41.3, -5.2], [51.1, 9.6]];
const PIN = { width: 34, height: 42, wide: 48 };
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

function line(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

function entry({ title, url, place }) {
  const box = document.createElement("div");
  const link = line("a", title);
  link.href = url;
  box.append(link);
  if (place) box.append(line("p", place));
  return box;
}

// Doors that would stand on one another become one door, whose leaf lists them all.
function groups(map, points) {
  const found = [];
  for (const point of points) {
    const spot = map.project(point.at);
    const near = found.find((group) => Math.abs(group.spot.x - spot.x) < PIN.wide && Math.abs(group.spot.y - spot.y) < PIN.height);
    if (near) near.points.push(point);
    else found.push({ spot, points: [point] });
  }
  return found.map((group) => group.points);
}

function markerOf(group, groupLabel) {
  const alone = group.length === 1;
  const name = group.map((point) => `${point.number}. ${point.title}`).join(", ");
  const label = alone ? name : `${groupLabel.replace("{n}", group.length)} ${name}`;
  const width = alone ? PIN.width : PIN.wide;
  const icon = L.divIcon({
    className: alone ? "pin" : "pin pin-group",
    html: alone ? String(group[0].number) : `×${group.length}`,
    iconSize: [width, PIN.height], iconAnchor: [width / 2, PIN.height], popupAnchor: [0, -PIN.height + 4],
  });
  const marker = L.marker(group[0].at, { icon, title: label, keyboard: true });
  marker.on("add", () => {
    marker.getElement().dataset.theme = alone ? (group[0].theme ?? "") : "";
    marker.getElement().setAttribute("aria-label", label);
  });
  const leaf = document.createElement("div");
  leaf.className = "map-leaf";
  leaf.append(...group.map(entry));
  return marker.bindPopup(leaf, { minWidth: 200, maxWidth: 280, maxHeight: 260 });
}

// The list lights up with the map, and the map with the list.
function tie(point, item, current) {
  const light = (on) => () => {
    item.classList.toggle("is-current", on);
    current.get(point)?.getElement()?.classList.toggle("is-current", on);
  };
  item.addEventListener("pointerenter", light(true));
  item.addEventListener("pointerleave", light(false));
  item.addEventListener("focusin", light(true));
  item.addEventListener("focusout", light(false));
}

function draw(map, layer, points, current, groupLabel) {
  layer.clearLayers();
  for (const group of groups(map, points)) {
    const marker = markerOf(group, groupLabel).addTo(layer);
    group.forEach((point) => current.set(point, marker));
    const items = group.map((point) => point.item).filter(Boolean);
    marker.on("popupopen", () => {
      items.forEach((item) => item.classList.add("is-current"));
      // Who opened the door by keyboard goes in, and comes back out to the same door.
      marker.getPopup().getContent().querySelector("a").focus({ preventScroll: true });
      items[0]?.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
    });
    marker.on("popupclose", () => {
      items.forEach((item) => item.classList.remove("is-current"));
      if (document.activeElement === document.body) marker.getElement()?.focus({ preventScroll: true });
    });
  }
}

function pointOf(feature, index, list) {
  const [longitude, latitude] = feature.geometry.coordinates;
  return {
    ...feature.properties,
    number: Number(feature.properties.number ?? index + 1),
    item: list?.querySelector(`[data-map-item="${CSS.escape(feature.id ?? "")}"]`),
    at: L.latLng(latitude, longitude),
  };
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
  const [all] = await Promise.all([features(box.dataset.geojson), load(box)]);
  const list = document.getElementById(box.dataset.list);
  const points = all.filter((feature) => feature.geometry).map((feature, index) => pointOf(feature, index, list));
  canvas.hidden = false;
  box.querySelector("[data-map-note]").hidden = true;
  const map = L.map(canvas, {
    zoomControl: false, scrollWheelZoom: false, maxZoom: 17,
    zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm,
  });
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
  if (points.length) map.fitBounds(L.latLngBounds(points.map((point) => point.at)), { padding: [50, 50], maxZoom: box.dataset.tiles ? 13 : 8 });
  else map.fitBounds(FRANCE);
  await ground(map, box.dataset).catch(() => {});
  const current = new Map();
  const layer = L.layerGroup().addTo(map);
  const redraw = () => draw(map, layer, points, current, box.dataset.group);
  map.on("zoomend", redraw);
  map.on("popupopen", ({ popup }) => popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", box.dataset.close));
  redraw();
  points.forEach((point) => point.item && tie(point, point.item, current));
}

function wire(box) {
  open(box).catch(() => {
    box.querySelector("[data-map-canvas]").hidden = true;
    const note = box.querySelector("[data-map-note]");
    note.hidden = false;
    note.textContent = box.dataset.failed;
  });
}

const wired = new WeakSet();
function wireOnce(element) {
  if (!wired.has(element)) wire(element);
  wired.add(element);
}

const wireAll = () => document.querySelectorAll("[data-map]").forEach(wireOnce);
document.addEventListener("content-replaced", wireAll);
document.addEventListener("htmx:load", wireAll);
wireAll();
