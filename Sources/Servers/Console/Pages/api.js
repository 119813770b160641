// Calls the API as every other client does: with a bearer token, and without cookies.

import {camel} from "./format.js";
import {secret} from "./oauth.js";
import {language} from "./words.js";

// Whether a failure says that nothing came of a call. The others say so of this try alone: an
// earlier one, whose answer was lost, may have had its effect or have it yet.
const decides = ({status, reason}) => status >= 400 && status < 500
  && ![401, 408, 425, 429].includes(status) && reason !== "IDEMPOTENCY_KEY_RUNNING";

// Why a call failed (AIP-193): `status` is 0 where nothing was heard of the server.
export class Failure extends Error {
  constructor(status, answer = {}, retryAfter = 0) {
    const error = (answer && answer.error) || {};
    super(error.message || "");
    this.status = status;
    this.retryAfter = retryAfter;
    const details = Array.isArray(error.details) ? error.details : [];
    const info = details.find((one) => one.reason) || {};
    this.reason = info.reason || (status === 0 ? "OFFLINE" : "");
    this.metadata = info.metadata || {};
    this.violations = details.flatMap((one) => one.fieldViolations || [])
      .map((one) => ({field: camel(one.field || ""), description: one.description || ""}));
  }
}

export class API {
  // `account` has `token()`, `renew()` and `signInAgain(why, seconds)`.
  constructor(contract, account, fetching = (...all) => fetch(...all)) {
    this.contract = contract;
    this.account = account;
    this.fetching = fetching;
    // What the tenant is; the methods of other kinds are not there.
    this.kind = "";
    // The keys of calls whose answers were lost: the same call again is known by its key.
    this.keys = new Map();
  }

  has(id) {
    return this.contract.has(id) && this.contract.isFor(id, this.kind)
      && this.contract.scopes(id).every((one) => this.account.may(one));
  }

  // Calls a method by its `operationId`. Where the platform wants a younger sign-in, the person is
  // asked for one, and the same call is made again: nothing of it has happened yet.
  async call(id, {name = "", query = {}, body} = {}) {
    const address = this.contract.address(id, name, query);
    if (!address) throw new Failure(404);
    const {verb, path} = address;
    const request = {method: verb, headers: {"accept-language": language()}};
    if (verb !== "GET" && verb !== "DELETE") {
      request.headers["content-type"] = "application/json";
      request.body = JSON.stringify(body || {});
    }
    if (!this.contract.takesKey(id)) return this.ask(path, request);
    const said = `${verb} ${path} ${request.body}`;
    const key = this.keys.get(said) || secret();
    request.headers["idempotency-key"] = `"${key}"`;
    try {
      const answer = await this.ask(path, request);
      this.keys.delete(said);
      return answer;
    } catch (failure) {
      if (decides(failure)) this.keys.delete(said);
      else this.keys.set(said, key);
      throw failure;
    }
  }

  // Sends a request, with a younger token where one is wanted.
  async ask(path, request) {
    let renewed = false;
    for (let asked = 0; ; asked += 1) {
      try {
        return await this.send(path, request, await this.account.token());
      } catch (failure) {
        if (failure.status !== 401 || asked > 3) throw failure;
        if (failure.reason === "STEP_UP_REQUIRED") {
          const seconds = Number(failure.metadata.max_age_seconds) || 300;
          if (!await this.account.signInAgain("stepUp", seconds)) throw failure;
        } else if (!renewed) {
          renewed = true;
          if (!await this.account.renew() && !await this.account.signInAgain("ended")) {
            throw failure;
          }
        } else throw failure;
      }
    }
  }

  async send(path, request, token) {
    let response;
    try {
      response = await this.fetching(path, {
        ...request, headers: {...request.headers, authorization: `Bearer ${token}`},
        credentials: "omit", cache: "no-store", redirect: "error",
      });
    } catch { throw new Failure(0); }
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    throw new Failure(
      response.status, answer, Number(response.headers.get("retry-after")) || 0);
  }
}
