/// The two identifiers of an access point.
struct AccessPointName: Sendable, Hashable {
  let property: String
  let point: String

  init(property: String, point: String) {
    self.property = property
    self.point = point
  }

  /// Reads `properties/{property}/accessPoints/{access_point}`; nil for anything else.
  init?(_ name: String) {
    guard let ids = ResourceName.identifiers(name, "properties", "accessPoints") else { return nil }
    self.init(property: ids[0], point: ids[1])
  }

  var text: String { ResourceName.accessPoint(property, point) }
}
