public import Pipeline
public import Redis

/// Adds up in Redis what callers have spent at all processes.
public struct RedisRates: RateExchange {
  private let client: RedisClient

  /// Takes a client; the connection is made with the first exchange.
  public init(_ client: RedisClient) { self.client = client }

  public func add(_ reports: [RateReport]) async throws -> [Int64] {
    // Without any, whether somebody is there.
    let answer = try await client.evaluate(
      Self.script, keys: reports.map(\.key),
      arguments: reports.flatMap { ["\($0.cost)", "\($0.depth)"] })
    guard case .array(let values) = answer, values.count == reports.count else {
      throw RedisError.protocolBroken
    }
    return try values.map { value in
      guard case .integer(let backlog) = value else { throw RedisError.protocolBroken }
      return backlog
    }
  }

  /// Of each key the time when the next call is due, in microseconds by Redis' clock: all processes
  /// have one clock, and what is due is forgotten. A time that no bursts explain was written by another
  /// clock, or by somebody else: one burst is taken for it. What is no number is none.
  private static let script: StaticString = """
    local t = redis.call('TIME')
    local now = t[1] * 1000000 + t[2]
    local ahead = {}
    for i, key in ipairs(KEYS) do
      local cost, depth = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
      local held = redis.pcall('GET', key)
      local due = math.max(type(held) == 'string' and tonumber(held) or 0, now)
      if not (due <= now + 8 * depth) then due = now + depth end
      due = due + cost
      redis.call('SET', key, string.format('%.0f', due), 'PX',
        math.ceil((due - now) / 1000) + 1000)
      ahead[i] = due - now
    end
    return ahead
    """
}
