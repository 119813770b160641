// Roles: scopes under a name of the tenant's own.

import {screen} from "./screen.js";

export const roles = screen({
  id: "roles",
  list: "RoleService_ListRoles",
  items: "roles",
  title: (role) => role.displayName,
  columns: ["displayName", "name", "scopes", "createTime"],
  create: {
    id: "createRole", operation: "RoleService_CreateRole",
    fields: ["roleId", "displayName", "scopes"],
  },
  actions: [
    {
      id: "updateRole", operation: "RoleService_UpdateRole", update: true,
      fields: (role) => ["displayName", "scopes"].map((name) => ({name, value: role[name]})),
    },
    {id: "deleteRole", operation: "RoleService_DeleteRole", danger: true},
  ],
});
