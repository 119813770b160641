import Foundation
import LibCrypto
import Postgres

/// The secrets folder: one file per secret, read when it is needed and kept nowhere here. A provider
/// of swift-configuration would hold all of them in memory for as long as the process lives, and see
/// neither that a file has changed nor that it is gone.
struct Secrets: Sendable {
  /// Far more than any of them.
  private static let longest = 1 << 20

  private let directory: String

  /// - Throws: `SettingsError` where there is no such folder, or it may not be read.
  init(directory: String) throws {
    self.directory = directory
    guard (try? FileManager.default.contentsOfDirectory(atPath: directory)) != nil else {
      throw SettingsError(problems: ["the secrets folder \(directory) cannot be read"])
    }
  }

  /// The password of a login role, such as `app`.
  func databasePassword(of role: String) throws -> String {
    try secret("database-\(role)-password")
  }

  /// The key that seals the tenants' keys.
  func keyEncryptionKey() throws -> KeyEncryptionKey {
    let text = try secret("key-encryption-key")
    do {
      return try KeyEncryptionKey(fileContents: Array(text.utf8))
    } catch {
      throw SettingsError(problems: ["\(directory)/key-encryption-key is not a key of 32 bytes"])
    }
  }

  /// Whether there is a key in a file.
  var hasKeyEncryptionKey: Bool { has("key-encryption-key") }

  /// Whether there is a password of a login role.
  func hasDatabasePassword(of role: String) -> Bool { has("database-\(role)-password") }

  /// Whether a secret is there.
  func has(_ name: String) -> Bool { !text(of: name).isEmpty }

  /// The PIN of a token that has a key encryption key; read anew each time, for it may have changed.
  func tokenPIN(_ name: String) throws -> String { try secret(name) }

  /// The keys that were `key-encryption-key` before, or will be: one on each line. They open, and
  /// seal nothing.
  func otherKeyEncryptionKeys() throws -> [KeyEncryptionKey] {
    let name = "key-encryption-keys-other"
    do {
      return try text(of: name).split(whereSeparator: \.isNewline).map {
        try KeyEncryptionKey(fileContents: Array($0.utf8))
      }
    } catch {
      throw SettingsError(
        problems: ["\(directory)/\(name) is not a list of keys of 64 hexadecimal digits"])
    }
  }

  /// The key that signs the audit's checkpoints.
  func auditSigningKey() throws -> Ed25519Key {
    let text = try secret("audit-signing-key")
    do {
      return try Ed25519Key(fileContents: text)
    } catch {
      throw SettingsError(problems: ["\(directory)/audit-signing-key is not a key of 32 bytes"])
    }
  }

  private func secret(_ name: String) throws -> String {
    let value = text(of: name)
    guard !value.isEmpty else {
      throw SettingsError(problems: ["the secret \(directory)/\(name) is missing or empty"])
    }
    return value
  }

  /// What a file says, without the space around it; empty where it says nothing or is not there.
  private func text(of name: String) -> String {
    guard let file = FileHandle(forReadingAtPath: "\(directory)/\(name)") else { return "" }
    defer { try? file.close() }
    guard let bytes = try? file.read(upToCount: Self.longest) else { return "" }
    return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
