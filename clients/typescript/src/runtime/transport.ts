import type { Progress } from "./types.js";

/** What a body may be. */
export type Body = string | Uint8Array | ArrayBuffer | Blob | FormData | ReadableStream<Uint8Array>;

/** How a body is sent. */
export interface Sending {
  progress: ((progress: Progress) => void) | undefined;
  streams: boolean | undefined;
}

/** Sends a request whose body may be a stream, or long enough to be asked how far it is. */
export async function transmit(
  send: typeof fetch, url: string, init: RequestInit & { headers: Headers; signal: AbortSignal },
  body: Body | undefined, {progress, streams}: Sending,
): Promise<Response> {
  if (body === undefined) return send(url, init);
  const isBrowser = typeof XMLHttpRequest !== "undefined";
  if (body instanceof ReadableStream) {
    if (streams ?? !isBrowser) {
      return send(url, streaming(init, counted(body, init.signal, progress)));
    }
    body = await new Response(body).blob();
  }
  if (!progress) return send(url, {...init, body});
  if (isBrowser) return overXMLHttpRequest(url, init, body, progress);
  // A form's type has the boundary that only its own request knows.
  const request = new Request(url, {method: "POST", body});
  const type = request.headers.get("content-type");
  if (type !== null && !init.headers.has("content-type")) init.headers.set("content-type", type);
  const bytes = new Uint8Array(await request.arrayBuffer());
  return send(url, streaming(init, counted(pieces(bytes), init.signal, progress, bytes.length)));
}

function streaming(init: RequestInit, body: ReadableStream<Uint8Array>): RequestInit {
  const more = {duplex: "half"};  // fetch asks for it where a body is a stream.
  return {...init, body, ...more};
}

function pieces(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at < bytes.length) controller.enqueue(bytes.subarray(at, at += 65_536));
      else controller.close();
    },
  }, {highWaterMark: 0});
}

/** The same stream; each piece is told of when it is taken. It ends with its call: Node goes on to
 * read what nobody sends any more. */
function counted(
  body: ReadableStream<Uint8Array>, signal: AbortSignal, progress: Sending["progress"],
  total?: number,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let sent = 0;
  return new ReadableStream({
    async pull(controller) {
      if (signal.aborted) {
        controller.error(signal.reason);
        return reader.cancel(signal.reason);
      }
      const {done, value} = await reader.read();
      if (done) return controller.close();
      controller.enqueue(value);
      sent += value.length;
      progress?.(total === undefined ? {sent} : {sent, total});
    },
    cancel: (reason) => reader.cancel(reason),
  }, {highWaterMark: 0});
}

/** A browser's fetch does not say how far a body is. */
function overXMLHttpRequest(
  url: string, init: RequestInit & { headers: Headers; signal: AbortSignal },
  body: Exclude<Body, ReadableStream>, progress: (progress: Progress) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = (): void => request.abort();
    const end = (): void => init.signal.removeEventListener("abort", stop);
    request.open(init.method ?? "POST", url);
    request.responseType = "blob";
    init.headers.forEach((value, name) => request.setRequestHeader(name, value));
    request.upload.addEventListener("progress", ({loaded, total, lengthComputable}) =>
      progress(lengthComputable ? {sent: loaded, total} : {sent: loaded}));
    request.addEventListener("load", () => {
      end();
      // It follows where it is led; fetch was told not to.
      if (request.responseURL !== new URL(url, location.href).href) {
        return reject(new TypeError("the answer is that of another address"));
      }
      resolve(new Response(request.status === 204 ? null : request.response as Blob, {
        status: request.status, headers: fields(request.getAllResponseHeaders())}));
    });
    for (const name of ["error", "abort", "timeout"]) {
      request.addEventListener(name, () => {
        end();
        reject(new TypeError("the request ended with " + name));
      });
    }
    if (init.signal.aborted) return reject(init.signal.reason);
    init.signal.addEventListener("abort", stop);
    request.send(body);
  });
}

function fields(text: string): Headers {
  const headers = new Headers();
  for (const line of text.split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return headers;
}
