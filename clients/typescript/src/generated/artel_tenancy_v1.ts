// Written by tools/clients. Do not edit.

import type { CallOptions, Caller, Duration, Int64, Method, Timestamp } from "../runtime/index.js";

/**
 * A partner's or a service's way in: an OAuth client of one tenant. Each has its own secrets,
 * scopes and addresses, so that one can be shut out without the others.
 */
export interface Client {
  /** Output only. The resource name: `clients/{client_id}`. */
  name?: string;
  /**
   * Output only. The OAuth `client_id`: the tenant's name, a dot, and the identifier that the client
   * was created with, such as `alpha.lift-company`.
   */
  clientId?: string;
  /** What people call it. */
  displayName?: string;
  /** Required, and never changes. What it is: a partner or a service. */
  kind?: PrincipalKind;
  /** The scopes that it may ask for. */
  scopes?: string[];
  /**
   * The addresses that it may call from, as `203.0.113.0/24`, `2001:db8::/32` or a single address;
   * any address where there is none.
   */
  addressRanges?: string[];
  /** Output only. Whether it is shut out. */
  disabled?: boolean;
  /** Output only. How many secrets of it are good now: at most 2. */
  liveSecrets?: number;
  /** Output only. When its older secret ends, where two are good. */
  olderSecretExpireTime?: Timestamp;
  /** Output only. When it was created. */
  createTime?: Timestamp;
  /** Changes with what can be changed of the client. Send it back to change only what you have seen. */
  etag?: string;
}

/**
 * A partner's or a service's way in: an OAuth client of one tenant. Each has its own secrets,
 * scopes and addresses, so that one can be shut out without the others.
 */
export interface ClientInput {
  /** Output only. The resource name: `clients/{client_id}`. */
  name?: string;
  /** What people call it. */
  displayName?: string;
  /** Required, and never changes. What it is: a partner or a service. */
  kind: PrincipalKind;
  /** The scopes that it may ask for. */
  scopes?: string[];
  /**
   * The addresses that it may call from, as `203.0.113.0/24`, `2001:db8::/32` or a single address;
   * any address where there is none.
   */
  addressRanges?: string[];
  /** Changes with what can be changed of the client. Send it back to change only what you have seen. */
  etag?: string;
}

/** A client with a secret that is shown this once. */
export interface ClientSecret {
  /** The client. */
  client?: Client;
  /** The secret for the token endpoint. The platform keeps only its hash. */
  secret?: string;
}

/** Creates a client. */
export interface CreateClientRequest {
  /**
   * Required. The part of the OAuth `client_id` behind the tenant's name: a DNS label such as
   * `lift-company`.
   */
  clientId: string;
  /** Required. The client. */
  client: ClientInput;
}

/** Creates a tenant. */
export interface CreateTenantRequest {
  /**
   * Required. The tenant's name: a DNS label, which becomes part of its issuer and of the server
   * name under which its clients come. It is never given to another tenant.
   */
  tenantId: string;
  /**
   * Required. The tenant: its `display_name`, its `policy` where it is not to have the usual one,
   * and its `first_administrator`, who is invited.
   */
  tenant: TenantInput;
  /** Required. What the tenant is. */
  kind: TenantKind;
  /** Required. Why, for the audit. */
  reason: string;
}

/** Shuts a client out. */
export interface DisableClientRequest {
  /** Required. `clients/{client_id}`. */
  name: string;
}

/** Lets a client in again. */
export interface EnableClientRequest {
  /** Required. `clients/{client_id}`. */
  name: string;
}

/** Somebody who is invited to a tenant in which there is nobody yet who could invite. */
export interface FirstAdministrator {
  /**
   * Output only. The address to open, which is shown this once: whoever has it becomes the
   * administrator.
   */
  invitationUri?: string;
  /** Output only. When the invitation ends. */
  invitationExpireTime?: Timestamp;
}

/** Somebody who is invited to a tenant in which there is nobody yet who could invite. */
export interface FirstAdministratorInput {
  /**
   * Input only. What the administrator signs in with: an e-mail address, or a telephone number such
   * as `+79161234567`.
   */
  login?: string;
}

