// Search without a server: browsers start no worker for a page that was opened from a disk,
// so there the search runs in a hidden frame that behaves like one.
if (location.protocol === "file:") {
  window.IFrameWorker = window.Worker = class extends EventTarget {
    #frame = document.createElement("iframe")
    #ready

    constructor(url) {
      super()
      this.#frame.hidden = true
      this.#frame.srcdoc = "<!doctype html><body></body>"
      this.#ready = new Promise((done, failed) => {
        this.#frame.onload = () => {
          const inside = this.#frame.contentWindow
          inside.postMessage = data => this.dispatchEvent(new MessageEvent("message", { data }))
          const script = inside.document.createElement("script")
          script.onload = () => done(inside)
          script.onerror = () => failed(new Error(`cannot load ${url}`))
          script.src = url
          inside.document.body.append(script)
        }
      })
      document.body.append(this.#frame)
    }

    postMessage(data) {
      this.#ready.then(inside => inside.dispatchEvent(new MessageEvent("message", { data })))
    }

    terminate() {
      this.#frame.remove()
    }
  }
}
