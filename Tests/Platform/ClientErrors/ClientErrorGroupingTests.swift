import GeneratedOperations
import Pipeline
import TestSupport
import Testing

@testable import Platform

@Suite("The group of an error")
struct ClientErrorGroupingTests {
  static let tenant = Tenant(
    id: "01890a5d-ac96-774b-bcce-b302099a8057", name: "alpha", displayName: "Alpha",
    kind: .residential, suspended: false, issuer: "https://alpha.artel.localhost", createTime: 0)

  static func report(
    _ message: String, type: String = "TypeError", stack: String = "", client: String? = "app",
    kind: Artel_Operations_V1_ClientErrorKind = .exception, version: String = "1.0"
  ) -> ClientErrorReport {
    let caller = client.map {
      Caller(
        tenant: tenant, principal: Principal(kind: .user, subject: "artel:ann", clientID: $0))
    }
    return ClientErrorReport(
      .with {
        $0.kind = kind
        $0.message = message
        $0.type = type
        $0.stack = stack
        $0.app.name = "said"
        $0.app.version = version
      }, of: caller.map { ClientErrorReporter($0) } ?? ClientErrorReporter(anonymousOf: tenant))
  }

  @Test(
    "is the same for errors that differ in numbers, identifiers and quoted texts", .covers("C96"))
  func normalized() {
    let first = Self.report("unit 'Anna' (17) of 01890a5d-ac96-774b-bcce-b302099a8057 is gone")
    let second = Self.report("unit 'Boris' (4) of 01890a5d-ac96-774b-bcce-000000000000 is gone")
    #expect(first.fingerprint == second.fingerprint)
    #expect(first.title == "TypeError: unit '…' (#) of # is gone")
    #expect(ClientErrorFingerprint.isValid(first.fingerprint))
    #expect(Self.report("unit is lost").fingerprint != first.fingerprint)
  }

  @Test("follows the frames on top of the stack, wherever the app came from", .covers("C96"))
  func frames() {
    func stack(_ host: String, _ line: Int) -> String {
      """
      TypeError: x is undefined
          at Loader.load (https://\(host)/assets/main.js?v=2:\(line):5)
          at async start (https://\(host)/assets/main.js:\(line + 100):9)
      """
    }
    let first = Self.report("x of 'a'", stack: stack("one.example", 10))
    let second = Self.report("y of something else", stack: stack("two.example:8443", 999))
    #expect(first.fingerprint == second.fingerprint)
    #expect(first.culprit.hasPrefix("Loader.load (/assets/main.js"))
    let other = Self.report(
      "x of 'a'", stack: "    at Other.load (https://one.example/main.js:1:1)")
    #expect(other.fingerprint != first.fingerprint)

    let crash = """
      0   libswiftCore.dylib  0x00000001a1b2c3d4 $ss17_assertionFailure + 308
      1   MyApp  0x0000000102f4a3c8 $s5MyApp4ViewC4loadyyF + 1048
      """
    let moved = crash.replacing("0x0000000102f4a3c8", with: "0x00000001ffffa3c8")
      .replacing("1048", with: "2000")
    #expect(
      Self.report("crash", stack: crash).fingerprint
        == Self.report("crash", stack: moved).fingerprint)
  }

  @Test("is another one's for another app, kind, and for whom nobody knows", .covers("C96"))
  func apart() {
    let all = [
      Self.report("x"), Self.report("x", client: "other"), Self.report("x", kind: .crash),
      Self.report("x", client: nil), Self.report("x", type: "RangeError"),
    ]
    #expect(Set(all.map(\.fingerprint)).count == all.count)
    // What an app says of itself counts where no credential says it.
    #expect(all.map(\.app) == ["app", "other", "app", "said", "app"])
  }

  @Test(
    "knows which version came later", .covers("C96"),
    arguments: [
      ("2.9", "2.10"), ("2.10.0-beta", "2.10.0"), ("2.10", "2.10.1"), ("1.99", "v2"), ("", "0.1"),
      ("2.10.0-alpha", "2.10.0-beta"),
    ])
  func versions(earlier: String, later: String) {
    let keys = [VersionOrder.key(earlier), VersionOrder.key(later)]
    #expect(keys[0].utf8.lexicographicallyPrecedes(keys[1].utf8), "\(keys)")
    #expect(VersionOrder.version(ofEntry: VersionOrder.entry(later)) == later)
  }
}