/** Asks for a client. */
export interface GetClientRequest {
  /** Required. `clients/{client_id}`. */
  name: string;
}

/** Asks for the caller's tenant. */
export interface GetTenantRequest {
}

/** Asks for clients. */
export interface ListClientsRequest {
  /** How many to return at most: 50 where it is 0, and never more than 500. */
  pageSize?: number;
  /** Where to go on: the `next_page_token` of the page before. */
  pageToken?: string;
}

/** A page of clients. */
export interface ListClientsResponse {
  /** The clients. */
  clients?: Client[];
  /** Where the next page begins; empty on the last. */
  nextPageToken?: string;
}

/** Asks for tenants. */
export interface ListTenantsRequest {
  /** How many to return at most: 50 where it is 0, and never more than 500. */
  pageSize?: number;
  /** Where to go on: the `next_page_token` of the page before. */
  pageToken?: string;
}

/** A page of tenants. */
export interface ListTenantsResponse {
  /** The tenants. */
  tenants?: Tenant[];
  /** Where the next page begins; empty on the last. */
  nextPageToken?: string;
}

/** Asks for a tenant. */
export interface LookUpTenantRequest {
  /** Required. `tenants/{tenant}`. */
  name: string;
  /** Required. Why, for the tenant's audit. */
  reason: string;
}

/** Serves a tenant again. */
export interface ResumeTenantRequest {
  /** Required. `tenants/{tenant}`. */
  name: string;
  /** Required. Why, for the audit. */
  reason: string;
}

/** Gives a client a new secret. */
export interface RotateClientSecretRequest {
  /** Required. `clients/{client_id}`. */
  name: string;
  /** How long the secret before goes on: 0 to 90 days; 0 where it is not set. */
  overlap?: Duration;
}

/** Sets what a tenant may have at most. */
export interface SetTenantLimitsRequest {
  /** Required. `tenants/{tenant}`. */
  name: string;
  /** Required. The new limits; a value of 0 leaves what is set. */
  limits: TenantLimitsInput;
  /** Required. Why, for the audit. */
  reason: string;
}

/** Stops serving a tenant. */
export interface SuspendTenantRequest {
  /** Required. `tenants/{tenant}`. */
  name: string;
  /** Required. Why, for the audit. */
  reason: string;
}

/** A customer of the platform. Tenants never see each other's data. */
export interface Tenant {
  /** Output only. The resource name: `tenants/alpha`. */
  name?: string;
  /** What the tenant calls itself. */
  displayName?: string;
  /** Output only. What the tenant is. */
  kind?: TenantKind;
  /** Output only. Whether the tenant may work. */
  state?: TenantState;
  /** Output only. The issuer of the tenant's own tokens. */
  issuer?: string;
  /** Output only. When the tenant was created. */
  createTime?: Timestamp;
  /** How the tenant's credentials live. Within `limits`. */
  policy?: TenantPolicy;
  /** Output only. What the tenant may have at most; set by the platform's operator. */
  limits?: TenantLimits;
  /** Output only. The database cell that holds the tenant's rows. */
  cell?: string;
  /** Changes with every change of the tenant. Send it back to change only what you have seen. */
  etag?: string;
  /**
   * Who is invited to administer the tenant when it is created. No other method takes it, and none
   * returns it again.
   */
  firstAdministrator?: FirstAdministrator;
  /** Output only. What the tenant is in its audit log and in archives: a UUID that no other tenant has. */
  uid?: string;
}

/** A customer of the platform. Tenants never see each other's data. */
export interface TenantInput {
  /** Output only. The resource name: `tenants/alpha`. */
  name?: string;
  /** What the tenant calls itself. */
  displayName?: string;
  /** How the tenant's credentials live. Within `limits`. */
  policy?: TenantPolicyInput;
  /** Changes with every change of the tenant. Send it back to change only what you have seen. */
  etag?: string;
  /**
   * Who is invited to administer the tenant when it is created. No other method takes it, and none
   * returns it again.
   */
  firstAdministrator?: FirstAdministratorInput;
}

