import RPC
import Transcoding

/// A method as gRPC, gRPC-Web and Connect call it: by its own path, whatever its `google.api.http`
/// rules say.
final class ServedMethod: Sendable {
  let descriptor: MethodDescriptor
  let handler: RegisteredMethod.Handler
  /// Nil where the contract is not known here: then messages are bytes, and never JSON.
  let contract: MethodSchema?
  /// Whether a GET may call it.
  let isReadOnly: Bool
  /// Whether answers may be compressed: not beside a secret, which their length would tell.
  let isCompressible: Bool
  let isLenient: Bool
  private let maxBodyBytes: Int

  init(_ method: RegisteredMethod, _ contract: MethodSchema?, isLenient: Bool) {
    descriptor = method.descriptor
    handler = method.handler
    self.contract = contract
    let rest = contract?.policy?.rest
    isReadOnly =
      contract.map { $0.hasNoSideEffects || $0.policy?.idempotency == .readOnly } ?? false
    isCompressible =
      contract.map { !($0.policy?.rest.noCompression ?? false) && !SecretFields.isIn($0.output) }
      ?? false
    self.isLenient = isLenient || rest?.lenient ?? false
    // The limit of an upload is that of all its messages together.
    maxBodyBytes = method.handler.takesStream ? 0 : Int(rest?.maxBodyBytes ?? 0)
  }

  /// The most bytes of one message.
  func messageLimit(_ configuration: GatewayConfiguration) -> Int {
    maxBodyBytes > 0 ? maxBodyBytes : configuration.maxBodyBytes
  }

  /// The methods by their paths, but for the gRPC port's views of itself: strangers come here.
  static func table(
    _ methods: [RegisteredMethod], _ schema: Schema, _ configuration: GatewayConfiguration
  ) -> [String: ServedMethod] {
    var table: [String: ServedMethod] = [:]
    for method in methods {
      let path = method.descriptor.path
      guard !path.hasPrefix("/grpc.channelz."), !path.hasPrefix("/grpc.reflection.") else {
        continue
      }
      let contract = schema.method(path: path)
      guard configuration.callsUnmapped || contract?.bindings.isEmpty == false else { continue }
      table[path] = ServedMethod(method, contract, isLenient: configuration.isLenient)
    }
    return table
  }
}

extension RegisteredMethod.Handler {
  var isUnary: Bool {
    if case .unary = self { true } else { false }
  }

  /// Whether the caller may send any number of messages.
  var takesStream: Bool {
    switch self {
    case .unary, .serverStreaming: false
    case .clientStreaming, .bidirectionalStreaming: true
    }
  }
}
