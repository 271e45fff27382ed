// The original beside the reading: a value lights up its place, a place its values; corrections are saved in place.
"use strict";

(() => {
  const panes = document.querySelector(".panes");
  if (!panes) return;
  document.body.classList.add("has-script");
  const values = [...panes.querySelectorAll(".value")];
  const byTarget = new Map();
  for (const value of values) {
    const target = value.dataset.target;
    if (target) byTarget.set(target, [...(byTarget.get(target) ?? []), value]);
  }
  const leftOver = new Map([...panes.querySelectorAll(".left-over li")].map((item) => [item.dataset.target, item]));
  let lit = [];

  function light(value, { place = false, entry = false } = {}) {
    for (const element of lit) element.classList.remove("is-lit");
    const spot = document.getElementById(value.dataset.target);
    lit = [value, spot?.matches("figure") ? null : spot].filter(Boolean);
    for (const element of lit) element.classList.add("is-lit");
    if (place && spot) centre(spot);
    if (entry) centre(value);
  }

  // Only the pane moves, so that the page around it stays where it is; on a phone the list is the page itself.
  function centre(element) {
    const pane = element.closest(".pane");
    const mine = element.getBoundingClientRect();
    const its = pane.getBoundingClientRect();
    if (pane.scrollHeight > pane.clientHeight + 1 && getComputedStyle(pane).overflowY === "auto") {
      const high = element.matches("figure") ? 0 : Math.max(0, (its.height - mine.height) / 2);
      pane.scrollBy({ top: mine.top - its.top - high, left: mine.left - its.left - Math.max(0, (its.width - mine.width) / 2), behavior: "instant" });
    } else element.scrollIntoView({ block: "start", behavior: "instant" });
    if (element.closest(".pane-original")) jumped = { element, at: Date.now() };
  }

  // pictures that arrive above the place push it away
  let jumped = null;
  panes.addEventListener("load", () => {
    if (jumped && Date.now() - jumped.at < 4000) centre(jumped.element);
  }, true);

  // ---- from the reading to the original

  panes.addEventListener("click", (event) => {
    const edit = event.target.closest(".edit");
    if (edit) {
      event.preventDefault();
      return open(edit.closest(".value"));
    }
    if (event.target.closest(".cancel")) {
      event.preventDefault();
      return close(event.target.closest(".value"));
    }
    const shown = event.target.closest(".shown, .at");
    if (shown) {
      event.preventDefault();
      return light(shown.closest(".value, li"), { place: true });
    }
    const link = event.target.closest("a[href^='#v:']");
    if (link) {
      event.preventDefault();
      return goTo(link.hash);
    }
    if (event.target.closest("form, .pane-values")) return;
    // ---- from the original to the reading: another click on the same place goes on to its next value
    const spot = event.target.closest("rect, .text [id]");
    const found = spot && (byTarget.get(spot.id) ?? [leftOver.get(spot.id)].filter(Boolean));
    if (found?.length) light(found[(found.indexOf(lit[0]) + 1) % found.length], { entry: true });
  });

  function goTo(hash) {
    const value = document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!value) return;
    light(value, { place: true, entry: true });
    history.replaceState(null, "", hash);
  }

  // ---- corrections

  const blank = document.getElementById("correct-form").content;
  const told = (form, text) => { form.querySelector("output").textContent = text; };

  function open(value) {
    close(panes.querySelector(".value:has(form)"));
    const form = blank.cloneNode(true).firstElementChild;
    const shown = value.querySelector(".shown");
    const text = shown.textContent === "（空）" ? "" : shown.textContent;
    form.noValidate = true; // the name stands once, above the list
    form.elements.path.value = value.dataset.path;
    form.elements.before.value = text;
    form.elements.after.value = text;
    form.elements.after.rows = Math.min(8, Math.ceil(text.length / 28) || 1);
    value.querySelector("dd").append(form);
    light(value, { place: true });
    form.elements.after.focus();
    form.elements.after.select();
  }

  function close(value) {
    value?.querySelector("form")?.remove();
    value?.querySelector(".edit").focus({ preventScroll: true });
  }

  panes.addEventListener("submit", (event) => {
    if (event.target.matches(".correct")) save(event, event.target.closest(".value"));
  });
  panes.addEventListener("keydown", (event) => {
    if (!event.target.matches(".correct textarea")) return;
    if (event.key === "Escape") close(event.target.closest(".value"));
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  });

  async function save(event, value) {
    event.preventDefault();
    const form = event.target;
    const who = document.getElementById("who");
    if (!who.value.trim()) {
      told(form, "请先在上方写明更正人。");
      who.focus();
      return;
    }
    form.elements.who.value = who.value;
    told(form, "正在保存并重新审核……");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      const said = await answer.json();
      if (!answer.ok) return told(form, `${said.message}${said.remedy ?? ""}`);
      const made = value.querySelector(".made") ?? document.createElement("span");
      made.className = "made";
      made.textContent = `${said.who} 刚刚更正，原为“${form.elements.before.value || "空"}”`;
      value.querySelector(".shown").textContent = said.after || "（空）";
      value.querySelector(".edit").after(made);
      value.classList.add("is-corrected");
      const counter = document.getElementById("history-count");
      counter.textContent = Number(counter.textContent) + 1;
      close(value);
    } catch {
      told(form, "没有连上服务器，内容还在，请稍后再保存。");
    }
  }

  // ---- finding

  const find = document.getElementById("find");
  const onlyUnsure = document.getElementById("only-unsure");
  const counted = document.getElementById("found");

  function filter() {
    const wanted = find.value.trim().toLowerCase();
    const narrow = Boolean(wanted || onlyUnsure?.checked);
    let count = 0;
    for (const group of panes.querySelectorAll(".group")) {
      const named = group.querySelector("h3")?.textContent.toLowerCase().includes(wanted);
      let some = false;
      for (const value of group.querySelectorAll(".value")) {
        const fits = (named || value.textContent.toLowerCase().includes(wanted)) && (!onlyUnsure?.checked || value.classList.contains("is-unsure"));
        value.hidden = !fits;
        some ||= fits;
        count += fits;
      }
      group.hidden = !some;
    }
    for (const heading of panes.querySelectorAll("#values h2")) heading.hidden = narrow;
    counted.textContent = narrow ? `找到 ${count} 个` : "";
  }
  let waiting = 0;
  find.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  });
  onlyUnsure?.addEventListener("change", filter);

  const unsure = values.filter((value) => value.classList.contains("is-unsure"));
  let at = -1;
  document.getElementById("next-unsure")?.addEventListener("click", () => {
    at = (at + 1) % unsure.length;
    light(unsure[at], { place: true, entry: true });
    counted.textContent = `第 ${at + 1} 处，共 ${unsure.length} 处`;
  });

  for (const form of panes.querySelectorAll(".correct")) form.noValidate = true;
  const opened = panes.querySelector(".value form")?.closest(".value");
  if (opened) centre(opened);
  if (/^#[vl]:/.test(location.hash)) goTo(location.hash);
})();
