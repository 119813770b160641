import GeneratedOptions
import RPC

/// Where a caller stands with one of its limits.
struct RateStanding: Sendable {
  /// Whose limit it is.
  enum Owner: Sendable { case caller, tenant }

  let cost: Artel_Options_V1_CostClass
  let owner: Owner
  let rate: ArrivalRate
  let backlog: Int64

  /// Calls that are still free.
  var remaining: Int64 { rate.remaining(backlog) }

  /// Whether half of the burst is used: from then on answers say so. Before, nobody needs to know,
  /// and nothing is written on the way of every call.
  var isWorthSaying: Bool { backlog > rate.depth / 2 }

  /// Says it as `RateLimit` and `RateLimit-Policy` do (draft-ietf-httpapi-ratelimit-headers): a
  /// policy has a quota of calls in a window, which is the burst and the time that it takes to come
  /// back; what remains is there now, and the quota is whole again in `t` seconds.
  func write(to metadata: inout Metadata) {
    metadata.add(
      "\"\(name)\";r=\(remaining);t=\(Self.seconds(backlog))", for: "ratelimit")
    metadata.add(
      "\"\(name)\";q=\(rate.depth / rate.interval);w=\(max(1, Self.seconds(rate.depth)))",
      for: "ratelimit-policy")
  }

  /// The refusal of a call: when to come back, and by which limit.
  func refusal(_ verdict: ArrivalVerdict) -> RPCError {
    var error = RPCError(
      code: .resourceExhausted, reason: "RATE_LIMITED", message: "too many calls",
      retryAfter: .seconds(max(1, Self.seconds(verdict.wait(rate)))))
    write(to: &error.metadata)
    return error
  }

  private var name: String {
    let cost =
      switch cost {
      case .high: "high"
      case .medium: "medium"
      case .telemetry: "telemetry"
      default: "low"
      }
    return owner == .tenant ? "tenant-\(cost)" : cost
  }

  private static func seconds(_ nanoseconds: Int64) -> Int64 {
    (nanoseconds + 999_999_999) / 1_000_000_000
  }
}
