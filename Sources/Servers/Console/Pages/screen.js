// A screen of a kind of resource: its list, one of them with what can be done to it, and a form for
// a new one. What each kind has is said by a specification; the API's description says the rest.

import {Failure} from "./api.js";
import {changes} from "./changes.js";
import {confirmed, show, showSecret} from "./dialog.js";
import {button, make, theirs} from "./element.js";
import {form} from "./form.js";
import {identifier} from "./format.js";
import {tell} from "./notice.js";
import {list, shown, table} from "./table.js";
import {retry, told} from "./trouble.js";
import {say, sayField} from "./words.js";

export const heading = (text) => make("h1", {tabIndex: -1}, text);
const path = (...parts) => `#${parts.map(encodeURIComponent).join("/")}`;
const titleOf = (spec, item) => (spec.title && spec.title(item)) || identifier(item.name);

// A resource as it is now: what stood on the page may be older.
async function again(page, spec, {name}) {
  if (spec.get) return page.api.call(spec.get, {name});
  const answer = await page.api.call(spec.list);
  const found = (answer[spec.items] || []).find((one) => one.name === name);
  if (!found) throw new Failure(404);
  return found;
}

const failed = (title, failure) => {
  if (failure.status === undefined) throw failure;
  return show(title, (close) => [
    told(failure), button(say("do.close"), () => close(true), {className: "primary"})]);
};

// Does one of a resource's actions: asks for what it wants, calls, and shows what comes of it.
export async function act(page, spec, action, known, done) {
  const title = say(`do.${action.id}`);
  const name = known ? known.name : "";
  let item = known;
  if (action.update || action.fresh) {
    try { item = await again(page, spec, known); }
    catch (failure) { return failed(title, failure); }
  }
  const call = async (said) => {
    if (action.update) {
      const request = changes(item, said.body);
      return request && page.api.call(action.operation, {name, ...request});
    }
    const more = action.request ? action.request(item || {}, said) : said;
    return more && page.api.call(action.operation, {name: action.noName ? "" : name, ...more});
  };
  const finish = async (answer) => {
    if (answer === null) return tell(say("unchanged"));
    if (action.secret) {
      const {secret, text} = action.secret(answer);
      await showSecret(title, text, secret);
    } else tell(say("done", {what: title}));
    if (action.gone) location.hash = path(spec.id);
    else await done(answer);
  };
  if (action.danger && (action.typed || !action.fields)) {
    const called = action.typed ? action.typed(item) : titleOf(spec, item);
    if (!await confirmed(title, say(`about.${action.id}`), called, Boolean(action.typed))) return;
  }
  if (action.fields) {
    const fields = typeof action.fields === "function"
      ? action.fields(item, page) : action.fields;
    let answer;
    const ready = await show(title, (close) => [
      make("p", {textContent: say(`about.${action.id}`)}),
      item ? make("p", {}, theirs(titleOf(spec, item))) : null,
      form(page.contract, action.operation, fields, {
        submit: title, danger: action.danger, cancel: () => close(false),
        work: async (said) => { answer = await call(said); close(true); },
      })].filter((one) => one));
    if (ready) await finish(answer);
    return;
  }
  try { await finish(await call({query: {}, body: {}})); }
  catch (failure) { await failed(title, failure); }
}

// The buttons of what may be done to an item.
export function actions(page, spec, item, done) {
  const possible = (spec.actions || []).filter((action) =>
    page.api.has(action.operation) && (!action.when || action.when(item, page)));
  return possible.length === 0 ? null : make("div", {className: "buttons"}, possible.map(
    (action) => button(say(`do.${action.id}`), () => act(page, spec, action, item, done), {
      className: action.danger ? "danger" : "",
      "aria-label": `${say(`do.${action.id}`)}: ${titleOf(spec, item)}`})));
}

