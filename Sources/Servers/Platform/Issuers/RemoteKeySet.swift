import FoundationEssentials
import Logging
import Mutation
import Pipeline
import RPC

/// The keys of an outside issuer: found by its discovery document (OpenID Connect Discovery 1.0
/// section 4) or at an address that the operator named.
///
/// At most one fetch in 30 seconds, also under a flood of tokens with made-up key identifiers
/// (S-A5), and nobody waits for one longer than two seconds. When the issuer is away, its last good
/// keys count for a day.
final class RemoteKeySet: KeySetSource {
  static var schedule: RefreshingValue<String>.Schedule {
    .init(
      life: .seconds(900), keep: .seconds(86_400), pause: .seconds(30),
      pauseWithoutValue: .seconds(5), patience: .seconds(2))
  }

  private struct Discovery: Decodable {
    let issuer: String
    let keySetURI: String

    enum CodingKeys: String, CodingKey {
      case issuer
      case keySetURI = "jwks_uri"
    }
  }

  private struct KeySet: Decodable {
    struct Key: Decodable {
      let kty: String
    }
    let keys: [Key]
  }

  private let value: RefreshingValue<String>

  init(
    tenantID: String, issuer: String, keySetURI: String?, fetcher: any KeyDocumentFetcher,
    logger: Logger,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    value = RefreshingValue(schedule: Self.schedule, now: now) {
      do {
        let uri = try await Self.keySetURI(of: issuer, configured: keySetURI) {
          try await fetcher.fetch($0, for: tenantID)
        }
        return try Self.checked(try await fetcher.fetch(uri, for: tenantID), from: uri)
      } catch {
        logger.warning(
          "an issuer's keys cannot be fetched",
          metadata: ["issuer": "\(issuer)", "error": "\(error)"])
        throw RPCError(
          code: .unavailable, reason: "ISSUER_UNAVAILABLE",
          message: "the issuer's keys cannot be fetched now",
          retryAfter: Self.schedule.pauseWithoutValue)
      }
    }
  }

  func keySet(refresh: Bool) async throws -> String { try await value.value(refresh: refresh) }

  private static func keySetURI(
    of issuer: String, configured: String?, _ fetch: (String) async throws -> [UInt8]
  ) async throws -> String {
    guard let origin = IssuerURL(issuer) else {
      throw KeyDocumentError(description: "the issuer is not an https address")
    }
    let uri: String
    if let configured {
      uri = configured
    } else {
      let document = try JSONDecoder().decode(
        Discovery.self, from: Data(try await fetch(origin.discovery)))
      // Another issuer's document would make its keys this one's (section 4.3).
      guard document.issuer == issuer || Mutation.isOn(.takesForeignDiscovery) else {
        throw KeyDocumentError(description: "the discovery document names another issuer")
      }
      uri = document.keySetURI
      // Where keys are elsewhere, whoever registers the issuer says so: a document sends us nowhere.
      guard IssuerURL(uri)?.host == origin.host else {
        throw KeyDocumentError(description: "the keys are at another host than the issuer")
      }
    }
    guard let address = IssuerURL(uri), origin.accepts(keysFrom: address) else {
      throw KeyDocumentError(description: "the address of the keys is not https")
    }
    return uri
  }

  /// The document, once it is known to be a key set; what is in a key is for the verifier to judge.
  private static func checked(_ document: [UInt8], from uri: String) throws -> String {
    let keys = try JSONDecoder().decode(KeySet.self, from: Data(document)).keys
    guard (1...100).contains(keys.count) else {
      throw KeyDocumentError(description: "\(uri) has \(keys.count) keys")
    }
    guard let text = String(validating: document, as: UTF8.self) else {
      throw KeyDocumentError(description: "\(uri) is not UTF-8")
    }
    return text
  }
}
