import Logging
import ServiceLifecycle
import Storage
import Synchronization

/// Tries the key of keys now and then, where it is in a token: a process holds unwrapped keys for
/// minutes, and would tell nobody that the token behind them is gone until calls fail.
final class KeyOfKeysWatch: Service {
  private static let pause: Duration = .seconds(5)
  /// Behind a failure: whoever put the token back waits for this.
  private static let pauseBehindFailure: Duration = .seconds(1)

  private let vault: TenantVault
  private let logger: Logger
  private let usable = Atomic(true)

  /// - Parameter vault: whose key of keys is in a token.
  init(vault: TenantVault, logger: Logger) {
    self.vault = vault
    self.logger = logger
  }

  /// Whether the last try succeeded; true before the first one, since the start has tried it.
  var isUsable: Bool { usable.load(ordering: .relaxed) }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await self.look()
        try? await Task.sleep(for: self.isUsable ? Self.pause : Self.pauseBehindFailure)
      }
    }
  }

  private func look() async {
    var failure: (any Error)?
    do { try await vault.tryKeyOfKeys() } catch { failure = error }
    guard !Task.isCancelled else { return }
    let before = usable.exchange(failure == nil, ordering: .relaxed)
    if let failure, before {
      logger.error("the key of keys cannot be used", metadata: ["error": "\(failure)"])
    } else if failure == nil, !before {
      logger.notice("the key of keys can be used again")
    }
  }
}
