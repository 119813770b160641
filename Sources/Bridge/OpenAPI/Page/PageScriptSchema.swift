extension PageScript {
  /// Schemas and what is said of an operation.
  static let schema = #"""
    const typeName = (schema) => {
      const name = schema.$ref && schema.$ref.split("/").pop().split(".").pop();
      const own = resolve(schema);
      if (own.type === "array") return "list of " + typeName(own.items || {});
      if (name) return name;
      if (own.anyOf) return own.anyOf.map(typeName).join(" or ");
      const type = [].concat(own.type || "any").join(" or ");
      return own.format ? `${type} (${own.format})` : type;
    };

    const limits = (schema) => {
      const own = resolve(schema);
      const found = [];
      const said = {
        minLength: "at least %s characters", maxLength: "at most %s characters", minimum: "from %s",
        maximum: "to %s", minItems: "at least %s", maxItems: "at most %s", pattern: "of the form %s",
        "x-oneof": "one of %s",
        "x-resource": "of the form %s"};
      const usual = {int32: [-2147483648, 2147483647], uint32: [0, 4294967295]}[own.format] || [];
      for (const [name, text] of Object.entries(said)) {
        const value = own[name];
        if (value === undefined || usual.includes(value)) continue;
        // What everybody expects of a name is not worth a line of signs.
        if (name === "minLength" && value === 1) continue;
        if (name === "pattern" && (own.format || value.includes("(?!"))) continue;
        found.push(text.replace("%s", () => value));
      }
      if (own.enum) found.push(own.enum.join(" | "));
      return found.length ? make("span", {class: "soft"}, " " + found.join(", ")) : null;
    };

    // Fields open when they are wanted: messages may contain themselves.
    const fieldsOf = (schema) => {
      const own = resolve(schema);
      if (own.type === "array") return fieldsOf(own.items || {});
      if (own.anyOf) {
        const object = own.anyOf.find((one) => resolve(one).properties);
        return object ? fieldsOf(object) : null;
      }
      const properties = Object.entries(own.properties || {});
      if (!properties.length) return null;
      const needed = new Set(own.required || []);
      return make("ul", {class: "fields"}, properties.map(([name, field]) => {
        const shown = resolve(field);
        const head = [
          make("code", {class: shown.deprecated ? "old" : ""}, name), " ",
          make("span", {class: "soft"}, typeName(field)),
          needed.has(name) ? make("span", {class: "need"}, " required") : null, limits(field)];
        const values = typeof shown.additionalProperties === "object"
          ? shown.additionalProperties : field;
        const inner = resolve(values.items || values);
        const more = inner.properties || inner.anyOf;
        const about = prose(shown.description);
        if (!more) return make("li", {}, head, about);
        const details = make("details", {}, make("summary", {}, head), about);
        details.addEventListener("toggle", () => {
          const fields = details.open && details.dataset.full !== "1" && fieldsOf(values);
          details.dataset.full = "1";
          if (fields) details.append(fields);
        });
        return make("li", {}, details);
      }));
    };

    const pretty = (value) => typeof value === "string" ? value : JSON.stringify(value, null, 2);

    const showContent = (content) => Object.entries(content || {}).map(([type, media]) => make(
      "details", {open: type.endsWith("json") && !type.includes("ndjson")},
      make("summary", {}, make("code", {}, type)),
      fieldsOf((media.schema && media.schema["x-item-schema"]) || media.schema || {}),
      media.example === undefined ? null : make("pre", {}, pretty(media.example))));

    const showParameters = (parameters) => make("table", {}, make("tbody", {},
      parameters.map((one) => make("tr", {},
        make("td", {class: "name"}, one.name), make("td", {class: "soft name"}, one.in),
        make("td", {}, make("span", {class: "soft"}, typeName(one.schema)),
          one.required ? make("span", {class: "need"}, " required") : null, limits(one.schema),
          prose(one.description))))));

    const showSecurity = (operation) => {
      const security = operation.security || [];
      if (!security.length) return [make("p", {class: "soft"}, "No credential is needed.")];
      return [make("ul", {}, security.map((one) => {
        const names = Object.entries(one);
        if (!names.length) return make("li", {}, "no credential");
        return make("li", {}, names.map(([name, scopes]) => [
          name, scopes.length ? " with " : "",
          scopes.map((scope) => [make("code", {}, scope), " "])]));
      }))];
    };

    const showResponses = (responses) => Object.entries(responses).map(([status, response]) => {
      const own = resolve(response);
      return make("details", {open: status.startsWith("2")},
        make("summary", {}, make("strong", {
          class: "status " + (status.startsWith("2") ? "ok" : "bad")}, status), " ",
        inline((own.description || "").split("\n")[0])),
        own.headers ? make("ul", {}, Object.entries(own.headers).map(([name, header]) => make(
          "li", {}, make("code", {}, name), " ", header.description || ""))) : null,
        status.startsWith("2") ? showContent(own.content) : null);
    });

    const showSocket = (socket) => !socket ? [] : [make("h3", {}, "WebSocket"),
      ...[["You send", socket.send], ["You get", socket.receive]].filter((one) => one[1]).map(
        ([text, schema]) => make("details", {open: true}, make("summary", {}, text, " ",
          make("code", {}, typeName(schema))), fieldsOf(schema)))];

    const showStart = () => byId("content").replaceChildren(
      make("h2", {}, api.info.title), make("p", {class: "soft"}, api.info.version),
      ...prose(api.info.description), ...tags.flatMap((tag) => [
        make("h3", {}, tag.name), ...prose(tag.description), make("ul", {}, tag.operations.map(
          (one) => make("li", {}, make("a", {href: "#" + one.operationId},
            methodName(one)), " ", inline(one.summary))))]));

    const showOperation = (operation) => {
      const parameters = operation.parameters || [];
      byId("content").replaceChildren(
        make("h2", {class: operation.deprecated ? "old" : ""}, operation.summary),
        make("p", {class: "place"}, make("span", {class: "verb " + operation.verb}, operation.verb),
          make("span", {class: "path"}, operation.path)),
        make("p", {class: "soft"}, operation["x-grpc-method"] || ""),
        ...(operation.deprecated
          ? [make("p", {class: "warn"}, "Not to be used any more."
            + (operation["x-sunset"] ? " It ends at " + operation["x-sunset"] + "." : ""))] : []),
        ...prose(operation.description),
        make("h3", {}, "Credentials"), ...showSecurity(operation),
        ...(parameters.length ? [make("h3", {}, "Parameters"), showParameters(parameters)] : []),
        ...(operation.requestBody
          ? [make("h3", {}, "Body"), ...showContent(operation.requestBody.content)] : []),
        ...showSocket(operation["x-websocket"]),
        make("h3", {}, "Answers"), ...showResponses(operation.responses),
        make("h3", {}, "Try it"), tryForm(operation));
    };

    """#
}
