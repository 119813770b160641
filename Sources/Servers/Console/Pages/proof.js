// What can be proved of an audit entry: that what is shown is in the log, that the log is the one
// that the platform has signed, and that it still begins with the one this browser saw before.

import {entryHash} from "./leaf.js";
import {fromBase64, inclusionRoot, isConsistent, isSigned, readNote, same} from "./merkle.js";

const hashes = (proof) => (proof.hashes || []).map(fromBase64);

// Each step as `{step, state}`, the state being `good`, `bad` or `unknown`. `call` calls the API,
// `before` is the checkpoint that was seen last, if any: `{origin, size, root, verifierKey}`.
export async function prove(entry, tenant, call, before = null) {
  const steps = [];
  const judge = (step, value) => {
    steps.push({step, state: value === null ? "unknown" : value ? "good" : "bad"});
  };
  const checkpoint = await call("AuditService_GetCheckpoint");
  const note = readNote(checkpoint.note || "");
  const signed = note && await isSigned(note, checkpoint.verifierKey || "");
  const size = Number(checkpoint.treeSize || 0);
  const root = fromBase64(checkpoint.rootHash || "");
  judge("signature", note ? signed : false);
  judge("checkpoint", Boolean(note) && note.size === size && same(note.root, root)
    && note.origin === checkpoint.origin);
  const proof = await call("AuditService_GetInclusionProof", {
    name: entry.name, query: {treeSize: size}});
  const hash = await entryHash(tenant, entry);
  judge("entry", same(hash, fromBase64(proof.leafHash || "")));
  const found = await inclusionRoot(hash, Number(proof.leafIndex || 0), size, hashes(proof));
  judge("inclusion", Boolean(found) && same(found, root));
  // A log that was restored goes on under another origin: it is another log, of which nothing was
  // seen.
  if (before && before.origin !== checkpoint.origin) judge("origin", false);
  else if (before && before.size > 0 && before.size <= size) {
    const grown = before.size === size ? {} : await call("AuditService_GetConsistencyProof", {
      query: {fromSize: before.size, toSize: size}});
    judge("consistency", await isConsistent(
      before.size, fromBase64(before.root), size, root, hashes(grown)));
    judge("key", before.verifierKey === checkpoint.verifierKey);
  } else if (before && before.size > size) judge("consistency", false);
  const {origin, rootHash, verifierKey} = checkpoint;
  return {steps, checkpoint: {origin, size, root: rootHash, verifierKey}};
}
