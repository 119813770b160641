extension PageScript {
  /// Requests of the reader, as REST and as Connect has them.
  static let request = #"""
    const base = ((api.servers || [])[0] || {url: "/"}).url.replace(/\/$/, "");

    // Slashes of a parameter that stands for the rest of a path stay slashes.
    const segment = (text, keeps) => keeps
      ? text.split("/").map(encodeURIComponent).join("/") : encodeURIComponent(text);

    const place = (path) => {
      if (!base && location.protocol === "file:") {
        throw new Error("this file does not know where the methods are: --server writes it down");
      }
      return base + path;
    };

    const credentials = (headers) => {
      const token = byId("token").value.trim();
      if (token) headers.set("authorization", "Bearer " + token);
      return headers;
    };

    const restRequest = (operation, form) => {
      let path = operation.path;
      const query = new URLSearchParams();
      const headers = credentials(new Headers());
      for (const [one, input] of form.values) {
        const value = input.value;
        if (one.in === "path") {
          if (!value) throw new Error(one.name + " is needed for the path");
          path = path.replace(`{${one.name}}`, () => segment(value, one["x-allow-slashes"]));
        } else if (value === "") continue;
        else if (one.in === "header") headers.set(one.name, value);
        else if (resolve(one.schema).type === "array") {
          for (const part of value.split("\n")) query.append(one.name, part);
        } else query.append(one.name, value);
      }
      if (form.accept) headers.set("accept", form.accept.value);
      const text = query.toString();
      const about = {method: operation.verb.toUpperCase(), headers, credentials: "omit"};
      if (form.body) {
        const file = form.file && form.file.files[0];
        headers.set("content-type", file && file.type || form.type.value);
        about.body = file || form.body.value;
      }
      return {url: place(path + (text ? "?" + text : "")), about};
    };

    // A message in its envelope: no flags, and its length (Connect, "Streaming-Request").
    const envelope = (text) => {
      const bytes = new TextEncoder().encode(text);
      const whole = new Uint8Array(5 + bytes.length);
      new DataView(whole.buffer).setUint32(1, bytes.length);
      whole.set(bytes, 5);
      return whole;
    };

    const connectRequest = (operation, form) => {
      const streams = operation["x-server-streaming"] || operation["x-client-streaming"];
      const headers = credentials(new Headers({
        "connect-protocol-version": "1",
        "content-type": streams ? "application/connect+json" : "application/json"}));
      const about = {method: "POST", headers, credentials: "omit", body: form.message.value};
      const url = place(operation["x-connect"].path);
      if (!streams) return {url, about};
      let messages = JSON.parse(form.message.value);
      if (!operation["x-client-streaming"]) messages = [messages];
      else if (!Array.isArray(messages)) throw new Error("the messages are no JSON array");
      const texts = messages.map((one) => JSON.stringify(one));
      about.body = new Blob(texts.map(envelope));
      return {url, about, texts};
    };

    const request = (operation, form) => form.protocol.value === "connect"
      ? connectRequest(operation, form) : restRequest(operation, form);

    const quoted = (text) => "'" + text.replace(/'/g, "'\\''") + "'";
    const octal = (text) => [...envelope(text).slice(0, 5)].map(
      (byte) => "\\" + byte.toString(8).padStart(3, "0")).join("");
    // The token stays out of what is copied.
    const curl = ({url, about, texts}) => {
      const words = ["curl", "-X", about.method];
      for (const [name, value] of about.headers) {
        words.push("-H", name === "authorization"
          ? '"authorization: Bearer $TOKEN"' : quoted(`${name}: ${value}`));
      }
      if (texts) words.push("--data-binary", "@-");
      else if (about.body instanceof File) words.push("--data-binary", quoted("@" + about.body.name));
      else if (about.body) words.push("--data-raw", quoted(about.body));
      words.push(quoted(new URL(url, location.href).href));
      const command = words.join(" ");
      if (!texts) return command;
      return ["printf", quoted(texts.map((text) => octal(text) + "%s").join("")),
        ...texts.map(quoted), "|", command].join(" ");
    };

    """#
}
