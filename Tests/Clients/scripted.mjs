// A server that answers as a test tells it to, and keeps what came.
import http from "node:http";
import { after, before, beforeEach } from "node:test";

/** Serves for the tests of a file. `answers` is what the next requests get, `seen` what has come. */
export function scripted() {
  const script = {base: "", answers: [], seen: []};
  let server;
  before(async () => {
    server = http.createServer(async (request, response) => {
      const parts = [];
      for await (const part of request) parts.push(part);
      script.seen.push({
        verb: request.method, target: request.url, headers: request.headers,
        body: Buffer.concat(parts).toString()});
      const answer = script.answers.shift() ?? {};
      await answer.until;
      if (answer.breaks) return request.socket.destroy();
      if (answer.hangs) return;
      response.writeHead(answer.status ?? 200, {
        "content-type": "application/json", ...answer.headers});
      if (answer.part !== undefined) {
        response.write(answer.part);
        return setTimeout(() => request.socket.destroy(), 20);
      }
      response.end(answer.text ?? JSON.stringify(answer.body ?? {}));
    });
    await new Promise((done) => server.listen(0, "127.0.0.1", done));
    script.base = `http://127.0.0.1:${server.address().port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    script.seen = [];
    script.answers = [];
  });
  return script;
}

/** An answer that is a failure. */
export const failure = (status, code, details = [], headers = {}) => ({
  status, headers, body: {error: {code: status, status: code, message: "no", details}}});

/** A storage that forgets. */
export const memory = (text = null) => ({
  load: async () => text,
  save: async (next) => { text = next; },
  get text() { return text; },
});
