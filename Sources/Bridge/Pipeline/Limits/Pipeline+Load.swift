/// How busy a pipeline is, for metrics.
public struct PipelineLoad: Sendable {
  /// How many calls run in it.
  public var runningCalls: Int
  /// How many may.
  public var callLimit: Int
  /// Whether limits are this process's alone, because others cannot be asked.
  public var isAlone: Bool
}

extension Pipeline {
  /// How busy it is now.
  public var load: PipelineLoad {
    PipelineLoad(
      runningCalls: shedder.runningCalls, callLimit: shedder.currentLimit,
      isAlone: limiter.isAlone.load(ordering: .relaxed))
  }
}
