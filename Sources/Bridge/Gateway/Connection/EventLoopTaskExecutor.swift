import NIOCore

/// Runs the tasks of handlers on the event loop of the connection that they answer.
///
/// A handler that never suspends answers inside the read that brought its request; one that does
/// comes back to the same thread, where the connection's state is.
final class EventLoopTaskExecutor: TaskExecutor {
  let eventLoop: any EventLoop

  init(eventLoop: any EventLoop) { self.eventLoop = eventLoop }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    eventLoop.execute {
      job.runSynchronously(on: self.asUnownedTaskExecutor())
    }
  }
}

extension EventLoopTaskExecutor {
  /// Runs a handler on the loop's thread. From there, it begins at once.
  func launch(_ operation: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
    Task.immediate(executorPreference: self) { await operation() }
  }
}
