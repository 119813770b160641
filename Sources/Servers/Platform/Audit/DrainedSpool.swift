import Dispatch
import Storage
import Synchronization

/// A spool that is written to the database, and waited for nowhere that calls run.
protocol DrainedSpool: Sendable {
  /// Files of which everything is written but entries that are held.
  var heldSegments: HeldSegments { get }
  func onDisk<R: Sendable>(_ body: @escaping @Sendable (Spool) throws -> R) async throws -> R
}

extension AuditWriter: DrainedSpool {}

/// Files of a spool that wait for keys.
final class HeldSegments: Sendable {
  private let segments = Mutex<Set<Spool.Segment>>([])

  func contains(_ segment: Spool.Segment) -> Bool { segments.withLock { $0.contains(segment) } }

  func add(_ segment: Spool.Segment) { segments.withLock { _ = $0.insert(segment) } }

  /// Forgets those that are no more.
  func keep(_ present: [Spool.Segment]) { segments.withLock { $0.formIntersection(present) } }
}

/// A spool of a process that is no more.
final class AbandonedSpool: DrainedSpool {
  let heldSegments = HeldSegments()
  private let spool: Mutex<Spool>
  private let disk = DispatchQueue(label: "artel.audit.abandoned")

  /// Takes a spool; nil where somebody has it, or nothing waits there.
  ///
  /// - Throws: `SpoolError` where the disk refuses.
  init?(_ folder: String) throws {
    do {
      // Nothing is added to it.
      let spool = try Spool(folder: folder, limit: 0)
      guard spool.size > 0 else { return nil }
      self.spool = Mutex(spool)
    } catch let error where error.code == .taken {
      return nil
    }
  }

  func onDisk<R: Sendable>(
    _ body: @escaping @Sendable (Spool) throws -> R
  ) async throws -> R {
    try await withCheckedThrowingContinuation { continuation in
      disk.async { [self] in
        continuation.resume(with: Result { try spool.withLock { try body($0) } })
      }
    }
  }
}
