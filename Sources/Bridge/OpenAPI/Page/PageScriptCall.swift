extension PageScript {
  /// Requests of the reader, and their answers as they come.
  static let call = #"""
    const base = ((api.servers || [])[0] || {url: "/"}).url.replace(/\/$/, "");
    let running = null;

    // Slashes of a parameter that stands for the rest of a path stay slashes.
    const segment = (text, keeps) => keeps
      ? text.split("/").map(encodeURIComponent).join("/") : encodeURIComponent(text);

    const request = (operation, form) => {
      let path = operation.path;
      const query = new URLSearchParams();
      const headers = new Headers();
      for (const one of operation.parameters || []) {
        const value = form.values[one.name].value;
        if (one.in === "path") {
          if (!value) throw new Error(one.name + " is needed for the path");
          path = path.replace(`{${one.name}}`, () => segment(
            value, operation["x-http-template"].includes("**")));
        } else if (value === "") continue;
        else if (one.in === "header") headers.set(one.name, value);
        else if (resolve(one.schema).type === "array") {
          for (const part of value.split("\n")) query.append(one.name, part);
        } else query.append(one.name, value);
      }
      const token = byId("token").value.trim();
      if (token) headers.set("authorization", "Bearer " + token);
      if (form.accept) headers.set("accept", form.accept.value);
      const text = query.toString();
      const about = {method: operation.verb.toUpperCase(), headers, credentials: "omit"};
      if (form.body) {
        headers.set("content-type", form.type.value);
        about.body = form.file && form.file.files.length ? form.file.files[0] : form.body.value;
      }
      return {url: base + path + (text ? "?" + text : ""), about};
    };

    const quoted = (text) => "'" + text.replace(/'/g, "'\\''") + "'";
    // The token stays out of what is copied.
    const curl = ({url, about}) => ["curl", "-X", about.method,
      ...[...about.headers].flatMap(([name, value]) => ["-H", quoted(
        name === "authorization" ? "authorization: Bearer $TOKEN" : `${name}: ${value}`)]),
      ...(typeof about.body === "string" && about.body ? ["--data-raw", quoted(about.body)] : []),
      quoted(new URL(url, location.href).href)].join(" ").replace("'authorization: Bearer $TOKEN'",
      '"authorization: Bearer $TOKEN"');

    // A stream grows as it comes; a whole answer is made readable at its end.
    const showAnswer = async (response, began, out, state) => {
      const type = response.headers.get("content-type") || "";
      const stream = state.streams && response.ok;
      const head = [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
      const body = make("pre", {class: "answer"});
      const line = make("p", {}, make("strong", {
        class: "status " + (response.ok ? "ok" : "bad")}, String(response.status)), " ",
      response.statusText, make("span", {class: "soft"},
        ` after ${Math.round(performance.now() - began)} ms`));
      out.replaceChildren(line, make("details", {}, make("summary", {}, "Headers"),
        make("pre", {}, head)), body);
      if (!response.body) return;
      if (!/json|text|xml|urlencoded/.test(type)) {
        const bytes = await response.blob();
        return body.append(`${bytes.size} bytes of ${type || "no type"}`);
      }
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (;;) {
        const {done, value} = await reader.read();
        if (done) break;
        text += value;
        if (text.length > 4e6) {
          await reader.cancel();
          text += "\n… and more";
          break;
        }
        if (stream) body.textContent = text;
      }
      if (!stream) {
        try { text = JSON.stringify(JSON.parse(text), null, 2); } catch { /* It is shown as it is. */ }
      }
      body.textContent = text;
    };

    const send = async (operation, form, out) => {
      running?.abort();
      const abort = running = new AbortController();
      form.stop.disabled = false;
      const began = performance.now();
      try {
        const {url, about} = request(operation, form);
        out.replaceChildren(make("p", {class: "soft"}, "…"));
        const response = await fetch(url, {...about, signal: abort.signal});
        await showAnswer(response, began, out, {streams: operation["x-server-streaming"]});
      } catch (error) {
        const text = error.name === "AbortError" ? "Stopped." : "No answer: " + error.message;
        out.append(make("p", {class: "status bad", role: "alert"}, text));
      } finally {
        if (running === abort) {
          running = null;
          form.stop.disabled = true;
        }
        out.dataset.done = "1";
      }
    };

    const field = (one) => {
      const schema = resolve(one.schema);
      const id = "p-" + one.name;
      const first = one.example !== undefined && one.required ? String(one.example) : "";
      const choices = schema.enum || (schema.type === "boolean" ? ["true", "false"] : null);
      const input = choices
        ? make("select", {id}, make("option", {value: ""}, ""), choices.map(
          (value) => make("option", {value}, value)))
        : make(schema.type === "array" ? "textarea" : "input", {
          id, autocomplete: "off", spellcheck: "false",
          placeholder: schema.type === "array" ? "one in each line" : schema.format || ""});
      if (!choices) input.value = first;
      return [make("label", {for: id}, one.name), input];
    };

    const tryForm = (operation) => {
      const form = {values: {}};
      const grid = make("div", {class: "form"});
      for (const one of operation.parameters || []) {
        const [label, input] = field(one);
        form.values[one.name] = input;
        grid.append(label, input);
      }
      const parts = [grid];
      const content = operation.requestBody && operation.requestBody.content;
      if (content) {
        const types = Object.keys(content).filter((type) => type !== "multipart/form-data");
        form.type = make("select", {"aria-label": "Type of the body"}, types.map(
          (type) => make("option", {value: type === "*/*" ? "application/octet-stream" : type}, type)));
        form.body = make("textarea", {"aria-label": "Body", spellcheck: "false"});
        const fill = () => {
          const media = content[form.type.value] || {};
          form.body.value = media.example === undefined ? "" : pretty(media.example);
        };
        form.type.addEventListener("change", fill);
        fill();
        parts.push(make("div", {class: "row"}, form.type), form.body);
        if (content["*/*"]) parts.push(form.file = make("input", {type: "file"}));
      }
      const kinds = Object.keys((resolve(operation.responses["200"]).content) || {});
      if (operation["x-server-streaming"] && kinds.length > 1) {
        form.accept = make("select", {"aria-label": "Form of the answer"}, kinds.map(
          (type) => make("option", {value: type}, type)));
        parts.push(make("div", {class: "row"}, form.accept));
      }
      const out = make("div", {id: "answer", "aria-live": "polite"});
      const shown = make("div");
      form.stop = make("button", {
        type: "button", disabled: true, onclick: () => running?.abort()}, "Stop");
      const showCurl = () => {
        try {
          shown.replaceChildren(make("pre", {}, curl(request(operation, form))));
        } catch (error) {
          shown.replaceChildren(make("p", {class: "status bad"}, error.message));
        }
      };
      parts.push(make("div", {class: "row"}, make("button", {
        id: "send", class: "main", type: "button", title: "Ctrl+Enter",
        onclick: () => send(operation, form, out)}, "Send"), form.stop,
      make("button", {type: "button", onclick: showCurl}, "curl")), shown, out);
      return make("div", {}, parts);
    };

    """#

  /// What begins it all.
  static let start = #"""
    const show = () => {
      running?.abort();
      const operation = operations.find((one) => one.operationId === current());
      if (operation) showOperation(operation); else showStart();
      document.title = (operation ? operation.operationId + " – " : "") + api.info.title;
      showList();
      byId("list").querySelector("[aria-current]")?.scrollIntoView({block: "nearest"});
      scrollTo(0, 0);
    };

    const turnTheme = () => {
      const root = document.documentElement;
      const dark = root.dataset.theme ? root.dataset.theme === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
    };

    document.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        return byId("send")?.click();
      }
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (event.key === "Escape" && typing) return event.target.blur();
      if (event.target.id === "search" && event.key === "Enter") {
        const first = listed()[0];
        if (first) location.hash = first.operationId;
        return byId("content").focus();
      }
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
      const keys = {
        "/": () => byId("search").focus(), j: () => move(1), k: () => move(-1), t: turnTheme};
      if (keys[event.key]) {
        event.preventDefault();
        keys[event.key]();
      }
    });
    byId("search").addEventListener("input", showList);
    byId("theme").addEventListener("click", turnTheme);
    addEventListener("hashchange", show);
    byId("title").textContent = api.info.title;
    show();

    """#
}
