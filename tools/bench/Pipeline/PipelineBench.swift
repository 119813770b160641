import Foundation
import GeneratedOptions
import GeneratedResidential
import LibCrypto
import Logging
import Pipeline
import Platform
import Postgres
import RPC
import Storage
import SwiftProtobuf
import Transcoding

/// What the pipeline costs, part by part: started by tools/bench/pipeline, which makes the database.
///
///     pipeline-bench ROUNDS TOKENS RANGED
///
/// TOKENS is a file of tokens of one client, RANGED one of a client that may call from certain
/// addresses only.
@main
enum PipelineBench {
  struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }

  private struct Part {
    let name: String
    /// What it is added to; nil where it stands alone.
    let base: String?
    let times: Int
    let work: (Int) async throws -> Void
  }

  private static let times = 5_000

  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let rounds = Int(arguments[1]), rounds > 0 else {
      throw Failure("usage: pipeline-bench ROUNDS TOKENS RANGED")
    }
    let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
    let platform = try Rig(logger: logger)
    let tokens = try lines(arguments[2])
    let feed = try await platform.follow()
    let writer = Task { try await platform.audit.writer.run() }
    let parts = try await parts(platform, tokens, ranged: try lines(arguments[3])[0])
    var readings: [[Meter.Reading]] = Array(repeating: [], count: parts.count)
    let meter = Meter()
    for round in 0...rounds {
      for (index, part) in parts.enumerated() {
        let reading = try await meter.measure(part.times, part.work)
        // The first is for warming up.
        if round > 0 { readings[index].append(reading) }
      }
    }
    report(parts, readings)
    for task in [feed, writer] {
      task.cancel()
      // It ends by the cancellation, whatever it says.
      _ = await task.result
    }
    try await platform.close()
  }

  private static func lines(_ file: String) throws -> [String] {
    try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  private static func parts(
    _ platform: Rig, _ tokens: [String], ranged: String
  ) async throws -> [Part] {
    let known = try await KnownDirectory(
      of: platform.directory, issuer: "https://alpha.artel.localhost", client: "caller")
    let stages = Stages(directory: platform.directory, revocations: platform.revocations)
    let message = try MessageBytes(serializing: Stages.request)
    let descriptor = Artel_Residential_V1_DirectoryService.Method.GetProperty.descriptor
    func context(_ token: String?) -> ServerContext {
      var metadata: Metadata = ["user-agent": "bench", "accept": "application/json"]
      if let token { metadata.add("Bearer \(token)", for: "authorization") }
      return ServerContext(
        method: descriptor, metadata: metadata,
        peer: Peer(address: "ipv4:127.0.0.1:40000", door: .rest))
    }
    let (anonymous, caller, inRange) = (context(nil), context(tokens[0]), context(ranged))
    func call(
      _ name: String, _ base: String?, _ times: Int = times, as context: ServerContext,
      _ handler: @escaping RegisteredMethod.UnaryHandler
    ) -> Part {
      Part(name: name, base: base, times: times) { _ in _ = try await handler(message, context) }
    }
    let open = Stages.unary(Stages.method(Stages.answer))
    let validated = try stages.method(directory: known) {
      $0.access = .with { $0.public = true }
    }
    let checked = try stages.method(directory: known) { _ in }
    let looked = try stages.method(directory: platform.directory) { _ in }
    let revoked = try stages.method(
      directory: platform.directory, revocations: platform.revocations
    ) { _ in }
    let journaled = try stages.method(
      directory: platform.directory, revocations: platform.revocations, journal: Stages.log
    ) { _ in }
    let audited = try stages.method(
      directory: platform.directory, revocations: platform.revocations,
      journal: platform.audit.writer
    ) { _ in }
    let stored = try stages.method(
      directory: platform.directory, revocations: platform.revocations, journal: Stages.log,
      handler: platform.find
    ) { _ in }
    // A verifier remembers by hash: in each round a token is new to a pipeline of its own.
    let others = tokens.map(context)
    let cold = Cold(stages: stages, directory: known, contexts: others, message: message)
    return try Self.door() + [
      call("handler: message, answer, bytes", nil, as: anonymous, open),
      call(
        "validation, limit of the address", "handler: message, answer, bytes", as: anonymous,
        validated),
      call(
        "token remembered, permission, caller's limit", "validation, limit of the address",
        as: caller, checked),
      Part(
        name: "token not remembered", base: "token remembered, permission, caller's limit",
        times: others.count, work: cold.call),
      call("directory's cache", "token remembered, permission, caller's limit", as: caller, looked),
      call("revocations", "directory's cache", as: caller, revoked),
      call("address ranges", "revocations", as: inRange, revoked),
      call("journal", "revocations", as: caller, journaled),
      Part(name: "audit: until the database has it", base: "revocations", times: times) { index in
        _ = try await audited(message, caller)
        if index == times - 1 { try await platform.drainAudit() }
      },
      call("tenant transaction, one row", "journal", 1_000, as: caller, stored),
    ]
  }

  /// What the REST door does besides: the route, the request's message, the answer's JSON.
  private static func door() throws -> [Part] {
    let schema = try Stages.schema()
    guard let method = schema.method(path: Stages.path), let binding = method.bindings.first else {
      throw Failure("the method has no path")
    }
    var builder = RouteTableBuilder<Int>()
    var variables: [String] = []
    for each in schema.methods {
      for (index, rule) in each.bindings.enumerated() {
        let template = try PathTemplate(parsing: rule.template)
        if each.path == method.path, index == 0 { variables = template.variables }
        // A webhook's path may be the same as another's here, where nobody chooses.
        try? builder.add(method: rule.verb, template: template, target: 1, name: each.path)
      }
    }
    let table = builder.build()
    let path = Array("/v1/properties/tower".utf8)
    let binder = try RequestBinder(method: method, binding: binding, variables: variables)
    let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
    let wire: [UInt8] = try Artel_Residential_V1_Property.with {
      $0.name = "properties/tower"
      $0.displayName = "The tower"
      $0.address = "1 Maple Street, Springfield"
      $0.createTime = Google_Protobuf_Timestamp(seconds: 1_767_225_600, nanos: 123_456_000)
    }.serializedBytes()
    return [
      Part(name: "route", base: nil, times: times) { _ in
        guard case .found = table.match(method: "GET", path: path.span) else {
          throw Failure("there is no route")
        }
      },
      Part(name: "path → message", base: nil, times: times) { _ in
        _ = try binder.message(
          pathValues: ["properties/tower"], query: "", body: nothing, bodyKind: .none)
      },
      Part(name: "message → JSON", base: nil, times: times) { _ in
        _ = try wire.withUnsafeBytes { try method.output.json(fromWire: $0) }
      },
    ]
  }

  private static func report(_ parts: [Part], _ readings: [[Meter.Reading]]) {
    func middle(_ index: Int, _ value: (Meter.Reading) -> Double) -> Double {
      readings[index].map(value).sorted()[readings[index].count / 2]
    }
    print("| part | ns | ±% | allocations | ns up to here | allocations up to here |")
    print("|---|---:|---:|---:|---:|---:|")
    for (index, part) in parts.enumerated() {
      let times = readings[index].map(\.nanoseconds)
      let (all, most, least) = (middle(index, \.nanoseconds), times.max() ?? 0, times.min() ?? 0)
      let allocations = middle(index, \.allocations)
      let base = part.base.flatMap { name in parts.firstIndex { $0.name == name } }
      let own = base.map { all - middle($0, \.nanoseconds) } ?? all
      let ownAllocations = base.map { allocations - middle($0, \.allocations) } ?? allocations
      print(
        "| \(part.name) | \(Int(own)) | \(Int((most - least) / 2 / all * 100)) |"
          + " \(Int(ownAllocations.rounded())) | \(Int(all)) | \(Int(allocations.rounded())) |")
    }
  }
}

/// Tokens that a verifier has not seen.
private final class Cold {
  private let stages: Stages
  private let directory: KnownDirectory
  private let contexts: [ServerContext]
  private let message: MessageBytes
  private var handler: RegisteredMethod.UnaryHandler?

  init(
    stages: Stages, directory: KnownDirectory, contexts: [ServerContext], message: MessageBytes
  ) {
    self.stages = stages
    self.directory = directory
    self.contexts = contexts
    self.message = message
  }

  func call(_ index: Int) async throws {
    if index == 0 { handler = try stages.method(directory: directory) { _ in } }
    _ = try await handler?(message, contexts[index])
  }
}
