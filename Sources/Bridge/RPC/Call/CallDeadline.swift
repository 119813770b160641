/// The deadline of the call that the current task serves. Calls made from the task, and from its
/// child tasks, end no later.
///
/// An unstructured task, made by `Task { }`, inherits it too. One that works for more than the call
/// that happens to start it, such as a fetch that many callers wait for, or that outlives the call,
/// frees itself:
///
/// ```swift
/// Task { try await CallDeadline.none { try await fetch() } }
/// ```
public enum CallDeadline {
  /// When the caller stops waiting; nil where nobody said so.
  @TaskLocal public static var current: ContinuousClock.Instant?

  /// Runs work that no call's deadline ends.
  public static func none<Result>(
    _ work: () async throws -> Result
  ) async rethrows -> Result {
    try await $current.withValue(nil, operation: work)
  }
}
