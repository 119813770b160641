import Dispatch
import Pipeline
import RPC
import Synchronization

/// Runs key derivations: few at a time, since each takes 16 MiB and 50 ms of a core, and on threads
/// of their own, since the callers' threads serve everybody else's calls.
///
/// Those who wait take turns by where they come from, however much each asks for; and when the line is
/// full, who has nothing in it takes the last place of who has most. So a flood from one place waits
/// behind itself.
final class DerivationQueue: Sendable {
  fileprivate struct Job: Sendable {
    let id: UInt64
    let deadline: ContinuousClock.Instant
    /// Runs the work, or fails with what keeps it from being run.
    let run: @Sendable (_ refusal: (any Error)?) -> Void
  }

  /// Those who wait, by where they come from.
  fileprivate struct Lines {
    var running = 0
    var count = 0
    var jobs: [String: [Job]] = [:]
    /// Whose turn it is: each origin once.
    var turns: [String] = []
    var nextID: UInt64 = 0
  }

  /// How many of one origin may wait.
  static let depthOfOrigin = 8

  private let width: Int
  private let depth: Int
  private let threads = DispatchQueue(label: "artel.derivation", attributes: .concurrent)
  private let lines = Mutex(Lines())

  /// How many wait.
  var waiting: Int { lines.withLock { $0.count } }

  /// - Parameters:
  ///   - width: how many run at once.
  ///   - depth: how many more may wait.
  init(width: Int = 2, depth: Int = 64) {
    self.width = width
    self.depth = depth
  }

  /// Runs work when there is room.
  ///
  /// - Parameter origin: whom it is for: the network that an unknown caller is in, or a tenant.
  /// - Throws: what the work throws, or `RPCError`: RESOURCE_EXHAUSTED where too many wait already,
  ///   DEADLINE_EXCEEDED where the turn came too late; `CancellationError` where the caller has gone.
  ///   The work has not run then.
  func run<R: Sendable>(
    for origin: String, deadline: ContinuousClock.Instant,
    _ work: @escaping @Sendable () throws -> R
  ) async throws -> R {
    let id = lines.withLock { lines in
      lines.nextID += 1
      return lines.nextID
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let job = Job(id: id, deadline: deadline) { refusal in
          continuation.resume(with: refusal.map { .failure($0) } ?? Result { try work() })
        }
        // One that was cancelled before it waits is run for nobody, at worst.
        admit(job, of: origin)
      }
    } onCancel: {
      lines.withLock { $0.remove(id, of: origin) }?.run(CancellationError())
    }
  }

  private func admit(_ job: Job, of origin: String) {
    let (starts, refused) = lines.withLock { lines -> (Bool, Job?) in
      if lines.running < width {
        lines.running += 1
        return (true, nil)
      }
      guard lines.jobs[origin]?.count ?? 0 < Self.depthOfOrigin else { return (false, job) }
      var refused: Job?
      if lines.count >= depth {
        guard lines.jobs[origin] == nil, let last = lines.removeLastOfLongest() else {
          return (false, job)
        }
        refused = last
      }
      lines.append(job, of: origin)
      return (false, refused)
    }
    if starts { start(job) }
    refused?.run(Self.full)
  }

  private func start(_ job: Job) {
    threads.async {
      job.run(job.deadline <= .now ? Self.late : nil)
      let next = self.lines.withLock { lines -> Job? in
        let next = lines.removeFirst()
        if next == nil { lines.running -= 1 }
        return next
      }
      if let next { self.start(next) }
    }
  }

  private static let full = RPCError(
    code: .resourceExhausted, reason: "TOO_MANY_ATTEMPTS",
    message: "too many authenticate at this moment", retryAfter: .seconds(1))

  private static let late = RPCError(
    code: .deadlineExceeded, reason: "DEADLINE_EXCEEDED",
    message: "the caller could not be authenticated in time")
}

extension DerivationQueue.Lines {
  fileprivate mutating func append(_ job: DerivationQueue.Job, of origin: String) {
    if jobs[origin] == nil { turns.append(origin) }
    jobs[origin, default: []].append(job)
    count += 1
  }

  /// The next of whose turn it is, which comes to the end of the turns.
  fileprivate mutating func removeFirst() -> DerivationQueue.Job? {
    guard let origin = turns.first, let job = jobs[origin]?.first else { return nil }
    turns.removeFirst()
    jobs[origin]?.removeFirst()
    count -= 1
    if jobs[origin]?.isEmpty ?? true {
      jobs[origin] = nil
    } else {
      turns.append(origin)
    }
    return job
  }

  /// Nil where nobody has more than one.
  fileprivate mutating func removeLastOfLongest() -> DerivationQueue.Job? {
    guard let longest = jobs.max(by: { $0.value.count < $1.value.count }), longest.value.count > 1
    else { return nil }
    count -= 1
    return jobs[longest.key]?.removeLast()
  }

  fileprivate mutating func remove(_ id: UInt64, of origin: String) -> DerivationQueue.Job? {
    guard let index = jobs[origin]?.firstIndex(where: { $0.id == id }) else { return nil }
    let job = jobs[origin]?.remove(at: index)
    count -= 1
    if jobs[origin]?.isEmpty ?? true {
      jobs[origin] = nil
      turns.removeAll { $0 == origin }
    }
    return job
  }
}
