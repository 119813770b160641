import Dispatch
import Synchronization

/// A client of a Redis server, for whoever can do without one: a command is answered in time or
/// fails, nothing is tried twice, and the next command connects anew.
///
/// One connection, on a thread of its own: a server that hangs holds up nothing but its commands,
/// which wait for one another. A name that nobody resolves holds up the thread, and no command for
/// longer than its time.
public final class RedisClient: Sendable {
  private let configuration: RedisConfiguration
  private let queue = DispatchQueue(label: "artel.redis")
  /// Locked by the queue alone.
  private let connection = Mutex<RedisConnection?>(nil)

  /// Runs before a connection is made; for tests.
  private let willConnect: @Sendable () -> Void

  /// Connects nothing yet.
  public convenience init(_ configuration: RedisConfiguration) {
    self.init(configuration, willConnect: {})
  }

  init(_ configuration: RedisConfiguration, willConnect: @escaping @Sendable () -> Void) {
    self.configuration = configuration
    self.willConnect = willConnect
  }

  /// Runs a command, such as `["GET", "key"]`.
  public func command(_ arguments: [[UInt8]]) async throws(RedisError) -> RedisValue {
    let late = Result<RedisValue, RedisError>.failure(.unreachable("no answer in time"))
    let result = await inTime(late) { isAwaited in
      // Nobody wants it any more: it waited behind one that had no answer.
      isAwaited() ? self.perform(arguments) : late
    }
    return try result.get()
  }

  /// Runs work on the connection's thread, and goes on without it when its time is over.
  private func inTime<Value: Sendable>(
    _ late: Value, _ body: @escaping @Sendable (_ isAwaited: () -> Bool) -> Value
  ) async -> Value {
    await withCheckedContinuation { continuation in
      let answer = RedisAnswer(continuation)
      // To connect, to run the command, and as much again for what is before it.
      let patience = configuration.timeout * 4 / .nanoseconds(1)
      DispatchQueue.global().asyncAfter(deadline: .now() + .nanoseconds(Int(patience))) {
        answer.give(late)
      }
      queue.async { answer.give(body { answer.isAwaited }) }
    }
  }

  /// Runs a script (Lua) over keys.
  public func evaluate(
    _ script: StaticString, keys: [String], arguments: [String]
  ) async throws(RedisError) -> RedisValue {
    try await command(
      (["EVAL", "\(script)", "\(keys.count)"] + keys + arguments).map { Array($0.utf8) })
  }

  /// Ends the connection: where one hangs, as soon as it does so no more.
  public func close() async {
    await inTime(()) { _ in self.connection.withLock { $0 = nil } }
  }

  private func perform(_ arguments: [[UInt8]]) -> Result<RedisValue, RedisError> {
    connection.withLock { connection in
      do throws(RedisError) {
        let open: RedisConnection
        if let connection {
          open = connection
        } else {
          willConnect()
          open = try RedisConnection(configuration)
        }
        connection = nil
        do throws(RedisError) {
          let value = try open.perform(arguments)
          connection = open
          return .success(value)
        } catch {
          // The server has answered: the connection is good.
          if case .refused = error { connection = open }
          throw error
        }
      } catch {
        return .failure(error)
      }
    }
  }
}
