// The platform's tenants, for its operator. Each look is written, with its reason, into the audit
// of the tenant that is looked at.

import {act, heading, screen} from "./screen.js";
import {button, make} from "./element.js";
import {differing} from "./changes.js";
import {form} from "./form.js";
import {identifier} from "./format.js";
import {list} from "./table.js";
import {say} from "./words.js";

const reasoned = [{name: "reason", required: true}];

const spec = {
  id: "tenants",
  list: "OperatorService_ListTenants",
  get: "OperatorService_LookUpTenant",
  items: "tenants",
  title: (one) => one.displayName,
  columns: ["displayName", "name", "kind", "state"],
  create: {
    id: "createTenant",
    operation: "OperatorService_CreateTenant",
    fields: ["tenantId", "displayName", "kind", "firstAdministrator.login", "reason"].map(
      (name) => ({name, required: name !== "firstAdministrator.login"})),
    request: (_, {query, body}) => {
      const {firstAdministrator, ...tenant} = body;
      return {query, body: firstAdministrator.login ? body : tenant};
    },
    secret: (answer) => ({
      secret: answer.firstAdministrator?.invitationUri || "", text: say("secret.invitation")}),
  },
  actions: [
    {
      id: "setLimits", operation: "OperatorService_SetTenantLimits",
      fields: (one, page) => page.contract.fields("OperatorService_SetTenantLimits", "limits")
        .map((name) => ({
          name: `limits.${name}`, value: (one.limits || {})[name], required: true}))
        .concat(reasoned),
      // Those that stay as they are, are not said: another operator may have set them meanwhile.
      request: (one, {query, body}) => {
        const limits = differing(one.limits || {}, body.limits || {});
        return limits && {query, body: {...body, limits}};
      },
    },
    {
      id: "suspendTenant", operation: "OperatorService_SuspendTenant", danger: true,
      typed: (one) => identifier(one.name), when: (one) => one.state === "ACTIVE",
      fields: reasoned,
    },
    {
      id: "resumeTenant", operation: "OperatorService_ResumeTenant",
      when: (one) => one.state === "SUSPENDED", fields: reasoned,
    },
  ],
};

// Asks why first: without a reason nobody looks.
function look(page, id) {
  const name = `tenants/${id}`;
  const draw = (tenant) => page.draw(
    make("p", {}, make("a", {href: "#tenants", textContent: say("screen.tenants")})),
    heading(tenant.displayName),
    list(tenant, ["name", "kind", "state", "issuer", "cell", "createTime", "policy", "limits"]),
    make("div", {className: "buttons"}, spec.actions
      .filter((one) => page.api.has(one.operation) && (!one.when || one.when(tenant)))
      .map((one) => button(say(`do.${one.id}`), () => act(page, spec, one, tenant, draw), {
        className: one.danger ? "danger" : ""}))));
  page.draw(
    heading(id), make("p", {textContent: say("about.lookUpTenant")}),
    form(page.contract, spec.get, reasoned, {
      submit: say("do.lookUpTenant"), cancel: () => { location.hash = "#tenants"; },
      work: async ({query}) => draw(await page.api.call(spec.get, {name, query})),
    }));
}

const usual = screen(spec);

export const tenants = {
  ...usual,
  show: (page, [id]) => id && id !== "new" ? look(page, id) : usual.show(page, [id]),
};
