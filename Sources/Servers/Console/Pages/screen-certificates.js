// The certificates of clients, and the authorities that issue them.

import {identifier} from "./format.js";
import {screen} from "./screen.js";

export const certificates = screen({
  id: "certificates",
  list: "CertificateService_ListCertificates",
  get: "CertificateService_GetCertificate",
  items: "certificates",
  title: (certificate) => certificate.serialNumber,
  columns: ["serialNumber", "client", "expireTime", "revokeTime"],
  details: [
    "serialNumber", "name", "client", "authority", "createTime", "expireTime", "revokeTime",
    "revocationReason", "certificatePem"],
  actions: [{
    id: "revokeCertificate", operation: "CertificateService_RevokeCertificate", danger: true,
    when: (certificate) => !certificate.revokeTime,
    fields: ["reason"],
    request: (_, {body}) => ({body: body.reason ? body : {}}),
  }],
});

export const authorities = screen({
  id: "authorities",
  list: "AuthorityService_ListAuthorities",
  items: "authorities",
  columns: [
    "name", "brought", "createTime", "expireTime", "revocationListsExpireTime", "certificatePem"],
  create: {
    id: "createAuthority",
    operation: "AuthorityService_CreateAuthority",
    fields: ["certificatePem", "intermediatesPem", "revocationListsPem"].map(
      (name) => ({name, long: true})),
    request: (_, {body}) => ({
      body: Object.fromEntries(Object.entries(body).filter(([, text]) => text.trim()))}),
  },
  actions: [
    {
      id: "replaceLists", operation: "AuthorityService_ReplaceRevocationLists",
      when: (authority) => authority.brought,
      fields: [{name: "revocationListsPem", long: true}],
    },
    {
      id: "deleteAuthority", operation: "AuthorityService_DeleteAuthority", danger: true,
      typed: (authority) => identifier(authority.name),
    },
  ],
});
