import RPC
import TestSupport
import Testing

@Suite("Metadata")
struct MetadataTests {
  @Test("keeps pairs in order and lowers keys")
  func order() {
    var metadata: Metadata = ["A": "1"]
    metadata.add("2", for: "a")
    metadata.add("3", for: "b")
    #expect(metadata[stringValues: "a"] == ["1", "2"])
    #expect(metadata.first("a") == "1")
    #expect(metadata.map(\.key) == ["a", "a", "b"])
    #expect(metadata.count == 3)
  }

  @Test("keeps bytes apart from text")
  func binary() {
    var metadata = Metadata()
    metadata.add(binary: [1], for: "x-bin")
    #expect(metadata.firstBinary("x-bin") == [1])
    #expect(metadata.first("x-bin") == nil)
  }

  @Test("forgets every pair of a removed key")
  func remove() {
    var metadata: Metadata = ["a": "1", "b": "2"]
    metadata.add("3", for: "a")
    metadata.remove("a")
    #expect(metadata.map(\.key) == ["b"])
    #expect(!metadata.isEmpty)
  }
}
