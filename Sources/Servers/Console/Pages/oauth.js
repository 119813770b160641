// What an app asks of the authorization endpoint (RFC 6749 section 4.1, RFC 7636, RFC 9207).

export function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// A secret of 32 random bytes.
export const secret = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

// The challenge of a verifier, by S256.
export async function challenge(verifier) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return base64url(new Uint8Array(hash));
}

// Whom an ID token is about. It came from the token endpoint itself, over TLS, so its signature is
// not asked (OpenID Connect Core 1.0 section 3.1.3.7).
export function subjectOf(token) {
  try {
    const part = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    return String(JSON.parse(new TextDecoder().decode(
      Uint8Array.from(atob(part), (one) => one.charCodeAt(0)))).sub || "");
  } catch { return ""; }
}

// The tenant of an issuer, `https://{tenant}.{base domain}`.
export const tenantOf = (issuer) => new URL(issuer).hostname.split(".")[0];

// Whether an issuer speaks for the host that was asked (RFC 8414 section 3.3).
export const speaksFor = (issuer, host) => {
  try { return new URL(issuer).hostname === host; } catch { return false; }
};

// Where the browser goes. `more` has `prompt` or `max_age`.
export async function authorization(client, redirect, state, verifier, more = {}) {
  const query = new URLSearchParams({
    response_type: "code", client_id: client, redirect_uri: redirect, state,
    code_challenge: await challenge(verifier), code_challenge_method: "S256", ...more});
  return `/oauth2/authorize?${query}`;
}

// What came back: a code, or why there is none. Nothing counts whose state or issuer is another's.
export function answer(query, state, issuer) {
  const said = new URLSearchParams(query);
  if (!state || said.get("state") !== state) return {error: "state_unknown"};
  if (said.get("iss") !== issuer) return {error: "issuer_unknown"};
  if (said.get("error")) return {error: said.get("error")};
  return said.get("code") ? {code: said.get("code")} : {error: "invalid_request"};
}
