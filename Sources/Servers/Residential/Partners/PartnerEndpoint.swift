import Egress

/// How a partner is called: its addresses and the platform's credentials there.
///
/// Equal endpoints share a token; whatever changes in one makes it another.
struct PartnerEndpoint: Sendable, Hashable {
  let tenantID: String
  let partnerID: String
  let baseURI: String
  let tokenURI: String
  let clientID: String
  /// Opened only to ask for a token, and to connect.
  let credentials: PartnerCredentials
  /// How it writes messages.
  var format = BodyFormat.json
}

/// Where a command goes: the partner, and the device as the partner names it.
struct PartnerRoute: Sendable, Hashable {
  let endpoint: PartnerEndpoint
  let deviceRef: String
  /// Whether the partner is left alone.
  var isDisabled = false
}
