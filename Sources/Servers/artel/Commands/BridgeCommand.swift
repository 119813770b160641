public import ArgumentParser
import Gateway
public import Logging
import RPC
import ServiceLifecycle
import Telemetry
import UnixSignals

/// `artel bridge`: REST/JSON in front of any gRPC server, by its contracts.
struct BridgeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bridge",
    abstract: "Serves any gRPC server's methods as REST/JSON, by their google.api.http rules.",
    discussion: """
      The contracts come from descriptor sets (protoc --include_imports --descriptor_set_out) or \
      from the server's reflection, and are read anew when they change and at SIGHUP; running \
      requests end with those that they began with. GET /healthz answers while the process lives.

      Prints one line of JSON when it serves. Ends on SIGTERM and SIGINT, when the requests that \
      run are over.
      """)

  @OptionGroup(title: "Contracts") var contracts: ContractOptions
  @OptionGroup(title: "Upstream") var upstream: UpstreamOptions
  @OptionGroup(title: "Door") var door: DoorOptions
  @Option(help: "How much is logged: trace, debug, info, notice, warning, error or critical.")
  var logLevel: Logger.Level = .info

  private struct Ready: Encodable {
    let ready: Bool
    let rest: String
    let services: [String]
  }

  func run() async throws {
    let settings = try settings()
    let logger = ProcessLog.start(levels: LogLevels(logLevel))
    // Before anybody is told that the process is ready: SIGHUP would end it.
    let signals = await UnixSignalsSequence(trapping: .sighup)
    let bridge = try await Bridge(settings, signals: signals)
    let scheme = settings.gateway.tls == nil ? "http" : "https"
    let address = try await bridge.start()
    let ready = Ready(ready: true, rest: "\(scheme)://\(address)", services: bridge.services)
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: (bridge.running + [Announcement(ready: ready)]).map { .init(service: $0) },
        gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    try await group.run()
  }

  /// Everything that was asked for.
  ///
  /// - Throws: `SettingsError` with all that is wrong with it.
  private func settings() throws -> BridgeSettings {
    var problems: [String] = []
    func checked<Value>(_ value: () throws -> Value) -> Value? {
      do {
        return try value()
      } catch let error as SettingsError {
        problems += error.problems
      } catch {
        problems.append("\(error)")
      }
      return nil
    }
    let source = checked(contracts.source)
    let client = checked(upstream.configuration)
    let gateway = checked(door.configuration)
    if let gateway, let problem = upstream.problem(listeningOn: gateway.host) {
      problems.append(problem)
    }
    guard problems.isEmpty, let source, let client, var gateway else {
      throw SettingsError(problems: problems)
    }
    gateway.maxBodyBytes = upstream.maxMessageBytes
    return BridgeSettings(
      contracts: source, rulesFile: contracts.rules,
      services: contracts.service.isEmpty ? nil : Set(contracts.service),
      refresh: contracts.interval, mapsAll: door.autoMap,
      hasDocuments: !door.noDocuments, upstream: client, gateway: gateway)
  }

  private struct Announcement: Service {
    let ready: Ready

    func run() async throws {
      try Output.json(ready)
      try await gracefulShutdown()
    }
  }
}

extension Logger.Level: ExpressibleByArgument {}
