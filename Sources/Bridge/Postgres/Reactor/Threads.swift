import CPostgres
import Glibc
import Synchronization

/// Starts detached threads for what blocks or loops.
enum Threads {
  static func start(_ name: StaticString, _ body: @escaping @Sendable () -> Void) {
    // Retained here, released by the thread as it takes the closure.
    let box = Unmanaged.passRetained(Body(name: name, run: body))
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let body = Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
        body.name.withUTF8Buffer { name in
          name.withMemoryRebound(to: CChar.self) { name in
            if let name = name.baseAddress { artel_name_thread(name) }
          }
        }
        body.run()
        return nil
      }, box.toOpaque())
    precondition(failure == 0, "the process cannot start a thread")
    pthread_detach(thread)
  }

  private final class Body: Sendable {
    let name: StaticString
    let run: @Sendable () -> Void
    init(name: StaticString, run: @escaping @Sendable () -> Void) {
      self.name = name
      self.run = run
    }
  }

  /// Runs a blocking function on a thread of its own. The caller's task waits without a thread.
  static func run<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      start("pg-blocking") { continuation.resume(with: Result(catching: body)) }
    }
  }
}

/// Two threads for short blocking calls: cancel requests and look-ups of host names.
///
/// Two, because a server that does not answer holds one of them; what has to wait longer than the
/// grace of a cancelled statement loses its meaning when the connection is closed.
final class BlockingCalls: Sendable {
  static let shared = BlockingCalls()

  private let calls = Mutex<[@Sendable () -> Void]>([])
  /// A semaphore that counts `calls`.
  private let available: Int32

  private init() {
    available = eventfd(0, Int32(bitPattern: 0x80001))  // EFD_CLOEXEC | EFD_SEMAPHORE
    precondition(available >= 0, "the process has no file descriptor for a semaphore")
    for _ in 0..<2 {
      Threads.start("pg-cancel") { [self] in
        while true { next()() }
      }
    }
  }

  func submit(_ call: @escaping @Sendable () -> Void) {
    calls.withLock { $0.append(call) }
    eventfd_write(available, 1)
  }

  private func next() -> @Sendable () -> Void {
    while true {
      var count: eventfd_t = 0
      guard eventfd_read(available, &count) == 0 else { continue }  // EINTR
      if let call = calls.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return call }
    }
  }
}
