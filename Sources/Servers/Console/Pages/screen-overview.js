// Where its reader is, and what is there to do.

import {make} from "./element.js";
import {heading} from "./screen.js";
import {list} from "./table.js";
import {say} from "./words.js";

export const overview = {
  id: "overview",
  show: (page) => page.draw(
    heading(say("screen.overview")),
    list(page.tenant, ["displayName", "name", "kind", "state", "issuer", "cell", "createTime"]),
    make("h2", {textContent: say("overview.screens")}),
    make("ul", {className: "cards"}, page.screens.filter(({id}) => id !== "overview").map(({id}) =>
      make("li", {}, make("a", {href: `#${id}`, textContent: say(`screen.${id}`)}),
        make("p", {className: "hint", textContent: say(`screen.${id}.hint`)}))))),
};
