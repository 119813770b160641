// The page itself: signs in, draws the frame, and shows the screen that the address names.

import {Account} from "./account.js";
import {API, Failure} from "./api.js";
import {Contract} from "./contract.js";
import {askAgain} from "./dialog.js";
import {button, byId, make, theirs} from "./element.js";
import {tell} from "./notice.js";
import {Reports, sender} from "./reports.js";
import {heading} from "./screen.js";
import {screens} from "./screens.js";
import {know} from "./table.js";
import {retry} from "./trouble.js";
import {catalogues, choose, language, say} from "./words.js";

const account = new Account();
account.ask = askAgain;
let page = null;
// Where the reader is, without what it is about.
new Reports(sender(account), {name: "console", platform: "web"}, () => location.hash.split("/")[0])
  .watch(globalThis);
// What is drawn where nobody has signed in.
let landing = () => draw(heading(say("loading")));

// Puts elements in the place of what was shown, and the reader at their beginning.
function draw(...parts) {
  const main = byId("main");
  main.replaceChildren(...parts.filter((one) => one));
  const title = main.querySelector("h1");
  document.title = title ? `${title.textContent} – ${say("console")}` : say("console");
  (title || main).focus();
  scrollTo(0, 0);
}

function frame() {
  const next = language() === "ru" ? "en" : "ru";
  document.documentElement.lang = language();
  byId("skip").textContent = say("skip");
  byId("menu").textContent = say("menu");
  byId("navigation").setAttribute("aria-label", say("navigation"));
  byId("language").textContent = catalogues[next].language;
  byId("language").lang = next;
  byId("sign-out").textContent = say("do.signOut");
  for (const id of ["sign-out", "menu", "navigation"]) byId(id).hidden = !page;
  byId("tenant").textContent = page ? page.tenant.displayName || account.tenant : "Artel";
  byId("who").textContent = page ? page.login : "";
  if (page) navigate();
}

const route = () => location.hash.slice(1).split("/").map((part) => {
  try { return decodeURIComponent(part); } catch { return part; }
});

function navigate() {
  const [here] = route();
  byId("navigation").replaceChildren(make("ul", {}, page.screens.map(({id}) => make("li", {},
    make("a", {
      href: `#${id}`, textContent: say(`screen.${id}`),
      "aria-current": id === (here || page.screens[0].id) ? "page" : null})))));
}

function openMenu(isOpen) {
  byId("menu").setAttribute("aria-expanded", String(isOpen));
  byId("navigation").classList.toggle("open", isOpen);
}

async function showRoute() {
  if (!page) return landing();
  openMenu(false);
  navigate();
  const [id, ...rest] = route();
  const found = page.screens.find((one) => one.id === (id || page.screens[0].id));
  // What comes late for a screen that was left is drawn nowhere.
  const mine = {...page, draw: (...parts) => { if (page.turn === mine.turn) draw(...parts); }};
  mine.turn = page.turn = (page.turn || 0) + 1;
  if (!found) return draw(heading(say("screen.none")), make("p", {textContent: say("none.hint")}));
  const title = () => heading(say(`screen.${found.id}`));
  draw(title(), make("p", {role: "status", textContent: say("loading")}));
  try { await found.show(mine, rest); }
  catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    mine.draw(title(), retry(failure, showRoute));
  }
}

// Draws what is drawn without a sign-in, again when the language changes.
function land(...build) {
  page = null;
  landing = () => { frame(); draw(...build.map((one) => one())); };
  landing();
}

function offer(error = "") {
  land(
    () => heading(say("landing.title")),
    () => error ? make("p", {role: "alert", className: "error", textContent: say(
      error === "signed_out" ? "landing.signedOut" : "landing.failed", {error})}) : null,
    () => make("p", {}, say("landing.text"), " ", theirs(account.tenant)),
    () => button(say("do.signIn"), () => account.leave(), {className: "primary", id: "sign-in"}));
}

async function begin() {
  frame();
  if (!await account.find()) {
    return land(
      () => heading(say("landing.nobody")),
      () => make("p", {textContent: say("landing.address")}));
  }
  const arrived = await account.arrive();
  if (arrived === "other_window") {
    land(() => heading(say("landing.back")), () => make("p", {textContent: say("landing.close")}));
    return close();
  }
  if (arrived === null) {
    if (!await account.isAdmitted()) {
      return land(
        () => heading(say("landing.closed")),
        () => make("p", {}, say("landing.admit"), " ",
          make("code", {}, `artel tenant console ${account.tenant}`)));
    }
    if (account.maybeRemembered) return account.leave(true);
    return offer();
  }
  if (arrived) return offer(arrived === "silent" ? "" : arrived);
  await enter();
}

// Whose tokens these are: what the browser remembers may be somebody else by now.
async function whoActs(api) {
  const name = `members/${account.subject.replace(/^artel:/, "")}`;
  if (!account.subject || !api.has("MemberService_GetMember")) return "";
  const member = await api.call("MemberService_GetMember", {name}).catch((failure) => {
    if (!(failure instanceof Failure)) throw failure;
    return {};
  });
  return member.login || member.displayName || "";
}

async function enter() {
  const response = await fetch("/console/openapi.json", {credentials: "omit"});
  if (!response.ok) throw new Failure(response.status);
  const contract = new Contract(await response.json());
  const api = new API(contract, account);
  const tenant = await api.call("TenantService_GetTenant");
  api.kind = tenant.kind;
  know(contract);
  page = {
    api, account, contract, tenant, login: await whoActs(api), screens: [],
    renamed(next) {
      page.tenant = next;
      byId("tenant").textContent = next.displayName || account.tenant;
    },
  };
  page.screens = screens.filter((one) => !one.operation || api.has(one.operation));
  frame();
  await showRoute();
}

async function start() {
  try { await begin(); }
  catch (failure) {
    const known = failure instanceof Failure ? failure : new Failure(0);
    land(() => heading(say("console")), () => retry(known, start));
    if (!(failure instanceof Failure) && !(failure instanceof TypeError)) throw failure;
  }
}

byId("language").addEventListener("click", () => {
  choose(language() === "ru" ? "en" : "ru");
  frame();
  void showRoute();
  byId("language").focus();
});
byId("menu").addEventListener("click", () => {
  openMenu(byId("menu").getAttribute("aria-expanded") !== "true");
});
byId("sign-out").addEventListener("click", async () => {
  byId("sign-out").disabled = true;
  const done = await account.signOut();
  byId("sign-out").disabled = false;
  if (done) offer("signed_out"); else tell(say("landing.stillIn"));
});
byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  byId("main").focus();
});
// A page that the browser keeps may come back; one that it throws away leaves nothing alive.
addEventListener("pagehide", (event) => { if (!event.persisted) account.leavePage(); });
addEventListener("hashchange", () => { if (page) void showRoute(); });
void start();
