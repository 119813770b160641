import TestSupport
import Testing

@testable import Transcoding

@Suite("Depth and memory of messages")
struct BudgetTests {
  private let contract = Contract.shared

  private func kind(
    printing wire: [UInt8], _ name: String = "Req", budget: Int = 64 << 20
  ) throws -> TranscodingError.Kind? {
    let message = try contract.message(name)
    do {
      _ = try wire.withUnsafeBytes { try message.json(fromWire: $0, memoryBudget: budget) }
      return nil
    } catch let error as TranscodingError {
      return error.kind
    }
  }

  private func nested(_ levels: Int, _ content: [UInt8] = []) -> [UInt8] {
    var wire = content
    for _ in 0..<levels - 1 { wire = WireParts.field(3, wire) }
    return WireParts.field(11, wire)
  }

  @Test("takes a hundred messages inside each other and refuses one more", .covers("T57", "S-F14"))
  func depth() throws {
    #expect(try kind(printing: nested(100)) == nil)
    #expect(try kind(printing: nested(101)) == .corrupt)
    #expect(try kind(printing: nested(100, WireParts.field(1, "x"))) == nil)
    #expect(try kind(printing: nested(101, WireParts.field(1, "x"))) == .corrupt)
  }

  @Test("refuses megabytes of nested messages and groups without a crash", .covers("S-F14"))
  func deepNonsense() throws {
    // Each level says that all that follows is inside; only the last lengths are wrong.
    var wire: [UInt8] = []
    var left: UInt64 = 4_000_000
    while left > 10 {
      let head = WireParts.varint(3 << 3 | 2) + WireParts.varint(left - 5)
      wire += head
      left -= UInt64(head.count)
    }
    #expect(try kind(printing: WireParts.field(11, wire)) == .corrupt)
    #expect(try kind(printing: [UInt8](repeating: 0x0b, count: 10_000_000)) == .corrupt)
    #expect(
      try kind(printing: WireParts.field(500, "") + Array(repeating: 0xa3, count: 1_000_000))
        == .corrupt)
  }

  @Test("counts depth through an Any")
  func anyDepth() throws {
    var any: [UInt8] = []
    for _ in 0..<80 {
      any = WireParts.field(1, "x/google.protobuf.Any") + WireParts.field(2, any)
    }
    #expect(try kind(printing: WireParts.field(18, any), "Wide") == nil)
    for _ in 0..<40 {
      any = WireParts.field(1, "x/google.protobuf.Any") + WireParts.field(2, any)
    }
    #expect(try kind(printing: WireParts.field(18, any), "Wide") == .corrupt)
  }

  @Test("ends the amplification of empty submessages at the budget", .covers("S-F14"))
  func emptySubmessages() throws {
    let wire = [UInt8](
      unsafeUninitializedCapacity: 4_000_000
    ) { buffer, count in
      for index in buffer.indices { buffer[index] = index % 2 == 0 ? 0x72 : 0 }
      count = buffer.count
    }
    #expect(try kind(printing: wire) == .corrupt)
    #expect(try kind(printing: Array(wire.prefix(2000))) == nil)
  }

  @Test("ends the amplification of JSON's empty objects at the budget", .covers("S-F14"))
  func emptyObjects() throws {
    let text = "{\"subs\":[" + String(repeating: "{},", count: 3_000_000) + "{}]}"
    let error = try #require(try contract.error(text))
    #expect(error.kind == .tooLarge)
    #expect(error.code == 8)
    #expect(error.violations.isEmpty)
  }

  @Test("keeps to a small budget, and a larger one makes room")
  func budgets() throws {
    let message = try contract.message("Req")
    let json = Array(
      "{\"tags\":[\(Array(repeating: "\"\\n\"", count: 5000).joined(separator: ","))]}".utf8)
    #expect(throws: TranscodingError.self) {
      try message.wire(fromJSON: json, memoryBudget: 50_000)
    }
    let wire = try message.wire(fromJSON: json, memoryBudget: 1 << 20)
    #expect(try kind(printing: wire, budget: 50_000) == .corrupt)
    #expect(try kind(printing: wire, budget: 1 << 20) == nil)
    #expect(try message.wire(fromJSON: Array("{\"id\":\"a\"}".utf8), memoryBudget: 0).count == 3)
  }

  @Test("gives an arena's memory aligned, apart, and never beyond its budget")
  func arena() throws {
    Arena.with(budget: 200_000) { arena in
      var taken = 0
      var last: UnsafeMutableRawPointer?
      do throws(Fault) {
        for size in [1, 7, 8, 9, 100, 5000, 20_000, 0, 70_000, 1] {
          let memory = try arena.take(size)
          #expect(UInt(bitPattern: memory) % 8 == 0)
          #expect(memory != last)
          memory.initializeMemory(as: UInt8.self, repeating: 0xaa, count: size)
          last = size > 0 ? memory : last
          taken += size
        }
        for _ in 0..<1000 {
          _ = try arena.take(1000)
          taken += 1000
        }
        Issue.record("took \(taken) bytes")
      } catch {
        #expect(error.reason == .overBudget)
      }
      #expect(taken <= 200_000 && taken > 100_000)
      do throws(Fault) {
        _ = try arena.take(.max)
        Issue.record("took everything")
      } catch {
        #expect(error.reason == .overBudget)
      }
    }
  }
}
