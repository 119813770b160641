import Logging
import Pipeline
import Platform
import Redis
import ServiceLifecycle

/// Shares the limits of callers with other processes, as long as this one serves.
struct LimitSharing: Service {
  private let client: RedisClient
  private let sharing: RateSharing

  init(_ pipeline: Pipeline, _ settings: ServerSettings.Sharing) {
    client = RedisClient(settings.redis)
    sharing = RateSharing(
      pipeline, over: RedisRates(client), logger: Logger(label: "artel.limits"))
  }

  func run() async throws {
    await cancelWhenGracefulShutdown { await sharing.run() }
    await client.close()
  }
}
