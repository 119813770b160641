extension PageScript {
  /// Answers as they come.
  static let answer = #"""
    let running = null;

    // What a page can hold and a reader can read.
    const most = 4e6;

    const failed = (text) => make("p", {class: "status bad", role: "alert"}, text);

    const showHead = (response, began, out) => {
      const head = [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
      const body = make("pre", {
        class: "answer", tabindex: "0", role: "region", "aria-label": "Body of the answer"});
      const line = make("p", {role: "status"}, make("strong", {
        class: "status " + (response.ok ? "ok" : "bad")}, String(response.status)), " ",
      response.statusText, make("span", {class: "soft"},
        ` after ${Math.round(performance.now() - began)} ms`));
      out.replaceChildren(line, make("details", {}, make("summary", {}, "Headers"),
        make("pre", {}, head)), body);
      return body;
    };

    // The texts of a body; a stream is shown as it grows, a whole answer made readable at its end.
    const showText = async (response, body, isStream) => {
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      let length = 0;
      for (;;) {
        const {done, value} = await reader.read();
        if (done) break;
        length += value.length;
        if (isStream) body.append(value); else text += value;
        if (length > most) {
          await reader.cancel();
          body.append(text, "\n… and more");
          return;
        }
      }
      if (isStream) return;
      try { text = JSON.stringify(JSON.parse(text), null, 2); } catch { /* It is shown as it is. */ }
      body.textContent = text;
    };

    // The messages of a stream of Connect, a line for each; the last envelope has its end.
    const showEnvelopes = async (response, body, out) => {
      const reader = response.body.getReader();
      let rest = new Uint8Array();
      let length = 0;
      for (;;) {
        const {done, value} = await reader.read();
        if (done) throw new Error("the stream broke before its end");
        const joined = new Uint8Array(rest.length + value.length);
        joined.set(rest);
        joined.set(value, rest.length);
        rest = joined;
        while (rest.length >= 5) {
          const size = new DataView(rest.buffer, rest.byteOffset).getUint32(1);
          length += size < most ? 0 : size;
          if (rest.length < 5 + size) break;
          const text = new TextDecoder().decode(rest.subarray(5, 5 + size));
          const isEnd = rest[0] & 2;
          rest = rest.slice(5 + size);
          if (isEnd) {
            const {error} = JSON.parse(text);
            if (error) out.append(failed(`${error.code}: ${error.message || "no message"}`));
            return;
          }
          length += text.length;
          body.append(text + "\n");
        }
        if (length > most) {
          await reader.cancel();
          return body.append("… and more");
        }
      }
    };

    const showAnswer = async (response, began, out, isStream) => {
      const body = showHead(response, began, out);
      const type = response.headers.get("content-type") || "";
      if (!response.body) return;
      if (type.startsWith("application/connect+json")) return showEnvelopes(response, body, out);
      if (/json|text|xml|urlencoded/.test(type)) {
        return showText(response, body, isStream && response.ok);
      }
      const bytes = await response.blob();
      body.append(`${bytes.size} bytes of ${type || "no type"}`);
    };

    const send = async (operation, form, out) => {
      running?.abort();
      const abort = running = new AbortController();
      form.stop.disabled = false;
      const began = performance.now();
      out.replaceChildren(make("p", {class: "soft"}, "…"));
      try {
        const {url, about} = request(operation, form);
        const response = await fetch(url, {...about, signal: abort.signal});
        await showAnswer(response, began, out, operation["x-server-streaming"]);
      } catch (error) {
        if (out.firstChild?.textContent === "…") out.replaceChildren();
        out.append(failed(error.name === "AbortError" ? "Stopped."
          : error instanceof SyntaxError ? "This is no JSON: " + error.message
            : "No answer: " + error.message));
      } finally {
        if (running === abort) {
          running = null;
          form.stop.disabled = true;
        }
        out.dataset.done = "1";
      }
    };

    """#
}
