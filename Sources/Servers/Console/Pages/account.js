// Who has signed in. Tokens are kept in this page's memory alone; a page that is loaded anew gets
// others by the browser's own memory of the sign-in, a cookie that no script can read.

import {Failure} from "./api.js";
import {answer, authorization, secret, speaksFor, subjectOf, tenantOf} from "./oauth.js";

const shelf = "console-sign-in";
const quiet = "console-quiet";
const channel = "console-sign-in";

const store = {
  get(name) { try { return sessionStorage.getItem(name); } catch { return null; } },
  set(name, value) { try { sessionStorage.setItem(name, value); } catch {} },
  remove(name) { try { sessionStorage.removeItem(name); } catch {} },
};

const form = (path, fields, more = {}) => fetch(path, {
  method: "POST", body: new URLSearchParams(fields), cache: "no-store", credentials: "omit",
  redirect: "error", ...more,
});

// Where nothing was decided: who asks later may hear another answer.
const undecided = (status) => status === 408 || status === 429 || status >= 500;

// Calls; fails where nobody has answered what was asked.
async function asked(calling) {
  const response = await calling.catch(() => { throw new Failure(0); });
  if (undecided(response.status)) {
    throw new Failure(response.status, {}, Number(response.headers.get("retry-after")) || 0);
  }
  return response;
}

export class Account {
  constructor() {
    this.access = "";
    this.refresh = "";
    this.subject = "";
    this.until = 0;
    this.scopes = new Set();
    this.renewing = null;
    this.waiting = null;
    // Asks the person to sign in again; set by the page.
    this.ask = async () => false;
  }

  get redirect() { return `${location.origin}/console`; }
  get client() { return `${this.tenant}.console`; }
  may(scope) { return this.scopes.has(scope); }

  // Learns whose host this is; false where it is nobody's.
  async find() {
    const response = await fetch("/.well-known/oauth-authorization-server", {credentials: "omit"});
    const said = await response.json().catch(() => ({}));
    if (!response.ok || !speaksFor(said.issuer, location.hostname)) return false;
    this.issuer = said.issuer;
    this.tenant = tenantOf(said.issuer);
    return true;
  }

  // Whether the tenant has the console among its apps. Nothing is kept of this request: it lacks
  // what the authorization endpoint wants, which only an app that is known is told by a redirect.
  async isAdmitted() {
    const query = new URLSearchParams({client_id: this.client, redirect_uri: this.redirect});
    const response = await asked(fetch(
      `/oauth2/authorize?${query}`, {redirect: "manual", credentials: "omit"}));
    return response.type === "opaqueredirect";
  }

  // Takes what the authorization endpoint has sent here. Returns "", or why nobody has signed in.
  async arrive() {
    const query = location.search;
    if (!query) return null;
    const kept = JSON.parse(store.get(shelf) || "null");
    store.remove(shelf);
    history.replaceState(null, "", `/console${(kept && kept.place) || location.hash}`);
    if (!kept) {
      // A window that another one of this console has opened.
      const line = new BroadcastChannel(channel);
      line.postMessage(query);
      line.close();
      return "other_window";
    }
    const said = answer(query, kept.state, this.issuer);
    if (said.error) {
      if (kept.silent) store.set(quiet, "no");
      return kept.silent ? "silent" : said.error;
    }
    const done = await this.redeem(said.code, kept.verifier);
    return done ? "" : "invalid_grant";
  }

  // Goes to sign in, or asks without a page whether the browser remembers somebody.
  async leave(silent = false) {
    const kept = {state: secret(), verifier: secret(), place: location.hash, silent};
    store.set(shelf, JSON.stringify(kept));
    if (!silent) store.remove(quiet);
    location.assign(await authorization(
      this.client, this.redirect, kept.state, kept.verifier, silent ? {prompt: "none"} : {}));
  }

  // Whether it is worth to ask without a page.
  get maybeRemembered() { return store.get(quiet) !== "no"; }

