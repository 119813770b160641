extension PageScript {
  /// The form that a reader fills to send a request.
  static let form = #"""
    const labelled = (id, text, input) => [make("label", {for: id}, text), input];

    const field = (one, id) => {
      const schema = resolve(one.schema);
      const first = one.example !== undefined && one.required ? String(one.example) : "";
      const choices = schema.enum || (schema.type === "boolean" ? ["true", "false"] : null);
      const required = one.required ? "true" : null;
      const input = choices
        ? make("select", {id, "aria-required": required}, make("option", {value: ""}, ""),
          choices.map((value) => make("option", {value}, value)))
        : make(schema.type === "array" ? "textarea" : "input", {
          id, autocomplete: "off", spellcheck: "false", "aria-required": required,
          placeholder: schema.type === "array" ? "one in each line" : schema.format || ""});
      if (!choices) input.value = first;
      return input;
    };

    const choice = (id, text, options) => {
      const select = make("select", {id}, options.map(([value, shown]) => make(
        "option", {value}, shown)));
      return [select, make("div", {class: "row"}, labelled(id, text, select))];
    };

    const formText = (example) => new URLSearchParams(Object.entries(example).flatMap(
      ([name, value]) => [].concat(value).map((one) => [name, one]))).toString();

    const bodyParts = (form, content) => {
      const types = Object.keys(content).filter((type) => type !== "multipart/form-data");
      const [type, row] = choice("body-type", "Type of the body", types.map(
        (one) => [one === "*/*" ? "application/octet-stream" : one, one]));
      form.type = type;
      form.body = make("textarea", {id: "body", spellcheck: "false"});
      const fill = () => {
        const media = content[form.type.value] || {};
        form.body.value = media.example === undefined ? ""
          : form.type.value.endsWith("urlencoded") ? formText(media.example) : pretty(media.example);
      };
      form.type.addEventListener("change", fill);
      fill();
      const parts = [row, labelled("body", "Body", form.body)];
      if (content["*/*"]) {
        form.file = make("input", {id: "file", type: "file"});
        parts.push(make("div", {class: "row"}, labelled("file", "or a file", form.file)));
      }
      return parts;
    };

    const restParts = (operation, form) => {
      const grid = make("div", {class: "form"});
      const ids = new Set();
      for (const one of operation.parameters || []) {
        let id = "p-" + one.name;
        if (ids.has(id)) id = `p-${one.in}-${one.name}`;
        ids.add(id);
        const input = field(one, id);
        form.values.push([one, input]);
        grid.append(...labelled(id, one.name, input));
      }
      const parts = [grid];
      const content = operation.requestBody && operation.requestBody.content;
      if (content) parts.push(bodyParts(form, content));
      const kinds = Object.keys((resolve(operation.responses["200"]).content) || {});
      if (operation["x-server-streaming"] && kinds.length > 1) {
        const [accept, row] = choice(
          "accept", "Form of the answer", kinds.map((type) => [type, type]));
        form.accept = accept;
        parts.push(row);
      }
      return parts;
    };

    // The whole message, with what REST has in the path and the query; of a stream all of them.
    const connectParts = (operation, form) => {
      const streams = operation["x-client-streaming"];
      const example = operation["x-connect"].request;
      form.message = make("textarea", {id: "message", spellcheck: "false"});
      form.message.value = pretty(streams ? [example] : example);
      return [labelled("message", streams ? "Messages, as a JSON array" : "Message", form.message)];
    };

    const tryForm = (operation) => {
      const form = {values: []};
      const protocols = [];
      if (!operation["x-websocket"]) protocols.push(["rest", "REST"]);
      if (operation["x-connect"]) protocols.push(["connect", "Connect (JSON)"]);
      if (!protocols.length) {
        return make("p", {class: "soft"}, "A WebSocket is needed, which this page does not open.");
      }
      const [protocol, row] = choice("protocol", "Protocol", protocols);
      form.protocol = protocol;
      const sides = {
        rest: make("div", {}, operation["x-websocket"] ? [] : restParts(operation, form)),
        connect: make("div", {}, operation["x-connect"] ? connectParts(operation, form) : [])};
      const turn = () => {
        for (const [name, side] of Object.entries(sides)) side.hidden = name !== protocol.value;
      };
      protocol.addEventListener("change", turn);
      turn();
      const out = make("div", {id: "answer"});
      const shown = make("div");
      form.stop = make("button", {
        type: "button", disabled: true, onclick: () => running?.abort()}, "Stop");
      const showCurl = () => {
        try {
          shown.replaceChildren(make("pre", {tabindex: "0"}, curl(request(operation, form))));
        } catch (error) {
          shown.replaceChildren(failed(error.message));
        }
      };
      return make("div", {}, row, sides.rest, sides.connect, make("div", {class: "row"},
        make("button", {
          id: "send", class: "main", type: "button", title: "Ctrl+Enter",
          onclick: () => send(operation, form, out)}, "Send"), form.stop,
        make("button", {type: "button", onclick: showCurl}, "curl")), shown, out);
    };

    """#
}
