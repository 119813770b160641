/// Looks at what a client sends behind its preface, before the core does: the headers of frames
/// (RFC 9113, section 4.1), the lengths in header blocks, and those of messages. Everything else
/// passes unread.
///
/// It keeps from libgrpc 1.51.1 what that cannot bear, whoever sends it: header lists above the
/// limit (CVE-2023-1428 aborts behind it, CVE-2023-33953 buffers and scans without end), floods of
/// frames that cost the receiver more than the sender, messages beyond the limit. What is merely
/// wrong is for the core to refuse, where it does.
struct FrameGuard {
  /// Why a connection is ended.
  enum Abuse: Sendable, Equatable, CustomStringConvertible {
    case headers(HeaderBlockMeter.Fault)
    case continuations
    case frameSize(type: UInt8)
    case flood(type: UInt8)
    /// A header block that another frame interrupts, or none goes before.
    case sequence
    case message(MessageMeter.Fault)
    /// The core takes padding for what it pads.
    case padding(type: UInt8)
    case lateMessages

    var description: String {
      switch self {
      case .headers(.tooLong): "a header list is too long"
      case .headers(.malformed): "a header block is malformed"
      case .headers(.misdirected): "a request is for another name than the connection"
      case .continuations: "a header block has too many pieces"
      case .frameSize(let type): "a frame of type \(type) has a wrong size"
      case .flood(let type): "too many frames of type \(type)"
      case .sequence: "a header block is interrupted"
      case .padding(let type): "a frame of type \(type) is padded"
      case .lateMessages: "too many messages of TLS behind the handshake"
      case .message(.cutOff): "a stream ends within a message"
      case .message(.tooManyOpen): "too many streams stand within a message"
      }
    }
  }

  private enum FrameType {
    static let data: UInt8 = 0
    static let headers: UInt8 = 1
    static let priority: UInt8 = 2
    static let reset: UInt8 = 3
    static let settings: UInt8 = 4
    static let ping: UInt8 = 6
    static let windowUpdate: UInt8 = 8
    static let continuation: UInt8 = 9
  }

  private enum Flag {
    /// Of DATA and HEADERS.
    static let endStream: UInt8 = 1
    /// Of SETTINGS and PING.
    static let acknowledgement: UInt8 = 1
    static let endHeaders: UInt8 = 4
    static let padded: UInt8 = 8
    static let priority: UInt8 = 32
  }

  /// What the bytes of a frame's payload are.
  private enum Part {
    case skip(Int)
    case block
    case data
    case rest
  }

  private let limits: FrameLimits
  private var meter: HeaderBlockMeter
  private var messages: MessageMeter
  private var meters: FloodMeters
  /// What the connection's client shares with its others, once it is known.
  var allowance: ClientAllowance?

  /// The name that TLS was made for, in lower case: requests for another are refused (S-B12).
  var serverName: String? {
    didSet { meter.serverName = serverName.map { Array($0.utf8) } }
  }

  /// A frame's header as far as it has come: nine bytes, the first in the highest place.
  private var header: (high: UInt64, last: UInt8) = (0, 0)
  private var headerCount = 0
  private var flags: UInt8 = 0
  /// What is left of the frame's payload.
  private var left = 0
  private var part = Part.rest
  /// How many pieces the open header block has had; nil without one.
  private var pieces: Int?

  init(_ limits: FrameLimits) {
    self.limits = limits
    meter = HeaderBlockMeter(limits)
    messages = MessageMeter(limits)
    meters = FloodMeters(limits)
  }

  /// Looks at the next bytes, and lowers in them the lengths of messages beyond the limit.
  ///
  /// - Returns: Why none of them may pass on.
  mutating func inspect(
    _ bytes: UnsafeMutableRawBufferPointer, now: () -> ContinuousClock.Instant = { .now }
  ) -> Abuse? {
    var at = 0
    while at < bytes.count {
      if left > 0 {
        let piece = UnsafeMutableRawBufferPointer(
          rebasing: bytes[at..<min(bytes.count, at + left)])
        let (taken, abuse) = payload(piece)
        if let abuse { return abuse }
        at += taken
        left -= taken
      } else {
        if headerCount < 8 {
          header.high = header.high << 8 | UInt64(bytes[at])
        } else {
          header.last = bytes[at]
        }
        at += 1
        headerCount += 1
        guard headerCount == 9 else { continue }
        headerCount = 0
        if let abuse = begin(now: now) { return abuse }
      }
      if left == 0, headerCount == 0, let abuse = endFrame() { return abuse }
    }
    return nil
  }

