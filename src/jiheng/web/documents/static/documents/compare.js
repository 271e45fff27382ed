// The original beside the reading: a value lights up its place, a place its value; corrections are saved in place.
"use strict";

(() => {
  const panes = document.querySelector(".panes");
  if (!panes) return;
  document.body.classList.add("has-script");
  const values = new Map([...panes.querySelectorAll(".value")].map((value) => [value.dataset.path, value]));
  const rects = new Map([...panes.querySelectorAll("rect")].map((rect) => [rect.dataset.for, rect]));
  let lit = [];

  function placeOf(value) {
    return rects.get(value.dataset.path) ?? document.getElementById(value.dataset.anchor);
  }

  function light(value, scroll) {
    for (const element of lit) element.classList.remove("is-lit");
    const place = placeOf(value);
    lit = [value, place].filter(Boolean);
    for (const element of lit) element.classList.add("is-lit");
    if (scroll === "place") (place ?? document.getElementById(`page-${value.dataset.page}`))?.scrollIntoView({ block: "center" });
    if (scroll === "value") value.scrollIntoView({ block: "center" });
  }

  for (const value of values.values()) {
    value.querySelector(".shown").addEventListener("click", () => light(value, "place"));
    value.querySelector("details").addEventListener("toggle", (event) => {
      if (!event.target.open) return;
      light(value, "place");
      const field = value.querySelector("textarea");
      field.rows = Math.min(8, Math.ceil(field.value.length / 30) || 1);
      field.focus();
    });
    value.querySelector("form").addEventListener("submit", (event) => save(event, value));
  }
  for (const [path, rect] of rects) rect.addEventListener("click", () => values.has(path) && light(values.get(path), "value"));
  const byAnchor = new Map();
  for (const value of values.values()) if (!byAnchor.has(value.dataset.anchor)) byAnchor.set(value.dataset.anchor, value);
  panes.querySelector(".text")?.addEventListener("click", (event) => {
    const value = byAnchor.get(event.target.closest("[id]")?.id);
    if (value) light(value, "value");
  });

  async function save(event, value) {
    event.preventDefault();
    const form = event.target;
    const told = form.querySelector("output");
    const who = document.getElementById("who");
    if (!who.value.trim()) {
      told.textContent = "请先在上方写明更正人。";
      who.focus();
      return;
    }
    form.elements.who.value = who.value;
    told.textContent = "正在保存并重新审核……";
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      const said = await answer.json();
      if (!answer.ok) {
        told.textContent = `${said.message}${said.remedy ?? ""}`;
        return;
      }
      value.querySelector(".shown").textContent = said.after;
      form.elements.before.value = said.after;
      told.textContent = "";
      value.querySelector("details").open = false;
      value.classList.add("is-corrected");
      value.querySelector(".shown").focus();
    } catch {
      told.textContent = "没有连上服务器，内容还在，请稍后再保存。";
    }
  }

  const unsure = [...values.values()].filter((value) => value.classList.contains("is-unsure"));
  const next = document.getElementById("next-unsure");
  if (next && unsure.length) {
    let at = -1;
    next.hidden = false;
    next.addEventListener("click", () => {
      at = (at + 1) % unsure.length;
      light(unsure[at], "place");
      unsure[at].scrollIntoView({ block: "center" });
      unsure[at].querySelector(".shown").focus({ preventScroll: true });
    });
  }

  if (location.hash.startsWith("#v:")) {
    const value = values.get(decodeURIComponent(location.hash.slice(3)));
    if (value) {
      light(value, "place");
      value.scrollIntoView({ block: "center" });
    }
  }
})();
