import TestSupport
import Testing

@testable import Egress

@Suite("Addresses that nobody outside may send us to")
struct AddressKindTests {
  @Test(
    "are known, first and last of each net", .covers("S-E13"),
    arguments: [
      ("0.0.0.0", AddressKind.unspecified), ("0.255.255.255", .unspecified), ("::", .unspecified),
      ("127.0.0.1", .loopback), ("127.255.255.255", .loopback), ("::1", .loopback),
      ("10.0.0.0", .private), ("10.255.255.255", .private), ("172.16.0.0", .private),
      ("172.31.255.255", .private), ("192.168.0.0", .private), ("192.168.255.255", .private),
      ("fc00::", .private), ("fdff::1", .private),
      ("169.254.169.254", .linkLocal), ("fe80::1", .linkLocal), ("febf::1", .linkLocal),
      ("fec0::1", .siteLocal),
      ("100.64.0.0", .shared), ("100.127.255.255", .shared),
      ("224.0.0.1", .multicast), ("239.255.255.255", .multicast), ("ff02::1", .multicast),
      ("255.255.255.255", .broadcast), ("240.0.0.1", .reserved), ("254.1.1.1", .reserved),
      ("192.0.0.1", .reserved), ("192.0.2.1", .reserved), ("198.18.0.1", .reserved),
      ("198.19.255.255", .reserved), ("198.51.100.1", .reserved), ("203.0.113.1", .reserved),
      ("192.88.99.1", .reserved), ("2001:db8::1", .reserved), ("3fff::1", .reserved),
      ("100::1", .reserved), ("4000::1", .reserved), ("8000::1", .reserved),
      ("::ffff:10.0.0.1", .mapped), ("::ffff:127.0.0.1", .mapped), ("::ffff:8.8.8.8", .mapped),
      ("::10.0.0.1", .mapped),
      ("64:ff9b::a00:1", .translated), ("64:ff9b:1::1", .translated),
      ("2002:a00:1::", .sixToFour), ("2002:7f00:1::1", .sixToFour),
      ("2001::1", .teredo), ("2001:0:ffff::", .teredo), ("2001:10::1", .reserved),
    ])
  func known(text: String, kind: AddressKind) throws {
    #expect(AddressKind(try #require(IPAddress(text))) == kind)
  }

  @Test(
    "are not their neighbours",
    arguments: [
      "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
      "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0",
      "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255",
      "8.8.8.8", "2606:4700::1111", "2a00:1450::1", "2001:200::1", "2003::1", "2400::1",
    ])
  func neighbours(text: String) throws {
    #expect(AddressKind(try #require(IPAddress(text))) == nil)
  }

  @Test("are read in their strict forms alone")
  func strict() {
    for bad in [
      "", "1", "127.1", "0x7f.0.0.1", "0177.0.0.1", "1.2.3.4.5", "::1%lo", "[::1]", " ::1",
    ] {
      #expect(IPAddress(bad) == nil)
    }
    #expect(IPAddress(bytes: [1, 2, 3]) == nil)
    #expect(IPAddress("0:0:0:0:0:0:0:1")?.description == "::1")
    #expect(IPAddress("8.8.8.8")?.description == "8.8.8.8")
  }
}
