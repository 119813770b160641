internal import CGRPC
internal import Glibc

/// A detached thread for work that blocks.
enum OSThread {
  private final class Body: Sendable {
    let name: String
    let run: @Sendable () -> Void
    init(_ name: String, _ run: @escaping @Sendable () -> Void) {
      self.name = name
      self.run = run
    }
  }

  /// Runs `body` on a new thread; the name has 15 characters at most.
  static func run(named name: String, _ body: @escaping @Sendable () -> Void) {
    let retained = Unmanaged.passRetained(Body(name, body))  // Released by the thread.
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { argument in
        let body = Unmanaged<Body>.fromOpaque(argument!).takeRetainedValue()
        artel_name_thread(body.name)
        body.run()
        return nil
      }, retained.toOpaque())
    precondition(status == 0, "a thread cannot be started: \(status)")
    pthread_detach(thread)
  }
}
