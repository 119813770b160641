// The tenant's audit: who did what, found by what is asked, and proved.

import {button, make, theirs} from "./element.js";
import {form} from "./form.js";
import {identifier} from "./format.js";
import {prove} from "./proof.js";
import {heading, listing, screen} from "./screen.js";
import {list} from "./table.js";
import {told} from "./trouble.js";
import {say, sayField} from "./words.js";

const filters = ["actor", "action", "resource", "code", "call", "startTime", "endTime"];
const shelf = (tenant) => `console-checkpoint ${tenant}`;
// What changes where an operator continues a log or replaces its key, and where somebody forges
// one: whoever asked the operator says that it is known.
const announced = ["origin", "key"];

const spec = {
  id: "audit",
  list: "AuditService_ListAuditEntries",
  get: "AuditService_GetAuditEntry",
  items: "auditEntries",
  title: (entry) => identifier(entry.action) || identifier(entry.name),
  columns: ["action", "actor", "resource", "change", "code", "createTime"],
};

// The checkpoint that this browser saw last: hashes, nothing that is secret.
function seen(page) {
  try { return JSON.parse(localStorage.getItem(shelf(page.tenant.name))); } catch { return null; }
}

function keep(page, checkpoint) {
  try { localStorage.setItem(shelf(page.tenant.name), JSON.stringify(checkpoint)); } catch {}
}

function proving(page, entry) {
  const result = make("div", {"aria-live": "polite"});
  const go = button(say("do.prove"), async () => {
    go.disabled = true;
    result.replaceChildren(make("p", {textContent: say("loading")}));
    try {
      const {steps, checkpoint} = await prove(
        entry, page.tenant.uid, (id, more) => page.api.call(id, more), seen(page));
      const bad = steps.filter(({state}) => state === "bad").map(({step}) => step);
      const isGood = bad.length === 0;
      if (isGood) keep(page, checkpoint);
      const isOther = !isGood && bad.every((step) => announced.includes(step));
      result.replaceChildren(
        make("p", {className: isGood ? "good" : "error"}, make("strong", {
          textContent: say(isGood ? "proof.good" : isOther ? "proof.other" : "proof.bad")})),
        make("ul", {}, steps.map(({step, state}) => make("li", {className: state}, make("strong", {
          textContent: `${say(`proof.state.${state}`)}: `}), say(`proof.${step}`)))),
        list(checkpoint),
        ...(isOther ? [make("div", {className: "buttons"}, button(say("do.acknowledge"), () => {
          keep(page, checkpoint);
          go.click();
        }))] : []));
    } catch (failure) {
      if (failure.status === undefined) throw failure;
      result.replaceChildren(told(failure));
    } finally { go.disabled = false; }
  }, {className: "primary"});
  const sealed = entry.leafIndex !== undefined;
  return make("section", {},
    make("h2", {textContent: say("proof.title")}),
    make("p", {textContent: say(sealed ? "proof.text" : "proof.unsealed")}),
    sealed ? make("div", {className: "buttons"}, go) : null, result);
}

async function showEntry(page, id) {
  const entry = await page.api.call(spec.get, {name: `auditEntries/${id}`});
  page.draw(
    make("p", {}, make("a", {href: "#audit", textContent: say("screen.audit")})),
    heading(theirs(spec.title(entry))), list(entry), proving(page, entry));
}

function showList(page, said) {
  const query = Object.fromEntries(new URLSearchParams(said));
  const {element} = listing(page, spec, {query});
  const fields = form(page.contract, spec.list,
    filters.map((name) => ({name, value: query[name], required: false})), {
      submit: say("do.filter"),
      work: async (answer) => {
        const wanted = Object.entries(answer.query).filter(([, value]) => value);
        const text = new URLSearchParams(wanted).toString();
        location.hash = text ? `#audit/filter/${encodeURIComponent(text)}` : "#audit";
      },
    });
  const active = filters.filter((name) => query[name]);
  page.draw(
    heading(say("screen.audit")),
    make("p", {className: "hint", textContent: say("screen.audit.hint")}),
    make("details", {open: active.length > 0},
      make("summary", {}, say("do.filter"),
        active.length ? `: ${active.map((name) => sayField(name)).join(", ")}` : ""), fields),
    element);
}

export const audit = {
  id: "audit",
  operation: "AuditService_GetCheckpoint",
  show: (page, [id, said]) =>
    id && id !== "filter" ? showEntry(page, id) : showList(page, said || ""),
};

export const platformAudit = screen({
  id: "platformAudit",
  list: "AuditService_ListPlatformAuditEntries",
  items: "platformAuditEntries",
  columns: ["reason", "action", "network", "door", "code", "count", "startTime", "createTime"],
});
