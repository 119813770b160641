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

    var description: String {
      switch self {
      case .headers(.tooLong): "a header list is too long"
      case .headers(.malformed): "a header block is malformed"
      case .continuations: "a header block has too many pieces"
      case .frameSize(let type): "a frame of type \(type) has a wrong size"
      case .flood(let type): "too many frames of type \(type)"
      case .sequence: "a header block is interrupted"
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
    static let goAway: UInt8 = 7
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
    /// The length of the padding, then whatever `skip` says, then the block or the data.
    case padLength
    case skip(Int)
    case block
    case data
    case rest
  }

  private let limits: FrameLimits
  private var meter: HeaderBlockMeter
  private var messages: MessageMeter
  private var resets: FloodMeter
  private var pings: FloodMeter
  private var settings: FloodMeter
  private var emptyData: FloodMeter
  private var others: FloodMeter

  /// A frame's header as far as it has come: nine bytes, the first in the highest place.
  private var header: (high: UInt64, last: UInt8) = (0, 0)
  private var headerCount = 0
  private var flags: UInt8 = 0
  /// What is left of the frame's payload.
  private var left = 0
  private var part = Part.rest
  private var padding = 0
  /// How many pieces the open header block has had; nil without one.
  private var pieces: Int?

  init(_ limits: FrameLimits) {
    self.limits = limits
    meter = HeaderBlockMeter(limits)
    messages = MessageMeter(limits)
    resets = FloodMeter(limits.resets)
    pings = FloodMeter(limits.pings)
    settings = FloodMeter(limits.settings)
    emptyData = FloodMeter(limits.emptyData)
    others = FloodMeter(limits.others)
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
      // Its size is the core's to limit, by flow control and its settings.
      let isEmpty = length == 0 || (flags & Flag.padded != 0 && length <= 256)
      if isEmpty, flags & Flag.endStream == 0, !emptyData.take(limits.emptyData, now: now()) {
        return .flood(type: type)
      }
      padding = 0
      messages.begin(stream)
      part = flags & Flag.padded != 0 ? .padLength : .data
    case FrameType.headers:
      messages.forget(stream)
      pieces = 0
      padding = 0
      meter.begin()
      let skip = flags & Flag.priority != 0 ? 5 : 0
      part = flags & Flag.padded != 0 ? .padLength : skip > 0 ? .skip(skip) : .block
      let least = skip + (flags & Flag.padded != 0 ? 1 : 0)
      if length < least { return .frameSize(type: type) }
    case FrameType.continuation:
      guard let count = pieces else { return .sequence }
      pieces = count + 1
      padding = 0
      part = .block
      if count + 1 > limits.continuations { return .continuations }
    case FrameType.reset:
      guard length == 4 else { return .frameSize(type: type) }
      messages.forget(stream)
      if !resets.take(limits.resets, now: now()) { return .flood(type: type) }
    case FrameType.ping:
      guard length == 8 else { return .frameSize(type: type) }
      return count(\.pings, limits.pings, now)
    case FrameType.settings:
      guard length % 6 == 0, length <= 6 * 64 else { return .frameSize(type: type) }
      return count(\.settings, limits.settings, now)
    case FrameType.windowUpdate:
      if length != 4 { return .frameSize(type: type) }
    case FrameType.goAway:
      if length > limits.controlFrameBytes { return .frameSize(type: type) }
    default:
      if type == FrameType.priority && length != 5 || length > limits.controlFrameBytes {
        return .frameSize(type: type)
      }
      if !others.take(limits.others, now: now()) { return .flood(type: type) }
    }
    return nil
  }

  /// Counts a frame; an answer among those that cost next to nothing.
  private mutating func count(
    _ asked: WritableKeyPath<FrameGuard, FloodMeter>, _ rate: FrameLimits.Rate,
    _ now: () -> ContinuousClock.Instant
  ) -> Abuse? {
    let isAnswer = flags & Flag.acknowledgement != 0
    let meter = isAnswer ? \.others : asked
    return self[keyPath: meter].take(isAnswer ? limits.others : rate, now: now())
      ? nil : .flood(type: type)
  }

  /// Takes some of the payload's next bytes.
  private mutating func payload(_ bytes: UnsafeMutableRawBufferPointer) -> (Int, Abuse?) {
    switch part {
    case .rest: return (bytes.count, nil)
    case .padLength:
      padding = Int(bytes[0])
      let skip = type == FrameType.headers && flags & Flag.priority != 0 ? 5 : 0
      part = type == FrameType.data ? .data : skip > 0 ? .skip(skip) : .block
      return (1, padding + skip + 1 > left ? .frameSize(type: type) : nil)
    case .skip(let count):
      let taken = min(count, bytes.count)
      part = taken == count ? .block : .skip(count - taken)
      return (taken, nil)
    case .block, .data:
      let unpadded = left - padding
      guard unpadded > 0 else {
        part = .rest
        return (0, nil)
      }
      let taken = min(unpadded, bytes.count)
      let piece = UnsafeMutableRawBufferPointer(rebasing: bytes[..<taken])
      guard case .block = part else {
        messages.take(piece)
        return (taken, nil)
      }
      return (taken, meter.take(UnsafeRawBufferPointer(piece)).map { .headers($0) })
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
