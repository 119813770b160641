/// What a domain tells of its resources' visibility: asked under the policies that every call's
/// statements run under.
public protocol ResourceRows: Sendable {
  /// Whether the database shows the actor a resource; nil for a name that is not of this domain.
  func shows(
    _ name: String, to actor: Actor, deadline: ContinuousClock.Instant?
  ) async throws -> Bool?
}
