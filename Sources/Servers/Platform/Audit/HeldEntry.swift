import Foundation
import LibCrypto
import Storage

/// An entry that tells of a person whose key cannot be had yet, as it waits in the spool: sealed by a
/// key of the processes' own, which is no key of the key store's. It goes to the database once it is
/// sealed for the person.
///
/// Whose it is in 36 bytes, as with every record; then a byte that no row begins with, the entry's
/// identifier in 36 bytes, and what is sealed.
struct HeldEntry: Sendable {
  private static let mark: UInt8 = 1
  private static let start = 36 + 1 + 36

  private let envelope: Envelope

  /// - Parameter signingKey: that of the processes that share a folder of spools.
  init(signingKey: Ed25519Key) throws(CryptoError) {
    let key = try AES256Key(try signingKey.derivedKey(for: "audit spool"))
    envelope = Envelope(key: KeyEncryptionKey(key))
  }

  /// Whether a record of the spool is such an entry.
  static func isHeld(_ record: [UInt8]) -> Bool { record.count > start && record[36] == mark }

  func bytes(of call: CallEntry) throws -> [UInt8] {
    let value = try JSONEncoder().encode(call)
    let entry = call.entry
    return Array(entry.tenantID.utf8) + [Self.mark] + Array(entry.id.utf8)
      + (try envelope.seal(Array(value), at: Self.place(entry.tenantID, entry.id)))
  }

  /// - Throws: where it was sealed by another key, or is not what was written.
  func entry(of record: [UInt8]) throws -> CallEntry {
    let tenantID = String(decoding: record[..<36], as: UTF8.self)
    let id = String(decoding: record[37..<Self.start], as: UTF8.self)
    let value = try envelope.open(record[Self.start...], at: Self.place(tenantID, id))
    return try JSONDecoder().decode(CallEntry.self, from: Data(value))
  }

  private static func place(_ tenantID: String, _ id: String) -> SealedPlace {
    SealedPlace(tenant: tenantID, table: "audit_spool", column: "entry", row: id)
  }
}
