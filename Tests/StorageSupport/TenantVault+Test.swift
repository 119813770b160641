import LibCrypto
public import Storage

extension TenantVault {
  /// A vault with keys of its own, in memory.
  public static func ofTest() -> TenantVault {
    TenantVault(
      store: MemoryKeyStore(), encryption: FileKeyEncryption(KeyEncryptionKey(.generate())))
  }
}
