// Written by tools/clients. Do not edit.

import type { CallOptions, Caller, Method } from "../runtime/index.js";

/** The form of a token request. */
export interface CreateTokenRequest {
  /** Required. `client_credentials`: the only grant that this endpoint knows. */
  grant_type: string;
  /** The client's identifier, where it does not authenticate with HTTP Basic. */
  client_id?: string;
  /** The client's secret, where it does not authenticate with HTTP Basic. */
  client_secret?: string;
  /** Optional. Space-separated scopes; without it, every scope of the client. */
  scope?: string;
}

/** Names the tenant whose keys are wanted. */
export interface GetKeySetRequest {
  /** Required. The tenant's name, such as `alpha`. */
  tenant: string;
}

/** A public key (RFC 7517 section 4, RFC 7518 section 6.2). */
export interface Key {
  /** The key's type: `EC`. */
  kty?: string;
  /** The key's use: `sig`. */
  use?: string;
  /** The algorithm: `ES256`. */
  alg?: string;
  /** The key's identifier. */
  kid?: string;
  /** The curve: `P-256`. */
  crv?: string;
  /** The point's x coordinate, base64url without padding. */
  x?: string;
  /** The point's y coordinate, base64url without padding. */
  y?: string;
}

/** A JSON Web Key Set. */
export interface KeySet {
  /** The keys. */
  keys?: Key[];
}

/** An access token (RFC 6749 section 5.1). */
export interface Token {
  /** The token: a JWT of the type `at+jwt` (RFC 9068). */
  access_token?: string;
  /** Always `Bearer`. */
  token_type?: string;
  /** The token's life in seconds. */
  expires_in?: number;
  /** The scopes that the token carries, separated by spaces. */
  scope?: string;
}

export const tokenServiceMethods = {
  createToken: {
    name: "artel.auth.v1.TokenService/CreateToken",
    bindings: [{"verb": "POST", "path": "/oauth2/token", "body": "*"}],
    idempotency: "NONE",
    public: true,
    form: true,
  } as Method<CreateTokenRequest, Token>,
  getKeySet: {
    name: "artel.auth.v1.TokenService/GetKeySet",
    bindings: [{"verb": "GET", "path": "/.well-known/jwks/{tenant}"}],
    idempotency: "READ_ONLY",
    public: true,
  } as Method<GetKeySetRequest, KeySet>,
} as const;

/**
 * The token endpoint of OAuth 2.0 (RFC 6749 section 3.2) and the keys that verify its tokens.
 *
 * Partners and services get access tokens here with their client credentials. People do not:
 * their tokens come from the tenant's own OpenID provider.
 */
export class TokenService {
  constructor(private readonly caller: Caller) {}

  /**
   * Issues an access token for client credentials (RFC 6749 section 4.4).
   *
   * The client authenticates with HTTP Basic (`authorization` header, both parts form-encoded
   * first) or with `client_id` and `client_secret` in the body, never with both. The tenant is
   * that of the client. Errors are those of RFC 6749 section 5.2.
   */
  createToken(request: CreateTokenRequest, options?: CallOptions): Promise<Token> {
    return this.caller.call(tokenServiceMethods.createToken, request, options);
  }

  /**
   * Returns the public keys that verify this platform's tokens, as a JSON Web Key Set
   * (RFC 7517 section 5).
   */
  getKeySet(request: GetKeySetRequest, options?: CallOptions): Promise<KeySet> {
    return this.caller.call(tokenServiceMethods.getKeySet, request, options);
  }
}