/** What a tenant may have at most. A value of 0 leaves what is set. */
export interface TenantLimits {
  /** Partners and services; 1,000 where nothing else was set. */
  clients?: number;
  /** People; 100,000 where nothing else was set. */
  members?: number;
  /** The longest that the policy may let access tokens live, in seconds. */
  accessTokenSeconds?: number;
  /** The longest that the policy may let refresh tokens live unused, in seconds. */
  refreshIdleSeconds?: number;
  /** The longest that the policy may let a session live, in seconds. */
  refreshAbsoluteSeconds?: number;
  /** The longest that the policy may let a client certificate live, in seconds. */
  certificateSeconds?: number;
  /** Calls in a day (UTC); 100,000,000 where nothing else was set. */
  dailyCalls?: Int64;
  /**
   * Those of them that reach a partner, a device or a key derivation (COST_CLASS_HIGH); 1,000,000
   * where nothing else was set.
   */
  dailyExpensiveCalls?: Int64;
}

/** What a tenant may have at most. A value of 0 leaves what is set. */
export interface TenantLimitsInput {
  /** Partners and services; 1,000 where nothing else was set. */
  clients?: number;
  /** People; 100,000 where nothing else was set. */
  members?: number;
  /** The longest that the policy may let access tokens live, in seconds. */
  accessTokenSeconds?: number;
  /** The longest that the policy may let refresh tokens live unused, in seconds. */
  refreshIdleSeconds?: number;
  /** The longest that the policy may let a session live, in seconds. */
  refreshAbsoluteSeconds?: number;
  /** The longest that the policy may let a client certificate live, in seconds. */
  certificateSeconds?: number;
  /** Calls in a day (UTC); 100,000,000 where nothing else was set. */
  dailyCalls?: Int64;
  /**
   * Those of them that reach a partner, a device or a key derivation (COST_CLASS_HIGH); 1,000,000
   * where nothing else was set.
   */
  dailyExpensiveCalls?: Int64;
}

/** How a tenant's credentials live. A value of 0 leaves what is set. */
export interface TenantPolicy {
  /** The life of an access token: 60 to 3,600 seconds; 600 where nothing else was set. */
  accessTokenSeconds?: number;
  /**
   * How long a refresh token that is not used lives: 60 to 86,400 seconds; 3,600 where nothing else
   * was set.
   */
  refreshIdleSeconds?: number;
  /**
   * How long a session lives however often it is refreshed: 60 seconds to 90 days; 30 days where
   * nothing else was set, and 3,600 seconds for banks.
   */
  refreshAbsoluteSeconds?: number;
  /**
   * The life of a client certificate issued by the tenant's authority: 60 seconds to 90 days; 86,400
   * seconds where nothing else was set.
   */
  certificateSeconds?: number;
  /**
   * Whether partners and services need tokens that are bound to their certificates (RFC 8705
   * section 3): their other tokens are then refused.
   */
  requiresBoundTokens?: boolean;
  /**
   * Whether people who are no administrators may sign in with a code that is sent to them by e-mail
   * or SMS, in place of the password.
   */
  allowsCodes?: boolean;
  /**
   * Where all of the tenant's callers call from, as CIDR writes it: `203.0.113.0/24`,
   * `2001:db8::/32` or a single address. Without any, from anywhere. Ranges that leave out the
   * administrator who sets them are refused.
   */
  addressRanges?: string[];
}

/** How a tenant's credentials live. A value of 0 leaves what is set. */
export interface TenantPolicyInput {
  /** The life of an access token: 60 to 3,600 seconds; 600 where nothing else was set. */
  accessTokenSeconds?: number;
  /**
   * How long a refresh token that is not used lives: 60 to 86,400 seconds; 3,600 where nothing else
   * was set.
   */
  refreshIdleSeconds?: number;
  /**
   * How long a session lives however often it is refreshed: 60 seconds to 90 days; 30 days where
   * nothing else was set, and 3,600 seconds for banks.
   */
  refreshAbsoluteSeconds?: number;
  /**
   * The life of a client certificate issued by the tenant's authority: 60 seconds to 90 days; 86,400
   * seconds where nothing else was set.
   */
  certificateSeconds?: number;
  /**
   * Whether partners and services need tokens that are bound to their certificates (RFC 8705
   * section 3): their other tokens are then refused.
   */
  requiresBoundTokens?: boolean;
  /**
   * Whether people who are no administrators may sign in with a code that is sent to them by e-mail
   * or SMS, in place of the password.
   */
  allowsCodes?: boolean;
  /**
   * Where all of the tenant's callers call from, as CIDR writes it: `203.0.113.0/24`,
   * `2001:db8::/32` or a single address. Without any, from anywhere. Ranges that leave out the
   * administrator who sets them are refused.
   */
  addressRanges?: string[];
}

