/// Follows the length-prefixed messages of a connection's streams ("gRPC over HTTP/2",
/// Length-Prefixed-Message) through their DATA frames.
///
/// libgrpc 1.51.1 looks at a message's length when all of it has come, so an announcement of 4 GiB
/// is collected until the quota of memory is used up, for everybody. Here a length beyond the limit
/// is lowered to one byte more than the limit, in the prefix itself: the core collects that much and
/// answers RESOURCE_EXHAUSTED, on this call alone. And a stream that ends within a message, which
/// the core takes for a clean end, is told of.
struct MessageMeter {
  enum Fault: Sendable, Equatable {
    /// The stream ended within a message.
    case cutOff
    /// Too many streams stand in the middle of a message.
    case tooManyOpen
  }

  /// Where a stream stands.
  private struct Place {
    /// How many bytes of the prefix have come: five are all.
    var prefix = 0
    var announced = 0
    /// What is left of the message.
    var left = 0
    /// The length was lowered: what follows the prefix has no meaning any more.
    var isLowered = false

    /// Between two messages.
    var isClean: Bool { prefix == 0 }
  }

  private static let prefixBytes = 5

  private let mostBytes: Int
  private let mostOpen: Int
  /// The streams that stand within a message; most stand between two whenever a frame ends.
  private var open: [UInt32: Place] = [:]
  private var stream: UInt32 = 0
  private var place = Place()

  init(_ limits: FrameLimits) {
    mostBytes = limits.messageBytes
    mostOpen = limits.openMessages
  }

  /// A DATA frame of a stream begins.
  mutating func begin(_ stream: UInt32) {
    self.stream = stream
    place = open.isEmpty ? Place() : open[stream] ?? Place()
  }

  /// Takes the next data of the frame, and lowers in it what has to be lowered.
  mutating func take(_ bytes: UnsafeMutableRawBufferPointer) {
    var at = 0
    while at < bytes.count {
      if place.prefix < Self.prefixBytes {
        if place.prefix > 0 { readLength(&bytes[at]) }
        place.prefix += 1
        at += 1
        if place.prefix == Self.prefixBytes { place.left = place.announced }
      } else {
        guard !place.isLowered else { return }
        let taken = min(place.left, bytes.count - at)
        at += taken
        place.left -= taken
      }
      if place.prefix == Self.prefixBytes, place.left == 0 { place = Place() }
    }
  }

  /// Reads a byte of the length, the highest first. The first one by which the length is beyond the
  /// limit makes it so whatever follows; up to it, the bytes are those of the lowered length.
  private mutating func readLength(_ byte: inout UInt8) {
    let shift = (Self.prefixBytes - 1 - place.prefix) * 8
    let lowered = mostBytes + 1
    if !place.isLowered {
      place.announced |= Int(byte) << shift
      guard place.announced >> shift > lowered >> shift else { return }
      place.announced = lowered
      place.isLowered = true
    }
    byte = UInt8(truncatingIfNeeded: lowered >> shift)
  }

  /// The frame has ended, and the stream with it or not.
  mutating func end(endsStream: Bool) -> Fault? {
    if endsStream {
      open[stream] = nil
      return place.isClean || place.isLowered ? nil : .cutOff
    }
    if place.isClean {
      if !open.isEmpty { open[stream] = nil }
    } else {
      open[stream] = place
      if open.count > mostOpen { return .tooManyOpen }
    }
    return nil
  }

  /// The client has reset a stream, or begun or ended it by headers.
  mutating func forget(_ stream: UInt32) {
    if !open.isEmpty { open[stream] = nil }
  }
}
