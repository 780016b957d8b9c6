"use strict";
const findings = [...document.querySelectorAll(".finding")];
const shown = () => findings.filter((finding) => !finding.hidden);

function move(step) {
  const list = shown();
  if (!list.length) return;
  const here = list.indexOf(document.activeElement.closest?.(".finding"));
  const next = here < 0 ? (step > 0 ? 0 : list.length - 1) : (here + step + list.length) % list.length;
  list[next].focus();
  list[next].scrollIntoView({ block: "center" });
}

function open(target) {
  const rule = target && document.getElementById(target);
  if (rule instanceof HTMLDetailsElement) {
    rule.open = true;
    rule.scrollIntoView();
    rule.querySelector("summary").focus();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const finding = event.target.closest?.(".finding");
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "Enter" && event.target === finding) finding.querySelector("a.code").click();
});

for (const box of document.querySelectorAll("[data-severity][type=checkbox]")) {
  box.addEventListener("change", () => {
    for (const finding of findings)
      if (finding.dataset.severity === box.dataset.severity) finding.hidden = !box.checked;
    for (const cell of document.querySelectorAll(".cell"))
      cell.hidden = !cell.querySelector(".finding:not([hidden])");
  });
}

addEventListener("hashchange", () => open(decodeURIComponent(location.hash.slice(1))));
open(decodeURIComponent(location.hash.slice(1)));
