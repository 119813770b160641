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

  @Test("give bearer tokens that fit into a header")
  func tokens() {
    func read(_ text: String) -> TokenAnswer? { TokenAnswer(body: Array(text.utf8)) }
    #expect(read(#"{"access_token":"t","token_type":"bearer"}"#)?.accessToken == "t")
    #expect(
      read(#"{"access_token":"t","token_type":"Bearer","expires_in":600}"#)?.expiresIn == 600)
    for bad in [
      "", "{}", #"{"access_token":"","token_type":"Bearer"}"#,
      #"{"access_token":"t","token_type":"mac"}"#,
      #"{"access_token":"t\r\nx","token_type":"Bearer"}"#,
    ] {
      #expect(read(bad) == nil)
    }
  }

  @Test("are sent with every odd character coded")
  func coding() {
    #expect(FormCoding.encode("a b+c%d:e/ü~") == "a+b%2Bc%25d%3Ae%2F%C3%BC~")
    #expect(FormCoding.segment("dev/1 2?#%") == "dev%2F1%202%3F%23%25")
  }
}
