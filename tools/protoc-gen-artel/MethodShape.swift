import SwiftProtobufPluginLibrary

/// How many messages a method takes and gives, by the runtime's name for it.
enum MethodShape: String {
  case unary
  case clientStreaming
  case serverStreaming
  case bidirectionalStreaming

  /// Whether the caller sends many messages.
  var streamsRequests: Bool { self == .clientStreaming || self == .bidirectionalStreaming }

  /// Whether the service sends many messages.
  var streamsResponses: Bool { self == .serverStreaming || self == .bidirectionalStreaming }

  /// The router's function for methods of this shape.
  var registration: String {
    switch self {
    case .unary: "registerUnary"
    case .clientStreaming: "registerClientStreaming"
    case .serverStreaming: "registerServerStreaming"
    case .bidirectionalStreaming: "registerBidirectionalStreaming"
    }
  }
}

extension MethodDescriptor {
  /// How many messages the method takes and gives.
  var shape: MethodShape {
    switch (clientStreaming, serverStreaming) {
    case (false, false): .unary
    case (true, false): .clientStreaming
    case (false, true): .serverStreaming
    case (true, true): .bidirectionalStreaming
    }
  }
}