/** Changes a client. */
export interface UpdateClientRequest {
  /**
   * Required. The client, with its name and its new values. With an `etag`, it is changed only if it
   * is as it was when that was read.
   */
  client: ClientInput;
  /**
   * Optional. Which fields to change: `display_name`, `scopes`, `address_ranges`. Without it, every
   * field that has a value.
   */
  updateMask?: string;
}

/** Changes the caller's tenant. */
export interface UpdateTenantRequest {
  /**
   * Required. The tenant, with its new values. A `name`, where it is set, has to be that of the
   * caller's tenant; an `etag`, where it is set, has to be the tenant's present one, or the answer
   * is ABORTED.
   */
  tenant: TenantInput;
  /**
   * Optional. Which fields to change: `display_name`, `policy`, or fields of the policy such as
   * `policy.access_token_seconds`. Without it, every field that has a value.
   */
  updateMask?: string;
}

/** What a verified credential stands for. */
export type PrincipalKind =
  | "PRINCIPAL_KIND_UNSPECIFIED"
  /** A person, by a token of the tenant's issuer. */
  | "PRINCIPAL_KIND_USER"
  /** An outside company, by its own client credentials or certificate. */
  | "PRINCIPAL_KIND_PARTNER"
  /** A service of the tenant, by client credentials or certificate. */
  | "PRINCIPAL_KIND_SERVICE"
  /** A person who administers the tenant. */
  | "PRINCIPAL_KIND_ADMINISTRATOR";

/** What a tenant is. */
export type TenantKind =
  | "TENANT_KIND_UNSPECIFIED"
  /** A residential complex: intercoms, barriers, residents. */
  | "TENANT_KIND_RESIDENTIAL"
  /** A bank: documents and contracts. */
  | "TENANT_KIND_BANK"
  /** A cooperative: member cards. */
  | "TENANT_KIND_COOPERATIVE"
  /** A game store. */
  | "TENANT_KIND_STORE";

/** Whether a tenant may work. */
export type TenantState =
  | "STATE_UNSPECIFIED"
  /** Calls are served. */
  | "ACTIVE"
  /** Every call is refused. */
  | "SUSPENDED"
  /** The tenant's rows and keys are gone; its name stays taken. */
  | "ERASED";

