import GeneratedPeer
import RPC
import SwiftProtobuf
import Synchronization
import Transcoding

/// Methods of real contracts with handlers of the tests.
enum Methods {
  typealias Unary = RegisteredMethod.UnaryHandler

  /// GET /v1/complexes/{complex_id}/residents/{resident_id}, over wire bytes.
  static func getResident(_ handler: @escaping Unary) -> RegisteredMethod {
    RegisteredMethod(
      descriptor: Peer_V1_Directory.Method.GetResident.descriptor, handler: .unary(handler))
  }

  /// The same, answering with what it was asked for.
  static var echoResident: RegisteredMethod {
    getResident { bytes, _ in
      let request = try bytes.decode(Peer_V1_GetResidentRequest.self)
      return try reply(
        Peer_V1_Resident.with {
          $0.complexID = request.complexID
          $0.residentID = request.residentID
        })
    }
  }

  /// The same, failing.
  static func failing(_ error: RPCError) -> RegisteredMethod {
    getResident { _, _ in throw error }
  }

  /// POST /v1/complexes/{complex_id}/visits, body `*`, answering with what it was asked for.
  static var createVisit: RegisteredMethod {
    RegisteredMethod(
      descriptor: Peer_V1_Directory.Method.CreateVisit.descriptor,
      handler: .unary { bytes, _ in
        let request = try bytes.decode(Peer_V1_CreateVisitRequest.self)
        return try reply(
          Peer_V1_Visit.with {
            $0.complexID = request.complexID
            $0.visitorName = request.visitorName
            $0.purpose = "\(request.purpose.utf8.count)"
          })
      })
  }

  /// POST /oauth2/token: a form, with the errors of RFC 6749.
  static func createToken(_ handler: @escaping Unary) -> RegisteredMethod {
    method("artel.auth.v1.TokenService", "CreateToken", .unary, .unary(handler))
  }

  /// GET /v1/{parent=units/*}/accessEvents:watch, a stream of access events.
  static func watch(
    _ handler:
      @escaping @Sendable (MessageBytes, any MessageSink, ServerContext) async throws ->
      Void
  ) -> RegisteredMethod {
    method(
      "artel.residential.v1.AccessEventService", "WatchAccessEvents", .serverStreaming,
      .serverStreaming { bytes, sink, context in
        try await handler(bytes, sink, context)
        return [:]
      })
  }

  static func method(
    _ service: String, _ name: String, _ kind: MethodKind, _ handler: RegisteredMethod.Handler
  ) -> RegisteredMethod {
    RegisteredMethod(
      descriptor: MethodDescriptor(
        service: ServiceDescriptor(fullyQualifiedService: service), method: name, kind: kind),
      handler: handler)
  }

  static func reply(_ message: some Message) throws -> UnaryReply {
    UnaryReply(message: try MessageBytes(serializing: message))
  }

  /// Wire bytes of a message that is named by its contract.
  static func bytes(_ name: String, _ json: String) throws -> MessageBytes {
    guard let schema = Door.schema.message(named: name) else {
      throw RPCError(code: .internalError, message: "no such message: \(name)")
    }
    return MessageBytes(try schema.wire(fromJSON: Array(json.utf8)))
  }

  /// An access event with this name and token.
  static func event(_ name: String, token: String = "") throws -> MessageBytes {
    try bytes(
      "artel.residential.v1.AccessEvent", #"{"name":"\#(name)","resumeToken":"\#(token)"}"#)
  }
}

/// A value that tests and handlers share.
final class Shared<Value: Sendable>: Sendable {
  private let storage: Mutex<Value>

  init(_ value: Value) { storage = Mutex(value) }

  var value: Value {
    get { storage.withLock { $0 } }
    set { storage.withLock { $0 = newValue } }
  }
}

/// Something that happens once and can be waited for.
final class Signal: Sendable {
  private struct State {
    var hasHappened = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  func happen() {
    let waiting = state.withLock { state in
      state.hasHappened = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  func wait() async {
    await withCheckedContinuation { continuation in
      let now = state.withLock { state in
        if !state.hasHappened { state.waiting.append(continuation) }
        return state.hasHappened
      }
      if now { continuation.resume() }
    }
  }
}
