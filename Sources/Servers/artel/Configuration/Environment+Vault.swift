import HardwareKeys
import LibCrypto
import Logging
import Postgres
import Storage

extension Environment {
  /// A pool of the key store.
  func keyPool() throws -> PostgresPool {
    PostgresPool(try keyStore(as: "keys"), logger: Logger(label: "artel.postgres"))
  }

  /// Runs something over the key store and the application's rows.
  func withKeys(
    _ body: (_ keys: PostgresPool, _ rows: PostgresPool) async throws -> Void
  ) async throws {
    let keys = try keyPool()
    let rows = try pool(as: "app")
    do {
      try await body(keys, rows)
      await keys.shutdown()
      await rows.shutdown()
    } catch {
      await keys.shutdown()
      await rows.shutdown()
      throw error
    }
  }

  /// What seals and opens rows.
  ///
  /// - Parameter rows: a pool of the application's, of the database whose rows it seals.
  func vault(over pool: PostgresPool, rows: PostgresPool) throws -> TenantVault {
    let store = PostgresKeyStore(pool: pool, rows: RowsDatabase(pool: rows))
    // With a token, a file's key is there only as long as it has wrapped something, or will.
    let files =
      settings.tokenKey == nil || secrets.hasKeyEncryptionKey ? try fileKeys() : nil
    var all: [any KeyEncryption] = []
    do {
      for (location, pin) in [
        (settings.tokenKey, "pkcs11-pin"), (settings.otherTokenKey, otherPIN),
      ] {
        guard let location else { continue }
        all.append(try TokenKeyEncryption(location, pin: { try secrets.tokenPIN(pin) }))
      }
    } catch let error as TokenError {
      throw SettingsError(problems: ["the key in the token cannot be used: \(error)"])
    }
    // A token's key that is not the other one wraps before a file's does.
    if let files { all.insert(files.encryption, at: settings.tokenKey == nil ? 0 : all.endIndex) }
    return TenantVault(
      store: store, encryption: KeyRing(all[0], others: Array(all.dropFirst())),
      older: files?.older)
  }

  /// The other token has a PIN of its own, or the same one.
  private var otherPIN: String {
    secrets.has("pkcs11-pin-other") ? "pkcs11-pin-other" : "pkcs11-pin"
  }

  private func fileKeys() throws -> (encryption: FileKeyEncryption, older: Envelope) {
    let key = try secrets.keyEncryptionKey()
    let others = try secrets.otherKeyEncryptionKeys()
    return (FileKeyEncryption(key, others: others), Envelope(key: key, older: others))
  }

  /// Proves that the keys are kept apart from what they seal, and that the key encryption key is the
  /// one that wrapped them.
  func check(_ vault: TenantVault, keys: PostgresPool, rows: PostgresPool) async throws {
    try await checkApart(keys: keys, rows: rows)
    do {
      try await vault.refresh()
    } catch {
      throw SettingsError(problems: ["the key store cannot be used: \(error)"])
    }
    do {
      try await vault.check()
    } catch {
      throw SettingsError(problems: ["the key store's keys do not open: \(error)"])
    }
  }

  /// Proves that no copy of the rows' cluster has the keys, or says aloud that it has.
  func checkApart(keys: PostgresPool, rows: PostgresPool) async throws {
    let store = PostgresKeyStore(pool: keys, rows: RowsDatabase(pool: rows))
    do {
      if try await store.isApart(from: rows) { return }
    } catch {
      throw SettingsError(problems: ["the key store cannot be used: \(error)"])
    }
    guard settings.keysSameCluster else {
      throw SettingsError(problems: [
        "the key store is in the cluster of the rows, so that every physical backup has both: give it"
          + " another (ARTEL_KEYS_DATABASE_HOST, ARTEL_KEYS_DATABASE_PORT), or set"
          + " ARTEL_KEYS_SAME_CLUSTER=development"
      ])
    }
    logger.warning(
      "keys and rows are in one cluster: whoever has a backup of it has whom it erased since")
  }
}
