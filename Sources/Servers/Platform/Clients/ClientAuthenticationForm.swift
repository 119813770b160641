import GeneratedAuth

/// The part of a form by which a client authenticates: every endpoint's form has it.
protocol ClientAuthenticationForm {
  var clientID: String { get }
  var clientSecret: String { get }
  var clientAssertionType: String { get }
  var clientAssertion: String { get }
}

extension Artel_Auth_V1_CreateTokenRequest: ClientAuthenticationForm {}
extension Artel_Auth_V1_RevokeTokenRequest: ClientAuthenticationForm {}
extension Artel_Auth_V1_IntrospectTokenRequest: ClientAuthenticationForm {}
