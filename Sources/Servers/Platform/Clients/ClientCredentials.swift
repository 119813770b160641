import FoundationEssentials
import GeneratedAuth
import RPC

/// How a client names itself: by HTTP Basic or by the form, never by both (RFC 6749 section 2.3).
struct ClientCredentials: Sendable {
  /// A secret that is longer is nobody's; the bound keeps a header from feeding scrypt megabytes.
  private static let longest = 200

  let clientID: String
  let secret: String

  /// Reads a request's credentials.
  ///
  /// - Throws: `RPCError`: INVALID_REQUEST where they are malformed or there are two (S-C3),
  ///   INVALID_CLIENT where there are none or the scheme is another.
  init(_ request: Artel_Auth_V1_CreateTokenRequest, metadata: Metadata) throws(RPCError) {
    let headers = metadata[stringValues: "authorization"]
    guard headers.count <= 1 else {
      throw .invalidRequest("the request has more than one authorization")
    }
    guard let header = headers.first else {
      guard !request.clientID.isEmpty, !request.clientSecret.isEmpty else { throw .invalidClient }
      clientID = request.clientID
      secret = request.clientSecret
      return
    }
    guard request.clientSecret.isEmpty else {
      throw .invalidRequest("the client authenticates in the header and in the form")
    }
    (clientID, secret) = try Self.basic(header)
    // Naming itself in the form too is no second authentication, as long as it is the same name.
    guard request.clientID.isEmpty || request.clientID == clientID else {
      throw .invalidRequest("the header and the form name different clients")
    }
  }

  /// Reads `Basic base64(form(id) ":" form(secret))` (RFC 7617 section 2, S-C8).
  private static func basic(_ header: String) throws(RPCError) -> (String, String) {
    guard header.utf8.count >= 6, header.prefix(6).lowercased() == "basic " else {
      throw .invalidClient
    }
    let encoded = header.dropFirst(6)
    guard encoded.utf8.count <= 6 * longest, let data = Data(base64Encoded: String(encoded)),
      let colon = data.firstIndex(of: UInt8(ascii: ":")),
      let clientID = FormCoding.decode(Array(data[..<colon])), !clientID.isEmpty,
      let secret = FormCoding.decode(Array(data[data.index(after: colon)...])),
      clientID.utf8.count <= longest, secret.utf8.count <= longest
    else { throw .invalidRequest("the authorization is malformed") }
    return (clientID, secret)
  }
}
