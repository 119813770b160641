import GeneratedOptions
import GeneratedPeer
import Logging
import Pipeline
import RPC
import SwiftProtobuf
import Synchronization
import Transcoding

/// One method behind the pipeline, with a policy that each test gives.
struct PipelineHarness {
  let lab: IdentityLab
  private let method: RegisteredMethod
  private let stream: RegisteredMethod
  private let calls: Calls
  let pipeline: Pipeline

  final class Calls: CallJournal {
    let handled = Atomic<Int>(0)
    let records = Mutex<[CallRecord]>([])
    let isFull = Atomic<Bool>(false)
    func keepsChanges(of tenantID: String?) -> Bool { !isFull.load(ordering: .relaxed) }
    func record(_ record: CallRecord) { records.withLock { $0.append(record) } }
  }

  /// How often the handler ran.
  var handled: Int { calls.handled.load(ordering: .relaxed) }
  /// Whether the journal has no room for changes.
  func fillJournal(_ isFull: Bool) { calls.isFull.store(isFull, ordering: .relaxed) }
  /// What the journal holds.
  var records: [CallRecord] { calls.records.withLock { $0 } }

  init(
    _ lab: IdentityLab, access: Artel_Options_V1_Access?,
    audit: Artel_Options_V1_AuditLevel = .metadata, limits: RateLimits = RateLimits(),
    operatorTenant: String? = nil,
    revocations: (any RevocationList)? = nil, answers: (any AnswerStore)? = nil,
    quotas: QuotaMeter? = nil, networks: NetworkRules = NetworkRules(),
    callsPerTenant: Int = 500,
    logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
    policy: (inout Artel_Options_V1_MethodPolicy) -> Void = { _ in },
    now: @escaping @Sendable () -> Int64 = { IdentityLab.now },
    handler: @escaping @Sendable (ServerContext) async throws -> String = { context in
      let caller = try context.caller
      return "\(caller.tenant.name) \(caller.principal.subject)"
    }
  ) throws {
    self.lab = lab
    let calls = Calls()
    self.calls = calls
    var router = RPCRouter()
    router.registerUnary(
      Peer_V1_Directory.Method.GetResident.descriptor, request: Peer_V1_GetResidentRequest.self,
      response: Peer_V1_Resident.self
    ) { _, context in
      calls.handled.add(1, ordering: .relaxed)
      let name = try await handler(context)
      return .with { $0.name = name }
    }
    router.registerServerStreaming(
      Peer_V1_Directory.Method.WatchEvents.descriptor, request: Peer_V1_WatchEventsRequest.self,
      response: Peer_V1_Event.self,
      handler: { _, writer, _ in
        calls.handled.add(1, ordering: .relaxed)
        try await writer.write(Peer_V1_Event())
        // Far longer than anything takes to end it.
        try await Task.sleep(for: .seconds(20))
      })
    let contracts = try Self.contracts(access, audit, policy)
    let pipeline = Pipeline(
      configuration: .init(
        trustDomain: "artel.test", operatorTenant: operatorTenant, limits: limits,
        callsPerTenant: callsPerTenant, networks: networks, now: now),
      directory: lab, revocations: revocations, journal: calls, answers: answers,
      quotas: quotas, logger: logger)
    self.pipeline = pipeline
    let methods = try pipeline.protect(
      router.methods, schema: try Schema(descriptorSet: contracts),
      outputOnly: OutputOnlyFields())
    method = methods[0]
    stream = methods[1]
  }