  // MARK: Frames

  private var type: UInt8 { UInt8(truncatingIfNeeded: header.high >> 32) }

  private var stream: UInt32 {
    UInt32(truncatingIfNeeded: header.high << 8 | UInt64(header.last)) & 0x7fff_ffff
  }

  /// A frame's header is whole.
  private mutating func begin(now: () -> ContinuousClock.Instant) -> Abuse? {
    let length = Int(header.high >> 40 & 0xff_ffff)
    flags = UInt8(truncatingIfNeeded: header.high >> 24)
    left = length
    part = .rest
    if pieces != nil, type != FrameType.continuation { return .sequence }
    switch type {
    case FrameType.data:
      if flags & Flag.padded != 0 { return .padding(type: type) }
      // Its size is the core's to limit, by flow control and its settings.
      if length == 0, flags & Flag.endStream == 0, let flood = count(.emptyData, now) {
        return flood
      }
      messages.begin(stream)
      part = .data
    case FrameType.headers:
      messages.forget(stream)
      pieces = 0
      if flags & Flag.padded != 0 { return .padding(type: type) }
      meter.begin()
      let skip = flags & Flag.priority != 0 ? 5 : 0
      part = skip > 0 ? .skip(skip) : .block
      if length < skip { return .frameSize(type: type) }
    case FrameType.continuation:
      guard let count = pieces else { return .sequence }
      pieces = count + 1
      part = .block
      if count + 1 > limits.continuations { return .continuations }
    case FrameType.reset:
      guard length == 4 else { return .frameSize(type: type) }
      messages.forget(stream)
      return count(.resets, now)
    case FrameType.ping:
      guard length == 8 else { return .frameSize(type: type) }
      // An answer is among those that cost next to nothing.
      return count(flags & Flag.acknowledgement != 0 ? .others : .pings, now)
    case FrameType.settings:
      guard length % 6 == 0, length <= 6 * 64 else { return .frameSize(type: type) }
      return count(flags & Flag.acknowledgement != 0 ? .others : .settings, now)
    case FrameType.windowUpdate:
      guard length == 4 else { return .frameSize(type: type) }
      return count(.windowUpdates, now)
    default:
      if type == FrameType.priority && length != 5 || length > limits.controlFrameBytes {
        return .frameSize(type: type)
      }
      return count(.others, now)
    }
    return nil
  }

  private mutating func count(
    _ kind: FloodMeters.Kind, _ now: () -> ContinuousClock.Instant
  ) -> Abuse? {
    guard meters.take(kind, limits, now: now) else { return .flood(type: type) }
    // Windows are opened too often to share a lock for them.
    guard kind != .windowUpdates, let allowance else { return nil }
    return allowance.take(kind, now: now) ? nil : .flood(type: type)
  }

  /// Counts what libssl took besides data.
  mutating func countLateMessages(
    _ count: Int, now: () -> ContinuousClock.Instant = { .now }
  ) -> Abuse? {
    for _ in 0..<count {
      guard meters.take(.lateMessages, limits, now: now),
        allowance?.take(.lateMessages, now: now) ?? true
      else { return .lateMessages }
    }
    return nil
  }

  /// Takes some of the payload's next bytes.
  private mutating func payload(_ bytes: UnsafeMutableRawBufferPointer) -> (Int, Abuse?) {
    switch part {
    case .rest: return (bytes.count, nil)
    case .skip(let count):
      let taken = min(count, bytes.count)
      part = taken == count ? .block : .skip(count - taken)
      return (taken, nil)
    case .block:
      return (bytes.count, meter.take(UnsafeRawBufferPointer(bytes)).map { .headers($0) })
    case .data:
      messages.take(bytes)
      return (bytes.count, nil)
    }
  }

  /// A frame is whole.
  private mutating func endFrame() -> Abuse? {
    if type == FrameType.data {
      return messages.end(endsStream: flags & Flag.endStream != 0).map { .message($0) }
    }
    guard pieces != nil, flags & Flag.endHeaders != 0,
      type == FrameType.headers || type == FrameType.continuation
    else { return nil }
    pieces = nil
    return meter.end().map { .headers($0) }
  }
}
