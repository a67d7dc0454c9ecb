// The page of the desk: it fetches the parts, hands them to a worker, and shows what the worker answers.
const DEADLINE = 60_000;
const page = (id) => document.getElementById(id);
const say = (text) => { page("state").textContent = text; };

const names = {
  text: page("text"), shown: page("shown"), problems: page("problems"), seed: page("seed"),
};
let worker = null;
let files = null;
let tab = "table";
let asked = 0;
let running = null;
let waiting = [];
let timer = 0;
let last = null;

async function unpacked(blob) {
  return new Uint8Array(await new Response(blob.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
}

// In the edition of one file the parts stand in the page; else they are fetched beside it.
async function load() {
  const inside = document.querySelectorAll("script[type='application/x-part']");
  const found = {};
  for (const part of inside) {
    const bytes = Uint8Array.from(atob(part.textContent), (each) => each.charCodeAt(0));
    found[part.id] = await unpacked(new Blob([bytes]));
    part.remove();
  }
  if (inside.length) return found;
  const listed = await (await fetch("parts.json")).json();
  await Promise.all(listed.map(async (name) => {
    const answer = await fetch(name);
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    found[name] = new Uint8Array(await answer.arrayBuffer());
  }));
  return found;
}

function begin() {
  worker?.terminate();
  const code = new TextDecoder().decode(files["worker.js"]);
  worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
  worker.onmessage = ({ data }) => answered(data);
  worker.onerror = (error) => say(`The desk could not start: ${error.message}`);
  worker.postMessage({ files });
  window.worker = worker;
}

function send(message, transfer = []) {
  running = message;
  worker.postMessage(message, transfer);
  clearTimeout(timer);
  timer = setTimeout(() => {
    say(`No answer within a minute: the desk begins anew${running.name ? ` without ${running.name}` : ""}, and your text is kept.`);
    running = null;
    window.ready = false;
    begin();
  }, window.deadline ?? DEADLINE);
}

// Files and what is to be saved wait in turn; of texts only the newest waits, and it pushes out no file.
function ask(message) {
  message.id = ++asked;
  if (!message.bytes && !message.save) waiting = waiting.filter((each) => each.bytes || each.save);
  waiting.push(message);
  next();
}
function next() {
  if (!running && window.ready && waiting.length) send(waiting.shift());
}
const night = matchMedia("(prefers-color-scheme: dark)");
const width = () => Math.max(320, names.shown.clientWidth);
const show = () => ask({ text: names.text.value, tab, width: width(), dark: night.matches });
const redraw = () => { if (window.ready && tab === "picture") show(); };
addEventListener("resize", redraw);
night.addEventListener("change", redraw);

function answered(data) {
  if (data.failed) { say(`The desk could not start: ${data.failed}`); return; }
  if (data.ready) {
    window.ready = true;
    window.python = data.version;
    if (!names.seed.options.length) {
      for (const name of Object.keys(data.seeds)) names.seed.add(new Option(name));
      names.seed.value = "nagorno-karabakh-2020-09-30";
      names.seed.onchange = () => { names.text.value = data.seeds[names.seed.value]; show(); };
      if (!names.text.value) names.text.value = data.seeds[names.seed.value];
    }
    document.querySelector("main").hidden = false;
    page("start").hidden = true;
    page("size").hidden = true;
    show();
    return;
  }
  clearTimeout(timer);
  running = null;
  if (data.text !== undefined) names.text.value = data.text;
  if (data.save) save(data.save, data.bytes, data.type);
  else draw(data);
  last = data;
  window.last = data;
  if (data.text !== undefined) show();
  next();
}

function draw(data) {
  const { ok, out, problems = [], notes = [] } = data;
  names.shown.classList.toggle("stale", !ok && data.text === undefined);
  page("problems-title").hidden = !problems.length && !notes.length;
  names.problems.replaceChildren(...problems.map(problem), ...notes.map(note));
  if (!ok) { say(`${problems.length === 1 ? "One problem" : `${problems.length} problems`}; what is shown is of the text before.`); return; }
  if (data.text !== undefined) return;
  say(`Answered in ${Math.round(data.ms)} ms.`);
  if (data.tab === "picture") {
    const drawn = new DOMParser().parseFromString(out, "image/svg+xml").documentElement;
    names.shown.replaceChildren(document.importNode(drawn, true));
  } else if (data.tab === "page") {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "");
    frame.title = "The published page";
    frame.srcdoc = out;
    names.shown.replaceChildren(frame);
  } else {
    const pre = document.createElement("pre");
    pre.tabIndex = 0;
    pre.textContent = out;
    names.shown.replaceChildren(pre);
  }
}

function note(text) {
  const item = document.createElement("li");
  item.className = "note";
  item.textContent = text;
  return item;
}

function problem({ place, message, hint }) {
  const item = document.createElement("li");
  const told = `${place ? `${place}: ` : ""}${message}${hint ? ` (${hint})` : ""}`;
  const line = /line (\d+)/.exec(place);
  if (!line) { item.textContent = told; return item; }
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = told;
  button.addEventListener("click", () => select(Number(line[1])));
  item.append(button);
  return item;
}

function select(line) {
  const lines = names.text.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  names.text.focus();
  names.text.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  const tall = names.text.scrollHeight / Math.max(lines.length, 1);
  names.text.scrollTop = Math.max(0, (line - 5) * tall);
}

function save(name, bytes, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  say(`Saved ${name}.`);
}

async function open(file) {
  if (!file) return;
  say(`Reading ${file.name}…`);
  try {
    ask({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
  } catch (error) {
    say(`${file.name} could not be read: ${error.message}. Choose it again.`);
  }
}

page("start").addEventListener("click", async () => {
  page("start").disabled = true;
  say("Loading…");
  window.began = performance.now();
  try {
    files ??= await load();
    if ("serviceWorker" in navigator && location.protocol !== "file:" && files["sw.js"]) {
      navigator.serviceWorker.register("sw.js").catch(() => {});
    }
    begin();
  } catch (error) {
    say(`The desk could not be loaded: ${error.message}`);
    page("start").disabled = false;
  }
});
names.text.addEventListener("input", show);
page("file").addEventListener("change", (event) => open(event.target.files[0]));
for (const kind of ["dragover", "dragleave", "drop"]) {
  addEventListener(kind, (event) => {
    event.preventDefault();
    document.body.classList.toggle("dropping", kind === "dragover");
    if (kind === "drop") open(event.dataTransfer.files[0]);
  });
}
const tabs = [...document.querySelectorAll("[role=tab]")];
function choose(button) {
  for (const each of tabs) {
    each.setAttribute("aria-selected", String(each === button));
    each.tabIndex = each === button ? 0 : -1;
  }
  tab = button.id.slice(4);
  names.shown.setAttribute("aria-labelledby", button.id);
  show();
}
tabs.forEach((button, place) => {
  button.addEventListener("click", () => choose(button));
  button.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(place + step + tabs.length) % tabs.length];
    next.focus();
    choose(next);
  });
});
for (const button of document.querySelectorAll("[data-save]")) {
  button.addEventListener("click", () => ask({ text: names.text.value, save: button.dataset.save }));
}
