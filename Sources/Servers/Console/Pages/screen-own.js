// What is the reader's own: sessions, passkeys, and what apps were allowed.

import {screen} from "./screen.js";

export const sessions = screen({
  id: "sessions",
  list: "SessionService_ListOwnSessions",
  items: "sessions",
  title: (one) => one.device || one.address,
  columns: ["device", "current", "address", "methods", "signInTime", "useTime", "apps"],
  actions: [{
    id: "endSession", operation: "SessionService_EndOwnSession", danger: true, noName: true,
    request: (one) => ({body: {name: one.name}}),
  }],
  tools: [{id: "endOthers", operation: "SessionService_EndOtherSessions"}],
});

export const passkeys = screen({
  id: "passkeys",
  list: "PasskeyService_ListPasskeys",
  items: "passkeys",
  title: (one) => one.displayName,
  columns: ["displayName", "createTime", "useTime", "backedUp"],
  actions: [
    {
      id: "renamePasskey", operation: "PasskeyService_UpdatePasskey",
      fields: (one) => [{name: "displayName", value: one.displayName, required: true}],
      request: (_, {body}) => ({query: {updateMask: "displayName"}, body}),
    },
    {id: "deletePasskey", operation: "PasskeyService_DeletePasskey", danger: true},
  ],
});

export const consents = screen({
  id: "consents",
  list: "ConsentService_ListOwnConsents",
  items: "consents",
  title: (one) => one.displayName || one.client,
  columns: ["displayName", "client", "scopes", "grantTime"],
  actions: [{
    id: "withdrawConsent", operation: "ConsentService_WithdrawConsent", noName: true,
    request: (one) => ({body: {client: one.client}}),
  }],
});
