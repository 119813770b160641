import GeneratedDescriptors
import GeneratedPeople
import RPC
import TestSupport
import Testing
import Transcoding

@testable import Pipeline

@Suite("Fields that need a scope")
struct MaskingTests {
  private let schema: Schema

  init() throws { schema = try Schema(descriptorSet: ArtelDescriptors.descriptorSet) }

  private func masking(_ path: String) throws -> Masking? {
    Masking(try #require(schema.method(path: path)))
  }

  /// A caller with these scopes.
  private func context(_ scopes: Set<String>) -> ServerContext {
    var context = ServerContext(
      method: Artel_People_V1_MemberService.Method.ListMembers.descriptor, metadata: [:],
      peer: Peer(address: "ipv4:127.0.0.1:1", door: .rest))
    context.attachment = Caller(
      tenant: Tenant(
        id: "00000000-0000-7000-8000-000000000001", name: "alpha", displayName: "A",
        kind: .residential, suspended: false, issuer: "https://alpha.artel.localhost",
        createTime: 0),
      principal: Principal(kind: .administrator, subject: "artel:a", scopes: scopes))
    return context
  }

  @Test("are left out of answers for who lacks it, wherever they are nested", .covers("S-H5"))
  func nested() throws {
    let masking = try #require(try masking("/artel.people.v1.MemberService/ListMembers"))
    let answer = Artel_People_V1_ListMembersResponse.with {
      $0.members = (0..<3).map { number in
        .with {
          $0.name = "members/\(number)"
          $0.displayName = "Ann \(number)"
          $0.login = "ann\(number)@example.org"
          $0.roles = ["roles/a", "roles/b"]
        }
      }
      $0.nextPageToken = "next"
    }
    let bytes = try MessageBytes(serializing: answer)
    let shown = try masking.shown(bytes, to: context(["people:read"]))
    let seen = try shown.decode(Artel_People_V1_ListMembersResponse.self)
    var expected = answer
    for index in expected.members.indices { expected.members[index].login = "" }
    #expect(seen == expected)
    let all = try masking.shown(bytes, to: context(["people:read", "people.contacts:read"]))
    #expect(try all.decode(Artel_People_V1_ListMembersResponse.self) == answer)
  }

  @Test(
    "are left out of the messages of a stream, and for who is not known", .covers("S-H5"))
  func streams() async throws {
    let masking = try #require(try masking("/artel.people.v1.SessionService/ListSessions"))
    let session = Artel_People_V1_ListSessionsResponse.with {
      $0.sessions = [.with { $0.address = "192.0.2.1" }, .with { $0.device = "Chrome" }]
    }
    let method = masking.wrap(
      RegisteredMethod(
        descriptor: Artel_People_V1_SessionService.Method.ListSessions.descriptor,
        handler: .serverStreaming { _, sink, _ in
          try await sink.write(try MessageBytes(serializing: session))
          return [:]
        }))
    guard case .serverStreaming(let handler) = method.handler else {
      Issue.record("another kind")
      return
    }
    for (scopes, address) in [([], ""), (["sessions.addresses:read"], "192.0.2.1")]
      as [(Set<String>, String)]
    {
      let sink = KeptSink()
      _ = try await handler(MessageBytes([UInt8]()), sink, context(scopes))
      let seen = try await sink.messages.map {
        try $0.decode(Artel_People_V1_ListSessionsResponse.self)
      }
      #expect(seen.map { $0.sessions.map(\.address) } == [[address, ""]])
      #expect(seen.first?.sessions.last?.device == "Chrome")
    }
    var nobody = context([])
    nobody.attachment = nil
    let shown = try masking.shown(try MessageBytes(serializing: session), to: nobody)
    let seen = try shown.decode(Artel_People_V1_ListSessionsResponse.self)
    #expect(seen.sessions.map(\.address) == ["", ""])
  }

  @Test("cost nothing where an answer has none")
  func untouched() throws {
    #expect(try masking("/artel.residential.v1.DirectoryService/GetProperty") == nil)
    #expect(try masking("/artel.people.v1.MemberService/GetMember") != nil)
  }

  @Test("refuse an answer that is no message")
  func malformed() throws {
    let masking = try #require(try masking("/artel.people.v1.MemberService/GetMember"))
    for bytes: [UInt8] in [[0x0a, 5, 1], [0x1a], [0xff], [0x0b, 0x0a]] {
      #expect(throws: RPCError.self) {
        _ = try masking.shown(MessageBytes(bytes), to: context([]))
      }
    }
  }
}

private actor KeptSink: MessageSink {
  var messages: [MessageBytes] = []
  func sendInitialMetadata(_ metadata: Metadata) async throws {}
  func write(_ message: MessageBytes, compressed: Bool?) async throws { messages.append(message) }
}
