// Handing in files without leaving the page: drop or choose, watch them being read, open the result.
"use strict";

(() => {
  const form = document.getElementById("upload");
  const input = document.getElementById("files");
  const queue = document.getElementById("queue");
  const button = form.querySelector("button[type=submit]");
  const maxBytes = Number(form.dataset.maxBytes);
  // each file is sent by itself: more than one request may bring are handed in one after the other
  const most = 500;
  const readable = input.accept.split(",");
  const folder = document.getElementById("folder");
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

  const suffix = (name) => name.slice(name.lastIndexOf(".")).toLowerCase();
  const isLitter = (name) => /^(\.|~\$|thumbs\.db$|desktop\.ini$)/i.test(name);

  // files: of {file, path}; what a folder holds besides documents is counted, not sent
  function accept(files, isFolder = false) {
    const chosen = files.filter(({ file }) => !isLitter(file.name));
    const wanted = isFolder ? chosen.filter(({ file }) => readable.includes(suffix(file.name))) : chosen;
    queue.replaceChildren();
    const others = chosen.filter((one) => !wanted.includes(one)).map(({ path }) => path);
    if (isFolder && !wanted.length) say(row("文件夹"), "文件夹里没有可以读取的文件。", "is-refused");
    else if (others.length) say(row(`文件夹中的其他 ${others.length} 个文件`), `不是可以读取的格式，没有上传：${others.slice(0, 8).join("、")}${others.length > 8 ? " 等" : ""}`);
    if (!wanted.length) return;
    if (wanted.length > most) {
      say(row("上传"), `一次最多 ${most} 个文件，这次有 ${wanted.length} 个。请分几次上传。`, "is-refused");
      return;
    }
    for (const { file, path } of wanted) {
      const item = row(path);
      if (file.size > maxBytes) say(item, `文件超过 ${megabytes} MB 的上限。请拆分文件，或删去其中的图片后重试。`, "is-refused");
      else if (!file.size) say(item, "文件是空的。请确认文件已保存，再重新上传。", "is-refused");
      else {
        say(item, "等待上传");
        waiting.push({ file, path, item, alone: wanted.length === 1 && !isFolder });
      }
    }
    if (!running) next();
  }

  const plain = (files) => [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));

  // Everything below what was dropped; a folder gives its files in portions.
  async function below(entry) {
    if (entry.isFile) {
      const file = await new Promise((resolve) => entry.file(resolve, () => resolve(null)));
      return file ? [{ file, path: entry.fullPath.slice(1) }] : [];
    }
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const portion = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
      if (!portion.length || found.length > most) return found;
      for (const inner of portion) found.push(...(await below(inner)));
    }
  }

  async function dropped(transfer) {
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    if (!entries.some((entry) => entry.isDirectory)) return accept(plain(transfer.files));
    const found = [];
    for (const entry of entries) found.push(...(await below(entry)));
    accept(found, true);
  }

  async function next() {
    running = true;
    let several = false;
    for (let work = waiting.shift(); work; work = waiting.shift()) {
      const answer = await send(work);
      const url = answer?.url;
      if (!url) offerAgain(work);
      if (url && work.alone && !answer.members?.some((member) => member.message) && !waiting.length) return location.assign(url);
      several = true;
    }
    running = false;
    if (several) total();
    if (several) await refresh();
  }

  // what became of all, above the rows; those that failed come next
  function total() {
    const done = queue.querySelectorAll(".is-done").length;
    const refused = queue.querySelectorAll(".is-refused:not(.members *)").length;
    queue.querySelector(".total")?.remove();
    if (done + refused < 2) return;
    const line = document.createElement("li");
    line.className = "total";
    line.textContent = `已读取 ${done} 个${refused ? `，没有读成 ${refused} 个，列在最前` : "，全部读成"}。`;
    queue.prepend(line);
  }

  function offerAgain(work) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button again";
    button.textContent = "再试一次";
    button.addEventListener("click", () => {
      button.remove();
      work.item.classList.remove("is-refused");
      say(work.item, "等待上传");
      waiting.push({ ...work, alone: false });
      if (!running) next();
    });
    work.item.append(button);
  }

  function send({ file, path, item }) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      const bar = document.createElement("progress");
      bar.setAttribute("aria-label", `${path} 的上传进度`);
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
      // browsers leave the folder out of a file's name; many departments call theirs alike
      data.append("path", path);
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
    if (result.members?.length) item.append(membersOf(result.members));
    const link = document.createElement("a");
    link.className = "link";
    link.href = result.url;
    link.textContent = "查看结果";
    item.append(link);
    return result;
  }

  function membersOf(members) {
    const list = document.createElement("ul");
    list.className = "members";
    for (const member of members) {
      const line = document.createElement("li");
      if (member.message) line.className = "is-refused";
      const said = member.message ? `没有读成：${member.message}${member.remedy ?? ""}` : member.documents ? `读到 ${member.documents} 份文本` : "没有读到预算绩效内容";
      line.textContent = `${member.name}　${said}`;
      if (member.url) {
        const link = document.createElement("a");
        link.href = member.url;
        link.textContent = "查看";
        line.append("　", link);
      }
      list.append(line);
    }
    return list;
  }

  async function refresh() {
    const answer = await fetch(form.action, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("lists");
    if (fresh) document.getElementById("lists").replaceWith(document.adoptNode(fresh));
  }

  input.addEventListener("change", () => {
    if (input.files.length) accept(plain(input.files));
    input.value = "";
  });
  folder.addEventListener("change", () => {
    if (folder.files.length) accept(plain(folder.files), true);
    folder.value = "";
  });
  document.getElementById("choose-folder").addEventListener("click", () => folder.click());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.files.length) accept(plain(input.files));
    else input.click();
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
    dropped(event.dataTransfer);
  });
})();
