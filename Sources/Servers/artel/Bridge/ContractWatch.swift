import Foundation
import Gateway
import Logging
import RPC
import ServiceLifecycle
import UnixSignals

/// Keeps the served contracts those that there are: looks at intervals, and at every SIGHUP.
///
/// Contracts that cannot be served are logged, once, and those before them stay.
struct ContractWatch: Service {
  let settings: BridgeSettings
  let client: RPCClient
  let gateway: Gateway
  let signals: UnixSignalsSequence
  let first: Contracts
  let logger: Logger

  private enum Reason {
    case time
    case signal
  }

  func run() async throws {
    let (reasons, tell) = AsyncStream<Reason>.makeStream(bufferingPolicy: .bufferingNewest(8))
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for await _ in signals { tell.yield(.signal) }
      }
      if let interval = settings.refresh {
        group.addTask {
          while (try? await Task.sleep(for: interval)) != nil { tell.yield(.time) }
        }
      }
      group.addTask { await follow(reasons) }
      // Cancellation is an end like any other.
      try? await gracefulShutdown()
      group.cancelAll()
    }
  }

  private func follow(_ reasons: AsyncStream<Reason>) async {
    var served = first.identity
    var files = FileStamps(settings)
    // Said once for each fault that stays, and not at every look.
    var refused = ""
    for await reason in reasons {
      if reason == .time, !files.haveSettled(settings) { continue }
      do {
        let found = try await Contracts.load(settings, client)
        refused = ""
        guard found.identity != served else {
          if reason == .signal { logger.notice("the contracts are the same") }
          continue
        }
        for note in found.notes { logger.warning("\(note)") }
        try await gateway.replace(
          schema: found.schema, methods: found.methods, documents: found.documents)
        served = found.identity
        logger.notice("other contracts are served", metadata: ["methods": "\(found.methods.count)"])
      } catch {
        guard reason == .signal || "\(error)" != refused else { continue }
        refused = "\(error)"
        logger.error("the new contracts are not served", metadata: ["error": "\(error)"])
      }
    }
  }
}

/// When files were written, so that they are read only where that has changed.
private struct FileStamps {
  private struct Stamp: Equatable {
    var modified: Date?
    var size: Int?
    var inode: Int?
  }

  private var read: [Stamp]
  private var seen: [Stamp]

  init(_ settings: BridgeSettings) {
    read = Self.stamps(settings)
    seen = read
  }

  /// Whether the files are others than those that were read, and the same as at the look before: a
  /// file that is being written is left alone. What is asked by reflection is always worth a look.
  mutating func haveSettled(_ settings: BridgeSettings) -> Bool {
    guard case .files = settings.contracts else { return true }
    let now = Self.stamps(settings)
    defer { seen = now }
    guard now != read, now == seen else { return false }
    read = now
    return true
  }

  private static func stamps(_ settings: BridgeSettings) -> [Stamp] {
    settings.files.map { path in
      // A file that is not there has no stamp, which is another than it had.
      let found = try? FileManager.default.attributesOfItem(
        atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
      return Stamp(
        modified: found?[.modificationDate] as? Date, size: found?[.size] as? Int,
        inode: found?[.systemFileNumber] as? Int)
    }
  }
}
