export * from "./types.js";
export * from "./errors.js";
export * from "./tokens.js";
export * from "./client.js";
export * from "./queue.js";
