// Written by tools/clients. Do not edit.

import type { CallOptions, Caller, Method } from "../runtime/index.js";

/** The query of an authorization request. */
export interface AuthorizeRequest {
  /** Required. `code`. */
  response_type?: string;
  /** Required. The client. */
  client_id?: string;
  /**
   * Required. Where the answer goes: one of the client's, compared as a whole; of a loopback
   * address the port may be another (RFC 8252 section 7.3).
   */
  redirect_uri?: string;
  /** Optional. Space-separated scopes; without it, every scope of the client. */
  scope?: string;
  /** Optional. Comes back with the answer. */
  state?: string;
  /** Required. base64url of the SHA-256 of the verifier. */
  code_challenge?: string;
  /** Required. `S256`. */
  code_challenge_method?: string;
  /** Optional. `code` comes back in the query: no other mode is known. */
  response_mode?: string;
  /**
   * Optional. Space-separated: `none` asks for an answer without any page, `login` and
   * `select_account` for a new sign-in (OpenID Connect Core 1.0 section 3.1.2.1).
   */
  prompt?: string;
  /** Optional. The greatest age of the sign-in in seconds. */
  max_age?: number;
  /** Optional. For whom the tokens are to be (RFC 8707). */
  resource?: string;
  /** Optional. Comes back in the ID token. */
  nonce?: string;
}

/** Where the browser goes next. */
export interface AuthorizeResponse {
  /** The address, which over REST is also in `Location`. */
  location?: string;
}

/** What the bearer of a token has to prove (RFC 7800 section 3.1). */
export interface Confirmation {
  /** The SHA-256 of the client certificate in DER, base64url without padding. */
  "x5t#S256"?: string;
}

/** The form of a token request. */
export interface CreateTokenRequest {
  /** Required. `client_credentials`, `authorization_code` or `refresh_token`. */
  grant_type: string;
  /** The client's identifier, where it does not authenticate with HTTP Basic. */
  client_id?: string;
  /** The client's secret, where it does not authenticate with HTTP Basic. */
  client_secret?: string;
  /** Optional. Space-separated scopes; without it, every scope of the client or of the grant. */
  scope?: string;
  /** The code, for `authorization_code`. */
  code?: string;
  /** The redirect URI that the code was sent to, for `authorization_code`. */
  redirect_uri?: string;
  /** The PKCE verifier of the code (RFC 7636 section 4.5). */
  code_verifier?: string;
  /** The refresh token, for `refresh_token`. */
  refresh_token?: string;
  /** `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`, with an assertion. */
  client_assertion_type?: string;
  /** The signed assertion of a client that authenticates by one (RFC 7523). */
  client_assertion?: string;
  /** Optional. For whom the token is (RFC 8707): the platform, or the host of the tenant's issuer. */
  resource?: string;
}

/** The endpoints that ask for a client certificate (RFC 8705 section 5). */
export interface EndpointAliases {
  /** Where tokens are issued. */
  token_endpoint?: string;
  /** Where tokens are ended. */
  revocation_endpoint?: string;
  /** Where tokens are explained. */
  introspection_endpoint?: string;
}

/** Names the tenant whose keys are wanted. */
export interface GetKeySetRequest {
  /** Required. The tenant's name, such as `alpha`. */
  tenant: string;
}

/** Names the tenant, where the host does not. */
export interface GetServerMetadataRequest {
  /** Optional. The tenant's name, such as `alpha`. */
  tenant?: string;
}

