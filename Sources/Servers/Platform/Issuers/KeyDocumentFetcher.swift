import AsyncHTTPClient
import NIOCore

/// Gets one small JSON document of an issuer.
protocol KeyDocumentFetcher: Sendable {
  /// - Throws: `KeyDocumentError` or the transport's error.
  func fetch(_ url: String) async throws -> [UInt8]
}

/// Why an issuer's keys cannot be had. Holds addresses and numbers only.
struct KeyDocumentError: Error, Hashable, CustomStringConvertible {
  let description: String
}

/// Gets documents over HTTP: 5 seconds in all, 256 KiB, no redirects, TLS verified.
struct HTTPKeyDocumentFetcher: KeyDocumentFetcher {
  static let limit = 256 << 10

  /// Does not follow redirects: see `IssuerHTTPClient`.
  let client: HTTPClient
  /// The longest that one document may take, its body included.
  var timeout: TimeAmount = .seconds(5)

  func fetch(_ url: String) async throws -> [UInt8] {
    var request = HTTPClientRequest(url: url)
    request.headers.add(name: "accept", value: "application/json")
    // The deadline covers the body too.
    let response = try await client.execute(request, deadline: .now() + timeout)
    guard response.status == .ok else {
      throw KeyDocumentError(description: "\(url) answers \(response.status.code)")
    }
    // A client that follows redirects after all must not make us trust where it ended.
    guard response.history.count <= 1 else {
      throw KeyDocumentError(description: "\(url) was redirected")
    }
    var body = try await response.body.collect(upTo: Self.limit)
    return body.readBytes(length: body.readableBytes) ?? []
  }
}
