import Logging
import RPC
import Telemetry

/// The process's log: lines of JSON on standard error, the gRPC core's own among them.
enum ProcessLog {
  /// Starts it, once.
  static func start(levels: LogLevels) -> Logger {
    LoggingSystem.bootstrap { label in
      JSONLogHandler(
        label: label, level: levels.level(of: label), write: StandardStreams.log.write)
    }
    let core = Logger(label: "grpc.core")
    CoreLog.redirect { severity, message in
      switch severity {
      case .debug: core.debug("\(message)")
      case .info: core.info("\(message)")
      // A peer's failed handshake, mostly: nothing that an operator has to be woken for.
      case .error: core.warning("\(message)")
      }
    }
    return Logger(label: "artel")
  }
}
