// Forms made from the API's own description: what is required, how long, which values there are.

import {fresh, make, theirs} from "./element.js";
import {lines} from "./format.js";
import {told} from "./trouble.js";
import {has, say, sayField, sayValue} from "./words.js";

const hintOf = (name) => has(`hint.${name}`) ? say(`hint.${name}`) : "";

function control(field, schema, required, id) {
  const value = field.value;
  const options = field.options || (schema.enum || []).filter((one) => !/UNSPECIFIED$/.test(one));
  if (options.length) {
    const select = make("select", {id, required});
    if (!required && value === undefined) select.append(make("option", {value: ""}, say("none")));
    for (const one of options) select.append(make("option", {value: one}, sayValue(one)));
    if (value !== undefined) select.value = value;
    return {element: select, read: () => select.value};
  }
  if (schema.type === "boolean") {
    const box = make("input", {id, type: "checkbox", checked: value === true});
    return {element: box, read: () => box.checked};
  }
  if (schema.type === "array") {
    const area = make("textarea", {
      id, rows: 4, spellcheck: false, autocapitalize: "none", value: (value || []).join("\n")});
    return {element: area, read: () => lines(area.value)};
  }
  if (schema.type === "integer") {
    const box = make("input", {
      id, required, type: "number", inputMode: "numeric", min: schema.minimum ?? "",
      max: schema.maximum ?? "", value: value ?? ""});
    return {element: box, read: () => box.value === "" ? undefined : Number(box.value)};
  }
  if (schema.format === "date-time") {
    const box = make("input", {id, required, type: "datetime-local", step: "1"});
    if (value) {
      const time = new Date(value);
      const local = new Date(time.getTime() - time.getTimezoneOffset() * 60000);
      if (!Number.isNaN(local.getTime())) box.value = local.toISOString().slice(0, 19);
    }
    return {
      element: box, read: () => box.value ? new Date(box.value).toISOString() : undefined};
  }
  if (schema.format === "int64" || schema.format === "uint64") {
    const box = make("input", {
      id, required, type: "number", inputMode: "numeric", min: 0, value: value ?? ""});
    return {element: box, read: () => box.value || undefined};
  }
  const long = field.long || schema.maxLength > 1000;
  const box = make(long ? "textarea" : "input", {
    id, required, type: field.secret && !long ? "password" : null, autocomplete: "off",
    autocapitalize: "none", spellcheck: false, dir: "auto", value: value ?? ""});
  if (long) box.rows = 6;
  // Counted in characters there, in units of UTF-16 here: the server has the last word.
  if (schema.maxLength) box.maxLength = schema.maxLength * 2;
  return {element: box, read: () => box.value};
}

const nest = (target, name, value) => {
  const parts = name.split(".");
  const last = parts.pop();
  let place = target;
  for (const part of parts) place = place[part] ||= {};
  place[last] = value;
};

// Whether the API's name of a field is that of this one.
export const isNamed = (violation, name) => {
  const plain = violation.replace(/\[[^\]]*\]/g, "");
  return plain === name || plain.endsWith(`.${name}`) || name.endsWith(`.${plain}`);
};

// A form for a method. `fields` are names, or `{name, value, options, label, long}`; `work` gets
// `{query, body}` and may fail.
export function form(contract, operation, fields, {submit, danger = false, work, cancel}) {
  const rows = fields.map((one) => typeof one === "string" ? {name: one} : one).map((field) => {
    const {schema, required, place} = contract.field(operation, field.name);
    const id = fresh("field");
    const isRequired = field.required ?? required;
    const {element, read} = control(field, schema, isRequired, id);
    const hint = field.hint ?? hintOf(field.name);
    const error = make("p", {id: `${id}-error`, className: "error"});
    const note = make("p", {id: `${id}-hint`, className: "hint", textContent: hint});
    element.setAttribute("aria-describedby", `${id}-error${hint ? ` ${id}-hint` : ""}`);
    const label = make("label", {htmlFor: id}, field.label || sayField(field.name),
      isRequired ? null : make("span", {className: "hint", textContent: ` ${say("optional")}`}));
    const check = schema.type === "boolean";
    const row = make("div", {className: check ? "row check" : "row"},
      ...(check ? [element, label] : [label, element]), hint ? note : null, error);
    const complain = (...text) => {
      error.replaceChildren(...text);
      element.setAttribute("aria-invalid", String(text.length > 0));
    };
    return {name: field.name, element, read, place, row, complain, isRequired};
  });
  const trouble = make("div");
  const go = make("button", {
    type: "submit", className: danger ? "danger" : "primary", textContent: submit});

  function missing() {
    for (const row of rows) row.complain();
    const bad = rows.filter(({element, isRequired}) =>
      isRequired && element.type !== "checkbox" && !element.value.trim()
      || element.validity && element.validity.badInput);
    for (const row of bad) row.complain(say("form.required"));
    bad[0]?.element.focus();
    return bad.length > 0;
  }

  function complain(failure) {
    const left = failure.violations ? failure.violations.filter((violation) => {
      const row = rows.find(({name}) => isNamed(violation.field, name));
      row?.complain(say("form.check"), " ", theirs(violation.description));
      return !row;
    }) : [];
    const first = rows.find(({element}) => element.getAttribute("aria-invalid") === "true");
    if (!first || left.length) {
      trouble.replaceChildren(told(failure), ...left.map(({field, description}) =>
        make("p", {className: "error"}, theirs(`${field}: ${description}`))));
    }
    (first?.element || go).focus();
  }

  const whole = make("form", {noValidate: true}, rows.map(({row}) => row), trouble,
    make("div", {className: "buttons"}, go,
      cancel ? make("button", {
        type: "button", textContent: say("do.cancel"), on: {click: cancel}}) : null));
  whole.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.replaceChildren();
    if (missing()) return;
    const said = {query: {}, body: {}};
    for (const {name, read, place} of rows) {
      const value = read();
      if (value !== undefined) nest(said[place], name, value);
    }
    // Nothing is sent twice, and nothing typed is lost while it is on its way.
    go.disabled = true;
    try { await work(said); }
    catch (failure) { complain(failure); }
    finally { go.disabled = false; }
  });
  return whole;
}
