// The screens, in the order of the navigation. One whose methods the server does not have, or its
// reader may not call, does not appear.

import {access} from "./screen-access.js";
import {audit, platformAudit} from "./screen-audit.js";
import {authorities, certificates} from "./screen-certificates.js";
import {clients} from "./screen-clients.js";
import {errors} from "./screen-errors.js";
import {members} from "./screen-members.js";
import {breakers, limits, objectives} from "./screen-operations.js";
import {overview} from "./screen-overview.js";
import {consents, passkeys, sessions} from "./screen-own.js";
import {partners} from "./screen-partners.js";
import {roles} from "./screen-roles.js";
import {tenant} from "./screen-tenant.js";
import {tenants} from "./screen-tenants.js";
import {tokens} from "./screen-tokens.js";

export const screens = [
  overview, tenant, clients, partners, certificates, authorities, tokens, members, roles, access,
  audit, limits, breakers, errors, objectives, tenants, platformAudit, sessions, passkeys, consents,
];
