/// The trace that the current task works for. Every call has one, whether or not spans are recorded:
/// its number is in the log's lines and in the answer's `x-request-id`.
public struct TraceScope: Sendable {
  /// The innermost span.
  public let context: SpanContext
  /// The same where spans are recorded; nil where they are not.
  public let span: Span?

  /// Creates a scope.
  public init(context: SpanContext, span: Span? = nil) {
    self.context = context
    self.span = span
  }

  /// The scope of the current task; nil outside of calls.
  @TaskLocal public static var current: TraceScope?

  /// Does something as a span of its own, where spans are recorded: in a child of the current span.
  ///
  /// - Parameters:
  ///   - name: Of few values: no path, no identifier.
  ///   - work: Gets the span, to say more of it.
  public static func span<Result>(
    _ name: @autoclosure () -> String, _ kind: Span.Kind,
    _ work: (Span?) async throws -> Result
  ) async throws -> Result {
    guard let parent = current?.span else { return try await work(nil) }
    let span = parent.child(name(), kind)
    do {
      let result = try await $current.withValue(TraceScope(context: span.context, span: span)) {
        try await work(span)
      }
      span.end()
      return result
    } catch {
      span.fail("\(type(of: error))")
      span.end()
      throw error
    }
  }
}
