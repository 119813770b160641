/// How the platform proves itself at a partner, its secrets sealed as their rows have them.
struct PartnerCredentials: Sendable, Hashable {
  var authentication = PartnerAuthentication.secretBasic
  var sealedSecret: [UInt8]?
  var sealedAssertionKey: [UInt8]?
  var assertionKeyID = ""
  /// PEM; empty where the platform shows none.
  var tlsCertificate = ""
  var sealedTLSKey: [UInt8]?

  /// Changes with each of them, so that no token of an older one is used.
  var version: [UInt8] {
    var version = Array("\(authentication.rawValue) \(assertionKeyID) ".utf8)
    for part in [sealedSecret, sealedAssertionKey, sealedTLSKey] {
      version += Array("\(part?.count ?? -1) ".utf8) + (part ?? [])
    }
    return version
  }
}