/** The form of an introspection request (RFC 7662 section 2.1). */
export interface IntrospectTokenRequest {
  /** Required. The token. */
  token: string;
  /** Optional. `access_token` or `refresh_token`; a wrong one costs nothing. */
  token_type_hint?: string;
  /** As in a token request. */
  client_id?: string;
  /** As in a token request. */
  client_secret?: string;
  /** As in a token request. */
  client_assertion_type?: string;
  /** As in a token request. */
  client_assertion?: string;
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

/** The form of a revocation request (RFC 7009 section 2.1). */
export interface RevokeTokenRequest {
  /** Required. The token. */
  token: string;
  /** Optional. `access_token` or `refresh_token`; a wrong one costs nothing. */
  token_type_hint?: string;
  /** As in a token request. */
  client_id?: string;
  /** As in a token request. */
  client_secret?: string;
  /** As in a token request. */
  client_assertion_type?: string;
  /** As in a token request. */
  client_assertion?: string;
}

/** Says nothing: the status is the answer (RFC 7009 section 2.2). */
export interface RevokeTokenResponse {
}

/** The metadata of an authorization server (RFC 8414 section 2, RFC 8705 section 3.3). */
export interface ServerMetadata {
  /** The issuer, as tokens name it. */
  issuer?: string;
  /** Where people sign in. */
  authorization_endpoint?: string;
  /** Where tokens are issued. */
  token_endpoint?: string;
  /** Where tokens are ended. */
  revocation_endpoint?: string;
  /** Where tokens are explained. */
  introspection_endpoint?: string;
  /** The keys that verify tokens. */
  jwks_uri?: string;
  /** What an authorization request may ask for. */
  response_types_supported?: string[];
  /** How its answer comes. */
  response_modes_supported?: string[];
  /** What tokens are issued for. */
  grant_types_supported?: string[];
  /** How clients authenticate at the token endpoint. */
  token_endpoint_auth_methods_supported?: string[];
  /** The algorithms of their assertions. */
  token_endpoint_auth_signing_alg_values_supported?: string[];
  /** How clients authenticate at the revocation endpoint. */
  revocation_endpoint_auth_methods_supported?: string[];
  /** The algorithms of their assertions. */
  revocation_endpoint_auth_signing_alg_values_supported?: string[];
  /** How clients authenticate at the introspection endpoint. */
  introspection_endpoint_auth_methods_supported?: string[];
  /** The algorithms of their assertions. */
  introspection_endpoint_auth_signing_alg_values_supported?: string[];
  /** The PKCE methods. */
  code_challenge_methods_supported?: string[];
  /** Whether tokens can be bound to client certificates (RFC 8705 section 3.3). */
  tls_client_certificate_bound_access_tokens?: boolean;
  /** Where clients with a certificate call. */
  mtls_endpoint_aliases?: EndpointAliases;
  /** Whether answers of the authorization endpoint name the issuer (RFC 9207). */
  authorization_response_iss_parameter_supported?: boolean;
  /** How people are named. */
  subject_types_supported?: string[];
  /** The algorithms of ID tokens. */
  id_token_signing_alg_values_supported?: string[];
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
  /** What gets the next access token, where the grant is a person's. */
  refresh_token?: string;
  /** Who signed in, where the grant has the scope `openid` (OpenID Connect Core 1.0 section 2). */
  id_token?: string;
}

/** What a token says (RFC 7662 section 2.2). Of a token that is not active nothing but that. */
export interface TokenIntrospection {
  /** Whether the token is good now. */
  active?: boolean;
  /** The scopes, separated by spaces. */
  scope?: string;
  /** The client that got the token. */
  client_id?: string;
  /** `Bearer`, of an access token. */
  token_type?: string;
  /** When the token ends, in seconds since 1970. */
  exp?: number;
  /** When the token was issued, in seconds since 1970. */
  iat?: number;
  /** The principal, as the platform names it. */
  sub?: string;
  /** The issuer. */
  iss?: string;
  /** The token's identifier. */
  jti?: string;
  /** What the token is bound to (RFC 8705 section 3.2). */
  cnf?: Confirmation;
}

export const authorizationServiceMethods = {
  authorize: {
    name: "artel.auth.v1.AuthorizationService/Authorize",
    bindings: [{"verb": "GET", "path": "/oauth2/authorize"}],
    idempotency: "NONE",
    public: true,
  } as Method<AuthorizeRequest, AuthorizeResponse>,
} as const;

/**
 * The authorization endpoint of OAuth 2.0 (RFC 6749 section 3.1): where an app sends a person's
 * browser, and the browser comes back with a code.
 */
export class AuthorizationService {
  constructor(private readonly caller: Caller) {}

  /**
   * Begins or completes an authorization request (RFC 6749 section 4.1.1) with PKCE (RFC 7636).
   *
   * Over REST the answer is a redirect (303): to the app, with a code or an error and the issuer
   * (RFC 9207), or to where the person signs in. A client that is not known, or a redirect URI that
   * is not registered, is an error here and goes nowhere.
   *
   * Who has signed in at this browser, as its cookie says, gives the code without a new proof, unless
   * the request or the person's second factor asks for one.
   */
  authorize(request: AuthorizeRequest, options?: CallOptions): Promise<AuthorizeResponse> {
    return this.caller.call(authorizationServiceMethods.authorize, request, options);
  }
}

export const metadataServiceMethods = {
  getServerMetadata: {
    name: "artel.auth.v1.MetadataService/GetServerMetadata",
    bindings: [{"verb": "GET", "path": "/.well-known/oauth-authorization-server"}, {"verb": "GET", "path": "/.well-known/oauth-authorization-server/{tenant}"}, {"verb": "GET", "path": "/.well-known/openid-configuration"}, {"verb": "GET", "path": "/.well-known/openid-configuration/{tenant}"}],
    idempotency: "READ_ONLY",
    public: true,
  } as Method<GetServerMetadataRequest, ServerMetadata>,
} as const;

/** Tells clients what a tenant's authorization server can do. */
export class MetadataService {
  constructor(private readonly caller: Caller) {}

