import Testing

@testable import Pipeline

@Suite("A caller that nobody knows")
struct NetworkNameTests {
  @Test(
    "is its address, whatever its port, or its network where one has many addresses",
    arguments: [
      ("ipv4:10.0.0.1:4000", "10.0.0.1"), ("10.0.0.1", "10.0.0.1"),
      ("ipv6:[2001:db8::7]:4000", "2001:db8:0:0::/64"), ("2001:db8::7", "2001:db8:0:0::/64"),
      ("2001:db8::9", "2001:db8:0:0::/64"), ("2001:db8:0:1::9", "2001:db8:0:1::/64"),
      ("::1", "0:0:0:0::/64"), ("::ffff:10.0.0.1", "10.0.0.1"), ("unix:/run/a:1", "unix:/run/a:1"),
      ("", ""),
    ])
  func names(address: String, name: String) { #expect(NetworkName.of(address) == name) }
}
