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
  /// Whether the app wants an answer without a page.
  let isSilent: Bool
  /// Whether it wants the person to be asked again what it may do.
  let wantsConsent: Bool
  /// Whether it wants somebody to sign in anew.
  private let wantsSignIn: Bool
  /// How old a sign-in may be, in seconds.
  private let maxAge: Int64?

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
    let prompts = request.prompt.split(separator: " ").map(String.init)
    guard prompts.allSatisfy(["none", "login", "select_account", "consent"].contains),
      !prompts.contains("none") || prompts.count == 1
    else {
      throw Refusal("invalid_request", "the prompt is none alone, login, select_account, consent")
    }
    isSilent = prompts == ["none"]
    wantsConsent = prompts.contains("consent")
    // 0 asks for a new sign-in, however fast somebody was.
    wantsSignIn =
      prompts.contains("login") || prompts.contains("select_account")
      || request.hasMaxAge && request.maxAge == 0
    maxAge = request.hasMaxAge ? Int64(request.maxAge) : nil
    clientID = client.clientID
    redirectURI = request.redirectUri
    codeChallenge = request.codeChallenge
    nonce = request.nonce.isEmpty ? nil : request.nonce
  }

  /// The person whom the browser remembers, where that is enough; nil where somebody has to sign in.
  ///
  /// - Throws: `Refusal` where somebody has to, and the app wants no page.
  func judge(_ remembered: RememberedPerson?, now: Int64) throws(Refusal) -> SignedInPerson? {
    let isYoung = remembered.map { person in maxAge.map { now - person.authTime <= $0 } ?? true }
    if let remembered, isYoung == true, !wantsSignIn, !remembered.lacksSecondFactor {
      return remembered.signedIn
    }
    guard isSilent else { return nil }
    if let remembered, isYoung == true, !wantsSignIn, remembered.lacksSecondFactor {
      throw Refusal("interaction_required", "a second factor is needed")
    }
    throw Refusal("login_required", "nobody is signed in, or too long ago")
  }
}
