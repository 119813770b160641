// Values, lists of values, and tables that grow page by page.

import {button, make, theirs} from "./element.js";
import {localTime, span} from "./format.js";
import {retry} from "./trouble.js";
import {has, language, say, sayField, sayValue} from "./words.js";

// The fields whose values are the contract's own words, and not somebody's text.
let own = {enumerated: new Set(), durations: new Set()};

// Takes them from the API's description.
export function know(contract) { own = contract; }

// A value of the API as an element or a text.
export function shown(name, value) {
  if (value === true || value === false) return say(value ? "yes" : "no");
  if (value === undefined || value === null || value === "" || value.length === 0) {
    return make("span", {className: "none", textContent: say("none")});
  }
  if (name.endsWith("Time")) {
    return make("time", {dateTime: value, textContent: localTime(value, language())});
  }
  if (name.endsWith("Seconds")) return span(value, language());
  if (Array.isArray(value)) {
    return make("ul", {className: "values"},
      value.map((one) => make("li", {}, typeof one === "object" ? list(one) : shown(name, one))));
  }
  if (typeof value === "object") return list(value);
  const text = String(value);
  if (own.durations.has(name)) return span(text.slice(0, -1), language());
  if (text.startsWith("-----BEGIN")) {
    return make("details", {}, make("summary", {textContent: say("show")}),
      make("pre", {tabIndex: 0, textContent: text}));
  }
  return own.enumerated.has(name) && has(`value.${text}`) ? sayValue(text) : theirs(text);
}

// A resource's fields, as names and values.
export function list(item, fields = Object.keys(item)) {
  return make("dl", {}, fields.filter((name) => item[name] !== undefined).map((name) =>
    make("div", {}, make("dt", {textContent: sayField(name)}),
      make("dd", {}, shown(name, item[name])))));
}

// A table of one page and those that its reader asks for. `load(token)` gives `{items, next}`;
// `cells` are functions of an item, the first of which heads its row.
export function table(label, columns, load) {
  const body = make("tbody", {role: "rowgroup"});
  const head = make("thead", {role: "rowgroup"}, make("tr", {role: "row"}, columns.map(
    ({title}) => make("th", {role: "columnheader", scope: "col", textContent: title}))));
  const whole = make("table", {role: "table", hidden: true}, make("caption", {
    className: "heard", textContent: label}), head, body);
  const state = make("p", {role: "status"});
  const foot = make("div", {className: "foot"});
  let count = 0;

  async function next(token, focus) {
    foot.replaceChildren();
    state.textContent = say("loading");
    let page;
    try { page = await load(token); }
    catch (failure) {
      state.textContent = "";
      foot.replaceChildren(retry(failure, () => next(token, focus)));
      return;
    }
    const rows = page.items.map((item) => make("tr", {role: "row"}, columns.map((column, index) =>
      make(index ? "td" : "th", {
        role: index ? "cell" : "rowheader", scope: index ? null : "row",
        "data-title": column.title}, column.cell(item)))));
    body.append(...rows);
    count += rows.length;
    whole.hidden = count === 0;
    state.textContent = count === 0 ? say("empty")
      : say(page.next ? "shown.some" : "shown.all", {count});
    if (page.next) foot.append(button(say("do.more"), () => next(page.next, true)));
    if (focus && rows[0]) {
      const first = rows[0].querySelector("a, button");
      if (first) first.focus();
    }
  }

  void next("", false);
  return make("div", {className: "listing"}, whole, state, foot);
}
