import RPC
import Synchronization
import TestSupport
import Testing

@Suite("Calls of the gRPC door that do not come to their method")
struct RefusedCallTests {
  private final class Refused: Sendable {
    private let calls = Mutex<[RefusedCall]>([])
    var all: [RefusedCall] { calls.withLock { $0 } }
    func add(_ call: RefusedCall) { calls.withLock { $0.append(call) } }
  }

  private static let never = Raw.unary("Never") { message, _ in
    Issue.record("the method is asked")
    return UnaryReply(message: message)
  }
  private static let credential: Metadata = ["authorization": "Bearer stolen"]

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var path: String
    var method: String
    var codes: [RPCError.Code]
    /// Messages, each of so many bytes.
    var sizes: [Int] = [0]
    var isCompressed = false
  }

  static let cases = [
    Case(testDescription: "no method", path: "Nowhere", method: "", codes: [.unimplemented]),
    Case(
      testDescription: "a message that is great when it is inflated", path: "Never",
      method: Raw.path("Never"), codes: [.resourceExhausted], sizes: [20_000], isCompressed: true),
    Case(
      testDescription: "no message", path: "Never", method: Raw.path("Never"),
      codes: [.unimplemented], sizes: []),
  ]

  @Test("are told of, with the credential that came", .covers("S-H6"), arguments: cases)
  func refused(_ example: Case) async throws {
    let refused = Refused()
    try await withMethods(
      [Self.never],
      configure: {
        $0.maxReceiveMessageBytes = 1_000
        $0.refused = { refused.add($0) }
      }, configureClient: { $0.compression = example.isCompressed ? .always : .never }
    ) { client, _ in
      await #expect(throws: RPCError.self) {
        try await client.call(
          path: Raw.path(example.path), metadata: Self.credential,
          requests: Requests(example.sizes.map { String(repeating: "x", count: $0) }),
          responses: Responses())
      }
    }
    // The server has shut down: what is asked of it later is what it was while the call ran.
    let call = try #require(refused.all.first)
    #expect(refused.all.count == 1)
    #expect(call.method == example.method)
    #expect(example.codes.contains(call.error.code), "\(call.error)")
    #expect(call.metadata.first("authorization") == "Bearer stolen")
    #expect(call.peer.address.contains("127.0.0.1") && call.peer.door == .grpc)
  }
}
