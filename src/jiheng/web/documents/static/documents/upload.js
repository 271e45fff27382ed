// Handing in files without leaving the page: drop or choose, watch them being read, open the result.
"use strict";

(() => {
  const form = document.getElementById("upload");
  const input = document.getElementById("files");
  const queue = document.getElementById("queue");
  const button = form.querySelector("button[type=submit]");
  const maxBytes = Number(form.dataset.maxBytes);
  const maxFiles = Number(form.dataset.maxFiles);
  const megabytes = Math.round(maxBytes / 1024 / 1024);
  let running = false;
  const waiting = [];

  button.hidden = true;
  form.classList.add("is-live");
  input.classList.add("unseen");
  input.required = false;

  function row(name) {
    const item = document.createElement("li");
    item.className = "queued";
    const title = document.createElement("strong");
    title.textContent = name;
    const said = document.createElement("span");
    said.className = "said";
    item.append(title, said);
    queue.append(item);
    queue.hidden = false;
    return item;
  }

  function say(item, text, state) {
    item.querySelector(".said").textContent = text;
    if (state) item.classList.add(state);
    if (state) item.querySelector("progress")?.remove();
  }

  function summary(counts) {
    const parts = [["error", "错误"], ["warning", "警告"], ["notice", "提示"]]
      .filter(([key]) => counts[key])
      .map(([key, word]) => `${word} ${counts[key]}`);
    return parts.length ? `已读取：${parts.join("，")}` : "已读取，没有发现问题";
  }

  function accept(files) {
    const chosen = [...files];
    if (!chosen.length) return;
    queue.replaceChildren();
    if (chosen.length > maxFiles) {
      say(row("上传"), `一次最多 ${maxFiles} 个文件，这次选了 ${chosen.length} 个。请分几次上传。`, "is-refused");
      return;
    }
    for (const file of chosen) {
      const item = row(file.name);
      if (file.size > maxBytes) say(item, `文件超过 ${megabytes} MB 的上限。请拆分文件，或删去其中的图片后重试。`, "is-refused");
      else if (!file.size) say(item, "文件是空的。请确认文件已保存，再重新上传。", "is-refused");
      else {
        say(item, "等待上传");
        waiting.push({ file, item, alone: chosen.length === 1 });
      }
    }
    if (!running) next();
  }

  async function next() {
    running = true;
    let several = false;
    for (let work = waiting.shift(); work; work = waiting.shift()) {
      const url = await send(work);
      if (url && work.alone && !waiting.length) return location.assign(url);
      several = true;
    }
    running = false;
    if (several) await refresh();
  }

  function send({ file, item }) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      const bar = document.createElement("progress");
      bar.setAttribute("aria-label", `${file.name} 的上传进度`);
      item.append(bar);
      say(item, "正在上传");
      request.upload.onprogress = (event) => {
        if (!event.lengthComputable) return;
        bar.max = event.total;
        bar.value = event.loaded;
        if (event.loaded === event.total) {
          bar.removeAttribute("value");
          say(item, "正在读取和审核");
        }
      };
      request.onload = () => resolve(finish(item, request));
      request.onerror = request.onabort = () => {
        say(item, "上传中断，文件没有保存。请检查程序是否仍在运行，再试一次。", "is-refused");
        resolve(null);
      };
      const data = new FormData();
      data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      data.append("files", file, file.name);
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.send(data);
    });
  }

  function finish(item, request) {
    let answer = {};
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      answer = {};
    }
    const result = answer.results?.[0] ?? answer;
    if (!result.url) {
      const words = [result.message, result.remedy].filter(Boolean).join("");
      say(item, words || `上传没有成功（${request.status}）。请刷新页面后再试。`, "is-refused");
      return null;
    }
    say(item, result.message || summary(result.counts), "is-done");
    const link = document.createElement("a");
    link.className = "link";
    link.href = result.url;
    link.textContent = "查看结果";
    item.append(link);
    return result.url;
  }

  async function refresh() {
    const answer = await fetch(form.action, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("section[aria-labelledby=recent-title]");
    if (fresh) document.querySelector("section[aria-labelledby=recent-title]").replaceWith(document.adoptNode(fresh));
  }

  input.addEventListener("change", () => {
    accept(input.files);
    input.value = "";
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    accept(input.files);
  });

  let depth = 0;
  const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  window.addEventListener("dragenter", (event) => {
    if (!carriesFiles(event)) return;
    depth += 1;
    form.classList.add("is-over");
  });
  window.addEventListener("dragleave", (event) => {
    if (!carriesFiles(event)) return;
    depth = Math.max(0, depth - 1);
    if (!depth) form.classList.remove("is-over");
  });
  window.addEventListener("dragover", (event) => {
    if (carriesFiles(event)) event.preventDefault();
  });
  window.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    depth = 0;
    form.classList.remove("is-over");
    accept(event.dataTransfer.files);
  });
})();