export const clientServiceMethods = {
  createClient: {
    name: "artel.tenancy.v1.ClientService/CreateClient",
    bindings: [{"verb": "POST", "path": "/v1/clients", "body": "client"}],
    idempotency: "NONE",
    keyed: true,
  } as Method<CreateClientRequest, ClientSecret>,
  getClient: {
    name: "artel.tenancy.v1.ClientService/GetClient",
    bindings: [{"verb": "GET", "path": "/v1/{name=clients/*}"}],
    idempotency: "READ_ONLY",
  } as Method<GetClientRequest, Client>,
  listClients: {
    name: "artel.tenancy.v1.ClientService/ListClients",
    bindings: [{"verb": "GET", "path": "/v1/clients"}],
    idempotency: "READ_ONLY",
  } as Method<ListClientsRequest, ListClientsResponse>,
  updateClient: {
    name: "artel.tenancy.v1.ClientService/UpdateClient",
    bindings: [{"verb": "PATCH", "path": "/v1/{client.name=clients/*}", "body": "client"}],
    idempotency: "IDEMPOTENT",
  } as Method<UpdateClientRequest, Client>,
  rotateClientSecret: {
    name: "artel.tenancy.v1.ClientService/RotateClientSecret",
    bindings: [{"verb": "POST", "path": "/v1/{name=clients/*}:rotateSecret", "body": "*"}],
    idempotency: "NONE",
    keyed: true,
  } as Method<RotateClientSecretRequest, ClientSecret>,
  disableClient: {
    name: "artel.tenancy.v1.ClientService/DisableClient",
    bindings: [{"verb": "POST", "path": "/v1/{name=clients/*}:disable", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<DisableClientRequest, Client>,
  enableClient: {
    name: "artel.tenancy.v1.ClientService/EnableClient",
    bindings: [{"verb": "POST", "path": "/v1/{name=clients/*}:enable", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<EnableClientRequest, Client>,
} as const;

/** The partners and services of the caller's tenant. */
export class ClientService {
  constructor(private readonly caller: Caller) {}

  /** Creates a client and returns its first secret, this once. */
  createClient(request: CreateClientRequest, options?: CallOptions): Promise<ClientSecret> {
    return this.caller.call(clientServiceMethods.createClient, request, options);
  }

  /** Returns a client, without its secrets. */
  getClient(request: GetClientRequest, options?: CallOptions): Promise<Client> {
    return this.caller.call(clientServiceMethods.getClient, request, options);
  }

  /** Lists the tenant's clients in the order of their identifiers. */
  listClients(request: ListClientsRequest, options?: CallOptions): Promise<ListClientsResponse> {
    return this.caller.call(clientServiceMethods.listClients, request, options);
  }

  /**
   * Changes a client. Scopes that are taken away stop counting in tokens that are out already, and
   * new address ranges hold at once: at every process within a second.
   */
  updateClient(request: UpdateClientRequest, options?: CallOptions): Promise<Client> {
    return this.caller.call(clientServiceMethods.updateClient, request, options);
  }

  /**
   * Gives a client a new secret and returns it, this once. The one before it goes on for as long as
   * the request says; older ones end now.
   *
   * The call needs an `Idempotency-Key`. Made again because its answer was lost, it would end the
   * secret that is in use, and leave the client with one that nobody has; nothing else in the request
   * tells a repeated call from another one.
   */
  rotateClientSecret(request: RotateClientSecretRequest, options?: CallOptions): Promise<ClientSecret> {
    return this.caller.call(clientServiceMethods.rotateClientSecret, request, options);
  }

  /**
   * Shuts a client out: its secrets, tokens, certificates and open streams are refused at every
   * process within a second or two. Shutting it out again changes nothing.
   */
  disableClient(request: DisableClientRequest, options?: CallOptions): Promise<Client> {
    return this.caller.call(clientServiceMethods.disableClient, request, options);
  }

  /** Lets a client in again, with the secrets and certificates that it still has. */
  enableClient(request: EnableClientRequest, options?: CallOptions): Promise<Client> {
    return this.caller.call(clientServiceMethods.enableClient, request, options);
  }
}

export const operatorServiceMethods = {
  createTenant: {
    name: "artel.tenancy.v1.OperatorService/CreateTenant",
    bindings: [{"verb": "POST", "path": "/v1/tenants", "body": "tenant"}],
    idempotency: "NONE",
    keyed: true,
  } as Method<CreateTenantRequest, Tenant>,
  lookUpTenant: {
    name: "artel.tenancy.v1.OperatorService/LookUpTenant",
    bindings: [{"verb": "GET", "path": "/v1/{name=tenants/*}"}],
    idempotency: "IDEMPOTENT",
  } as Method<LookUpTenantRequest, Tenant>,
  listTenants: {
    name: "artel.tenancy.v1.OperatorService/ListTenants",
    bindings: [{"verb": "GET", "path": "/v1/tenants"}],
    idempotency: "READ_ONLY",
  } as Method<ListTenantsRequest, ListTenantsResponse>,
  suspendTenant: {
    name: "artel.tenancy.v1.OperatorService/SuspendTenant",
    bindings: [{"verb": "POST", "path": "/v1/{name=tenants/*}:suspend", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<SuspendTenantRequest, Tenant>,
  resumeTenant: {
    name: "artel.tenancy.v1.OperatorService/ResumeTenant",
    bindings: [{"verb": "POST", "path": "/v1/{name=tenants/*}:resume", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<ResumeTenantRequest, Tenant>,
  setTenantLimits: {
    name: "artel.tenancy.v1.OperatorService/SetTenantLimits",
    bindings: [{"verb": "POST", "path": "/v1/{name=tenants/*}:setLimits", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<SetTenantLimitsRequest, Tenant>,
} as const;

/**
 * What the platform's operator does with tenants. Only administrators of the operating tenant may
 * call, and every change of a tenant is written to that tenant's own audit with its reason.
 */
export class OperatorService {
  constructor(private readonly caller: Caller) {}

  /**
   * Creates a tenant with a key that signs its tokens and an authority for its clients'
   * certificates, and invites its first administrator where the tenant names one. Whoever gives the
   * call an `Idempotency-Key` can ask again for an invitation that it did not get.
   */
  createTenant(request: CreateTenantRequest, options?: CallOptions): Promise<Tenant> {
    return this.caller.call(operatorServiceMethods.createTenant, request, options);
  }

  /**
   * Returns a tenant with its policy and its limits, and writes into the tenant's own audit who
   * looked, and why.
   */
  lookUpTenant(request: LookUpTenantRequest, options?: CallOptions): Promise<Tenant> {
    return this.caller.call(operatorServiceMethods.lookUpTenant, request, options);
  }

  /**
   * Lists tenants in the order of their names: what the platform's directory has of them. Their
   * policies and limits come with LookUpTenant.
   */
  listTenants(request: ListTenantsRequest, options?: CallOptions): Promise<ListTenantsResponse> {
    return this.caller.call(operatorServiceMethods.listTenants, request, options);
  }

  /**
   * Stops serving a tenant: its tokens, certificates, streams and background work end at every
   * process within a second or two. Suspending a suspended tenant changes nothing.
   */
  suspendTenant(request: SuspendTenantRequest, options?: CallOptions): Promise<Tenant> {
    return this.caller.call(operatorServiceMethods.suspendTenant, request, options);
  }

  /** Serves a suspended tenant again. */
  resumeTenant(request: ResumeTenantRequest, options?: CallOptions): Promise<Tenant> {
    return this.caller.call(operatorServiceMethods.resumeTenant, request, options);
  }

  /**
   * Sets what a tenant may have at most. A policy that lies beyond the new limits is cut down to
   * them.
   */
  setTenantLimits(request: SetTenantLimitsRequest, options?: CallOptions): Promise<Tenant> {
    return this.caller.call(operatorServiceMethods.setTenantLimits, request, options);
  }
}

export const tenantServiceMethods = {
  getTenant: {
    name: "artel.tenancy.v1.TenantService/GetTenant",
    bindings: [{"verb": "GET", "path": "/v1/tenant"}],
    idempotency: "READ_ONLY",
  } as Method<GetTenantRequest, Tenant>,
  updateTenant: {
    name: "artel.tenancy.v1.TenantService/UpdateTenant",
    bindings: [{"verb": "PATCH", "path": "/v1/tenant", "body": "tenant"}],
    idempotency: "IDEMPOTENT",
  } as Method<UpdateTenantRequest, Tenant>,
} as const;

/** Tells callers about their own tenant, and lets its administrators change it. */
export class TenantService {
  constructor(private readonly caller: Caller) {}

  /**
   * Returns the caller's tenant: the one that its credential names. There is no way to ask for
   * another.
   */
  getTenant(request: GetTenantRequest, options?: CallOptions): Promise<Tenant> {
    return this.caller.call(tenantServiceMethods.getTenant, request, options);
  }

  /**
   * Changes what the caller's tenant calls itself, and its policy.
   *
   * Every part of the policy stays within the tenant's limits, which the platform's operator sets:
   * a value beyond them is INVALID_ARGUMENT with the field. A changed policy holds for tokens and
   * certificates issued from then on, at every process within a second.
   */
  updateTenant(request: UpdateTenantRequest, options?: CallOptions): Promise<Tenant> {
    return this.caller.call(tenantServiceMethods.updateTenant, request, options);
  }
}
