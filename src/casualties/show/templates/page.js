"use strict";
(() => {
  // Nothing is read or looked for before somebody asks for something, so that a long page is ready at once.
  const once = (make) => { let made; return () => (made ??= make()); };
  const data = once(() => JSON.parse(document.getElementById("data").textContent));
  const column = (name) => {
    const [values, places] = data().columns[name] || [[], []];
    return places.map((place) => values[place]);
  };
  const table = once(() => {
    const names = Object.keys(data().columns);
    const columns = names.map(column);
    return { names, records: columns.length ? columns[0].map((_, row) => columns.map((cells) => cells[row])) : [] };
  });
  const form = document.getElementById("filters");
  const told = document.getElementById("told");
  const known = document.getElementById("known");
  const index = once(() => {
    const rowOf = new Map(column("number").map((number, row) => [number, row]));
    const [sources, days] = [column("source"), column("until")];
    return [...document.querySelectorAll(".finding")].map((part) => indexed(part, rowOf, sources, days));
  });
  const indexed = (part, rowOf, sources, days) => ({
    part,
    status: part.dataset.status,
    figure: part.querySelector(".figure"),
    standing: part.querySelector(".standing bdi"),
    sentence: part.querySelector(".sentence bdi"),
    said: [".figure", ".standing bdi", ".sentence bdi"].map((name) => part.querySelector(name).textContent),
    words: part.querySelector("h3").textContent.toLowerCase(),
    rows: [...part.querySelectorAll("tr[id]")].map((row) => {
      const claim = row.querySelector("a").hash.slice(1);
      const place = rowOf.get(Number(row.id.slice(4)));
      return {
        row,
        claim,
        card: document.getElementById(claim),
        words: row.textContent.toLowerCase(),
        source: sources[place],
        day: days[place],
      };
    }),
    marks: [...part.querySelectorAll("svg [data-claims]")],
  });
  const fields = ["q", "source", "day", "status"].map((name) => form.elements[name]);
  const steps = once(() => data().steps);
  const stepOf = once(() => {
    const found = new Map();
    steps().forEach((step, place) => step.claims.forEach((claim) => found.set(claim, place)));
    return found;
  });

  const sayStep = () => {
    const place = known ? Number(known.value) : 0;
    const past = Boolean(known) && place < steps().length;
    const now = new Map();
    if (past) {
      steps().slice(0, place + 1).forEach((step) => {
        for (const [finding, words] of Object.entries(step.changed)) now.set(Number(finding), words);
      });
      document.getElementById("known-told").textContent = `${steps()[place].day.includes("T") ? "at" : "on"} ${steps()[place].label}`;
    } else if (known) {
      document.getElementById("known-told").textContent = "everything recorded";
    }
    if (known) known.setAttribute("aria-valuetext", document.getElementById("known-told").textContent);
    for (const each of index()) {
      const words = past ? now.get(Number(each.part.dataset.place)) || ["", "nothing known", ""] : each.said;
      [each.figure.textContent, each.standing.textContent, each.sentence.textContent] = words;
    }
    return (claim) => !past || (stepOf().has(claim) && stepOf().get(claim) <= place);
  };

  const show = () => {
    const [q, source, day, status] = fields.map((field) => field.value);
    const asked = q.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const isKnown = sayStep();
    let shown = 0;
    for (const each of index()) {
      const gone = new Set();
      let some = 0;
      let whole = true;
      for (const { row, claim, card, words, ...of } of each.rows) {
        const asks =
          (!source || of.source === source) &&
          (!day || of.day === day) &&
          (!status || each.status === status) &&
          asked.every((word) => words.includes(word) || each.words.includes(word));
        whole &&= asks;
        const fits = asks && isKnown(claim);
        row.hidden = !fits;
        card.hidden = !fits;
        some += fits;
        if (!fits) gone.add(row.id.slice(4));
      }
      for (const mark of each.marks) {
        mark.toggleAttribute("data-gone", mark.dataset.claims.split(" ").every((claim) => gone.has(claim)));
      }
      each.sentence.parentElement.hidden = !whole;
      each.part.hidden = !some;
      shown += some;
    }
    told.textContent = `${shown} of ${form.dataset.count} claims are shown.`;
  };

  const asText = () => {
    const asked = new URLSearchParams();
    for (const field of fields) if (field.value) asked.set(field.name, field.value);
    if (known && known.value !== known.max) asked.set("known", steps()[known.value].day);
    return asked.toString();
  };
  const remember = () => {
    const asked = asText();
    try {
      history.replaceState(null, "", `${location.pathname}${asked ? `?${asked}` : ""}${location.hash}`);
    } catch {
      // A page shown inside another without an address of its own has none to change.
    }
  };
  const change = () => { show(); remember(); };

  const reveal = (name) => {
    const target = name && document.getElementById(name);
    if (!target) return;
    if (target.hidden || target.closest("[hidden]")) { form.reset(); show(); }
    for (let part = target.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    target.scrollIntoView();
  };
  const save = (name, kind, text) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: kind }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const cell = (value) => {
    const text = value === null ? "" : String(value);
    const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const copy = async () => {
    const text = `${location.href.split(/[?#]/)[0]}${asText() ? `?${asText()}` : ""}${location.hash}`;
    try {
      await navigator.clipboard.writeText(text);
      told.textContent = "The link is copied.";
    } catch {
      told.textContent = text;
    }
  };

  const asked = new URLSearchParams(location.search);
  const alone = asked.get("embed") && document.getElementById(asked.get("embed"));
  if (alone) {
    const part = alone.closest(".finding");
    document.documentElement.classList.add("embed");
    part.classList.add("alone");
    part.open = true;
    return;
  }
  for (const field of fields) field.value = asked.get(field.name) || "";
  for (const field of fields) if (field.tagName === "SELECT" && field.selectedIndex < 0) field.value = "";
  const from = known && asked.has("known") ? steps().findIndex((step) => step.day === asked.get("known")) : -1;
  if (from >= 0) known.value = from;
  form.hidden = false;
  form.addEventListener("input", change);
  form.addEventListener("reset", () => setTimeout(change));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("open").addEventListener("click", () => {
    for (const part of document.querySelectorAll(".finding")) part.open = true;
  });
  document.getElementById("copy").addEventListener("click", copy);
  document.getElementById("json").addEventListener("click", () => {
    const { names, records } = table();
    const claims = records.map((row) => Object.fromEntries(names.map((name, place) => [name, row[place]])));
    save("claims.json", "application/json", JSON.stringify({ titles: data().titles, claims }, null, 1));
  });
  document.getElementById("csv").addEventListener("click", () => {
    const { names, records } = table();
    const lines = [names, ...records].map((row) => row.map(cell).join(","));
    save("claims.csv", "text/csv", `\ufeff${lines.join("\r\n")}\r\n`);
  });
  addEventListener("hashchange", () => reveal(location.hash.slice(1)));
  if (asText()) show();
  else told.textContent = `${form.dataset.count} of ${form.dataset.count} claims are shown.`;
  if (location.hash) reveal(location.hash.slice(1));
})();
