// Why somebody may call a method, or may not.

import {make, theirs} from "./element.js";
import {form} from "./form.js";
import {heading} from "./screen.js";
import {shown, table} from "./table.js";
import {say, sayField, sayValue} from "./words.js";

const operation = "AccessService_ExplainAccess";

export const access = {
  id: "access",
  operation,
  show: (page) => {
    const result = make("section", {"aria-live": "polite"});
    page.draw(
      heading(say("screen.access")),
      make("p", {className: "hint", textContent: say("screen.access.hint")}),
      form(page.contract, operation, [
        "principal", {name: "token", long: true},
        {name: "method", required: true, options: page.contract.methods()}, "resource", "address",
      ], {
        submit: say("do.explain"),
        work: async ({body}) => {
          const said = Object.fromEntries(Object.entries(body).filter(([, value]) => value));
          const found = await page.api.call(operation, {body: said});
          result.replaceChildren(
            make("h2", {textContent: say(found.allowed ? "access.allowed" : "access.refused")}),
            make("p", {}, found.reason ? sayValue(found.reason) : "", " ",
              found.subject ? theirs(found.subject) : ""),
            table(say("access.checks"),
              ["name", "verdict", "demanded", "held", "reason", "remedy"].map((name) => ({
                title: sayField(name === "name" ? "check" : name),
                cell: (one) => shown(name, one[name])})),
              async () => ({items: found.checks || [], next: ""})));
        },
      }), result);
  },
};
