import TestSupport
import Testing

@testable import Transcoding

#if canImport(Glibc)
  import Glibc
#endif

@Suite("The memory of schemas")
struct RegionTests {
  /// The bytes that this process has in memory.
  private func resident() throws -> Int {
    let file = try #require(fopen("/proc/self/statm", "r"))
    defer { fclose(file) }
    var buffer = [CChar](repeating: 0, count: 256)
    _ = fgets(&buffer, 256, file)
    let text = String(decoding: buffer.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let pages = try #require(text.split(separator: " ").dropFirst().first.flatMap { Int($0) })
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// Whether this process runs with a sanitizer.
  private var isSanitized: Bool {
    dlsym(nil, "__asan_init") != nil || dlsym(nil, "__tsan_init") != nil
  }

  private struct Weak {
    weak var value: SchemaRegion?
  }

  /// Looks at a schema, and returns what must be gone with it.
  private func use(_ schema: consuming Schema) throws -> Weak {
    let method = try #require(schema.method(path: "/s.S/C"))
    #expect(method.input.fields[0].message?.fields[0].message?.fullName == "s.M")
    return Weak(value: schema.region)
  }

  @Test("is free again when nobody uses a schema", .covers("T87"))
  func flat() throws {
    // Small, so that ten thousand are made in seconds; what leaks of one shows all the same.
    let bytes = try Descriptors.set([
      Descriptors.file(
        "s.proto", package: "s",
        messages: [
          Descriptors.message(
            "M",
            [
              Descriptors.field("a", 1, .message, ".s.M"), Descriptors.field("b", 2, .string),
              Descriptors.field("e", 3, .enum, ".s.E"),
            ])
        ], enums: [Descriptors.enum("E", [("E_A", 0), ("E_B", 1)])],
        services: [
          .with {
            $0.name = "S"
            $0.method = [Descriptors.method("C", ".s.M", ".s.M")]
          }
        ])
    ])
    var kept = 0
    func make(_ count: Int) throws {
      for _ in 0..<count {
        let region = try use(Schema(descriptorSet: bytes))
        if region.value != nil { kept += 1 }
      }
    }
    try make(500)
    let before = try resident()
    try make(10_000)
    #expect(kept == 0)
    // A sanitizer keeps what is freed, to see who uses it still.
    guard !isSanitized else { return }
    // Each schema has more than a chunk of 16 KiB: ten thousand of them would be 160 MB.
    #expect(try resident() - before < 20 << 20)
  }

  @Test("stays as long as anything that was made of the schema", .covers("T87"))
  func kept() throws {
    weak var region: SchemaRegion?
    var binder: RequestBinder?
    var printer: ResponsePrinter?
    var type: MessageSchema?
    var errors: StatusPrinter?
    do {
      let schema = try Schema(descriptorSet: Descriptors.set(Resources.files))
      region = schema.region
      let method = try #require(schema.method(path: "/res.v1.Things/Update"))
      let binding = HTTPBinding(verb: "POST", template: "/x", body: "thing", responseBody: "")
      binder = try RequestBinder(method: method, binding: binding, variables: [])
      printer = try ResponsePrinter(method: method, binding: binding)
      type = method.input.fields[0].message
      errors = StatusPrinter(schema: schema)
    }
    let body = Array("{\"n\":1,\"thing\":{\"name\":\"a\"}}".utf8)
    let wire = try body.withUnsafeBytes { bytes throws(TranscodingError) in
      try binder?.message(pathValues: [], query: "", body: bytes, bodyKind: .json)
    }
    #expect(wire?.count == 9)
    binder = nil
    #expect(region != nil)
    var json: [UInt8] = []
    try [UInt8]([0x0a, 1, 0x61]).withUnsafeBytes { try printer?.json(wire: $0, into: &json) }
    #expect(String(decoding: json, as: UTF8.self) == "{\"name\":\"a\"}")
    printer = nil
    #expect(type?.field(jsonOrProtoName: "createTime")?.message?.fields.count == 2)
    type = nil
    #expect(region != nil)
    #expect(
      errors?.json(httpCode: 404, statusName: "NOT_FOUND", message: "", statusDetails: []) != nil)
    errors = nil
    #expect(region == nil)
  }
}
