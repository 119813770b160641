// Partners and services: who may call the tenant's API, by which secret and from where.

import {screen} from "./screen.js";
import {say} from "./words.js";

const kinds = ["PRINCIPAL_KIND_PARTNER", "PRINCIPAL_KIND_SERVICE"];
const hasSecret = (client) => (client.liveSecrets || 0) > 0;

export const clients = screen({
  id: "clients",
  list: "ClientService_ListClients",
  get: "ClientService_GetClient",
  items: "clients",
  title: (client) => client.displayName || client.clientId,
  columns: ["displayName", "clientId", "kind", "disabled"],
  details: [
    "clientId", "displayName", "kind", "scopes", "addressRanges", "disabled", "liveSecrets",
    "olderSecretExpireTime", "createTime"],
  create: {
    id: "createClient",
    operation: "ClientService_CreateClient",
    fields: [
      "clientId", "displayName", {name: "kind", options: kinds}, "scopes", "addressRanges"],
    made: (answer) => answer.client.name,
    secret: (answer) => ({secret: answer.secret, text: say("secret.client")}),
  },
  actions: [
    {
      id: "updateClient", operation: "ClientService_UpdateClient", update: true,
      fields: (client) => ["displayName", "scopes", "addressRanges"].map(
        (name) => ({name, value: client[name]})),
    },
    {
      id: "rotateSecret", operation: "ClientService_RotateClientSecret", when: hasSecret,
      fields: [{name: "overlap", options: ["0s", "3600s", "86400s", "604800s"], required: true}],
      secret: (answer) => ({secret: answer.secret, text: say("secret.client")}),
    },
    {
      id: "enrollmentCode", operation: "CertificateService_CreateEnrollmentCode",
      when: (client) => kinds.includes(client.kind),
      fields: [{name: "lifetime", options: ["3600s", "86400s", "604800s"], required: true}],
      secret: (answer) => ({secret: answer.code, text: say("secret.code")}),
    },
    {
      id: "disableClient", operation: "ClientService_DisableClient", danger: true,
      typed: (client) => client.clientId, when: (client) => !client.disabled,
    },
    {
      id: "enableClient", operation: "ClientService_EnableClient",
      when: (client) => client.disabled,
    },
  ],
});
