/// What the page does, in parts that make one script.
enum PageScript {
  /// Elements, texts and the list of methods.
  static let view = #"""
    "use strict";
    const api = JSON.parse(document.getElementById("document").textContent);
    const byId = (id) => document.getElementById(id);

    // Makes an element; texts never become markup.
    const make = (tag, about, ...children) => {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(about || {})) {
        if (value === undefined || value === null || value === false) continue;
        if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
        else element.setAttribute(name, value === true ? "" : value);
      }
      element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
      return element;
    };

    // `code` and **strong** within a line.
    const inline = (text) => text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
      if (/^`[^`]+`$/.test(part)) return make("code", {}, part.slice(1, -1));
      if (/^\*\*[^*]+\*\*$/.test(part)) return make("strong", {}, part.slice(2, -2));
      return part;
    });

    // Paragraphs, lists and code: as much of Markdown as comments have.
    const prose = (text) => {
      const blocks = [];
      let list = null;
      const lines = (text || "").split("\n");
      for (let index = 0; index < lines.length; index++) {
        const line = lines[index];
        if (line.startsWith("```")) {
          const code = [];
          while (++index < lines.length && !lines[index].startsWith("```")) code.push(lines[index]);
          blocks.push(make("pre", {}, code.join("\n")));
          list = null;
        } else if (/^[-*] /.test(line)) {
          if (!list) blocks.push(list = make("ul"));
          list.append(make("li", {}, inline(line.slice(2))));
        } else if (line.trim()) {
          blocks.push(make("p", {}, inline(line)));
          list = null;
        } else list = null;
      }
      return blocks;
    };

    const resolve = (value) => {
      for (let turn = 0; value && value.$ref && turn < 10; turn++) {
        const found = value.$ref.slice(2).split("/").reduce((at, name) => at && at[name], api);
        const {$ref, ...own} = value;
        value = {...found, ...own};
      }
      return value || {};
    };

    const verbs = ["get", "post", "put", "patch", "delete", "head", "options", "trace"];
    const operations = [];
    for (const [path, item] of Object.entries(api.paths)) {
      for (const verb of verbs) {
        if (item[verb]) operations.push({path, verb, ...item[verb]});
      }
    }
    const tags = (api.tags || []).map((tag) => ({
      ...tag, operations: operations.filter((one) => one.tags[0] === tag.name)}));
    const ordered = tags.flatMap((tag) => tag.operations);
    for (const one of operations) {
      one.words = [one.operationId, one.path, one.verb, one.summary, one.description]
        .join(" ").toLowerCase();
    }

    const listed = () => {
      const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
      return ordered.filter((one) => words.every((word) => one.words.includes(word)));
    };
    const current = () => {
      try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; }
    };
    const methodName = (one) => one.operationId.slice(one.tags[0].length + 1).replace(/_/g, " ");

    const showList = () => {
      const shown = new Set(listed());
      byId("list").replaceChildren(...tags.flatMap((tag) => {
        const some = tag.operations.filter((one) => shown.has(one));
        if (!some.length) return [];
        return [make("h2", {}, tag.name), ...some.map((one) => make("a", {
          href: "#" + one.operationId, title: one.path,
          "aria-current": one.operationId === current() ? "page" : null,
        }, make("span", {class: "verb " + one.verb}, one.verb),
        make("span", {class: one.deprecated ? "old" : ""}, methodName(one))))];
      }));
      if (!shown.size) byId("list").append(make("p", {class: "soft"}, "Nothing has these words."));
    };

    const move = (step) => {
      const some = listed();
      if (!some.length) return;
      const index = some.findIndex((one) => one.operationId === current());
      const next = index < 0 ? 0 : Math.min(Math.max(index + step, 0), some.length - 1);
      location.hash = some[next].operationId;
    };

    """#
}
