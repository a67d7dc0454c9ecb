// The worker of the desk: Python and the library, from parts that the page hands over; it fetches nothing.
globalThis.importScripts = undefined; // so that Pyodide takes this worker for one that loads modules
(async () => {
  const files = await new Promise((done) => { onmessage = ({ data }) => done(data.files); });
  const here = "https://desk.invalid/";
  const kind = (name) => (name.endsWith("js") ? "text/javascript" : name.endsWith("wasm") ? "application/wasm" : "application/octet-stream");
  globalThis.originalFetch = globalThis.fetch.bind(globalThis); // which the policy of the page keeps from any other host
  globalThis.fetch = async (asked) => {
    const name = String(asked.url ?? asked).replace(here, "");
    if (!files[name]) throw new TypeError(`${name} is not a part of the desk`);
    return new Response(files[name], { headers: { "content-type": kind(name) } });
  };
  const script = (name) => URL.createObjectURL(new Blob([files[name]], { type: "text/javascript" }));
  const { loadPyodide } = await import(script("pyodide/pyodide.mjs"));
  const { default: createPyodideModule } = await import(script("pyodide/pyodide.asm.mjs"));
  const python = await loadPyodide({ indexURL: `${here}pyodide/`, cdnUrl: `${here}pyodide/`, createPyodideModule });
  python.unpackArchive(files["packages.zip"].slice().buffer, "zip", { extractDir: python.runPython("import site; site.getsitepackages()[0]") });
  python.runPython(new TextDecoder().decode(files["desk.py"]));
  const desk = python.globals.get("answer");
  globalThis.python = python;
  onmessage = ({ data }) => {
    if (data.run) { // for the tests, which try what Python may reach
      python.runPythonAsync(data.run).then((told) => postMessage({ told: String(told) }), (error) => postMessage({ told: `ERROR ${error.message}` }));
      return;
    }
    const start = performance.now();
    const bytes = data.bytes ? python.toPy(data.bytes) : undefined;
    let answer;
    try {
      answer = desk(JSON.stringify({ ...data, bytes: undefined }), bytes);
    } catch (error) {
      postMessage({ id: data.id, tab: data.tab, ok: false, problems: [{ place: "", message: String(error.message).trim().split("\n").at(-1), hint: "" }] });
      return;
    }
    const [told, saved] = answer.toJs();
    answer.destroy();
    const found = { ...JSON.parse(told), id: data.id, tab: data.tab, ms: performance.now() - start, heap: python._module.HEAP8.length };
    if (saved) found.bytes = saved;
    postMessage(found);
  };
  postMessage({ ready: true, seeds: JSON.parse(python.globals.get("seeds")()), version: python.runPython("import sys; sys.version.split()[0]") });
})().catch((error) => postMessage({ failed: String(error.stack ?? error) }));
