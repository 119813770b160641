import GeneratedDescriptors
import RPCReflection
import SwiftProtobuf
import TestSupport
import Testing

@Suite("A descriptor set that is to be reflected")
struct DescriptorSetTests {
  private func reason(_ set: [UInt8], _ services: [String] = []) -> ReflectionError.Reason? {
    do throws(ReflectionError) {
      _ = try ReflectionService(descriptorSet: set, services: services)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test("may be that of the whole product")
  func product() {
    #expect(
      reason(
        ArtelDescriptors.descriptorSet,
        ["grpc.health.v1.Health", "artel.residential.v1.AccessPointService"]) == nil)
  }

  @Test("may be empty, and may have fields that nobody knows")
  func harmless() throws {
    #expect(reason([]) == nil)
    // Fields 2 to 5: a varint, eight bytes, some bytes, four bytes.
    let unknown: [UInt8] =
      [0x10, 0xff, 0x01] + [0x19, 1, 2, 3, 4, 5, 6, 7, 8] + [0x22, 1, 0] + [0x2d, 1, 2, 3, 4]
    #expect(reason(unknown + (try TestDescriptors.set()) + unknown, ["top.v1.Tops"]) == nil)
  }

  @Test(
    "is refused where its bytes are none",
    arguments: [
      [0x0a], [0x0a, 5, 1], [0x0a, 1, 0xff], [0x80], [0x10], [0x19, 1, 2], [0x2d, 1], [0x0b],
      [0x22, 9], [0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
      [UInt8](repeating: 0xff, count: 11),
    ])
  func malformed(set: [UInt8]) {
    #expect(reason(set) == .malformed)
  }

  @Test("is refused where it has a file twice")
  func duplicate() throws {
    let set = try TestDescriptors.set()
    #expect(reason(set + set) == .duplicateFile("base.proto"))
  }

  @Test("is refused where an import is missing")
  func missingImport() throws {
    let set = try TestDescriptors.set(Array(TestDescriptors.files.dropFirst()))
    #expect(reason(set) == .missingImport("base.proto"))
  }

  @Test("is refused where a service that is served is missing")
  func missingService() throws {
    #expect(
      reason(try TestDescriptors.set(), ["top.v1.Bottoms"]) == .missingService("top.v1.Bottoms"))
    #expect(
      reason(try TestDescriptors.set(), ["base.v1.Thing"]) == .missingService("base.v1.Thing"))
  }

  @Test("says what is wrong with it")
  func descriptions() throws {
    #expect(throws: ReflectionError.self) {
      try ReflectionService(descriptorSet: [0x0a], services: [])
    }
    let error = #expect(throws: ReflectionError.self) {
      try ReflectionService(descriptorSet: [], services: ["a.B"])
    }
    #expect(error?.description == "the descriptor set lacks the service a.B")
  }
}
