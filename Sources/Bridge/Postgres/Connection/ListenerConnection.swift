import Logging

/// A listener's connection on the reactor's thread: connecting → subscribing → listening, and after
/// a failure, a pause that doubles up to two seconds, from the beginning.
final class ListenerConnection {
  private enum Phase { case resting, resolving, connecting, subscribing, listening, closed }

  private let id: ConnectionID
  private let plan: ListenerPlan
  private let reactor: PostgresReactor
  private var phase = Phase.resting
  private var link: Link?
  private var watched: Int32?
  private var pause = Duration.milliseconds(50)
  private(set) var alarm: ContinuousClock.Instant?

  init(id: ConnectionID, plan: ListenerPlan, reactor: PostgresReactor) {
    self.id = id
    self.plan = plan
    self.reactor = reactor
  }

  func open(_ poller: borrowing Poller) {
    alarm = .now + plan.configuration.connectTimeout
    if plan.configuration.needsResolution {
      phase = .resolving
      reactor.resolve(plan.configuration.host, for: id)
    } else {
      phase = .connecting
      connect(addresses: [], poller)
    }
  }

  /// The host's name was looked up.
  func start(addresses: [String], _ poller: borrowing Poller) {
    guard phase == .resolving else { return }
    guard !addresses.isEmpty else { return rest("the host's name is not known", poller) }
    phase = .connecting
    connect(addresses: addresses, poller)
  }

  func handle(_ poller: borrowing Poller) {
    switch phase {
    case .connecting: step(poller)
    case .subscribing, .listening: read(poller)
    case .resting, .resolving, .closed: break
    }
  }

  func tick(_ now: ContinuousClock.Instant, _ poller: borrowing Poller) {
    guard let alarm, alarm <= now else { return }
    switch phase {
    case .resting: open(poller)
    case .resolving, .connecting, .subscribing: rest("no connection in time", poller)
    case .listening, .closed: self.alarm = nil
    }
  }

  func close(_ poller: borrowing Poller) {
    drop(poller)
    phase = .closed
    alarm = nil
    plan.continuation.finish()
  }

  private func connect(addresses: [String], _ poller: borrowing Poller) {
    link = Link(
      keywords: plan.configuration.keywords(addresses: addresses),
      notices: NoticeSink(logger: plan.logger))
    guard let link, link.socket >= 0, watch(.writable, poller) else {
      return rest(link?.failureText ?? "out of memory", poller)
    }
  }

  private func step(_ poller: borrowing Poller) {
    guard let link else { return }
    switch link.progress() {
    case .reading: if !watch(.readable, poller) { rest("the socket cannot be watched", poller) }
    case .writing: if !watch(.writable, poller) { rest("the socket cannot be watched", poller) }
    case .failed: rest(link.failureText, poller)
    case .ready:
      let sql = plan.channels.map { "LISTEN \"\($0)\"" }.joined(separator: ";")
      // Some hundred bytes into an empty socket: sent by this one flush.
      guard watch(.readable, poller), link.enterNonblocking(), link.send(plain: sql),
        link.flush() == .done
      else { return rest(link.failureText, poller) }
      phase = .subscribing
    }
  }

  private func read(_ poller: borrowing Poller) {
    guard let link, link.consume() else { return rest("the connection was lost", poller) }
    if phase == .subscribing {
      while phase == .subscribing, !link.isBusy {
        guard let result = link.nextResult() else {
          phase = .listening
          alarm = nil
          pause = .milliseconds(50)
          plan.continuation.yield(.connected)
          break
        }
        if result.status == .failed { return rest("LISTEN was refused", poller) }
      }
    } else {
      _ = link.isBusy  // Takes in what came.
    }
    for notification in link.takeNotifications() {
      plan.continuation.yield(.notification(notification))
    }
  }

  private func watch(_ interest: Poller.Interest, _ poller: borrowing Poller) -> Bool {
    guard let socket = link?.socket, socket >= 0 else { return false }
    if let watched, watched != socket { poller.forget(watched) }
    watched = socket
    return poller.watch(socket, interest, tag: id)
  }

  private func rest(_ reason: String, _ poller: borrowing Poller) {
    plan.logger.warning(
      "no connection for notifications",
      metadata: ["database": "\(plan.configuration)", "reason": "\(reason)"])
    drop(poller)
    phase = .resting
    alarm = .now + pause
    pause = min(pause * 2, .seconds(2))
  }

  private func drop(_ poller: borrowing Poller) {
    if let watched { poller.forget(watched) }
    watched = nil
    link = nil
  }
}
