import TestSupport
import Testing

@testable import Platform

@Suite("An SMS by the protocol of SMSC")
struct SMSCSenderTests {
  private func failure(_ body: String) -> MessageFailure? {
    do {
      try SMSCSender.check(Array(body.utf8))
      return nil
    } catch { return error as? MessageFailure }
  }

  @Test("is sent where the provider says so, and nowhere else")
  func sent() {
    #expect(failure(#"{"id":"a","cnt":1}"#) == nil)
    for body in ["", "OK", "[]", "{}", #"{"cnt":0}"#, #"{"error":"x"}"#, #"{"cnt":"1"}"#] {
      #expect(failure(body)?.isFinal == false, "\(body)")
    }
  }

  @Test("is sent again after what passes: the account, and too many at once")
  func errors() {
    let final = (1...12).filter { failure(#"{"error":"x","error_code":\#($0)}"#)?.isFinal == true }
    #expect(final == [1, 5, 6, 7, 8])
  }
}
