// Keeps the page as the fleet is: rows as they change, times as they pass.
"use strict";

const table = document.querySelector("table[data-since]");
const rows = document.getElementById("terminals");
const live = document.getElementById("live");
const spoken = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });

function ago(seconds) {
  if (seconds < 60) return spoken.format(-Math.round(seconds), "second");
  if (seconds < 3600) return spoken.format(-Math.round(seconds / 60), "minute");
  if (seconds < 86400) return spoken.format(-Math.round(seconds / 3600), "hour");
  return spoken.format(-Math.round(seconds / 86400), "day");
}

function tick() {
  const now = Date.now() / 1000;
  for (const time of document.querySelectorAll("time[data-at]")) {
    const at = Number(time.dataset.at);
    time.textContent = ago(Math.max(now - at, 0));
    time.title = new Date(at * 1000).toLocaleString(document.documentElement.lang);
  }
}

function place(row) {
  const there = document.getElementById(row.id);
  if (there) there.replaceWith(row);
  else if (!new URLSearchParams(location.search).get("page")) rows.append(row);
  const sorted = [...rows.children].sort((a, b) => a.dataset.order.localeCompare(b.dataset.order));
  sorted.forEach((each, index) => {
    if (rows.children[index] !== each) rows.insertBefore(each, rows.children[index]);
  });
  document.getElementById("none")?.remove();
}

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

function listen() {
  const source = new EventSource("/live?since=" + table.dataset.since);
  source.addEventListener("terminal", (event) => { place(parsed(event.data)); tick(); });
  source.addEventListener("events", (event) => {
    document.getElementById("events").replaceWith(parsed(event.data)); tick();
  });
  source.addEventListener("counts", (event) => {
    document.getElementById("counts").innerHTML = event.data;
  });
  source.addEventListener("broker", (event) => {
    document.getElementById("broker").hidden = event.data === "heard";
  });
  source.addEventListener("reload", () => location.reload());
  source.addEventListener("open", () => { live.textContent = live.dataset.live; live.classList.remove("lost"); });
  source.addEventListener("error", () => { live.textContent = live.dataset.lost; live.classList.add("lost"); });
}

tick();
setInterval(tick, 1000);
listen();
