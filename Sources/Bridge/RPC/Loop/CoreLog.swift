internal import CGRPC
internal import Synchronization

/// What the core itself has to say: failed handshakes, bad frames. Without a receiver it writes
/// lines of its own form to standard error.
public enum CoreLog {
  /// How much a line matters.
  public enum Severity: Sendable {
    case debug
    case info
    case error
  }

  private static let receiver = Mutex<(@Sendable (Severity, String) -> Void)?>(nil)

  /// Sends the core's lines to a receiver, from now on and for the whole process.
  ///
  /// - Parameter receive: Called on any thread, also on those that serve calls, and while the core
  ///   or this library holds locks: it returns soon, makes no calls, and resumes no task.
  public static func redirect(to receive: @escaping @Sendable (Severity, String) -> Void) {
    receiver.withLock { $0 = receive }
    gpr_set_log_function { arguments in
      guard let arguments, let receive = CoreLog.receiver.withLock({ $0 }) else { return }
      let severity: Severity =
        switch arguments.pointee.severity {
        case GPR_LOG_SEVERITY_ERROR: .error
        case GPR_LOG_SEVERITY_INFO: .info
        default: .debug
        }
      // The message belongs to the core: it is copied here.
      receive(severity, String(cString: arguments.pointee.message))
    }
  }
}
