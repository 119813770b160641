import Synchronization

/// Counts what was begun and what has ended.
final class Tally: Sendable {
  let handlersBegun = Atomic<Int>(0)
  let handlersEnded = Atomic<Int>(0)
  let callsMade = Atomic<Int>(0)
  let callsEnded = Atomic<Int>(0)
  let callsCompleted = Atomic<Int>(0)
  let serversDrained = Atomic<Int>(0)
  let connectionsBroken = Atomic<Int>(0)
  let clientsDropped = Atomic<Int>(0)
  /// Calls that servers still counted when they had stopped.
  let callsLeft = Atomic<Int>(0)

  /// What does not add up; asked when everything is over.
  var complaints: [String] {
    var complaints: [String] = []
    let (begun, ended) = (handlersBegun.value, handlersEnded.value)
    if begun != ended { complaints.append("\(begun - ended) handlers never ended") }
    let (made, over) = (callsMade.value, callsEnded.value)
    if made != over { complaints.append("\(made - over) calls never ended") }
    if callsLeft.value != 0 { complaints.append("servers that stopped count calls") }
    // A soak that does nothing proves nothing.
    if callsCompleted.value == 0 { complaints.append("no call succeeds") }
    if callsCompleted.value == made { complaints.append("no call fails") }
    return complaints
  }

  var summary: String {
    """
    \(callsMade.value) calls (\(callsCompleted.value) to their end), \(handlersBegun.value) \
    handlers, \(serversDrained.value) servers drained, \(connectionsBroken.value) connections \
    broken, \(clientsDropped.value) clients dropped
    """
  }
}

extension Atomic where Value == Int {
  var value: Int { load(ordering: .sequentiallyConsistent) }
  func count(_ more: Int = 1) { add(more, ordering: .sequentiallyConsistent) }
}
