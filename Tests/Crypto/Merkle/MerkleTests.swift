import LibCrypto
import TestSupport
import Testing

@Suite("Merkle trees")
struct MerkleTests {
  /// The leaves of certificate-transparency's test vectors.
  private static let vectors: [String] = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
  ]
  /// The roots of the trees of the first one, two … of them.
  private static let roots = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  private static func tree(_ count: Int) -> (log: MerkleFrontier, nodes: [MerkleNode: [UInt8]]) {
    var log = MerkleFrontier()
    var nodes: [MerkleNode: [UInt8]] = [:]
    for index in 0..<count {
      let hash = MerkleHash.leaf(Array("leaf \(index)".utf8))
      nodes[MerkleNode(level: 0, index: index)] = hash
      for (node, hash) in log.append(hash) { nodes[node] = hash }
    }
    return (log, nodes)
  }

  @Test("have the roots that others compute", .covers("S-H7"))
  func known() {
    #expect(
      Hexadecimal.encode(MerkleHash.empty)
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    var log = MerkleFrontier()
    #expect(log.root == MerkleHash.empty)
    for (leaf, root) in zip(Self.vectors, Self.roots) {
      log.append(MerkleHash.leaf(Hexadecimal.decode(leaf.utf8)!))
      #expect(Hexadecimal.encode(log.root) == root)
    }
  }

  @Test("prove every leaf of every size, and nothing else", .covers("S-H7"))
  func inclusion() throws {
    let most = 300
    let (_, nodes) = Self.tree(most)
    for size in 1...most {
      let root = try #require(MerkleProof.hash(of: 0..<size, nodes))
      for index in Set([0, 1, size / 3, size / 2, size - 2, size - 1]) where 0..<size ~= index {
        let leaf = nodes[MerkleNode(level: 0, index: index)]!
        let plan = try #require(MerkleProof.inclusion(of: index, in: size))
        let proof = try #require(plan.hashes(nodes))
        func holds(_ proof: [[UInt8]], at index: Int, root: [UInt8]) -> Bool {
          MerkleProof.verifyInclusion(proof, of: leaf, at: index, in: size, root: root)
        }
        #expect(holds(proof, at: index, root: root))
        #expect(!holds(proof + [root], at: index, root: root))
        #expect(!holds(proof, at: index, root: leaf) || size == 1)
        if size > 1 {
          #expect(!holds(Array(proof.dropLast()), at: index, root: root))
          #expect(!holds(proof, at: (index + 1) % size, root: root))
          var other = proof
          other[0][7] ^= 1
          #expect(!holds(other, at: index, root: root))
        }
      }
      #expect(MerkleProof.inclusion(of: size, in: size) == nil)
    }
  }

  @Test("prove that they only grew, for every two sizes", .covers("S-H7"))
  func consistency() throws {
    let most = 300
    let (_, nodes) = Self.tree(most)
    for size in 1...most {
      let root = try #require(MerkleProof.hash(of: 0..<size, nodes))
      for old in Set([1, 2, size / 3, size / 2, size - 1, size]) where 1...size ~= old {
        let oldRoot = try #require(MerkleProof.hash(of: 0..<old, nodes))
        let plan = try #require(MerkleProof.consistency(from: old, to: size))
        let proof = try #require(plan.hashes(nodes))
        func holds(_ proof: [[UInt8]], _ oldRoot: [UInt8], _ root: [UInt8]) -> Bool {
          MerkleProof.verifyConsistency(proof, from: old, root: oldRoot, to: size, root: root)
        }
        #expect(holds(proof, oldRoot, root))
        #expect(!holds(proof + [root], oldRoot, root))
        #expect(!holds(proof, MerkleHash.empty, root))
        #expect(!holds(proof, oldRoot, MerkleHash.empty))
        if !proof.isEmpty {
          #expect(!holds(Array(proof.dropLast()), oldRoot, root))
          var other = proof
          other[0][7] ^= 1
          #expect(!holds(other, oldRoot, root))
        }
      }
      #expect(MerkleProof.consistency(from: size + 1, to: size) == nil)
      #expect(MerkleProof.consistency(from: 0, to: size) == nil)
    }
  }

  @Test("go on from what a table has of them", .covers("S-H7"))
  func goesOn() throws {
    let (whole, nodes) = Self.tree(77)
    for size in 0...76 {
      let hashes = MerkleFrontier.nodes(of: size).map { nodes[$0]! }
      var log = try #require(MerkleFrontier(size: size, hashes: hashes))
      for index in size..<77 { log.append(nodes[MerkleNode(level: 0, index: index)]!) }
      #expect(log == whole)
    }
    #expect(MerkleFrontier(size: 3, hashes: [MerkleHash.empty]) == nil)
  }
}
