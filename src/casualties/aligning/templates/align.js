"use strict";
const cards = [...document.querySelectorAll(".card")];
const told = document.getElementById("told");
const save = document.getElementById("save");
const answer = (card) => card.querySelector("input:checked").value;
const answered = () => cards.filter((card) => answer(card));
const quoted = (text) => JSON.stringify(text);
function tell() { told.textContent = `${answered().length} of ${cards.length} answered`; }
function entry(card) {
  const one = quoted(card.dataset.one), other = quoted(card.dataset.other);
  const says = quoted(document.getElementById("by").value.trim() || "reviewer");
  const day = new Date().toISOString().slice(0, 10);
  const what = {
    same: `events: [${one}, ${other}]`,
    different: `different: [${one}, ${other}]`,
    part: `events: [${one}], part_of: ${other}`,
    whole: `events: [${other}], part_of: ${one}`,
  }[answer(card)];
  return `  - {${what}, says: ${says}, stated: ${day}}`;
}
for (const card of cards) {
  card.addEventListener("change", () => {
    card.querySelector(".after").hidden = !answer(card);
    tell();
  });
}
save.hidden = false;
save.addEventListener("click", () => {
  const text = ["casualties: 1", ...(answered().length ? ["same:", ...answered().map(entry)] : [])].join("\n") + "\n";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  link.download = "same.yaml";
  link.click();
  URL.revokeObjectURL(link.href);
});
tell();
