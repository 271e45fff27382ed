// The list of files: choose all of a page. The list is replaced after uploads, so it is asked anew each time.
"use strict";

document.addEventListener("change", (event) => {
  const boxes = [...document.querySelectorAll("input[name=chosen]")];
  const all = document.getElementById("all");
  if (event.target === all) for (const box of boxes) box.checked = all.checked;
  else if (event.target.name === "chosen") all.checked = boxes.every((box) => box.checked);
});
