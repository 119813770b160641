import TestSupport
import Testing

@testable import RPC

@Suite("The bytes of a message")
struct MessageBytesTests {
  private static let echo = Raw.unary("Echo") { request, _ in UnaryReply(message: request) }

  /// Whether a write goes to where the bytes were.
  private func writesInPlace(_ message: inout MessageBytes) -> Bool {
    let before = message.start
    message.withUnsafeMutableBytes { $0[0] = 7 }
    #expect(message.withUnsafeBytes { $0[0] } == 7)
    return message.start == before
  }

  @Test("are written in place by their only owner")
  func inPlace() {
    var message = MessageBytes(repeating: 1, count: 1000)
    #expect(writesInPlace(&message))
    let copy = message
    #expect(!writesInPlace(&message))
    withExtendedLifetime(copy) {}
  }

  @Test("are not written where the core has them, which may still send them")
  func lent() async throws {
    try await withMethods([Self.echo]) { client, _ in
      var request = MessageBytes(repeating: 1, count: 1000)
      var response = try await client.unary(path: Raw.path("Echo"), request)
      #expect(!writesInPlace(&request))
      #expect(writesInPlace(&request))
      // Received ones may be a part of what the core has read.
      #expect(!writesInPlace(&response))
      #expect(writesInPlace(&response))
      #expect(response.withUnsafeBytes { Array($0.dropFirst()) } == Array(repeating: 1, count: 999))
    }
  }

  @Test("may be looked at while they are looked at", arguments: [0, 3, 1000])
  func nested(count: Int) {
    let message = MessageBytes(repeating: 1, count: count)
    let seen = message.withUnsafeBytes { outer in
      message.withUnsafeBytes { inner in (outer.count, inner.count, message.count) }
    }
    #expect(seen == (count, count, count))
  }

  @Test("may be none in a message that says it is compressed")
  func emptyCompressed() throws {
    let message = try MessageBytes([]).inflated(limit: 10)
    #expect(message.count == 0)
    #expect(message.wasCompressed)
  }

  @Test("are no message where what is compressed is broken")
  func brokenCompressed() {
    let error = #expect(throws: RPCError.self) { try MessageBytes([1, 2, 3]).inflated(limit: 10) }
    #expect(error?.code == .internalError)
  }
}
