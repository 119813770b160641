import Foundation

extension ServerSettings {
  /// A tenant's https address with the port at which the REST door has it, where the door speaks
  /// TLS itself and its port is not https's own. Behind a proxy the address is the proxy's.
  func addressAtDoor(_ address: String) -> String {
    guard restIdentity != nil, restPort != 0, restPort != 443,
      var parts = URLComponents(string: address)
    else { return address }
    parts.port = restPort
    return parts.string ?? address
  }
}
