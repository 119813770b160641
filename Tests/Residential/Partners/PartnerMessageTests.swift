import Postgres
import TestSupport
import Testing

@testable import Residential

@Suite("Messages of partners")
struct PartnerMessageTests {
  @Test("name a state, and when it happened")
  func states() {
    func read(_ text: String) -> PartnerState? { PartnerAnswer.state(Array(text.utf8)) }
    #expect(read(#"{"state":"ACKNOWLEDGED"}"#) == .acknowledged)
    #expect(read(#"{"state":"EXECUTED"}"#) == .executed(at: nil))
    #expect(
      read(#"{"state":"EXECUTED","occurTime":"2026-01-02T03:04:05.5Z"}"#)
        == .executed(at: Timestamp(seconds: 1_767_323_045, nanoseconds: 500_000_000)))
    #expect(read(#"{"state":"EXECUTED","occurTime":"yesterday"}"#) == .executed(at: nil))
    #expect(read(#"{"state":"FAILED","failureCode":"jammed"}"#) == .failed(code: "jammed"))
    #expect(read(#"{"state":"FAILED"}"#) == .failed(code: "failed"))
    for bad in ["", "{", "null", "[]", #"{"state":null}"#, #"{"state":"OPEN"}"#] {
      #expect(read(bad) == nil)
    }
  }

  @Test("name a refusal by a harmless word, or by their status")
  func codes() {
    func code(_ text: String) -> String { PartnerCode.code(status: 418, body: Array(text.utf8)) }
    #expect(code(#"{"error":{"code":"device_offline"}}"#) == "device_offline")
    #expect(code(#"{"error":"invalid_client"}"#) == "invalid_client")
    for bad in [
      "", "no", #"{"error":{}}"#, #"{"error":{"code":""}}"#, #"{"error":{"code":"a b"}}"#,
      #"{"error":"\u001b[31m"}"#, #"{"error":"\#(String(repeating: "a", count: 101))"}"#,
    ] {
      #expect(code(bad) == "http_418")
    }
  }

  @Test("mean the same in XML", .covers("A27"))
  func xml() {
    func read(_ text: String) -> PartnerState? {
      PartnerAnswer.state(Array(text.utf8), in: .xml)
    }
    #expect(read("<command><state>ACKNOWLEDGED</state></command>") == .acknowledged)
    #expect(
      read("<command><state>FAILED</state><failureCode>jammed</failureCode></command>")
        == .failed(code: "jammed"))
    for bad in [
      "", "{}", "<command/>", "<command><state>OPEN</state></command>", "<state>EXECUTED</state>",
      "<!DOCTYPE a [<!ENTITY s \"EXECUTED\">]><command><state>&s;</state></command>",
    ] {
      #expect(read(bad) == nil)
    }
    func code(_ text: String) -> String {
      PartnerCode.code(status: 418, body: Array(text.utf8), in: .xml)
    }
    #expect(code("<error><code>device_offline</code></error>") == "device_offline")
    #expect(code("<error>device_offline</error>") == "http_418")
  }
}
