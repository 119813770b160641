internal import CGRPC
internal import Glibc
internal import Synchronization

/// A thread that waits for sockets, for letters of other threads and for time to pass, and gives
/// each event to the handler of its socket.
///
/// Safe: everything but `mailbox` and the constants is touched by the loop's own thread, where
/// handlers and letters run; `start` and `join` are called once each by the listener's owner.
final class SocketLoop: @unchecked Sendable {
  typealias Letter = @Sendable (SocketLoop) -> Void

  /// Which of a handler's two sockets an event is of.
  enum Side: UInt64 {
    case network
    case core
  }

  private struct Place {
    var generation: UInt64 = 0
    var handler: SocketHandler?
  }

  private struct Mailbox {
    var letters: [Letter] = []
    var closed = false
  }

  private static let bellTag = UInt64.max

  private let name: String
  private let poll: EventPoll
  private let bell: Int32
  private let mailbox = Mutex(Mailbox())
  private var thread = pthread_t()
  private var places: [Place] = []
  private var free: [Int] = []
  private var deadlines = DeadlineHeap()
  private var again: [SocketHandler] = []
  private var finished = false

  /// Where handlers read into before they pass it on.
  let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)

  /// - Parameter name: The thread's, 15 characters at most.
  init(name: String) throws(ServerStartError) {
    self.name = name
    poll = try EventPoll()
    bell = artel_bell()
    guard bell >= 0, poll.add(bell, .input, tag: Self.bellTag) else {
      throw ServerStartError(description: "no descriptor for a thread: \(SystemError.last)")
    }
  }

  deinit {
    if bell >= 0 { close(bell) }
    scratch.deallocate()
  }

  // MARK: From other threads

  func start() {
    let retained = Unmanaged.passRetained(self)  // Released by the thread when it ends.
    let status = pthread_create(
      &thread, nil,
      { argument in
        let loop = Unmanaged<SocketLoop>.fromOpaque(argument!).takeRetainedValue()
        artel_name_thread(loop.name)
        artel_block_signals()
        loop.run()
        return nil
      }, retained.toOpaque())
    precondition(status == 0, "a thread cannot be started: \(status)")
  }

  /// Waits for the thread to end, which `finish` makes it do.
  func join() { pthread_join(thread, nil) }

  /// Runs a letter on the loop's thread; dropped, and false, where the loop has ended.
  @discardableResult
  func send(_ letter: @escaping Letter) -> Bool {
    let (first, closed) = mailbox.withLock { mailbox -> (Bool, Bool) in
      guard !mailbox.closed else { return (false, true) }
      mailbox.letters.append(letter)
      return (mailbox.letters.count == 1, false)
    }
    guard !closed else { return false }
    if first {
      var one: UInt64 = 1
      // Fails only where the counter is full: then the bell rings already.
      _ = write(bell, &one, 8)
    }
    return true
  }

  /// Runs a letter on the loop's thread and waits for it.
  func sendAndWait(_ letter: @escaping Letter) {
    let done = Latch()
    if send({ loop in
      letter(loop)
      done.open()
    }) {
      done.wait()
    }
  }

  // MARK: On the loop's thread

  /// Every handler that is registered.
  var handlers: [SocketHandler] { places.compactMap(\.handler) }

  /// Gives a handler its place; the loop keeps it until `forget`.
  func register(_ handler: SocketHandler) {
    let index: Int
    if let last = free.popLast() {
      index = last
    } else {
      index = places.count
      places.append(Place())
    }
    places[index].handler = handler
    handler.place = UInt64(index)
    handler.generation = places[index].generation
  }

  /// Ends a handler's place: events that are under way for it go nowhere.
  func forget(_ handler: SocketHandler) {
    let index = Int(handler.place)
    guard index < places.count, places[index].handler === handler else { return }
    places[index].handler = nil
    places[index].generation &+= 1
    free.append(index)
  }

  /// Watches one of a handler's sockets.
  func watch(
    _ socket: Int32, _ interest: EventPoll.Events, _ handler: SocketHandler, _ side: Side
  ) -> Bool { poll.add(socket, interest, tag: tag(handler, side)) }

  /// Changes what is asked of a socket.
  func change(
    _ socket: Int32, _ interest: EventPoll.Events, _ handler: SocketHandler, _ side: Side
  ) { poll.change(socket, interest, tag: tag(handler, side)) }

  /// Ends watching a socket that stays open elsewhere.
  func unwatch(_ socket: Int32) { poll.remove(socket) }

  /// Calls the handler's `timedOut` behind a time, unless it is forgotten before. A handler that
  /// needs it no longer ignores it.
  func schedule(_ handler: SocketHandler, after duration: Duration) {
    deadlines.insert(.now + duration, place: handler.place, generation: handler.generation)
  }

  /// Calls the handler's `ready` once more soon, behind the others.
  func repeatSoon(_ handler: SocketHandler) {
    guard !handler.isRepeated else { return }
    handler.isRepeated = true
    again.append(handler)
  }

  /// Ends the thread, once this letter has run.
  func finish() { finished = true }

  private func tag(_ handler: SocketHandler, _ side: Side) -> UInt64 {
    (handler.generation & 0x7fff_ffff) << 32 | handler.place << 1 | side.rawValue
  }

  /// The handler that has a place; nil where it is gone.
  func handler(place: UInt64, generation: UInt64) -> SocketHandler? {
    let sameGeneration = { (one: UInt64, other: UInt64) in (one ^ other) & 0x7fff_ffff == 0 }
    guard place < places.count, sameGeneration(places[Int(place)].generation, generation) else {
      return nil
    }
    return places[Int(place)].handler
  }

  private func run() {
    while !finished {
      var rung = false
      poll.wait(milliseconds: patience()) { tag, events in
        if tag == Self.bellTag {
          rung = true
        } else if let handler = handler(
          place: (tag & 0xffff_ffff) >> 1, generation: tag >> 32)
        {
          handler.ready(Side(rawValue: tag & 1)!, events)
        }
      }
      if rung { readMail() }
      if !again.isEmpty {
        let now = again
        again.removeAll(keepingCapacity: true)
        for handler in now {
          handler.isRepeated = false
          guard places[Int(handler.place)].handler === handler else { continue }
          handler.ready(.network, .input)
        }
      }
      while let due = deadlines.popDue(now: .now) {
        handler(place: due.place, generation: due.generation)?.timedOut()
      }
    }
    let last = mailbox.withLock { mailbox -> [Letter] in
      mailbox.closed = true
      defer { mailbox.letters = [] }
      return mailbox.letters
    }
    for letter in last { letter(self) }
    places = []  // Handlers keep the loop.
    again = []
  }

  private func readMail() {
    var count: UInt64 = 0
    _ = read(bell, &count, 8)  // Empties the bell; there is nothing to do where it was empty.
    let letters = mailbox.withLock { mailbox -> [Letter] in
      defer { mailbox.letters = [] }
      return mailbox.letters
    }
    for letter in letters { letter(self) }
  }

  /// Until the next deadline, in milliseconds for epoll; -1 without any.
  private func patience() -> Int32 {
    if !again.isEmpty { return 0 }
    guard let next = deadlines.next else { return -1 }
    let wait = ContinuousClock.now.duration(to: next)
    // Rounded up: a loop that wakes too early would spin until the time has come.
    return wait <= .zero ? 0 : Int32(clamping: wait.milliseconds + 1)
  }
}

/// What a socket's events are given to, on the loop's thread alone.
class SocketHandler {
  /// Set by the loop.
  final var place: UInt64 = 0
  /// Set by the loop; tells the handler's events from those of an earlier one in its place.
  final var generation: UInt64 = 0
  /// Whether the loop calls it once more soon.
  fileprivate(set) final var isRepeated = false

  /// A socket is ready, or broken.
  func ready(_ side: SocketLoop.Side, _ events: EventPoll.Events) {
    preconditionFailure("a handler says what an event means")
  }

  /// A time that was scheduled has passed.
  func timedOut() {}
}
