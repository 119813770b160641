import CPostgres
import Glibc
import Synchronization

/// One thread that owns connections: it waits for all of their sockets at once, sends what callers
/// submit and resumes them with the answers. Pools and listeners share one.
public final class PostgresReactor: Sendable {
  /// The reactor that pools use unless told otherwise; lives as long as the process.
  public static let shared = PostgresReactor()

  private struct Inbox {
    var commands: [Command] = []
    var isStopped = false
  }

  private let inbox = Mutex(Inbox())
  /// An eventfd; open as long as this object.
  private let bell: Int32
  private let lastID = Atomic<UInt64>(0)

  public init() {
    bell = eventfd(0, Int32(bitPattern: 0x80800))  // EFD_CLOEXEC | EFD_NONBLOCK
    precondition(bell >= 0, "the process has no file descriptor for a reactor")
    // The thread keeps the reactor alive until `stop`.
    Threads.start("pg-reactor") { [self] in
      // Everything below the loop is made here and never leaves this thread.
      ReactorLoop(self, bell: bell).run()
    }
  }

  deinit { Glibc.close(bell) }

  /// Ends all pools and listeners at once, and the thread. Callers that wait get `.shutDown` or, in
  /// the middle of a commit, `.commitUnknown`.
  public func stop() async {
    await withCheckedContinuation { continuation in
      if !post(.stop(continuation)) { continuation.resume() }
    }
  }

  func nextID() -> UInt64 { lastID.wrappingAdd(1, ordering: .relaxed).newValue }

  /// False when the reactor has stopped: the command is not taken.
  @discardableResult
  func post(_ command: sending Command) -> Bool {
    let count = inbox.withLock { inbox -> Int? in
      if inbox.isStopped { return nil }
      inbox.commands.append(command)
      return inbox.commands.count
    }
    // Only the first of a batch rings; outside, so that who wakes need not wait for the lock.
    if count == 1 { eventfd_write(bell, 1) }
    return count != nil
  }

  /// For the loop: everything posted since the last time.
  func takeCommands() -> [Command] {
    inbox.withLock { inbox in
      defer { inbox.commands = [] }
      return inbox.commands
    }
  }

  /// For the loop: refuses commands from now on and gives the last ones.
  func closeInbox() -> [Command] {
    inbox.withLock { inbox in
      inbox.isStopped = true
      defer { inbox.commands = [] }
      return inbox.commands
    }
  }

  /// For the loop: resets the bell.
  func silence() {
    var count: eventfd_t = 0
    eventfd_read(bell, &count)
  }
}
