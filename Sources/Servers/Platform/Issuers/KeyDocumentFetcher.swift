import Egress

/// Gets one small JSON document of an issuer.
protocol KeyDocumentFetcher: Sendable {
  /// - Parameter tenantID: Whose issuer it is.
  /// - Throws: `KeyDocumentError` or the transport's error.
  func fetch(_ url: String, for tenantID: String) async throws -> [UInt8]
}

/// Why an issuer's keys cannot be had. Holds addresses and numbers only.
struct KeyDocumentError: Error, Hashable, CustomStringConvertible {
  let description: String
}

/// Gets documents over HTTP: 5 seconds in all, 256 KiB.
struct HTTPKeyDocumentFetcher: KeyDocumentFetcher {
  static let limit = 256 << 10

  let client: EgressClient
  /// The longest that one document may take, its body included.
  var timeout: Duration = .seconds(5)

  func fetch(_ url: String, for tenantID: String) async throws -> [UInt8] {
    guard let address = EgressURL(url) else {
      throw KeyDocumentError(description: "\(url) is no address of a document")
    }
    var limits = EgressLimits()
    limits.answerBytes = Self.limit
    // Each document has a breaker of its own: tenants share hosts of issuers, not their faults.
    let destination = EgressDestination(
      .init(purpose: .issuer, tenantID: tenantID, name: url), authorities: [address.authority],
      limits: limits)
    let response: EgressResponse
    do throws(EgressError) {
      response = try await client.call(
        EgressRequest(
          operation: "keys", url: url, headers: [(name: "accept", value: "application/json")]),
        to: destination, until: .now + timeout)
    } catch {
      throw KeyDocumentError(description: "\(url): \(error)")
    }
    guard response.status == 200 else {
      throw KeyDocumentError(description: "\(url) answers \(response.status)")
    }
    return response.body
  }
}
