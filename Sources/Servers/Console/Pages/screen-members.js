// The people of the tenant: who they are, what they may do, where they have signed in.

import {identifier} from "./format.js";
import {screen} from "./screen.js";
import {say} from "./words.js";

const invited = (answer) => ({secret: answer.uri, text: say("secret.invitation")});

export const members = screen({
  id: "members",
  list: "MemberService_ListMembers",
  get: "MemberService_GetMember",
  items: "members",
  title: (member) => member.displayName || member.login,
  columns: ["displayName", "login", "administrator", "state"],
  details: [
    "displayName", "login", "administrator", "roles", "state", "secondFactor", "signInTime",
    "createTime", "name"],
  create: {
    id: "createMember",
    operation: "MemberService_CreateMember",
    fields: [{name: "login", required: true}, "displayName", "administrator", "roles"],
    made: (answer) => answer.member.name,
    secret: invited,
  },
  actions: [
    {
      id: "updateMember", operation: "MemberService_UpdateMember", update: true,
      fields: (member) => ["displayName", "login", "administrator", "roles"].map(
        (name) => ({name, value: member[name], required: name === "login"})),
    },
    {
      id: "inviteMember", operation: "MemberService_InviteMember", secret: invited, danger: true,
      when: (member) => member.state !== "DISABLED",
    },
    {
      id: "disableMember", operation: "MemberService_DisableMember", danger: true,
      typed: (member) => member.login, when: (member) => member.state !== "DISABLED",
    },
    {
      id: "enableMember", operation: "MemberService_EnableMember",
      when: (member) => member.state === "DISABLED",
    },
    {
      id: "eraseMember", operation: "PrivacyService_EraseSubject", danger: true, noName: true,
      typed: (member) => member.login, fields: [{name: "reason", required: true}],
      request: (member, {body}) => ({
        body: {...body, subject: `artel:${identifier(member.name)}`}}),
    },
  ],
  children: [
    {
      id: "memberSessions", list: "SessionService_ListSessions", items: "sessions",
      title: (one) => one.device || one.address,
      columns: ["device", "address", "methods", "signInTime", "useTime", "apps"],
      actions: [{
        id: "endSession", operation: "SessionService_EndSession", danger: true}],
      tools: [{id: "endSessions", operation: "SessionService_EndSessions", danger: true}],
    },
    {
      id: "memberPasskeys", list: "PasskeyService_ListMemberPasskeys", items: "passkeys",
      title: (one) => one.displayName,
      columns: ["displayName", "createTime", "useTime", "backedUp"],
      actions: [{
        id: "deletePasskey", operation: "PasskeyService_DeleteMemberPasskey", danger: true}],
    },
  ],
});
