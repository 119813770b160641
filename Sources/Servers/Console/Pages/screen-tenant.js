// The reader's own tenant: what it calls itself, its policy, and the limits that the operator set.

import {make} from "./element.js";
import {form} from "./form.js";
import {tell} from "./notice.js";
import {heading} from "./screen.js";
import {list} from "./table.js";
import {say} from "./words.js";

const update = "TenantService_UpdateTenant";
// What a field that is empty comes as: nothing.
const plain = (value) =>
  value === undefined || value === false || value.length === 0 ? "" : JSON.stringify(value);

async function show(page) {
  const tenant = await page.api.call("TenantService_GetTenant");
  const policy = page.contract.fields(update, "policy");
  const values = {displayName: tenant.displayName};
  for (const name of policy) values[`policy.${name}`] = (tenant.policy || {})[name];
  const mayChange = page.api.has(update);
  page.draw(
    heading(say("screen.tenant")),
    list(tenant, ["name", "kind", "state", "issuer", "createTime"]),
    make("h2", {textContent: say("tenant.policy")}),
    mayChange ? form(page.contract, update,
      Object.entries(values).map(([name, value]) => ({name, value})), {
        submit: say("do.save"),
        work: async ({body}) => {
          // Only what was changed, and only where nobody else has changed the tenant meanwhile.
          const flat = {displayName: body.displayName};
          for (const name of policy) flat[`policy.${name}`] = body.policy[name];
          const changed = Object.keys(flat).filter(
            (name) => plain(flat[name]) !== plain(values[name]));
          if (changed.length === 0) return tell(say("unchanged"));
          page.renamed(await page.api.call(update, {
            query: {updateMask: changed.join(",")}, body: {...body, etag: tenant.etag}}));
          tell(say("done", {what: say("do.save")}));
          await show(page);
        },
      }) : list(tenant.policy || {}),
    make("h2", {textContent: say("tenant.limits")}),
    list(tenant.limits || {}));
}

export const tenant = {id: "tenant", operation: "TenantService_GetTenant", show};
