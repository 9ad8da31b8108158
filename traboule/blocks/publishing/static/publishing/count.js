// One reading more, once a visit: the address alone is told, nothing of who reads.
const counted = document.querySelector("[data-count]")?.dataset.count;
if (counted && !sessionStorage.getItem(`read:${counted}`)) {
  navigator.sendBeacon(counted);
  sessionStorage.setItem(`read:${counted}`, "1");
}
