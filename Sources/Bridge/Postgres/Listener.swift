public import Logging

/// A message that `NOTIFY` or `pg_notify` sent.
public struct PostgresNotification: Sendable, Hashable {
  public let channel: String
  public let payload: String

  public init(channel: String, payload: String) {
    self.channel = channel
    self.payload = payload
  }
}

/// Listens to channels on a connection of its own, and reconnects by itself.
public final class PostgresListener: Sendable {
  /// What a listener hears.
  public enum Event: Sendable, Hashable {
    /// Listening begins, or begins again: notifications sent in between are lost, so whoever waits
    /// for changes has to look for them now.
    case connected
    case notification(PostgresNotification)
  }

  /// What is heard from now on, for one consumer. When it is slower than the notifications, the
  /// oldest are dropped.
  public let events: AsyncStream<Event>
  private let reactor: PostgresReactor
  private let id: ConnectionID

  /// - Parameters:
  ///   - channels: names of lower-case letters, digits and underscores.
  /// - Throws: `.invalidParameter` for any other name.
  public init(
    _ configuration: PostgresConfiguration, channels: [String],
    reactor: PostgresReactor = .shared, logger: Logger = Logger(label: "artel.postgres")
  ) throws(PostgresError) {
    for channel in channels where !Self.isValid(channel) {
      throw PostgresError(code: .invalidParameter, diagnostic: "a channel's name is not valid")
    }
    let (stream, continuation) = AsyncStream.makeStream(
      of: Event.self, bufferingPolicy: .bufferingNewest(1024))
    events = stream
    self.reactor = reactor
    let id = reactor.nextID()
    self.id = id
    let plan = ListenerPlan(
      configuration: configuration, channels: channels, logger: logger, continuation: continuation)
    continuation.onTermination = { _ in reactor.post(.closeListener(id)) }
    if !reactor.post(.openListener(id, plan)) { continuation.finish() }
  }

  deinit { reactor.post(.closeListener(id)) }

  /// Ends `events`.
  public func stop() { reactor.post(.closeListener(id)) }

  /// Part of an SQL text: nothing but plain names.
  private static func isValid(_ channel: String) -> Bool {
    (1...63).contains(channel.utf8.count)
      && channel.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
      }
  }
}

struct ListenerPlan: Sendable {
  let configuration: PostgresConfiguration
  let channels: [String]
  let logger: Logger
  let continuation: AsyncStream<PostgresListener.Event>.Continuation
}
