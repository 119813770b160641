import Glibc
import RPC
import TestSupport
import Testing

@Suite("How a call is made")
struct CallOptionsTests {
  private static let name = Raw.unary("Name") { _, _ in
    UnaryReply(message: MessageBytes(text: "name"))
  }

  @Test(
    "takes any timeout: a very long one is none, and a negative one is over",
    arguments: [
      (.seconds(Int64.max), true), (.seconds(Int64.max) * 2, true), (.zero, false),
      (.seconds(Int64.min), false), (.seconds(Int64.min) * 2, false), (.nanoseconds(-1), false),
    ] as [(Duration, Bool)])
  func timeouts(timeout: Duration, suffices: Bool) async throws {
    try await withMethods([Self.name]) { client, _ in
      func call() async throws -> String {
        try await client.unary(
          path: Raw.path("Name"), MessageBytes(text: ""), options: CallOptions(timeout: timeout)
        ).text
      }
      if suffices {
        let answer = try await call()
        #expect(answer == "name")
      } else {
        let error = await #expect(throws: RPCError.self) { try await call() }
        #expect(error?.code == .deadlineExceeded)
      }
    }
  }

  @Test("is bound by no deadline where the work is for others too")
  func freed() async throws {
    await CallDeadline.$current.withValue(.now) {
      let inherited = await Task { CallDeadline.current }.value
      #expect(inherited != nil)
      let freed = await Task { await CallDeadline.none { CallDeadline.current } }.value
      #expect(freed == nil)
    }
  }

  @Test("does not go to the proxy that the environment names for the web, unless it is told to")
  func proxy() async throws {
    // A process of its own: it has an environment of its own.
    await #expect(processExitsWith: .success) {
      for name in ["no_grpc_proxy", "no_proxy"] { unsetenv(name) }
      for name in ["grpc_proxy", "https_proxy", "http_proxy"] {
        setenv(name, "http://127.0.0.1:1", 1)
      }
      func call(usesProxy: Bool) async throws -> String {
        var answer = ""
        try await withMethods(
          [Self.name], configureClient: { $0.usesHTTPProxy = usesProxy }
        ) { client, _ in
          do {
            answer = try await client.unary(path: Raw.path("Name"), MessageBytes(text: "")).text
          } catch let error as RPCError {
            answer = error.code.name
          }
        }
        return answer
      }
      guard try await call(usesProxy: false) == "name" else { exit(2) }
      guard try await call(usesProxy: true) == "UNAVAILABLE" else { exit(3) }
    }
  }
}
