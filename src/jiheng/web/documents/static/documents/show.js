// A reading: filter findings at once, step through them, light up the cells that a finding is about.
"use strict";

(() => {
  const filter = document.getElementById("filter");
  if (!filter) return;
  const position = document.getElementById("position");
  const previous = document.getElementById("previous");
  const next = document.getElementById("next");
  const number = (entry) => Number(entry.id.slice(1));
  const entries = [...document.querySelectorAll(".entry")].sort((a, b) => number(a) - number(b));
  const marks = new Map();
  for (const mark of document.querySelectorAll(".mark")) marks.set(`f${mark.dataset.f}`, mark);
  const order = ["error", "warning", "notice"];
  let current = null;
  let shrunk = null;

  previous.hidden = next.hidden = false;
  filter.querySelector(".js-superfluous").hidden = true;

  // ---- light

  const cells = (entry) => entry.dataset.targets.split(" ").map((id) => document.getElementById(id)).filter(Boolean);

  function light(entry, on) {
    entry.classList.toggle("is-lit", on);
    cells(entry).forEach((cell, index) => cell.classList.toggle(index ? "is-lit-too" : "is-lit", on));
  }

  function select(entry, { to = "cell" } = {}) {
    if (current) light(current, false);
    current = entry;
    light(entry, true);
    history.replaceState(null, "", `#${entry.id}`);
    reveal(entry, to);
    count();
  }

  function reveal(entry, to) {
    const cell = marks.get(entry.id)?.closest("td, th, tr, p, h3") ?? cells(entry)[0];
    const notes = entry.closest(".notes");
    const beside = getComputedStyle(notes).position === "sticky";
    shrunk?.style.removeProperty("max-height");
    shrunk = null;
    if (to === "note" && !beside) entry.scrollIntoView({ block: "center", behavior: "instant" });
    if (to === "cell" && cell) cell.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    if (beside) bring(entry, notes, cell);
  }

  // Scrolls the notes so that the entry stands level with its cell. Where the section ends within the window the
  // notes would be pushed up and out of it: they are made shorter for as long as this entry is the chosen one.
  function bring(entry, notes, cell) {
    const top = document.querySelector(".toolbar").getBoundingClientRect().bottom + 8;
    const main = notes.parentElement.querySelector(".sheet-main");
    const room = main.getBoundingClientRect().bottom - top;
    if (notes.getBoundingClientRect().top < top - 4 && room > 160) {
      notes.style.setProperty("max-height", `${room}px`);
      shrunk = notes;
    }
    const level = cell ? cell.getBoundingClientRect().top : top;
    const height = entry.getBoundingClientRect().height;
    const frame = notes.getBoundingClientRect();
    const wanted = Math.min(Math.max(level, frame.top + 40), Math.max(frame.top, frame.bottom - height - 60));
    notes.scrollTop += entry.getBoundingClientRect().top - wanted;
  }

  // ---- filter

  const visible = () => entries.filter((entry) => !entry.hidden);

  function apply() {
    const shown = new Set([...filter.elements.show].filter((box) => box.checked).map((box) => box.value));
    const family = filter.elements.family.value;
    for (const entry of entries) {
      entry.hidden = !shown.has(entry.dataset.severity) || Boolean(family && entry.dataset.family !== family);
      const mark = marks.get(entry.id);
      if (mark) mark.hidden = entry.hidden;
    }
    for (const note of document.querySelectorAll(".note")) note.hidden = !note.querySelector(".entry:not([hidden])");
    new Set([...marks.values()].map((mark) => mark.parentElement)).forEach(tint);
    if (current?.hidden) {
      light(current, false);
      current = null;
    }
    address(shown, family);
    count();
  }

  function tint(cell) {
    const left = [...cell.querySelectorAll(":scope > .mark:not([hidden])")];
    const worst = order.find((severity) => left.some((mark) => mark.classList.contains(`is-${severity}`)));
    cell.classList.toggle("marked", Boolean(worst));
    cell.classList.remove(...order.map((severity) => `is-${severity}`));
    if (worst) cell.classList.add(`is-${worst}`);
  }

  function address(shown, family) {
    const query = new URLSearchParams();
    if (shown.size < filter.elements.show.length) shown.forEach((severity) => query.append("show", severity));
    if (family) query.set("family", family);
    const text = query.toString();
    history.replaceState(null, "", `${location.pathname}${text ? `?${text}` : ""}${location.hash}`);
  }

  function count() {
    const left = visible();
    const place = left.indexOf(current);
    position.textContent = place < 0 ? `显示 ${left.length} 条，共 ${entries.length} 条` : `第 ${place + 1} 条，共 ${left.length} 条`;
    previous.disabled = next.disabled = !left.length;
    document.getElementById("none")?.toggleAttribute("hidden", left.length > 0);
  }

  // ---- step

  function step(by) {
    const left = visible();
    if (!left.length) return;
    const place = left.indexOf(current);
    const start = place < 0 ? nearest(left, by) : place + by;
    select(left[(start + left.length) % left.length]);
  }

  // without a current one: the first below the top of the window
  function nearest(left, by) {
    const found = left.findIndex((entry) => (marks.get(entry.id) ?? entry).getBoundingClientRect().top > 60);
    return by > 0 ? Math.max(found, 0) : found < 0 ? left.length - 1 : found - 1;
  }

  next.addEventListener("click", () => step(1));
  previous.addEventListener("click", () => step(-1));
  // where only a portion is on the page, the server chooses
  filter.addEventListener("change", () => (filter.dataset.part ? filter.submit() : apply()));
  filter.addEventListener("submit", (event) => {
    if (filter.dataset.part) return;
    event.preventDefault();
    apply();
  });

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "Escape" && current) {
      light(current, false);
      current = null;
      count();
    } else if (event.key === "Enter" && event.target.classList.contains("entry")) select(event.target);
    else return;
    event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const mark = event.target.closest(".mark");
    if (mark) {
      event.preventDefault();
      select(document.getElementById(`f${mark.dataset.f}`), { to: "note" });
      return;
    }
    const entry = event.target.closest(".entry");
    if (!entry || event.target.closest(".explain-link, button") || String(getSelection())) return;
    event.preventDefault();
    select(entry);
  });

  // ---- hover

  function pointed(event) {
    const mark = event.target.closest?.(".mark");
    return mark ? document.getElementById(`f${mark.dataset.f}`) : event.target.closest?.(".entry");
  }
  document.addEventListener("mouseover", (event) => {
    const entry = pointed(event);
    if (entry && entry !== current) light(entry, true);
  });
  document.addEventListener("mouseout", (event) => {
    const entry = pointed(event);
    if (entry && entry !== current && !entry.contains(event.relatedTarget)) light(entry, false);
    if (entry && current) light(current, true);
  });

  // ---- where the reader is

  const links = new Map();
  for (const link of document.querySelectorAll(".outline a")) links.set(link.hash.slice(1), link);
  const watcher = new IntersectionObserver(
    (seen) => {
      for (const { target, isIntersecting } of seen) {
        const link = links.get(target.id);
        if (!link || !isIntersecting) continue;
        document.querySelectorAll(".outline a.is-here").forEach((other) => {
          other.classList.remove("is-here");
          other.removeAttribute("aria-current");
        });
        link.classList.add("is-here");
        link.setAttribute("aria-current", "location");
        const list = link.closest(".outline");
        const offset = link.getBoundingClientRect().top - list.getBoundingClientRect().top;
        if (offset < 0 || offset > list.clientHeight - 40) list.scrollTop += offset - list.clientHeight / 2;
      }
    },
    { rootMargin: "-20% 0px -70% 0px" },
  );
  document.querySelectorAll(".sheet, #reading").forEach((sheet) => watcher.observe(sheet));

  function fromAddress() {
    const entry = /^#f\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
    if (!entry) return;
    if (entry.hidden && !filter.dataset.part) {
      for (const box of filter.elements.show) box.checked = true;
      filter.elements.family.value = "";
      apply();
    }
    select(entry);
  }
  window.addEventListener("hashchange", fromAddress);
  count();
  fromAddress();
})();
