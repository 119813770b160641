import { ApiError, NetworkError, TimeoutError } from "./errors.js";

/** Where access tokens come from. */
export interface TokenSource {
  /**
   * A token.
   *
   * @param refused The token that a server did not take: another one is wanted.
   */
  token(refused?: string): Promise<string>;
}

/** A token and how long it lives. */
export interface IssuedToken {
  token: string;
  /** In seconds. */
  expiresIn: number;
}

/** Asks for a token when there is none, shortly before it ends, and when it was refused; once for
 * however many calls wait. */
export class RefreshingToken implements TokenSource {
  private current: { token: string; until: number } | undefined;
  private asking: Promise<string> | undefined;

  /**
   * @param issue Gets a new token: from a refresh token, a login, or an issuer.
   * @param early How many seconds before its end a token is not used any more.
   */
  constructor(
    private readonly issue: () => Promise<IssuedToken>, private readonly early = 30,
    private readonly now: () => number = Date.now,
  ) {}

  token(refused?: string): Promise<string> {
    const current = this.current;
    if (current && current.token !== refused && this.now() < current.until) {
      return Promise.resolve(current.token);
    }
    this.asking ??= this.ask().finally(() => { this.asking = undefined; });
    return this.asking;
  }

  private async ask(): Promise<string> {
    const {token, expiresIn} = await this.issue();
    const seconds = Math.max(expiresIn - this.early, expiresIn / 2);
    this.current = {token, until: this.now() + seconds * 1000};
    return token;
  }
}

/** What a client of OAuth 2.0 has. */
export interface ClientCredentials {
  /** Where the platform is. */
  baseUrl: string;
  clientId: string;
  clientSecret: string;
  scope?: string;
  fetch?: typeof fetch;
}

/** Tokens for client credentials (RFC 6749 section 4.4). For servers: a browser keeps no secret. */
export function clientCredentials(credentials: ClientCredentials): RefreshingToken {
  const send = credentials.fetch ?? fetch;
  const url = credentials.baseUrl.replace(/\/+$/, "") + "/oauth2/token";
  return new RefreshingToken(async () => {
    const form = new URLSearchParams({grant_type: "client_credentials"});
    if (credentials.scope !== undefined) form.set("scope", credentials.scope);
    const pair = [credentials.clientId, credentials.clientSecret].map(formCoded).join(":");
    let response: Response;
    let body: Record<string, unknown>;
    const abort = new AbortController();
    // All calls wait for it.
    const timer = setTimeout(() => abort.abort(new TimeoutError()), 30_000);
    try {
      response = await send(url, {
        method: "POST", body: form.toString(), credentials: "omit", redirect: "error",
        signal: abort.signal,
        headers: {
          authorization: "Basic " + btoa(pair),
          "content-type": "application/x-www-form-urlencoded"}});
      body = await response.json() as Record<string, unknown>;
    } catch (error) {
      throw new NetworkError(error);
    } finally {
      clearTimeout(timer);
    }
    if (!response.ok) throw ApiError.of(response.status, body);
    const token = body["access_token"];
    const expiresIn = Number(body["expires_in"] ?? 0);
    if (typeof token !== "string" || token === "" || !(expiresIn >= 0)) {
      throw new NetworkError(new Error("the answer has no token"));
    }
    return {token, expiresIn};
  });
}

/** Section 2.3.1: both parts are form-coded before they are joined. */
function formCoded(text: string): string {
  return new URLSearchParams({x: text}).toString().slice(2);
}
