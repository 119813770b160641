// Written by tools/clients. Do not edit.

export * as artel_access_v1 from "./artel_access_v1.js";
export * as artel_audit_v1 from "./artel_audit_v1.js";
export * as artel_auth_v1 from "./artel_auth_v1.js";
export * as artel_certificates_v1 from "./artel_certificates_v1.js";
export * as artel_operations_v1 from "./artel_operations_v1.js";
export * as artel_people_v1 from "./artel_people_v1.js";
export * as artel_privacy_v1 from "./artel_privacy_v1.js";
export * as artel_residential_v1 from "./artel_residential_v1.js";
export * as artel_tenancy_v1 from "./artel_tenancy_v1.js";
