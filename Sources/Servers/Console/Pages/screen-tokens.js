// The keys that sign the tenant's tokens, and ending a token that is in wrong hands.

import {make} from "./element.js";
import {heading} from "./screen.js";
import {shown, table} from "./table.js";
import {say, sayField} from "./words.js";

async function keys(page) {
  const place = make("div");
  const draw = () => place.replaceChildren(table(say("tokens.keys"),
    ["kid", "alg", "crv", "use"].map((name) => ({
      title: sayField(name), cell: (one) => shown(name, one[name])})),
    async () => {
      const answer = await page.api.call("TokenService_GetKeySet", {name: page.account.tenant});
      return {items: answer.keys || [], next: ""};
    }));
  draw();
  return place;
}

export const tokens = {
  id: "tokens",
  operation: "TokenService_GetKeySet",
  show: async (page) => page.draw(
    heading(say("screen.tokens")),
    make("p", {className: "hint", textContent: say("screen.tokens.hint")}),
    make("h2", {textContent: say("tokens.keys")}), await keys(page),
    make("h2", {textContent: say("tokens.end")}),
    make("p", {textContent: say("tokens.end.text")}),
    make("ul", {}, ["clients", "members", "sessions"].map((id) =>
      make("li", {}, make("a", {href: `#${id}`, textContent: say(`screen.${id}`)}))))),
};
