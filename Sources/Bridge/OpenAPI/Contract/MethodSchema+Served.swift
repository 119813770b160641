import Transcoding

extension MethodSchema {
  /// Whether a method is spoken over HTTP: a stream of requests has to be in a body, or needs a
  /// WebSocket where the answer is a stream, too.
  var isSpoken: Bool {
    guard clientStreaming, !serverStreaming else { return !bindings.isEmpty }
    return !bindings.isEmpty && bindings.allSatisfy { !$0.body.isEmpty }
  }

  /// Whether both sides send streams: no request can speak it.
  var isBidirectional: Bool { clientStreaming && serverStreaming }

  /// Whether the door serves the method at its own path, too, as Connect and gRPC-Web call it.
  var isCalledByPath: Bool {
    !path.hasPrefix("/grpc.channelz.") && !path.hasPrefix("/grpc.reflection.")
  }

  /// `package.Service.Method`.
  var fullName: String { "\(serviceName).\(name)" }

  /// The part of the package that says what it is about: `residential` of `artel.residential.v1`.
  var domain: String {
    let parts = serviceName.split(separator: ".").dropLast()
    let named = parts.last { part in
      !(part.first == "v" && part.dropFirst().first?.isNumber == true)
    }
    return String(named ?? "api")
  }

  /// `v1` of `artel.residential.v1`; nil without one.
  var version: String? {
    serviceName.split(separator: ".").dropLast().last.flatMap { part in
      part.first == "v" && part.dropFirst().first?.isNumber == true ? String(part) : nil
    }
  }

  /// The service's name alone.
  var shortServiceName: String {
    serviceName.split(separator: ".").last.map(String.init) ?? serviceName
  }
}

extension MessageSchema {
  /// Whether the message, or the field of it with this name, is `google.api.HttpBody`; `*` and the
  /// empty name stand for the message.
  func isHTTPBody(_ name: String) -> Bool {
    guard !name.isEmpty, name != "*" else { return fullName == "google.api.HttpBody" }
    guard let field = field(named: name), !field.isRepeated else { return false }
    return field.message?.fullName == "google.api.HttpBody"
  }

  /// The field with a name of the contract.
  func field(named name: String) -> FieldSchema? { fields.first { $0.name == name } }

  /// The fields along a path of the contract's names; empty where it leads nowhere.
  func fields(along path: String) -> [(field: FieldSchema, owner: MessageSchema)] {
    var message: MessageSchema? = self
    var fields: [(FieldSchema, MessageSchema)] = []
    for name in path.split(separator: ".") {
      guard let owner = message, let field = owner.field(named: String(name)) else { return [] }
      fields.append((field, owner))
      message = field.message
    }
    return fields
  }
}
