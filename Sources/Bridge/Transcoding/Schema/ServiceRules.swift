import GeneratedGoogle
import SwiftProtobuf

/// HTTP rules that name their methods by `selector` (google/api/http.proto, "Specify HTTP rules in a
/// service config"): the member `http` of a service configuration.
public struct ServiceRules: Sendable {
  /// By `package.Service.Method`, each rule with its additional bindings.
  private(set) var bindings: [String: [HTTPBinding]] = [:]

  /// Reads a service configuration in JSON (`google.api.Service`), or a `google.api.Http` alone.
  ///
  /// - Throws: `SchemaError` where it is no such JSON, or has a rule that http.proto does not allow.
  public init(json: [UInt8]) throws(SchemaError) {
    let http: Google_Api_Http
    do {
      let whole = try Google_Protobuf_Struct(jsonUTF8Bytes: json)
      var text = json
      if let part = whole.fields["http"] { text = try part.jsonUTF8Bytes() }
      var options = JSONDecodingOptions()
      options.ignoreUnknownFields = true
      http = try Google_Api_Http(jsonUTF8Bytes: text, options: options)
    } catch {
      throw SchemaError(
        .notADescriptorSet, subject: "", reason: "not a service configuration: \(error)")
    }
    try self.init(http)
  }

  /// Reads a serialized `google.api.Http`.
  ///
  /// - Throws: `SchemaError` as above.
  public init(serialized: [UInt8]) throws(SchemaError) {
    let http: Google_Api_Http
    do { http = try Google_Api_Http(serializedBytes: serialized) } catch {
      throw SchemaError(.notADescriptorSet, subject: "", reason: "not a google.api.Http: \(error)")
    }
    try self.init(http)
  }

  private init(_ http: Google_Api_Http) throws(SchemaError) {
    for rule in http.rules {
      guard !rule.selector.isEmpty else {
        throw SchemaError(.invalidBinding, subject: "", reason: "a rule without a selector")
      }
      // "All service configuration rules follow 'last one wins' order."
      bindings[rule.selector] = try HTTPBinding.bindings(of: rule, method: rule.selector)
    }
  }
}
