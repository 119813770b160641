import Dispatch

/// Runs a test whose socket calls block on a thread of its own: blocked in the shared pool, it
/// would keep other tasks from running.
final class ThreadExecutor: TaskExecutor {
  private let queue = DispatchQueue(label: "test")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
