import GeneratedOptions
import Transcoding

/// How callers prove who they are, and what each method asks of them.
struct SecuritySchemes {
  /// Where client credentials become a token.
  let tokenURL: String
  /// Where the provider of people describes itself; nil where each tenant has its own.
  let identityURL: String?
  /// Whether a contract says who may call.
  private(set) var hasPolicies = false
  /// Whether a contract does not.
  private var hasUnknown = false
  private var scopes: [String: [String]] = [:]

  init(tokenURL: String, identityURL: String?) {
    self.tokenURL = tokenURL
    self.identityURL = identityURL
  }

  /// What a method asks for: any one of these.
  mutating func requirements(of method: MethodSchema) -> JSONValue {
    guard let access = method.policy?.access, access != Artel_Options_V1_Access() else {
      // What a foreign server asks for, only it knows.
      hasUnknown = true
      return [["bearer": []], [:]]
    }
    hasPolicies = true
    guard !access.public else { return [] }
    let wanted = JSONValue.strings(access.scopes)
    for scope in access.scopes { scopes[scope, default: []].append(method.name) }
    var found: [JSONValue] = []
    let principals = access.principals
    let isAnyone = principals.isEmpty
    if isAnyone || principals.contains(.user) || principals.contains(.administrator) {
      found.append(["openIdConnect": wanted])
    }
    if isAnyone || principals.contains(.partner) || principals.contains(.service) {
      found.append(["clientCredentials": wanted])
    }
    return .array(found)
  }

  /// `components/securitySchemes`.
  var components: JSONObject {
    var components = JSONObject()
    if hasPolicies { components = ofPolicies }
    if hasUnknown || !hasPolicies {
      components["bearer"] = [
        "type": "http", "scheme": "bearer",
        "description": "A token, where the server behind this door asks for one.",
      ]
    }
    return components
  }

  private var ofPolicies: JSONObject {
    var named = JSONObject()
    for (scope, methods) in scopes.sorted(by: { $0.key < $1.key }) {
      var unique: [String] = []
      for method in methods where !unique.contains(method) { unique.append(method) }
      named.append(scope, .string(unique.joined(separator: ", ")))
    }
    return [
      "openIdConnect": person,
      "clientCredentials": [
        "type": "oauth2",
        "description": "A partner or a service, by its own credentials.",
        "flows": [
          "clientCredentials": ["tokenUrl": .string(tokenURL), "scopes": .object(named)]
        ],
      ],
      "mutualTLS": [
        "type": "mutualTLS",
        "description": """
        A partner or a service, by its certificate: on the gRPC door, which has the same methods, \
        and not here.
        """,
      ],
    ]
  }

  /// OpenAPI knows a provider by one URL; tenants have their own.
  private var person: JSONValue {
    let description: JSONValue =
      "A person's access token, from the OpenID provider of its tenant, in `Authorization: Bearer`."
    guard let identityURL else {
      return [
        "type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": description,
      ]
    }
    return [
      "type": "openIdConnect", "openIdConnectUrl": .string(identityURL),
      "description": description,
    ]
  }
}