  /**
   * Returns the metadata of a tenant's authorization server (RFC 8414, OpenID Connect Discovery 1.0).
   *
   * The tenant is the one in the path or, without one, the one whose issuer's host was asked.
   */
  getServerMetadata(request: GetServerMetadataRequest, options?: CallOptions): Promise<ServerMetadata> {
    return this.caller.call(metadataServiceMethods.getServerMetadata, request, options);
  }
}

export const tokenServiceMethods = {
  createToken: {
    name: "artel.auth.v1.TokenService/CreateToken",
    bindings: [{"verb": "POST", "path": "/oauth2/token", "body": "*"}],
    idempotency: "NONE",
    public: true,
    form: true,
  } as Method<CreateTokenRequest, Token>,
  revokeToken: {
    name: "artel.auth.v1.TokenService/RevokeToken",
    bindings: [{"verb": "POST", "path": "/oauth2/revoke", "body": "*"}],
    idempotency: "IDEMPOTENT",
    public: true,
    form: true,
  } as Method<RevokeTokenRequest, RevokeTokenResponse>,
  introspectToken: {
    name: "artel.auth.v1.TokenService/IntrospectToken",
    bindings: [{"verb": "POST", "path": "/oauth2/introspect", "body": "*"}],
    idempotency: "IDEMPOTENT",
    public: true,
    form: true,
  } as Method<IntrospectTokenRequest, TokenIntrospection>,
  getKeySet: {
    name: "artel.auth.v1.TokenService/GetKeySet",
    bindings: [{"verb": "GET", "path": "/.well-known/jwks/{tenant}"}],
    idempotency: "READ_ONLY",
    public: true,
  } as Method<GetKeySetRequest, KeySet>,
} as const;

/**
 * The token endpoint of OAuth 2.0 (RFC 6749 section 3.2), what ends and explains its tokens, and the
 * keys that verify them.
 *
 * Partners and services get access tokens here with their client credentials. People's apps get
 * theirs with a code of the authorization endpoint.
 *
 * Every client authenticates by the one method that it is registered with: HTTP Basic
 * (`authorization` header, both parts form-encoded first), `client_id` and `client_secret` in the
 * body, a signed assertion (RFC 7523), or its TLS certificate (RFC 8705 section 2); a public client
 * names itself by `client_id`. Two methods at once are an error. The tenant is that of the client.
 * Errors are those of RFC 6749 section 5.2.
 */
export class TokenService {
  constructor(private readonly caller: Caller) {}

  /**
   * Issues an access token: for client credentials (RFC 6749 section 4.4), for a code with its PKCE
   * verifier (section 4.1.3, RFC 7636), or for a refresh token (section 6).
   */
  createToken(request: CreateTokenRequest, options?: CallOptions): Promise<Token> {
    return this.caller.call(tokenServiceMethods.createToken, request, options);
  }

  /**
   * Ends a token (RFC 7009): an access token alone, a refresh token with every access token that
   * came of it. A token that is unknown, expired or ended already is a success too; one of another
   * client is an error and goes on.
   */
  revokeToken(request: RevokeTokenRequest, options?: CallOptions): Promise<RevokeTokenResponse> {
    return this.caller.call(tokenServiceMethods.revokeToken, request, options);
  }

  /**
   * Tells an authenticated client whether a token is good and what it says (RFC 7662). A client sees
   * its own tokens, a service of the tenant those of the tenant; of any other token, good or not, the
   * answer is `{"active":false}`.
   */
  introspectToken(request: IntrospectTokenRequest, options?: CallOptions): Promise<TokenIntrospection> {
    return this.caller.call(tokenServiceMethods.introspectToken, request, options);
  }

  /**
   * Returns the public keys that verify this platform's tokens, as a JSON Web Key Set
   * (RFC 7517 section 5).
   */
  getKeySet(request: GetKeySetRequest, options?: CallOptions): Promise<KeySet> {
    return this.caller.call(tokenServiceMethods.getKeySet, request, options);
  }
}
