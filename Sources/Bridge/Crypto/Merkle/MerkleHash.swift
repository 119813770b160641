/// The hashes of a Merkle tree, RFC 9162 section 2.1.1.
public enum MerkleHash {
  /// The root of the tree without leaves.
  public static let empty = SHA256.hash([])

  /// The hash of a leaf.
  public static func leaf(_ bytes: some Collection<UInt8>) -> [UInt8] {
    SHA256.hash([0x00] + bytes)
  }

  /// The hash of a node above two others.
  public static func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    SHA256.hash([0x01] + left + right)
  }
}

/// A complete subtree: the `index`-th of those with 2^`level` leaves. Level 0 are the leaves.
public struct MerkleNode: Sendable, Hashable {
  /// The logarithm of the number of leaves.
  public let level: Int
  /// The place among the subtrees of its size.
  public let index: Int

  /// Names a subtree.
  public init(level: Int, index: Int) {
    self.level = level
    self.index = index
  }

  /// The leaves below.
  public var leaves: Range<Int> { index << level..<(index + 1) << level }

  /// The complete subtrees that leaves `range` of a tree are made of, from left to right. The range
  /// is one that the tree itself has: it begins where a subtree of its size may begin.
  public static func covering(_ range: Range<Int>) -> [MerkleNode] {
    var nodes: [MerkleNode] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let left = range.upperBound - start
      let level = Int.bitWidth - 1 - left.leadingZeroBitCount
      nodes.append(MerkleNode(level: level, index: start >> level))
      start += 1 << level
    }
    return nodes
  }
}
