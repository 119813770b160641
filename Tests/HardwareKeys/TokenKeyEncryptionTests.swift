import Foundation
import LibCrypto
import Storage
import StorageTestSupport
import Synchronization
import TestSupport
import Testing

@testable import HardwareKeys

@Suite("A key of keys in a token", .serialized)
struct TokenKeyEncryptionTests {
  private let place = SealedPlace(tenant: "t", table: "data_key", column: "wrapped", row: "1")

  private func open(
    token: String = "artel", key: String = "kek", pin: String = "1234",
    module: String? = nil
  ) throws -> TokenKeyEncryption {
    try TokenKeyEncryption(
      .init(module: module ?? SoftToken.module, token: token, key: key)
    ) { pin }
  }

  @Test("wraps and unwraps what only it can", .covers("A10"), .enabled(if: SoftToken.isThere))
  func roundTrip() async throws {
    try SoftToken.make()
    let token = try open()
    let key = AES256Key.generate()
    let wrapped = try await token.wrap(key, for: place)
    #expect(try await token.unwrap(wrapped, for: place).bytes == key.bytes)
    #expect(!token.isOutdated(wrapped))
    // In another row, and changed.
    var elsewhere = place
    elsewhere.row = "2"
    await #expect(throws: TokenError.self) { _ = try await token.unwrap(wrapped, for: elsewhere) }
    for index in wrapped.indices {
      var forged = wrapped
      forged[index] ^= 1
      await #expect(throws: (any Error).self) { _ = try await token.unwrap(forged, for: place) }
    }
  }

  @Test("carries the whole vault", .covers("A10"), .enabled(if: SoftToken.isThere))
  func vault() async throws {
    try SoftToken.make()
    let (store, tenant) = (MemoryKeyStore(), UUIDv7.make())
    let value = SealedPlace(tenant: tenant, table: "person", column: "sealed_login", row: "1")
    let sealed = try await TenantVault(store: store, encryption: try open()).seal(
      [7], at: value, subject: "artel:anna")
    let again = TenantVault(store: store, encryption: try open())
    #expect(try await again.open(sealed, at: value) == [7])
  }

  @Test("takes over from a key in a file", .covers("S-H2", "A11"), .enabled(if: SoftToken.isThere))
  func takesOver() async throws {
    try SoftToken.make()
    let (store, tenant) = (MemoryKeyStore(), UUIDv7.make())
    let value = SealedPlace(tenant: tenant, table: "person", column: "sealed_login", row: "1")
    let file = FileKeyEncryption(KeyEncryptionKey(.generate()))
    let sealed = try await TenantVault(store: store, encryption: file).seal(
      [7], at: value, subject: "artel:anna")
    let both = TenantVault(store: store, encryption: KeyRing(try open(), others: [file]))
    #expect(try await both.open(sealed, at: value) == [7])
    #expect(try await both.rewrap() == 2)
    let alone = TenantVault(store: store, encryption: try open())
    #expect(try await alone.open(sealed, at: value) == [7])
    // To another key of a token, and back into a file.
    let other = TenantVault(
      store: store, encryption: KeyRing(try open(key: "next"), others: [try open()]))
    #expect(try await other.rewrap() == 2)
    let back = TenantVault(
      store: store, encryption: KeyRing(file, others: [try open(key: "next")]))
    #expect(try await back.rewrap() == 2)
    let fileAlone = TenantVault(store: store, encryption: file)
    #expect(try await fileAlone.open(sealed, at: value) == [7])
    // A key that nobody has any more is said to be so.
    let none = TenantVault(store: store, encryption: try open())
    await #expect(throws: (any Error).self) { _ = try await none.open(sealed, at: value) }
    await #expect(throws: (any Error).self) { try await none.check() }
  }

  @Test("goes on where its session was lost", .covers("A10"), .enabled(if: SoftToken.isThere))
  func lostSession() async throws {
    try SoftToken.make()
    let token = try open()
    let key = AES256Key.generate()
    let wrapped = try await token.wrap(key, for: place)
    token.session.close()
    #expect(try await token.unwrap(wrapped, for: place).bytes == key.bytes)
  }

  @Test(
    "refuses while the token is away, and goes on when it is back", .covers("A10"),
    .enabled(if: SoftToken.isThere))
  func away() async throws {
    try SoftToken.make()
    let token = try open()
    let key = AES256Key.generate()
    let wrapped = try await token.wrap(key, for: place)
    try SoftToken.take(away: true)
    await #expect(throws: TokenError.self) { _ = try await token.unwrap(wrapped, for: place) }
    try SoftToken.take(away: false)
    #expect(try await token.unwrap(wrapped, for: place).bytes == key.bytes)
  }

  @Test("says what is wrong before anything is served", .enabled(if: SoftToken.isThere))
  func refusals() throws {
    try SoftToken.make()
    func refusal(_ body: () throws -> TokenKeyEncryption) -> String {
      let error = #expect(throws: TokenError.self) { _ = try body() }
      return error?.description ?? ""
    }
    #expect(refusal { try open(token: "closed", pin: "0000") }.contains("PIN is wrong"))
    #expect(refusal { try open(token: "none") }.contains("no token"))
    #expect(refusal { try open(key: "none") }.contains("no AES key"))
    #expect(refusal { try open(module: "/nowhere.so") }.contains("cannot be loaded"))
    // The right one still works.
    _ = try open()
  }
}
