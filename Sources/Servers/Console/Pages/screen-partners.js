// The outside systems that run devices: where they are, and how the platform proves itself there.
// Credentials go in, and are never shown.

import {screen} from "./screen.js";
import {say} from "./words.js";

const ways = ["CLIENT_SECRET_BASIC", "CLIENT_SECRET_POST", "PRIVATE_KEY_JWT", "TLS_CLIENT_AUTH"];
const needed = (name, value) => ({name, value, required: true});

const credentials = (partner) => [
  {name: "clientSecret", secret: true},
  {name: "assertionKey", long: true},
  {name: "assertionKeyId", value: partner.assertionKeyId},
  {name: "tlsCertificate", long: true, value: partner.tlsCertificate},
  {name: "tlsKey", long: true},
];

const fields = (partner) => [
  {name: "displayName", value: partner.displayName},
  needed("baseUri", partner.baseUri), needed("tokenUri", partner.tokenUri),
  {...needed("clientId", partner.clientId), label: say("partner.clientId"), hint: ""},
  {name: "reportingClientId", value: partner.reportingClientId},
  {...needed("format", partner.format), options: ["JSON", "XML"]},
  {...needed("authentication", partner.authentication), options: ways},
  ...credentials(partner),
];

// What was left empty is not sent: it would take away what is there.
const filled = (body) => Object.fromEntries(Object.entries(body).filter(([, value]) => value));

export const partners = screen({
  id: "partners",
  list: "PartnerService_ListPartners",
  get: "PartnerService_GetPartner",
  items: "partners",
  title: (partner) => partner.displayName,
  columns: ["displayName", "name", "baseUri", "authentication", "disabled"],
  details: [
    "name", "displayName", "baseUri", "tokenUri", "clientId", "reportingClientId", "format",
    "authentication", "assertionKeyId", "tlsCertificate", "tlsCertificateExpireTime", "disabled",
    "createTime"],
  create: {
    id: "createPartner",
    operation: "PartnerService_CreatePartner",
    fields: () => ["partnerId", ...fields({})],
    request: (_, {query, body}) => ({query, body: filled(body)}),
  },
  actions: [
    {id: "updatePartner", operation: "PartnerService_UpdatePartner", update: true, fields},
    {
      id: "rotatePartnerSecret", operation: "PartnerService_RotatePartnerSecret", fresh: true,
      fields: () => credentials({}),
      request: (partner, {body}) => ({body: {...filled(body), etag: partner.etag}}),
    },
    {
      id: "disablePartner", operation: "PartnerService_DisablePartner", danger: true,
      when: (partner) => !partner.disabled,
    },
    {
      id: "enablePartner", operation: "PartnerService_EnablePartner",
      when: (partner) => partner.disabled,
    },
    {
      id: "deletePartner", operation: "PartnerService_DeletePartner", danger: true, gone: true,
      request: (partner) => ({query: {etag: partner.etag}}),
    },
  ],
});
