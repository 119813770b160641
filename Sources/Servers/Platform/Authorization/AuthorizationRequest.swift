import GeneratedAuth
import LibCrypto
import Pipeline

/// An authorization request whose client and redirect URI are known: what is wrong with the rest goes
/// back to the app.
struct AuthorizationRequest: Sendable {
  /// Why an app gets no code (RFC 6749 section 4.1.2.1).
  struct Refusal: Error, Sendable {
    let error: String
    let description: String

    init(_ error: String, _ description: String) {
      self.error = error
      self.description = description
    }
  }

  let clientID: String
  /// As the request has it: its code is good with this one alone.
  let redirectURI: String
  let scopes: [String]
  let codeChallenge: String
  let resource: String?
  let nonce: String?
  /// Whether the app wants an answer without anyone signing in.
  let isSilent: Bool

  /// Checks a request.
  ///
  /// - Throws: `Refusal`.
  init(
    _ request: Artel_Auth_V1_AuthorizeRequest, client: RegisteredClient, tenant: Tenant,
    issuer: TokenIssuer
  ) throws(Refusal) {
    guard !request.responseType.isEmpty else {
      throw Refusal("invalid_request", "response_type is missing")
    }
    guard request.responseType == "code" else {
      throw Refusal("unsupported_response_type", "the response type is code")
    }
    guard ["", "query"].contains(request.responseMode) else {
      throw Refusal("invalid_request", "the response mode is query")
    }
    // Without a method RFC 7636 means plain, which anyone can answer who saw the request.
    guard request.codeChallengeMethod == "S256", request.codeChallenge.utf8.count == 43,
      Base64URL.decode(request.codeChallenge) != nil
    else { throw Refusal("invalid_request", "a code challenge of the method S256 is needed") }
    do {
      scopes = try TokenIssuer.scopes(request.scope, of: client.scopes)
    } catch {
      throw Refusal("invalid_scope", "the scope is malformed, or the app is not registered for it")
    }
    do {
      resource = try issuer.resource(request.resource, of: tenant)
    } catch {
      throw Refusal("invalid_target", "tokens for this resource are not issued here")
    }
    // Everybody signs in anew for every request, so that `login` and `max_age` hold already.
    guard ["", "none", "login"].contains(request.prompt) else {
      throw Refusal("invalid_request", "the prompt is none or login")
    }
    isSilent = request.prompt == "none"
    clientID = client.clientID
    redirectURI = request.redirectUri
    codeChallenge = request.codeChallenge
    nonce = request.nonce.isEmpty ? nil : request.nonce
  }
}
