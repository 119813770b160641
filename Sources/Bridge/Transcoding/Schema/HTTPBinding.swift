import GeneratedGoogle

/// One HTTP verb and path that reaches a method (`google.api.HttpRule`).
public struct HTTPBinding: Sendable, Equatable {
  /// `GET`, `PUT`, `POST`, `DELETE`, `PATCH`, or the kind of a custom pattern.
  public let verb: String
  /// The path template, such as `/v1/{name=properties/*}`.
  public let template: String
  /// Which field the body fills: none if empty, every one if `*`.
  public let body: String
  /// Which field of the response is printed; the whole response if empty.
  public let responseBody: String

  /// Makes a binding.
  public init(verb: String, template: String, body: String, responseBody: String) {
    self.verb = verb
    self.template = template
    self.body = body
    self.responseBody = responseBody
  }
}

extension HTTPBinding {
  /// The rule and its additional bindings. http.proto allows these to nest one level only.
  static func bindings(
    of rule: Google_Api_HttpRule, method: String
  ) throws(SchemaError) -> [HTTPBinding] {
    var bindings = [try HTTPBinding(rule, method: method)]
    for additional in rule.additionalBindings {
      guard additional.additionalBindings.isEmpty else {
        throw SchemaError(
          .invalidBinding, subject: method,
          reason: "additional_bindings must not hold additional_bindings")
      }
      bindings.append(try HTTPBinding(additional, method: method))
    }
    return bindings
  }

  private init(_ rule: Google_Api_HttpRule, method: String) throws(SchemaError) {
    let verb: String
    let template: String
    switch rule.pattern {
    case .get(let path): (verb, template) = ("GET", path)
    case .put(let path): (verb, template) = ("PUT", path)
    case .post(let path): (verb, template) = ("POST", path)
    case .delete(let path): (verb, template) = ("DELETE", path)
    case .patch(let path): (verb, template) = ("PATCH", path)
    case .custom(let custom): (verb, template) = (custom.kind, custom.path)
    case nil:
      throw SchemaError(.invalidBinding, subject: method, reason: "a rule without a pattern")
    }
    guard !verb.isEmpty, !template.isEmpty else {
      throw SchemaError(.invalidBinding, subject: method, reason: "an empty verb or path")
    }
    self.init(
      verb: verb, template: template, body: rule.body, responseBody: rule.responseBody)
  }
}
