// What goes wrong in apps, the console among them, as they have reported it.

import {screen} from "./screen.js";

export const errors = screen({
  id: "errors",
  list: "ClientErrorService_ListClientErrorGroups",
  get: "ClientErrorService_GetClientErrorGroup",
  items: "clientErrorGroups",
  title: (group) => group.title,
  columns: ["title", "app", "kind", "count", "lastSeenTime", "versions", "state"],
  details: [
    "title", "app", "anonymous", "kind", "severity", "state", "resolvedVersion", "culprit",
    "screen", "count", "firstSeenTime", "lastSeenTime", "versions", "platforms", "traceId", "name"],
  actions: [
    {
      id: "resolveError", operation: "ClientErrorService_ResolveClientErrorGroup",
      when: (group) => group.state !== "RESOLVED", fields: ["version"],
    },
    {
      id: "muteError", operation: "ClientErrorService_MuteClientErrorGroup",
      when: (group) => group.state !== "MUTED",
    },
    {
      id: "reopenError", operation: "ClientErrorService_ReopenClientErrorGroup",
      when: (group) => ["RESOLVED", "MUTED"].includes(group.state),
    },
  ],
});
