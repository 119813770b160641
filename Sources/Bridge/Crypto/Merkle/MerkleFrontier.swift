/// What of a Merkle tree is needed to go on with it: the complete subtrees that it is made of, one
/// for each bit of its size.
public struct MerkleFrontier: Sendable, Hashable {
  /// How many leaves the tree has.
  public private(set) var size: Int

  /// The hashes of the subtrees, the greatest first.
  private var hashes: [[UInt8]]

  /// The frontier of the tree without leaves.
  public init() {
    size = 0
    hashes = []
  }

  /// Goes on with a tree.
  ///
  /// - Parameter hashes: those of `nodes(of: size)`, in that order.
  /// - Returns: nil where they are more or fewer.
  public init?(size: Int, hashes: [[UInt8]]) {
    guard hashes.count == Self.nodes(of: size).count else { return nil }
    self.size = size
    self.hashes = hashes
  }

  /// The subtrees that a tree of this size is made of.
  public static func nodes(of size: Int) -> [MerkleNode] { MerkleNode.covering(0..<size) }

  /// Adds a leaf.
  ///
  /// - Returns: the subtrees that it completes above it, the smallest first.
  @discardableResult
  public mutating func append(_ leafHash: [UInt8]) -> [(node: MerkleNode, hash: [UInt8])] {
    var completed: [(node: MerkleNode, hash: [UInt8])] = []
    var hash = leafHash
    var level = 0
    while size >> level & 1 == 1 {
      hash = MerkleHash.node(hashes.removeLast(), hash)
      level += 1
      completed.append((MerkleNode(level: level, index: size >> level), hash))
    }
    hashes.append(hash)
    size += 1
    return completed
  }

  /// Adds a complete subtree, as its leaves would one by one.
  ///
  /// - Returns: false where a subtree of its size does not come next; nothing is added then.
  public mutating func append(_ hash: [UInt8], of node: MerkleNode) -> Bool {
    guard node.leaves.lowerBound == size else { return false }
    var hash = hash
    var level = node.level
    while size >> level & 1 == 1 {
      hash = MerkleHash.node(hashes.removeLast(), hash)
      level += 1
    }
    hashes.append(hash)
    size = node.leaves.upperBound
    return true
  }

  /// The subtrees by which a tree of one size becomes one of another, in their order.
  public static func nodes(from old: Int, to size: Int) -> [MerkleNode] {
    var nodes: [MerkleNode] = []
    var start = old
    while start < size {
      let fitting = Int.bitWidth - 1 - (size - start).leadingZeroBitCount
      let level = start == 0 ? fitting : min(fitting, start.trailingZeroBitCount)
      nodes.append(MerkleNode(level: level, index: start >> level))
      start += 1 << level
    }
    return nodes
  }

  /// The root.
  public var root: [UInt8] {
    guard var hash = hashes.last else { return MerkleHash.empty }
    for left in hashes.dropLast().reversed() { hash = MerkleHash.node(left, hash) }
    return hash
  }
}
