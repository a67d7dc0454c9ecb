"use strict";
const cards = [...document.querySelectorAll(".card")];
const told = document.getElementById("told");
const save = document.getElementById("save");
function accepted() { return cards.filter((card) => card.querySelector(".accept").checked); }
function tell() { told.textContent = `${accepted().length} of ${cards.length} accepted`; }
for (const card of cards) { card.querySelector(".accept").addEventListener("change", tell); }
save.hidden = false;
save.addEventListener("click", () => {
  const entries = accepted().map((card) => "  " + card.querySelector("textarea").value.trim().replace(/\n/g, "\n    "));
  const text = [document.getElementById("head").value.trimEnd(), ...entries].join("\n") + "\n";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  link.download = "ledger.yaml";
  link.click();
  URL.revokeObjectURL(link.href);
});
tell();
