import SwiftProtobuf
import Transcoding

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Something to measure.
protocol Measurable {
  func measure(rounds: Int) throws -> Measurement
}

/// Seconds of CPU for one message, ours and SwiftProtobuf's.
struct Pair {
  var ours: Double
  var theirs: Double
}

struct Measurement {
  var name: String
  /// Bytes of the JSON.
  var size: Int
  var parsing: Pair
  var printing: Pair
}

/// One message in both forms.
struct Subject<Content: SwiftProtobuf.Message & Equatable>: Measurable {
  var name: String
  var message: Content
  var type: MessageSchema

  /// SwiftProtobuf goes between JSON and its message, which spares it the wire that ours ends at.
  func measure(rounds: Int) throws -> Measurement {
    let wire: [UInt8] = try message.serializedBytes()
    let json = try wire.withUnsafeBytes { try type.json(fromWire: $0) }
    guard try Content(jsonUTF8Bytes: json) == message,
      try Content(serializedBytes: try type.wire(fromJSON: json)) == message
    else { throw Wrong() }
    let times = max(1, 4_000_000 / json.count)
    var samples: [[Double]] = [[], [], [], []]
    for _ in 0..<rounds {
      samples[0].append(try time(times) { try type.wire(fromJSON: json).count })
      samples[1].append(
        try time(times / 4 + 1) {
          try Content(jsonUTF8Bytes: json).isInitialized ? 1 : 0
        })
      samples[2].append(
        try time(times) { try wire.withUnsafeBytes { try type.json(fromWire: $0).count } })
      samples[3].append(
        try time(times / 4 + 1) {
          let bytes: [UInt8] = try message.jsonUTF8Bytes()
          return bytes.count
        })
    }
    let medians = samples.map { $0.sorted()[$0.count / 2] }
    return Measurement(
      name: name, size: json.count, parsing: Pair(ours: medians[0], theirs: medians[1]),
      printing: Pair(ours: medians[2], theirs: medians[3]))
  }

  /// The two coders do not agree, so there is nothing to measure.
  struct Wrong: Error {}

  private func time(_ times: Int, _ body: () throws -> Int) throws -> Double {
    var sum = 0
    let start = cpuSeconds()
    for _ in 0..<times { sum &+= try body() }
    let seconds = cpuSeconds() - start
    guard sum > 0 else { throw Wrong() }
    return seconds / Double(times)
  }

  private func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
