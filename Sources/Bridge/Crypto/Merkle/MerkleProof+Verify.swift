extension MerkleProof {
  /// Whether a proof shows that a leaf is in a tree (RFC 9162 section 2.1.3.2).
  public static func verifyInclusion(
    _ proof: [[UInt8]], of leafHash: [UInt8], at index: Int, in size: Int, root: [UInt8]
  ) -> Bool {
    guard index >= 0, index < size else { return false }
    var (node, last) = (index, size - 1)
    var hash = leafHash
    for sibling in proof {
      guard last > 0 else { return false }
      if node & 1 == 1 || node == last {
        hash = MerkleHash.node(sibling, hash)
        while node & 1 == 0, node != 0 {
          node >>= 1
          last >>= 1
        }
      } else {
        hash = MerkleHash.node(hash, sibling)
      }
      node >>= 1
      last >>= 1
    }
    return last == 0 && constantTimeEqual(hash, root)
  }

  /// Whether a proof shows that one tree begins with another (RFC 9162 section 2.1.4.2).
  public static func verifyConsistency(
    _ proof: [[UInt8]], from old: Int, root oldRoot: [UInt8], to size: Int, root: [UInt8]
  ) -> Bool {
    guard old > 0, old <= size else { return false }
    if old == size { return proof.isEmpty && constantTimeEqual(oldRoot, root) }
    var path = proof[...]
    // A complete tree is a node of the greater one, and needs not be said.
    if old & (old - 1) == 0 { path = [oldRoot] + path }
    guard let first = path.popFirst() else { return false }
    var (node, last) = (old - 1, size - 1)
    while node & 1 == 1 {
      node >>= 1
      last >>= 1
    }
    var (before, after) = (first, first)
    for sibling in path {
      guard last > 0 else { return false }
      if node & 1 == 1 || node == last {
        before = MerkleHash.node(sibling, before)
        after = MerkleHash.node(sibling, after)
        while node & 1 == 0, node != 0 {
          node >>= 1
          last >>= 1
        }
      } else {
        after = MerkleHash.node(after, sibling)
      }
      node >>= 1
      last >>= 1
    }
    return last == 0 && constantTimeEqual(before, oldRoot) && constantTimeEqual(after, root)
  }
}
