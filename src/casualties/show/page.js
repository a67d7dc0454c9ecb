"use strict";
(() => {
  const form = document.getElementById("filters");
  const told = document.getElementById("told");
  const rows = [...document.querySelectorAll("[data-source]")];
  const findings = [...document.querySelectorAll("tbody[data-status]")];
  const counted = document.querySelectorAll("article[data-source]").length;
  const show = () => {
    const { source, day, status } = form.elements;
    let shown = 0;
    for (const row of rows) {
      const fits =
        (!source.value || row.dataset.source === source.value) &&
        (!day.value || row.dataset.day === day.value) &&
        (!status.value || row.dataset.status === status.value);
      row.hidden = !fits;
      if (fits && row.tagName === "ARTICLE") shown += 1;
    }
    for (const finding of findings) {
      finding.hidden = ![...finding.querySelectorAll("[data-source]")].some((row) => !row.hidden);
    }
    for (const part of document.querySelectorAll(".group")) {
      part.hidden = ![...part.querySelectorAll("tbody[data-status]")].some((finding) => !finding.hidden);
    }
    told.textContent = `${shown} of ${counted} claims are shown.`;
  };
  form.hidden = false;
  form.addEventListener("change", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.hidden) {
      form.reset();
      setTimeout(() => target.scrollIntoView());
    }
  };
  addEventListener("hashchange", reveal);
  show();
})();
