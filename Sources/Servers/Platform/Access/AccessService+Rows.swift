import GeneratedOptions
import Pipeline
import Storage

extension AccessService {
  /// Whether the caller's call reaches the resource that it would be about.
  func rows(
    of caller: Caller, _ rows: Artel_Options_V1_Rows, _ resource: String, as actor: Storage.Actor,
    _ deadline: ContinuousClock.Instant?
  ) async throws -> AccessFinding {
    let reach = caller.reach == .own ? "OWN" : "TENANT"
    guard !resource.isEmpty else {
      return AccessFinding(
        "ROWS", demanded: caller.reach == .own ? ["what is the person's own"] : [], held: [reach],
        remedy: "")
    }
    for domain in resources {
      guard let seen = try await domain.shows(resource, to: .init(caller), deadline: deadline)
      else { continue }
      if seen {
        // Where the method decides, to see is not all.
        return AccessFinding(
          "ROWS", demanded: rows == .decided && !caller.principal.isClient ? [] : [resource],
          held: [reach], remedy: "")
      }
      let exists = try await domain.shows(resource, to: actor, deadline: deadline) ?? false
      return AccessFinding(
        "ROWS", demanded: [resource], held: [reach], reason: "RESOURCE_NOT_FOUND",
        remedy: exists
          ? "it is not the person's own: make the person a member of what it belongs to"
          : "there is no such resource in the tenant")
    }
    return AccessFinding("ROWS", demanded: [], held: [reach], remedy: "")
  }
}
