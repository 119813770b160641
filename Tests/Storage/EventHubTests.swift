import Storage
import Synchronization
import TestSupport
import Testing

@Suite("The event hub")
struct EventHubTests {
  private func event(_ tenant: String, _ id: String) -> OutboxEvent {
    OutboxEvent(tenantID: tenant, id: id, type: "t", resource: "r", payload: [:])
  }

  @Test("hands a tenant's events to that tenant's watchers alone, in order", .covers("S-D16"))
  func tenants() async {
    let hub = EventHub()
    let first = hub.subscribe(tenantID: "a")
    let second = hub.subscribe(tenantID: "b")
    hub.publish(event("a", "1"))
    hub.publish(event("b", "2"))
    hub.publish(event("a", "3"))
    #expect(await first.next() == .event(event("a", "1")))
    #expect(await first.next() == .event(event("a", "3")))
    #expect(await second.next() == .event(event("b", "2")))
  }

  @Test("tells a watcher that fell behind that it missed events, and goes on")
  func overflow() async {
    let hub = EventHub()
    let subscription = hub.subscribe(tenantID: "a")
    for index in 0..<300 { hub.publish(event("a", "\(index)")) }
    #expect(await subscription.next() == .missed)
    #expect(await subscription.next() == .event(event("a", "257")))
  }

  @Test("tells who follows a type of each such event, of whatever tenant")
  func followers() {
    let hub = EventHub()
    let seen = Mutex<[String]>([])
    hub.follow("t") { event in seen.withLock { $0.append("\(event.tenantID) \(event.id)") } }
    hub.follow("other") { _ in seen.withLock { $0.append("other") } }
    hub.publish(event("a", "1"))
    hub.publish(event("b", "2"))
    #expect(seen.withLock { $0 } == ["a 1", "b 2"])
  }

  @Test("wakes a waiting watcher")
  func wakes() async {
    let hub = EventHub()
    let subscription = hub.subscribe(tenantID: "a")
    async let next = subscription.next()
    hub.publish(event("a", "1"))
    let element = await next
    #expect(element == .event(event("a", "1")))
  }

  @Test("forgets a watcher whose task is cancelled")
  func cancelled() async {
    let hub = EventHub()
    let subscription = hub.subscribe(tenantID: "a")
    let task = Task { await subscription.next() }
    task.cancel()
    #expect(await task.value == nil)
    #expect(hub.subscriberCount == 0)
    #expect(await subscription.next() == nil)
  }

  @Test("tells everyone after an outage")
  func missed() async {
    let hub = EventHub()
    let subscription = hub.subscribe(tenantID: "a")
    hub.publishMissed()
    #expect(await subscription.next() == .missed)
  }

  @Test("wakes the dispatcher when something was committed")
  func waker() {
    let hub = EventHub()
    let woken = Atomic<Int>(0)
    hub.wake()
    hub.onWake { woken.add(1, ordering: .relaxed) }
    hub.wake()
    #expect(woken.load(ordering: .relaxed) == 1)
  }

  @Test("keeps payloads as JSON objects with their names in order")
  func payload() throws {
    let json = try OutboxEvent.json(["b": "2", "a": "\"1\""])
    #expect(json == #"{"a":"\"1\"","b":"2"}"#)
    #expect(try OutboxEvent.payload(json: json) == ["b": "2", "a": "\"1\""])
    #expect(throws: (any Error).self) { try OutboxEvent.payload(json: "[1]") }
  }
}
