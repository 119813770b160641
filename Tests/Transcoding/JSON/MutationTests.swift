import TestSupport
import Testing

@testable import Transcoding

@Suite("Requests changed at random")
struct MutationTests {
  private let contract = Contract.shared

  private static let json = """
    {"f":1.5e3,"s32":-5,"numbers":["1",2],"flags":[true,false],"blobs":["AAA="],"null":null,\
    "byInt":{"1":{"name":"x\\u00e9\\n"}},"structure":{"a":[1,{"b":null}]},"any":{"name":"y",\
    "@type":"x/test.v1.Sub"},"oneSub":{"sub":{}},"times":["2024-01-01T00:00:00Z"],"ws":"Ж😁"}
    """

  private static let query = """
    id=a%20b&i32=5&sub.name=x&sub.sub.n=5&tags=a&tags=%D0%96&ts=2024-02-29T12:00:00%2B02:00\
    &updateMask=fooBar,a&color=RED&raw=AAA=&d=1e5&$alt=json
    """

  /// A text with a few bytes changed, taken away, put in or repeated.
  private func mutate(_ text: [UInt8], _ generator: inout SplitMix) -> [UInt8] {
    var text = text
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !text.isEmpty {
      let index = Int.random(in: 0..<text.count, using: &generator)
      switch UInt8.random(in: 0..<5, using: &generator) {
      case 0: text[index] = .random(in: 0...255, using: &generator)
      case 1: text.remove(at: index)
      case 2: text.insert(.random(in: 0...255, using: &generator), at: index)
      case 3: text.removeLast(text.count - index)
      default: text.insert(contentsOf: text[index...].prefix(20), at: index)
      }
    }
    return text
  }

  @Test("give a message or an error, and what is a message comes back the same")
  func bodies() throws {
    let message = try contract.message("Wide")
    var generator = SplitMix(state: 3)
    var accepted = 0
    for _ in 0..<20_000 {
      let text = mutate(Array(MutationTests.json.utf8), &generator)
      do throws(TranscodingError) {
        let wire = try message.wire(fromJSON: text)
        accepted += 1
        let printed = try contract.json(wire, message)
        #expect(try contract.json(message.wire(fromJSON: printed), message) == printed)
      } catch {
        #expect(error.kind == .invalidArgument)
      }
    }
    #expect(accepted > 10)
  }

  @Test("give a message or an error for queries too")
  func queries() throws {
    var generator = SplitMix(state: 5)
    var accepted = 0
    for _ in 0..<5000 {
      let bytes = mutate(Array(MutationTests.query.utf8), &generator)
      let query = String(decoding: bytes, as: UTF8.self)
      if try Call(query: query).wrongField() == nil { accepted += 1 }
    }
    #expect(accepted > 10)
  }
}
