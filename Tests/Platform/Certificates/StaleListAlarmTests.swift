import LibCrypto
import Pipeline
import TestSupport
import Testing

@testable import Platform

@Suite("The alarm of revocation lists that end")
struct StaleListAlarmTests {
  private static let now: Int64 = 1_800_000_000
  private let authority: CertificateAuthority

  init() throws {
    authority = try .make(
      commonName: "lists", validity: .seconds(90 * 86_400), now: Self.now - 86_400)
  }

  private func trust(_ ends: Int64...) throws -> CertificateTrust {
    CertificateTrust(
      authorities: try ends.enumerated().map { index, end in
        .init(
          certificatePEM: authority.certificate.pem,
          revocationListsPEM: try authority.issueRevocationList(
            [], number: Int64(index + 1), validity: .seconds(end), now: Self.now
          ).pem)
      })
  }

  @Test("knows when the first list of all tenants ends", .covers("S-B21"))
  func first() throws {
    let alarm = StaleListAlarm()
    #expect(alarm.firstEnd(now: Self.now) == nil)
    alarm.look(try trust(5_000, 3_000), of: "alpha", now: Self.now)
    alarm.look(try trust(4_000), of: "beta", now: Self.now)
    #expect(alarm.firstEnd(now: Self.now) == Self.now + 3_000)
  }

  @Test("forgets a list that was followed by another", .covers("S-B21"))
  func replaced() throws {
    let alarm = StaleListAlarm()
    alarm.look(try trust(1_000), of: "alpha", now: Self.now)
    alarm.look(try trust(90_000), of: "alpha", now: Self.now + 1)
    #expect(alarm.firstEnd(now: Self.now + 2) == Self.now + 90_000)
    alarm.look(CertificateTrust(authorities: []), of: "alpha", now: Self.now + 3)
    #expect(alarm.firstEnd(now: Self.now + 3) == nil)
  }

  @Test("forgets a tenant at whose lists nobody looks any more")
  func gone() throws {
    let alarm = StaleListAlarm()
    alarm.look(try trust(1_000), of: "alpha", now: Self.now)
    #expect(alarm.firstEnd(now: Self.now + 599) == Self.now + 1_000)
    #expect(alarm.firstEnd(now: Self.now + 600) == nil)
  }
}
