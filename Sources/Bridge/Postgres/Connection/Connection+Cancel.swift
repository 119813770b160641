extension Connection {
  /// Asks the server to stop the running statement of this request. The connection is given up if
  /// it does not within the grace.
  func cancel(_ request: RequestID, now: ContinuousClock.Instant) -> Event {
    guard let trip = active?.trip, trip.ticket.id == request, trip.role.isInterruptible,
      active?.interruption == nil
    else { return .none }
    return interrupt(.task, now: now)
  }

  func interrupt(_ cause: ActiveTrip.Interruption, now: ContinuousClock.Instant) -> Event {
    active?.interruption = cause
    active?.lastCall = now + configuration.cancelGrace
    return requestCancel(now: now)
  }

  /// Sends a cancel request and sets the alarm for the next one.
  func requestCancel(now: ContinuousClock.Instant) -> Event {
    guard let token = link?.cancelToken(), let lastCall = active?.lastCall else { return lose() }
    active?.isCancelPending = true
    alarm = min(lastCall, now + .milliseconds(250))
    canceller(token)
    return .none
  }
}
