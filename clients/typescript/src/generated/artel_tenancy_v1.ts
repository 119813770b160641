// Written by tools/clients. Do not edit.

import type { CallOptions, Caller, Method, Timestamp } from "../runtime/index.js";

/** Asks for the caller's tenant. */
export interface GetTenantRequest {
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
}

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
  | "SUSPENDED";

export const tenantServiceMethods = {
  getTenant: {
    name: "artel.tenancy.v1.TenantService/GetTenant",
    bindings: [{"verb": "GET", "path": "/v1/tenant"}],
    idempotency: "READ_ONLY",
  } as Method<GetTenantRequest, Tenant>,
} as const;

/** Tells a caller about its own tenant. */
export class TenantService {
  constructor(private readonly caller: Caller) {}

  /**
   * Returns the caller's tenant: the one that its credential names. There is no way to ask for
   * another.
   */
  getTenant(request: GetTenantRequest, options?: CallOptions): Promise<Tenant> {
    return this.caller.call(tenantServiceMethods.getTenant, request, options);
  }
}
