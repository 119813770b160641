import Pipeline

/// The keys of a tenant's own issuer, from the database.
///
/// A key that another process has just made is found within `pause`; without the database the keys
/// count for as long as a token lives, since whoever verified a token before goes on anyway.
final class LocalKeySet: KeySetSource {
  private struct Keys: Sendable {
    let keys: [PublicSigningKey]
    let json: String
  }

  private static var schedule: RefreshingValue<Keys>.Schedule {
    .init(
      life: .seconds(60), keep: .seconds(600), pause: .seconds(5), pauseWithoutValue: .seconds(1))
  }

  private let value: RefreshingValue<Keys>

  init(
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
    load: @escaping @Sendable () async throws -> [PublicSigningKey]
  ) {
    value = RefreshingValue(schedule: Self.schedule, now: now) {
      let keys = try await load()
      return Keys(keys: keys, json: try PublicSigningKey.keySet(of: keys))
    }
  }

  func keySet(refresh: Bool) async throws -> String { try await value.value(refresh: refresh).json }

  func keys(refresh: Bool) async throws -> [PublicSigningKey] {
    try await value.value(refresh: refresh).keys
  }
}