  async redeem(code, verifier) {
    return this.take({
      grant_type: "authorization_code", code, code_verifier: verifier,
      redirect_uri: this.redirect});
  }

  // Takes tokens. False where there are none for these fields any more; fails where nobody knows.
  async take(fields) {
    const response = await asked(form("/oauth2/token", {client_id: this.client, ...fields}));
    const said = await response.json().catch(() => ({}));
    if (!response.ok || !said.access_token) return false;
    const subject = subjectOf(said.id_token || "");
    // What one person has begun is not done in the name of another.
    if (this.subject && subject && subject !== this.subject) {
      if (said.refresh_token) await this.end(said.refresh_token);
      return false;
    }
    this.subject ||= subject;
    this.access = said.access_token;
    this.refresh = said.refresh_token || "";
    this.until = Date.now() + Math.max(5, (said.expires_in || 60) - 30) * 1000;
    this.scopes = new Set((said.scope || "").split(" ").filter((one) => one));
    return true;
  }

  // A token that is good for a moment yet.
  async token() {
    if (Date.now() > this.until) await this.renew();
    return this.access;
  }

  // Gets the next token, however many calls want one at once.
  renew() {
    if (!this.refresh) return Promise.resolve(false);
    this.renewing ||= this.take({grant_type: "refresh_token", refresh_token: this.refresh})
      .finally(() => { this.renewing = null; });
    return this.renewing;
  }

  // Has the person sign in again, in a window of its own: what stands in this page stays. However
  // many calls want it at once, the person is asked once.
  signInAgain(why, seconds) {
    this.waiting ||= this.ask(why, (...all) => this.openWindow(seconds, ...all))
      .finally(() => { this.waiting = null; });
    return this.waiting;
  }

  // Opens the window; resolves when somebody has signed in there. Is called by a press of a button.
  // `gone` hears where the window seems to be closed: what comes of it yet still counts.
  async openWindow(seconds, signal, gone = () => {}) {
    const opened = open("about:blank", "_blank", "popup,width=480,height=760");
    if (!opened) return "blocked";
    const [state, verifier] = [secret(), secret()];
    const line = new BroadcastChannel(channel);
    const watch = setInterval(() => { if (opened.closed) gone(); }, 500);
    try {
      opened.location = await authorization(this.client, this.redirect, state, verifier, {
        max_age: String(Math.max(1, Math.floor((seconds || 300) / 2)))});
      const said = await new Promise((resolve) => {
        line.onmessage = ({data}) => {
          const found = answer(data, state, this.issuer);
          if (found.error !== "state_unknown") resolve(found);
        };
        signal.addEventListener("abort", () => resolve({error: "aborted"}));
      });
      if (said.error) return said.error;
      const before = this.refresh;
      if (!await this.redeem(said.code, verifier)) return "invalid_grant";
      if (before) await this.end(before);
      return "";
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      return "unavailable";
    } finally {
      clearInterval(watch);
      line.close();
      opened.close();
    }
  }

  async end(token) {
    await form("/oauth2/revoke", {
      client_id: this.client, token, token_type_hint: "refresh_token"}).catch(() => null);
  }

  // The page goes, and its tokens with it: they are worth nothing from then on.
  leavePage() {
    if (!this.refresh) return;
    void form("/oauth2/revoke", {
      client_id: this.client, token: this.refresh, token_type_hint: "refresh_token",
    }, {keepalive: true}).catch(() => null);
    this.refresh = "";
  }

  // Ends the session at this browser, with every token that came of it. False where the server
  // could not be told.
  async signOut() {
    const token = this.refresh;
    if (token) await this.end(token);
    let done = false;
    try {
      done = (await fetch("/v1/browser:signOut", {
        method: "POST", body: "{}", headers: {"content-type": "application/json"},
        credentials: "same-origin", cache: "no-store",
      })).ok;
    } catch {}
    if (!done) return false;
    this.access = this.refresh = this.subject = "";
    this.until = 0;
    this.scopes = new Set();
    store.set(quiet, "no");
    return true;
  }
}
