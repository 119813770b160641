import TestSupport
import Testing

@testable import LibCrypto

@Suite("The place of a sealed value")
struct SealedPlaceTests {
  @Test("is like no other, wherever its parts begin and end", .covers("S-D16", "S-H1"))
  func unique() {
    // Every text of up to two signs that parts might be joined or measured with.
    let signs = ["a", ":", "\u{0}", "\u{1}"]
    let texts = [""] + signs + signs.flatMap { first in signs.map { first + $0 } }
    var places: Set<[UInt8]> = []
    for tenant in texts {
      for table in texts {
        for row in texts {
          let place = SealedPlace(tenant: tenant, table: table, column: "c", row: row)
          places.insert(place.authenticatedData)
        }
      }
    }
    #expect(places.count == texts.count * texts.count * texts.count)
  }
}
