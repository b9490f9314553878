// Keeps the page as the fleet is: rows as they change, times as they pass.
"use strict";

const language = document.documentElement.lang;
const table = document.querySelector("table[data-since]");
const rows = document.getElementById("terminals");
const live = document.getElementById("live");
const skew = Date.now() / 1000 - Number(table.dataset.now); // this machine's clock against the server's
const spoken = new Intl.RelativeTimeFormat(language, { numeric: "always" });
const STEPS = [["day", 86400], ["hour", 3600], ["minute", 60]];

let source = null;
let newest = table.dataset.since; // the last change that is on the page

function inWords(seconds, just, words) {
  for (const [unit, length] of STEPS) {
    if (seconds >= length) return words(Math.floor(seconds / length), unit);
  }
  return just;
}

function ago(seconds) {
  return inWords(seconds, table.dataset.just, (count, unit) => spoken.format(-count, unit));
}

function lasting(seconds) {
  return inWords(seconds, table.dataset.just, (count, unit) => table.dataset.for.replace("{}",
    new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count)));
}

function write(time, at, words) {
  const text = words(Math.max(Date.now() / 1000 - skew - at, 0));
  if (time.textContent === text) return;
  time.textContent = text;
  time.dateTime = new Date(at * 1000).toISOString();
  time.title = new Date(at * 1000).toLocaleString(language);
}

function tick() {
  for (const time of document.querySelectorAll("time[data-at]")) write(time, Number(time.dataset.at), ago);
  for (const time of document.querySelectorAll("time[data-since]")) write(time, Number(time.dataset.since), lasting);
}

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

function show(row) {
  const there = document.getElementById(row.id);
  if (there) there.replaceWith(row);
  else rows.append(row);
  document.getElementById("none")?.remove();
}

// The server says which terminals are on this page, the worst first; the others leave.
function arrange(ids) {
  const wanted = ids.map((id) => document.getElementById("terminal-" + id)).filter(Boolean);
  for (const row of [...rows.children]) if (!wanted.includes(row)) row.remove();
  wanted.forEach((row, index) => {
    if (rows.children[index] !== row) rows.insertBefore(row, rows.children[index]);
  });
}

function say(lost) {
  live.textContent = lost ? live.dataset.lost : live.dataset.live;
  live.classList.toggle("lost", lost);
}

const HEARD = {
  terminal: (data) => show(parsed(data)),
  order: (data) => arrange(data.split(" ")),
  events: (data) => document.getElementById("events").replaceWith(parsed(data)),
  pager: (data) => document.getElementById("pager").replaceWith(parsed(data)),
  counts: (data) => { document.getElementById("counts").innerHTML = data; },
  broker: (data) => { document.getElementById("broker").hidden = data === "heard"; },
  seen: () => {},
  reload: () => location.reload(),
};

function listen() {
  source = new EventSource(`/live?since=${newest}&page=${table.dataset.page}`);
  for (const [name, heard] of Object.entries(HEARD)) {
    source.addEventListener(name, (event) => {
      if (event.lastEventId) newest = event.lastEventId;
      heard(event.data);
      tick();
    });
  }
  source.addEventListener("open", () => say(false));
  source.addEventListener("error", () => {
    say(true);
    if (source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5000);
  });
}

// A hidden tab gives its line back: a browser has six for one server, and a seventh tab would wait.
document.addEventListener("visibilitychange", () => {
  source.close();
  if (!document.hidden) listen();
});

tick();
setInterval(tick, 1000);
listen();
