// Proofs of a Merkle log, verified here and by nobody else's word: RFC 9162 section 2.1, SHA-256,
// and the signed statement of a log's size and root (C2SP tlog-checkpoint, signed-note).

export const fromBase64 = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));

export const same = (one, other) =>
  one.length === other.length && one.every((byte, place) => byte === other[place]);

const joined = (...parts) => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) { whole.set(part, place); place += part.length; }
  return whole;
};

export async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
}

export const leafHash = (leaf) => sha256(Uint8Array.of(0), leaf);
export const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);

const isCount = (number) => Number.isSafeInteger(number) && number >= 0;
const half = (number) => Math.floor(number / 2);
const isOdd = (number) => number % 2 === 1;

// The root of the log that a proof of inclusion leads to (section 2.1.3.2); null where the proof is
// none for such a place in a log of such a size.
export async function inclusionRoot(hash, index, size, proof) {
  if (!isCount(index) || !isCount(size) || index >= size) return null;
  let [first, second, root] = [index, size - 1, hash];
  for (const part of proof) {
    if (second === 0) return null;
    if (isOdd(first) || first === second) {
      root = await nodeHash(part, root);
      while (!isOdd(first) && first !== 0) [first, second] = [half(first), half(second)];
    } else root = await nodeHash(root, part);
    [first, second] = [half(first), half(second)];
  }
  return second === 0 ? root : null;
}

// Whether the log of one size begins with the log of another (section 2.1.4.2).
export async function isConsistent(from, fromRoot, to, toRoot, proof) {
  if (!isCount(from) || !isCount(to) || from > to || from === 0) return false;
  if (from === to) return proof.length === 0 && same(fromRoot, toRoot);
  const isPower = Number.isInteger(Math.log2(from)) && 2 ** Math.log2(from) === from;
  const path = isPower ? [fromRoot, ...proof] : proof;
  if (path.length === 0) return false;
  let [first, second] = [from - 1, to - 1];
  while (isOdd(first)) [first, second] = [half(first), half(second)];
  let [oldRoot, newRoot] = [path[0], path[0]];
  for (const part of path.slice(1)) {
    if (second === 0) return false;
    if (isOdd(first) || first === second) {
      oldRoot = await nodeHash(part, oldRoot);
      newRoot = await nodeHash(part, newRoot);
      while (!isOdd(first) && first !== 0) [first, second] = [half(first), half(second)];
    } else newRoot = await nodeHash(newRoot, part);
    [first, second] = [half(first), half(second)];
  }
  return second === 0 && same(oldRoot, fromRoot) && same(newRoot, toRoot);
}

// What a checkpoint says, and the signatures below it; null where it is none.
export function readNote(note) {
  const end = note.lastIndexOf("\n\n");
  if (end < 0) return null;
  const text = note.slice(0, end + 1);
  const [origin, size, root] = text.split("\n");
  const signatures = note.slice(end + 2).split("\n").filter((line) => line).map((line) => {
    const found = /^\u2014 (\S+) (\S+)$/.exec(line);
    if (!found) return null;
    try {
      const bytes = fromBase64(found[2]);
      return {name: found[1], hash: bytes.slice(0, 4), signature: bytes.slice(4)};
    } catch { return null; }
  });
  if (!origin || !/^(0|[1-9]\d*)$/.test(size) || signatures.includes(null)
    || signatures.length === 0) return null;
  try {
    return {text, origin, size: Number(size), root: fromBase64(root), signatures};
  } catch { return null; }
}

// Whether a note is signed by the key of a verifier's line (`name+hash+base64`): true, false,
// or null where this browser has no Ed25519.
export async function isSigned(note, verifierKey) {
  const found = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(verifierKey);
  if (!found) return false;
  let key;
  try { key = fromBase64(found[3]); } catch { return false; }
  if (key[0] !== 1 || key.length !== 33) return false;
  const hash = (await sha256(new TextEncoder().encode(`${found[1]}\n`), key)).slice(0, 4);
  const hex = [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hex !== found[2]) return false;
  const mine = note.signatures.find((one) => one.name === found[1] && same(one.hash, hash));
  if (!mine) return false;
  let imported;
  try {
    imported = await crypto.subtle.importKey("raw", key.slice(1), "Ed25519", false, ["verify"]);
  } catch { return null; }
  return crypto.subtle.verify(
    "Ed25519", imported, mine.signature, new TextEncoder().encode(note.text));
}
