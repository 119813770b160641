internal import CGRPC
internal import Glibc
internal import Synchronization

/// One completion queue, the thread that polls it, and the executor that runs on that thread.
///
/// The handlers of the calls bound to the queue run on its thread: a call is read, handled and
/// answered without a hop. A job that comes from another thread goes through an inbox; only the
/// first one into an empty inbox wakes the thread, by an empty batch on a call of a lame channel.
///
/// Safe: `local` and `afterthoughts` are touched by the polling thread alone; everything else is
/// constant after `start` or guarded by `inbox`.
final class CompletionLoop: TaskExecutor, @unchecked Sendable {
  /// Has something to do where nothing more has come.
  protocol Afterthought: AnyObject {
    /// Nothing has come behind the completion in which the loop was asked, or much else has.
    func loopIsQuiet()
  }

  private struct Inbox {
    var jobs: [UnownedJob] = []
    /// The thread runs and will look into the inbox before it sleeps.
    var awake = true
    var closed = false
  }

  /// How many jobs run before completions are looked at again.
  private static let budget = 64

  /// How many afterthoughts wait for quiet at most.
  private static let patience = 64

  let queue: OpaquePointer
  private let library: Library
  private let inbox = Mutex(Inbox())
  private let kickCall: OpaquePointer
  private let kickChannel: OpaquePointer
  private var thread = pthread_t()
  private let started = Atomic<Bool>(false)
  private var local: [UnownedJob] = []
  private var afterthoughts: [any Afterthought] = []

  init(library: Library) {
    self.library = library
    queue = grpc_completion_queue_create_for_next(nil)
    kickChannel = grpc_lame_client_channel_create("kick", GRPC_STATUS_UNAVAILABLE, "kick")
    let path = CoreMetadata.slice("/kick")
    defer { grpc_slice_unref(path) }  // The call keeps its own reference.
    kickCall = grpc_channel_create_call(
      kickChannel, nil, 0, queue, path, nil, gpr_inf_future(GPR_CLOCK_MONOTONIC), nil)
  }

  /// Starts the thread. It keeps the loop alive until `shutdown` has drained the queue.
  func start() {
    let retained = Unmanaged.passRetained(self)  // Released by the thread when it ends.
    let status = pthread_create(
      &thread, nil,
      { argument in
        let loop = Unmanaged<CompletionLoop>.fromOpaque(argument!).takeRetainedValue()
        loop.thread = pthread_self()
        artel_name_thread("rpc-loop")
        loop.started.store(true, ordering: .releasing)
        loop.run()
        return nil
      }, retained.toOpaque())
    precondition(status == 0, "a thread cannot be started: \(status)")
    while !started.load(ordering: .acquiring) { sched_yield() }
  }

  /// Ends the queue: no batch may be started on it from here on. Jobs that come later run on the
  /// global executor. Call it from another thread than the loop's, once every call is over.
  func shutdown() {
    inbox.withLock { $0.closed = true }
    grpc_call_unref(kickCall)
    grpc_channel_destroy(kickChannel)
    grpc_completion_queue_shutdown(queue)
    pthread_join(thread, nil)
    started.store(false, ordering: .releasing)  // The thread's number may be another's from now on.
    grpc_completion_queue_destroy(queue)
  }

  /// Whether the caller runs on the loop's thread.
  var isCurrent: Bool {
    started.load(ordering: .acquiring) && pthread_equal(pthread_self(), thread) != 0
  }

  /// Calls back before the thread sleeps, behind the completions that have come already. Called on
  /// the loop's thread.
  func whenQuiet(_ afterthought: any Afterthought) { afterthoughts.append(afterthought) }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    if isCurrent {
      local.append(job)
      return
    }
    let closed = inbox.withLock { inbox -> Bool in
      guard !inbox.closed else { return true }
      inbox.jobs.append(job)
      // Kicked under the lock, so that the queue cannot be closed in between.
      if !inbox.awake { wake() }
      inbox.awake = true
      return false
    }
    if closed { globalConcurrentExecutor.enqueue(job) }
  }

  private func wake() {
    // The tag 0 names no target: the loop only wakes. The empty batch owns nothing.
    let error = artel_kick(kickCall, nil)
    precondition(error == GRPC_CALL_OK, "the loop cannot be woken: \(error)")
  }

  private func run() {
    while true {
      runLocal()
      let idle = takeInbox()
      let event = artel_next(queue, idle && afterthoughts.isEmpty ? 1 : 0)
      switch event.type {
      case GRPC_OP_COMPLETE:
        if let tag = event.tag { CompletionTarget.deliver(tag, ok: event.success != 0) }
        if afterthoughts.count >= Self.patience { think() }
      case GRPC_QUEUE_SHUTDOWN:
        drain()
        return
      default: think()
      }
    }
  }

  /// Nothing has come.
  private func think() {
    let due = afterthoughts
    afterthoughts.removeAll(keepingCapacity: true)
    for afterthought in due { afterthought.loopIsQuiet() }
  }

  /// Runs jobs in their order, at most the budget.
  private func runLocal() {
    guard !local.isEmpty else { return }
    let executor = asUnownedTaskExecutor()
    var index = 0
    while index < local.count && index < Self.budget {
      let job = local[index]
      index += 1
      unsafe job.runSynchronously(on: executor)
    }
    local.removeFirst(index)
  }

  /// Moves what other threads left into the local queue; true when there is nothing to run, and
  /// the next job from elsewhere has to wake the thread.
  private func takeInbox() -> Bool {
    inbox.withLock { inbox in
      if !inbox.jobs.isEmpty {
        local.append(contentsOf: inbox.jobs)
        inbox.jobs.removeAll(keepingCapacity: true)
      }
      inbox.awake = !local.isEmpty
      return local.isEmpty
    }
  }

  /// Gives what is left to the global executor: the thread ends.
  private func drain() {
    _ = takeInbox()
    for job in local { globalConcurrentExecutor.enqueue(job) }
    local.removeAll()
  }
}
