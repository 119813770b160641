import Gateway
import GeneratedPeer
import LogTestSupport
import RPC
import Synchronization
import TestSupport
import Testing

@Suite("The REST door: calls that do not come to their method")
struct RefusalTests {
  @Test("writes one line a second of certificates' names, however often they come", .covers("S-H9"))
  func lines() async throws {
    let lines = Lines()
    try await Door.with([], logger: lines.logger) { door throws in
      for _ in 0..<50 {
        _ = try door.exchange("GET", "/healthz", ["x-client-cert: a"])
      }
    }
    // The clock may go on by a second or two meanwhile.
    #expect((1...25).contains(lines.count(of: "a header field was dropped")))
  }

  private let resident = "/v1/complexes/c1/residents/r1"

  @Test(
    "are told with whose they say they are, and nothing of calls that come to it", .covers("S-H6"))
  func requests() async throws {
    let refused = Refused()
    let method = Methods.getResident { _, _ in try Methods.reply(Peer_V1_Resident()) }
    try await Door.with([method], configure: { $0.refused = { refused.add($0) } }) { door throws in
      let token = "Authorization: Bearer stolen"
      #expect(try door.exchange("GET", resident, [token]).status == 200)
      #expect(refused.all.isEmpty)
      for (verb, path, status) in [
        ("GET", resident + "?nothing=1", 400), ("GET", "/v1/nowhere", 404),
        ("DELETE", resident, 405),
      ] {
        let before = refused.all.count
        #expect(try door.exchange(verb, path, [token]).status == status)
        #expect(refused.all.count == before + 1, "\(verb) \(path)")
        let call = try #require(refused.all.last)
        #expect(call.metadata.first("authorization") == "Bearer stolen")
        #expect(call.peer.door == .rest && call.peer.address.contains("127.0.0.1"))
        #expect(call.method.hasSuffix("/GetResident") == (status == 400))
        #expect(call.method.isEmpty == (status != 400) && !call.error.message.isEmpty)
      }
    }
  }

  @Test("are told of in Connect, too", .covers("S-H6"))
  func messages() async throws {
    let refused = Refused()
    let read = Files.serve("Read", .unary { message, _ in UnaryReply(message: message) })
    try await Door.with(
      [read], schema: Files.schema, configure: { $0.refused = { refused.add($0) } }
    ) { door throws in
      #expect(
        try door.exchange("GET", "/test.v1.Files/Read?encoding=json", []).status == 400)
      #expect(refused.all.map(\.method) == ["/test.v1.Files/Read"])
    }
  }
}
