import FoundationEssentials
import GeneratedAuth
import RPC
import TestSupport
import Testing

@testable import Platform

/// The header of HTTP Basic for `id:secret`, each of them form-encoded already.
func basicAuthorization(_ text: String) -> String {
  "Basic " + Data(text.utf8).base64EncodedString()
}

extension ClientCredentials {
  /// The secret, by either way.
  fileprivate var secret: String? {
    switch proof {
    case .basic(let secret), .post(let secret): secret
    case .assertion, .none: nil
    }
  }
}

@Suite("A client's credentials")
struct ClientCredentialsTests {
  private func read(
    _ headers: [String] = [], clientID: String = "", secret: String = ""
  ) throws -> ClientCredentials {
    var metadata = Metadata()
    for header in headers { metadata.add(header, for: "authorization") }
    return try ClientCredentials(
      Artel_Auth_V1_CreateTokenRequest.with {
        $0.clientID = clientID
        $0.clientSecret = secret
      }, metadata: metadata)
  }

  @Test(
    "are read from HTTP Basic, both parts decoded", .covers("S-C8"),
    arguments: [
      ("intercom:secret", "intercom", "secret"),
      ("intercom:%21foo%20bar", "intercom", "!foo bar"),
      ("inter%63om:%E2%80%94+%2B%3C%26%3E*", "intercom", "— +<&>*"),
      ("intercom:a:b", "intercom", "a:b"), ("intercom:a%3Ab", "intercom", "a:b"),
      ("intercom:", "intercom", ""),
    ])
  func basic(text: String, clientID: String, secret: String) throws {
    let credentials = try read([basicAuthorization(text)])
    #expect(credentials.clientID == clientID)
    #expect(credentials.secret == secret)
  }

  @Test("are read whatever the case of the scheme")
  func scheme() throws {
    #expect(try read(["bAsIc aW50ZXJjb206cw=="]).clientID == "intercom")
  }

  @Test("are read from the form")
  func form() throws {
    let credentials = try read(clientID: "intercom", secret: "a%20b+c")
    #expect(credentials.clientID == "intercom")
    // The form was decoded by the door: nothing is decoded twice.
    #expect(credentials.secret == "a%20b+c")
  }

  @Test("may be named in the form too, by the same name")
  func nameInBoth() throws {
    #expect(try read([basicAuthorization("intercom:s")], clientID: "intercom").secret == "s")
  }

  @Test("are refused in the header and the form at once", .covers("S-C3"))
  func both() async {
    await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
      _ = try read([basicAuthorization("intercom:s")], clientID: "intercom", secret: "s")
    }
    await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
      _ = try read([basicAuthorization("intercom:s")], secret: "s")
    }
    await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
      _ = try read([basicAuthorization("intercom:s")], clientID: "other")
    }
  }

  @Test(
    "are refused where the header is malformed", .covers("S-C8"),
    arguments: [
      "Basic ", "Basic !", "Basic aW50ZXJjb20=", "Basic aW50ZXJjb206cw", "Basic  aW50ZXJjb206cw==",
      basicAuthorization(":secret"), basicAuthorization("intercom:100%"),
      basicAuthorization("inter%com:s"), basicAuthorization("intercom:%FF"),
      basicAuthorization("intercom:" + String(repeating: "s", count: 201)),
      basicAuthorization(String(repeating: "c", count: 201) + ":s"),
      basicAuthorization(String(repeating: "c", count: 10_000)),
    ])
  func malformed(header: String) async {
    await expectRefusal(.invalidArgument, "INVALID_REQUEST") { _ = try read([header]) }
  }

  @Test("are refused where there are two headers")
  func twoHeaders() async {
    await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
      _ = try read([basicAuthorization("a:s"), basicAuthorization("a:s")])
    }
  }

  @Test("are a name alone where there is no proof in the request")
  func nameAlone() throws {
    let credentials = try read(clientID: "intercom")
    #expect(credentials.clientID == "intercom")
    #expect(credentials.secret == nil)
  }

  @Test("are none where the name is missing or the scheme is another")
  func none() async {
    await expectRefusal(.unauthenticated, "INVALID_CLIENT") { _ = try read() }
    await expectRefusal(.unauthenticated, "INVALID_CLIENT") { _ = try read(secret: "s") }
    await expectRefusal(.unauthenticated, "INVALID_CLIENT") { _ = try read(["Bearer abc"]) }
    await expectRefusal(.unauthenticated, "INVALID_CLIENT") { _ = try read([""]) }
  }
}
