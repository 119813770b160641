import GeneratedGoogle
import RPC
import SwiftProtobuf
import Telemetry

/// What is measured of calls, made once for all methods.
struct CallMetrics: Sendable {
  let requests: MetricFamily<Counter>
  let durations: MetricFamily<Histogram>
  let running: MetricFamily<Gauge>
  let streams: MetricFamily<Gauge>
  let messages: MetricFamily<Counter>
  let sizes: MetricFamily<Histogram>
  let refusals: MetricFamily<Counter>

  init(_ registry: MetricRegistry) {
    requests = registry.counters(
      "artel_requests_total", "Calls that have ended, by door, method and gRPC code.",
      labels: ["door", "method", "code"], limit: 20_000)
    durations = registry.histograms(
      "artel_request_duration_seconds", "How long unary calls took, from door to door.",
      labels: ["door", "method"], buckets: .durations)
    running = registry.gauges(
      "artel_requests_in_flight", "Calls that run, streams too.", labels: ["door"])
    streams = registry.gauges("artel_streams_open", "Streams that are open.", labels: ["door"])
    messages = registry.counters(
      "artel_stream_messages_total", "Messages of streams.", labels: ["door", "direction"])
    sizes = registry.histograms(
      "artel_message_bytes", "Sizes of messages of calls that are no streams.",
      labels: ["door", "direction"], buckets: .sizes)
    refusals = registry.counters(
      "artel_refusals_total", "Calls that failed, by the reason that the caller was told.",
      labels: ["reason"], limit: 300)
  }

  /// Counts why a call failed.
  func refused(_ error: RPCError) {
    refusals.labeled(Self.reason(of: error) ?? error.code.name).increment()
  }

  /// The reason of the error's ErrorInfo.
  private static func reason(of error: RPCError) -> String? {
    guard !error.statusDetails.isEmpty,
      let status = try? Google_Rpc_Status(serializedBytes: error.statusDetails)
    else { return nil }
    let info = status.details.lazy.compactMap { try? Google_Rpc_ErrorInfo(unpackingAny: $0) }.first
    return info.map { String($0.reason.prefix(64)) }
  }
}

/// What is measured of one method's calls: its series are looked up here, once.
struct MethodMeter: Sendable {
  /// The series of one door.
  struct DoorMeter: Sendable {
    let succeeded: Counter
    let duration: Histogram
    let running: Gauge
    let streams: Gauge
    let requestBytes: Histogram
    let responseBytes: Histogram
    let received: Counter
    let sent: Counter

    init(_ metrics: CallMetrics, _ door: String, _ method: String) {
      succeeded = metrics.requests.labeled(door, method, "OK")
      duration = metrics.durations.labeled(door, method)
      running = metrics.running.labeled(door)
      streams = metrics.streams.labeled(door)
      requestBytes = metrics.sizes.labeled(door, "request")
      responseBytes = metrics.sizes.labeled(door, "response")
      received = metrics.messages.labeled(door, "request")
      sent = metrics.messages.labeled(door, "response")
    }
  }

  /// `package.Service/Method`.
  let method: String
  let metrics: CallMetrics
  private let grpc: DoorMeter
  private let rest: DoorMeter
  let objective: ObjectiveClass?

  init(_ metrics: CallMetrics, _ path: String, _ objective: ObjectiveClass?) {
    self.metrics = metrics
    method = String(path.dropFirst())
    grpc = DoorMeter(metrics, Peer.Door.grpc.rawValue, method)
    rest = DoorMeter(metrics, Peer.Door.rest.rawValue, method)
    self.objective = objective
  }

  func door(_ door: Peer.Door) -> DoorMeter {
    switch door {
    case .grpc: grpc
    case .rest: rest
    }
  }

  /// Counts the end of a call.
  func ended(_ door: Peer.Door, _ error: RPCError?, _ duration: Duration?) {
    let meter = self.door(door)
    meter.running.add(-1)
    if let error {
      metrics.requests.labeled(door.rawValue, method, error.code.name).increment()
      metrics.refused(error)
    } else {
      meter.succeeded.increment()
    }
    if let duration { meter.duration.record(duration) }
    objective?.count(ObjectiveClass.Outcome(error), duration: duration)
  }
}

extension ObjectiveClass.Outcome {
  init(_ error: RPCError?) {
    self =
      switch error?.code {
      case nil: .served
      case .deadlineExceeded?: .late
      case let code?: code.isFault ? .failed : .refused
      }
  }
}

extension RPCError.Code {
  /// Whether the server is at fault, and not the caller (OpenTelemetry's convention for gRPC
  /// servers, but for UNIMPLEMENTED, which is a caller's mistake here).
  var isFault: Bool {
    switch self {
    case .unknown, .deadlineExceeded, .internalError, .unavailable, .dataLoss: true
    default: false
    }
  }
}
