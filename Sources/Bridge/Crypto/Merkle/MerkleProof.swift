/// Proofs about a Merkle tree, RFC 9162 sections 2.1.3 and 2.1.4.
///
/// A proof is planned first, as ranges of leaves; so that whoever has the nodes in a table reads in
/// one go those that it needs.
public struct MerkleProof: Sendable, Hashable {
  /// The ranges of leaves whose hashes the proof consists of, in its order.
  public let ranges: [Range<Int>]

  /// Plans the proof that leaf `index` is in the tree of `size` leaves; nil where it is not.
  public static func inclusion(of index: Int, in size: Int) -> MerkleProof? {
    guard index >= 0, index < size else { return nil }
    var ranges: [Range<Int>] = []
    var range = 0..<size
    while range.count > 1 {
      let middle = range.lowerBound + split(range.count)
      if index < middle {
        ranges.append(middle..<range.upperBound)
        range = range.lowerBound..<middle
      } else {
        ranges.append(range.lowerBound..<middle)
        range = middle..<range.upperBound
      }
    }
    return MerkleProof(ranges: ranges.reversed())
  }

  /// Plans the proof that the tree of `size` leaves begins with that of `old` leaves; nil where it
  /// cannot.
  public static func consistency(from old: Int, to size: Int) -> MerkleProof? {
    guard old > 0, old <= size else { return nil }
    var ranges: [Range<Int>] = []
    var range = 0..<size
    // Whether what is left is a subtree that the verifier knows the root of: the old tree itself.
    var isOldTree = true
    while old != range.upperBound {
      let middle = range.lowerBound + split(range.count)
      if old <= middle {
        ranges.append(middle..<range.upperBound)
        range = range.lowerBound..<middle
      } else {
        ranges.append(range.lowerBound..<middle)
        range = middle..<range.upperBound
        isOldTree = false
      }
    }
    if !isOldTree { ranges.append(range) }
    return MerkleProof(ranges: ranges.reversed())
  }

  /// The complete subtrees that the proof is made of.
  public var nodes: [MerkleNode] { ranges.flatMap(MerkleNode.covering) }

  /// The proof, of the hashes of `nodes`; nil where one is missing.
  public func hashes(_ known: [MerkleNode: [UInt8]]) -> [[UInt8]]? {
    var hashes: [[UInt8]] = []
    for range in ranges {
      guard let hash = Self.hash(of: range, known) else { return nil }
      hashes.append(hash)
    }
    return hashes
  }

  /// The hash of a range of leaves, such as a whole tree, of the subtrees that it is made of.
  public static func hash(of range: Range<Int>, _ known: [MerkleNode: [UInt8]]) -> [UInt8]? {
    guard !range.isEmpty else { return MerkleHash.empty }
    var hash: [UInt8]?
    for node in MerkleNode.covering(range).reversed() {
      guard let left = known[node] else { return nil }
      hash = hash.map { MerkleHash.node(left, $0) } ?? left
    }
    return hash
  }

  /// The greatest power of two below a number above 1.
  private static func split(_ count: Int) -> Int {
    1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
  }
}
