import Glibc

/// A thread for one call that blocks.
enum BlockingThread {
  private final class Work {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Enough for the system's questions, which take files of some kilobytes on their stack.
  private static let stackBytes = 512 << 10

  /// Runs `body` on a thread that ends with it.
  ///
  /// - Parameter otherwise: Called at once, with the system's error, where there is no thread.
  static func run(
    _ body: @escaping @Sendable () -> Void, otherwise: (CInt) -> Void
  ) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(&attributes, stackBytes)
    // Released by the thread, or below where there is none.
    let work = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, &attributes,
      { pointer in
        if let pointer { Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    guard code != 0 else { return }
    work.release()
    otherwise(code)
  }
}
