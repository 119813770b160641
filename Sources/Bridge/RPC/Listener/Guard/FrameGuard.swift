/// Limits.
struct FrameLimits: Sendable {
}
struct FrameGuard {
  enum Abuse: Sendable { case x }
  init(_ limits: FrameLimits) {}
  mutating func inspect(_ bytes: UnsafeRawBufferPointer) -> Abuse? { nil }
}
