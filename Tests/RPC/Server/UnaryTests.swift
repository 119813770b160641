import GeneratedPeer
import RPC
import SwiftProtobuf
import TestSupport
import Testing

@Suite("A unary call")
struct UnaryTests {
  @Test("brings the handler's answer back")
  func answer() async throws {
    try await withServer { directory, _, _ in
      let resident = try await directory.getResident(.with { $0.residentID = "r-1" })
      #expect(resident.residentID == "r-1")
    }
  }

  @Test("carries a message of many slices whole, both ways")
  func large() async throws {
    let text = String(repeating: "дверь ", count: 100_000)
    try await withServer { directory, _, _ in
      let visit = try await directory.createVisit(.with { $0.purpose = text })
      #expect(visit.purpose == text)
    }
  }

  @Test("carries an empty message")
  func empty() async throws {
    try await withServer { directory, _, _ in
      let visit = try await directory.createVisit(Peer_V1_CreateVisitRequest())
      #expect(visit == Peer_V1_Visit())
    }
  }

  @Test("fails with the handler's status, details and trailing metadata")
  func error() async throws {
    let service = TestDirectory(get: { _, _ in
      throw RPCError(
        code: .failedPrecondition, message: "закрыто", statusDetails: [1, 2, 3],
        metadata: ["x-why": "because"])
    })
    try await withServer(service) { directory, _, _ in
      let error = await #expect(throws: RPCError.self) {
        try await directory.getResident(Peer_V1_GetResidentRequest())
      }
      #expect(error?.code == .failedPrecondition)
      #expect(error?.message == "закрыто")
      #expect(error?.statusDetails == [1, 2, 3])
      #expect(error?.metadata.first("x-why") == "because")
    }
  }

  @Test("says nothing of an error that is not meant for callers")
  func hidden() async throws {
    struct Secret: Error { let password = "hunter2" }
    try await withServer(TestDirectory(get: { _, _ in throw Secret() })) { directory, _, _ in
      let error = await #expect(throws: RPCError.self) {
        try await directory.getResident(Peer_V1_GetResidentRequest())
      }
      #expect(error?.code == .internalError)
      #expect(error?.message == "internal error")
    }
  }

  @Test("of a method that is not served is UNIMPLEMENTED")
  func unimplemented() async throws {
    try await withServer { _, client, _ in
      let error = await #expect(throws: RPCError.self) {
        try await client.unary(path: "/peer.v1.Directory/Nothing", MessageBytes([]))
      }
      #expect(error?.code == .unimplemented)
    }
  }

  @Test("with bytes that are not the message is INVALID_ARGUMENT")
  func malformed() async throws {
    try await withServer { _, client, _ in
      let error = await #expect(throws: RPCError.self) {
        try await client.unary(
          path: "/peer.v1.Directory/GetResident", MessageBytes([0xff, 0xff, 0xff]))
      }
      #expect(error?.code == .invalidArgument)
    }
  }

  @Test("over the message limit is RESOURCE_EXHAUSTED", .covers("S-F14"))
  func tooLarge() async throws {
    try await withServer(configure: { $0.maxReceiveMessageBytes = 1000 }) { directory, _, _ in
      let error = await #expect(throws: RPCError.self) {
        try await directory.createVisit(.with { $0.purpose = String(repeating: "x", count: 2000) })
      }
      #expect(error?.code == .resourceExhausted)
    }
  }

  @Test("shows the handler the caller's metadata, binary values as bytes")
  func metadata() async throws {
    let service = TestDirectory(get: { _, context in
      .with {
        $0.name = context.metadata.first("x-text") ?? ""
        $0.vehiclePlates = context.metadata.firstBinary("x-bytes-bin")?.map { "\($0)" } ?? []
      }
    })
    try await withServer(service) { directory, _, _ in
      var metadata: Metadata = ["x-text": "hello"]
      metadata.add(binary: [0, 255, 10], for: "x-bytes-bin")
      let resident = try await directory.getResident(
        Peer_V1_GetResidentRequest(), metadata: metadata)
      #expect(resident.name == "hello")
      #expect(resident.vehiclePlates == ["0", "255", "10"])
    }
  }

  @Test("with metadata that the wire cannot carry fails before it is sent")
  func illegalMetadata() async throws {
    try await withServer { directory, _, _ in
      for metadata: Metadata in [["x y": "a"], ["x": "a\nb"], ["grpc-x": "a"], ["x-bin": "a"]] {
        let error = await #expect(throws: RPCError.self) {
          try await directory.getResident(Peer_V1_GetResidentRequest(), metadata: metadata)
        }
        #expect(error?.code == .invalidArgument)
      }
    }
  }

  @Test("whose handler gives illegal metadata still ends, as INTERNAL")
  func illegalTrailing() async throws {
    let service = TestDirectory(get: { _, _ in
      throw RPCError(code: .notFound, message: "no", metadata: ["bad key": "x"])
    })
    try await withServer(service) { directory, _, _ in
      let error = await #expect(throws: RPCError.self) {
        try await directory.getResident(Peer_V1_GetResidentRequest())
      }
      #expect(error?.code == .internalError)
    }
  }

  @Test("runs beside others: a handler that waits does not hold the queue")
  func concurrent() async throws {
    let release = Signal()
    let service = TestDirectory(get: { request, _ in
      if request.residentID == "slow" { _ = await release.next() }
      return .with { $0.residentID = request.residentID }
    })
    try await withServer(service) { directory, _, _ in
      async let slow = directory.getResident(.with { $0.residentID = "slow" })
      for index in 0..<100 {
        let resident = try await directory.getResident(.with { $0.residentID = "\(index)" })
        #expect(resident.residentID == "\(index)")
      }
      release.send("go")
      let resident = try await slow
      #expect(resident.residentID == "slow")
    }
  }

  @Test("a thousand at once all come back, on two queues", arguments: [1, 2])
  func many(loops: Int) async throws {
    try await withServer(configure: { $0.loops = loops }) { directory, _, _ in
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for index in 0..<1000 {
          group.addTask {
            let id = "r-\(index)"
            return try await directory.getResident(.with { $0.residentID = id }).residentID == id
          }
        }
        for try await same in group { #expect(same) }
      }
    }
  }
}
