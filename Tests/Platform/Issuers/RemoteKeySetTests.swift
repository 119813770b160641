import Logging
import Synchronization
import TestSupport
import Testing

@testable import Platform

/// Answers from a table, and keeps what was asked.
final class TableFetcher: KeyDocumentFetcher {
  private struct State {
    var documents: [String: String] = [:]
    var asked: [String] = []
  }

  private let state = Mutex(State())

  init(_ documents: [String: String]) { state.withLock { $0.documents = documents } }

  var asked: [String] { state.withLock { $0.asked } }

  func set(_ url: String, _ document: String?) { state.withLock { $0.documents[url] = document } }

  func fetch(_ url: String, for tenantID: String) async throws -> [UInt8] {
    let document = state.withLock { state in
      state.asked.append(url)
      return state.documents[url]
    }
    guard let document else { throw KeyDocumentError(description: "\(url) is away") }
    return Array(document.utf8)
  }
}

@Suite("The keys of an outside issuer")
struct RemoteKeySetTests {
  private static let issuer = "https://id.example.com/realms/alpha"
  private static let discovery = issuer + "/.well-known/openid-configuration"
  private static let keysURI = "https://id.example.com/keys"
  private static let keys = #"{"keys":[{"kty":"RSA","kid":"1","n":"AQAB","e":"AQAB"}]}"#
  private static let document = #"{"issuer":"\#(issuer)","jwks_uri":"\#(keysURI)","more":1}"#

  private let clock = ManualClock()

  private func source(_ fetcher: TableFetcher, keySetURI: String? = nil, issuer: String = issuer)
    -> RemoteKeySet
  {
    RemoteKeySet(
      tenantID: "t", issuer: issuer, keySetURI: keySetURI, fetcher: fetcher,
      logger: Logger(label: "test"),
      now: clock.now)
  }

  @Test("are found by the discovery document")
  func discovered() async throws {
    let fetcher = TableFetcher([Self.discovery: Self.document, Self.keysURI: Self.keys])
    #expect(try await source(fetcher).keySet(refresh: false) == Self.keys)
    #expect(fetcher.asked == [Self.discovery, Self.keysURI])
  }

  @Test("are taken from the address that the operator named")
  func configured() async throws {
    let fetcher = TableFetcher(["https://other.example/keys": Self.keys])
    let source = source(fetcher, keySetURI: "https://other.example/keys")
    #expect(try await source.keySet(refresh: false) == Self.keys)
  }

  @Test("are fetched once for a flood of unknown key identifiers", .covers("S-A5"))
  func flood() async throws {
    let fetcher = TableFetcher([Self.discovery: Self.document, Self.keysURI: Self.keys])
    let source = source(fetcher)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<1000 {
        group.addTask {
          _ = try await source.keySet(refresh: false)
          _ = try await source.keySet(refresh: true)
        }
      }
      try await group.waitForAll()
    }
    #expect(fetcher.asked == [Self.discovery, Self.keysURI])
  }

  @Test("stay when the issuer is away or sends nonsense")
  func kept() async throws {
    let fetcher = TableFetcher([Self.discovery: Self.document, Self.keysURI: Self.keys])
    let source = source(fetcher)
    _ = try await source.keySet(refresh: false)
    for nonsense in [nil, "", "{}", #"{"keys":[]}"#, "<html>"] {
      fetcher.set(Self.keysURI, nonsense)
      clock.advance(.seconds(30))
      #expect(try await source.keySet(refresh: true) == Self.keys)
    }
    let newer = Self.keys.replacing("\"1\"", with: "\"2\"")
    fetcher.set(Self.keysURI, newer)
    clock.advance(.seconds(30))
    #expect(try await source.keySet(refresh: true) == newer)
  }

  @Test(
    "are refused where the discovery document is not the issuer's own", .covers("S-A12"),
    arguments: [
      #"{"issuer":"https://id.example.com/realms/beta","jwks_uri":"https://id.example.com/keys"}"#,
      #"{"issuer":"https://id.example.com/realms/alpha/","jwks_uri":"https://id.example.com/keys"}"#,
      #"{"issuer":"https://id.example.com/realms/alpha","jwks_uri":"http://id.example.com/keys"}"#,
      #"{"issuer":"https://id.example.com/realms/alpha","jwks_uri":"http://localhost/keys"}"#,
      #"{"issuer":"https://id.example.com/realms/alpha","jwks_uri":"https://other.example/keys"}"#,
      #"{"issuer":"https://id.example.com/realms/alpha","jwks_uri":"file:///keys"}"#,
      #"{"issuer":"https://id.example.com/realms/alpha"}"#,
      #"{"jwks_uri":"https://id.example.com/keys"}"#,
      "[]", "",
    ])
  func foreignDocument(document: String) async throws {
    let fetcher = TableFetcher([
      Self.discovery: document, Self.keysURI: Self.keys, "http://id.example.com/keys": Self.keys,
      "http://localhost/keys": Self.keys, "https://other.example/keys": Self.keys,
    ])
    await expectRefusal(.unavailable, "ISSUER_UNAVAILABLE") {
      _ = try await source(fetcher).keySet(refresh: false)
    }
    #expect(fetcher.asked == [Self.discovery])
  }

  @Test(
    "are refused where they are no key set",
    arguments: [
      "", "{}", "[]", #"{"keys":{}}"#, #"{"keys":[]}"#, #"{"keys":[{"kid":"1"}]}"#,
      #"{"keys":[\#(Array(repeating: #"{"kty":"EC"}"#, count: 101).joined(separator: ","))]}"#,
    ])
  func noKeySet(document: String) async throws {
    let fetcher = TableFetcher([Self.discovery: Self.document, Self.keysURI: document])
    await expectRefusal(.unavailable, "ISSUER_UNAVAILABLE") {
      _ = try await source(fetcher).keySet(refresh: false)
    }
  }

  @Test("are not asked for at an address that is not https")
  func insecureIssuer() async throws {
    let fetcher = TableFetcher([:])
    await expectRefusal(.unavailable, "ISSUER_UNAVAILABLE") {
      _ = try await source(fetcher, issuer: "http://id.example.com").keySet(refresh: false)
    }
    await expectRefusal(.unavailable, "ISSUER_UNAVAILABLE") {
      _ = try await source(fetcher, keySetURI: "http://id.example.com/keys").keySet(refresh: false)
    }
    #expect(fetcher.asked.isEmpty)
  }
}
