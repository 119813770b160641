import Logging
import ServiceLifecycle
import Storage

/// Looks several times a second whether keys were destroyed, so that no call has to (S-H4).
struct VaultWatch: Service {
  private static let pause: Duration = .milliseconds(300)

  let vault: TenantVault
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var fails = false
      while !Task.isCancelled {
        do {
          try await vault.refresh()
          if fails { logger.notice("the key store answers again") }
          fails = false
        } catch {
          // Calls that need keys ask for themselves, and fail where they cannot.
          if !fails, !Task.isCancelled {
            logger.error("the key store does not answer", metadata: ["error": "\(error)"])
          }
          fails = true
        }
        try? await Task.sleep(for: Self.pause)
      }
    }
  }
}
