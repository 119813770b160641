/** A number of 64 bits: a string of digits, since JavaScript's own numbers end before. */
export type Int64 = string;
/** Bytes in base64. */
export type Base64 = string;
/** A moment, as RFC 3339 writes it. */
export type Timestamp = string;
/** A span in seconds, such as `1.5s`. */
export type Duration = string;
/** What JSON has no number for. */
export type Irregular = "NaN" | "Infinity" | "-Infinity";
/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
/** A message that says itself what it is. */
export type AnyMessage = { "@type": string } & { [name: string]: Json };

/** A body that is not JSON, whole. */
export interface RawBody {
  contentType?: string;
  data: Uint8Array;
}

/** Bytes to send. A stream is sent once, and so never again; a function gives one for each try. */
export type Bytes =
  | Uint8Array | ArrayBuffer | Blob | ReadableStream<Uint8Array>
  | (() => ReadableStream<Uint8Array>);

/** A body to send that is not JSON. */
export interface Upload {
  /** What it is; that of a Blob without. */
  contentType?: string;
  data: Bytes;
  /** The name of the file, where a form takes it; that of a File without. */
  fileName?: string;
}

/** A body that is not JSON, as it comes. */
export interface Download {
  contentType: string;
  /** How many bytes it has, where that is known. */
  length?: number;
  fileName?: string;
  /** Whoever cancels it ends the call. */
  body: ReadableStream<Uint8Array>;
}

/** How far a body is. */
export interface Progress {
  sent: number;
  total?: number;
}

/** The requests of a stream. */
export type Messages<Message> = Iterable<Message> | AsyncIterable<Message>;

/** One verb and path of a method, by JSON's names of fields. */
export interface Binding {
  readonly verb: string;
  readonly path: string;
  /** The field that is the body, or `*`. */
  readonly body?: string;
  /** The body goes as it is. */
  readonly rawBody?: boolean;
}

/** What is known of a method. The types are those of its request and its answer. */
export interface Method<Request, Answer> {
  /** `package.Service/Method`. */
  readonly name: string;
  readonly bindings: readonly Binding[];
  readonly idempotency: string;
  /** The field by which a repeated request is known. */
  readonly key?: string;
  /** A header does the same: every try of a call has one. */
  readonly keyed?: boolean;
  readonly streams?: boolean;
  /** A stream can go on behind the last message that came. */
  readonly resumes?: boolean;
  readonly raw?: boolean;
  /** Nobody is asked who they are. */
  readonly public?: boolean;
  readonly form?: boolean;
  /** The fields that make the request a form of several parts, where they have bytes. */
  readonly files?: readonly string[];
  /** Nothing at run time: they keep the types. */
  readonly _request?: (request: Request) => void;
  readonly _answer?: Answer;
}

/** What a single call may want differently. */
export interface CallOptions {
  /** Ends the call. */
  signal?: AbortSignal;
  /** How many milliseconds all tries together may take; of a stream, until it begins. */
  timeout?: number;
  headers?: Record<string, string>;
  /** The state that is to be changed: the `etag` of a resource. */
  ifMatch?: string;
  /** No second try. */
  once?: boolean;
  /** Goes on where the page goes away; a browser takes 64 KiB so, of all calls together. */
  keepalive?: boolean;
  /** Is told how far the body of a request is. */
  onProgress?: (progress: Progress) => void;
}

/** What services call through: a client, or what stands in for it in tests. */
export interface Caller {
  call<Request, Answer>(
    method: Method<Request, Answer>, request: Request, options?: CallOptions): Promise<Answer>;
  stream<Request, Answer>(
    method: Method<Request, Answer>, request: Request, options?: CallOptions,
  ): AsyncIterable<Answer>;
  send<Request, Answer>(
    method: Method<Request, Answer>, requests: Messages<Request>, options?: CallOptions,
  ): Promise<Answer>;
  talk<Request, Answer>(
    method: Method<Request, Answer>, requests: Messages<Request>, options?: CallOptions,
  ): AsyncIterable<Answer>;
  download<Request>(
    method: Method<Request, unknown>, request: Request, options?: CallOptions): Promise<Download>;
}
