import FoundationEssentials
import Mutation
import Pipeline
import RPC

/// How a client names and proves itself in a request: by HTTP Basic, by a secret in the form, by an
/// assertion, or by its name alone, which its certificate may prove; never by two of them (RFC 6749
/// section 2.3).
struct ClientCredentials: Sendable {
  /// The proof that the request carries.
  enum Proof: Sendable {
    case basic(secret: String)
    case post(secret: String)
    case assertion(String)
    /// Nothing: the connection's certificate may be the proof, or none is needed.
    case none
  }

  /// A secret that is longer is nobody's; the bound keeps a header from feeding scrypt megabytes.
  private static let longest = 200
  private static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

  let clientID: String
  let proof: Proof

  /// Reads a request's credentials.
  ///
  /// - Throws: `RPCError`: INVALID_REQUEST where they are malformed or there are two (S-C3),
  ///   INVALID_CLIENT where there are none or the scheme is another.
  init(_ form: some ClientAuthenticationForm, metadata: Metadata) throws(RPCError) {
    let headers = metadata[stringValues: "authorization"]
    guard headers.count <= 1 else {
      throw .invalidRequest("the request has more than one authorization")
    }
    let ways = [headers.first != nil, !form.clientSecret.isEmpty, !form.clientAssertion.isEmpty]
    guard ways.count(where: { $0 }) <= 1 || Mutation.isOn(.takesTwoAuthentications) else {
      throw .invalidRequest("the client authenticates in more than one way")
    }
    let named = form.clientID
    if let header = headers.first {
      let (id, secret) = try Self.basic(header)
      clientID = id
      proof = .basic(secret: secret)
    } else if !form.clientAssertion.isEmpty || !form.clientAssertionType.isEmpty {
      guard form.clientAssertionType == Self.assertionType else {
        throw .invalidRequest("the type of the client's assertion is not known")
      }
      guard let id = ClientAssertion.claimedSubject(form.clientAssertion) else {
        throw .invalidClient
      }
      clientID = id
      proof = .assertion(form.clientAssertion)
    } else {
      guard !named.isEmpty else { throw .invalidClient }
      clientID = named
      proof = form.clientSecret.isEmpty ? .none : .post(secret: form.clientSecret)
    }
    // Naming itself in the form too is no second authentication, as long as it is the same name.
    guard named.isEmpty || named == clientID else {
      throw .invalidRequest("the request names different clients")
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
      let clientID = FormDecoding.decode(Array(data[..<colon])), !clientID.isEmpty,
      let secret = FormDecoding.decode(Array(data[data.index(after: colon)...])),
      clientID.utf8.count <= longest, secret.utf8.count <= longest
    else { throw .invalidRequest("the authorization is malformed") }
    return (clientID, secret)
  }
}
