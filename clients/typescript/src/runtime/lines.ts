/** The lines of a body, each as soon as it is whole. */
export async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder("utf-8", {fatal: true});
  let rest = "";
  let isWhole = false;
  try {
    for (;;) {
      const {done, value} = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, {stream: true});
      let end: number;
      while ((end = rest.indexOf("\n")) >= 0) {
        const line = rest.slice(0, end).replace(/\r$/, "");
        rest = rest.slice(end + 1);
        if (line !== "") yield line;
      }
      if (done) break;
    }
    isWhole = true;
    if (rest !== "") yield rest;
  } finally {
    // Whoever stops reading ends the call, too.
    if (!isWhole) await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}