  /// The contract with a policy in place of its own.
  static func contracts(
    _ access: Artel_Options_V1_Access?, _ audit: Artel_Options_V1_AuditLevel = .metadata,
    _ policy: (inout Artel_Options_V1_MethodPolicy) -> Void = { _ in }
  ) throws -> [UInt8] {
    var request = Google_Protobuf_DescriptorProto()
    request.name = "GetResidentRequest"
    var response = Google_Protobuf_DescriptorProto()
    response.name = "Resident"
    response.field = [
      .with {
        $0.name = "name"
        $0.jsonName = "name"
        $0.number = 1
        $0.type = .string
        $0.label = .optional
      }
    ]
    var method = Google_Protobuf_MethodDescriptorProto()
    method.name = "GetResident"
    method.inputType = ".peer.v1.GetResidentRequest"
    method.outputType = ".peer.v1.Resident"
    if let access {
      method.options.Artel_Options_V1_policy = .with {
        $0.access = access
        $0.audit = audit
        $0.idempotency = audit == .change ? .none : .readOnly
        $0.cost = .low
        policy(&$0)
      }
    }
    var watch = method
    watch.name = "WatchEvents"
    watch.serverStreaming = true
    let file = Google_Protobuf_FileDescriptorProto.with {
      $0.name = "peer.proto"
      $0.package = "peer.v1"
      $0.syntax = "proto3"
      $0.messageType = [request, response]
      $0.service = [
        .with {
          $0.name = "Directory"
          $0.method = [method, watch]
        }
      ]
    }
    return try Google_Protobuf_FileDescriptorSet.with { $0.file = [file] }.serializedBytes()
  }

  /// Calls the method; returns the name that the handler gave.
  func call(
    token: String? = nil, certificate: [UInt8]? = nil, metadata: Metadata = [:],
    serverName: String? = nil, door: Peer.Door = .grpc, address: String = "test"
  ) async throws -> String {
    try await reply(
      token: token, certificate: certificate, metadata: metadata, serverName: serverName,
      door: door, address: address
    ).message.decode(Peer_V1_Resident.self).name
  }

  /// Calls the method; returns the whole answer.
  func reply(
    token: String? = nil, certificate: [UInt8]? = nil, metadata: Metadata = [:],
    serverName: String? = nil, door: Peer.Door = .grpc, address: String = "test",
    message: MessageBytes = MessageBytes([])
  ) async throws -> UnaryReply {
    var metadata = metadata
    if let token { metadata.add("Bearer \(token)", for: "authorization") }
    let context = ServerContext(
      method: method.descriptor, metadata: metadata,
      peer: Peer(
        address: address, serverName: serverName, certificatePEM: certificate, door: door))
    guard case .unary(let handler) = method.handler else { preconditionFailure("unary") }
    return try await handler(message, context)
  }

  /// Watches until the stream ends and returns how it did; `begun` is called behind the first
  /// message.
  func watch(
    token: String, address: String = "test", begun: @escaping @Sendable () throws -> Void
  ) async -> RPCError? {
    struct Sink: MessageSink {
      let begun: @Sendable () throws -> Void
      func sendInitialMetadata(_ metadata: Metadata) async throws {}
      func write(_ message: MessageBytes, compressed: Bool?) async throws { try begun() }
    }
    let context = ServerContext(
      method: stream.descriptor, metadata: ["authorization": .string("Bearer \(token)")],
      peer: Peer(address: address, door: .grpc))
    guard case .serverStreaming(let handler) = stream.handler else {
      preconditionFailure("a server stream")
    }
    do {
      _ = try await handler(MessageBytes([]), Sink(begun: begun), context)
      return nil
    } catch {
      return RPCError(hiding: error)
    }
  }

  /// Calls the method and returns how it failed; nil where it did not.
  func refusal(
    token: String? = nil, certificate: [UInt8]? = nil, metadata: Metadata = [:],
    serverName: String? = nil, address: String = "test"
  ) async -> RPCError? {
    do {
      _ = try await call(
        token: token, certificate: certificate, metadata: metadata, serverName: serverName,
        address: address)
      return nil
    } catch {
      return RPCError(hiding: error)
    }
  }
}

extension Artel_Options_V1_Access {
  /// Anyone with a credential.
  static let signedIn = Self.with {
    $0.principals = [.user, .partner, .service, .administrator]
  }
}

extension RPCError {
  /// The ErrorInfo's reason, found without parsing: reasons are ASCII words in the details.
  func says(_ reason: String) -> Bool {
    String(decoding: statusDetails, as: UTF8.self).contains(reason)
  }
}
