import Configuration
import Foundation
import LibCrypto
import Postgres
import SystemPackage

/// The secrets folder: one file per secret, read when it is needed and never kept in settings.
struct Secrets: Sendable {
  private let reader: ConfigReader
  private let directory: String

  init(directory: String) async throws {
    self.directory = directory
    do {
      reader = ConfigReader(
        provider: try await DirectoryFilesProvider(directoryPath: FilePath(directory)))
    } catch {
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

  private func secret(_ name: String) throws -> String {
    let value = reader.string(forKey: ConfigKey([name]), isSecret: true)
    guard let value = value?.trimmingCharacters(in: .whitespacesAndNewlines), !value.isEmpty else {
      throw SettingsError(problems: ["the secret \(directory)/\(name) is missing or empty"])
    }
    return value
  }
}
