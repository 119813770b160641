// The API's own description (OpenAPI 3.1): where its methods are, and what their fields take.

import {camel} from "./format.js";

const verbs = new Set(["get", "post", "put", "patch", "delete"]);

export class Contract {
  constructor(document) {
    this.document = document;
    this.operations = new Map();
    this.learn();
    for (const [path, item] of Object.entries(document.paths || {})) {
      for (const [verb, operation] of Object.entries(item)) {
        if (verbs.has(verb) && operation.operationId) {
          this.operations.set(operation.operationId, {verb, path, ...operation});
        }
      }
    }
  }

  // Which fields have the contract's own words as values, wherever a field of that name stands.
  learn() {
    const texts = new Map();
    for (const {properties} of Object.values(this.document.components?.schemas || {})) {
      for (const [name, schema] of Object.entries(properties || {})) {
        const whole = this.resolve(schema);
        const one = whole.type === "array" ? this.resolve(whole.items) : whole;
        if (one.type !== "string") continue;
        const kind = one.enum ? "enum" : /duration$/.test(one.format || "") ? "duration" : "text";
        texts.set(name, texts.has(name) && texts.get(name) !== kind ? "text" : kind);
      }
    }
    const of = (kind) => new Set([...texts].filter((one) => one[1] === kind).map(([name]) => name));
    this.enumerated = of("enum");
    this.durations = of("duration");
  }

  // Whether a method is for tenants of a kind.
  isFor(id, kind) {
    const kinds = this.operations.get(id)?.["x-artel-policy"]?.tenantKinds || [];
    return kinds.length === 0 || kinds.some((one) => kind === `TENANT_KIND_${one}`);
  }

  // Whether a repeated call is known by its key.
  takesKey(id) {
    return (this.operations.get(id)?.parameters || []).some(
      (one) => one.in === "header" && one.name === "Idempotency-Key");
  }

  has(id) { return this.operations.has(id); }

  // The scopes that a method asks for.
  scopes(id) {
    const policy = this.operations.get(id)?.["x-artel-policy"];
    return (policy && policy.scopes) || [];
  }

  // Every method, as `package.Service/Method`, once each.
  methods() {
    return [...new Set([...this.operations.values()].map((one) => one["x-grpc-method"]))]
      .filter((one) => one).sort();
  }

  // Where a call goes: the path with the resource's name in it, and the query; null where no
  // resource has such a name.
  address(id, name = "", query = {}) {
    const operation = this.operations.get(id);
    if (!operation) throw new Error(`the API has no ${id}`);
    const template = operation["x-http-template"] || operation.path;
    const parts = name.split("/");
    // The browser would take them for a way to another method.
    if (parts.some((one) => /^\.\.?$/.test(one))) return null;
    const coded = parts.map(encodeURIComponent).join("/");
    const path = template.replace(/\{[^}]*\}/, coded);
    const said = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) {
      if (value === "" || value === null || value === undefined) continue;
      for (const one of [value].flat()) said.append(key, one);
    }
    const text = said.toString();
    return {verb: operation.verb.toUpperCase(), path: text ? `${path}?${text}` : path};
  }

  // What a field takes, wherever it stands: `{schema, required, place}`.
  field(id, name) {
    const operation = this.operations.get(id) || {};
    const parameter = (operation.parameters || []).find((one) => one.name === name);
    if (parameter) {
      return {
        schema: this.resolve(parameter.schema), required: Boolean(parameter.required),
        place: "query"};
    }
    let schema = this.resolve(
      operation.requestBody?.content?.["application/json"]?.schema || {});
    let required = false;
    for (const part of name.split(".")) {
      required = (schema.required || []).includes(part);
      schema = this.resolve((schema.properties || {})[camel(part)] || {});
    }
    return {schema, required, place: "body"};
  }

  // The names of what a field holds, in the order of the contract.
  fields(id, name) {
    return Object.keys(this.field(id, name).schema.properties || {});
  }

  // A schema without references and alternatives of null.
  resolve(schema) {
    let found = schema || {};
    for (let depth = 0; depth < 8; depth += 1) {
      if (found.$ref) {
        const {$ref, ...more} = found;
        const name = $ref.split("/").pop();
        found = {...(this.document.components?.schemas?.[name] || {}), ...more};
      } else {
        const {allOf, anyOf, oneOf, ...more} = found;
        const left = (allOf || anyOf || oneOf || []).filter((one) => one.type !== "null");
        if (left.length !== 1) break;
        found = {...left[0], ...more};
      }
    }
    if (!Array.isArray(found.type)) return found;
    return {...found, type: found.type.find((one) => one !== "null")};
  }
}