// The table of a kind, where `more` names what it belongs to.
export function listing(page, spec, more = {}) {
  const place = make("div");
  const draw = () => {
    const columns = spec.columns.map((name, index) => ({
      title: sayField(name),
      cell: (item) => index === 0 && spec.get
        ? make("a", {href: path(spec.id, identifier(item.name))}, theirs(titleOf(spec, item)))
        : index === 0 && spec.title ? theirs(titleOf(spec, item)) : shown(name, item[name]),
    }));
    if (!spec.get && spec.actions) {
      columns.push({
        title: say("actions"), cell: (item) => actions(page, spec, item, draw) || shown("", "")});
    }
    place.replaceChildren(table(say(`screen.${spec.id}`), columns, async (token) => {
      const answer = await page.api.call(spec.list, {
        ...more, query: {...more.query, ...(token ? {pageToken: token} : {})}});
      return {items: answer[spec.items] || [], next: answer.nextPageToken || ""};
    }));
  };
  draw();
  return {element: place, draw};
}

function showList(page, spec) {
  const {element, draw} = listing(page, spec);
  const tools = [
    spec.create && page.api.has(spec.create.operation)
      ? make("a", {className: "button primary", href: path(spec.id, "new")}, say(
        `do.${spec.create.id}`)) : null,
    ...(spec.tools || []).filter((one) => page.api.has(one.operation)).map((one) =>
      button(say(`do.${one.id}`), () => act(page, spec, one, null, draw))),
  ].filter((one) => one);
  page.draw(heading(say(`screen.${spec.id}`)), make("p", {
    className: "hint", textContent: say(`screen.${spec.id}.hint`)}),
  tools.length ? make("div", {className: "buttons"}, tools) : null, element);
}

function showNew(page, spec) {
  const {create} = spec;
  const fields = typeof create.fields === "function" ? create.fields() : create.fields;
  const back = () => { location.hash = path(spec.id); };
  page.draw(heading(say(`do.${create.id}`)), form(page.contract, create.operation, fields, {
    submit: say(`do.${create.id}`), cancel: back,
    work: async (said) => {
      const answer = await page.api.call(
        create.operation, create.request ? create.request({}, said) : said);
      if (create.secret) {
        const {secret, text} = create.secret(answer);
        if (secret) await showSecret(say(`do.${create.id}`), text, secret);
      }
      tell(say("done", {what: say(`do.${create.id}`)}));
      const name = create.made ? create.made(answer) : answer.name;
      location.hash = spec.get && name ? path(spec.id, identifier(name)) : path(spec.id);
    },
  }));
}

async function showOne(page, spec, id) {
  const name = `${spec.items}/${id}`;
  const draw = async () => {
    let item;
    try { item = await page.api.call(spec.get, {name}); }
    catch (failure) {
      page.draw(heading(theirs(id)), retry(failure, draw));
      return;
    }
    const parts = [
      make("p", {}, make("a", {href: path(spec.id), textContent: say(`screen.${spec.id}`)})),
      heading(theirs(titleOf(spec, item))), list(item, spec.details),
      actions(page, spec, item, draw)];
    for (const child of spec.children || []) {
      if (!page.api.has(child.list)) continue;
      const {element, draw: again} = listing(page, child, child.of ? child.of(item) : {name});
      const tools = (child.tools || []).filter((one) => page.api.has(one.operation)).map((one) =>
        button(say(`do.${one.id}`), () => act(page, spec, one, item, again), {
          className: one.danger ? "danger" : ""}));
      parts.push(make("h2", {textContent: say(`screen.${child.id}`)}), element,
        tools.length ? make("div", {className: "buttons"}, tools) : null);
    }
    page.draw(...parts);
  };
  await draw();
}

// A screen of the specification.
export const screen = (spec) => ({
  id: spec.id,
  operation: spec.list,
  show: (page, [id]) => {
    if (id === "new" && spec.create && page.api.has(spec.create.operation)) {
      return showNew(page, spec);
    }
    return id && spec.get ? showOne(page, spec, id) : showList(page, spec);
  },
});
