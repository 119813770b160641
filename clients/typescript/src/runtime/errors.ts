import type { AnyMessage } from "./types.js";

/** The codes of gRPC. */
export type Code =
  | "CANCELLED" | "UNKNOWN" | "INVALID_ARGUMENT" | "DEADLINE_EXCEEDED" | "NOT_FOUND"
  | "ALREADY_EXISTS" | "PERMISSION_DENIED" | "RESOURCE_EXHAUSTED" | "FAILED_PRECONDITION"
  | "ABORTED" | "OUT_OF_RANGE" | "UNIMPLEMENTED" | "INTERNAL" | "UNAVAILABLE" | "DATA_LOSS"
  | "UNAUTHENTICATED";

/** A field that is at fault. */
export interface FieldViolation {
  field: string;
  description: string;
  reason?: string;
  /** For people. */
  localizedMessage?: { locale: string; message: string };
}

/** An answer that says why there is none (AIP-193, or RFC 6749 section 5.2). */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    /** The status of HTTP, or what it would have been where a stream has ended with the error. */
    readonly httpStatus: number,
    readonly code: Code,
    message: string,
    readonly details: readonly AnyMessage[] = [],
    /** How many milliseconds to wait before the next try, where the server says so. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }

  private detail(type: string): AnyMessage | undefined {
    return this.details.find((one) => one["@type"].endsWith("/" + type));
  }

  /** What happened, for programs. */
  get reason(): string | undefined {
    return this.detail("google.rpc.ErrorInfo")?.["reason"] as string | undefined;
  }

  /** What belongs to the reason. */
  get metadata(): Record<string, string> {
    return (this.detail("google.rpc.ErrorInfo")?.["metadata"] ?? {}) as Record<string, string>;
  }

  /** What happened, for people. */
  get localizedMessage(): string | undefined {
    return this.detail("google.rpc.LocalizedMessage")?.["message"] as string | undefined;
  }

  /** The fields at fault. */
  get fieldViolations(): FieldViolation[] {
    return (this.detail("google.rpc.BadRequest")?.["fieldViolations"]
      ?? []) as unknown as FieldViolation[];
  }

  /** The error that a body has; nothing in it is trusted to be there. */
  static of(httpStatus: number, body: unknown, retryAfter?: number): ApiError {
    const error = isObject(body) ? body["error"] : undefined;
    if (isObject(error)) {
      // A stream that ends with an error says the status in it.
      if (httpStatus === 0 && typeof error["code"] === "number") httpStatus = error["code"];
      const details = Array.isArray(error["details"])
        ? error["details"].filter((one) => isObject(one) && typeof one["@type"] === "string") : [];
      return new ApiError(
        httpStatus, text(error["status"]) as Code | undefined ?? codeOf(httpStatus),
        text(error["message"]) ?? `HTTP ${httpStatus}`, details as AnyMessage[],
        retryAfter ?? delayOf(details));
    }
    if (typeof error === "string" && isObject(body)) {
      const info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: error.toUpperCase()};
      return new ApiError(
        httpStatus, codeOf(httpStatus), text(body["error_description"]) ?? error, [info],
        retryAfter);
    }
    return new ApiError(httpStatus, codeOf(httpStatus), `HTTP ${httpStatus}`, [], retryAfter);
  }
}

/** No answer came: there is no network, or it broke. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";

  constructor(readonly cause: unknown) {
    super("no answer came: " + (cause instanceof Error ? cause.message : String(cause)));
  }
}

/** The time of a call was over. */
export class TimeoutError extends Error {
  override readonly name = "TimeoutError";

  constructor() { super("the time of the call is over"); }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What google.rpc.RetryInfo says, in milliseconds: not every page may see the header. */
function delayOf(details: Record<string, unknown>[]): number | undefined {
  const info = details.find((one) => String(one["@type"]).endsWith("/google.rpc.RetryInfo"));
  const seconds = /^([0-9]+(?:\.[0-9]+)?)s$/.exec(String(info?.["retryDelay"]))?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function codeOf(httpStatus: number): Code {
  const codes: Record<number, Code> = {
    400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND",
    409: "ABORTED", 412: "ABORTED", 429: "RESOURCE_EXHAUSTED", 499: "CANCELLED",
    501: "UNIMPLEMENTED", 502: "UNAVAILABLE", 503: "UNAVAILABLE", 504: "DEADLINE_EXCEEDED"};
  return codes[httpStatus] ?? (httpStatus >= 500 ? "INTERNAL" : "UNKNOWN");
}
