/// The deadline of the call that the current task serves. Calls made from the task, and from its
/// child tasks, end no later.
public enum CallDeadline {
  /// When the caller stops waiting; nil where nobody said so.
  @TaskLocal public static var current: ContinuousClock.Instant?
}
