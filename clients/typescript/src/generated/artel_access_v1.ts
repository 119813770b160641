// Written by tools/clients. Do not edit.

import type { CallOptions, Caller, Method } from "../runtime/index.js";

/** One check of a call. */
export interface AccessCheck {
  /**
   * What is looked at: IDENTITY, REVOCATION, TENANT_STATE, CELL, ADDRESS, OPERATING_TENANT,
   * TENANT_KIND, PRINCIPAL_KIND, SCOPES, ROLES, STEP_UP, ROWS; there may be more.
   */
  name?: string;
  /** How it ended. */
  verdict?: AccessCheckVerdict;
  /** What is demanded. */
  demanded?: string[];
  /** What the caller has. */
  held?: string[];
  /** The `reason` of the error; empty unless it is refused. */
  reason?: string;
  /** What would change it; empty unless it is refused. */
  remedy?: string;
}

/** Asks about somebody of the caller's tenant: a principal, or whose a token is. */
export interface ExplainAccessRequest {
  /** `members/{member}` or `clients/{client}`, as it would call with a credential that it gets now. */
  principal?: string;
  /** An access token, in place of a principal. */
  token?: string;
  /** Required. The method: `package.Service/Method`. */
  method: string;
  /** Optional. The name of the resource that the call would be about. */
  resource?: string;
  /** Optional. The IP address from which the call would come. */
  address?: string;
}

/** Asks about somebody of a tenant. */
export interface ExplainTenantAccessRequest {
  /** Required. `tenants/{tenant}`. */
  name: string;
  /** Required. Why, for the tenant's audit. */
  reason: string;
  /** Required. What is asked. */
  question: ExplainAccessRequest;
}

/** What the platform says of a call. */
export interface Explanation {
  /** Whether nothing that was looked at speaks against the call. */
  allowed?: boolean;
  /** The `reason` of the error that the call would get; empty where it is allowed. */
  reason?: string;
  /** The verified subject that the checks are about; empty where there is none. */
  subject?: string;
  /**
   * Every check, in the order in which the platform makes it. Behind one that refuses who the caller
   * is, there are no more.
   */
  checks?: AccessCheck[];
}

/** How a check ended. */
export type AccessCheckVerdict =
  | "VERDICT_UNSPECIFIED"
  /** Nothing speaks against the call. */
  | "PASSED"
  /** The call is refused. */
  | "REFUSED"
  /** The contract asks nothing, or the question does not say enough to look. */
  | "NOT_ASKED";

export const accessServiceMethods = {
  explainAccess: {
    name: "artel.access.v1.AccessService/ExplainAccess",
    bindings: [{"verb": "POST", "path": "/v1/access:explain", "body": "*"}],
    idempotency: "READ_ONLY",
  } as Method<ExplainAccessRequest, Explanation>,
  explainTenantAccess: {
    name: "artel.access.v1.AccessService/ExplainTenantAccess",
    bindings: [{"verb": "POST", "path": "/v1/{name=tenants/*}:explainAccess", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<ExplainTenantAccessRequest, Explanation>,
} as const;

/**
 * Tells why somebody may call a method, or may not. Who is refused learns the reason alone; these
 * methods are for those who may change it. Nothing is called, and no credential is shown.
 */
export class AccessService {
  constructor(private readonly caller: Caller) {}

  /**
   * Explains what the platform says of a call by somebody of the caller's tenant. Principals of
   * other tenants are NOT_FOUND.
   */
  explainAccess(request: ExplainAccessRequest, options?: CallOptions): Promise<Explanation> {
    return this.caller.call(accessServiceMethods.explainAccess, request, options);
  }

  /** The same for the platform's operator and any tenant, whose own audit has who asked, and why. */
  explainTenantAccess(request: ExplainTenantAccessRequest, options?: CallOptions): Promise<Explanation> {
    return this.caller.call(accessServiceMethods.explainTenantAccess, request, options);
  }
}
