import LibCrypto

/// A secret that stands for a row of one tenant: the tenant's name, a dot and 32 random bytes. Only
/// its hash is stored. The name in it only says where to look.
struct OpaqueToken: Sendable {
  let tenantName: String
  let text: String

  /// A new one.
  init(tenantName: String) {
    self.tenantName = tenantName
    text = tenantName + "." + Base64URL.encode(Random.bytes(32))
  }

  /// Reads one; nil for a text that is none.
  init?(_ text: String) {
    guard text.utf8.count <= 200, let dot = text.firstIndex(of: ".") else { return nil }
    let name = text[..<dot]
    guard BaseDomain.isTenantName(name),
      Base64URL.decode(text[text.index(after: dot)...])?.count == 32
    else { return nil }
    tenantName = String(name)
    self.text = text
  }

  /// What is stored of it.
  var hash: [UInt8] { SHA256.hash(Array(text.utf8)) }
}
